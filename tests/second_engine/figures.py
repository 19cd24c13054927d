"""A second reading of the catalogue, in plain Python over rows in memory, to hold the first one to.

Written from the words of metrics/model.py and of the indicators' description, not from the SQL: one row at a time,
plain to read and slow. It shares with the program only the declarations themselves and what a period is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from second_engine.words import FUNCTIONS, Day, Row, Value, limit_of, months_later, reading, the_day

from metrics.clocks import Clocks
from metrics.model import Indicator, Part
from returns.periods import Period

# A grouping and a group of it; (None, None) is the whole county.
Label = tuple[str | None, str | None]


@dataclass
class Figure:
    """What was counted, and the figure it makes: the words of a Result."""

    numerator: Any = None
    denominator: Any = None
    value: Any = None
    status: str = "ok"
    left_out: int = 0
    too_recent: int = 0


@dataclass(frozen=True)
class Held:
    """What a figure needs beside its rows. `asked` is by group of the one grouping that its list carries."""

    clocks: Clocks
    working: tuple[date, ...]
    population: Mapping[int, int]
    asked: Mapping[str, int] = field(default_factory=dict)
    asked_by: str = ""


def membership(indicator: Indicator, part: Part, row: Row, period: Period, *, basis: str) -> bool:
    """Whether a row belongs to the period for this part. `row["basis"]` is the basis it is held on."""
    sent_for = str(row["period"])
    if indicator.nature in ("lookback", "snapshot"):
        # True on the extract's own date: in the period's own submission and in no other, on either basis.
        if row["basis"] != "reported" or sent_for != str(period.quarter()):
            return False
    elif row["basis"] != basis:
        return False
    if part.dated is not None:
        moment = row.get(part.dated)
        if moment is None or not period.start <= the_day(moment) <= period.end:
            return False
        # As first reported: from the submission for the quarter that it happened in.
        return basis == "known" or sent_for == str(_quarter_of(the_day(moment)))
    if part.listed is not None:
        return True
    if indicator.nature == "stock" and basis == "reported" and sent_for != str(period.quarter()):
        return False
    return _open_on(indicator, row, row["extract_date"] if part.open == "on extract" else period.end)


def _quarter_of(day: date) -> Period:
    return Period(day, day, "month").quarter()


def _open_on(indicator: Indicator, row: Row, day: date) -> bool:
    """Started on or before the day and not ended by it; as now known, open no longer than its extracts say."""
    table = indicator.event_table
    started = row.get(str(table.dated))
    if started is None or the_day(started) > day:
        return False
    if row["basis"] == "known" and table.column("open_until") is not None:
        return row.get("open_until") is None or row["open_until"] >= day
    ended = row.get(str(table.ended))
    return ended is None or the_day(ended) > day


def judged(indicator: Indicator, row: Row, day: Day) -> Value:
    """Whether a row is old enough to judge; None where that is unknown."""
    after = indicator.judge_after
    if after is None:
        return True
    start = row.get(after.start)
    if after.seen_to is not None:
        end = row.get(after.seen_to)
    else:
        end = day.period.end if indicator.nature in ("stock", "lookback") else row["extract_date"]
    if start is None or end is None:
        return None
    if after.months is not None:
        return months_later(the_day(start), after.months) <= the_day(end)
    if after.days is not None:
        return the_day(start) + timedelta(days=after.days) < the_day(end)
    limit = after.working_days or limit_of(str(after.clock), day)
    if after.clock is not None and day.clocks[after.clock].unit == "days":
        return (the_day(end) - the_day(start)).days > limit
    return FUNCTIONS["working_days_between"](start, end, day) > limit


@dataclass
class Counted:
    """The rows of one group: those in both parts, those in the denominator, and those in neither."""

    numerator: list[Row] = field(default_factory=list)
    denominator: list[Row] = field(default_factory=list)
    left_out: int = 0
    too_recent: int = 0


class SecondReading:
    """One indicator's declaration, read once; `figures` reads rows by it."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self.above = indicator.numerator
        below = indicator.denominator
        self.below = below if below is not None and below.measure not in ("population", "asked") else None
        texts = {
            "above": self.above.where,
            "below": self.below.where if self.below else None,
            "needs": indicator.needs,
            "of above": self.above.sum or self.above.mean or self.above.median,
            "of below": self.below.sum if self.below else None,
        }
        self.reads = {name: reading(text) for name, text in texts.items() if text is not None}

    def figures(
        self, rows: Sequence[Row], period: Period, *, basis: str, by: Sequence[str], held: Held
    ) -> dict[Label, Figure]:
        """The county's figure under (None, None), and each group's under its grouping and name."""
        groups = self._counted(rows, period, basis, by, held)
        county = self._figure(groups[None, None], (None, None), period, held)
        found: dict[Label, Figure] = {(None, None): county}
        for label, counted in groups.items():
            if label != (None, None):
                found[label] = self._figure(counted, label, period, held, county=groups[None, None])
        if self.indicator.asked is not None:
            for name in held.asked if held.asked_by in by else ():
                if (held.asked_by, name) not in found:
                    found[held.asked_by, name] = self._figure(Counted(), (held.asked_by, name), period, held)
        return found

    def _counted(
        self, rows: Sequence[Row], period: Period, basis: str, by: Sequence[str], held: Held
    ) -> dict[Label, Counted]:
        groups: dict[Label, Counted] = defaultdict(Counted)
        groups[None, None] = Counted()
        day = Day(period, held.clocks, held.working)
        together = self.below is not None and self.above.membership == self.below.membership
        columns = {name: self.indicator.group_column(name) for name in by}
        for row in rows:
            for role in ("together",) if together else ("above", "below"):
                part = self.below if role == "below" else self.above
                if part is None or not membership(self.indicator, part, row, period, basis=basis):
                    continue
                state = self._state(row, day, role)
                labels: list[Label] = [(None, None), *((name, _label(row.get(columns[name]))) for name in by)]
                for label in labels:
                    counted = groups[label]
                    counted.numerator += [row] if state == "in numerator" and role != "below" else []
                    counted.denominator += [row] if state.startswith("in ") and role != "above" else []
                    counted.left_out += state == "left out"
                    counted.too_recent += state == "too recent"
        return groups

    def _state(self, row: Row, day: Day, role: str) -> str:
        """What becomes of a row that belongs to the period."""
        scope = self._read("above" if role == "above" else "below", row, day)
        if scope is False:
            return "not of it"
        if scope is None:
            return "left out"
        old_enough = judged(self.indicator, row, day)
        if old_enough is False:
            return "too recent"
        known = [old_enough, self._read("needs", row, day) or None, *self._measured(row, day, role)]
        part = self.below if role == "below" else self.above
        if part is not None and part.open is not None:
            # Whether it is open cannot be told where its end was sent and could not be read.
            known.append(None if str(self.indicator.event_table.ended) in (row.get("unread") or "").split() else True)
        met = self._read("above", row, day) if role == "together" else True
        if met is None or any(value is None for value in known):
            return "left out"
        return "in numerator" if met else "in denominator"

    def _read(self, name: str, row: Row, day: Day) -> Value:
        return self.reads[name](row, day) if name in self.reads else True

    def _measured(self, row: Row, day: Day, role: str) -> list[Value]:
        """The cells that are measured: a row that lacks one cannot be counted."""
        found = []
        for side, part, other in (("above", self.above, "below"), ("below", self.below, "above")):
            if part is None or role == other:
                continue
            if part.measure == "distinct":
                found.append(row.get(str(part.of)))
            if f"of {side}" in self.reads:
                found.append(self.reads[f"of {side}"](row, day))
            if part.weight is not None:
                found.append(row.get(part.weight))
        return found

    # ---- from counts to a figure ----

    def _figure(
        self, counted: Counted, label: Label, period: Period, held: Held, *, county: Counted | None = None
    ) -> Figure:
        by, name = label
        indicator = self.indicator
        made = Figure(left_out=counted.left_out, too_recent=counted.too_recent)
        kind = self.above.measure
        day = Day(period, held.clocks, held.working)
        if kind in ("mean", "median"):
            values = [Fraction(self.reads["of above"](row, day)) for row in counted.numerator]
            weights = [Fraction(row[self.above.weight]) if self.above.weight else 1 for row in counted.numerator]
            made.denominator = sum(weights)
            if kind == "median":
                return _no_figure(made) if not values else _with(made, _middle(values), indicator)
            products = [value * weight for value, weight in zip(values, weights, strict=True)]
            made.numerator = sum(products) if products else None
        else:
            made.numerator = self._measure("above", counted.numerator, day)
        if self.below is not None:
            whole = county if indicator.share and county is not None else counted
            made.denominator = self._measure("below", whole.denominator, day)
        if indicator.per_population:
            if by in ("age_band", "sex", "ethnicity", "disability"):
                made.status = "x"  # nobody has sent how many children there are of each
                return made
            year = max((y for y in held.population if y <= _year_begun(period.end)), default=None)
            if year is None:
                made.status = "x"
                return made
            made.denominator = held.population[year]
        if indicator.asked is not None:
            of_group = held.asked.get(str(name)) if by == held.asked_by else None
            number = sum(held.asked.values()) if by is None else of_group
            if not number:
                made.status = "x"
                return made
            made.denominator = number
        if made.denominator is None:
            return _with(made, made.numerator, indicator)
        if made.denominator == 0:
            return _no_figure(made)
        per = {"percent": 100, "p10k": 10_000}.get(indicator.unit, 1)
        return _with(made, Fraction(made.numerator) * per / Fraction(made.denominator), indicator)

    def _measure(self, side: str, rows: Sequence[Row], day: Day) -> Any:
        part = self.above if side == "above" else self.below
        assert part is not None
        if part.measure == "count":
            return len(rows)
        if part.measure == "distinct":
            return len({row[str(part.of)] for row in rows})
        return sum(Fraction(self.reads[f"of {side}"](row, day)) for row in rows)


def _middle(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _with(made: Figure, value: Any, indicator: Indicator) -> Figure:
    made.value = half_away(Fraction(value), indicator.decimals)
    return made


def _no_figure(made: Figure) -> Figure:
    """Nothing was counted: either there was nothing, or nothing of it could be judged."""
    made.status = "x" if made.left_out or made.too_recent else "z"
    return made


def half_away(value: Fraction, decimals: int) -> float:
    """Rounded to so many decimals, a half away from zero, exactly."""
    whole, over = divmod(abs(value) * 10**decimals, 1)
    whole += over >= Fraction(1, 2)
    return float(Fraction(whole, 10**decimals) * (-1 if value < 0 else 1))


def _year_begun(day: date) -> int:
    return day.year if day >= date(day.year, 4, 1) else day.year - 1


def _label(value: Value) -> str:
    if value is None:
        return "Not recorded"
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else str(value)
