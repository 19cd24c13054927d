"""`python -m warehouse`: info, versions, use."""

import json

import pytest
from typer.testing import CliRunner

from returns.places import Places
from warehouse import store
from warehouse.__main__ import app
from warehouse.ledger import Ledger
from warehouse.schema import latest


@pytest.fixture
def run(data):
    def command(*arguments):
        return CliRunner().invoke(app, [*arguments, "--data", str(data)])

    return command


@pytest.fixture
def places(data):
    return Places.of(data)


def add(places, child="a"):
    ledger = Ledger(places)
    with store.build(places) as builder:
        builder.connection.execute(f"INSERT INTO known.plans (child_id) VALUES ('{child}')")
        builder.connection.execute(
            "INSERT INTO main.submissions (id, return_name, agency, period, status, rows_read, rows_accepted, "
            "rows_held) VALUES ('S000001', 'plans', 'council', '2025-26-Q2', 'accepted', 1, 1, 0)"
        )
        builder.set_meta("demonstration", "yes")
        builder.before_swap(lambda: ledger.append("accepted", submission="S000001"))


def test_an_empty_folder_is_described_without_making_anything_in_it(run, data):
    for command in ("info", "versions"):
        done = run(command)
        assert done.exit_code == 0
        assert "Nothing has been loaded yet." in done.output
    assert json.loads(run("info", "--json").stdout)["version"] is None
    assert json.loads(run("versions", "--json").stdout) == []
    assert list(data.iterdir()) == []


def test_info_says_what_is_held(run, places, data):
    add(places)
    found = json.loads(run("info", "--json").stdout)
    counts = {table["name"]: (table["reported"], table["known"]) for table in found.pop("tables")}
    assert counts["plans"] == (0, 1)
    assert counts["contacts"] == (0, 0)
    made_at, size = found.pop("made_at"), found.pop("bytes")
    assert made_at.endswith("+00:00")
    assert size > 0
    assert found == {
        "data": str(data), "version": 1, "program": found["program"], "schema_version": latest(), "demonstration": True,
        "submissions": {"accepted": 1}, "ledger_position": 1, "version_ledger_position": 1, "behind": False,
        "note": None,
    }
    said = run("info").output
    for words in ("Version          1", "Demonstration data", "1 accepted", "Child protection plans"):
        assert words in said


def test_versions_are_listed_and_an_earlier_one_is_chosen(run, places):
    add(places)
    add(places, "b")
    store.name_version(places, 1, "release 2025-26-Q2")
    listed = json.loads(run("versions", "--json").stdout)
    assert [(each["number"], each["current"], each["named_by"]) for each in listed] == [
        (1, False, ["release 2025-26-Q2"]), (2, True, []),
    ]
    assert "kept for release 2025-26-Q2" in run("versions").output
    done = run("use", "1")
    assert done.exit_code == 0
    assert "Version 1 is now the current one" in done.output
    found = json.loads(run("info", "--json").stdout)
    assert (found["version"], found["behind"]) == (1, True)
    assert "rebuild" in found["note"]


def test_mistakes_are_one_sentence_and_an_exit_code(run, places):
    add(places)
    done = run("use", "9", "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout) == {"error": "There is no version 9. Versions kept: 1."}
    assert run("use", "nine").exit_code == 2
    assert run("use", "0").exit_code == 2
    places.current.write_text("?")
    for command in ("info", "versions"):
        done = run(command)
        assert done.exit_code == 1
        assert "python -m warehouse use 1" in done.output
        assert "Traceback" not in done.output
    with store.exclusive(places):
        pass
    assert run("use", "1").exit_code == 0
