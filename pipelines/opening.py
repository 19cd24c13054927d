"""Opening a file that somebody sent: safe or refused, then every sheet's cells with their addresses.

What a file is comes from its content; what it is called only has to agree. Nothing in it
runs, nothing it points to is fetched, and it is checked against every limit before it is
unpacked or parsed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from pipelines.file_types import OLE, ZIP, refuse_a_name_that_disagrees, refuse_what_is_no_table
from pipelines.findings import Finding, finding
from pipelines.workbook import FileKind, Sheet, SheetLook, UnsafeFile, Workbook

LARGEST = 25 * 1024 * 1024


def open_workbook(
    path: str | Path, *, password: str | None = None, name: str | None = None, importing: bool = True
) -> Workbook:
    """The workbook or table of text at `path`; raises UnsafeFile, whose finding says why it is refused.

    `name` is what the sender called the file, where it is kept under another name. The
    password may also be given in SCORECARD_FILE_PASSWORD. `importing` lets a thread import meanwhile what comes after.
    """
    file = name or os.path.basename(str(path)) or str(path)
    return open_content(_content(path, file=file), name=file, password=password, importing=importing)


def open_content(content: bytes, *, name: str, password: str | None = None, importing: bool = True) -> Workbook:
    """As open_workbook, of bytes that were received another way (an upload)."""
    from pipelines.reading_sheets import import_what_comes_after

    _check_size(len(content), file=name)
    if importing:
        import_what_comes_after(content)
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    if content.startswith(OLE):
        kind, sheets, findings = _open_ole(content, file=name, password=password)
    elif content.startswith(ZIP):
        kind, sheets, findings = _open_zip(content, file=name)
    else:
        kind, sheets, findings = _open_text(content, file=name)
    return Workbook(name, sha256, size, kind, sheets, findings)


_Opened = tuple[FileKind, tuple[Sheet, ...], tuple[Finding, ...]]


def _content(path: str | Path, *, file: str) -> bytes:
    try:
        # A pipe or a device has no end: only an ordinary file is read, and its size is known first.
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise UnsafeFile(finding("file-not-readable", file=file, why="it is a folder or a device, not a file"))
        _check_size(about.st_size, file=file)
        with open(path, "rb") as opened:
            return opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnsafeFile(finding("file-not-found", file=file)) from None
    except (OSError, ValueError) as error:
        why = "no file has such a name"
        if isinstance(error, OSError):
            why = (error.strerror or "the disk refuses").lower()
        raise UnsafeFile(finding("file-not-readable", file=file, why=why)) from None


def _check_size(size: int, *, file: str) -> None:
    if size == 0:
        raise UnsafeFile(finding("file-empty", file=file))
    if size > LARGEST:
        limit = LARGEST // (1024 * 1024)
        raise UnsafeFile(finding("file-too-large", file=file, megabytes=f"{size / (1024 * 1024):,.1f}", limit=limit))


def _open_ole(content: bytes, *, file: str, password: str | None) -> _Opened:
    from pipelines.old_excel import look_at_old_workbook, refuse_what_is_no_old_workbook
    from pipelines.passwords import is_protected, without_password
    from pipelines.reading_sheets import read_sheets

    if is_protected(content, file=file):
        inside = without_password(content, file=file, password=password)
        if not inside.startswith(ZIP):
            raise UnsafeFile(finding("file-damaged", file=file, why="what it protects is not a workbook"))
        return _open_zip(inside, file=file)
    refuse_what_is_no_old_workbook(content, file=file)
    refuse_a_name_that_disagrees("xls", file=file)
    try:
        looks = look_at_old_workbook(content, file=file)
    except UnsafeFile as refused:
        if refused.finding.code != "file-password-needed":
            raise
        content = without_password(content, file=file, password=password)
        looks = look_at_old_workbook(content, file=file)
    by_place: dict[str | int, SheetLook] = dict(enumerate(looks))
    _refuse_what_is_read_whole(by_place, file=file)
    return "xls", read_sheets(content, by_place, file=file), ()


def _open_zip(content: bytes, *, file: str) -> _Opened:
    from pipelines.open_document import look_at_open_document
    from pipelines.reading_sheets import read_sheets
    from pipelines.xlsx_package import read_package, zipped_kind
    from pipelines.zip_check import open_archive

    archive = open_archive(content, file=file)
    kind = zipped_kind(archive)
    refuse_a_name_that_disagrees(kind, file=file)
    looks: dict[str | int, SheetLook] = {}
    if kind == "ods":
        looks.update(look_at_open_document(archive))
        _refuse_what_is_read_whole(looks, file=file)
        return kind, read_sheets(content, looks, file=file), ()
    package = read_package(archive)
    looks.update(package.looks)
    return kind, read_sheets(content, looks, file=file), package.findings


def _refuse_what_is_read_whole(looks: Mapping[str | int, SheetLook], *, file: str) -> None:
    """Raises UnsafeFile for a sheet that is too large, in the kinds of workbook whose sheets are all read at once."""
    for look in looks.values():
        if look.too_large:
            raise UnsafeFile(finding("file-expands", file=file, why=look.too_large))


def _open_text(content: bytes, *, file: str) -> _Opened:
    from pipelines.text_tables import read_text_table

    refuse_what_is_no_table(content, file=file)
    refuse_a_name_that_disagrees("text", file=file)
    sheet, said = read_text_table(content, file=file)
    return "text", (sheet,), said
