"""Periods of care, planned from the published numbers who started, ceased and were looked after.

How a child left care says how old they were: adopted children were very young, those who
left on their eighteenth birthday were born eighteen years before. So the way out is drawn
first and the date of birth follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, HORIZON, of_quarter, simulated_quarters
from pipelines.demo.draw import family_sizes, office_day, weighted
from pipelines.demo.records import Care
from returns.periods import Period, add_months

_INITIAL = 336
_INITIAL_UASC = 5
_SIZES = ((1, 68), (2, 18), (3, 9), (4, 5))

# Days in care before each way out (least, likely, most), most brothers and sisters leaving
# together, and the codes used.
_WAYS: dict[str, tuple[int, int, int, int, tuple[tuple[str, float], ...]]] = {
    "adopted": (330, 560, 1200, 2, (("E11", 55), ("E12", 45))),
    "guardianship": (150, 420, 1300, 4, (("E45", 50), ("E46", 15), ("E47", 25), ("E48", 10))),
    "home": (25, 160, 1500, 4, (("E4A", 1),)),
    "home_unplanned": (10, 120, 900, 2, (("E4B", 1),)),
    "arrangements": (90, 300, 1200, 3, (("E41", 1),)),
    "uasc_adult": (40, 420, 1000, 1, (("E5", 80), ("E6", 10), ("E15", 10))),
    "other": (60, 300, 2500, 1, (("E13", 30), ("E8", 40), ("E9", 15), ("E3", 15))),
    "adult": (90, 1500, 6300, 1, (("E5", 52), ("E6", 24), ("E7", 12), ("E8", 12))),
}
# The oldest a child may have been, in years, when a period that ends so began.
_OLDEST = {"adopted": 3.5, "guardianship": 9.0, "home": 15.0, "home_unplanned": 16.0, "arrangements": 11.0,
           "other": 15.5}


@dataclass(slots=True)
class Looked:
    """Brothers and sisters who started to be looked after on one day."""

    care: list[Care] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.care)

    @property
    def started(self) -> date:
        return self.care[0].started

    @property
    def uasc(self) -> bool:
        return self.care[0].uasc

    @property
    def left(self) -> bool:
        return bool(self.care[0].reason)


def plan_care(rng: Random) -> list[Looked]:
    """Every period of care from the start of the burn-in, by group of brothers and sisters."""
    groups = _initial(rng)
    for quarter in simulated_quarters():
        asylum = of_quarter(figures.CARE_STARTED_UASC, quarter)
        sizes = family_sizes(rng, of_quarter(figures.CARE_STARTED, quarter) - asylum, _SIZES)
        for size, uasc in [(size, False) for size in sizes] + [(1, True)] * asylum:
            started = office_day(rng, quarter.start, quarter.end)
            groups.append(Looked([Care(started, uasc=uasc) for _ in range(size)]))
    for quarter in simulated_quarters():
        staying = [group for group in groups if not group.left and group.started < quarter.end]
        for way in _WAYS:
            groups += _leave(rng, staying, quarter, way)
    for group in groups:
        _births(rng, group)
    order = 0
    for group in groups:
        for care in group.care:
            care.order, order = order, order + 1
    return groups


def _initial(rng: Random) -> list[Looked]:
    groups = []
    for size in family_sizes(rng, _INITIAL - _INITIAL_UASC, _SIZES):
        age = min(3300, 20 + int(rng.expovariate(1 / 1050)))
        groups.append(Looked([Care(BEGINNING - timedelta(days=age)) for _ in range(size)]))
    for _ in range(_INITIAL_UASC):
        groups.append(Looked([Care(BEGINNING - timedelta(days=rng.randint(20, 500)), uasc=True)]))
    return groups


def _leave(rng: Random, groups: list[Looked], quarter: Period, way: str) -> list[Looked]:
    """Draw the quarter's leavers by one way out among the children for whom it could be so.

    A leaver parted from brothers and sisters is a group of their own: those are returned.
    """
    alone: list[Looked] = []
    left = of_quarter(figures.CARE_CEASED[way], quarter)
    options = _could_leave(groups, quarter, way, _WAYS[way][3])
    while left > 0:
        options = [option for option in options if option[0].size <= left]
        if not options:
            parent, weight = _could_leave(groups, quarter, way, 4)[0]
            if parent.size > 1:
                parent = Looked([parent.care.pop(0)])
                alone.append(parent)
            options = [(parent, weight)]
        group = weighted(rng, options)
        options = [option for option in options if option[0] is not group]
        ceased = office_day(rng, max(quarter.start, group.started + timedelta(days=_WAYS[way][0])), quarter.end)
        for care in group.care:
            care.ceased, care.reason, care.code = ceased, way, weighted(rng, _WAYS[way][4])
        left -= group.size
    return alone


def _could_leave(groups: list[Looked], quarter: Period, way: str, largest: int) -> list[tuple[Looked, float]]:
    """The groups that may leave care this way in the quarter, weighted by how likely their time in care makes it."""
    least, likely, most, _, _ = _WAYS[way]
    asylum = way == "uasc_adult"
    options = []
    for group in groups:
        days = (quarter.end - group.started).days
        if group.left or group.uasc != asylum or group.size > largest:
            continue
        if least + 5 <= days <= most + 91:
            options.append((group, 1 / (1 + abs(days - likely) / likely) ** 2))
    return options


def _births(rng: Random, group: Looked) -> None:
    """Give each child the date of birth that how and when they left care, or that they have not, implies."""
    first = group.care[0]
    if first.reason in ("adult", "uasc_adult") and first.ceased:
        leap_day = (first.ceased.month, first.ceased.day) == (2, 29)
        first.birth = add_months(first.ceased + timedelta(days=leap_day), -216)
        return
    oldest = _OLDEST.get(first.reason, 17.4)
    until = first.ceased or HORIZON + timedelta(days=60)
    # Nobody is 18 before they leave, or before the demonstration ends.
    limit = min(oldest * 365.25, 17.9 * 365.25 - (until - group.started).days)
    if first.uasc:
        age = rng.uniform(max(0.0, limit - 400), limit)
    else:
        # Most children who started lately and are still looked after are young; of those who started
        # long ago, only the ones who were young then are still under 18.
        recent = not first.ceased and (HORIZON - group.started).days < 1200
        age = limit * rng.random() ** (1.7 if recent or first.reason == "adopted" else 0.75)
    # Brothers and sisters ten months or more apart, all born by the day and none past the limit.
    gaps = [rng.randint(310, 900) for _ in group.care[1:]]
    eldest = max(int(age), 4, min(sum(gaps) + 4, int(limit)))
    room = eldest - 4
    if sum(gaps) > room:
        gaps = [max(300, gap * room // sum(gaps)) for gap in gaps]
    while sum(gaps) > room:
        gaps[gaps.index(max(gaps))] = 1  # twins
    born = group.started - timedelta(days=eldest)
    for care, gap in zip(group.care, (0, *gaps), strict=True):
        born += timedelta(days=gap)
        care.birth = born
