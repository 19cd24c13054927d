"""One Result from what was counted: value, interval, status and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from metrics import intervals
from metrics.model import OF_THE_CHILDREN, PER, Indicator
from metrics.population import Population
from metrics.result import Basis, Result
from metrics.rounding import rounded
from metrics.tallies import DENOMINATOR, LEFT_OUT, NUMERATOR, SAYS_WHEN, SQUARES, TOO_RECENT, Role
from metrics.totals import Total
from returns.periods import Period


@dataclass(frozen=True)
class Context:
    """What a figure is of, beside its rows."""

    period: Period
    basis: Basis
    population: Population
    version: int | None


@dataclass
class Tallied:
    """What was counted of one indicator, moment and group. Nothing was found in the rows until `add` says so."""

    numerator: float | None = None
    denominator: float | None = None
    left_out: int = 0
    too_recent: int = 0
    squares: float | None = None
    says: list[int] = field(default_factory=list)

    def add(self, role: Role, counts: Sequence[float | None]) -> None:
        """Takes in one tally's counts: of both parts, or of one."""
        if role in ("both", "numerator"):
            self.numerator = counts[NUMERATOR]
            self.squares = counts[SQUARES]
        if role in ("both", "denominator") or counts[DENOMINATOR] is not None:
            self.denominator = counts[DENOMINATOR]
        self.left_out += int(counts[LEFT_OUT] or 0)
        self.too_recent += int(counts[TOO_RECENT] or 0)
        said = [int(count or 0) for count in counts[SAYS_WHEN:]]
        self.says = [a + b for a, b in zip(self.says, said, strict=True)] if self.says else said

    def as_share_of(self, county: Tallied) -> Tallied:
        """The group's counts over the whole county's denominator."""
        return replace(self, denominator=county.denominator)


def of_tallies(
    indicator: Indicator,
    tallied: Tallied,
    *,
    context: Context,
    sources: tuple[str, ...],
    by: str | None = None,
    group: str | None = None,
) -> Result:
    """The figure that the counted rows give."""
    numerator, denominator = tallied.numerator, tallied.denominator
    measure = indicator.numerator.measure
    if measure in ("count", "distinct", "sum"):
        numerator = numerator or 0.0
    if measure in ("mean", "median") or len(indicator.parts) == 2:
        denominator = denominator or 0.0
    notes = tuple(
        said.says.replace("{count}", f"{count:,}")
        for said, count in zip(indicator.says_when, tallied.says, strict=False)
        if count
    )
    left = {"left_out": tallied.left_out, "too_recent": tallied.too_recent}
    found = _blank(indicator, context, by=by, group=group, sources=sources, notes=notes, **left)
    if indicator.per_population and by in OF_THE_CHILDREN:
        each = OF_THE_CHILDREN[by]
        reason = f"How many children there are of each {each} is not held, so they have a count and no rate."
        return replace(found, numerator=numerator, status="x", reason=reason)
    if measure == "median":
        return _median(indicator, found, numerator, denominator or 0.0)
    return _valued(indicator, found, numerator, denominator, context, squares=tallied.squares)


def of_total(
    indicator: Indicator, total: Total, *, context: Context, by: str | None = None, group: str | None = None
) -> Result:
    """The figure that totals sent by agencies give."""
    which = {"by": by, "group": group, "from_totals": True}
    if total.numerator is None:
        return unavailable(indicator, context=context, reason="The totals that were sent lack the count.", **which)
    has_denominator = indicator.denominator is not None or indicator.numerator.measure in ("mean", "median")
    if total.denominator is None and has_denominator and not indicator.per_population:
        reason = "The totals that were sent lack what the count is of."
        return unavailable(indicator, context=context, reason=reason, **which)
    found = _blank(indicator, context, sources=total.submissions, **which)
    if indicator.numerator.measure == "median":  # which the sender worked out
        return _median(indicator, found, total.numerator, total.denominator or 0.0)
    denominator = total.denominator if has_denominator else None
    return _valued(indicator, found, total.numerator, denominator, context)


