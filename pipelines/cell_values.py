"""What a cell says, read by its field's kind: identifiers, text, numbers, codes, flags, postcodes, periods."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pipelines.cell_reading import BLANK, Reading, is_excel_error, is_placeholder, is_suppressed, one_line
from returns.codes import CodeList, key
from returns.declaration import Field
from returns.periods import Period, PeriodError, financial_year, month, quarter

LONGEST_TEXT = 300
LONGEST_IDENTIFIER = 60
# Excel keeps fifteen digits of a number: a longer identifier, typed as one, has lost its last.
LARGEST_EXACT = 10**15

_TOTAL = re.compile(r"(grand |sub ?|overall )?-?totals?\b.*|count( of .*)?|all children")
_DIGIT_GROUPS = re.compile(r"[+-]?£?\d{1,3}(,\d{3})+(\.\d+)?%?")
_NUMBER = re.compile(r"([+-]?)£?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d{1,3})?(%?)", re.IGNORECASE)
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)


def read_identifier(cell: object) -> Reading:
    """The identifier as text, leading zeros kept; 123.0 in a number cell is `123`."""
    if type(cell) is float and cell.is_integer() and -LARGEST_EXACT < cell < LARGEST_EXACT:
        return Reading(str(int(cell)), None)  # what nearly every number cell is
    if isinstance(cell, bool):
        return Reading(None, "identifier-unreadable")
    if isinstance(cell, int | float):
        if not math.isfinite(cell) or abs(cell) >= LARGEST_EXACT:
            return Reading(None, "identifier-cut-short")
        return Reading(str(int(cell)) if cell == int(cell) else repr(cell), None)
    if isinstance(cell, date | time | timedelta):
        return Reading(None, "identifier-is-date")
    text = one_line(cell)
    if is_excel_error(text):
        return Reading(None, "cell-error")
    if is_placeholder(text):
        return BLANK
    # A footnote under the table is no child: identifiers are short and of few words.
    if len(text) > LONGEST_IDENTIFIER or len(text.split()) > 3:
        return Reading(None, "identifier-unreadable")
    return Reading(text, None)


def is_total(cell: object) -> bool:
    """Whether the first cell of a row says that the row is a total."""
    return isinstance(cell, str) and _TOTAL.fullmatch(one_line(cell).casefold()) is not None


def read_text(cell: object) -> Reading:
    """The text as sent, on one line, cut at 300 characters."""
    if isinstance(cell, bool):
        return Reading("TRUE" if cell else "FALSE", None)
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return Reading(str(int(cell)), None)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    text = one_line(cell)
    if is_excel_error(text):
        return Reading(None, "cell-error")
    return BLANK if is_placeholder(text) else Reading(text[:LONGEST_TEXT], None)


def read_number(cell: object) -> Reading:
    """The number: `1,234`, `£5`, `12%` (0.12), U+2212 and no-break spaces are read; `<5` and `[c]` hide one."""
    if isinstance(cell, bool | date | time | timedelta):
        return Reading(None, "number-unreadable")
    if isinstance(cell, int | float):
        return Reading(float(cell), None) if math.isfinite(cell) else Reading(None, "number-unreadable")
    text = one_line(cell).replace("\u2212", "-").replace("\u2013", "-")
    # `<5` and `[c]` hide a number; `N/A` says that there is none.
    if is_suppressed(text):
        return Reading(None, "number-hidden")
    if is_excel_error(text):
        return Reading(None, "cell-error")
    if is_placeholder(text) and text not in {"nan", "NaN"}:
        return BLANK
    compact = text.replace(" ", "")
    if "," in compact:
        if not _DIGIT_GROUPS.fullmatch(compact):
            return Reading(None, "number-unreadable")
        compact = compact.replace(",", "")
    match = _NUMBER.fullmatch(compact)
    if match is None:
        return BLANK if is_placeholder(text) else Reading(None, "number-unreadable")
    number = float(f"{match[1]}{match[2]}{match[3] or ''}") / (100 if match[4] else 1)
    return Reading(number, None) if math.isfinite(number) else Reading(None, "number-unreadable")


def read_count(cell: object) -> Reading:
    """The whole number; a fraction or a percentage is none."""
    if isinstance(cell, str) and cell.strip().endswith("%"):
        return Reading(None, "number-unreadable")
    found = read_number(cell)
    if not isinstance(found.value, float):
        return found
    if found.value != int(found.value):
        return Reading(None, "count-not-whole")
    return Reading(int(found.value), None) if abs(found.value) < LARGEST_EXACT else Reading(None, "number-unreadable")


def read_age(cell: object) -> Reading:
    """The age in whole years, rounded down; -1 is unborn; `unborn` and `3 years` are read."""
    if type(cell) is float and -1000 < cell < 1000:  # what nearly every cell is
        return Reading(math.floor(cell), None)
    if isinstance(cell, str):
        text = one_line(cell).casefold()
        if text in {"unborn", "ub"}:
            return Reading(-1, None)
        cell = re.sub(r"\s*(years?|yrs?|y)( old)?$", "", text)
    found = read_number(cell)
    if not isinstance(found.value, float):
        return found
    return Reading(math.floor(found.value), None) if abs(found.value) < 1000 else Reading(None, "age-out-of-range")


def read_code(cell: object, *, codes: CodeList, answers: Mapping[tuple[str, str], str]) -> Reading:
    """The published code (None when only a spelling's group is known) and the group; never guessed."""
    if isinstance(cell, str) and is_excel_error(one_line(cell)):
        return Reading(None, "cell-error")
    found = codes.match(_code_text(cell))
    if found.how in ("unknown", "ambiguous"):
        answer = answers.get((codes.name, key(_code_text(cell))))
        if answer is not None:
            # Where a group is one code and is called by it, the answer says the code too.
            return Reading(answer if codes.group_of(answer) == answer else None, None, group=answer)
        bad = "code-unclear" if found.how == "ambiguous" else "code-unknown"
        return Reading(None, bad, candidates=found.candidates)
    return Reading(found.code, None, group=found.group)


def read_indicator(cell: object, *, codes: CodeList, answers: Mapping[tuple[str, str], str]) -> Reading:
    """The id of the indicator that the cell names by its id or title, or as the agency said what its own name means."""
    found = read_code(cell, codes=codes, answers=answers)
    return found._replace(code="indicator-unknown") if found.code == "code-unknown" else found


def read_flag(
    cell: object, *, field: Field, codes: CodeList, answers: Mapping[tuple[str, str], str]
) -> Reading:
    """True, False, or None where the sender says that it is not known."""
    if isinstance(cell, bool):
        return Reading(cell, None)
    found = read_code(cell, codes=codes, answers=answers)
    if found.code is not None:
        return found
    said = True if found.group in field.yes else False if found.group in field.no else None
    return Reading(said, None)


def _code_text(cell: object) -> object:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell


def read_postcode(cell: object) -> Reading:
    """The district of the postcode (HR4 of HR4 9AR); the rest of it is never kept."""
    text = one_line(cell).upper()
    if is_placeholder(text):
        return BLANK
    match = _POSTCODE.fullmatch(text.replace(" ", ""))
    return Reading(match[1], None) if match else Reading(None, "postcode-unreadable")


_YEARS = r"(?P<first>\d{4}|\d{2})\s*[-/]\s*(?P<second>\d{4}|\d{2})"
_QUARTER_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _YEARS + r"[\s\-/]*q(?:uarter)?\s*(?P<number>[1-4])", r"q(?:uarter)?\s*(?P<number>[1-4])[\s,\-/]*" + _YEARS,
    )
)
_YEAR_FORM = re.compile(_YEARS)
_MONTH_FORM = re.compile(r"(?P<name>[a-z]{3,9})[\s\-]*(?P<year>\d{4}|\d{2})", re.IGNORECASE)


