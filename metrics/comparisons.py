"""One indicator beside other places: our published figure, our neighbours, the region, England and every authority.

A comparison is of published figures of one year, the latest that had ended by the period's last day; our own figure to
the period's end stands beside it, dated. "Higher", "lower" and "similar" follow our interval: another place's average
differs from ours only where it lies outside it. Authorities that had no figure, or did not yet exist, are absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from metrics import compare
from metrics.benchmarks import (
    Average,
    Benchmark,
    Benchmarks,
    average_of,
    neighbours_of,
    published_sql,
    read_benchmarks,
)
from metrics.coverage import Source
from metrics.intervals import Interval, proportion, rate
from metrics.model import PER, Indicator
from metrics.published_bases import BASES, Base
from metrics.result import Result
from returns.partnership import Partnership, partnership
from returns.periods import Period

Kind = Literal["us", "neighbour", "authority", "region", "england"]
Words = Literal["higher than", "lower than", "similar to"]
SETS = (2025, 2021)


@dataclass(frozen=True)
class Place:
    """A place's published figure of the year compared. `of` is what it is a share of, where that is known.

    `lower` and `upper` are its 95 per cent interval; without a value `status` says why there is none.
    """

    code: str
    name: str
    kind: Kind
    value: float | None
    status: str = "ok"
    of: int | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Against:
    """Ours against one average: `words` follow our interval, and are None where there is no interval.

    `judged` says what the words mean where one end is better: None for "similar", and where neither end is.
    """

    name: str
    value: float
    words: Words | None
    judged: Literal["better", "worse"] | None = None


@dataclass(frozen=True)
class Rank:
    """Our place among the authorities that have a figure, 1 the best; `best` and `worst` are its interval's ends.

    They are the places that the two ends of our own interval would have. `band` is the quarter, A to D.
    """

    place: int
    of: int
    best: int | None
    worst: int | None
    band: str | None


@dataclass(frozen=True)
class Compared:
    """An indicator's comparison for one year, and its figures of every year held, earliest first.

    `ours` is our own figure to the period's end, where it was given. `places` are every authority of the year with
    those that have no figure; `base` is what the figure is a share of, None where that is not published.
    """

    indicator: Indicator
    measure: str
    publication: str
    year: int
    when: str
    average: Average
    set_year: int
    own: Place
    neighbours: tuple[Place, ...]
    region: Place | None
    england: Place | None
    places: tuple[Place, ...]
    years: tuple[Benchmark, ...]
    base: Base | None = None
    ours: Result | None = None

    @cached_property
    def with_value(self) -> tuple[Place, ...]:
        """The authorities that have a figure."""
        return tuple(place for place in self.places if place.value is not None)

    @property
    def every_authority(self) -> bool:
        """Whether the figures held are of every authority, and not of ours and both sets of its neighbours alone."""
        return len(self.places) > 1 + len(SETS) * len(self.neighbours)

    @property
    def is_count(self) -> bool:
        """Whether it is a plain count, which larger places have more of and which is not compared."""
        return self.indicator.unit == "count"

    @property
    def present(self) -> int:
        """How many of the neighbours have a figure."""
        return sum(place.value is not None for place in self.neighbours)

    @property
    def neighbours_average(self) -> float | None:
        """The mean or median of the neighbours that have a figure; None under five of them, and for a count."""
        if self.is_count:
            return None
        values = [place.value for place in self.neighbours if place.value is not None]
        return average_of(values, average=self.average, decimals=self.indicator.decimals)

    @cached_property
    def against(self) -> tuple[Against, ...]:
        """Our published figure against the neighbours' average, the region's and England's, those that there are."""
        return self._set_against(self.own.value, self.own.lower, self.own.upper)

    @cached_property
    def ours_against(self) -> tuple[Against, ...]:
        """Our own figure to the period's end against the same; nothing where there is none."""
        if self.ours is None:
            return ()
        return self._set_against(self.ours.value, self.ours.lower, self.ours.upper)

    def _set_against(self, value: float | None, lower: float | None, upper: float | None) -> tuple[Against, ...]:
        if value is None or self.is_count:
            return ()
        others = [("our neighbours", self.neighbours_average)]
        others += [(place.name, place.value) for place in (self.region, self.england) if place is not None]
        found = []
        for name, other in others:
            if other is not None:
                words = said(other, lower=lower, upper=upper)
                found.append(Against(name, other, words, judged(words, better=self.indicator.better)))
        return tuple(found)

    @cached_property
    def rank(self) -> Rank | None:
        """Our rank, its interval and our quarter; None where neither end is better, or only neighbours are held."""
        own, better = self.own.value, self.indicator.better
        if own is None or self.is_count or better == "neither" or not self.every_authority:
            return None
        values = [place.value for place in self.with_value if place.value is not None]
        others = [place.value for place in self.with_value if place.value is not None and place.kind != "us"]

        def placed(value: float | None) -> int | None:
            # As compare.rank places it, without placing all the others too.
            if value is None:
                return None
            return 1 + sum(other > value if better == "higher" else other < value for other in others)

        ends = sorted(end for end in (placed(self.own.lower), placed(self.own.upper)) if end is not None)
        band = compare.quartile_band(own, values, better=better)
        best, worst = (ends[0], ends[-1]) if ends else (None, None)
        return Rank(placed(own) or 1, len(values), best, worst, band)

    @property
    def has_funnel(self) -> bool:
        """Whether authorities can be drawn by what their figure is a share of, with the limits of chance."""
        centre = self.england.value if self.england else None
        return bool(self.base and centre and not self.is_count and self.every_authority)

    def funnel(self, sizes: Sequence[float], *, level: float) -> list[tuple[float, float]]:
        """The limits that chance keeps a place of each size within, round England's figure, `level` of the time."""
        centre = self.england.value if self.england else None
        if centre is None:
            return []
        if self.indicator.unit == "p10k":
            return [compare.funnel_rate(centre, size, level=level) for size in sizes]
        return [compare.funnel_proportion(centre, size, level=level, per=100) for size in sizes]

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The letters that stand in a figure's place anywhere in the comparison, in the order of the alphabet."""
        shown = [place for place in (self.own, *self.neighbours, self.region, self.england) if place is not None]
        letters = {place.status for place in shown if place.value is None}
        return tuple(sorted(letters | {one.status for one in self.years if one.own is None}))


