"""The lines of the scorecard: each indicator's figure for a quarter, and what it is read beside.

All that the lines of several quarters need is asked of the warehouse at once (metrics/compute.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from metrics.annotations import Annotations
from metrics.benchmarks import Benchmark, Benchmarks
from metrics.catalogue import Catalogue
from metrics.compare import Of, significance
from metrics.compile import Moment
from metrics.compute import Figures, Held
from metrics.coverage import Source, Submission
from metrics.line_moments import Ask, first_day, shown_by
from metrics.memory import Identity
from metrics.model import PER, Indicator
from metrics.process import Process, process
from metrics.protected_figures import protected_figures
from metrics.result import Basis, Result, Status, whole
from metrics.rounding import rounded
from metrics.schemes import Scheme, chosen
from metrics.targets import Targets, TargetStep
from metrics.views import View
from returns.events import TABLES
from returns.partnership import Partnership
from returns.periods import Period


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

    `series` is as now known, oldest first, ending with the quarter: months of a flow, quarters of all else; where a
    point would have to be hidden, all of it is of the next coarser window that has none, quarters or years.
    `last` is the latest figure before the quarter, where the quarter itself has none. `comparable` is our own figure
    to set beside `benchmark`: published figures are of whole years, so a flow's is of the twelve months to the
    quarter's end; None where there is no benchmark, or the benchmark is a count, which larger places have more of.
    """

    indicator: Indicator
    quarter: Period
    result: Result
    previous: Result | None
    year_ago: Result | None
    series: tuple[Result, ...] = field(repr=False)
    benchmark: Benchmark | None
    freshness: Freshness | None
    target: TargetStep | None
    last: Result | None = None
    comparable: Result | None = None
    process: Process | None = field(default=None, repr=False)

    @property
    def change_on_year(self) -> float | None:
        """The value less that of a year before; None where either is missing."""
        then = self.year_ago
        if then is None or self.result.value is None or then.value is None:
            return None
        return rounded(self.result.value - then.value, self.result.decimals)

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
class Settings:
    """What the partnership has declared: who it is, its catalogue, targets, what happened, the board's part."""

    whose: Partnership
    catalogue: Catalogue = field(repr=False)
    agreed: Targets
    notes: Annotations
    board: View

    @property
    def key(self) -> tuple[object, ...]:
        """What tells these settings from any others."""
        return self.whose, self.catalogue.digest, self.agreed, self.notes, self.board


@dataclass(frozen=True)
class Lines:
    """The lines of some quarters, made when asked for from figures that were computed together."""

    asks: Mapping[Period, Mapping[str, Ask]] = field(repr=False)
    found: Figures = field(repr=False)
    held: Held = field(repr=False)
    published: Benchmarks = field(repr=False)
    settings: Settings = field(repr=False)
    made: dict[Period, tuple[Line, ...]] = field(default_factory=dict, repr=False)

    def of(self, quarter: Period) -> tuple[Line, ...]:
        """Every line of one of the quarters, in the order of the catalogue, groups after their county."""
        if quarter not in self.made:
            asks = self.asks[quarter].values()
            self.made[quarter] = tuple(line for ask in asks for line in _lines(ask, self))
        return self.made[quarter]


def lines_of(
    source: Source,
    quarters: Sequence[Period],
    *,
    settings: Settings,
    held: Held,
    published: Benchmarks,
    basis: Basis | None = None,
    by: str | None = None,
    remember: Identity | None = None,
    scheme: str | Scheme = "none",
) -> Lines:
    """The lines of the quarters, each figure on its usual basis unless one is given, as the scheme shows them."""
    declared, shown_as = settings.catalogue, chosen(scheme)
    asks = {
        quarter: {
            one.id: Ask(
                one.indicator, quarter, basis, shown_by(one.indicator, by), first_day(one.indicator, held), shown_as
            )
            for one in declared
        }
        for quarter in quarters
    }  # fmt: skip
    found = protected_figures(
        source,
        {one: _together(asks[quarter][one.id] for quarter in quarters) for one in declared},
        catalogue=declared,
        groups={one.id: shown_by(one.indicator, by) for one in declared},
        area_code=settings.whose.area_code,
        held=held,
        remember=remember,
        scheme=shown_as,
    )
    return Lines(asks, found, held, published, settings)


def _together(asks: Iterable[Ask]) -> tuple[Moment, ...]:
    return tuple(dict.fromkeys(moment for ask in asks for moment in ask.moments))


