"""How far the cells of an OpenDocument spreadsheet reach, before it is read.

A cell or row of an .ods may say that it is repeated a million times, and is then kept a
million times by whoever reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.second_look import MOST_CELLS, MOST_TEXT
from pipelines.workbook import SheetLook
from pipelines.xml_parts import elements, local, refuse_document_type
from pipelines.zip_check import Archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PART = "content.xml"


def look_at_open_document(archive: Archive) -> dict[str, SheetLook]:
    """A look at each sheet, by its name; raises UnsafeFile for a part that is not safe."""
    for part, content in archive.parts():
        if part.endswith((".xml", ".rdf")):
            refuse_document_type(content, part=part, file=archive.file)
    looks: dict[str, SheetLook] = {}
    row, right, bottom, text = 0, 0, 0, 0
    for item in elements(archive.part(_PART), "table-row", "table", holder="table", part=_PART, file=archive.file):
        if local(item.tag) == "table":
            too_large = bottom * right > MOST_CELLS or text > MOST_TEXT
            why = f"{bottom:,} rows by {right:,} columns, repeated cells included" if too_large else ""
            looks[_attribute(item, "name")] = SheetLook(too_large=why)
            row, right, bottom, text = 0, 0, 0, 0
            continue
        repeated = _times(item, "number-rows-repeated")
        width, characters = _filled_width(item)
        row += repeated
        if width:
            bottom, right = row, max(right, width)
            text += repeated * characters
    return looks


def _filled_width(row: Element) -> tuple[int, int]:
    """The last column of the row that holds something, counted from 1 (0 for none), and its characters."""
    column, last, characters = 0, 0, 0
    for cell in row:
        repeated = _times(cell, "number-columns-repeated")
        column += repeated
        if len(cell) or _attribute(cell, "value-type"):
            last = column
            characters += repeated * sum(len(text) for text in cell.itertext())
    return last, characters


def _times(item: Element, name: str) -> int:
    text = _attribute(item, name)
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def _attribute(item: Element, name: str) -> str:
    return next((value for key, value in item.attrib.items() if local(key) == name), "")
