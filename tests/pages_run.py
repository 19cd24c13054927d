"""A page run as a viewer of a role would see it, without a browser, and what it holds: its words, tables and charts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).parents[1]
_RUN = """
import runpy
from dashboard import access
with access.signed_in(access.Viewer(role={role!r})):
    runpy.run_path({page!r})
"""


@dataclass
class Table:
    """A table of a page: its caption, its class, the cells of its rows (headings first), and its images' alt texts."""

    kind: str = ""
    of: str = ""
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    alts: list[str | None] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    body_alts: list[str | None] = field(default_factory=list)

    @property
    def columns(self) -> list[list[str]]:
        """The columns, each with its heading first."""
        return [list(column) for column in zip(*self.rows, strict=True)]


@dataclass(frozen=True)
class Drawn:
    """A chart of a page: its alt text and its traces, as they are sent to the browser."""

    alt: str
    traces: Sequence[Mapping[str, Any]]


class Seen:
    """What a run of a page holds."""

    def __init__(self, run: AppTest) -> None:
        self.run = run
        reader = _Reader()
        for one in _every(run._tree.main):
            if one.type == "html":
                reader.feed(one.proto.body)
        self.tables, self.words = reader.tables, reader.words
        self.charts = [
            Drawn(one.proto.alt, json.loads(one.proto.spec)["data"]) for one in _every(run._tree.main)
            if one.type == "plotly_chart"
        ]  # fmt: skip

    @property
    def title(self) -> str:
        """The page's title."""
        return str(self.run.title[0].value)

    @property
    def text(self) -> str:
        """Every word of the page's own markup."""
        return " ".join(self.words)


def opened(page: str, *, role: str = "analyst", **address: str) -> Seen:
    """The page `pages/<page>.py`, opened by its address; fails where the page fails."""
    run = AppTest.from_string(_RUN.format(role=role, page=str(PROJECT / "pages" / f"{page}.py")), default_timeout=600)
    for name, value in address.items():
        run.query_params[name] = value
    run.run()
    assert not run.exception, [one.value for one in run.exception]
    return Seen(run)


def sent(seen: Seen) -> list[bytes]:
    """Every element of the page, wherever it is, as it is sent to the browser."""
    every = [one.proto for one in _every(seen.run._tree)]
    return [proto.SerializeToString(deterministic=True) for proto in every if proto is not None]


def disagreements(seen: Seen) -> list[str]:
    """Every chart or table of the page that lacks its words or its twin, or says something else than it."""
    found = [f"a chart has no alt text: {one.traces[0].get('name')}" for one in seen.charts if not one.alt.strip()]
    twins = [one for one in seen.tables if one.of]
    if len(twins) != len(seen.charts):
        found.append(f"{len(seen.charts)} charts have {len(twins)} tables of the same figures")
    for chart, twin in zip(seen.charts, twins, strict=False):
        found += [f"{twin.caption}: {problem}" for problem in _apart(chart, twin)]
    for one in seen.tables:
        if not one.caption:
            found.append(f"a table has no caption: {one.rows[:1]}")
        if None in one.alts or not all(alt and alt.strip() for alt in one.body_alts):
            # An icon whose word stands beside it in the cell has an empty alt, so that it is not read twice.
            found += [f"{one.caption}: an image has no alt text"] if None in one.alts else []
    return found


def _apart(chart: Drawn, twin: Table) -> list[str]:
    """The traces of which the table does not have every number in one column, as it is written there."""
    columns = [[_number(cell) for cell in column[1:]] for column in twin.columns]
    problems = []
    for trace in chart.traces:
        if (trace.get("meta") or {}).get("guide"):
            continue
        axes = [_plain(trace.get(axis)) for axis in ("y", "x")]
        numbers = [axis for axis in axes if axis and all(isinstance(one, int | float | None) for one in axis)]
        if not any(_same(axis, column) for axis in numbers for column in columns):
            problems.append(f"its table has no column with what {trace.get('name')} draws")
    return problems


def _same(drawn: Sequence[float | None], said: Sequence[tuple[float, float] | None]) -> bool:
    """Whether each number drawn stands in the column, in order, to the decimals written."""
    rest = iter(said)
    for number in drawn:
        if number is None:
            continue
        if not any(cell and abs(cell[0] - number) <= cell[1] for cell in rest):
            return False
    return any(number is not None for number in drawn)


def _number(cell: str) -> tuple[float, float] | None:
    """A cell's number and how far its writing may be from it; None where it says none."""
    match = re.fullmatch(r"([−-]?)£?([\d,]+(?:\.(\d+))?)%?.*", cell.strip())
    if not match:
        return None
    value = float(match[2].replace(",", "")) * (-1 if match[1] else 1)
    return value, 0.5 * 10 ** -len(match[3] or "") + 1e-9


def _plain(axis: Any) -> list[Any]:
    """A trace's numbers; Plotly packs long runs of them as bytes."""
    if isinstance(axis, Mapping):
        from base64 import b64decode

        import numpy

        return [float(one) for one in numpy.frombuffer(b64decode(axis["bdata"]), dtype=axis["dtype"])]
    return list(axis or [])


def _every(block: Any) -> list[Any]:
    found = []
    for child in getattr(block, "children", {}).values():
        found += _every(child) if hasattr(child, "children") and child.children else [child]
    return found


class _Reader(HTMLParser):
    """Reads the tables and words of the markup that pages send."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.words: list[str] = []
        self._of = ""
        self._cell: list[str] | None = None
        self._caption = self._body = self._quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("style", "script"):
            self._quiet = True
        if tag == "div":
            self._of = said.get("data-of") or ""
        if tag == "table":
            self.tables.append(Table(kind=said.get("class") or "", of=self._of))
            self._of = ""
            self._body = False
        if not self.tables:
            return
        now = self.tables[-1]
        if tag == "caption":
            self._caption = True
        elif tag == "tbody":
            self._body = True
        elif tag == "tr":
            now.rows.append([])
        elif tag in ("th", "td"):
            self._cell = []
            for _ in range(int(said.get("colspan") or 1) - 1):
                now.rows[-1].append("")
        elif tag == "img":
            now.alts.append(said.get("alt"))
            if self._body:
                now.body_alts.append(said.get("alt"))
        elif tag == "a":
            now.links.append(said.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._quiet = False
        if tag == "caption":
            self._caption = False
        if tag in ("th", "td") and self._cell is not None:
            self.tables[-1].rows[-1].append(" ".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._quiet:
            return
        self.words.append(data)
        if self._caption:
            self.tables[-1].caption += data
        elif self._cell is not None:
            self._cell.append(data)
