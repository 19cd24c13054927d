"""Figures as a viewer may see them: computed with all that settles what is hidden, protected, and then handed on.

What may be shown of one breakdown can depend on others: children on plans at the end of a quarter are those at its
start, with those whose plans started and without those whose plans ended; and the children of one indicator's
numerator can be all that another counts. Such indicators hide the same groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from metrics.catalogue import Catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held, Wanted, figures
from metrics.coverage import Source
from metrics.declared import Declared
from metrics.memory import Identity
from metrics.model import Indicator, Part
from metrics.protected import Pattern, hidden_result, is_protected, needed, pattern, protected
from metrics.result import Result
from metrics.schemes import Scheme
from returns.periods import Period

_Groups = Mapping[str, Sequence[str]]


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
    among = {
        one: linked(one.indicator, catalogue, wanted[one.id])
        for one in asked
        if wanted.get(one.id) and is_protected(one.indicator, scheme)
    }
    more, more_groups = _with_what_settles(asked, wanted, among, scheme, catalogue)
    found = figures(
        source, more, catalogue=catalogue, area_code=area_code, groups=more_groups, held=held, remember=remember
    )
    if not scheme.protects:
        return found
    shown: dict[tuple[str, Moment], tuple[Result, ...]] = {}
    for one, moments in asked.items():
        patterns = _patterns(one, found, more[one], among.get(one, {}), scheme, catalogue)
        results = {moment: _of_groups(found.results[one.id, moment], wanted.get(one.id, ())) for moment in more[one]}
        flat = [result for moment in more[one] for result in results[moment]]
        safe = iter(protected(flat, scheme=scheme, indicator=one.indicator, patterns=patterns))
        by_moment = {moment: [next(safe) for _ in results[moment]] for moment in more[one]}
        for moment in moments:
            absent = _hidden_though_absent(one.indicator, moment, by_moment, patterns)
            shown[one.id, moment] = (*by_moment[moment], *absent)
    return Figures(shown)


def _hidden_though_absent(
    indicator: Indicator, moment: Moment, found: Mapping[Moment, Sequence[Result]], patterns: Mapping[str, Pattern]
) -> Iterator[Result]:
    """Hidden results of groups that have no row where their breakdown is hidden whole: to have none is a count too."""
    county = found[moment][0]
    here = {(one.by, one.group) for one in found[moment]}
    everywhere = dict.fromkeys((one.by, one.group) for results in found.values() for one in results)
    for by, group in everywhere:
        if (by, group) in here or by is None or group is None or by not in patterns or county.status == "x":
            continue
        if patterns[by].hides(indicator, moment.period, group, basis=moment.basis):
            month = moment.period.window == "month"
            yield hidden_result(replace(county, by=by, group=group), indicator, coarser=month)


def linked(indicator: Indicator, catalogue: Catalogue, groupings: Sequence[str]) -> dict[str, list[Declared]]:
    """By grouping, the other indicators whose hidden groups this one hides as well."""
    found: dict[str, list[Declared]] = {}
    for by in groupings:
        found[by] = [
            other
            for other in catalogue
            if other.id != indicator.id
            and other.indicator.table == indicator.table
            and by in (*other.indicator.by, *other.indicator.watch_by)
            and _has_a_say(other.indicator, indicator)
        ]
    return found


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


def _has_a_say(other: Indicator, indicator: Indicator) -> bool:
    """Whether the two are of the same episodes' starts and ends, or one counts the other's numerator."""
    table = indicator.event_table
    ends = {f"dated {table.dated}": f"dated {table.ended}", f"dated {table.ended}": f"dated {table.dated}"}
    for mine in indicator.parts:
        for theirs in other.parts:
            opposite = ends.get(mine.membership) == theirs.membership and mine.where == theirs.where
            if opposite and mine.measure in ("count", "distinct"):
                return True
    return _counts_numerator_of(indicator, other) or _counts_numerator_of(other, indicator)


def _counts_numerator_of(one: Indicator, other: Indicator) -> bool:
    below: Part | None = one.denominator
    above = other.numerator
    return (
        below is not None
        and other.denominator is not None
        and below.where is not None
        and (below.membership, below.where) == (above.membership, above.where)
    )


def _with_what_settles(
    asked: Wanted, groups: _Groups, among: Mapping[Declared, Mapping[str, Sequence[Declared]]], scheme: Scheme,
    catalogue: Catalogue,
) -> tuple[dict[Declared, list[Moment]], dict[str, tuple[str, ...]]]:  # fmt: skip
    """What is asked, with the moments and the other indicators that settle what may be shown of it."""
    moments: dict[Declared, dict[Moment, None]] = {one: dict.fromkeys(wanted) for one, wanted in asked.items()}
    of_groups: dict[str, dict[str, None]] = {name: dict.fromkeys(names) for name, names in groups.items()}
    for one, wanted in asked.items():
        if not is_protected(one.indicator, scheme):
            continue
        if scheme.whole_county == "shown" and one not in among:
            continue
        settling = [Moment(*of) for moment in wanted for of in needed(one.indicator, moment.period)]
        moments[one] |= dict.fromkeys(settling)
        quarters = [moment for moment in settling if moment.period.window == "quarter"]
        for by, others in among.get(one, {}).items():
            for other in others:
                moments.setdefault(catalogue[other.id], {}).update(dict.fromkeys(quarters))
                of_groups.setdefault(other.id, {})[by] = None
    return (
        {one: list(wanted) for one, wanted in moments.items()},
        {name: tuple(names) for name, names in of_groups.items()},
    )


def _patterns(
    one: Declared, found: Figures, moments: Sequence[Moment], among: Mapping[str, Sequence[Declared]],
    scheme: Scheme, catalogue: Catalogue,
) -> dict[str, Pattern]:  # fmt: skip
    patterns = {}
    for by, others in among.items():
        known = known_groups(one.indicator, catalogue, by) if scheme.whole_county == "shown" else frozenset()
        patterns[by] = pattern(
            _results(found, one, moments, by), by=by, scheme=scheme, indicator=one.indicator, known=known,
            also=[_hidden(other, found, moments, by, scheme, catalogue) for other in others],
        )  # fmt: skip
    return patterns


def _hidden(
    other: Declared, found: Figures, moments: Sequence[Moment], by: str, scheme: Scheme, catalogue: Catalogue
) -> Mapping[Period, frozenset[str] | None]:
    known = known_groups(other.indicator, catalogue, by) if scheme.whole_county == "shown" else frozenset()
    of = [moment for moment in moments if moment.period.window == "quarter"]
    results = _results(found, other, of, by)
    return pattern(results, by=by, scheme=scheme, indicator=other.indicator, known=known).hidden


def _results(found: Figures, one: Declared, moments: Sequence[Moment], by: str) -> Iterator[Result]:
    for moment in moments:
        if (one.id, moment) in found.results:
            yield from found.groups(one.id, moment, by=by)


def _of_groups(results: Sequence[Result], groups: Sequence[str]) -> list[Result]:
    """The whole county's result, and those of the groupings asked for."""
    return [one for one in results if one.group is None or one.by in groups]
