"""Returns against each other: equal numbers agree, missing and closed children are counted, a missing list is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rows_sent import Q1, Q2, children, everything, numbers, pair, put, sent

from metrics.examples import InMemory, empty_warehouse

DAY = date(2025, 8, 1)
PLAN, CARE, CLOSED = "Child protection plan", "Looked after child", "Closed episode"


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(warehouse: InMemory) -> Any:
    with warehouse.set_aside():
        yield warehouse


# ---- Lists 6, 7 and 8 -----------------------------------------------------------------------------------------------


def test_children_on_a_plan_in_both_lists_agree(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after")
    put(made, "plans", *children("a", "b", started=DAY), *children("ended", started=DAY, ended=date(2025, 9, 1)))
    put(made, "children_in_need", *children("a", "b", started=DAY, case_status_group=PLAN),
        *children("ended", started=DAY, case_status_group="Child in need plan"))
    found = pair(made, "plans_and_case_status")
    assert numbers(found) == ("agrees", 2, 2, (0, 0))
    assert (found.as_at, found.since, found.difference) == (date(2025, 10, 5), None, 0)


def test_a_child_who_is_looked_after_and_on_a_plan_is_not_missed_from_the_plans(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after")
    put(made, "plans", *children("both", started=DAY))
    put(made, "periods_of_care", *children("both", started=DAY))
    put(made, "children_in_need", *children("both", started=DAY, case_status_group=CARE))
    assert numbers(pair(made, "plans_and_case_status")) == ("agrees", 0, 0, (0, 0))
    assert numbers(pair(made, "looked_after_and_case_status")) == ("agrees", 1, 1, (0, 0))


def test_equal_counts_of_different_children_differ(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after", file="lists.xlsx")
    put(made, "plans", *children("a", "b", started=DAY))
    put(made, "children_in_need", *children("b", "c", started=DAY, case_status_group=PLAN))
    found = pair(made, "plans_and_case_status")
    assert numbers(found) == ("differs", 2, 2, (1, 1))
    assert (found.difference, found.amount, found.since) == (0, 2, "2025-26-Q2")
    assert found.notes == (
        "Open plan in List 7, no such status in List 6: 1.",
        "That status in List 6, no open plan: 1.",
    )
    assert found.right_sources == ("S-children_in_need-council-2025-26-Q2 (lists.xlsx)",)


def test_a_case_status_that_is_not_known_is_left_out_of_both_sides_and_said(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after")
    put(made, "plans", *children("a", "b", started=DAY))
    put(made, "children_in_need", *children("a", started=DAY, case_status_group=PLAN), *children("b", started=DAY))
    found = pair(made, "plans_and_case_status")
    assert numbers(found) == ("agrees", 1, 1, (0, 0))
    assert found.notes == ("Left out because the case status is not known: 1.",)


def test_since_when_they_differ_is_the_first_quarter_of_the_present_run(made: InMemory) -> None:
    quarters = [Q2.earlier(step) for step in range(5)]
    for number, quarter in enumerate(quarters):
        sent(made, "children_looked_after", "children_in_need", period=quarter)
        put(made, "periods_of_care", *children("a", started=date(2024, 1, 1)), period=quarter)
        # Agreed a year ago but one; differed, agreed, and has differed in the last two.
        if number in (2, 4):
            put(made, "children_in_need", *children("a", started=DAY, case_status_group=CARE), period=quarter)
    found = pair(made, "looked_after_and_case_status")
    assert (found.state, found.since) == ("differs", "2025-26-Q1")
    assert pair(made, "looked_after_and_case_status", Q2.earlier(2)).state == "agrees"
    assert pair(made, "looked_after_and_case_status", Q2.earlier(3)).since == str(Q2.earlier(3))


def test_a_quarter_in_which_a_list_was_not_sent_ends_the_run(made: InMemory) -> None:
    for quarter in (Q1.earlier(), Q2):
        sent(made, "child_protection_plans", "children_in_need", "children_looked_after", period=quarter)
        put(made, "plans", *children("a", started=date(2025, 1, 1)), period=quarter)
    sent(made, "child_protection_plans", period=Q1)
    assert pair(made, "plans_and_case_status", Q1.earlier()).state == "differs"
    assert pair(made, "plans_and_case_status").since == "2025-26-Q2"


def test_a_list_that_was_not_sent_for_the_quarter_is_named(made: InMemory) -> None:
    sent(made, "children_looked_after")
    sent(made, "children_in_need", period=Q1)
    found = pair(made, "looked_after_and_case_status")
    assert (found.state, found.left, found.reason) == (
        "cannot", None, "No return of children in need has been accepted for July to September 2025.")


def test_a_child_on_a_plan_whose_case_is_closed_is_found(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after")
    put(made, "plans", *children("open", "closed", started=DAY))
    put(made, "periods_of_care", *children("care", "again", started=DAY))
    put(made, "children_in_need", *children("open", "care", started=DAY, case_status_group=PLAN),
        *children("closed", started=DAY, closed=date(2025, 9, 1), case_status_group=CLOSED),
        *children("again", started=date(2025, 5, 1), closed=date(2025, 6, 1), case_status_group=CLOSED),
        *children("again", started=DAY, case_status_group=CARE))
    found = pair(made, "open_and_closed")
    assert numbers(found) == ("differs", 4, 3, (1, 0))
    assert found.notes == ("Open in List 7 or 8, closed in List 6: 1.",)


@pytest.mark.parametrize(
    ("table", "ended", "name"),
    [("plans", "ended", "overlapping_plans"), ("periods_of_care", "ceased", "overlapping_care")],
)
def test_an_episode_that_begins_while_another_is_open_is_found(
    made: InMemory, table: str, ended: str, name: str
) -> None:
    sent(made, "child_protection_plans", "children_looked_after")
    put(made, table,
        {"child_id": "one after another", "started": date(2025, 5, 1), ended: date(2025, 7, 1)},
        {"child_id": "one after another", "started": date(2025, 7, 1)},
        {"child_id": "at once", "started": date(2025, 5, 1)},
        {"child_id": "at once", "started": date(2025, 7, 1), ended: date(2025, 8, 1)})
    assert numbers(pair(made, name)) == ("differs", 4, 3, (1, 0))


def test_an_overlap_hidden_by_a_shorter_episode_between_is_found(made: InMemory) -> None:
    sent(made, "child_protection_plans")
    put(made, "plans", *children("a", started=date(2025, 1, 1), ended=date(2025, 9, 1)),
        *children("a", started=date(2025, 2, 1), ended=date(2025, 3, 1)), *children("a", started=date(2025, 8, 1)))
    assert numbers(pair(made, "overlapping_plans")) == ("differs", 3, 1, (2, 0))


# ---- List 5 and List 7, and the partners' returns -------------------------------------------------------------------


def test_a_conference_and_its_plan_a_few_days_apart_agree_and_others_are_counted_both_ways(made: InMemory) -> None:
    sent(made, "section_47", "child_protection_plans")
    put(made, "initial_conferences", *children("near", "far", "alone", held=date(2025, 8, 10), made_plan=True),
        *children("none", held=date(2025, 8, 10), made_plan=False), *children("unknown", held=date(2025, 8, 10)))
    put(made, "plans", *children("near", started=date(2025, 8, 15)), *children("far", started=date(2025, 8, 16)),
        *children("moved here", started=date(2025, 9, 1)))
    found = pair(made, "conferences_and_plans")
    assert numbers(found) == ("differs", 3, 3, (2, 2))
    assert found.notes[-1] == "Left out because it is not known whether the conference made a plan: 1."


def test_a_plan_of_the_next_quarter_still_answers_to_its_conference(made: InMemory) -> None:
    for quarter in (Q1, Q2):
        sent(made, "section_47", "child_protection_plans", period=quarter)
    put(made, "initial_conferences", *children("a", held=date(2025, 6, 29), made_plan=True))
    put(made, "plans", *children("a", started=date(2025, 7, 1)))
    assert numbers(pair(made, "conferences_and_plans", Q1)) == ("agrees", 1, 0, (0, 0))
    assert numbers(pair(made, "conferences_and_plans", Q2)) == ("agrees", 0, 1, (0, 0))


def test_contacts_that_became_referrals_are_set_beside_referrals(made: InMemory) -> None:
    sent(made, "front_door_contacts", "referrals")
    became = {"outcome_group": "Referral to social care", "decided": date(2025, 8, 2), "received": DAY}
    put(made, "front_door_contacts", *children(*"abcde", **became), *children("x", outcome_group="Early help",
                                                                              received=DAY))
    put(made, "referrals", *children("a", "b", referred=date(2025, 8, 2)))
    found = pair(made, "contacts_and_referrals")
    assert numbers(found) == ("differs", 5, 2, (3, 0))
    put(made, "referrals", *children("y", "z", referred=date(2025, 8, 2)))
    assert numbers(pair(made, "contacts_and_referrals")) == ("agrees", 5, 4, (3, 2))


def test_conferences_of_two_returns_and_participation_without_a_conference(made: InMemory) -> None:
    sent(made, "section_47", "conferences", "conference_participation")
    put(made, "initial_conferences", *children("a", "b", held=DAY, made_plan=True))
    put(made, "conferences", *children("a", conference_id="1", held=DAY, type_group="Initial"),
        *children("c", conference_id="2", held=DAY, type_group="Review"))
    put(made, "conference_participation", *({"conference_id": one, "participant_group": who}
                                            for one in ("1", "2", "9") for who in ("Police", "GP")))
    assert numbers(pair(made, "conferences_twice")) == ("differs", 2, 1, (1, 0))
    assert numbers(pair(made, "participation_and_conferences")) == ("differs", 3, 2, (1, 0))


def test_a_return_that_nobody_has_ever_sent_cannot_be_compared_and_is_no_fault(made: InMemory) -> None:
    sent(made, "section_47")
    put(made, "initial_conferences", *children("a", held=DAY))
    found = pair(made, "conferences_twice")
    assert found.state == "cannot"
    assert found.reason == "No return of child protection conferences has been accepted for July to September 2025."


# ---- identifiers ----------------------------------------------------------------------------------------------------


def test_children_of_a_partners_return_whom_the_council_does_not_know_are_counted(made: InMemory) -> None:
    sent(made, "contacts", "missing_episodes")
    put(made, "contacts", *children(*(str(n) for n in range(20)), received=DAY))
    put(made, "missing_episodes", *({"child_id": str(n), "episode_id": str(n), "started": DAY} for n in range(15, 25)))
    found = pair(made, "identifiers_missing_episodes_council")
    assert (found.state, found.left, found.right, found.pair.breakdown) == ("differs", 10, 5, True)


def test_a_partners_return_of_another_quarter_alone_is_not_compared_for_this_one(made: InMemory) -> None:
    sent(made, "contacts", "missing_episodes", period=Q1)
    put(made, "missing_episodes", {"child_id": "1", "episode_id": "1", "started": date(2025, 5, 1)}, period=Q1)
    sent(made, "contacts")
    assert not [one for one in everything(made).pairs if one.pair.id.startswith("identifiers_")]


def test_children_are_unknown_since_the_quarter_in_which_a_partner_began_to_send(made: InMemory) -> None:
    sent(made, "contacts", period=Q1)
    sent(made, "contacts", "missing_episodes")
    put(made, "missing_episodes", *({"child_id": str(n), "episode_id": str(n), "started": DAY} for n in range(10)))
    found = pair(made, "identifiers_missing_episodes_council")
    assert (found.state, found.right, found.since) == ("differs", 0, "2025-26-Q2")


def test_a_partner_with_its_own_numbers_is_not_compared(made: InMemory) -> None:
    sent(made, "contacts")
    sent(made, "missing_episodes", agency="police")
    put(made, "contacts", *children("1", received=DAY))
    put(made, "missing_episodes", {"child_id": "p", "episode_id": "1", "started": DAY}, agency="police")
    found = pair(made, "identifiers_missing_episodes_police")
    assert (found.state, found.right) == ("cannot", None)
    assert "West Mercia Police identifies children by numbers of its own" in (found.reason or "")


# ---- all of them ----------------------------------------------------------------------------------------------------


def test_agreement_counts_what_could_be_compared_and_the_largest_difference_comes_first(made: InMemory) -> None:
    sent(made, "child_protection_plans", "children_in_need", "children_looked_after")
    put(made, "plans", *children("a", "b", started=DAY))
    put(made, "periods_of_care", *children("c", started=DAY))
    found = everything(made)
    agree, compared = found.agreement
    differing = found.of("differs")
    assert [one.pair.id for one in differing] == ["plans_and_case_status", "looked_after_and_case_status"]
    assert (agree, compared) == (len(found.of("agrees")), agree + 2)
    assert len(found.pairs) == compared + len(found.of("cannot"))
    assert len({one.pair.id for one in found.pairs}) == len(found.pairs)


def test_with_nothing_accepted_there_is_no_quarter_and_nothing_fails(made: InMemory) -> None:
    from metrics.reconcile import reconcile

    assert (reconcile(made).period, reconcile(made).pairs) == (None, ())
