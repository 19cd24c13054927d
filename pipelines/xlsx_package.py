"""What a zipped workbook holds besides cells: which program's it is, what it could run, where it points.

Macros, controls and documents inside a workbook are refused. Links to other files are never
followed; the cells show what was last saved, and that is said. Comments are not read.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from pipelines.findings import Finding, finding
from pipelines.second_look import look_at_sheet, string_lengths
from pipelines.workbook import FileKind, SheetLook, UnsafeFile
from pipelines.xml_parts import element, local, refuse_document_type
from pipelines.zip_check import Archive

_MACRO_PARTS = re.compile(r"(^|/)(vbaProject|vbaData|macrosheets/|activeX/|intlMacrosheets/)", re.I)
_ODS_MACRO_PARTS = re.compile(r"^(Basic|Scripts)/.*\.(xml|xlb|py|js|bsh)$")
_EMBEDDED_PARTS = re.compile(r"(^|/)embeddings/|^Object \d+/", re.I)
_LINK_PARTS = re.compile(r"(^|/)(externalLinks/|connections\.xml|queryTables/|webextensions/|customData/)", re.I)
_COMMENT_PARTS = re.compile(r"(^|/)(comments\d*\.xml|threadedComments/)", re.I)
_SPREADSHEET = b"spreadsheetml.sheet.main+xml"
_TEMPLATE = b"spreadsheetml.template.main+xml"


@dataclass(frozen=True)
class Package:
    """What the parts of an xlsx say. `looks` are by the sheet's name."""

    looks: dict[str, SheetLook]
    findings: tuple[Finding, ...]


@dataclass
class _Seen:
    sheets: dict[str, SheetLook] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    comments: bool = False


def zipped_kind(archive: Archive) -> FileKind:
    """`xlsx` or `ods`; raises UnsafeFile for macros, a binary workbook, another document or a plain archive."""
    file, names = archive.file, archive.names
    if "mimetype" in names and archive.part("mimetype").strip() == b"application/vnd.oasis.opendocument.spreadsheet":
        _refuse_parts(_ODS_MACRO_PARTS, "file-with-macros", archive)
        _refuse_parts(_EMBEDDED_PARTS, "file-embedded-object", archive)
        if b"encryption-data" in archive.part("META-INF/manifest.xml"):
            raise UnsafeFile(finding("file-password-needed", file=file))
        return "ods"
    types = archive.part("[Content_Types].xml")
    if not types:
        raise UnsafeFile(finding("file-type-unknown", file=file, found="an archive (zip)"))
    if b"sheet.binary.macroEnabled" in types or "xl/workbook.bin" in names:
        raise UnsafeFile(finding("file-binary-workbook", file=file))
    if b"macroEnabled" in types:
        raise UnsafeFile(finding("file-with-macros", file=file, found="a macro-enabled workbook"))
    if "xl/workbook.xml" not in names or not (_SPREADSHEET in types or _TEMPLATE in types):
        raise UnsafeFile(finding("file-type-unknown", file=file, found="a document of another program"))
    _refuse_parts(_MACRO_PARTS, "file-with-macros", archive)
    _refuse_parts(_EMBEDDED_PARTS, "file-embedded-object", archive)
    return "xlsx"


def read_package(archive: Archive) -> Package:
    """Every part of an xlsx, unpacked and looked at once; raises UnsafeFile for what is not safe."""
    strings = string_lengths(archive.part("xl/sharedStrings.xml"))
    names = _sheet_names(archive)
    recalculated = b'fullCalcOnLoad="1"' in archive.part("xl/workbook.xml")
    seen = _Seen()
    for part, content in archive.parts():
        if part.endswith((".xml", ".rels", ".vml")):
            refuse_document_type(content, part=part, file=archive.file)
        _note_links(part, content, seen)
        if part in names:
            seen.sheets[names[part]] = look_at_sheet(
                content, part=part, file=archive.file, strings=strings, recalculated=recalculated
            )
    return Package(seen.sheets, tuple(_said(seen, archive.file)))


def _refuse_parts(parts: re.Pattern[str], code: str, archive: Archive) -> None:
    found = next((name for name in archive.names if parts.search(name)), None)
    if found:
        raise UnsafeFile(finding(code, file=archive.file, found=found))


def _sheet_names(archive: Archive) -> dict[str, str]:
    """Each sheet's name by its part, as the workbook and its relationships say."""
    where = "xl/_rels/workbook.xml.rels"
    targets = {}
    for relation in element(archive.part(where) or b"<none/>", part=where, file=archive.file):
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    names = {}
    workbook = element(archive.part("xl/workbook.xml"), part="xl/workbook.xml", file=archive.file)
    for sheet in (item for item in workbook.iter() if local(item.tag) == "sheet"):
        related = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        names[targets.get(related, "")] = sheet.get("name", "")
    return names


def _note_links(part: str, content: bytes, seen: _Seen) -> None:
    if match := _LINK_PARTS.search(part):
        seen.linked.add(match[2].rstrip("/"))
    if _COMMENT_PARTS.search(part):
        seen.comments = True
    if part.endswith(".rels") and b"External" in content:
        for relation in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", content):
            # A hyperlink in a cell is text with an address; it fetches nothing by itself.
            if re.search(rb"TargetMode\s*=\s*[\"']External", relation) and b"/hyperlink" not in relation:
                seen.linked.add("linked files")


def _said(seen: _Seen, file: str) -> list[Finding]:
    said = []
    if seen.linked:
        said.append(finding("file-external-links", file=file, found=", ".join(sorted(seen.linked))))
    if seen.comments:
        said.append(finding("file-comments", file=file))
    return said
