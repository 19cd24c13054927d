"""Who owes what by when, what came, and what each agency is asked for."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dashboard import returns_tables
from metrics.workingdays import WorkingDays
from pipelines.chase import chase
from pipelines.expectations import owed_by, register
from pipelines.story import stories
from returns.partnership import Expected
from returns.periods import Period
from returns.places import Places
from warehouse.ledger import Ledger

PROJECT = Path(__file__).resolve().parents[2]
Q2 = Period.parse("2025-26-Q2")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Contacts and referrals are owed by the council each quarter."""
    folder = tmp_path / "config"
    shutil.copytree(PROJECT / "config", folder)
    (folder / "expected.yaml").write_text(
        "expected:\n"
        "  - {agency: council, return: contacts, cadence: quarter, due_working_days: 15, since: 2025-26-Q1}\n"
        "  - {agency: council, return: referrals, cadence: quarter, due_working_days: 15, since: 2025-26-Q1}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("SCORECARD_CONFIG", str(folder))
    return folder


def _sent(ledger, number, return_name, *, period="2025-26-Q2", kind="accepted", held=0, **more):
    facts = {"return_name": return_name, "agency": "council", "period": period, "extracted": "2025-09-30",
             "file": "q.xlsx", "sha256": "x", "sheet": "List_1"}
    if kind == "refused":
        ledger.append("refused", submission=number, **facts, reason="file-damaged")
        return
    ledger.append("received", submission=number, **facts, stored_as=None)
    ledger.append(kind, submission=number, rows_read=10, rows_accepted=10 - held, rows_held=held, **more)


def _states(found):
    return {(each.return_name, str(each.quarter)): each.state for each in found.standings}


@pytest.mark.parametrize(
    ("cadence", "since", "quarter", "ends"),
    [
        ("quarter", "2025-26-Q1", "2025-26-Q2", ["2025-09-30"]),
        ("month", "2025-26-Q1", "2025-26-Q2", ["2025-07-31", "2025-08-31", "2025-09-30"]),
        ("term", "2025-26-Q1", "2025-26-Q2", ["2025-07-31"]),
        ("academic year", "2024-25", "2025-26-Q2", ["2025-08-31"]),
        ("academic year", "2024-25", "2025-26-Q1", []),
        ("year", "2024-25", "2024-25-Q4", ["2025-03-31"]),
        ("two years", "2023-24", "2024-25-Q4", ["2025-03-31"]),
        ("two years", "2023-24", "2023-24-Q4", []),
        ("quarter", "2025-26-Q3", "2025-26-Q2", []),
    ],
)
def test_a_return_is_owed_for_the_spans_that_end_in_the_quarter(cadence, since, quarter, ends):
    item = Expected.model_validate(
        {"agency": "council", "return_name": "referrals", "cadence": cadence, "due_working_days": 1, "since": since}
    )
    found = owed_by(item, Period.parse(quarter), WorkingDays([]))
    assert [each.end.isoformat() for each in found] == ends


def test_a_return_is_due_so_many_working_days_after_its_span():
    item = Expected.model_validate(
        {"agency": "council", "return_name": "referrals", "cadence": "quarter", "due_working_days": 2,
         "since": "2025-26-Q1"}
    )
    (owed,) = owed_by(item, Period.parse("2025-26-Q3"), WorkingDays([date(2026, 1, 1)]))
    assert owed.due == date(2026, 1, 5)  # 2 and 5 January: the 1st is a holiday, 3 and 4 a weekend


def test_what_is_missing_late_nil_held_or_refused_is_told_apart(data, settings):
    ledger = Ledger(Places.of(data))
    _sent(ledger, "S000001", "contacts", held=2)
    _sent(ledger, "S000002", "referrals", kind="refused")
    before, after = date(2025, 10, 1), date(2025, 12, 1)
    assert _states(register(Places.of(data), quarters=2, upto=Q2, on=before)) == {
        ("contacts", "2025-26-Q1"): "missing", ("contacts", "2025-26-Q2"): "late",  # received today, long after
        ("referrals", "2025-26-Q1"): "missing", ("referrals", "2025-26-Q2"): "not yet due",
    }
    found = register(Places.of(data), quarters=1, upto=Q2, on=after)
    contacts, referrals = found.standings
    assert (contacts.rows_held, contacts.submissions) == (2, ("S000001",))
    assert (referrals.state, referrals.refused, referrals.due) == ("missing", 1, date(2025, 10, 21))
    _sent(ledger, "S000003", "referrals", kind="nil")
    _sent(ledger, "S000004", "early_help")
    assert _states(register(Places.of(data), quarters=1, upto=Q2, on=after)) == {
        ("contacts", "2025-26-Q2"): "late", ("referrals", "2025-26-Q2"): "nil", ("early_help", "2025-26-Q2"): "in",
    }


def test_a_retracted_return_is_missing_again_and_its_message_says_so(data, settings):
    ledger = Ledger(Places.of(data))
    _sent(ledger, "S000001", "contacts")
    _sent(ledger, "S000002", "referrals")
    ledger.append("retracted", submission="S000002", reason="the wrong file")
    (council,) = chase(Places.of(data), period=Q2, on=date(2025, 12, 1))
    assert [(each.return_name, each.retracted) for each in council.missing] == [("referrals", 1)]
    assert "Referrals (due 21 October 2025): what was sent has been taken out again" in council.message
    assert "Contacts" not in council.message
    assert "by 8 December 2025" in council.message


def test_what_never_came_of_an_earlier_year_is_asked_for_again_in_a_quarter_that_does_not_ask_for_it(data, settings):
    with (settings / "expected.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {agency: police, return: section_11, cadence: year, due_working_days: 30, since: 2024-25}\n")
    asked = {each.agency: each for each in chase(Places.of(data), period=Q2, on=date(2025, 12, 1))}
    assert [each.return_name for each in asked["council"].overdue] == [], "what the quarter asks for is missing, once"
    assert [(each.return_name, str(each.quarter)) for each in asked["police"].overdue] == [("section_11", "2024-25-Q4")]
    assert "Of earlier quarters we still have not received:" in asked["police"].message
    said = returns_tables.answer(register(Places.of(data), upto=Q2, on=date(2025, 12, 1)), Q2)
    assert "Still missing from earlier: Section 11 audit, West Mercia Police (January to March 2025)." in said


def test_the_chase_command_prints_one_json_value(data, settings):
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "chase", "--period", "2025-26-Q2", "--json", "--data", str(data)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    (council,) = json.loads(done.stdout)
    assert [each["return"] for each in council["missing"]] == ["contacts", "referrals"]
    assert council["message"].startswith("Subject:")


def test_a_submissions_whole_story_is_told_in_order_with_its_reasons(data):
    ledger = Ledger(Places.of(data))
    _sent(ledger, "S000001", "referrals", held=1)
    _sent(ledger, "S000002", "referrals", supersedes="S000001")
    ledger.append("superseded", submission="S000001", superseded_by="S000002", rows_added=3, rows_gone=0,
                  rows_changed=1, rows_resolved=1, rows_still_held=0, added="4-6", gone="", changed="2", resolved="4")
    ledger.append("retracted", submission="S000002", reason="sent in error")
    ledger.append("restored", submission="S000001", reason="it was right")
    told = stories(ledger.events())
    assert [(step.what, step.reason) for step in told["S000001"].steps] == [
        ("received", None), ("accepted", None), ("superseded", None), ("restored", "it was right"),
    ]
    newer = told["S000002"]
    assert newer.difference["replaces"] == "S000001"
    assert newer.difference["added"] == "4-6"
    assert [step.what for step in newer.steps] == ["received", "accepted", "replaced", "retracted"]
    assert "1 of the rows kept aside then can be read in it" in newer.steps[2].sentence
