"""The code lists and spellings of Annex A, from Ofsted's template and the LIIA pipeline's table of spellings.

Ofsted's template gives the codes and their labels (tab Codes_used); LIIA's table gives what
authorities really write, by grouping. Both are put under one plain set of groups, declared in
reference_groups.py; what either lacks or mistakes is declared in reference_changes.py.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pipelines.reference_changes import (
    CHINESE,
    DETAILS,
    IN_DOUBT,
    LABELS,
    LATER_CODES,
    LEFT_OUT,
    SPANS,
    SPELLINGS,
    STAYED_WITH_CARERS,
)
from pipelines.reference_groups import (
    ERROR_BUCKET,
    GROUP_OF_CODE,
    GROUP_OF_SPELLING,
    LIST_OF_COLUMN,
    LIST_OF_TITLE,
    YES_NO_LISTS,
    YES_NO_SPELLINGS,
)
from returns.codes import EMPTY_WORDS, Code, CodeList, is_blank, key

CODES_HEADER = ("list", "code", "letter", "label", "group", "since", "until", "detail")
ALIASES_HEADER = ("list", "spelling", "group", "ambiguous")

# Groups that a person means by "not recorded" or "unknown"; elsewhere such words are an empty cell.
_NOTHING_KNOWN = frozenset(
    ("Unknown", "Not stated", "Not recorded", "Not in touch or not recorded", "Residence not known", "No")
)
_LETTER = re.compile(r"(zz|[a-z])\)\s*")
_CODE = re.compile(r"([A-Z]{0,4}\d{0,2}[A-Z]?)\s*(?::|-)\s*")


def published_codes(template: Path) -> list[Code]:
    """Every code of every list: the template's in its order, then those added since, then the yes-or-no lists."""
    codes = [code for name, rows in _template_lists(template) for code in _codes_of(name, rows)]
    lettered = {code.list for code in codes if code.letter == code.code}
    for name, code, label, detail, since in LATER_CODES:
        letter = code if name in lettered else ""
        codes.append(_code(name, code, letter=letter, label=label, detail=detail, since=since))
    for name in YES_NO_LISTS:
        codes += [Code(name, letter, letter, answer, answer, "", "", "")
                  for letter, answer in zip("abc", YES_NO_SPELLINGS, strict=True)]
    order = list(dict.fromkeys(code.list for code in codes))
    return sorted(codes, key=lambda code: order.index(code.list))


def spellings(table: Path, codes: Iterable[Code]) -> list[tuple[str, str, str, str]]:
    """Every known spelling, as its key, with its group: (list, spelling, group, "yes" when it has two groups)."""
    published = _published(codes)
    groups: dict[tuple[str, str], set[str]] = {}
    for name, text, group in _known_spellings(table):
        if _is_spelling(text, group):
            groups.setdefault((name, key(text)), set()).add(group)
    for name, words, group in SPELLINGS:
        groups[name, words] = {group}
    groups.update({where: set(both) for where, both in IN_DOUBT.items()})
    return [
        (name, words, group, "yes" if len(found) > 1 else "")
        for (name, words), found in sorted(groups.items())
        # What the published list already says needs no second word, unless the two disagree on a bare letter.
        if (name, words) in IN_DOUBT or words not in published[name]
        for group in sorted(found)
    ]


def _published(codes: Iterable[Code]) -> dict[str, set[str]]:
    by_list: dict[str, list[Code]] = {}
    for code in codes:
        by_list.setdefault(code.list, []).append(code)
    return {name: set(CodeList(name, tuple(its), {}).published_forms()) for name, its in by_list.items()}


def _is_spelling(text: str, group: str) -> bool:
    words = key(text)
    if is_blank(text) or (words in EMPTY_WORDS and group not in _NOTHING_KNOWN):
        return False
    return not words.startswith(LEFT_OUT)


