"""What a finding costs the figures: which indicators cannot count a row, told from what the catalogue declares.

A row kept aside is missing from every figure of its return. A cell taken as unknown is missed by the figures that
need it and by no other; a column that was not sent is such a cell in every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metrics.catalogue import load_catalogue
from metrics.declared import Declared
from metrics.definitions import words
from metrics.unknown_cells import UnknownCell, breakdowns, loss
from pipelines.finding_kind import Severity
from pipelines.findings import Finding
from pipelines.receiving import ReceivedReturn
from returns.catalogue import the_return
from returns.declaration import Field, Return, second_column
from returns.events import FILLED_BY, TABLES
from returns.tables_of_the_data import MADE_WITH_A_VERSION

# Columns that are computed from a cell and bear another name than its field (pipelines/derived_columns.py).
_COMPUTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("front_door_contacts", "decided"): ("hours_to_decision",),
    ("missing_episodes", "interview_held"): ("hours_to_interview",),
    ("children_looked_after", "placement_type"): ("placement_type_group",),
    ("children_looked_after", "out_of_area"): ("placed_out_of_area",),
    ("children_looked_after", "distance_miles"): ("placement_miles",),
    # The log's agencies become the sources of the contacts that it and List 1 make together.
    ("front_door_contacts", "referring_agency"): ("source", "source_group"),
}
# A row kept aside because it is no event of its own costs nothing; a sheet that cannot be read costs every row.
_NO_EVENT = frozenset({"total-row"})
_NOTHING_READ = frozenset({"column-missing", "column-twice", "column-unclear", "all-rows-held"})
_AGES = ("age_at_event", "age_band")
_NAMED = 3


@dataclass(frozen=True)
class Cost:
    """Which figures cannot count the rows of one finding, and which count them as if the cell were empty, by title.

    `not_recorded` are the breakdowns in which the rows stand under Not recorded. `rows` of the `of` rows of the
    return are meant.
    """

    not_counted: tuple[str, ...] = ()
    as_if_empty: tuple[str, ...] = ()
    not_recorded: tuple[str, ...] = ()
    rows: int = 0
    of: int = 0

    def sentences(self, most: int | None = _NAMED) -> tuple[str, ...]:
        """The cost in whole sentences, at most `most` figures of each kind named (None: all); none where it is none."""
        who = f"{self.rows:,} of {self.of:,} rows" if self.rows < self.of else "No row"
        plural = self.of > 1
        said = []
        if self.not_counted:
            verb = "cannot" if self.rows < self.of else "can"
            said.append(f"{who} {verb} be counted in: {_listed(self.not_counted, most)}.")
        if self.as_if_empty or self.not_recorded:
            who = who if self.rows < self.of else f"All {self.of:,} rows" if plural else "Its one row"
        if self.as_if_empty:
            verb = "counts" if self.rows == 1 or not plural else "count"
            said.append(f"{who} {verb} as if the cell were empty in: {_listed(self.as_if_empty, most)}.")
        if self.not_recorded:
            verb = "stands" if self.rows == 1 or not plural else "stand"
            said.append(f"By {' and by '.join(self.not_recorded)}, {_lower(who)} {verb} under Not recorded.")
        return tuple(said)


def cost_of_finding(found: Finding, item: ReceivedReturn, *, rows: int, of: int) -> Cost | None:
    """What findings alike cost, of which `found` is the first; they are in `rows` of the return's `of` rows."""
    field = None
    if item.recognised is not None and found.column is not None:
        # The header as the sender wrote it; the return's own, of a column that was not sent.
        headers = {header: name for name, header in item.recognised.headers.items()}
        own = {each.header.strip(): each.name for each in item.recognised.edition.fields}
        field = headers.get(found.column, own.get(found.column))
    return cost_of(item.return_name, severity=found.severity, code=found.code, field=field, rows=rows, of=of)


