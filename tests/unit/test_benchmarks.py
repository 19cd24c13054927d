"""Benchmarks: which year, whose average, of how many, and what a letter in place of a number means (E10)."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.benchmarks import read_benchmarks
from metrics.catalogue import load_catalogue
from metrics.examples import InMemory, empty_warehouse
from returns.periods import Period

OURS, REGION, ENGLAND = "E06000019", "E12000005", "E92000001"
INDICATOR = load_catalogue()["ref_rate"].indicator
MEASURE = str(INDICATOR.benchmark).removeprefix("lait:")


@pytest.fixture
def made() -> Any:
    warehouse = empty_warehouse()
    for rank in range(1, 11):
        warehouse.connection.execute(
            "INSERT INTO main.neighbours VALUES (?, 2025, ?, ?, ?, 'N', 'Close')", [OURS, rank, f"N{rank}", rank]
        )
    warehouse.connection.execute("INSERT INTO main.neighbours VALUES (?, 2021, 1, 'OLD', 99, 'N', 'Close')", [OURS])
    return warehouse


def publish(
    made: InMemory, code: str, year: int, value: float | None, status: str = "ok", kind: str = "authority"
) -> None:
    made.connection.execute(
        "INSERT INTO main.benchmarks VALUES (?, ?, 'An area', ?, ?, ?, ?, 'LAIT')",
        [MEASURE, code, kind, year, value, status],
    )


def benchmark(made: InMemory, quarter: str, **options: Any) -> Any:
    held = read_benchmarks(made, area_code=OURS, region_code=REGION, **options)
    return held.of(INDICATOR, Period.parse(quarter))


def test_the_average_is_the_mean_of_the_neighbours_that_have_a_value(made: InMemory) -> None:
    for rank, value in enumerate((400.0, 500.0, 450.0, 610.0, 300.0, None, None, 512.2), start=1):
        publish(made, f"N{rank}", 2025, value, "ok" if value else "c")
    publish(made, "X99", 2025, 9999.0)
    publish(made, REGION, 2025, 520.1, kind="region")
    publish(made, ENGLAND, 2025, 518.3, kind="england")
    found = benchmark(made, "2025-26-Q2")
    assert (found.neighbours, found.neighbours_present, found.neighbours_of) == (462.0, 6, 10)
    assert (found.region, found.england, found.year, found.average, found.set_year) == (
        520.1,
        518.3,
        2025,
        "mean",
        2025,
    )
    assert (found.own, found.status) == (None, "x")


def test_under_five_neighbours_have_no_average_and_are_still_counted(made: InMemory) -> None:
    for rank in range(1, 5):
        publish(made, f"N{rank}", 2025, 100.0)
    found = benchmark(made, "2025-26-Q2")
    assert (found.neighbours, found.neighbours_present) == (None, 4)
    publish(made, "N5", 2025, 100.0)
    assert benchmark(made, "2025-26-Q2").neighbours == 100.0


def test_our_own_figure_that_is_not_reliable_is_a_letter_and_no_number(made: InMemory) -> None:
    publish(made, OURS, 2024, None, "u")
    publish(made, OURS, 2025, 524.4)
    found = benchmark(made, "2024-25-Q3")
    assert (found.year, found.own, found.status) == (2024, None, "u")
    assert found.as_json()["own"] is None and found.as_json()["status"] == "u"


@pytest.mark.parametrize(
    ("quarter", "year"), [("2025-26-Q2", 2025), ("2024-25-Q4", 2025), ("2024-25-Q3", 2024), ("2023-24-Q4", 2024)]
)
def test_the_year_is_the_latest_that_had_ended(made: InMemory, quarter: str, year: int) -> None:
    for published in (2023, 2024, 2025):
        publish(made, OURS, published, 1.0)
    assert benchmark(made, quarter).year == year


def test_nothing_is_compared_with_a_year_yet_to_end_or_without_a_measure(made: InMemory) -> None:
    publish(made, OURS, 2025, 1.0)
    assert benchmark(made, "2022-23-Q1") is None
    held = read_benchmarks(made, area_code=OURS, region_code=REGION)
    assert held.of(load_catalogue()["fd_contacts"].indicator, Period.parse("2025-26-Q2")) is None
    assert held.years(load_catalogue()["fd_contacts"].indicator) == []
    assert [year.year for year in held.years(INDICATOR)] == [2025]


def test_the_earlier_set_of_neighbours_can_be_chosen(made: InMemory) -> None:
    publish(made, "OLD", 2025, 7.0)
    found = benchmark(made, "2025-26-Q2", set_year=2021)
    assert (found.neighbours_present, found.neighbours_of, found.neighbours) == (1, 1, None)
