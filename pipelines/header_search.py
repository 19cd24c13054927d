"""Finding the header row of a sheet and the return that its columns are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.headers import AnySpelling, Claims, HeaderRow, Spellings, claims, header_row
from pipelines.workbook import Sheet
from returns.declaration import Field, Return

# What was answered about an agency's headers: {return: {header in plain words: field, or "" for none of them}}.
HeaderAnswers = Mapping[str, Mapping[str, str]]
NO_ANSWERS: HeaderAnswers = {}

# Headers stand in row 1 (most systems), row 2 (Ofsted's template) or below some lines of title.
ROWS_SEARCHED = 20
# Of the columns that tell one return from another, at least this share must be there.
_LEAST_SHARE = 1 / 3
# Without the column that says whom or what a row is about, the rest must be this much alike.
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True)
class Candidate:
    """A row that could be the headers of a return: its position, the return, the edition's name, and the columns."""

    position: int
    declared: Return
    edition: str
    claims: Claims


class HeaderSearch:
    """A search for the headers of any of the returns, in one sheet after another: its lists are made once."""

    def __init__(self, declared: Sequence[Return]) -> None:
        self.declared = declared
        self._spelt = [[(name, Spellings(fields)) for name, fields in _editions(one)] for one in declared]
        self._any = AnySpelling(known for editions in self._spelt for _name, known in editions)

    def forget(self) -> None:
        """Nothing that the search met in a sheet is remembered: it may be cells."""
        self._any.forget()
        for editions in self._spelt:
            for _name, known in editions:
                known.forget()

    def best(self, sheet: Sheet, answers: HeaderAnswers = NO_ANSWERS) -> Candidate | None:
        """The row and return that are most alike, or None when no row has the columns of a return."""
        candidates = [found for found in self._candidates(sheet, answers) if _is_enough(found)]
        return max(candidates, key=lambda one: (one.claims.likeness, -one.position), default=None)

    def nearest(self, sheet: Sheet) -> str:
        """What the sheet's columns come nearest to, in words for a message; empty when they come near nothing."""
        known = [one for one in self._candidates(sheet, NO_ANSWERS) if _telling(one) and one.claims.matched > 1]
        best = max(known, key=lambda one: one.claims.likeness, default=None)
        if best is None:
            return ""
        return f" (the nearest is {best.declared.title}: {best.claims.matched} of its {best.claims.fields} columns)"

    def _candidates(self, sheet: Sheet, answers: HeaderAnswers) -> Iterator[Candidate]:
        answered = any(answers.get(one.name) for one in self.declared)
        for position, cells in enumerate(sheet.rows[:ROWS_SEARCHED]):
            row = header_row(cells)
            if len(row.words) < 2 or not (answered or self._any.any_in(row)):
                continue
            for one, editions in zip(self.declared, self._spelt, strict=True):
                told = answers.get(one.name, {})
                # A row of which no cell is a header of this return is no candidate for it.
                if told or any(known.any_in(row) for _name, known in editions):
                    yield max(
                        (Candidate(position, one, name, _fitted(known, row, told)) for name, known in editions),
                        # The edition with most columns there; where two have as many, the one with fewest missing.
                        key=lambda candidate: (candidate.claims.matched, -candidate.claims.fields),
                    )


def _editions(declared: Return) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    return tuple((edition.name, edition.fields) for edition in declared.editions)


def _fitted(known: Spellings, row: HeaderRow, answers: Mapping[str, str]) -> Claims:
    """The claims on the whole row; where some are double and the row is several tables, on the table that is alone."""
    whole = claims(known, row, answers)
    blocks = row.blocks()
    if whole.settled or len(blocks) == 1:
        return whole
    alone = [made for made in (claims(known, row.only(block), answers) for block in blocks) if made.settled]
    required = [field.name for field in known.fields if field.required]
    complete = [made for made in alone if required and all(made.names(name) for name in required)]
    return complete[0] if len(complete) == 1 else whole


def _telling(candidate: Candidate) -> int:
    """How many of the columns are ones that tell this return from others."""
    return sum(candidate.claims.names(field.name) for field in _fields(candidate) if not field.shared)


def _is_enough(candidate: Candidate) -> bool:
    fields = _fields(candidate)
    telling = [field for field in fields if not field.shared]
    about = fields[0].name
    return (
        _telling(candidate) >= max(1.0, _LEAST_SHARE * len(telling))
        and (candidate.claims.names(about) or candidate.claims.likeness >= _LEAST_LIKENESS)
    )


def _fields(candidate: Candidate) -> tuple[Field, ...]:
    return dict(_editions(candidate.declared))[candidate.edition]
