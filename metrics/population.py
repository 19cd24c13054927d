"""The population that a rate is per: the mid-year estimate of children aged 0 to 17."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.coverage import Source
from returns.periods import Period, financial_year_of


@dataclass(frozen=True)
class Population:
    """Mid-year estimates of one area, by year."""

    by_year: dict[int, int]

    def of(self, period: Period) -> tuple[int, int] | None:
        """(year, children) for a period: the estimate of the year in which its financial year starts, else the
        latest before it; None where there is neither."""
        wanted = financial_year_of(period.end)
        year = max((year for year in self.by_year if year <= wanted), default=None)
        return None if year is None else (year, self.by_year[year])


def read_population(source: Source, *, area_code: str, age_band: str = "0 to 17") -> Population:
    """The area's estimates held in this version of the warehouse."""
    rows = source.query("SELECT area_code, age_band, year, population FROM main.population WHERE population > 0")
    return Population(
        {int(year): int(count) for area, band, year, count in rows if (area, band) == (area_code, age_band)}
    )
