"""Loads in small, for tests: rows written by field name, loaded in this process, and looked up afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sent_files import fields_of, headers_of, xlsx

from pipelines.load import Options, Sending, check_files, load_files
from pipelines.submissions import LoadReport
from returns.catalogue import the_return
from returns.periods import Period
from returns.places import Places
from warehouse import store

Row = Mapping[str, Any]


def annex_a(path: Path, **lists: Sequence[Row]) -> Path:
    """A workbook with a sheet for each list: `annex_a(path, referrals=[{"child_id": "1", "referred": date(...)}])`."""
    sheets = {
        the_return(name).sheet: [headers_of(name), *([row.get(f.name, "") for f in fields_of(name)] for row in rows)]
        for name, rows in lists.items()
    }
    return xlsx(path, sheets)


def load(
    data: Path,
    *paths: Path,
    period: str | None = None,
    extracted: date | None = None,
    agency: str | None = None,
    nil: Sequence[str] = (),
    answers: Mapping[tuple[str, str], str] | None = None,
) -> LoadReport:
    """The report of loading the files."""
    about = (agency, Period.parse(period) if period else None, extracted, frozenset(nil))
    return load_files(
        Places.of(data),
        [Sending(path, *about) for path in paths] or [Sending(None, *about)],
        options=Options(answers=answers or {}),
    )


def check(data: Path, *paths: Path, period: str | None = None, extracted: date | None = None) -> LoadReport:
    """The report of checking the files."""
    about = (None, Period.parse(period) if period else None, extracted)
    return check_files(Places.of(data), [Sending(path, *about) for path in paths])


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the current version answers."""
    with store.reader(Places.of(data)) as current:
        return current.query(sql)


def told(report: LoadReport, *names: str, only: str | None = None) -> list[tuple[Any, ...]]:
    """The findings as tuples of the named attributes, sheet by sheet; `only` keeps one return's."""
    return [
        tuple(getattr(item, name) for name in names)
        for submission in report.submissions
        if only in (None, submission.return_name)
        for item in submission.findings
    ]
