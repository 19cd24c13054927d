"""Comparison with others: funnels, significance, rank and quartile, at their edges."""

from __future__ import annotations

import math
from typing import Any

import pytest

from metrics import intervals
from metrics.compare import funnel_proportion, funnel_rate, quantile, quartile_band, rank, significance


def test_a_proportions_funnel_is_the_average_and_so_many_standard_errors() -> None:
    lower, upper = funnel_proportion(0.2, 100, level=0.95)
    assert lower == pytest.approx(0.2 - 1.959963984540054 * 0.04)
    assert upper == pytest.approx(0.2 + 1.959963984540054 * 0.04)
    assert funnel_proportion(20, 100, level=0.95) == pytest.approx((lower * 100, upper * 100))
    assert funnel_proportion(0.8, 100, level=0.95, per=100) == pytest.approx((0, 0.8 + 1.959963984540054 * 0.890842298))


def test_a_funnel_is_cut_to_what_is_possible() -> None:
    assert funnel_proportion(0.01, 10, level=0.998)[0] == 0
    assert funnel_proportion(99, 10, level=0.998)[1] == 100
    assert funnel_proportion(0, 10, level=0.95) == (0, 0)
    assert funnel_rate(1, 1000, level=0.95)[0] == 0


@pytest.mark.parametrize("average", [0.5, 3.0, 12.0, 40.0, 400.0])
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_a_rate_is_outside_its_funnel_exactly_where_its_interval_leaves_the_average_out(
    average: float, level: float
) -> None:
    lower, upper = funnel_rate(average, 10_000, level=level)
    for count in range(int(upper) + 10):
        found = intervals.rate(count, 10_000, level=level)
        assert found.lower is not None and found.upper is not None
        outside = average < found.lower or average > found.upper
        assert outside == (count < lower - 1e-6 or count > upper + 1e-6)


@pytest.mark.parametrize("average", [3.0, 20.0, 50.0, 97.0])
def test_a_proportion_is_outside_its_funnel_exactly_where_its_interval_leaves_the_average_out(average: float) -> None:
    lower, upper = funnel_proportion(average, 150, level=0.95)
    for count in range(151):
        outside = significance(count, 150, average=average, kind="proportion") != "none"
        assert outside == (not lower <= count / 1.5 <= upper)


def test_a_funnel_narrows_with_what_it_is_of_and_widens_with_certainty() -> None:
    assert funnel_proportion(30, 100, level=0.95)[1] > funnel_proportion(30, 1000, level=0.95)[1]
    assert funnel_rate(30, 10_000, level=0.95)[1] > funnel_rate(30, 100_000, level=0.95)[1]
    assert funnel_rate(30, 10_000, level=0.998)[1] > funnel_rate(30, 10_000, level=0.95)[1]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(50, "none"), (61, "high_95"), (70, "high_998"), (39, "low_95"), (30, "low_998"), (59, "none")],
)
def test_significance_of_a_proportion_has_two_levels(count: int, expected: str) -> None:
    assert significance(count, 100, average=50, kind="proportion") == expected
    assert significance(count, 100, average=0.5, kind="proportion") == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(20, "none"), (0, "low_998"), (8, "low_95"), (31, "high_95"), (37, "high_998"), (12, "none"), (29, "none")],
)
def test_significance_of_a_rate_has_two_levels(count: int, expected: str) -> None:
    assert significance(count, 10_000, average=20, kind="rate") == expected
    assert significance(count, 1_000, average=20, kind="rate", per=1_000) == expected


def test_an_average_at_the_end_of_the_interval_is_not_outside_it() -> None:
    found = intervals.proportion(61, 100)
    assert found.lower is not None
    assert significance(61, 100, average=found.lower, kind="proportion") == "none"
    assert significance(61, 100, average=math.nextafter(found.lower, 0), kind="proportion") == "high_95"


def test_an_average_at_the_upper_end_of_the_interval_is_not_outside_it_either() -> None:
    found = intervals.rate(39, 1000, per=1000)
    assert found.upper is not None
    assert significance(39, 1000, average=found.upper, kind="rate", per=1000) == "none"
    assert significance(39, 1000, average=math.nextafter(found.upper, 1000), kind="rate", per=1000) == "low_95"


def test_a_rate_is_of_ten_thousand_unless_said_otherwise() -> None:
    assert funnel_rate(50, 10_000, level=0.95) == funnel_rate(50, 10_000, per=10_000, level=0.95)
    found = intervals.rate(50, 10_000)
    assert found.lower is not None
    assert significance(50, 10_000, average=found.lower, kind="rate") == "none"
    assert significance(50, 10_000, average=math.nextafter(found.lower, 0), kind="rate") == "high_95"


