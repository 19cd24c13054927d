"""The data's own exceptions, and the command that prints them all: from rows in a warehouse to a sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.exceptions import Exceptional, exceptions
from returns.periods import Period
from returns.places import Places
from warehouse import store

QUARTERS = ("2025-26-Q1", "2025-26-Q2")


def _sent(connection: Any, number: int, return_name: str, quarter: str, rows: int) -> str:
    name = f"S{number:06d}"
    connection.execute(
        "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
        "rows_accepted, rows_held) VALUES (?, ?, 'council', ?, ?, 'list.xlsx', 'accepted', ?, ?, 0)",
        [name, return_name, quarter, Period.parse(quarter).end, rows, rows],
    )
    return name


def _plan(connection: Any, submission: str, quarter: str, child: str, started: date) -> None:
    for schema in ("reported", "known"):
        connection.execute(
            f"INSERT INTO {schema}.plans (submission_id, agency, child_id, period, extract_date, started) "
            "VALUES (?, 'council', ?, ?, ?, ?)",
            [submission, child, quarter, Period.parse(quarter).end, started],
        )


@pytest.fixture(scope="module")
def spring_and_summer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans for both quarters, in summer two at once of one child; referrals for spring alone."""
    folder = tmp_path_factory.mktemp("data")
    with store.build(Places.of(folder)) as builder:
        connection = builder.connection
        _sent(connection, 1, "referrals", QUARTERS[0], 0)
        spring = _sent(connection, 2, "child_protection_plans", QUARTERS[0], 1)
        _plan(connection, spring, QUARTERS[0], "a", date(2025, 5, 1))
        summer = _sent(connection, 3, "child_protection_plans", QUARTERS[1], 3)
        for child, started in (("a", date(2025, 5, 1)), ("b", date(2025, 7, 1)), ("b", date(2025, 8, 1))):
            _plan(connection, summer, QUARTERS[1], child, started)
    return folder


def found(folder: Path, quarter: str, *, scheme: str = "none") -> dict[str | None, Exceptional]:
    """The data's own exceptions, by what they are of."""
    with store.reader(Places.of(folder)) as source:
        every = exceptions(source, period=Period.parse(quarter), scheme=scheme)
    return {one.group: one for one in every if one.line is None}


def test_a_return_that_came_before_and_not_now_is_missing_and_named_with_its_sender(spring_and_summer: Path) -> None:
    missing = found(spring_and_summer, QUARTERS[1])["referrals, council"]
    assert (missing.rules, missing.severity, missing.state) == (("missing",), "watch", "new")
    assert missing.sentence == (
        "List 3: Referrals, Herefordshire Council: no return has been accepted for July to September 2025."
    )


def test_a_return_that_never_came_and_one_that_did_are_not_missing(spring_and_summer: Path) -> None:
    summer = found(spring_and_summer, QUARTERS[1])
    assert not {"contacts, council", "child_protection_plans, council"} & set(summer)
    assert not any("missing" in one.rules for one in found(spring_and_summer, QUARTERS[0]).values())


def test_a_missing_return_goes_on_until_it_comes(spring_and_summer: Path) -> None:
    autumn = found(spring_and_summer, "2025-26-Q3")["referrals, council"]
    assert (autumn.state, autumn.since) == ("continuing", QUARTERS[1])


def test_two_numbers_that_should_agree_and_do_not_are_raised_with_both(spring_and_summer: Path) -> None:
    overlap = found(spring_and_summer, QUARTERS[1])["overlapping_plans"]
    assert (overlap.rules, overlap.severity, overlap.since) == (("not_reconciled",), "watch", QUARTERS[1])
    assert overlap.sentence == (
        "Plans that do not overlap: List 7 3, One at a time 2, July to September 2025; Begin while another plan of the "
        "same child is open: 1."
    )
    assert "overlapping_plans" not in found(spring_and_summer, QUARTERS[0])


def test_a_protected_role_is_told_that_they_differ_and_not_by_how_many(spring_and_summer: Path) -> None:
    shown = found(spring_and_summer, QUARTERS[1], scheme="restricted")
    assert shown["overlapping_plans"].sentence == ("Plans that do not overlap: two numbers that should agree do not.")
    assert "July to September 2025" in shown["referrals, council"].sentence, "who sent what is about no child"


def test_the_command_prints_what_the_function_finds(spring_and_summer: Path) -> None:
    ran = CliRunner().invoke(
        app, ["exceptions", "--period", QUARTERS[1], "--format", "json", "--data", str(spring_and_summer)]
    )
    assert (ran.exit_code, ran.stderr) == (0, "")
    printed = {one["group"]: one for one in json.loads(ran.stdout)}
    assert printed["referrals, council"] == found(spring_and_summer, QUARTERS[1])["referrals, council"].as_json()
    as_text = CliRunner().invoke(app, ["exceptions", "--data", str(spring_and_summer)])
    assert as_text.exit_code == 0
    assert "List 3: Referrals, Herefordshire Council" in as_text.stdout


def test_the_command_refuses_what_is_no_quarter_in_a_sentence(spring_and_summer: Path) -> None:
    ran = CliRunner().invoke(app, ["exceptions", "--period", "2025-07", "--data", str(spring_and_summer)])
    assert ran.exit_code == 2
    assert "Exceptions are of a quarter, as 2025-26-Q2, not 2025-07." in " ".join(ran.stderr.split())
