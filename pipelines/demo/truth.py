"""What truly happened in the simulated county, counted as the published statistics count it.

`followed` sets every published figure beside the simulated one, so that a test, or a
reader, can see how closely the demonstration keeps to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.demo.calendar import extract_date
from pipelines.demo.county import County
from pipelines.demo.figures import CHOSEN, PUBLISHED, Published
from pipelines.demo.leavers import on_list
from pipelines.demo.placements import recent
from pipelines.demo.plan_checks import listed_as_open
from pipelines.demo.records import Assessment, Care, Episode, Leaver, Plan
from returns.periods import Period, add_months, financial_year


@dataclass(frozen=True)
class Followed:
    """A published (or chosen) figure and the simulated one."""

    figure: Published
    simulated: float

    @property
    def difference(self) -> float:
        """How far the simulated figure is from the other, as a share of it; the figure itself where that is 0."""
        return abs(self.simulated - self.figure.value) / (self.figure.value or 1)


def followed(county: County) -> tuple[Followed, ...]:
    """Every figure that the demonstration follows, published and chosen, with the simulated one."""
    return tuple(Followed(figure, measure(county, figure.measure, figure.year)) for figure in (*PUBLISHED, *CHOSEN))


def measure(county: County, name: str, year: int) -> float:
    """The simulated figure of the financial year that starts in `year`; a percentage where the published one is."""
    return _MEASURES[name](county, financial_year(year))


def referrals(county: County, period: Period) -> Iterator[Episode]:
    """The family referrals of the period."""
    return (episode for episode in county.episodes if period.contains(episode.referred))


def assessments(county: County, period: Period) -> Iterator[tuple[Episode, Assessment]]:
    """The assessments authorised in the period, with the episode each is of."""
    for episode in county.episodes:
        for assessment in (episode.assessment, *episode.reassessments):
            if assessment and period.contains(assessment.authorised):
                yield episode, assessment


def conferences(county: County, period: Period) -> Iterator[Episode]:
    """The episodes whose initial conference was held in the period."""
    return (e for e in county.episodes if e.enquiry and e.enquiry.conference and period.contains(e.enquiry.conference))


def plans(county: County) -> Iterator[tuple[Episode, Plan]]:
    """Every child protection plan, with its episode."""
    return ((episode, episode.plan) for episode in county.episodes if episode.plan)


def plans_open(county: County, day: date) -> list[tuple[Episode, Plan]]:
    """The plans open on the day: one that ends on it is not."""
    return [(e, p) for e, p in plans(county) if p.started <= day and (p.ended is None or p.ended > day)]


def care_open(county: County, day: date) -> list[Care]:
    """The periods of care open on the day."""
    care = (period for episode in county.episodes for period in episode.care)
    return [period for period in care if period.started <= day and (period.ceased is None or period.ceased > day)]


def leavers_aged(county: County, day: date, youngest: int = 19, oldest: int = 21) -> list[Leaver]:
    """The care leavers listed on the day who are of the ages."""
    return [
        leaver for leaver in county.leavers
        if on_list(leaver, day)
        and add_months(leaver.child.birth, 12 * youngest) <= day < add_months(leaver.child.birth, 12 * (oldest + 1))
    ]


def re_referred(episode: Episode) -> bool:
    """Whether the same children had been referred within twelve months before."""
    past = episode.family.episodes if episode.family else []
    return any(add_months(other.referred, 12) >= episode.referred > other.referred for other in past)


def in_time(episode: Episode) -> bool:
    """Whether the initial conference was held within 15 weekdays of the enquiry (no bank holiday decides)."""
    assert episode.enquiry and episode.enquiry.conference
    return (episode.enquiry.conference - episode.enquiry.started).days <= 21


def percent(part: float, whole: float) -> float:
    """`part` of `whole` as a percentage; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def _children(episodes: Iterator[Episode]) -> int:
    return sum(episode.size for episode in episodes)


def _from(group: str) -> Callable[[County, Period], float]:
    return lambda county, year: _children(e for e in referrals(county, year) if e.source_group == group)


def _assessed_in_time(county: County, year: Period) -> float:
    done = list(assessments(county, year))
    return percent(sum(e.size for e, a in done if a.in_time), sum(e.size for e, _ in done))


def _conferences_in_time(county: County, year: Period) -> float:
    held = list(conferences(county, year))
    return percent(sum(e.size for e in held if in_time(e)), sum(e.size for e in held))


def _started(county: County, year: Period, *, repeat: bool = False) -> float:
    return sum(e.size for e, p in plans(county) if year.contains(p.started) and (p.previous > 0 or not repeat))


def _ended(county: County, year: Period) -> list[tuple[Episode, Plan]]:
    return [(e, p) for e, p in plans(county) if p.ended and year.contains(p.ended)]


def _ended_late(county: County, year: Period) -> float:
    ended = _ended(county, year)
    late = sum(e.size for e, p in ended if p.ended and add_months(p.started, 24) <= p.ended)
    return percent(late, sum(e.size for e, _ in ended))


