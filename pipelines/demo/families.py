"""Which family each episode is about, and when each family's episode of need closes.

The months are gone through in order: referrals of the month are given to families (new
ones, or ones that were here before when the referral is a repeat), then as many families
are closed as leaves the published number of children in need.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, of_quarter, simulated_quarters
from pipelines.demo.draw import office_day, weighted
from pipelines.demo.people import Register
from pipelines.demo.records import Episode, Family
from returns.periods import Period, add_months, quarter_of

_BACK_SOON = timedelta(days=355)
_BACK_LATE = timedelta(days=372)
_BETWEEN = timedelta(days=24)
_RETURNING = 0.14
_ADULT_DAYS = 6570
# The oldest, in days, that a child of a family that comes back may be, so that nobody turns 18 on a plan.
_OLDEST_BACK = 6000
_OLDEST_ON_PLAN = 5300
_CLOSURES = {"adopted": "RC1", "guardianship": "RC4", "arrangements": "RC3", "other": "RC5"}


class Households:
    """The families met so far, by the number of their children and where they live."""

    def __init__(self, rng: Random, register: Register) -> None:
        self._rng = rng
        self._register = register
        self._known: dict[tuple[int, int], list[tuple[date, Family]]] = {}
        self._planned: dict[tuple[int, int], list[Family]] = {}
        self.unmatched = 0

    def give(self, episode: Episode) -> None:
        """Give the episode to a family: its children's own, one that was here before, or a new one."""
        family = self._choose(episode)
        episode.family = family
        family.episodes.append(episode)
        family.referred, family.closed = episode.referred, episode.closed
        key = (episode.size, family.locality)
        episode.locality = family.locality
        self._known.setdefault(key, []).append((episode.referred, family))
        if episode.plan:
            previous = family.earlier_plans + sum(1 for past in family.episodes[:-1] if past.plan)
            episode.plan.previous = previous
            family.planned_until = episode.plan.ended or date.max
            self._planned.setdefault(key, []).append(family)

    def _choose(self, episode: Episode) -> Family:
        rng = self._rng
        if episode.care:
            births = [care.birth for care in episode.care if care.birth]
            disabled = 0.13 if not episode.care[0].uasc else 0.02
            family = self._register.of_births(births, asylum=episode.care[0].uasc, disabled=disabled)
        else:
            back = self._back(episode)
            if back:
                return back
            # Nobody is to turn 18 on a plan, or soon in a long episode.
            oldest = 13.0 if episode.sticky else 14.6 if episode.plan else 16.2
            family = self._register.family(episode.size, met=episode.referred, oldest=oldest)
            if episode.need == "N2":
                for child in family.children:
                    child.disabled = True
        family.locality = episode.locality
        if episode.repeat_plan:
            family.earlier_plans = weighted(rng, ((1, 76), (2, 18), (3, 6)))
        return family

    def _back(self, episode: Episode) -> Family | None:
        """A family of the same size that was here before, where the episode is to be one of theirs."""
        key = (episode.size, episode.locality)
        if episode.re_referral:
            recent = self._recent(key, episode) or [
                family for locality in range(3) for family in self._recent((episode.size, locality), episode)
            ]
            if recent:
                return self._rng.choice(recent)
            self.unmatched += episode.size
            return None
        if episode.repeat_plan:
            known = self._planned.get(key, [])
        elif self._rng.random() < _RETURNING:
            known = [family for _, family in self._known.get(key, [])]
        else:
            return None
        for _ in range(min(25, len(known))):
            family = self._rng.choice(known)
            if self._may_return(family, episode, soon=False):
                return family
        return None

    def _recent(self, key: tuple[int, int], episode: Episode) -> list[Family]:
        """Families of this size and locality that may come back within twelve months of their last referral."""
        families = []
        for referred, family in reversed(self._known.get(key, [])):
            if episode.referred - referred > _BACK_SOON:
                break
            if family.referred == referred and self._may_return(family, episode, soon=True):
                families.append(family)
        return families

    def _may_return(self, family: Family, episode: Episode, soon: bool) -> bool:
        referred = family.referred
        if not referred or not family.closed or family.closed > episode.referred - _BETWEEN:
            return False
        gap = episode.referred - referred
        if gap > _BACK_SOON if soon else gap < _BACK_LATE:
            return False
        if any(care.uasc or care.code for past in family.episodes for care in past.care):
            return False
        if episode.plan and not episode.repeat_plan and family.planned_until:
            return False
        if episode.plan and family.earlier_plans and not episode.repeat_plan:
            return False
        eldest = min(child.birth for child in family.children)
        youngest = max(child.birth for child in family.children)
        oldest = _OLDEST_ON_PLAN if episode.plan else _OLDEST_BACK
        return (episode.referred - eldest).days < oldest and youngest <= episode.referred


