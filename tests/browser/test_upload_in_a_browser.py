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


@pytest.mark.timeout(1500)
def test_twelve_files_at_once_with_one_bad_and_one_resend(
    serve: Callable[..., str], data: Path, tmp_path: Path, new_context: Callable[..., Any]
) -> None:
    load(data, _file(tmp_path, "before.xlsx", 2015, "1", "2"))
    files = [_file(tmp_path, f"Referrals {year}.xlsx", year, "1") for year in range(2016, 2026)]
    files.append(_file(tmp_path, "Corrected <b>.xlsx", 2015, "2", "3", team="Hub"))
    bad = tmp_path / "Training ![x](https://elsewhere.example).xlsx"
    bad.write_bytes(b"MZ\x90\x00 a program")
    url = serve(data)
    page = new_context().new_page()
    page.set_default_timeout(600_000)
    page.goto(f"{url}/upload")
    page.locator("input[type=file]").set_input_files([*files, bad])
    page.get_by_text("11 can be accepted now").wait_for()
    assert "Did it load? 12 files" in page.locator("h1").inner_text()
    assert "1 must go back to its sender" in page.locator("p.answer").first.inner_text()
    table = page.locator("table.register").first
    table.get_by_text("takes the place of S000001").wait_for()
    assert table.get_by_text("its content is a Windows program").is_visible()
    assert page.get_by_text("What would change on the scorecard").is_visible()
    assert rows(data, "SELECT count(*) FROM main.submissions") == [(1,)]

    stranger = new_context().new_page()  # another analyst's session has nothing of it
    stranger.goto(f"{url}/upload")
    stranger.get_by_text("Nothing is in the warehouse until you accept it").wait_for()
    assert stranger.get_by_text("Corrected").count() == 0

    page.get_by_role("button", name="Accept the 11").click()
    page.get_by_text("Accepted: 11 returns of 11 files").wait_for()
    statuses = [record.status for record in Ledger(Places.of(data)).submissions()]
    assert (statuses.count("accepted"), statuses.count("superseded"), statuses.count("refused")) == (11, 1, 1)
    page.get_by_role("link", name="See the scorecard of").click()
    page.wait_for_url("**/scorecard?period=**")


@pytest.mark.timeout(600)
def test_with_nothing_dropped_it_says_what_to_do_and_how_large_a_file_may_be(
    serve: Callable[..., str], data: Path, page: Any
) -> None:
    page.goto(f"{serve(data)}/upload")
    page.get_by_text("up to 25 MB each").first.wait_for()
    assert page.get_by_text("Nothing is in the warehouse until you accept it").is_visible()
    assert page.get_by_text("Traceback").count() == 0
