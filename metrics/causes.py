"""The rules that make an exception of a line of the scorecard, each with a sentence of what was seen, never why.

A cause is *strong* where 99.8 per cent certainty, or a point beyond the three-sigma limits, stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.change_on_year import Limits, change_on_year, interval_of
from metrics.lines import Line
from metrics.model import Better
from metrics.process import Process
from metrics.result import Result, shown, written
from metrics.spc import RUN
from returns.periods import Period

Rule = Literal[
    "special_cause", "unusual", "target_missed", "target_never_met", "outlier", "changed", "missing", "poor_data",
    "not_reconciled",
]  # fmt: skip

Severity = Literal["alert", "watch"]

# So many of those that should be judged, and so large a share of them, that the figure may be another.
POOR_DATA, POOR_SHARE = 5, 0.1
# So many events that only a later list brought, and so large a share, that the figure first reported was short.
LATE, LATE_SHARE = 20, 0.05


@dataclass(frozen=True)
class Cause:
    """One rule that fired: what was seen, as the end of a sentence that starts with the indicator's name."""

    rule: Rule
    says: str
    strong: bool = False


def causes(line: Line) -> tuple[Cause, ...]:
    """Every rule that fires on a line of the scorecard, the weightiest kind first."""
    rules: tuple[Callable[[Line], Cause | None], ...] = (
        special_cause, target_missed, target_never_met, outlier, changed, poor_data
    )  # fmt: skip
    return tuple(cause for rule in rules if (cause := rule(line)) is not None)


def severity(found: Sequence[Cause]) -> Severity | None:
    """*alert* for a strong cause or two causes, else *watch*; None for no cause."""
    if not found:
        return None
    return "alert" if len(found) > 1 or any(cause.strong for cause in found) else "watch"


def special_cause(line: Line) -> Cause | None:
    """A month of the quarter that is special and a concern; where nobody judges, unusual."""
    chart = line.process
    if chart is None or chart.spc is None or chart.spc.state == "run_chart":
        return None
    wanted = ("concern", "neutral_high", "neutral_low")
    flagged = [
        place for place in _in_quarter(chart, line.quarter)
        if chart.spc.kind[place] in wanted and chart.points[place].status != "p"
    ]  # fmt: skip
    if not flagged:
        return None
    # A point beyond a limit says most; else the latest speaks.
    place = max(flagged, key=lambda one: (chart.spc is not None and chart.spc.rule[one] == "limit", one))
    rule: Rule = "unusual" if line.indicator.better == "neither" else "special_cause"
    beyond = chart.spc.rule[place] == "limit"
    return Cause(rule, _special(chart, place), strong=beyond and rule == "special_cause")


def target_missed(line: Line) -> Cause | None:
    """The figure's interval excludes the target, on the wrong side."""
    result, target, better = line.result, line.target, line.indicator.better
    if target is None or result.value is None or better == "neither":
        return None
    if target.of_every_case and result.unit == "percent":
        return None  # metrics/cases.py lists the cases
    usual, wide = interval_of(result, level=0.95), interval_of(result, level=0.998)
    if usual is None or not _misses(usual, target.value, better):
        return None
    strong = wide is not None and _misses(wide, target.value, better)
    aim = written(target.value, unit=result.unit, decimals=result.decimals if target.value % 1 else 0)
    says = f"{_value(result)}, {result.period.label}; the target is {aim}, outside its interval ({_interval(result)})"
    return Cause("target_missed", says, strong=strong)


def target_never_met(line: Line) -> Cause | None:
    """The limits do not reach the target: as it has varied, it has not been met and chance would not meet it."""
    chart, target = line.process, line.target
    if chart is None or chart.spc is None or chart.assurance != "fail" or target is None:
        return None
    aim = written(target.value, unit=line.result.unit, decimals=0 if target.value % 1 == 0 else line.result.decimals)
    assert chart.spc.last is not None, "a target is held against the last figure"
    last, band = chart.points[chart.spc.last], chart.band[chart.spc.last]
    if chart.spc.state == "no_variation":
        when = f"{_value(last)} in {last.period.label}"
        return Cause("target_never_met", f"the target is {aim}, and {when} is on its wrong side")
    assert band is not None, "a target is missed by the limits"
    says = f"the target of {aim} is beyond the range in which it varies ({_range(line, band)})"
    return Cause("target_never_met", says)


def outlier(line: Line) -> Cause | None:
    """Worse than the neighbours: their average lies outside our interval, on the better side."""
    ours, published, better = line.comparable, line.benchmark, line.indicator.better
    found = line.result.comparison
    if ours is None or published is None or published.neighbours is None or found in (None, "none"):
        return None
    worse = "low_" if better == "higher" else "high_"
    if better == "neither" or not str(found).startswith(worse):
        return None
    average = written(published.neighbours, unit=ours.unit, decimals=ours.decimals)
    says = (
        f"{_value(ours)}, {ours.period.label}; the {published.average} of {published.neighbours_present} of "
        f"{published.neighbours_of} statistical neighbours was {average} in {_year(published.year)}, outside our "
        f"interval ({_interval(ours)})"
    )
    return Cause("outlier", says, strong=str(found).endswith("998"))


