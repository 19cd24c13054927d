"""How to read the figures, for members of the board: the page, and pictures drawn from what the methods say."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.guide_pictures import AVERAGE, COUNTS, MONTHS, PLACES, TARGETS, pictures
from dashboard.reading_guide import DOCS, PAGE, files, main, page_text
from metrics.disclosure import protect
from metrics.intervals import proportion
from metrics.process import ASSURANCE_WORDS, VARIATION_WORDS
from metrics.result import STATUS_WORDS
from metrics.spc import analyse


def test_the_page_and_its_pictures_are_what_the_program_draws() -> None:
    for name, text in files().items():
        assert (DOCS / name).read_text("utf-8") == text, f"{name}: run python -m dashboard.reading_guide"


def test_a_picture_that_was_changed_by_hand_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tmp_path) == 1
    assert main([], tmp_path) == 0 and main(["--check"], tmp_path) == 0
    (tmp_path / "pictures" / "hidden.svg").write_text("<svg/>", "utf-8")
    assert main(["--check"], tmp_path) == 1
    assert "pictures/hidden.svg differ" in capsys.readouterr().out


def test_every_picture_shown_exists_and_every_one_drawn_is_shown_with_words_for_who_cannot_see_it() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.svg\)", page_text())
    assert {name for _, name in shown} == pictures().keys()
    assert len(shown) == page_text().count("![")
    for svg in pictures().values():
        title = ElementTree.fromstring(svg).find("{http://www.w3.org/2000/svg}title")
        assert title is not None and title.text


def test_every_icon_and_every_letter_is_explained_in_the_words_that_the_pages_use() -> None:
    text = page_text()
    assert all(f"**{words}**" in text for words in (*VARIATION_WORDS.values(), *ASSURANCE_WORDS.values()))
    assert all(f"| {words} | {letter} |" in text for letter, words in STATUS_WORDS.items() if letter != "ok")


def test_the_pictures_show_what_the_methods_find() -> None:
    assert analyse(MONTHS, better="higher", baseline=23).variation == "concern_low"
    assert [analyse(MONTHS[:-1], better="higher", target=target).assurance for target in TARGETS] == [
        "pass", "inconsistent", "fail"]  # fmt: skip
    lower = [proportion(count, of).lower or 0 for _, count, of in PLACES]
    assert [low > AVERAGE for low in lower] == [True, True, False]
    hidden = [cell for row in protect([list(row) for row in COUNTS.values()], scheme="closed") for cell in row]
    assert sum(status == "c" for _, status in hidden) == 4
    assert pictures()["hidden"].count(">hidden<") == 4


@pytest.mark.parametrize("file", [PAGE, "indicators.md"])
def test_links_between_the_pages_lead_somewhere(file: str) -> None:
    text = (DOCS / file).read_text("utf-8")
    for target in re.findall(r"\]\(([\w./-]+\.(?:md|svg))\)", text):
        assert (DOCS / target).is_file(), target
