"""What is hidden of every breakdown of one table by one grouping, settled together: count by count, then by figure.

Figures of one table are read side by side, so what is hidden is settled for counts (metrics/counted.py), and a figure
is hidden where any count behind it is. A count that two figures carry is hidden in both. Where those who met a
condition are hidden, so are those who did not, or they would be all less the rest. And the flows of a quarter are
hidden where the stock at either end of it is, because open at the end = open before + started - ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from metrics.counted import Balance, Count, balances, counted, counts
from metrics.declared import Declared
from metrics.hiding import hidden_groups, years_shown
from metrics.protected import BASES, WHOLE, Pattern
from metrics.result import Basis, Result
from metrics.schemes import Scheme
from returns.periods import Period

# The groups that are hidden; None for all of them.
Hidden = frozenset[str] | None
NOBODY: Hidden = frozenset()


@dataclass(frozen=True)
class Table:
    """Every figure of the indicators of one table, by the groups of one grouping, unprotected.

    Without a grouping they are the county's figures. `known` are the groups of an indicator that are whole-county
    figures of another; `county` what is hidden of the county, where the scheme protects it.
    """

    members: tuple[Declared, ...]
    by: str | None
    found: Sequence[Result] = field(repr=False)
    scheme: Scheme
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    county: Mapping[str, Pattern] | None = None

    @cached_property
    def results(self) -> dict[str, dict[tuple[Period, Basis], dict[str, Result]]]:
        """By indicator, period and basis: each group's result."""
        made: dict[str, dict[tuple[Period, Basis], dict[str, Result]]] = {one.id: {} for one in self.members}
        for one in self.found:
            if one.indicator in made:
                groups = made[one.indicator].setdefault((one.period, one.basis), {})
                if one.by == self.by and (one.group is None or self.by is not None):
                    groups[one.group or WHOLE] = one
        return made

    @cached_property
    def counted(self) -> dict[str, dict[str, Count]]:
        """By indicator: the count of each kind behind its figures of a group."""
        return {
            one.id: {
                kind: count
                for kind, count in counted(one).items()
                if kind == "met" or not (one.indicator.share and self.by is not None)
            }
            for one in self.members
        }

    @cached_property
    def balances(self) -> list[Balance]:
        """The stocks that two flows account for."""
        return balances(self.members)

    @cached_property
    def quarters(self) -> list[Period]:
        """Every quarter that there are figures of, the earliest first."""
        found = {period for of in self.results.values() for period, _ in of if period.window == "quarter"}
        return sorted(found, key=lambda one: one.start)

    @cached_property
    def years(self) -> list[Period]:
        """Every financial year that there are figures of, the earliest first."""
        found = {period for of in self.results.values() for period, _ in of if period.window == "year"}
        return sorted(found, key=lambda one: one.start)

    def of(self, name: str, kind: str, period: Period, basis: Basis) -> Mapping[str, float]:
        """One count behind an indicator's figures for a period, by group."""
        return self._numbers.get(name, {}).get((period, basis), {}).get(kind, {})

    @cached_property
    def _numbers(self) -> dict[str, dict[tuple[Period, Basis], dict[str, dict[str, float]]]]:
        made: dict[str, dict[tuple[Period, Basis], dict[str, dict[str, float]]]] = {}
        for name, of in self.results.items():
            for when, groups in of.items():
                by_kind = made.setdefault(name, {}).setdefault(when, {})
                for group, one in groups.items():
                    for kind, number in counts(one, self.declared[name].indicator).items():
                        by_kind.setdefault(kind, {})[group] = number
        return made

    @cached_property
    def own(self) -> dict[tuple[str, str], dict[Period, Hidden]]:
        """By indicator and kind of count: what is hidden of each quarter for its own numbers, on either basis."""
        made: dict[tuple[str, str], dict[Period, Hidden]] = {}
        for one in self.members:
            for kind in self.counted[one.id]:
                of: dict[Period, Hidden] = made.setdefault((one.id, kind), {})
                for quarter in self.quarters:
                    before = of.get(quarter.earlier()) or frozenset()
                    of[quarter] = together(*(self._own_of(one.id, kind, quarter, basis, before) for basis in BASES))
        return made

    def _own_of(self, name: str, kind: str, quarter: Period, basis: Basis, before: Collection[str]) -> Hidden:
        numbers = self.of(name, kind, quarter, basis)
        indicator = self.declared[name].indicator
        if indicator.share and self.by is not None:
            results = self.results[name].get((quarter, basis), {}).values()
            # One that is so nearly all that the rest is small hides them all.
            if any(self.scheme.small((one.denominator or 0.0) - (one.numerator or 0.0)) for one in results):
                return None
        return hidden_groups(numbers, scheme=self.scheme, known=self.known.get(name, ()), before=before)

    @cached_property
    def declared(self) -> dict[str, Declared]:
        """The indicators by their names."""
        return {one.id: one for one in self.members}


class More(NamedTuple):
    """What is hidden besides: groups of a count in a quarter, or, without a count, the years that end with it."""

    quarter: Period
    of: Count | None = None
    groups: Hidden = None


