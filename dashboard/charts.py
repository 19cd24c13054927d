"""What every chart of every page is: a figure, the words for it, and the same figures as a table and a file.

A chart is made once, from one list of Results, and cannot be made when what it draws and what its table says differ.
Builders: charts_over_time.py (a figure by its periods), charts_compared.py (a figure beside other places').
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import colours, figures, table
from dashboard.table import Cell, Section, Table

if TYPE_CHECKING:
    import plotly.graph_objects as go

Value = str | float | int | None

FONT = "Source Sans, Arial, sans-serif"
TEXT, SMALL_TEXT = 16, 14
# No buttons over the chart, and no dragging: a finger on a shared screen should scroll the page.
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
# A cell that starts with one of these would be a formula in a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class ChartDisagrees(ValueError):
    """A chart and its table would say different things, or one of them nothing."""


@dataclass(frozen=True)
class Heading:
    """A column of the table twin.

    `unit` (a Result's) and `decimals` say how its numbers are written; without a unit they are text. `drawn` names
    the figure's traces that draw the column, in the order of the rows, along `axis`.
    """

    title: str
    unit: str | None = None
    decimals: int = 0
    drawn: tuple[str, ...] = ()
    axis: str = "y"

    def written(self, value: Value) -> str:
        """A value of the column as the table shows it; nothing where there is none."""
        if value is None or isinstance(value, str):
            return value or ""
        return figures.plain(value, unit=self.unit or "count", decimals=self.decimals)


@dataclass(frozen=True)
class Chart:
    """A figure, a title that says what it shows, the words for who cannot see it, and its table twin.

    `rows` are plain values in the order of `columns`, None where there is no figure. `notes` are small words under
    the chart, and the end of its file. Raises ChartDisagrees.
    """

    figure: go.Figure = field(repr=False)
    title: str
    alt: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in disagreements(self):
            raise ChartDisagrees(problem)

    @property
    def table(self) -> Table:
        """The same figures as a table."""
        columns = [
            table.Column(one.title, "name" if place == 0 else "number" if one.unit else "quiet")
            for place, one in enumerate(self.columns)
        ]
        rows = [
            [Cell(one.written(value), absent=value is None) for one, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]
        return Table(self.title, columns, [Section("", rows)], set_as="twin")

    @property
    def csv(self) -> str:
        """The same figures as a file: numbers plain, text that a spreadsheet cannot take for a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([as_text(one.title) for one in self.columns])
        writer.writerows([as_text(value) for value in row] for row in self.rows)
        writer.writerows([[], *([as_text(said)] for said in (self.title, *self.notes))])
        return out.getvalue()


def disagreements(chart: Chart) -> Iterator[str]:
    """What is wrong with a chart: words that are missing, and every column that its figure draws differently."""
    for name in ("title", "alt"):
        if not getattr(chart, name).strip():
            yield f"a chart has no {name}"
    traces = {trace.name: trace for trace in chart.figure.data}
    named = [name for one in chart.columns for name in one.drawn]
    for name in sorted({str(name) for name in traces} - set(named)):
        if not (traces[name].meta or {}).get("guide"):
            yield f"the chart {chart.title!r} draws {name}, which its table lacks"
    for place, heading in enumerate(chart.columns):
        if not heading.drawn:
            continue
        if missing := [name for name in heading.drawn if name not in traces]:
            yield f"the chart {chart.title!r} does not draw {', '.join(missing)}"
            continue
        drawn = [_plain(value) for name in heading.drawn for value in getattr(traces[name], heading.axis)]
        said = [row[place] for row in chart.rows]
        if drawn != said:
            yield f"the chart {chart.title!r} and its table differ in {heading.title}"


def guide() -> dict[str, bool]:
    """The `meta` of a trace that guides the eye (a band's edge, a line through an average) and has no column."""
    return {"guide": True}


def laid_out(figure: go.Figure, *, height: int, suffix: str = "", prefix: str = "", left: int = 64) -> go.Figure:
    """The figure in the house's type and colours: hairlines, no legend, room for the axis's figures."""
    axis = {
        "gridcolor": colours.HAIRLINE, "zeroline": False, "fixedrange": True, "linecolor": colours.QUIET,
        "tickfont": {"size": TEXT, "color": colours.INK}, "layer": "below traces", "automargin": True,
    }  # fmt: skip
    figure.update_layout(
        template="none", height=height, showlegend=False, dragmode=False, hovermode="closest",
        font={"family": FONT, "size": TEXT, "color": colours.INK},
        paper_bgcolor=colours.GROUND, plot_bgcolor=colours.GROUND,
        margin={"l": left, "r": 24, "t": 18, "b": 40},
        hoverlabel={"font": {"family": FONT, "size": TEXT, "color": colours.INK}, "bgcolor": colours.GROUND},
        xaxis=axis | {"showgrid": False, "showline": True},
        yaxis=axis | {"ticksuffix": suffix, "tickprefix": prefix, "showline": False, "separatethousands": True},
    )  # fmt: skip
    return figure


def direct_label(
    figure: go.Figure,
    text: str,
    *,
    x: Any,
    y: float,
    colour: str,
    shift: tuple[int, int] = (8, 0),
    anchor: str = "left",
) -> None:
    """Writes words at a point of the chart, where the eye is; their text is never read as markup."""
    figure.add_annotation(
        text=escape(text, quote=False), x=x, y=y, xanchor=anchor, xshift=shift[0], yshift=shift[1], showarrow=False,
        align="left", font={"family": FONT, "size": TEXT, "color": colour},
    )  # fmt: skip


def show(chart: Chart, *, key: str) -> None:
    """Draws the chart under its title, then its notes, the table of the same figures, and their file."""
    st.html(f'<h3 class="chart">{escape(chart.title)}</h3>')
    st.plotly_chart(chart.figure, theme=None, width="stretch", config=CONFIG, alt=chart.alt, key=f"chart_{key}")
    if chart.notes:
        st.html(f'<p class="quiet">{escape(" · ".join(chart.notes))}</p>')
    twin(chart, key=key)


def twin(chart: Chart, *, key: str) -> None:
    """The chart's figures as a table that opens, and as a file."""
    with st.expander("These figures as a table", key=f"twin_{key}", type="compact"):
        st.html(f'<div class="twin" data-of="{escape(key)}">{table.markup(chart.table)}</div>')
        st.download_button(
            "Download as CSV", chart.csv.encode("utf-8-sig"), file_name=f"{key}.csv", mime="text/csv",
            key=f"csv_{key}", on_click="ignore",
        )  # fmt: skip


def _plain(value: Any) -> Value:
    """A value that a trace holds, as plain Python; what is no number is None."""
    if value is None or isinstance(value, str):
        return value
    number = float(value)
    return None if number != number else number


def as_text(value: object) -> object:
    """A cell of a file: text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
