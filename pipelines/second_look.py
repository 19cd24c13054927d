"""What a workbook's values do not show: error cells, formulas never calculated, hidden rows and columns.

The reader of values (python-calamine) gives an error cell as an empty one and keeps every
cell of the rectangle round those that are filled. So a sheet's XML is looked at first: a
cell far from the rest, which would make that rectangle huge, is found before it is read,
and the few rows with something to say are parsed (defusedxml; openpyxl takes 25 s for
100,000 rows). On a sheet with nothing to find this is a handful of searches over its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.workbook import CellNote, SheetLook, column_letters, column_number
from pipelines.xml_parts import element, elements, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# The rectangle of a sheet's filled cells that is read: 100,000 rows of the widest list. Reading costs about 75 bytes a
# cell, an empty one too, so that a small file can take no more than 300 MB by saying that a cell is far away.
MOST_CELLS = 4_000_000
# The text that repeated strings may grow to when each cell has its own copy.
MOST_TEXT = 300_000_000
_MOST_NOTES = 200_000
_SHORTEST_CELL = len('<c t="s"><v>0</v></c>')

# A cell that is not an ordinary one near the top left: column A to AN, row 1 to 99999, written as Excel writes
# it. Most sheets have none, so this one search clears them: 40 columns by 100,000 rows may be read.
_FAR = re.compile(rb'<c(?! r="(?:[A-Z]|A[A-N])\d{1,5}")[\s/>]')
# Two patterns that each begin with plain letters are searched for in half the time of one that begins with either.
_MAYBE_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_PREFIXED = re.compile(rb"<\w+:(?:c|row)[\s/>]")
_ODD = re.compile(rb'<c(?! r="[A-Z]{1,3}\d{1,7}")[\s/>]|<\w+:(?:c|row)[\s/>]')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_NOT_CALCULATED = re.compile(rb"</f></c>|</f><v></v>|</f><v ?/>|<f[^>]*/></c>")
_ZERO = re.compile(rb"</f><v>0</v>")
_HIDDEN = re.compile(rb"hidden=[\"'](?:1|true)")
_ERROR = re.compile(rb" t=[\"']e[\"']")
_ROOT = re.compile(rb"<(?:\w+:)?worksheet[^>]*>")
_STRING_CELL = re.compile(rb't="s"[^>]*>\s*<v>(\d{1,9})</v>')


@dataclass(frozen=True)
class StringLengths:
    """The lengths of the shared strings, and the longest: a cell of text holds a copy of one."""

    lengths: tuple[int, ...] = ()
    longest: int = 0


@dataclass
class _Extent:
    """The rectangle round the filled cells seen so far."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def add(self, row: int, column: int) -> None:
        self.top, self.left = min(self.top or row, row), min(self.left or column, column)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)

    @property
    def cells(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.bottom else 0


@dataclass
class _Look:
    notes: list[CellNote] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    extent: _Extent = field(default_factory=_Extent)
    row: int = 0


def string_lengths(content: bytes) -> StringLengths:
    """The lengths of a workbook's shared strings, a little over where they are formatted."""
    first = max(content.find(b"<si>"), 0)
    lengths = tuple(len(item) for item in content[first:].split(b"</si>")[:-1])
    return StringLengths(lengths, max(lengths, default=0))


def look_at_sheet(
    content: bytes, *, part: str, file: str, strings: StringLengths, recalculated: bool = False
) -> SheetLook:
    """What a sheet's XML shows besides values; `recalculated` is the mark of formulas still to be worked out."""
    look = _Look()
    far = _FAR.search(content) is not None or _is_prefixed(content)
    odd = far and _ODD.search(content) is not None
    found = elements(content, "row", "col", holder="sheetData", part=part, file=file) if odd else _rows_worth_parsing(
        content, recalculated=recalculated, part=part, file=file
    )
    for item in found:
        _see(item, look, recalculated=recalculated)
        if odd and look.extent.cells > MOST_CELLS:
            break
    extent = look.extent if odd else _extent(content) if far else _Extent()
    return SheetLook(
        notes=tuple(look.notes[:_MOST_NOTES]), hidden_rows=tuple(look.hidden_rows),
        hidden_columns=tuple(look.hidden_columns),
        too_large=_too_far(extent) or _too_much_text(content, strings),
    )


def _is_prefixed(content: bytes) -> bool:
    """Whether cells or rows are named with the prefix of a namespace, as no usual program does."""
    return _MAYBE_PREFIXED.search(content) is not None and _PREFIXED.search(content) is not None


def _extent(content: bytes) -> _Extent:
    extent = _Extent()
    for found in _FILLED.finditer(content):
        extent.add(int(found[2]), column_number(found[1].decode()))
    return extent


def _too_far(extent: _Extent) -> str:
    if extent.cells <= MOST_CELLS:
        return ""
    return f"filled cells as far as {column_letters(extent.right)}{extent.bottom} ({extent.cells:,} cells in all)"


def _too_much_text(content: bytes, strings: StringLengths) -> str:
    """A few long strings can each be repeated in a million cells; what that comes to, or nothing."""
    if strings.longest * (len(content) // _SHORTEST_CELL) <= MOST_TEXT:
        return ""
    if strings.longest * content.count(b't="s"') <= MOST_TEXT:
        return ""
    text = 0
    for found in _STRING_CELL.finditer(content):
        place = int(found[1])
        text += strings.lengths[place] if place < len(strings.lengths) else 0
        if text > MOST_TEXT:
            return f"over {MOST_TEXT:,} characters of repeated text"
    return ""


def _rows_worth_parsing(content: bytes, *, recalculated: bool, part: str, file: str) -> Iterator[Element]:
    """The hidden columns and the rows of an ordinary sheet that have something to say, parsed one at a time."""
    root = _ROOT.search(content)
    start = root[0] if root else b"<worksheet>"
    columns = content[: max(content.find(b"<sheetData"), 0)]
    if _HIDDEN.search(columns):
        head = columns[columns.find(b"<cols"): columns.find(b"</cols>") + 7]
        yield from element(start + head + b"</worksheet>", part=part, file=file).iter()
    # A plain search for a word is many times a pattern's speed, and on most sheets none of these is there.
    sought = [pattern for word, pattern in ((b't="e"', _ERROR), (b"hidden=", _HIDDEN)) if word in content]
    if b"><f" in content:
        sought += [_NOT_CALCULATED, _ZERO] if recalculated else [_NOT_CALCULATED]
    places = sorted(
        {content.rfind(b"<row", 0, found.start() + 4) for one in sought
         for found in islice(one.finditer(content, len(columns)), _MOST_NOTES)} - {-1}
    )
    for place in places:
        end = content.find(b">", place) + 1
        if content[end - 2: end] != b"/>":
            end = content.find(b"</row>", place) + 6
        yield element(start + content[place:end] + b"</worksheet>", part=part, file=file)[0]


def _see(item: Element, look: _Look, *, recalculated: bool) -> None:
    if local(item.tag) == "col":
        if item.get("hidden") in ("1", "true"):
            first, last = _whole(item.get("min")), min(_whole(item.get("max")), _whole(item.get("min")) + 1000)
            look.hidden_columns.extend(range(first, last + 1))
        return
    if local(item.tag) != "row":
        return
    look.row = _whole(item.get("r")) or look.row + 1
    if item.get("hidden") in ("1", "true"):
        look.hidden_rows.append(look.row)
    column = 0
    for cell in item:
        letters, digits = _split(cell.get("r") or "")
        column = column_number(letters) or column + 1
        row = digits or look.row
        parts = {local(part.tag): part for part in cell}
        if parts:
            _see_cell(cell, parts, row, column, look, recalculated=recalculated)


def _see_cell(
    cell: Element, parts: dict[str, Element], row: int, column: int, look: _Look, *, recalculated: bool
) -> None:
    value = (parts["v"].text or "") if "v" in parts else ""
    if value or "is" in parts:
        look.extent.add(row, column)
    if cell.get("t") == "e":
        look.notes.append(CellNote("error", row, column, value[:20]))
    elif "f" in parts and (not value or (recalculated and value == "0")) and cell.get("t") != "str":
        look.notes.append(CellNote("not calculated", row, column))


def _split(address: str) -> tuple[str, int]:
    letters = address.rstrip("0123456789")
    return letters, _whole(address[len(letters):])


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
