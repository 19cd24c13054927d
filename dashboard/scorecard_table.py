"""The scorecard as a table: one line an indicator, in the order of the child's journey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard import colours, figures, icons
from dashboard.address import link
from dashboard.pictures import Picture, mark, scale, severity, trend
from dashboard.table import Cell, Column, Section, Table, Tone
from metrics.benchmarks import Benchmark
from metrics.catalogue import SHORT_THEMES
from metrics.causes import improved
from metrics.lines import Line
from metrics.result import shown
from metrics.scorecard import Scorecard
from metrics.views import Kind, View
from returns.periods import Period

NAMED_GROUPS = 4
WHOLE = "all"
# How each kind of part is announced in the list of them.
_KINDS: dict[Kind, str] = {"board": "", "theme": "Theme: ", "priority": "Priority: ", "agency": "Agency: "}

_STEPS = {"month": "months", "year": "years"}

COLUMNS = (
    Column("Indicator", "name"),
    Column("Latest", "figure"),
    Column("Count", "quiet"),
    Column("On last year", "number"),
    Column("Trend", "picture"),
    Column("Variation", "verdict"),
    Column("Target", "verdict"),
    Column(
        "",
        "scale",
        key=((mark("us"), "us"), (mark("neighbours"), "neighbours"), (mark("england"), "England")),
    ),
    Column("Exception", "verdict"),
    Column("As of", "dated"),
)


def short_themes(card: Scorecard) -> dict[str, str]:
    """The themes that have lines, each by the name that a control has room for."""
    return {name: SHORT_THEMES.get(name, title) for name, title in card.themes}


def named(views: Mapping[str, View]) -> dict[str, str]:
    """What a control offers: the whole scorecard, then each part of it by what it is."""
    return {WHOLE: "The whole scorecard"} | {name: f"{_KINDS[one.kind]}{one.title}" for name, one in views.items()}


def title(question: str, card: Scorecard, view: View | None) -> str:
    """The page's question, of which part of the scorecard and which quarter."""
    part = "" if view is None else f" {view.title},"
    return f"{question}{part} {card.period.label}"


def about(view: View | None) -> list[str]:
    """What a part of the scorecard asks and what it cannot show, or where it was agreed."""
    if view is None:
        return []
    if view.kind == "board":
        return [f"{view.agreed}: config/board.yaml."]
    cannot = f"Not shown here: {' '.join(view.cannot_show)}" if view.cannot_show else ""
    return [" ".join(filter(None, (view.question, cannot)))] if view.question else []


def sources(card: Scorecard) -> list[str]:
    """What the comparison is with, and whose statistics it rests on: the licence asks that they be named."""
    published = next((line.benchmark for line in card.lines if line.benchmark), None)
    if published is None:
        return []
    return [
        f"Neighbours: {published.average} of our statistical neighbours ({published.set_year} set); 7/10 means that "
        "seven of the ten had a figure. “Us” there is over twelve months where the published figure is",
        "Neighbours and England: Department for Education, Local Authority Interactive Tool; population: Office for "
        "National Statistics. Contains public sector information licensed under the Open Government Licence v3.0",
    ]


def table(card: Scorecard, *, theme: str | None = None, view: View | None = None, groups: bool = False) -> Table:
    """The lines of `card`, of one theme of the catalogue or of all, a section a theme; with `groups`, watched ones too.

    Where `view` is a theme of the partnership's own the lines are in its order, in one section. The card is as its
    viewer may see it (metrics/protected.py): a hidden figure is a word, never a number.
    """
    if view is not None and view.kind == "theme":
        lines = [line for name in view.indicators for line in card.lines if line.indicator.id == name]
        found = [(view.title, [line for line in lines if theme in (None, line.indicator.theme)])]
    else:
        found = [(title, list(card.theme(name))) for name, title in card.themes if theme in (None, name)]
    sections = [Section(title, list(_rows(lines, groups))) for title, lines in found]
    return Table(f"Scorecard, {card.period.label}", COLUMNS, sections)


def _rows(lines: Sequence[Line], groups: bool) -> Iterator[list[Cell]]:
    for line, of_groups in _with_groups(lines):
        yield row(line, of_groups)
        if groups:
            yield from (row(one) for one in of_groups)


def row(line: Line, groups: Sequence[Line] = ()) -> list[Cell]:
    """One indicator's cells, in the order of COLUMNS. `groups` are its watched groups' lines."""
    result = line.result
    if line.indicator.share and result.group is None:
        return [
            _name(line),
            Cell("by agency", absent=True),
            Cell(_shares(groups), span=5),
            _comparison(line),
            _exception(line),
            _as_of(line),
        ]
    if result.value is None and result.status == "x":
        return [
            _name(line),
            Cell("no figure", absent=True),
            Cell(_why_not(line), span=5),
            _comparison(line),
            _exception(line),
            _as_of(line),
        ]
    return [
        _name(line),
        Cell(figures.value(result), absent=result.value is None),
        Cell(figures.counts(result), small=_set_aside(line)),
        Cell(figures.change(result, line.year_ago)),
        Cell(picture=_trend(line)),
        _variation(line),
        _target(line),
        _comparison(line),
        _exception(line),
        _as_of(line),
    ]


