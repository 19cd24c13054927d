"""What a viewer may see of an indicator's Results: figures of children and adults with their small counts hidden.

A hidden Result has no number at all: its status is `c`, and its sentence says why. Only indicators about children or
adults are protected. Breakdowns are shown by quarter and by year, never by month: a month of a group is nearly always
small, and the county's months less the rest would give it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from metrics.disclosure import as_shown
from metrics.hiding import Counts, hidden_groups, years_shown
from metrics.model import PER, Indicator
from metrics.result import Basis, Result, Status
from metrics.rounding import rounded
from metrics.schemes import Scheme
from returns.periods import Period, financial_year, financial_year_of

PEOPLE = frozenset({"children", "adults"})
BASES: tuple[Basis, ...] = ("reported", "known")

_SMALL = "Hidden to protect {about}: the count is small, or would give away one that is."
_COARSER = "Hidden to protect {about}: breakdowns are shown by quarter and by year."


def is_protected(indicator: Indicator, scheme: Scheme) -> bool:
    """Whether the scheme hides or rounds anything of the indicator: it is of people, not organisations or records."""
    return scheme.protects and indicator.about in PEOPLE


def needed(indicator: Indicator, period: Period) -> list[tuple[Period, Basis]]:
    """The periods, each with its basis, that settle what may be shown of one: its quarters, their months, its year."""
    found: list[tuple[Period, Basis]] = []
    for quarter in _quarters(indicator, period):
        found += [(quarter, basis) for basis in BASES]
        if period.window == "month" and indicator.nature == "flow":
            found += [(one, "known") for one in quarter.months()]
    if year := _year(indicator, period):
        found.append((year, "known"))
    return found


@dataclass(frozen=True)
class Pattern:
    """What is hidden of one breakdown: its groups by quarter (None for all of them), and the groups by year shown."""

    hidden: Mapping[Period, frozenset[str] | None] = field(default_factory=dict)
    years: Mapping[Period, frozenset[str]] = field(default_factory=dict)

    def hides(self, indicator: Indicator, period: Period, group: str, *, basis: Basis) -> bool:
        """Whether the group's figure for the period is hidden; it is where nothing settled that it may be shown."""
        if period.window == "month":
            return True
        if all(self._shows(quarter, group) for quarter in _quarters(indicator, period)):
            return False
        year = _year(indicator, period)
        return year is None or basis != "known" or group not in self.years.get(year, ())

    def _shows(self, quarter: Period, group: str) -> bool:
        hidden = self.hidden.get(quarter)
        return hidden is not None and group not in hidden


def protected(
    results: Sequence[Result],
    *,
    scheme: Scheme,
    indicator: Indicator,
    patterns: Mapping[str, Pattern] | None = None,
    known: Mapping[str, Collection[str]] | None = None,
) -> list[Result]:
    """The results as the scheme shows them, in their order.

    `results` are the whole county's and any groups', and must hold what `needed` says of each period: what that is
    missing for is hidden. `patterns` are those of each grouping where other indicators have a say in them
    (metrics/protected_figures.py); `known` are the groups, by grouping, that are whole-county figures elsewhere.
    """
    if not is_protected(indicator, scheme):
        return list(results)
    groupings = dict.fromkeys(str(one.by) for one in results if one.group is not None)
    settled = dict(patterns or {})
    for by in groupings:
        if by not in settled:
            found = pattern(results, by=by, scheme=scheme, indicator=indicator, known=(known or {}).get(by, ()))
            settled[by] = found
    county = _county_hidden(results, scheme, indicator)
    return [
        shown
        for one in results
        for shown in _shown(one, scheme, indicator, settled.get(str(one.by)), county)
    ]


def pattern(
    results: Iterable[Result],
    *,
    by: str,
    scheme: Scheme,
    indicator: Indicator,
    known: Collection[str] = (),
    also: Iterable[Mapping[Period, frozenset[str] | None]] = (),
) -> Pattern:
    """What is hidden of the breakdown `by`. `also` is what else is hidden by quarter, because of other indicators."""
    of: dict[tuple[Period, Basis], dict[str, Result]] = defaultdict(dict)
    for one in results:
        if one.by == by and one.group is not None:
            of[one.period, one.basis][one.group] = one
    hidden = _by_quarter(of, scheme, indicator, known)
    for other in also:
        for quarter, groups in other.items():
            if quarter in hidden:
                mine = hidden[quarter]
                hidden[quarter] = None if mine is None or groups is None else mine | groups
    years = {
        period: _year_shown(of, period, hidden, scheme, indicator)
        for period, basis in of
        if period.window == "year" and basis == "known" and indicator.nature == "flow"
    }
    return Pattern(hidden, years)


