"""The scorecard: every indicator for one quarter, with what each line needs to be read fairly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from metrics.benchmarks import Benchmark, Benchmarks, read_benchmarks
from metrics.catalogue import THEMES, Catalogue, load_catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held, figures, read_held
from metrics.coverage import Submission
from metrics.memory import Identity, identity, remembered
from metrics.model import Indicator
from metrics.result import Basis, Result, whole
from metrics.rounding import rounded
from metrics.targets import Targets, TargetStep, targets
from returns.events import TABLES
from returns.partnership import Partnership, partnership
from returns.periods import Period
from returns.places import Places

if TYPE_CHECKING:
    from warehouse.reading import Reader

MONTHS = 24
QUARTERS = 16


class NoPeriod(ValueError):
    """No quarter can be shown: nothing was accepted yet."""


@dataclass(frozen=True)
class Freshness:
    """How new the rows behind a line are: the extract's date, and the return and period that it came in."""

    extracted: date | None
    return_name: str
    title: str
    period: Period


@dataclass(frozen=True)
class Line:
    """One line of the scorecard: a figure for the quarter (its group, where watched) and what it is read beside.

    `series` is as now known, oldest first, ending with the quarter: months of a flow, quarters of all else.
    `last` is the latest figure before the quarter, where the quarter itself has none. `comparable` is our own figure
    to set beside `benchmark`: published figures are of whole years, so a flow's is of the twelve months to the
    quarter's end; None where there is no benchmark, or the benchmark is a count, which larger places have more of.
    """

    indicator: Indicator
    result: Result
    previous: Result | None
    year_ago: Result | None
    series: tuple[Result, ...] = field(repr=False)
    benchmark: Benchmark | None
    freshness: Freshness | None
    target: TargetStep | None
    last: Result | None = None
    comparable: Result | None = None

    @property
    def change(self) -> float | None:
        """The value less that of the quarter before; None where either is missing."""
        return _difference(self.result, self.previous)

    @property
    def change_on_year(self) -> float | None:
        """The value less that of a year before; None where either is missing."""
        return _difference(self.result, self.year_ago)

    def as_json(self) -> dict[str, Any]:
        """The line as `python -m metrics scorecard --format json` gives it."""
        result = self.result
        return {
            "indicator": result.indicator,
            "group": result.group,
            "title": result.title,
            "theme": self.indicator.theme,
            "period": str(result.period),
            "basis": result.basis,
            "numerator": whole(result.numerator),
            "denominator": whole(result.denominator),
            "value": result.value,
            "unit": result.unit,
            "status": result.status,
            "previous": self.previous.value if self.previous else None,
            "year_ago": self.year_ago.value if self.year_ago else None,
            "variation": result.variation,
            "assurance": result.assurance,
            "target": self.target.value if self.target else None,
            "benchmark": self._benchmark_json(),
            "exception": result.exception,
            "lower": result.lower,
            "upper": result.upper,
            "too_recent": result.too_recent,
            "left_out": result.left_out,
            "sentence": result.sentence,
        }


    def _benchmark_json(self) -> dict[str, Any] | None:
        if self.benchmark is None:
            return None
        return self.benchmark.as_json() | {"ours": self.comparable.value if self.comparable else None}


@dataclass(frozen=True)
class Scorecard:
    """Every line for one quarter, in the order of the child's journey, from one version of the warehouse."""

    period: Period
    version: int | None
    lines: tuple[Line, ...]
    demonstration: bool = False
    quarters: tuple[Period, ...] = ()

    def theme(self, name: str) -> tuple[Line, ...]:
        """The lines of one theme."""
        return tuple(line for line in self.lines if line.indicator.theme == name)

    @property
    def themes(self) -> tuple[tuple[str, str], ...]:
        """The themes that have lines, as (name, title), in their order."""
        present = {line.indicator.theme for line in self.lines}
        return tuple((name, title) for name, title in THEMES.items() if name in present)


def scorecard(places: Places, *, period: Period | None = None, version: int | None = None) -> Scorecard:
    """The scorecard of a quarter (the latest with a submission, unless given) from a version (the current one).

    Raises warehouse.problems.WarehouseError, CatalogueError, SettingsError or NoPeriod, each a sentence.
    """
    from warehouse.store import reader

    with reader(places, version) as opened:
        return scorecard_of(opened, period=period, remember=identity(places, opened.version))


def scorecard_of(
    source: Reader,
    *,
    period: Period | None = None,
    basis: Basis | None = None,
    by: str | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
) -> Scorecard:
    """As `scorecard`, from a reader that is open.

    Without `basis` each figure has its usual one (see `headline`). `by` adds the groups of indicators that have them.
    """
    whose = partnership()
    declared = catalogue or load_catalogue()
    agreed = targets()
    key = (remember, declared.digest, whose, agreed, period, basis, by) if remember else None
    return remembered(key, lambda: _made(source, period, basis, by, declared, whose, agreed, remember))


def _made(
    source: Reader,
    period: Period | None,
    basis: Basis | None,
    by: str | None,
    declared: Catalogue,
    whose: Partnership,
    agreed: Targets,
    remember: Identity | None,
) -> Scorecard:
    held, published, is_demonstration = remembered(
        (remember, whose.area_code, whose.region_code) if remember else None, lambda: _read(source, whose)
    )
    chosen = (period or held.coverage.latest_quarter() or _no_period()).quarter()
    asks = {one.id: _Ask(one.indicator, chosen, basis, _shown_by(one.indicator, by)) for one in declared}
    found = figures(
        source,
        {one: asks[one.id].moments for one in declared},
        catalogue=declared,
        groups={one.id: asks[one.id].groups for one in declared},
        area_code=whose.area_code,
        held=held,
        remember=remember,
    )
    lines = [line for one in declared for line in _lines(asks[one.id], found, held, published, agreed)]
    return Scorecard(chosen, source.version, tuple(lines), is_demonstration, held.coverage.quarters())


