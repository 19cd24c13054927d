"""XML inside a workbook, parsed with defusedxml only, and refused when it declares a document type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from pipelines.findings import finding
from pipelines.workbook import UnsafeFile

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What may stand before the first element: space, the declaration, instructions, comments.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_READ_AS_IT_IS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


def refuse_document_type(content: bytes, *, part: str, file: str) -> None:
    """Raises UnsafeFile when the part has a DTD, or an encoding in which one could hide."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]:
        raise UnsafeFile(finding("file-damaged", file=file, why=f"its part {part} is not in UTF-8"))
    prolog = _PROLOG.match(content)
    after = prolog.end() if prolog else 0
    if content[after: after + 2] == b"<!":
        raise UnsafeFile(finding("file-has-dtd", file=file, found=part))
    named = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if named and named[1].lower() not in _READ_AS_IT_IS:
        raise UnsafeFile(finding("file-damaged", file=file, why=f"its part {part} is not in UTF-8"))


def element(content: bytes, *, part: str, file: str) -> Element:
    """The part as an element; raises UnsafeFile for a DTD, an entity or XML that does not parse."""
    try:
        parsed: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise UnsafeFile(finding("file-has-dtd", file=file, found=part)) from None
    except ParseError:
        raise UnsafeFile(finding("file-damaged", file=file, why=f"its part {part} is not well-formed")) from None
    return parsed


def elements(content: bytes, *tags: str, holder: str, part: str, file: str) -> Iterator[Element]:
    """The part's elements of these local names as they end; raises UnsafeFile as `element` does.

    `holder` is the element that holds most of them: it is emptied as they are used, so that
    a long sheet is never in memory whole.
    """
    wanted = frozenset(tags)
    try:
        held: Element | None = None
        for event, item in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                held = item if local(item.tag) == holder else held
            elif local(item.tag) in wanted:
                yield item
                item.clear()
                if held is not None:
                    del held[:]
    except DefusedXmlException:
        raise UnsafeFile(finding("file-has-dtd", file=file, found=part)) from None
    except ParseError:
        raise UnsafeFile(finding("file-damaged", file=file, why=f"its part {part} is not well-formed")) from None


def local(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
