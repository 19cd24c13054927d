"""A figure over time as a chart: a flow's process chart with its limits, anything else as a plain line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from dashboard import charts, colours, figures
from dashboard.charts import Chart, Heading, Value
from dashboard.charts_labels import Ends, notes_above, words_of_runs
from dashboard.charts_runs import Run, runs
from metrics.annotations import Annotation
from metrics.process import BASELINE, Process
from metrics.result import STATUS_WORDS, Result
from metrics.rounding import rounded
from metrics.targets import Targets
from returns.periods import day_words

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 430
MOST_TICKS = 9
EXPECTED, NEAR = "#EDF0F3", "#DFE4E9"
WINDOWS = {"month": "month", "quarter": "quarter", "year": "year", "rolling_year": "quarter"}


@dataclass(frozen=True)
class Drawn:
    """A process with the places of its points on the paper, and the numbers as they are drawn and written.

    `fine` is how many decimals its average and limits have. `low` and `high` are the axis's ends.
    """

    process: Process
    days: tuple[date, ...]
    values: tuple[float | None, ...]
    mean: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    target: tuple[float | None, ...]
    fine: int
    low: float
    high: float

    @property
    def last(self) -> int | None:
        """The place of the last figure there is."""
        return max((place for place, value in enumerate(self.values) if value is not None), default=None)

    def written(self, value: float, *, fine: bool = False) -> str:
        """A number of the chart with its unit."""
        point = self.process.points[-1]
        return figures.plain(value, unit=point.unit, decimals=self.fine if fine else point.decimals)


def over_time(process: Process, *, targets: Targets, annotations: Sequence[Annotation] = ()) -> Chart | None:
    """The chart of a process's points, oldest first; None where no point has a figure.

    `annotations` are drawn where they fall between the first point and the last.
    """
    if not any(one.value is not None for one in process.points):
        return None
    drawn = _drawn(process, targets)
    found = runs(process)
    within = [one for one in annotations if drawn.days[0] <= one.day <= process.points[-1].period.end]
    return Chart(
        _figure(drawn, found, within),
        title=_title(process),
        alt=_alt(drawn, found, within),
        columns=tuple(heading for heading, _ in _columns(drawn, found)),
        rows=tuple(zip(*(column for _, column in _columns(drawn, found)), strict=True)),
        notes=tuple(_notes(drawn)),
    )


def _drawn(process: Process, targets: Targets) -> Drawn:
    points = process.points
    fine = max(1, points[-1].decimals)
    values = tuple(one.value for one in points)
    band = process.band
    none: list[float | None] = [None] * len(points)
    mean = tuple(_rounded(value, fine) for value in (process.spc.mean if process.spc else none))
    lower = tuple(_rounded(one[0] if one else None, fine) for one in band)
    upper = tuple(_rounded(one[1] if one else None, fine) for one in band)
    steps = [targets.on(process.indicator.id, one.period.end) for one in points]
    target = tuple(float(step.value) if step else None for step in steps)
    low, high = _ends([*values, *mean, *lower, *upper, *target], percent=points[-1].unit == "percent")
    return Drawn(process, tuple(map(_day, points)), values, mean, lower, upper, target, fine, low, high)


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else rounded(value, decimals)


def _day(result: Result) -> date:
    """Where a point stands: what happened in a period in its middle, what was true on its last day there."""
    period = result.period
    if period.window == "month":
        return period.start + timedelta(days=14)
    return period.end


def _ends(numbers: Sequence[float | None], *, percent: bool) -> tuple[float, float]:
    """The ends of the axis: from 0 unless the figures lie far from it, with room for words."""
    known = [number for number in numbers if number is not None]
    low, high = min(known), max(known)
    room = (high - low or abs(high) or 1) * 0.16
    bottom = 0.0 if 0 <= low < 0.6 * high or 0 <= low < 2 * room else low - room
    top = high + room
    return (bottom, min(top, 104)) if percent else (bottom, top)


def _figure(drawn: Drawn, found: Sequence[Run], within: Sequence[Annotation]) -> go.Figure:
    import plotly.graph_objects as go

    unit = drawn.process.points[-1].unit
    figure = charts.laid_out(
        go.Figure(), height=HEIGHT, suffix="%" if unit == "percent" else "", prefix="£" if unit == "pounds" else ""
    )
    _limits(figure, drawn)
    _target(figure, drawn)
    _points(figure, drawn, found)
    rows = notes_above(figure, within, first=drawn.days[0], last=drawn.days[-1])
    words_of_runs(figure, found, drawn.days, drawn.values, low=drawn.low, high=drawn.high)
    _labels(figure, drawn)
    places = _ticks(len(drawn.days))
    margin = (drawn.days[-1] - drawn.days[0]) / 25 or timedelta(days=20)
    figure.update_xaxes(
        type="date", range=[drawn.days[0] - margin, drawn.days[-1] + margin / 3],
        tickvals=[drawn.days[place] for place in places],
        ticktext=[tick(drawn.process.points[place]) for place in places],
    )  # fmt: skip
    figure.update_yaxes(range=[drawn.low, drawn.high], nticks=7)
    figure.update_layout(margin={"t": 14 + 22 * rows, "r": 190})
    return figure


def _limits(figure: go.Figure, drawn: Drawn) -> None:
    """The expected range as a grey band, its outer thirds darker, with the average and the limits as lines."""
    days = drawn.days
    for start, end in _groups(drawn.lower, drawn.upper):
        low, high, mean = drawn.lower[start], drawn.upper[start], drawn.mean[start]
        if low is None or high is None or mean is None or drawn.process.spc is None:
            continue
        across = {"type": "rect", "x0": _before(days, start), "x1": _after(days, end), "layer": "below"}
        figure.add_shape(across | {"y0": low, "y1": high, "fillcolor": NEAR, "line": {"width": 0}})
        true = drawn.process.spc
        near_low = mean - 2 / 3 * (mean - (true.lower[start] or 0.0))
        near_high = mean + 2 / 3 * ((true.upper[start] or 0.0) - mean)
        inner = {"y0": max(near_low, low), "y1": min(near_high, high), "fillcolor": EXPECTED, "line": {"width": 0}}
        figure.add_shape(across | inner)
    trial = drawn.process.spc is not None and drawn.process.spc.state == "trial"
    for name, column, dash in (
        ("lower limit", drawn.lower, "dash" if trial else "solid"),
        ("upper limit", drawn.upper, "dash" if trial else "solid"),
        ("average", drawn.mean, "solid"),
    ):
        if any(value is not None for value in column):
            line = {"color": colours.QUIET, "width": 1.4 if name == "average" else 1, "dash": dash, "shape": "hvh"}
            _trace(figure, drawn, name, column, line)


def _target(figure: go.Figure, drawn: Drawn) -> None:
    if any(value is not None for value in drawn.target):
        _trace(figure, drawn, "target", drawn.target, {"color": colours.INK, "width": 2, "dash": "4,5", "shape": "hvh"})


def _trace(figure: go.Figure, drawn: Drawn, name: str, column: Sequence[float | None], line: dict[str, object]) -> None:
    figure.add_scatter(name=name, x=drawn.days, y=list(column), mode="lines", line=line, hoverinfo="skip")


def _points(figure: go.Figure, drawn: Drawn, found: Sequence[Run]) -> None:
    """The figures themselves; each special point in its run's colour and shape, a provisional one hollow."""
    of_point = {place: run for run in found for place in run.places}
    looks = [of_point.get(place) for place in range(len(drawn.values))]
    paint = [run.colour if run else colours.QUIET for run in looks]
    hollow = [one.status == "p" for one in drawn.process.points]
    figure.add_scatter(
        name="figure", x=drawn.days, y=list(drawn.values), mode="lines+markers", connectgaps=False,
        line={"color": colours.QUIET, "width": 2.2},
        marker={
            "size": [13 if run else 8 for run in looks], "opacity": 1,
            "symbol": [("triangle-up" if run.high else "triangle-down") if run else "circle" for run in looks],
            "color": [colours.GROUND if one else colour for one, colour in zip(hollow, paint, strict=True)],
            "line": {"color": paint, "width": 1.6},
        },
        text=[escape(_said(drawn, place, run)) for place, run in enumerate(looks)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _said(drawn: Drawn, place: int, run: Run | None) -> str:
    result = drawn.process.points[place]
    counts = figures.counts(result)
    parts = [f"{_capital(result.period.label)}: {figures.value(result)}", f"({counts})" if counts else ""]
    return " ".join(filter(None, parts)) + (f" {run.said}" if run else "")


def _labels(figure: go.Figure, drawn: Drawn) -> None:
    """What each line is, at its right end, and the last figure there is."""
    ends = Ends(figure, low=drawn.low, high=drawn.high, height=HEIGHT - 80)
    last = drawn.last
    if last is not None and (value := drawn.values[last]) is not None:
        run = next((run for run in runs(drawn.process) if last in run.places), None)
        when = "" if last == len(drawn.values) - 1 else f", {tick(drawn.process.points[last])}"
        ends.add(value, f"{drawn.written(value)}{when}", colour=run.colour if run else colours.INK, bold=True)
    state = drawn.process.spc.state if drawn.process.spc else ""
    for name, column in (
        ("median" if state == "run_chart" else "average", drawn.mean),
        ("upper limit", drawn.upper),
        ("lower limit", drawn.lower),
    ):
        if (at := column[-1]) is not None:
            ends.add(at, f"{name} {drawn.written(at, fine=True)}", colour=colours.QUIET)
    if (aim := drawn.target[-1]) is not None:
        ends.add(aim, f"target {drawn.written(aim)}", colour=colours.INK)
    ends.write(x=1.0)


def _groups(*columns: Sequence[float | None]) -> Iterator[tuple[int, int]]:
    """The first and last place of each run of points that have the same numbers."""
    start = 0
    for place in range(1, len(columns[0]) + 1):
        if place == len(columns[0]) or any(column[place] != column[start] for column in columns):
            yield start, place - 1
            start = place


def _before(days: Sequence[date], place: int) -> date:
    return days[place] if place == 0 else days[place - 1] + (days[place] - days[place - 1]) / 2


def _after(days: Sequence[date], place: int) -> date:
    return days[place] if place == len(days) - 1 else days[place] + (days[place + 1] - days[place]) / 2


def _ticks(number: int) -> list[int]:
    """The places that are named under the axis: the last always, and not so many that they touch."""
    step = next(step for step in (1, 2, 3, 4, 6, 12, 24) if number / step <= MOST_TICKS)
    return list(range(number - 1, -1, -step))[::-1]


def tick(result: Result) -> str:
    """A period as an axis names it: `Sep 2025`, `Jul–Sep 2025` for a flow's quarter."""
    period = result.period
    if period.window == "quarter" and result.denominator is not None and period.start.month != period.end.month:
        return f"{period.start:%b}–{period.end:%b %Y}"
    return f"{period.end:%b %Y}"


def _title(process: Process) -> str:
    first, last = process.points[0], process.points[-1]
    named = f"{last.title}, {last.group}" if last.group else last.title
    step = "each quarter, over the year to its end" if last.period.window == "rolling_year" else (
        f"each {WINDOWS[last.period.window]}"
    )  # fmt: skip
    if first is last:
        return f"{named}, {last.period.label}"
    return f"{named}, {step}, {first.period.end:%B %Y} to {last.period.end:%B %Y}"


def _alt(drawn: Drawn, found: Sequence[Run], within: Sequence[Annotation]) -> str:
    """The chart in words: where the figures began and ended, between what they moved, and what is unusual."""
    points = [one for one in drawn.process.points if one.value is not None]
    first, last = points[0], points[-1]
    least, most = (chosen(points, key=lambda one: one.value) for chosen in (min, max))
    said = [f"Line chart. {_capital(_when(first))} {figures.value(first)}, {_when(last)} {figures.value(last)}."]
    if len(points) > 2:
        said.append(f"Lowest {figures.value(least)} ({_when(least)}), highest {figures.value(most)} ({_when(most)}).")
    missing = len(drawn.values) - len(points)
    if missing:
        said.append(f"{missing} without a figure.")
    if drawn.mean[-1] is not None:
        expected = f"Average {drawn.written(drawn.mean[-1], fine=True)}"
        if drawn.lower[-1] is not None and drawn.upper[-1] is not None:
            low, high = (drawn.written(one, fine=True) for one in (drawn.lower[-1], drawn.upper[-1]))
            expected += f", expected range {low} to {high}"
        said.append(f"{expected}.")
    said.extend(f"{_capital(run.said)} ({_when(drawn.process.points[run.places[-1]])})." for run in found[-3:])
    if drawn.target[-1] is not None:
        said.append(f"Target {drawn.written(drawn.target[-1])}.")
    said.extend(f"{day_words(one.day)}: {one.says}." for one in within)
    return " ".join(said)


def _columns(drawn: Drawn, found: Sequence[Run]) -> Iterator[tuple[Heading, Sequence[Value]]]:
    """The columns of the table twin that have anything in them."""
    points = drawn.process.points
    unit, decimals = points[-1].unit, points[-1].decimals
    of_point = {place: run for run in found for place in run.places}
    yield Heading(_capital(WINDOWS[points[-1].period.window])), [_capital(one.period.label) for one in points]
    yield Heading("Figure", unit, decimals, drawn=("figure",)), drawn.values
    optional: list[tuple[Heading, Sequence[Value]]] = [
        (Heading("Count", "count"), [one.numerator for one in points] if unit != "count" else []),
        (Heading("Of", "count"), [one.denominator for one in points]),
        (Heading("95% from", unit, decimals), [one.lower for one in points]),
        (Heading("95% to", unit, decimals), [one.upper for one in points]),
        (Heading("Average", unit, drawn.fine, drawn=("average",)), drawn.mean),
        (Heading("Lower limit", unit, drawn.fine, drawn=("lower limit",)), drawn.lower),
        (Heading("Upper limit", unit, drawn.fine, drawn=("upper limit",)), drawn.upper),
        (Heading("Target", unit, decimals, drawn=("target",)), drawn.target),
        (Heading("Unusual"), [of_point[place].said if place in of_point else None for place in range(len(points))]),
        (Heading("Note"), [None if one.status == "ok" else STATUS_WORDS[one.status] for one in points]),
    ]
    yield from ((heading, column) for heading, column in optional if any(value is not None for value in column))


def _notes(drawn: Drawn) -> Iterator[str]:
    """What the reader should keep in mind: what the band rests on, and why there is none where there is none."""
    process = drawn.process
    if drawn.lower[-1] is not None:
        window = WINDOWS[process.points[-1].period.window]
        yield (
            "Grey: where figures are expected to lie, from the moves between neighbouring "
            f"{window}s, of the first {BASELINE} at most"
        )
    if process.why:
        yield process.why.rstrip(".")
    if any(one.status == "p" for one in process.points):
        yield "A hollow point is provisional: more may still be recorded"
    yield f"{_capital({'known': 'as now known', 'reported': 'as first reported'}[process.points[-1].basis])}"


def _when(result: Result) -> str:
    return f"{result.period.end:%B %Y}" if result.period.window == "month" else result.period.label


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