def said(other: float, *, lower: float | None, upper: float | None) -> Words | None:
    """What ours is beside another figure: similar unless it lies outside our interval; None without an interval."""
    if lower is None or upper is None:
        return None
    return "higher than" if other < lower else "lower than" if other > upper else "similar to"


def judged(words: Words | None, *, better: str) -> Literal["better", "worse"] | None:
    """Whether a difference is for the better; None where there is none, or neither end is better."""
    if words is None or words == "similar to" or better == "neither":
        return None
    return "better" if words == f"{better} than" else "worse"


@dataclass(frozen=True)
class Comparisons:
    """What is published for a quarter, read once: `of` gives each indicator's comparison."""

    period: Period
    average: Average
    set_year: int
    held: Benchmarks = field(repr=False)
    whose: Partnership = field(repr=False)
    neighbours: tuple[tuple[str, str], ...] = field(repr=False)
    figures: Mapping[tuple[str, int], Sequence[_Figure]] = field(repr=False)
    population: Mapping[tuple[str, int], float] = field(repr=False)
    measures: Mapping[str, tuple[str, str]] = field(repr=False)

    def of(self, indicator: Indicator, *, ours: Result | None = None) -> Compared | None:
        """The indicator beside other places; None where it has no published figure by the period's end.

        `ours` is our own figure to the period's end, as its viewer may see it.
        """
        latest = self.held.of(indicator, self.period)
        if latest is None:
            return None
        whose, base = self.whose, BASES.get(latest.measure)
        found = {place.code: place for place in self._places(latest, base, indicator)}
        publication, when = self._published_when(latest, nature=indicator.nature)
        return Compared(
            indicator=indicator,
            measure=latest.measure,
            publication=publication,
            year=latest.year,
            when=when,
            average=self.average,
            set_year=self.set_year,
            own=found.get(whose.area_code, Place(whose.area_code, whose.area_name, "us", None, "x")),
            neighbours=tuple(
                found.get(code, Place(code, name, "neighbour", None, "x")) for code, name in self.neighbours
            ),
            region=found.get(whose.region_code),
            england=next((place for place in found.values() if place.kind == "england"), None),
            places=tuple(place for place in found.values() if place.kind not in ("region", "england")),
            years=tuple(one for one in self.held.years(indicator) if one.year <= latest.year),
            base=base,
            ours=ours,
        )

    def _places(self, latest: Benchmark, base: Base | None, indicator: Indicator) -> Iterator[Place]:
        """Every area's figure of the year, with the interval that its base allows."""
        kinds: dict[str, Kind] = {code: "neighbour" for code, _ in self.neighbours}
        kinds |= {self.whose.area_code: "us", self.whose.region_code: "region"}
        told = {one.code: one.value for one in self.figures.get((base.measure, latest.year), ())} if base else {}
        for one in self.figures.get((latest.measure, latest.year), ()):
            if one.kind == "region" and kinds.get(one.code) != "region":
                continue
            # Rates are of the children at the middle of the year before the one that the financial year ends in.
            children = self.population.get((one.code, latest.year - 1))
            of = base.size(told=told.get(one.code), population=children) if base else None
            limits = _interval(one.value, of, indicator)
            ends = (limits.lower, limits.upper) if limits else (None, None)
            kind: Kind = kinds.get(one.code, "england" if one.kind == "england" else "authority")
            yield Place(one.code, one.name or one.code, kind, one.value, one.status or "ok", of, *ends)

    def _published_when(self, latest: Benchmark, *, nature: str) -> tuple[str, str]:
        """The publication to name, and the day or year that the figure is of, in words."""
        publication, kind = self.measures.get(latest.measure, ("Local Authority Interactive Tool", ""))
        if "sept" in (kind or "").casefold():
            return publication, f"at 30 September {latest.year}"
        # LAIT's own word for the kind of year is `Financial Year` for some figures of its last day too.
        by_day = nature in ("stock", "lookback")
        return publication, f"at 31 March {latest.year}" if by_day else f"in the year to March {latest.year}"


