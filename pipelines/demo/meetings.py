"""Strategy discussions, conferences and who came to them, and Graded Care Profiles, of the journeys already imagined.

Each enquiry of List 5 began with a discussion, each conference of List 5 is here on its own day, and a review is
where List 7 says that one was held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo.calendar import FRONT_DOOR_FROM, HORIZON
from pipelines.demo.county import County
from pipelines.demo.draw import add_weekdays, office_day, roll, weighted
from pipelines.demo.listing import Cell, Code
from pipelines.demo.partner_records import Record, Stream, entered, labels, numbered, yes
from pipelines.demo.recording import after
from pipelines.demo.records import Child, Episode, Plan
from pipelines.demo.stories_of_partners import (
    ENTERED_AT_LAST,
    NOT_ENTERED,
    POLICE_STAY_AWAY,
    PROFILES_CAMPAIGN,
)  # fmt: skip

_CAMPAIGN = PROFILES_CAMPAIGN.first.start
# How often each agency that is invited comes, sends a report, and sends it in time.
_AT_CONFERENCE: dict[str, tuple[float, float, float]] = {
    "Social care": (1.0, 0.97, 0.82), "Police": (0.78, 0.85, 0.8), "GP": (0.16, 0.62, 0.6),
    "Health visiting": (0.88, 0.9, 0.8), "School nursing": (0.74, 0.85, 0.78), "Midwifery": (0.8, 0.7, 0.7),
    "Hospital": (0.35, 0.4, 0.6), "Mental health": (0.5, 0.55, 0.55), "Education": (0.87, 0.9, 0.76),
    "Probation": (0.68, 0.75, 0.7), "Housing": (0.52, 0.4, 0.6), "Substance misuse": (0.6, 0.65, 0.65),
    "Domestic abuse service": (0.72, 0.6, 0.7),
}
_SOMETIMES = (("Mental health", 0.24), ("Probation", 0.17), ("Housing", 0.2), ("Substance misuse", 0.2),
              ("Domestic abuse service", 0.26), ("Hospital", 0.1))
_POLICE_AFTER = 0.22
_ENQUIRY = (("Joint section 47", 62), ("Single section 47", 38))
_NO_ENQUIRY = (("No further action", 80), ("Other", 20))
_NOT_PLANNED = (("Child in need plan", 70), ("Early help", 12), ("No plan", 18))
_COMPLETED_BY = (("Social care", 46), ("Health visiting", 34), ("School nursing", 10), ("Schools", 10))
_OF_HEALTH = ("Health visiting", "School nursing")


def strategy_discussions(county: County) -> Stream:
    """One discussion a child for each enquiry, and some that came to no enquiry."""
    rng = Random(f"{county.seed}/strategy discussions")
    records: list[Record] = []
    for episode in county.episodes:
        enquiry = episode.enquiry
        if enquiry is not None and enquiry.started >= FRONT_DOOR_FROM:
            records += _discussed(rng, episode, enquiry.started, enquiry.recorded, _ENQUIRY)
        elif enquiry is None and episode.referred >= FRONT_DOOR_FROM and rng.random() < 0.05:
            held = roll(episode.referred + timedelta(days=rng.randint(0, 6)))
            records += _discussed(rng, episode, held, max(episode.recorded, entered(rng, held)), _NO_ENQUIRY)
    records.sort(key=lambda record: (record.happened, str(record.cells["child_id"])))
    for number, record in enumerate(records, start=1):
        record.cells["discussion_id"] = numbered("SD", number)
    return Stream("strategy_discussions", "council", records)


def _discussed(
    rng: Random, episode: Episode, held: date, recorded: date, outcomes: Sequence[tuple[str, float]]
) -> list[Record]:
    outcome = labels(rng, "discussion_outcome", outcomes)
    invited = held.month != 8 and any((held - child.birth).days > 1400 for child in episode.children)
    there: dict[str, Cell] = {
        "social_care": _there(rng, 0.995), "police": _there(rng, 0.95), "health": _there(rng, 0.86),
        "education": _there(rng, 0.72) if invited else Code("attendance", "Not invited"),
    }
    return [
        Record(held, recorded, {
            "child_id": child.number, "held": held, "outcome": outcome,
            "child_views_recorded": yes(rng, 0.7), **there,
        })
        for child in episode.children
    ]  # fmt: skip


def _there(rng: Random, share: float) -> Code:
    return Code("attendance", yes(rng, share) if rng.random() < 0.97 else "Not invited")


def conferences(county: County) -> tuple[Stream, Stream]:
    """The conferences, one row a child, and the agencies at them."""
    rng = Random(f"{county.seed}/conferences")
    held, there = [], []
    meetings = sorted(_meetings(rng, county), key=lambda one: (one.day, one.episode.referred))
    for number, one in enumerate(meetings, start=1):
        came = _came(rng, one, numbered("CPC", number))
        there += came
        attended = sum(record.cells["attended"] == "Yes" for record in came)
        held += _rows(rng, one, numbered("CPC", number), quorate=attended >= 3)
    return Stream("conferences", "council", held), Stream("conference_participation", "council", there)


class _Meeting:
    """A conference on a family's children."""

    def __init__(self, episode: Episode, day: date, recorded: date, kind: str, outcome: str, due: date) -> None:
        self.episode, self.day = episode, day
        first, last = NOT_ENTERED
        self.recorded = ENTERED_AT_LAST if first <= day <= last else recorded
        self.kind, self.outcome, self.due = kind, outcome, due