def _known_spellings(table: Path) -> Iterator[tuple[str, str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        seen: set[tuple[str | None, str, str]] = set()
        for row in csv.DictReader(lines):
            name = LIST_OF_COLUMN.get(row["column"])
            if (name, row["alias"], row["code"]) in seen:
                continue
            seen.add((name, row["alias"], row["code"]))
            # "a) Male / d) Neither" is no group but LIIA's note of a doubt; the spelling is in IN_DOUBT.
            if name is None or row["code"] == ERROR_BUCKET or " / d)" in row["code"]:
                continue
            group = _group_of_grouping(name, row["code"])
            yield name, row["alias"], _since_regrouped(name, row["alias"], group)
            yield name, _LETTER.sub("", row["code"], count=1), group
    for name in YES_NO_LISTS:
        for answer, texts in YES_NO_SPELLINGS.items():
            yield from ((name, text, answer) for text in texts)
    for letter, group in GROUP_OF_CODE["accommodation"].items():
        # The 903 return joins the accommodation's letter and 1 for suitable, 2 for not.
        yield from (("accommodation", f"{letter}{suitable}", group) for suitable in "12")


@lru_cache(maxsize=512)
def _group_of_grouping(name: str, written: str) -> str:
    """The plain group that LIIA's grouping means; a KeyError when none is declared."""
    words = key(_LETTER.sub("", written.strip(), count=1))
    if name in YES_NO_LISTS:
        return {key(answer): answer for answer in YES_NO_SPELLINGS}[words]
    if words in GROUP_OF_SPELLING.get(name, {}):
        return GROUP_OF_SPELLING[name][words]
    if name == "activity":
        return GROUP_OF_CODE[name][words.split()[0].upper()]
    return {key(group): group for group in GROUP_OF_CODE[name].values()}[words]


def _since_regrouped(name: str, text: str, group: str) -> str:
    """`group`, or where the Department puts the spelling today: LIIA's grouping is older for two codes."""
    words = key(text)
    if name == "ceased_reason" and ("e17" in words.split() or any(said in words for said in STAYED_WITH_CARERS)):
        return GROUP_OF_CODE[name]["E17"]
    # "Chinese or other ethnic group" names two, so it stays where LIIA has it, unless it says Chinese again.
    only_other = "chinese or other ethnic" in words and words.count("chinese") == 1
    if name == "ethnicity" and group == GROUP_OF_CODE[name]["OOTH"] and not only_other:
        return GROUP_OF_CODE[name]["CHNE"] if CHINESE.intersection(words.split()) else group
    return group


def _template_lists(template: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Each list of the tab Codes_used: its name here, and its rows of up to five cells."""
    import python_calamine

    sheet = python_calamine.CalamineWorkbook.from_path(template).get_sheet_by_name("Codes_used")
    rows = [[str(cell).strip() for cell in row] for row in sheet.to_python()]
    titles = rows[0]
    starts = [column for column, title in enumerate(titles) if title]
    for start, following in zip(starts, [*starts[1:], len(titles)], strict=True):
        name = LIST_OF_TITLE.get(key(titles[start]))
        if name:
            yield name, [row[start:following] for row in rows[2:] if row[start]]


def _codes_of(name: str, rows: list[list[str]]) -> Iterator[Code]:
    for preferred, *more in rows:
        letter, rest = _split(_LETTER, preferred)
        detail = more[0] if more else ""
        if name == "ethnicity":
            yield _code(name, rest, letter=letter, label=detail)
            continue
        code, label = _split(_CODE, rest)
        yield _code(name, code or letter, letter=letter, label=label, detail=detail.removeprefix(f"{code} - "))


def _code(name: str, code: str, *, letter: str, label: str, detail: str = "", since: str = "") -> Code:
    first, last = SPANS.get((name, code), ("", ""))
    return Code(
        list=name, code=code, letter=letter, label=LABELS.get((name, code), _plain(label)),
        group=GROUP_OF_CODE[name][code], since=since or first, until=last,
        detail=DETAILS.get((name, code), _plain(detail)),
    )


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.match(text)
    return (found[1], text[found.end():]) if found and found[1] else ("", text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("–", "-")).strip(" .")
