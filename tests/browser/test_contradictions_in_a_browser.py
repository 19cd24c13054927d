"""The contradictions as the group sees them: what printed reports say and cannot both be right, and what agrees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# What a report printed, what it should have agreed with, and how far apart they are.
PRINTED = {
    "Child protection plans, 31 March 2020": ("135", "108", "27"),
    "Children looked after, 31 March 2019": ("334", "332", "2"),
    "Children looked after, 31 March 2020": ("358", "351", "7"),
    "Child protection plans, 31 March 2022: stated rate": ("2%", "0.85%", "1.15 points"),
}
# How many times Tab is pressed before a control counts as out of reach.
TABS = 20


def _numbers(row: Any) -> tuple[str, ...]:
    return tuple(
        cell.evaluate("cell => cell.firstChild.textContent.trim()")
        for cell in (*row.locator("td.side").all(), *row.locator("td.figure").all())
    )


def _opened(page: Any, address: str) -> Any:
    page.set_default_timeout(400_000)
    page.goto(address)
    page.locator("table.register").first.wait_for()
    page.get_by_role("radio", name="Printed reports").or_(
        page.get_by_role("button", name="Printed reports")
    ).first.wait_for()
    return page


def test_the_printed_contradictions_are_named_with_both_numbers_and_the_stated_totals_confirmed(
    demo_dashboard: str, page: Any
) -> None:
    _opened(page, f"{demo_dashboard}/contradictions?period=2025-26-Q2&kind=printed")
    assert page.locator("h1").inner_text() == "Which two numbers should agree and do not? July to September 2025"
    assert page.locator("p.answer").first.inner_text().startswith("4 pairs of numbers differ")
    differ, rest = page.locator("table.register").all()
    rows = {row.locator("th.name").evaluate("cell => cell.firstChild.textContent"): row
            for row in differ.locator("tbody tr").all()}
    assert {title: _numbers(row) for title, row in rows.items()} == PRINTED
    assert "286 children" in rows["Child protection plans, 31 March 2022: stated rate"].inner_text()
    assert all("Ask " in row.inner_text() for row in rows.values())
    agree = rest.locator("tbody").first.inner_text()
    assert "Agree: " in agree
    assert "stated total" in agree


def test_every_choice_is_in_reach_of_the_keyboard_and_in_the_address(demo_dashboard: str, page: Any) -> None:
    _opened(page, f"{demo_dashboard}/contradictions?period=2025-26-Q2&kind=all")
    page.locator("body").press("Tab")
    for _ in range(TABS):
        # The page's own scrolling region takes the focus too, and its text is every word on the page.
        if page.evaluate("document.activeElement.closest('[role=radiogroup]') !== null"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail("the choice of kind cannot be reached with the Tab key")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**kind=returns**")


def test_with_nothing_loaded_it_says_what_to_do(serve: Callable[..., str], data: Path, page: Any) -> None:
    page.set_default_timeout(400_000)
    page.goto(f"{serve(data)}/contradictions")
    page.get_by_text("Nothing has been loaded yet").wait_for()
    assert page.get_by_text("Traceback").count() == 0
