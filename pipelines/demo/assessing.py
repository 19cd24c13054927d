"""Assessments: when each episode's began and was authorised, and the later ones of families already known.

The share authorised within 45 working days follows the published one in each quarter. In
time is 44 weekdays at most and late is 52 at least, so that no bank holiday decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, number_of, of_quarter, quarter_start, simulated_quarters
from pipelines.demo.draw import add_weekdays, fitting, geometric, office_day, roll
from pipelines.demo.records import Assessment, Episode
from returns.periods import Period, quarter_of

SLOW_LOCALITY = 0
SLOW_FROM = date(2024, 4, 22)
_LATE = (52, 82, 56)


def assess(rng: Random, episodes: Sequence[Episode]) -> None:
    """Give every episode its first assessment, to the published share in time and not in need."""
    for episode in episodes:
        episode.assessment = _first(rng, episode)
    for quarter in reversed(simulated_quarters()):
        _bring_forward(rng, episodes, quarter)
    for quarter in simulated_quarters():
        done = [
            episode for episode in episodes
            if episode.assessment and quarter.contains(episode.assessment.authorised)
        ]
        _make_share_in_time(rng, done, quarter)
    for quarter in simulated_quarters():
        done = [
            episode for episode in episodes
            if episode.kind in ("closed", "enquiry") and not episode.stays_in_need and not episode.care
            and episode.assessment and quarter.contains(episode.assessment.authorised)
        ]
        for episode in fitting(rng, done, of_quarter(figures.NOT_IN_NEED, quarter), lambda chosen: chosen.size):
            assert episode.assessment
            episode.assessment.needs_support = False


def _first(rng: Random, episode: Episode) -> Assessment:
    wait = 0
    if episode.kind in ("closed", "in_need") and episode.referred >= BEGINNING:
        wait = geometric(rng, of_quarter(figures.ASSESSMENT_WAIT, quarter_of(episode.referred)))
    started = roll(add_weekdays(episode.referred, min(wait, 110)))
    return _authorise(rng, started, episode.locality)


def _authorise(rng: Random, started: date, locality: int) -> Assessment:
    due = max(BEGINNING, min(started + timedelta(days=40), simulated_quarters()[-1].end))
    late = 1 - of_quarter(figures.ASSESSED_IN_TIME, quarter_of(due)) / 100
    if started >= SLOW_FROM:
        late = 0.77 if locality == SLOW_LOCALITY else 0.04
    in_time = rng.random() >= late
    days = _days_in_time(rng, started) if in_time else int(rng.triangular(*_LATE))
    return Assessment(started, _move(started, days), in_time, child_seen=rng.random() < 0.962)


def _days_in_time(rng: Random, started: date) -> int:
    """Weekdays to authorisation. In 2023-24 half of all assessments took three days or less, as published."""
    if date(2023, 3, 20) <= started < date(2024, 4, 1) and rng.random() < 0.72:
        return min(10, geometric(rng, 3.5))
    return int(rng.triangular(2, 44.9, 34))


def _move(started: date, days: int) -> date:
    """`days` weekdays after `started`, on a day that offices are open, never more weekdays than asked."""
    return max(started, roll(add_weekdays(started, days), -1))


def _bring_forward(rng: Random, episodes: Sequence[Episode], quarter: Period) -> None:
    """Authorise some of the quarter's assessments in the quarter before, where more are due than were published."""
    most = of_quarter(figures.ASSESSMENTS, quarter)
    done = [episode for episode in episodes if episode.assessment and quarter.contains(episode.assessment.authorised)]
    excess = sum(episode.size for episode in done) - most
    if not most or excess <= 0:
        return
    before = quarter.earlier()
    able = [
        episode for episode in done
        if episode.assessment and episode.assessment.in_time and episode.assessment.started < before.end
    ]
    for episode in fitting(rng, able, excess, lambda chosen: chosen.size):
        assert episode.assessment
        earliest = max(before.start, episode.assessment.started + timedelta(days=1))
        episode.assessment.authorised = office_day(rng, earliest, before.end)


def _make_share_in_time(rng: Random, done: Sequence[Episode], quarter: Period) -> None:
    """Move as few authorisations as the quarter's share needs, none of them into another quarter."""
    late = [episode for episode in done if episode.assessment and not episode.assessment.in_time]
    prompt = [episode for episode in done if episode.assessment and episode.assessment.in_time]
    wanted = round(sum(e.size for e in done) * (1 - of_quarter(figures.ASSESSED_IN_TIME, quarter) / 100))
    excess = sum(episode.size for episode in late) - wanted
    slow = number_of(quarter) >= (2024, 2)
    days = 43 if excess > 0 else 53
    movable = [
        episode for episode in (late if excess > 0 else prompt)
        if episode.assessment and quarter.contains(_move(episode.assessment.started, days))
    ]
    # Where one team is slow, the changes keep to the sides that make it so.
    first = [episode for episode in movable if slow and (episode.locality == SLOW_LOCALITY) == (excess < 0)]
    others = [episode for episode in movable if not slow or (episode.locality == SLOW_LOCALITY) != (excess < 0)]
    left = abs(excess)
    for pool in (first, others):
        for episode in fitting(rng, pool, left, lambda chosen: chosen.size):
            assert episode.assessment
            episode.assessment.authorised = _move(episode.assessment.started, days)
            episode.assessment.in_time = excess > 0
            left -= episode.size


def reassess(rng: Random, episodes: Sequence[Episode]) -> None:
    """Assess families again while they are helped, until each quarter's published number is reached."""
    done: dict[date, int] = {}
    for episode in episodes:
        assert episode.assessment
        start = quarter_start(episode.assessment.authorised)
        done[start] = done.get(start, 0) + episode.size
    for quarter in simulated_quarters():
        missing = of_quarter(figures.ASSESSMENTS, quarter) - done.get(quarter.start, 0)
        if missing <= 0:
            continue
        open_throughout = [
            episode for episode in episodes
            if episode.referred < quarter.start - timedelta(days=150)
            and (episode.closed is None or episode.closed > quarter.end)
        ]
        for episode in fitting(rng, open_throughout, missing, lambda chosen: chosen.size):
            late = rng.random() >= of_quarter(figures.ASSESSED_IN_TIME, quarter) / 100
            authorised = office_day(rng, quarter.start, quarter.end)
            days = int(rng.triangular(*_LATE)) if late else _days_in_time(rng, quarter.start)
            started = roll(add_weekdays(authorised, -days), 1 if not late else -1)
            seen = rng.random() < 0.962
            episode.reassessments.append(Assessment(started, authorised, not late, child_seen=seen))
