"""How we compare and what a figure means, on the screen: chosen without a new page, read from four metres."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


@pytest.fixture
def dashboard(serve: Callable[..., str], data: Path, tmp_path: Path) -> str:
    sent = [{"child_id": str(child), "referred": date(2025, 8, 1 + child), "source": "6"} for child in range(9)]
    load(data, annex_a(tmp_path / "q.xlsx", referrals=sent), period="2025-26-Q2", extracted=date(2025, 9, 30))
    return serve(data)


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_comparison_is_within_the_screen_and_large_enough_to_read(
    dashboard: str, new_context: Callable[..., Any], width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 1080}).new_page()
    page.set_default_timeout(300_000)
    page.goto(f"{dashboard}/benchmarks?id=cp_repeat_plan")
    page.locator("table.abreast").wait_for()
    assert page.get_by_text("148th of 152 authorities").is_visible()
    page.locator(".js-plotly-plot").nth(1).wait_for()
    edge = "document.querySelector('table.abreast').getBoundingClientRect().right"
    assert page.evaluate(edge) <= width
    smallest = page.eval_on_selector_all(
        "table.abreast *, p.answer, p.quiet, .js-plotly-plot text",
        "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))",
    )
    assert smallest >= 14


def test_choosing_and_searching_change_the_address_and_not_the_page(dashboard: str, page: Any) -> None:
    page.set_default_timeout(300_000)
    page.goto(f"{dashboard}/definitions?find=neglect")
    page.locator("table.register").first.wait_for()
    assert page.locator("table.register tbody tr").count() < 40
    page.evaluate("window.stillHere = true")
    page.get_by_label("Search").fill("second plan")
    page.get_by_label("Search").press("Enter")
    page.wait_for_url("**find=second*plan**")
    page.get_by_role("link", name="Child protection plans that are a second or subsequent plan").wait_for()
    assert page.evaluate("window.stillHere") is True
