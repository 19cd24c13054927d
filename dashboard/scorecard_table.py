"""The scorecard as a table: one line an indicator, in the order of the child's journey."""

from __future__ import annotations

from dashboard import figures
from dashboard.pictures import Picture, mark, scale, trend
from dashboard.table import Cell, Column, Section, Table
from metrics.benchmarks import Benchmark
from metrics.result import shown
from metrics.scorecard import Line, Scorecard
from returns.periods import Period

COLUMNS = (
    Column("Indicator", "name"),
    Column("Latest", "figure"),
    Column("Count", "quiet"),
    Column("On last quarter", "number"),
    Column("On last year", "number"),
    Column("Trend", "picture", note="to this quarter"),
    Column("Us, neighbours and England", "picture", note="latest published year"),
    Column("As of", "number"),
)


def table(card: Scorecard, *, theme: str | None) -> Table:
    """The whole-county lines of `card`, of one theme or of all, a section a theme.

    Lines of groups are left to pages that hide small counts.
    """
    sections = [
        Section(title, [row(line) for line in card.theme(name) if line.result.group is None])
        for name, title in card.themes
        if theme in (None, name)
    ]
    return Table(f"Scorecard, {card.period.label}", COLUMNS, sections)


def row(line: Line) -> list[Cell]:
    """One indicator's cells, in the order of COLUMNS."""
    result = line.result
    if result.value is None and result.status == "x":
        return [_name(line), Cell("no figure", absent=True), Cell(_why_not(line), span=4), _comparison(line), _as_of(line)]
    return [
        _name(line),
        Cell(figures.value(result), absent=result.value is None),
        Cell(figures.counts(result), under=_set_aside(line)),
        Cell(figures.change(result, line.previous)),
        Cell(figures.change(result, line.year_ago)),
        Cell(picture=_trend(line)),
        _comparison(line),
        _as_of(line),
    ]


def answer(card: Scorecard) -> str:
    """The sentence under the title: how much can be said, and the headline counts with their change on the year."""
    lines = [line for line in card.lines if line.result.group is None]
    have = sum(line.result.value is not None for line in lines)
    said = [f"{have} of {len(lines)} measures have a figure this quarter"]
    heads = [line for line in lines if line.indicator.board and line.indicator.unit == "count" and line.result.value is not None]
    said.extend(_headline(line) for line in heads if line.indicator.nature == "stock")
    return "; ".join(said) + "."


def key(card: Scorecard) -> list[str | tuple[Picture, str]]:
    """What the marks of the comparison mean, and whose averages they are."""
    published = next((line.benchmark for line in card.lines if line.benchmark), None)
    if published is None:
        return []
    return [
        (mark("us"), "us now"),
        (mark("neighbours"), f"{published.average} of our statistical neighbours ({published.set_year} set; how many had a figure)"),
        (mark("england"), "England"),
    ]


SOURCE = (
    "Neighbours and England: Department for Education, Local Authority Interactive Tool; population: Office for National "
    "Statistics. Contains public sector information licensed under the Open Government Licence v3.0."
)


def _headline(line: Line) -> str:
    title = line.indicator.title
    now = f"{title[0].lower()}{title[1:]}: {shown(line.result.value or 0)}"
    change = line.change_on_year
    if change is None:
        return now
    if change == 0:
        return f"{now}, as a year ago"
    return f"{now}, {shown(abs(change))} {'more' if change > 0 else 'fewer'} than a year ago"


def _name(line: Line) -> Cell:
    over = "over the year" if line.result.period.window == "rolling_year" else ""
    return Cell(line.indicator.title, under=over)


def _why_not(line: Line) -> str:
    why = line.result.reason or ""
    if line.last is None or line.last.value is None:
        return why
    return f"{why} Last: {figures.value(line.last)}, {_short(line.last.period)}."


def _set_aside(line: Line) -> str:
    parts = []
    if line.result.too_recent:
        parts.append(f"{shown(line.result.too_recent)} too recent")
    if line.result.left_out:
        parts.append(f"{shown(line.result.left_out)} unknown")
    return ", ".join(parts)


def _trend(line: Line) -> Picture | None:
    known = [one for one in line.series if one.value is not None]
    if len(known) < 2:
        return None
    step = "months" if line.series[-1].period.window == "month" else "quarters"
    alt = (
        f"{len(line.series)} {step} to {_short(line.series[-1].period)}: from {figures.value(known[0])} "
        f"to {figures.value(known[-1])}"
    )
    return trend([one.value for one in line.series], alt=alt)


def _comparison(line: Line) -> Cell:
    published = line.benchmark
    if published is None:
        return Cell("not published", absent=True)
    unit, decimals = line.result.unit, line.result.decimals

    def written(value: float | None) -> str:
        return "none" if value is None else figures.plain(value, unit=unit, decimals=decimals)

    said = (
        f"nbrs {written(published.neighbours)} ({published.neighbours_present} of {published.neighbours_of}) · "
        f"Eng {written(published.england)} · {_year(published)}"
    )
    picture = scale(
        us=line.result.value,
        neighbours=published.neighbours,
        england=published.england,
        alt=f"We are at {figures.value(line.result)}",
    )
    return Cell(picture=picture, under=said)


def _year(published: Benchmark) -> str:
    return f"{published.year - 1}-{published.year % 100:02d}"


def _as_of(line: Line) -> Cell:
    fresh = line.freshness
    if fresh is None:
        return Cell()
    return Cell(f"{fresh.extracted.day} {fresh.extracted:%b %Y}" if fresh.extracted else str(fresh.period))


def _short(period: Period) -> str:
    return f"{period.end:%b %Y}" if period.window != "quarter" else str(period)
