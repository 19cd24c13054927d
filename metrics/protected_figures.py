"""Figures as a viewer may see them: computed, protected by what was settled for their whole table, and handed on.

What may be shown of one figure depends on all that the viewer can read beside it: every indicator of its table, every
quarter and year, both bases. So that is settled first, for the table and the grouping, once in a process
(metrics/settlement.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue import Catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held, Wanted, figures, read_held
from metrics.coverage import Source
from metrics.declared import Declared
from metrics.memory import Identity, remembered
from metrics.model import Indicator
from metrics.protected import BASES, Pattern, hidden_result, is_protected, protected
from metrics.result import Result
from metrics.schemes import Scheme
from metrics.settlement import held_together
from metrics.settling import Table
from returns.partnership import expected
from returns.periods import financial_year, financial_year_of, quarter_of

_Groups = Mapping[str, Sequence[str]]
_Patterns = Mapping[str, Pattern]


def protected_figures(
    source: Source,
    asked: Wanted,
    *,
    scheme: Scheme,
    catalogue: Catalogue,
    area_code: str,
    groups: _Groups | None = None,
    held: Held | None = None,
    remember: Identity | None = None,
) -> Figures:
    """As metrics.compute.figures, with every figure as the scheme shows it."""
    wanted = {name: tuple(dict.fromkeys(names)) for name, names in (groups or {}).items() if names}
    more = {one: _with_months(one.indicator, moments, scheme) for one, moments in asked.items()}
    found = figures(source, more, catalogue=catalogue, area_code=area_code, groups=wanted, held=held, remember=remember)
    if not scheme.protects:
        return found
    last = max((moment.period.end for moments in asked.values() for moment in moments), default=date.min)
    ground = held or read_held(source, area_code=area_code)
    settle = _Settles(source, scheme, catalogue, area_code, ground, remember, last)
    shown: dict[tuple[str, Moment], tuple[Result, ...]] = {}
    for one, moments in asked.items():
        patterns = settle.patterns(one, wanted.get(one.id, ()))
        results = [result for moment in more[one] for result in found.results[one.id, moment]]
        safe = iter(protected(results, scheme=scheme, indicator=one.indicator, patterns=patterns))
        by_moment = {moment: [next(safe) for _ in found.results[one.id, moment]] for moment in more[one]}
        for moment in moments:
            absent = _hidden_though_absent(one.indicator, moment, by_moment[moment], patterns)
            shown[one.id, moment] = (*by_moment[moment], *absent)
    return Figures(shown)


class _Settles:
    """Settles what is hidden of a table by a grouping, from all that is held of it."""

    def __init__(
        self, source: Source, scheme: Scheme, catalogue: Catalogue, area_code: str, held: Held,
        remember: Identity | None, last: date,
    ) -> None:  # fmt: skip
        self.source, self.scheme, self.catalogue, self.area_code = source, scheme, catalogue, area_code
        self.held, self.remember = held, remember
        first = min([one.window[0] for one in held.coverage.submissions], default=last)
        self.quarters = [quarter_of(max(last, *(one.period.end for one in held.coverage.submissions), first))]
        while self.quarters[0].start > first:
            self.quarters.insert(0, self.quarters[0].earlier())
        self.found: dict[tuple[str, str | None], _Patterns] = {}

    def patterns(self, one: Declared, groupings: Sequence[str]) -> dict[str | None, Pattern]:
        """What is hidden of an indicator by each grouping, and under None of the county, where that is protected."""
        if not is_protected(one.indicator, self.scheme):
            return {}
        wanted = [*groupings] if self.scheme.whole_county == "shown" else [None, *groupings]
        return {by: self._of(one.indicator.table, by)[one.id] for by in wanted}

    def _of(self, table: str, by: str | None) -> _Patterns:
        if (table, by) not in self.found:
            key = (
                self.remember, self.catalogue.digest, self.area_code, expected(), self.scheme, table, by,
                self.quarters[0], self.quarters[-1],
            )  # fmt: skip
            self.found[table, by] = remembered(key if self.remember else None, lambda: self._settled(table, by))
        return self.found[table, by]

    def _settled(self, table: str, by: str | None) -> _Patterns:
        members = [one for one in self.catalogue if one.indicator.table == table and _has(one.indicator, by)]
        members = [one for one in members if is_protected(one.indicator, self.scheme)]
        found = figures(
            self.source,
            {one: self._moments(one.indicator) for one in members},
            catalogue=self.catalogue,
            area_code=self.area_code,
            groups={one.id: (by,) for one in members} if by else {},
            held=self.held,
        )
        county = None
        if self.scheme.whole_county == "protected" and by is not None:
            county = self._of(table, None)
        known = {one.id: known_groups(one.indicator, self.catalogue, by) for one in members} if by else {}
        if self.scheme.whole_county == "protected":
            known = {}
        return held_together(Table(tuple(members), by, found.all(), self.scheme, known, county))

    def _moments(self, indicator: Indicator) -> list[Moment]:
        moments = [Moment(quarter, basis) for quarter in self.quarters for basis in BASES]
        if indicator.nature == "flow":
            years = {financial_year(financial_year_of(one.end)): None for one in self.quarters if one.end.month == 3}
            moments += [Moment(year, "known") for year in years]
        return moments


def _has(indicator: Indicator, by: str | None) -> bool:
    return by is None or by in (*indicator.by, *indicator.watch_by)


def _with_months(indicator: Indicator, moments: Sequence[Moment], scheme: Scheme) -> tuple[Moment, ...]:
    """The moments; and of the county's months, where those are protected, all that their quarters have."""
    if not is_protected(indicator, scheme) or scheme.whole_county == "shown":
        return tuple(moments)
    months = [
        replace(moment, period=month)
        for moment in moments
        if moment.period.window == "month"
        for month in moment.period.quarter().months()
    ]
    return tuple(dict.fromkeys([*moments, *months]))


def _hidden_though_absent(
    indicator: Indicator, moment: Moment, found: Sequence[Result], patterns: Mapping[str | None, Pattern]
) -> Iterator[Result]:
    """Hidden results of groups that have no row where they are hidden: to have none is a count too."""
    here = {(one.by, one.group) for one in found}
    for by, pattern in patterns.items():
        for group in sorted(pattern.groups):
            if by is None or (by, group) in here or found[0].status == "x":
                continue
            if pattern.hides(indicator, moment.period, group, basis=moment.basis):
                month = moment.period.window == "month"
                yield hidden_result(replace(found[0], by=by, group=group), indicator, coarser=month)


def known_groups(indicator: Indicator, catalogue: Catalogue, by: str) -> frozenset[str]:
    """The groups of `by` that another indicator counts as its whole-county numerator: `source_group = 'Police'`."""
    column = indicator.group_column(by)
    memberships = {part.membership for part in indicator.parts}
    found = set()
    for other in catalogue:
        numerator = other.indicator.numerator
        if other.indicator.table != indicator.table or numerator.membership not in memberships:
            continue
        if match := re.fullmatch(rf"{column} = '([^']*)'", numerator.where or ""):
            found.add(match[1])
        elif (numerator.where or "").split(" and ")[0] == column:
            found.add("Yes")
    return frozenset(found)
