"""The Actions page shows what the log proposes, and an answer to it is written once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import Seen, disagreements, opened

from returns.places import Places
from warehouse.entries import Journal
from warehouse.words import action_of

pytestmark = pytest.mark.timeout(600)
ROW = {"source": "Audit", "source_ref": "MA-14", "organisation": "West Mercia Police", "owner_role": "Inspector",
       "due": date(2025, 12, 1), "status": "In progress"}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log")
    rows = [{**ROW, "action_id": number, "action": words} for number, words in
            (("1", "Write to the chairs."), ("2", "<b>Sample</b> thirty contacts."), ("3", "Born 12/05/2014."))]
    report = load(folder / "data", annex_a(folder / "log.xlsx", actions=rows), period="2025-26-Q2", agency="council",
                  extracted=date(2025, 10, 6))  # fmt: skip
    assert [s.rows_accepted for s in report.submissions] == [3]
    return folder / "data"


def press(seen: Seen, label: str) -> Seen:
    (button,) = [one for one in seen.run.button if one.label == label]
    button.click()
    seen.run.run()
    assert not seen.run.exception, [one.value for one in seen.run.exception]
    return Seen(seen.run)


def fill(seen: Seen, name: str, value: object) -> None:
    (one,) = [each for each in (*seen.run.text_input, *seen.run.multiselect) if each.key == name]
    one.set_value(value)


def proposed(seen: Seen) -> list[str]:
    tables = [one for one in seen.tables if one.caption == "Actions that the log proposes"]
    return [row[0] for one in tables for row in one.rows[1:]]


def test_proposals_are_taken_up_or_declined_on_the_page(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(data))
    seen = opened("actions")
    assert proposed(seen) == ["Write to the chairs.", "<b>Sample</b> thirty contacts.", "Born 12/05/2014."]
    assert "MA-14, action 1 (submission S000001, row 2)" in seen.text and disagreements(seen) == []
    thread = "proposal council|Audit|MA-14|{}"
    fill(seen, "proposed_author", "Chair")
    fill(seen, "proposed_which", [thread.format(3)])
    seen = press(seen, "Take up")
    assert "dates of birth" in seen.run.warning[0].value and not Journal(Places(data)).latest("action")
    fill(seen, "proposed_which", [thread.format(2)])
    seen = press(seen, "Decline")
    assert "say why" in seen.run.warning[0].value
    fill(seen, "proposed_why", "Done already.")
    seen = press(seen, "Decline")
    fill(seen, "proposed_which", [thread.format(1)])
    seen = press(seen, "Take up")
    (taken,) = map(action_of, Journal(Places(data)).latest("action"))
    assert (taken.action, taken.owner) == ("Write to the chairs.", "Inspector, West Mercia Police")
    again = opened("actions")
    assert proposed(again) == ["Born 12/05/2014."]
    assert "MA-14, action 1" in again.text, "an action says where it came from"
