"""docs/reading-the-figures.md, for members of a board, and its pictures, drawn by the program that draws the pages.

    python -m dashboard.reading_guide            writes the page and docs/pictures/*.svg
    python -m dashboard.reading_guide --check    says (exit code 1) when they are not what the program draws
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from dashboard.guide_pictures import pictures
from metrics.benchmarks import FEWEST_NEIGHBOURS
from metrics.process import ASSURANCE_WORDS, VARIATION_WORDS
from returns.places import PROJECT

DOCS = PROJECT / "docs"
PAGE = "reading-the-figures.md"

_VARIATION: Mapping[str, str] = {
    "common_cause": "It varies as it always has. Asking why it moved since last month is asking about chance.",
    "improvement_high": "Unusually high, where high is better.",
    "improvement_low": "Unusually low, where low is better.",
    "concern_high": "Unusually high, where low is better. Ask what changed.",
    "concern_low": "Unusually low, where high is better. Ask what changed.",
    "neutral_high": "Unusually high, and neither end is better.",
    "neutral_low": "Unusually low, and neither end is better.",
}
_TARGET: Mapping[str, str] = {
    "pass": "The target lies beyond the worst that is expected: it will be met unless something changes.",
    "inconsistent": "The target lies within what is expected: met in some months and missed in others, by chance.",
    "fail": "The target lies beyond the best that is expected: as things are it is not met. Ask what will change.",
}


def page_text() -> str:
    """The page as Markdown."""
    variation = "\n".join(
        f"| {_icon(icon, words)} | **{words}** | {_VARIATION[icon]} |" for icon, words in VARIATION_WORDS.items()
    )
    target = "\n".join(
        f"| {_icon(icon, words)} | **{words}** | {_TARGET[icon]} |" for icon, words in ASSURANCE_WORDS.items()
    )
    return _PAGE.format(variation=variation, target=target, fewest=FEWEST_NEIGHBOURS)


def _icon(name: str, words: str) -> str:
    return f"![{words}](pictures/icon-{name.replace('_', '-')}.svg)"


def files() -> dict[str, str]:
    """Every file that is written, by its path within docs/."""
    return {PAGE: page_text()} | {f"pictures/{name}.svg": svg for name, svg in pictures().items()}


def main(arguments: list[str], docs: Path = DOCS) -> int:
    """Writes the page and its pictures, or with --check compares them; gives the exit code."""
    if arguments == ["--check"]:
        stale = [name for name, text in files().items() if _held(docs / name) != text]
        print(f"{', '.join(stale) or 'All'} {'differ: run it without --check' if stale else 'up to date'}.")
        return int(bool(stale))
    for name, text in files().items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{docs / PAGE} and its pictures are written.")
    return 0


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


_PAGE = """# How to read the figures

For members of the board. Five minutes. The figures in the pictures are made up.

What each figure counts is in [indicators.md](indicators.md), and on the Definitions page.

## Is it changing, or does it only vary?

Every figure moves from month to month. Most of that is chance. The grey band is the range the figure keeps to when
nothing has changed; it is worked out from its own first two years.

![Months vary within a grey band; the last one lies below the band and is orange](pictures/variation.svg)

The icon beside a figure is about its **last** point only:

| icon | word | what it means |
| --- | --- | --- |
{variation}

A figure is unusual when a month lies outside the band, when seven in a row lie on one side of the average or keep
rising or falling, or when two of three lie near the band's edge. The page says which. Figures without a band say why:
how many children are on plans today depends on how many were yesterday, so a band would raise false alarms.

*Ask when it is unusual. When it is not, ask whether the usual is good enough.*

## Will the target be met?

![Three bands with a target below, within and above them](pictures/target.svg)

| icon | word | what it means |
| --- | --- | --- |
{target}

A single month above or below a target says little. The icon says whether the way we work can meet it.

## How sure is it?

A figure made of few children could easily have come out otherwise. Its **95% interval** is the range in which the
true level lies, nineteen times in twenty.

![The larger places are higher than the average of 22 per cent, the small one similar to it](pictures/interval.svg)

The words follow the interval. We say *higher than* or *lower than* only when the other figure lies outside ours;
otherwise *similar to*, however far apart the two numbers look.

## How do we compare?

- Our **statistical neighbours** are ten places most like ours. Their average is named (mean or median) with how many of
  the ten had a figure; fewer than {fewest} are not averaged.
- A **rank** comes with its interval: 40th, from 25th to 60th, means that any of those places could be ours. Where
  neither end is better there is no rank.
- A **funnel** shows every place by its size. Chance moves small places further, so the lines open towards them.

![A funnel with our figure outside its lines](pictures/funnel.svg)

Published figures are of a year that has ended, so our own figure of the last twelve months stands beside them, dated.

## Why is a count hidden?

A count of one to four could point at a child, so in a breakdown it is hidden. It could often be worked out from the
others and their total, or from another indicator of the same children, so some of those are hidden with it. Hidden is
never nought: a true nought is shown as 0.

![A table in which a count of 3 is hidden, and three others with it](pictures/hidden.svg)

In place of a figure you may see:

| word | letter | what it means |
| --- | --- | --- |
| hidden | c | small, or it would give a small one away |
| not reliable | u | published as not reliable, or too little of the data can be used |
| not available | x | it was not sent, or not published |
| not applicable | z | there was none to count, or the place did not exist |
| rounds to zero | low | more than none |
| provisional | p | recent, and still being recorded |
| revised | r | changed since it was first shown |

## What else to look for

- **As first reported** is what was known when the quarter was sent, and does not change. **As now known** includes what
  was recorded late. Trends and comparisons use the second.
- **Too recent** are cases that cannot have missed their time yet; **unknown** are those whose record lacks a date. Both
  are left out, and counted beside the figure. When many are unknown, ask about the record before the figure.
- **Neither end is better** for contacts, referrals, plans and children looked after: a low rate may be good work or
  unmet need. These are never called better or worse.
"""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