def _reviewed(county: County, year: Period) -> float:
    day, key = extract_date(year.quarter()), str(year.quarter())
    judged = [(e, p) for e, p in plans(county) if listed_as_open(p, day) and add_months(p.started, 3) <= day]
    prompt = sum(
        e.size for e, p in judged if (review := p.states[key].review) is not None and add_months(review, 6) >= day
    )
    return percent(prompt, sum(e.size for e, _ in judged))


def _open_plans(test: Callable[[Plan, date], bool]) -> Callable[[County, Period], float]:
    return lambda county, year: sum(e.size for e, p in plans_open(county, year.end) if test(p, year.end))


def _care(test: Callable[[Care], bool], *, left: bool) -> Callable[[County, Period], float]:
    def count(county: County, year: Period) -> float:
        periods = (period for episode in county.episodes for period in episode.care)
        dated = ((period, period.ceased if left else period.started) for period in periods)
        return sum(1 for period, day in dated if day and year.contains(day) and test(period))
    return count


def _checked(name: str) -> Callable[[County, Period], float]:
    def share(county: County, year: Period) -> float:
        return checked(county, year.quarter(), name)
    return share


def checked(county: County, quarter: Period, name: str) -> float:
    """Per cent of children looked after a year or more at the quarter's end with a check in its twelve months."""
    before = add_months(quarter.end, -12)
    long = [period for period in care_open(county, quarter.end) if period.started <= before]
    dates = [getattr(period.states[str(quarter)], name) for period in long]
    return percent(sum(1 for day in dates if day and day > before), len(long))


def _far(county: County, year: Period) -> float:
    day = extract_date(year.quarter())
    now = [recent(period, day)[-1] for period in care_open(county, day)]
    return percent(sum(1 for place in now if place.outside and place.miles > 20), len(now))


def _unsettled(county: County, year: Period) -> float:
    day = extract_date(year.quarter())
    return sum(1 for period in care_open(county, day) if len(recent(period, day)) >= 3)


def _leavers(test: Callable[[Leaver, str], bool]) -> Callable[[County, Period], float]:
    def share(county: County, year: Period) -> float:
        key = str(year.quarter())
        aged = leavers_aged(county, extract_date(year.quarter()))
        return percent(sum(1 for leaver in aged if test(leaver, key)), len(aged))
    return share


_MEASURES: dict[str, Callable[[County, Period], float]] = {
    "referrals": lambda county, year: _children(referrals(county, year)),
    "re_referrals": lambda county, year: _children(e for e in referrals(county, year) if re_referred(e)),
    "referrals_no_further_action": lambda county, year: _children(e for e in referrals(county, year) if e.nfa),
    "referrals_from_police": _from("Police"),
    "referrals_from_schools": _from("Schools"),
    "referrals_from_health": _from("Health services"),
    "assessments": lambda county, year: sum(e.size for e, _ in assessments(county, year)),
    "assessments_in_45_days": _assessed_in_time,
    "assessed_not_in_need": lambda county, year: sum(
        e.size for e, a in assessments(county, year) if not a.needs_support
    ),
    "section_47_enquiries": lambda county, year: _children(
        e for e in county.episodes if e.enquiry and year.contains(e.enquiry.started)
    ),
    "conferences": lambda county, year: _children(conferences(county, year)),
    "conferences_in_15_days": _conferences_in_time,
    "plans_started": _started,
    "plans_repeat": lambda county, year: _started(county, year, repeat=True),
    "plans_ended": lambda county, year: sum(e.size for e, _ in _ended(county, year)),
    "plans_ended_after_2_years": _ended_late,
    "plans_open": _open_plans(lambda plan, day: True),
    "plans_open_2_years": _open_plans(lambda plan, day: add_months(plan.started, 24) <= day),
    "plans_open_3_months": _open_plans(lambda plan, day: add_months(plan.started, 3) <= day),
    "plans_open_neglect": _open_plans(lambda plan, day: plan.latest_category == "a"),
    "plans_reviewed_in_time": _reviewed,
    "care_started": _care(lambda period: True, left=False),
    "care_ceased": _care(lambda period: True, left=True),
    "care_adopted": _care(lambda period: period.reason == "adopted", left=True),
    "care_special_guardianship": _care(lambda period: period.reason == "guardianship", left=True),
    "care_open": lambda county, year: len(care_open(county, year.end)),
    "care_uasc": lambda county, year: sum(1 for period in care_open(county, year.end) if period.uasc),
    "care_three_placements": _unsettled,
    "care_over_20_miles": _far,
    "care_health": _checked("health"),
    "care_dental": _checked("dental"),
    "leavers_19_to_21": lambda county, year: len(leavers_aged(county, extract_date(year.quarter()))),
    "leavers_suitable": _leavers(lambda leaver, key: leaver.suitable[key]),
    "leavers_occupied": _leavers(lambda leaver, key: leaver.activity[key][0] != "G"),
    "leavers_in_touch": _leavers(lambda leaver, key: leaver.in_touch[key] == "a"),
}
