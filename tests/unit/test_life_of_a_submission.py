"""What becomes of a submission: sent twice, replaced, retracted, restored, nil, refused, answered, built again."""

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load, rows, told

from pipelines.replay import NotPossible, rebuild, restore, retract
from returns.partnership import SettingsError
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger

EXTRACT = date(2025, 9, 30)
TABLES_OF_THE_WAREHOUSE = (
    "SELECT table_schema || '.' || table_name FROM information_schema.tables "
    "WHERE table_schema IN ('main', 'reported', 'known') AND table_name <> 'schema_version' ORDER BY ALL"
)


def _referral(child: str, day: int, *, source: str = "6", month: int = 8) -> dict[str, object]:
    return {"child_id": child, "referred": date(2025, month, day), "source": source}


def _file(path: Path, *referrals: dict[str, object]) -> Path:
    return annex_a(path, referrals=referrals)


def test_the_same_file_again_changes_nothing(data, tmp_path):
    file = _file(tmp_path / "q.xlsx", _referral("1", 5))
    first = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    again = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    assert [s.status for s in again.submissions] == ["unchanged"]
    assert again.submissions[0].id == first.submissions[0].id
    assert again.version == first.version
    assert [event.kind for event in Ledger(Places.of(data)).events()] == ["received", "accepted", "unchanged"]


def test_sending_again_replaces_and_says_what_differs(data, tmp_path):
    first = _file(tmp_path / "a.xlsx", _referral("1", 5), _referral("2", 6), _referral("3", 7))
    second = _file(tmp_path / "b.xlsx", _referral("2", 6) | {"team": "Hub"}, _referral("3", 7), _referral("4", 8))
    load(data, first, period="2025-26-Q2", extracted=EXTRACT)
    report = load(data, second, period="2025-26-Q2", extracted=EXTRACT)
    assert "1 rows added, 1 gone, 1 changed" in told(report, "message")[0][0]
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(3,)]
    assert rows(data, "SELECT id, status, supersedes FROM main.submissions ORDER BY id") == [
        ("S000001", "superseded", None),
        ("S000002", "accepted", "S000001"),
    ]


def test_a_retracted_submission_counts_no_more_until_it_is_restored(data, tmp_path):
    places = Places.of(data)
    load(data, _file(tmp_path / "a.xlsx", _referral("1", 5)), period="2025-26-Q2", extracted=EXTRACT)
    load(data, _file(tmp_path / "b.xlsx", _referral("2", 6), _referral("3", 7)), period="2025-26-Q2", extracted=EXTRACT)
    retract(places, "S000002", why="the wrong file")
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(0,)]
    with pytest.raises(NotPossible, match="retracted"):
        retract(places, "S000002", why="again")
    assert restore(places, "S000001", why="it was right after all") is None
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(1,)]
    assert restore(places, "S000002", why="both were wanted").id == "S000001"
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(2,)]
    with pytest.raises(NotPossible, match="no submission"):
        retract(places, "S000009", why="x")


def test_a_list_with_no_rows_is_asked_about_and_taken_as_nil_when_said_so(data, tmp_path):
    file = annex_a(tmp_path / "q.xlsx", referrals=[_referral("1", 5)], contacts=[])
    asked = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    assert {s.return_name: s.status for s in asked.submissions} == {"referrals": "accepted", "contacts": "refused"}
    said = load(data, file, period="2025-26-Q2", extracted=EXTRACT, nil=["contacts"])
    assert {s.return_name: s.status for s in said.submissions} == {"referrals": "unchanged", "contacts": "accepted"}
    assert rows(data, "SELECT rows_read, status FROM main.submissions WHERE return_name = 'contacts'") == [
        (0, "accepted")
    ]


def test_a_nil_return_needs_no_file(data):
    report = load(data, period="2025-26-Q2", nil=["early_help"])
    assert [(s.return_name, s.status, s.rows_read) for s in report.submissions] == [("early_help", "accepted", 0)]
    assert rebuild(Places.of(data)).differing == ()


def test_a_list_said_to_be_nil_that_has_rows_is_refused(data, tmp_path):
    report = load(data, _file(tmp_path / "q.xlsx", _referral("1", 5)), period="2025-26-Q2", nil=["referrals"])
    assert told(report, "code") == [("nil-with-rows",)]
    assert report.exit_code == 1


def test_an_unclear_code_is_asked_about_once_and_the_answer_remembered(data, tmp_path):
    first = _file(tmp_path / "a.xlsx", _referral("1", 5, source="CAFCASS"))
    asked = load(data, first, period="2025-26-Q2", extracted=EXTRACT)
    ((code, message),) = [(f.code, f.message) for s in asked.submissions for f in s.findings]
    assert code == "code-unclear"
    assert "Other legal agency" in message
    answered = load(
        data, first, period="2025-26-Q2", extracted=EXTRACT, answers={("source", "cafcass"): "Other legal agency"}
    )
    assert [s.status for s in answered.submissions] == ["accepted"]
    later = _file(tmp_path / "b.xlsx", _referral("2", 5, source="cafcass", month=11))
    report = load(data, later, period="2025-26-Q3", extracted=date(2025, 12, 31))
    assert told(report, "code") == []
    assert rows(data, "SELECT DISTINCT source_group FROM known.referrals") == [("Other legal agency",)]
    assert rebuild(Places.of(data)).differing == ()
    assert rows(data, "SELECT DISTINCT source_group FROM known.referrals") == [("Other legal agency",)]


