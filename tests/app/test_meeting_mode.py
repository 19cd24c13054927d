"""Meeting mode without a browser: the agenda, taking down, who was there, and who may be in it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pages_run import Seen, opened

from dashboard import frame, meeting_desk
from dashboard.access import Viewer
from returns.places import Places
from warehouse.entries import Journal
from warehouse.meetings import Meeting, Person, attendance, read, start
from warehouse.store import reader
from warehouse.words import action_of

pytestmark = pytest.mark.timeout(1800)

QUARTER = "2025-26-Q2"


@pytest.fixture(scope="module")
def copied(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, to write in, with a meeting begun in it."""
    return Path(shutil.copytree(demo_data, tmp_path_factory.mktemp("meeting") / "data"))


@pytest.fixture
def data(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATA", str(copied))
    return copied


def press(seen: Seen, label: str, place: int = 0) -> Seen:
    [one for one in seen.run.button if one.label == label][place].click()
    seen.run.run()
    assert not seen.run.exception, [one.value for one in seen.run.exception]
    return Seen(seen.run)


WORDS = "Decision, or action where it has an owner or a day"


def box(seen: Seen, label: str) -> Any:
    (found,) = [one for one in (*seen.run.text_area, *seen.run.text_input) if one.label == label]
    return found


def type_in(seen: Seen, label: str, value: str) -> None:
    box(seen, label).set_value(value)


def labels(seen: Seen) -> set[str]:
    return {one.label for one in seen.run.button}


def test_a_meeting_is_held_from_its_start_to_its_minutes(data: Path) -> None:
    journal = Journal(Places.of(data))
    seen = press(opened("exceptions", period=QUARTER), "Start the meeting")
    assert seen.title == "Agenda: July to September 2025" and "10 to take, none of them seen" in seen.text
    first, second, third = read(journal, "M1").agenda[:3]
    seen = press(press(seen, "Down"), "Leave out", 2)
    assert read(journal, "M1").agenda[:2] == (second, first) and third not in read(journal, "M1").agenda
    type_in(seen, "Chair", "A. Chair")
    seen = press(seen, "Begin")
    assert read(journal, "M1").chair == "A. Chair"
    assert "1 of 9" in seen.text and [one.subject for one in read(journal, "M1").seen] == [second]

    type_in(seen, WORDS, "See the family at HR1 2AB.")
    seen = press(seen, "Take it down")
    assert "postcodes" in seen.run.warning[0].value and "HR1" not in seen.run.warning[0].value
    assert box(seen, WORDS).value == "See the family at HR1 2AB."  # nothing typed is lost
    seen = press(press(seen, "Next"), "Close the meeting")
    type_in(seen, "Present", "Jane Smith, police\nAli Khan")
    seen = press(seen, "Close the meeting and make the minutes")
    assert "typed and not taken down under" in seen.run.warning[0].value and not read(journal, "M1").is_closed

    # Another wrote who was there meanwhile.
    attendance(journal, "M1", attended=(Person("Di Fox"),), apologies=(), read_as=((), ()), author="Bob")
    seen.run.query_params["id"], _, seen.run.query_params["group"] = second.partition("|")
    seen.run.run()
    seen = Seen(seen.run)
    assert box(seen, WORDS).value == "See the family at HR1 2AB."
    type_in(seen, WORDS, "Write to the schools.")
    type_in(seen, "Owner", "Head of education")
    seen.run.date_input[0].set_value(date(2025, 12, 1))
    seen = press(seen, "Take it down")
    assert "Taken down here: A" in " ".join(seen.text.split()) and not box(seen, WORDS).value
    (action,) = [one for one in map(action_of, journal.latest("action")) if one.meeting == "M1"]
    assert (action.action, action.owner) == ("Write to the schools.", "Head of education")
    assert action.due == date(2025, 12, 1)

    seen = press(press(seen, "Close the meeting"), "Close the meeting and make the minutes")
    assert "Bob wrote who was there while you were writing" in seen.run.warning[0].value.replace("\\", "")
    assert "Di Fox" in seen.run.warning[0].value and box(seen, "Present").value == "Jane Smith, police\nAli Khan"
    seen = press(seen, "Close the meeting and make the minutes")
    assert seen.title == "Minutes: July to September 2025" and "no decisions and 1 action taken down" in seen.text
    closed = read(journal, "M1")
    assert closed.is_closed and closed.attended == (Person("Jane Smith", "West Mercia Police"), Person("Ali Khan"))
    seen = press(seen, "Back to the exceptions")
    assert "Minutes of" in seen.text and "Start the meeting" in labels(seen)


def test_a_scrutineer_goes_through_it_and_leaves_no_trace(data: Path) -> None:
    journal = Journal(Places.of(data))
    first = read(journal, "M1").agenda[0]
    begun = Meeting(date(2025, 11, 22), QUARTER, (first,), "closed", "Small counts are hidden.")
    number = start(journal, begun, author="A").number
    indicator, _, group = first.partition("|")
    seen = opened("exceptions", role="scrutineer", meeting=number, id=indicator, group=group)
    assert "1 of 1" in seen.text and not labels(seen) & {"Take it down", "Close the meeting"}
    assert {"Previous", "Next"} <= labels(seen) and read(journal, number).seen == ()


def test_an_observer_is_in_no_meeting_and_one_that_there_is_none_of_is_said(data: Path) -> None:
    def named(role: str, number: str) -> tuple[bool, str | None]:
        places = Places.of(data)
        found, said = meeting_desk.named(frame.Visit(Viewer(role), places, reader(places), True), number)
        return found is not None, said

    assert named("group", "M1") == named("scrutineer", "M1") == (True, None)
    assert named("observer", "M1") == (False, "Meetings are for the partnership’s group. These are the exceptions.")
    for wrong in ("M99", "D1", "<b>"):
        there, said = named("group", wrong)
        assert not there and "there is none of" in str(said)


def test_the_minutes_of_an_analysts_meeting_have_no_small_counts_of_groups(data: Path) -> None:
    journal = Journal(Places.of(data))
    seen = [one for entry in journal.latest("meeting") for one in entry.payload["seen"]]
    assert seen and all(entry.payload["scheme"] == "closed" for entry in journal.latest("meeting"))
    assert all("|" not in one["subject"] or "(" not in one["figure"] or "schools" in one["title"].casefold()
               for one in seen)  # fmt: skip
