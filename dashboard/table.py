"""One accessible table, drawn the same on every page.

The markup is built here and nowhere else, and every word that goes into it is
escaped first: a file name or an agency's name is text, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from dashboard.pictures import Picture

Kind = Literal["words", "name", "figure", "number", "quiet", "picture"]


@dataclass(frozen=True)
class Column:
    """A heading, how its cells are set, and a small line under it."""

    title: str
    kind: Kind
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """What one cell says: a line, a smaller line under it, and a picture where there is one.

    `span` is how many columns it takes; `absent` says that it stands where a figure would.
    """

    text: str = ""
    under: str = ""
    picture: Picture | None = None
    span: int = 1
    absent: bool = False


@dataclass(frozen=True)
class Section:
    """A run of rows under one heading; the first cell of each row names the row."""

    title: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    """A caption, columns and sections. The caption is read aloud, and not drawn."""

    caption: str
    columns: Sequence[Column]
    sections: Sequence[Section]


def markup(table: Table) -> str:
    """The table as HTML, with every word escaped, headings scoped and pictures described."""
    parts = [
        '<table class="register">',
        f"<caption>{escape(table.caption)}</caption>",
        "<thead><tr>",
        *(_heading(column) for column in table.columns),
        "</tr></thead>",
    ]
    for section in table.sections:
        parts.append("<tbody>")
        if section.title:
            parts.append(
                f'<tr class="section"><th scope="rowgroup" colspan="{len(table.columns)}">'
                f"{escape(section.title)}</th></tr>"
            )
        for row in section.rows:
            parts.append("<tr>" + "".join(_cells(table.columns, row)) + "</tr>")
        parts.append("</tbody>")
    parts.append("</table>")
    return "".join(parts)


def _heading(column: Column) -> str:
    note = f'<span class="note">{escape(column.note)}</span>' if column.note else ""
    return f'<th scope="col" class="{column.kind}">{escape(column.title)}{note}</th>'


def _cells(columns: Sequence[Column], row: Sequence[Cell]) -> Iterator[str]:
    place = 0
    for cell in row:
        yield _cell(columns[place], cell)
        place += cell.span
    if place != len(columns):
        raise ValueError(f"a row of {place} cells in a table of {len(columns)} columns")


def _cell(column: Column, cell: Cell) -> str:
    content = ""
    if cell.picture:
        picture = cell.picture
        content += (
            f'<img src="{escape(picture.source)}" alt="{escape(picture.alt)}" '
            f'width="{picture.width}" height="{picture.height}">'
        )
    content += escape(cell.text)
    if cell.under:
        content += f'<span class="under">{escape(cell.under)}</span>'
    if column.kind == "name":
        return f'<th scope="row" class="name">{content}</th>'
    kind = f"{column.kind} absent" if cell.absent else column.kind
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    return f'<td class="{kind}"{span}>{content}</td>'
