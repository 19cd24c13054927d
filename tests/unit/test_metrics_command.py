"""`python -m metrics`: one JSON value and nothing else, sentences for mistakes, and exit codes."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.catalogue import load_catalogue
from returns.events import TABLES
from returns.places import Places
from warehouse import store

SERIES_KEYS = {
    "indicator", "group", "period", "basis", "numerator", "denominator", "value", "status", "lower", "upper",
}  # fmt: skip
SCORECARD_KEYS = {
    "indicator", "group", "title", "theme", "period", "basis", "numerator", "denominator", "value", "unit", "status",
    "previous", "year_ago", "variation", "assurance", "target", "benchmark", "exception",
}  # fmt: skip
BENCHMARK_KEYS = {"neighbours", "neighbours_present", "average", "region", "england", "year"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose warehouse holds two quarters of plans."""
    folder = tmp_path_factory.mktemp("data")
    with store.build(Places.of(folder)) as builder:
        connection = builder.connection
        for number, (period, day) in enumerate([("2025-26-Q1", date(2025, 7, 5)), ("2025-26-Q2", date(2025, 10, 5))]):
            name = f"S{number:06d}"
            connection.execute(
                "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
                "rows_accepted, rows_held) VALUES (?, 'child_protection_plans', 'council', ?, ?, 'list 7.xlsx', "
                "'accepted', 3, 3, 0)",
                [name, period, day],
            )
            for child in range(3):
                started = date(2025, 5 + 3 * number, 1 + child)
                for schema in ("reported", "known"):
                    table = TABLES["plans"].name
                    connection.execute(
                        f"INSERT INTO {schema}.{table} (submission_id, child_id, period, extract_date, started, "
                        "previous_plans, sex_group) VALUES (?, ?, ?, ?, ?, ?, 'Male')",
                        [name, f"{number}-{child}", period, day, started, child],
                    )
    return folder


def run(*arguments: str, data: Path) -> Any:
    return CliRunner().invoke(app, [*arguments, "--data", str(data)])


def test_scorecard_is_one_json_value_with_a_line_for_every_indicator(loaded: Path) -> None:
    found = run("scorecard", "--period", "2025-26-Q2", "--format", "json", data=loaded)
    assert (found.exit_code, found.stderr) == (0, "")
    lines = json.loads(found.stdout)
    assert {line["indicator"] for line in lines if line["group"] is None} == {one.id for one in load_catalogue()}
    assert all(set(line) >= SCORECARD_KEYS for line in lines)
    assert all(set(line["benchmark"]) >= BENCHMARK_KEYS for line in lines if line["benchmark"])
    (repeat,) = [line for line in lines if line["indicator"] == "cp_repeat_plan"]
    assert (repeat["numerator"], repeat["denominator"], repeat["value"], repeat["status"]) == (2, 3, 66.7, "ok")
    assert (repeat["period"], repeat["basis"], repeat["previous"], repeat["year_ago"]) == (
        "2025-26-Q2",
        "reported",
        66.7,
        None,
    )


def test_series_is_as_now_known_unless_told_otherwise(loaded: Path) -> None:
    known = json.loads(run("series", "cp_repeat_plan", "--format", "json", data=loaded).stdout)
    assert all(set(point) == SERIES_KEYS for point in known)
    assert [(point["period"], point["basis"], point["denominator"]) for point in known] == [
        ("2025-26-Q1", "known", 3), ("2025-26-Q2", "known", 3),
    ]  # fmt: skip
    reported = json.loads(
        run("series", "cp_repeat_plan", "--basis", "reported", "--format", "json", data=loaded).stdout
    )
    assert {point["basis"] for point in reported} == {"reported"}


def test_series_of_months_years_and_groups(loaded: Path) -> None:
    months = json.loads(run("series", "cp_started", "--window", "month", "--format", "json", data=loaded).stdout)
    assert [(one["period"], one["value"]) for one in months if one["value"]] == [("2025-05", 3), ("2025-08", 3)]
    assert months[-1]["period"] == "2025-09"
    upto = json.loads(run("series", "cp_started", "--period", "2025-08", "--format", "json", data=loaded).stdout)
    assert upto[-1]["period"] == "2025-08"
    groups = json.loads(run("series", "cp_repeat_plan", "--by", "sex", "--format", "json", data=loaded).stdout)
    assert [one["group"] for one in groups] == [None, "Male", None, "Male"]


