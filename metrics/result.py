"""One figure: an indicator's Result for one period and group, from which all that shows it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from returns.periods import Period

Basis = Literal["reported", "known"]
# ok; c hidden; low rounds to zero; u not reliable; x not available; z not applicable; p provisional; r revised.
Status = Literal["ok", "c", "low", "u", "x", "z", "p", "r"]
STATUS_WORDS: dict[str, str] = {
    "ok": "published",
    "c": "hidden",
    "low": "rounds to zero",
    "u": "not reliable",
    "x": "not available",
    "z": "not applicable",
    "p": "provisional",
    "r": "revised",
}


@dataclass(frozen=True)
class Result:
    """A figure with all that may be said of it.

    `value` is rounded to the indicator's decimals; None unless there is a figure. A rate per 10,000 has the
    population as its denominator. `lower` and `upper` are the 95 per cent interval, where the measure has one.
    `too_recent` rows could not be judged yet and `left_out` rows lack a cell that is needed: both are in neither
    part, and None where that itself is hidden (metrics/protected.py). `period` is the figure's own: a flow per
    10,000 is read over the rolling year. `group` is None for the whole county, else a group of `by`.
    """

    indicator: str
    title: str
    period: Period
    basis: Basis
    unit: str
    decimals: int
    group: str | None = None
    by: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    status: Status = "ok"
    reason: str | None = None
    too_recent: int | None = 0
    left_out: int | None = 0
    sources: tuple[str, ...] = ()
    from_totals: bool = False
    version: int | None = None
    # What was counted, as `child protection plans`, and what else the sentence says.
    rows: str = "rows"
    notes: tuple[str, ...] = ()
    # Filled by the comparison, the process charts and the exceptions.
    variation: str | None = None
    assurance: str | None = None
    target: float | None = None
    comparison: str | None = None
    exception: str | None = None

    @cached_property
    def sentence(self) -> str:
        """The figure in words: value, counts, what was left out and why."""
        return _sentence(self)

    def as_series_json(self) -> dict[str, Any]:
        """The result as `python -m metrics series --format json` gives it."""
        return {
            "indicator": self.indicator,
            "group": self.group,
            "period": str(self.period),
            "basis": self.basis,
            "numerator": whole(self.numerator),
            "denominator": whole(self.denominator),
            "value": self.value,
            "status": self.status,
            "lower": self.lower,
            "upper": self.upper,
        }


def whole(number: float | None) -> float | int | None:
    """A count as a whole number where it is one, so that 3 is not written 3.0."""
    return int(number) if number is not None and number == int(number) else number


def written(value: float, *, unit: str, decimals: int) -> str:
    """A value in words and digits: `12.5 per cent`, `£1,200`, `83 days`."""
    figure = f"{value:,.{decimals}f}"
    return {
        "percent": f"{figure} per cent",
        "p10k": f"{figure} per 10,000",
        "days": f"{figure} day{'' if value == 1 else 's'}",
        "pounds": f"£{figure}" if value >= 0 else f"-£{figure.removeprefix('-')}",
    }.get(unit, figure)


def shown(count: float) -> str:
    """A count as it is read: `1,806`, or `12.5` where it is a sum that is not whole."""
    return f"{count:,.0f}" if count == int(count) else f"{count:,.1f}"


def _sentence(result: Result) -> str:
    name = result.title if result.group is None else f"{result.title}, {result.group}"
    if result.status == "x":
        return f"{name}: not available for {result.period.label}. {result.reason or ''}".strip()
    if result.status == "c":
        return f"{name}: hidden, {result.period.label}. {result.reason or ''}".strip()
    said = [f"{name}: {_figure(result)}, {result.period.label}."]
    if result.too_recent:
        said.append(f"{shown(result.too_recent)} too recent to judge left out of both parts.")
    if result.left_out:
        said.append(f"{shown(result.left_out)} {result.rows} left out because a cell that is needed is unknown.")
    said.extend(result.notes)
    if result.from_totals:
        said.append("From totals that an agency sent.")
    return " ".join(said)


def _figure(result: Result) -> str:
    if result.status == "z":
        return "no figure, because there were none to count (0 of 0)"
    if result.status == "low":
        return "a figure that rounds to zero"
    assert result.value is not None
    value = written(result.value, unit=result.unit, decimals=result.decimals)
    if result.unit == "count" or result.numerator is None:
        return value
    if result.unit == "p10k" and result.denominator is not None:
        return f"{value} children ({shown(result.numerator)} among {shown(result.denominator)})"
    if result.unit == "percent" and result.denominator is not None:
        return f"{value} ({shown(result.numerator)} of {shown(result.denominator)})"
    return value
