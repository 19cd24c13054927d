"""How figures are printed: one table of plain values, as aligned text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.agreement import Reconciled, State, apart, side
from metrics.benchmarks import PRINTED
from metrics.catalogue import THEMES
from metrics.exceptions import Exceptional
from metrics.lines import Line
from metrics.model import Indicator
from metrics.reconcile import Reconciliation
from metrics.result import Result, shown, written
from metrics.scorecard import Scorecard

# A cell that starts with one of these would be a formula in a spreadsheet; no declared text should, and none will.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Printable:
    """What is printed: `values` for CSV and JSON, and `rows` under `headings` for people. `notes` follow the table."""

    values: list[dict[str, Any]] = field(repr=False)
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = field(repr=False)
    notes: tuple[str, ...] = ()


def listed(indicators: Sequence[Indicator]) -> Printable:
    """The catalogue."""
    values = [
        {
            "id": one.id,
            "title": one.title,
            "theme": one.theme,
            "unit": one.unit,
            "better": one.better,
            "nature": one.nature,
            "from": one.table,
            "by": list(one.by),
            "watch_by": list(one.watch_by),
            "benchmark": one.benchmark,
        }
        for one in indicators
    ]
    rows = [(one.id, THEMES[one.theme], one.unit, one.better, one.title) for one in indicators]
    return Printable(values, ("id", "theme", "unit", "better", "title"), rows)


def of_series(results: Sequence[Result]) -> Printable:
    """One indicator's results over time."""
    rows = [
        (str(one.period), one.group or "", _figure(one), _counts(one), _interval(one), one.status, one.basis)
        for one in results
    ]
    county = [one.sentence for one in results if one.group is None]
    notes = tuple(county[-1:]) or ("No figure yet: nothing that fills it has been accepted.",)
    headings = ("period", "group", "value", "counts", "95% interval", "status", "basis")
    return Printable([one.as_series_json() for one in results], headings, rows, notes)


def of_scorecard(card: Scorecard) -> Printable:
    """A quarter's scorecard."""
    rows = [_line(line) for line in card.lines]
    headings = ("indicator", "group", "value", "counts", "quarter before", "year before", "neighbours", "status")
    about = f"{card.period.label}, version {card.version} of the warehouse."
    notes = (about, "Demonstration data: no real child is in it.") if card.demonstration else (about,)
    return Printable([line.as_json() for line in card.lines], headings, rows, notes)


def of_exceptions(found: Sequence[Exceptional]) -> Printable:
    """A quarter's exceptions: the agenda numbered, then the rest, then what was resolved."""
    rows = [
        ("" if one.rank is None else str(one.rank), one.severity, one.state, one.since, one.sentence) for one in found
    ]
    live = [one for one in found if one.state != "resolved"]
    alerts = sum(one.severity == "alert" for one in live)
    notes = (f"{alerts} alerts and {len(live) - alerts} to watch; {len(found) - len(live)} resolved.",)
    headings = ("", "severity", "state", "since", "what was seen")
    return Printable([one.as_json() for one in found], headings, rows, notes)


_STATES: dict[State, str] = {"differs": "differs", "agrees": "agrees", "cannot": "cannot be compared"}


def of_reconciliation(found: Reconciliation) -> Printable:
    """Which numbers agree: those that differ first, and after the table what each of them means and what to ask."""
    rows = [
        (
            _STATES[state],
            one.pair.title,
            f"{side(one.left, one.pair)} {one.pair.left.name}".strip(),
            f"{side(one.right, one.pair)} {one.pair.right.name}".strip(),
            apart(one),
            one.since or "",
            one.reason or one.when,
        )
        for state in _STATES
        for one in found.of(state)
    ]
    agree, compared = found.agreement
    about = f"{found.period.label}, version" if found.period else "Version"
    counts = f"{compared - agree} differ, {agree} agree, {len(found.of('cannot'))} cannot be compared."
    notes = [f"{about} {found.version} of the warehouse: {counts}"]
    for one in found.of("differs"):
        notes += ["", *_explained(one)]
    headings = ("", "what should agree", "one says", "the other says", "apart", "since", "when, or why not")
    return Printable(found.as_json(), headings, rows, tuple(notes))


def _explained(one: Reconciled) -> list[str]:
    """A pair that differs, in lines of words."""
    pair = one.pair
    return [
        pair.title,
        f"  {side(one.left, pair)}: {pair.left.words}.",
        f"  {side(one.right, pair)}: {pair.right.words}.",
        *(f"  {note}" for note in one.notes),
        f"  {pair.tolerance.why}",
        f"  {pair.ask}",
    ]


def printed(what: Printable, form: str) -> str:
    """The text to print, as `table`, `csv` or `json`."""
    if form == "json":
        return json.dumps(what.values, ensure_ascii=False, indent=1)
    if form == "csv":
        return _csv(what.values)
    return "\n".join([*_aligned([what.headings, *what.rows]), "", *what.notes]).rstrip()


def _line(line: Line) -> tuple[str, ...]:
    result, published = line.result, line.benchmark
    neighbours = ""
    if published is not None and published.neighbours is not None:
        present = f"{published.neighbours_present} of {published.neighbours_of}"
        neighbours = f"{published.neighbours:,} ({present}, {published.year})"
    before = "" if line.previous is None else _figure(line.previous)
    year_ago = "" if line.year_ago is None else _figure(line.year_ago)
    status = result.status if result.period.window == "quarter" else f"{result.status}, 12 months"
    return (
        result.indicator,
        result.group or "",
        _figure(result),
        _counts(result),
        before,
        year_ago,
        neighbours,
        status,
    )


def _figure(result: Result) -> str:
    return "" if result.value is None else written(result.value, unit=result.unit, decimals=result.decimals)


def _counts(result: Result) -> str:
    if result.numerator is None or result.denominator is None:
        return ""
    return f"{shown(result.numerator)} of {shown(result.denominator)}"


def _interval(result: Result) -> str:
    if result.lower is None or result.upper is None:
        return ""
    return f"{result.lower:,.{result.decimals}f} to {result.upper:,.{result.decimals}f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _csv(values: Sequence[dict[str, Any]]) -> str:
    """The values with what is nested flattened: `benchmark_year`, and lists with semicolons."""
    flat = [_flat(one) for one in values]
    names = list(dict.fromkeys(name for one in flat for name in one))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue().rstrip("\n")


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, cell in value.items():
        if name == "benchmark" and not isinstance(cell, str):
            found |= {f"{name}_{inner}": (cell or {}).get(inner) for inner in PRINTED}
        elif isinstance(cell, list):
            found[name] = _text("; ".join(str(each) for each in cell))
        else:
            found[name] = _text(cell) if isinstance(cell, str) else cell
    return found


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