def test_an_aggregate_return_must_say_whose_it_is_once(data, tmp_path):
    figures = [{"indicator": "cp_started", "covers": "2025-26-Q2", "numerator": 412}]
    asked = load(data, annex_a(tmp_path / "a.xlsx", aggregate=figures), period="2025-26-Q2")
    assert told(asked, "code") == [("agency-needed",)]
    assert asked.exit_code == 1
    load(data, annex_a(tmp_path / "a.xlsx", aggregate=figures), period="2025-26-Q2", agency="police")
    figures = [{"indicator": "cp_started", "covers": "2025-26-Q3", "numerator": 398}]
    remembered = load(data, annex_a(tmp_path / "b.xlsx", aggregate=figures), period="2025-26-Q3")
    assert [(s.agency, s.status) for s in remembered.submissions] == [("police", "accepted")]


def test_an_agency_that_is_not_in_the_settings_is_named_as_unknown(data, tmp_path):
    with pytest.raises(SettingsError, match="No agency is called"):
        load(data, _file(tmp_path / "q.xlsx", _referral("1", 5)), period="2025-26-Q2", agency="nobody")


def test_the_period_and_extract_date_are_read_from_the_file_when_not_told(data, tmp_path):
    report = load(data, _file(tmp_path / "q.xlsx", _referral("1", 5), _referral("2", 2, month=10)))
    assert [(s.period, s.extracted) for s in report.submissions] == [("2025-26-Q2", date(2025, 10, 2))]


def test_a_file_with_nothing_of_the_quarter_is_refused_and_one_quiet_list_is_only_a_warning(data, tmp_path):
    file = annex_a(
        tmp_path / "q.xlsx",
        referrals=[_referral("1", 5, month=5)],
        contacts=[{"child_id": "1", "received": date(2025, 8, 5), "source": "6"}],
    )
    quiet = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    assert told(quiet, "sheet", "code", only="referrals") == [("List_3", "list-without-event")]
    wrong = load(data, file, period="2026-27-Q2", extracted=EXTRACT)
    assert {code for (code,) in told(wrong, "code")} == {"period-outside"}
    assert {s.status for s in wrong.submissions} == {"refused"}


def test_many_files_make_one_version_and_a_bad_one_stops_none(data, tmp_path):
    good = [_file(tmp_path / f"{n}.xlsx", _referral(str(n), 5)) for n in range(3)]
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"MZ not a workbook")
    report = load(data, good[0], bad, period="2025-26-Q2", extracted=EXTRACT)
    assert [s.status for s in report.submissions] == ["accepted", "refused"]
    assert (report.exit_code, report.version) == (4, 1)
    assert [path.suffix for path in Places.of(data).raw.rglob("F*")] == [".xlsx"]


def test_a_rebuild_gives_every_table_again_to_the_last_byte(data, tmp_path, shared_or_small):
    places = Places.of(data)
    for file, period, extracted in shared_or_small:
        load(data, file, period=period, extracted=extracted)
    before = _everything(places)
    made = rebuild(places)
    assert made.differing == ()
    assert _everything(places) == before
    retract(places, "S000001", why="x")
    restore(places, "S000001", why="y")
    after = _everything(places)
    assert {name: content for name, content in after.items() if name != "main.submissions"} == {
        name: content for name, content in before.items() if name != "main.submissions"
    }


@pytest.fixture
def shared_or_small(tmp_path):
    """Two quarters of an agency: the second reaches back, drops one referral and adds one."""
    first = annex_a(
        tmp_path / "one.xlsx",
        referrals=[_referral("1", 5), _referral("2", 6), _referral("", 6)],
        child_protection_plans=[
            {
                "child_id": "1",
                "started": date(2025, 8, 20),
                "last_visit": date(2025, 9, 1),
                "initial_category": "a) Neglect",
                "previous_plans": 0,
            }
        ],
    )
    second = annex_a(
        tmp_path / "two.xlsx",
        referrals=[_referral("1", 5), _referral("3", 6, month=11)],
        child_protection_plans=[
            {
                "child_id": "1",
                "started": date(2025, 8, 20),
                "last_visit": "x",
                "ended": date(2025, 12, 1),
                "previous_plans": 0,
            }
        ],
    )
    return (first, "2025-26-Q2", EXTRACT), (second, "2025-26-Q3", date(2025, 12, 31))


def _everything(places: Places) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows in order, but for when and by which edition of the program the version was made."""
    with store.reader(places) as current:
        names = [name for (name,) in current.query(TABLES_OF_THE_WAREHOUSE)]
        kept = {name: current.query(f"SELECT * FROM {name} ORDER BY ALL") for name in names}
    changing = {"version", "made_at", "program", "ledger_position"}
    kept["main.meta"] = [row for row in kept["main.meta"] if row[0] not in changing]
    return kept
