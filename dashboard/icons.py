"""The icons of process charts: what the last figure shows, and whether a target can be met. A word goes with each."""

from __future__ import annotations

from dashboard import colours
from dashboard.pictures import Picture
from dashboard.table import Tone
from metrics.process import ASSURANCE_WORDS, VARIATION_WORDS
from metrics.spc import Assurance, Variation

SIZE = 26
_PAINT: dict[Variation, str] = {
    "common_cause": colours.QUIET,
    "improvement_high": colours.BETTER,
    "improvement_low": colours.BETTER,
    "concern_high": colours.WORSE,
    "concern_low": colours.WORSE,
    "neutral_high": colours.NO_JUDGEMENT,
    "neutral_low": colours.NO_JUDGEMENT,
}
_UP = "M8.5 17.5 17 9M10.5 9H17v6.5"
_DOWN = "M8.5 8.5 17 17M10.5 17H17v-6.5"
_WAVE = "M6.5 14.5c2-5 4.5-5 6.500 -1.500s4.500 3 6.500 -1.500"


def variation(icon: Variation) -> Picture:
    """An arrow up or down in its colour, or a wave where nothing has changed; its word stands beside it."""
    path = _WAVE if icon == "common_cause" else _UP if icon.endswith("high") else _DOWN
    return _ring(f'<path d="{path}" fill="none" stroke="{_PAINT[icon]}" stroke-width="2"/>', _PAINT[icon])


def assurance(icon: Assurance) -> Picture:
    """P for a target that is met as a rule, F for one that is not, a question mark for now and then."""
    letter, colour = {
        "pass": ("P", colours.BETTER), "fail": ("F", colours.WORSE), "inconsistent": ("?", colours.QUIET),
    }[icon]  # fmt: skip
    drawn = (
        f'<text x="13" y="17.8" text-anchor="middle" font-family="Arial, sans-serif" font-size="14" '
        f'font-weight="bold" fill="{colour}">{letter}</text>'
    )
    return _ring(drawn, colour)


def variation_words(icon: Variation) -> str:
    """The icon's word: `improving`, `concern`, `no change`."""
    return VARIATION_WORDS[icon]


def assurance_words(icon: Assurance) -> str:
    """The icon's word: `meets`, `misses`, `hit or miss`."""
    return ASSURANCE_WORDS[icon]


def colour(icon: Variation) -> str:
    """The icon's colour."""
    return _PAINT[icon]


def tone(icon: Variation) -> Tone:
    """The colour of the icon's word, as a table's cell names it."""
    tones: dict[str, Tone] = {"improvement": "good", "concern": "bad", "neutral": "ask"}
    return tones.get(icon.split("_")[0], "faint")


def _ring(inside: str, colour: str) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26" width="{SIZE}" height="{SIZE}">'
        f'<circle cx="13" cy="13" r="11.5" fill="none" stroke="{colour}" stroke-width="2"/>{inside}</svg>'
    )
    return Picture(svg, "", SIZE, SIZE)
