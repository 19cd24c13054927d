"""What a return is: the words every module of this room declares its return in.

A return is a pandera model (the typed rows as they are after cleaning, minimised: no name,
no full date of birth, no postcode) and a `Return`, which adds what a model cannot say: the
editions, the key, the event tables that a row fills. Template, recogniser, cleaning, data
dictionary and demonstration data all read these declarations; nothing else lists a header.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from returns.catalogue import TITLES

if TYPE_CHECKING:
    import pandera.pandas as pa

# How a cell is read. Each kind has one meaning wherever it is used:
#   identifier    text, leading zeros kept; hashed with the sender's scheme
#   text          text as sent, spaces tidied
#   organisation  text as sent, and <name>_group: `council`, `partner` or empty
#   agency        text as sent, and <name>_group: the agency's name in config/agencies.yaml, or empty
#   code          the published code, and <name>_group: the group's label
#   flag          true, false or empty, by the groups of its code list named in `yes` and `no`
#   date          a day
#   moment        a day with or without a time, and <name>_at: the moment, empty when no time was given
#   birth         a date of birth, kept as the first day of its month
#   age           whole years, rounded down; -1 is unborn
#   count         a whole number, 0 or more
#   number        a number
#   postcode      a postcode, kept as its district
#   period        a month, quarter or year, written as returns.periods writes it
#   indicator     an indicator of the catalogue by its id or title, kept as its id
Kind = Literal[
    "identifier", "text", "organisation", "agency", "code", "flag", "date", "moment", "birth", "age", "count", "number",
    "postcode", "period", "indicator",
]

# What becomes of a cell that could identify somebody.
Keep = Literal["as sent", "hashed", "month", "district", "dropped"]

# Kinds that give two columns, `x` and `x_group`.
PAIRED: frozenset[str] = frozenset({"code", "organisation", "agency"})
# Kinds that say a day on which something happened.
DATED: frozenset[str] = frozenset({"date", "moment"})

_KEPT: dict[str, Keep] = {"identifier": "hashed", "birth": "month", "postcode": "district"}


@dataclass(frozen=True)
class Field:
    """One column of a return: how it is read, and every name that senders give it.

    `header` is the published one; `spellings` are others, and `pattern` is a regular
    expression over a header's plain words (see `plain_words`), tried when no column has
    one of the spellings. `required` means that the sheet is refused without the column;
    `nullable` that a cell may be empty. `shared` columns are on many returns and so do not
    tell one from another. `expected` is False for a column that few senders hold and
    whose absence is not worth a word. `ahead` marks a date that may lie after the extract (an
    action's due date). `lowest` and `highest` bound a number that has bounds. `noted` marks a
    dropped column that the template does not ask for: that it was sent is said.
    """

    name: str
    title: str
    description: str
    kind: Kind
    header: str
    spellings: tuple[str, ...] = ()
    pattern: str | None = None
    required: bool = False
    nullable: bool = True
    expected: bool = True
    shared: bool = False
    codes: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    keep: Keep = "as sent"
    example: str | int | float | date | None = None
    ahead: bool = False
    noted: bool = False
    lowest: float | None = None
    highest: float | None = None

    @cached_property
    def known_headers(self) -> frozenset[str]:
        """The header and its other spellings, as plain words."""
        return frozenset(plain_words(text) for text in (self.header, *self.spellings))

    @property
    def columns(self) -> tuple[str, ...]:
        """The typed columns that the field becomes; none when it is dropped."""
        if self.keep == "dropped":
            return ()
        second = second_column(self.kind, self.name)
        return (self.name, second) if second else (self.name,)


def second_column(kind: str, name: str) -> str | None:
    """The column that stands beside a field's own: a code's or an organisation's group, a day's moment; else None."""
    return f"{name}_group" if kind in PAIRED else f"{name}_at" if kind == "moment" else None


def column(kind: Kind, header: str, description: str, **details: Any) -> Any:
    """A pandera field that carries its `Field`; `details` are those of Field (title, spellings, codes, …).

    A column that must be present (`required=True`) may still have empty cells unless it also says
    `nullable=False`, which is for the child and the date that defines the event.
    """
    import pandera.pandas as pa

    if kind == "flag":
        details = {"codes": "yes_no", "yes": ("Yes",), "no": ("No",)} | details
    if kind == "indicator":  # the list of that name is the catalogue's ids and titles
        details = {"codes": "indicator"} | details
    declared = Field(
        name="", title=details.pop("title", header.strip()), description=description, kind=kind, header=header,
        keep=_KEPT.get(kind, "as sent"), **details,
    )
    lowest = declared.lowest if declared.lowest is not None else {"count": 0, "age": -1}.get(kind)
    # A code that is needed may be known by its group alone, its own column empty.
    empty = declared.nullable or kind == "code"
    return pa.Field(
        title=declared.title, description=description, nullable=empty, ge=lowest, le=declared.highest,
        metadata={"field": declared},
    )


def dropped(
    name: str, header: str, description: str, *spellings: str, required: bool = False, noted: bool = False
) -> Field:
    """A column that senders give and the warehouse never takes: recognised, then left behind."""
    return Field(
        name=name, title=header, description=description, kind="text", header=header, spellings=spellings,
        required=required, keep="dropped", noted=noted, expected=False, shared=True, example="(not loaded)",
    )


@dataclass(frozen=True)
class Fixed:
    """A value that is the same for every row that fills an event table."""

    value: str | bool


@dataclass(frozen=True)
class Fill:
    """One event table that a row fills. `when` names the field that must be filled for there to be an event."""

    table: str
    columns: tuple[tuple[str, str | Fixed], ...]
    when: str | None = None
    latest_only: bool = False


def fills(
    table: str, same: Iterable[str] = (), *, when: str | None = None, latest_only: bool = False, **other: str | Fixed
) -> Fill:
    """A Fill: `same` names event columns filled from the field of the same name, `other` those from another."""
    return Fill(table, tuple((name, name) for name in same) + tuple(other.items()), when, latest_only)


@dataclass(frozen=True)
class Added:
    """A column that a later edition has: where it stands, and which field it is."""

    field: str
    after: str


@dataclass(frozen=True)
class Edition:
    """One published edition of a return: its columns in order. `since` is the first extract date it was asked for."""

    name: str
    since: date
    model: type[pa.DataFrameModel]
    order: tuple[str, ...]
    left_behind: tuple[Field, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every column in the order of the published template, those that are dropped included."""
        declared = {item.name: item for item in (*_fields_of(self.model), *self.left_behind)}
        if set(declared) != set(self.order):
            raise ValueError(f"edition {self.name}: order and columns differ: {set(declared) ^ set(self.order)}")
        return tuple(declared[name] for name in self.order)

    def field(self, name: str) -> Field:
        """The field called `name`; raises KeyError when the edition has none."""
        return {item.name: item for item in self.fields}[name]

    def later(
        self, name: str, *, since: date, model: type[pa.DataFrameModel], adds: tuple[Added, ...],
        removes: tuple[str, ...] = (), leaves_behind: tuple[Field, ...] = (),
    ) -> Edition:
        """The next edition, written as its difference from this one."""
        order = [item for item in self.order if item not in removes]
        for added in adds:
            order.insert(order.index(added.after) + 1, added.field)
        kept = tuple(item for item in self.left_behind if item.name not in removes)
        return Edition(name, since, model, tuple(order), kept + leaves_behind)


@dataclass(frozen=True)
class Return:
    """One return that agencies send.

    `key` names the typed columns that tell one row from another (an unreadable code in it does
    not hold the row; an unreadable child or `event_date` does). `dates` are all its date
    fields. `fills` are the event tables. `rows_are` says what one row is, in words. `follows` are
    pairs of date fields (earlier, later): the later cannot come before the earlier. `year` names the
    field that says which audit or academic year the rows are of, where they are not of a quarter.
    A `record` is about adults, organisations or meetings; a `total` is about nobody.
    """

    name: str
    rows_are: str
    key: tuple[str, ...]
    event_date: str | None
    fills: tuple[Fill, ...]
    editions: tuple[Edition, ...] = field(repr=False)
    sender: str = "council"
    cadence: Literal["month", "quarter", "term", "year", "academic year", "two years", "any"] = "quarter"
    level: Literal["child", "total", "record"] = "child"
    sheet: str = ""
    sheet_pattern: str | None = None
    notes: tuple[str, ...] = ()
    follows: tuple[tuple[str, str], ...] = ()
    year: str | None = None

    @property
    def title(self) -> str:
        """What people know it by."""
        return TITLES[self.name]

    @property
    def edition(self) -> Edition:
        """The edition in force: the latest."""
        return self.editions[-1]

    @property
    def model(self) -> type[pa.DataFrameModel]:
        """The pandera model of the edition in force."""
        return self.edition.model

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every column of every edition, the latest edition's meaning first."""
        found = {item.name: item for edition in reversed(self.editions) for item in edition.fields}
        return tuple({**{item.name: item for item in self.edition.fields}, **found}.values())

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The date fields, in the order of the columns (a date of birth is not one of them)."""
        return tuple(item.name for item in self.fields if item.kind in DATED)

    @property
    def is_quarterly(self) -> bool:
        """Whether the rows are of the quarter they are sent for, or near it: their dates then say the quarter."""
        return self.cadence in ("month", "quarter")

    @cached_property
    def identifiers(self) -> tuple[str, ...]:
        """The fields whose cells are identifiers of the sender's scheme."""
        return tuple(item.name for item in self.fields if item.kind == "identifier")

    @cached_property
    def personal(self) -> dict[str, Keep]:
        """What becomes of each field that could identify somebody."""
        return {item.name: item.keep for item in self.fields if item.keep != "as sent"}

    @property
    def holding(self) -> tuple[str, ...]:
        """The fields that hold the row when they cannot be read: those that may not be empty."""
        return tuple(item.name for item in self.fields if not item.nullable)

    def edition_called(self, name: str) -> Edition:
        """The edition of that name; raises KeyError when there is none."""
        return {edition.name: edition for edition in self.editions}[name]

    def filled_columns(self, fill: Fill) -> tuple[tuple[str, str | Fixed], ...]:
        """The fill's (event column, typed column or Fixed) pairs, group columns included."""
        kinds = {item.name: item.kind for item in self.fields}
        pairs: list[tuple[str, str | Fixed]] = []
        for target, source in fill.columns:
            pairs.append((target, source))
            beside = second_column(kinds[source], source) if isinstance(source, str) else None
            if beside is not None:
                pairs.append((f"{target}{beside.removeprefix(str(source))}", beside))
        return tuple(pairs)


def _fields_of(model: type[pa.DataFrameModel]) -> tuple[Field, ...]:
    columns = model.to_schema().columns
    return tuple(replace(declared.metadata["field"], name=name) for name, declared in columns.items())


def plain_words(header: str) -> str:
    """A header as plain words, so that case, spacing, punctuation, a trailing (Y/N) and apostrophes do not matter."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub("['\u2018\u2019\u201b`\u00b4\u2032]", "", text)
    words = re.sub(r"[^\w]+|_", " ", text).strip()
    return re.sub(r" (y n|yes no)$", "", words)
