"""Small pictures that stand inside a table: a trend, and a place among others.

Each is an SVG made here and handed to the browser as an image with alt text,
because the table's markup is sanitised and inline SVG is dropped from it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard import colours

_TREND_WIDTH, _TREND_HEIGHT = 150, 27
_SCALE_WIDTH, _SCALE_HEIGHT = 120, 18
_INTERVAL_WIDTH = 260
_MARGIN = 5


@dataclass(frozen=True)
class Picture:
    """An SVG image and the words that stand for it. `width` and `height` are in pixels."""

    svg: str
    alt: str
    width: int
    height: int

    @property
    def source(self) -> str:
        """The image as a data address, so that the browser asks nobody for it."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode("ascii")


def trend(
    values: Sequence[float | None],
    *,
    alt: str,
    band: Sequence[tuple[float, float] | None] = (),
    last_colour: str = colours.US,
) -> Picture | None:
    """A line through `values` in date order, its last figure marked; gaps stay gaps.

    `band` is the range expected of each point, drawn behind it in grey. None where fewer than two points have a
    figure: one point is no trend.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    limits = [limit for pair in band if pair is not None for limit in pair]
    low, high = min([*known, *limits]), max([*known, *limits])
    span = (high - low) or 1.0
    step = (_TREND_WIDTH - 2 * _MARGIN) / (len(values) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        level = 0.5 if high == low else (value - low) / span
        return _MARGIN + index * step, _TREND_HEIGHT - _MARGIN - level * (_TREND_HEIGHT - 2 * _MARGIN)

    marks = [_band_part(index, pair, step, place) for index, pair in enumerate(band) if pair is not None]
    for run in _runs(values):
        points = [place(index, value) for index, value in run]
        if len(points) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            marks.append(
                f'<polyline points="{path}" fill="none" stroke="{colours.QUIET}" '
                'stroke-width="1.8" stroke-linejoin="round"/>'
            )
        else:
            x, y = points[0]
            marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{colours.QUIET}"/>')
    last = max(index for index, value in enumerate(values) if value is not None)
    x, y = place(last, known[-1])
    marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.2" fill="{last_colour}"/>')
    return Picture(_svg(_TREND_WIDTH, _TREND_HEIGHT, marks), alt, _TREND_WIDTH, _TREND_HEIGHT)


def _band_part(
    index: int, pair: tuple[float, float], step: float, place: Callable[[int, float], tuple[float, float]]
) -> str:
    """The piece of the grey band about one point."""
    x, top = place(index, pair[1])
    _, bottom = place(index, pair[0])
    return (
        f'<rect x="{x - step / 2:.1f}" y="{top:.1f}" width="{step + 0.3:.1f}" height="{max(bottom - top, 0.8):.1f}" '
        f'fill="{colours.HAIRLINE}"/>'
    )


def severity(of: Literal["alert", "watch"]) -> Picture:
    """The mark of an exception: a full triangle for an alert, an empty one for what to watch; its word is beside it."""
    fill = colours.WORSE if of == "alert" else "none"
    drawn = f'<path d="M7 1.5 13 12.5H1Z" fill="{fill}" stroke="{colours.WORSE}" stroke-width="1.6"/>'
    return Picture(_svg(14, 14, [drawn]), "", 14, 14)


def scale(*, us: float | None, neighbours: float | None, england: float | None, alt: str) -> Picture | None:
    """One line with our figure as a dot, the neighbours' as a square and England's as a bar.

    None where there is nothing to compare with.
    """
    others = [value for value in (neighbours, england) if value is not None]
    if us is None or not others:
        return None
    everyone = [us, *others]
    low, high = min(everyone), max(everyone)
    # A tenth of the larger figure at least, so that near-equal figures are drawn near each other.
    span = max(high - low, abs(high) * 0.25, 1e-9)
    start = (low + high) / 2 - span * 0.6

    def across(value: float) -> float:
        return _MARGIN + (value - start) / (span * 1.2) * (_SCALE_WIDTH - 2 * _MARGIN)

    middle = _SCALE_HEIGHT / 2
    marks = [
        f'<line x1="2" x2="{_SCALE_WIDTH - 2}" y1="{middle}" y2="{middle}" '
        f'stroke="{colours.HAIRLINE}" stroke-width="2"/>'
    ]
    if england is not None:
        marks.append(
            f'<rect x="{across(england) - 1.5:.1f}" y="1" width="3" height="{_SCALE_HEIGHT - 2}" '
            f'fill="{colours.ENGLAND}"/>'
        )
    if neighbours is not None:
        marks.append(
            f'<rect x="{across(neighbours) - 4.5:.1f}" y="{middle - 4.5}" width="9" height="9" '
            f'fill="{colours.NEIGHBOURS}"/>'
        )
    marks.append(
        f'<circle cx="{across(us):.1f}" cy="{middle}" r="5.5" fill="{colours.US}" '
        f'stroke="{colours.GROUND}" stroke-width="1"/>'
    )
    return Picture(_svg(_SCALE_WIDTH, _SCALE_HEIGHT, marks), alt, _SCALE_WIDTH, _SCALE_HEIGHT)


def interval(
    value: float, lower: float | None, upper: float | None, *, county: float | None, low: float, high: float, alt: str
) -> Picture:
    """A group's figure as a dot on its interval, between `low` and `high`, with the county's figure as a bar."""
    span = (high - low) or 1.0

    def across(number: float) -> float:
        level = min(max((number - low) / span, 0.0), 1.0)
        return _MARGIN + level * (_INTERVAL_WIDTH - 2 * _MARGIN)

    middle = _SCALE_HEIGHT / 2
    marks = []
    if county is not None:
        marks.append(
            f'<rect x="{across(county) - 1:.1f}" y="0" width="2" height="{_SCALE_HEIGHT}" fill="{colours.QUIET}"/>'
        )
    if lower is not None and upper is not None:
        marks.append(
            f'<line x1="{across(lower):.1f}" x2="{across(upper):.1f}" y1="{middle}" y2="{middle}" '
            f'stroke="{colours.US}" stroke-width="3" stroke-opacity="0.45"/>'
        )
    marks.append(f'<circle cx="{across(value):.1f}" cy="{middle}" r="5" fill="{colours.US}"/>')
    return Picture(_svg(_INTERVAL_WIDTH, _SCALE_HEIGHT, marks), alt, _INTERVAL_WIDTH, _SCALE_HEIGHT)


def mark(who: Literal["us", "neighbours", "england", "county"]) -> Picture:
    """One mark of `scale` by itself, for the key beside the table; its words stand next to it."""
    drawn = {
        "us": f'<circle cx="7" cy="7" r="5.5" fill="{colours.US}"/>',
        "neighbours": f'<rect x="2.5" y="2.5" width="9" height="9" fill="{colours.NEIGHBOURS}"/>',
        "england": f'<rect x="5.5" y="0" width="3" height="14" fill="{colours.ENGLAND}"/>',
        "county": f'<rect x="6" y="0" width="2" height="14" fill="{colours.QUIET}"/>',
    }
    return Picture(_svg(14, 14, [drawn[who]]), "", 14, 14)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is not None:
            runs[-1].append((index, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _svg(width: int, height: int, marks: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{"".join(marks)}</svg>'
    )
