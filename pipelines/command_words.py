"""What the command line's options say, read strictly; a mistake is a Usage, whose sentence says what to write."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from returns.periods import Period, PeriodError

# What Windows and macOS keep in a folder for themselves.
_NO_FILES = frozenset({"thumbs.db", "desktop.ini"})


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
    from pipelines.code_lists import every_list
    from returns.codes import key

    read: dict[tuple[str, str], str] = {}
    for text in answers or ():
        code_list, colon, rest = text.partition(":")
        spelling, equals, group = rest.rpartition("=")
        lists = every_list(reference)
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


def headers_given(headers: Sequence[str] | None) -> Mapping[tuple[str, str], str]:
    """What each --header says: {(return, header in plain words): field, or "" for none of the return's}."""
    from returns.catalogue import all_returns
    from returns.declaration import plain_words

    read: dict[tuple[str, str], str] = {}
    for text in headers or ():
        named, equals, meant = text.rpartition("=")
        only, named = _of_return(named)
        if not equals or not plain_words(named) or not meant.strip():
            raise Usage(
                "--header: write it as 'THEIR HEADER = FIELD', such as 'Day it came in = referred', or as "
                "'RETURN: THEIR HEADER = FIELD'; 'THEIR HEADER = none' leaves the column out."
            )
        words = plain_words(meant)
        found = {
            name: "" if words == "none" else field.name
            for name, declared in all_returns().items() if only in (None, name)
            for field in declared.fields
            if field.keep != "dropped" and words in {"none", plain_words(field.name), *field.known_headers}
        }
        if not found:
            where = f"the return {only}" if only else "any return"
            raise Usage(f"--header: there is no column {meant.strip()[:60]!r} in {where}.")
        read |= {(name, plain_words(named)): field for name, field in found.items()}
    return read


def _of_return(text: str) -> tuple[str | None, str]:
    """The return that stands before a colon, and the rest; a colon in a header is the header's own."""
    from returns.catalogue import NAMES

    before, colon, after = text.partition(":")
    return (before.strip(), after.strip()) if colon and before.strip() in NAMES else (None, text.strip())


def what_to_forget(header: str | None, answer: str | None) -> tuple[Literal["header", "code"], str, str]:
    """(kind, return or code list, header or spelling) of --header 'RETURN: HEADER' or --answer 'LIST: SPELLING'."""
    kind: Literal["header", "code"] = "header" if header else "code"
    about, colon, asked = (header or answer or "").partition(":")
    if bool(header) == bool(answer) or not colon or not asked.strip():
        raise Usage("Say what to forget: --header 'RETURN: THEIR HEADER', or --answer 'LIST: SPELLING'.")
    return kind, about.strip(), asked.strip()


def files_given(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are named or lie in a folder that is named, by name; and the folders inside those, left out.

    Hidden files, and the ones Excel leaves beside a workbook that is open, are no files of a folder.
    """
    files: list[Path] = []
    inside: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        try:
            here = sorted(path.iterdir(), key=lambda each: (each.name.casefold(), each.name))
        except OSError as error:
            raise Usage(f"The folder {path} cannot be read: {_why(error)}.") from None
        shown = [each for each in here if not each.name.startswith((".", "~$")) and each.name.lower() not in _NO_FILES]
        inside += [each for each in shown if each.is_dir()]
        found = [each for each in shown if not each.is_dir()]
        if not found:
            raise Usage(f"There is no file in the folder {path}.")
        files += found
    return files, inside


def folder_given(out: Path | None) -> Path | None:
    """The folder of --out, made when it is missing, before anything is loaded."""
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Usage(f"--out: {out} cannot be made a folder: {_why(error)}.") from None
    return out


def _why(error: OSError) -> str:
    return (error.strerror or "the disk refuses").lower()


def password_given() -> str | None:
    """The password of SCORECARD_FILE_PASSWORD, or None."""
    return os.environ.get("SCORECARD_FILE_PASSWORD") or None
