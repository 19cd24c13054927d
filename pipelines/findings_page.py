"""docs/findings.md: everything that can be found in a file, written from the catalogue.

    python -m pipelines.findings_page            writes the page
    python -m pipelines.findings_page --check    says (exit code 1) when it is not what the catalogue says
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines import findings_of_files, findings_of_loads, findings_of_rows, findings_of_shape
from pipelines.finding_kind import SEVERITIES, FindingKind
from pipelines.sender_words import FOR_US, WORDS, in_number
from returns.places import PROJECT

PAGE = PROJECT / "docs" / "findings.md"

_PARTS: tuple[tuple[str, str, tuple[FindingKind, ...]], ...] = (
    ("The file", "What it is, and whether it is safe to read.", findings_of_files.KINDS),
    ("The sheets", "Their headers, tables and what is hidden in them.", findings_of_shape.KINDS),
    ("The rows and cells", "What could not be read, and what does not add up.", findings_of_rows.KINDS),
    ("The submission", "Whose it is, when it is of, and what it replaces.", findings_of_loads.KINDS),
)
_WHAT_FOLLOWS = {
    "block": "The return is refused; nothing of it is loaded.",
    "hold": "The row is kept aside. Every row read is accepted or held, never lost.",
    "blank": "The cell is taken as unknown and the row counts. A figure that needs the cell leaves the row out of "
             "both parts and says how many it left out.",
    "warn": "The row or return is accepted; the finding counts in the quality figures.",
    "note": "Accepted; worth knowing.",
}


def page_text() -> str:
    """The whole page as Markdown."""
    return "\n".join([*_head(), *(line for title, about, kinds in _PARTS for line in _part(title, about, kinds))])


def _head() -> Iterator[str]:
    count = sum(len(kinds) for _title, _about, kinds in _PARTS)
    yield "# What can be found in a file"
    yield ""
    yield f"Every file is checked cell by cell. These are the {count} kinds of finding, by what is looked at. Each has"
    yield "a code that does not change, a severity, a sentence for the analyst and what the sender is asked to do."
    yield ""
    yield "This page is written by `python -m pipelines.findings_page` from the catalogue; a test holds it to that."
    yield ""
    yield "| severity | what follows |"
    yield "| --- | --- |"
    for severity in SEVERITIES:
        yield f"| {severity} | {_WHAT_FOLLOWS[severity]} |"
    yield ""
    yield "A fault can weigh more in one place than in another: a date that cannot be read is *blank* in most columns"
    yield "and *holds* the row where it is the date that defines the event. Words in `{}` are filled in. A cell's value"
    yield "is shown to the analyst, and is in the findings workbook and the marked copy; it is nowhere else."
    yield ""
    yield "A code marked **unsafe** ends the command with exit code 4; any other refusal or held row with 1."
    yield ""


def _part(title: str, about: str, kinds: Iterable[FindingKind]) -> Iterator[str]:
    yield from (f"## {title}", "", about, "")
    for kind in kinds:
        title = kind.title if kind.title.endswith("?") else f"{kind.title}."
        yield from (f"### `{kind.code}`", "")
        yield from (f"**{title}** {kind.severity}{', **unsafe**' if kind.unsafe else ''}", "")
        yield f"- Says: {_braced(kind.message)}"
        yield f"- To do: {_braced(kind.remedy)}"
        yield f"- The sender is told: {_to_sender(kind)}"
        yield ""


def _to_sender(kind: FindingKind) -> str:
    words = WORDS.get(kind.code)
    if kind.code in FOR_US or words is None:
        return "nothing; it is for the analyst."
    please = in_number(words.please, 2)
    return _braced(f"{_ended(in_number(words.says, 2))} {please}") if words.says else f"the same. {please}"


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}: rows {{rows}}."


def _braced(text: str) -> str:
    """The text as Markdown: names to fill in as code, nothing else with a meaning of its own."""
    return re.sub(r"\{(\w+)\}", r"`{\1}`", text.replace("*", r"\*").replace("<", r"\<"))


def main(arguments: list[str], page: Path = PAGE) -> int:
    """Writes the page, or with --check compares it; gives the exit code."""
    text = page_text()
    if arguments == ["--check"]:
        current = page.is_file() and page.read_text(encoding="utf-8") == text
        print(f"{page} is {'up to date' if current else 'not what the catalogue says: run it without --check'}.")
        return int(not current)
    page.write_text(text, encoding="utf-8", newline="\n")
    print(f"{page} is written.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
