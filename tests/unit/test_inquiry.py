"""One indicator looked at closely: both bases, its groups with their past, and how good its data are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load

from metrics.agreement import EXACT, Meaning, Pair, Reconciled
from metrics.catalogue import load_catalogue
from metrics.inquiry import bases, behind, columns_needed, groupings, inquire
from metrics.reconcile import Reconciliation
from metrics.schemes import scheme_of
from returns.periods import Period
from returns.places import Places
from warehouse.store import Reader, reader

QUARTER = Period.parse("2025-26-Q2")
ANALYST = scheme_of("analyst")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Two quarters of referrals; the second file has one more of the first quarter, and a row held back."""
    folder = tmp_path_factory.mktemp("inquiry")

    def sent(name: str, month: int, *more: dict[str, object]) -> Path:
        rows = [
            {"child_id": f"{month}{child}", "referred": date(2025, month, 2 + child), "source": "6",
             "team": "North" if child < 2 else "South", "no_further_action": "No"}
            for child in range(6)
        ]  # fmt: skip
        return annex_a(folder / name, referrals=[*rows, *more])

    late = {"child_id": "late", "referred": date(2025, 6, 29), "source": "6", "team": "", "no_further_action": "Yes"}
    held = {"child_id": "held", "referred": "TBC", "source": "6", "team": "South", "no_further_action": "No"}
    load(folder / "data", sent("one.xlsx", 4), period="2025-26-Q1", extracted=date(2025, 7, 1))
    load(folder / "data", sent("two.xlsx", 8, late, held), period="2025-26-Q2", extracted=date(2025, 10, 1))
    with reader(Places.of(folder / "data")) as opened:
        yield opened


def of(pairs: tuple[Reconciled, ...] = ()) -> Reconciliation:
    return Reconciliation(QUARTER, 1, pairs)


def pair(name: str, kind: str, state: str, *sources: str) -> Reconciled:
    meaning = Meaning("One", "One side")
    return Reconciled(Pair(name, kind, name, meaning, meaning, EXACT, "Ask."), state, "now", left_sources=sources)  # type: ignore[arg-type]


def test_what_came_late_is_in_the_figure_as_now_known_and_not_as_first_reported(source: Reader) -> None:
    first = inquire(source, "ref_nfa", period=Period.parse("2025-26-Q1"), scheme=ANALYST)
    assert (first.reported.numerator, first.reported.denominator) == (0, 6)
    assert (first.known.numerator, first.known.denominator) == (1, 7)
    assert first.head == first.reported
    assert first.groups == () and first.by is None
    assert inquire(source, "ref_nfa", period=first.quarter, scheme=ANALYST, basis="known").head == first.known


def test_each_group_has_its_figure_and_its_past(source: Reader) -> None:
    found = inquire(source, "ref_nfa", period=QUARTER, scheme=ANALYST, by="team")
    assert [(one.result.group, one.result.denominator) for one in found.groups] == [("North", 2), ("South", 4)]
    assert [each.denominator for each in found.groups[0].series if each.value is not None] == [2, 2]
    assert found.groups[0].series[-1].period == QUARTER


def test_a_small_count_of_a_group_is_hidden_from_whoever_is_not_the_analyst(source: Reader) -> None:
    found = inquire(source, "ref_nfa", period=QUARTER, scheme=scheme_of("group"), by="team")
    assert {one.result.status for one in found.groups} == {"c"}
    assert all(one.result.numerator is None for one in found.groups)


def test_a_rolling_year_is_only_ever_as_now_known() -> None:
    catalogue = load_catalogue()
    assert bases(catalogue["ref_rate"].indicator, QUARTER) == ("known",)
    assert bases(catalogue["ref_nfa"].indicator, QUARTER) == ("reported", "known")


def test_the_groups_that_are_watched_are_offered_first() -> None:
    indicator = load_catalogue()["fd_nfa"].indicator
    assert groupings(indicator)[: len(indicator.watch_by)] == indicator.watch_by
    assert len(set(groupings(indicator))) == len(groupings(indicator))


def test_the_data_behind_a_figure_are_told_held_blank_and_late(source: Reader) -> None:
    found = behind(
        source, inquire(source, "ref_nfa", period=QUARTER, scheme=ANALYST), reconciliation=of(), scheme=ANALYST
    )
    assert (found.read, found.held) == (8, 1)
    assert [one.filled.cells for one in found.columns] == [7] * len(found.columns) and found.columns
    assert [(one.quarter, one.late, one.events) for one in found.late] == [(Period.parse("2025-26-Q1"), 1, 7)]
    assert found.agreeing == found.differing == ()


def test_whoever_may_not_see_small_counts_of_the_county_is_told_no_number_of_rows(source: Reader) -> None:
    observer = scheme_of("observer")
    asked = inquire(source, "ref_nfa", period=QUARTER, scheme=observer)
    assert behind(source, asked, reconciliation=of(), scheme=observer) is None
    assert behind(source, asked, reconciliation=of(), scheme=scheme_of("group")) is not None


def test_the_numbers_that_should_agree_with_it_are_those_of_it_and_of_its_files(source: Reader) -> None:
    asked = inquire(source, "ref_nfa", period=QUARTER, scheme=ANALYST)
    [file] = asked.reported.sources
    mine = (
        pair("total_ref_nfa", "totals", "agrees"),
        pair("published_ref_nfa", "published", "differs"),
        pair("count_referrals_flow", "change", "differs"),
        pair("between", "returns", "agrees", file),
        pair("published_ref_nfa", "published", "cannot"),
    )
    others = (
        pair("total_ref_rate", "totals", "differs"),
        pair("count_plans_flow", "change", "differs"),
        pair("elsewhere", "returns", "differs", "S999999"),
        pair("printed_ref_nfa", "printed", "differs"),
    )
    found = behind(source, asked, reconciliation=of((*mine, *others)), scheme=ANALYST)
    assert found.agreeing == (mine[0], mine[3])
    assert found.differing == (mine[1], mine[2])


def test_where_no_rows_were_sent_there_is_nothing_behind_the_figure(source: Reader) -> None:
    found = behind(
        source, inquire(source, "cp_open", period=QUARTER, scheme=ANALYST), reconciliation=of(), scheme=ANALYST
    )
    assert (found.read, found.held, found.columns, found.late) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("indicator", "columns"),
    [
        ("as_45wd", {"started", "authorised"}),
        ("cp_open", {"started", "ended"}),
        ("eh_stepped_up", {"completed", "days_to_return"}),
    ],
)
def test_the_columns_that_a_figure_needs_are_those_its_declaration_reads(indicator: str, columns: set[str]) -> None:
    assert columns <= columns_needed(load_catalogue()[indicator])
