"""Annotations: drawn on the charts they concern, never moved in silence, refused with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.annotations import Annotation, read_annotations
from metrics.catalogue import load_catalogue
from returns.partnership import SettingsError

NOTE = "  - {day: 2024-10-01, says: new threshold document, indicators: [fd_contacts, fd_nfa]}\n"
FOR_ALL = "  - {day: 2020-03-23, says: first lockdown, indicators: all}\n"
MADE_UP = "  - {day: 2025-01-06, says: made up, indicators: [fd_contacts], demonstration: true}\n"
REBASE = "  - {day: 2025-04-01, says: new form, indicator: fd_contacts, reason: Other rows count., name: A. Person}\n"


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "annotations.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SCORECARD_CONFIG", str(folder))


def test_a_chart_has_its_own_notes_and_those_of_all_by_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, monkeypatch, f"notes:\n{NOTE}{FOR_ALL}rebases:\n{REBASE}")
    lockdown = Annotation(date(2020, 3, 23), "first lockdown", "note")
    threshold = Annotation(date(2024, 10, 1), "new threshold document", "note")
    rebase = Annotation(date(2025, 4, 1), "new form", "rebase", reason="Other rows count.", name="A. Person")
    found = read_annotations()
    assert found.of("fd_contacts") == (lockdown, threshold, rebase)
    assert found.of("fd_nfa") == (lockdown, threshold)
    assert found.of("cp_open") == (lockdown,)
    assert found.rebases("fd_contacts") == (date(2025, 4, 1),)
    assert found.rebases("fd_nfa") == ()


def test_a_note_of_the_demonstration_is_not_drawn_over_real_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, monkeypatch, f"notes:\n{MADE_UP}")
    assert read_annotations().of("fd_contacts") == ()
    assert [one.says for one in read_annotations(demonstration=True).of("fd_contacts")] == ["made up"]


def test_no_file_or_an_empty_one_is_no_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    assert read_annotations().of("fd_contacts") == ()
    write(tmp_path, monkeypatch, "notes:\nrebases:\n")
    assert read_annotations().of("fd_contacts") == ()


def test_a_change_of_the_file_is_seen_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, monkeypatch, f"notes:\n{NOTE}")
    before = read_annotations()
    write(tmp_path, monkeypatch, f"notes:\n{NOTE}{FOR_ALL}")
    assert read_annotations() != before
    assert len(read_annotations().of("cp_open")) == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f"rebases:\n{REBASE.replace(', name: A. Person', '')}", 2, "name: Field required"),
        (f"rebases:\n{REBASE.replace(', reason: Other rows count.', '')}", 2, "reason: Field required"),
        (f"rebases:\n{REBASE}{REBASE}", 1, "rebased twice"),
        (f"notes:\n{NOTE.replace('2024-10-01', 'October')}", 2, "date"),
        (f"notes:\n{NOTE.replace('[fd_contacts, fd_nfa]', '[]')}", 2, "indicators"),
        (f"notes:\n{NOTE}  - {{day: 2024-10-01, says: x, indicators: all}}\n", 3, "says"),
        (f"notes:\n{NOTE.replace('says', 'colour: red, says')}", 2, "colour"),
        ("- a list\n", 1, "the file"),
        ("notes:\n\t- tab\n", 2, "tab"),
    ],
)
def test_an_annotation_that_makes_no_sense_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, says: str
) -> None:
    write(tmp_path, monkeypatch, text)
    with pytest.raises(SettingsError, match=rf"annotations\.yaml, line {line}: .*{says}"):
        read_annotations()


def test_every_annotation_of_the_project_is_of_a_declared_indicator() -> None:
    declared = {one.id for one in load_catalogue()}
    assert set(read_annotations(demonstration=True).of_indicator) <= declared


def test_nothing_of_the_project_is_drawn_over_real_data_until_the_partnership_says_so() -> None:
    assert not any(read_annotations().of(one.id) for one in load_catalogue())
