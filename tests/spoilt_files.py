"""Good files spoilt in the ways that files are spoilt, for the fuzzer: by hand, by Excel, by a system, in bad faith.

A file is made of a good one (some returns' headers and rows of examples) and of `Spoil`s, each a small change
at a place that two numbers choose.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sent_files import example_rows, headers_of, ods, ods_row, with_parts, xls, xlsx

from returns.catalogue import all_returns, the_return

KINDS = ("xlsx", "xlsx", "xlsx", "xls", "ods", "csv")

# What is put into cells. Strings that start with = are written as formulas where the file can hold one.
CELLS: tuple[Any, ...] = (
    "", " ", "\u00a0", "Total", "Grand total: 12", "N/A", "#REF!", "#N/A", "[c]", "<5", "*", "..", "NaN", "inf", "1E5",
    "1e999", "TRUE", True, False, 0, -1, 1.5, 1e300, 10**17, 45874, 45874.75, 2958465, -693594, "01/02/2025",
    "31/06/2025", "29/02/2025", "2025-13-01", "1900-01-00", "5 Jan 25", "31/12/9999", "00/00/0000", "99/99/9999",
    "2025-08-05T25:61:61Z", "\u0660\u0661/\u0660\u0662/\u0662\u0660\u0662\u0665", "\u00b2/\u00b2/2025",
    date(2025, 8, 5), date(1900, 1, 1), datetime(2025, 8, 5, 23, 59, 59), time(12, 0), timedelta(hours=30), "00123",
    "1-2", "\u0661\u0662\u0663", "12%", "\u00a31,234", "\u22122", "\u00bd", "x'); drop table t;--", "]", '"', "%s%n",
    "{value}", "$submission_id", "\u202eabc", "a\u0000b", "_x0000_", "_xD800_", "line\nbreak", "tab\there",
    "\U0001f600" * 40, "w" * 32_000, "-" * 5_000, "1" * 5_000, "=TODAY()", "=1/0", "='[other.xlsx]S'!A1",
    "=cmd|' /C calc'!A0", "@SUM(1)", "EXAMPLE 1", "Child Unique ID", "Date of Contact", "CAFCASS", "a) Yes",
    "q) 6: Police", "Q1 24-25", "2024-25-Q9", "HR4 9AR", "943 476 5919", "<img src=x onerror=alert(1)>", "unborn",
    "-1 years", "999", "\ufeff", "\u200b", "e\u0301" * 9,
)


@dataclass
class Book:
    """A file to be: its sheets' rows, and what is done with it as a workbook or as bytes."""

    kind: str
    sheets: list[tuple[str, list[list[Any]]]]
    change: list[Callable[[Any, Any], None]] = field(default_factory=list)
    parts: list[tuple[str, Callable[[bytes], bytes | None]]] = field(default_factory=list)
    content: list[Callable[[bytes], bytes]] = field(default_factory=list)
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\r\n"

    def rows(self, place: int) -> list[list[Any]]:
        """The rows of the sheet at `place`, counted round."""
        return self.sheets[place % len(self.sheets)][1]


Change = Callable[[Book, int, int, Any], None]


@dataclass(frozen=True)
class Spoil:
    """One change: what, at which place, and with which cell."""

    what: str
    here: int
    there: int
    cell: Any

    def __call__(self, book: Book) -> None:
        CHANGES[self.what](book, self.here, self.there, self.cell)


def good_book(kind: str, names: list[str], count: int) -> Book:
    """A good file: a sheet of `count` rows for each of the returns. A table of text has room for one."""
    names = names[:1] if kind in ("csv", "ods") else names
    return Book(kind, [(the_return(name).sheet, _good_rows(name, count)) for name in names])


def _good_rows(name: str, count: int) -> list[list[Any]]:
    return [headers_of(name), *(list(row) for row in example_rows(name, count=count))]


# ---- what is done to the rows ---------------------------------------------------------------------------------------


