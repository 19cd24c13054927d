"""The parts of the scorecard: what config/board.yaml and config/themes.yaml say, and what is wrong with one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from metrics.catalogue import THEMES, load_catalogue
from metrics.views import board, themes, views
from returns.places import PROJECT
from returns.settings import SettingsError


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(PROJECT / "config" / "clocks.yaml", tmp_path)
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    return tmp_path


def _theme(**more: str) -> str:
    said = {
        "name": "neglect", "title": "Neglect", "question": "Is neglect found?", "indicators": "[cp_neglect, cp_gcp]",
        "cannot_show": "[What nobody recorded.]",
    } | more  # fmt: skip
    return "themes:\n  - " + "\n    ".join(f"{name}: {value}" for name, value in said.items()) + "\n"


def test_every_theme_of_the_group_and_the_boards_page_are_there() -> None:
    found = views(load_catalogue())
    titles = [one.title for one in found.values() if one.kind == "theme"]
    for word in ("front door", "Neglect", "exploitation", "disabilities", "Right help", "Leadership", "Allegations",
                 "Section 11", "Education", "Training", "Audits", "voice"):  # fmt: skip
        assert any(word in title for title in titles), word
    assert all(one.question.endswith("?") and one.cannot_show for one in found.values() if one.kind == "theme")
    # A screen of 1080 lines has room for some thirty.
    assert 10 <= len(found["board"].indicators) <= 30
    of_the_board = {one.theme for one in load_catalogue().indicators if found["board"].has(one.id)}
    assert of_the_board >= set(THEMES) - {"education", "quality"}


def test_every_indicator_is_in_some_theme_priority_or_agency_and_names_are_for_addresses() -> None:
    found = views(load_catalogue())
    covered = {name for one in found.values() if one.kind == "agency" for name in one.indicators}
    assert covered == {one.id for one in load_catalogue().indicators}
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in found)


def test_without_the_files_the_board_sees_what_the_catalogue_offers_and_there_are_no_themes(config: Path) -> None:
    assert set(board(load_catalogue()).indicators) == {one.id for one in load_catalogue().indicators if one.board}
    assert themes(load_catalogue()) == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (_theme(indicators="[cp_neglect, cp_gpc]"), "no indicator 'cp_gpc'"),
        (_theme(indicators="[cp_gcp, cp_gcp]"), "cp_gcp is there more than once"),
        (_theme(indicators="[]"), "line 5"),
        (_theme(name="Neglect!"), "line 2: themes.0.name"),
        (_theme(colour="red"), "line 7"),
        (_theme() + _theme().removeprefix("themes:\n"), "neglect is there more than once"),
    ],
)
def test_what_is_wrong_with_the_themes_is_a_sentence_with_its_place(config: Path, written: str, says: str) -> None:
    (config / "themes.yaml").write_text(written)
    with pytest.raises(SettingsError, match="themes.yaml") as refused:
        themes(load_catalogue())
    assert says in str(refused.value)


def test_a_board_with_an_indicator_that_nobody_knows_is_a_sentence(config: Path) -> None:
    (config / "board.yaml").write_text("agreed: The board in May\nindicators: [cp_rate, cp_rat]\n")
    with pytest.raises(SettingsError, match="board.yaml.*no indicator 'cp_rat'"):
        board(load_catalogue())
    (config / "board.yaml").write_text("agreed: The board in May\nindicators: [cp_rate, cp_open]\n")
    assert board(load_catalogue()).indicators == ("cp_rate", "cp_open")
    assert board(load_catalogue()).agreed == "The board in May"
