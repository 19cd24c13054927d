"""The pictures of docs/reading-the-figures.md, each drawn from figures that the methods themselves have judged.

The figures in them are made up. The words in a picture are in the text beside it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard import colours, icons
from metrics import compare, intervals
from metrics.disclosure import protect
from metrics.process import ASSURANCE_WORDS, VARIATION_WORDS
from metrics.spc import analyse

WIDTH = 760
_EXPECTED, _GREY = "#E3E7EB", "#A9B1B8"
# Twenty-four months of a made-up share, of which the last lies beyond the expected range.
MONTHS = (
    62.0, 66.0, 59.0, 64.0, 68.0, 61.0, 65.0, 63.0, 58.0, 66.0, 64.0, 60.0, 67.0, 62.0, 65.0, 61.0, 63.0, 68.0, 60.0,
    64.0, 66.0, 62.0, 65.0, 44.0,
)  # fmt: skip
TARGETS = (50.0, 66.0, 85.0)
# Re-referrals of three made-up places: how many, and of how many referrals.
PLACES = (("A large place", 520, 2000), ("A middling place", 60, 200), ("A small place", 12, 40))
AVERAGE = 22.0
COUNTS = {"Police": (3, 12, 20), "Schools": (10, 11, 12), "Health": (25, 18, 31)}
TEAMS = ("North", "South", "West")


def pictures() -> dict[str, str]:
    """Every picture's SVG, by its file's name without the ending."""
    drawn = {"variation": _variation(), "target": _target(), "interval": _interval(), "hidden": _hidden()}
    drawn["funnel"] = _funnel()
    for icon, words in VARIATION_WORDS.items():
        drawn[f"icon-{icon.replace('_', '-')}"] = _alone(icons.variation(icon).svg, words)
    for aim, words in ASSURANCE_WORDS.items():
        drawn[f"icon-{aim}"] = _alone(icons.assurance(aim).svg, words)
    return drawn


def _alone(svg: str, words: str) -> str:
    """An icon as a picture of its own, with its word for whoever cannot see it."""
    return svg.replace(">", f"><title>{escape(words)}</title>", 1) + "\n"


def _variation() -> str:
    """A run chart of months with its expected range, the last point beyond it and coloured."""
    found = analyse(MONTHS, better="higher", baseline=23)
    low, high = found.lower[-1] or 0.0, found.upper[-1] or 0.0
    height = 250

    def up(value: float) -> float:
        return height - 30 - (value - 35) / 50 * (height - 60)

    def across(place: int) -> float:
        return 30 + place * 22

    marks = [
        f'<rect x="20" y="{up(high):.1f}" width="540" height="{up(low) - up(high):.1f}" fill="{_EXPECTED}"/>',
        f'<line x1="20" x2="560" y1="{up(found.mean[-1] or 0):.1f}" y2="{up(found.mean[-1] or 0):.1f}" '
        f'stroke="{colours.QUIET}" stroke-dasharray="5 4"/>',
        _line([(across(place), up(value)) for place, value in enumerate(MONTHS)]),
    ]
    for place, value in enumerate(MONTHS):
        last = place == len(MONTHS) - 1
        colour = icons.colour(found.variation) if last and found.variation else colours.QUIET
        marks.append(_dot(across(place), up(value), 8 if last else 4, colour))
    marks += [
        _words(572, up(high) + 6, "the expected range:"),
        _words(572, up(high) + 26, "what months vary by"),
        _words(572, up(found.mean[-1] or 0) + 16, "the average"),
        _words(572, up(MONTHS[-1]) + 6, "below it: concern", colour=colours.WORSE, bold=True),
    ]
    return _svg(height, "Months that vary within their range, and a last one below it, in orange", marks)


def _target() -> str:
    """Three ranges and a target: beneath the range, within it, above it."""
    marks = []
    height = 210
    for place, target in enumerate(TARGETS):
        found = analyse(MONTHS[:-1], better="higher", target=target)
        low, high = found.lower[-1] or 0.0, found.upper[-1] or 0.0
        left = 20 + place * 250

        def up(value: float) -> float:
            return 160 - (value - 40) / 55 * 140

        marks.append(
            f'<rect x="{left}" y="{up(high):.1f}" width="200" height="{up(low) - up(high):.1f}" fill="{_EXPECTED}"/>'
        )
        shown = MONTHS[5:17]
        points = [(left + 10 + step * 16, up(value)) for step, value in enumerate(shown)]
        marks.append(_line(points))
        marks.append(
            f'<line x1="{left}" x2="{left + 200}" y1="{up(target):.1f}" y2="{up(target):.1f}" '
            f'stroke="{colours.INK}" stroke-width="2"/>'
        )
        marks.append(_words(left, up(target) - 6, f"target {target:.0f}%"))
        if found.assurance is not None:
            icon = icons.assurance(found.assurance).svg.replace("<svg ", f'<svg x="{left}" y="172" ', 1)
            marks += [icon, _words(left + 36, 191, ASSURANCE_WORDS[found.assurance], bold=True)]
    return _svg(height, "A target below the range is met, one within it now and then, one above it is missed", marks)


def _interval() -> str:
    """Three places with about the same figure and intervals of different widths, against one average."""

    def across(value: float) -> float:
        return 190 + (value - 10) / 40 * 400

    marks = [
        f'<line x1="{across(AVERAGE):.1f}" x2="{across(AVERAGE):.1f}" y1="24" y2="176" stroke="{colours.ENGLAND}" '
        'stroke-width="2"/>',
        _words(across(AVERAGE) - 4, 18, f"average {AVERAGE:.0f}%", colour=colours.ENGLAND, anchor="middle"),
    ]
    for place, (name, count, of) in enumerate(PLACES):
        found = intervals.proportion(count, of)
        low, high, height = found.lower or 0.0, found.upper or 0.0, 52 + place * 50
        words = "higher than average" if low > AVERAGE else "similar to average"
        marks += [
            _words(10, height, name, bold=True),
            _words(10, height + 19, f"{count} of {of:,}: {found.value:.0f}%", small=True),
            f'<line x1="{across(low):.1f}" x2="{across(high):.1f}" y1="{height}" y2="{height}" stroke="{colours.US}" '
            'stroke-width="5" stroke-opacity="0.4"/>',
            _dot(across(found.value), height, 7, colours.US),
            _words(across(high) + 12, height + 5, words),
        ]
    return _svg(200, "The same share is higher than average in large places, and similar to it in a small one", marks)


def _hidden() -> str:
    """A table before and after protection: the small count is hidden, and others with it that would give it away."""
    shown = protect([list(row) for row in COUNTS.values()], scheme="closed")
    marks = [_words(20, 24, "As counted", bold=True), _words(410, 24, "As shown", bold=True)]
    for left, cells in ((20, list(COUNTS.values())), (410, shown)):
        for place, team in enumerate(TEAMS):
            marks.append(_words(left + 130 + place * 70, 52, team, anchor="end", small=True))
        for line, (name, row) in enumerate(zip(COUNTS, cells, strict=True)):
            height = 82 + line * 30
            rule = height - 20
            marks.append(f'<line x1="{left}" x2="{left + 290}" y1="{rule}" y2="{rule}" stroke="{_GREY}"/>')
            marks.append(_words(left, height, name))
            for place, cell in enumerate(row):
                marks.append(_cell(left + 130 + place * 70, height, cell))
    return _svg(160, "A count of three is hidden, and with it three others from which it could be worked out", marks)


def _cell(x: float, y: float, cell: object) -> str:
    value, status = cell if isinstance(cell, tuple) else (cell, "ok")
    if status == "c":
        return _words(x, y, "hidden", anchor="end", colour=colours.NO_JUDGEMENT, bold=True)
    return _words(x, y, f"{value:.0f}" if isinstance(value, (int, float)) else str(value), anchor="end")


def _funnel() -> str:
    """The limits of chance round an average: wide for small places, narrow for large ones."""
    sizes = [20 + 20 * step for step in range(25)]

    def across(size: float) -> float:
        return 40 + size / 500 * 480

    def up(value: float) -> float:
        return 230 - value / 50 * 200

    marks = []
    for level, dash in ((0.998, ""), (0.95, ' stroke-dasharray="6 4"')):
        limits = [(size, compare.funnel_proportion(AVERAGE, size, level=level, per=100)) for size in sizes]
        for side in (0, 1):
            points = " ".join(f"{across(size):.1f},{up(ends[side]):.1f}" for size, ends in limits)
            marks.append(f'<polyline points="{points}" fill="none" stroke="{colours.QUIET}"{dash}/>')
    marks.append(
        f'<line x1="40" x2="520" y1="{up(AVERAGE):.1f}" y2="{up(AVERAGE):.1f}" stroke="{colours.ENGLAND}"/>'
    )
    others = [(60, 30.0), (110, 18.0), (160, 25.0), (210, 19.0), (290, 24.0), (330, 20.5), (390, 23.5), (450, 21.0)]
    marks += [_dot(across(size), up(value), 5, _GREY) for size, value in others]
    marks += [
        _dot(across(200), up(36.0), 9, colours.US),
        _words(across(200), up(36.0) - 14, "us", anchor="middle", colour=colours.US, bold=True),
        _words(532, up(AVERAGE) + 5, "the average", colour=colours.ENGLAND),
        _words(532, up(36.0), "outside: more than chance"),
        _words(280, 252, "larger places to the right", anchor="middle", small=True),
    ]
    return _svg(262, "A place outside the funnel's lines differs from the average by more than chance", marks)


def _line(points: Sequence[tuple[float, float]]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colours.QUIET}" stroke-width="2"/>'


def _dot(x: float, y: float, size: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{colour}"/>'


def _words(
    x: float, y: float, text: str, *, colour: str = colours.INK, anchor: str = "start", bold: bool = False,
    small: bool = False,
) -> str:  # fmt: skip
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="Arial, sans-serif" '
        f'font-size="{14 if small else 16}" fill="{colour}"{weight}>{escape(text)}</text>'
    )


def _svg(height: int, alt: str, marks: Sequence[str]) -> str:
    return "\n".join(_lines(height, alt, marks)) + "\n"


def _lines(height: int, alt: str, marks: Sequence[str]) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img">'
    )
    yield f"<title>{escape(alt)}</title>"
    yield f'<rect width="{WIDTH}" height="{height}" fill="{colours.GROUND}"/>'
    yield from marks
    yield "</svg>"
