"""Every example of the catalogue comes out: the examples are the indicators' tests and their definitions."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import pytest

from metrics.catalogue import load_catalogue
from metrics.declared import Declared
from metrics.examples import InMemory, differences, empty_warehouse, work_out
from metrics.model import Example
from returns.places import PROJECT


@cache
def bank_holidays() -> tuple[date, ...]:
    """England's bank holidays of the reference table."""
    with (PROJECT / "data" / "reference" / "bank_holidays.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(date.fromisoformat(row["day"]) for row in rows)


@pytest.fixture(scope="module")
def empty() -> InMemory:
    """A warehouse without rows, which every example works in and leaves as it was."""
    return empty_warehouse()


EXAMPLES = [
    pytest.param(one, example, id=f"{one.id}-{number}")
    for one in load_catalogue()
    for number, example in enumerate(one.indicator.examples, start=1)
]


@pytest.mark.parametrize(("one", "example"), EXAMPLES)
def test_the_example_gives_the_figure_it_says(one: Declared, example: Example, empty: InMemory) -> None:
    result = work_out(one, example, catalogue=load_catalogue(), bank_holidays=bank_holidays(), empty=empty)
    assert differences(result, example) == [], result.sentence
