"""Writes docs/false-alarms.md: how many exceptions to expect where nothing happens, from quiet simulated counties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.quiet_counties import (
    FLOWS,
    LOOKBACKS,
    MEAN_SIZE,
    NATURES,
    SNAPSHOTS,
    STAYS_AS_IT_WAS,
    STOCKS,
    Alarms,
    simulated,
    special_if_charted,
)  # fmt: skip
from metrics.causes import Rule
from returns.places import PROJECT

DOCUMENT = PROJECT / "docs" / "false-alarms.md"
SEED, STOCK_COUNTIES = 2025, 200


def write(*, counties: int, to: Path = DOCUMENT) -> Iterator[str]:
    """Simulates the counties, writes the document, and gives a line for each nature."""
    found = simulated(counties, seed=SEED)
    special = special_if_charted(STOCK_COUNTIES, seed=SEED)
    to.write_text(text(found, counties=counties, special=special), encoding="utf-8")
    for nature in NATURES:
        yield (
            f"{nature}: {found.per_hundred(nature, alerts=True):.2f} alerts and "
            f"{found.per_hundred(nature, alerts=False):.2f} watches for a hundred lines a quarter"
        )


def expected(document: Path = DOCUMENT) -> dict[str, tuple[float, float]]:
    """(alerts, watches) for a hundred lines a quarter, by nature, as the document prints them."""
    found = {}
    for line in document.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in NATURES:
            found[cells[0]] = (float(cells[2]), float(cells[3]))
    return found


def _by_nature(found: Alarms) -> str:
    """The rows of the table by nature."""
    return "\n".join(
        f"| {nature} | {found.lines[nature]:,} | {found.per_hundred(nature, alerts=True):.2f} | "
        f"{found.per_hundred(nature, alerts=False):.2f} |"
        for nature in NATURES
    )


def _by_rule(found: Alarms) -> str:
    """The rows of the table by rule."""
    rules: list[Rule] = ["special_cause", "unusual", "target_missed", "target_never_met", "outlier", "changed"]
    return "\n".join(
        f"| {rule} | "
        + " | ".join(f"{100 * found.rules[nature, rule] / found.lines[nature]:.2f}" for nature in NATURES)
        + " |"
        for rule in rules
    )


def text(found: Alarms, *, counties: int, special: float) -> str:
    """The document."""
    natures = " | ".join(NATURES)
    return f"""# How many exceptions to expect where nothing happens

Chance alone raises some exceptions every quarter. This page says how many, so that a meeting can tell a quarter with
a few from a quarter with many. `python -m bench false-alarms` writes it, from {counties} simulated counties in which
nothing happens; a test simulates other ones and fails if more is found than is printed here.

## The simulated counties

Families arrive at a steady rate and have {MEAN_SIZE:.2f} children on average, all of one outcome, so that children come
in clusters as they do. No rate, share or length of stay ever changes. The neighbours' average, and the target where a
line has one, are the true value itself. Each county has {len(FLOWS)} flows of four years of months,
{len(STOCKS)} stocks, {len(LOOKBACKS)} lookbacks and {len(SNAPSHOTS)} snapshots, of the size of Herefordshire's.
Of those who are counted in a stock, {STAYS_AS_IT_WAS * 100:.0f} in a hundred keep what they have for a quarter; for
the others chance decides anew. `bench/quiet_counties.py` is the whole of it.

## Expected false alarms

For a hundred lines of the scorecard, in one quarter:

| nature | lines judged | alerts | watches |
|---|---|---|---|
{_by_nature(found)}

By rule, for a hundred lines in one quarter (one line can have several):

| rule | {natures} |
|---|{"---|" * len(NATURES)}
{_by_rule(found)}

`missing`, `poor_data` and `not_reconciled` rest on no chance, and raise nothing where nothing is wrong.

Where children come in families, and where a line has both neighbours and a target, there are more than the five in a
hundred that a 95 per cent interval suggests: an interval takes each child to be separate, and brothers and sisters are
not. So alerts too, which ask for 99.8 per cent or for two causes, come by chance in some six of a hundred lines, and
an agenda of ten may hold as many that nothing lies behind: what is raised is a question, and not yet an answer.

## Why a stock has no process chart

A stock of 139 children on plans, in which nothing happens, has neighbouring months that are mostly the same children.
Its moving range is small for its spread. A process chart would call **{special:.0f} per cent** of its months special
({STOCK_COUNTIES} simulated counties). Ours judges no stock, lookback or snapshot by a chart, and so calls none special.
"""
