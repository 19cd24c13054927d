"""A real extract loaded: every list recognised, every dirty cell named, every row accounted for."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, check, load, rows, told

from returns.places import Places

PROJECT = Path(__file__).resolve().parents[2]
DIRTY = "samples/annex_a/dirty_extract.xlsx"
SUPPORT = "Was the child assessed as requiring LA children's social care support?"

# Every cell of the extract that cannot be taken as it is: (return, Excel row, header, code).
DIRTY_CELLS = [
    *(("assessments", row, SUPPORT, "code-unknown") for row in range(2, 7)),
    *(("children_in_need", row, "Allocated Team", "cell-error") for row in range(2, 7)),
    ("children_in_need", 2, "Primary Need Code", "code-unknown"),
    ("child_protection_plans", 8, "Date of Birth", "event-before-birth"),
    ("children_looked_after", 3, "Placement postcode", "postcode-unreadable"),
    ("children_looked_after", 5, "Date of Birth", "event-before-birth"),
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, request):
    shared = request.getfixturevalue("shared")
    data = tmp_path_factory.mktemp("dirty")
    return data, load(data, shared / DIRTY, period="2020-21-Q4")


@pytest.mark.needs_shared
def test_all_eleven_lists_load(loaded):
    _data, report = loaded
    assert [(s.return_name, s.status, s.rows_read, s.rows_accepted, s.rows_held) for s in report.submissions] == [
        ("contacts", "accepted", 5, 5, 0),
        ("early_help", "accepted", 5, 5, 0),
        ("referrals", "accepted", 6, 6, 0),
        ("assessments", "accepted", 5, 5, 0),
        ("section_47", "accepted", 5, 5, 0),
        ("children_in_need", "accepted", 5, 5, 0),
        ("child_protection_plans", "accepted", 7, 7, 0),
        ("children_looked_after", "accepted", 5, 5, 0),
        ("care_leavers", "accepted", 6, 6, 0),
        ("adoption", "accepted", 5, 5, 0),
        ("adopters", "accepted", 5, 5, 0),
    ]
    assert report.ignored == ()
    assert report.exit_code == 0


@pytest.mark.needs_shared
def test_every_dirty_cell_is_named_with_its_sheet_row_and_column(loaded):
    _data, report = loaded
    found = [
        (s.return_name, f.row, f.column, f.code)
        for s in report.submissions
        for f in s.findings
        if f.severity == "blank"
    ]
    assert sorted(found, key=str) == sorted(DIRTY_CELLS, key=str)
    assert all(f.sheet == s.sheet for s in report.submissions for f in s.findings if f.severity == "blank")


@pytest.mark.needs_shared
def test_the_extract_date_is_the_latest_date_in_the_file(loaded):
    _data, report = loaded
    assert {s.extracted for s in report.submissions} == {date(2021, 3, 15)}
    assert {s.period for s in report.submissions} == {"2020-21-Q4"}


@pytest.mark.needs_shared
def test_no_name_full_date_of_birth_or_identifier_reaches_the_warehouse(loaded):
    data, _report = loaded
    content = b"".join(path.read_bytes() for path in (data / "versions").glob("*.duckdb"))
    ledger = b"".join(path.read_bytes() for path in data.glob("journal.db*"))
    for secret in (b"Hazlett", b"Cutsforth", b"11973218", b"9212044", b"CS Assessment Updated", b"T28 2WB", b"nope"):
        assert secret not in content
        assert secret not in ledger
    born = {day for (day,) in rows(data, "SELECT DISTINCT birth_month FROM known.referrals")}
    assert all(day is None or day.day == 1 for day in born)
    assert {len(child) for (child,) in rows(data, "SELECT child_id FROM known.contacts")} == {32}


@pytest.mark.needs_shared
def test_the_same_child_is_the_same_in_two_lists(loaded):
    data, _report = loaded
    both = rows(data, "SELECT count(*) FROM known.referrals r JOIN known.section_47_enquiries s USING (child_id)")
    assert both == [(1,)]


@pytest.mark.timeout(300)
@pytest.mark.needs_shared
def test_the_command_prints_the_contracts_json_and_the_same_file_again_is_unchanged(shared, data):
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "load",
        str(shared / DIRTY),
        "--period",
        "2020-21-Q4",
        "--data",
        str(data),
        "--json",
    ]
    first, second = (subprocess.run(command, cwd=PROJECT, capture_output=True, check=False) for _time in range(2))
    assert (first.returncode, first.stderr) == (0, b"")
    answer = json.loads(first.stdout)
    assert set(answer) == {"submissions", "ignored", "version"}
    assert [set(item) for item in answer["submissions"]] == [
        {
            "id",
            "return",
            "agency",
            "period",
            "extracted",
            "file",
            "sheet",
            "status",
            "rows_read",
            "rows_accepted",
            "rows_held",
            "findings",
        }
    ] * 11
    assert {frozenset(f) for s in answer["submissions"] for f in s["findings"]} == {
        frozenset({"code", "severity", "sheet", "row", "column", "message", "remedy"})
    }
    assert answer["version"] == 1
    again = json.loads(second.stdout)
    assert {item["status"] for item in again["submissions"]} == {"unchanged"}
    assert [item["id"] for item in again["submissions"]] == [item["id"] for item in answer["submissions"]]
    assert (second.returncode, again["version"]) == (0, 1)


@pytest.mark.needs_shared
def test_ofsteds_template_loads_its_one_filled_list_and_asks_about_the_empty_ones(shared, data):
    report = load(data, shared / "samples/annex_a/ofsted_template_2019.xlsx", period="2014-15-Q4")
    by_return = {s.return_name: s for s in report.submissions}
    assert by_return["referrals"].status == "accepted"
    assert (by_return["referrals"].rows_read, by_return["referrals"].rows_accepted) == (5, 5)
    assert {s.status for name, s in by_return.items() if name != "referrals"} == {"refused"}
    assert {f.code for s in report.submissions for f in s.findings if f.severity == "block"} == {"no-rows"}
    assert [item.sheet for item in report.ignored] == [
        "Front_Sheet",
        "FAQ_and_changes",
        "Guidance",
        "Codes_used",
    ]
    assert rows(data, "SELECT sex_group, source_group FROM known.referrals ORDER BY source_row") == [
        ("Female", "Schools"),
        ("Female", "Health services"),
        ("Male", "Police"),
        ("Male", "Schools"),
        ("Female", "Schools"),
    ]


@pytest.mark.needs_shared
def test_checking_writes_nothing(shared, data):
    report = check(data, shared / DIRTY, period="2020-21-Q4")
    assert {(s.status, s.id) for s in report.submissions} == {("accepted", None)}
    assert report.version is None
    assert list(data.iterdir()) == []


def test_a_list_of_all_kinds_of_cells_is_read_as_meant(data, tmp_path):
    file = annex_a(
        tmp_path / "q.xlsx",
        referrals=[
            {
                "child_id": "007",
                "sex": "F",
                "ethnicity": "White British",
                "birth_month": "17/05/2014",
                "age": 11.4,
                "referred": "05/08/2025",
                "source": "School",
                "no_further_action": "NFA",
                "referrals_12m": "1",
                "team": "Hub",
            },
            {
                "child_id": 8,
                "sex": "a) Male",
                "ethnicity": "a) WBRI",
                "birth_month": 41776,
                "age": -1,
                "referred": "2025-08-06T23:00:00Z",
                "source": "6",
                "no_further_action": "b) No",
                "referrals_12m": 0,
            },
        ],
    )
    report = load(data, file, period="2025-26-Q2", extracted=date(2025, 9, 30))
    assert told(report, "severity", "code") == []
    assert rows(
        data,
        "SELECT sex_group, ethnicity, birth_month, age, referred, source, source_group, no_further_action, "
        "referrals_12m, team, age_at_event, age_band FROM known.referrals ORDER BY referred",
    ) == [
        ("Female", "WBRI", date(2014, 5, 1), 11, date(2025, 8, 5), None, "Schools", True, 1, "Hub", 11, "10 to 15"),
        ("Male", "WBRI", date(2014, 5, 1), -1, date(2025, 8, 7), "6", "Police", False, 0, None, 11, "10 to 15"),
    ]


def test_a_row_is_held_only_for_its_child_or_its_events_date(data, tmp_path):
    good = {"child_id": "1", "referred": date(2025, 8, 5), "source": "6"}
    file = annex_a(
        tmp_path / "q.xlsx",
        referrals=[
            good,
            good | {"child_id": ""},
            good | {"child_id": "3", "referred": "31/06/2025"},
            good | {"child_id": "4", "source": "the neighbour's cat", "sex": "?", "birth_month": "x", "age": "old"},
            good | {"child_id": "Total", "referred": "", "source": ""},
        ],
    )
    report = load(data, file, period="2025-26-Q2", extracted=date(2025, 9, 30))
    assert (report.submissions[0].rows_read, report.submissions[0].rows_accepted) == (5, 2)
    assert told(report, "row", "severity", "code") == [
        (3, "hold", "key-missing"),
        (4, "hold", "date-impossible"),
        (5, "blank", "date-unreadable"),
        (5, "blank", "number-unreadable"),
        (5, "blank", "code-unknown"),
        (6, "hold", "total-row"),
    ]
    assert report.exit_code == 1
    held = rows(data, "SELECT source_row, codes, length(row_hash) FROM main.held_rows ORDER BY source_row")
    assert held == [(3, "key-missing", 32), (4, "date-impossible", 32), (6, "total-row", 32)]


def test_the_files_are_kept_as_received_under_a_name_of_our_own(data, tmp_path):
    file = annex_a(
        tmp_path / "Annex A (final) v2.xlsx", referrals=[{"child_id": "1", "referred": date(2025, 8, 5), "source": "6"}]
    )
    load(data, file, period="2025-26-Q2", extracted=date(2025, 9, 30))
    kept = [path for path in Places.of(data).raw.rglob("*") if path.is_file()]
    assert [path.parent.name for path in kept] == ["2025-26-Q2"]
    assert kept[0].name.startswith("F000001-")
    assert kept[0].read_bytes() == file.read_bytes()
    assert (data / "pseudonym.key").stat().st_mode & 0o777 == 0o600
