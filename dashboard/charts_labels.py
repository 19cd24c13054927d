"""Words on a chart, placed so that they neither cover the line nor each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from dashboard import charts, colours
from dashboard.charts_runs import Run
from metrics.annotations import Annotation

if TYPE_CHECKING:
    import plotly.graph_objects as go

# The narrowest a chart is drawn on a screen of 1280, and what a letter takes: words that fit there fit anywhere.
PLOT_WIDTH, PLOT_HEIGHT = 930, 350
LETTER, LINE = 7.6, 20
# Charts with more stories than this name the latest.
MOST_RUNS = 3
# How far words may reach over the middle of the day they are of, as a share of the chart.
_EDGE = 0.5


@dataclass
class Ends:
    """Words at the right ends of lines, moved up or down until they do not touch."""

    figure: go.Figure
    low: float
    high: float
    height: float
    _asked: list[tuple[float, str]] = field(default_factory=list)

    def add(self, value: float, text: str, *, colour: str, bold: bool = False) -> None:
        """Asks for `text` at the height of `value`; what is asked first stays nearest to its place."""
        said = escape(text, quote=False)
        weight = f"<b>{said}</b>" if bold else said
        self._asked.append((value, f'<span style="color:{colour}">{weight}</span>'))

    def write(self, *, x: float) -> None:
        """Writes them all, at `x` of the chart's width."""
        scale = self.height / ((self.high - self.low) or 1)
        taken: list[float] = []
        for value, said in self._asked:
            wanted = (value - self.low) * scale
            level = next(place for place in _near(wanted) if all(abs(place - other) >= LINE for other in taken))
            taken.append(level)
            self.figure.add_annotation(
                text=said, xref="paper", x=x, y=value, xanchor="left", xshift=10, yshift=level - wanted,
                showarrow=False, align="left", font={"family": charts.FONT, "size": charts.TEXT},
            )  # fmt: skip


def _near(wanted: float) -> list[float]:
    """Heights in pixels, the nearest to `wanted` first."""
    return [wanted + sign * step for step in range(0, 400, 2) for sign in (1, -1)]


def notes_above(figure: go.Figure, within: Sequence[Annotation], *, first: date, last: date) -> int:
    """How many rows of words stand above the chart, once each annotation has its line and its words there."""
    span = (last - first) / timedelta(days=1) or 1
    ends: list[float] = []
    for one in within:
        place = (one.day - first) / timedelta(days=1) / span * PLOT_WIDTH
        said = one.says if one.kind == "note" else f"judged anew: {one.says} ({one.name})"
        wide = len(said) * LETTER
        left = place > PLOT_WIDTH * _EDGE
        start, end = (place - wide, place) if left else (place, place + wide)
        row = next((row for row, taken in enumerate(ends) if start > taken + LETTER), len(ends))
        ends[row : row + 1] = [end]
        figure.add_shape(
            type="line", x0=one.day, x1=one.day, yref="paper", y0=0, y1=1, layer="above",
            line={"color": colours.QUIET, "width": 1, "dash": "dash" if one.kind == "rebase" else "dot"},
        )  # fmt: skip
        figure.add_annotation(
            text=escape(said, quote=False), x=one.day, yref="paper", y=1, yanchor="bottom", yshift=1 + 22 * row,
            xanchor="right" if left else "left", xshift=3 if left else -3, showarrow=False,
            font={"family": charts.FONT, "size": charts.SMALL_TEXT, "color": colours.INK},
        )  # fmt: skip
    return len(ends)


def words_of_runs(
    figure: go.Figure,
    found: Sequence[Run],
    days: Sequence[date],
    values: Sequence[float | None],
    *,
    low: float,
    high: float,
) -> None:
    """Writes beside the latest runs what was seen, on the side where nothing is drawn."""
    span = (days[-1] - days[0]) / timedelta(days=1) or 1
    across = [(day - days[0]) / timedelta(days=1) / span * PLOT_WIDTH for day in days]
    up = [None if value is None else (value - low) / ((high - low) or 1) * PLOT_HEIGHT for value in values]
    taken: list[tuple[float, float, float, float]] = []
    said: set[tuple[str, str]] = set()
    for run in reversed(found[-MOST_RUNS:]):
        if (run.said, run.kind) in said:
            continue
        said.add((run.said, run.kind))
        lines = run.said.split(", ")
        wide, tall = max(map(len, lines)) * LETTER, len(lines) * LINE
        box = _free(run, across, up, taken, wide, tall)
        if box is None:
            continue
        taken.append(box)
        middle, bottom = (box[0] + box[2]) / 2, box[1]
        figure.add_annotation(
            text="<br>".join(escape(line, quote=False) for line in lines),
            x=days[0] + timedelta(days=middle / PLOT_WIDTH * span), xanchor="center",
            y=low + (bottom + tall / 2) / PLOT_HEIGHT * (high - low), yanchor="middle", showarrow=False,
            font={"family": charts.FONT, "size": charts.TEXT, "color": run.colour},
        )  # fmt: skip


def _free(
    run: Run,
    across: Sequence[float],
    up: Sequence[float | None],
    taken: Sequence[tuple[float, float, float, float]],
    wide: float,
    tall: float,
) -> tuple[float, float, float, float] | None:
    """The nearest box beside the run's points that covers no line and no other words; None where there is none."""
    heights = [height for place in run.places if (height := up[place]) is not None]
    ends = [across[run.places[0]], across[run.places[-1]]]
    middle = min(max(sum(ends) / 2, wide / 2), PLOT_WIDTH - wide / 2)
    above, below = max(heights) + 14, min(heights) - 14 - tall
    order = [above, below] if run.high else [below, above]
    sides = [(order[0], 1 if run.high else -1), (order[1], -1 if run.high else 1)]
    for start, way in sides:
        for away in range(0, 100, 20):
            for sideways in (0, -60, 60, -120, 120, -180, 180):
                left = middle + sideways - wide / 2
                level = min(max(start + way * away, 4), PLOT_HEIGHT - tall)
                box = (left, level, left + wide, level + tall)
                inside = left >= 0 and box[2] <= PLOT_WIDTH
                if inside and not _covers(box, across, up) and not any(_touch(box, other) for other in taken):
                    return box
    return None


def _covers(box: tuple[float, float, float, float], across: Sequence[float], up: Sequence[float | None]) -> bool:
    """Whether the line through the points passes through the box (with a little room around)."""
    left, bottom, right, top = box[0] - 8, box[1] - 8, box[2] + 8, box[3] + 8
    for (x, y), (x_next, y_next) in zip(
        zip(across, up, strict=True), [*zip(across[1:], up[1:], strict=True), (across[-1], up[-1])], strict=True
    ):
        if y is None:
            continue
        end = (x_next, y if y_next is None else y_next)
        for step in range(11):
            at = x + (end[0] - x) * step / 10, y + (end[1] - y) * step / 10
            if left <= at[0] <= right and bottom <= at[1] <= top:
                return True
    return False


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
