"""What is known of children looked after at each extract: reviews, visits, health and dental checks.

List 8 gives the latest of each. The shares with a health assessment and a dental check
within twelve months follow the published ones; visits and reviews are mostly in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import MOST_QUARTERS, extract_date, extract_quarters, number_of, of_quarter
from pipelines.demo.draw import office_day, weighted
from pipelines.demo.records import Care, CareState
from pipelines.demo.steering import share
from returns.periods import Period, add_months

# The quarter in which the dental clinic for children in care closed and no check was recorded.
DENTAL_COLLAPSE = (2025, 2)
_SUMMER_CHECKS = 0.15
_VISITED = 0.91
_REVIEWED = 0.93
_MISSING = ((0, 90), (1, 6), (2, 2), (3, 1), (6, 1))


def check(rng: Random, care: Sequence[Care]) -> None:
    """Give every period of care its state at each extract that lists it."""
    order = sorted(care, key=lambda period: period.order)
    for quarter in extract_quarters(MOST_QUARTERS):
        extracted, key, before = extract_date(quarter), str(quarter), str(quarter.earlier())
        window = add_months(extracted, -7)
        listed = [
            period for period in order
            if period.started <= extracted and (period.ceased is None or period.ceased >= window)
        ]
        for period in listed:
            last = period.states.get(before)
            period.states[key] = _state(rng, period, last, extracted)
        _checks(rng, listed, quarter)


def _state(rng: Random, period: Care, last: CareState | None, extracted: date) -> CareState:
    """The state on the extract's date, going on from the last one."""
    if last and period.ceased and period.ceased <= add_months(extracted, -3):
        return replace(last)
    state = replace(last) if last else _first_state(rng, period, extracted)
    until = min(extracted, period.ceased - timedelta(days=1)) if period.ceased else extracted
    if period.ceased and period.ceased <= extracted:
        until = max(until, period.started)
    _review(rng, period, state, until)
    _visit(rng, period, state, until)
    if rng.random() < 0.4:
        state.missing = weighted(rng, _MISSING)
        state.absent = weighted(rng, _MISSING)
        state.offered = ("a" if rng.random() < 0.87 else "b") if state.missing else ""
        state.accepted = ("a" if rng.random() < 0.6 else "b") if state.offered == "a" else ""
    return state


def _first_state(rng: Random, period: Care, extracted: date) -> CareState:
    state = CareState()
    days = (extracted - period.started).days
    if days > 200:
        state.review = extracted - timedelta(days=rng.randint(10, 165))
    if days > 60:
        state.health = max(period.started + timedelta(days=20), extracted - timedelta(days=rng.randint(5, 355)))
        if rng.random() < 0.65:
            state.dental = max(period.started + timedelta(days=30), extracted - timedelta(days=rng.randint(5, 360)))
    return state


def _review(rng: Random, period: Care, state: CareState, until: date) -> None:
    """Hold the reviews that are due: the first in 20 working days, the second in three months, then every six."""
    for _ in range(4):
        if state.review is None:
            due = period.started + timedelta(days=24)
        elif (state.review - period.started).days < 32:
            due = add_months(state.review, 3) - timedelta(days=4)
        else:
            due = add_months(state.review, 6) - timedelta(days=6)
        if due > until or rng.random() > _REVIEWED:
            return
        state.review = max(period.started, due - timedelta(days=rng.randint(0, 7)))


def _visit(rng: Random, period: Care, state: CareState, until: date) -> None:
    started = max((p.started for p in period.placements if p.started <= until), default=period.started)
    new = (until - period.started).days < 40
    if rng.random() < _VISITED:
        first = max(started, until - timedelta(days=5 if new else 26))
        visited = office_day(rng, first, until)
        state.visit = max(visited, state.visit) if state.visit else visited
    if rng.random() < 0.7:
        officer = office_day(rng, max(period.started, until - timedelta(days=80)), until)
        state.officer = max(officer, state.officer) if state.officer else officer


def _checks(rng: Random, listed: Sequence[Care], quarter: Period) -> None:
    """Renew health assessments and dental checks until the quarter's share has one within twelve months."""
    key = str(quarter)
    year_before = add_months(quarter.end, -12)
    open_now = [period for period in listed if period.ceased is None or period.ceased > quarter.end]
    long = [period for period in open_now if period.started <= year_before]
    for period in open_now:
        state = period.states[key]
        due = period.started + timedelta(days=rng.randint(14, 28))
        if state.health is None and due <= quarter.end and rng.random() < 0.85:
            state.health = due
    for name, target in (("health", figures.CARE_HEALTH), ("dental", figures.CARE_DENTAL)):
        if name == "dental" and number_of(quarter) == DENTAL_COLLAPSE:
            continue
        lapsed = [period for period in long if _lapsed(period.states[key], name, year_before)]
        rng.shuffle(lapsed)
        wanted = share(long, of_quarter(target, quarter)) - (len(long) - len(lapsed))
        seen = lapsed[: max(0, wanted)]
        if name == "dental" and number_of(quarter)[1] == 2:
            # Many children see the dentist in the summer holidays, whether or not the last check has lapsed.
            gone = {id(period) for period in lapsed}
            seen += [period for period in long if id(period) not in gone and rng.random() < _SUMMER_CHECKS]
        for period in seen:
            setattr(period.states[key], name, office_day(rng, quarter.start, quarter.end))


def _lapsed(state: CareState, name: str, year_before: date) -> bool:
    checked: date | None = getattr(state, name)
    return checked is None or checked <= year_before
