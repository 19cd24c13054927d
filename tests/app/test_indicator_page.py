"""The Indicator page: it answers its question from a link, for each role, with much data, little and none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import Seen, opened

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture
def much(demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATA", str(demo_data))
    return demo_data


@pytest.fixture(scope="module")
def three_quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three quarters of a few referrals: too few points for limits, and small counts."""
    folder = tmp_path_factory.mktemp("little")
    for number, (period, month, year) in enumerate(
        (("2024-25-Q4", 1, 2025), ("2025-26-Q1", 4, 2025), ("2025-26-Q2", 7, 2025))
    ):
        sent = [
            {"child_id": f"{number}{child}", "referred": date(year, month + child % 3, 1 + child), "source": "6",
             "team": "North" if child < 2 else "South", "no_further_action": "No" if child % 2 else "Yes"}
            for child in range(9)
        ]  # fmt: skip
        load(folder / "data", annex_a(folder / f"{period}.xlsx", referrals=sent), period=period,
             extracted=date(year, month + 2, 28))  # fmt: skip
    return folder / "data"


@pytest.fixture
def little(three_quarters: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATA", str(three_quarters))
    return three_quarters


def table(seen: Seen, starts: str) -> list[list[str]]:
    return next(one.rows for one in seen.tables if one.caption.startswith(starts))


def facts(seen: Seen) -> dict[str, str]:
    return {row[0]: row[1] for row in next(one for one in seen.tables if "facts" in one.kind).rows if len(row) == 2}


def test_a_link_opens_the_figure_its_quarter_and_its_breakdown(much: Path) -> None:
    seen = opened("indicator", id="as_45wd", period="2025-26-Q1", by="age_band", basis="known")
    assert seen.title == "Do families wait too long to know what help they will get? April to June 2025"
    assert "Assessments within 45 working days:" in seen.text
    assert len(seen.charts) == 1
    assert table(seen, "Assessments within 45 working days by age")
    said = facts(seen)
    assert {"Figure", "As first reported", "As now known", "Neighbours", "England"} <= set(said)
    assert "95% interval" in said["Figure"] and " of " in said["Figure"]


def test_everything_that_is_needed_to_defend_the_figure_is_on_the_page(much: Path) -> None:
    seen = opened("indicator", id="as_45wd", period="2025-26-Q2")
    for heading in ("What it counts", "A worked example", "Questions to ask", "How good the data are",
                    "Where the figure comes from"):  # fmt: skip
        assert heading in seen.text, heading
    quality = dict(row for row in table(seen, "The data behind it") if len(row) == 2)
    assert {"Rows", "Recorded late", "Agreement"} <= set(quality)
    files = table(seen, "The files behind the figure")
    assert len(files) > 1 and ".xlsx" in files[1][1]
    links = [link for one in seen.tables for link in one.links]
    assert any(link.startswith("benchmarks?id=as_45wd") for link in links)
    assert "Demonstration data" in seen.text


def test_a_figure_that_is_an_exception_says_so_and_why_even_where_its_chart_sees_no_change(much: Path) -> None:
    """Conferences slip far below last year's and stay within limits drawn from the volatile months of years ago."""
    seen = opened("indicator", id="ic_15wd", period="2025-26-Q2")
    sentence = " ".join(seen.text.split("Demonstration data")[0].split())
    assert "alert : worse than the same quarter a year before" in sentence
    assert "within the range" not in sentence
    raised = facts(seen)["Exception"]
    assert "Alert" in raised and "in the same quarter a year before." in raised
    assert "Exception" not in facts(opened("indicator", id="eh_started", period="2025-26-Q2"))


def test_the_chart_says_what_is_unusual_and_the_sentence_says_it_too(much: Path) -> None:
    seen = opened("indicator", id="as_45wd", period="2025-26-Q2")
    assert "below the expected range" in seen.charts[0].alt
    sentence = " ".join(seen.text.split("Demonstration data")[0].split())
    assert "concern :" in sentence and "below the expected range" in sentence


def test_a_stock_is_a_plain_line_that_says_why_it_has_no_limits(much: Path) -> None:
    seen = opened("indicator", id="cp_open", period="2025-26-Q2")
    assert [trace["name"] for trace in seen.charts[0].traces] == ["figure"]
    assert "limits would find a change where there is none" in seen.text


def test_an_unknown_figure_is_answered_with_those_that_come_near(much: Path) -> None:
    seen = opened("indicator", id="cp_opened")
    assert seen.title == "Which figure?"
    assert "There is no indicator “cp_opened”. Was one of these meant?" in seen.text
    assert not seen.charts
    hostile = opened("indicator", id="<script>alert(1)</script>" + "x" * 3000)
    assert hostile.title == "Which figure?"
    assert "<script>alert(1)</script>xxx" in hostile.text and len(hostile.text) < 1000


@pytest.mark.parametrize(("name", "value"), [("period", "2099-00-Q1"), ("by", "shoe_size"), ("basis", "guessed")])
def test_a_choice_that_is_not_there_is_said(much: Path, name: str, value: str) -> None:
    seen = opened("indicator", id="as_45wd", **{name: value})
    assert f"The address asks for {name} “{value}”, which is not here" in seen.text


def test_a_member_of_the_group_sees_no_small_count_of_a_breakdown(little: Path) -> None:
    analyst = opened("indicator", id="ref_nfa", period="2025-26-Q2", by="team")
    member = opened("indicator", id="ref_nfa", period="2025-26-Q2", by="team", role="group")
    of_analyst, of_member = (table(one, "Referrals closed with no further action by team") for one in (analyst, member))
    assert any("of 2" in " ".join(row) for row in of_analyst)
    assert not any("of 2" in " ".join(row) for row in of_member)
    assert all("hidden" in row[1] for row in of_member[1:])
    assert "In the count" not in " ".join(" ".join(row) for row in table(member, "The files behind"))


def test_with_little_it_draws_what_there_is_and_says_why_there_are_no_limits(little: Path) -> None:
    seen = opened("indicator", id="ref_nfa", period="2025-26-Q2")
    assert len(seen.charts) == 1
    assert {trace["name"] for trace in seen.charts[0].traces} <= {"figure", "average"}
    assert "too few for limits" in seen.text or "limits are on trial" in seen.text or "run chart" in seen.text


def test_a_figure_that_nobody_sent_rows_for_says_so(little: Path) -> None:
    seen = opened("indicator", id="cp_open", period="2025-26-Q2")
    assert "No return of child protection plans has been accepted" in seen.text
    assert not seen.charts
    assert "What it counts" in seen.text and "A worked example" in seen.text


def test_with_nothing_loaded_it_says_what_to_do(data: Path) -> None:
    assert "Nothing has been loaded yet" in opened("indicator", id="as_45wd").text
