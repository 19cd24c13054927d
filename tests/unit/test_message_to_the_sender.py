"""The message to the sender: its exact words, in the singular and the plural, and nothing in it about a child."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loading import annex_a

from pipelines.asks import asks, rows_in_words
from pipelines.file_report import FileReport
from pipelines.findings import CATALOGUE
from pipelines.load import Sending, check_files
from pipelines.message import message, reply_by
from pipelines.sender_words import FOR_US, WORDS, in_number
from returns.periods import Period
from returns.places import Places

EXTRACT, BY = date(2025, 9, 30), date(2025, 11, 28)


def report_of(data: Path, path: Path, *, agency: str | None = None, nil: tuple[str, ...] = ()) -> FileReport:
    """The file as checked for the quarter to September 2025."""
    seen: list[FileReport] = []
    sending = Sending(path, agency, Period.parse("2025-26-Q2"), EXTRACT, frozenset(nil))
    check_files(Places.of(data), [sending], each=seen.append)
    return seen[0]


def referrals(count: int, **wrong: dict[int, Any]) -> list[dict[str, Any]]:
    """Good rows of List 3, child by child; `wrong` gives some cells of a field, by place from 0."""
    rows: list[dict[str, Any]] = [
        {"child_id": f"7{number:05d}", "referred": date(2025, 8, 5), "source": "6"} for number in range(count)
    ]
    for name, cells in wrong.items():
        for place, cell in cells.items():
            rows[place][name] = cell
    return rows


def test_the_message_says_what_was_used_what_is_wrong_where_and_by_when(data, tmp_path):
    rows = referrals(
        20, referred=dict.fromkeys((10, 13, 16, 17, 18), "soon"), child_id={5: ""},
        source={1: "Skool", 2: "Skool", 3: "CAFCASS"},
    )
    report = report_of(data, annex_a(tmp_path / "q2.xlsx", referrals=rows))
    assert message(report, by=BY, copied=True) == (
        "Dear colleagues at Herefordshire Council,\n"
        "\n"
        "Thank you for the file “q2.xlsx”: List 3: Referrals, July to September 2025.\n"
        "\n"
        "We can use 14 of its 20 rows. 6 rows are kept aside until they are corrected.\n"
        "\n"
        "What needs to be put right, the most important first:\n"
        "1. 1 cell in the column “Child Unique ID” is empty, and the row cannot be counted without it: row 7. "
        "Please fill it in.\n"
        "2. 5 cells in the column “Date of referral” cannot be read as dates: rows 12, 15, 18 and 2 more. "
        "Please write each as day/month/year, as in 31/12/2025.\n"
        "3. 2 cells in the column “Referral Source” have words or codes that are not in the published list: "
        "rows 3 and 4. All say “Skool”. Please use the published codes, or tell us what they mean.\n"
        "4. 1 cell in the column “Referral Source” could mean more than one thing: row 5. It says “CAFCASS”. "
        "Please tell us once which is meant.\n"
        "\n"
        "Each cell is marked, with a note, in the copy of your workbook that comes with this message.\n"
        "\n"
        "Please put these right in your own records and send the whole file again by Friday 28 November 2025. "
        "It takes the place of this one.\n"
        "\n"
        "Thank you.\n"
        "\n"
        "Herefordshire Safeguarding Children Partnership\n"
    )
    alone = message(report, by=BY)
    assert "rows 12, 15, 18, 19 and 20." in alone and "marked" not in alone


def test_a_file_with_nothing_wrong_is_thanked_for(data, tmp_path):
    report = report_of(data, annex_a(tmp_path / "q2.xlsx", referrals=referrals(1)))
    assert message(report, by=BY) == (
        "Dear colleagues at Herefordshire Council,\n\n"
        "Thank you for the file “q2.xlsx”: List 3: Referrals, July to September 2025.\n\n"
        "We can use its one row.\n\n"
        "There is nothing you need to do.\n\n"
        "Thank you.\n\nHerefordshire Safeguarding Children Partnership\n"
    )


def test_a_file_that_was_not_opened_is_asked_for_again_without_our_own_words_for_it(data, tmp_path):
    bad = tmp_path / "q2.xlsx"
    bad.write_bytes(b"MZ" + b"\0" * 100)
    assert message(report_of(data, bad), by=BY) == (
        "Dear colleagues,\n\n"
        "Thank you for the file “q2.xlsx”.\n\n"
        "We could not take it, for the reason below.\n\n"
        "What needs to be put right:\n"
        "1. The file is not what its name says it is, so we have not opened it. Please tell us what it is, and send "
        "the workbook itself.\n\n"
        "Please send the file again by Friday 28 November 2025.\n\n"
        "Thank you.\n\nHerefordshire Safeguarding Children Partnership\n"
    )


def test_several_sheets_are_named_and_one_that_was_refused_is_told_apart(data, tmp_path):
    contacts = [{"child_id": "1", "received": date(2025, 8, 5), "source": "6"}]
    file = annex_a(tmp_path / "q2.xlsx", referrals=referrals(2, referred={1: "31/06/2025"}), contacts=contacts,
                   early_help=[])
    said = message(report_of(data, file), by=BY)
    assert "List 3: Referrals, List 1: Contacts and List 2: Early help, July to September 2025." in said
    assert "We can use 2 of its 3 rows. 1 row is kept aside until it is corrected." in said
    assert "We could not take List 2: Early help, for the reason below." in said
    assert "On the sheet List_3, 1 cell in the column “Date of referral” says a day that does not exist" in said
    assert said.index("List_2") < said.index("On the sheet List_3"), "what stops a return comes first"


def test_no_cell_of_a_personal_column_is_in_the_message_even_from_a_row_that_slipped_a_column(data, tmp_path):
    rows = referrals(
        3, birth_month={0: "Kateryna Okonkwo"}, source={0: "Okonkwo", 1: "07700 900123", 2: "k.okonkwo@example.test"},
        referred={0: "Kateryna"}, sex={0: "14 Orchard Lane"},
    )
    report = report_of(data, annex_a(tmp_path / "q2.xlsx", referrals=rows))
    assert {found.code for found in report.findings} >= {"code-unknown", "date-unreadable"}
    said = message(report, by=BY)
    for private in ("Okonkwo", "Kateryna", "Orchard", "07700", "@", "700000"):
        assert private not in said
    assert "“Referral Source”" in said


def test_what_only_the_analyst_can_do_is_not_asked_of_the_sender(data, tmp_path):
    figures = [{"indicator": "cp_started", "covers": "2025-26-Q2", "numerator": 412}]
    report = report_of(data, annex_a(tmp_path / "a.xlsx", aggregate=figures))
    ours = [ask for ask in asks(report) if not ask.of_sender]
    assert [ask.code for ask in ours] == ["agency-needed"]
    assert "--agency" in ours[0].please
    assert "--agency" not in message(report, by=BY)


def test_a_nil_return_is_thanked_for(data):
    seen: list[FileReport] = []
    sending = Sending(None, None, Period.parse("2025-26-Q2"), None, frozenset({"early_help"}))
    check_files(Places.of(data), [sending], each=seen.append)
    assert [found.code for found in seen[0].findings] == ["nil-recorded"]
    said = message(seen[0], by=BY)
    assert "Thank you for telling us that you had nothing to report: List 2: Early help, July to September" in said
    assert "There is nothing you need to do." in said


def test_demonstration_data_is_labelled(data, tmp_path):
    report = report_of(data, annex_a(tmp_path / "q2.xlsx", referrals=referrals(1)))
    made_up = FileReport(report.received, report.submissions, demonstration=True)
    assert message(made_up, by=BY).startswith("DEMONSTRATION DATA: made up, about nobody.\n\nDear colleagues")


def test_rows_are_named_a_few_at_a_time():
    assert rows_in_words((), 3) == ""
    assert rows_in_words((12,), 3) == "row 12"
    assert rows_in_words((12, 15), 3) == "rows 12 and 15"
    assert rows_in_words((12, 15, 18, 21), 3) == "rows 12, 15, 18 and 21"
    assert rows_in_words((12, 15, 18, 21, 24), 3) == "rows 12, 15, 18 and 2 more"


def test_a_reply_is_asked_for_five_working_days_on(data):
    assert reply_by(Places.of(data), date(2025, 12, 23)) == date(2026, 1, 2), "Christmas, Boxing Day, New Year's Day"


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_kind_of_finding_has_words_for_the_sender_or_is_ours_alone(code):
    assert (code in WORDS) != (code in FOR_US), f"say in sender_words.py what the sender is told of {code}"


@pytest.mark.parametrize("code", sorted(WORDS))
def test_what_a_sender_is_told_reads_in_the_singular_and_the_plural_and_without_our_jargon(code):
    words = WORDS[code]
    for count in (1, 2):
        said = f"{words.said(count, sheet='List_3', columns=['Age'])} {words.asked(count)}"
        assert not set("[]{}/") & set(said.replace("day/month/year", "").replace("31/12/2025", "")), said
        for jargon in ("--", "parse", "null", "field", "string", "valid", "error code", "hash", "schema"):
            assert jargon not in said.lower(), said
    assert words.please.startswith("Please ") and words.please.endswith(".")


def test_a_choice_of_words_follows_the_number():
    assert in_number("{count} [row is/rows are] kept", 1) == "{count} row is kept"
    assert in_number("{count} [row is/rows are] kept", 0) == "{count} rows are kept"
