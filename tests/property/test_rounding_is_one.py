"""Halves go away from zero, the same in SQL and in Python, and as Excel shows them (E12)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rounding import rounded, rounded_sql

VALUES = st.one_of(
    st.floats(-999_999, 999_999),
    # Counts over counts, as percentages and rates, where halves come from.
    st.tuples(st.integers(0, 5000), st.integers(1, 5000)).map(lambda pair: 100 * pair[0] / pair[1]),
    st.integers(-10_000_000, 10_000_000).map(lambda number: number / 1000),
)


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def in_sql(database: duckdb.DuckDBPyConnection, value: float, decimals: int) -> float:
    sql = f"SELECT {rounded_sql('v', decimals)} FROM (SELECT CAST(? AS DOUBLE) AS v)"
    row = database.execute(sql, [value]).fetchone()
    assert row is not None
    return float(row[0])


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.5, 0, 1.0), (1.5, 0, 2.0), (2.5, 0, 3.0), (-0.5, 0, -1.0), (-2.5, 0, -3.0), (12.25, 1, 12.3), (0.05, 1, 0.1),
        # Stored as a little less than they say; Excel shows these.
        (1.005, 2, 1.01), (2.675, 2, 2.68), (1.15, 1, 1.2), (8.345, 2, 8.35),
        (0.49999, 0, 0.0), (-0.4, 0, 0.0), (524.4044, 1, 524.4), (0.0, 3, 0.0),
    ],
)  # fmt: skip
def test_a_half_is_rounded_away_from_zero(
    database: duckdb.DuckDBPyConnection, value: float, decimals: int, shown: float
) -> None:
    assert rounded(value, decimals) == shown
    assert in_sql(database, value, decimals) == shown


def test_nothing_shows_as_less_than_none() -> None:
    assert str(rounded(-0.04, 1)) == "0.0"


@given(value=VALUES, decimals=st.integers(0, 4))
def test_sql_and_python_round_alike(database: duckdb.DuckDBPyConnection, value: float, decimals: int) -> None:
    assert in_sql(database, value, decimals) == rounded(value, decimals)


@given(thousandths=st.integers(-10_000_000, 10_000_000), decimals=st.integers(0, 3))
def test_rounding_is_that_of_the_figure_as_written(thousandths: int, decimals: int) -> None:
    written = Decimal(thousandths) / 1000
    expected = float(written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    assert rounded(float(written), decimals) == expected


@given(value=st.floats(0, 999_999), decimals=st.integers(0, 4))
def test_a_figure_and_its_opposite_round_alike(value: float, decimals: int) -> None:
    assert rounded(-value, decimals) == -rounded(value, decimals)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e9, -1e12])
def test_what_is_no_figure_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        rounded(value, 1)


@pytest.mark.parametrize("decimals", [-1, 9])
def test_so_many_decimals_are_refused(decimals: int) -> None:
    with pytest.raises(ValueError, match="decimals"):
        rounded(1.0, decimals)
    with pytest.raises(ValueError, match="decimals"):
        rounded_sql("v", decimals)
