"""A second reading of the totals that agencies send: their months make quarters and years, their agencies a county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from second_engine.figures import Figure, half_away
from second_engine.words import Row, months_later

from metrics.model import PER, Indicator
from returns.periods import Period

# What was summed: numerator and denominator, each None where any that makes it up lacked it.
Sum = tuple[Fraction | None, Fraction | None]


def figure_of(
    indicator: Indicator, rows: Sequence[Row], period: Period, *, basis: str, population: int | None, **place: str
) -> Figure | None:
    """The figure that the totals of the county (or of one `area` or `breakdown`) give; None where none were sent."""
    for held in (basis, "known"):
        sent = [
            row for row in rows
            if row["basis"] == held and (held == "known" or row["period"] == row["covers"])
            and row["indicator"] == indicator.id
            and all((row.get(name) or None) == place.get(name) for name in ("area", "breakdown"))
        ]  # fmt: skip
        made = _sum_over(sent, period, is_flow=indicator.nature == "flow")
        if made is not None:
            return _figure(indicator, made, population)
    return None


def _sum_over(rows: Sequence[Row], period: Period, *, is_flow: bool) -> Sum | None:
    """What was sent of the period itself, else of what makes it up; None where a part of that was not sent."""
    exact = [row for row in rows if row["covers"] == str(period)]
    if exact:
        return _added([(row["numerator"], row["denominator"]) for row in exact])
    for made_of in _made_of(period):
        # What is open or true on a day is what the last of them says.
        found = [_sum_over(rows, piece, is_flow=is_flow) for piece in (made_of if is_flow else made_of[-1:])]
        if made_of and all(part is not None for part in found):
            return _added([part for part in found if part is not None])
    return None


def _made_of(period: Period) -> list[list[Period]]:
    if period.window == "month":
        return []
    step = 1 if period.window == "quarter" else 3
    firsts = []
    first = period.start
    while first <= period.end:
        firsts.append(first)
        first = months_later(first, step)
    pieces = [_period(one, step) for one in firsts]
    if period.window == "rolling_year" and period.end.month == 3:
        return [[Period(period.start, period.end, "year")], pieces]
    return [pieces]


def _period(first: date, months: int) -> Period:
    return Period(first, months_later(first, months) - timedelta(days=1), "month" if months == 1 else "quarter")


def _added(parts: Sequence[tuple[float | Fraction | None, float | Fraction | None]]) -> Sum:
    above, below = zip(*parts, strict=True)
    return (
        None if None in above else sum((Fraction(one) for one in above), Fraction(0)),
        None if None in below else sum((Fraction(one) for one in below), Fraction(0)),
    )


def _figure(indicator: Indicator, made: Sum, population: int | None) -> Figure:
    above, below = made
    if indicator.per_population:
        below = Fraction(population) if population else None
    if above is None or (indicator.denominator is not None and below is None):
        return Figure(status="x")
    if indicator.denominator is None:
        return Figure(above, None, half_away(above, indicator.decimals))
    if below == 0:
        return Figure(above, below, status="z")
    value = above * PER.get(indicator.unit, 1) / below
    return Figure(above, below, half_away(value, indicator.decimals))
