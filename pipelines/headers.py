"""Which fields of a return the cells of a header row name: by a known spelling, else by the field's pattern."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.workbook import Cell
from returns.declaration import Field, plain_words

# A header is a few words; a cell as long as a paragraph is guidance.
_LONGEST_HEADER = 250
# Words that a search over many wide sheets remembers at a time.
_MOST_REMEMBERED = 10_000
_NO_ANSWERS: Mapping[str, str] = {}


@dataclass(frozen=True)
class HeaderRow:
    """The cells of one row as headers: their text as sent and as plain words, by position. Empty cells are left out."""

    sent: Mapping[int, str]
    words: Mapping[int, str]

    def only(self, places: Sequence[int]) -> HeaderRow:
        """The same row with only these positions."""
        return HeaderRow(
            {place: self.sent[place] for place in places}, {place: self.words[place] for place in places}
        )

    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """The positions that stand together, an empty column between one block and the next."""
        blocks: list[list[int]] = []
        for place in sorted(self.words):
            if blocks and place == blocks[-1][-1] + 1:
                blocks[-1].append(place)
            else:
                blocks.append([place])
        return tuple(tuple(block) for block in blocks)


@dataclass(frozen=True)
class Claims:
    """How a header row and a list of fields go together.

    `columns` are the settled ones. `twice` are fields that several columns claim; `unclear`
    are columns that several fields claim. Neither is ever settled by a guess.
    """

    columns: Mapping[str, int]
    twice: Mapping[str, tuple[int, ...]]
    unclear: Mapping[int, tuple[str, ...]]
    fields: int
    headers: int

    @property
    def matched(self) -> int:
        """How many fields some column names."""
        return len(self.columns) + len(self.twice) + len({name for names in self.unclear.values() for name in names})

    @property
    def likeness(self) -> float:
        """The share of fields and headers taken together that go together, 0 to 1."""
        return self.matched / max(self.fields + self.headers - self.matched, 1)

    @property
    def settled(self) -> bool:
        """Whether no column and no field is claimed twice."""
        return not self.twice and not self.unclear

    def names(self, name: str) -> bool:
        """Whether some column names the field, settled or not."""
        return name in self.columns or name in self.twice or any(name in names for names in self.unclear.values())


def header_row(cells: Sequence[Cell]) -> HeaderRow:
    """The row's cells of text as headers."""
    sent = {
        place: cell.strip() for place, cell in enumerate(cells)
        if isinstance(cell, str) and cell and cell.strip() and len(cell) <= _LONGEST_HEADER
    }
    words = {place: plain_words(text) for place, text in sent.items()}
    return HeaderRow(
        {place: sent[place] for place in words if words[place]}, {place: text for place, text in words.items() if text}
    )


@lru_cache(maxsize=128)
def _looked_up(
    fields: tuple[Field, ...]
) -> tuple[Mapping[str, Sequence[str]], Sequence[tuple[str, re.Pattern[str]]]]:
    """The fields of each known header, and each field's pattern: the same for every sheet, so made once."""
    known: dict[str, list[str]] = {}
    for field in fields:
        for words in field.known_headers:
            known.setdefault(words, []).append(field.name)
    return known, tuple((field.name, _compiled(field.pattern)) for field in fields if field.pattern)


class Spellings:
    """What the headers of a list of fields are called, looked up by a header's plain words.

    A word that was met is remembered: a search looks at the same words in row after row, for return after return.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self._known, self._patterns = _looked_up(self.fields)
        self._met: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """No word that was met is remembered: it may be a cell of a sheet."""
        self._met.clear()

    @property
    def all_known(self) -> Collection[str]:
        """Every known spelling, as plain words."""
        return self._known.keys()

    @property
    def all_patterns(self) -> Iterator[str]:
        """Every field's pattern, as written."""
        return (pattern.pattern for _name, pattern in self._patterns)

    def known(self, words: str) -> Sequence[str]:
        """The fields of which this is a known spelling."""
        return self._known.get(words, ())

    def likely(self, words: str) -> frozenset[str]:
        """The fields whose pattern these words are of."""
        found = self._met.get(words)
        if found is None:
            if len(self._met) >= _MOST_REMEMBERED:
                self._met.clear()
            found = frozenset(name for name, pattern in self._patterns if pattern.fullmatch(words))
            self._met[words] = found
        return found

    def any_in(self, row: HeaderRow) -> bool:
        """Whether some cell of the row could be one of the headers."""
        return any(words in self._known or self.likely(words) for words in row.words.values())


class AnySpelling:
    """Whether words could be a header of any of many lists of fields, asked of all of them at once.

    Most cells that a search meets are none's, and each list need not be asked of them.
    """

    def __init__(self, lists: Iterable[Spellings]) -> None:
        lists = tuple(lists)
        self._known = frozenset(words for spelt in lists for words in spelt.all_known)
        self._pattern = _any_of(tuple(dict.fromkeys(pattern for spelt in lists for pattern in spelt.all_patterns)))
        self._met: dict[str, bool] = {}

    def forget(self) -> None:
        """No word that was met is remembered: it may be a cell of a sheet."""
        self._met.clear()

    def any_in(self, row: HeaderRow) -> bool:
        """Whether some cell of the row could be a header."""
        return any(map(self._could_be, row.words.values()))

    def _could_be(self, words: str) -> bool:
        found = self._met.get(words)
        if found is None:
            if len(self._met) >= _MOST_REMEMBERED:
                self._met.clear()
            found = self._met[words] = words in self._known or self._pattern.fullmatch(words) is not None
        return found


def claims(fields: Sequence[Field] | Spellings, row: HeaderRow, answers: Mapping[str, str] = _NO_ANSWERS) -> Claims:
    """Which column names which field: as answered, else by a known spelling, else by a pattern.

    `answers` are {header in plain words: field, or "" for none}; an answer ends every other claim on its column and
    field.
    """
    spelt = fields if isinstance(fields, Spellings) else Spellings(fields)
    known = {field.name for field in spelt.fields}
    answered = {place: answers[words] for place, words in row.words.items() if answers.get(words) in {*known, ""}}
    exact: dict[str, list[int]] = {}
    for place, name in answered.items():
        if name:
            exact.setdefault(name, []).append(place)
    settled = set(exact)
    for place, words in row.words.items():
        if place not in answered:
            for name in spelt.known(words):
                if name not in settled:
                    exact.setdefault(name, []).append(place)
    taken = {place for places in exact.values() for place in places} | set(answered)
    patterns = [(place, spelt.likely(words)) for place, words in row.words.items() if place not in taken]
    found = dict(exact)
    for field in spelt.fields if any(names for _place, names in patterns) else ():
        likely = [place for place, names in patterns if field.name in names]
        if likely and field.name not in exact:
            found[field.name] = likely
    return _settle(found, fields=len(spelt.fields), headers=len(row.words))


def _settle(found: Mapping[str, list[int]], *, fields: int, headers: int) -> Claims:
    by_column: dict[int, list[str]] = {}
    for name, places in found.items():
        for place in places:
            by_column.setdefault(place, []).append(name)
    unclear = {place: tuple(names) for place, names in by_column.items() if len(names) > 1}
    doubtful = {name for names in unclear.values() for name in names}
    twice = {name: tuple(places) for name, places in found.items() if len(places) > 1 and name not in doubtful}
    columns = {name: places[0] for name, places in found.items() if name not in doubtful and name not in twice}
    return Claims(columns, twice, unclear, fields, headers)


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Of no pattern at all, one that nothing is of.
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