def together(costs: Iterable[Cost | None]) -> Cost | None:
    """Several costs as one, of the rows that they are all in; None where there is none."""
    found = [each for each in costs if each is not None]
    if not found:
        return None
    several = ([title for each in found for title in getattr(each, name)]
               for name in ("not_counted", "as_if_empty", "not_recorded"))
    not_counted, as_if_empty, not_recorded = (tuple(dict.fromkeys(titles)) for titles in several)
    return Cost(not_counted, as_if_empty, not_recorded, max(each.rows for each in found), found[0].of)


def cost_of(
    return_name: str | None, *, severity: Severity, code: str, field: str | None, rows: int, of: int
) -> Cost | None:
    """What a finding costs; None where its kind costs no figure a row.

    `field` is the return's field that the finding is about, `rows` how many of the return's `of` rows it is in.
    """
    if return_name is None or return_name not in _returns_with_figures():
        return None
    if severity == "hold" and code not in _NO_EVENT or severity == "block" and code in _NOTHING_READ:
        titles = tuple(one.indicator.title for one in _figures(return_name))
        return Cost(not_counted=titles, rows=rows if severity == "hold" else of, of=of)
    if field is None or (severity != "blank" and code != "column-absent"):
        return None
    if code == "column-absent":
        return _of_cell(return_name, field, sent=False, rows=of, of=of)
    return _of_cell(return_name, field, sent=True, rows=rows, of=of)


def _returns_with_figures() -> frozenset[str]:
    return frozenset(name for names in FILLED_BY.values() for name in names)


def _figures(return_name: str) -> Iterator[Declared]:
    """The indicators whose rows the return fills, in the order of the scorecard."""
    return (
        one for one in load_catalogue()
        if one.indicator.table not in MADE_WITH_A_VERSION and return_name in FILLED_BY.get(one.indicator.table, ())
    )  # fmt: skip


def _of_cell(return_name: str, field: str, *, sent: bool, rows: int, of: int) -> Cost:
    declared = the_return(return_name)
    if field not in {each.name for each in declared.fields if each.keep != "dropped"}:
        return Cost(rows=rows, of=of)
    lost: dict[str, list[str]] = {"not counted": [], "as if empty": []}
    groups: dict[str, None] = {}
    for one in _figures(return_name):
        cell = _columns(declared, one.indicator.table, field, sent=sent)
        found = "not counted" if _no_event(declared, one.indicator.table, field) else loss(one, cell)
        if found is not None:
            lost[found].append(one.indicator.title)
        if found != "not counted":
            groups |= dict.fromkeys(words(name.removesuffix("_group")) for name in breakdowns(one.indicator, cell))
    return Cost(tuple(lost["not counted"]), tuple(lost["as if empty"]), tuple(groups), rows, of)


def _no_event(declared: Return, table: str, field: str) -> bool:
    """Whether a row without the cell is no event of the table at all: there is no conference without its date."""
    of_table = [fill for fill in declared.fills if fill.table == table]
    return bool(of_table) and all(fill.when == field for fill in of_table)


def _columns(declared: Return, table: str, field: str, *, sent: bool) -> UnknownCell:
    """The columns of the table that are empty for want of the field's cell."""
    item = next(each for each in declared.fields if each.name == field)
    own = {name for name in (field, second_column(item.kind, field)) if name is not None}
    columns = {
        target for fill in declared.fills if fill.table == table
        for target, source in declared.filled_columns(fill) if source in own
    }
    # A derived column that takes a child's latest event bears the name of the field that it is read from.
    made = {*own, *_COMPUTED.get((declared.name, field), ())} | _ages(declared, item)
    columns |= {name for name in made if TABLES[table].column(name) is not None}
    return UnknownCell(frozenset(columns), frozenset(own) if sent else frozenset())


def _ages(declared: Return, item: Field) -> set[str]:
    """The columns of age, where the field is all that tells it."""
    tell = [each.name for each in declared.fields if each.kind in ("birth", "age") and each.keep != "dropped"]
    return set(_AGES) if tell == [item.name] else set()


def _listed(titles: Iterable[str], most: int | None) -> str:
    named = list(dict.fromkeys(titles))
    if most is None or len(named) <= most + 1:
        return "; ".join(named)
    return f"{'; '.join(named[:most])}; and {len(named) - most} more figures"


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
