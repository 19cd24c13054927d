"""A resend is told row by row: what came, what went, what says something else, and what it puts right."""

from datetime import date

from loading import annex_a, load, rows, told

from pipelines.difference import CellChange, runs
from pipelines.replay import rebuild
from returns.places import Places
from warehouse.ledger import Ledger

EXTRACT = date(2025, 9, 30)


def _referral(child, day, **more):
    return {"child_id": child, "referred": date(2025, 8, day) if isinstance(day, int) else day, "source": "6"} | more


def _load(data, tmp_path, name, *referrals):
    file = annex_a(tmp_path / f"{name}.xlsx", referrals=referrals)
    return load(data, file, period="2025-26-Q2", extracted=EXTRACT)


def test_a_resend_says_which_rows_came_went_and_changed_and_how(data, tmp_path):
    _load(data, tmp_path, "a", _referral("1", 5), _referral("2", 6), _referral("3", 7, team="North"))
    report = _load(data, tmp_path, "b", _referral("3", 7, team="Hub"), _referral("2", 6), _referral("4", 8))
    (submission,) = report.submissions
    assert submission.replaces == "S000001"
    found = submission.difference
    assert (found.added, found.gone) == ((4,), (2,))
    assert [(each.row, each.was_row) for each in found.changed] == [(2, 4)]
    assert found.changed[0].cells == (CellChange("Team", "North", "Hub"),)


def test_a_visit_that_took_anothers_place_is_a_cell_that_changed_not_a_row(data, tmp_path):
    plan = {"child_id": "1", "started": date(2025, 8, 1), "last_visit": date(2025, 9, 1), "previous_plans": 0}
    first = annex_a(tmp_path / "a.xlsx", child_protection_plans=[plan])
    second = annex_a(tmp_path / "b.xlsx", child_protection_plans=[plan | {"last_visit": date(2025, 9, 15)}])
    load(data, first, period="2025-26-Q2", extracted=EXTRACT)
    report = load(data, second, period="2025-26-Q2", extracted=EXTRACT)
    found = report.submissions[0].difference
    assert (found.added, found.gone, [each.row for each in found.changed]) == ((), (), [2])
    assert (date(2025, 9, 1), date(2025, 9, 15)) in [(each.was, each.now) for each in found.changed[0].cells]


def test_rows_kept_aside_are_resolved_by_a_file_that_carries_them_readable(data, tmp_path):
    bad = [_referral("2", "31/06/2025", team="North"), _referral("3", "TBC", team="South")]
    held = _load(data, tmp_path, "a", _referral("1", 5), *bad)
    assert held.submissions[0].rows_held == 2
    report = _load(data, tmp_path, "b", _referral("1", 5), _referral("2", 30, team="North"), bad[1])
    found = report.submissions[0].difference
    assert (found.resolved, found.still_held, found.held_before) == (((3, 3),), 1, 2)
    assert ("held-rows-resolved",) in told(report, "code")
    assert any("1 of the 2 rows of S000001" in message for (message,) in told(report, "message"))
    (line,) = Ledger(Places.of(data)).events("superseded")
    assert (line.payload["rows_resolved"], line.payload["rows_still_held"], line.payload["resolved"]) == (1, 1, "3")
    assert rows(data, "SELECT count(*) FROM main.held_rows") == [(1,)]
    assert rebuild(Places.of(data)).differing == ()


def test_a_new_row_that_only_looks_alike_resolves_nothing(data, tmp_path):
    _load(data, tmp_path, "a", _referral("2", "TBC", team="North"), _referral("1", 5))
    report = _load(data, tmp_path, "b", _referral("9", 30, team="North"), _referral("1", 5))
    assert report.submissions[0].difference.resolved == ()


def test_the_ledger_keeps_row_numbers_and_no_cell(data, tmp_path):
    _load(data, tmp_path, "a", _referral("1", 5, team="Unmistakable"))
    _load(data, tmp_path, "b", _referral("1", 5, team="Otherwise"), _referral("2", 6))
    (line,) = Ledger(Places.of(data)).events("superseded")
    assert (line.payload["added"], line.payload["changed"]) == ("3", "2")
    assert b"Unmistakable" not in (data / "journal.db").read_bytes()


def test_runs_of_rows_are_written_in_short():
    assert runs([17, 2, 3, 4, 4, 9, 10]) == "2-4, 9-10, 17"
    assert runs([]) == ""
