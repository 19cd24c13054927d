"""What the action log proposes: taken up or declined, once, and where the log later says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows_sent import put, sent

from metrics.examples import InMemory, empty_warehouse
from returns.periods import Period
from returns.places import Places
from warehouse.entries import Journal, Overtaken
from warehouse.proposals import adopt, decline, keep, proposals, standing, take_up
from warehouse.words import Action, action_of, revise

Q1, Q2 = Period.parse("2025-26-Q1"), Period.parse("2025-26-Q2")
ROW: dict[str, Any] = {
    "action_id": "3.1", "source_group": "Audit", "source_ref": "MA-14", "action": "Write to the chairs",
    "organisation": "West Mercia Police", "owner_role": "Inspector", "due": date(2025, 12, 1),
    "status_group": "In progress",
}  # fmt: skip


@pytest.fixture(scope="module")
def empty() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(empty: InMemory) -> Iterator[InMemory]:
    with empty.set_aside():
        yield empty


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Places(tmp_path))


def log(made: InMemory, *rows: dict[str, Any], period: Period = Q1) -> None:
    """A log sent for the period, in place of what was known before."""
    sent(made, "actions", period=period)
    made.connection.execute("DELETE FROM known.actions_sent")
    put(made, "actions_sent", *rows, period=period)


def test_only_what_is_open_in_the_latest_log_is_proposed(made: InMemory, journal: Journal) -> None:
    log(made, {**ROW, "action_id": "old"})
    log(made, ROW, {**ROW, "action_id": "3.2", "status_group": "Complete"}, {**ROW, "action_id": "3.3",
        "status_group": "Withdrawn"}, period=Q2)  # fmt: skip
    (one,) = standing(proposals(made), journal).new
    assert one.came_from == "Audit MA-14, action 3.1 (submission S-actions-council-2025-26-Q2, row 2)"
    assert (one.action.owner, one.action.due) == ("Inspector, West Mercia Police", date(2025, 12, 1))


def test_one_taken_up_is_an_action_that_says_where_it_came_from_and_is_not_proposed_again(
    made: InMemory, journal: Journal
) -> None:
    log(made, ROW)
    (one,) = standing(proposals(made), journal).new
    first, second = take_up(journal, one, author="Chair"), take_up(journal, one, author="Somebody else")
    assert first.entry == second.entry, "two who take it up make one action"
    log(made, ROW, period=Q2)
    again = standing(proposals(made), journal)
    assert (again.new, again.differing) == ((), ())
    edited = revise(journal, Action(first.action, "Sergeant", first.due, entry=first.entry), author="Ann")
    assert isinstance(edited, Action) and edited.came_from == one.came_from, "an edit does not forget it"
    assert standing(proposals(made), journal).differing == (), "the log says what it said: the person's edit stands"


def test_one_declined_is_not_proposed_again_and_the_second_to_answer_is_told(made: InMemory, journal: Journal) -> None:
    log(made, ROW)
    (one,) = standing(proposals(made), journal).new
    decline(journal, one, author="Chair", why="Done by the audit group.")
    with pytest.raises(Overtaken):
        decline(journal, one, author="Ann", why="Another reason.")
    log(made, {**ROW, "due": date(2026, 3, 1)}, period=Q2)
    assert (standing(proposals(made), journal).new, standing(proposals(made), journal).declined) == ((), 1)
    assert journal.history(one.thread)[0].payload["why"] == "Done by the audit group."


def test_where_the_log_says_otherwise_both_are_shown_until_a_person_decides(made: InMemory, journal: Journal) -> None:
    log(made, ROW, {**ROW, "action_id": "3.2"})
    for one in standing(proposals(made), journal).new:
        take_up(journal, one, author="Chair")
    done = {"status_group": "Complete", "completed": date(2025, 9, 1), "evidence": "Reports come in time."}
    log(made, {**ROW, **done}, {**ROW, "action_id": "3.2", **done}, period=Q2)
    first, second = standing(proposals(made), journal).differing
    assert adopt(journal, first, author="Ann").evidence == "Reports come in time."
    keep(journal, second, author="Ann", after=0)
    assert standing(proposals(made), journal).differing == ()
    assert [action_of(entry).status for entry in journal.latest("action")] == ["complete", "open"]


def test_a_version_from_before_logs_were_kept_proposes_nothing(made: InMemory) -> None:
    made.connection.execute("DROP TABLE known.actions_sent")
    assert proposals(made) == ()
