"""An interval holds its value, narrows with n, widens with certainty, and stays within what is possible (E09)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metrics import intervals

LEVELS = st.sampled_from([0.8, 0.95, 0.998])


@given(count=st.integers(0, 5000), population=st.integers(1, 100_000), level=LEVELS)
def test_a_rate_lies_between_its_limits(count: int, population: int, level: float) -> None:
    found = intervals.rate(count, population, level=level)
    assert found.lower is not None and found.upper is not None
    assert 0 <= found.lower <= found.value <= found.upper
    assert found.upper > 0


@given(of=st.integers(1, 5000), share=st.floats(0, 1), level=LEVELS)
def test_a_proportion_lies_between_its_limits_within_none_and_all(of: int, share: float, level: float) -> None:
    count = round(of * share)
    found = intervals.proportion(count, of, level=level)
    assert found.lower is not None and found.upper is not None
    assert 0 <= found.lower <= found.value <= found.upper <= 100


@given(of=st.integers(1, 500), share=st.floats(0, 1), times=st.integers(2, 20))
def test_more_of_the_same_says_it_more_narrowly(of: int, share: float, times: int) -> None:
    count = round(of * share)
    few, many = intervals.proportion(count, of), intervals.proportion(count * times, of * times)
    assert None not in (few.lower, few.upper, many.lower, many.upper)
    assert many.upper - many.lower < few.upper - few.lower  # type: ignore[operator]


@given(count=st.integers(0, 500))
def test_more_certainty_asks_for_a_wider_interval(count: int) -> None:
    usual, wide = intervals.rate(count, 1000), intervals.rate(count, 1000, level=0.998)
    assert None not in (usual.lower, usual.upper, wide.lower, wide.upper)
    assert wide.lower <= usual.lower and usual.upper < wide.upper  # type: ignore[operator]


@given(values=st.lists(st.floats(-1000, 1000), min_size=2, max_size=50))
def test_a_mean_lies_between_its_limits(values: list[float]) -> None:
    found = intervals.mean(values)
    assert found.lower is not None and found.upper is not None
    assert found.lower <= found.value <= found.upper