def read_period(cell: object) -> Reading:
    """The period as periods.py writes it; `Q1 24-25` and `2024/25 Q1` are 2024-25-Q1. `Q1 2024` could be two: none."""
    if isinstance(cell, date):
        # Excel turns a typed "Aug-24" into the first of that month.
        return Reading(str(month(cell.year, cell.month)), None) if cell.day == 1 else Reading(None, "period-unreadable")
    text = one_line(cell)
    if is_placeholder(text):
        return BLANK
    found = _read_period_text(text)
    return Reading(found, None) if found else Reading(None, "period-unreadable")


@lru_cache(maxsize=1024)
def _read_period_text(text: str) -> str | None:
    for form in (*_QUARTER_FORMS, _YEAR_FORM):
        match = form.fullmatch(text)
        if match is None:
            continue
        first, second = (int(part) % 100 for part in (match["first"], match["second"]))
        if second != (first + 1) % 100:
            break  # 2024-08 is a month, not a year
        year = int(match["first"]) if len(match["first"]) == 4 else 2000 + first
        number = match.groupdict().get("number")
        return str(quarter(year, int(number)) if number else financial_year(year))
    if match := _MONTH_FORM.fullmatch(text):
        numbers = [n for n, name in enumerate(_MONTH_NAMES, start=1) if name.startswith(match["name"].casefold())]
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        return str(month(year, numbers[0])) if len(numbers) == 1 else None
    try:
        return str(Period.parse(text))
    except PeriodError:
        return None
