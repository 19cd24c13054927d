"""Figures: every indicator asked for, over every period and group asked for, each as a Result.

One statement an event table answers them all (metrics/compile.py); the rest here is what a figure needs beside its
rows: which submissions cover the period, the population, totals sent by agencies that have no rows to send.
Figures are remembered by the warehouse's version and the catalogue's digest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from metrics.asked import Asked, read_asked
from metrics.catalogue import Catalogue
from metrics.compile import Moment, Statement, statement
from metrics.coverage import Coverage, Covered, Source, read_coverage
from metrics.declared import Declared
from metrics.figure import Context, Tallied, of_tallies, of_total, unavailable
from metrics.lateness import Lateness, read_lateness
from metrics.memory import Identity, remembered
from metrics.model import Indicator
from metrics.population import Population, read_population
from metrics.result import Basis, Result
from metrics.totals import Totals, read_totals
from returns.partnership import expected
from returns.periods import Period

Wanted = Mapping[Declared, Sequence[Moment]]


@dataclass(frozen=True)
class Held:
    """What a version of the warehouse holds beside its event tables."""

    coverage: Coverage
    population: Population
    totals: Totals
    asked: Asked
    version: int | None
    late: Lateness = Lateness()


@dataclass(frozen=True)
class Figures:
    """Results by indicator and moment: the whole county's first, then those of each group asked for."""

    results: Mapping[tuple[str, Moment], tuple[Result, ...]] = field(repr=False)

    def county(self, indicator: str, moment: Moment) -> Result:
        """The whole county's result."""
        return self.results[indicator, moment][0]

    def groups(self, indicator: str, moment: Moment, *, by: str) -> tuple[Result, ...]:
        """The results of the groups of `by`, in their order."""
        return tuple(result for result in self.results[indicator, moment] if result.by == by)

    def all(self) -> list[Result]:
        """Every result, in the order asked."""
        return [result for found in self.results.values() for result in found]


def results(
    source: Source,
    *,
    catalogue: Catalogue,
    periods: Sequence[Period],
    basis: Basis,
    area_code: str,
    indicators: Iterable[str] | None = None,
    by: str | None = None,
    remember: Identity | None = None,
) -> list[Result]:
    """The results of the indicators (all, unless named) for each period, by indicator and then by period.

    With `by`, each indicator that is grouped by it gives its groups after the whole county.
    """
    chosen = list(catalogue) if indicators is None else [catalogue[name] for name in indicators]
    moments = [Moment(period, basis) for period in periods]
    groups = {one.id: (by,) for one in chosen if by and by in (*one.indicator.by, *one.indicator.watch_by)}
    asked = dict.fromkeys(chosen, moments)
    return figures(source, asked, catalogue=catalogue, groups=groups, area_code=area_code, remember=remember).all()


def figures(
    source: Source,
    asked: Wanted,
    *,
    catalogue: Catalogue,
    area_code: str,
    groups: Mapping[str, Sequence[str]] | None = None,
    held: Held | None = None,
    remember: Identity | None = None,
) -> Figures:
    """Every figure asked for. `groups` gives, by indicator, the groups wanted beside the whole county.

    With `remember` (metrics.memory.identity) the same figures of the same version are computed once in a process.
    """
    wanted = {name: tuple(names) for name, names in (groups or {}).items() if names}
    asks = tuple((one.id, tuple(moments)) for one, moments in asked.items())
    key = (remember, catalogue.digest, area_code, expected(), asks, tuple(sorted(wanted.items())))
    return remembered(
        key if remember else None,
        lambda: _compute(source, asked, wanted, catalogue, held or read_held(source, area_code=area_code)),
    )


def read_held(source: Source, *, area_code: str) -> Held:
    """What figures need beside the event tables, from one version of the warehouse."""
    coverage = read_coverage(source)
    return Held(
        coverage,
        read_population(source, area_code=area_code),
        read_totals(source),
        read_asked(source),
        source.version,
        read_lateness(source, coverage),
    )


def statements(
    asked: Wanted, *, catalogue: Catalogue, groups: Mapping[str, Sequence[str]], held: Held
) -> list[Statement]:
    """The statements that answer `asked`: one for each event table from which anything can be said."""
    tables: dict[str, dict[Declared, list[Moment]]] = defaultdict(dict)
    for one, moments in asked.items():
        indicator = one.indicator
        if indicator.table == "aggregates":
            continue
        covered = [m for m in moments if not _covered(one, m, held).reason]
        if covered:
            tables[indicator.table][one] = covered
    return [
        statement(
            table,
            wanted,
            groups=dict.fromkeys(group for one in wanted for group in groups.get(one.id, ())),
            clocks=catalogue.clocks,
        )
        for table, wanted in tables.items()
    ]


def _covered(one: Declared, moment: Moment, held: Held) -> Covered:
    indicator = one.indicator
    return held.coverage.of(indicator.table, moment.period, basis=moment.basis, nature=indicator.nature)


def _compute(
    source: Source, asked: Wanted, groups: Mapping[str, Sequence[str]], catalogue: Catalogue, held: Held
) -> Figures:
    tallied: dict[tuple[str, Moment], dict[_Group, Tallied]] = defaultdict(dict)
    for made in statements(asked, catalogue=catalogue, groups=groups, held=held):
        # One after another: DuckDB shares each out over the processors, and several at once only get in its way.
        _read(made, source.query(made.sql, made.parameters), tallied)
    return Figures(
        {
            (one.id, moment): tuple(_results_of(one, moment, tallied[one.id, moment], groups.get(one.id, ()), held))
            for one, moments in asked.items()
            for moment in moments
        }
    )


