"""Lists 1 to 5: contacts, early help, referrals, assessments and section 47 enquiries, as an extract carries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.demo.county import County
from pipelines.demo.listing import Cell, Code, Listing, Moment, Row, about, within_year, yes_no
from pipelines.demo.records import Assessment, Child, Enquiry, Episode
from pipelines.demo.teams import HUB, assessment_team, safeguarding_team, worker
from returns.periods import Period

Days = dict[int, list[tuple[date, date]]]


class History:
    """When each child was referred, enquired about and conferenced, for the counts that lists repeat on every row."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self.referrals: Days = {}
        self.enquiries: Days = {}
        self.conferences: Days = {}
        for episode in episodes:
            for child in episode.children:
                self.referrals.setdefault(child.number, []).append((episode.referred, episode.recorded))
                enquiry = episode.enquiry
                if enquiry:
                    self.enquiries.setdefault(child.number, []).append((enquiry.started, enquiry.recorded))
                if enquiry and enquiry.conference:
                    held = (enquiry.conference, enquiry.conference_recorded)
                    self.conferences.setdefault(child.number, []).append(held)


def contacts(county: County, moment: Moment) -> Listing:
    """List 1: contacts of the six months. One made in error is in the first extract only."""
    rows = []
    for contact in county.contacts:
        if contact.received < moment.window or not moment.seen(contact.received, contact.recorded):
            continue
        new = moment.new(contact.recorded)
        if contact.withdrawn and not new:
            continue
        cells = [*about(contact.child, moment.day), contact.received, Code("source", contact.source)]
        rows.append(Row(new, cells))
    return Listing("contacts", "2019", rows)


def early_help(county: County, moment: Moment) -> Listing:
    """List 2: early help assessments of the six months, and what was open in them."""
    rows = []
    for episode in county.early_help:
        done = episode.completed if episode.completed and episode.completed <= moment.day else None
        if not moment.seen(episode.started, episode.recorded) or (done and max(episode.started, done) < moment.window):
            continue
        cells: list[Cell] = [*about(episode.child, moment.day), episode.started, done, episode.organisation]
        rows.append(Row(moment.new(episode.recorded), cells))
    return Listing("early_help", "2019", rows)


def referrals(county: County, moment: Moment, history: History) -> Listing:
    """List 3: referrals of the six months."""
    rows = []
    for episode in county.episodes:
        if episode.referred < moment.window or not moment.seen(episode.referred, episode.recorded):
            continue
        team = HUB if episode.kind == "closed" else assessment_team(episode.locality)
        for child in episode.children:
            earlier = within_year(history.referrals[child.number], moment)
            cells: list[Cell] = [
                *about(child, moment.day), episode.referred, Code("source", episode.source),
                yes_no("no_further_action", episode.nfa), earlier, team, worker(child.number, team),
            ]
            rows.append(Row(moment.new(episode.recorded), cells))
    return Listing("referrals", "2019", rows)


def assessments(county: County, moment: Moment) -> Listing:
    """List 4: assessments started or authorised in the six months, and those still open."""
    rows = []
    for episode in county.episodes:
        assert episode.assessment
        for assessment in (episode.assessment, *episode.reassessments):
            if moment.seen(assessment.started, assessment.start_recorded):
                rows += _assessed(episode, assessment, moment)
    rows.sort(key=lambda row: str(row.cells[6]))
    return Listing("assessments", "2019", rows)


def _assessed(episode: Episode, assessment: Assessment, moment: Moment) -> list[Row]:
    authorised = moment.seen(assessment.authorised, assessment.end_recorded)
    if authorised and max(assessment.started, assessment.authorised) < moment.window:
        return []
    team = assessment_team(episode.locality)
    rows = []
    for child in episode.children:
        cells: list[Cell] = [
            *about(child, moment.day, disability=True), assessment.started,
            yes_no("child_seen", assessment.child_seen if authorised else None),
            assessment.authorised if authorised else None,
            yes_no("yes_no", assessment.needs_support if authorised else None), team, worker(child.number, team),
        ]
        rows.append(Row(moment.new(assessment.start_recorded), cells))
    return rows


def enquiries(county: County, moment: Moment, history: History, period: Period) -> Listing:
    """List 5: section 47 enquiries of the six months, with the conference each led to."""
    rows = []
    for episode in county.episodes:
        enquiry = episode.enquiry
        if not enquiry or enquiry.started < moment.window or not moment.seen(enquiry.started, enquiry.recorded):
            continue
        team = safeguarding_team(episode.locality, period) if episode.plan else assessment_team(episode.locality)
        for child in episode.children:
            cells = _enquired(child, enquiry, moment, history)
            rows.append(Row(moment.new(enquiry.recorded), [*cells, team, worker(child.number, team)]))
    rows.sort(key=lambda row: str(row.cells[6]))
    return Listing("section_47", "2019", rows)


def _enquired(child: Child, enquiry: Enquiry, moment: Moment, history: History) -> list[Cell]:
    held = moment.seen(enquiry.conference, enquiry.conference_recorded)
    unnecessary: bool | None = None
    if held:
        unnecessary = False
    elif not enquiry.conference and enquiry.started < moment.day - timedelta(days=15):
        unnecessary = True
    return [
        *about(child, moment.day, disability=True), enquiry.started, yes_no("yes_no", unnecessary),
        enquiry.conference if held else None, yes_no("yes_no", enquiry.made_plan if held else None),
        within_year(history.enquiries[child.number], moment), _conferences_before(child, moment, history),
    ]


def _conferences_before(child: Child, moment: Moment, history: History) -> int:
    """Initial conferences on the child in the twelve months before the latest enquiry."""
    started = [day for day, recorded in history.enquiries[child.number] if moment.seen(day, recorded)]
    held = [day for day, recorded in history.conferences.get(child.number, []) if moment.seen(day, recorded)]
    last = max(started)
    return sum(1 for day in held if last - timedelta(days=365) <= day < last)
