"""The Exceptions page: the ten, one of them in full, and what people write about it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import _RUN, PROJECT, Seen, disagreements, opened
from streamlit.testing.v1 import AppTest

from returns.places import Places
from warehouse.entries import Journal
from warehouse.words import Action, Commentary, Decision, Promise, Spoken, comment, commentary_of, record

pytestmark = pytest.mark.timeout(1800)

QUARTER = "2025-26-Q2"
CONFERENCES = {"id": "ic_15wd", "period": QUARTER}


@pytest.fixture(scope="module")
def copied(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, to write in."""
    return Path(shutil.copytree(demo_data, tmp_path_factory.mktemp("exceptions") / "data"))


@pytest.fixture
def data(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATA", str(copied))
    return copied


def agenda(seen: Seen) -> list[list[str]]:
    (found,) = [one for one in seen.tables if "agenda" in one.kind]
    return found.rows[1:]


def fill(seen: Seen, starts: str, label: str, value: str) -> None:
    run = seen.run
    for one in (*run.text_area, *run.text_input):
        if one.label == label and (one.key or "").startswith(starts):
            one.set_value(value)
            return
    raise AssertionError(f"there is no {label}")


def press(seen: Seen, label: str) -> Seen:
    (button,) = [one for one in seen.run.button if one.label == label]
    button.click()
    seen.run.run()
    assert not seen.run.exception, [one.value for one in seen.run.exception]
    return Seen(seen.run)


def test_the_ten_are_ranked_and_each_says_why_it_is_here(data: Path) -> None:
    seen = opened("exceptions", period=QUARTER)
    assert seen.title == "What needs talking about? July to September 2025"
    rows = agenda(seen)
    assert [row[0] for row in rows] == [str(place) for place in range(1, 11)]
    (conferences,) = [row for row in rows if row[2].startswith("Initial conferences within 15 working days")]
    assert "Worse than the same quarter a year before" in conferences[2]
    assert conferences[1] == "Alert" and conferences[3] == "new this quarter"
    assert "alert" in seen.text and "to watch" in seen.text and "Demonstration data" in seen.text
    assert disagreements(seen) == []


def test_all_new_and_resolved_can_be_asked_for_and_a_theme(data: Path) -> None:
    every = len(agenda(opened("exceptions", period=QUARTER, show="all")))
    assert every > 10
    gone = agenda(opened("exceptions", period=QUARTER, show="resolved"))
    assert gone and {row[1] for row in gone} == {"No longer"}
    new = agenda(opened("exceptions", period=QUARTER, show="new"))
    assert {row[3] for row in new} == {"new this quarter"} and len(new) < every
    some = agenda(opened("exceptions", period=QUARTER, show="all", theme="protection"))
    assert 0 < len(some) < every


def test_one_exception_has_its_chart_its_causes_and_its_neighbours_on_the_list(data: Path) -> None:
    seen = opened("exceptions", **CONFERENCES)
    assert seen.title == "Initial conferences within 15 working days: worse than the same quarter a year before"
    assert len(seen.charts) == 1 and disagreements(seen) == []
    assert "in the same quarter a year before" in seen.text
    this = seen.title
    after = press(seen, "Next").title
    assert after != this
    assert press(seen, "Previous").title == this
    assert press(seen, "Back to the list").title == "What needs talking about? July to September 2025"


def test_what_is_no_exception_is_answered_with_those_that_are(data: Path) -> None:
    seen = opened("exceptions", id="eh_started", period=QUARTER)
    assert "What the address names is no exception of this quarter" in seen.text
    assert agenda(seen)
    assert "<script>" not in opened("exceptions", id="<script>", period=QUARTER, show="<b>", theme="x").title


def test_commentary_promise_decision_and_action_stand_beside_the_figure(data: Path) -> None:
    journal = Journal(Places.of(data))
    figure = Spoken(99.0, 99, 100, "reported", 1)
    about = {"subject": "ic_15wd", "author": "Head of Safeguarding"}
    comment(
        journal,
        Commentary("Timeliness rose as <b>chairs</b> came back.", "Children waited.", "Agency chairs", "The head",
                   date(2025, 12, 1), "Eight in ten.", Promise("ic_15wd", None, "at least", 80, "2025-26-Q4"), figure),
        period=QUARTER, agency="police", after=0, **about,
    )  # fmt: skip
    comment(
        journal, Commentary("Summer.", promise=Promise("ic_15wd", None, "at least", 80, QUARTER)),
        period="2025-26-Q1", agency="council", after=0, **about,
    )  # fmt: skip
    record(journal, Decision("Ask for a dip sample.", "Done; 22 of 30."), subject="ic_15wd", period="2025-26-Q1",
           author="Chair")  # fmt: skip
    record(journal, Action("Write to the chairs.", "DCI", date(2025, 10, 1)), subject="ic_15wd", period="2025-26-Q1",
           author="Chair")  # fmt: skip
    seen = opened("exceptions", **CONFERENCES)
    words = " ".join(seen.text.split())
    assert "Timeliness rose as <b>chairs</b> came back." in words  # text, not markup
    assert "West Mercia Police" in words
    assert "Agency chairs Owner: The head. By 1 December 2025." in words
    assert "Promised: at least 80 per cent by January to March 2026." in words
    assert "Of an earlier figure" in words
    assert "It says “rose”, but the figure went from" in words
    assert "Promise broken : at least 80 per cent by July to September 2025; it was 45.6 per cent." in words
    assert "In 2025-26-Q1 it decided: Ask for a dip sample. Done; 22 of 30." in words
    assert "Write to the chairs. DCI" in words and "overdue" in words
    rows = agenda(opened("exceptions", period=QUARTER))
    (row,) = [row for row in rows if row[2].startswith("Initial conferences within")]
    assert "Timeliness rose" in row[4] and "of an earlier figure" in row[4]


def test_an_analyst_writes_commentary_and_takes_a_decision_down(data: Path) -> None:
    address = {"id": "cp_quorate", "period": QUARTER}
    seen = opened("exceptions", **address)
    fill(seen, "said_behind", "What lies behind it", "Two members left in July.")
    seen = press(seen, "Save the commentary")
    assert "say who you are" in seen.run.warning[0].value
    fill(seen, "said_author", "Your name and role", "A. Analyst")
    seen = press(seen, "Save the commentary")
    assert not seen.run.warning
    assert "Two members left in July." in seen.text
    fill(seen, "decide_text", "Decision or action", "Name a deputy for each seat.")
    fill(seen, "decide_owner", "Owner, for an action", "Chair")
    seen = press(seen, "Take it down")
    assert "Name a deputy for each seat. Chair" in " ".join(seen.text.split())
    assert not any(one.value for one in seen.run.text_area if one.label == "Decision or action")
    (action,) = [one for one in Journal(Places.of(data)).latest("action") if one.subject == "cp_quorate"]
    assert action.period == QUARTER and action.author == "A. Analyst"


def test_the_second_of_two_writers_sees_the_firsts_words_and_keeps_their_own(data: Path) -> None:
    address = {"id": "sd_three_agencies", "period": QUARTER}
    first, second = opened("exceptions", **address), opened("exceptions", **address)
    for seen, text, author in ((first, "Dentists left.", "Ann"), (second, "No appointments.", "Bob")):
        fill(seen, "said_behind", "What lies behind it", text)
        fill(seen, "said_author", "Your name and role", author)
    press(first, "Save the commentary")
    second = press(second, "Save the commentary")
    assert "Ann saved this commentary while you were writing" in second.run.warning[0].value
    assert "Dentists left." in second.text
    assert any(one.value == "No appointments." for one in second.run.text_area)
    (entry,) = [one for one in Journal(Places.of(data)).latest("commentary") if one.subject == "sd_three_agencies"]
    assert commentary_of(entry).behind == "Dentists left."
    press(second, "Save the commentary")
    past = Journal(Places.of(data)).history(entry.thread)
    assert [commentary_of(one).behind for one in past] == ["Dentists left.", "No appointments."]


def test_words_by_which_a_child_could_be_known_are_not_taken(data: Path) -> None:
    seen = opened("exceptions", id="cp_reports_in_time", period=QUARTER)
    fill(seen, "decide_text", "Decision or action", "Ask about the family at HR1 2AB, born 3/4/2015.")
    seen = press(seen, "Take it down")
    said = seen.run.warning[0].value
    assert "postcodes" in said and "dates of birth" in said and "HR1" not in said
    assert any(one.value.startswith("Ask about the family") for one in seen.run.text_area)  # nothing typed is lost
    assert not [one for one in Journal(Places.of(data)).latest("decision") if one.subject == "cp_reports_in_time"]


def test_a_scrutineer_reads_and_does_not_write(data: Path) -> None:
    seen = opened("exceptions", role="scrutineer", **CONFERENCES)
    labels = {one.label for one in seen.run.button}
    assert "Next" in labels and not labels & {"Save the commentary", "Take it down"}


def test_an_observer_sees_what_is_out_of_the_ordinary_without_small_counts(data: Path) -> None:
    rows = agenda(opened("exceptions", role="observer", period=QUARTER))
    assert rows and not any(" of " in row[2] and "per cent" in row[2] and "conferences" in row[2] for row in rows)
    seen = opened("exceptions", role="observer", **CONFERENCES)
    assert not seen.charts and "45.6" not in seen.text


def test_an_observer_reads_nothing_that_an_agency_wrote(data: Path) -> None:
    comment(Journal(Places.of(data)), Commentary("Two sisters moved away."), subject="ic_15wd", period=QUARTER,
            agency="health-board", author="Nurse", after=0)  # fmt: skip
    for role, reads in (("scrutineer", True), ("observer", False)):
        for address in ({"period": QUARTER}, CONFERENCES):
            assert ("Two sisters" in opened("exceptions", role=role, **address).text) == reads


def test_a_role_that_may_not_see_the_page_sees_nothing_of_it(data: Path) -> None:
    seen_by_public = opened_refused("public")
    assert "This page is not open to you" in seen_by_public


def opened_refused(role: str) -> str:
    page = str(PROJECT / "pages" / "exceptions.py")
    run = AppTest.from_string(_RUN.format(role=role, page=page), default_timeout=600)
    run.run()
    assert not run.title
    return str(run.error[0].value)


def test_a_quiet_quarter_says_that_nothing_is_out_of_the_ordinary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [{"child_id": f"{child}", "referred": date(2025, 8, 1 + child), "source": "6", "no_further_action": "No"}
            for child in range(3)]  # fmt: skip
    load(tmp_path / "data", annex_a(tmp_path / "one.xlsx", referrals=sent), period=QUARTER, extracted=date(2025, 10, 6))
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    seen = opened("exceptions")
    assert "Nothing is out of the ordinary in July to September 2025." in " ".join(seen.text.split())
    assert "There is none of this kind." in seen.text
