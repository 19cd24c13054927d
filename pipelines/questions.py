"""What a person must be asked about a file: headers that nobody knows, and spellings that could mean several things.

Each is asked once: the answer is remembered for the agency (remembering.py) and holds for its later files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from pipelines.clean import ReadColumn
from pipelines.code_lists import every_list
from pipelines.file_report import FileReport
from pipelines.findings import shown
from pipelines.headers import claims, header_row
from pipelines.receiving import ReceivedReturn
from pipelines.recognise import Recognised
from returns.codes import CodeLists, key
from returns.declaration import Field, plain_words
from returns.places import Places

NONE_OF_THESE = ""
_UNREAD_CODES = ("code-unclear", "code-unknown", "indicator-unknown")
# A column that is not needed is asked about only where a header is at least this much like its name, 0 to 1.
_LIKE_ENOUGH = 0.6
_MOST_ASKED = 30


@dataclass(frozen=True)
class Choice:
    """One answer that can be given: the value to give, and how it is written for a person."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One thing to ask about a file. `asked` is as the sender wrote it and `key` is what is remembered.

    `about` is the return of a header, or the code list of a code; `cells` is how many cells wait for the answer
    (0 for a header). `needed` says that the return is refused without it.
    """

    kind: Literal["header", "code"]
    agency: str | None
    return_name: str
    sheet: str
    asked: str
    about: str
    key: str
    choices: tuple[Choice, ...]
    cells: int
    sentence: str
    needed: bool = False


def questions(report: FileReport, places: Places) -> tuple[Question, ...]:
    """Everything to ask about the file, what stops a return first. Nothing is asked that was answered before."""
    codes = every_list(places.reference)
    found: list[Question] = []
    for item in report.received.returns:
        if item.recognised is not None:
            found += _of_headers(item, item.recognised)
            found += _of_codes(item, codes)
    different: dict[tuple[str | None, ...], Question] = {}
    for each in found:
        about = (each.kind, each.agency, each.about, each.key)
        before = different.get(about)
        different[about] = replace(before, cells=before.cells + each.cells) if before else each
    return tuple(sorted(different.values(), key=lambda each: (not each.needed, each.kind != "header", -each.cells)))


def _of_headers(item: ReceivedReturn, recognised: Recognised) -> Iterator[Question]:
    """Doubtful columns; then columns that the return does not have, where it lacks one that they may be."""
    fields = [field for field in recognised.edition.fields if field.keep != "dropped"]
    lacking = [field for field in fields if field.name not in recognised.columns and (field.required or field.expected)]
    row = header_row(recognised.sheet.rows[recognised.header_position])
    made = claims(recognised.edition.fields, row)
    doubtful = dict(made.unclear)
    for name, places in made.twice.items():
        for place in places:
            doubtful.setdefault(place, (name,))
    wanted = {field.name: field for field in fields}
    asked = set(recognised.answered)
    for place in sorted(doubtful):
        header, names = row.sent[place], [name for name in doubtful[place] if name in wanted]
        alike = [other for other, words in row.words.items() if words == row.words[place]]
        # Two columns of the very same header cannot be told apart by an answer about the header.
        if names and header not in asked and len(alike) == 1:
            asked.add(header)
            yield _of_header(item, recognised, header, [wanted[name] for name in names], needed=True)
    needed = any(field.required for field in lacking)
    for header in [text for text in recognised.extra if text not in asked][:_MOST_ASKED]:
        nearest = sorted(lacking, key=lambda field: -_likeness(header, field))
        if nearest and (needed or _likeness(header, nearest[0]) >= _LIKE_ENOUGH):
            yield _of_header(item, recognised, header, nearest, needed=needed)


def _of_header(
    item: ReceivedReturn, recognised: Recognised, header: str, fields: list[Field], *, needed: bool
) -> Question:
    declared = recognised.declared
    choices = [Choice(field.name, field.header.strip()) for field in fields]
    return Question(
        kind="header", agency=item.agency.name if item.agency else None, return_name=declared.name,
        sheet=recognised.sheet.name, asked=header, about=declared.name, key=plain_words(header),
        choices=(*choices, Choice(NONE_OF_THESE, "None of these: leave the column out")), cells=0,
        sentence=f"Which column of {declared.title} is “{shown(header)}” on the sheet {shown(recognised.sheet.name)}?",
        needed=needed,
    )


def _likeness(header: str, field: Field) -> float:
    words = plain_words(header)
    return max(SequenceMatcher(None, words, known).ratio() for known in field.known_headers)


def _of_codes(item: ReceivedReturn, codes: CodeLists) -> Iterator[Question]:
    """Spellings of the columns of codes that could not be read, each once, with how many cells have it."""
    columns: Mapping[str, ReadColumn] = item.checked.clean.read.columns if item.checked else {}
    for column in columns.values():
        code_list = column.field.codes
        if code_list is None or not column.bad.any():
            continue
        for place, reading in enumerate(column.readings):
            if reading.code not in _UNREAD_CODES:
                continue
            spelling = str(column.cells[place])
            groups = dict.fromkeys((*reading.candidates, *codes[code_list].groups))
            called = {code.group: code.label for code in codes[code_list].codes if code.code == code.group}
            yield Question(
                kind="code", agency=item.agency.name if item.agency else None, return_name=item.return_name or "",
                sheet=item.sheet or "", asked=spelling, about=code_list, key=key(spelling),
                choices=tuple(Choice(group, called.get(group, group)) for group in groups),
                cells=int((column.places == place).sum()),
                sentence=f"What does “{shown(spelling)}” mean in the column “{shown(column.header)}”?",
            )
