"""What an indicator means, in words: its declaration as (name, sentence) facts, and its worked examples.

The Definitions page, docs/indicators.md and every other place that says what a figure is take their words from here.
Names of columns and conditions are between backticks, so that a page can set them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.model import Example, Indicator, JudgeAfter, Part
from metrics.result import STATUS_WORDS, shown, written

if TYPE_CHECKING:
    from collections.abc import Mapping

NATURES: Mapping[str, str] = {
    "flow": "What happened in a period.",
    "stock": "How things stood on the period's last day.",
    "lookback": "How things stood on the period's last day, looking back over the time before it.",
    "snapshot": "How things stood on the day of the extract, which alone carries it.",
}
UNITS: Mapping[str, str] = {
    "percent": "a percentage",
    "p10k": "a rate per 10,000 children aged 0 to 17",
    "count": "a number",
    "days": "days",
    "score": "a score",
    "ratio": "a ratio",
    "pounds": "pounds",
}
BETTER: Mapping[str, str] = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither end is better: it is not judged, only said to be higher or lower.",
}
WINDOWS: Mapping[str, str] = {
    "month": "months", "quarter": "quarters", "year": "financial years", "rolling_year": "rolling years",
}  # fmt: skip
_WHOLE = {0: "in whole numbers", 1: "to one decimal", 2: "to two decimals"}


@dataclass(frozen=True)
class WorkedExample:
    """A small table of rows, and what the figure for `period` comes to and why."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    period: str
    result: str
    says: str


def facts(indicator: Indicator) -> list[tuple[str, str]]:
    """The declaration as (what it says, in which words), without what it does not say, in the order to read it in."""
    return list(_facts(indicator))


def _facts(one: Indicator) -> Iterator[tuple[str, str]]:
    yield "Counts", part(one.numerator, one)
    if one.denominator is not None:
        yield "Over", part(one.denominator, one)
    if one.needs:
        yield "Only rows", f"where `{one.needs}`; a row that cannot say is left out of both parts and counted"
    if one.judge_after is not None:
        yield "Too recent", _too_recent(one.judge_after)
    yield "Nature", NATURES[one.nature]
    yield "Shown as", f"{UNITS[one.unit]}, {_WHOLE.get(one.decimals, f'to {one.decimals} decimals')}"
    yield "Better", BETTER[one.better]
    yield "Read over", joined([WINDOWS[window] for window in one.windows])
    if one.by:
        yield "Broken down by", joined([words(name.removesuffix("_group")) for name in one.by])
    if one.watch_by:
        share = ", each as a share of all" if one.share else ""
        yield "Watched by", f"{joined([words(name.removesuffix('_group')) for name in one.watch_by])}{share}"
    if one.benchmark:
        measure = one.benchmark.removeprefix("lait:")
        yield "Compared with", f"the Local Authority Interactive Tool's `{measure}`"
    yield "Owner", one.owner
    if one.priorities:
        yield "Priorities", joined(list(one.priorities))
    if one.framework:
        yield "National framework", joined(list(one.framework))
    if one.missing_because:
        yield "Where it is missing", one.missing_because
    if one.caution:
        yield "Caution", one.caution


def part(one: Part, indicator: Indicator) -> str:
    """A numerator or denominator in words."""
    if one.measure == "population":
        return f"children aged {one.population}, at the middle of the year before"
    if one.measure == "asked":
        return f"{one.asked} that were asked for the return"
    table = indicator.event_table.title
    rows = f"{table[0].lower()}{table[1:]}"
    if one.measure == "count":
        what = rows
    elif one.measure == "distinct":
        what = f"different {words(str(one.of)).removesuffix(' id')}{_plural(one)} among {rows}"
    else:
        weight = f", weighted by `{one.weight}`" if one.weight else ""
        what = f"the {one.measure} of `{one.of}` over {rows}{weight}"
    where = f", where `{one.where}`" if one.where else ""
    return f"{what}{_when(one)}{where}"


def _plural(one: Part) -> str:
    return "ren" if one.of == "child_id" else "s"


def _when(one: Part) -> str:
    if one.dated is not None:
        return f" whose `{one.dated}` falls in the period"
    return {
        "open at end": " open on the period's last day",
        "open on extract": " open on the extract's date",
        "listed": " that the extract lists",
        "totals": "",
    }[one.membership]


def _too_recent(one: JudgeAfter) -> str:
    if one.clock is not None:
        length = f"the time that `clock('{one.clock}')` allows"
    else:
        number, unit = next(
            (number, unit)
            for number, unit in ((one.working_days, "working day"), (one.days, "day"), (one.months, "month"))
            if number is not None
        )
        length = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"a row is judged once {length} have passed since `{one.start}`; until then it is in neither part"


def words(name: str) -> str:
    """A column's or group's name as it is said: `age_band` is age band."""
    return name.replace("_", " ")


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def examples(indicator: Indicator) -> tuple[WorkedExample, ...]:
    """The worked examples, each of which is also a test of the indicator."""
    return tuple(_example(indicator, one) for one in indicator.examples)


def _example(indicator: Indicator, one: Example) -> WorkedExample:
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in one.rows.strip().splitlines())
    return WorkedExample(
        columns=tuple(words(name) for name in header),
        rows=tuple(tuple(row) for row in rows),
        period=one.period,
        result=comes_to(indicator, one),
        says=one.says or "",
    )


def comes_to(indicator: Indicator, one: Example) -> str:
    """What the example's figure comes to: its value, its counts, and what was left out."""
    expect = one.expect
    parts = []
    if expect.value is not None:
        parts.append(written(float(expect.value), unit=indicator.unit, decimals=indicator.decimals))
    elif expect.status:
        parts.append(STATUS_WORDS[expect.status])
    if expect.numerator is not None and expect.denominator is not None:
        parts.append(f"{shown(float(expect.numerator))} of {shown(float(expect.denominator))}")
    elif expect.numerator is not None and expect.value is None:
        parts.append(shown(float(expect.numerator)))
    if expect.left_out:
        parts.append(f"{expect.left_out} left out")
    if expect.too_recent:
        parts.append(f"{expect.too_recent} too recent")
    return ", ".join(parts) or "no figure"
