"""Totals name an indicator by its id or its title; a name that nobody knows is asked about once, never passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load, rows, told

from metrics.catalogue import load_catalogue
from pipelines.code_lists import every_list
from pipelines.file_report import FileReport
from pipelines.load import Sending, check_files
from pipelines.questions import questions
from pipelines.remembering import Answers, remember
from returns.periods import Period
from returns.places import PROJECT, Places


def _totals(path: Path, *names: str) -> Path:
    return annex_a(path, aggregate=[{"indicator": one, "covers": "2025-26-Q2", "numerator": 7} for one in names])


def test_an_id_a_title_and_both_are_the_same_indicator(data: Any, tmp_path: Path) -> None:
    title = load_catalogue()["eh_neglect"].indicator.title
    for number, written in enumerate(("eh_neglect", title, title.upper(), f"eh_neglect: {title}")):
        file = _totals(tmp_path / f"{number}.xlsx", written)
        report = load(data, file, period="2025-26-Q2", agency="council")
        assert not any(row for row, _code in told(report, "row", "code")), written
        assert rows(data, "SELECT indicator, numerator FROM known.aggregates") == [("eh_neglect", 7.0)]


def test_a_total_of_an_indicator_that_nobody_knows_is_held_and_says_which_are_near(data: Any, tmp_path: Path) -> None:
    file = _totals(tmp_path / "a.xlsx", "eh_neglect", "Plans ended by the moon")
    report = load(data, file, period="2025-26-Q2", agency="council")
    assert told(report, "row", "severity", "code") == [(3, "hold", "indicator-unknown")]
    assert rows(data, "SELECT rows_read, rows_accepted, rows_held FROM main.submissions") == [(2, 1, 1)]


def test_the_agencys_own_name_for_an_indicator_is_asked_about_once_and_remembered(data: Any, tmp_path: Path) -> None:
    places, file = Places.of(data), _totals(tmp_path / "a.xlsx", "Repeat CP plans")
    seen: list[FileReport] = []
    check_files(places, [Sending(file, "council", Period.parse("2025-26-Q2"))], each=seen.append)
    (report,) = seen
    (asked,) = questions(report, places)
    assert asked.about == "indicator" and "cp_repeat_plan" in {one.value for one in asked.choices}
    assert any(one.label == load_catalogue()["cp_repeat_plan"].indicator.title for one in asked.choices)
    remember(places, "council", Answers({("indicator", asked.key): "cp_repeat_plan"}, {}))
    load(data, file, period="2025-26-Q2", agency="council")
    assert rows(data, "SELECT indicator, numerator FROM known.aggregates") == [("cp_repeat_plan", 7.0)]


@pytest.mark.parametrize("written", ["Repeat child protection plans", "Child protection plans, second or subsequent"])
def test_what_is_offered_is_what_is_most_alike(written: str) -> None:
    found = every_list(PROJECT / "data" / "reference")["indicator"].match(written)
    assert found.how == "unknown" and "cp_repeat_plan" in found.candidates
