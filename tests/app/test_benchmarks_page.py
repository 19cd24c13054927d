"""The Benchmarks page: a sentence first, then the trend, every authority and the neighbours, from a link."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import Seen, disagreements, opened

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def one_quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A single quarter of a few referrals, beside the published figures that come with the project."""
    folder = tmp_path_factory.mktemp("published")
    sent = [{"child_id": str(child), "referred": date(2025, 8, 1 + child), "source": "6"} for child in range(9)]
    load(folder / "data", annex_a(folder / "q.xlsx", referrals=sent), period="2025-26-Q2", extracted=date(2025, 9, 30))
    return folder / "data"


@pytest.fixture
def little(one_quarter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATA", str(one_quarter))
    return one_quarter


def table(seen: Seen, starts: str) -> list[list[str]]:
    return next(one.rows for one in seen.tables if one.caption.startswith(starts))


def test_a_comparison_is_a_sentence_first_with_its_year_its_average_and_of_how_many(little: Path) -> None:
    seen = opened("benchmarks", id="cp_repeat_plan")
    assert seen.title == "How do we compare? Child protection plans that are a second or subsequent plan"
    assert "Herefordshire: 32.7% in the year to March 2025 (of 202 plans started in the year" in seen.text
    assert "our neighbours (mean 23.2%, 10 of 10)" in seen.text
    assert "148th of 152 authorities" in seen.text and "in the bottom quarter" in seen.text
    assert disagreements(seen) == []
    assert len(seen.charts) == 2
    assert "Department for Education, Children in need, 2025" in seen.text


def test_the_neighbours_stand_side_by_side_with_their_intervals(little: Path) -> None:
    rows = table(opened("benchmarks", id="cp_repeat_plan"), "Child protection plans that are a second")
    assert rows[0][:3] == ["In the year to March 2025", "Us", "Westmorland and Furness"]
    assert rows[0][-2:] == ["West Midlands", "England"]
    assert rows[1][:2] == ["Share", "32.7%"]
    assert rows[2][:2] == ["95% interval", "26.6 to 39.4"]


def test_the_other_set_and_the_median_are_a_link_away(little: Path) -> None:
    seen = opened("benchmarks", id="cla_rate", set="2021", average="median")
    assert "our neighbours (median " in seen.text and ", 9 of 10)" in seen.text
    assert "Cumbria" in table(seen, "Children looked after per 10,000")[0]


def test_a_year_that_is_not_reliable_is_a_gap_with_its_letter_explained(little: Path) -> None:
    seen = opened("benchmarks", id="ref_rate")
    trend = next(one.rows for one in seen.tables if one.rows[0][:2] == ["Year", "Us"])
    assert next(row for row in trend if row[0] == "2024")[1:3] == ["", "not reliable"]
    assert "u: not reliable" in seen.text


def test_an_indicator_that_nobody_publishes_says_why(little: Path) -> None:
    seen = opened("benchmarks", id="fd_contacts")
    assert "publishes no figure of other authorities" in seen.text
    assert not seen.charts


def test_a_count_is_not_compared_and_leads_to_its_rate(little: Path) -> None:
    seen = opened("benchmarks", id="cp_open")
    assert "Counts are not compared, because larger places have more" in seen.text
    assert "Choose instead:" in seen.text
    assert len(seen.charts) == 1 and disagreements(seen) == []


def test_a_theme_is_a_line_an_indicator_with_what_it_says_beside_our_neighbours(little: Path) -> None:
    seen = opened("benchmarks", theme="protection")
    assert seen.title == "How do we compare? Protection"
    rows = {row[0]: row for row in table(seen, "Published figures")}
    line = rows["Child protection plans that are a second or subsequent plan"]
    assert line[1] == "32.7%" and "higher: worse" in line and "148th of 152" in line
    links = next(one.links for one in seen.tables if one.caption.startswith("Published figures"))
    assert any("id=cp_repeat_plan" in link and "theme=protection" in link for link in links)
    assert any(one.caption.startswith("Not published") for one in seen.tables)


def test_what_the_address_asks_for_and_is_not_there_is_said(little: Path) -> None:
    seen = opened("benchmarks", id="no_such", set="1999")
    assert seen.text.count("which is not here") == 2
    assert seen.title == "How do we compare?"


def test_with_only_neighbours_held_the_page_says_how_to_get_the_rest(
    one_quarter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from returns.places import Places
    from warehouse.store import build

    shutil.copytree(one_quarter, tmp_path / "data")
    with build(Places.of(tmp_path / "data")) as builder:
        builder.connection.execute(
            "DELETE FROM main.benchmarks WHERE area_kind = 'authority' AND area_code NOT IN "
            "(SELECT neighbour_code FROM main.neighbours WHERE area_code = 'E06000019') AND area_code <> 'E06000019'"
        )
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    seen = opened("benchmarks", id="cp_repeat_plan")
    assert "no rank and no chart of every authority" in seen.text
    assert len(seen.charts) == 1 and disagreements(seen) == []


def test_a_definition_is_a_link_and_a_search_finds_it(data: Path) -> None:
    seen = opened("definitions", id="cp_repeat_plan")
    assert seen.title == "Child protection plans that are a second or subsequent plan"
    assert "Are plans ending too early? Lower is better." in seen.text
    assert "2025-26-Q2: 50.0 per cent, 1 of 2, 1 left out." in seen.text
    found = opened("definitions", find="second plan")
    rows = table(found, "Figures and the questions")
    assert any(row[0] == "Child protection plans that are a second or subsequent plan" for row in rows)
    assert len(rows) < 20
    assert "No figure has those words" in opened("definitions", find="zzzz").text
