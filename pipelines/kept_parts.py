"""An xlsx with only what openpyxl can be trusted with: cells, their looks and sizes. What is left out is named.

Nothing that points outside the workbook, runs, or draws is handed on: so no picture is decoded, no link is kept and
no name or rule can hide the marks that are made in the copy.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable

from pipelines.zip_check import Archive

# Parts by what a person calls them; a part that is no sheet, style, text or theme is left out.
_LOST_PARTS: tuple[tuple[str, str, str], ...] = (
    (r"xl/charts/chart\d*\.xml|xl/charts/chartEx\d*\.xml", "chart", "charts"),
    (r"xl/chartsheets/[^/]*\.xml", "sheet that is a chart", "sheets that are charts"),
    (r"xl/media/.*", "picture", "pictures"),
    (r"xl/pivotTables/[^/]*\.xml", "pivot table", "pivot tables"),
    (r"xl/slicers/[^/]*\.xml", "slicer", "slicers"),
    (r"xl/timelines/[^/]*\.xml", "timeline", "timelines"),
    (r"xl/ctrlProps/[^/]*\.xml", "button or control", "buttons and controls"),
    (r"xl/externalLinks/[^/]*\.xml", "link to another workbook", "links to other workbooks"),
    (r"xl/queryTables/[^/]*\.xml|xl/connections\.xml", "data connection", "data connections"),
    (r"xl/tables/[^/]*\.xml", "range formatted as a table (kept as plain cells)",
     "ranges formatted as tables (kept as plain cells)"),
    (r"xl/(comments[^/]*|threadedComments/[^/]*)\.xml", "sheet's own comments", "sheets' own comments"),
    (r"_xmlsignatures/.*\.xml", "digital signature", "digital signatures"),
)

# What stands in a sheet besides its cells, by what it is called; counted where it is worth a number.
_LOST_IN_SHEETS: tuple[tuple[bytes, str, str], ...] = (
    (rb"<(?:\w+:)?f[ >/]", "formula (its last value is kept)", "formulas (their last values are kept)"),
    (rb"<(?:\w+:)?hyperlink\b", "link in a cell (its text is kept)", "links in cells (their text is kept)"),
    (rb"<(?:\w+:)?dataValidation\b", "drop-down list or rule for typing", "drop-down lists and rules for typing"),
    (rb"<(?:\w+:)?conditionalFormatting\b", "conditional format", "conditional formats"),
    (rb"<(?:\w+:)?sparkline\b", "sparkline", "sparklines"),
)
_LOST_IN_WORKBOOK: tuple[tuple[bytes, str, str], ...] = (
    (rb"<(?:\w+:)?definedName\b(?![^>]*_xlnm)", "named range", "named ranges"),
)

_KEPT_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|"
    r"xl/sharedStrings\.xml|xl/theme/[^/]*\.xml|xl/worksheets/[^/]*\.xml", re.I
)
_DROPPED_FROM_SHEETS = (
    "hyperlinks", "dataValidations", "conditionalFormatting", "extLst", "tableParts", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "customSheetViews",
    "scenarios", "protectedRanges", "customProperties", "smartTags",
)
_DROPPED_FROM_WORKBOOK = ("pivotCaches", "externalReferences", "definedNames", "extLst", "customWorkbookViews")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?/?>")
_KEPT_RELATIONSHIPS = re.compile(rb'Type="[^"]*/(?:officeDocument|worksheet|styles|sharedStrings|theme)"')
_IDENTIFIER = re.compile(rb'\bId="([^"]*)"')

Change = Callable[[bytes], bytes]


def kept(archive: Archive) -> bytes:
    """The zip with only the parts and elements that are handed on."""
    gone = _gone_sheets(archive.part("xl/_rels/workbook.xml.rels"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in archive.parts():
            if _KEPT_PARTS.fullmatch(name):
                parts.writestr(name, _changed(name, content, gone))
    return made.getvalue()


def _changed(name: str, content: bytes, gone: frozenset[bytes]) -> bytes:
    if name.endswith(".rels"):
        return _RELATIONSHIP.sub(
            lambda found: found[0] if _KEPT_RELATIONSHIPS.search(found[0]) else b"", content
        )
    if name.lower() == "xl/workbook.xml":
        content = _without(content, _DROPPED_FROM_WORKBOOK)
        return re.sub(
            rb'<(?:\w+:)?sheet\b[^>]*\bid="([^"]*)"[^>]*?/>',
            lambda found: b"" if found[1] in gone else found[0], content,
        )
    return _without(content, _DROPPED_FROM_SHEETS) if name.lower().startswith("xl/worksheets/") else content


def _gone_sheets(relationships: bytes) -> frozenset[bytes]:
    """The identifiers, in the workbook, of sheets that are no tables of cells."""
    gone = (found[0] for found in _RELATIONSHIP.finditer(relationships) if not _KEPT_RELATIONSHIPS.search(found[0]))
    return frozenset(match[1] for text in gone if (match := _IDENTIFIER.search(text)))


def _without(content: bytes, names: Iterable[str]) -> bytes:
    """The XML without the elements of these names. Each byte is passed over once a name, whatever is in it."""
    for name in names:
        tag = name.encode()
        if tag not in content:
            continue
        opening = re.compile(rb"<((?:\w+:)?)" + tag + rb"(?:\s[^>]*)?>")
        left, start = [], 0
        while found := opening.search(content, start):
            left.append(content[start: found.start()])
            start = found.end()
            if not found[0].endswith(b"/>"):
                closing = b"</" + found[1] + tag + b">"
                end = content.find(closing, start)
                start = len(content) if end < 0 else end + len(closing)
        content = b"".join((*left, content[start:]))
    return content


def left_out(archive: Archive) -> tuple[str, ...]:
    """What of the workbook is not handed on, in words with its number: `2 charts`, `1 pivot table`."""
    counts: dict[tuple[str, str], int] = {}
    for name, content in archive.parts():
        for pattern, one, more in _LOST_PARTS:
            if re.fullmatch(pattern, name):
                counts[one, more] = counts.get((one, more), 0) + 1
        inside = (
            _LOST_IN_SHEETS if name.startswith("xl/worksheets/") and name.endswith(".xml")
            else _LOST_IN_WORKBOOK if name == "xl/workbook.xml" else ()
        )
        for tag, one, more in inside:
            found = sum(1 for _match in re.finditer(tag, content))
            if found:
                counts[one, more] = counts.get((one, more), 0) + found
    order = [pair[1:] for pair in (*_LOST_PARTS, *_LOST_IN_SHEETS, *_LOST_IN_WORKBOOK)]
    said = sorted(counts.items(), key=lambda pair: order.index(pair[0]))
    return tuple(f"{count:,} {one if count == 1 else more}" for (one, more), count in said)
