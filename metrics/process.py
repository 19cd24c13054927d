"""An indicator's process chart: its Results in order, judged by metrics/spc.py; where they may not be, why not.

Only flows are judged: neighbouring points of a stock, a lookback or a snapshot are mostly the same children, and so
would look special without anything having happened. So are rolling years, which share nine months with their neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from metrics.model import Indicator
from metrics.result import Result
from metrics.rounding import rounded
from metrics.spc import FEWEST, SETTLED, SMALL_COUNT, Assurance, Spc, Variation, analyse
from metrics.targets import Targets

# The limits rest on the first so many points since the last rebase, and stay.
BASELINE = 24

VARIATION_WORDS: dict[Variation, str] = {
    "common_cause": "no change",
    "improvement_high": "improving",
    "improvement_low": "improving",
    "concern_high": "concern",
    "concern_low": "concern",
    "neutral_high": "higher",
    "neutral_low": "lower",
}
ASSURANCE_WORDS: dict[Assurance, str] = {"pass": "meets", "fail": "misses", "inconsistent": "hit or miss"}

_NATURES = {
    "stock": "Most of those open at the end of one period were open at the end of the one before, so its points are "
    "not separate and limits would find a change where there is none.",
    "lookback": "Each point looks back over months that the one before looked at too, so limits would find a change "
    "where there is none.",
    "snapshot": "It is true only on an extract's date, and much of it is the same each time, so limits would find a "
    "change where there is none.",
}


@dataclass(frozen=True)
class Process:
    """A series of Results, oldest first, as a process chart; `spc` is None where there is none, and `why` says why.

    `why` also says what to keep in mind where there is a chart: trial limits, a run chart, a month without a figure.
    `target` is the one that holds at the last point; `variation` and `assurance` are of the last figure there is.
    """

    indicator: Indicator = field(repr=False)
    points: tuple[Result, ...]
    spc: Spc | None
    why: str = ""
    target: float | None = None

    @property
    def variation(self) -> Variation | None:
        """The icon of the last figure."""
        return self.spc.variation if self.spc else None

    @property
    def assurance(self) -> Assurance | None:
        """Whether the limits allow the target to be met always, never, or now and then."""
        return self.spc.assurance if self.spc else None

    @property
    def icon_words(self) -> str:
        """The variation icon's words, as `no change` or `concern`; empty where there is no icon."""
        return VARIATION_WORDS[self.variation] if self.variation else ""

    @property
    def last(self) -> Result | None:
        """The last point that has a figure: what the icon is of."""
        if self.spc is None or self.spc.last is None:
            return None
        return self.points[self.spc.last]

    @property
    def band(self) -> tuple[tuple[float, float] | None, ...]:
        """The limits of each point, cut to what is possible, for drawing; None where there are none."""
        if self.spc is None:
            return (None,) * len(self.points)
        low, high = possible(self.indicator)
        return tuple(
            None if lower is None or upper is None else (max(lower, low), min(upper, high))
            for lower, upper in zip(self.spc.lower, self.spc.upper, strict=True)
        )


def possible(indicator: Indicator) -> tuple[float, float]:
    """The least and the most that the indicator's value could be."""
    if indicator.unit == "percent":
        return 0.0, 100.0
    return (0.0 if indicator.unit in ("count", "p10k", "days") else float("-inf")), float("inf")


def process(
    indicator: Indicator, results: Sequence[Result], *, targets: Targets, rebases: Sequence[date] = ()
) -> Process:
    """The process chart of an indicator's Results over time: of the whole county, or of one group.

    `rebases` are the days from which a named person has it judged anew: the point whose period holds the day is the
    first of the new group.
    """
    points = tuple(results)
    held = [targets.on(indicator.id, one.period.end) for one in points]
    aims = [step.value if step else None for step in held]
    target = aims[-1] if aims else None
    why = _why_none(indicator, points)
    if why:
        return Process(indicator, points, None, why, target)
    chart = analyse(
        [one.value for one in points],
        better=indicator.better,
        target=aims,
        rebase_at=_places(points, rebases),
        baseline=BASELINE,
        counts=_counts(indicator, points),
    )
    return Process(indicator, points, chart, _remarks(points, chart), target)


def _why_none(indicator: Indicator, points: Sequence[Result]) -> str:
    if indicator.nature != "flow":
        return _NATURES[indicator.nature]
    if not any(one.value is not None for one in points):
        return "There is no figure yet."
    if any(one.period.window == "rolling_year" for one in points):
        return "A rolling year shares nine months with the one before: limits would find a change where there is none."
    return ""


def _counts(indicator: Indicator, points: Sequence[Result]) -> list[float | None] | None:
    """The numerators, where the measure counts something."""
    if indicator.numerator.measure in ("mean", "median"):
        return None
    return [None if one.numerator is None else abs(one.numerator) for one in points]


def _places(points: Sequence[Result], rebases: Sequence[date]) -> list[int]:
    found = set()
    for day in rebases:
        place = next((place for place, one in enumerate(points) if one.period.end >= day), None)
        if place:
            found.add(place)
    return sorted(found)


def _remarks(points: Sequence[Result], chart: Spc) -> str:
    said = []
    if chart.state == "too_few":
        said.append(f"There are fewer than {FEWEST} points since the last rebase, too few for limits.")
    elif chart.state == "trial":
        said.append(f"The limits are on trial: there are fewer than {SETTLED} points since the last rebase.")
    elif chart.state == "run_chart":
        said.append(
            f"A run chart, without limits: the numerators average under {SMALL_COUNT}, too few to tell how far is far. "
            "The line is the median."
        )
    elif chart.state == "no_variation":
        centre = chart.mean[chart.last] if chart.last is not None else None
        was = "" if centre is None else f" from {rounded(centre, points[-1].decimals):,.{points[-1].decimals}f}"
        said.append(f"The points that limits would rest on do not vary{was}, so there are none.")
    if chart.last is not None and chart.last < len(points) - 1:
        said.append(f"No figure for {points[-1].period.label}; the icon is of {points[chart.last].period.label}.")
    return " ".join(said)
