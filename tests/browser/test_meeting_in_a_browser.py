"""A meeting played through on the screen: stepped with keys, taken down, closed, its minutes downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


def test_the_chair_steps_through_takes_two_decisions_and_an_action_and_has_the_minutes(
    serve: Callable[..., str], demo_data: Path, tmp_path: Path, page: Any
) -> None:
    from docx import Document
    from playwright.sync_api import expect

    expect.set_options(timeout=120_000)

    address = serve(Path(shutil.copytree(demo_data, tmp_path / "data")))
    page.set_default_timeout(120_000)
    page.goto(f"{address}/exceptions?period=2025-26-Q2")
    page.get_by_role("button", name="Start the meeting").click()
    page.get_by_role("button", name="Begin").wait_for()
    assert "meeting=M1" in page.url and not page.get_by_test_id("stHeader").is_visible()
    page.keyboard.press("ArrowRight")
    place, typed = page.locator("p.place"), page.get_by_label("Decision, or action").first
    take_down = page.get_by_role("button", name="Take it down")
    place.get_by_text("1 of 10").wait_for()
    take_down.wait_for()
    for one in (typed, take_down, page.locator(".large b")):  # all on the screen at once, without scrolling
        box = one.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 1080
    for selector, size in ((".large b", 60), (".st-key-meeting_heard p", 22)):
        words = page.locator(selector).first
        assert words.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= size

    # Arrow keys move the cursor of whoever types, and not the meeting; what was typed waits.
    typed.click()
    page.keyboard.type("Ask for a samle")
    for key in ("ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.type("p")
    page.get_by_role("button", name="Next").click()
    place.get_by_text("2 of 10").wait_for()
    expect(typed).to_have_value("")
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    expect(typed).to_have_value("Ask for a sample")

    take_down.click()
    page.locator(".taken", has_text="Ask for a sample").wait_for()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".taken")).to_have_count(0)
    typed.fill("Hear the agency in January.")
    take_down.click()
    page.locator(".taken", has_text="Hear the agency").wait_for()
    expect(typed).to_have_value("")
    typed.fill("Write to the heads.")
    page.get_by_label("Owner", exact=True).fill("Director")
    page.get_by_role("spinbutton").first.click()
    page.keyboard.type("01122026")
    take_down.click()
    page.locator(".taken", has_text="Write to the heads. Director, by 1 December 2026").wait_for()

    page.get_by_role("button", name="Close the meeting").click()
    page.get_by_label("Present").fill("Jane Smith, police\nAli Khan, Schools")
    page.get_by_label("Apologies").fill("Di Fox")
    page.get_by_role("button", name="Close the meeting and make the minutes").click()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download the minutes").click()
    assert downloaded.value.suggested_filename == "minutes-2025-26-Q2-M1.docx"
    minutes = Document(downloaded.value.path())
    said = [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]
    assert {"Ask for a sample", "Hear the agency in January.", "Write to the heads.", "Director", "1 December 2026",
            "Jane Smith", "West Mercia Police", "Ali Khan", "Di Fox"} <= set(said)  # fmt: skip
    assert sum(one.style.name == "Heading 2" for one in minutes.paragraphs) == 2
