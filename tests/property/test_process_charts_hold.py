"""What holds of every process chart, whatever the series."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.spc import Better, Spc, analyse

POINTS = st.lists(st.none() | st.integers(-200, 200), max_size=40)
BETTER = st.sampled_from(["higher", "lower", "neither"])
BASELINES = st.none() | st.integers(2, 30)
OPPOSITE: dict[str, Better] = {"higher": "lower", "lower": "higher", "neither": "neither"}
OTHER_SIDE = {"neutral_high": "neutral_low", "neutral_low": "neutral_high"}
OTHER_ICON = {
    "improvement_high": "improvement_low", "improvement_low": "improvement_high",
    "concern_high": "concern_low", "concern_low": "concern_high", **OTHER_SIDE,
}  # fmt: skip


def limits(chart: Spc) -> list[Any]:
    return [*chart.mean, *chart.lower, *chart.upper]


def bare(chart: Spc) -> Spc:
    return replace(chart, mean=[], lower=[], upper=[])


@given(points=POINTS, more=st.integers(-1000, 1000), better=BETTER, baseline=BASELINES, target=st.integers(-200, 200))
def test_adding_a_constant_moves_the_limits_by_it_and_changes_nothing_else(
    points: list[int | None], more: int, better: Better, baseline: int | None, target: int
) -> None:
    chart = analyse(points, better=better, baseline=baseline, target=target)
    moved = [None if one is None else one + more for one in points]
    other = analyse(moved, better=better, baseline=baseline, target=target + more)
    assert bare(other) == bare(chart)
    expected = [None if one is None else one + more for one in limits(chart)]
    assert limits(other) == pytest.approx(expected, abs=1e-9)


@given(points=POINTS, times=st.integers(1, 50), better=BETTER, baseline=BASELINES)
def test_another_unit_changes_no_judgement(
    points: list[int | None], times: int, better: Better, baseline: int | None
) -> None:
    chart = analyse(points, better=better, baseline=baseline)
    other = analyse([None if one is None else one * times for one in points], better=better, baseline=baseline)
    assert bare(other) == bare(chart)


@given(points=POINTS, better=BETTER, baseline=BASELINES, target=st.integers(-200, 200))
def test_upside_down_is_the_same_chart_with_the_other_direction_better(
    points: list[int | None], better: Better, baseline: int | None, target: int
) -> None:
    chart = analyse(points, better=better, baseline=baseline, target=target)
    turned = [None if one is None else -one for one in points]
    other = analyse(turned, better=OPPOSITE[better], baseline=baseline, target=-target)
    assert other.rule == chart.rule
    assert other.assurance == chart.assurance
    assert other.kind == [OTHER_SIDE.get(str(kind), kind) for kind in chart.kind]
    assert other.variation == OTHER_ICON.get(str(chart.variation), chart.variation)
    assert other.upper == [None if one is None else -one for one in chart.lower]


@given(points=POINTS, better=BETTER, baseline=BASELINES)
def test_gaps_make_no_difference_to_the_figures_there_are(
    points: list[int | None], better: Better, baseline: int | None
) -> None:
    chart = analyse(points, better=better, baseline=baseline)
    known = [place for place, one in enumerate(points) if one is not None]
    whole = analyse([points[place] for place in known], better=better, baseline=baseline)
    assert [chart.rule[place] for place in known] == whole.rule
    assert (chart.variation, chart.state) == (whole.variation, whole.state)


@given(points=POINTS, later=st.lists(st.integers(-200, 200), max_size=12), better=BETTER)
def test_what_comes_after_the_baseline_moves_no_limit(
    points: list[int | None], later: list[int], better: Better
) -> None:
    enough = [*[1, 3] * 6, *points]
    chart, longer = (analyse(series, better=better, baseline=12) for series in (enough, [*enough, *later]))
    assert longer.mean[: len(enough)] == chart.mean
    assert longer.upper[: len(enough)] == chart.upper


@given(points=POINTS, better=BETTER, baseline=BASELINES)
def test_the_first_rule_that_fires_is_the_one_given(
    points: list[int | None], better: Better, baseline: int | None
) -> None:
    chart = analyse(points, better=better, baseline=baseline)
    for value, lower, upper, rule, kind in zip(
        points, chart.lower, chart.upper, chart.rule, chart.kind, strict=True
    ):
        if value is None:
            assert rule is None and kind is None
        elif lower is not None and upper is not None and chart.state in ("ok", "trial"):
            beyond = value > upper + 1e-9 or value < lower - 1e-9
            assert (rule == "limit") >= beyond
            if rule == "limit":
                assert value >= upper - 1e-9 or value <= lower + 1e-9
        assert (rule is None) == (kind in (None, "common_cause"))


@given(first=POINTS, second=POINTS, better=BETTER, baseline=BASELINES)
def test_a_rebase_judges_each_side_by_itself(
    first: list[int | None], second: list[int | None], better: Better, baseline: int | None
) -> None:
    if not second:
        return
    both = analyse([*first, *second], better=better, baseline=baseline, rebase_at=[len(first)])
    parts = [analyse(part, better=better, baseline=baseline) for part in (first, second)]
    assert both.rule == parts[0].rule + parts[1].rule
    assert both.upper == parts[0].upper + parts[1].upper