def _meetings(rng: Random, county: County) -> Iterator[_Meeting]:
    for episode in county.episodes:
        enquiry, plan = episode.enquiry, episode.plan
        if enquiry and enquiry.conference and enquiry.conference >= FRONT_DOOR_FROM:
            outcome = "Child protection plan" if enquiry.made_plan else weighted(rng, _NOT_PLANNED)
            due = add_weekdays(enquiry.started, 15)
            yield _Meeting(episode, enquiry.conference, enquiry.conference_recorded, "Initial", outcome, due)
        if plan is not None:
            yield from _reviews(rng, episode, plan)


def _reviews(rng: Random, episode: Episode, plan: Plan) -> Iterator[_Meeting]:
    days = {state.review for state in plan.states.values() if state.review}
    if plan.ended is not None:
        days.add(plan.ended)
    last = plan.started
    for day in sorted(days):
        due = last + timedelta(days=91 if last == plan.started else 182)
        last = day
        if day < FRONT_DOOR_FROM or day > HORIZON:
            continue
        outcome = "Plan ends" if day == plan.ended else "Plan continues"
        # What List 7 carries had been entered by the time of its extract.
        yield _Meeting(episode, day, max(plan.start_recorded, day), "Review", outcome, due)


def _came(rng: Random, one: _Meeting, reference: str) -> list[Record]:
    ages = [(one.day - child.birth).days / 365.25 for child in one.episode.children]
    invited = ["Social care"]
    invited += ["Police"] if rng.random() < (0.97 if one.kind == "Initial" else 0.8) else []
    invited += ["GP"] if rng.random() < 0.93 else []
    invited += ["Midwifery"] if min(ages) < 0.1 else []
    invited += ["Health visiting"] if 0 <= min(ages) < 5 else []
    invited += ["School nursing"] if max(ages) >= 5 and rng.random() < 0.8 else []
    invited += ["Education"] if max(ages) >= 4 else []
    invited += [agency for agency, share in _SOMETIMES if rng.random() < share]
    return [Record(one.day, one.recorded, _attended(rng, agency, reference, one.day)) for agency in invited]


def _attended(rng: Random, agency: str, reference: str, day: date) -> dict[str, Cell]:
    share, reports, in_time = _AT_CONFERENCE[agency]
    if agency == "Police" and POLICE_STAY_AWAY.shows_on(day):
        share = _POLICE_AFTER
    sent = yes(rng, reports)
    return {
        "conference_id": reference, "participant": Code("participant", agency), "invited": "Yes",
        "attended": yes(rng, share), "report_submitted": sent,
        "report_in_time": yes(rng, in_time) if sent == "Yes" else None,
    }  # fmt: skip


def _rows(rng: Random, one: _Meeting, reference: str, *, quorate: bool) -> list[Record]:
    parents = yes(rng, 0.86)
    rows = []
    for child in one.episode.children:
        age = (one.day - child.birth).days / 365.25
        rows.append(Record(one.day, one.recorded, {
            "conference_id": reference, "child_id": child.number, "held": one.day, "due_by": one.due,
            "type": Code("conference_type", one.kind), "quorate": "Yes" if quorate else "No",
            "outcome": Code("conference_outcome", one.outcome), "aged_4_plus": "Yes" if age >= 4 else "No",
            "child_took_part": yes(rng, 0 if age < 4 else 0.14 if age < 10 else 0.44),
            "child_views_given": yes(rng, 0.1 if age < 4 else 0.72), "parents_attended": parents,
        }))  # fmt: skip
    return rows


def graded_care_profiles(county: County) -> tuple[Stream, Stream]:
    """The profiles that the council's system holds, and those that only the health trust's does.

    Health visitors give their own identifiers, which join to no plan.
    """
    rng = Random(f"{county.seed}/graded care profiles")
    of_council: list[Record] = []
    of_health: list[Record] = []
    for episode in county.episodes:
        for done, kind in _profiled(rng, episode):
            by = weighted(rng, _COMPLETED_BY)
            shared = yes(rng, 0.8)
            for child in episode.children:
                apart = by in _OF_HEALTH and rng.random() < 0.6
                cells = _profile(child, done, by, kind, shared, apart=apart)
                (of_health if apart else of_council).append(Record(done, after(rng, done, most=30), cells))
    for prefix, records in (("GCP", of_council), ("WVT-GCP", of_health)):
        records.sort(key=lambda record: (record.happened, str(record.cells["child_id"])))
        for number, record in enumerate(records, start=1):
            record.cells["profile_id"] = numbered(prefix, number)
    name = "graded_care_profiles"
    return Stream(name, "council", of_council), Stream(name, "wye-valley", of_health)


def _profiled(rng: Random, episode: Episode) -> Iterator[tuple[date, str]]:
    """When profiles were done on the family's children, and on what kind of plan."""
    plan = episode.plan
    if plan is not None and plan.latest_category == "a":
        first, second = rng.random(), rng.random()
        if first < (0.62 if plan.started >= _CAMPAIGN else 0.3):
            yield office_day(rng, plan.started, plan.started + timedelta(days=70)), "Child protection"
        elif plan.started < _CAMPAIGN < (plan.ended or HORIZON) and second < 0.5:
            yield office_day(rng, _CAMPAIGN, _CAMPAIGN + timedelta(days=75)), "Child protection"
    elif plan is None and episode.need == "N1" and episode.kind == "in_need" and rng.random() < 0.08:
        done = roll(episode.referred + timedelta(days=rng.randint(20, 90)))
        yield done, weighted(rng, (("Child in need", 7), ("Early help", 3)))


def _profile(child: Child, done: date, by: str, kind: str, shared: str, *, apart: bool) -> dict[str, Cell]:
    # A trust's record number is its own: nothing of the council's number can be seen in it.
    return {
        "child_id": f"RLQ{(child.number * 7919) % 9_999_991:07d}" if apart else child.number, "completed": done,
        "completed_by": Code("referring_agency", by), "plan_type": Code("plan_type", kind),
        "shared_with_family": shared,
    }  # fmt: skip
