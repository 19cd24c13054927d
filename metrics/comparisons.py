"""One indicator beside other places: our published figure, our neighbours, the region, England and every authority.

A comparison is of published figures of one year, the latest that had ended by the period's last day; our own figure to
the period's end stands beside it, dated. "Higher", "lower" and "similar" follow our interval: another place's average
differs from ours only where it lies outside it. Authorities that had no figure, or did not yet exist, are absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from metrics import compare
from metrics.benchmarks import Average, Benchmark, average_of, neighbours_of, published_sql, read_benchmarks
from metrics.coverage import Source
from metrics.intervals import Interval, proportion, rate
from metrics.model import PER, Indicator
from metrics.published_bases import BASES, Base
from metrics.result import Result
from returns.partnership import partnership
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
        values = [place.value for place in self.with_value]
        ours = next(index for index, place in enumerate(self.with_value) if place.kind == "us")

        def placed(value: float | None) -> int | None:
            if value is None:
                return None
            return compare.rank([*values[:ours], value, *values[ours + 1 :]], better=better)[ours]

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


def compared(
    source: Source,
    indicator: Indicator,
    *,
    period: Period,
    set_year: int = 2025,
    average: Average = "mean",
    ours: Result | None = None,
) -> Compared | None:
    """The indicator beside other places; None where it has no published figure by the period's end.

    `set_year` is the set of statistical neighbours, `average` what is taken of them. `ours` is our own figure to the
    period's end, as its viewer may see it.
    """
    whose = partnership()
    held = read_benchmarks(
        source, area_code=whose.area_code, region_code=whose.region_code, set_year=set_year, average=average
    )
    latest = held.of(indicator, period)
    if latest is None:
        return None
    names = dict(neighbours_of(source, area_code=whose.area_code, set_year=set_year))
    kinds: dict[str, Kind] = dict.fromkeys(names, "neighbour")
    kinds |= {whose.area_code: "us", whose.region_code: "region"}
    base = BASES.get(latest.measure)
    found = {place.code: place for place in _places(source, latest, base, indicator, kinds)}
    publication, when = _published_when(source, latest, nature=indicator.nature)
    own = found.get(whose.area_code, Place(whose.area_code, whose.area_name, "us", None, "x"))
    return Compared(
        indicator=indicator,
        measure=latest.measure,
        publication=publication,
        year=latest.year,
        when=when,
        average=average,
        set_year=set_year,
        own=own,
        neighbours=tuple(found.get(code, Place(code, name, "neighbour", None, "x")) for code, name in names.items()),
        region=found.get(whose.region_code),
        england=next((place for place in found.values() if place.kind == "england"), None),
        places=tuple(place for place in found.values() if place.kind not in ("region", "england")),
        years=tuple(one for one in held.years(indicator) if one.year <= latest.year),
        base=base,
        ours=ours,
    )


def _places(
    source: Source, latest: Benchmark, base: Base | None, indicator: Indicator, kinds: Mapping[str, Kind]
) -> list[Place]:
    """Every area's figure of the year, with the interval that its base allows."""
    rows = source.query(
        f"SELECT measure, area_code, area_name, area_kind, value, status FROM ({published_sql(source)}) "
        "WHERE year = ? AND measure IN (?, ?) ORDER BY area_code",
        [latest.year, latest.measure, base.measure if base else latest.measure],
    )
    told = {code: value for measure, code, _, _, value, _ in rows if base and measure == base.measure}
    # Rates are of the children at the middle of the year before the one the financial year ends in.
    children = dict(source.query("SELECT area_code, population FROM main.population WHERE year = ?", [latest.year - 1]))
    found = []
    for measure, code, name, area_kind, value, status in rows:
        if measure != latest.measure or (area_kind == "region" and kinds.get(code) != "region"):
            continue
        kind: Kind = kinds.get(code, "england" if area_kind == "england" else "authority")
        of = base.size(told=told.get(code), population=children.get(code)) if base else None
        limits = _interval(value, of, indicator)
        ends = (limits.lower, limits.upper) if limits else (None, None)
        found.append(Place(code, str(name or code), kind, value, status or "ok", of, *ends))
    return found


def _interval(value: float | None, of: int | None, indicator: Indicator) -> Interval | None:
    """The 95 per cent interval of a published share or rate; None where what it is of is not known."""
    per = PER.get(indicator.unit)
    if value is None or of is None or per is None or value < 0:
        return None
    count = round(value * of / per)
    return rate(count, of) if indicator.unit == "p10k" else proportion(min(count, of), of)


def _published_when(source: Source, latest: Benchmark, *, nature: str) -> tuple[str, str]:
    """The publication to name, and the day or year that the figure is of, in words."""
    rows = source.query("SELECT publication, year_type FROM main.measures WHERE measure = ?", [latest.measure])
    publication, kind = rows[0] if rows else ("Local Authority Interactive Tool", "")
    if "sept" in (kind or "").casefold():
        return publication, f"at 30 September {latest.year}"
    # LAIT's own word for the kind of year is `Financial Year` for some figures of its last day too.
    by_day = nature in ("stock", "lookback")
    return publication, f"at 31 March {latest.year}" if by_day else f"in the year to March {latest.year}"
