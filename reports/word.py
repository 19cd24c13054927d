"""A Word document that anybody can read: real headings, tables whose header row repeats and that say what they are.

Everything that a document is made of goes through here, so that text of any kind is safe in it and each looks alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as _Document
    from docx.table import Table

# What no XML document may hold; typed text can have it from a copied page.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
INK, BRAND = "2F2D2B", "12436D"
FONT = "Arial"
LANGUAGE = "en-GB"


def plain(text: str) -> str:
    """The text without what a document cannot hold."""
    return _NOT_IN_XML.sub("", text)


class Word:
    """A document being written. `bytes()` is the file."""

    def __init__(self, *, title: str, subject: str, made: datetime) -> None:
        from docx import Document
        from docx.shared import Cm

        self._document: _Document = Document()
        _styled(self._document)
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2.0)
        about = self._document.core_properties
        about.title, about.subject, about.language, about.author = plain(title), plain(subject), LANGUAGE, ""
        about.comments = ""
        about.created = about.modified = made.replace(tzinfo=None)
        self._document.add_heading(plain(title), 0)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, of level 1 to 3."""
        self._document.add_heading(plain(text), level)

    def say(self, text: str, *, lead: str = "", style: str | None = None) -> None:
        """A paragraph; `lead` are its first words, bold."""
        paragraph = self._document.add_paragraph(style=style)
        if lead:
            paragraph.add_run(f"{plain(lead)} ").bold = True
        paragraph.add_run(plain(text))

    def points(self, said: Sequence[str]) -> None:
        """A list, one point each."""
        for one in said:
            self.say(one, style="List Bullet")

    def label(self, text: str) -> None:
        """Words that mark the whole document, such as that its data are made up."""
        from docx.shared import RGBColor

        run = self._document.add_paragraph().add_run(plain(text))
        run.bold, run.font.color.rgb = True, RGBColor.from_string("801650")

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], *, says: str, widths: Sequence[float]
    ) -> None:
        """A table. `says` is what it is, for who cannot see it; `widths` are in centimetres."""
        from docx.shared import Cm

        table = self._document.add_table(rows=1, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        for cell, heading in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(plain(heading)).bold = True
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = plain(value)
        for row_ in table.rows:
            for cell, width in zip(row_.cells, widths, strict=True):
                cell.width = Cm(width)
        _header_repeats(table)
        _described(table, plain(says))
        self._document.add_paragraph()

    def foot(self, text: str) -> None:
        """The small line at the foot of every page, with the page's number."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{plain(text)} · page ")
        run = paragraph.add_run()
        for kind in ("begin", None, "end"):
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}) if kind else _instruction("PAGE"))

    def bytes(self) -> bytes:
        """The document as a file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _instruction(text: str) -> Any:
    made = _element("w:instrText", {})
    made.text = text
    return made


def _header_repeats(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))


def _described(table: Table, says: str) -> None:
    for name in ("w:tblCaption", "w:tblDescription"):
        table._tbl.tblPr.append(_element(name, {"w:val": says}))


def _styled(document: _Document) -> None:
    """One plain type in dark ink; headings in the house's blue; the whole of it British English."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5}
    for name, size in sizes.items():
        style = document.styles[name]
        font: Any = style.font
        font.name, font.size = FONT, Pt(size)
        font.color.rgb = RGBColor.from_string(INK if name == "Normal" else BRAND)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
