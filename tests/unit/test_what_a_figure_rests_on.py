"""What a figure rests on, and what is said where there is no quarter, no row or no leave to say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rows_sent import Q1, Q2, children, put, sent

from metrics.catalogue import load_catalogue
from metrics.examples import InMemory, empty_warehouse
from metrics.explain import explain
from metrics.line_moments import Ask
from metrics.output import of_scorecard, printed
from metrics.result import Result
from metrics.schemes import chosen
from metrics.scorecard import NoPeriod, scorecard
from metrics.series import CannotShow, series
from pipelines.reference import load_reference
from returns.places import PROJECT, Places
from warehouse import store


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(warehouse: InMemory) -> Any:
    with warehouse.set_aside():
        yield warehouse


def plans(made: InMemory) -> None:
    """A list of plans without a row for spring, and one with three for summer."""
    sent(made, "child_protection_plans", period=Q1)
    sent(made, "child_protection_plans")
    put(made, "plans", *children("a", "b", "c", started="2025-08-01", previous_plans=1))


# ---- nothing to show ------------------------------------------------------------------------------------------------


def test_before_anything_is_accepted_there_is_no_quarter_and_it_is_said(made: InMemory) -> None:
    with pytest.raises(NoPeriod, match="no figure to explain"):
        explain(made, "cp_started")  # type: ignore[arg-type]
    assert series(made, "cp_started") == []


def test_a_series_of_totals_alone_ends_with_the_latest_total(made: InMemory) -> None:
    put(made, "aggregates", {"indicator": "cp_started", "covers": "2025-26-Q1", "numerator": 40})
    assert [(str(one.period), one.value) for one in series(made, "cp_started", scheme="none")] == [("2025-26-Q1", 40)]


# ---- one figure -----------------------------------------------------------------------------------------------------


def explained(made: InMemory, name: str, **options: Any) -> Any:
    return explain(made, name, **{"scheme": "none", "period": Q2} | options)  # type: ignore[arg-type]


def test_a_list_without_a_row_is_behind_its_figure_all_the_same(made: InMemory) -> None:
    plans(made)
    share = explained(made, "cp_repeat_plan", period=Q1)
    assert [one.in_words for one in share.used] == [
        "0 in the numerator, 0 in the denominator, 0 left out, 0 too recent"
    ]
    count = explained(made, "cp_started", period=Q1)
    assert [one.in_words for one in count.used] == ["0 in the numerator, 0 left out, 0 too recent"]


def test_a_figure_is_explained_on_the_basis_that_is_asked_for(made: InMemory) -> None:
    plans(made)
    assert explained(made, "cp_repeat_plan").result.basis == "reported"
    assert explained(made, "cp_repeat_plan", basis="known").result.basis == "known"


def test_where_the_county_itself_is_protected_no_submissions_rows_are_counted_out(made: InMemory) -> None:
    plans(made)
    found = explained(made, "cp_repeat_plan", scheme="public")
    assert [one.in_words for one in found.used] == ["how many of its rows were counted is hidden"]
    assert "3 in the numerator" not in found.as_text()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ref_rate", "Over         children aged 0 to 17"),
        ("s11_returned", "Over         agencies asked for the return"),
        ("eh_scale_children", "weighted by returned"),
        ("s175_dsl_trained", "different urn, listed"),
        ("eh_neglect", "Counts       the sum of numerator\n"),
    ],
)
def test_each_kind_of_part_is_explained_in_words(made: InMemory, name: str, words: str) -> None:
    text = explained(made, name).as_text()
    assert " ".join(words.split()) in " ".join(text.split())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": "low", "value": None}, "Plans: a figure that rounds to zero, July to September 2025."),
        ({"unit": "score", "numerator": 25, "denominator": 8}, "Plans: 3.1, July to September 2025."),
    ],
)
def test_a_figure_without_its_counts_is_still_a_sentence(changes: dict[str, Any], says: str) -> None:
    figure = Result("x", "Plans", Q2, "known", "percent", 1, value=3.1)
    assert replace(figure, **changes).sentence == says


# ---- many -----------------------------------------------------------------------------------------------------------


def test_a_series_of_rolling_years_ends_with_the_quarter(made: InMemory) -> None:
    plans(made)
    found = series(made, "cp_repeat_plan", window="rolling_year", scheme="none")
    assert str(found[-1].period) == "12m-2025-26-Q2"


def test_a_window_that_an_indicator_is_not_declared_for_is_refused_by_those_that_it_is(made: InMemory) -> None:
    plans(made)
    declared = next(
        one.indicator for one in load_catalogue()
        if "month" not in one.indicator.windows and one.indicator.nature in ("flow", "stock")
    )  # fmt: skip
    with pytest.raises(CannotShow, match=f"has no months: it is declared for {', '.join(declared.windows)}"):
        series(made, declared.id, window="month")


def test_a_rate_that_has_no_months_is_charted_by_rolling_years() -> None:
    rate = load_catalogue()["ref_rate"].indicator.model_copy(update={"windows": ("quarter", "rolling_year")})
    ask = Ask(rate, Q2, None, (), None, chosen("none"))
    assert [str(moment.period) for moment in ask.charted[-2:]] == ["12m-2025-26-Q1", "12m-2025-26-Q2"]


def test_the_scorecard_prints_the_neighbours_how_many_they_are_and_the_year(tmp_path: Path) -> None:
    places = Places.of(tmp_path)
    with store.build(places) as builder:
        load_reference(builder.connection, PROJECT / "data/reference")
    with pytest.raises(NoPeriod, match="no quarter to show"):
        scorecard(places)
    with store.build(places) as builder:
        plans(InMemory(builder.connection))
    card = scorecard(places, scheme="none")
    (repeat,) = [line for line in card.lines if line.indicator.id == "cp_repeat_plan"]
    assert (card.period, repeat.result.value) == (Q2, 100.0)
    assert repeat.benchmark is not None
    assert f"{repeat.benchmark.neighbours} (10 of 10, 2025)" in printed(of_scorecard(card), "table")
    themes = [name for name, _title in card.themes]
    assert themes[0] == "early_help" and repeat in card.theme("protection")
    assert sum(len(card.theme(name)) for name in themes) == len(card.lines)
