"""This quarter against last: unusual changes, blank columns and vanished codes are found; ordinary ones are not."""

from __future__ import annotations

import random
from typing import Any

import pytest
from rows_sent import Q2, pair, put, sent

from metrics.agreement import Reconciled
from metrics.examples import InMemory, empty_warehouse
from metrics.quarters_compared import explains, usual_change
from metrics.reconcile import reconcile
from returns.periods import Period


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(warehouse: InMemory) -> Any:
    with warehouse.set_aside():
        yield warehouse


def referrals(made: InMemory, *counts: int) -> None:
    """Referrals of as many quarters up to the second of 2025-26, the latest last."""
    for step, count in enumerate(reversed(counts)):
        quarter = Q2.earlier(step)
        sent(made, "referrals", period=quarter)
        made.connection.execute(
            f"INSERT INTO known.referrals (child_id, submission_id, period, referred) SELECT '{step}-' || i, "
            f"'{quarter}', '{quarter}', DATE '{quarter.start}' FROM range({count}) t(i)"
        )


def counted(made: InMemory, period: Period = Q2) -> Reconciled:
    return pair(made, "count_referrals_flow", period)


def test_a_count_that_falls_by_more_than_its_history_explains_is_found(made: InMemory) -> None:
    referrals(made, 300, 310, 290, 305, 300, 295, 310, 300, 305, 150)
    found = counted(made)
    assert (found.state, found.left, found.right, found.since) == ("differs", 150, 305, "2025-26-Q2")
    assert "9 quarters before explain" in found.pair.tolerance.why


def test_a_count_that_moves_as_it_always_has_is_no_contradiction(made: InMemory) -> None:
    referrals(made, 300, 200, 290, 205, 300, 195, 310, 200, 305, 190)
    assert counted(made).state == "agrees"


def test_fewer_than_eight_earlier_quarters_say_nothing_is_usual(made: InMemory) -> None:
    referrals(made, 300, 310, 290, 305, 300, 295, 310, 10)
    found = counted(made)
    assert (found.state, found.reason) == ("cannot", "Only 7 earlier quarters can be looked back over; 8 are needed.")


def test_small_numbers_are_not_judged(made: InMemory) -> None:
    referrals(made, 1, 0, 2, 1, 0, 3, 1, 0, 1, 9)
    assert counted(made).reason == "Fewer than 5 a quarter: too few to say what is usual."


def test_a_quarter_that_nobody_sent_cannot_be_compared(made: InMemory) -> None:
    referrals(made, 300, 310)
    found = counted(made, Q2.earlier(-4))
    assert found.state == "cannot" and "has been accepted" in (found.reason or "")


def test_chance_alone_seldom_raises_a_question() -> None:
    """Counts that vary only by chance, large and small: fewer than one in a hundred quarters is questioned."""
    draws = random.Random(7)
    questioned = judged = 0
    for mean in (6, 20, 80, 400):
        for _ in range(400):
            held = [sum(draws.random() < mean / 1000 for _ in range(1000)) for _ in range(13)]
            usual = usual_change(held[1:])
            judged += usual is not None
            questioned += usual is not None and not explains(usual, held[0], held[1])
    assert judged > 1500
    assert questioned / judged < 0.01


def quality(made: InMemory, period: Period, cells: int, **filled: int) -> None:
    for field, count in filled.items():
        made.connection.execute(
            "INSERT INTO main.column_quality VALUES (?, 'List_3', ?, ?, true, ?, ?, 0)",
            [f"S-referrals-council-{period}", field, field.replace("_", " ").capitalize(), cells, count],
        )


def test_a_column_that_became_blank_is_found_and_stays_found_until_it_is_filled(made: InMemory) -> None:
    for step in range(4):
        sent(made, "referrals", period=Q2.earlier(step))
        quality(made, Q2.earlier(step), 200, child_id=200, allocated_team=0 if step < 2 else 150, rarely=1)
    found = pair(made, "columns_referrals")
    assert (found.state, found.left, found.right, found.since) == ("differs", 2, 1, "2025-26-Q1")
    assert found.notes == ("The column “Allocated team” is blank this quarter.",)
    assert pair(made, "columns_referrals", Q2.earlier(2)).state == "agrees"


def test_a_return_that_this_edition_knows_by_another_name_does_not_stop_the_page(made: InMemory) -> None:
    for step in range(2):
        sent(made, "referrals", "early_help_feedback", period=Q2.earlier(step))
        quality(made, Q2.earlier(step), 200, child_id=200)
        made.connection.execute(
            "INSERT INTO main.column_quality VALUES (?, 'Feedback', 'returned', 'Returned', true, 9, 9, 0)",
            [f"S-early_help_feedback-council-{Q2.earlier(step)}"],
        )
    found = {one.pair.id for one in reconcile(made, period=Q2).pairs}
    assert "columns_referrals" in found and "columns_early_help_feedback" not in found


def test_a_column_of_few_cells_may_be_blank_by_chance(made: InMemory) -> None:
    for step, filled in ((0, 0), (1, 3)):
        sent(made, "referrals", period=Q2.earlier(step))
        quality(made, Q2.earlier(step), 6, allocated_team=filled)
    assert not [one for one in reconcile(made, period=Q2).pairs if one.pair.id == "columns_referrals"]


def test_a_code_that_vanished_is_named(made: InMemory) -> None:
    for step in range(3):
        sent(made, "referrals", period=Q2.earlier(step))
        rows = [{"source_group": "Schools"}] * 20 + [{"source_group": "Police" if step else "Schools"}] * 10
        put(made, "referrals", *rows, period=Q2.earlier(step))
    found = pair(made, "codes_referrals")
    assert (found.state, found.left, found.right) == ("differs", 2, 1)
    assert found.notes == ("The code “Who made the referral: Police” is on no row this quarter.",)
    assert pair(made, "codes_referrals", Q2.earlier()).state == "agrees"