def _lines(ask: Ask, of: Lines) -> Iterator[Line]:
    """The indicator's own line, then one for each group that is watched or asked for."""
    indicator, (now, before, year_ago) = ask.indicator, ask.heads
    result = of.found.county(indicator.id, now)
    series = _whole(
        [of.found.county(indicator.id, moment) for moment in moments] for moments in ask.series(of_group=False)
    )
    ended = series[-ask.shown :]
    own = Line(
        indicator=indicator,
        quarter=ask.quarter,
        result=result,
        previous=of.found.county(indicator.id, before),
        year_ago=of.found.county(indicator.id, year_ago),
        series=ended,
        benchmark=of.published.of(indicator, ask.quarter),
        freshness=_freshness(indicator, result, ask.quarter, of.held),
        target=of.settings.agreed.on(indicator.id, ask.quarter.end),
        last=_last(ended) if result.status == "x" else None,
        comparable=of.found.county(indicator.id, ask.compared) if ask.compared else None,
    )
    yield _judged(own, series, of)
    for by in ask.groups:
        past = {
            moment: {one.group: one for one in of.found.groups(indicator.id, moment, by=by)} for moment in ask.moments
        }
        for group in _groups(indicator, past, (now, before, year_ago)):
            then = _whole(
                [
                    past[moment].get(group) or _absent(of.found.county(indicator.id, moment), indicator, by, group)
                    for moment in moments
                ]
                for moments in ask.series(of_group=True)
            )
            county = of.found.county(indicator.id, now)
            line = replace(
                own,
                result=past[now].get(group) or _absent(county, indicator, by, group),
                previous=past[before].get(group),
                year_ago=past[year_ago].get(group),
                series=then[-ask.shown :],
                benchmark=None,
                last=None,
                comparable=None,
            )
            yield _judged(line, then, of)


def _whole(candidates: Iterable[Sequence[Result]]) -> tuple[Result, ...]:
    """The first of the series that has nothing hidden in it, from its first figure on; none where each has."""
    for series in candidates:
        if all(one.status != "c" for one in series):
            return _without_lead(series)
    return ()


def _groups(
    indicator: Indicator, past: Mapping[Moment, Mapping[str | None, Result]], heads: Sequence[Moment]
) -> list[str]:
    """The groups that have a figure now; of a share, those too that had one before and have fallen to none."""
    named = heads if indicator.share else heads[:1]
    return list(dict.fromkeys(str(group) for moment in named for group in past[moment]))


def _absent(county: Result, indicator: Indicator, by: str, group: str) -> Result:
    """A group of which there was no row: none of the county's, where it is a share or a count; else no figure."""
    blank = replace(county, by=by, group=group, lower=None, upper=None, left_out=0, too_recent=0)
    if county.value is None or not (indicator.share or (indicator.unit == "count" and county.denominator is None)):
        status: Status = "x" if county.status == "x" else "z"
        return replace(blank, value=None, numerator=None, denominator=None, status=status)
    return replace(blank, value=0.0, numerator=0.0)


def _judged(line: Line, series: Sequence[Result], of: Lines) -> Line:
    """The line with its process chart, and its result with what that, the target and the neighbours say of it."""
    indicator = line.indicator
    charted = process(indicator, series, targets=of.settings.agreed, rebases=of.settings.notes.rebases(indicator.id))
    result = replace(
        line.result,
        variation=charted.variation,
        assurance=charted.assurance,
        target=line.target.value if line.target else None,
        comparison=beside_neighbours(line),
    )
    return replace(line, process=charted, result=result)


def beside_neighbours(line: Line) -> str | None:
    """How our comparable figure stands to the neighbours' average: `high_998` to `low_998`, or `none`.

    None where there is nothing to compare, or no interval of two counts to compare it by.
    """
    ours, published = line.comparable, line.benchmark
    if ours is None or published is None or published.neighbours is None or ours.value is None:
        return None
    if ours.unit not in PER or not ours.denominator or ours.numerator is None or ours.lower is None:
        return None
    kind: Of = "rate" if ours.unit == "p10k" else "proportion"
    return significance(ours.numerator, ours.denominator, average=published.neighbours, kind=kind, per=PER[ours.unit])


def _last(series: Sequence[Result]) -> Result | None:
    return next((past for past in reversed(series) if past.value is not None), None)


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
