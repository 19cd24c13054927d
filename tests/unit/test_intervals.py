"""Intervals: the exact limits of few events, the edges at none and all, and what is refused."""

from __future__ import annotations

import pytest

from metrics import intervals

# Exact 95 per cent Poisson limits, as printed in Ulm, American Journal of Epidemiology 131 (1990), and Altman,
# Practical Statistics for Medical Research (1991), table B14.
EXACT = {0: (0.0, 3.69), 1: (0.03, 5.57), 2: (0.24, 7.22), 5: (1.62, 11.67), 9: (4.12, 17.08)}


@pytest.mark.parametrize(("count", "limits"), EXACT.items())
def test_fewer_than_ten_events_have_the_exact_poisson_limits(count: int, limits: tuple[float, float]) -> None:
    found = intervals.rate(count, 1, per=1)
    assert (found.lower, found.upper) == (pytest.approx(limits[0], abs=0.005), pytest.approx(limits[1], abs=0.005))


def test_no_events_still_have_an_upper_limit() -> None:
    found = intervals.rate(0, 34_439)
    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(3.6889 / 34_439 * 10_000, rel=1e-4)


def test_a_rate_is_per_ten_thousand_unless_told_otherwise() -> None:
    assert intervals.rate(1806, 34_439).value == pytest.approx(524.4, abs=0.05)


def test_none_and_all_of_a_few_have_limits_within_the_possible() -> None:
    none, every = intervals.proportion(0, 4), intervals.proportion(4, 4)
    assert (none.lower, every.upper) == (0, 100)
    assert none.upper is not None and every.lower is not None
    assert none.upper == pytest.approx(100 - every.lower)


def test_a_mean_has_students_limits_and_a_single_value_none() -> None:
    found = intervals.mean([1, 2, 3, 4, 5])
    # t of 4 degrees at 97.5 per cent is 2.776; the standard error is 0.7071.
    assert (found.value, found.lower, found.upper) == pytest.approx((3, 1.0368, 4.9632), abs=1e-4)
    assert intervals.mean([7]) == intervals.Interval(7, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: intervals.rate(-1, 100),
        lambda: intervals.rate(1, 0),
        lambda: intervals.rate(float("nan"), 10),
        lambda: intervals.rate(1, 10, level=1),
        lambda: intervals.rate(20, 10, level=0),
        lambda: intervals.proportion(5, 4),
        lambda: intervals.proportion(-1, 4),
        lambda: intervals.proportion(0, 0),
        lambda: intervals.proportion(1, 4, level=95),
        lambda: intervals.mean([]),
    ],
)
def test_what_has_no_interval_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match="needs|level"):
        wrong()
