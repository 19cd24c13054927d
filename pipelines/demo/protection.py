"""Child protection, planned from its end: plans, their conferences, and the enquiries before them.

The Department publishes how many plans started and ended, how many conferences and how
many section 47 enquiries there were. So those are drawn first, to the published number,
and each is given the steps that led to it; what is left of a quarter's referrals is then
filled with families whose journeys went less far.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, HORIZON, number_of, of_quarter, simulated_quarters
from pipelines.demo.draw import add_weekdays, family_sizes, fitting, office_day, roll, weighted
from pipelines.demo.records import Enquiry, Plan
from returns.periods import Period

LARGE_FAMILY = 9
LARGE_FAMILY_QUARTER = (2024, 3)
_LARGE_FAMILY_DAY = date(2024, 11, 19)
_INITIAL_PLANS = 111
# How likely an open plan is to end, by its age in days: few in the first weeks, most around the
# second and third review, and none that would be open for two years on 31 March.
_HAZARD = ((60, 0.12), (120, 0.8), (210, 1.6), (330, 2.0), (480, 2.6), (600, 5.0), (9999, 60.0))
# The plans that ran for two years or more before they ended: 17 of 2024-25's 267.
_LONG_STARTS = {(2022, 2): 9, (2022, 3): 8}
_LONG_ENDS = (date(2024, 11, 4), date(2025, 3, 21))


@dataclass(slots=True)
class Protected:
    """A family's enquiry, with its conference and plan where it had them."""

    size: int
    enquiry: Enquiry
    plan: Plan | None = None
    large: bool = False


def plan_protection(rng: Random) -> list[Protected]:
    """Every enquiry from the start of the burn-in, with its conference and plan, in no special order."""
    groups = _initial(rng)
    for quarter in simulated_quarters():
        started = _started(rng, quarter)
        groups += started + _without_plan(rng, quarter)
    _date_enquiries(rng, groups)
    _end_plans(rng, [group for group in groups if group.plan])
    return groups + _enquiries_only(rng, groups)


def _initial(rng: Random) -> list[Protected]:
    """The plans open when the burn-in begins."""
    groups = []
    for size in family_sizes(rng, _INITIAL_PLANS):
        held = roll(BEGINNING - timedelta(days=int(rng.triangular(3, 420, 40))))
        plan = Plan(held, repeat=rng.random() < 0.25)
        groups.append(Protected(size, Enquiry(held, held, True), plan))
    return groups


def _started(rng: Random, quarter: Period) -> list[Protected]:
    """The quarter's plans, the repeat ones first, each dated by the conference that made it."""
    total, repeat = of_quarter(figures.PLANS_STARTED, quarter), of_quarter(figures.PLANS_REPEAT, quarter)
    groups: list[Protected] = []
    if number_of(quarter) == LARGE_FAMILY_QUARTER:
        held = _LARGE_FAMILY_DAY
        groups.append(Protected(LARGE_FAMILY, Enquiry(held, held, True), Plan(held, repeat=True), large=True))
        total, repeat = total - LARGE_FAMILY, repeat - LARGE_FAMILY
    for again, count in ((True, repeat), (False, total - repeat)):
        for size in family_sizes(rng, count):
            held = office_day(rng, quarter.start, quarter.end)
            groups.append(Protected(size, Enquiry(held, held, True), Plan(held, repeat=again)))
    left = _LONG_STARTS.get(number_of(quarter), 0)
    firsts = [group for group in groups if group.plan and not group.plan.repeat]
    for group in fitting(rng, firsts, left, lambda chosen: chosen.size):
        assert group.plan
        group.plan.long = True
    return groups


def _without_plan(rng: Random, quarter: Period) -> list[Protected]:
    """The quarter's conferences that made no plan."""
    groups = []
    for size in family_sizes(rng, of_quarter(figures.CONFERENCES_WITHOUT_PLAN, quarter)):
        held = office_day(rng, quarter.start, quarter.end)
        groups.append(Protected(size, Enquiry(held, held)))
    return groups


def _date_enquiries(rng: Random, groups: list[Protected]) -> None:
    """Date each conference's enquiry, so that the published share was held within 15 working days.

    In time is 13 weekdays at most and late is 20 at least, so that no bank holiday decides.
    """
    for quarter in simulated_quarters():
        held = [group for group in groups if quarter.contains(group.enquiry.conference or quarter.start)]
        held = [group for group in held if not group.large]
        late = fitting(rng, held, of_quarter(figures.CONFERENCES_LATE, quarter), lambda group: group.size)
        slipped = {id(group) for group in late}
        for group in held:
            days = int(rng.triangular(20, 36, 22)) if id(group) in slipped else int(rng.triangular(4, 13.9, 10))
            _start_before(group, days)
    for group in groups:
        if group.large or group.enquiry.started < BEGINNING:
            _start_before(group, 9)


def _start_before(group: Protected, weekdays: int) -> None:
    held = group.enquiry.conference
    if held:
        group.enquiry.started = roll(add_weekdays(held, -weekdays))


def _end_plans(rng: Random, groups: list[Protected]) -> None:
    """End as many plans in each quarter as the Department published."""
    _end_long_plans(rng, [group.plan for group in groups if group.plan and group.plan.long])
    for quarter in simulated_quarters():
        left = of_quarter(figures.PLANS_ENDED, quarter)
        already = [g for g in groups if g.plan and g.plan.ended and quarter.contains(g.plan.ended)]
        left -= sum(group.size for group in already)
        options = [
            (group, _hazard(group, quarter)) for group in groups
            if group.plan and not group.plan.ended and group.plan.started < quarter.end - timedelta(days=35)
        ]
        while left > 0:
            options = [option for option in options if option[0].size <= left and option[1]]
            if not options:
                break
            ending = weighted(rng, options)
            options = [option for option in options if option[0] is not ending]
            assert ending.plan
            first = max(quarter.start, ending.plan.started + timedelta(days=30))
            ending.plan.ended = office_day(rng, first, quarter.end)
            left -= ending.size


def _end_long_plans(rng: Random, plans: list[Plan]) -> None:
    for plan in plans:
        two_years = plan.started + timedelta(days=735)
        plan.ended = office_day(rng, max(two_years, _LONG_ENDS[0]), max(_LONG_ENDS[1], two_years))


def _hazard(group: Protected, quarter: Period) -> float:
    assert group.plan
    if quarter.end.month == 3 and group.plan.started >= quarter.start:
        # The published plans open for less than three months on 31 March are those of the quarter.
        return 0.0
    age = (quarter.end - group.plan.started).days
    return next(weight for limit, weight in _HAZARD if age <= limit)


def _enquiries_only(rng: Random, conferenced: list[Protected]) -> list[Protected]:
    """Enquiries that led to no conference: what is left of each quarter's published number."""
    groups = []
    for quarter in simulated_quarters():
        led = sum(group.size for group in conferenced if quarter.contains(group.enquiry.started))
        for size in family_sizes(rng, max(0, of_quarter(figures.SECTION_47, quarter) - led)):
            started = office_day(rng, quarter.start, min(quarter.end, HORIZON))
            groups.append(Protected(size, Enquiry(started)))
    return groups
