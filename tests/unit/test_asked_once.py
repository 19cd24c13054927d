"""A header or spelling that nobody knows is asked about once: the answer holds for that agency's later files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import load, rows
from sent_files import headers_of, xlsx

from pipelines.file_report import FileReport
from pipelines.load import Options, Sending, check_files
from pipelines.questions import Question, questions
from pipelines.remembering import Unanswerable, answer, as_answers, find, remembered, withdraw
from pipelines.replay import rebuild
from returns.catalogue import the_return
from returns.periods import Period
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger

EXTRACT = date(2025, 9, 30)


def _referrals(path: Path, *, header: str = "Day it came in", source: str = "6", child: str = "1") -> Path:
    """List 3 with one row, the date of referral under a header that nobody knows."""
    fields = {field.header: field.name for field in the_return("referrals").edition.fields}
    row = {"child_id": child, "referred": date(2025, 8, 5), "source": source}
    headers = headers_of("referrals")
    shown = [header if fields[text] == "referred" else text for text in headers]
    return xlsx(path, {"List_3": [shown, [row.get(fields[text], "") for text in headers]]})


def _asked(data: Path, path: Path, *, agency: str | None = None) -> tuple[Question, ...]:
    seen: list[FileReport] = []
    about = (agency, Period.parse("2025-26-Q2"), EXTRACT)
    check_files(Places.of(data), [Sending(path, *about)], each=seen.append)
    return questions(seen[0], Places.of(data))


def _checked(data: Path, path: Path, options: Options | None = None) -> list[tuple[str, list[str]]]:
    report = check_files(
        Places.of(data), [Sending(path, None, Period.parse("2025-26-Q2"), EXTRACT)], options=options
    )
    return [(item.status, [found.code for found in item.findings]) for item in report.submissions]


def test_a_header_that_nobody_knows_is_asked_about_and_the_answer_holds_for_later_files(data, tmp_path):
    first = _referrals(tmp_path / "a.xlsx")
    assert _checked(data, first) == [("refused", ["column-missing"])]
    (asked,) = [each for each in _asked(data, first) if each.kind == "header"]
    assert (asked.asked, asked.about, asked.agency, asked.needed) == ("Day it came in", "referrals", "council", True)
    assert [choice.value for choice in asked.choices][-1] == ""
    assert "referred" in {choice.value for choice in asked.choices}

    given = as_answers([(asked, "referred")])
    ((status, codes),) = _checked(data, first, Options(headers=given.headers))
    assert (status, codes) == ("accepted", ["column-answered"]), "an answer can be tried before it is remembered"
    assert remembered(Places.of(data)) == ()

    assert answer(Places.of(data), [(asked, "referred")]) == 1
    assert answer(Places.of(data), [(asked, "referred")]) == 0, "the same answer is one line of the ledger"
    assert _checked(data, _referrals(tmp_path / "b.xlsx", header="DAY it  came in?")) == [
        ("accepted", ["column-answered"])
    ]
    assert [each for each in _asked(data, first) if each.kind == "header"] == []


def test_an_answer_is_that_agencys_alone(data, tmp_path):
    file = _referrals(tmp_path / "a.xlsx")
    (asked,) = [each for each in _asked(data, file) if each.kind == "header"]
    answer(Places.of(data), [(asked, "referred")])
    (still,) = [each for each in _asked(data, file, agency="police") if each.kind == "header"]
    assert still.agency == "police"


def test_an_answer_can_be_withdrawn_and_what_was_loaded_with_it_is_built_again_the_same(data, tmp_path):
    places = Places.of(data)
    file = _referrals(tmp_path / "a.xlsx")
    (asked,) = [each for each in _asked(data, file) if each.kind == "header"]
    answer(places, [(asked, "referred")])
    load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    counted = "SELECT child_id, referred FROM known.referrals"
    before = rows(data, counted)
    assert [day for _child, day in before] == [date(2025, 8, 5)]

    known = find(places, "council", kind="header", about="referrals", asked="day it came in")
    assert (known.means, known.as_json()["about"]) == ("referred", "referrals")
    withdraw(places, known, why="it is the day it was typed in")
    assert remembered(places) == ()
    assert _checked(data, file) == [("refused", ["column-missing"])]
    with pytest.raises(Unanswerable, match="Nothing is remembered"):
        withdraw(places, known, why="again")

    assert rebuild(places).differing == ()
    assert rows(data, counted) == before, "a submission is read again with the answers of its time"


def test_an_answer_is_given_with_the_load_and_remembered_with_it(data, tmp_path):
    places = Places.of(data)
    file = _referrals(tmp_path / "a.xlsx", source="CAFCASS")
    options = Options(
        answers={("source", "cafcass"): "Other legal agency"}, headers={("referrals", "day it came in"): "referred"}
    )
    from pipelines.load import load_files

    load_files(places, [Sending(file, None, Period.parse("2025-26-Q2"), EXTRACT)], options=options)
    assert [(each.kind, each.agency, each.about, each.asked, each.means) for each in remembered(places)] == [
        ("code", "council", "source", "cafcass", "Other legal agency"),
        ("header", "council", "referrals", "day it came in", "referred"),
    ]
    assert not store.behind(places, Ledger(places))
    later = load(data, _referrals(tmp_path / "b.xlsx", source="Cafcass", child="2"), period="2025-26-Q2",
                 extracted=EXTRACT)
    assert [item.status for item in later.submissions] == ["accepted"]
    assert rows(data, "SELECT DISTINCT source_group FROM known.referrals") == [("Other legal agency",)]


def test_an_unclear_spelling_is_asked_about_with_what_it_could_mean_first(data, tmp_path):
    file = _referrals(tmp_path / "a.xlsx", header=next(
        field.header for field in the_return("referrals").edition.fields if field.name == "referred"
    ), source="CAFCASS")
    (asked,) = [each for each in _asked(data, file) if each.kind == "code"]
    assert (asked.about, asked.key, asked.cells, asked.agency) == ("source", "cafcass", 1, "council")
    assert "Other legal agency" in [choice.value for choice in asked.choices[:2]]
    with pytest.raises(Unanswerable):
        answer(Places.of(data), [(asked, "A group of my own")])
    answer(Places.of(data), [(asked, "Other legal agency")])
    assert _checked(data, file)[0][0] == "accepted"
    assert [each for each in _asked(data, file) if each.kind == "code"] == []


def test_a_column_answered_as_none_of_ours_is_left_out_without_a_word(data, tmp_path):
    header = next(field.header for field in the_return("referrals").edition.fields if field.name == "referred")
    path = _referrals(tmp_path / "a.xlsx", header=header)
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.cell(1, sheet.max_column + 1, "Duty rota initials")
    book.save(path)
    assert "column-extra" in _checked(data, path)[0][1]
    given = Options(headers={("referrals", "duty rota initials"): ""})
    assert "column-extra" not in _checked(data, path, given)[0][1]


def test_an_answer_settles_which_of_two_columns_is_meant(data, tmp_path):
    header = next(field.header for field in the_return("referrals").edition.fields if field.name == "referred")
    path = _referrals(tmp_path / "a.xlsx", header=header)
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.cell(1, sheet.max_column + 1, "Referral date")
    book.save(path)
    assert _checked(data, path)[0] == ("refused", ["column-twice"])
    asked = {each.asked: each for each in _asked(data, path) if each.kind == "header"}
    assert set(asked) == {header.strip(), "Referral date"}
    given = as_answers([(asked["Referral date"], "")])
    assert _checked(data, path, Options(headers=given.headers))[0][0] == "accepted"
