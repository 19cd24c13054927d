"""The demonstration's workbooks: labelled, laid out as Ofsted's template, the lists agreeing, the same each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections import Counter
from concurrent.futures import Future
from pathlib import Path

import imagined
import pytest
from python_calamine import CalamineWorkbook

from pipelines.command_words import Usage
from pipelines.demo import demo_command
from pipelines.demo.calendar import LATEST, extract_date, extract_quarters
from pipelines.demo.command import Arriving
from pipelines.demo.listing import Code, Listing, Row
from pipelines.demo.spelling import Spellings
from pipelines.demo.workbooks import Extract, Sender
from returns.catalogue import the_return
from returns.codes import CodeLists, code_lists
from returns.places import PROJECT, Places

LISTS = ("contacts", "early_help", "referrals", "assessments", "section_47", "children_in_need",
         "child_protection_plans", "children_looked_after", "care_leavers", "adoption", "adopters")  # fmt: skip


@pytest.fixture(scope="module")
def codes() -> CodeLists:
    return code_lists(Places.of(None).reference)


@pytest.fixture(scope="module")
def sender(codes: CodeLists) -> Sender:
    return Sender(imagined.county(), codes)


@pytest.fixture(scope="module")
def listings(sender: Sender) -> dict[str, Listing]:
    return {listing.return_name: listing for listing in sender.listings(LATEST)}


@pytest.fixture(scope="module")
def workbook(sender: Sender, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sender.write(LATEST, tmp_path_factory.mktemp("extract")).path


def column(listing: Listing, name: str) -> int:
    fields = the_return(listing.return_name).edition_called(listing.edition).fields
    return [item.name for item in fields].index(name)


def by_child(listing: Listing) -> dict[object, Row]:
    return {row.cells[0]: row for row in listing.rows}


# ---- the file -------------------------------------------------------------------------------------------------------


def test_the_first_sheet_and_the_document_say_that_it_is_demonstration_data(workbook: Path) -> None:
    sheets = CalamineWorkbook.from_path(workbook)
    assert sheets.sheet_names[0] == "Front_Sheet"
    assert sheets.get_sheet_by_index(0).to_python()[0] == ["DEMONSTRATION DATA"]
    with zipfile.ZipFile(workbook) as parts:
        assert "Demonstration data" in parts.read("docProps/core.xml").decode()


def test_every_list_has_its_title_in_row_1_and_ofsteds_headers_in_row_2(workbook: Path) -> None:
    sheets = CalamineWorkbook.from_path(workbook)
    assert sheets.sheet_names[1:] == [f"List_{number}" for number in range(1, 12)]
    for name in LISTS:
        declared = the_return(name)
        rows = sheets.get_sheet_by_name(declared.sheet).to_python()
        assert rows[0][0] == declared.title
        assert rows[1] == [item.header for item in declared.edition.fields]


@pytest.mark.timeout(300)
def test_the_same_seed_gives_the_same_bytes_in_another_process(sender: Sender, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipelines.demo.command import write_extracts; "
        "from returns.places import Places; write_extracts(Places.of(None), Path(sys.argv[1]), quarters=2)"
    )
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    # Sets and hashes of text come out in another order there.
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(there)], cwd=PROJECT, env=environment, check=True, timeout=280)
    for quarter in extract_quarters(2):
        sender.write(quarter, here)
    hashes = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
        for folder in (here, there)
    ]
    assert len(hashes[0]) == 2
    assert hashes[0] == hashes[1]


# ---- the lists agree ------------------------------------------------------------------------------------------------


def test_a_child_has_one_sex_ethnicity_and_date_of_birth_in_every_list(listings: dict[str, Listing]) -> None:
    known: dict[object, object] = {}
    for name, listing in listings.items():
        if name == "adopters":
            continue
        first = column(listing, "sex")
        for row in listing.rows:
            about = row.cells[first:first + 4]
            assert known.setdefault(row.cells[0], about) == about


@pytest.mark.parametrize("steps", [0, 5, 11])
def test_open_plans_and_care_are_the_same_children_in_list_6_as_in_lists_7_and_8(sender: Sender, steps: int) -> None:
    lists = {listing.return_name: listing for listing in sender.listings(LATEST.earlier(steps))}
    in_need, plans, care = (lists[name] for name in LISTS[5:8])
    status = {child: row.cells[column(in_need, "case_status")] for child, row in by_child(in_need).items()}
    on_plan = {child for child, row in by_child(plans).items() if row.cells[column(plans, "ended")] is None}
    looked_after = {child for child, row in by_child(care).items() if row.cells[column(care, "ceased")] is None}
    assert looked_after == {child for child, code in status.items() if code == Code("case_status", "a")}
    assert on_plan - looked_after == {child for child, code in status.items() if code == Code("case_status", "b")}
    assert len(status) == len(in_need.rows)


def test_a_conference_that_made_a_plan_has_a_plan_in_list_7_from_the_same_day(listings: dict[str, Listing]) -> None:
    enquiries, plans = listings["section_47"], listings["child_protection_plans"]
    started = {(child, row.cells[column(plans, "started")]) for child, row in by_child(plans).items()}
    made = {
        (row.cells[0], row.cells[column(enquiries, "conference")]) for row in enquiries.rows
        if row.cells[column(enquiries, "made_plan")] == Code("yes_no", "a")
    }
    assert made
    # A plan is recorded some days after its conference, now and then.
    assert len(made - started) <= len(made) * 0.1


def test_counts_of_the_last_twelve_months_are_the_same_on_every_row_of_a_child(listings: dict[str, Listing]) -> None:
    for count in ("referrals_12m", "enquiries_12m", "conferences_12m"):
        listing = listings["referrals" if count == "referrals_12m" else "section_47"]
        seen: dict[object, object] = {}
        for row in listing.rows:
            value = row.cells[column(listing, count)]
            assert seen.setdefault(row.cells[0], value) == value
        assert max(seen.values()) > 0  # type: ignore[type-var, operator]


def test_nothing_in_an_extract_happened_after_it_was_run(listings: dict[str, Listing]) -> None:
    day = extract_date(LATEST)
    for listing in listings.values():
        fields = the_return(listing.return_name).edition_called(listing.edition).fields
        dates = [place for place, item in enumerate(fields) if item.kind == "date"]
        assert all(row.cells[place] is None or row.cells[place] <= day for row in listing.rows for place in dates)  # type: ignore[operator]


def test_an_event_missed_by_its_own_quarters_extract_is_in_the_next(sender: Sender) -> None:
    earlier, later = (
        {(row.cells[0], row.cells[5], row.cells[6]) for row in sender.listings(quarter)[2].rows}
        for quarter in extract_quarters(2)
    )
    previous = extract_quarters(2)[0]
    late = {event for event in later - earlier if previous.contains(event[1])}  # type: ignore[arg-type]
    assert 0 < len(late) < 40


# ---- spellings and faults -------------------------------------------------------------------------------------------


def test_every_spelling_is_read_as_the_code_it_stands_for(codes: CodeLists, listings: dict[str, Listing]) -> None:
    spellings = Spellings(codes)
    rows = [row for listing in listings.values() for row in listing.rows]
    used = {cell for row in rows for cell in row.cells if isinstance(cell, Code)}
    assert len(used) > 100
    for code in sorted(used):
        found = codes[code.list].match(spellings.published(code))
        assert found.code == code.code, spellings.published(code)
        for text in spellings.others(code):
            assert codes[code.list].match(text).group == found.group, text


def test_an_extract_is_as_untidy_as_real_ones_and_no_more(workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_name("List_6").to_python()[2:]
    cells = Counter(type(row[3]).__name__ for row in rows)
    assert cells["str"] > 0, "no date of birth was blank or written as text"
    assert cells["str"] < 0.05 * len(rows)
    assert {"#N/A"} < {row[12] for row in rows}
    assert any("\u00a0" in str(row[13]) for row in rows)


# ---- the command ----------------------------------------------------------------------------------------------------


def test_more_quarters_than_there_are_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Usage, match="1 to 16 quarters, not 17"):
        demo_command(Places(tmp_path), quarters=17)


def test_a_workbook_that_cannot_be_written_stops_the_demonstration_and_is_not_its_end() -> None:
    failed: Future[Extract] = Future()
    failed.set_exception(IndexError("nothing to choose from"))
    with pytest.raises(RuntimeError, match="could not be written"):
        list(Arriving([failed]))
    assert list(Arriving([])) == []
