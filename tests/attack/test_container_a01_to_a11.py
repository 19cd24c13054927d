"""Bad inputs A01 to A11: what a file is, before anything in it is believed. Each is refused with a sentence."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sent_files import example_rows, headers_of, ods, ods_row, with_parts, xls, xlsx

from pipelines.findings import CATALOGUE, finding, shown
from pipelines.opening import LARGEST, open_content, open_workbook
from pipelines.recognise import recognise
from pipelines.workbook import UnsafeFile, Workbook
from returns.places import PROJECT

SECRET = "Zebedee Nightingale"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A good List 1 as xlsx, with a name in it that no message may show."""
    rows = [headers_of("contacts"), *example_rows("contacts"), [SECRET, "", "", "", "", "", ""]]
    return xlsx(tmp_path / "contacts.xlsx", {"List_1": rows})


def refusal(path: Path, **given: str) -> str:
    """The code of the finding with which the file is refused."""
    with pytest.raises(UnsafeFile) as caught:
        open_workbook(path, **given)
    found = caught.value.finding
    assert found.severity == "block" and found.message and found.remedy
    assert SECRET not in f"{found.message}{found.remedy}{caught.value}"
    assert str(path.parent) not in found.message
    return found.code


def loads(path: Path, **given: str) -> Workbook:
    """The workbook, in which List 1 is recognised."""
    workbook = open_workbook(path, **given)
    assert [item.declared.name for item in recognise(workbook).sheets] == ["contacts"]
    return workbook


def test_a01_an_empty_file_is_refused(tmp_path: Path) -> None:
    for name in ("nothing.xlsx", "nothing.csv", "nothing"):
        path = tmp_path / name
        path.write_bytes(b"")
        assert refusal(path) == "file-empty"
    (tmp_path / "spaces.csv").write_bytes(b"  \r\n\r\n ")
    assert refusal(tmp_path / "spaces.csv") == "file-empty"


def test_a02_a_list_with_headers_only_is_recognised_and_has_no_rows(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "nil.xlsx", {"List_1": [headers_of("contacts")]})
    (sheet,) = recognise(loads(path)).sheets
    assert list(sheet.body()) == []


def test_a03_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    began = time.monotonic()
    assert refusal(path) == "file-too-large"
    assert time.monotonic() - began < 1
    with pytest.raises(UnsafeFile):
        open_content(b"x" * (LARGEST + 1), name="upload.csv")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"MZ\x90\x00" + b"\x00" * 200),
        ("a.csv", b"MZ\x90\x00" + b"\x00" * 200),
        ("a.xlsx", b"<!DOCTYPE html><html><table><tr><td>Child Unique ID</td></tr></table></html>"),
        ("a.csv", b"\xef\xbb\xbf  <HTML><body>Child Unique ID</body></HTML>"),
        ("a.xls", b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table></table></html>"),
        ("a.xls", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>"),
        ("a.xlsx", b"%PDF-1.7 ..."),
        ("a.csv", b"%PDF-1.7 ..."),
        ("a.csv", b"\x89PNG\r\n\x1a\n"),
        ("a.xlsx", b"Child Unique ID,Gender\n1,2\n"),
        ("a.csv", b"{\\rtf1 hello}"),
        ("a.ods", b"\x7fELF" + b"\x00" * 100),
        ("a.csv", b"\x1f\x8b\x08" + b"\x00" * 100),
    ],
)
def test_a04_content_that_its_name_denies_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == "file-type-disagrees"


def test_a04_noise_and_other_programs_documents_are_refused(tmp_path: Path, good: Path) -> None:
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 20)
    assert refusal(tmp_path / "noise.csv") == "file-type-unknown"
    with zipfile.ZipFile(tmp_path / "archive.xlsx", "w") as archive:
        archive.writestr("children.csv", SECRET)
    assert refusal(tmp_path / "archive.xlsx") == "file-type-unknown"
    letter = with_parts(good, {"xl/workbook.xml": None, "word/document.xml": b"<document/>"})
    assert refusal(letter) == "file-type-unknown"


