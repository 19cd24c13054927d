"""`python -m metrics reconcile`: one JSON value, a table that says what to ask, and exit code 0 whatever differs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rows_sent import children, put, sent
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.examples import InMemory
from pipelines.reference import load_reference
from returns.places import PROJECT, Places
from warehouse import store

KEYS = {
    "period", "id", "kind", "title", "state", "when", "as_at", "left", "left_name", "left_definition", "left_sources",
    "right", "right_name", "right_definition", "right_sources", "unit", "difference", "only_left", "only_right",
    "since", "reason", "tolerance", "ask", "notes",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose lists of plans and of children in need are of different children."""
    folder = tmp_path_factory.mktemp("data")
    with store.build(Places.of(folder)) as builder:
        load_reference(builder.connection, PROJECT / "data/reference")
        made = InMemory(builder.connection)
        sent(made, "child_protection_plans", "children_in_need", "children_looked_after", file="=lists.xlsx")
        put(made, "plans", *children("a", "b", started="2025-08-01"))
        put(made, "children_in_need", *children("b", started="2025-08-01", case_status_group="Child protection plan"))
    return folder


def run(*arguments: str, data: Path) -> Any:
    return CliRunner().invoke(app, ["reconcile", *arguments, "--data", str(data)])


def test_json_is_one_value_with_what_differs_first(loaded: Path) -> None:
    found = run("--format", "json", data=loaded)
    assert (found.exit_code, found.stderr) == (0, "")
    pairs = json.loads(found.stdout)
    assert all(set(one) == KEYS for one in pairs)
    states = [one["state"] for one in pairs]
    assert states == sorted(states, key=["differs", "agrees", "cannot"].index)
    (plans,) = [one for one in pairs if one["id"] == "plans_and_case_status"]
    assert (plans["left"], plans["right"], plans["difference"], plans["since"]) == (2, 1, 1, "2025-26-Q2")
    assert (plans["period"], plans["kind"], plans["only_left"]) == ("2025-26-Q2", "returns", 1)


def test_the_table_says_both_numbers_what_each_is_and_what_to_ask(loaded: Path) -> None:
    text = run("--period", "2025-26-Q2", data=loaded).stdout
    assert "differs             Child protection plans, 31 March 2020" in text
    for expected in (
        "135 Printed",
        "108 Published",
        "5 differ, ",
        "2: Children with an open plan in Annex A List 7 who are not also looked after in List 8.",
        "Ask the council for the children on one list and not the other",
        "July to September 2025, version 1 of the warehouse",
    ):
        assert expected in text


def test_csv_has_a_row_a_pair_and_no_live_formula(loaded: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", data=loaded).stdout)))
    assert len(rows) > 20 and set(rows[0]) == KEYS
    assert not any(str(cell).startswith(("=", "+", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--period", "Q2 2025"), "is not a period"), (("--period", "2025-08"), "for a quarter, as 2025-26-Q2")],
)
def test_a_mistake_is_a_sentence_and_exit_code_2(loaded: Path, arguments: tuple[str, ...], says: str) -> None:
    found = run(*arguments, data=loaded)
    assert (found.exit_code, found.stdout) == (2, "")
    assert says in found.stderr and "Traceback" not in found.stderr


def test_with_nothing_loaded_it_says_so(tmp_path: Path) -> None:
    found = run(data=tmp_path)
    assert found.exit_code == 1
    assert "Nothing has been loaded yet" in found.stderr


def test_a_quarter_that_nothing_was_sent_for_is_answered(loaded: Path) -> None:
    found = run("--period", "2019-20-Q4", "--format", "json", data=loaded)
    assert found.exit_code == 0
    assert {one["state"] for one in json.loads(found.stdout) if one["kind"] == "returns"} == {"cannot"}
