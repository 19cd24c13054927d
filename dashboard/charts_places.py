"""Every authority's published figure of a year as a chart, ours and our neighbours' marked: a funnel, or a line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dashboard import charts, colours
from dashboard.charts import Chart, Heading
from dashboard.charts_compared import ENGLAND, HEIGHT, NEIGHBOURS, US, plain
from dashboard.charts_labels import Ends
from metrics.comparisons import Compared, Place

if TYPE_CHECKING:
    import plotly.graph_objects as go

OTHERS = "Other authorities"
OVER_DOTS = "rgba(255, 255, 255, 0.85)"
OTHER_DOTS, LIMITS = "#A9B1B8", "#8A949D"
# So many sizes are worked out along each limit of the funnel.
STEPS = 48
# Places that would lie on each other along the line are stacked, in columns of one part in so many of its length.
COLUMNS = 64
# So many absent authorities are named; of more, the number is said.
NAMED = 4
# So many places at most are left beyond the chart's edge, where they are far smaller than the next.
FAR_SMALLER = 4


def every_authority(compared: Compared) -> Chart | None:
    """Every authority's figure of the year, ours and our neighbours marked; None for a count, or only neighbours held.

    A funnel where it is known what each figure is a share of, else a line along which the places stand.
    """
    if compared.is_count or not compared.every_authority or len(compared.with_value) < 2:
        return None
    return _funnel(compared) if compared.has_funnel else _strip(compared)


def _sorted(places: Sequence[Place]) -> dict[str, list[Place]]:
    """The places by how they are drawn: ours, the neighbours, all others; each from the lowest figure."""
    kinds = {"us": US, "neighbour": NEIGHBOURS}
    drawn: dict[str, list[Place]] = {US: [], NEIGHBOURS: [], OTHERS: []}
    for place in sorted(places, key=lambda place: (place.value or 0.0, place.name)):
        drawn[kinds.get(place.kind, OTHERS)].append(place)
    return {name: found for name, found in drawn.items() if found}


def _funnel(compared: Compared) -> Chart:
    base = compared.base
    assert base is not None
    places = _sorted([place for place in compared.with_value if place.of is not None])
    unit, decimals = compared.indicator.unit, compared.indicator.decimals
    everyone = [place for found in places.values() for place in found]
    lacking = [place.name for place in compared.with_value if place.of is None]
    return Chart(
        _funnel_figure(compared, places),
        title=f"Every authority, by {base.words}: outside the lines is more than chance",
        alt=_alt_places(compared, everyone) + " Lines show what chance alone would do to places of each size.",
        columns=(
            Heading("Authority"),
            Heading(base.words.capitalize(), "count", drawn=tuple(places), axis="x"),
            Heading("Figure", unit, decimals, drawn=tuple(places)),
            Heading("95% from", unit, decimals),
            Heading("95% to", unit, decimals),
        ),
        rows=tuple((one.name, one.of, one.value, one.lower, one.upper) for one in everyone),
        notes=(*_absent(compared, lacking), *_beyond(places)),
    )


def _funnel_figure(compared: Compared, places: dict[str, list[Place]]) -> go.Figure:
    import plotly.graph_objects as go

    suffix = "%" if compared.indicator.unit == "percent" else ""
    figure = charts.laid_out(go.Figure(), height=HEIGHT, suffix=suffix)
    sizes = _sizes([place.of or 1 for group in places.values() for place in group])
    for level, dash in ((0.998, "solid"), (0.95, "dash")):
        limits = compared.funnel(sizes, level=level)
        for side in (0, 1):
            figure.add_scatter(
                x=sizes, y=[limit[side] for limit in limits], name=f"limit {level} {side}", mode="lines",
                line={"color": LIMITS, "width": 1.3, "dash": dash}, meta=charts.guide(), hoverinfo="skip",
            )  # fmt: skip
    centre = compared.england.value if compared.england and compared.england.value is not None else 0.0
    figure.add_hline(y=centre, line={"color": colours.ENGLAND, "width": 1.6}, layer="below")
    _dots(figure, places, across=lambda place: place.of, up=lambda place: place.value, suffix=suffix)
    values = [place.value or 0.0 for group in places.values() for place in group]
    figure.update_yaxes(range=_span(values, suffix=suffix), nticks=7)
    figure.update_xaxes(
        type="log", range=[_log(_left(places)) - 0.03, _log(sizes[-1]) + 0.03], tickvals=_ticks(sizes),
        ticktext=[f"{tick:,}" for tick in _ticks(sizes)], showgrid=False,
    )  # fmt: skip
    ends = Ends(figure, *_span(values, suffix=suffix), HEIGHT - 58)
    ends.add(centre, f"{ENGLAND} {plain(compared, centre)}", colour=colours.ENGLAND)
    ends.write(x=1)
    figure.update_layout(margin={"r": 130})
    ours = places.get(US, ())
    _name_us(figure, compared, ours, across=lambda one: _log(one.of or 1), up=lambda one: one.value or 0.0)
    return figure


def _strip(compared: Compared) -> Chart:
    places = _sorted(compared.with_value)
    unit, decimals = compared.indicator.unit, compared.indicator.decimals
    everyone = [place for found in places.values() for place in found]
    return Chart(
        _strip_figure(compared, places),
        title=f"Every authority {compared.when}",
        alt=_alt_places(compared, everyone),
        columns=(Heading("Authority"), Heading("Figure", unit, decimals, drawn=tuple(places), axis="x")),
        rows=tuple((one.name, one.value) for one in everyone),
        notes=tuple(_absent(compared, ())),
    )


def _strip_figure(compared: Compared, places: dict[str, list[Place]]) -> go.Figure:
    import plotly.graph_objects as go

    suffix = "%" if compared.indicator.unit == "percent" else ""
    figure = charts.laid_out(go.Figure(), height=HEIGHT)
    everyone = [place for found in places.values() for place in found]
    values = [place.value or 0.0 for place in everyone]
    low, high = _span(values, suffix=suffix)
    levels = _stacked(everyone, low=low, high=high)
    _dots(figure, places, across=lambda place: place.value, up=lambda place: levels[place.code], suffix=suffix)
    tallest = max(map(abs, levels.values())) + 1.5
    figure.update_yaxes(visible=False, range=[-tallest, tallest + 1.5])
    figure.update_xaxes(range=[low, high], ticksuffix=suffix, showgrid=True, nticks=9)
    if compared.england and compared.england.value is not None:
        figure.add_vline(x=compared.england.value, line={"color": colours.ENGLAND, "width": 1.6}, layer="below")
        charts.direct_label(
            figure, f"{ENGLAND} {plain(compared, compared.england.value)}", x=compared.england.value, y=tallest + 1,
            colour=colours.ENGLAND,
        )  # fmt: skip
    _name_us(figure, compared, places.get(US, ()), across=lambda place: place.value or 0.0, up=lambda p: levels[p.code])
    return figure


def _stacked(places: Sequence[Place], *, low: float, high: float) -> dict[str, float]:
    """How high each place stands, by its code: those of one column above and below the line in turn, ours on it."""
    columns: dict[int, int] = {}
    found = {}
    for place in places:
        column = int(((place.value or 0.0) - low) / ((high - low) or 1) * COLUMNS)
        already = columns.get(column, 0)
        columns[column] = already + 1
        found[place.code] = ((already + 1) // 2) * (1.0 if already % 2 else -1.0)
    return found


def _dots(
    figure: go.Figure,
    places: dict[str, list[Place]],
    *,
    across: Callable[[Place], float | int | None],
    up: Callable[[Place], float | None],
    suffix: str,
) -> None:
    """The places as marks: ours large, the neighbours square, all others grey and beneath."""
    marks = {
        OTHERS: {"color": OTHER_DOTS, "size": 8, "symbol": "circle"},
        NEIGHBOURS: {"color": colours.NEIGHBOURS, "size": 11, "symbol": "square"},
        US: {"color": colours.US, "size": 17, "symbol": "circle"},
    }
    for name, mark in ((name, mark) for name, mark in marks.items() if name in places):
        figure.add_scatter(
            x=[across(place) for place in places[name]], y=[up(place) for place in places[name]], name=name,
            mode="markers", marker=mark | {"line": {"color": colours.GROUND, "width": 1}},
            text=[place.name for place in places[name]],
            customdata=[place.value for place in places[name]],
            hovertemplate=f"%{{text}}: %{{customdata}}{suffix}<extra></extra>",
        )  # fmt: skip


def _name_us(
    figure: go.Figure,
    compared: Compared,
    ours: Sequence[Place],
    *,
    across: Callable[[Place], float],
    up: Callable[[Place], float],
) -> None:
    for place in ours:
        words = f"{US} {plain(compared, place.value or 0.0)}"
        charts.direct_label(
            figure, words, x=across(place), y=up(place), colour=colours.US, shift=(0, 22), anchor="center"
        )
        # Dots beneath it would be read as part of it.
        figure.layout.annotations[-1].update(bgcolor=OVER_DOTS, text=f"<b>{words}</b>", borderpad=1)


def _sizes(of: Sequence[int]) -> list[float]:
    """Sizes from the smallest to the largest, evenly along a scale of proportions."""
    low, high = math.log(min(of)), math.log(max(of))
    return [math.exp(low + (high - low) * step / (STEPS - 1)) for step in range(STEPS)]


def _left(places: dict[str, list[Place]]) -> float:
    """Where the chart begins: at the smallest place but for the few that are far smaller than all others."""
    sizes = sorted(place.of or 1 for group in places.values() for place in group)
    ours = [place.of or 1 for place in places.get(US, ())]
    return min([sizes[0] if sizes[0] > sizes[FAR_SMALLER] / 3 else sizes[FAR_SMALLER] / 1.3, *ours])


def _beyond(places: dict[str, list[Place]]) -> Iterator[str]:
    """The places that are too small to stand on the chart; they are in its table."""
    names = [place.name for group in places.values() for place in group if (place.of or 1) < _left(places)]
    if names:
        yield f"Too small to stand on the chart: {_named(names)}"


def _ticks(sizes: Sequence[float]) -> list[int]:
    """Round numbers between the smallest size and the largest."""
    low, high = int(_log(sizes[0])), math.ceil(_log(sizes[-1]))
    every = [step * 10**power for power in range(low, high + 1) for step in (1, 2, 5)]
    return [tick for tick in every if sizes[0] <= tick <= sizes[-1]]


def _span(values: Sequence[float], *, suffix: str) -> list[float]:
    """The axis's ends: from 0 unless all figures lie far from it; with room beyond the last."""
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 1
    top = high + room
    return [0.0 if low < high * 0.5 else low - room, min(top, 102.0) if suffix else top]


def _log(number: float) -> float:
    """The place of a number on an axis of proportions."""
    return math.log10(number)


def _absent(compared: Compared, lacking: Sequence[str]) -> Iterator[str]:
    """Who is not drawn, and why."""
    names = [place.name for place in compared.places if place.value is None]
    if names:
        yield f"No figure: {_named(names)}"
    if lacking:
        yield f"Not drawn, because it is not published of how many: {_named(lacking)}"


def _named(names: Sequence[str]) -> str:
    return charts.joined(names) if len(names) <= NAMED else f"{len(names)} authorities"


def _alt_places(compared: Compared, everyone: Sequence[Place]) -> str:
    """The chart in words: how many places, between which figures, and where we stand."""
    values = [place.value for place in everyone if place.value is not None]
    said = [
        f"{compared.indicator.title}, {compared.when}: {len(everyone)} authorities from "
        f"{plain(compared, min(values))} to {plain(compared, max(values))}."
    ]
    if compared.own.value is not None:
        below = sum(value < compared.own.value for value in values)
        said.append(f"We are at {plain(compared, compared.own.value)}; {below} are lower.")
    if compared.england and compared.england.value is not None:
        said.append(f"England is at {plain(compared, compared.england.value)}.")
    return " ".join(said)
