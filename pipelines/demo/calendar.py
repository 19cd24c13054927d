"""The demonstration's calendar: its quarters, its extracts and the days between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from pipelines.demo.draw import roll
from returns.periods import Period, add_months, quarter

V = TypeVar("V")

LATEST = quarter(2025, 2)
MOST_QUARTERS = 16
# Burn-in starts here, so that the first extract finds plans, care and need of every age.
BEGINNING = date(2019, 4, 1)
# Contacts and early help end quickly: a year and a half before the first extract is enough.
FRONT_DOOR_FROM = date(2020, 7, 1)
# A day after the last extract: nothing later is written, so nothing later is made.
HORIZON = date(2025, 12, 31)


@cache
def simulated_quarters() -> tuple[Period, ...]:
    """Every quarter that is simulated, burn-in and the one after the last extract included."""
    return tuple(LATEST.earlier(steps) for steps in range(25, -2, -1))


def extract_quarters(count: int) -> list[Period]:
    """The `count` quarters to 2025-26-Q2 that get a workbook, oldest first."""
    return [LATEST.earlier(steps) for steps in range(count - 1, -1, -1)]


def extract_date(period: Period) -> date:
    """The day the sender ran its reports: five to nine days after the quarter's end."""
    return roll(period.end + timedelta(days=5 + (period.start.month + period.start.year) % 3))


def window_start(extracted: date) -> date:
    """The first day that an extract's six months reach back to."""
    return add_months(extracted, -6)


def quarter_start(day: date) -> date:
    """The first day of the quarter that `day` falls in: what events are sorted into quarters by."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def number_of(period: Period) -> tuple[int, int]:
    """The financial year's first calendar year and the quarter's number, 1 to 4."""
    year = period.end.year if period.end.month >= 4 else period.end.year - 1
    return year, (period.end.month - 4) % 12 // 3 + 1


def of_quarter(table: Mapping[int, tuple[V, ...]], period: Period) -> V:
    """The table's value for the quarter."""
    year, number = number_of(period)
    return table[year][number - 1]
