"""What a viewer may see of an indicator's Results: figures of children and adults with their small counts hidden.

A hidden Result has no number at all: its status is `c`, and its sentence says why. Only indicators about children or
adults are protected. Breakdowns are shown by quarter and by year, never by month: a month of a group is nearly always
small, and the county's months less the rest would give it away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from metrics.counted import counts
from metrics.disclosure import as_shown
from metrics.model import PER, Indicator
from metrics.result import Basis, Result, Status
from metrics.rounding import rounded
from metrics.schemes import Scheme
from returns.periods import Period, financial_year, financial_year_of

PEOPLE = frozenset({"children", "adults"})
BASES: tuple[Basis, ...] = ("reported", "known")
# The county's one group, where it is settled as a breakdown is.
WHOLE = ""

_SMALL = "Hidden to protect {about}: the count is small, or would give away one that is."
_COARSER = "Hidden to protect {about}: breakdowns are shown by quarter and by year."


def is_protected(indicator: Indicator, scheme: Scheme) -> bool:
    """Whether the scheme hides or rounds anything of the indicator: it is of people, not organisations or records."""
    return scheme.protects and indicator.about in PEOPLE


@dataclass(frozen=True)
class Pattern:
    """What is hidden of one breakdown: its groups by quarter (None for all of them), and the groups by year shown.

    `groups` are all that it has at any time.
    """

    hidden: Mapping[Period, frozenset[str] | None] = field(default_factory=dict)
    years: Mapping[Period, frozenset[str]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    def hides(self, indicator: Indicator, period: Period, group: str, *, basis: Basis) -> bool:
        """Whether the group's figure for the period is hidden; it is where nothing settled that it may be shown."""
        if period.window == "month":
            return True
        if all(self._shows(quarter, group) for quarter in quarters_of(indicator, period)):
            return False
        year = _year(indicator, period)
        return year is None or basis != "known" or group not in self.years.get(year, ())

    def _shows(self, quarter: Period, group: str) -> bool:
        hidden = self.hidden.get(quarter)
        return hidden is not None and group not in hidden


def protected(
    results: Sequence[Result], *, scheme: Scheme, indicator: Indicator, patterns: Mapping[str | None, Pattern]
) -> list[Result]:
    """The results as the scheme shows them, in their order.

    `results` are the whole county's and any groups'; `patterns` what is hidden of each grouping, and under None of
    the county (metrics/settlement.py): what none of them settled is hidden. A month of the county is shown where the
    results hold all months of its quarter.
    """
    if not is_protected(indicator, scheme):
        return list(results)
    months = _small_months(results, scheme, indicator)
    return [
        _shown(one, scheme, indicator, patterns.get(one.by if one.group is not None else None), months)
        for one in results
    ]


def _small_months(results: Iterable[Result], scheme: Scheme, indicator: Indicator) -> set[Period]:
    """The quarters of which a month of the county is small, or is not there."""
    months = {one.period: one for one in results if one.group is None and one.period.window == "month"}
    found = set()
    for quarter in {month.quarter() for month in months}:
        of = [months.get(month) for month in quarter.months()]
        if any(one is None or any(map(scheme.small, counts(one, indicator).values())) for one in of):
            found.add(quarter)
    return found


def _shown(
    one: Result, scheme: Scheme, indicator: Indicator, settled: Pattern | None, months: Collection[Period]
) -> Result:
    """The result as it may be shown."""
    month = one.period.window == "month"
    if one.group is None and scheme.whole_county == "shown":
        return one
    if one.group is None and month:
        of_quarter = settled is None or settled.hides(indicator, one.period.quarter(), WHOLE, basis=one.basis)
        hidden = of_quarter or one.period.quarter() in months
    else:
        hidden = settled is None or settled.hides(indicator, one.period, one.group or WHOLE, basis=one.basis)
    if hidden:
        return hidden_result(one, indicator, coarser=month and one.group is not None)
    return _rounded(_without_asides(one), scheme, indicator)


def hidden_result(one: Result, indicator: Indicator, *, coarser: bool = False) -> Result:
    """The result with nothing in it but its name, its period and that it is hidden."""
    return replace(
        _without_asides(one),
        numerator=None,
        denominator=None,
        value=None,
        lower=None,
        upper=None,
        status="c",
        reason=(_COARSER if coarser else _SMALL).format(about=indicator.about),
        variation=None,
        assurance=None,
        comparison=None,
        exception=None,
    )


def _without_asides(one: Result) -> Result:
    """The result without what was left out and why: those are small counts of people as well."""
    reason = "None could be judged." if one.status == "x" and (one.left_out or one.too_recent) else one.reason
    notes = tuple(note for note in one.notes if note.startswith("Population:"))
    return replace(one, too_recent=None, left_out=None, notes=notes, reason=reason)


def _rounded(one: Result, scheme: Scheme, indicator: Indicator) -> Result:
    """The result made of rounded counts, where the scheme rounds: without an interval, which would undo it."""
    if not scheme.rounds or one.numerator is None:
        return one
    if one.value is None or indicator.numerator.measure in ("mean", "median"):
        return replace(one, numerator=None, denominator=None, lower=None, upper=None)
    above = as_shown(round(one.numerator), scheme=scheme, hidden=False)
    of_people = one.denominator is not None and not (indicator.per_population or indicator.asked)
    below = as_shown(round(one.denominator or 0), scheme=scheme, hidden=False).shown if of_people else one.denominator
    if above.shown is None or below == 0:
        return replace(one, numerator=None, denominator=None, value=None, lower=None, upper=None, status="low")
    value = above.shown if below is None else min(above.shown, below if of_people else above.shown) / below
    scale = 1 if below is None else PER.get(indicator.unit, 1)
    status: Status = one.status
    return replace(
        one, numerator=float(above.shown), denominator=None if below is None else float(below),
        value=rounded(value * scale, one.decimals), lower=None, upper=None, status=status,
    )  # fmt: skip


def quarters_of(indicator: Indicator, period: Period) -> list[Period]:
    """The quarters that a flow's period is made of; of all else, the one in which it ends."""
    last = period.quarter()
    if indicator.nature != "flow" or period.window in ("month", "quarter"):
        return [last]
    return [last.earlier(step) for step in (3, 2, 1, 0)]


def _year(indicator: Indicator, period: Period) -> Period | None:
    """The financial year that a flow's twelve months to the end of March are."""
    if indicator.nature != "flow" or period.window not in ("year", "rolling_year") or period.end.month != 3:
        return None
    return financial_year(financial_year_of(period.end))
