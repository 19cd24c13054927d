"""What day a cell says: day first always, Excel's day numbers, ISO, and months in words.

`05/01/2024` is 5 January. Nothing is guessed: a cell that could be no day of the calendar
(31 June, a thirteenth month) is named as such and never turned into a neighbouring day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pipelines.cell_reading import BLANK, Reading, is_excel_error, is_placeholder, one_line

EXCEL_EPOCH = datetime(1899, 12, 30)
# Day numbers from 1930 to 2100. A bare number outside them (a year, an identifier) is no date.
FIRST_SERIAL, LAST_SERIAL = 10959, 73415
# Excel's first two months have a day too many, and its zero stands for an empty cell.
_FIRST_DAY = date(1900, 3, 1)

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}

_CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]m)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.\-]*(?P<month>[a-z]{3,9})\.?,?[\s/.\-]*(?P<year>\d{4}|\d{2})",
        r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_NUMBER = re.compile(r"\d{5}(\.\d+)?")


def read_day(cell: object, *, today: date) -> Reading:
    """The day that the cell says, or the code of what is wrong with it; `today` settles two-digit years."""
    if type(cell) is date:  # what nearly every cell is
        return _plausible(cell)
    found = read_moment(cell, today=today)
    return found if found.at is None else Reading(found.value, found.code)


def read_moment(cell: object, *, today: date) -> Reading:
    """The day that the cell says and, where it gives a time, the moment by the clocks of the UK.

    Midnight is taken as a day alone: it is what systems write where no time was entered.
    """
    if isinstance(cell, bool | time | timedelta):
        return Reading(None, "date-unreadable")
    if isinstance(cell, datetime):
        return _at(cell)
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, int | float):
        return _read_number(float(cell))
    text = one_line(cell)
    if is_excel_error(text):
        return Reading(None, "cell-error")
    if is_placeholder(text):
        return BLANK
    if _NUMBER.fullmatch(text):
        return _read_number(float(text))
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _read_parts(match.groupdict(), today=today)
    return Reading(None, "date-unreadable")


def _read_number(number: float) -> Reading:
    """The day of an Excel day number; the written-out 20240105 is read as ISO."""
    if 0 <= number < 1:
        return Reading(None, "date-zero")
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _at(EXCEL_EPOCH + timedelta(days=number))
    if 19000101 <= number <= 21001231 and number == int(number):
        return _read_parts(
            {"year": str(int(number) // 10000), "month": str(int(number) // 100 % 100), "day": str(int(number) % 100)},
            today=date.max,
        )
    return Reading(None, "date-unreadable")


def _at(moment: datetime) -> Reading:
    """The day and time of a moment. A hair short of midnight (45382.9999999) is the day it was meant for."""
    plain = moment.replace(tzinfo=None)
    # 31/12/9999 is how many systems write "no end": it has no day after it.
    if plain.year != date.max.year:
        plain = (plain + timedelta(milliseconds=500)).replace(microsecond=0)
    day = _plausible(plain.date())
    return day if day.code or plain.time() == time() else Reading(day.value, None, at=plain)


def _read_parts(parts: dict[str, str | None], *, today: date) -> Reading:
    month_text = (parts["month"] or "").casefold()
    month = int(month_text) if month_text.isdigit() else _MONTHS.get(month_text)
    if month is None:
        return Reading(None, "date-unreadable")
    year_text, day = parts["year"] or "", int(parts["day"] or 0)
    year = int(year_text) if len(year_text) == 4 else _century(int(year_text), today)
    if (year, month, day) == (1900, 1, 0) or (year, month, day) == (0, 0, 0):
        return Reading(None, "date-zero")  # what Excel shows for an empty cell in a date column
    try:
        midnight = datetime(year, month, day)
    except ValueError:
        return Reading(None, "date-impossible")
    moment = _local(midnight, parts)
    return Reading(None, "date-unreadable") if moment is None else _at(moment)


def _local(midnight: datetime, parts: dict[str, str | None]) -> datetime | None:
    """The moment in UK time: one written in universal time is moved, so 23:00Z on 31 March is 1 April."""
    if parts.get("hour") is None:
        return midnight
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute, second = int(parts["minute"] or 0), int(parts.get("second") or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    moment = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    zone = parts.get("zone")
    if not zone:
        return moment
    universal = moment - _offset(zone)
    return universal + timedelta(hours=1) if _is_summer(universal) else universal


def _offset(zone: str) -> timedelta:
    if zone in "zZ":
        return timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _is_summer(universal: datetime) -> bool:
    """Whether the UK is on summer time: from the last Sunday of March to that of October, at 1:00 universal time."""
    starts, ends = (_last_sunday(universal.year, month) for month in (3, 10))
    return starts <= universal < ends


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _century(two_digits: int, today: date) -> int:
    """The full year: this century's unless that is more than a year ahead (a child due next year may be)."""
    this = 2000 + two_digits
    return this if this <= today.year + 1 else this - 100


def _plausible(day: date) -> Reading:
    if day < _FIRST_DAY:
        return Reading(None, "date-zero")
    return Reading(day, None)
