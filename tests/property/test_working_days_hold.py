"""England's working days add up, whichever days are asked about and however they are counted."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.workingdays import CALENDAR_SQL, WorkingDays
from returns.places import PROJECT

DAYS = st.dates(min_value=date(2012, 1, 1), max_value=date(2027, 12, 31))


@cache
def bank_holidays() -> tuple[date, ...]:
    with (PROJECT / "data" / "reference" / "bank_holidays.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(date.fromisoformat(row["day"]) for row in rows)


@cache
def england() -> WorkingDays:
    return WorkingDays(bank_holidays())


def counted(start: date, end: date) -> int:
    """Working days after `start` up to `end`, one day at a time."""
    holidays, day, found = set(bank_holidays()), start, 0
    while day < end:
        day += timedelta(days=1)
        found += day.weekday() < 5 and day not in holidays
    return found


@given(start=DAYS, length=st.integers(min_value=0, max_value=120))
def test_counting_at_once_and_day_by_day_agree(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert england().between(start, end) == counted(start, end)


@given(first=DAYS, second=DAYS, third=DAYS)
def test_a_stretch_is_the_sum_of_its_parts_in_either_direction(first: date, second: date, third: date) -> None:
    days = england()
    assert days.between(first, second) + days.between(second, third) == days.between(first, third)
    assert days.between(first, second) == -days.between(second, first)


@given(start=DAYS, number=st.integers(min_value=1, max_value=60))
def test_the_last_day_in_time_is_a_working_day_and_the_next_one_is_late(start: date, number: int) -> None:
    days = england()
    due = days.add(start, number)
    assert days.is_working(due)
    assert days.between(start, due) == number
    assert days.between(start, due - timedelta(days=1)) == number - 1


@given(day=DAYS)
def test_no_weekend_or_bank_holiday_takes_time(day: date) -> None:
    before = day - timedelta(days=1)
    is_free = day.weekday() >= 5 or day in bank_holidays()
    assert england().between(before, day) == (0 if is_free else 1)


@settings(max_examples=20, deadline=None)
@given(days=st.lists(DAYS, min_size=2, max_size=12))
def test_the_figures_own_calendar_counts_as_this_one_does(days: list[date]) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS main; CREATE TABLE main.bank_holidays (day DATE, name VARCHAR)")
        connection.executemany("INSERT INTO main.bank_holidays VALUES (?, '')", [[day] for day in bank_holidays()])
        numbers = dict(connection.execute(f"WITH {CALENDAR_SQL} SELECT day, number FROM calendar").fetchall())
    assert [numbers[b] - numbers[a] for a, b in zip(days, days[1:], strict=False)] == [
        england().between(a, b) for a, b in zip(days, days[1:], strict=False)
    ]


def test_the_summer_and_new_year_holidays_of_2025_do_not_count() -> None:
    days = england()
    assert days.between(date(2025, 8, 22), date(2025, 8, 26)) == 1  # Friday to Tuesday, Monday the 25th a holiday
    assert days.between(date(2024, 12, 24), date(2025, 1, 2)) == 4  # 27, 30 and 31 December, 2 January
    assert days.between(date(2022, 5, 27), date(2022, 6, 6)) == 4  # spring holiday moved to 2 June, jubilee on the 3rd
