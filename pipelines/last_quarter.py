"""Counts set against those of the quarter before: one ten times as large, or a tenth, is warned of with both numbers.

A digit too many, the list of another area or half a list shows here before it shows in a figure. What a quarter's
own history makes of a change is metrics' to say; this is only what no quarter does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.findings import Finding, finding
from returns.periods import Period

if TYPE_CHECKING:
    from pipelines.check import CheckedSheet
    from pipelines.whose_and_when import When
    from returns.places import Places
    from warehouse.ledger import SubmissionRecord

TIMES = 10
FEWEST = 20
"""Below this the larger count may well be ten times the smaller: 1 plan started, then 12."""

# An indicator, the period it is of, the area and the group: the two last are empty for the whole county and for all.
Figure = tuple[str, str, str, str]


@dataclass(frozen=True)
class Earlier:
    """What was sent before: the rows of a return (None where none counts), and an agency's totals."""

    rows: Callable[[str, str, Period], int | None] = lambda _return, _agency, _period: None
    totals: Callable[[str], Mapping[Figure, float]] = lambda _agency: {}


def far_from_last(checked: CheckedSheet, agency: str, when: When, earlier: Earlier) -> Iterator[Finding]:
    """A warning for each count that is ten times what it was, or a tenth; both numbers are in it."""
    recognised = checked.clean.read.recognised
    if recognised.declared.level == "total":
        yield from _totals_far_from_last(checked, earlier.totals(agency))
        return
    before = when.period.earlier()
    now, last = checked.rows_accepted, earlier.rows(recognised.declared.name, agency, before)
    if last is not None and is_far(now, last):
        yield finding(
            "count-far-from-last", sheet=recognised.sheet.name, counted=f"The rows of {recognised.declared.title}",
            now=f"{now:,}", last=f"{last:,}", period=when.period, before=before,
        )


def is_far(now: float, last: float) -> bool:
    """Whether one of two counts is at least ten times the other, and large enough for that to mean something."""
    smaller, larger = sorted((abs(now), abs(last)))
    return larger >= max(FEWEST, TIMES * smaller)


def _totals_far_from_last(checked: CheckedSheet, totals: Mapping[Figure, float]) -> Iterator[Finding]:
    names = ("indicator", "covers", "area", "breakdown", "numerator")
    columns = checked.clean.read.columns
    if not {"indicator", "covers", "numerator"} <= set(columns):
        return
    frame = checked.frame
    cells = zip(frame.index.tolist(), *(frame[name].astype(object).tolist() for name in names), strict=True)
    sent: dict[Figure, tuple[int, float]] = {}
    for row, *about, number in cells:
        if isinstance(number, int | float) and number == number:
            sent.setdefault(_figure(*about), (row, float(number)))
    for figure, (row, now) in sent.items():
        period = Period.parse(figure[1])
        before = (figure[0], str(period.earlier()), *figure[2:])
        last = sent[before][1] if before in sent else totals.get(before)
        if last is not None and is_far(now, last):
            yield finding(
                "count-far-from-last", sheet=checked.clean.sheet_name, row=row, column=columns["numerator"].header,
                counted=f"Row {row}", now=f"{now:,g}", last=f"{last:,g}", period=period, before=before[1],
            )


def _figure(indicator: object, covers: object, area: object, group: object) -> Figure:
    return str(indicator), str(covers), area if isinstance(area, str) else "", group if isinstance(group, str) else ""


def rows_sent(records: Callable[[], Iterable[SubmissionRecord]]) -> Callable[[str, str, Period], int | None]:
    """How many rows count of a return, agency and period, by the ledger as it stands when that is asked."""
    def rows(return_name: str, agency: str, period: Period) -> int | None:
        wanted = (return_name, agency, str(period))
        found = [r for r in records() if r.status == "accepted" and (r.return_name, r.agency, r.period) == wanted]
        return found[-1].rows_accepted if found else None

    return rows


def totals_sent(places: Places) -> Callable[[str], Mapping[Figure, float]]:
    """The totals of an agency in the current version; none where there is no version."""
    def totals(agency: str) -> Mapping[Figure, float]:
        from warehouse import store

        if store.current_version(places) is None:
            return {}
        with store.reader(places) as reader:
            found = reader.query(
                "SELECT indicator, covers, area, breakdown, numerator FROM known.aggregates "
                "WHERE agency = $agency AND numerator IS NOT NULL",
                {"agency": agency},
            )
        return {_figure(*about): float(number) for *about, number in found}

    return totals
