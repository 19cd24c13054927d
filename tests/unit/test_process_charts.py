"""What a process chart says of a series, at every edge that was decided."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.spc import analyse

# Mean 50, average moving range 2, limits 44.68 and 55.32, near limits 46.4533 and 53.5467.
QUIET = [51.0, 49.0] * 6
UPPER, LOWER = 55.32, 44.68


def after(*points: float | None, better: Any = "higher", **options: Any) -> Any:
    """The chart of the quiet series and then these points, its limits resting on the quiet ones."""
    return analyse([*QUIET, *points], better=better, baseline=len(QUIET), **options)


def test_limits_are_266_hundredths_of_the_average_moving_range_from_the_mean() -> None:
    chart = analyse([10, 12, 11, 15, 14, 13, 12, 11, 10, 12, 13, 14], better="higher", screen=False)
    # Sum 147, mean 12.25; ranges 2 1 4 1 1 1 1 1 2 1 1 = 16, average 16 / 11.
    assert chart.mean[0] == 12.25
    assert chart.upper[0] == pytest.approx(12.25 + 2.66 * 16 / 11, abs=1e-12)
    assert chart.lower[0] == pytest.approx(12.25 - 2.66 * 16 / 11, abs=1e-12)


def test_a_jump_is_screened_out_of_the_average_once() -> None:
    series = [10, 11, 10, 11, 10, 11, 10, 30, 10, 11, 10, 11]
    # Ranges 1 1 1 1 1 1 20 20 1 1 1, average 49 / 11 = 4.4545; 20 is 3.267 times that or more, so both are dropped.
    screened, unscreened = analyse(series, better="higher"), analyse(series, better="higher", screen=False)
    mean = sum(series) / 12
    assert screened.upper[0] == pytest.approx(mean + 2.66)
    assert unscreened.upper[0] == pytest.approx(mean + 2.66 * 49 / 11)


def test_a_range_of_exactly_3267_thousandths_of_the_average_is_screened_out() -> None:
    # Ten ranges, nine of a and one of b: 10 b = 3.267 (9 a + b), so that b is 29.403 / 6.733 of a.
    a, b = 6733.0, 29403.0
    series = [0.0]
    for place in range(9):
        series.append(series[-1] + (a if place % 2 == 0 else -a))
    series.append(series[-1] + b)
    mean = sum(series) / len(series)
    assert analyse(series, better="higher").upper[0] == pytest.approx(mean + 2.66 * a)
    series[-1] -= 1
    mean = sum(series) / len(series)
    assert analyse(series, better="higher").upper[0] == pytest.approx(mean + 2.66 * (9 * a + b - 1) / 10)


@pytest.mark.parametrize(
    ("last", "rule"), [(UPPER, None), (55.33, "limit"), (LOWER, None), (44.67, "limit"), (50.0, None)]
)
def test_only_a_point_strictly_beyond_a_limit_is_beyond_it(last: float, rule: str | None) -> None:
    assert after(last).rule[-1] == rule


@pytest.mark.parametrize(
    ("points", "rules"),
    [
        ((54.0, 54.0, 51.0), ["two_of_three", "two_of_three", None]),
        ((54.0, 51.0, 54.0), ["two_of_three", None, "two_of_three"]),
        ((51.0, 54.0, 54.0), [None, "two_of_three", "two_of_three"]),
        ((54.0, 54.0, 54.0), ["two_of_three"] * 3),
        ((54.0, 50.0, 54.0), [None] * 3),  # one is on the mean
        ((54.0, 49.0, 54.0), [None] * 3),  # one is on the other side
        ((54.0, 46.0, 54.0), [None] * 3),
        ((54.0, 56.0, 54.0), [None, "limit", None]),  # one is beyond the limit
        ((54.0, UPPER, 51.0), ["two_of_three", "two_of_three", None]),  # on the limit is not beyond it
        ((46.0, 46.0, 49.0), ["two_of_three", "two_of_three", None]),
    ],
)
def test_two_of_three_need_all_three_on_that_side_within_the_limit(points: Any, rules: list[str | None]) -> None:
    # A point on the mean first, so that the window does not reach back into the quiet ones.
    assert after(50.0, *points).rule[-3:] == rules


def test_a_point_exactly_two_thirds_of_the_way_is_not_near() -> None:
    # Mean 0, average moving range 3, limits 7.98, near limits 5.32.
    series = [1.5, -1.5] * 6 + [0.0]
    assert analyse([*series, 5.32, 5.32, 1], better="higher", baseline=12).rule[-3:] == [None] * 3
    assert analyse([*series, 5.33, 5.33, 1], better="higher", baseline=12).rule[-3:-1] == ["two_of_three"] * 2


def test_six_strict_steps_are_a_trend_and_all_seven_are_marked() -> None:
    rising = [49.0, 49.2, 49.5, 50.0, 50.5, 51.0, 52.0]
    assert after(*rising).rule[-8:] == [None, *["trend"] * 7]
    assert after(*rising).variation == "improvement_high"
    tied = [49.0, 49.2, 49.5, 49.5, 50.5, 51.0, 52.0]
    assert "trend" not in after(*tied).rule


def test_a_falling_trend_is_a_concern_even_above_the_mean() -> None:
    falling = [53.4, 53.2, 53.0, 52.8, 52.4, 52.0, 51.0]
    chart = after(50.0, *falling)
    assert chart.rule[-7:] == ["trend"] * 7
    assert chart.kind[-7:] == ["concern"] * 7
    assert chart.variation == "concern_low"


def test_a_peak_belongs_to_the_rise_that_ends_with_it() -> None:
    up = [48.5, 49.0, 49.5, 50.0, 50.5, 51.0, 51.5]
    chart = after(48.5, *up, *reversed(up[:-1]))
    assert chart.kind[-13:] == ["improvement"] * 7 + ["concern"] * 6


def test_seven_on_one_side_are_a_shift_and_a_point_on_the_mean_breaks_it() -> None:
    assert after(50.0, *[51.0, 50.5] * 3, 51.0).rule[-7:] == ["shift"] * 7
    assert after(50.0, *[51.0, 50.5] * 3).rule[-6:] == [None] * 6
    assert "shift" not in after(50.0, 51, 50.5, 51, 50.0, 51, 50.5, 51).rule


def test_the_mean_is_met_exactly_by_decimals() -> None:
    """0.1 and 0.3 average 0.2, which no binary fraction does; a point of 0.2 is on the mean, on neither side."""
    series = [0.1, 0.3] * 6
    chart = analyse([*series, 0.2, 0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3], better="higher", baseline=12)
    assert "shift" not in chart.rule


def test_rules_come_in_their_order_of_precedence() -> None:
    # A rise of seven whose last two are near the limit and whose last is beyond it.
    chart = after(49.0, 50.0, 51.0, 52.0, 53.0, 54.0, 54.5, 56.0)
    assert chart.rule[-8:] == [*["trend"] * 7, "limit"]
    # Seven on one side, two of them near the limit.
    chart = after(50.0, 51.0, 50.5, 54.0, 54.0, 51.0, 50.5, 51.0)
    assert chart.rule[-7:] == ["shift", "shift", "two_of_three", "two_of_three", "shift", "shift", "shift"]


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        ("higher", ("improvement", "improvement_high"), ("concern", "concern_low")),
        ("lower", ("concern", "concern_high"), ("improvement", "improvement_low")),
        ("neither", ("neutral_high", "neutral_high"), ("neutral_low", "neutral_low")),
    ],
)
def test_better_decides_what_a_special_cause_is_called(better: Any, high: Any, low: Any) -> None:
    up, down = after(60.0, better=better), after(40.0, better=better)
    assert (up.kind[-1], up.variation) == high
    assert (down.kind[-1], down.variation) == low


def test_the_icon_is_of_the_last_point_only() -> None:
    assert after(60.0, 50.0).variation == "common_cause"
    assert after(50.0, 60.0).variation == "improvement_high"


def test_missing_points_are_skipped_and_never_zero() -> None:
    series: list[float | None] = [*QUIET, 60.0]
    gappy = [series[0], None, *series[1:5], None, None, *series[5:], None]
    chart, whole = analyse(gappy, better="higher", baseline=12), analyse(series, better="higher", baseline=12)
    known = [place for place, value in enumerate(gappy) if value is not None]
    assert [chart.rule[place] for place in known] == whole.rule
    assert (chart.mean[0], chart.upper[0]) == (whole.mean[0], whole.upper[0])
    assert chart.kind[1] is None and chart.rule[1] is None
    # The last figure there is speaks, and where it stands is said.
    assert chart.variation == "improvement_high"
    assert chart.last == len(gappy) - 2


@pytest.mark.parametrize(("number", "state"), [(0, "too_few"), (7, "too_few"), (8, "trial"), (11, "trial"), (12, "ok")])
def test_how_many_points_decides_what_may_be_said(number: int, state: str) -> None:
    chart = analyse(QUIET[:number], better="higher", target=10)
    assert chart.state == state
    assert (chart.variation is None) == (state == "too_few")
    assert (chart.assurance is None) == (state == "too_few")
    assert all((limit is None) == (state == "too_few") for limit in [*chart.lower, *chart.upper])


def test_missing_points_do_not_count_towards_the_eight() -> None:
    assert analyse([*QUIET[:7], None, None], better="higher").state == "too_few"


def test_too_few_points_fire_no_rule() -> None:
    chart = analyse([1, 2, 3, 4, 5, 6, 7], better="higher")
    assert chart.rule == [None] * 7 and chart.variation is None


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", 90, "pass"), ("higher", 100, "pass"), ("higher", 100.1, "fail"),
        ("lower", 110, "pass"), ("lower", 100, "pass"), ("lower", 99.9, "fail"),
        ("neither", 90, None), ("higher", None, None),
    ],
)  # fmt: skip
def test_a_constant_series_is_set_against_the_target_directly(better: Any, target: Any, assurance: Any) -> None:
    chart = analyse([100.0] * 12, better=better, target=target)
    assert chart.state == "no_variation"
    assert chart.assurance == assurance
    assert chart.rule == [None] * 12
    assert chart.lower == chart.mean == chart.upper == [100.0] * 12
    assert chart.variation == "common_cause"


def test_a_step_leaves_no_width_and_fires_no_rule() -> None:
    """The only range that is not 0 is screened out, so that there is nothing to judge the points by."""
    chart = analyse([10.0] * 10 + [20.0] * 10, better="higher", target=15)
    assert chart.state == "no_variation"
    assert chart.rule == [None] * 20
    assert chart.variation is None
    assert chart.assurance == "pass"  # the last value is 20


def test_a_flat_baseline_gives_no_icon_to_what_comes_after() -> None:
    chart = analyse([100.0] * 12 + [80.0], better="higher", target=100, baseline=12)
    assert (chart.state, chart.variation, chart.assurance) == ("no_variation", None, "fail")


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (56, "fail", "pass"), (UPPER, "inconsistent", "inconsistent"), (50, "inconsistent", "inconsistent"),
        (LOWER, "inconsistent", "inconsistent"), (44, "pass", "fail"),
    ],
)  # fmt: skip
def test_a_target_is_set_against_the_limits(target: float, higher: str, lower: str) -> None:
    assert after(target=target).assurance == higher
    assert after(target=target, better="lower").assurance == lower
    assert after(target=target, better="neither").assurance is None


def test_the_last_target_is_the_one_that_counts() -> None:
    assert analyse(QUIET, better="higher", target=[*[10.0] * 11, 60.0]).assurance == "fail"
    assert analyse(QUIET, better="higher", target=[*[10.0] * 11, None]).assurance is None


def test_each_rebase_has_a_mean_limits_and_rules_of_its_own() -> None:
    second = [71.0, 69.0] * 6
    chart = analyse([*QUIET, *second], better="higher", rebase_at=[12], target=60)
    assert chart.mean == [50.0] * 12 + [70.0] * 12
    assert chart.upper[11] == pytest.approx(UPPER) and chart.upper[12] == pytest.approx(75.32)
    assert chart.rule == [None] * 24
    assert chart.assurance == "pass"  # against the last limits


def test_each_rebase_has_its_own_baseline() -> None:
    series = [*QUIET, 60.0, *[71.0, 69.0] * 6, 80.0]
    chart = analyse(series, better="higher", rebase_at=[13], baseline=12)
    assert (chart.mean[0], chart.mean[-1]) == (50.0, 70.0)
    assert chart.rule[12] == chart.rule[-1] == "limit"
    assert chart.rule[13:-1] == [None] * 12


def test_runs_do_not_cross_a_rebase() -> None:
    rising = [49.0, 49.2, 49.5, 50.0, 50.5, 51.0, 51.2]
    whole = analyse([*QUIET, *rising, *QUIET], better="higher")
    cut = analyse([*QUIET, *rising, *QUIET], better="higher", rebase_at=[15])
    assert "trend" in whole.rule
    assert "trend" not in cut.rule


def test_after_a_late_rebase_there_are_too_few_points_again() -> None:
    chart = analyse([*QUIET, 70.0, 71.0], better="higher", rebase_at=[12], target=10)
    assert chart.state == "too_few"
    assert (chart.variation, chart.assurance, chart.upper[-1]) == (None, None, None)
    assert chart.upper[0] == pytest.approx(UPPER)


def test_numerators_that_average_under_five_get_a_run_chart() -> None:
    small = analyse(QUIET, better="higher", target=10, counts=[5, 4] * 6)
    assert small.state == "run_chart"
    assert small.lower == small.upper == [None] * 12
    assert small.assurance is None
    enough = analyse(QUIET, better="higher", counts=[5] * 12)
    assert enough.state == "ok"


def test_a_run_chart_has_its_median_and_the_two_rules_that_need_no_limits() -> None:
    series = [0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 9]
    chart = analyse(series, better="lower", counts=series)
    assert chart.mean == [0.0] * 12
    assert chart.rule == [None] * 12  # nothing is beyond a limit, and zeros are on the median, on no side
    chart = analyse([2, 3, 2, 3, 2, 3, 4, 1, *[4] * 7], better="lower", counts=[3] * 15, baseline=8)
    assert chart.mean[-1] == 2.5
    assert chart.rule[-7:] == ["shift"] * 7
    assert chart.variation == "concern_high"


def test_a_numerator_that_is_missing_is_left_out_of_their_average() -> None:
    assert analyse(QUIET, better="higher", counts=[6, None] * 6).state == "ok"


@pytest.mark.parametrize(
    ("values", "options", "says"),
    [
        ([1.0], {"better": "up"}, "better is higher, lower or neither"),
        ([1.0, float("nan")], {"better": "higher"}, "a value is a number"),
        ([1.0, float("inf")], {"better": "higher"}, "a value is a number"),
        ([1.0, True], {"better": "higher"}, "a value is a number"),
        ([1.0], {"better": "higher", "baseline": 1}, "baseline"),
        ([1.0], {"better": "higher", "baseline": 0}, "baseline"),
        ([1.0], {"better": "higher", "baseline": 2.5}, "baseline"),
        ([1.0], {"better": "higher", "target": float("nan")}, "a target is a number"),
        ([1.0], {"better": "higher", "target": [1.0, 2.0]}, "2 targets for 1 values"),
        ([1.0], {"better": "higher", "target": "9"}, "a target is a number"),
        ([1.0], {"better": "higher", "counts": [1, 2]}, "2 counts for 1 values"),
        ([1.0], {"better": "higher", "rebase_at": [1]}, "a rebase is at the place"),
        ([1.0], {"better": "higher", "rebase_at": [-1]}, "a rebase is at the place"),
        ([1.0], {"better": "higher", "rebase_at": ["2025-04"]}, "a rebase is at the place"),
    ],
)
def test_what_cannot_be_charted_is_refused_in_words(values: Any, options: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        analyse(values, **options)


def test_nothing_gives_an_empty_chart() -> None:
    chart = analyse([], better="higher", target=3)
    assert (chart.mean, chart.state, chart.variation, chart.assurance, chart.last) == ([], "too_few", None, None, None)
    only_gaps = analyse([None, None], better="higher")
    assert (only_gaps.mean, only_gaps.kind, only_gaps.last) == ([None, None], [None, None], None)


def test_very_large_and_very_small_numbers_are_exact() -> None:
    chart = analyse([1e-300, 1e300] * 6, better="higher")
    assert chart.rule == [None] * 12
