"""What day a cell says. Day first, always."""

from datetime import date, datetime, time, timedelta

import pytest

from pipelines.cell_dates import read_day

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/01/2024", date(2024, 1, 5)),
        ("01/02/2024", date(2024, 2, 1)),
        ("5/1/24", date(2024, 1, 5)),
        ("5.1.2024", date(2024, 1, 5)),
        ("05-01-2024", date(2024, 1, 5)),
        (" 05/01/2024\u00a0", date(2024, 1, 5)),
        ("2024-01-05", date(2024, 1, 5)),
        ("2024/01/05", date(2024, 1, 5)),
        ("20240105", date(2024, 1, 5)),
        (20240105, date(2024, 1, 5)),
        ("5 Jan 2024", date(2024, 1, 5)),
        ("5th January 2024", date(2024, 1, 5)),
        ("Fri 5 Jan 2024", date(2024, 1, 5)),
        ("05-Jan-24", date(2024, 1, 5)),
        ("January 5, 2024", date(2024, 1, 5)),
        ("05/01/2024 14:30", date(2024, 1, 5)),
        ("05/01/2024 11:59:59 PM", date(2024, 1, 5)),
        ("2024-01-05T00:00:00", date(2024, 1, 5)),
        ("2024-01-05T00:00:00.000Z", date(2024, 1, 5)),
        (45296, date(2024, 1, 5)),
        (45296.0, date(2024, 1, 5)),
        ("45296", date(2024, 1, 5)),
        (45296.75, date(2024, 1, 5)),
        (datetime(2024, 1, 5, 9, 30), date(2024, 1, 5)),
        (date(2024, 1, 5), date(2024, 1, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        ("05/01/99", date(1999, 1, 5)),
        ("05/01/27", date(2027, 1, 5)),
        ("05/01/28", date(1928, 1, 5)),
    ],
)
def test_a_date_is_read_day_first_however_it_is_written(cell, day):
    assert read_day(cell, today=TODAY).value == day
    assert read_day(cell, today=TODAY).code is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/06/2024", "date-impossible"),
        ("01/13/2024", "date-impossible"),
        ("29/02/2023", "date-impossible"),
        ("2024-13-01", "date-impossible"),
        ("00/01/1900", "date-zero"),
        ("1900-01-00", "date-zero"),
        (0, "date-zero"),
        (0.5, "date-zero"),
        (date(1899, 12, 31), "date-zero"),
        ("soon", "date-unreadable"),
        ("5 Blue 2024", "date-unreadable"),
        (2024, "date-unreadable"),
        (-1, "date-unreadable"),
        (float("inf"), "date-unreadable"),
        (True, "date-unreadable"),
        (time(9, 30), "date-unreadable"),
        (timedelta(hours=3), "date-unreadable"),
        ("25:00", "date-unreadable"),
    ],
)
def test_a_cell_that_is_no_day_is_named_and_never_guessed(cell, code):
    found = read_day(cell, today=TODAY)
    assert (found.value, found.code) == (None, code)


@pytest.mark.parametrize("cell", ["", " ", "N/A", "n/a", "-", "..", "nan", "NULL", "#N/A", "not recorded", "\u00a0"])
def test_what_systems_write_into_an_empty_date_is_no_mistake(cell):
    found = read_day(cell, today=TODAY)
    assert (found.value, found.code) == (None, None)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-31T23:00:00Z", date(2024, 4, 1)),
        ("2024-03-31T00:00:00Z", date(2024, 3, 31)),
        ("2024-10-27T23:30:00Z", date(2024, 10, 27)),
        ("2024-04-01T00:00:00+01:00", date(2024, 4, 1)),
        ("2024-06-30T23:00:00.000Z", date(2024, 7, 1)),
        ("2024-01-31T23:00:00Z", date(2024, 1, 31)),
        (45382.99999999, date(2024, 4, 1)),
        (45383.0, date(2024, 4, 1)),
        (datetime(2024, 3, 31, 23, 59, 59, 999_900), date(2024, 4, 1)),
    ],
)
def test_midnight_in_summer_time_falls_in_the_day_it_was_meant_for(cell, day):
    assert read_day(cell, today=TODAY).value == day