def unavailable(indicator: Indicator, *, context: Context, reason: str | None, **known: Any) -> Result:
    """No figure, and why. `known` are more of a Result's fields: its group, and what was counted all the same."""
    reasons = [text for text in (reason, indicator.missing_because) if text]
    if not reasons:
        reasons = [f"No totals have been sent for {context.period.label}."]
    return _blank(indicator, context, status="x", reason=" ".join(reasons), **known)


def _blank(indicator: Indicator, context: Context, **known: Any) -> Result:
    """A result with all but its figure; `known` are more of a Result's fields."""
    title = indicator.event_table.title
    return Result(
        indicator=indicator.id,
        title=indicator.title,
        period=context.period,
        basis=context.basis,
        unit=indicator.unit,
        decimals=indicator.decimals,
        version=context.version,
        rows="rows" if indicator.table == "aggregates" else f"{title[0].lower()}{title[1:]}",
        **known,
    )


def _valued(
    indicator: Indicator,
    found: Result,
    numerator: float | None,
    denominator: float | None,
    context: Context,
    *,
    squares: float | None = None,
) -> Result:
    """The figure with its value and interval, from its two parts."""
    notes = found.notes
    if indicator.per_population and denominator is None:
        estimate = context.population.of(context.period)
        if estimate is None:
            return replace(found, numerator=numerator, status="x", reason="No estimate of the population is held.")
        year, denominator = estimate
        notes = (*notes, f"Population: mid-{year} estimate.")
    of_itself = indicator.numerator.measure in ("mean", "median")
    if denominator is None and not of_itself:
        return replace(found, numerator=numerator, value=_rounded(numerator, indicator))
    if not denominator:
        return _none_counted(indicator, replace(found, numerator=numerator, denominator=denominator))
    value = (numerator or 0.0) * PER.get(indicator.unit, 1) / denominator
    lower, upper = _interval(indicator, numerator or 0.0, denominator, value, squares)
    return replace(
        found,
        numerator=numerator,
        denominator=denominator,
        value=_rounded(value, indicator),
        lower=_rounded(lower, indicator),
        upper=_rounded(upper, indicator),
        notes=notes,
    )


def _median(indicator: Indicator, found: Result, median: float | None, number: float) -> Result:
    if median is None or not number:
        return _none_counted(indicator, replace(found, denominator=number))
    return replace(found, denominator=number, value=rounded(median, found.decimals))


def _none_counted(indicator: Indicator, found: Result) -> Result:
    """No figure: there was nothing to count, or nothing of what there was could be judged."""
    if not (found.left_out or found.too_recent):
        return replace(found, status="z")
    why = [f"{found.left_out:,} lack a cell that is needed"] if found.left_out else []
    why += [f"{found.too_recent:,} too recent"] if found.too_recent else []
    reason = " ".join(filter(None, (f"None could be judged: {', '.join(why)}.", indicator.missing_because)))
    return replace(found, status="x", reason=reason)


def _interval(
    indicator: Indicator, numerator: float, denominator: float, value: float, squares: float | None
) -> tuple[float | None, float | None]:
    """The 95 per cent interval, where the measure has one: a share of rows, a rate, or a plain mean."""
    counted = indicator.numerator.measure in ("count", "distinct") or indicator.table == "aggregates"
    if indicator.unit == "percent" and counted and 0 <= numerator <= denominator:
        interval = intervals.proportion(numerator, denominator, per=100)
    elif indicator.unit == "p10k" and counted and numerator >= 0:
        interval = intervals.rate(numerator, denominator, per=PER["p10k"])
    elif squares is not None and denominator >= 2:
        interval = intervals.mean_of(int(denominator), value, squares - denominator * value * value)
    else:
        return None, None
    return interval.lower, interval.upper


def _rounded(value: float | None, indicator: Indicator) -> float | None:
    return None if value is None else rounded(value, indicator.decimals)
