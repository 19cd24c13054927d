"""Our published figure beside neighbours, region, England and every authority: rank, quarter, funnel and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dashboard import benchmarks_words
from metrics import compare
from metrics.catalogue import load_catalogue
from metrics.comparisons import Compared, compared, judged, said
from metrics.examples import InMemory, empty_warehouse
from metrics.protected import hidden_result
from metrics.published_bases import Base
from metrics.result import Result
from pipelines.reference import load_reference
from returns.periods import Period
from returns.places import PROJECT

OURS = "E06000019"
QUARTER = Period.parse("2025-26-Q2")


@pytest.fixture(scope="module")
def shipped() -> Iterator[InMemory]:
    """The reference tables that a clone has, and nothing else."""
    made = empty_warehouse()
    load_reference(made.connection, PROJECT / "data/reference")
    yield made
    made.connection.close()


def comparison(source: InMemory, name: str, **options: Any) -> Compared:
    found = compared(source, load_catalogue()[name].indicator, **{"period": QUARTER} | options)
    assert found is not None
    return found


def test_a_second_plan_is_compared_as_the_department_printed_it(shipped: InMemory) -> None:
    found = comparison(shipped, "cp_repeat_plan")
    assert (found.year, found.when, found.publication) == (2025, "in the year to March 2025", "Children in need")
    assert found.own.of is not None and found.own.lower is not None and found.own.upper is not None
    assert found.own.lower < (found.own.value or 0) < found.own.upper
    assert [place.name for place in found.neighbours][:1] == ["Westmorland and Furness"]
    assert found.present == 10 and found.average == "mean"
    assert found.region is not None and found.england is not None
    assert found.base is not None and found.base.words == "plans started in the year"


def test_the_rate_of_referrals_stands_on_the_children_of_the_year_before(shipped: InMemory) -> None:
    found = comparison(shipped, "ref_rate")
    assert (found.own.value, found.own.of) == (524.4, 34439)
    assert found.rank is None  # neither a high nor a low rate is better
    assert found.has_funnel


def test_figures_that_are_not_reliable_have_no_number_no_rank_and_no_words(shipped: InMemory) -> None:
    found = comparison(shipped, "ref_rate", period=Period.parse("2024-25-Q1"))
    assert found.year == 2024
    assert (found.own.value, found.own.status) == (None, "u")
    assert (found.against, found.rank) == ((), None)
    assert "u" in found.statuses


def test_every_authority_is_ranked_and_ours_has_an_interval_of_places(shipped: InMemory) -> None:
    found = comparison(shipped, "cp_repeat_plan")
    assert found.every_authority and found.rank is not None
    assert 140 <= found.rank.of <= 153
    assert found.rank.best is not None and found.rank.worst is not None
    assert found.rank.best <= found.rank.place <= found.rank.worst
    better = [place for place in found.with_value if (place.value or 0) < (found.own.value or 0)]
    assert found.rank.place == len(better) + 1
    assert found.rank.band in {"A", "B", "C", "D"}


@pytest.mark.parametrize("name", ["cp_repeat_plan", "as_45wd", "cl_eet", "cp_2yrs_open"])
def test_our_place_is_the_one_that_ranking_every_authority_gives(shipped: InMemory, name: str) -> None:
    found = comparison(shipped, name)
    places = compare.rank([place.value for place in found.with_value], better=found.indicator.better)
    ours = next(at for at, place in enumerate(found.with_value) if place.kind == "us")
    assert found.rank is not None and found.rank.place == places[ours]


def test_an_authority_that_did_not_exist_is_absent_and_counts_in_no_average(shipped: InMemory) -> None:
    found = comparison(shipped, "cla_rate", set_year=2021)
    # Cumbria is in the set of 2021, and ended in 2023.
    cumbria = next(place for place in found.neighbours if place.name == "Cumbria")
    assert cumbria.value is None
    assert (found.present, len(found.neighbours)) == (9, 10)
    earlier = comparison(shipped, "cla_rate", set_year=2021, period=Period.parse("2022-23-Q1"))
    assert (earlier.year, earlier.present) == (2022, 10)
    assert all("Westmorland" not in place.name for place in earlier.with_value)


def test_the_average_is_named_and_the_median_is_the_middle_of_those_present(shipped: InMemory) -> None:
    mean, median = (comparison(shipped, "cp_repeat_plan", average=name) for name in ("mean", "median"))
    values = sorted(place.value for place in mean.neighbours if place.value is not None)
    assert mean.neighbours_average == pytest.approx(sum(values) / 10, abs=0.05)
    assert median.neighbours_average == pytest.approx((values[4] + values[5]) / 2, abs=0.0501)
    assert [one.average for one in median.years] == ["median"] * len(median.years)


def test_a_trend_has_every_year_since_2016_with_its_gaps(shipped: InMemory) -> None:
    years = comparison(shipped, "ref_rate").years
    assert [one.year for one in years] == list(range(2016, 2026))
    assert [(one.year, one.status) for one in years if one.own is None] == [(2024, "u")]


def test_a_count_is_not_compared_because_larger_places_have_more(shipped: InMemory) -> None:
    found = comparison(shipped, "cp_open")
    assert found.own.value == 139
    assert (found.neighbours_average, found.against, found.rank, found.has_funnel) == (None, (), None, False)


def test_without_what_a_share_is_of_there_is_no_interval_and_no_word(shipped: InMemory) -> None:
    found = comparison(shipped, "as_45wd")
    assert found.own.value is not None and found.own.lower is None
    assert {one.words for one in found.against} == {None}
    assert found.rank is not None and (found.rank.best, found.rank.worst) == (None, None)
    assert not found.has_funnel


def test_our_own_figure_is_set_against_the_same_averages_by_its_own_interval(shipped: InMemory) -> None:
    ours = Result("cp_repeat_plan", "t", QUARTER.rolling_year(), "known", "percent", 1,
                  numerator=64, denominator=204, value=31.4, lower=25.4, upper=38.0)  # fmt: skip
    found = comparison(shipped, "cp_repeat_plan", ours=ours)
    neighbours = found.ours_against[0]
    assert (neighbours.name, neighbours.words, neighbours.judged) == ("our neighbours", "higher than", "worse")


def test_the_funnel_is_wide_for_small_places_and_narrow_for_large_ones(shipped: InMemory) -> None:
    found = comparison(shipped, "cp_repeat_plan")
    (small_low, small_high), (large_low, large_high) = found.funnel([50, 1000], level=0.998)
    centre = found.england.value if found.england else None
    assert centre is not None and small_low < large_low < centre < large_high < small_high
    near = found.funnel([1000], level=0.95)[0]
    assert large_low < near[0] and near[1] < large_high


@pytest.mark.parametrize(
    ("other", "words"), [(9.9, "higher than"), (10.0, "similar to"), (15.0, "similar to"), (20.1, "lower than")]
)
def test_the_words_follow_the_interval(other: float, words: str) -> None:
    assert said(other, lower=10.0, upper=20.0) == words
    assert said(other, lower=None, upper=None) is None


def test_a_difference_is_judged_only_where_one_end_is_better() -> None:
    assert judged("higher than", better="higher") == "better"
    assert judged("higher than", better="lower") == "worse"
    assert judged("lower than", better="neither") is None
    assert judged("similar to", better="higher") is None


def test_without_a_figure_of_our_own_to_the_quarters_end_nothing_is_said_of_one(shipped: InMemory) -> None:
    assert comparison(shipped, "cp_repeat_plan").ours_against == ()


def test_a_figure_of_ours_that_is_hidden_from_a_viewer_is_beside_nothing_and_has_no_number_in_words(
    shipped: InMemory,
) -> None:
    indicator = load_catalogue()["cp_repeat_plan"].indicator
    # Two of three: shown, it is worse than everybody's.
    ours = Result(
        "cp_repeat_plan", indicator.title, QUARTER.rolling_year(), "known", "percent", 1, numerator=2, denominator=3,
        value=66.7, lower=20.8, upper=93.9,
    )  # fmt: skip
    shown = comparison(shipped, "cp_repeat_plan", ours=ours)
    assert shown.ours_against and "66.7" in "".join(one.text for one in benchmarks_words.ours(shown))
    hidden = comparison(shipped, "cp_repeat_plan", ours=hidden_result(ours, indicator))
    assert hidden.ours_against == ()
    (said_of_it,) = benchmarks_words.ours(hidden)
    assert "hidden. Hidden to protect children" in said_of_it.text
    assert not re.search(r"\d", said_of_it.text.replace(ours.period.label, ""))
    # What the Department published of us is published, whoever looks.
    assert (hidden.own, hidden.against, hidden.rank) == (shown.own, shown.against, shown.rank)


def test_a_rounded_figure_of_ours_is_said_without_a_verdict_that_its_own_interval_would_give(
    shipped: InMemory,
) -> None:
    ours = Result("cp_repeat_plan", "", QUARTER.rolling_year(), "known", "percent", 1, numerator=10, denominator=15,
                  value=66.7)  # fmt: skip
    found = comparison(shipped, "cp_repeat_plan", ours=ours)
    assert {(one.words, one.judged) for one in found.ours_against} == {(None, None)}


def test_the_funnel_of_a_rate_is_round_englands_rate_and_there_is_none_without_it(shipped: InMemory) -> None:
    found = comparison(shipped, "ref_rate")
    ((low, high),) = found.funnel([34_439], level=0.998)
    assert found.england is not None and low < (found.england.value or 0) < high
    without = replace(found, england=None)
    assert (without.has_funnel, without.funnel([34_439], level=0.998)) == (False, [])


def test_a_figure_of_the_workforce_is_said_to_be_of_september(shipped: InMemory) -> None:
    of_staff = load_catalogue()["cp_repeat_plan"].indicator.model_copy(update={"benchmark": "lait:Work_Force_Vac_Rate"})
    found = compared(shipped, of_staff, period=QUARTER)
    assert found is not None
    assert (found.when, found.publication) == (f"at 30 September {found.year}", "Children's social work workforce")


def test_what_a_share_is_of_follows_from_a_published_rate_and_the_children() -> None:
    ended = Base("plans ended in the year", "rate", "DeRegCPR")
    assert ended.size(told=40.0, population=35_000) == 140
    assert ended.size(told=40.0, population=None) is None
    assert ended.size(told=0.0, population=35_000) is None


def test_with_only_neighbours_held_there_is_no_rank_and_no_funnel(shipped: InMemory) -> None:
    made = empty_warehouse()
    load_reference(made.connection, PROJECT / "data/reference")
    made.connection.execute(
        "DELETE FROM main.benchmarks WHERE area_kind = 'authority' AND area_code <> ? AND area_code NOT IN "
        "(SELECT neighbour_code FROM main.neighbours WHERE area_code = ?)", [OURS, OURS]
    )  # fmt: skip
    found = comparison(made, "cp_repeat_plan")
    assert (found.every_authority, found.rank, found.has_funnel) == (False, None, False)
    assert found.against[0].words is not None


def test_a_newer_extract_that_was_loaded_is_compared_with(shipped: InMemory) -> None:
    made = empty_warehouse()
    load_reference(made.connection, PROJECT / "data/reference")
    made.connection.execute("INSERT INTO main.published_files VALUES ('LAIT', 'lait.csv', 'abc', 2)")
    rows = [(OURS, "Herefordshire", "Local authority", 21.0), ("E92000001", "England", "National", 25.5)]
    for code, name, level, value in rows:
        for year in ("2025", "2026"):
            made.connection.execute(
                "INSERT INTO main.published VALUES ('LAIT', 'PrevRegCPR', ?, ?, ?, ?, '', ?, 'ok')",
                [code, name, level, year, value],
            )
    found = comparison(made, "cp_repeat_plan", period=Period.parse("2026-27-Q1"))
    assert (found.year, found.own.value) == (2026, 21.0)
    assert (found.neighbours_average, found.present) == (None, 0)
    assert [one.name for one in found.against] == ["England"], "what has no figure is not set beside ours"
    before = comparison(made, "cp_repeat_plan")
    assert (before.year, before.own.value) == (2025, comparison(shipped, "cp_repeat_plan").own.value)


def test_an_indicator_that_nobody_publishes_has_no_comparison(shipped: InMemory) -> None:
    assert compared(shipped, load_catalogue()["fd_contacts"].indicator, period=QUARTER) is None
