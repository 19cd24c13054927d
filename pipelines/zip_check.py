"""The parts of a zipped workbook, each checked before it is believed.

A workbook is a zip of XML. Nothing here trusts what the zip says of itself: every part is
unpacked once, against a limit, and must be as long as its directory entry says and have its
checksum. After that the same bytes can be handed to a reader that does trust the directory.
Source of the cases: OWASP ASVS 5.0, V5 (file handling).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipelines.file_types import ARCHIVES, ZIP
from pipelines.findings import finding
from pipelines.workbook import UnsafeFile

MOST_PARTS = 1_000
MOST_UNPACKED = 300 * 1024 * 1024
# Sheets of blank formatted rows pack about 100 to 1; nothing real that is large packs better.
MOST_RATIO = 250
_RATIO_COUNTS_FROM = 5 * 1024 * 1024
_LONGEST_NAME = 200
_WORTH_A_THREAD = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8


@dataclass(frozen=True)
class Archive:
    """A zip whose directory has been checked; `parts()` unpacks."""

    content: bytes
    file: str
    entries: tuple[zipfile.ZipInfo, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names in the order of the directory."""
        return tuple(entry.filename for entry in self.entries)

    def part(self, name: str) -> bytes:
        """One part unpacked and checked; empty when there is none of that name."""
        entry = next((entry for entry in self.entries if entry.filename == name), None)
        return b"" if entry is None else _unpacked(self, entry)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every part's name and checked content, one at a time, so that at most two are in memory.

        While one is looked at, a thread unpacks the next: that needs no Python.
        """
        if sum(entry.file_size for entry in self.entries) < _WORTH_A_THREAD:
            yield from ((entry.filename, _unpacked(self, entry)) for entry in self.entries)
            return
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(_unpacked, self, self.entries[0])
            for entry, following in zip(self.entries, (*self.entries[1:], None), strict=True):
                content = coming.result()
                if following is not None:
                    coming = ahead.submit(_unpacked, self, following)
                yield entry.filename, content


def open_archive(content: bytes, *, file: str) -> Archive:
    """The zip's directory, checked; raises UnsafeFile for a bomb, a lie, an archive inside or a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as directory:
            entries = tuple(directory.infolist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, struct.error, OSError):
        raise UnsafeFile(finding("file-damaged", file=file, why="its list of parts is missing or cut short")) from None
    if len(entries) > MOST_PARTS:
        raise UnsafeFile(finding("file-expands", file=file, why=f"{len(entries):,} parts; the most is {MOST_PARTS:,}"))
    _check_names(entries, file=file)
    _check_sizes(entries, file=file)
    _check_places(entries, len(content), file=file)
    return Archive(content, file, entries)


def _lies(file: str, why: str) -> UnsafeFile:
    return UnsafeFile(finding("file-directory-lies", file=file, why=why))


def _check_names(entries: tuple[zipfile.ZipInfo, ...], *, file: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if len(name) > _LONGEST_NAME or re.search(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:|\\|[\x00-\x1f]", name):
            raise _lies(file, "a part's name leads out of the file")
        if name.casefold() in seen:
            raise _lies(file, f"the part {name} is there twice")
        seen.add(name.casefold())


def _check_sizes(entries: tuple[zipfile.ZipInfo, ...], *, file: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED:
        raise UnsafeFile(finding(
            "file-expands", file=file,
            why=f"{total / 1e6:,.0f} MB; the most is {MOST_UNPACKED / 1e6:,.0f} MB",
        ))
    for entry in entries:
        if entry.file_size > max(_RATIO_COUNTS_FROM, MOST_RATIO * entry.compress_size):
            raise UnsafeFile(finding(
                "file-expands", file=file,
                why=f"{entry.file_size / max(entry.compress_size, 1):,.0f} times the size of its part {entry.filename}",
            ))


def _check_places(entries: tuple[zipfile.ZipInfo, ...], size: int, *, file: str) -> None:
    """Parts must not share bytes: that is how a small file is made to unpack to petabytes."""
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise _lies(file, "two parts share the same bytes")
        reached = entry.header_offset + _LOCAL_HEADER.size + len(entry.orig_filename.encode()) + entry.compress_size
    if reached > size:
        raise UnsafeFile(finding("file-damaged", file=file, why="its last part is cut short"))


def _unpacked(archive: Archive, entry: zipfile.ZipInfo) -> bytes:
    """The part's bytes; raises UnsafeFile unless they are as many as the directory says, with the checksum it says."""
    packed = _packed(archive, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than promised is enough to know that the promise is broken.
            content = unpacker.decompress(packed, entry.file_size + 1)
        except zlib.error:
            raise UnsafeFile(finding("file-damaged", file=archive.file, why="a part cannot be unpacked")) from None
    else:
        raise _lies(archive.file, f"the part {entry.filename} is packed in a way that workbooks are not")
    if len(content) != entry.file_size:
        raise _lies(archive.file, f"the part {entry.filename} is not {entry.file_size:,} bytes long")
    if zlib.crc32(content) != entry.CRC:
        raise UnsafeFile(finding("file-damaged", file=archive.file, why="a part does not match its checksum"))
    if content.startswith(ARCHIVES):
        raise UnsafeFile(finding("file-holds-archive", file=archive.file, found=entry.filename))
    return content


def _packed(archive: Archive, entry: zipfile.ZipInfo) -> bytes:
    """The part's bytes as packed, found by its own header, which must agree with the directory."""
    header = archive.content[entry.header_offset: entry.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(ZIP):
        raise _lies(archive.file, f"the part {entry.filename} is not where the list says")
    _, _, flags, method, _, _, _, packed_size, size, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start = entry.header_offset + _LOCAL_HEADER.size
    name = archive.content[start: start + name_length]
    if (flags | entry.flag_bits) & _ENCRYPTED:
        raise _lies(archive.file, f"the part {entry.filename} is encrypted on its own")
    if name not in (entry.orig_filename.encode("utf-8"), entry.orig_filename.encode("cp437", "replace")):
        raise _lies(archive.file, f"the part {entry.filename} calls itself something else")
    large = 0xFFFFFFFF
    told = not flags & _SIZES_FOLLOW and large not in (size, packed_size)
    if method != entry.compress_type or (told and (size, packed_size) != (entry.file_size, entry.compress_size)):
        raise _lies(archive.file, f"the part {entry.filename} and the list differ about its size")
    start += name_length + extra_length
    return archive.content[start: start + entry.compress_size]
