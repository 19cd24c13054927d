"""The Actions page: overdue first, and nobody's change to an action is lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import Seen, disagreements, opened

from returns.places import Places
from warehouse.entries import Journal
from warehouse.words import Action, action_of, record, revise

TODAY = date.today()
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sent = [{"child_id": "1", "referred": date(2025, 8, 1), "source": "6", "no_further_action": "No"}]
    load(tmp_path / "data", annex_a(tmp_path / "one.xlsx", referrals=sent), period="2025-26-Q2",
         extracted=date(2025, 10, 6))  # fmt: skip
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def take_down(data: Path, *actions: Action, subject: str | None = "cp_attendance|Police") -> list[Action]:
    journal = Journal(Places(data))
    made = [record(journal, one, subject=subject, period="2025-26-Q2", author="Chair") for one in actions]
    return [one for one in made if isinstance(one, Action)]


def rows(seen: Seen) -> list[list[str]]:
    return [row for one in seen.tables if "agenda" in one.kind for row in one.rows[1:]]


def press(seen: Seen, label: str) -> Seen:
    (button,) = [one for one in seen.run.button if one.label == label]
    button.click()
    seen.run.run()
    assert not seen.run.exception, [one.value for one in seen.run.exception]
    return Seen(seen.run)


def chosen(seen: Seen, thread: str) -> Seen:
    (which,) = [one for one in seen.run.selectbox if one.key == "actions_which"]
    which.set_value(thread)
    seen.run.run()
    return Seen(seen.run)


def fill(seen: Seen, name: str, value: object) -> None:
    (one,) = [
        each for each in (*seen.run.text_area, *seen.run.text_input, *seen.run.selectbox) if (each.key or "") == name
    ]
    one.set_value(value)


def test_before_any_action_the_page_says_where_they_are_taken_down(data: Path) -> None:
    seen = opened("actions")
    assert "No action has been taken down yet" in seen.text and not rows(seen)


def test_what_is_overdue_comes_first_and_is_said_in_words(data: Path) -> None:
    take_down(
        data, Action("Later.", "DCI", TODAY + timedelta(days=9)), Action("No day.", "Head"),
        Action("Long late.", "Nurse", TODAY - timedelta(days=90)), Action("Just late.", "", TODAY - timedelta(days=1)),
        Action("Due today.", "Chair", TODAY),
    )  # fmt: skip
    seen = opened("actions")
    assert [row[1].split(".")[0] for row in rows(seen)] == ["Long late", "Just late", "Due today", "Later", "No day"]
    assert ["overdue" in row[3] for row in rows(seen)] == [True, True, False, False, False]
    assert "5 actions are open, 2 of them overdue; none is complete. Longest overdue: Long late." in seen.text
    assert "Agencies that attended the conferences they were invited to, Police" in rows(seen)[0][1]
    assert rows(seen)[1][2] == "nobody was named" and rows(seen)[4][3] == "no day was named"
    assert [row[0] for row in rows(opened("actions", show="overdue"))] == ["A3", "A4"]
    assert "There is none of this kind." in opened("actions", show="complete").text
    assert disagreements(seen) == []
    assert any(link.startswith("exceptions?id=cp_attendance&group=Police") for one in seen.tables for link in one.links)


def test_an_action_about_no_figure_and_hostile_words_are_text(data: Path) -> None:
    take_down(data, Action("<script>alert(1)</script>", "<b>x</b>"), subject=None)
    seen = opened("actions")
    (row,) = rows(seen)
    assert row[1].startswith("<script>alert(1)</script>") and row[2] == "<b>x</b>"
    assert not [link for one in seen.tables for link in one.links]


def test_an_action_is_closed_with_its_evidence(data: Path) -> None:
    take_down(data, Action("Write to the chairs.", "DCI", TODAY - timedelta(days=2)))
    seen = chosen(opened("actions"), "A1")
    fill(seen, "actions_status_A1", "complete")
    fill(seen, "actions_evidence_A1", "Police came to eight of ten conferences.")
    seen = press(seen, "Save the action")
    assert "say who you are" in seen.run.warning[0].value
    fill(seen, "actions_author_A1", "DCI")
    seen = press(seen, "Save the action")
    assert "A1 is saved" in seen.run.success[0].value
    (row,) = rows(opened("actions", show="complete"))
    assert row[4] == "Police came to eight of ten conferences." and row[3].startswith("complete ")
    assert "1 complete, 1 with evidence of impact" in opened("actions").text
    history = [action_of(one) for one in Journal(Places(data)).history("A1")]
    assert [one.status for one in history] == ["open", "complete"] and history[1].completed == TODAY


def test_of_two_who_change_an_action_the_second_is_told_and_nothing_is_overwritten(data: Path) -> None:
    (made,) = take_down(data, Action("Sample thirty contacts.", "DCI", TODAY))
    seen = chosen(opened("actions"), "A1")
    revise(Journal(Places(data)), Action(made.action, "Superintendent", made.due, entry=made.entry), author="Ann")
    fill(seen, "actions_owner_A1", "Sergeant")
    fill(seen, "actions_author_A1", "Bob")
    seen = press(seen, "Save the action")
    assert "Ann changed A1 while you were writing" in seen.run.warning[0].value
    assert [action_of(one).owner for one in Journal(Places(data)).history("A1")] == ["DCI", "Superintendent"]
    press(seen, "Save the action")
    assert [action_of(one).owner for one in Journal(Places(data)).history("A1")][-1] == "Sergeant"


def test_words_by_which_a_child_could_be_known_are_not_taken(data: Path) -> None:
    take_down(data, Action("Sample thirty contacts.", "DCI", TODAY))
    seen = chosen(opened("actions"), "A1")
    fill(seen, "actions_evidence_A1", "The child at HR1 2AB is safe.")
    fill(seen, "actions_author_A1", "Bob")
    seen = press(seen, "Save the action")
    assert "postcodes" in seen.run.warning[0].value
    assert len(Journal(Places(data)).history("A1")) == 1


def test_a_scrutineer_reads_and_does_not_write(data: Path) -> None:
    take_down(data, Action("Sample thirty contacts.", "DCI", TODAY))
    seen = opened("actions", role="scrutineer")
    assert rows(seen) and [one.label for one in seen.run.button] == ["Pin it"]
