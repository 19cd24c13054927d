"""The tables of the catalogue's examples: what is wrong in one is named by row and cell, and a wrong figure by both."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from metrics.catalogue import load_catalogue
from metrics.examples import ExampleError, differences, read_rows, work_out
from returns.events import TABLES


def test_a_table_is_read_by_the_types_of_its_columns() -> None:
    text = "child | started_at       | started\n1     | 2025-07-04T21:30 | 2025-07-04"
    (row,) = read_rows(text, TABLES["missing_episodes"])
    assert row == {
        "child_id": "1", "started_at": datetime(2025, 7, 4, 21, 30), "started": date(2025, 7, 4)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("child | started\n1", "row 1 has 1 cells under 2 headings"),
        ("child | colour\n1 | red", "colour is no column of plans"),
        ("child | started\n1 | 2025-07-04\n2 | summer", "row 2: 'summer' is no date for started"),
        ("child | previous_plans\n1 | few", "row 1: 'few' is no integer for previous_plans"),
        ("child | disability\n1 | perhaps", "row 1: 'perhaps' is no boolean for disability"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_row_and_the_cell(text: str, says: str) -> None:
    with pytest.raises(ExampleError) as refused:
        read_rows(text, TABLES["plans"])
    assert str(refused.value) == says


def test_an_example_that_comes_to_another_figure_is_told_with_both() -> None:
    catalogue = load_catalogue()
    one = catalogue["cp_repeat_plan"]
    example = one.indicator.examples[0]
    result = work_out(one, example, catalogue=catalogue)
    assert differences(result, example) == []
    wrong = example.model_copy(update={"expect": example.expect.model_copy(update={"value": 99.9})})
    assert differences(result, wrong) == [f"value is {result.value}, not 99.9"]