def test_an_average_of_one_is_the_whole_and_one_above_it_is_a_percentage() -> None:
    assert funnel_proportion(1, 50, level=0.95) == (1, 1)
    assert funnel_proportion(100, 50, level=0.95) == (100, 100)
    lower, upper = funnel_proportion(1.5, 50, level=0.95)
    assert lower == 0
    assert upper == pytest.approx(1.5 + 1.959963984540054 * 100 * math.sqrt(0.015 * 0.985 / 50))


def test_a_funnel_can_be_of_less_than_one_whole() -> None:
    assert funnel_proportion(0.5, 0.5, level=0.95) == (0, 1)
    assert funnel_rate(4, 0.5, per=1, level=0.95)[1] == pytest.approx(11.31667, abs=1e-4)


def test_the_lower_limit_of_a_rate_leaves_nought_where_none_at_all_would_be_unusual() -> None:
    # None of 3.689 expected is at the end of its 95 per cent interval (Garwood, 1936).
    assert funnel_rate(3.68, 1, per=1, level=0.95)[0] == 0
    lower = funnel_rate(4, 1, per=1, level=0.95)[0]
    assert 0 < lower < 1
    assert intervals.rate(lower, 1, per=1, level=0.95).upper == pytest.approx(4)


def test_an_average_of_none_has_a_funnel_of_none() -> None:
    assert funnel_rate(0, 1000, level=0.95) == pytest.approx((0, 0), abs=1e-6)


def test_none_of_none_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="a proportion needs"):
        significance(0, 0, average=50, kind="proportion")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: funnel_proportion(101, 10, level=0.95), "between 0 and 100"),
        (lambda: funnel_proportion(-0.1, 10, level=0.95), "between 0 and 1"),
        (lambda: funnel_proportion(50, 10, level=0.95, per=1), "between 0 and 1"),
        (lambda: funnel_proportion(0.5, 0, level=0.95), "denominator above 0"),
        (lambda: funnel_proportion(0.5, 10, level=95), "level is between 0 and 1"),
        (lambda: funnel_proportion(0.5, 10, level=0), "level is between 0 and 1"),
        (lambda: funnel_proportion(0, 10, level=0.95, per=0), "between 0 and 0"),
        (lambda: funnel_rate(-1, 10, level=0.95), "0 or more"),
        (lambda: funnel_rate(1, 0, level=0.95), "population above 0"),
        (lambda: funnel_rate(1, 10, level=1), "level is between 0 and 1"),
        (lambda: significance(1, 10, average=1, kind="mean"), "of a proportion or of a rate"),
        (lambda: significance(1, 10, average=float("nan"), kind="rate"), "an average is a number"),
        (lambda: rank([1], better="up"), "higher, lower or neither"),
        (lambda: rank([float("nan")], better="higher"), "a value is a number"),
        (lambda: quartile_band(1, [1], better="up"), "higher, lower or neither"),
        (lambda: quartile_band(2, [1], better="lower"), "from below it to above it"),
        (lambda: quartile_band(2, [None], better="lower"), "from below it to above it"),
        (lambda: quantile([1], 1.5), "between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(call: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


def test_equal_values_share_the_lowest_place_and_missing_ones_have_none() -> None:
    assert rank([3.0, None, 1.0, 3.0, 2.0], better="higher") == [1, None, 4, 1, 3]
    assert rank([3.0, None, 1.0, 3.0, 2.0], better="lower") == [3, None, 1, 3, 2]
    assert rank([3.0, None], better="neither") == [None, None]
    assert rank([], better="higher") == []


def test_quantiles_are_rs_type_7() -> None:
    # R: quantile(c(1, 2, 4, 8, 16, 32), c(.25, .5, .75), type = 7) gives 2.5, 6, 14.
    values = [32.0, 1.0, 16.0, 2.0, None, 8.0, 4.0]
    assert [quantile(values, share) for share in (0, 0.25, 0.5, 0.75, 1)] == [1, 2.5, 6, 14, 32]
    assert quantile([], 0.5) is None


def test_a_value_on_a_quartile_is_in_the_band_that_ends_there() -> None:
    values = [0.0, 10.0, 20.0, 30.0, 40.0]
    assert [quartile_band(one, values, better="lower") for one in values] == ["A", "A", "B", "C", "D"]
    assert [quartile_band(one, values, better="higher") for one in values] == ["D", "D", "C", "B", "A"]
    assert quartile_band(10.5, values, better="lower") == "B"
    assert quartile_band(10.0, values, better="neither") is None
    assert quartile_band(None, values, better="lower") is None


def test_quartiles_of_tenths_are_exact() -> None:
    """A quartile at 0.3 is met by 0.3, which no binary fraction is."""
    values = [0.1, 0.2, 0.4, 0.5, 0.6, 0.7]
    assert quantile(values, 0.25) == 0.25
    assert quartile_band(0.3, [0.1, 0.3, 0.4, 0.5, 0.6], better="lower") == "A"


def test_where_all_are_equal_all_are_in_the_first_band() -> None:
    assert quartile_band(5, [5, 5, 5], better="lower") == "A"
