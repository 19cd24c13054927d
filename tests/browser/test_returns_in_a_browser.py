"""Who has sent what, on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load

pytestmark = pytest.mark.browser


@pytest.mark.timeout(900)
def test_the_matrix_the_chase_list_and_one_return_tell_the_same_story(
    serve: Callable[..., str], data: Path, tmp_path: Path, page: Any
) -> None:
    held = {"child_id": "2", "referred": "TBC", "source": "6"}
    sent = [{"child_id": "1", "referred": date(2025, 9, 30), "source": "6"}, held]
    load(data, annex_a(tmp_path / "q.xlsx", referrals=sent))
    page.set_default_timeout(300_000)
    page.goto(f"{serve(data)}/returns?period=2025-26-Q2&return=council:referrals&show=held")
    page.locator("table.grid").wait_for()
    line = page.locator("table.grid tr", has_text="List 3: Referrals").inner_text()
    assert "Late" in line and "1 held" in line
    assert "Missing" in page.locator("table.grid tr", has_text="List 1: Contacts").inner_text()
    assert "rows kept aside" in page.locator("p.answer").first.inner_text() or "row kept aside" in page.content()
    page.get_by_text("A date cannot be read").first.wait_for()
    page.get_by_role("button", name="Show what was sent in these rows").click()
    page.locator("span.sent", has_text="TBC").wait_for()
    page.get_by_text("Herefordshire Council:").first.click()
    assert page.get_by_text("We have not yet received for July to September 2025").first.is_visible()


@pytest.mark.timeout(600)
def test_with_nothing_loaded_it_lists_what_is_owed(serve: Callable[..., str], data: Path, page: Any) -> None:
    page.set_default_timeout(300_000)
    page.goto(f"{serve(data)}/returns")
    page.locator("table.grid").wait_for()
    assert page.get_by_text("Traceback").count() == 0
