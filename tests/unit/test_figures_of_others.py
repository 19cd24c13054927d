"""Figures from rows against totals that agencies sent and against published statistics."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rows_sent import Q1, Q2, children, everything, pair, put, sent

from metrics.catalogue import Catalogue, load_catalogue
from metrics.declared import declared
from metrics.examples import InMemory, empty_warehouse
from metrics.model import Indicator
from metrics.reconcile import reconcile
from returns.partnership import partnership
from returns.periods import Period

Q4 = Period.parse("2024-25-Q4")


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(warehouse: InMemory) -> Any:
    with warehouse.set_aside():
        yield warehouse


def total(
    made: InMemory, indicator: str, numerator: float | None, denominator: float | None, period: Period = Q2
) -> None:
    sent(made, "aggregate", period=period)
    put(
        made,
        "aggregates",
        {"indicator": indicator, "covers": str(period), "numerator": numerator, "denominator": denominator},
        period=period,
    )


def plans(made: InMemory, count: int, period: Period = Q2) -> None:
    sent(made, "child_protection_plans", period=period)
    put(made, "plans", *children(*map(str, range(count)), started=period.start, previous_plans=0), period=period)


def test_a_total_that_is_the_rows_agrees_and_one_that_is_not_differs_since_when_it_began(made: InMemory) -> None:
    for quarter, said in ((Q1.earlier(), 4), (Q1, 5), (Q2, 6)):
        plans(made, 4, quarter)
        total(made, "cp_started", said, None, quarter)
    found = pair(made, "total_cp_started")
    assert (found.state, found.left, found.right, found.since) == ("differs", 4, 6, "2025-26-Q1")
    assert found.right_sources == ("S-aggregate-council-2025-26-Q2",)
    assert pair(made, "total_cp_started", Q1.earlier()).state == "agrees"


def test_a_share_with_the_same_count_out_of_another_number_differs(made: InMemory) -> None:
    plans(made, 4)
    total(made, "cp_repeat_plan", 0, 7)
    found = pair(made, "total_cp_repeat_plan")
    assert (found.state, found.left, found.right) == ("differs", 4, 7)
    assert "what that is out of" in found.pair.left.words


def test_a_total_that_gives_the_same_share_agrees(made: InMemory) -> None:
    plans(made, 4)
    total(made, "cp_repeat_plan", 0, 4)
    found = pair(made, "total_cp_repeat_plan")
    assert (found.state, found.left, found.right) == ("agrees", 0, 0)


def test_a_total_sent_without_its_count_cannot_be_compared_and_says_why(made: InMemory) -> None:
    plans(made, 4)
    total(made, "cp_repeat_plan", None, 4)
    found = pair(made, "total_cp_repeat_plan")
    assert found.state == "cannot" and "lack the count" in str(found.reason)


def test_a_total_of_an_earlier_quarter_alone_is_not_compared_with_this_one(made: InMemory) -> None:
    plans(made, 4, Q1)
    total(made, "cp_started", 6, None, Q1)
    plans(made, 4)
    assert pair(made, "totals").state == "cannot"


def test_a_quarter_without_a_total_ends_the_run_in_which_they_differ(made: InMemory) -> None:
    plans(made, 4, Q1.earlier())
    total(made, "cp_started", 9, None, Q1.earlier())
    plans(made, 4, Q1)
    plans(made, 4)
    total(made, "cp_started", 6, None)
    assert pair(made, "total_cp_started").since == "2025-26-Q2"


def test_what_is_only_sent_as_a_total_is_not_set_beside_the_published_figure(made: InMemory) -> None:
    named = load_catalogue()["cp_repeat_plan"].indicator.model_dump(by_alias=True, exclude_unset=True)
    as_total = named | {"from": "aggregates", "numerator": {"sum": "numerator"}, "by": (),
                        "denominator": {"sum": "denominator"}, "needs": None}  # fmt: skip
    one = declared(Indicator.model_validate(as_total), clocks=frozenset())
    published(made, "PrevRegCPR", y2025=22)
    sent(made, "child_protection_plans")
    found = reconcile(made, period=Q2, catalogue=Catalogue((one,), {}, "totals only"))
    (said,) = [each for each in found.pairs if each.pair.id == "published_cp_repeat_plan"]
    assert (said.state, said.right, said.reason) == ("cannot", 22, "It is only sent as a total.")


def test_without_a_total_of_what_rows_also_give_there_is_nothing_to_compare(made: InMemory) -> None:
    total(made, "cp_started", 6, None)
    found = pair(made, "totals")
    assert (found.state, found.reason) == (
        "cannot",
        "No agency sent totals for July to September 2025 of an indicator that rows also give.",
    )


def published(made: InMemory, measure: str, **years: float | None) -> None:
    for year, value in years.items():
        made.connection.execute(
            "INSERT INTO main.benchmarks VALUES (?, ?, 'us', 'authority', ?, ?, ?, 'LAIT')",
            [measure, partnership().area_code, int(year[1:]), value, "ok" if value is not None else "u"],
        )


def test_a_count_of_rows_is_set_beside_the_published_one_of_the_same_day(made: InMemory) -> None:
    for quarter in (Q4.year_ago(), Q4, Q2):
        sent(made, "child_protection_plans", period=quarter)
    put(made, "plans", *children(*map(str, range(60)), started=date(2023, 1, 1)))
    published(made, "CPP_Num", y2023=60, y2024=60, y2025=80, y2026=99)
    found = pair(made, "published_cp_open")
    assert (found.state, found.left, found.right, found.when) == ("differs", 60, 80, "the year to March 2025")
    assert (found.since, found.as_at) == ("2024-25", date(2025, 3, 31))
    assert pair(made, "published_cp_open", Q4.year_ago()).state == "agrees"


def test_a_few_rows_entered_after_the_statutory_return_are_no_contradiction(made: InMemory) -> None:
    sent(made, "child_protection_plans", period=Q4)
    put(made, "plans", *children(*map(str, range(104)), started=date(2024, 1, 1)), period=Q4)
    published(made, "CPP_Num", y2025=100)
    found = pair(made, "published_cp_open", Q4)
    assert (found.state, found.difference) == ("agrees", 4)
    assert "after the statutory return" in found.pair.tolerance.why


def test_a_published_figure_that_is_not_reliable_is_never_compared(made: InMemory) -> None:
    sent(made, "child_protection_plans", period=Q4)
    published(made, "CPP_Num", y2025=None)
    found = pair(made, "published_cp_open", Q4)
    assert (found.state, found.right) == ("cannot", None)
    assert found.reason == "The published figure is hidden, not reliable or not available."


def test_a_count_is_never_set_beside_a_published_share(made: InMemory) -> None:
    made.connection.execute(
        "INSERT INTO main.measures (measure, title, unit) VALUES ('Children_missing', 'Missing', '% of children')"
    )
    sent(made, "missing_episodes", period=Q4, agency="police")
    published(made, "Children_missing", y2025=7)
    found = pair(made, "published_ms_children", Q4)
    assert (found.state, found.reason) == ("cannot", "The published measure is another one, in % of children.")


def test_a_published_figure_of_a_year_without_rows_says_which_return_is_lacking(made: InMemory) -> None:
    sent(made, "contacts")
    published(made, "CPP_Num", y2025=139)
    found = pair(made, "published_cp_open")
    assert (found.state, found.right) == ("cannot", 139)
    assert found.reason == "No return of child protection plans has been accepted for January to March 2025."


def test_every_pair_says_what_to_ask_what_each_side_is_and_why_it_may_differ(made: InMemory) -> None:
    plans(made, 4)
    total(made, "cp_started", 6, None)
    published(made, "CPP_Num", y2025=139)
    for one in everything(made).pairs:
        about = one.pair
        assert about.title and about.left.words and about.right.words and about.tolerance.why, about.id
        assert about.ask or one.state == "cannot", about.id
