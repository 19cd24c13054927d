"""The Definitions page: every indicator that answers a search, and what one of them means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from dashboard.table import Cell, Column, Section, Table
from metrics.catalogue import THEMES
from metrics.definitions import BETTER, WorkedExample, examples, facts
from metrics.model import Indicator

EVERY = "all"


def themes(indicators: Iterable[Indicator]) -> dict[str, str]:
    """The title of each theme that an indicator is of, in their order, after one for every theme."""
    of_one = {one.theme for one in indicators}
    return {EVERY: "All"} | {name: title for name, title in THEMES.items() if name in of_one}


def by_hand(indicator: Indicator) -> Sequence[WorkedExample]:
    """The indicator's worked examples."""
    return examples(indicator)


def found(indicators: Iterable[Indicator], *, theme: str, search: str) -> tuple[Indicator, ...]:
    """The indicators of a theme (or all) that have every word of the search in what they say of themselves."""
    wanted = search.casefold().split()
    return tuple(
        one for one in indicators
        if theme in (EVERY, one.theme) and all(word in _spoken(one) for word in wanted)
    )  # fmt: skip


def _spoken(one: Indicator) -> str:
    said = (one.id, one.title, one.question, one.caution or "", THEMES[one.theme], *one.ask, *one.priorities)
    return " ".join(said).casefold()


def answer(shown: Sequence[Indicator], of: int) -> str:
    """The sentence under the title of the list."""
    if not shown:
        return "No figure has those words. Try fewer, or another theme."
    if len(shown) == of:
        return f"{of} figures are defined. Each is made from what agencies send, by a rule with a worked example."
    return f"{len(shown)} of {of} figures."


def listed(shown: Sequence[Indicator], *, keep: dict[str, str]) -> Table:
    """The figures found, by theme: each a link to its definition, with its question."""
    columns = (Column("Figure", "name"), Column("The question it answers", "words"), Column("Better", "quiet"))
    sections = []
    for theme, title in THEMES.items():
        rows = [
            [Cell(one.title, link=address(one.id, keep)), Cell(one.question), Cell(one.better)]
            for one in shown if one.theme == theme
        ]  # fmt: skip
        if rows:
            sections.append(Section(title, rows))
    return Table("Figures and the questions they answer", columns, sections)


def address(indicator: str, keep: dict[str, str]) -> str:
    """The link to one definition, with the theme and the search kept."""
    return "definitions?" + urlencode(keep | {"id": indicator})


def meaning(one: Indicator) -> Table:
    """What one figure means: each fact of its declaration in a line."""
    rows = [[Cell(name), Cell(_quoted(text))] for name, text in facts(one)]
    return Table(f"What {one.title} means", (Column("What", "name"), Column("Means", "words")),
                 [Section("", rows)], set_as="facts")  # fmt: skip


def _quoted(text: str) -> str:
    """The text with quotation marks in the place of backticks."""
    pieces = text.split("`")
    return "".join(f"“{piece}”" if place % 2 else piece for place, piece in enumerate(pieces))


def worked(example: WorkedExample) -> Table:
    """The rows of a worked example."""
    first, *rest = example.columns
    columns = [Column(first, "name"), *(Column(name, "words") for name in rest)]
    rows = [[Cell(cell) for cell in row] for row in example.rows]
    return Table("Rows of the example", columns, [Section("", rows)], set_as="twin")


def comes_to(example: WorkedExample) -> str:
    """What the example comes to, in one sentence, and why."""
    return f"{example.period}: {example.result}. {example.says}".strip()


def links(one: Indicator) -> tuple[tuple[str, str], ...]:
    """Where to go on from a definition: (words, address)."""
    query = urlencode({"id": one.id})
    beside = [("Beside other places", f"benchmarks?{query}")] if one.benchmark else []
    return (("The figure, and why it is what it is", f"indicator?{query}"), *beside)


def judged(one: Indicator) -> str:
    """Which end is better, in a sentence."""
    return BETTER[one.better]
