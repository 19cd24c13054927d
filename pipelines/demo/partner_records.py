"""What the partners' returns are to the demonstration: records of what happened, and what an extract carries of them.

A record's cells are the whole truth, its end included. What had not happened, or had not been entered, on
an extract's date is left out of that extract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from pipelines.demo.draw import T, weighted
from pipelines.demo.listing import Cell, Code, Listing, Moment, Row
from pipelines.demo.recording import after
from returns.catalogue import the_return


@dataclass(slots=True)
class Record:
    """One row's truth: when it happened, when it was entered, and its cells by field.

    `until` is the last day that it was open, for what is sent again while it is; None where it is not over.
    A withdrawn one was made in error and deleted by the next extract.
    """

    happened: date
    recorded: date
    cells: dict[str, Cell]
    until: date | None = date.min
    withdrawn: bool = False


@dataclass(frozen=True)
class Stream:
    """All that one agency's system holds for one return.

    `follows` says which cells are known only once a date has come: {date field: the cells that come with it}.
    `before` gives what stands in a cell until then; others are empty. `reach` is how many months before its
    quarter an extract goes back; what is open is carried for as long as it is.
    """

    return_name: str
    agency: str
    records: list[Record] = field(repr=False)
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: Mapping[str, Cell] = field(default_factory=dict)
    reach: int = 2

    def listing(self, moment: Moment) -> Listing:
        """What the extract of the moment carries."""
        declared = the_return(self.return_name)
        names = [item.name for item in declared.edition.fields if item.keep != "dropped"]
        rows = []
        for record in self.records:
            if not self._carried(record, moment):
                continue
            cells = self._as_of(record, moment.day)
            rows.append(Row(moment.new(record.recorded), [cells.get(name) for name in names]))
        return Listing(self.return_name, declared.edition.name, rows)

    @staticmethod
    def _carried(record: Record, moment: Moment) -> bool:
        recent = record.happened >= moment.window or record.until is None or record.until >= moment.window
        if not recent or not moment.seen(record.happened, record.recorded):
            return False
        return moment.new(record.recorded) or not record.withdrawn

    def _as_of(self, record: Record, day: date) -> dict[str, Cell]:
        cells = dict(record.cells)
        for name, others in self.follows.items():
            came = cells.get(name)
            if isinstance(came, date) and _day(came) > day:
                for other in (name, *others):
                    cells[other] = self.before.get(other) if other in record.cells else None
        return cells


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def yes(rng: Random, share: float) -> str:
    """Yes, as often as `share` says; else No."""
    return "Yes" if rng.random() < share else "No"


def labels(rng: Random, list_name: str, options: Iterable[tuple[T, float]]) -> Code:
    """A label of the list, each as likely as its weight."""
    return Code(list_name, str(weighted(rng, list(options))))


def entered(rng: Random, day: date, *, most: int = 40) -> date:
    """The day on which something of `day` was typed in."""
    return after(rng, day, most=most)


def numbered(prefix: str, number: int) -> str:
    """A sender's reference, as CPC-00310."""
    return f"{prefix}-{number:05d}"
