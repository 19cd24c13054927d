"""A table of text (csv, tsv and their kin) as rows of text: one decoding, one separator, said when it was a guess."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from pipelines.findings import Finding, finding
from pipelines.second_look import MOST_CELLS
from pipelines.workbook import Cell, Sheet, SheetLook, UnsafeFile

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_LINES = 30
_LONGEST_CELL = 200_000
_ROWS_AT_A_TIME = 50_000
MOST_ROWS = 1_048_576  # as many as a sheet of Excel's has
# Tab, line feed, carriage return and form feed are part of text files; the rest of the controls are not.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]|[\ud800-\udfff]")
# More control characters than this share of the file, and it is no text.
_BINARY_SHARE = 0.005
# ="00123" is how some systems keep Excel from taking the zeros off.
_AS_TEXT = re.compile(r'="([^"]*)"')


def read_text_table(content: bytes, *, file: str) -> tuple[Sheet, tuple[Finding, ...]]:
    """The file's one sheet and what was found in decoding it; raises UnsafeFile for what is no text."""
    text = _decoded(content, file=file)
    plain = _CONTROLS.sub("", text)
    controls = len(text) - len(plain)
    if controls > max(3, _BINARY_SHARE * len(text)):
        raise UnsafeFile(finding("file-type-unknown", file=file, found="neither a workbook nor plain text"))
    said = []
    if controls:
        text = plain
        said.append(finding("text-control-characters", file=file, count=controls))
    if not text.strip():
        raise UnsafeFile(finding("file-empty", file=file))
    rows = _rows(text, file=file)
    widest = max((len(row) for row in rows), default=0)
    if _is_too_large(rows, widest):
        too_large = f"over {len(rows) - 1:,} rows of up to {widest:,} columns"
        return Sheet(_sheet_name(file), [], look=SheetLook(too_large=too_large), unread=too_large), tuple(said)
    return Sheet(_sheet_name(file), rows), tuple(said)


def _sheet_name(file: str) -> str:
    return re.split(r"[/\\]", file)[-1].rpartition(".")[0] or file


def _decoded(content: bytes, *, file: str) -> str:
    """The text, by its byte-order mark, else UTF-16 where every other byte is zero, else UTF-8, else Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", errors="replace")
    sample = content[:4000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.6 * len(zeros):
            return content.decode(encoding, errors="replace")
    # Older systems write Windows-1252, in which almost any bytes are text.
    text = _decodes(content, "utf-8") or _decodes(content, "cp1252")
    if text is None:
        raise UnsafeFile(finding("file-type-unknown", file=file, found="neither a workbook nor plain text"))
    return text


def _decodes(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _rows(text: str, *, file: str) -> list[list[Cell]]:
    lines = io.StringIO(text, newline="")
    first = text.partition("\n")[0].strip("\r").strip('"')
    named = re.fullmatch(r"sep=(.)", first)
    separator = named[1] if named else _separator(text)
    if named:
        lines.readline()
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[Cell]] = []
    widest = 0
    reader = csv.reader(lines, delimiter=separator)
    try:
        # Some at a time: the rows of a file of line ends alone would take a gigabyte before they were counted.
        while some := list(islice(reader, _ROWS_AT_A_TIME)):
            rows.extend([*row] for row in some)
            widest = max(widest, max(map(len, some), default=0))
            if _is_too_large(rows, widest):
                break
    except csv.Error:
        why = "a quotation mark is never closed, or a cell is longer than any real one"
        raise UnsafeFile(finding("file-damaged", file=file, why=why)) from None
    if named:
        rows.insert(0, [])  # Excel counts the line that names the separator.
    if '="' in text:
        return [[_AS_TEXT.sub(r"\1", cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return rows


def _is_too_large(rows: list[list[Cell]], widest: int) -> bool:
    return len(rows) > MOST_ROWS or widest * len(rows) > MOST_CELLS


def _separator(text: str) -> str:
    """The separator by which most of the first lines fall into the same number of columns, the most columns first."""
    sample = "\n".join(text[:_LONGEST_CELL].splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", (0, 0)
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            width, lines = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            if (lines * (width - 1), width) > best_score:
                best, best_score = separator, (lines * (width - 1), width)
    return best
