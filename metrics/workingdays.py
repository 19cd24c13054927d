"""England's working days: Monday to Friday without the bank holidays of the reference table.

*Within N working days* counts from the day after the start, so the number between two days is the
number of working days after the first, up to and including the second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

# The days that the calendar of the SQL covers; a date outside them is taken as unknown.
FIRST_DAY = date(1990, 1, 1)  # a Monday
LAST_DAY = date(2049, 12, 31)


class WorkingDays:
    """Counts England's working days, given its bank holidays."""

    def __init__(self, bank_holidays: Iterable[date]) -> None:
        # A bank holiday at a weekend takes no working day away (its substitute is listed as itself).
        self._holidays = sorted({day for day in bank_holidays if day.weekday() < 5})

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        place = bisect_right(self._holidays, day)
        return day.weekday() < 5 and not (place and self._holidays[place - 1] == day)

    def between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`; negative when `end` is before `start`."""
        return self.number(end) - self.number(start)

    def add(self, start: date, days: int) -> date:
        """The day on which the `days`-th working day after `start` falls (`days` of 1 or more)."""
        if days < 1:
            raise ValueError("count one working day or more")
        day = start
        while days:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def number(self, day: date) -> int:
        """How many working days there are from 1 January 1990 to `day`, which it may itself be."""
        weeks, over = divmod((day - FIRST_DAY).days + 1, 7)
        return weeks * 5 + min(over, 5) - bisect_right(self._holidays, day)


# Every day with its working-day number, as WorkingDays.number counts it, from the warehouse's own bank holidays.
CALENDAR_SQL = f"""calendar AS MATERIALIZED (
  SELECT day, sum(CASE WHEN isodow(day) < 6 AND NOT holiday THEN 1 ELSE 0 END) OVER (ORDER BY day) AS number
  FROM (
    SELECT CAST(d.day AS DATE) AS day, h.day IS NOT NULL AS holiday
    FROM generate_series(DATE '{FIRST_DAY}', DATE '{LAST_DAY}', INTERVAL 1 DAY) AS d(day)
    LEFT JOIN (SELECT DISTINCT day FROM main.bank_holidays) AS h ON h.day = CAST(d.day AS DATE)
  )
)"""
