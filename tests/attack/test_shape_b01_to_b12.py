"""Bad inputs B01 to B12: sheets that are not laid out as the template. Read as meant, or named; never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sent_files import example_rows, headers_of, ods, ods_row, with_parts, xls, xlsx

from pipelines.findings import CATALOGUE
from pipelines.opening import open_content, open_workbook
from pipelines.recognise import Recognised, Recognition, recognise
from pipelines.workbook import UnsafeFile

HEADERS = headers_of("contacts")
ROWS = example_rows("contacts")


def recognised(tmp_path: Path, rows: Any, **sheets: Any) -> Recognition:
    return recognise(open_workbook(xlsx(tmp_path / "sent.xlsx", {"List_1": rows, **sheets})))


def codes(found: Recognition) -> list[str]:
    return [item.code for item in found.findings]


def children(sheet: Recognised) -> list[tuple[int, Any]]:
    """The row numbers and children of a sheet's rows that are not blank."""
    place = sheet.columns[sheet.declared.key[0]]
    return [(number, row[place]) for number, row in sheet.body() if any(cell != "" for cell in row)]


def test_b01_ragged_rows_are_read_as_far_as_they_go() -> None:
    text = "Child Unique ID,Gender,Date of Contact,Contact Source\n1,F\n2,F,01/02/2024,Police,,,and more\n\n3"
    (sheet,) = recognise(open_content(text.encode(), name="contacts.csv")).sheets
    assert [(number, row) for number, row in sheet.body() if row] == [
        (2, ["1", "F"]), (3, ["2", "F", "01/02/2024", "Police"]), (5, ["3"])
    ]


@pytest.mark.parametrize("second", ["Date of Contact", "date  of contact?", "Contact Date"])
def test_b02_two_columns_that_claim_one_field_refuse_the_return(tmp_path: Path, second: str) -> None:
    found = recognised(tmp_path, [[*HEADERS, second], *[[*row, date(2024, 2, 1)] for row in ROWS]])
    assert found.sheets == ()
    (said,) = [item for item in found.findings if item.severity == "block"]
    assert (said.code, said.column) == ("column-twice", "Date of Contact")
    assert "(F)" in said.message and "(H)" in said.message
    assert [item.declared.name for item in found.refused] == ["contacts"]


def test_b02_a_column_that_two_fields_claim_refuses_the_return() -> None:
    """The declared patterns do not overlap, so the doubt is made here: a header that fits two of them."""
    from pipelines.headers import claims, header_row
    from returns.declaration import Field

    fields = [Field(name, name, "", "date", name, pattern=r"date of .*") for name in ("held", "due")]
    made = claims(fields, header_row(["Date of conference"]))
    assert made.unclear == {0: ("held", "due")} and made.columns == {} and not made.settled


@pytest.mark.parametrize("missing", ["Child Unique ID", "Date of Contact", "Contact Source"])
def test_b03_a_needed_column_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    place = HEADERS.index(missing)
    cut = [[cell for column, cell in enumerate(row) if column != place] for row in [HEADERS, *ROWS]]
    found = recognised(tmp_path, cut)
    assert found.sheets == ()
    assert [(item.code, item.column) for item in found.findings if item.severity == "block"] == [
        ("column-missing", missing)
    ]
    assert missing in next(item.remedy for item in found.findings if item.column == missing)


def test_b03_missing_extra_reordered_and_renamed_columns_are_read_and_said(tmp_path: Path) -> None:
    wanted = [
        "contact  source", "Date\u00a0of\nContact?", "Age", "CHILD_UNIQUE_ID", "Favourite colour", "Child\u2019s DOB",
    ]
    rows = [["q) 6: Police", date(2024, 2, 1), 4, "00123", "blue", date(2020, 1, 1)]]
    found = recognised(tmp_path, [wanted, *rows])
    (sheet,) = found.sheets
    assert sheet.columns == {"source": 0, "received": 1, "age": 2, "child_id": 3, "birth_month": 5}
    assert sheet.headers["received"] == "Date\u00a0of\nContact?"
    assert sheet.extra == ("Favourite colour",)
    assert {(item.code, item.column) for item in found.findings} == {
        ("column-extra", "Favourite colour"), ("column-absent", "Gender"), ("column-absent", "Ethnicity")
    }


