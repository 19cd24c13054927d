"""What a file is, by its first bytes and never by its name, and whether the name agrees."""

from __future__ import annotations

from pathlib import PurePath

from pipelines.findings import finding
from pipelines.workbook import UnsafeFile

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# First bytes of what is sometimes sent by mistake or in bad faith, and what it is.
_NOT_TABLES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive (rar)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"BZh", "an archive (bzip2)"),
    (b"\xfd7zXZ", "an archive (xz)"),
    (b"SQLite format 3", "a database"),
    (b"#!", "a script"),
)

ARCHIVES = (ZIP, b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"\xfd7zXZ")

# The endings a name may have for each kind of content; a name without a known ending is taken as it is.
_ENDINGS: dict[str, frozenset[str]] = {
    "xlsx": frozenset({".xlsx", ".xltx"}),
    "xls": frozenset({".xls", ".xlt"}),
    "ods": frozenset({".ods"}),
    "text": frozenset({".csv", ".tsv", ".txt", ".tab"}),
}
_KNOWN_ENDINGS = frozenset(ending for endings in _ENDINGS.values() for ending in endings) | {".xlsm", ".xlsb"}
_SAID: dict[str, str] = {
    "xlsx": "an Excel workbook", "xls": "an old Excel workbook", "ods": "an OpenDocument spreadsheet", "text": "text",
}


def refuse_what_is_no_table(content: bytes, *, file: str) -> None:
    """Raises UnsafeFile for bytes that begin as a program, picture, document or page does."""
    found = next((said for first, said in _NOT_TABLES if content.startswith(first)), None) or _markup(content)
    if found is None:
        return
    ending = PurePath(file).suffix.lower()
    if ending in _KNOWN_ENDINGS:
        raise UnsafeFile(finding("file-type-disagrees", file=file, named=ending, found=found))
    raise UnsafeFile(finding("file-type-unknown", file=file, found=found))


def refuse_a_name_that_disagrees(kind: str, *, file: str) -> None:
    """Raises UnsafeFile when the name's ending is a known one and belongs to another kind of content."""
    ending = PurePath(file).suffix.lower()
    if ending == ".xlsm":
        raise UnsafeFile(finding("file-with-macros", file=file, found="its name ends in .xlsm"))
    if ending == ".xlsb":
        raise UnsafeFile(finding("file-binary-workbook", file=file))
    if ending in _KNOWN_ENDINGS and ending not in _ENDINGS[kind]:
        raise UnsafeFile(finding("file-type-disagrees", file=file, named=ending, found=_SAID[kind]))


def _markup(content: bytes) -> str | None:
    """What a page or XML document is called, or None for anything else."""
    start = content[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<?xml"):
        return "an XML document"
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<script", b"<table", b"<body", b"<svg", b"<!--")):
        return "a web page"
    return None