def test_explain_gives_definition_sql_files_counts_and_figure(loaded: Path) -> None:
    text = run("explain", "cp_repeat_plan", "--period", "2025-26-Q2", data=loaded).stdout
    for expected in (
        "Are plans ending too early?",
        "SELECT",
        "list 7.xlsx",
        "S000001",
        "2 in the numerator, 3 in the denominator",
    ):
        assert expected in text
    assert text.rstrip().endswith("66.7 per cent (2 of 3), July to September 2025.")
    found = json.loads(
        run("explain", "cp_repeat_plan", "--period", "2025-26-Q2", "--format", "json", data=loaded).stdout
    )
    assert (found["figure"]["value"], found["submissions"][0]["rows_accepted"]) == (66.7, 3)
    assert found["definition"]["from"] == "plans"


def test_explain_of_a_figure_that_cannot_be_had_says_why(loaded: Path) -> None:
    text = run("explain", "fd_contacts", "--period", "2025-26-Q2", data=loaded).stdout
    assert "No return of contacts received has been accepted for July to September 2025." in text


def test_list_names_every_indicator(data: Path) -> None:
    found = CliRunner().invoke(app, ["list", "--format", "json"])
    assert [one["id"] for one in json.loads(found.stdout)] == [one.id for one in load_catalogue()]
    assert "cp_repeat_plan" in CliRunner().invoke(app, ["list", "--theme", "protection"]).stdout


def test_csv_has_one_row_a_figure_and_no_live_formula(loaded: Path) -> None:
    found = run("scorecard", "--format", "csv", data=loaded)
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert len(rows) >= len(load_catalogue()) and "benchmark_year" in rows[0] and "benchmark" not in rows[0]
    assert not any(str(cell).startswith(("=", "+", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("series", "cp_repeat_plans"), 2, "Did you mean cp_repeat_plan"),
        (("explain", "nothing"), 2, "There is no indicator 'nothing'"),
        (("series", "cp_repeat_plan", "--by", "phase"), 2, "is not grouped by phase"),
        (("series", "cp_visited_in_time", "--window", "month"), 2, "true only on an extract's date"),
        (("scorecard", "--period", "Q2 2025"), 2, "is not a period"),
        (("scorecard", "--period", "2025-08"), 2, "A scorecard is of a quarter"),
        (("scorecard", "--by", "colour"), 2, "No indicator is grouped by 'colour'"),
        (("scorecard", "--basis", "guessed"), 2, "guessed"),
        (("scorecard", "--format", "xml"), 2, "xml"),
        (("explain", "cp_repeat_plan", "--format", "csv"), 2, "text or as json"),
        (("explain",), 2, "ID"),
    ],
)
def test_a_mistake_is_a_sentence_and_an_exit_code(
    loaded: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    found = run(*arguments, data=loaded)
    assert (found.exit_code, found.stdout) == (code, "")
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_an_unknown_theme_is_a_sentence() -> None:
    found = CliRunner().invoke(app, ["list", "--theme", "weather"])
    assert found.exit_code == 2 and "There is no theme 'weather'" in found.stderr


@pytest.mark.parametrize("arguments", [("scorecard",), ("series", "cp_open"), ("explain", "cp_open")])
def test_with_nothing_loaded_each_command_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    found = run(*arguments, data=tmp_path)
    assert found.exit_code == 1
    assert "Nothing has been loaded yet" in found.stderr


def test_a_broken_setting_is_a_sentence_with_file_and_line(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from returns.places import PROJECT

    for file in (PROJECT / "config").glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "targets.yaml").write_text("targets:\n  - indicator: cp_open\n    steps: []\n", encoding="utf-8")
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    found = run("scorecard", data=loaded)
    assert found.exit_code == 1
    assert "targets.yaml, line 3" in found.stderr
