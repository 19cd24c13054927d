"""Lists 6 to 9: children in need, child protection plans, children looked after and care leavers.

List 6 has one row a child, and one status by precedence: looked after, child protection
plan, child in need plan, open assessment, closed. So it agrees with Lists 7 and 8.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.demo.county import County
from pipelines.demo.leavers import on_list
from pipelines.demo.legal import legal_status, permanence
from pipelines.demo.listing import Cell, Code, Listing, Moment, Row, about, coded, yes_no
from pipelines.demo.placements import recent
from pipelines.demo.records import Care, Child, Episode, Leaver, Plan
from pipelines.demo.teams import (
    DISABILITY,
    LEAVING_CARE,
    assessment_team,
    care_team,
    need_team,
    safeguarding_team,
    worker,
)
from returns.periods import Period

# The 17-column edition of List 9 is asked for from January 2024.
LEAVERS_2024 = date(2024, 1, 1)


def children_in_need(county: County, moment: Moment, period: Period) -> Listing:
    """List 6: each child's latest episode of need that is open or was closed in the six months."""
    latest: dict[int, tuple[Child, Episode, int]] = {}
    for episode in county.episodes:
        assert episode.assessment
        if not moment.seen(episode.assessment.started, episode.assessment.start_recorded):
            continue
        if _closed(episode, moment) and episode.closed and episode.closed < moment.window:
            continue
        for place, child in enumerate(episode.children):
            latest[child.number] = (child, episode, place)
    rows = [_in_need(child, episode, place, moment, period) for child, episode, place in latest.values()]
    return Listing("children_in_need", "2019", rows)


def _closed(episode: Episode, moment: Moment) -> bool:
    return moment.seen(episode.closed, episode.closure_recorded)


def _status(episode: Episode, place: int, moment: Moment) -> str:
    """The case status on the extract's date: a) looked after, b) plan, c) in need, d) open assessment, e) closed."""
    if _closed(episode, moment):
        return "e"
    if episode.care and _current_care(episode.care[place], moment):
        return "a"
    if episode.plan and _current_plan(episode.plan, moment):
        return "b"
    return "c" if episode.in_need_from and episode.in_need_from <= moment.day else "d"


def _current_care(care: Care, moment: Moment) -> bool:
    return moment.seen(care.started, care.start_recorded) and not moment.seen(care.ceased, care.end_recorded)


def _current_plan(plan: Plan, moment: Moment) -> bool:
    return moment.seen(plan.started, plan.start_recorded) and not moment.seen(plan.ended, plan.end_recorded)


def _in_need(child: Child, episode: Episode, place: int, moment: Moment, period: Period) -> Row:
    assert episode.assessment
    status = _status(episode, place, moment)
    team = _team_in_need(child, episode, status, period)
    closed = status == "e"
    cells: list[Cell] = [
        *about(child, moment.day, disability=True), episode.referred, Code("need", episode.need),
        episode.seen.get(moment.quarter), episode.closed if closed else None,
        Code("closure_reason", episode.closure) if closed else None, Code("case_status", status),
        team, worker(child.number, team),
    ]
    return Row(moment.new(episode.assessment.start_recorded), cells)


def _team_in_need(child: Child, episode: Episode, status: str, period: Period) -> str:
    if status == "a":
        return care_team(child.number)
    if status == "b":
        return safeguarding_team(episode.locality, period)
    if child.disabled and episode.sticky:
        return DISABILITY
    return need_team(episode.locality) if status == "c" else assessment_team(episode.locality)


