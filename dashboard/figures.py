"""How a figure is written in a table's cell: short, with its unit, and never a number where there is none."""

from __future__ import annotations

from metrics.result import STATUS_WORDS, Result, shown
from metrics.rounding import rounded

MINUS = "\u2212"


def value(result: Result) -> str:
    """`78.4%`, `524`, `£1,200`; or what stands where there is no figure: `none to count`, `not available`."""
    if result.value is None:
        return "none to count" if result.status == "z" else STATUS_WORDS[result.status]
    return plain(result.value, unit=result.unit, decimals=result.decimals)


def plain(number: float, *, unit: str, decimals: int) -> str:
    """A number with its unit, as a table shows it."""
    digits = f"{abs(number):,.{decimals}f}"
    sign = MINUS if number < 0 and digits.strip("0.,") else ""
    if unit == "pounds":
        return f"{sign}£{digits}"
    return sign + digits + ("%" if unit == "percent" else "")


def counts(result: Result) -> str:
    """`952 of 1,214` where the figure is made of two counts; else nothing."""
    if result.numerator is None or result.denominator is None or result.value is None:
        return ""
    return f"{shown(result.numerator)} of {shown(result.denominator)}"


def change(now: Result, before: Result | None) -> str:
    """The difference from an earlier figure: points for a percentage, else per cent of it, or in counts when small.

    `no figure` where either has none; `no change` where they are equal.
    """
    if before is None or before.value is None or now.value is None:
        return "no figure"
    difference = rounded(now.value - before.value, now.decimals)
    if difference == 0:
        return "no change"
    sign = "+" if difference > 0 else MINUS
    if now.unit == "percent":
        return f"{sign}{abs(difference):,.{now.decimals}f} pts"
    if now.unit in ("count", "p10k") and abs(before.value) >= 20:
        share = abs(difference / before.value * 100)
        return f"{sign}{rounded(share, 0 if share >= 1 else 1):,g}%"
    return f"{sign}{abs(difference):,.{now.decimals}f}"
