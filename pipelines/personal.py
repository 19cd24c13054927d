"""Personal data where only totals should be: NHS numbers, postcodes, dates of birth, names and addresses.

Nothing here returns a cell: only which kinds were seen.
"""

from __future__ import annotations

import math
import re
from datetime import date

from pipelines.recognise import Recognised
from returns.declaration import plain_words

_HEADERS = (
    ("names", r".*\b(first|fore|given|sur|last|family|full|childs?|pupils?|young persons?)\s?names?\b.*|name"),
    ("dates of birth", r"(.*\b)?(date of birth|dob|birth date|d o b)\b.*"),
    ("NHS numbers", r".*\bnhs( (number|no))?\b.*"),
    ("pupil numbers", r".*\b(upn|unique pupil number)\b.*"),
    ("postcodes", r".*\bpost ?codes?\b.*"),
    ("addresses", r"(home |full )?address.*"),
    ("identifiers of children", r".*\bchild(rens?)?( unique)? (id|identifier)s?\b.*"),
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_BIRTH = re.compile(r"\b(dob|d\.o\.b|born( on)?|date of birth)\b.{0,12}\d", re.IGNORECASE)


def kinds_of_personal_data(recognised: Recognised) -> tuple[str, ...]:
    """The kinds of personal data that the sheet's headers or cells hold; none for a clean return of totals."""
    seen: dict[str, None] = {}
    for header in (*recognised.headers.values(), *recognised.extra):
        words = plain_words(header)
        seen |= {kind: None for kind, pattern in _HEADERS if re.fullmatch(pattern, words)}
    covers = recognised.columns.get("covers")
    # The whole sheet: what is beside or above the table was sent too.
    for row in recognised.sheet.rows:
        for place, cell in enumerate(row):
            seen |= dict.fromkeys(_kinds_in(cell, is_period=place == covers))
    return tuple(seen)


def kinds_in_text(text: str) -> tuple[str, ...]:
    """The kinds of personal data that a person's own words hold, which everybody in a meeting would read."""
    return _kinds_in(text, is_period=False)


def _kinds_in(cell: object, *, is_period: bool) -> tuple[str, ...]:
    if isinstance(cell, date):
        # A total has no day: a full date outside the period's column is somebody's.
        return () if is_period else ("dates of birth",)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return ("NHS numbers",) if math.isfinite(cell) and is_nhs_number(f"{cell:.0f}") else ()
    if not isinstance(cell, str):
        return ()
    found = []
    if _POSTCODE.search(cell.upper()):
        found.append("postcodes")
    if any(is_nhs_number(re.sub(r"\D", "", match)) for match in _TEN_DIGITS.findall(cell)):
        found.append("NHS numbers")
    if _BIRTH.search(cell):
        found.append("dates of birth")
    return tuple(found)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last checks the others, modulo 11 (NHS Data Dictionary)."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return {11: 0}.get(check, check) == int(digits[9]) and check != 10