# A group of a grouping; (None, None) is the whole county.
_Group = tuple[str | None, str | None]


def _read(
    made: Statement, rows: Iterable[tuple[Any, ...]], tallied: dict[tuple[str, Moment], dict[_Group, Tallied]]
) -> None:
    """Adds what one statement counted to `tallied`."""
    for place, moment_place, by, group, counts in rows:
        branch = made.branches[place]
        moment = branch.moments[moment_place]
        start = 0
        for tally in branch.tallies:
            end = start + len(tally.aggregates)
            of_group = tallied[tally.indicator, moment]
            label: _Group = (made.groups[by - 1], group) if by else (None, None)
            of_group.setdefault(label, Tallied()).add(tally.role, counts[start:end])
            start = end


def _results_of(
    one: Declared, moment: Moment, tallied: Mapping[_Group, Tallied], groups: Sequence[str], held: Held
) -> Iterable[Result]:
    """The county's result, then those of the groups, by grouping and name."""
    indicator = one.indicator
    context = Context(moment.period, moment.basis, held.population, held.version)
    covered = Covered(()) if indicator.table == "aggregates" else _covered(one, moment, held)
    if indicator.table == "aggregates" or covered.reason:
        yield from _from_totals(one, moment, groups, held, context, covered.reason)
        return
    if indicator.asked is not None:
        tallied = _of_those_asked(indicator, moment, tallied, groups, held)
    county = tallied.get((None, None), Tallied())
    whole = _counted(indicator, county, context, covered)
    # Rows that were sent and hold nothing to count are an answer, which totals do not overrule; rows that lack the
    # cells to tell are none.
    if whole.status == "x" and held.totals.of(indicator, moment.period, basis=moment.basis) is not None:
        yield from _from_totals(one, moment, groups, held, context, None)
        return
    provisional = _is_provisional(indicator, moment, held)
    yield _marked(whole, provisional)
    labels = (label for label in tallied if label[0] in groups)
    for by, group in sorted(labels, key=lambda label: (groups.index(str(label[0])), _group_order(str(label[1])))):
        of_group = tallied[by, group].as_share_of(county) if indicator.share else tallied[by, group]
        yield _marked(_counted(indicator, of_group, context, covered, by=by, group=group), provisional)


def _is_provisional(indicator: Indicator, moment: Moment, held: Held) -> bool:
    """Whether it is a month of which more will usually be recorded."""
    if indicator.nature != "flow" or moment.basis != "known" or moment.period.window != "month":
        return False
    return held.late.is_provisional(indicator.table, moment.period)


def _marked(result: Result, provisional: bool) -> Result:
    return replace(result, status="p") if provisional and result.status == "ok" else result


def _counted(
    indicator: Indicator, tallied: Tallied, context: Context, covered: Covered, **group: str | None
) -> Result:
    """The figure of what was counted; where nobody knows how many were asked, why there is none."""
    if indicator.asked is None or tallied.denominator is not None:
        return of_tallies(indicator, tallied, context=context, sources=covered.ids, **group)
    of_each = f" of each {str(group['by']).replace('_', ' ')}" if group else ""
    return unavailable(
        indicator, context=context, reason=f"No list says which {indicator.asked}{of_each} were asked.",
        numerator=tallied.numerator, left_out=tallied.left_out, too_recent=tallied.too_recent,
        sources=covered.ids, **group,
    )  # fmt: skip


def _of_those_asked(
    indicator: Indicator, moment: Moment, tallied: Mapping[_Group, Tallied], groups: Sequence[str], held: Held
) -> dict[_Group, Tallied]:
    """What was counted, over how many were asked: a group from which nobody answered is there too, with none."""
    found = dict(tallied)
    for by in (None, *groups):
        for group, number in (held.asked.of(indicator, moment.period, by=by) or {}).items():
            found[by, group] = replace(found.get((by, group), Tallied()), denominator=float(number))
    return found


def _from_totals(
    one: Declared, moment: Moment, groups: Sequence[str], held: Held, context: Context, reason: str | None
) -> Iterable[Result]:
    """The figures that totals give, for the county and for each group; where none were sent, the reason why not."""
    indicator = one.indicator
    sent = held.totals.of(indicator, moment.period, basis=moment.basis)
    if sent is None:
        yield unavailable(indicator, context=context, reason=reason)
    else:
        yield of_total(indicator, sent, context=context)
    for by in groups:
        # Totals name their groups in one column: of what has rows too, they are the groups that are watched.
        place = "breakdown" if by in indicator.watch_by else by
        if place not in ("area", "breakdown"):
            continue
        for name in held.totals.groups(indicator, place):
            of_group = held.totals.of(indicator, moment.period, basis=moment.basis, **{place: name})
            if of_group is not None:
                yield of_total(indicator, of_group, context=context, by=by, group=name)


def _group_order(label: str) -> tuple[int, float, str]:
    """Groups by name, but ages by age, and what is not recorded last."""
    if label == "Not recorded":
        return (2, 0.0, label)
    age = re.match(r"(under )?(\d+)( to| and over|$)", label)
    return (0, int(age[2]) - 0.5 * bool(age[1]), label) if age else (1, 0.0, label)