def _read(source: Reader, whose: Partnership) -> tuple[Held, Benchmarks, bool]:
    return (
        read_held(source, area_code=whose.area_code),
        read_benchmarks(source, area_code=whose.area_code, region_code=whose.region_code),
        (source.meta("demonstration") or "").lower() in {"1", "yes", "true"},
    )


def _shown_by(indicator: Indicator, by: str | None) -> tuple[str, ...]:
    chosen = [by] if by in (*indicator.by, *indicator.watch_by) else []
    return tuple(dict.fromkeys([*indicator.watch_by, *(name for name in chosen if name)]))


@dataclass(frozen=True)
class _Ask:
    """What one indicator's lines need."""

    indicator: Indicator
    quarter: Period
    basis: Basis | None
    groups: tuple[str, ...]

    def head(self, quarter: Period) -> Moment:
        usual = headline(self.indicator, quarter)
        return Moment(usual.period, self.basis) if self.basis else usual

    @property
    def heads(self) -> tuple[Moment, Moment, Moment]:
        """The figure of the quarter, of the one before, and of a year before."""
        return self.head(self.quarter), self.head(self.quarter.earlier()), self.head(self.quarter.year_ago())

    @property
    def moments(self) -> tuple[Moment, ...]:
        compared = [self.compared] if self.compared else []
        return tuple(dict.fromkeys([*self.heads, *trend(self.indicator, self.quarter), *compared]))

    @property
    def compared(self) -> Moment | None:
        """The figure that is set beside published ones; None where none should be."""
        if self.indicator.benchmark is None or self.indicator.unit == "count":
            return None
        if self.indicator.nature != "flow" or self.indicator.table == "aggregates":
            return self.head(self.quarter)
        return Moment(self.quarter.rolling_year(), "known")


def headline(indicator: Indicator, quarter: Period) -> Moment:
    """What the scorecard shows of an indicator for a quarter.

    A flow per 10,000 is over the rolling year, as now known; all else is as first reported for the quarter.
    """
    if indicator.scorecard_window == "rolling_year":
        return Moment(quarter.rolling_year(), "known")
    return Moment(quarter, "reported")


def trend(indicator: Indicator, quarter: Period) -> list[Moment]:
    """The moments of the small trend, as now known, oldest first.

    24 months of a flow; 16 quarters of all else, each read over the window that the figure itself is read over.
    """
    quarters = [quarter.earlier(step) for step in reversed(range(QUARTERS))]
    if indicator.scorecard_window == "rolling_year":
        return [Moment(one.rolling_year(), "known") for one in quarters]
    if indicator.nature == "flow" and "month" in indicator.windows and indicator.table != "aggregates":
        last = list(quarter.months())[-1]
        return [Moment(last.earlier(step), "known") for step in reversed(range(MONTHS))]
    return [Moment(one, "known") for one in quarters]


def _no_period() -> Period:
    raise NoPeriod("No return has been accepted yet, so there is no quarter to show.")


def _lines(ask: _Ask, found: Figures, held: Held, published: Benchmarks, agreed: Targets) -> list[Line]:
    """The indicator's own line, then one for each group that is watched or asked for."""
    indicator, (now, before, year_ago) = ask.indicator, ask.heads
    result = found.county(indicator.id, now)
    moments = trend(indicator, ask.quarter)
    series = _without_lead([found.county(indicator.id, moment) for moment in moments])
    last = next((past for past in reversed(series) if past.value is not None), None) if result.status == "x" else None
    own = Line(
        indicator=indicator,
        result=result,
        previous=found.county(indicator.id, before),
        year_ago=found.county(indicator.id, year_ago),
        series=series,
        benchmark=published.of(indicator, ask.quarter),
        freshness=_freshness(indicator, result, ask.quarter, held),
        target=agreed.on(indicator.id, ask.quarter.end),
        last=last,
        comparable=found.county(indicator.id, ask.compared) if ask.compared else None,
    )
    lines = [own]
    for by in ask.groups:
        past = {moment: {one.group: one for one in found.groups(indicator.id, moment, by=by)} for moment in ask.moments}
        for group, of_group in past[now].items():
            then = [past[moment][group] for moment in moments if group in past[moment]]
            lines.append(
                replace(
                    own,
                    result=of_group,
                    previous=past[before].get(group),
                    year_ago=past[year_ago].get(group),
                    series=tuple(then),
                    benchmark=None,
                    last=None,
                    comparable=None,
                )
            )
    return lines


def _without_lead(series: Sequence[Result]) -> tuple[Result, ...]:
    """The series from its first figure on; gaps within it stay."""
    first = next((place for place, result in enumerate(series) if result.status != "x"), len(series))
    return tuple(series[first:])


def _freshness(indicator: Indicator, result: Result, quarter: Period, held: Held) -> Freshness | None:
    """The latest submission behind the figure; where there is no figure, the latest of the table up to the quarter."""
    by_id = {one.id: one for one in held.coverage.submissions}
    used = [by_id[name] for name in result.sources if name in by_id]
    latest = max(used, key=_extracted) if used else held.coverage.latest(indicator.table, upto=quarter)
    if latest is None:
        return None
    return Freshness(latest.extracted, latest.return_name, TABLES[indicator.table].title, latest.period)


def _extracted(submission: Submission) -> tuple[date, str]:
    return submission.extracted or submission.period.end, submission.id


def _difference(result: Result, other: Result | None) -> float | None:
    if other is None or result.value is None or other.value is None:
        return None
    return rounded(result.value - other.value, result.decimals)
