"""What partners without rows to send give as totals: domestic abuse conferences, waits, child deaths, neglect.

Neglect in early help is near the 35 assessments of the partnership's annual report for 2019-20; child deaths are near
the nine that were notified in 2021-22 (data/reference/printed_figures.csv). The rest is imagined.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pipelines.demo.audits import listing
from pipelines.demo.calendar import number_of
from pipelines.demo.draw import spread
from pipelines.demo.listing import Cell, Listing
from returns.periods import Period

_NEGLECT_A_YEAR, _DEATHS_A_YEAR = 35, {2021: 9, 2022: 7, 2023: 8, 2024: 6, 2025: 8}


def partners_totals(seed: int, period: Period) -> Listing:
    """The quarter's totals, one row a figure."""
    return listing("aggregate", _totals(Random(f"{seed}/totals/{period}"), seed, period))


def _totals(rng: Random, seed: int, period: Period) -> Iterator[dict[str, Cell]]:
    year, number = number_of(period)
    of_year = Random(f"{seed}/totals/{year}")
    shares = [of_year.uniform(0.8, 1.2) for _ in range(4)]
    neglect, deaths = (spread(total, shares)[number - 1] for total in (_NEGLECT_A_YEAR, _DEATHS_A_YEAR[year]))
    cases, waiting = rng.randint(58, 84), rng.randint(310, 420)
    long = round(waiting * (0.24 + 0.015 * (year - 2021) + rng.uniform(-0.03, 0.03)))
    for name, numerator, denominator in (
        ("eh_neglect", neglect, None), ("da_marac_cases", cases, None),
        ("da_marac_repeat", round(cases * rng.uniform(0.24, 0.34)), cases), ("mh_waiting_18w", long, waiting),
        ("cd_notified", deaths, None),
    ):  # fmt: skip
        yield {"indicator": name, "covers": str(period), "numerator": numerator, "denominator": denominator}
