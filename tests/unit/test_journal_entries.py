"""The journal keeps every word: versions, two people at one text, and a folder that may only be read."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from returns.places import Places
from warehouse.entries import Entry, Journal, Overtaken, by_subject
from warehouse.journal import close
from warehouse.ledger import Ledger
from warehouse.words import (
    Action,
    Commentary,
    Decision,
    Promise,
    Spoken,
    action_of,
    comment,
    commentary_of,
    commentary_thread,
    decision_of,
    record,
    revise,
    subject_of,
)

ABOUT = {"subject": "ic_15wd", "period": "2025-26-Q2", "agency": "council", "author": "A. Analyst"}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Places(tmp_path))


def test_a_new_folder_has_said_nothing_and_reading_it_makes_no_file(journal: Journal) -> None:
    assert journal.latest("commentary") == ()
    assert journal.history("D1") == ()
    assert not journal.places.journal.exists()


def test_commentary_comes_back_as_it_was_written(journal: Journal) -> None:
    said = Commentary(
        behind="Chairs were ill in July.\nTwo posts are empty.", means="Children waited – 31 of them.",
        doing="Agency chairs from 1 October", owner="Head of Safeguarding", due=date(2025, 10, 1),
        know="8 in 10 on time",
        promise=Promise("ic_15wd", None, "at least", 80.0, "2025-26-Q4"),
        figure=Spoken(45.6, 26, 57, "reported", 12),
    )  # fmt: skip
    written = comment(journal, said, after=0, **ABOUT)
    assert written == said
    (entry,) = journal.latest("commentary", subject="ic_15wd", period="2025-26-Q2")
    assert commentary_of(entry) == said
    assert (entry.version, entry.agency, entry.author) == (1, "council", "A. Analyst")


def test_an_edit_keeps_what_was_there(journal: Journal) -> None:
    comment(journal, Commentary(behind="First."), after=0, **ABOUT)
    comment(journal, Commentary(behind="Second."), after=1, **ABOUT)
    thread = commentary_thread("ic_15wd", "2025-26-Q2", "council")
    assert [commentary_of(one).behind for one in journal.history(thread)] == ["First.", "Second."]
    assert [commentary_of(one).behind for one in journal.latest("commentary")] == ["Second."]


def test_the_second_of_two_writers_is_shown_the_firsts_text_and_overwrites_nothing(journal: Journal) -> None:
    comment(journal, Commentary(behind="The chair's."), after=0, **ABOUT)
    with pytest.raises(Overtaken) as met:
        comment(journal, Commentary(behind="The other's."), after=0, **ABOUT)
    assert commentary_of(met.value.latest).behind == "The chair's."
    assert [commentary_of(one).behind for one in journal.latest("commentary")] == ["The chair's."]


def test_of_eight_who_write_the_first_version_at_once_one_is_kept_and_seven_are_told(journal: Journal) -> None:
    journal.add("decision", author="A", payload={"text": "Open the journal.", "outcome": ""})

    def write(number: int) -> bool:
        try:
            comment(journal, Commentary(behind=f"Writer {number}"), after=0, **ABOUT)
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(write, range(8))) == [False] * 7 + [True]
    assert len(journal.latest("commentary")) == 1


def test_of_many_decisions_at_once_none_is_lost_and_each_has_a_number_of_its_own(journal: Journal) -> None:
    def decide(number: int) -> str:
        said = record(journal, Decision(f"Decision {number}"), subject=None, period="2025-26-Q2", author="Chair")
        assert said.entry is not None
        return said.entry.thread

    with ThreadPoolExecutor(8) as people:
        numbers = list(people.map(decide, range(40)))
    assert sorted(numbers, key=lambda name: int(name[1:])) == [f"D{number}" for number in range(1, 41)]
    texts = {decision_of(one).text for one in journal.latest("decision")}
    assert texts == {f"Decision {number}" for number in range(40)}


def test_an_action_is_completed_with_its_evidence_and_its_past_is_kept(journal: Journal) -> None:
    said = record(
        journal, Action("Sample 30 contacts", "DCI", date(2025, 11, 30)), subject="fd_nfa", period="2025-26-Q2",
        author="Chair",
    )  # fmt: skip
    assert isinstance(said, Action) and said.entry is not None and said.entry.thread == "A1"
    assert said.overdue(date(2025, 12, 1)) and not said.overdue(date(2025, 11, 30))
    done = revise(
        journal, Action("Sample 30 contacts", "DCI", date(2025, 11, 30), "complete", "22 of 30 needed no action",
                        date(2025, 11, 20), said.entry), author="DCI",
    )  # fmt: skip
    assert isinstance(done, Action) and not done.overdue(date(2026, 1, 1))
    assert [action_of(one).status for one in journal.history("A1")] == ["open", "complete"]
    assert journal.latest("action")[0].subject == "fd_nfa"
    with pytest.raises(Overtaken):
        revise(journal, said, author="Late")


def test_nothing_in_the_journal_can_be_changed_or_removed(journal: Journal) -> None:
    journal.add("decision", author="Chair", payload={"text": "Kept.", "outcome": ""})
    close(journal.places)
    with sqlite3.connect(journal.places.journal) as raw:
        for statement in (
            "UPDATE entries SET author = 'x'", "DELETE FROM entries",
            "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        ):  # fmt: skip
            with pytest.raises(sqlite3.DatabaseError, match="never changed"):
                raw.execute(statement)
    raw.close()


def test_a_version_that_nobody_wrote_cannot_be_followed(journal: Journal) -> None:
    with pytest.raises(ValueError, match="no D9"):
        journal.revise("decision", "D9", after=3, author="Chair", payload={})
    with pytest.raises(ValueError, match="not a kind"):
        journal.add("gossip", author="Chair", payload={})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a kind"):
        journal.revise("gossip", "D1", after=0, author="Chair", payload={})  # type: ignore[arg-type]


def test_a_ledger_from_before_there_was_a_journal_gains_one_and_keeps_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import journal as database

    places = Places(tmp_path)
    with monkeypatch.context() as then:
        then.setattr(database, "REVISIONS", ("0001",))
        Ledger(places).append("demo", seed=1)
        close(places)
    assert Journal(places).latest("decision") == ()
    Journal(places).add("decision", author="Chair", payload={"text": "Kept.", "outcome": ""})
    assert [event.kind for event in Ledger(places).events()] == ["demo"]


def test_entries_are_found_by_what_they_are_about(journal: Journal) -> None:
    for subject in (subject_of("fd_nfa", "Police"), "fd_nfa", None):
        record(journal, Decision("Look."), subject=subject, period="2025-26-Q2", author="Chair")
    found: dict[str, list[Entry]] = by_subject(journal.latest("decision"))
    assert {name: [one.thread for one in entries] for name, entries in found.items()} == {
        "fd_nfa|Police": ["D1"], "fd_nfa": ["D2"],
    }  # fmt: skip
