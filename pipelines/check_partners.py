"""Checks of the partners' returns: answers of one row that contradict each other, and rows without their other half."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.check_cells import Made, at, original, rows_where
from pipelines.findings import Finding
from pipelines.rows import CleanSheet
from returns.periods import Period

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.check import CheckedSheet

# The values of a column of an event table that are held for a period, or at all (None); empty for none.
Held = Callable[[str, str, Period | None], frozenset[str]]


def nothing_held(_table: str, _column: str, _period: Period | None) -> frozenset[str]:
    """No values: for a check without a warehouse."""
    return frozenset()


def within_rows(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    """What does not add up within a row of the return."""
    for needed, one in _WITHIN.get(clean.read.recognised.declared.name, ()):
        if needed <= set(clean.read.columns):
            yield from one(clean, frame)
    for part, whole in _PARTS.get(clean.read.recognised.declared.name, ()):
        if {part, whole} <= set(clean.read.columns):
            yield from _part_over_whole(clean, frame, part, whole)


def _part_over_whole(clean: CleanSheet, frame: pd.DataFrame, part: str, whole: str) -> Iterator[Made]:
    """A number that is part of another cannot be more: it is the part that is not believed."""
    for row in rows_where(frame[part] > frame[whole]):
        yield Made(at(clean, "part-over-whole", row, part, whole=original(clean, row, whole),
                      whole_column=clean.read.columns[whole].header), (row, (part,)))


def _uninvited(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    """An agency may come without having been asked, but far oftener one of the two cells is wrong."""
    for row in rows_where(frame["attended"] & ~frame["invited"]):
        yield Made(at(clean, "attended-uninvited", row, "attended",
                      invited_column=clean.read.columns["invited"].header), (row, ()))


def _report_never_sent(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    for row in rows_where(frame["report_in_time"] & ~frame["report_submitted"]):
        yield Made(at(clean, "report-in-time-not-sent", row, "report_in_time",
                      report_column=clean.read.columns["report_submitted"].header), (row, ("report_in_time",)))


def _more_positive_than_returned(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    for row in rows_where(frame["positive"] > frame["returned"]):
        yield Made(at(clean, "positive-over-returned", row, "positive", returned=original(clean, row, "returned"),
                      returned_column=clean.read.columns["returned"].header), (row, ("positive",)))


def _deputy_for_nobody(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    for row in rows_where(frame["deputy"] & ~frame["represented"]):
        yield Made(at(clean, "deputy-not-represented", row, "deputy",
                      represented_column=clean.read.columns["represented"].header), (row, ("deputy",)))


_Check = Callable[[CleanSheet, "pd.DataFrame"], Iterator[Made]]
_WITHIN: Mapping[str, tuple[tuple[frozenset[str], _Check], ...]] = {
    "conference_participation": (
        (frozenset({"invited", "attended"}), _uninvited),
        (frozenset({"report_submitted", "report_in_time"}), _report_never_sent),
    ),
    "family_feedback": ((frozenset({"returned", "positive"}), _more_positive_than_returned),),
    "group_attendance": ((frozenset({"represented", "deputy"}), _deputy_for_nobody),),
}
# Numbers that are part of another number of the same row: (part, whole).
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "training_attendance": (
        ("attended", "places_booked"), ("did_not_attend", "places_booked"), ("evaluated", "attended"),
        ("impact_followed_up", "attended"), ("impact_evidenced", "impact_followed_up"),
    ),
    "audits": (
        ("outstanding", "cases"), ("good", "cases"), ("requires_improvement", "cases"), ("inadequate", "cases"),
        ("voice_evident", "cases"),
    ),
    "case_reviews": (("recommendations_complete", "recommendations"),),
    "education": tuple((f"{group}_attended", f"{group}_sessions") for group in ("cin", "cpp", "cla")),
}


@dataclass(frozen=True)
class _OtherHalf:
    """Rows of one return that need a row of another: by which field, in which table, and the finding when none is.

    `of_period` says that only what is held for the same period makes the comparison fair.
    """

    field: str
    other: str
    table: str
    code: str
    of_period: bool


_OTHER_HALVES: Mapping[str, _OtherHalf] = {
    "conference_participation": _OtherHalf(
        "conference_id", "conferences", "conferences", "conference-not-listed", True
    ),
    "section_175": _OtherHalf("urn", "schools", "schools", "school-not-listed", False),
}


def other_half_missing(
    checked: CheckedSheet, beside: Sequence[CheckedSheet], *, period: Period, held: Held
) -> Iterator[Finding]:
    """A warning for each value that the other return has not, at the first row with it.

    The other return is looked for among the sheets `beside`, and in what is held. Where it is in neither, nothing
    can be said, and nothing is.
    """
    clean, frame = checked.clean, checked.frame
    half = _OTHER_HALVES.get(clean.read.recognised.declared.name)
    if half is None or half.field not in clean.read.columns:
        return
    sent = {
        str(value)
        for sheet in beside if sheet.clean.read.recognised.declared.name == half.other
        for value in sheet.frame[half.field].dropna()
    }
    if not sent and not held(half.table, half.field, period if half.of_period else None):
        return
    listed = sent | held(half.table, half.field, None)
    values = frame[half.field].drop_duplicates()
    for row in rows_where(~values.isin(listed)):
        yield at(clean, half.code, row, half.field)
