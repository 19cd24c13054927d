"""Uploading as the analyst does it: a dozen files at once, one of them bad and one a resend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load, rows

from returns.places import Places
from warehouse.ledger import Ledger

pytestmark = pytest.mark.browser


def _file(folder: Path, name: str, year: int, *children: str, **more: Any) -> Path:
    """Referrals of the quarter that ends on 30 September of the year."""
    referrals = [{"child_id": child, "referred": date(year, 9, 30), "source": "6"} | more for child in children]
    return annex_a(folder / name, referrals=referrals)


def _drop(page: Any, address: str, *files: Path) -> None:
    page.set_default_timeout(900_000)
    page.goto(address)
    page.locator("input[type=file]").set_input_files(files)


@pytest.mark.timeout(3000)
def test_twelve_files_at_once_with_one_bad_and_one_resend(
    serve: Callable[..., str], data: Path, tmp_path: Path, new_context: Callable[..., Any]
) -> None:
    load(data, _file(tmp_path, "before.xlsx", 2025, "1", "2"))
    # A list carries half a year, so with this one the year to September is whole and has a figure.
    half_a_year_before = {"child_id": "7", "referred": date(2025, 3, 31), "source": "6"}
    load(data, annex_a(tmp_path / "march.xlsx", referrals=[half_a_year_before]), period="2024-25-Q4")
    files = [_file(tmp_path, f"Referrals {year}.xlsx", year, "1") for year in range(2015, 2025)]
    files.append(_file(tmp_path, "Corrected <b>.xlsx", 2025, "2", "3", "4", team="Hub"))
    bad = tmp_path / "Training ![x](elsewhere.example) <b>.xlsx"
    bad.write_bytes(b"MZ\x90\x00 a program")
    url = serve(data)
    page = new_context().new_page()
    _drop(page, f"{url}/upload", *files, bad)

    # A bar for every file, and the one bad file stops none of the others.
    page.wait_for_function("document.querySelectorAll('[data-testid=stProgress]').length >= 12")
    page.get_by_text("11 can be accepted now").wait_for()
    assert "Did it load? 12 files" in page.locator("h1").inner_text()
    assert "1 must go back to its sender" in page.locator("p.answer").first.inner_text()
    table = page.locator("table.register").first
    table.get_by_text("takes the place of S000001").wait_for()
    assert table.get_by_text("its content is a Windows program").is_visible()

    # What would change: indicator, was, would be. What was sent before, set beside it row by row.
    page.get_by_role("heading", name="What would change on the scorecard: July to September 2025").wait_for()
    changed = page.locator("table.register tr", has_text="Referrals per 10,000 children").last
    was, would_be = changed.locator("td.figure").all_inner_texts()
    assert was != would_be
    page.get_by_role("combobox", name="Look at").click()
    page.get_by_role("option", name="11. Corrected").click()
    page.get_by_text("Against the earlier file").click()
    page.get_by_text("takes the place of S000001. Rows added: 2, gone: 1, changed: 1").wait_for()
    assert page.locator("span.sent", has_text="Hub").count() == 1
    assert rows(data, "SELECT count(*) FROM main.submissions") == [(2,)], "nothing is loaded before it is accepted"

    # Some: one is left out. Then the rest is taken away, and nothing more was loaded.
    page.get_by_role("button", name="Choose which").click()
    page.get_by_role("checkbox").first.locator("xpath=ancestor::label").click()
    page.get_by_role("button", name="Use this choice").click()
    page.get_by_role("button", name="Accept the 10").click()
    page.get_by_text("Accepted: 10 returns of 10 files").wait_for()
    page.get_by_role("link", name="See the scorecard of").wait_for()
    page.get_by_text("1 must go back to its sender, 1 you left out").wait_for()
    page.get_by_role("button", name="Take all away").click()
    page.get_by_text("Nothing is in the warehouse until you accept it").wait_for()
    statuses = [record.status for record in Ledger(Places.of(data)).submissions()]
    assert (statuses.count("accepted"), statuses.count("superseded"), statuses.count("refused")) == (11, 1, 1)


@pytest.mark.timeout(2400)
def test_two_analysts_at_once_see_nothing_of_each_other_and_accept_nothing_unseen(
    serve: Callable[..., str], data: Path, tmp_path: Path, new_context: Callable[..., Any]
) -> None:
    url = f"{serve(data)}/upload"
    mine, theirs = new_context().new_page(), new_context().new_page()
    _drop(mine, url, _file(tmp_path, "mine.xlsx", 2025, "1"))
    _drop(theirs, url, _file(tmp_path, "theirs.xlsx", 2024, "9"))
    for page, other in ((mine, "theirs.xlsx"), (theirs, "mine.xlsx")):
        page.get_by_role("heading", name="What would change on the scorecard: ").wait_for()
        assert page.get_by_text(other).count() == 0
    theirs.get_by_role("button", name="Accept it").click()
    theirs.get_by_text("Accepted: 1 return of 1 file").wait_for()
    mine.get_by_role("button", name="Accept it").click()
    mine.get_by_text("so nothing was accepted yet").wait_for()
    assert len(Ledger(Places.of(data)).submissions()) == 1
    mine.get_by_role("heading", name="What would change on the scorecard: ").wait_for()
    mine.get_by_role("button", name="Accept it").click()
    mine.get_by_text("Accepted: 1 return of 1 file").wait_for()
    assert [record.status for record in Ledger(Places.of(data)).submissions()] == ["accepted", "accepted"]


@pytest.mark.timeout(600)
def test_with_nothing_dropped_it_says_what_to_do_and_how_large_a_file_may_be(
    serve: Callable[..., str], data: Path, page: Any
) -> None:
    page.goto(f"{serve(data)}/upload")
    page.get_by_text("up to 25 MB each").first.wait_for()
    assert page.get_by_text("Nothing is in the warehouse until you accept it").is_visible()
    assert page.get_by_text("Traceback").count() == 0
