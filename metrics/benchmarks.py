"""How the county compares with published figures: its statistical neighbours, its region and England.

The figures are the Department for Education's (the Local Authority Interactive Tool), of the latest financial year
that had ended by the period's last day. Neighbours are averaged by their mean, as the interactive tool does, or by
their median, as the Department's Outcomes and Enablers dashboard does; which one is always said.

Figures are those that the project brings, and of later years those of an extract of the interactive tool that was
loaded since (`python -m pipelines published FILE`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any, Literal

from metrics.coverage import Source
from metrics.model import Indicator
from metrics.result import Status
from metrics.rounding import rounded
from returns.periods import Period

Average = Literal["mean", "median"]
AVERAGES: tuple[Average, ...] = ("mean", "median")

# A mean of fewer neighbours than this says more about who is missing than about neighbours.
FEWEST_NEIGHBOURS = 5


# What is printed of a benchmark, in this order.
PRINTED = (
    "neighbours", "neighbours_present", "neighbours_of", "average", "region", "england", "year", "own", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Benchmark:
    """The published figures of one measure for one year, the financial year that ended in March of `year`.

    `neighbours` is the `average` of the `neighbours_present` (of `neighbours_of`) with a value; None under five.
    `own` is our own published value; where it has none `status` is the letter that the publication gives.
    """

    measure: str
    year: int
    own: float | None
    status: Status
    neighbours: float | None
    neighbours_present: int
    neighbours_of: int
    set_year: int
    region: float | None
    england: float | None
    average: Average = "mean"

    def as_json(self) -> dict[str, Any]:
        """The benchmark as `python -m metrics scorecard --format json` gives it."""
        return {name: getattr(self, name) for name in PRINTED}


@dataclass(frozen=True)
class _Area:
    code: str
    region_code: str
    neighbours: tuple[str, ...]
    set_year: int
    average: Average = "mean"


class Benchmarks:
    """The published figures held, for one authority and one set of its neighbours."""

    def __init__(self, figures: Iterable[tuple[Any, ...]], area: _Area) -> None:
        """Figures are (measure, area code, area kind, year, value, status)."""
        self._area = area
        self._figures: dict[tuple[str, int], dict[str, tuple[float | None, str]]] = defaultdict(dict)
        self._england: str | None = None
        self._years: dict[str, set[int]] = defaultdict(set)
        for measure, code, kind, year, value, status in figures:
            self._figures[measure, year][code] = (value, status or "ok")
            self._years[measure].add(year)
            if kind == "england":
                self._england = code

    def of(self, indicator: Indicator, period: Period) -> Benchmark | None:
        """The indicator's benchmark of the latest year ended by the period's end; None where it has none."""
        if indicator.benchmark is None:
            return None
        measure = indicator.benchmark.removeprefix("lait:")
        year = _latest(self._years.get(measure, ()), period)
        return None if year is None else self._of_year(measure, year, indicator.decimals)

    def latest_years(self, period: Period) -> set[int]:
        """The years that the measures' latest figures by the period's end are of: one, unless a measure has ended."""
        latest = (_latest(years, period) for years in self._years.values())
        return {year for year in latest if year is not None}

    def years(self, indicator: Indicator) -> list[Benchmark]:
        """The indicator's benchmark of every year held, earliest first."""
        if indicator.benchmark is None:
            return []
        measure = indicator.benchmark.removeprefix("lait:")
        return [self._of_year(measure, year, indicator.decimals) for year in sorted(self._years.get(measure, ()))]

    def _of_year(self, measure: str, year: int, decimals: int) -> Benchmark:
        held = self._figures[measure, year]
        present = [value for code in self._area.neighbours if (value := held.get(code, (None, "x"))[0]) is not None]
        own, status = held.get(self._area.code, (None, "x"))
        return Benchmark(
            measure=measure,
            year=year,
            own=own,
            status=status if own is None or status != "ok" else "ok",  # type: ignore[arg-type]
            neighbours=average_of(present, average=self._area.average, decimals=decimals),
            neighbours_present=len(present),
            neighbours_of=len(self._area.neighbours),
            set_year=self._area.set_year,
            region=held.get(self._area.region_code, (None, "x"))[0],
            england=held.get(self._england or "", (None, "x"))[0],
            average=self._area.average,
        )


def _latest(years: Iterable[int], period: Period) -> int | None:
    """The latest of the years that had ended, on 31 March, by the period's last day."""
    ended = period.end.year if (period.end.month, period.end.day) >= (3, 31) else period.end.year - 1
    return max((year for year in years if year <= ended), default=None)


def average_of(values: Sequence[float], *, average: Average, decimals: int) -> float | None:
    """The mean or median of the neighbours that have a value, rounded; None under five of them."""
    if len(values) < FEWEST_NEIGHBOURS:
        return None
    return rounded(fmean(values) if average == "mean" else median(values), decimals)


def read_benchmarks(
    source: Source, *, area_code: str, region_code: str, set_year: int = 2025, average: Average = "mean"
) -> Benchmarks:
    """The published figures held in this version, for one authority and the set of neighbours of `set_year`."""
    mine = tuple(code for code, _ in neighbours_of(source, area_code=area_code, set_year=set_year))
    figures = source.query(
        f"SELECT measure, area_code, area_kind, year, value, status FROM ({published_sql(source)}) "
        "WHERE area_kind = 'england' OR list_contains(?, area_code)",
        [[area_code, region_code, *mine]],
    )
    return Benchmarks(figures, _Area(area_code, region_code, mine, set_year, average))


def neighbours_of(source: Source, *, area_code: str, set_year: int) -> list[tuple[str, str]]:
    """The authority's statistical neighbours in the set of `set_year`, as (code, name), closest first."""
    rows = source.query(
        "SELECT neighbour_code, neighbour_name FROM main.neighbours WHERE area_code = ? AND set_year = ? ORDER BY rank",
        [area_code, set_year],
    )
    return [(str(code), str(name)) for code, name in rows]


_BROUGHT = "SELECT measure, area_code, area_name, area_kind, year, value, status FROM main.benchmarks"
_LOADED = """
    SELECT measure, area_code, area_name,
           CASE area_level WHEN 'National' THEN 'england' WHEN 'Regional' THEN 'region' ELSE 'authority' END
               AS area_kind,
           TRY_CAST(year AS INTEGER) AS year, value, status
    FROM main.published
    WHERE source = 'LAIT' AND area_level IN ('National', 'Regional', 'Local authority')
      AND TRY_CAST(year AS INTEGER) > (SELECT coalesce(max(year), 0) FROM main.benchmarks)
"""


def published_sql(source: Source) -> str:
    """The query of every published figure held; of an extract that was loaded, only years that are newer."""
    loaded = source.query("SELECT 1 FROM main.published_files WHERE source = 'LAIT'")
    return f"{_BROUGHT} UNION ALL {_LOADED}" if loaded else _BROUGHT
