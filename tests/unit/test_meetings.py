"""A meeting in the journal: its agenda, what was seen, who was there, and several people writing at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from returns.places import Places
from warehouse.entries import Journal
from warehouse.meetings import (
    AttendanceOvertaken,
    Meeting,
    MeetingClosed,
    NoSuchMeeting,
    Person,
    Seen,
    attendance,
    change,
    of_quarter,
    read,
    start,
    taken_down,
)
from warehouse.words import Action, Commentary, Decision, action_of, comment, decision_of, record, revise

QUARTER = "2025-26-Q2"
JANE, ALI = Person("Jane Smith", "West Mercia Police"), Person("Ali Khan")


def blank(**said: object) -> Meeting:
    return replace(Meeting(date(2025, 11, 22), QUARTER, ("a", "b", "c"), "closed", "Small counts are hidden."), **said)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Places(tmp_path))


def seen(subject: str, figure: str = "45.6%") -> Seen:
    return Seen(subject, subject.upper(), "Alert, new this quarter", figure, ("Worse than a year before.",), 12)


def test_a_meeting_comes_back_as_it_was_written_and_each_change_is_a_version(journal: Journal) -> None:
    begun = start(journal, blank(chair="The chair", demonstration=True), author="A")
    assert begun == blank(chair="The chair", demonstration=True) and begun.number == "M1"
    change(journal, "M1", lambda one: one.saw(seen("b")), author="A")
    change(journal, "M1", lambda one: one.saw(seen("a")), author="B")
    change(journal, "M1", lambda one: one.saw(seen("b", "46.0%")), author="B")
    now = read(journal, "M1")
    assert [(one.subject, one.figure) for one in now.seen] == [("b", "46.0%"), ("a", "45.6%")]
    change(journal, "M1", lambda one: one.saw(seen("a")), author="B")  # nothing new: nothing written
    assert [one.author for one in journal.history("M1")] == ["A", "A", "B", "B"]


def test_the_chair_orders_the_agenda_leaves_out_and_adds(journal: Journal) -> None:
    meeting = blank()
    assert meeting.moved("c", -1).agenda == ("a", "c", "b")
    assert meeting.moved("a", 1).agenda == ("b", "a", "c")
    assert meeting.moved("a", -1).agenda == meeting.moved("c", 1).agenda == ("a", "b", "c")
    assert meeting.without("b").with_also("d").with_also("a").agenda == ("a", "c", "d")
    assert meeting.moved("gone", 1) == meeting.without("gone") == meeting


def test_two_who_start_the_same_meeting_are_in_one(journal: Journal) -> None:
    journal.latest("meeting")
    with ThreadPoolExecutor(6) as people:
        begun = list(people.map(lambda who: start(journal, blank(), author=str(who)), range(6)))
    assert {one.number for one in begun} == {"M1"}
    attendance(journal, "M1", attended=(JANE,), apologies=(), read_as=((), ()), author="A", close=True)
    assert start(journal, blank(), author="A").number == "M2"
    assert [(one.number, one.is_closed) for one in of_quarter(journal, QUARTER)] == [("M1", True), ("M2", False)]


def test_many_who_take_down_at_once_lose_nothing(journal: Journal) -> None:
    start(journal, blank(agenda=()), author="A")

    def take_down(who: int) -> None:
        change(journal, "M1", lambda one: one.saw(seen(f"s{who}")), author=str(who))
        record(journal, Decision(f"Decision {who}", meeting="M1"), subject="a", period=QUARTER, author=str(who))
        change(journal, "M1", lambda one: one.with_also(f"s{who}"), author=str(who))

    with ThreadPoolExecutor(6) as people:
        list(people.map(take_down, range(12)))
    now = read(journal, "M1")
    everyone = {f"s{who}" for who in range(12)}
    assert {one.subject for one in now.seen} == set(now.agenda) == everyone and len(now.agenda) == 12
    assert len(taken_down(journal, now).decisions) == 12


def test_the_second_to_write_who_was_there_is_shown_the_firsts(journal: Journal) -> None:
    start(journal, blank(), author="A")
    attendance(journal, "M1", attended=(JANE,), apologies=(), read_as=((), ()), author="Ann")
    change(journal, "M1", lambda one: one.without("a"), author="C")
    with pytest.raises(AttendanceOvertaken) as met:
        attendance(journal, "M1", attended=(ALI,), apologies=(), read_as=((), ()), author="B", close=True)
    assert met.value.by == "Ann" and met.value.latest.attended == (JANE,) and not read(journal, "M1").is_closed
    both = attendance(journal, "M1", attended=(JANE, ALI), apologies=(Person("Di", "Health"),), read_as=((JANE,), ()),
                      author="B", close=True)  # fmt: skip
    assert both.is_closed and both.attended == (JANE, ALI) and both.apologies == (Person("Di", "Health"),)


def test_a_closed_meeting_changes_no_more_and_its_record_stays_as_it_closed(journal: Journal) -> None:
    start(journal, blank(), author="A")
    about = {"subject": "a", "period": QUARTER, "author": "A"}
    comment(journal, Commentary("Chairs were ill."), agency="council", after=0, **about)
    action = record(journal, Action("Write.", "DCI", date(2025, 12, 1), meeting="M1"), **about)
    record(journal, Action("Another meeting's.", meeting="M9"), **about)
    record(journal, Decision("No meeting's."), **about)
    closed = attendance(journal, "M1", attended=(JANE,), apologies=(), read_as=((), ()), author="A", close=True)
    comment(journal, Commentary("Rewritten."), agency="council", after=1, **about)
    assert isinstance(action, Action)
    revise(journal, replace(action, status="complete", evidence="Done."), author="B")
    kept = taken_down(journal, closed)
    assert [one.behind for one in kept.commentary] == ["Chairs were ill."]
    assert [(one.action, one.status) for one in kept.actions] == [("Write.", "open")] and kept.decisions == ()
    with pytest.raises(MeetingClosed, match="M1 has been closed"):
        change(journal, "M1", lambda one: one.without("a"), author="A")


def test_a_meeting_that_there_is_none_of_is_a_sentence(journal: Journal) -> None:
    with pytest.raises(NoSuchMeeting, match="no meeting M1. None has been held yet"):
        read(journal, "M1")
    start(journal, blank(), author="A")
    record(journal, Decision("x"), subject=None, period=QUARTER, author="A")
    with pytest.raises(NoSuchMeeting, match="no meeting D1. There are: M1"):
        read(journal, "D1")


def test_what_was_written_before_meetings_were_kept_is_of_no_meeting(journal: Journal) -> None:
    old = {"text": "Ask.", "outcome": ""}
    assert decision_of(journal.add("decision", author="A", payload=old, period=QUARTER)).meeting is None
    old_action = {"action": "Do.", "owner": "", "due": None, "status": "open", "evidence": "", "completed": None}
    assert action_of(journal.add("action", author="A", payload=old_action, period=QUARTER)).meeting is None