def test_a04_a_real_workbook_under_another_kinds_name_is_refused_and_under_no_kinds_name_is_read(good: Path) -> None:
    assert refusal(good.rename(good.with_suffix(".csv"))) == "file-type-disagrees"
    loads(good.with_suffix(".csv").rename(good.with_suffix(".download")))


@pytest.mark.parametrize(
    ("types", "code"),
    [
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "file-with-macros"),
        (b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", "file-binary-workbook"),
    ],
)
@pytest.mark.parametrize("named", [".xlsx", ".xlsm", ".xlsb"])
def test_a05_workbooks_with_macros_and_binary_ones_are_refused_whatever_their_name(
    good: Path, types: bytes, code: str, named: str
) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    path = with_parts(good, {"[Content_Types].xml": lambda content: content.replace(plain, types)})
    assert refusal(path.rename(path.with_suffix(named))) == code
    assert "xlsx" in finding(code, file="x", found="").remedy


def test_a05_a_name_that_says_macros_is_enough(good: Path) -> None:
    assert refusal(good.rename(good.with_suffix(".xlsm"))) == "file-with-macros"


def test_a06_a_protected_workbook_is_asked_for_its_password_and_opens_with_it(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    monkeypatch.delenv("SCORECARD_FILE_PASSWORD", raising=False)
    locked = tmp_path / "locked.xlsx"
    with good.open("rb") as plain, locked.open("wb") as made:
        OOXMLFile(plain).encrypt("Owl and hedgehog 7", made)
    assert refusal(locked) == "file-password-needed"
    assert refusal(locked, password="guess") == "file-password-wrong"
    assert loads(locked, password="Owl and hedgehog 7").sha256 != loads(good).sha256
    monkeypatch.setenv("SCORECARD_FILE_PASSWORD", "Owl and hedgehog 7")
    loads(locked)


def test_a06_an_old_workbook_with_a_password_is_asked_for_it(tmp_path: Path) -> None:
    path = xls(tmp_path / "old.xls", {"List_1": [headers_of("contacts"), *example_rows("contacts")]})
    content = bytearray(path.read_bytes())
    # The first record after the workbook's BOF becomes FILEPASS, which is all that marks encryption.
    place = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    content[place: place + 2] = b"\x2f\x00"
    path.write_bytes(bytes(content))
    assert refusal(path) == "file-password-needed"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a07_a_workbook_cut_short_is_refused(good: Path, share: float) -> None:
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * share)])
    assert refusal(good) == "file-damaged"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a07_an_old_workbook_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = xls(tmp_path / "old.xls", {"List_1": [headers_of("contacts"), *example_rows("contacts", count=300)]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == "file-damaged"


def test_a07_a_part_that_does_not_match_its_checksum_is_refused(good: Path) -> None:
    content = bytearray(good.read_bytes())
    place = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[place] ^= 0xFF
    good.write_bytes(bytes(content))
    assert refusal(good) in {"file-damaged", "file-directory-lies"}


def test_a08_bombs_are_refused_before_they_are_unpacked(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.zip_check.MOST_UNPACKED", 15_000_000)  # or the test would pack 300 MB
    bombs = {
        "ratio": with_parts(_copy(good, tmp_path / "ratio.xlsx"), {"xl/big.xml": b"<a/>" + b" " * 12_000_000}),
        "total": _many(_copy(good, tmp_path / "total.xlsx"), parts=9, size=2_000_000),
        "entries": _many(_copy(good, tmp_path / "entries.xlsx"), parts=1_200, size=1),
    }
    for name, path in bombs.items():
        assert path.stat().st_size < LARGEST, name
        assert refusal(path) == "file-expands", name
    nested = with_parts(_copy(good, tmp_path / "nested.xlsx"), {"xl/media/image1.png": good.read_bytes()})
    assert refusal(nested) == "file-holds-archive"


def _copy(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes())
    return to


def _many(path: Path, *, parts: int, size: int) -> Path:
    # Not one byte over and over: each part packs 20 to 1, as a sheet does.
    content = (os.urandom(64) + b"<row/>" * 200) * (size // 1264 + 1)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/extra{number}.bin", content[:size])
    return path


def test_a08_a_directory_that_lies_about_a_size_is_found_out_before_anyone_believes_it(good: Path) -> None:
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/lie.xml", b"<a/>" + b" " * 3_000_000)
    content = bytearray(good.read_bytes())
    told = struct.pack("<L", 3_000_004)
    assert content.count(told) == 2
    good.write_bytes(bytes(content.replace(told, struct.pack("<L", 1_000))))
    assert refusal(good) == "file-directory-lies"


def test_a08_two_parts_of_one_name_or_sharing_bytes_or_leading_out_are_refused(tmp_path: Path, good: Path) -> None:
    twice = _copy(good, tmp_path / "twice.xlsx")
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refusal(twice) == "file-directory-lies"
    for number, name in enumerate(("../../out.xml", "/etc/passwd", "C:\\x.xml", "xl/" + "n" * 300)):
        path = _copy(good, tmp_path / f"names{number}.xlsx")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), b"<a/>")
        assert refusal(path) == "file-directory-lies", name
    shared = _copy(good, tmp_path / "shared.xlsx")
    content = bytearray(shared.read_bytes())
    entries = [place for place in range(len(content)) if content.startswith(b"PK\x01\x02", place)]
    content[entries[1] + 42: entries[1] + 46] = content[entries[0] + 42: entries[0] + 46]
    shared.write_bytes(bytes(content))
    assert refusal(shared) == "file-directory-lies"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml",
                                  "[Content_Types].xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>',
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b"<!-- innocent -->\n<!DOCTYPE r>",
    ],
)
def test_a09_a_document_type_in_any_part_is_refused(good: Path, part: str, declared: bytes) -> None:
    def declare(content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + declared, 1)

    assert refusal(with_parts(good, {part: declare})) == "file-has-dtd"


