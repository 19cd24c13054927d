"""Whose a return is and when it is of: agency, period and extract date, told, remembered or read from the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.clean import ReadSheet
from pipelines.findings import Finding, finding
from pipelines.recognise import Recognised
from returns.declaration import plain_words
from returns.partnership import Agency, agency, partnership
from returns.periods import Period, add_months, quarter_ended_by

MONTHS_BEFORE = 6
"""A file is the wrong one when nothing in it is of the quarter or of these months before it."""

MONTHS_LATE = 3


@dataclass(frozen=True)
class Told:
    """What was said about a file when it was loaded; None where it was left to the file.

    `today` is the day of receipt.
    """

    today: date
    agency: str | None = None
    period: Period | None = None
    extracted: date | None = None
    nil: frozenset[str] = frozenset()


@dataclass(frozen=True)
class When:
    """The period a workbook is for and the day its extract was made."""

    period: Period
    extracted: date


def whose(
    recognised: Recognised, layout: str, told: Told, remembered: Callable[[str, str], str | None]
) -> Agency | None:
    """The agency that sent a return: told, else remembered for this return and layout, else the council for its own.

    None when it must be asked; raises SettingsError when config/agencies.yaml has no such agency.
    """
    name = told.agency or remembered(recognised.declared.name, layout)
    if name is None and recognised.declared.sender == "council":
        name = partnership().council_agency
    return agency(name) if name is not None else None


def layout_hash(recognised: Recognised) -> str:
    """A short hash of the sheet's headers in their order: two agencies' systems rarely write the same."""
    written = "\x1f".join(plain_words(text) for text in recognised.headers.values())
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:16]


def when(sheets: Sequence[ReadSheet], told: Told) -> When | None:
    """The period and the extract's date of a workbook; None when neither the file nor anybody says."""
    extracted = told.extracted or _latest_day(sheets, told)
    if extracted is None and told.period is not None:
        extracted = min(told.period.end, told.today)
    if extracted is None:
        return None
    return When(told.period or quarter_ended_by(extracted), extracted)


def _latest_day(sheets: Sequence[ReadSheet], told: Told) -> date | None:
    """The latest day in the workbook that is not in the future; for totals, which have no days, the day of receipt."""
    days = (day for sheet in sheets for day in sheet.latest_days if day <= told.today)
    latest = max(days, default=None)
    if latest is None and sheets and all(sheet.recognised.declared.level == "total" for sheet in sheets):
        return told.today if told.period is None else None
    return latest


def judge_period(sheets: Sequence[ReadSheet], found: When) -> tuple[Finding, ...]:
    """What is wrong with the period of the whole workbook; a `block` finding when nothing in it is of the period."""
    days = [day for sheet in sheets for day in sheet.latest_days if day <= found.extracted]
    first = add_months(found.period.start, -MONTHS_BEFORE)
    if days and not any(first <= day <= found.period.end for day in days):
        return (finding("period-outside", period=found.period, latest=f"{max(days):%d/%m/%Y}"),)
    if found.extracted > add_months(found.period.end, MONTHS_LATE):
        return (finding("extract-too-late", period=found.period, extracted=f"{found.extracted:%d/%m/%Y}"),)
    return ()


def judge_list(sheet: ReadSheet, found: When) -> tuple[Finding, ...]:
    """A warning when a list has no event in the period. Never more: the period is judged on the whole workbook."""
    event = sheet.recognised.declared.event_date
    column = sheet.columns.get(event or "")
    if column is None or not len(sheet.rows):
        return ()
    if any(isinstance(r.value, date) and found.period.contains(r.value) for r in column.readings):
        return ()
    return (finding("list-without-event", sheet=sheet.recognised.sheet.name, period=found.period),)
