"""A line of the scorecard beside the year before, the neighbours and the target, and as the command prints it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from metrics.benchmarks import Benchmark
from metrics.catalogue import load_catalogue
from metrics.lines import Line, beside_neighbours
from metrics.result import Result
from metrics.targets import TargetStep
from returns.periods import Period

QUARTER = Period.parse("2025-26-Q2")
PUBLISHED = Benchmark(
    measure="PrevRegCPR", year=2025, own=None, status="ok", neighbours=24.6, neighbours_present=10, neighbours_of=10,
    set_year=2025, region=None, england=None,
)  # fmt: skip


def share(numerator: float | None, of: float | None, *, period: Period = QUARTER) -> Result:
    value = None if numerator is None or not of else round(numerator * 100 / of, 1)
    return Result(
        indicator="cp_repeat_plan", title="Second or subsequent plans", period=period, basis="reported",
        unit="percent", decimals=1, numerator=numerator, denominator=of, value=value,
        lower=None if value is None else 0.0, upper=None if value is None else 100.0,
    )  # fmt: skip


def line(**more: Any) -> Line:
    given: dict[str, Any] = {"result": share(16, 56), "previous": None, "year_ago": None, "target": None}
    return Line(
        indicator=load_catalogue()["cp_repeat_plan"].indicator, quarter=QUARTER, series=(),
        freshness=None, **given | {"benchmark": PUBLISHED} | more,
    )  # fmt: skip


def test_the_change_on_the_year_is_the_difference_as_it_is_printed() -> None:
    then = share(10, 48, period=QUARTER.year_ago())
    assert line(year_ago=then).change_on_year == pytest.approx(7.8)
    assert line().change_on_year is None
    assert line(year_ago=share(0, 0, period=QUARTER.year_ago())).change_on_year is None
    assert line(result=share(0, 0), year_ago=then).change_on_year is None


@pytest.mark.parametrize(
    ("ours", "stands"),
    [(share(64, 204), "high_95"), (share(50, 204), "none"), (share(10, 204), "low_998"), (share(0, 0), None)],
)
def test_our_figure_stands_above_with_or_below_the_neighbours(ours: Result, stands: str | None) -> None:
    assert beside_neighbours(line(comparable=ours)) == stands


def test_a_rate_stands_to_the_neighbours_per_10000_children() -> None:
    rate = replace(share(600, 36_000), unit="p10k", value=166.7)
    assert beside_neighbours(line(comparable=rate, benchmark=replace(PUBLISHED, neighbours=100.0))) == "high_998"


def test_without_a_benchmark_an_average_or_counts_there_is_no_word_on_the_neighbours() -> None:
    ours = share(64, 204)
    assert beside_neighbours(line()) is None
    assert beside_neighbours(line(comparable=ours, benchmark=None)) is None
    assert beside_neighbours(line(comparable=ours, benchmark=replace(PUBLISHED, neighbours=None))) is None
    assert beside_neighbours(line(comparable=replace(ours, numerator=None))) is None
    assert beside_neighbours(line(comparable=replace(ours, unit="days"))) is None


def test_the_command_prints_the_target_and_our_comparable_figure_beside_the_published_one() -> None:
    step = TargetStep(since=date(2020, 1, 1), value=20, agreed="the board")
    printed = line(comparable=share(64, 204), target=step, previous=share(10, 40)).as_json()
    assert (printed["target"], printed["previous"], printed["year_ago"]) == (20, 25.0, None)
    assert (printed["benchmark"]["neighbours"], printed["benchmark"]["ours"]) == (24.6, 31.4)
    assert line().as_json()["benchmark"]["ours"] is None
    assert line(benchmark=None).as_json()["benchmark"] is None