def settle(rng: Random, episodes: Sequence[Episode], register: Register) -> Households:
    """Give every episode its family and closure; `episodes` are in the order of their referrals."""
    households = Households(rng, register)
    waiting = list(reversed(episodes))
    helped: list[Episode] = []
    month = BEGINNING
    while month <= simulated_quarters()[-1].end:
        following = add_months(month, 1)
        while waiting and waiting[-1].referred < following:
            episode = waiting.pop()
            _close_if_known(rng, episode)
            households.give(episode)
            helped.append(episode)
        _close(rng, helped, month, following - timedelta(days=1))
        helped = [episode for episode in helped if episode.closed is None or episode.closed >= following]
        month = following
    return households


def _close_if_known(rng: Random, episode: Episode) -> None:
    """Set the closure, or the day from which the family has a child in need plan, that the events imply."""
    assessment = episode.assessment
    assert assessment
    done = assessment.authorised
    enquiry, plan, care = episode.enquiry, episode.plan, episode.care[0] if episode.care else None
    if enquiry:
        done = max(done, enquiry.conference or enquiry.started + timedelta(days=14))
    if plan:
        done = max(done, plan.ended) if plan.ended else date.max
    if care:
        done = care.ceased or date.max
    if done == date.max:
        return
    if episode.stays_in_need:
        episode.in_need_from = done
        return
    episode.closed = done
    if care:
        episode.closure = _CLOSURES.get(care.reason, "RC6" if care.code == "E7" else "RC7")
    else:
        episode.closure = "RC8" if not assessment.needs_support else weighted(rng, (("RC7", 93), ("RC5", 7)))


def _close(rng: Random, helped: Sequence[Episode], first: date, last: date) -> None:
    """Close child in need plans in the month until the number of children open is the quarter's level."""
    pool = [episode for episode in helped if episode.closed is None and episode.in_need_from]
    for episode in pool:
        eldest = min(child.birth for child in episode.children)
        if (last - eldest).days >= _ADULT_DAYS:
            _end(rng, episode, first, last)
    assessed = (episode for episode in helped if episode.assessment and episode.assessment.started <= last)
    still_open = (episode for episode in assessed if episode.closed is None or episode.closed > last)
    excess = sum(episode.size for episode in still_open) - _level(last)
    ready = [
        (episode, _readiness(episode, last)) for episode in pool
        if episode.closed is None and episode.in_need_from and episode.in_need_from <= last - timedelta(days=28)
    ]
    while excess > 0:
        ready = [option for option in ready if option[0].size <= excess]
        if not ready:
            return
        chosen = weighted(rng, ready)
        ready = [option for option in ready if option[0] is not chosen]
        _end(rng, chosen, first, last)
        excess -= chosen.size


def _end(rng: Random, episode: Episode, first: date, last: date) -> None:
    assert episode.family and episode.in_need_from
    episode.closed = office_day(rng, max(first, episode.in_need_from), last)
    episode.closure = weighted(rng, (("RC7", 92), ("RC5", 6), ("RC6", 2)))
    episode.family.closed = episode.closed


def _readiness(episode: Episode, day: date) -> float:
    """How likely a child in need plan is to end: few of the long-standing ones, most within months."""
    if episode.sticky:
        return 0.06
    return 1.0 if (day - episode.referred).days < 420 else 0.45


def _level(day: date) -> int:
    """Children to be open to social care at the end of the month: a straight line between quarters' ends."""
    quarter = quarter_of(day)
    after = of_quarter(figures.IN_NEED_OPEN, quarter)
    before = of_quarter(figures.IN_NEED_OPEN, quarter.earlier()) if quarter.start > BEGINNING else after
    step = (day.month - quarter.start.month + 1) / 3
    return round(before + (after - before) * step)


def quarters_open(episodes: Sequence[Episode], quarter: Period) -> int:
    """Children whose episode is open on the quarter's last day, referrals awaiting assessment left out."""
    return sum(
        episode.size for episode in episodes
        if episode.assessment and episode.assessment.started <= quarter.end
        and (episode.closed is None or episode.closed > quarter.end)
    )
