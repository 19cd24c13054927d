"""Change on a year is a test of the difference, between the same periods of years that follow each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from metrics.change_on_year import change_on_year
from metrics.result import Result
from returns.periods import Period


def figure(period: str, numerator: float | None, of: float | None = None, *, unit: str = "percent") -> Result:
    per = {"percent": 100, "p10k": 10_000}.get(unit, 1)
    value = None if numerator is None else (numerator * per / of if of else numerator)
    return Result(
        indicator="x", title="Things", period=Period.parse(period), basis="reported", unit=unit, decimals=1,
        numerator=numerator, denominator=of, value=value, lower=0.0 if of else None, upper=100.0 if of else None,
    )  # fmt: skip


def test_a_difference_of_two_proportions_has_newcombes_interval() -> None:
    # Newcombe (1998), Table II, case (a): 56 of 70 and 48 of 80, method 10: 0.0524 to 0.3339.
    found = change_on_year(figure("2025-26-Q2", 56, 70), figure("2024-25-Q2", 48, 80))
    assert found is not None and found.lower is not None and found.upper is not None
    assert (round(found.lower / 100, 4), round(found.upper / 100, 4)) == (0.0524, 0.3339)
    assert (found.way, found.sure) == ("higher", False)
    assert found.difference == pytest.approx(20)


def test_nothing_of_ten_and_nothing_of_twenty_have_newcombes_interval() -> None:
    # Case (f): 0 of 10 and 0 of 20, method 10: -0.1611 to 0.2775.
    found = change_on_year(figure("2025-26-Q2", 0, 10), figure("2024-25-Q2", 0, 20))
    assert found is not None and found.lower is not None and found.upper is not None
    assert (round(found.lower / 100, 4), round(found.upper / 100, 4)) == (-0.1611, 0.2775)
    assert found.way is None


@pytest.mark.parametrize(
    ("now", "then", "way", "sure"),
    [(100, 100, None, False), (150, 100, "higher", True), (70, 100, "lower", False), (40, 100, "lower", True)],
)
def test_counts_and_rates_are_tested_as_counts_of_events(now: int, then: int, way: Any, sure: bool) -> None:
    counts = change_on_year(figure("2025-26-Q2", now, unit="count"), figure("2024-25-Q2", then, unit="count"))
    rates = change_on_year(
        figure("2025-26-Q2", now, 36_000, unit="p10k"), figure("2024-25-Q2", then, 36_000, unit="p10k")
    )
    assert counts is not None and rates is not None
    assert (counts.way, counts.sure) == (rates.way, rates.sure) == (way, sure)


@pytest.mark.parametrize("then", ["2025-26-Q1", "2023-24-Q2", "2024-25-Q3", "2024-25"])
def test_periods_that_are_not_a_year_apart_are_not_compared(then: str) -> None:
    assert change_on_year(figure("2025-26-Q2", 56, 70), figure(then, 48, 80)) is None


def test_a_missing_figure_is_not_compared() -> None:
    assert change_on_year(figure("2025-26-Q2", None), figure("2024-25-Q2", 48, 80)) is None
    assert change_on_year(figure("2025-26-Q2", 48, 80), figure("2024-25-Q2", None)) is None
    assert change_on_year(figure("2025-26-Q2", 48, 80), None) is None


def test_figures_without_an_interval_give_a_difference_and_no_judgement() -> None:
    found = change_on_year(figure("2025-26-Q2", 90, unit="days"), figure("2024-25-Q2", 20, unit="days"))
    assert found is not None
    assert (found.difference, found.lower, found.way, found.sure) == (70, None, None, False)


def test_a_mean_is_judged_by_its_own_interval_and_is_never_sure() -> None:
    now = replace(figure("2025-26-Q2", 900, 10, unit="days"), value=90.0, lower=80.0, upper=100.0)
    then = replace(figure("2024-25-Q2", 200, 10, unit="days"), value=20.0, lower=15.0, upper=25.0)
    found = change_on_year(now, then)
    assert found is not None and found.lower is not None and found.upper is not None
    assert (found.way, found.sure) == ("higher", False)
    # Zou and Donner: 70 less and more the root of 10 squared and 5 squared.
    assert (found.lower, found.upper) == (pytest.approx(70 - 125**0.5), pytest.approx(70 + 125**0.5))


def test_rolling_years_are_compared_a_year_apart() -> None:
    found = change_on_year(figure("12m-2025-26-Q2", 56, 70), figure("12m-2024-25-Q2", 48, 80))
    assert found is not None and found.way == "higher"
