"""The Indicator page on the screen: reached from the scorecard, legible, and its chart spoken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


def opened(page: Any, address: str) -> Any:
    page.set_default_timeout(600_000)
    page.goto(address)
    page.locator(".js-plotly-plot").first.wait_for()
    return page


def test_a_name_on_the_scorecard_opens_its_page_in_the_same_session(demo_dashboard: str, page: Any) -> None:
    page.set_default_timeout(600_000)
    page.goto(f"{demo_dashboard}/scorecard?period=2025-26-Q1&theme=assessment")
    name = page.locator("table.register th.name a", has_text="Assessments within 45 working days")
    name.wait_for()
    page.evaluate("window.stillHere = true")
    name.click()
    page.wait_for_url("**/indicator?id=as_45wd&period=2025-26-Q1**")
    page.locator("h1", has_text="April to June 2025").wait_for()
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    page.wait_for_url("**/scorecard**")
    page.locator("h1", has_text="How are we doing?").wait_for()


def test_the_chart_has_a_name_that_is_read_aloud_and_the_same_figures_beneath(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/indicator?id=as_45wd&period=2025-26-Q2")
    chart = page.locator('[data-testid="stPlotlyChart"]').first
    assert chart.get_attribute("role") in ("figure", "img")
    assert "Line chart." in str(chart.get_attribute("aria-label"))
    drawn = page.evaluate(
        "Array.from(document.querySelector('.js-plotly-plot').data.find(one => one.name === 'figure').y)"
    )
    page.get_by_text("These figures as a table").click()
    page.locator("table.twin").first.wait_for()
    said = page.eval_on_selector_all("table.twin tbody tr", "rows => rows.map(row => row.cells[1].innerText)")
    assert [f"{value:.1f}%" for value in drawn if value is not None] == [cell for cell in said if cell.endswith("%")]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_nothing_is_cut_off_and_nothing_is_smaller_than_14_pixels(
    demo_dashboard: str, new_context: Callable[..., Any], width: int, height: int
) -> None:
    page = opened(
        new_context(viewport={"width": width, "height": height}).new_page(),
        f"{demo_dashboard}/indicator?id=fd_to_referral&period=2025-26-Q2&by=source",
    )
    page.locator("table.facts").first.wait_for()
    page.get_by_text("Data version").wait_for()
    rights = page.eval_on_selector_all(
        "table.register:not(.twin), .js-plotly-plot", "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(rights) <= width
    smallest = page.eval_on_selector_all(
        "table.register *, p.answer, p.quiet, .js-plotly-plot text",
        "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))",
    )
    assert smallest >= 14
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert chart is not None and chart["y"] + chart["height"] <= height * 1.05
