"""Episodes of need: each enquiry, plan and period of care with the referral that led to it.

What is left of each quarter's referrals after those are families who were assessed and
helped with a plan for children in need, or assessed and closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, number_of, of_quarter, quarter_start, simulated_quarters
from pipelines.demo.care import Looked
from pipelines.demo.draw import add_weekdays, family_sizes, fitting, office_day, roll, weighted
from pipelines.demo.protection import Protected
from pipelines.demo.records import Episode, Kind
from pipelines.demo.sources import CODES, referrals_by_source

LOCALITIES = ((0, 42), (1, 33), (2, 25))
# Of the families assessed without an enquiry, the share that goes on to a child in need plan.
_PLANNED = {2019: 0.55, 2020: 0.6, 2021: 0.8, 2022: 0.62, 2023: 0.5, 2024: 0.6, 2025: 0.55}
_NEEDS = (("N1", 58), ("N2", 8), ("N3", 5), ("N4", 12), ("N5", 11), ("N6", 3), ("N7", 0.5), ("N8", 2), ("N0", 0.5))
_HARM_NEEDS = (("N1", 90), ("N5", 6), ("N4", 4))
_INITIAL_NEED = 360
# A child can be referred before birth, but not this long before.
_EXPECTED = timedelta(days=110)


def plan_episodes(rng: Random, protected: Sequence[Protected], looked: Sequence[Looked]) -> list[Episode]:
    """Every episode of need in the order of its referral, without its family and assessment yet."""
    followed = _followed_by_care(rng, protected, looked)
    cared_for = {id(group) for group in followed.values()}
    episodes = [_of_protection(rng, group, followed.get(id(group))) for group in protected]
    episodes += [_of_care(rng, group) for group in looked if id(group) not in cared_for]
    episodes += _initial_need(rng)
    already: dict[date, int] = {}
    for episode in episodes:
        start = quarter_start(episode.referred)
        already[start] = already.get(start, 0) + episode.size
    for quarter in simulated_quarters():
        for size in family_sizes(rng, of_quarter(figures.REFERRALS, quarter) - already.get(quarter.start, 0)):
            kind: Kind = "in_need" if rng.random() < _PLANNED[number_of(quarter)[0]] else "closed"
            referred = office_day(rng, quarter.start, quarter.end)
            episodes.append(Episode(kind, size, referred, stays_in_need=kind == "in_need"))
    episodes.sort(key=lambda episode: episode.referred)
    for episode in episodes:
        episode.locality = weighted(rng, LOCALITIES)
        harm = episode.kind in ("enquiry", "conference", "plan")
        episode.need = "N8" if episode.kind == "uasc" else weighted(rng, _HARM_NEEDS if harm else _NEEDS)
        episode.sticky = episode.sticky or episode.need == "N2" or rng.random() < 0.06
    _choose_sources(rng, episodes)
    _choose_re_referrals(rng, episodes)
    return episodes


def _followed_by_care(
    rng: Random, protected: Sequence[Protected], looked: Sequence[Looked]
) -> dict[int, Looked]:
    """Which plans and enquiries ended in care: the group's id against the brothers and sisters looked after.

    A plan that ended near the day a group of the same size started to be looked after is taken
    to have ended because they did, and an enquiry just before such a day to have led to it.
    """
    ended, enquired = _by_size_and_month(protected)
    followed: dict[int, Looked] = {}
    for group in looked:
        if group.uasc or group.started < BEGINNING:
            continue
        draw = rng.random()
        months = [(group.size, (group.started.year * 12 + group.started.month) + step) for step in (0, 1, -1)]
        for candidate in [one for month in months for one in ended.get(month, ())] if draw < 0.5 else ():
            if id(candidate) not in followed and _plan_ended_with(candidate, group) and _born_by(candidate, group):
                assert candidate.plan
                candidate.plan.ended = max(candidate.plan.ended or group.started, group.started)
                followed[id(candidate)] = group
                break
        for candidate in [one for month in months for one in enquired.get(month, ())] if 0.5 <= draw < 0.8 else ():
            soon = 0 <= (group.started - candidate.enquiry.started).days <= 21
            if id(candidate) not in followed and soon and _born_by(candidate, group):
                followed[id(candidate)] = group
                break
    return followed


_BySizeAndMonth = dict[tuple[int, int], list[Protected]]


def _by_size_and_month(protected: Sequence[Protected]) -> tuple[_BySizeAndMonth, _BySizeAndMonth]:
    """Plans by the month they ended, and enquiries without a conference by the month they began."""
    ended: _BySizeAndMonth = {}
    enquired: _BySizeAndMonth = {}
    for group in protected:
        table, day = (ended, group.plan.ended) if group.plan else (enquired, group.enquiry.started)
        if day and not group.large and (group.plan or not group.enquiry.conference):
            table.setdefault((group.size, day.year * 12 + day.month), []).append(group)
    return ended, enquired


def _plan_ended_with(candidate: Protected, group: Looked) -> bool:
    plan = candidate.plan
    if not plan or not plan.ended or plan.long or plan.started > group.started - timedelta(days=25):
        return False
    near = timedelta(days=-4) <= plan.ended - group.started <= timedelta(days=28)
    ended = max(plan.ended, group.started)
    same_quarter = (ended.year, (ended.month - 1) // 3) == (plan.ended.year, (plan.ended.month - 1) // 3)
    return near and same_quarter


def _youngest(looked: Looked) -> date:
    return max(care.birth for care in looked.care if care.birth)


def _born_by(candidate: Protected, looked: Looked) -> bool:
    """Whether the children were born, or expected, when the enquiry began."""
    return _youngest(looked) <= candidate.enquiry.started + _EXPECTED


def _of_protection(rng: Random, group: Protected, looked: Looked | None) -> Episode:
    """The episode around an enquiry: two in three follow a new referral, the rest a family already known."""
    started = group.enquiry.started
    lead = -rng.randint(0, 6) if group.large or rng.random() < 0.66 else -rng.randint(35, 290)
    kind: Kind = "plan" if group.plan else "conference" if group.enquiry.conference else "enquiry"
    stays = {"plan": 0.6, "conference": 1.0, "enquiry": 0.45}[kind]
    episode = Episode(kind, group.size, roll(add_weekdays(started, lead), -1), enquiry=group.enquiry, plan=group.plan)
    episode.stays_in_need = rng.random() < stays
    episode.repeat_plan = bool(group.plan and group.plan.repeat)
    if looked:
        episode.referred = min(started, max(episode.referred, roll(_youngest(looked) - _EXPECTED)))
        _take_into_care(rng, episode, looked)
    return episode


def _of_care(rng: Random, looked: Looked) -> Episode:
    lead = rng.randint(0, 1) if looked.uasc else rng.randint(3, 75)
    kind: Kind = "uasc" if looked.uasc else "care"
    episode = Episode(kind, looked.size, roll(add_weekdays(looked.started, -lead), -1))
    _take_into_care(rng, episode, looked)
    return episode


def _take_into_care(rng: Random, episode: Episode, looked: Looked) -> None:
    episode.care = looked.care
    home = looked.care[0].reason in ("home", "home_unplanned")
    episode.stays_in_need = home and rng.random() < 0.6


def _initial_need(rng: Random) -> list[Episode]:
    """Families already helped with a child in need plan when the burn-in begins, many of them for years."""
    episodes = []
    for size in family_sizes(rng, _INITIAL_NEED):
        referred = roll(BEGINNING - timedelta(days=60 + int(rng.expovariate(1 / 900))), -1)
        episodes.append(Episode("in_need", size, referred, stays_in_need=True, sticky=rng.random() < 0.6))
    return episodes


def _choose_sources(rng: Random, episodes: Sequence[Episode]) -> None:
    """Give each referral its source, to the published number from each."""
    for quarter in simulated_quarters():
        left = [episode for episode in episodes if quarter.contains(episode.referred)]
        counts = referrals_by_source(*number_of(quarter), sum(episode.size for episode in left))
        for group, count in sorted(counts.items(), key=lambda item: -item[1]):
            chosen = fitting(rng, left, count, lambda episode: episode.size)
            taken = {id(episode) for episode in chosen}
            left = [episode for episode in left if id(episode) not in taken]
            for episode in chosen:
                episode.source_group = group
        for episode in left:
            episode.source_group = "Individual"
    for episode in episodes:
        episode.source_group = episode.source_group or "Health services"
        episode.source = weighted(rng, CODES[episode.source_group])


def _choose_re_referrals(rng: Random, episodes: Sequence[Episode]) -> None:
    """Choose which referrals follow another of the same children within twelve months."""
    for quarter in simulated_quarters():
        able = [
            episode for episode in episodes
            if quarter.contains(episode.referred) and not episode.care and not episode.plan and episode.size <= 3
        ]
        for episode in fitting(rng, able, of_quarter(figures.RE_REFERRALS, quarter), lambda chosen: chosen.size):
            episode.re_referral = True