@dataclass
class Settled:
    """What is hidden of each count, by quarter, and the groups of each whose year is shown."""

    hidden: dict[Count, dict[Period, Hidden]] = field(default_factory=lambda: defaultdict(dict))
    years: dict[Count, dict[Period, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, count: Count, quarter: Period) -> Hidden:
        """The groups of a count that are hidden in a quarter."""
        return self.hidden[count].get(quarter, NOBODY)

    def hide(self, count: Count, quarter: Period, groups: Hidden) -> bool:
        """Hides the groups of a count too; whether that was new."""
        before = self.of(count, quarter)
        self.hidden[count][quarter] = together(before, groups)
        return self.hidden[count][quarter] != before


def settled(table: Table, more: Sequence[More] = ()) -> Settled:
    """What is hidden of the counts of a table, and `more` besides."""
    found = Settled()
    for (name, kind), by_quarter in table.own.items():
        county = table.county[name].hidden if table.county is not None else {}
        for quarter, groups in by_quarter.items():
            hidden = together(
                groups, None if table.county is not None and county.get(quarter, None) != NOBODY else NOBODY
            )
            found.hide(table.counted[name][kind], quarter, hidden)
    for quarter, count, groups in more:
        if count is not None:
            found.hide(count, quarter, groups)
    for quarter in table.quarters:
        link(found, table, quarter)
    _settle_years(found, table, {one.quarter for one in more if one.of is None})
    return found


def patterns(table: Table, of: Settled) -> dict[str, Pattern]:
    """What is hidden of each indicator's figures: where any count behind them is."""
    made = {}
    for one in table.members:
        kinds = table.counted[one.id].values()
        quarters = {quarter for quarter, _ in table.results[one.id] if quarter.window == "quarter"}
        hidden = {quarter: together(*(of.of(count, quarter) for count in kinds)) for quarter in quarters}
        years = {
            year: frozenset.intersection(*(of.years[count].get(year, frozenset()) for count in kinds))
            for year, basis in table.results[one.id]
            if year.window == "year" and basis == "known" and one.indicator.nature == "flow"
        }
        if table.county is not None:
            county = table.county[one.id].years
            years = {year: groups if WHOLE in county.get(year, ()) else frozenset() for year, groups in years.items()}
        groups = frozenset(group for of_period in table.results[one.id].values() for group in of_period)
        made[one.id] = Pattern(hidden, years, groups)
    return made


def link(found: Settled, table: Table, quarter: Period) -> None:
    """Hides what would give away, from one quarter's figures and the stock before it, what is hidden already."""
    changed = True
    while changed:
        changed = False
        for kinds in table.counted.values():
            if "all" in kinds and "met" in kinds:
                groups = together(*(found.of(count, quarter) for count in kinds.values()))
                changed |= found.hide(kinds["met"], quarter, groups) | found.hide(kinds["not met"], quarter, groups)
        for balance in table.balances:
            groups = together(
                found.of(balance.started, quarter),
                found.of(balance.ended, quarter),
                found.of(balance.open, quarter),
                found.of(balance.open, quarter.earlier()),
            )
            changed |= found.hide(balance.started, quarter, groups) | found.hide(balance.ended, quarter, groups)


def _settle_years(found: Settled, table: Table, withheld: Collection[Period]) -> None:
    """The groups whose year is shown of each count, as far as the count itself and those read beside it allow."""
    for year in table.years:
        if year.quarter() in withheld:
            continue
        quarters = [year.quarter().earlier(step) for step in (3, 2, 1, 0)]
        for one in table.members:
            if one.indicator.nature == "flow":
                for kind, count in table.counted[one.id].items():
                    shown = _year_of_count(found, table, one, kind, year, quarters)
                    before = found.years[count].get(year, shown)
                    found.years[count][year] = before & shown
        for balance in table.balances:
            _year_of_balance(found, balance, year, quarters)
        _years_alike(found, table, year)


def _year_of_count(
    found: Settled, table: Table, one: Declared, kind: str, year: Period, quarters: Sequence[Period]
) -> frozenset[str]:
    count = table.counted[one.id][kind]
    if any((quarter, "known") not in table.results[one.id] for quarter in (*quarters, year)):
        return frozenset()
    of_year = table.of(one.id, kind, year, "known")
    of_quarters = [table.of(one.id, kind, quarter, "known") for quarter in quarters]
    everyone = frozenset(of_year).union(*of_quarters)
    hidden = [found.of(count, quarter) for quarter in quarters]
    groups = [everyone if of is None else of for of in hidden]
    return years_shown([(of_year, of_quarters)], groups, scheme=table.scheme)


def _year_of_balance(found: Settled, balance: Balance, year: Period, quarters: Sequence[Period]) -> None:
    """Both flows of a year or neither; neither where the stock at one end is hidden and that at the other is not."""
    ends = [found.of(balance.open, quarter) for quarter in (quarters[0].earlier(), quarters[-1])]
    both = found.years[balance.started].get(year, frozenset()) & found.years[balance.ended].get(year, frozenset())
    shown = frozenset() if None in ends else both - together(*ends)  # type: ignore[operator]
    found.years[balance.started][year] = found.years[balance.ended][year] = shown


def _years_alike(found: Settled, table: Table, year: Period) -> None:
    changed = True
    while changed:
        changed = False
        for kinds in table.counted.values():
            if "all" not in kinds or year not in found.years[kinds["all"]]:
                continue
            shown = frozenset.intersection(*(found.years[count].get(year, frozenset()) for count in kinds.values()))
            for kind in ("met", "not met"):
                changed |= kind in kinds and found.years[kinds[kind]].get(year) != shown
                if kind in kinds:
                    found.years[kinds[kind]][year] = shown


def together(*groups: Hidden) -> Hidden:
    """All of several sets of groups; None where one of them is every group."""
    return None if None in groups else frozenset[str]().union(*(one for one in groups if one is not None))
