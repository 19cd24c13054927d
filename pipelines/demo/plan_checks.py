"""What is known of child protection plans and children in need at each extract: visits, reviews, last seen.

List 7 gives a plan's latest visit and review only. The share reviewed in time follows the
published one: a plan's review is held at its due date, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import MOST_QUARTERS, extract_date, extract_quarters, number_of, of_quarter
from pipelines.demo.draw import fitting, office_day, weighted, whole
from pipelines.demo.records import Episode, Plan, PlanState
from returns.periods import Period, add_months

# The quarter in which visits slipped: a third of the social workers of one team had left.
VISITS_SLIP = (2024, 4)
_VISITED = 0.90
_VISITED_WHEN_SLIPPING = 0.58
_SEEN = 0.88
_ALONE = (("a", 88), ("b", 10), ("c", 2))


def check_plans(rng: Random, episodes: Sequence[Episode]) -> None:
    """Give every plan its state at each extract that lists it."""
    with_plans = [episode for episode in episodes if episode.plan]
    for quarter in extract_quarters(MOST_QUARTERS):
        extracted, key, before = extract_date(quarter), str(quarter), quarter.earlier()
        last_extract = extract_date(before)
        window = add_months(extracted, -7)
        listed = [
            (episode, episode.plan) for episode in with_plans
            if episode.plan and episode.plan.started <= extracted
            and (episode.plan.ended is None or episode.plan.ended >= window)
        ]
        share = _VISITED_WHEN_SLIPPING if number_of(quarter) == VISITS_SLIP else _VISITED
        for _, plan in listed:
            last = plan.states.get(str(before))
            plan.states[key] = replace(last) if last else PlanState()
            if plan.ended is None or plan.ended > last_extract:
                until = min(extracted, plan.ended or extracted)
                _visit(rng, plan, plan.states[key], until, share)
        _review(rng, listed, quarter)


def _visit(rng: Random, plan: Plan, state: PlanState, until: date, share: float) -> None:
    """In time is eleven days at most and late is 23 at least, so that neither the clock nor a holiday decides."""
    in_time = rng.random() < share
    latest = until - timedelta(days=0 if in_time else 23)
    if latest < plan.started:
        return
    visited = office_day(rng, max(plan.started, latest - timedelta(days=11 if in_time else 14)), latest)
    if state.visit is None or visited > state.visit:
        state.visit = visited
        state.alone = weighted(rng, _ALONE)


def _review(rng: Random, listed: Sequence[tuple[Episode, Plan]], quarter: Period) -> None:
    """Hold the reviews that are due, but for as many as leaves the quarter's share in time."""
    extracted, key = extract_date(quarter), str(quarter)
    judged = [
        (episode, plan) for episode, plan in listed
        if add_months(plan.started, 3) <= extracted and listed_as_open(plan, extracted)
    ]
    failing = [(e, plan) for e, plan in judged if not _in_time(plan.states[key].review, extracted)]
    allowed = round(sum(e.size for e, _ in judged) * (1 - of_quarter(figures.PLANS_REVIEWED, quarter)))
    kept = {id(plan) for _, plan in fitting(rng, failing, allowed, lambda pair: pair[0].size)}
    for _, plan in failing:
        if id(plan) not in kept:
            _hold(rng, plan, plan.states[key], extracted)
    for _, plan in listed:
        # A plan ends at a review conference, recorded with it.
        ended = plan.ended if plan.ended and max(plan.ended, plan.end_recorded) <= extracted else None
        if ended and ended > add_months(plan.started, 2):
            plan.states[key].review = ended


def listed_as_open(plan: Plan, day: date) -> bool:
    """Whether an extract of the day lists the plan as open: what had been recorded by then decides."""
    ended = plan.ended is not None and plan.ended <= day and plan.end_recorded <= day
    return plan.started <= day and plan.start_recorded <= day and not ended


def _in_time(review: date | None, day: date) -> bool:
    return review is not None and add_months(review, 6) >= day


def _hold(rng: Random, plan: Plan, state: PlanState, extracted: date) -> None:
    first, last = add_months(plan.started, 2) + timedelta(days=10), add_months(plan.started, 3)
    if state.review is None and add_months(last, 6) > extracted:
        # Held by its due date, and late enough to be within six months still.
        first = max(first, add_months(extracted, -6) + timedelta(days=4))
        state.review = office_day(rng, first, max(first, min(last, extracted)))
        return
    state.review = office_day(rng, max(first, extracted - timedelta(days=85)), extracted)


def see_children(rng: Random, episodes: Sequence[Episode]) -> None:
    """Date when each family was last seen by a social worker, at each extract that lists it."""
    for quarter in extract_quarters(MOST_QUARTERS):
        extracted, key, before = extract_date(quarter), str(quarter), str(quarter.earlier())
        window = add_months(extracted, -7)
        for episode in episodes:
            if (episode.closed and episode.closed < window) or episode.referred > extracted:
                continue
            assert episode.assessment
            if episode.assessment.started > extracted:
                continue
            until = min(extracted, episode.closed or extracted)
            last = episode.seen.get(before)
            days = whole(rng, 1, 24) if rng.random() < _SEEN else whole(rng, 36, 80)
            seen = max(episode.assessment.started, until - timedelta(days=days))
            episode.seen[key] = max(seen, last) if last else seen
