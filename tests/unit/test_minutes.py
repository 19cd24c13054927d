"""The minutes of a meeting as a Word file, opened again: who was there, what was seen, decided and promised."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reports.__main__ import app
from reports.minutes import minutes
from returns.places import Places
from warehouse.entries import Journal
from warehouse.meetings import Meeting, Person, Seen, attendance, change, start, taken_down
from warehouse.words import Action, Commentary, Decision, Promise, comment, record

QUARTER = "2025-26-Q2"
ABOUT = {"subject": "ic_15wd", "period": QUARTER, "author": "A. Analyst"}
CONFERENCES = Seen(
    "ic_15wd", "Initial conferences within 15 working days", "Alert, new this quarter",
    "Initial conferences within 15 working days: 45.6 per cent (26 of 57), July to September 2025.",
    ("Worse than the same quarter a year before.",), 12,
    ("Broken: at least 80 per cent by July to September 2025; it was 45.6 per cent. Herefordshire Council.",),
)  # fmt: skip
BEGUN = Meeting(
    date(2025, 11, 22), QUARTER, ("cla_dental", "ic_15wd", "as_45wd"), "closed",
    "For a closed professional group. Counts of people from 1 to 4 are hidden in every group.", "The chair", True,
)  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Places(tmp_path), now=lambda: datetime(2025, 11, 22, 15, 0, tzinfo=UTC))


def held(journal: Journal) -> Meeting:
    """A meeting that saw two of three, took a decision and two actions, and closed."""
    start(journal, BEGUN, author="A")
    comment(
        journal,
        Commentary("Two chairs left. " * 40, "Children waited.", "Agency chairs.", promise=Promise(
            "ic_15wd", None, "at least", 80, "2025-26-Q4")), agency="council", after=0, **ABOUT,
    )  # fmt: skip
    change(journal, "M1", lambda one: one.saw(CONFERENCES), author="A")
    dental = replace(CONFERENCES, subject="cla_dental", title="Dental <check> & more\x0b", promises=(), version=13)
    change(journal, "M1", lambda one: one.saw(dental), author="A")
    record(journal, Decision("Ask for a dip sample.", meeting="M1"), **ABOUT)
    record(journal, Action("Write to the chairs.", "DCI", date(2025, 12, 1), meeting="M1"), **ABOUT)
    record(journal, Action("See the list.", meeting="M1"), **ABOUT)
    record(journal, Decision("Of another day."), **ABOUT)
    return attendance(
        journal, "M1", attended=(Person("Jane Smith", "West Mercia Police"), Person("Ali Khan")), apologies=(),
        read_as=((), ()), author="A", close=True,
    )  # fmt: skip


def opened(made: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(made))


def headings(document: Any) -> list[tuple[str, str]]:
    styled = [(one.style.name, one.text) for one in document.paragraphs]
    return [(style, text) for style, text in styled if style.startswith(("Heading", "Title"))]


def tables(document: Any) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_the_minutes_say_who_was_there_what_was_seen_and_what_was_decided(journal: Journal) -> None:
    document = opened(minutes(held(journal), taken_down(journal, held_again(journal))))
    assert headings(document) == [
        ("Title", "Minutes: July to September 2025"), ("Heading 1", "Present"), ("Heading 1", "Apologies"),
        ("Heading 1", "Decisions"), ("Heading 1", "Actions"), ("Heading 1", "What was seen"),
        ("Heading 2", "1. Dental <check> & more"), ("Heading 2", "2. Initial conferences within 15 working days"),
    ]  # fmt: skip
    facts, present, decisions, actions = tables(document)
    assert ["Held on", "22 November 2025"] in facts and ["Data version", "12, 13"] in facts
    assert ["Chair", "The chair"] in facts and ["Quarter", "July to September 2025 (2025-26-Q2)"] in facts
    (scheme,) = [row[1] for row in facts if row[0] == "Who may see what"]
    assert "scheme “closed”" in scheme and "Counts of people from 1 to 4 are hidden" in scheme
    assert present == [["Name", "Agency"], ["Jane Smith", "West Mercia Police"], ["Ali Khan", ""]]
    about = "Initial conferences within 15 working days"
    assert decisions[1:] == [["D1", "Ask for a dip sample.", about]]
    assert actions[1:] == [["A1", "Write to the chairs.", "DCI", "1 December 2025", about],
                           ["A2", "See the list.", "Nobody was named", "No day was named", about]]  # fmt: skip
    said = [one.text for one in document.paragraphs]
    assert f"Figure: {CONFERENCES.figure}" in said
    assert "Why it was here: Worse than the same quarter a year before." in said
    (council,) = [one for one in said if one.startswith("Herefordshire Council:")]
    assert "Two chairs left." in council and " … Being done: Agency chairs." in council
    assert "Promised by Herefordshire Council: At least 80 per cent by January to March 2026." in said
    assert f"Earlier promise: {CONFERENCES.promises[0]}" in said
    assert "Decided (D1): Ask for a dip sample." in said
    assert "Action (A1): Write to the chairs. Owner: DCI. Due: 1 December 2025." in said
    assert "1 of the 3 on the agenda was not reached." in said and "Nobody." in said
    assert not any("Of another day" in one for one in said)


def held_again(journal: Journal) -> Meeting:
    from warehouse.meetings import read

    return read(journal, "M1")


def test_demonstration_minutes_are_marked_as_such_and_real_ones_are_not(journal: Journal) -> None:
    meeting = held(journal)
    kept = taken_down(journal, meeting)

    def words(one: Meeting) -> str:
        document = opened(minutes(one, kept))
        foot = document.sections[0].footer.paragraphs[0].text
        return " ".join([*(each.text for each in document.paragraphs), foot])

    assert words(meeting).count("Demonstration data") == 2
    assert "emonstration" not in words(replace(meeting, demonstration=False))


def test_everybody_can_read_them_headers_repeat_tables_have_words_and_the_language_is_british(journal: Journal) -> None:
    from docx.oxml.ns import qn

    meeting = held(journal)
    made = minutes(meeting, taken_down(journal, meeting))
    document = opened(made)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))) > 10
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.core_properties.title == "Minutes: July to September 2025"
    assert made == minutes(meeting, taken_down(journal, meeting))  # whenever they are made


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_writes_the_minutes_of_a_meeting_or_of_a_quarters_latest(journal: Journal, tmp_path: Path) -> None:
    held(journal)
    start(journal, BEGUN, author="A")  # another, still open
    out = tmp_path / "new" / "folder"
    for asked in (("--meeting", "m1"), ("--period", QUARTER), ("--meeting", "M1", "--period", QUARTER)):
        code, said, _ = run("minutes", *asked, "--out", out, "--data", journal.places.data)
        assert code == 0 and Path(said.strip()) == out / "minutes-2025-26-Q2-M1.docx"
        assert headings(opened(Path(said.strip()).read_bytes()))


def test_what_cannot_be_asked_for_is_a_sentence_and_a_code(journal: Journal, tmp_path: Path) -> None:
    where = ("--out", tmp_path / "out", "--data", journal.places.data)
    for asked, code, says in (
        ((), 2, "Say which meeting"), (("--meeting", "M1"), 2, "no meeting M1. None has been held yet"),
        (("--period", QUARTER), 2, "No meeting about 2025-26-Q2 has been held"),
        (("--period", "2025"), 2, ""), (("--period", "2025-26"), 2, "A meeting is about a quarter"),
    ):  # fmt: skip
        found = run("minutes", *asked, *where)
        assert found[0] == code and says in found[2] and found[2].count("\n") == 1, found
    start(journal, BEGUN, author="A")
    for asked in (("--meeting", "M1"), ("--period", QUARTER)):
        code, _, said = run("minutes", *asked, *where)
        assert code == 1 and "M1 is not closed yet" in said
    attendance(journal, "M1", attended=(Person("J"),), apologies=(), read_as=((), ()), author="A", close=True)
    code, _, said = run("minutes", "--meeting", "M1", "--period", "2025-26-Q1", *where)
    assert code == 2 and "M1 is about 2025-26-Q2" in said
    (tmp_path / "out").write_text("a file, no folder")
    code, _, said = run("minutes", "--meeting", "M1", *where)
    assert code == 1 and "cannot be written" in said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice, which is not installed")
def test_libreoffice_opens_the_minutes(journal: Journal, tmp_path: Path) -> None:
    meeting = held(journal)
    (tmp_path / "minutes.docx").write_bytes(minutes(meeting, taken_down(journal, meeting)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "minutes.docx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert (tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF")
