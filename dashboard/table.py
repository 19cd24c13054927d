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

Kind = Literal["words", "name", "figure", "side", "number", "quiet", "picture", "scale", "verdict", "dated"]

# What a cell's colour says; its words say it too.
Tone = Literal["", "good", "bad", "ask", "faint"]


@dataclass(frozen=True)
class Column:
    """A heading, how its cells are set, small words after it, and the key of its pictures: each mark with its words."""

    title: str
    kind: Kind
    note: str = ""
    key: tuple[tuple[Picture, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """What one cell says: its text, smaller words after it, and a picture where there is one.

    `span` is how many columns it takes; `absent` says that it stands where a figure would. `sent` are pieces of a
    file as its sender wrote them, each set apart; `tone` is the cell's colour. `link` is the address within the
    dashboard that its text leads to; `strong` marks ours among others'.
    """

    text: str = ""
    small: str = ""
    picture: Picture | None = None
    span: int = 1
    absent: bool = False
    sent: tuple[str, ...] = ()
    tone: Tone = ""
    link: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Section:
    """A run of rows under one heading; the first cell of each row names the row."""

    title: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    """A caption, columns and sections. The caption is read aloud, and not drawn.

    `set_as` is how close its rows stand: `register` one line each, `roomy` sentences, `grid` a state a cell, `twin` the
    figures of a chart, `abreast` places side by side, `facts` a name and what it says, `agenda` what to talk about,
    `asked` what was asked and told.
    """

    caption: str
    columns: Sequence[Column]
    sections: Sequence[Section]
    set_as: Literal["register", "roomy", "grid", "twin", "abreast", "facts", "agenda", "asked"] = "register"


def markup(table: Table) -> str:
    """The table as HTML, with every word escaped, headings scoped and pictures described."""
    parts = [
        '<table class="register">' if table.set_as == "register" else f'<table class="register {table.set_as}">',
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
    note = f'<span class="small">{escape(column.note)}</span>' if column.note else ""
    marks = "".join(f'<span class="key">{_image(mark)}{escape(words)}</span>' for mark, words in column.key)
    return f'<th scope="col" class="{column.kind}">{escape(column.title)}{marks}{note}</th>'


def _image(picture: Picture) -> str:
    return (
        f'<img src="{escape(picture.source)}" alt="{escape(picture.alt)}" '
        f'width="{picture.width}" height="{picture.height}">'
    )


def _cells(columns: Sequence[Column], row: Sequence[Cell]) -> Iterator[str]:
    place = 0
    for cell in row:
        yield _cell(columns[place], cell)
        place += cell.span
    if place != len(columns):
        raise ValueError(f"a row of {place} cells in a table of {len(columns)} columns")


def _cell(column: Column, cell: Cell) -> str:
    text = escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link)}" target="_self">{text}</a>'
    content = (_image(cell.picture) if cell.picture else "") + (f"<b>{text}</b>" if cell.strong else text)
    content += "".join(f'<span class="sent">{escape(piece)}</span>' for piece in cell.sent)
    if cell.small:
        content += f'<span class="small">{escape(cell.small)}</span>'
    if column.kind == "name":
        return f'<th scope="row" class="name">{content}</th>'
    kind = " ".join(filter(None, (column.kind, "absent" if cell.absent else "", cell.tone)))
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    return f'<td class="{kind}"{span}>{content}</td>'
