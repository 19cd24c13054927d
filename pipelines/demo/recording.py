"""When each event was typed in: most within days, some weeks later, so that an extract misses them.

An extract holds what was recorded by its date. Nothing is recorded more than ten weeks
late, so that an event missed by one extract is in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo.draw import whole
from pipelines.demo.records import Assessment, Episode

# The late batch: what the health service sent in these weeks was entered only in January.
LATE_BATCH_FROM = date(2023, 11, 1)
LATE_BATCH_UNTIL = date(2023, 12, 22)
_LATE_BATCH_ENTERED = date(2024, 1, 22)


def record(rng: Random, episodes: Sequence[Episode]) -> None:
    """Date the recording of everything in the episodes, nothing before the referral it belongs to."""
    for episode in episodes:
        episode.recorded = after(rng, episode.referred)
        if in_late_batch(episode.source_group, episode.referred):
            episode.recorded = late_batch_day(rng)
        floor = episode.recorded
        assert episode.assessment
        for assessment in (episode.assessment, *episode.reassessments):
            _record_assessment(rng, assessment, floor)
        # No step is entered before the assessment that it came from: so List 6 has every child of Lists 7 and 8.
        floor = episode.assessment.start_recorded
        if episode.enquiry:
            episode.enquiry.recorded = max(floor, after(rng, episode.enquiry.started))
            if episode.enquiry.conference:
                entered = after(rng, episode.enquiry.conference, most=40)
                episode.enquiry.conference_recorded = max(episode.enquiry.recorded, entered)
        if episode.plan:
            episode.plan.start_recorded = max(floor, after(rng, episode.plan.started))
            if episode.plan.ended:
                entered = after(rng, episode.plan.ended, most=40)
                episode.plan.end_recorded = max(episode.plan.start_recorded, entered)
        for care in episode.care:
            care.start_recorded = max(floor, after(rng, care.started, most=30))
            if care.ceased:
                care.end_recorded = max(care.start_recorded, after(rng, care.ceased, most=30))
        if episode.closed:
            episode.closure_recorded = max(floor, _closure_recorded(rng, episode, episode.closed))


def _closure_recorded(rng: Random, episode: Episode, closed: date) -> date:
    """An episode that closes as its last step ends is closed on the system with that step."""
    assert episode.assessment
    if episode.care and episode.care[0].ceased == closed:
        return max(care.end_recorded for care in episode.care)
    if episode.plan and episode.plan.ended == closed:
        return episode.plan.end_recorded
    if episode.assessment.authorised == closed:
        return episode.assessment.end_recorded
    return after(rng, closed, most=40)


def _record_assessment(rng: Random, assessment: Assessment, floor: date) -> None:
    assessment.start_recorded = max(floor, after(rng, assessment.started, most=30))
    entered = after(rng, assessment.authorised, most=30)
    assessment.end_recorded = max(assessment.start_recorded, entered)


def after(rng: Random, day: date, *, most: int = 62) -> date:
    """The day on which something that happened on `day` was typed in."""
    draw = rng.random()
    if draw < 0.76:
        return day + timedelta(days=whole(rng, 0, 2))
    if draw < 0.95:
        return day + timedelta(days=whole(rng, 3, 14))
    return day + timedelta(days=whole(rng, 15, most))


def in_late_batch(group: str, day: date) -> bool:
    """Whether something from `group` on `day` was among the batch entered late."""
    return group == "Health services" and LATE_BATCH_FROM <= day <= LATE_BATCH_UNTIL


def late_batch_day(rng: Random) -> date:
    """A day of the week in which the late batch was entered."""
    return _LATE_BATCH_ENTERED + timedelta(days=rng.randint(0, 4))