def test_a09_a_document_type_hidden_in_another_encoding_is_refused(good: Path) -> None:
    def encode(content: bytes) -> bytes:
        text = content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return text.replace("?>", "?><!DOCTYPE r>", 1).encode("utf-16")

    assert refusal(with_parts(good, {"xl/sharedStrings.xml": encode})) == "file-damaged"


def test_a09_the_guard_that_openpyxl_needs_is_installed_and_on() -> None:
    assert openpyxl.DEFUSEDXML is True


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "file-with-macros"),
        ("xl/macrosheets/sheet1.xml", "file-with-macros"),
        ("xl/activeX/activeX1.xml", "file-with-macros"),
        ("xl/embeddings/oleObject1.bin", "file-embedded-object"),
    ],
)
def test_a10_macros_controls_and_documents_inside_are_refused(good: Path, part: str, code: str) -> None:
    assert refusal(with_parts(good, {part: b"<a/>"})) == code


def test_a10_links_to_other_files_are_not_followed_and_are_said(good: Path) -> None:
    link = (b'<?xml version="1.0" encoding="UTF-8"?><Relationships><Relationship Id="r1" Type="x/image" '
            b'Target="http://example.invalid/x.png" TargetMode="External"/></Relationships>')
    path = with_parts(good, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/connections.xml": b"<c/>",
                             "xl/worksheets/_rels/sheet1.xml.rels": link})
    (said,) = loads(path).findings
    assert said.code == "file-external-links"
    assert "connections.xml, externalLinks, linked files" in said.message


