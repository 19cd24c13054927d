"""A role's figures on the command line: small counts are words, never numbers; the analyst's are as they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.memory import forget
from metrics.noted import note_schemes
from returns.places import PROJECT, Places
from warehouse import store
from warehouse.ledger import Ledger

# Plans started in each of four quarters: (sex, how many), with one of each sex a second plan.
STARTED = [
    {"Male": 9, "Female": 8, "Neither": 2}, {"Male": 7, "Female": 9}, {"Male": 12, "Female": 6},
    {"Male": 8, "Female": 14, "Neither": 6},
]  # fmt: skip
QUARTERS = [("2024-25-Q1", 4), ("2024-25-Q2", 7), ("2024-25-Q3", 10), ("2024-25-Q4", 13)]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose warehouse holds four quarters of plans, few of them of children whose sex is neither."""
    folder = tmp_path_factory.mktemp("data")
    with store.build(Places.of(folder)) as builder:
        connection = builder.connection
        for number, ((period, month), started) in enumerate(zip(QUARTERS, STARTED, strict=True)):
            name, year = f"S{number:06d}", 2024 + (month > 12)
            extracted = date(year, (month + 2) % 12 + 1, 5) if month < 10 else date(2025, month - 9, 5)
            connection.execute(
                "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
                "rows_accepted, rows_held) VALUES (?, 'child_protection_plans', 'council', ?, ?, 'list 7.xlsx', "
                "'accepted', 30, 30, 0)",
                [name, period, extracted],
            )
            children = [sex for sex, count in started.items() for _ in range(count)]
            for child, sex in enumerate(children):
                for schema in ("reported", "known"):
                    connection.execute(
                        f"INSERT INTO {schema}.plans (submission_id, child_id, period, extract_date, started, "
                        "previous_plans, sex_group) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        [name, f"{number}-{child}", period, extracted, date(year, (month - 1) % 12 + 2, 2), child % 2,
                         sex],
                    )  # fmt: skip
    return folder


def run(*arguments: str, data: Path) -> Any:
    return CliRunner().invoke(app, [*arguments, "--data", str(data), "--format", "json"])


def by_group(found: Any, period: str) -> dict[str | None, tuple[object, str]]:
    return {one["group"]: (one["value"], one["status"]) for one in json.loads(found.stdout) if one["period"] == period}


def test_the_analyst_reads_every_count(loaded: Path) -> None:
    found = run("series", "cp_started", "--by", "sex", "--period", "2024-25-Q4", data=loaded)
    assert by_group(found, "2024-25-Q1") == {
        None: (19, "ok"), "Female": (8, "ok"), "Male": (9, "ok"), "Neither": (2, "ok"),
    }  # fmt: skip


def test_a_groups_series_with_a_small_quarter_is_hidden_whole(loaded: Path) -> None:
    found = run("series", "cp_started", "--by", "sex", "--period", "2024-25-Q4", "--role", "group", data=loaded)
    assert by_group(found, "2024-25-Q1") == {None: (19, "ok"), "Male": (9, "ok"), "Neither": (None, "c")} | {
        "Female": (None, "c")
    }
    # Female was hidden in one quarter only, to protect the other: its year would give both away.
    assert by_group(found, "2024-25-Q4") == {
        None: (28, "ok"), "Male": (8, "ok"), "Female": (None, "c"), "Neither": (None, "c"),
    }  # fmt: skip
    assert set(by_group(found, "2024-25")) <= {"Male"}


def test_months_of_a_group_are_shown_by_the_quarter(loaded: Path) -> None:
    found = run(
        "series", "cp_started", "--by", "sex", "--window", "month", "--period", "2025-03", "--role", "group",
        data=loaded,
    )  # fmt: skip
    points = json.loads(found.stdout)
    assert {one["group"] for one in points if one["period"] == "2024-05"} == {None, "Female", "Neither"}
    assert all(one["status"] == "c" for one in points if one["period"] == "2024-05" and one["group"])
    assert by_group(found, "2024-25-Q1") == {"Male": (9, "ok")}


@pytest.mark.parametrize("role", ["group", "observer", "public"])
def test_no_command_prints_a_number_that_is_hidden(loaded: Path, role: str) -> None:
    card = json.loads(run("scorecard", "--by", "sex", "--period", "2024-25-Q1", "--role", role, data=loaded).stdout)
    (neither,) = [one for one in card if one["indicator"] == "cp_started" and one["group"] == "Neither"]
    numbers = ("numerator", "denominator", "value", "previous", "year_ago", "lower", "upper", "too_recent", "left_out")
    assert {neither[name] for name in numbers} == {None}
    assert neither["status"] == "c"
    assert "hidden" in neither["sentence"]
    assert "2" not in neither["sentence"].replace("2024", "")


def test_the_public_reads_no_number_that_is_not_rounded(loaded: Path) -> None:
    found = run("series", "cp_repeat_plan", "--period", "2024-25-Q4", "--role", "public", data=loaded)
    shown = [one for one in json.loads(found.stdout) if one["status"] == "ok"]
    assert shown
    assert all(one["numerator"] % 5 == 0 and one["denominator"] % 5 == 0 and one["lower"] is None for one in shown)


def test_what_each_file_added_is_not_said_to_those_from_whom_parts_are_hidden(loaded: Path) -> None:
    arguments = ("explain", "cp_started", "--period", "2024-25")
    every = json.loads(run(*arguments, data=loaded).stdout)["submissions"]
    some = json.loads(run(*arguments, "--role", "group", data=loaded).stdout)["submissions"]
    assert {part["numerator"] for part in every} == {19, 16, 18, 28}
    assert {part["numerator"] for part in some} == {None}
    assert [part["file"] for part in some] == [part["file"] for part in every]


def test_how_many_rows_a_file_had_is_not_said_where_the_county_has_small_counts_to_hide(loaded: Path) -> None:
    arguments = ("explain", "cp_started", "--period", "2024-25-Q1")
    for role, rows in (("group", 30), ("observer", None)):
        found = json.loads(run(*arguments, "--role", role, data=loaded).stdout)["submissions"]
        assert {part["rows_accepted"] for part in found} == {rows}
        as_text = CliRunner().invoke(app, [*arguments, "--role", role, "--data", str(loaded)]).stdout
        assert ("30 rows accepted" in as_text) == (rows is not None)
        assert "list 7.xlsx" in as_text


def test_a_role_that_is_not_there_sees_nothing(loaded: Path) -> None:
    found = run("series", "cp_started", "--role", "visitor", data=loaded)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "There is no role 'visitor'" in found.stderr


def test_a_change_of_the_schemes_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = Places.of(tmp_path)
    assert not note_schemes(places), "looking makes no journal"
    ledger = Ledger(places)
    ledger.append("demo", seed=1)
    assert [note_schemes(places), note_schemes(places)] == [True, False]
    settings = (PROJECT / "config" / "disclosure.yaml").read_text(encoding="utf-8")
    (tmp_path / "disclosure.yaml").write_text(settings.replace("hides: 5", "hides: 7"), encoding="utf-8")
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    assert note_schemes(places)
    forget()
    assert not note_schemes(places), "it is noted once, whichever process looks"
    before, after = list(ledger.events("disclosure"))
    assert before.payload["digest"] != after.payload["digest"]
    assert {one["name"]: one["hides"] for one in after.payload["schemes"]}["public"] == 7
    assert after.payload["roles"]["analyst"] == "none"
