"""Reading a file of published statistics: what it is, and its cells as text.

Two kinds are known by their header. Explore Education Statistics: the time and place columns, then
filters and indicators, whatever they are. The Local Authority Interactive Tool's extract: one row a
measure, authority and year. Every value is read as text first, because a symbol may stand in its place.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pyarrow import Table

MOST_BYTES = 300 * 1024 * 1024
"""The largest file read, unpacked. The largest published one is about 30 MB."""

SYMBOLS = {
    "c": "c", "k": "k", "low": "low", "u": "u", "x": "x", "z": "z",
    # As the Department wrote before 2021, and as LAIT and an empty cell say that there is nothing.
    ":": "x", "..": "x", "-": "x", "": "x", ".": "z", "~": "low",
}

PLACE_COLUMNS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "old_la_code", "new_la_code", "la_name",
)
LAIT_COLUMNS = ("measure_short", "period", "la_name", "value", "la_number", "region")
# A period of these kinds is a whole year, and its identifier says nothing more.
YEARLY = ("reporting year", "calendar year", "financial year", "academic year", "tax year")

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_KNOWN_BY = frozenset(PLACE_COLUMNS) - {"time_identifier", "country_name", "region_name"}


class PublishedRefused(Exception):
    """The file cannot be used; the message is a sentence for the analyst and quotes no cell.

    `unsafe` asks for exit code 4.
    """

    def __init__(self, sentence: str, *, unsafe: bool = False) -> None:
        super().__init__(sentence)
        self.unsafe = unsafe


@dataclass(frozen=True)
class PublishedTable:
    """A file that was recognised. `cells` holds its rows as text, in columns named as the file names them."""

    file: str
    kind: Literal["ees", "lait"]
    source: str
    sha256: str
    content: bytes
    cells: Table
    indicators: tuple[str, ...]
    filters: tuple[str, ...]


def read_published(path: Path) -> PublishedTable:
    """The file's cells as text, and which kind it is; raises PublishedRefused with a sentence."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        content = path.read_bytes()
    except OSError:
        raise PublishedRefused(f"{path.name} cannot be read. Is it there, and may you open it?") from None
    return table_of(path.name, content)


def table_of(file: str, content: bytes) -> PublishedTable:
    """As read_published, for a file already in hand."""
    text = _as_utf8(file, _unpacked(file, content))
    names = _header(file, text)
    sha256 = hashlib.sha256(content).hexdigest()
    if set(LAIT_COLUMNS) <= set(names):
        cells = _cells(file, text, names)
        _holds_figures(file, cells, "value")
        return PublishedTable(file, "lait", "LAIT", sha256, content, cells, ("value",), ())
    if not set(names) >= _KNOWN_BY:
        raise PublishedRefused(
            f"{file} is not a file of published statistics that this program knows. It reads data files of Explore "
            "education statistics (with the columns time_period, geographic_level, new_la_code …) and the extract of "
            "the Local Authority Interactive Tool (measure_short, period, la_number, value …). "
            "Download the data file itself."
        )
    cells = _cells(file, text, names)
    indicators, filters = _kinds_of_columns(file, cells)
    return PublishedTable(file, "ees", _source(file), sha256, content, cells, indicators, filters)


def _source(file: str) -> str:
    """The file's name without its ending: the source by which its figures are known."""
    stem = re.sub(r"\.(csv|gz)$", "", re.sub(r"\.gz$", "", file, flags=re.IGNORECASE), flags=re.IGNORECASE)
    return re.sub(r"[^\w .()+-]", "_", stem)[:120]


def _unpacked(file: str, content: bytes) -> bytes:
    from pipelines.file_types import refuse_what_is_no_table
    from pipelines.workbook import UnsafeFile

    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            raise PublishedRefused(f"{file} is a gzip file that is broken off or damaged. Download it again.") from None
    if len(content) > MOST_BYTES:
        raise _too_large(file)
    try:
        refuse_what_is_no_table(content, file="")
    except UnsafeFile:
        raise PublishedRefused(
            f"{file} is not a text file of published statistics. Download the data file (csv) itself.", unsafe=True
        ) from None
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\x00" in content[:4096]:
        raise PublishedRefused(f"{file} is a workbook or an archive. Download the data file as csv.", unsafe=False)
    return content


def _too_large(file: str) -> PublishedRefused:
    return PublishedRefused(
        f"{file} unpacks to more than {MOST_BYTES // 1024 // 1024} MB, which no published file does.", unsafe=True
    )


def _as_utf8(file: str, content: bytes) -> bytes:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError:
            raise PublishedRefused(f"{file} is text of an encoding that cannot be told. Save it as UTF-8.") from None
    return content.removeprefix(b"\xef\xbb\xbf")


def _header(file: str, content: bytes) -> list[str]:
    header = next(csv.reader(io.StringIO(content[:100_000].decode("utf-8", errors="ignore"))), [])
    names = [name.strip() for name in header]
    if not any(names) or len(set(names)) != len(names):
        raise PublishedRefused(f"{file} has no header row, or names a column twice. Download the data file again.")
    return names


def _cells(file: str, content: bytes, names: list[str]) -> Table:
    import pyarrow
    from pyarrow import compute
    from pyarrow import csv as arrow_csv

    try:
        cells = arrow_csv.read_csv(
            io.BytesIO(content),
            read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.string()), strings_can_be_null=False
            ),
        )
    except pyarrow.ArrowInvalid:
        raise PublishedRefused(
            f"{file} has rows with more or fewer cells than its header. Download the data file again."
        ) from None
    if not cells.num_rows:
        raise PublishedRefused(f"{file} has a header and no rows. Download the data file again.")
    return pyarrow.table({name: compute.utf8_trim_whitespace(cells[name]) for name in names})


def _kinds_of_columns(file: str, cells: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indicators and the filters: an indicator holds numbers and symbols only, a filter other words too."""
    indicators, filters = [], []
    for name in cells.column_names:
        if name in PLACE_COLUMNS:
            continue
        if _holds_figures(file, cells, name):
            indicators.append(name)
        else:
            filters.append(name)
    if not indicators:
        raise PublishedRefused(f"{file} has no column of figures. Download the data file itself, not its description.")
    return tuple(indicators), tuple(filters)


def _holds_figures(file: str, cells: Table, name: str) -> bool:
    """Whether the column is one of figures; raises PublishedRefused for figures with something else among them."""
    counted = cells[name].value_counts()
    texts, times = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
    numbers = sum(n for text, n in zip(texts, times, strict=True) if _NUMBER.fullmatch(text))
    if all(_NUMBER.fullmatch(text) or text.casefold() in SYMBOLS for text in texts):
        return True
    if numbers <= cells.num_rows / 2:
        return False
    raise PublishedRefused(
        f"The column {name[:60]} of {file} holds numbers and something that is neither a number nor one of the "
        "published symbols (c, k, low, u, x, z). Download the data file again, and do not save it from Excel."
    )
