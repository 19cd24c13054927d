"""docs/indicators.md: what every figure means, written from the catalogue.

python -m metrics.definitions_page            writes the page
python -m metrics.definitions_page --check    says (exit code 1) when it is not what the catalogue says
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from metrics.catalogue import THEMES, Catalogue, load_catalogue
from metrics.declared import Declared
from metrics.definitions import WorkedExample, examples, facts
from returns.places import PROJECT

PAGE = PROJECT / "docs" / "indicators.md"

_HEAD = """# What every figure means

The catalogue declares {number} indicators, in the order of the child's journey. Each has worked examples,
which are its tests too: the rows, put through the program that makes the scorecard, give the result.
How to read a figure on the page is in [reading-the-figures.md](reading-the-figures.md).

This page is written by `python -m metrics.definitions_page` from `metrics/catalogue/*.yaml`; a test holds
it to that. Names between backticks are columns of the event tables (`returns/events.py`), and conditions on
them."""


def page_text(catalogue: Catalogue | None = None) -> str:
    """The whole page as Markdown."""
    return "\n".join(_page(catalogue or load_catalogue()))


def _page(catalogue: Catalogue) -> Iterator[str]:
    yield from _HEAD.format(number=len(catalogue)).splitlines()
    yield ""
    themes = {name: title for name, title in THEMES.items() if any(one.indicator.theme == name for one in catalogue)}
    for title in themes.values():
        yield f"- [{title}](#{re.sub(r'[^a-z ]', '', title.lower()).replace(' ', '-')})"
    for name, title in themes.items():
        yield from ("", f"## {title}")
        for one in catalogue:
            if one.indicator.theme == name:
                yield from _indicator(one)
    yield ""


def _indicator(one: Declared) -> Iterator[str]:
    indicator = one.indicator
    yield from ("", f'<a id="{indicator.id}"></a>', "", f"### {_plain(indicator.title)}", "")
    yield f"`{indicator.id}` · *{_plain(indicator.question)}*"
    yield ""
    for name, text in facts(indicator):
        yield f"- {name}: {_plain(text)}"
    for question in indicator.ask:
        yield f"- Ask: {_plain(question)}"
    for example in examples(indicator):
        yield ""
        yield from _example(example)


def _example(one: WorkedExample) -> Iterator[str]:
    yield f"| {' | '.join(map(_plain, one.columns))} |"
    yield f"|{' --- |' * len(one.columns)}"
    for row in one.rows:
        yield f"| {' | '.join(map(_plain, row))} |"
    yield ""
    says = f" {_plain(one.says)}" if one.says else ""
    yield f"{one.period}: **{_plain(one.result)}**.{says}"


def _plain(text: str) -> str:
    """The text with nothing in it that Markdown would take for its own, but for what stands between backticks."""
    pieces = text.split("`")
    return "`".join(piece if place % 2 else re.sub(r"([*_<|])", r"\\\1", piece) for place, piece in enumerate(pieces))


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
