"""What the command line's options say, read strictly; a mistake is a Usage, whose sentence says what to write."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from returns.periods import Period, PeriodError


class Usage(Exception):
    """The command was written wrongly; the message says how to write it."""


def period_given(text: str | None) -> Period | None:
    """The period that --period names. A submission is for a month, a quarter or a year."""
    if text is None:
        return None
    try:
        period = Period.parse(text)
    except PeriodError as error:
        raise Usage(f"--period: {error}") from None
    if period.window == "rolling_year":
        raise Usage("--period: a return is for a quarter, as 2025-26-Q2, a month or a year, not a rolling year.")
    return period


def day_given(text: str | None) -> date | None:
    """The day that --extracted names, day first; not one in the future."""
    if text is None:
        return None
    from pipelines.batch import today
    from pipelines.cell_dates import read_day

    found = read_day(text, today=today()).value
    if not isinstance(found, date):
        raise Usage(f"--extracted: {text[:40]!r} is not a date. Write it as 30/09/2025 or 2025-09-30.")
    if found > today():
        raise Usage(f"--extracted: {found:%d/%m/%Y} is in the future.")
    return found


def nil_given(names: Sequence[str] | None) -> frozenset[str]:
    """The returns that --nil names."""
    from returns.catalogue import NAMES

    for name in names or ():
        if name not in NAMES:
            raise Usage(f"--nil: no return is called {name[:40]!r}. There are: {', '.join(NAMES)}.")
    return frozenset(names or ())


def answers_given(answers: Sequence[str] | None, reference: Path) -> Mapping[tuple[str, str], str]:
    """What each --answer says: {(code list, spelling): group}."""
    from returns.codes import code_lists, key

    read: dict[tuple[str, str], str] = {}
    for text in answers or ():
        code_list, colon, rest = text.partition(":")
        spelling, equals, group = rest.rpartition("=")
        lists = code_lists(reference)
        if not colon or not equals or code_list.strip() not in lists:
            raise Usage(
                "--answer: write it as 'LIST: SPELLING = GROUP', such as 'source: CAFCASS = Other legal agency'. "
                f"The lists are {', '.join(sorted(lists))}."
            )
        groups = {known.casefold(): known for known in lists[code_list.strip()].groups}
        if group.strip().casefold() not in groups:
            raise Usage(f"--answer: the groups of {code_list.strip()} are {', '.join(groups.values())}.")
        read[(code_list.strip(), key(spelling))] = groups[group.strip().casefold()]
    return read


def password_given() -> str | None:
    """The password of SCORECARD_FILE_PASSWORD, or None."""
    return os.environ.get("SCORECARD_FILE_PASSWORD") or None
