"""What became of figures that somebody asked about: each as it was for the quarter asked about, and as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from metrics.catalogue import Catalogue, load_catalogue
from metrics.change_on_year import differs
from metrics.compile import Moment
from metrics.coverage import Source
from metrics.declared import Declared
from metrics.line_moments import headline
from metrics.memory import Identity, remembered
from metrics.protected_figures import protected_figures
from metrics.result import Result
from metrics.schemes import Scheme
from returns.partnership import partnership
from returns.periods import Period

Way = Literal["better", "worse", "higher", "lower", "no clear change"]


@dataclass(frozen=True)
class About:
    """A figure that was asked about: an indicator, a group of it or None for the county, and the quarter."""

    indicator: str
    group: str | None
    quarter: str


@dataclass(frozen=True)
class Changed:
    """The figure of the quarter asked about and of the latest, as the scheme shows them.

    `way` is how the second differs from the first, `no clear change` where chance could have done it (`higher` and
    `lower` are of figures of which neither is better); None where they cannot be told apart: a figure is missing or
    hidden, there is no later quarter, or the two years overlap.
    """

    then: Result
    now: Result
    way: Way | None


def changed_since(
    source: Source, asked: Iterable[About], *, now: Period, scheme: Scheme, catalogue: Catalogue | None = None,
    remember: Identity | None = None,
) -> dict[About, Changed]:  # fmt: skip
    """What became of each figure by the quarter `now`; an indicator or group that there is none of is left out."""
    chosen = catalogue or load_catalogue()
    known = {one.id for one in chosen.indicators}
    wanted = tuple(sorted({one for one in asked if one.indicator in known}, key=str))
    if not wanted:
        return {}
    key = None if remember is None else ("changed_since", remember, wanted, str(now), scheme, chosen.digest)
    return remembered(key, lambda: _found(source, wanted, now, scheme, chosen, remember))


def _found(
    source: Source, wanted: tuple[About, ...], now: Period, scheme: Scheme, chosen: Catalogue,
    remember: Identity | None,
) -> dict[About, Changed]:  # fmt: skip
    moments: dict[Declared, list[Moment]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for one in wanted:
        declared = chosen[one.indicator]
        both = [headline(declared.indicator, quarter) for quarter in (Period.parse(one.quarter), now)]
        moments[declared] = list(dict.fromkeys([*moments.get(declared, ()), *both]))
        if one.group is not None:
            groups[one.indicator] = declared.indicator.watch_by
    figures = protected_figures(
        source, moments, scheme=scheme, catalogue=chosen, area_code=partnership().area_code, groups=groups,
        remember=remember,
    )  # fmt: skip
    found = {}
    for one in wanted:
        indicator = chosen[one.indicator].indicator
        pair = []
        for quarter in (Period.parse(one.quarter), now):
            moment = headline(indicator, quarter)
            if one.group is None:
                pair.append(figures.county(one.indicator, moment))
                continue
            among = (each for by in indicator.watch_by for each in figures.groups(one.indicator, moment, by=by))
            pair += [each for each in among if each.group == one.group][:1]
        if len(pair) == 2:
            found[one] = Changed(pair[0], pair[1], _way(pair[0], pair[1], indicator.better))
    return found


def _way(then: Result, now: Result, better: str) -> Way | None:
    if then.value is None or now.value is None or now.period.start <= then.period.end:
        return None
    moved = differs(now, then)
    if moved is None:
        return "no clear change"
    if better not in ("higher", "lower"):
        return moved
    return "better" if moved == better else "worse"
