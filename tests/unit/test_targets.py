"""Targets: in force from a day, changed by a later step, and refused with file and line when they make no sense."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.targets import targets
from returns.partnership import SettingsError

STEP = "      - {since: 2024-04-01, value: 90, agreed: The group}\n"
LATER = "      - {since: 2025-04-01, value: 95.5, agreed: The group}\n"
ONE = f"  - indicator: cp_quorate\n    steps:\n{STEP}{LATER}"


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SCORECARD_CONFIG", str(folder))


def test_a_target_holds_from_its_day_until_the_next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, monkeypatch, f"targets:\n{ONE}")
    on = [
        targets().on("cp_quorate", day)
        for day in (date(2024, 3, 31), date(2024, 4, 1), date(2025, 3, 31), date(2025, 4, 1))
    ]
    assert [step.value if step else None for step in on] == [None, 90, 90, 95.5]
    assert targets().on("cp_open", date(2025, 4, 1)) is None


def test_no_file_is_no_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    assert targets().on("cp_quorate", date(2025, 4, 1)) is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f"targets:\n{ONE}{ONE}", 6, "more than once"),
        (f"targets:\n  - indicator: cp_quorate\n    steps:\n{LATER}{STEP}", 2, "later than the one before"),
        (f"targets:\n{ONE.replace('90', 'most')}", 4, "valid"),
        (f"targets:\n{ONE.replace('value: 90', 'value: 90, colour: red')}", 4, "colour"),
        ("targets:\n  - indicator: x\n\tsteps: []\n", 3, "tab"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, says: str
) -> None:
    write(tmp_path, monkeypatch, text)
    with pytest.raises(SettingsError, match=rf"targets\.yaml, line {line}: .*{says}"):
        targets()


def test_every_target_of_the_project_is_of_a_declared_indicator() -> None:
    declared = {one.id for one in load_catalogue()}
    assert set(targets().steps) <= declared
