"""The partnership's settings: what is in git is sound, and what is wrong is a sentence with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns import partnership as settings
from returns.events import TABLES
from returns.partnership import SettingsError
from returns.places import PROJECT


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of config/ that a test may spoil."""
    for path in (PROJECT / "config").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    return tmp_path


def test_the_settings_in_git_are_herefordshires_and_are_read() -> None:
    assert settings.partnership().area_code == "E06000019"
    assert settings.partnership().la_number == 884
    assert settings.agency("council").scheme != settings.agency("police").scheme
    assert {clock.name for clock in settings.clocks()} >= {"cp_visit", "cin_visit"}
    assert all(clock.steps[0].since.year < 2021 for clock in settings.clocks())
    assert {item.return_name for item in settings.expected()} >= {"contacts", "care_leavers"}


def test_an_agency_nobody_knows_is_a_sentence_that_names_those_there_are() -> None:
    with pytest.raises(SettingsError, match="config/agencies.yaml has: council, police"):
        settings.agency("x'); drop table t;--")


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("Early Help Locality 2", "council"),
        ("EARLY  HELP SERVICE", "council"),
        ("Top Town Academy", "partner"),
        ("St Mary's C of E Primary School", "partner"),
        ("Health Visitors", "partner"),
        ("Schoolhouse Lettings", None),
        ("", None),
    ],
)
def test_an_organisation_is_the_councils_a_partners_or_not_known(written: str, group: str | None) -> None:
    assert settings.organisation_group(written) == group
    assert TABLES["early_help_episodes"].column("organisation_group") is not None


def test_a_changed_file_counts_at_once(config: Path) -> None:
    path = config / "partnership.yaml"
    assert settings.partnership().short_name == "Herefordshire"
    path.write_text(path.read_text(encoding="utf-8").replace("short_name: Herefordshire", "short_name: Elsewhere"))
    assert settings.partnership().short_name == "Elsewhere"


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("partnership.yaml", "la_number: 884", "la_number: many", r"partnership.yaml, line \d+: la_number"),
        ("partnership.yaml", "region: ", "colour: red\nregion: ", r"line \d+: colour"),
        ("partnership.yaml", "council_agency: council", "council_agency: nobody", "no agency 'nobody'"),
        ("agencies.yaml", "name: police", "name: council", "council is there more than once"),
        ("clocks.yaml", "unit: hours", "unit: fortnights", r"clocks.yaml, line \d+"),
        ("clocks.yaml", "    unit: working_days\n", "    unit: working_days\n    unit: days\n", "line"),
        ("expected.yaml", "return: contacts", "return: gossip", "no return is called 'gossip'"),
        ("expected.yaml", "since: 2021-22-Q3", "since: 2021-23-Q3", "not a period"),
        ("expected.yaml", "agency: council", "agency: parish", "no agency 'parish'"),
    ],
)
def test_what_is_wrong_in_a_settings_file_is_named_with_its_line(
    config: Path, name: str, before: str, after: str, said: str
) -> None:
    path = config / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        (settings.partnership(), settings.agencies(), settings.clocks(), settings.expected())


def test_a_missing_settings_file_is_a_sentence(config: Path) -> None:
    (config / "clocks.yaml").unlink()
    with pytest.raises(SettingsError, match="is not there"):
        settings.clocks()