def answer(card: Scorecard) -> str:
    """The sentence under the title: what stands out, how much can be said, and the headline counts."""
    lines = [line for line in card.lines if line.result.group is None]
    have = sum(line.result.value is not None for line in lines)
    raised = [line.result.exception for line in lines]
    alerts, watched = raised.count("alert"), raised.count("watch")
    better = sum(improved(line) for line in lines)
    said = [
        f"{alerts} alert{'' if alerts == 1 else 's'} and {watched} to watch",
        f"{better} measure{'' if better == 1 else 's'} improving",
        f"{have} of {len(lines)} have a figure",
    ]
    heads = [
        line
        for line in lines
        if line.indicator.id in card.board and line.indicator.unit == "count" and line.result.value is not None
    ]
    stocks = (line for line in heads if line.indicator.nature == "stock")
    said.extend(_headline(line, first=place == 0) for place, line in enumerate(stocks))
    return "; ".join(said) + "."


def _headline(line: Line, *, first: bool) -> str:
    """A count and its change on the year, which only the first of them names."""
    title = line.indicator.title
    now = f"{shown(line.result.value or 0)} {title[0].lower()}{title[1:]}"
    change = line.change_on_year
    if change is None:
        return now
    if change == 0:
        return f"{now}, as a year ago"
    return f"{now}, {shown(abs(change))} {'more' if change > 0 else 'fewer'}{' than a year ago' if first else ''}"


def _with_groups(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    for line in lines:
        if line.result.group is None:
            same = [one for one in lines if one.result.indicator == line.result.indicator]
            yield line, [one for one in same if one.result.group is not None]


def _shares(groups: Sequence[Line]) -> str:
    """The largest groups' shares, of those that are shown."""
    large = [one.result for one in groups if one.result.value]
    large.sort(key=lambda result: -(result.numerator or 0))
    return (
        ", ".join(f"{result.group} {figures.value(result)}" for result in large[:NAMED_GROUPS])
        or "no agency stands out"
    )


def _name(line: Line) -> Cell:
    if line.result.group is not None:
        return Cell(f"\u2013 {line.result.group}")
    over = "over the year" if line.result.period.window == "rolling_year" else ""
    there = link("indicator", id=line.indicator.id, period=str(line.quarter))
    return Cell(line.indicator.title, small=over, link=there)


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
    step = _STEPS.get(line.series[-1].period.window, "quarters")
    alt = (
        f"{len(line.series)} {step} to {_short(line.series[-1].period)}: from {figures.value(known[0])} "
        f"to {figures.value(known[-1])}"
    )
    chart = line.process
    band = chart.band[-len(line.series) :] if chart is not None and chart.spc is not None else ()
    if any(pair is not None for pair in band):
        alt += "; the grey band is the range expected of it"
    icon = line.result.variation
    colour = icons.colour(icon) if icon else colours.US
    return trend([one.value for one in line.series], alt=alt, band=band, last_colour=colour)


def _variation(line: Line) -> Cell:
    """The icon of the last month and its word; why there is none."""
    icon, chart = line.result.variation, line.process
    if icon is not None:
        run_chart = chart is not None and chart.spc is not None and chart.spc.state == "run_chart"
        return Cell(
            icons.variation_words(icon), picture=icons.variation(icon), tone=icons.tone(icon),
            small="small numbers" if run_chart else "",
        )  # fmt: skip
    if chart is None or chart.spc is None:
        return Cell("not charted", absent=True)
    return Cell("too few points" if chart.spc.state == "too_few" else "does not vary", absent=True)


def _target(line: Line) -> Cell:
    """The target, and whether it is met as a rule, never, or now and then; where no chart says, whether it is met."""
    step, result = line.target, line.result
    if step is None:
        return Cell("no target", absent=True)
    aim = figures.plain(step.value, unit=result.unit, decimals=0 if step.value % 1 == 0 else result.decimals)
    if result.assurance is not None:
        tones: dict[str, Tone] = {"pass": "good", "fail": "bad", "inconsistent": "faint"}
        return Cell(
            f"{icons.assurance_words(result.assurance)} {aim}",
            picture=icons.assurance(result.assurance), tone=tones[result.assurance],
        )  # fmt: skip
    if result.value is None:
        return Cell(f"target {aim}", absent=True)
    way = "at" if result.value == step.value else "below" if result.value < step.value else "above"
    return Cell(f"{way} {aim}")


def _exception(line: Line) -> Cell:
    raised = line.result.exception
    if raised is None:
        return Cell()
    there = link("exceptions", id=line.indicator.id, group=line.result.group or "", period=str(line.quarter))
    picture = severity("alert" if raised == "alert" else "watch")
    return Cell(raised.capitalize(), picture=picture, tone="bad", link=there)


def _comparison(line: Line) -> Cell:
    published, ours = line.benchmark, line.comparable
    if line.result.group is not None:
        return Cell()
    if published is None:
        return Cell("not published", absent=True)
    if ours is None:
        return Cell("compare by the rate", absent=True)

    def written(value: float | None) -> str:
        return "none" if value is None else figures.plain(value, unit=ours.unit, decimals=ours.decimals)

    us = f"us {figures.value(ours)} · " if ours.period != line.result.period else ""
    said = (
        f"{us}nbrs {written(published.neighbours)} ({published.neighbours_present}/{published.neighbours_of}) · "
        f"Eng {written(published.england)} · {_year(published)}"
    )
    picture = scale(
        us=ours.value,
        neighbours=published.neighbours,
        england=published.england,
        alt=f"We are at {figures.value(ours)}, {ours.period.label}",
    )
    return Cell(picture=picture, small=said)


def _year(published: Benchmark) -> str:
    return f"{published.year - 1}-{published.year % 100:02d}"


def _as_of(line: Line) -> Cell:
    fresh = line.freshness
    if fresh is None:
        return Cell()
    return Cell(f"{fresh.extracted.day} {fresh.extracted:%b %Y}" if fresh.extracted else str(fresh.period))


def _short(period: Period) -> str:
    return f"{period.end:%b %Y}" if period.window != "quarter" else str(period)
