"""Which points of a process chart are unusual, together, and in what words: `seven months falling`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard import colours
from metrics.process import Process
from metrics.spc import Kind, Rule

_COLOURS: dict[Kind, str] = {
    "improvement": colours.BETTER,
    "concern": colours.WORSE,
    "neutral_high": colours.NO_JUDGEMENT,
    "neutral_low": colours.NO_JUDGEMENT,
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Run:
    """Neighbouring points for which rules fire the same way. `places` are theirs, `said` is what was seen."""

    places: tuple[int, ...]
    kind: Kind
    high: bool
    said: str

    @property
    def colour(self) -> str:
        """Its kind's colour."""
        return _COLOURS[self.kind]


def runs(process: Process) -> tuple[Run, ...]:
    """The runs of unusual points, oldest first; none where there is no chart."""
    chart = process.spc
    if chart is None:
        return ()
    known = [place for place, one in enumerate(process.points) if one.value is not None]
    window = process.points[-1].period.window
    unit = "month" if window == "month" else "quarter"
    found = []
    for kind, group in groupby(known, key=lambda place: chart.kind[place]):
        if kind is None or kind == "common_cause":
            continue
        places = tuple(group)
        high = _high(kind, process)
        found.append(Run(places, kind, high, _said(process, known, places, high=high, unit=unit)))
    return tuple(found)


def _high(kind: Kind, process: Process) -> bool:
    if kind in ("improvement", "concern"):
        return (kind == "improvement") == (process.indicator.better == "higher")
    return kind == "neutral_high"


def _said(process: Process, known: Sequence[int], places: Sequence[int], *, high: bool, unit: str) -> str:
    """What was seen, from the longest story to the shortest."""
    chart = process.spc
    assert chart is not None
    rules: list[Rule | None] = [chart.rule[place] for place in places]
    parts = []
    if "trend" in rules:
        length = _moving(process, known, places, up=high)
        parts.append(f"{_number(length)} {unit}s {'rising' if high else 'falling'}")
    if "shift" in rules:
        centre = "median" if chart.state == "run_chart" else "average"
        length = _beside(process, known, places, high=high)
        parts.append(f"{_number(length)} {unit}s {'above' if high else 'below'} the {centre}")
    beyond = [place for place, rule in zip(places, rules, strict=True) if rule == "limit"]
    if beyond:
        parts.append(_beyond(beyond, places, alone=not parts, high=high, unit=unit))
    if "two_of_three" in rules and not parts:
        parts.append(f"two of three {unit}s near the {'upper' if high else 'lower'} limit")
    return ", ".join(parts)


def _beyond(beyond: Sequence[int], places: Sequence[int], *, alone: bool, high: bool, unit: str) -> str:
    where = f"{'above' if high else 'below'} the expected range"
    number = len(beyond)
    if alone:
        return where if number == 1 else f"{_number(number)} {unit}s {where}"
    if list(beyond) == list(places[-number:]):
        return f"the last {where}" if number == 1 else f"the last {_number(number)} {where}"
    return f"{_number(number)} of them {where}"


def _moving(process: Process, known: Sequence[int], places: Sequence[int], *, up: bool) -> int:
    """How many points the longest rise (or fall) through these places has."""
    best = length = 1
    earlier: float | None = None
    for place in known:
        value = process.points[place].value
        assert value is not None
        moves = earlier is not None and (value > earlier if up else value < earlier)
        length = length + 1 if moves else 1
        earlier = value
        if place in places:
            best = max(best, length)
    return best


def _beside(process: Process, known: Sequence[int], places: Sequence[int], *, high: bool) -> int:
    """How many points in a row, through these places, lie on one side of the average."""
    assert process.spc is not None
    best = length = 0
    for place in known:
        value, mean = process.points[place].value, process.spc.mean[place]
        beside = value is not None and mean is not None and (value > mean if high else value < mean)
        length = length + 1 if beside else 0
        if place in places:
            best = max(best, length)
    return best


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
