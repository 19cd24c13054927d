"""Whose a return is and when it is of: agency, period and extract date, told, remembered or read from the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.clean import ReadColumn, ReadSheet
from pipelines.findings import Finding, finding
from pipelines.recognise import Recognised
from returns.declaration import Return, plain_words
from returns.events import TABLES
from returns.partnership import Agency, agency, partnership
from returns.periods import Period, add_months, quarter_ended_by
from warehouse.ledger import SEVERAL

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

    None when it must be asked, also where several send this layout; raises SettingsError when config/agencies.yaml
    has no such agency.
    """
    name = told.agency or remembered(recognised.declared.name, layout)
    if name == SEVERAL:
        return None
    if name is None and recognised.declared.sender == "council":
        name = partnership().council_agency
    return agency(name) if name is not None else None


def named_in(sheet: ReadSheet) -> Agency | None:
    """The one agency that the rows themselves say answers, in a return that has a column for it; else None."""
    for column in sheet.columns.values():
        if column.field.kind == "agency":
            said = {reading.group for reading in column.readings if reading.value is not None}
            name = next(iter(said), None)
            return agency(name) if len(said) == 1 and name else None
    return None


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
    """The latest day in the workbook that is not in the future; where rows have no days of their own, that of receipt.

    A list of schools has the days on which they opened: those say nothing of when it was made.
    """
    dated = [sheet for sheet in sheets if _is_dated(sheet.recognised.declared)]
    latest = max((day for sheet in dated for day in sheet.latest_days if day <= told.today), default=None)
    if latest is None and sheets and not dated:
        return told.today if told.period is None else None
    return latest


def _is_dated(declared: Return) -> bool:
    """Whether the days in the rows say when the extract was made."""
    return declared.event_date is not None or declared.level == "child"


def judge_period(sheets: Sequence[ReadSheet], found: When) -> tuple[Finding, ...]:
    """What is wrong with the period of the whole workbook; a `block` finding when nothing in it is of the period.

    Audits, and lists of schools and people, are of a year and not of a quarter: see `judge_list`.
    """
    quarterly = [sheet for sheet in sheets if sheet.recognised.declared.is_quarterly]
    days = [day for sheet in quarterly for day in sheet.latest_days if day <= found.extracted]
    first = add_months(found.period.start, -MONTHS_BEFORE)
    if days and not any(first <= day <= found.period.end for day in days):
        return (finding("period-outside", period=found.period, latest=f"{max(days):%d/%m/%Y}"),)
    if found.extracted > add_months(found.period.end, MONTHS_LATE):
        return (finding("extract-too-late", period=found.period, extracted=f"{found.extracted:%d/%m/%Y}"),)
    return ()


def judge_list(sheet: ReadSheet, found: When) -> tuple[Finding, ...]:
    """A warning when a list has no event in the period. Never more: the period is judged on the whole workbook.

    An audit is judged by the year it says it is of: this one's, the last one's or the next one's.
    """
    if not sheet.recognised.declared.is_quarterly:
        return _judge_year(sheet, found)
    event = sheet.recognised.declared.event_date
    column = sheet.columns.get(event or "")
    if column is None or not len(sheet.rows):
        return ()
    said = _older_than_the_window(sheet, column, found)
    if any(isinstance(r.value, date) and found.period.contains(r.value) for r in column.readings):
        return said
    return (finding("list-without-event", sheet=sheet.recognised.sheet.name, period=found.period), *said)


def _older_than_the_window(sheet: ReadSheet, column: ReadColumn, found: When) -> tuple[Finding, ...]:
    """A warning for events of before the months that the list goes back; lists of what is open go back for ever."""
    import numpy as np

    table = TABLES[sheet.recognised.declared.fills[0].table]
    first = add_months(found.period.start, -MONTHS_BEFORE)
    old = {place: r.value for place, r in enumerate(column.readings) if isinstance(r.value, date) and r.value < first}
    if not table.covered or not old:
        return ()
    return (finding(
        "events-before-window", sheet=sheet.recognised.sheet.name, column=column.header,
        count=int(np.isin(column.places, list(old)).sum()), first=f"{first:%d/%m/%Y}",
        earliest=f"{min(old.values()):%d/%m/%Y}", period=found.period,
    ),)


def judge_edition(sheet: ReadSheet, found: When) -> tuple[Finding, ...]:
    """A warning when a later edition of the return was asked for by the extract's date than the one that was sent."""
    declared, sent = sheet.recognised.declared, sheet.recognised.edition
    asked = max((one for one in declared.editions if one.since <= found.extracted), key=lambda one: one.since,
                default=sent)
    if asked.since <= sent.since:
        return ()
    known = {item.name for item in sent.fields}
    new = [item.header.strip() for item in asked.fields if item.name not in known and item.keep != "dropped"]
    return (finding(
        "edition-earlier", sheet=sheet.recognised.sheet.name, edition=sent.name, asked=asked.name,
        since=f"{asked.since:%d/%m/%Y}", return_title=declared.title, columns=", ".join(new),
    ),)


def _judge_year(sheet: ReadSheet, found: When) -> tuple[Finding, ...]:
    column = sheet.columns.get(sheet.recognised.declared.year or "")
    if column is None:
        return ()
    years = sorted({str(r.value) for r in column.readings if r.value is not None})
    # A year of one audit runs into two of the other kind: academic years begin in September.
    near = range(found.period.start.year - 2, found.period.end.year + 2)
    if not years or any(year[:4].isdigit() and int(year[:4]) in near for year in years):
        return ()
    return (finding("year-outside", sheet=sheet.recognised.sheet.name, column=column.header, period=found.period,
                    years=", ".join(years)),)
