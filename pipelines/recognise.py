"""Recognising the returns in a workbook: the header row first, then the return, by its columns.

The names of the file and its sheets are hints and decide nothing. A column that is missing,
or that could be two things, is a finding; nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.findings import Finding, finding
from pipelines.header_search import NO_ANSWERS, Candidate, HeaderAnswers, HeaderSearch
from pipelines.headers import Claims, HeaderRow, header_row
from pipelines.shape import about_the_sheet, other_tables
from pipelines.template import EXAMPLE
from pipelines.workbook import Cell, Sheet, Workbook
from returns.catalogue import all_returns
from returns.declaration import Edition, Return

_BLANK: frozenset[Cell] = frozenset({""})


@dataclass(frozen=True)
class Recognised:
    """A sheet that holds a return.

    `columns` are positions in the sheet's rows by field name, `headers` the same columns'
    headers as sent; dropped columns are among them. `extra` are headers the return does not
    have; `answered` are the headers, of both, that are taken as an answer says. `last_position` is
    that of the last row of the table; `left_out` are positions within it that are no rows:
    headers repeated, the template's example.
    """

    sheet: Sheet
    declared: Return
    edition: Edition
    header_position: int
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    extra: tuple[str, ...]
    last_position: int
    left_out: frozenset[int] = frozenset()
    answered: tuple[str, ...] = ()

    @property
    def header_row(self) -> int:
        """The row number that Excel shows for the headers."""
        return self.sheet.excel_row(self.header_position)

    def body(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row under the headers with the number Excel shows, blank ones too, up to the table's last column."""
        width = max(self.columns.values(), default=-1) + 1
        first = self.header_position + 1
        for position, row in enumerate(self.sheet.rows[first: self.last_position + 1], start=first):
            if position not in self.left_out:
                yield self.sheet.excel_row(position), row if len(row) <= width else row[:width]


@dataclass(frozen=True)
class Ignored:
    """A sheet that is not read, and why."""

    sheet: str
    why: str


@dataclass(frozen=True)
class Recognition:
    """What a workbook holds. `refused` are sheets whose return is known and whose columns stop it being read."""

    sheets: tuple[Recognised, ...]
    ignored: tuple[Ignored, ...]
    findings: tuple[Finding, ...]
    refused: tuple[Recognised, ...] = ()


@dataclass
class _Found:
    sheets: list[Recognised] = field(default_factory=list)
    refused: list[Recognised] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def recognise(workbook: Workbook, answers: HeaderAnswers = NO_ANSWERS) -> Recognition:
    """Every sheet of the workbook as a return, or ignored with why; findings name sheet and column.

    `answers` say which fields the sender's own headers are, where somebody was asked.
    """
    found, search = _Found(), search_for_all()
    try:
        for sheet in workbook.sheets:
            _recognise_sheet(sheet, search, found, answers)
    finally:
        search.forget()
    _refuse_doubles(found)
    if not found.sheets and not found.refused and not any(item.severity == "block" for item in found.findings):
        found.findings.append(finding("no-return", file=workbook.name))
    return Recognition(tuple(found.sheets), tuple(found.ignored), tuple(found.findings), tuple(found.refused))


@cache
def search_for_all() -> HeaderSearch:
    """The search for the headers of every return. Made once in a process."""
    return HeaderSearch((*all_returns().values(),))


def _recognise_sheet(sheet: Sheet, search: HeaderSearch, found: _Found, answers: HeaderAnswers) -> None:
    if sheet.unread:
        found.ignored.append(Ignored(sheet.name, sheet.unread))
        if sheet.look.too_large:
            found.findings.append(finding("sheet-too-large", sheet=sheet.name, cells=sheet.look.too_large))
        return
    if not any(cell != "" for row in sheet.rows[:1000] for cell in row):
        found.ignored.append(Ignored(sheet.name, "it is empty"))
        return
    best = search.best(sheet, answers)
    if best is None:
        _ignore(sheet, search, found)
    else:
        _accept(sheet, best, best.declared, found, answers.get(best.declared.name, {}))


def _ignore(sheet: Sheet, search: HeaderSearch, found: _Found) -> None:
    """A sheet that is no return. One that is named as a list and is not one is never passed over in silence."""
    close = search.nearest(sheet)
    found.ignored.append(Ignored(sheet.name, f"its columns are those of no return{close}"))
    for item in search.declared:
        if _is_named_as(sheet.name, item):
            found.findings.append(finding("list-not-recognised", sheet=sheet.name, return_title=item.title))


def _is_named_as(name: str, declared: Return) -> bool:
    plain = "".join(character for character in name.casefold() if character.isalnum())
    return plain == declared.sheet.casefold().replace("_", "") and plain.startswith("list")