@pytest.mark.parametrize(
    ("written", "name", "field"),
    [
        ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))", "children_looked_after", "uasc"),
        ("Child\u2019s Legal Status", "children_looked_after", "legal_status"),
        ("Date Ceased to be Looked After", "children_looked_after", "ceased"),
        ("LA in Touch", "care_leavers", "in_touch"),
        ("Was the child assessed as requiring LA children's social care support?", "assessments", "needs_support"),
        ("Is this a second or subsequent episode of being a Looked After Child within the last 12 months (Y/N)",
         "children_looked_after", "second_period"),
        ("Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
         "children_looked_after", "missing_12m"),
        ("Case Status", "children_in_need", "case_status"),
        ("Date of Referral", "referrals", "referred"),
        ("Unique identifier of the child", "contacts", "child_id"),
    ],
)
def test_b03_the_drift_of_headers_seen_in_real_extracts_is_known(written: str, name: str, field: str) -> None:
    from pipelines.headers import claims, header_row
    from returns.catalogue import the_return

    assert claims(the_return(name).edition.fields, header_row([written])).columns == {field: 0}


@pytest.mark.parametrize("above", [0, 1, 2, 5, 15])
def test_b04_the_header_row_is_found_under_title_lines_and_rows_keep_their_numbers(tmp_path: Path, above: int) -> None:
    titles = [["List 1: Contacts", "Date of extract", ""], ["Prepared by the data team", "", ""], [], ["", "", ""]]
    lines = (titles * 4)[:above]
    (sheet,) = recognised(tmp_path, [*lines, HEADERS, *ROWS]).sheets
    assert sheet.header_row == above + 1
    assert children(sheet) == [(above + 2 + place, f"{10000 + place}") for place in range(3)]


def test_b04_rows_keep_their_numbers_when_the_sheet_begins_lower_and_further_right(tmp_path: Path) -> None:
    """python-calamine leaves out what is empty above and to the left."""
    shifted = [[], [], [], [], *[["", "", *row] for row in [HEADERS, *ROWS]]]
    for path in (xlsx(tmp_path / "a.xlsx", {"x": shifted}), xls(tmp_path / "a.xls", {"x": shifted})):
        (sheet,) = recognise(open_workbook(path)).sheets
        assert (sheet.header_row, children(sheet)[0]) == (5, (6, "10000"))
        assert sheet.sheet.excel_column(sheet.columns["child_id"]) == "C"


def test_b05_merged_cells_below_the_header_are_said_and_a_merged_title_is_not(tmp_path: Path) -> None:
    rows = [["List 1: Contacts"], HEADERS, *ROWS]
    path = xlsx(tmp_path / "a.xlsx", {"List_1": rows}, change=lambda book, sheet: (
        sheet.merge_range("A1:G1", "List 1: Contacts"), sheet.merge_range("G3:G5", "q) 6: Police")))
    found = recognise(open_workbook(path))
    (said,) = found.findings
    assert said.code == "cells-merged" and "G3:G5" in said.message and "A1" not in said.message


def test_b06_blank_spacer_rows_and_columns_do_not_matter(tmp_path: Path) -> None:
    spaced = [[cell for part in row for cell in (part, "")] for row in [HEADERS, *ROWS]]
    rows = [spaced[0], [], spaced[1], [], [], spaced[2], spaced[3]]
    found = recognised(tmp_path, rows)
    (sheet,) = found.sheets
    assert children(sheet) == [(3, "10000"), (6, "10001"), (7, "10002")]
    assert codes(found) == []


def test_b07_a_header_repeated_down_the_page_is_not_read_as_a_child(tmp_path: Path) -> None:
    (sheet,) = recognised(tmp_path, [HEADERS, ROWS[0], HEADERS, ROWS[1]]).sheets
    assert children(sheet) == [(2, "10000"), (4, "10001")]


