"""Figures that the partnerships printed in their own reports: three contradictions are found, and totals confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from rows_sent import put, sent

from metrics.agreement import Reconciled, apart, side
from metrics.catalogue import Catalogue, load_catalogue
from metrics.examples import InMemory, empty_warehouse
from metrics.population import Population
from metrics.printed_compared import Book, Printed, against_reports
from metrics.reconcile import reconcile
from pipelines.reference import load_reference
from returns.periods import Period
from returns.places import PROJECT

REPORT = "Herefordshire SCP annual report 2019-20"


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    made = empty_warehouse()
    load_reference(made.connection, PROJECT / "data/reference")
    return made


@pytest.fixture(scope="module")
def printed(warehouse: InMemory) -> tuple[Reconciled, ...]:
    return tuple(one for one in reconcile(warehouse).pairs if one.pair.kind == "printed")


def found(printed: tuple[Reconciled, ...], name: str) -> Reconciled:
    (one,) = [one for one in printed if one.pair.id == f"printed_{name}"]
    return one


def test_exactly_the_contradictions_that_are_there_are_found(printed: tuple[Reconciled, ...]) -> None:
    differing = {one.pair.id: (one.left, one.right) for one in printed if one.state == "differs"}
    assert differing == {
        "printed_child_protection_plans_at_end_2020-03-31_published": (135, 108),
        "printed_children_looked_after_at_end_2019-03-31_published": (334, 332),
        "printed_children_looked_after_at_end_2020-03-31_published": (358, 351),
        "printed_child_protection_plans_at_end_2022-03-31_rate": (2, 0.8466),
    }


def test_135_plans_against_108_names_both_sources_the_day_and_the_question(printed: tuple[Reconciled, ...]) -> None:
    one = found(printed, "child_protection_plans_at_end_2020-03-31_published")
    assert (one.difference, one.since, one.left_sources) == (27, "31 March 2020", (REPORT,))
    assert (one.pair.left.words, one.right_sources) == (REPORT, ("Department for Education, 2020",))
    assert one.pair.right.words.startswith("Department for Education, number of children on a child protection plan")
    assert one.pair.ask


def test_two_per_cent_of_children_does_not_follow_from_286_and_the_population(printed: tuple[Reconciled, ...]) -> None:
    one = found(printed, "child_protection_plans_at_end_2022-03-31_rate")
    assert (side(one.left, one.pair), side(one.right, one.pair), apart(one)) == ("2%", "0.85%", "1.15 points")
    assert one.pair.right.words == "286 children of 33,784 aged 0 to 17, the mid-2021 estimate"
    assert 380 < one.amount < 395  # children: what the stated rate would come to, less the 286


def test_the_totals_and_rates_that_follow_are_confirmed(printed: tuple[Reconciled, ...]) -> None:
    agreeing = {one.pair.id.removeprefix("printed_"): (one.left, one.right) for one in printed if one.state == "agrees"}
    assert agreeing == {
        "child_protection_plans_at_end_2019-03-31_published": (111, 111),
        "child_protection_plans_at_end_2022-03-31_published": (286, 286),
        "lado_contacts_2019-20_total": (339, 339),
        "training_places_filled_2018-19_total": (933, 933),
        "training_places_filled_2019-20_total": (1268, 1268),
        "budget_contribution_2019-20_total": (378099, 378099),
        "budget_cost_2019-20_total": (433615, 433615),
        "child_protection_plans_at_end_2012_change": (-31.9, -31.9149),
        "child_protection_plans_at_end_2022-12-31_rate": (0.8, 0.75),
        "looked_after_placed_out_of_county_2023-06-15_rate": (33, 33.4975),
        "dispute_resolutions_stage_1_pct_2022-23_rate": (100, 100),
    }


def test_what_has_nothing_to_be_set_beside_says_why(printed: tuple[Reconciled, ...]) -> None:
    reasons = {one.pair.id.removeprefix("printed_"): one.reason for one in printed if one.state == "cannot"}
    assert reasons["child_protection_plans_at_end_2011-03-31_published"] == (
        "No published figure of 31 March 2011 is held.")
    assert "wider group" in str(reasons["children_in_need_at_end_2020-03-31_published"])
    assert "does not say which day of 2012" in str(reasons["child_protection_plans_at_end_2012_rate"])
    assert "there is none of 15 June 2023" in str(reasons["children_looked_after_at_end_2023-06-15_published"])


def test_a_total_that_does_not_add_up_is_found(warehouse: InMemory) -> None:
    with warehouse.set_aside():
        change = "UPDATE main.printed_figures SET value = 118 WHERE breakdown = 'met the threshold'"
        warehouse.connection.execute(change)
        one = found(reconcile(warehouse).pairs, "lado_contacts_2019-20_total")
    assert (one.state, one.left, one.right, one.pair.title) == (
        "differs", 339, 338, "LADO contacts, 2019-20: stated total")


def test_a_printed_figure_of_the_end_of_a_quarter_is_set_beside_our_own_rows(warehouse: InMemory) -> None:
    with warehouse.set_aside():
        quarter = Period.parse("2022-23-Q3")
        sent(warehouse, "child_protection_plans", period=quarter)
        warehouse.connection.execute(
            "INSERT INTO known.plans (child_id, submission_id, period, started) "
            "SELECT i::VARCHAR, 'S', '2022-23-Q3', DATE '2022-06-01' FROM range(300) t(i)"
        )
        one = found(reconcile(warehouse).pairs, "child_protection_plans_at_end_2022-12-31_rows")
    assert (one.state, one.left, one.right) == ("differs", 270, 300)


def test_where_our_rows_give_no_figure_a_printed_one_is_not_set_beside_them(warehouse: InMemory) -> None:
    plans = load_catalogue()["cp_started"]
    with warehouse.set_aside():
        quarter = Period.parse("2022-23-Q3")
        sent(warehouse, "contacts", period=quarter)
        without_rows = reconcile(warehouse)
        without_the_indicator = reconcile(warehouse, catalogue=Catalogue((plans,), {}, "one indicator"))
    for reconciled in (without_rows, without_the_indicator):
        names = {one.pair.id for one in reconciled.pairs}
        assert "printed_lado_contacts_2019-20_total" in names
        assert "printed_child_protection_plans_at_end_2022-12-31_rows" not in names


def claim(role: str, **more: Any) -> Printed:
    return Printed(**{
        "source": REPORT, "measure": "strategy_meetings", "period": "1950-03-31", "breakdown": None, "role": role,
        "value": 2.0, "unit": "per cent", "rate_of": None, "count": None, "base": None,
    } | more)  # fmt: skip


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (claim("total", unit="meetings"), "The report lists no parts of it."),
        (claim("rate"), "The report does not print the count that the rate is of."),
        (claim("rate", count=40, rate_of="referrals"), "The report does not print what the rate is out of."),
        (claim("rate", count=40, rate_of="population"), "No estimate of the population is held for 31 March 1950."),
        (claim("change"), "The report does not print the figure before."),
    ],
)
def test_a_claim_that_cannot_be_worked_out_says_what_the_report_leaves_out(of: Printed, reason: str) -> None:
    (one,) = against_reports(Book((of,), {}, Population({})), None)
    assert (one.state, one.left, one.reason) == ("cannot", 2.0, reason)


def test_a_version_made_before_printed_figures_were_kept_has_none(warehouse: InMemory) -> None:
    with warehouse.set_aside():
        warehouse.connection.execute("DROP TABLE main.printed_figures")
        assert reconcile(warehouse).pairs == ()


@pytest.mark.needs_shared
def test_every_figure_of_the_source_is_in_the_table_and_every_claim_is_read(shared: Any) -> None:
    import csv

    from pipelines.reference_printed import printed_rows

    with (shared / "published/local_published_figures.csv").open(encoding="utf-8") as lines:
        source = list(csv.DictReader(lines))
    rows = list(printed_rows(shared / "published"))
    figures = [row for row in rows if row[5] in ("figure", "total")]
    assert [(row[0], row[2], row[3], row[4], row[6]) for row in figures] == [
        (row["source"], row["measure"], row["period"], row["group"], row["value"]) for row in source]
    assert [row[5] for row in rows if row[5] not in ("figure", "total")] == ["change", *["rate"] * 5]


def test_a_printed_year_is_set_beside_the_rows_of_that_year(warehouse: InMemory) -> None:
    with warehouse.set_aside():
        quarter = Period.parse("2019-20-Q4")
        sent(warehouse, "budget", period=quarter)
        budget = {"covers": "2019-20", "covers_to": quarter.end, "kind_group": "Contribution"}
        put(warehouse, "budget", {**budget, "line": "Council", "actual": 300_099},
            {**budget, "line": "Police", "actual": 78_000}, period=quarter)
        for step in range(4):
            of = quarter.earlier(step)
            sent(warehouse, "training_attendance", period=of)
            put(warehouse, "training_attendance", {"course": "GCP2", "held": of.end, "attended": 250}, period=of)
        pairs = reconcile(warehouse, period=quarter).pairs
    paid = found(pairs, "budget_contribution_2019-20_rows")
    assert (paid.state, paid.left, paid.right) == ("agrees", 378_099, 378_099)
    came = found(pairs, "training_places_filled_2019-20_rows")
    assert (came.state, came.left, came.right) == ("differs", 1268, 1000)
    assert "printed_budget_cost_2019-20_rows" not in {one.pair.id for one in pairs}, "no cost was sent"
