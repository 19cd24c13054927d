"""Challenge played through on the screen: from the scorecard to an indicator, pinned, asked, answered, accepted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns.places import Places
from warehouse.challenges import every
from warehouse.entries import Journal
from warehouse.pack import pinned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


def write(page: Any, label: str, words: str) -> None:
    field = page.get_by_label(label, exact=True).locator("visible=true").last
    field.fill(words)
    field.blur()


def test_from_the_scorecard_to_an_indicator_pinned_asked_answered_and_accepted(
    serve: Callable[..., str], demo_data: Path, tmp_path: Path, page: Any
) -> None:
    data = Path(shutil.copytree(demo_data, tmp_path / "data"))
    journal = Journal(Places(data))
    asked_before = len(every(journal))
    page.goto(f"{serve(data)}/scorecard?period=2025-26-Q2&theme=protection")
    page.locator("table.register th.name a", has_text="Initial conferences within 15 working days").click()
    page.wait_for_url("**/indicator?id=ic_15wd**")
    page.get_by_text("Data version").wait_for()
    page.get_by_role("button", name="Pin this view").click()
    write(page, "Note: why it is pinned", "For the board.")
    write(page, "Your name and role", "Independent scrutineer")
    page.get_by_role("button", name="Pin it").click()
    page.get_by_text("Pinned. It is on the Challenge page").wait_for()
    page.keyboard.press("Escape")

    page.get_by_role("link", name="Ask about this").click()
    page.wait_for_url("**/challenge?part=ask**")
    page.get_by_role("link", name="The view that it is asked from").wait_for()
    write(page, "Question", "How were children kept safe meanwhile?")
    write(page, "Why it is asked", "Fewer than half were in time.")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"/challenge\?id=Q\d+$"))
    page.locator("h1", has_text="How were children kept safe meanwhile?").wait_for()

    write(page, "Answer", "Each had a safety plan, seen weekly.")
    write(page, "Evidence: what shows it", "The list of plans.")
    page.get_by_role("button", name="Save the answer").click()
    page.locator("p.asked", has_text="Each had a safety plan, seen weekly.").wait_for()
    page.get_by_text("Accepted", exact=True).locator("visible=true").last.click()
    write(page, "Why", "The list was seen.")
    page.get_by_role("button", name="Save what was made of it").click()
    page.locator(".decided", has_text="The list was seen.").wait_for()

    one = every(journal)[asked_before]
    assert one.status == "accepted" and one.responses[0].evidence == "The list of plans."
    assert one.challenge.view.startswith("indicator?id=ic_15wd") and "period=2025-26-Q2" in one.challenge.view
    assert one.first.author == "Independent scrutineer"  # the name goes along from form to form
    of_the_indicator = [each.note for each in pinned(journal) if each.view.startswith("indicator?id=ic_15wd")]
    assert of_the_indicator[-1] == "For the board."
    page.get_by_role("link", name="The view it was asked from").click()
    page.wait_for_url("**/indicator?id=ic_15wd**")
    page.locator("table.asked", has_text="How were children kept safe meanwhile?").wait_for()