def _accept(
    sheet: Sheet, best: Candidate, declared: Return, found: _Found, answers: Mapping[str, str]
) -> None:
    edition = declared.edition_called(best.edition)
    used = {*best.claims.columns.values()}
    whole = header_row(sheet.rows[best.position])
    beside = other_tables(whole, used)
    extra = tuple(whole.sent[place] for place in sorted(whole.sent) if place not in used and place not in beside)
    last, repeated, examples = _where_it_ends(sheet, best, edition, whole)
    recognised = Recognised(
        sheet, declared, edition, best.position, dict(sorted(best.claims.columns.items(), key=lambda pair: pair[1])),
        {name: whole.sent[place] for name, place in best.claims.columns.items()}, extra, last,
        repeated | examples, tuple(whole.sent[place] for place, words in whole.words.items() if words in answers),
    )
    problems = _problems(sheet, edition, declared, best.claims, whole)
    if any(item.severity == "block" for item in problems):
        found.refused.append(recognised)
        found.findings += [item for item in problems if item.severity == "block"]
        return
    found.sheets.append(recognised)
    found.findings += problems
    found.findings += [
        finding("example-row", sheet=sheet.name, row=sheet.excel_row(place)) for place in sorted(examples)
    ]
    found.findings += _answered(recognised)
    unasked = [text for text in extra if text not in recognised.answered]
    found.findings += about_the_sheet(
        sheet, header=best.position, last=last, extra=unasked, used=used, beside=beside, title=declared.title
    )


def _answered(recognised: Recognised) -> Iterator[Finding]:
    """What was answered about a header is never used in silence."""
    for name, header in recognised.headers.items():
        if header in recognised.answered:
            yield finding("column-answered", sheet=recognised.sheet.name, column=header,
                          field=recognised.edition.field(name).header.strip())


def _problems(
    sheet: Sheet, edition: Edition, declared: Return, made: Claims, row: HeaderRow
) -> list[Finding]:
    """What stands between the columns and the return: doubles, doubts, what is missing."""
    said = []
    for name, places in made.twice.items():
        columns = " and ".join(f"{row.sent[place]} ({sheet.excel_column(place)})" for place in places)
        item = edition.field(name)
        if item.keep != "dropped":
            said.append(finding("column-twice", sheet=sheet.name, column=item.header.strip(), columns=columns,
                                field=item.header.strip()))
    for place, names in made.unclear.items():
        said.append(finding("column-unclear", sheet=sheet.name, column=row.sent[place],
                            fields=", ".join(edition.field(name).header.strip() for name in names)))
    for item in edition.fields:
        if made.names(item.name):
            if item.noted:
                said += [finding("column-personal", sheet=sheet.name, column=row.sent[place])
                         for place in _places(made, item.name)]
            continue
        if item.required:
            said.append(finding("column-missing", sheet=sheet.name, column=item.header.strip(),
                                return_title=declared.title))
        elif item.expected and item.keep != "dropped":
            said.append(finding("column-absent", sheet=sheet.name, column=item.header.strip(),
                                severity="note" if item.kind == "text" else "warn"))
    return said


def _places(made: Claims, name: str) -> tuple[int, ...]:
    return made.twice.get(name) or (made.columns[name],) if name in made.columns or name in made.twice else ()


def _where_it_ends(
    sheet: Sheet, best: Candidate, edition: Edition, row: HeaderRow
) -> tuple[int, frozenset[int], frozenset[int]]:
    """The positions of the table's last row, of headers repeated (as on printed pages), and of examples."""
    rows = sheet.rows
    first = min(best.claims.columns.values(), default=0)
    title = row.sent.get(first, "")
    repeated, examples = set(), set()
    blank_before = False
    for position in range(best.position + 1, len(rows)):
        cells = rows[position]
        cell = cells[first] if first < len(cells) else ""
        if not isinstance(cell, str):
            blank_before = False
            continue
        if cell.strip() == title and header_row(cells).words == row.words:
            repeated.add(position)
        elif cell.startswith(EXAMPLE) and position <= best.position + 2:
            examples.add(position)
        elif blank_before and cell and _begins_another_table(cells, edition):
            return position - 1, frozenset(repeated), frozenset(examples)
        blank_before = cell == "" and set(cells) <= _BLANK
    return len(rows) - 1, frozenset(repeated), frozenset(examples)


def _begins_another_table(cells: Sequence[Cell], edition: Edition) -> bool:
    """Whether a row after a blank one is another table's headers: several of them are known from this return."""
    words = set(header_row(cells).words.values())
    return sum(not words.isdisjoint(item.known_headers) for item in edition.fields) > 2


def _refuse_doubles(found: _Found) -> None:
    """Two sheets of one return: the one with rows is meant where the other has none; else neither is read."""
    counts = Counter(item.declared.name for item in found.sheets)
    for name in [name for name, count in counts.items() if count > 1]:
        same = [item for item in found.sheets if item.declared.name == name]
        filled = [item for item in same if _has_rows(item)]
        for item in same:
            if len(filled) == 1 and item is not filled[0]:
                found.sheets.remove(item)
                found.ignored.append(Ignored(item.sheet.name, f"it is {item.declared.title} again, without rows"))
        if len(filled) == 1:
            continue
        names = " and ".join(item.sheet.name for item in same)
        for item in same:
            found.sheets.remove(item)
            found.refused.append(item)
            found.findings.append(finding("return-twice", sheet=item.sheet.name, sheets=names,
                                          return_title=item.declared.title))


def _has_rows(item: Recognised) -> bool:
    places = tuple(item.columns.values())
    return any(row[place] != "" for _, row in item.body() for place in places if place < len(row))