def _cell(book: Book, here: int, there: int, cell: Any) -> None:
    rows = book.rows(here)
    row = rows[there % len(rows)] if rows else None
    if row:
        row[(here * 7 + there) % len(row)] = cell


def _cells_of_a_column(book: Book, here: int, there: int, cell: Any) -> None:
    for row in book.rows(here)[1:]:
        if row:
            row[there % len(row)] = cell


def _header(book: Book, here: int, there: int, cell: Any) -> None:
    rows = book.rows(here)
    if rows and rows[0]:
        rows[0][there % len(rows[0])] = cell


def _header_case(book: Book, here: int, there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    if rows:
        ways: tuple[Callable[[str], str], ...] = (
            str.upper, lambda text: f"  {text}\n", lambda text: text.replace(" ", "\u00a0"), lambda text: text + "?",
            lambda text: text.replace(" ", "_"), lambda text: text * 40,
        )
        rows[0] = [ways[there % len(ways)](cell) if isinstance(cell, str) else cell for cell in rows[0]]


def _blank_row(book: Book, here: int, there: int, cell: Any) -> None:
    rows = book.rows(here)
    rows[there % (len(rows) + 1): there % (len(rows) + 1)] = [[] if there % 2 else ["", " ", ""]] * (here % 4 + 1)


def _row_taken_out(book: Book, here: int, there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    if rows:
        del rows[there % len(rows)]


def _row_twice(book: Book, here: int, there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    if rows:
        rows.append(list(rows[there % len(rows)]))  # of the headers too: as printed pages have them


def _rows_many_times(book: Book, here: int, _there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    rows.extend(list(row) for row in rows[1:] * (here % 40))


def _rows_shuffled(book: Book, here: int, there: int, _cell_given: Any) -> None:
    random.Random(there).shuffle(book.rows(here))


def _row_cut(book: Book, here: int, there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    if rows:
        row = rows[there % len(rows)]
        del row[here % (len(row) + 1):]


def _row_longer(book: Book, here: int, there: int, cell: Any) -> None:
    rows = book.rows(here)
    if rows:
        rows[there % len(rows)] += [cell] * (here % 5 + 1)


def _column_taken_out(book: Book, here: int, there: int, _cell_given: Any) -> None:
    for row in book.rows(here):
        if row:
            del row[there % len(row)]


def _column_twice(book: Book, here: int, there: int, _cell_given: Any) -> None:
    for row in book.rows(here):
        if row:
            row.append(row[there % len(row)])


def _columns_turned(book: Book, here: int, there: int, _cell_given: Any) -> None:
    for row in book.rows(here):
        places = list(range(len(row)))
        random.Random(there).shuffle(places)
        row[:] = [row[place] for place in places]


def _blank_column(book: Book, here: int, there: int, cell: Any) -> None:
    for row in book.rows(here):
        row.insert(there % (len(row) + 1), "")


def _total_row(book: Book, here: int, there: int, _cell_given: Any) -> None:
    rows = book.rows(here)
    words = ("Total", "TOTAL:", "Grand Total", "Sub-total", "Count of children", "All children", len(rows) - 1)
    rows.append([""] * (there % 3) + [words[here % len(words)], len(rows)])


def _title_lines(book: Book, here: int, there: int, cell: Any) -> None:
    book.rows(here)[:0] = [["Prepared by", cell], []][: there % 3] * (there % 9 + 1)


def _table_beside(book: Book, here: int, there: int, cell: Any) -> None:
    for number, row in enumerate(book.rows(here)):
        row += ["", f"Month {number}" if there % 2 else "Gender", cell]


def _table_below(book: Book, here: int, there: int, cell: Any) -> None:
    rows = book.rows(here)
    if rows:
        rows += [[], list(rows[0])[: there % 6 + 1], [cell] * 3]


def _sheet_twice(book: Book, here: int, there: int, _cell_given: Any) -> None:
    name, rows = book.sheets[here % len(book.sheets)]
    copy = [list(row) for row in rows][: None if there % 2 else 1]
    book.sheets.append((f"{name[:20]} ({len(book.sheets)})", copy))


def _other_sheet(book: Book, here: int, there: int, cell: Any) -> None:
    book.sheets.insert(there % (len(book.sheets) + 1), (f"Guidance {len(book.sheets)}", [["Field", "Meaning"], [cell]]))


def _sheet_renamed(book: Book, here: int, there: int, _cell_given: Any) -> None:
    names = ("Sheet1", "List 3", "x'); drop table t;--", "<script>", "Ünïcødé", "=1+1", "😀")
    place = here % len(book.sheets)
    name = f"{names[there % len(names)]} {place}"
    if name.casefold() not in {each.casefold() for each, _ in book.sheets}:
        book.sheets[place] = (name, book.sheets[place][1])


# ---- what is done to the workbook -----------------------------------------------------------------------------------


def _merged(book: Book, here: int, there: int, _cell_given: Any) -> None:
    def merge(_book: Any, sheet: Any) -> None:
        sheet.merge_range(there % 6, here % 4, there % 6 + there % 3 + 1, here % 4 + here % 2, "merged")

    book.change.append(merge)


def _hidden(book: Book, here: int, there: int, _cell_given: Any) -> None:
    def hide(_book: Any, sheet: Any) -> None:
        sheet.set_row(there % 6, None, None, {"hidden": True})
        sheet.set_column(here % 4, here % 4, None, None, {"hidden": True})

    book.change.append(hide)


def _formula(book: Book, here: int, there: int, cell: Any) -> None:
    values = ("", 0, "#DIV/0!", 45874, "text", True)

    def write(_book: Any, sheet: Any) -> None:
        sheet.write_formula(there % 6, here % 8, "=TODAY()", None, values[(here + there) % len(values)])

    book.change.append(write)


def _far_cell(book: Book, here: int, there: int, _cell_given: Any) -> None:
    row, column = ((1_048_576, "XFD"), (1_048_576, "A"), (30, "XFD"), (3_000, "BH"), (20_000, "KN"))[there % 5]
    # Into the XML itself: XlsxWriter looks at every row between.
    far = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'.encode()
    book.parts.append((_SHEET, lambda content: content.replace(b"</sheetData>", far)))


def _remark(book: Book, here: int, there: int, _cell_given: Any) -> None:
    book.change.append(lambda _book, sheet: sheet.write_comment(there % 6, here % 6, "said by somebody"))


# ---- what is done to the parts and the bytes ------------------------------------------------------------------------

_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
# What is looked for in the XML, and what is put in its place.
_IN_XML: tuple[tuple[bytes, bytes], ...] = (
    (rb' r="[A-Z]+\d+"', b""), (rb' r="\d+"', b""), (rb' t="s"', b""), (rb' t="s"', b' t="e"'),
    (rb' t="s"', b' t="d"'), (rb' t="s"', b' t="inlineStr"'), (rb"<v>\d+</v>", b"<v>999999</v>"),
    (rb"<v>\d+</v>", b"<v>-1</v>"), (rb"<v>\d+</v>", b"<v>1e999</v>"), (rb"<v>\d+</v>", b"<v/>"), (rb"<v>", b"<v>NaN"),
    (rb' s="\d+"', b' s="99999"'), (rb"</row>", b""), (rb"<row ", b"<x:row "), (rb"<si>", b"<si><r><t>x</t></r>"),
    (rb"</si>", b""), (rb"UTF-8", b"latin-1"), (rb"\?>", b"?><!DOCTYPE r>"), (rb' r="(\d)"', rb' r="9\g<1>99999"'),
    (rb' r="A(\d)', rb' r="XFE\1'), (rb"<sheetData>", b""), (rb' r="[A-Z]+(\d+)"', rb' r="A\1"'),
    (rb"dimension ref=\"[^\"]+\"", b'dimension ref="A1:XFD1048576"'), (rb'name="([^"]{3})[^"]*"', rb'name="\1"'),
    (rb'r:id="rId\d+"', b'r:id="rId9"'), (rb"formatCode=\"[^\"]*\"", b'formatCode="\xff"'),
    (rb"Target=\"worksheets", b'Target="../../worksheets'), (rb"<workbookPr", b'<workbookPr date1904="1"'),
    (rb"&amp;|e", b"&#xD800;"), (rb"e", b"&#0;"), (rb"spreadsheetml.sheet.main", b"spreadsheetml.shoot.main"),
)


def _xml_changed(book: Book, here: int, there: int, _cell_given: Any) -> None:
    parts = (_SHEET, _SHEET, _SHEET, _STRINGS, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml",
             "xl/_rels/workbook.xml.rels")
    pattern, new = _IN_XML[there % len(_IN_XML)]
    count = (0, 1, 3)[here % 3]
    book.parts.append((parts[(here + there) % len(parts)], lambda content: re.sub(pattern, new, content, count=count)))


def _part_taken_out(book: Book, here: int, there: int, _cell_given: Any) -> None:
    names = (_SHEET, _STRINGS, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels",
             "xl/_rels/workbook.xml.rels", "docProps/app.xml", "xl/theme/theme1.xml")
    book.parts.append((names[there % len(names)], lambda _content: None))


def _part_added(book: Book, here: int, there: int, _cell_given: Any) -> None:
    names = (
        "xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml",
        "xl/media/image1.png", "xl/comments1.xml", "xl/worksheets/sheet99.xml", "mimetype", "../../x", "xl/big.xml",
    )
    what = (b"", b"<a/>", b"PK\x03\x04", b" " * 6_000_000, b"<!DOCTYPE x>", b"\xff\xfe<a/>")[here % 6]
    book.parts.append((names[there % len(names)], lambda _content: what))


def _bytes_flipped(book: Book, here: int, there: int, _cell_given: Any) -> None:
    def flip(content: bytes) -> bytes:
        spoilt = bytearray(content)
        # Half of them near the end, where a zip's directory and the middle of a short file are.
        reach = len(spoilt) if here % 2 else min(len(spoilt), 1_500)
        for number in range(here % 3 + 1):
            spoilt[-1 - (there * 7919 + number * 104_729) % reach] ^= (here + number) % 255 + 1
        return bytes(spoilt)

    book.content.append(flip)


def _cut_short(book: Book, here: int, there: int, _cell_given: Any) -> None:
    book.content.append(lambda content: content[: (there * 7919 + here) % (len(content) + 1)])


def _bytes_put_in(book: Book, here: int, there: int, _cell_given: Any) -> None:
    ways = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"PK\x05\x06", b"\r", b"=", b"\x00" * 600, b",\n" * 9_000)
    what = ways[here % len(ways)]

    def put_in(content: bytes) -> bytes:
        place = there * 7919 % (len(content) + 1) if here % 2 else 0
        return content[:place] + what + content[place:]

    book.content.append(put_in)


def _encoded(book: Book, here: int, there: int, _cell_given: Any) -> None:
    encodings = ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-7", "shift-jis", "utf-32")
    book.encoding = encodings[there % len(encodings)]
    book.separator = (",", ";", "\t", "|", "\x1f")[here % 5]
    book.line_end = ("\r\n", "\n", "\r", "\n\r")[(here + there) % 4]


CHANGES: dict[str, Change] = {
    made.__name__.lstrip("_").replace("_", " "): made
    for made in (
        _cell, _cells_of_a_column, _header, _header_case, _blank_row, _row_taken_out, _row_twice, _rows_many_times,
        _rows_shuffled, _row_cut, _row_longer, _column_taken_out, _column_twice, _columns_turned, _blank_column,
        _total_row, _title_lines, _table_beside, _table_below, _sheet_twice, _other_sheet, _sheet_renamed, _merged,
        _hidden, _formula, _far_cell, _remark, _xml_changed, _part_taken_out, _part_added, _bytes_flipped, _cut_short,
        _bytes_put_in, _encoded,
    )
}
# Those that leave the file one that can be read, so that most of what is drawn gets as far as its rows.
OF_ROWS = [name for name, made in CHANGES.items() if made.__code__.co_firstlineno < _merged.__code__.co_firstlineno]
OF_FILES = [name for name in CHANGES if name not in OF_ROWS]


def spoilt_book(chance: int, *, changes: int, rows: int) -> Book:
    """A file of one or two returns of `rows` rows with as many changes, all chosen by the number `chance`.

    Returns declared later are among them by themselves, and move what a number chooses.
    """
    choose = random.Random(chance)
    book = good_book(choose.choice(KINDS), choose.sample(sorted(all_returns()), choose.randint(1, 2)), rows)
    for _ in range(changes):
        what = choose.choice(choose.choice((OF_ROWS, OF_ROWS, OF_FILES)))
        Spoil(what, choose.randrange(10_000), choose.randrange(10_000), choose.choice(CELLS))(book)
    return book


# ---- writing it down ------------------------------------------------------------------------------------------------


def write_book(book: Book, path: Path) -> Path:
    """The file, spoilt, at the path with its kind's ending."""
    path = path.with_suffix(f".{book.kind}")
    _WRITERS[book.kind](book, path)
    if book.content:
        content = path.read_bytes()
        for spoil in book.content:
            content = spoil(content)
        path.write_bytes(content)
    return path


def _write_xlsx(book: Book, path: Path) -> None:
    sheets = {name: [[_for_excel(cell) for cell in row] for row in rows] for name, rows in book.sheets}

    def change(made: Any, first: Any) -> None:
        for row, cells in enumerate(book.sheets[0][1]):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith("="):
                    first.write_formula(row, column, cell, None, "" if len(cell) % 2 else 0)
        for each in book.change:
            each(made, first)

    _quietly(lambda: xlsx(path, sheets, change=change))
    for part, spoil in book.parts:
        with zipfile.ZipFile(path) as zipped:
            before = zipped.read(part) if part in zipped.namelist() else b""
        with_parts(path, {part: spoil(before)})


def _for_excel(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str):
        return re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff]", "", cell)
    return cell


def _write_xls(book: Book, path: Path) -> None:
    sheets = {
        re.sub(r"[\[\]:*?/\\']", "", name)[:31] or "x": [
            [_for_old_excel(cell) for cell in row[:200]] for row in rows[:5_000]
        ]
        for name, rows in book.sheets
    }
    xls(path, sheets)


def _for_old_excel(cell: Any) -> Any:
    cell = _for_excel(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) > 2**40:
        return float(cell)
    return cell[:32_000] if isinstance(cell, str) else cell


def _write_ods(book: Book, path: Path) -> None:
    from xml.sax.saxutils import escape

    name, rows = book.sheets[0]
    kept = [[cell if isinstance(cell, date) else escape(str(_for_excel(cell))) for cell in row] for row in rows]
    kept = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in kept]
    ods(path, "".join(map(ods_row, kept)), sheet=escape(name, {'"': "&quot;"}))


def _write_csv(book: Book, path: Path) -> None:
    lines = []
    for row in book.sheets[0][1]:
        texts = [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell) for cell in row]
        lines.append(book.separator.join(_quoted(text, book.separator) for text in texts))
    path.write_bytes((book.line_end.join(lines) + book.line_end).encode(book.encoding, "replace"))


def _quoted(text: str, separator: str) -> str:
    if separator in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _quietly(make: Callable[[], Any]) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # XlsxWriter warns of what a good workbook would not hold
        make()


_WRITERS: dict[str, Callable[[Book, Path], None]] = {
    "xlsx": _write_xlsx, "xls": _write_xls, "ods": _write_ods, "csv": _write_csv,
}
