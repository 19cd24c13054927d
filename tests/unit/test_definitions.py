"""What every figure means, in words: on the page, in docs/indicators.md, and nowhere else in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.definitions import comes_to, examples, facts
from metrics.definitions_page import PAGE, main, page_text
from metrics.model import Expected

CATALOGUE = load_catalogue()
WRITTEN = page_text(CATALOGUE)


def test_the_page_of_definitions_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text("utf-8") == page_text(), "run python -m metrics.definitions_page"


def test_a_definition_that_changed_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "indicators.md"
    assert main(["--check"], page) == 1
    assert main([], page) == 0 and main(["--check"], page) == 0
    page.write_text(page.read_text("utf-8").replace("Lower is better", "Higher is better"), "utf-8")
    assert main(["--check"], page) == 1
    assert "not what the catalogue says" in capsys.readouterr().out


def test_a_second_plan_is_defined_in_words() -> None:
    told = dict(facts(CATALOGUE["cp_repeat_plan"].indicator))
    assert told["Counts"] == (
        "child protection plans whose `started` falls in the period, where `previous_plans > 0`"
    )
    assert told["Over"] == "child protection plans whose `started` falls in the period"
    assert told["Better"] == "Lower is better."
    assert told["Compared with"] == "the Local Authority Interactive Tool's `PrevRegCPR`"
    assert "Only rows" not in told


@pytest.mark.parametrize("one", list(CATALOGUE), ids=lambda one: one.id)
def test_every_indicator_says_what_it_counts_and_shows_it_worked_out(one: object) -> None:
    indicator = one.indicator  # type: ignore[attr-defined]
    told = dict(facts(indicator))
    assert {"Counts", "Nature", "Shown as", "Better", "Read over", "Owner"} <= told.keys()
    assert ("Over" in told) == (indicator.denominator is not None)
    worked = examples(indicator)
    assert worked and all(example.result != "no figure" for example in worked)
    assert all(len(row) == len(example.columns) for example in worked for row in example.rows)
    assert f'<a id="{indicator.id}"></a>' in WRITTEN


def test_a_definition_says_nothing_of_what_is_not_declared() -> None:
    bare = {"by": (), "watch_by": (), "priorities": (), "framework": (), "caution": None, "missing_because": None}
    told = dict(facts(CATALOGUE["cp_repeat_plan"].indicator.model_copy(update=bare | {"benchmark": None})))
    assert list(told) == ["Counts", "Over", "Nature", "Shown as", "Better", "Read over", "Owner"]


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({"numerator": 3}, "3"),
        ({"status": "z"}, "not applicable"),
        ({"left_out": 2, "too_recent": 1}, "2 left out, 1 too recent"),
        ({"value": None}, "no figure"),
    ],
)
def test_an_example_comes_to_what_it_expects_in_words(expected: dict[str, object], words: str) -> None:
    indicator = CATALOGUE["cp_repeat_plan"].indicator
    example = indicator.examples[0].model_copy(update={"expect": Expected.model_validate(expected)})
    assert comes_to(indicator, example) == words


def test_the_example_of_a_second_plan_comes_to_one_of_two_with_one_left_out() -> None:
    indicator = CATALOGUE["cp_repeat_plan"].indicator
    assert comes_to(indicator, indicator.examples[0]) == "50.0 per cent, 1 of 2, 1 left out"
    assert examples(indicator)[0].columns == ("child", "started", "previous plans")
