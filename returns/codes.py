"""The published code lists, and how a cell of an extract is read against them.

A cell is matched as a published code, then as a code's published label, then as a
spelling that authorities are known to use (aliases). Aliases give Ofsted's grouping
only, which is coarser than its codes, so such a match has a group and no code.
A spelling known to mean two things is never guessed: it has candidates, and a person
is asked. The lists are in data/reference/code_lists.csv, the spellings in aliases.csv.

Yes-or-no columns have lists too, because their spellings differ: "NFA" is a yes under
`no_further_action` and nothing elsewhere. `yes_no` holds the spellings all share.
Their groups are Yes, No and Unknown.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

How = Literal["code", "label", "alias", "ambiguous", "blank", "unknown"]


@dataclass(frozen=True)
class Match:
    """What one cell says.

    `group` is filled whenever the cell could be read, `code` only when it names one code.
    `candidates` are the groups an ambiguous cell could mean. `how` is "blank" for an empty
    cell and for what systems write into empty cells (#N/A, nan, -): not a mistake.
    """

    code: str | None
    group: str | None
    candidates: tuple[str, ...]
    how: How


@dataclass(frozen=True)
class Code:
    """One published code. `since` and `until` are the first and last years of its return, empty when open."""

    list: str
    code: str
    letter: str
    label: str
    group: str
    since: str
    until: str
    detail: str


BLANK = Match(None, None, (), "blank")
UNKNOWN = Match(None, None, (), "unknown")

# What spreadsheets, SQL and case systems write where nothing was entered, as keys (see `key`).
# A list's own codes and spellings are tried first: NONE is a code of the disability list.
EMPTY_WORDS = frozenset((
    "blank", "n a", "na", "nan", "nat", "no data", "none", "not applicable", "not entered", "not known", "not recorded",
    "not stated", "null", "unknown", "z not recorded z", "znotrecorded",
))
# A cell that Excel could not work out is empty whatever the list says: "#NAME?" is no name.
_EXCEL_ERROR = re.compile(r"#(n/a|multivalue|ref!|value!|name\?|div/0!|null!|num!|getting_data|spill!|calc!)")

# Text that was UTF-8 and has been read as Windows-1252, as found in real extracts.
_MOJIBAKE = (("â€™", "'"), ("â€˜", "'"), ("â€“", "-"), ("â€”", "-"), ("Â ", " "))
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_WORDS = re.compile(r"[^\W_]+")
# The letter that Ofsted puts before a code or a grouping: "q) ", "a. ", "zz) ", "d1) ".
_LETTER = re.compile(r"\(?(zz|[a-z])\d?[).]\s*(?=\w)")
_WHOLE_NUMBER = re.compile(r"(-?\d+)\.0+")


def normalise(text: object) -> str:
    """`text` as it is compared: case folded; spaces, quotes and dashes of one kind; a whole number without its `.0`."""
    if text is None:
        return ""
    if isinstance(text, bool):
        return "true" if text else "false"
    written = str(text)
    if not written.isascii():
        for wrong, right in _MOJIBAKE:
            written = written.replace(wrong, right)
        written = _DASHES.sub("-", unicodedata.normalize("NFKC", written).translate(_QUOTES))
    written = " ".join(written.replace("`", "'").split()).casefold()
    whole = _WHOLE_NUMBER.fullmatch(written)
    return whole[1] if whole else written


def key(text: object) -> str:
    """The words of `text`, by which spellings are looked up: "PR1 : Own provision" gives "pr1 own provision"."""
    # An apostrophe is left out, not a space, so that "childs" and "child's" are the same.
    return " ".join(_WORDS.findall(normalise(text).replace("'", "")))


def is_blank(text: object) -> bool:
    """Whether the cell holds nothing that a person entered, whatever its list."""
    written = normalise(text)
    return not _WORDS.search(written) or _EXCEL_ERROR.fullmatch(written) is not None


class CodeList:
    """One list: its codes, and `match`, which reads a cell."""

    def __init__(self, name: str, codes: tuple[Code, ...], aliases: Mapping[str, tuple[str, ...]]) -> None:
        self.name = name
        self.codes = codes
        self._aliases = aliases
        self._by_code = {key(code.code): code for code in codes}
        self._published = _published_forms(codes)
        # Where the code is the letter itself, a letter before another code's label contradicts it.
        self._lettered = bool(codes) and all(code.code == code.letter for code in codes)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group a cell of this list can have: the codes' in their order, then those only spellings have."""
        published = [code.group for code in self.codes]
        spelt = sorted({group for groups in self._aliases.values() for group in groups})
        return tuple(dict.fromkeys(published + spelt))

    def published_forms(self) -> tuple[str, ...]:
        """Every published way of writing the list's codes, as keys."""
        return (*self._by_code, *self._published)

    def group_of(self, code: str) -> str | None:
        """The group of a published code, or None when the list has no such code."""
        found = self._by_code.get(key(code))
        return found.group if found else None

    def match(self, text: object) -> Match:
        """What the cell `text` says, never guessed."""
        if is_blank(text):
            return BLANK
        written = normalise(text)
        letter = _LETTER.match(written)
        rest = written[letter.end():] if letter else written
        return (
            self._match_published(key(written))
            or self._agree(self._match_published(key(rest)), letter[1] if letter else "")
            or self._match_alias(key(written))
            or self._match_alias(key(rest))
            or self._match_leading_code(key(rest))
            or (BLANK if key(written) in EMPTY_WORDS else UNKNOWN)
        )

    def _match_published(self, words: str) -> Match | None:
        code = self._by_code.get(words)
        if code is None:
            return self._published.get(words)
        # A bare E is Ofsted's letter for one thing and some systems' abbreviation of another.
        others = tuple(group for group in self._aliases.get(words, ()) if group != code.group)
        if others and self._lettered:
            return _ambiguous((code.group, *others))
        return Match(code.code, code.group, (), "code")

    def _match_alias(self, words: str) -> Match | None:
        groups = self._aliases.get(words, ())
        if len(groups) != 1:
            return _ambiguous(groups) if groups else None
        leading = self._leading(words)
        if leading and len(leading.code) > 1 and leading.group != groups[0]:
            own = self._shares_words(leading, words)
            return Match(leading.code, leading.group, (), "code") if own else _ambiguous((leading.group, groups[0]))
        # A spelling may carry its code ("Own provision [PR1]"); it counts where it agrees with the spelling's group.
        named = {w for w in words.split() if len(w) > 1 or words.startswith(f"{w} ")} & self._by_code.keys()
        codes = [self._by_code[word] for word in named if self._by_code[word].group == groups[0]]
        if len(codes) == 1 and not self._lettered:
            return Match(codes[0].code, codes[0].group, (), "code")
        return Match(None, groups[0], (), "alias")

    def _match_leading_code(self, words: str) -> Match | None:
        """A published code followed by words of its own label: "N1 - Abuse or neglect of the child"."""
        code = self._leading(words)
        if code is None:
            return None
        # An authority's own numbering can look like a published code; its words then differ.
        if not self._shares_words(code, words):
            return Match(None, None, (code.group,), "unknown")
        return Match(code.code, code.group, (), "code")

    def _leading(self, words: str) -> Code | None:
        first, _, rest = words.partition(" ")
        return self._by_code.get(first) if rest and not self._lettered else None

    @staticmethod
    def _shares_words(code: Code, words: str) -> bool:
        own = {word for word in key(f"{code.label} {code.detail} {code.group}").split() if len(word) > 3}
        return not own.isdisjoint(words.split()[1:])

    def _agree(self, found: Match | None, letter: str) -> Match | None:
        """`found`, unless the letter before it is another code's: "b) Male" could be either."""
        lettered = self._by_code.get(letter) if self._lettered else None
        if lettered is None or found is None or found.code is None or lettered.group == found.group:
            return found
        return _ambiguous((lettered.group, found.group or ""))


class CodeLists(Mapping[str, CodeList]):
    """Every code list by name; a name that does not exist is a KeyError that says which do."""

    def __init__(self, lists: Mapping[str, CodeList]) -> None:
        self._lists = dict(lists)

    def __getitem__(self, name: str) -> CodeList:
        if name not in self._lists:
            raise KeyError(f"no code list {name!r}; there are {', '.join(sorted(self._lists))}")
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


def code_lists(reference: Path) -> CodeLists:
    """The code lists of a reference directory, read once for each state of its two files."""
    codes, aliases = reference / "code_lists.csv", reference / "aliases.csv"
    return _read(codes, codes.stat().st_mtime_ns, aliases, aliases.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(codes_file: Path, _codes_state: int, aliases_file: Path, _aliases_state: int) -> CodeLists:
    codes: dict[str, list[Code]] = {}
    for row in read_table(codes_file):
        codes.setdefault(row["list"], []).append(Code(**row))
    spellings: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in read_table(aliases_file):
        known = spellings.setdefault(row["list"], {})
        known[row["spelling"]] = (*known.get(row["spelling"], ()), row["group"])
    names = list(dict.fromkeys([*codes, *spellings]))
    return CodeLists({n: CodeList(n, tuple(codes.get(n, ())), spellings.get(n, {})) for n in names})


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a reference table as text, its comment lines (source and licence) left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("# "))


def _ambiguous(groups: tuple[str, ...]) -> Match:
    return Match(None, None, tuple(dict.fromkeys(groups)), "ambiguous")


def _published_forms(codes: tuple[Code, ...]) -> dict[str, Match]:
    """Every way the published list writes its codes, as keys. A label that several codes share gives the group only."""
    forms: dict[str, Match] = {}
    for code in codes:
        named = Match(code.code, code.group, (), "code")
        for text in (code.label, code.detail):
            forms[key(f"{code.code} {text}")] = named
    for texts in ([code.label for code in codes], [code.detail for code in codes], [code.group for code in codes]):
        for text in dict.fromkeys(key(text) for text in texts if text):
            if text in forms:
                continue
            sharing = [c for c, own in zip(codes, texts, strict=True) if key(own) == text]
            if len({code.group for code in sharing}) == 1:
                only = sharing[0].code if len(sharing) == 1 else None
                forms[text] = Match(only, sharing[0].group, (), "label")
    return forms
