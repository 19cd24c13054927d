"""What accepting files would change is worked out truly, and nothing of the trial is left anywhere."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load

from metrics.catalogue import load_catalogue
from metrics.changes import Change
from metrics.result import Result
from pipelines.load import ChangedSince, CheckedAgainst, Options, Sending, load_files
from pipelines.preview import preview
from returns.periods import Period
from returns.places import Places
from warehouse import store

QUARTER = Period.parse("2025-26-Q2")
EXTRACT = date(2025, 9, 30)


def _sending(tmp_path, name, *days, sheets=None):
    referrals = [{"child_id": str(n), "referred": date(2025, 8, day), "source": "6"} for n, day in enumerate(days)]
    return Sending(annex_a(tmp_path / f"{name}.xlsx", referrals=referrals), None, QUARTER, EXTRACT, sheets=sheets)


def _files(folder: Path) -> dict[str, bytes]:
    """Every file but those by which processes queue."""
    waiting = (".lock", ".db-shm")
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix not in waiting}


def _counted_then_and_now(found, indicator):
    return [
        (each.was.denominator if each.was else None, each.would_be.denominator)
        for each in found.changes if each.indicator.id == indicator
    ]


def test_a_first_file_and_a_resend_say_what_they_would_change_and_change_nothing(data, tmp_path):
    places = Places.of(data)
    first = preview(places, [_sending(tmp_path, "a", 5, 6)])
    assert (first.version, first.quarter) == (None, QUARTER)
    assert _counted_then_and_now(first, "ref_source_police") == [(None, 2)]
    assert _files(data) == {}
    load_files(places, [_sending(tmp_path, "a", 5, 6)])
    before = _files(data)
    again = preview(places, [_sending(tmp_path, "b", 5, 6, 7)])
    assert again.version == 1
    assert _counted_then_and_now(again, "ref_source_police") == [(2, 3)]
    assert again.report.submissions[0].difference.added == (4,)
    assert _files(data) == before
    assert preview(places, [_sending(tmp_path, "a", 5, 6)]).changes == ()
    assert not list(Path(tempfile.gettempdir()).glob("scorecard-preview-*"))


def test_a_trial_runs_while_another_load_holds_the_lock(data, tmp_path):
    with store.exclusive(Places.of(data)):
        found = preview(Places.of(data), [_sending(tmp_path, "a", 5)])
    assert [item.status for item in found.report.submissions] == ["accepted"]


def test_only_the_sheets_chosen_of_a_file_are_loaded_under_the_senders_name_for_it(data, tmp_path):
    file = annex_a(
        tmp_path / "kept.xlsx",
        referrals=[{"child_id": "1", "referred": date(2025, 8, 5), "source": "6"}],
        contacts=[{"child_id": "1", "received": date(2025, 8, 5), "source": "6"}],
    )
    sending = Sending(file, None, QUARTER, EXTRACT, name="Sent <b>.xlsx", sheets=frozenset({"List_3"}))
    report = load_files(Places.of(data), [sending])
    assert [(item.file, item.return_name) for item in report.submissions] == [("Sent <b>.xlsx", "referrals")]


def test_files_checked_before_another_load_came_are_not_loaded_unseen(data, tmp_path):
    load(data, annex_a(tmp_path / "x.xlsx", referrals=[{"child_id": "9", "referred": date(2025, 8, 5)}]),
         period="2025-26-Q2", extracted=EXTRACT)
    with pytest.raises(ChangedSince, match="changed since these files were checked"):
        load_files(Places.of(data), [_sending(tmp_path, "a", 5)], options=Options(checked=CheckedAgainst(None)))
    assert store.current_version(Places.of(data)) == 1


def test_a_figure_that_stays_while_its_counts_change_is_told_from_one_that_moves():
    share = load_catalogue()["cp_repeat_plan"].indicator
    half = Result("cp_repeat_plan", share.title, QUARTER, "reported", "percent", 1, numerator=1, denominator=2)
    half = replace(half, value=50.0)
    same = replace(half, numerator=2, denominator=4)
    assert not Change(share, half, same).of_the_figure
    assert Change(share, half, replace(same, value=25.0)).of_the_figure
    assert Change(share, half, replace(same, status="p")).of_the_figure
    assert Change(share, None, half).of_the_figure