def test_b08_a_second_table_beside_or_below_is_left_out_and_said(tmp_path: Path) -> None:
    side = [["", "", "Month", "Contacts"], ["", "", "July", 40], ["", "", "August", 44], ["", "", "September", 50]]
    beside = recognised(tmp_path, [[*row, *other] for row, other in zip([HEADERS, *ROWS], side, strict=True)])
    assert codes(beside) == ["second-table"] and "columns J, K" in beside.findings[0].message
    assert beside.sheets[0].extra == ()
    below = recognised(tmp_path, [HEADERS, *ROWS, [], ["Gender", "Ethnicity", "Age", "Count"], ["F", "WBRI", 4, 12]])
    assert codes(below) == ["second-table"] and "from row 6" in below.findings[0].message
    assert children(below.sheets[0])[-1] == (4, "10002")


def test_b08_two_lists_side_by_side_are_not_taken_for_one_with_double_columns(tmp_path: Path) -> None:
    other = [headers_of("referrals"), *example_rows("referrals")]
    rows = [[*one, "", *two] for one, two in zip([HEADERS, *ROWS], other, strict=True)]
    found = recognised(tmp_path, rows)
    (sheet,) = found.sheets
    assert (sheet.declared.name, max(sheet.columns.values())) == ("contacts", len(HEADERS) - 1)
    assert codes(found) == ["second-table"] and "columns I, J, K" in found.findings[0].message


def test_b09_hidden_sheets_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.worksheets()[1].activate()
        sheet.hide()

    path = xlsx(tmp_path / "a.xlsx", {"List_1": [HEADERS, *ROWS], "Guidance": [["x"]]}, change=hide)
    found = recognise(open_workbook(path))
    assert len(children(found.sheets[0])) == 3
    assert {item.code: item.message for item in found.findings} == {
        "sheet-hidden": "The sheet List_1 is hidden. It was read.",
        "rows-hidden": "The sheet List_1 has 1 hidden or filtered rows (3). They were read and count.",
        "columns-hidden": "The sheet List_1 has hidden columns (B). They were read.",
    }


def test_b10_comments_and_the_authors_name_are_not_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"List_1": [HEADERS, *ROWS]}, change=lambda book, sheet: (
        sheet.write_comment("A2", "Zebedee rang about this", {"author": "Nightingale"}),
        book.set_properties({"author": "Nightingale"})))
    workbook = open_workbook(path)
    assert [item.code for item in workbook.findings] == ["file-comments"]
    assert "Zebedee" not in repr(workbook) + repr([sheet.rows for sheet in workbook.sheets])
    assert "Nightingale" not in repr(workbook)


@pytest.mark.parametrize(
    ("encoded", "first"),
    [
        (lambda text: text.encode("utf-8-sig"), "Zoë"),
        (lambda text: text.encode("utf-8"), "Zoë"),
        (lambda text: text.encode("cp1252"), "Zoë"),
        (lambda text: text.encode("utf-16"), "Zoë"),
        (lambda text: text.encode("utf-16-be"), "Zoë"),
        (lambda text: text.encode().replace(b",", b";"), "Zoë"),
        (lambda text: text.encode().replace(b",", b"\t"), "Zoë"),
        (lambda text: b"sep=;\r\n" + text.encode().replace(b",", b";"), "Zoë"),
        (lambda text: text.encode().replace(b"\n", b"\r\n", 1), "Zoë"),
        (lambda text: text.encode().replace(b"\n", b"\r"), "Zoë"),
        (lambda text: text.replace("Zoë", '"Zo""ë\n1"').encode(), 'Zo"ë\n1'),
        (lambda text: text.replace("Zoë", "Zo\x00ë").encode(), "Zoë"),
        (lambda text: text.replace("Zoë", '="007"').encode(), "007"),
    ],
)
def test_b12_text_is_read_however_it_was_encoded_and_separated(encoded: Any, first: str) -> None:
    text = "Child Unique ID,Date of Contact,Contact Source\nZoë,01/02/2024,Police\n2,02/02/2024,Police\n"
    (sheet,) = recognise(open_content(encoded(text), name="contacts.csv")).sheets
    rows = [row for _, row in sheet.body() if row]
    assert rows == [[first, "01/02/2024", "Police"], ["2", "02/02/2024", "Police"]]