class _Figure(NamedTuple):
    code: str
    name: str | None
    kind: str | None
    value: float | None
    status: str | None


def read_comparisons(source: Source, *, period: Period, set_year: int = 2025, average: Average = "mean") -> Comparisons:
    """What is published by the period's end of every place, from one version of the warehouse.

    `set_year` is the set of statistical neighbours, `average` what is taken of them.
    """
    whose = partnership()
    held = read_benchmarks(
        source, area_code=whose.area_code, region_code=whose.region_code, set_year=set_year, average=average
    )
    years = sorted(held.latest_years(period))
    figures: dict[tuple[str, int], list[_Figure]] = defaultdict(list)
    for measure, year, *rest in source.query(
        f"SELECT measure, year, area_code, area_name, area_kind, value, status FROM ({published_sql(source)}) "
        "WHERE list_contains(?, year) ORDER BY area_code",
        [years],
    ):
        figures[measure, year].append(_Figure(*rest))
    population = source.query(
        "SELECT area_code, year, population FROM main.population WHERE list_contains(?, year + 1)", [years]
    )
    return Comparisons(
        period=period,
        average=average,
        set_year=set_year,
        held=held,
        whose=whose,
        neighbours=tuple(neighbours_of(source, area_code=whose.area_code, set_year=set_year)),
        figures=figures,
        population={(code, year): float(children) for code, year, children in population},
        measures={
            measure: (publication, kind)
            for measure, publication, kind in source.query("SELECT measure, publication, year_type FROM main.measures")
        },
    )


def compared(
    source: Source,
    indicator: Indicator,
    *,
    period: Period,
    set_year: int = 2025,
    average: Average = "mean",
    ours: Result | None = None,
) -> Compared | None:
    """One indicator beside other places; None where it has no published figure by the period's end."""
    return read_comparisons(source, period=period, set_year=set_year, average=average).of(indicator, ours=ours)


def _interval(value: float | None, of: int | None, indicator: Indicator) -> Interval | None:
    """The 95 per cent interval of a published share or rate; None where what it is of is not known."""
    per = PER.get(indicator.unit)
    if value is None or of is None or per is None or value < 0:
        return None
    count = round(value * of / per)
    return rate(count, of) if indicator.unit == "p10k" else proportion(min(count, of), of)
