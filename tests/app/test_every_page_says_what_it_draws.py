"""Every page: each chart has its words and a table of the same figures, and each table says what it is of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages_run import PROJECT, Drawn, Table, _apart, disagreements, opened

from dashboard.access import PAGES

ADDRESSES: list[tuple[str, dict[str, str]]] = [
    ("indicator", {"id": "as_45wd"}),
    ("indicator", {"id": "fd_to_referral", "by": "source"}),
    ("indicator", {"id": "cp_open"}),
    ("indicator", {"id": "ref_rate"}),
    ("indicator", {"id": "fd_by_agency"}),
    ("indicator", {"id": "s11_returned"}),
    ("exceptions", {"id": "ic_15wd", "period": "2025-26-Q2"}),
    ("benchmarks", {"id": "cp_repeat_plan"}),
    ("benchmarks", {"id": "cp_rate"}),
]


def pages() -> list[str]:
    return sorted(one.stem for one in (PROJECT / "pages").glob("*.py"))


def test_every_page_is_named_where_it_is_said_who_may_see_it() -> None:
    assert set(pages()) <= set(PAGES)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("page", pages())
def test_no_chart_or_table_of_a_page_is_without_its_words_or_differs_from_its_twin(
    demo_data: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(demo_data))
    assert disagreements(opened(page)) == []


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("page", "address"), ADDRESSES)
def test_no_chart_or_table_of_a_link_is_without_its_words_or_differs_from_its_twin(
    demo_data: Path, monkeypatch: pytest.MonkeyPatch, page: str, address: dict[str, str]
) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(demo_data))
    seen = opened(page, **address)
    assert disagreements(seen) == []
    assert seen.tables


@pytest.mark.parametrize("page", pages())
def test_with_nothing_loaded_every_page_says_what_to_do(data: Path, page: str) -> None:
    seen = opened(page)
    assert disagreements(seen) == []
    assert seen.text.strip()


def test_a_chart_that_draws_another_number_than_its_table_says_is_found() -> None:
    twin = Table(of="x", caption="Plans", rows=[["Month", "Figure"], ["May", "1,204"], ["June", "no figure"]])
    assert _apart(Drawn("words", [{"name": "figure", "y": [1204, None]}]), twin) == []
    assert _apart(Drawn("words", [{"name": "figure", "y": [1205, None]}]), twin) != []
    assert _apart(Drawn("words", [{"name": "edge", "y": [7], "meta": {"guide": True}}]), twin) == []
