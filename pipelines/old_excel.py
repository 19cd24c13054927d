"""A look at an old Excel workbook (.xls) before it is read: what it is, how far its cells reach, what they do not show.

Source: [MS-XLS], Excel Binary File Format, sections 2.4 (records) and 2.5.293 (strings).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

import olefile

from pipelines.findings import finding
from pipelines.second_look import MOST_CELLS, MOST_TEXT
from pipelines.workbook import CellNote, SheetLook, UnsafeFile, column_letters

_FORMULA, _EOF, _FILEPASS, _CONTINUE, _COLINFO, _BOUNDSHEET = 0x06, 0x0A, 0x2F, 0x3C, 0x7D, 0x85
_MULRK, _RSTRING, _SST, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _ROW, _RK = (
    0xBD, 0xD6, 0xFC, 0xFD, 0x203, 0x204, 0x205, 0x208, 0x27E,
)
_FILLED = frozenset({_FORMULA, _MULRK, _RSTRING, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK})
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MACRO_SHEETS = frozenset({1, 6})


@dataclass
class _Look:
    right: int = 0
    bottom: int = 0
    text: int = 0
    notes: list[CellNote] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def streams(content: bytes, *, file: str) -> frozenset[str]:
    """The names of what an OLE file holds, joined by `/`; raises UnsafeFile when it is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return frozenset("/".join(parts) for parts in ole.listdir())
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        raise UnsafeFile(finding("file-damaged", file=file, why="its list of parts cannot be read")) from None


def refuse_what_is_no_old_workbook(content: bytes, *, file: str) -> None:
    """Raises UnsafeFile for another program's document, for macros and for documents inside the workbook."""
    names = streams(content, file=file)
    if not names & {"Workbook", "Book"}:
        found = "a Word document" if "WordDocument" in names else "a document of another program"
        raise UnsafeFile(finding("file-type-disagrees", file=file, named="a workbook", found=found))
    if macros := next((name for name in sorted(names) if name.startswith(("_VBA_PROJECT", "Macros/"))), None):
        raise UnsafeFile(finding("file-with-macros", file=file, found=macros.partition("/")[0]))
    if embedded := next((name for name in sorted(names) if name.startswith(("MBD", "Ole", "\x01Ole10"))), None):
        raise UnsafeFile(finding("file-embedded-object", file=file, found=embedded.partition("/")[0]))


def look_at_old_workbook(content: bytes, *, file: str) -> tuple[SheetLook, ...]:
    """A look at each sheet in the workbook's order; raises UnsafeFile when it is encrypted, damaged or has macros."""
    book = _book(content, file=file)
    sheets: list[int] = []
    strings: list[bytes] = []
    for kind, payload in _records(book, 0, file=file):
        if kind == _FILEPASS:
            raise UnsafeFile(finding("file-password-needed", file=file))
        if kind == _BOUNDSHEET and len(payload) > 5:
            if payload[5] in _MACRO_SHEETS:
                raise UnsafeFile(finding("file-with-macros", file=file, found="a macro sheet"))
            sheets.append(int.from_bytes(payload[:4], "little"))
        if kind == _SST or (kind == _CONTINUE and strings):
            strings.append(payload)
        elif strings and kind != _CONTINUE:
            strings.append(b"")  # What continues after this is no string.
    lengths = _string_lengths([part for part in strings if part])
    return tuple(_look_at_sheet(book, start, lengths, file=file) for start in sheets)


def _book(content: bytes, *, file: str) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            book: bytes = ole.openstream(name).read()
            return book
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        raise UnsafeFile(finding("file-damaged", file=file, why="its list of parts cannot be read")) from None


def _records(book: bytes, start: int, *, file: str) -> Iterator[tuple[int, bytes]]:
    """The records from `start` to the end of their sheet."""
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        if kind == _EOF:
            return
        yield kind, book[start + 4: start + 4 + length]
        start += 4 + length
    raise UnsafeFile(finding("file-damaged", file=file, why="a sheet has no end"))


def _look_at_sheet(book: bytes, start: int, lengths: list[int], *, file: str) -> SheetLook:
    look = _Look()
    for kind, payload in _records(book, start, file=file):
        if kind in _FILLED and len(payload) >= 6:
            _see_cell(kind, payload, look, lengths)
        elif kind == _ROW and len(payload) >= 14 and payload[12] & 0x20:
            look.hidden_rows.append(int.from_bytes(payload[:2], "little") + 1)
        elif kind == _COLINFO and len(payload) >= 10 and payload[8] & 0x01:
            first, last = struct.unpack_from("<HH", payload)
            look.hidden_columns.extend(range(first + 1, min(last, 255) + 2))
    too_large = ""
    if look.right * look.bottom > MOST_CELLS or look.text > MOST_TEXT:
        too_large = f"filled cells as far as {column_letters(look.right)}{look.bottom}, or very long repeated text"
    return SheetLook(tuple(look.notes), tuple(look.hidden_rows), tuple(look.hidden_columns), too_large)


def _see_cell(kind: int, payload: bytes, look: _Look, lengths: list[int]) -> None:
    row, column = struct.unpack_from("<HH", payload)
    last = int.from_bytes(payload[-2:], "little") if kind == _MULRK else column
    look.bottom, look.right = max(look.bottom, row + 1), max(look.right, last + 1)
    if kind == _LABELSST and len(payload) >= 10:
        place = int.from_bytes(payload[6:10], "little")
        look.text += lengths[place] if place < len(lengths) else 0
    error = None
    if kind == _BOOLERR and len(payload) >= 8 and payload[7]:
        error = payload[6]
    elif kind == _FORMULA and len(payload) >= 14 and payload[12:14] == b"\xff\xff" and payload[6] == 2:
        error = payload[8]
    if error is not None:
        look.notes.append(CellNote("error", row + 1, column + 1, _ERRORS.get(error, "#ERROR")))


def _string_lengths(parts: list[bytes]) -> list[int]:
    """The length of each shared string. A string that runs into the next record says again how it is written."""
    if not parts or len(parts[0]) < 8:
        return []
    data = b"".join(parts)
    ends = list(accumulate(len(part) for part in parts))
    lengths: list[int] = []
    position, place = 8, 0
    while position + 3 <= len(data):
        count, flags = int.from_bytes(data[position: position + 2], "little"), data[position + 2]
        position += 3
        runs = int.from_bytes(data[position: position + 2], "little") * 4 if flags & 8 else 0
        position += 2 if flags & 8 else 0
        extra = int.from_bytes(data[position: position + 4], "little") if flags & 4 else 0
        position += 4 if flags & 4 else 0
        lengths.append(count)
        while count > 0 and position < len(data):
            while ends[place] <= position:
                place += 1
            taken = min(count, max((ends[place] - position) // (2 if flags & 1 else 1), 1))
            position += taken * (2 if flags & 1 else 1)
            count -= taken
            if count and position < len(data):
                flags = data[position]
                position += 1
        position += runs + extra
    return lengths