def changed(line: Line) -> Cause | None:
    """Worse than the same quarter of the year before, by a test of the difference."""
    if line.indicator.better == "neither":
        return None
    found = change_on_year(line.result, line.year_ago)
    if found is None or found.way is None or found.way == line.indicator.better:
        return None
    says = f"{_value(line.result)}, {line.result.period.label}; {_value(found.then)} in the same quarter a year before"
    return Cause("changed", says, strong=found.sure)


def improved(line: Line) -> bool:
    """Whether it is better than it was, by its chart or by the change on the year, and no concern by its chart."""
    icon = str(line.process.variation) if line.process is not None else ""
    if icon.startswith(("improvement", "concern")):
        return icon.startswith("improvement")
    found = change_on_year(line.result, line.year_ago)
    return found is not None and found.way is not None and found.way == line.indicator.better


def poor_data(line: Line) -> Cause | None:
    """Many rows could not be judged, or many events were not yet on the list that the figure was taken from."""
    result = line.result
    left = result.left_out or 0
    judged = (result.denominator if result.denominator is not None else result.numerator) or 0
    if result.group is None and left >= POOR_DATA and left >= POOR_SHARE * (left + judged) and result.unit != "p10k":
        says = (
            f"{shown(left)} of {shown(left + judged)} {result.rows} could not be judged, because a cell that is needed "
            "is unknown"
        )
        return Cause("poor_data", says)
    late = recorded_late(line)
    if late is None or late[0] < LATE or late[0] < LATE_SHARE * late[1]:
        return None
    says = (
        f"{shown(late[0])} of {shown(late[1])} {result.rows}, {line.quarter.label}, were not on the list sent for the "
        "quarter and came with a later one"
    )
    return Cause("poor_data", says)


def recorded_late(line: Line) -> tuple[float, float] | None:
    """(how many of the quarter's events came only with a later list, how many there are now), for a plain count."""
    result, chart = line.result, line.process
    if line.indicator.numerator.measure != "count" or result.unit != "count" or chart is None:
        return None
    if result.basis != "reported" or result.group is not None:
        return None
    if result.value is None or chart.spc is None:
        return None
    months = [chart.points[place] for place in _in_quarter(chart, line.quarter)]
    if not months:
        return None
    now = sum(one.numerator or 0 for one in months)
    return now - result.value, now


def _in_quarter(chart: Process, quarter: Period) -> Iterator[int]:
    """The places of the points that lie in the quarter."""
    for place, one in enumerate(chart.points):
        if one.value is not None and quarter.start <= one.period.start and one.period.end <= quarter.end:
            yield place


def _special(chart: Process, place: int) -> str:
    """What a special point is, in words: how far, how long, on which side; and when."""
    assert chart.spc is not None
    point, rule, kind = chart.points[place], chart.spc.rule[place], chart.spc.kind[place]
    unit, decimals = point.unit, point.decimals
    high = kind == "neutral_high" or (kind == "concern" and chart.indicator.better == "lower")
    value, when = _value(point), point.period.label
    step = "months" if point.period.window == "month" else "quarters"
    band = chart.band[place]
    between = "" if band is None else f" ({_limit(band[0], decimals)} to {_limit(band[1], decimals)})"
    if rule == "limit":
        return f"{value} in {when}, {'above' if high else 'below'} the range expected of it{between}"
    if rule == "trend":
        return f"it has {'risen' if high else 'fallen'} for {RUN} {step} in a row, to {value} in {when}"
    if rule == "two_of_three":
        return (
            f"two of three {step} close to the {'upper' if high else 'lower'} end of the range expected of "
            f"it{between}, {value} in {when}"
        )
    mean = written(chart.spc.mean[place] or 0.0, unit=unit, decimals=decimals)
    return f"{RUN} {step} or more in a row {'above' if high else 'below'} its average of {mean}, {value} in {when}"


def _misses(interval: Limits, target: float, better: Better) -> bool:
    return interval.upper < target if better == "higher" else interval.lower > target


def _value(result: Result) -> str:
    """`45.6 per cent (26 of 57)`; a rate or a mean without its counts."""
    assert result.value is not None, "a cause is of a figure that there is"
    value = written(result.value, unit=result.unit, decimals=result.decimals)
    if result.unit == "percent" and result.numerator is not None and result.denominator is not None:
        return f"{value} ({shown(result.numerator)} of {shown(result.denominator)})"
    return value


def _interval(result: Result) -> str:
    return f"{_limit(result.lower or 0.0, result.decimals)} to {_limit(result.upper or 0.0, result.decimals)}"


def _range(line: Line, band: tuple[float, float]) -> str:
    return f"{_limit(band[0], line.result.decimals)} to {_limit(band[1], line.result.decimals)}"


def _limit(value: float, decimals: int) -> str:
    """A limit to a tenth at least, so that what is beyond it is seen to be."""
    return f"{value:,.{max(decimals, 1)}f}"


def _year(year: int) -> str:
    """The financial year that ended in March of `year`: `2024-25`."""
    return f"{year - 1}-{year % 100:02d}"
