"""The scorecard as the group sees it: on a shared screen, by link, and when there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

THEMES = [
    "Early help", "Front door", "Assessment", "Protection", "In need", "Care and leaving care",
    "Exploitation and missing", "Allegations", "Assurance", "Learning, voice and leadership",
    "Education and partners", "The data itself",
]  # fmt: skip


def opened(page: Any, address: str) -> Any:
    page.goto(address)
    page.locator("table.register").wait_for()
    return page


def test_it_opens_on_the_latest_quarter_and_says_so_in_its_title_and_address(demo_dashboard: str, page: Any) -> None:
    opened(page, demo_dashboard)
    assert page.locator("h1").inner_text() == "How are we doing? July to September 2025"
    page.wait_for_url("**/scorecard?period=2025-26-Q2&view=all&theme=all**")
    assert page.get_by_text("Demonstration data", exact=True).is_visible()


def test_the_themes_come_in_the_order_of_the_childs_journey(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard")
    assert page.locator("tr.section th").all_inner_texts() == THEMES


def test_a_link_opens_the_same_quarter_and_theme(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard?period=2024-25-Q4&theme=protection")
    assert "January to March 2025" in page.locator("h1").inner_text()
    assert page.locator("tr.section th").all_inner_texts() == ["Protection"]


def test_a_theme_of_the_group_and_the_boards_page_are_links_of_their_own(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard?view=theme-neglect")
    assert page.locator("h1").inner_text() == "How are we doing? Neglect, July to September 2025"
    assert page.locator("tr.section th").all_inner_texts() == ["Neglect"]
    assert "Children on a plan for neglect" in page.locator("table.register").inner_text()
    assert page.get_by_text("Not shown here: Neglect that was present").is_visible()
    opened(page, f"{demo_dashboard}/scorecard?view=board&theme=protection")
    assert page.locator("tr.section th").all_inner_texts() == ["Protection"]
    assert 4 <= page.locator("table.register tbody tr:not(.section)").count() <= 8


def test_choosing_a_theme_changes_the_table_and_the_address_without_a_new_page(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard")
    page.evaluate("window.stillHere = true")
    page.get_by_role("radio", name="Protection").or_(page.get_by_role("button", name="Protection")).first.click()
    page.wait_for_url("**theme=protection**")
    page.wait_for_function("document.querySelectorAll('tr.section').length === 1")
    assert page.evaluate("window.stillHere") is True


@pytest.mark.parametrize(
    "query",
    [
        "period=2031-32-Q1",
        "period=%3Cscript%3Ealert(1)%3C/script%3E",
        "theme=nothing",
        "period=" + "9" * 4000,
        "period=%00",
    ],
    ids=["a quarter not held", "a script", "no such theme", "very long", "a control character"],
)
def test_an_address_that_asks_for_what_is_not_there_is_answered_in_words(
    demo_dashboard: str, page: Any, query: str
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened(page, f"{demo_dashboard}/scorecard?{query}")
    page.get_by_text("which is not here").first.wait_for()
    assert page.locator("h1").inner_text() == "How are we doing? July to September 2025"
    assert not dialogs


def test_every_picture_has_words_and_every_heading_says_what_it_heads(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard")
    pictures = page.locator("table.register img")
    assert pictures.count() > 60
    words = page.eval_on_selector_all("table.register img", "all => all.map(one => one.getAttribute('alt'))")
    assert None not in words
    # Where the words stand beside the picture, in a heading or with an icon, they would be read out twice.
    beside = "all => all.map(one => one.alt.trim() || one.closest('th, td').innerText.trim())"
    assert all(page.eval_on_selector_all("table.register tbody img", beside))
    scopes = page.eval_on_selector_all("table.register th", "all => all.map(th => th.getAttribute('scope'))")
    assert set(scopes) == {"col", "row", "rowgroup"}


@pytest.mark.parametrize("width", [1280, 1920])
def test_nothing_is_cut_off_at_the_sides_and_nothing_is_smaller_than_14_pixels(
    demo_dashboard: str, new_context: Callable[..., Any], width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 1080}).new_page()
    opened(page, f"{demo_dashboard}/scorecard")
    assert page.evaluate("document.querySelector('table.register').getBoundingClientRect().right") <= width
    smallest = page.eval_on_selector_all(
        "table.register *, p.answer, p.quiet",
        "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))",
    )
    assert smallest >= 14


def test_a_whole_theme_fits_one_screen(demo_dashboard: str, page: Any) -> None:
    for theme in ("early_help", "front_door", "assessment", "in_need"):
        opened(page, f"{demo_dashboard}/scorecard?theme={theme}")
        page.wait_for_function("document.querySelectorAll('tr.section').length === 1")
        assert page.evaluate("document.querySelector('table.register').getBoundingClientRect().bottom") <= 1080, theme


def test_the_headings_stay_while_the_card_scrolls(demo_dashboard: str, page: Any) -> None:
    opened(page, f"{demo_dashboard}/scorecard")
    page.locator("table.register tr").last.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = page.locator("table.register thead th").first.bounding_box()
    assert box is not None and 0 <= box["y"] < 200


def test_with_nothing_loaded_it_says_what_to_do(serve: Callable[..., str], tmp_path: Path, page: Any) -> None:
    page.goto(f"{serve(tmp_path)}/scorecard")
    page.get_by_text("Nothing has been loaded yet").wait_for()
    assert page.get_by_text("python -m pipelines demo").is_visible()


def test_a_damaged_version_is_a_sentence_with_a_way_back(serve: Callable[..., str], demo_copy: Path, page: Any) -> None:
    for file in (demo_copy / "versions").glob("warehouse-*.duckdb"):
        file.unlink()
        file.write_bytes(b"not a database" * 1000)
    page.goto(f"{serve(demo_copy)}/scorecard")
    page.get_by_text("cannot be read").wait_for()
    assert page.get_by_text("Traceback").count() == 0


def test_the_page_cannot_be_had_without_the_app_around_it(
    serve: Callable[..., str], demo_data: Path, page: Any, tmp_path: Path
) -> None:
    """Streamlit asked to run the page's file as if it were the app: nothing of the data is sent."""
    from stages import PROJECT

    page.goto(serve(demo_data, app=PROJECT / "pages" / "scorecard.py"))
    page.wait_for_timeout(3000)
    assert page.locator("table.register").count() == 0
