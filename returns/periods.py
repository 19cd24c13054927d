"""The calendar: months, quarters and years as a partnership reports them.

A financial year runs from 1 April to 31 March. A period is written `2025-08`
(a month), `2025-26-Q2` (a quarter, July to September 2025), `2025-26` (a
financial year), or `12m-2025-26-Q2` (the rolling year that ends with a
quarter). This module owns every such calculation.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Window = Literal["month", "quarter", "year", "rolling_year"]

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-(\d{2})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})-(\d{2})")
_ROLLING = re.compile(r"12m-(\d{4}-\d{2}-Q[1-4])")


class PeriodError(ValueError):
    """The text names no period; the message says how one is written."""


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months. `start` and `end` are its first and last days."""

    start: date
    end: date
    window: Window

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that `text` writes; raises PeriodError when it writes none."""
        cleaned = text.strip()
        if match := _ROLLING.fullmatch(cleaned):
            return cls.parse(match[1]).rolling_year()
        if match := _QUARTER.fullmatch(cleaned):
            year, following, number = int(match[1]), int(match[2]), int(match[3])
            if following == (year + 1) % 100:
                return quarter(year, number)
        elif match := _YEAR.fullmatch(cleaned):
            year, second = int(match[1]), int(match[2])
            # 2011-12 could be either: a year's second part always follows its first, and
            # no month of 2011 to 2099 is written with a number over 12, so only 2001-02 to
            # 2011-12 are ambiguous, and a partnership writes those as years.
            if second == (year + 1) % 100:
                return financial_year(year)
            if 1 <= second <= 12:
                return month(year, second)
        raise PeriodError(
            f"{text!r} is not a period. Write a quarter as 2025-26-Q2, a month as 2025-08 "
            "or a financial year as 2025-26."
        )

    def __str__(self) -> str:
        if self.window == "month":
            return f"{self.start:%Y-%m}"
        first = financial_year_of(self.end)
        year = f"{first}-{(first + 1) % 100:02d}"
        if self.window == "year":
            return year
        number = (self.end.month - 4) % 12 // 3 + 1
        written = f"{year}-Q{number}"
        return f"12m-{written}" if self.window == "rolling_year" else written

    @property
    def label(self) -> str:
        """The period in words: `July to September 2025`, `the year to September 2025`."""
        if self.window == "month":
            return f"{self.start:%B %Y}"
        if self.window == "quarter":
            return f"{self.start:%B} to {self.end:%B %Y}"
        return f"the year to {self.end:%B %Y}"

    def contains(self, day: date) -> bool:
        """Whether `day` falls in the period."""
        return self.start <= day <= self.end

    def earlier(self, steps: int = 1) -> Period:
        """The period of the same window `steps` windows before (a rolling year steps by a quarter)."""
        if self.window == "rolling_year":
            return self.quarter().earlier(steps).rolling_year()
        months = {"month": 1, "quarter": 3, "year": 12}[self.window]
        first = add_months(self.start, -months * steps)
        return Period(first, last_of_month(add_months(first, months - 1)), self.window)

    def year_ago(self) -> Period:
        """The same period a year before."""
        start = add_months(self.start, -12)
        return Period(start, last_of_month(add_months(start, _length(self) - 1)), self.window)

    def rolling_year(self) -> Period:
        """The twelve months that end with this period."""
        return Period(add_months(self.end.replace(day=1), -11), self.end, "rolling_year")

    def quarter(self) -> Period:
        """The quarter in which the period ends."""
        return quarter_of(self.end)

    def months(self) -> Iterator[Period]:
        """The period's months, in order."""
        for step in range(_length(self)):
            day = add_months(self.start, step)
            yield month(day.year, day.month)


def month(year: int, number: int) -> Period:
    """The calendar month `number` (1 to 12) of `year`."""
    first = date(year, number, 1)
    return Period(first, last_of_month(first), "month")


def quarter(first_year: int, number: int) -> Period:
    """Quarter `number` (1 is April to June) of the financial year that starts in `first_year`."""
    start = add_months(date(first_year, 4, 1), 3 * (number - 1))
    return Period(start, last_of_month(add_months(start, 2)), "quarter")


def financial_year(first_year: int) -> Period:
    """The year from 1 April of `first_year` to 31 March."""
    return Period(date(first_year, 4, 1), date(first_year + 1, 3, 31), "year")


def financial_year_of(day: date) -> int:
    """The calendar year in which the financial year of `day` starts."""
    return day.year if day.month >= 4 else day.year - 1


def quarter_of(day: date) -> Period:
    """The quarter that `day` falls in."""
    return quarter(financial_year_of(day), (day.month - 4) % 12 // 3 + 1)


def quarter_ended_by(day: date) -> Period:
    """The latest quarter that ends on or before `day`."""
    current = quarter_of(day)
    return current if current.end <= day else current.earlier()


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, kept within the month it lands in (31 January + 1 is 28 or 29 February)."""
    position = day.year * 12 + day.month - 1 + months
    year, zero_based = divmod(position, 12)
    # Every month has 28 days; asking the calendar for each of the thousands of first days is what would take long.
    kept = day.day if day.day <= 28 else min(day.day, monthrange(year, zero_based + 1)[1])
    return date(year, zero_based + 1, kept)


def day_words(day: date) -> str:
    """The day as it is said: `6 October 2025`."""
    return f"{day.day} {day:%B %Y}"


def last_of_month(day: date) -> date:
    """The last day of the month that `day` falls in."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def _length(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