def plans(county: County, moment: Moment, period: Period) -> Listing:
    """List 7: each child's latest plan that is open or ended in the six months."""
    latest: dict[int, tuple[Child, Episode, Plan]] = {}
    for episode in county.episodes:
        plan = episode.plan
        if not plan or not moment.seen(plan.started, plan.start_recorded):
            continue
        if moment.seen(plan.ended, plan.end_recorded) and plan.ended and plan.ended < moment.window:
            continue
        for child in episode.children:
            latest[child.number] = (child, episode, plan)
    rows = []
    for child, episode, plan in latest.values():
        team = safeguarding_team(episode.locality, period)
        state = plan.states[moment.quarter]
        cells: list[Cell] = [
            *about(child, moment.day, disability=True), plan.started, Code("category", plan.initial_category),
            Code("category", plan.latest_category), state.visit, coded("seen_alone", state.alone), state.review,
            plan.ended if moment.seen(plan.ended, plan.end_recorded) else None, yes_no("yes_no", plan.emergency),
            plan.previous, team, worker(child.number, team),
        ]
        rows.append(Row(moment.new(plan.start_recorded), cells))
    return Listing("child_protection_plans", "2019", rows)


def looked_after(county: County, moment: Moment) -> Listing:
    """List 8: each child's latest period of care that is open or ended in the six months."""
    latest: dict[int, tuple[Child, Episode, Care]] = {}
    for episode in county.episodes:
        for child, care in zip(episode.children, episode.care, strict=False):
            if not moment.seen(care.started, care.start_recorded):
                continue
            if moment.seen(care.ceased, care.end_recorded) and care.ceased and care.ceased < moment.window:
                continue
            latest[child.number] = (child, episode, care)
    rows = [
        Row(moment.new(care.start_recorded), _looked_after(child, episode, care, moment))
        for child, episode, care in latest.values()
    ]
    return Listing("children_looked_after", "2019", rows)


def _looked_after(child: Child, episode: Episode, care: Care, moment: Moment) -> list[Cell]:
    ceased = moment.seen(care.ceased, care.end_recorded)
    until = care.ceased - timedelta(days=1) if ceased and care.ceased else moment.day
    until = max(until, care.started)
    state = care.states[moment.quarter]
    status, since = legal_status(care, until)
    team = care_team(child.number)
    start, disability = about(child, moment.day), Code("disability", "a" if child.disabled else "b")
    placed = recent(care, until)
    place = placed[-1]
    return [
        *start, yes_no("uasc", care.uasc), disability, care.started, Code("need", episode.need),
        yes_no("yes_no", False), since, Code("legal_status", status), state.review, state.visit,
        Code("permanence_plan", permanence(care, until)), state.officer, state.health, state.dental, len(placed),
        care.ceased if ceased else None, coded("ceased_reason", care.code if ceased else ""),
        place.started, Code("placement_type", place.kind), Code("placement_provider", place.provider),
        place.postcode, place.urn or None, Code("placement_location", "b" if place.outside else "a"), place.authority,
        state.missing, state.absent, coded("interview_offered", state.offered),
        coded("interview_accepted", state.accepted),
        team, worker(child.number, team), place.miles,
    ]


def care_leavers(county: County, moment: Moment) -> Listing:
    """List 9: young people listed as care leavers on the extract's date, in the edition asked for then."""
    rows = []
    newer = moment.day >= LEAVERS_2024
    for leaver in county.leavers:
        if on_list(leaver, moment.day):
            rows.append(Row(leaver.left > moment.before, _leaver(leaver, moment, newer)))
    return Listing("care_leavers", "2024" if newer else "2019", rows)


def _leaver(leaver: Leaver, moment: Moment, newer: bool) -> list[Cell]:
    key = moment.quarter
    child = about(leaver.child, moment.day)
    disability = Code("disability", "a" if leaver.child.disabled else "b")
    named = worker(leaver.child.number, LEAVING_CARE)
    told: list[Cell] = [
        Code("accommodation", leaver.accommodation[key]), Code("suitability", "a" if leaver.suitable[key] else "b"),
        Code("activity", leaver.activity[key]),
    ]
    eligible, in_touch = Code("eligibility", "b"), Code("in_touch", leaver.in_touch[key])
    if not newer:
        return [*child, disability, LEAVING_CARE, named, eligible, in_touch, *told]
    reviewed = leaver.last_contact[key] - timedelta(days=20 + leaver.child.number % 90)
    return [
        *child, yes_no("uasc", leaver.uasc), disability, LEAVING_CARE, named, named, eligible,
        reviewed if reviewed > leaver.left else None, in_touch, leaver.last_contact[key], *told,
    ]