def counts(result: Result, indicator: Indicator) -> dict[str, float]:
    """The counts of people behind a figure, by kind: those that met the condition, those that did not, and all."""
    above, below = result.numerator or 0.0, result.denominator
    if indicator.numerator.measure in ("mean", "median"):
        return {"all": below or 0.0}
    if below is None or indicator.per_population or indicator.asked:
        return {"met": above}
    if indicator.share and result.group is not None:
        return {"met": above}
    return {"met": above, "not met": below - above, "all": below}


_Of = Mapping[tuple[Period, Basis], Mapping[str, Result]]


def _by_quarter(
    of: _Of, scheme: Scheme, indicator: Indicator, known: Collection[str]
) -> dict[Period, frozenset[str] | None]:
    found: dict[Period, frozenset[str] | None] = {}
    for (period, _), groups in of.items():
        if period.window != "quarter":
            continue
        kinds = [hidden_groups(one, scheme=scheme, known=known) for one in _kinds(groups, indicator).values()]
        kinds.append(_of_nearly_all(groups, scheme, indicator))
        before = found.get(period, frozenset())
        whole = before is None or None in kinds
        found[period] = None if whole else frozenset(before or ()).union(*(one for one in kinds if one is not None))
    return found


def _of_nearly_all(groups: Mapping[str, Result], scheme: Scheme, indicator: Indicator) -> frozenset[str] | None:
    """Of shares of the whole county: all of them, where one is so nearly all that the rest is small."""
    if not indicator.share:
        return frozenset()
    rest = [(one.denominator or 0.0) - (one.numerator or 0.0) for one in groups.values()]
    return None if any(scheme.small(count) for count in rest) else frozenset()


def _kinds(groups: Mapping[str, Result], indicator: Indicator) -> dict[str, Counts]:
    """The counts by kind, each by group."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for group, one in groups.items():
        for kind, count in counts(one, indicator).items():
            found[kind][group] = count
    return dict(found)


def _year_shown(
    of: _Of, year: Period, hidden: Mapping[Period, frozenset[str] | None], scheme: Scheme, indicator: Indicator
) -> frozenset[str]:
    quarters = _quarters(indicator, year)
    if any(quarter not in hidden for quarter in quarters):
        return frozenset()
    everyone = frozenset(of[year, "known"]).union(*(of.get((quarter, "known"), {}) for quarter in quarters))
    groups = [everyone if (found := hidden[quarter]) is None else found for quarter in quarters]
    of_year = _kinds(of[year, "known"], indicator)
    of_quarters = [_kinds(of.get((quarter, "known"), {}), indicator) for quarter in quarters]
    kinds = [(counted, [one.get(kind, {}) for one in of_quarters]) for kind, counted in of_year.items()]
    return years_shown(kinds, groups, scheme=scheme)


def _county_hidden(results: Iterable[Result], scheme: Scheme, indicator: Indicator) -> set[Period]:
    """The periods for which the whole county's figure is hidden, on whichever basis."""
    if scheme.whole_county == "shown":
        return set()
    county = [one for one in results if one.group is None]
    periods = {one.period for one in county}
    small = {one.period for one in county if any(scheme.small(count) for count in counts(one, indicator).values())}
    if indicator.nature != "flow":
        days = {period.end for period in small}
        return {period for period in periods if period.end in days}
    hidden = set(small)
    for period in periods - small:
        parts = _quarters(indicator, period)
        if period.window == "month":
            months = set(parts[0].months())
            if small & {*months, parts[0]} or not months | {parts[0]} <= periods:
                hidden.add(period)
        elif period.window in ("year", "rolling_year"):
            # All of its quarters shown, or all of them hidden; with some of them it would give the others away.
            all_hidden = period.end.month == 3 and set(parts) <= small
            if not all_hidden and not set(parts) <= periods - small:
                hidden.add(period)
    return hidden


def _shown(
    one: Result, scheme: Scheme, indicator: Indicator, settled: Pattern | None, county: Collection[Period]
) -> Iterator[Result]:
    """The result as it may be shown; nothing of a breakdown whose one group is the county itself."""
    if one.group is None:
        if scheme.whole_county == "shown":
            yield one
        elif one.period in county:
            yield hidden_result(one, indicator)
        else:
            yield _rounded(_without_asides(one), scheme, indicator)
    elif settled is None or settled.hides(indicator, one.period, one.group, basis=one.basis):
        yield hidden_result(one, indicator, coarser=one.period.window == "month")
    else:
        yield _rounded(_without_asides(one), scheme, indicator)


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


def _quarters(indicator: Indicator, period: Period) -> list[Period]:
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