def test_b12_what_cannot_be_decoded_whole_is_read_or_refused_and_never_raises() -> None:
    text = "Child Unique ID,Date of Contact,Contact Source\nA\ud800B,01/02/2024,Police\n"
    lone = text.encode("utf-16-le", "surrogatepass")
    workbook = open_content(b"\xff\xfe" + lone, name="contacts.csv")
    assert workbook.sheets[0].rows[1][0] == "AB" and [item.code for item in workbook.findings] == [
        "text-control-characters"
    ]
    with pytest.raises(UnsafeFile) as caught:
        open_content(b'Child Unique ID,Gender\n"never closed' + b"x" * 300_000, name="contacts.csv")
    assert caught.value.finding.code == "file-damaged"


def test_a_workbook_of_every_kind_says_the_same(tmp_path: Path) -> None:
    rows = [HEADERS, *ROWS]
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows).encode()
    (tmp_path / "d.csv").write_bytes(text)
    paths = [xlsx(tmp_path / "a.xlsx", {"L": rows}), xls(tmp_path / "b.xls", {"L": rows}),
             ods(tmp_path / "c.ods", "".join(ods_row(row) for row in rows)), tmp_path / "d.csv"]
    read = [recognise(open_workbook(path)).sheets[0] for path in paths]
    assert len({tuple(sheet.columns.items()) for sheet in read}) == 1
    assert len({tuple(children(sheet)) for sheet in read}) == 1
    dates = [[row[sheet.columns["received"]] for _, row in sheet.body()] for sheet in read]
    assert dates[0] == dates[1] == dates[2] == [date(2025, 8, 14)] * 3


@pytest.mark.parametrize("edition", ["2019", "2024"])
@pytest.mark.parametrize("titles", [0, 1])
@pytest.mark.parametrize("make", [xlsx, xls])
def test_both_editions_of_list_9_are_known_in_either_kind_of_workbook(
    tmp_path: Path, edition: str, titles: int, make: Any
) -> None:
    rows = [["List 9: Care leavers"]][:titles] + [headers_of("care_leavers", edition=edition)]
    path = tmp_path / f"list9.{make.__name__}"
    make(path, {"List 9": [*rows, *example_rows("care_leavers", edition=edition)]})
    found = recognise(open_workbook(path))
    (sheet,) = found.sheets
    assert (sheet.edition.name, sheet.header_row, codes(found)) == (edition, titles + 1, [])
    assert len(sheet.columns) == {"2019": 13, "2024": 17}[edition]
    assert [child for _, child in children(sheet)] == ["10000", "10001", "10002"]


def test_error_cells_and_formulas_never_calculated_are_told_from_blank_ones(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"List_1": [HEADERS, *ROWS]})

    def spoil(content: bytes) -> bytes:
        for address, cell in (
            (b"F2", b'<c r="F2" s="1"><f>TODAY()-3</f></c>'),
            (b"F3", b'<c r="F3" s="1" t="e"><f>A1/0</f><v>#DIV/0!</v></c>'),
            (b"F4", b'<c r="F4" s="1"><f>DATE(2025,8,14)</f><v>45883</v></c>'),
        ):
            start = content.index(b'<c r="' + address)
            content = content[:start] + cell + content[content.index(b"</c>", start) + 4:]
        return content

    workbook = open_workbook(with_parts(path, {"xl/worksheets/sheet1.xml": spoil}))
    look = workbook.sheets[0].look
    assert [(note.kind, note.row, note.column, note.text) for note in look.notes] == [
        ("not calculated", 2, 6, ""), ("error", 3, 6, "#DIV/0!")
    ]
    assert [row[5] for row in workbook.sheets[0].rows[1:]] == ["", "", date(2025, 8, 14)]


