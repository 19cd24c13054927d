"""The tray of the Upload page: what is dropped is kept apart, checked, accepted in part or whole, and then gone."""

import gc
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load

from dashboard import upload_findings, upload_tables
from dashboard.plain import label
from dashboard.table import markup
from dashboard.upload_tray import File, Settings, Tray
from pipelines.findings import CATALOGUE
from pipelines.found_cells import Found, FoundCell
from pipelines.load import ChangedSince
from pipelines.questions import Choice, Question
from pipelines.remembering import answer
from returns.periods import Period
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger

Q2 = Period.parse("2025-26-Q2")


def _referral(child, **more):
    return {"child_id": child, "referred": date(2025, 9, 30), "source": "6"} | more


def _drop(tray, tmp_path, name, *referrals):
    return tray.take(name, annex_a(tmp_path / "made.xlsx", referrals=referrals).read_bytes())


def _checked(tray, places):
    for file in tray.to_check:
        tray.check(places, file)


def test_a_good_file_is_accepted_a_bad_one_goes_back_and_nothing_of_the_good_one_is_left(data, tmp_path):
    places, tray = Places.of(data), Tray()
    good = _drop(tray, tmp_path, "good.xlsx", _referral("1"), _referral("2", referred="TBC"))
    bad = tray.take("C:\\letters\\bad.xlsx", b"MZ a program")
    _checked(tray, places)
    assert [upload_tables.verdict(file)[0] for file in (good, bad)] == ["Can be accepted", "Goes back"]
    assert upload_tables.answer(tray) == (
        "1 can be accepted now, 1 must go back to its sender. Nothing is in the warehouse until you accept."
    )
    (held,) = [found for found in good.found if found.severity == "hold"]
    assert [(cell.address, cell.value) for cell in held.cells] == [(f"{held.cells[0].address[0]}3", "TBC")]
    assert held.column == "Date of Referral" or "referral" in held.column.casefold()
    tray.try_out(places)
    assert tray.preview.quarter == Q2
    assert store.current_version(places) is None
    tray.accept(places)
    assert [file.name for file in tray.files] == ["bad.xlsx"]
    assert not good.path.exists()
    assert [(r.status, r.file) for r in Ledger(places).submissions()] == [
        ("accepted", "good.xlsx"), ("refused", "bad.xlsx"),
    ]
    assert upload_tables.accepted(tray).startswith("Accepted: 1 return of 1 file, 1 row, 1 more kept aside")


def test_what_was_checked_before_anothers_load_is_not_accepted_unseen(data, tmp_path):
    places, tray = Places.of(data), Tray()
    _drop(tray, tmp_path, "mine.xlsx", _referral("1"))
    _checked(tray, places)
    tray.try_out(places)
    theirs = annex_a(tmp_path / "theirs.xlsx", referrals=[_referral("9", referred=date(2025, 6, 30))])
    assert [each.status for each in load(data, theirs, period="2025-26-Q1").submissions] == ["accepted"]
    with pytest.raises(ChangedSince):
        tray.accept(places)
    assert store.current_version(places) == 1
    assert len(tray.files) == 1


def test_the_same_file_on_two_trays_is_counted_once_whoever_accepts_first(data, tmp_path):
    places, mine, theirs = Places.of(data), Tray(), Tray()
    made = annex_a(tmp_path / "q.xlsx", referrals=[_referral("1")]).read_bytes()
    for tray in (mine, theirs):
        tray.take("q.xlsx", made)
        _checked(tray, places)
    theirs.try_out(places)
    theirs.accept(places)
    mine.try_out(places)
    assert mine.preview is None
    assert [file.name for file in mine.to_check] == ["q.xlsx"]
    _checked(mine, places)
    assert [upload_tables.verdict(file)[0] for file in mine.files] == ["Same file as before"]
    assert mine.chosen == ()


def test_what_another_answered_since_is_looked_at_before_it_changes_what_is_accepted(data, tmp_path):
    places, tray = Places.of(data), Tray()
    _drop(tray, tmp_path, "mine.xlsx", _referral("1"))
    _checked(tray, places)
    tray.try_out(places)
    asked = Question("code", "council", "referrals", "List_3", "Hub", "source", "hub", (Choice("Police", "Police"),),
                     1, "What is Hub?")
    answer(places, [(asked, "Police")], agency="council")
    with pytest.raises(ChangedSince):
        tray.accept(places)
    assert store.current_version(places) is None


def test_two_trays_share_nothing_and_leave_nothing_behind(tmp_path):
    mine, theirs = Tray(), Tray()
    mine.take("a.csv", b"x")
    assert theirs.files == [] and mine.folder != theirs.folder
    folders: list[Path] = [mine.folder, theirs.folder]
    theirs.close()
    del mine
    gc.collect()
    assert not any(folder.exists() for folder in folders)


def test_taking_a_file_away_deletes_its_bytes_and_a_quarter_for_all_holds_for_the_next_too():
    tray = Tray()
    first = tray.take("../../x.csv", b"a,b\n1,2\n")
    assert (first.name, first.path.parent) == ("x.csv", tray.folder)
    tray.all_of_quarter(Q2)
    assert tray.take("y.csv", b"z").settings == first.settings == Settings(period=Q2)
    tray.remove([first.number])
    assert not first.path.exists()
    tray.close()


HOSTILE = ["<script>alert(1)</script>.xlsx", "![x](https://elsewhere.example/x.png).csv", "a:red[b] $x$ `c` **d**.csv"]


@pytest.mark.parametrize("name", HOSTILE)
def test_g01_hostile_file_names_are_shown_as_text(name):
    tray = Tray()
    file = tray.take(name, b"x")
    shown = markup(upload_tables.files(tray))
    assert "<script>" not in shown and "<img" not in shown
    marked = label(file.name)
    assert all(f"\\{sign}" in marked for sign in "<![]():$`*" if sign in file.name)
    tray.close()


def test_while_files_are_checked_the_first_sentence_says_so_and_not_that_nothing_can_be_accepted():
    tray = Tray()
    for name in ("a.csv", "b.csv"):
        tray.take(name, b"x")
    assert upload_tables.answer(tray) == (
        "2 files are being checked. Nothing is in the warehouse until you accept."
    )
    tray.close()


@pytest.mark.parametrize("code", [code for code, kind in CATALOGUE.items() if "--" in kind.remedy])
def test_a_remedy_that_is_an_option_of_the_command_says_on_the_page_what_to_do_on_the_page(code):
    severity = CATALOGUE[code].severity
    cells = (FoundCell("B3", "TBC"),)
    found = Found(code, severity, "", "referrals", "List_3", "Source", "", CATALOGUE[code].remedy, False, cells)
    file = File(1, "a.csv", Path("a.csv"), found=(found,))
    assert "--" not in markup(upload_findings.found(file))


def test_two_files_of_one_return_agency_and_quarter_are_told_of_before_one_replaces_the_other(data, tmp_path):
    places, tray = Places.of(data), Tray()
    first = _drop(tray, tmp_path, "first.xlsx", _referral("1"))
    second = _drop(tray, tmp_path, "second.xlsx", _referral("2"))
    _checked(tray, places)
    tray.try_out(places)
    assert (first.replaces_file, second.replaces_file) == (None, first.number)
    assert "1 would take the place of another file here" in upload_tables.answer(tray)
    assert "takes the place of file 1 here" in markup(upload_tables.files(tray))
