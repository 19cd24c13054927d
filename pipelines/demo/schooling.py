"""Education term by term: the county's totals, and of the secondary schools what each did with its pupils.

The numbers are about those of a county of its size; those of a school are imagined, as the schools are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from pipelines.demo.audits import listing, schools
from pipelines.demo.calendar import number_of
from pipelines.demo.draw import poisson, weighted
from pipelines.demo.listing import Cell, Code, Listing
from pipelines.demo.stories_of_partners import PLANS_ABSENT
from returns.partnership import partnership
from returns.periods import Period

# The term that ends in each quarter of the financial year; none ends in the first.
TERMS = {2: "Summer", 3: "Autumn", 4: "Spring"}
_SENT_IN_SEPTEMBER = 12
# Sessions of each group in a term, and the share attended.
_ATTENDANCE = {"cin": (58_000, 0.853), "cpp": (11_800, 0.806), "cla": (26_500, 0.921)}
_GRADES = (("Outstanding", 8), ("Good", 66), ("Requires improvement", 20), ("Inadequate", 6))


def extracted_on(period: Period, usual: date) -> date:
    """The day the term's totals are drawn: those of the summer in September, when the schools are back."""
    return date(period.end.year, 9, _SENT_IN_SEPTEMBER) if number_of(period)[1] == 2 else usual


def education(seed: int, period: Period) -> Listing:
    """The totals of the term that ended in the quarter."""
    return listing("education", _rows(Random(f"{seed}/education/{period}"), seed, period))


def _rows(rng: Random, seed: int, period: Period) -> Iterator[dict[str, Cell]]:
    year, number = number_of(period)
    # The academic year that the term is of: the summer's is the one that began in the autumn before.
    begun = year - 1 if number == 2 else year
    of_term: dict[str, Cell] = {
        "academic_year": f"{begun}-{(begun + 1) % 100:02d}", "term": Code("term", TERMS[number]),
    }  # fmt: skip
    county: dict[str, Cell] = {
        "school": partnership().area_name, "missing_education": poisson(rng, 58),
        "home_educated": 430 + (year - 2021) * 38 + rng.randint(-15, 15),
    }  # fmt: skip
    for group, (usual, share) in _ATTENDANCE.items():
        sessions = round(usual * rng.uniform(0.93, 1.07))
        if group == "cpp" and PLANS_ABSENT.shows_on(period.start):
            share -= 0.09
        county |= {f"{group}_sessions": sessions, f"{group}_attended": round(sessions * (share + rng.gauss(0, 0.006)))}
    yield of_term | county
    for school in schools(seed):
        if school.phase != "Secondary":
            continue
        yield of_term | {
            "urn": school.urn, "school": school.name, "suspensions": poisson(rng, 21), "exclusions": poisson(rng, 0.5),
            "inspection": Code("inspection_outcome", weighted(rng, _GRADES)) if rng.random() < 0.08 else None,
        }  # fmt: skip