def test_formulas_written_by_a_program_and_never_calculated_are_named_though_they_show_a_zero(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"List_1": [HEADERS, *ROWS]},
                change=lambda book, sheet: sheet.write_formula("F2", "=TODAY()"))
    assert [(note.kind, note.row) for note in open_workbook(path).sheets[0].look.notes] == [("not calculated", 2)]


def test_error_cells_of_an_old_workbook_are_found(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("List_1")
    for column, text in enumerate(HEADERS):
        sheet.write(0, column, text)
    sheet.row(1).set_cell_error(5, 0x2A)
    sheet.write(1, 0, "1")
    sheet.row(1).hidden = True
    book.save(str(tmp_path / "a.xls"))
    look = open_workbook(tmp_path / "a.xls").sheets[0].look
    assert [(note.kind, note.row, note.column, note.text) for note in look.notes] == [("error", 2, 6, "#N/A")]
    assert look.hidden_rows == (2,)


def test_sheets_that_are_no_return_are_ignored_with_why_and_the_file_without_any_is_refused(tmp_path: Path) -> None:
    guidance = [["Field Heading", "Detailed Guidance"], ["Child Unique ID", "Unique identity number"]]
    found = recognised(tmp_path, [HEADERS, *ROWS], Guidance=guidance, Empty=[])
    assert [(item.sheet, item.why) for item in found.ignored] == [
        ("Guidance", "its columns are those of no return"), ("Empty", "it is empty")
    ]
    none = recognise(open_workbook(xlsx(tmp_path / "none.xlsx", {"Guidance": guidance})))
    assert codes(none) == ["no-return"] and CATALOGUE["no-return"].severity == "block"


def test_a_sheet_named_as_a_list_without_its_columns_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    found = recognised(tmp_path, [HEADERS, *ROWS], **{"List 3": [["12345", "F", "WBRI"], ["12346", "F", "WBRI"]]})
    assert [item.declared.name for item in found.sheets] == ["contacts"]
    assert [(item.code, item.sheet) for item in found.findings] == [("list-not-recognised", "List 3")]


def test_two_sheets_of_one_return_are_asked_about_unless_one_has_no_rows(tmp_path: Path) -> None:
    both = recognised(tmp_path, [HEADERS, *ROWS], Copy=[HEADERS, *ROWS])
    assert both.sheets == () and codes(both) == ["return-twice", "return-twice"]
    one = recognised(tmp_path, [HEADERS], Copy=[HEADERS, *ROWS])
    assert [item.sheet.name for item in one.sheets] == ["Copy"]
    assert one.ignored[0].why.endswith("again, without rows")


@pytest.mark.needs_shared
def test_the_dirty_extract_gives_all_eleven_lists(shared: Path) -> None:
    found = recognise(open_workbook(shared / "samples" / "annex_a" / "dirty_extract.xlsx"))
    assert [(item.sheet.name, item.header_row, len(children(item))) for item in found.sheets] == [
        ("List 1", 1, 5), ("List 2", 1, 5), ("List 3", 1, 6), ("List 4", 1, 5), ("List 5", 1, 5), ("List 6", 1, 5),
        ("List 7", 1, 7), ("List 8", 1, 5), ("List 9", 1, 6), ("List 10", 1, 5), ("List 11", 1, 5),
    ]
    assert codes(found) == []


@pytest.mark.needs_shared
def test_ofsteds_own_template_is_read_with_its_titles_tabs_and_empty_lists(shared: Path) -> None:
    found = recognise(open_workbook(shared / "samples" / "annex_a" / "ofsted_template_2019.xlsx"))
    assert [(item.header_row, len(children(item))) for item in found.sheets] == [
        (2, 5 if item.declared.name == "referrals" else 0) for item in found.sheets
    ]
    assert len(found.sheets) == 11 and len(found.ignored) == 4
    assert not [item for item in found.findings if item.severity == "block"]