@pytest.mark.parametrize(
    "name",
    ["../../x.csv", "C:\\x.csv", "evil\x00.csv", "n" * 300 + ".csv", "cod\u202evsc.exe.csv", "😀.csv",
     "<img onerror=alert(1)>.csv", "line\nbreak.csv", "lone\udc80.csv"],
)
def test_a11_a_hostile_name_changes_nothing_and_is_shown_harmless(name: str) -> None:
    workbook = open_content(b"Child Unique ID,Date of Contact,Contact Source\n1,01/02/2024,Police\n", name=name)
    assert [item.declared.name for item in recognise(workbook).sheets] == ["contacts"]
    said = shown(name)
    assert said.isprintable() and len(said) <= 600
    with pytest.raises(UnsafeFile) as caught:
        open_content(b"%PDF-1.4", name=name)
    caught.value.finding.message.encode("utf-8")
    assert "\u202e" not in caught.value.finding.message and "\x00" not in caught.value.finding.message


@pytest.mark.parametrize("path", ["no such file.xlsx", "evil\x00.csv", "n" * 300 + ".csv", "/", "/dev/null"])
def test_a11_a_path_that_leads_to_no_file_is_a_sentence(path: str) -> None:
    with pytest.raises(UnsafeFile) as caught:
        open_workbook(path)
    assert caught.value.finding.code in {"file-not-found", "file-not-readable"}
    assert not CATALOGUE[caught.value.finding.code].unsafe


def test_b11_an_ods_cell_repeated_a_million_times_is_not_read(tmp_path: Path) -> None:
    bomb = ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
            'table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>')
    assert refusal(ods(tmp_path / "bomb.ods", bomb)) == "file-expands"
    plain = "".join(ods_row(row) for row in [headers_of("contacts"), *example_rows("contacts")])
    loads(ods(tmp_path / "good.ods", plain))


@pytest.mark.timeout(400)
@pytest.mark.parametrize("kind", ["one string in every cell", "a cell at XFD1048576", "a million blank rows"])
def test_b11_a_small_file_that_asks_for_gigabytes_gets_none(tmp_path: Path, kind: str) -> None:
    """Run apart, with a ceiling on memory that the file would break."""
    path = _small_and_greedy(tmp_path / "greedy.xlsx", kind)
    assert path.stat().st_size < 12_000_000
    code = (
        "import sys, resource; from pipelines.opening import open_workbook; from pipelines.recognise import recognise\n"
        "import pandas\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))\n"
        "found = recognise(open_workbook(sys.argv[1]))\n"
        "print(len(found.sheets), [item.code for item in found.findings])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=PROJECT, capture_output=True, text=True, timeout=380
    )
    assert done.returncode == 0, done.stderr
    if kind == "a million blank rows":
        assert done.stdout.startswith("1 [")
    else:
        assert "sheet-too-large" in done.stdout


def _small_and_greedy(path: Path, kind: str) -> Path:
    xlsx(path, {"List_1": [headers_of("contacts"), *example_rows("contacts")]})
    if kind == "one string in every cell":
        cells = [[b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + column, row) for column in range(10)]
                 for row in range(1, 10_001)]
        rows = b"".join(b'<row r="%d">%s</row>' % (row, b"".join(cells[row - 1])) for row in range(1, 10_001))
        return with_parts(path, {
            "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>",
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>",
        })
    if kind == "a cell at XFD1048576":
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    else:
        blank = (b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(10, 1_048_577))
        far = b"".join(blank) + b"</sheetData>"
    return with_parts(path, {"xl/worksheets/sheet1.xml": lambda content: content.replace(b"</sheetData>", far)})


def test_what_is_refused_never_shows_as_a_traceback(good: Path) -> None:
    """Every byte of the directory flipped in turn: read, or refused with a finding, never anything else."""
    content = good.read_bytes()
    start = content.find(b"PK\x01\x02")
    for place in range(start, len(content), 11):
        spoilt = bytearray(content)
        spoilt[place] ^= 0x5A
        try:
            recognise(open_content(bytes(spoilt), name="spoilt.xlsx"))
        except UnsafeFile as refused:
            assert refused.finding.code in CATALOGUE
