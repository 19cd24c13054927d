"""A published figure beside our neighbours' and England's, year by year, as a chart. Every authority: charts_places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from dashboard import charts, colours, figures
from dashboard.charts import Chart, Heading, Value
from dashboard.charts_labels import Ends
from metrics.benchmarks import Benchmark
from metrics.comparisons import Compared
from metrics.result import STATUS_WORDS

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 360
US, NEIGHBOURS, ENGLAND = "Us", "Neighbours", "England"


def plain(compared: Compared, value: float) -> str:
    """A number of the comparison with its unit."""
    return figures.plain(value, unit=compared.indicator.unit, decimals=compared.indicator.decimals)


def years(compared: Compared) -> Chart | None:
    """Our published figure, the neighbours' average and England's for every year held; None where we have none."""
    if not any(one.own is not None for one in compared.years):
        return None
    when = tuple(str(one.year) for one in compared.years)
    lines: dict[str, tuple[float | None, ...]] = {US: tuple(one.own for one in compared.years)}
    if not compared.is_count:
        lines |= {
            NEIGHBOURS: tuple(one.neighbours for one in compared.years),
            ENGLAND: tuple(one.england for one in compared.years),
        }
    lines = {name: values for name, values in lines.items() if any(value is not None for value in values)}
    return Chart(
        _lines(compared, when, lines),
        title=f"Us since {when[0]}" if compared.is_count else f"Us, our neighbours and England since {when[0]}",
        alt=_alt_years(compared, lines),
        columns=tuple(_year_columns(compared, lines)),
        rows=tuple(_year_row(compared, one) for one in compared.years),
        notes=tuple(_gaps(compared)),
    )


def _year_columns(compared: Compared, lines: Collection[str]) -> Iterator[Heading]:
    unit, decimals = compared.indicator.unit, compared.indicator.decimals

    def drawn(name: str) -> tuple[str, ...]:
        return (name,) if name in lines else ()

    yield Heading("Year")
    yield Heading(US, unit, decimals, drawn=drawn(US))
    yield Heading("Why no figure")
    if not compared.is_count:
        yield Heading(f"Neighbours ({compared.average})", unit, decimals, drawn=drawn(NEIGHBOURS))
        yield Heading("Neighbours with a figure")
        yield Heading(compared.region.name if compared.region else "Region", unit, decimals)
        yield Heading(ENGLAND, unit, decimals, drawn=drawn(ENGLAND))


def _year_row(compared: Compared, one: Benchmark) -> tuple[Value, ...]:
    mine: tuple[Value, ...] = (str(one.year), one.own, "" if one.own is not None else STATUS_WORDS[one.status])
    if compared.is_count:
        return mine
    present = f"{one.neighbours_present} of {one.neighbours_of}"
    return (*mine, one.neighbours, present, one.region, one.england)


def _gaps(compared: Compared) -> Iterator[str]:
    """What stands in the place of each year that has no figure of ours: the letter and its words."""
    for one in compared.years:
        if one.own is None:
            yield f"{one.year}: {one.status}, {STATUS_WORDS[one.status]}"


def _lines(compared: Compared, when: Sequence[str], lines: dict[str, tuple[float | None, ...]]) -> go.Figure:
    import plotly.graph_objects as go

    suffix = "%" if compared.indicator.unit == "percent" else ""
    figure = charts.laid_out(go.Figure(), height=HEIGHT, suffix=suffix)
    styles = {
        ENGLAND: (colours.ENGLAND, 2.2, "dot", 0),
        NEIGHBOURS: (colours.NEIGHBOURS, 2.6, "dash", 0),
        US: (colours.US, 3.6, "solid", 9),
    }
    # Ours last, so that it lies on top.
    for name in (name for name in styles if name in lines):
        colour, width, dash, size = styles[name]
        alone = _alone(lines[name])
        figure.add_scatter(
            x=when, y=lines[name], name=name, mode="lines+markers", connectgaps=False,
            line={"color": colour, "width": width, "dash": dash},
            marker={"color": colour, "size": [size or (7 if place in alone else 0) for place in range(len(when))]},
            hovertemplate=f"{name} %{{x}}: %{{y}}{suffix}<extra></extra>",
        )  # fmt: skip
    known = [value for values in lines.values() for value in values if value is not None]
    top = (max(known) * 1.1) or 1
    figure.update_yaxes(range=[0, min(top, 103) if suffix else top], nticks=6)
    figure.update_xaxes(type="category", range=[-0.3, len(when) - 0.7])
    figure.update_layout(margin={"r": 150})
    for place, one in enumerate(compared.years):
        if one.own is None:
            # By its place: a name that is a number would be taken for one.
            charts.direct_label(
                figure, one.status, x=place, y=0, colour=colours.QUIET, shift=(0, 14), anchor="center"
            )
    _name_ends(figure, compared, when, lines, top)
    return figure


def _alone(values: Sequence[float | None]) -> set[int]:
    """The places of figures with none before or after them, which a line alone would not show."""
    padded = [None, *values, None]
    return {
        place for place in range(len(values))
        if padded[place + 1] is not None and padded[place] is None and padded[place + 2] is None
    }  # fmt: skip


def _name_ends(
    figure: go.Figure, compared: Compared, when: Sequence[str], lines: dict[str, tuple[float | None, ...]], top: float
) -> None:
    """Each line's name and last figure at its end, ours first in its own place."""
    ends = Ends(figure, 0, top, HEIGHT - 58)
    ink = {US: colours.US, ENGLAND: colours.ENGLAND, NEIGHBOURS: colours.NEIGHBOURS_TEXT}
    for name, colour in ink.items():
        values = lines.get(name, ())
        last = max((place for place, value in enumerate(values) if value is not None), default=None)
        if last is not None:
            value = values[last] or 0.0
            dated = "" if last == len(when) - 1 else f" ({when[last]})"
            ends.add(value, f"{name} {plain(compared, value)}{dated}", colour=colour, bold=name == US)
    ends.write(x=1)


def _alt_years(compared: Compared, lines: dict[str, tuple[float | None, ...]]) -> str:
    said = []
    for name, values in lines.items():
        known = [(one.year, value) for one, value in zip(compared.years, values, strict=True) if value is not None]
        if known:
            (first, was), (last, now) = known[0], known[-1]
            said.append(f"{name} {plain(compared, was)} in {first}, {plain(compared, now)} in {last}")
    return f"A line for each since {compared.years[0].year}. {'. '.join(said)}. {'. '.join(_gaps(compared))}".strip()
