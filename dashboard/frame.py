"""The frame round every page: its style, its data, its empty state, its foot."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard import access
from returns.partnership import partnership
from returns.places import Places
from warehouse.problems import NothingLoaded, WarehouseError
from warehouse.store import Reader, reader

_HERE = Path(__file__).parent
ICON = str(_HERE / "icon.png")
_STYLE = _HERE / "page.css.html"


@dataclass(frozen=True)
class Visit:
    """One run of one page: who looks, and at which version of the data."""

    viewer: access.Viewer
    places: Places
    reader: Reader
    demonstration: bool


def title() -> str:
    """The name that the browser's tab shows."""
    return f"{partnership().name}: quality and effectiveness"


def style() -> None:
    """Sets the type, colours and table of every page."""
    st.html(_STYLE)


def begin(page: str, *, question: str) -> Visit:
    """The visit, when the page may be drawn and there is data to draw; otherwise the page ends here, saying why."""
    viewer = access.ask(page)
    places = Places.of()
    try:
        opened = reader(places)
    except NothingLoaded:
        _nothing_loaded(question)
    except WarehouseError as error:
        st.title(question, anchor=False)
        st.error(str(error))
        st.stop()
    return Visit(viewer, places, opened, opened.meta("demonstration") == "true")


def heading(visit: Visit, question: str, answer: str) -> None:
    """The page's question as its title, and the sentence that answers it."""
    st.title(question, anchor=False)
    label = ' <span class="demonstration">Demonstration data</span>' if visit.demonstration else ""
    st.html(f'<p class="answer">{escape(answer)}{label}</p>')


def foot(visit: Visit, *said: str) -> None:
    """The small line under every page: which data these are."""
    parts = [f"Data version {visit.reader.version}", *said]
    if visit.demonstration:
        parts.append("demonstration data: no real child, family or worker")
    st.html(f'<p class="quiet">{escape(" · ".join(parts))}</p>')


def _nothing_loaded(question: str) -> NoReturn:
    st.title(question, anchor=False)
    st.html(
        '<p class="answer">Nothing has been loaded yet, so there is nothing to show.</p>'
        '<p class="answer">Load an Annex A workbook:</p>'
        "<pre>python -m pipelines load FILE.xlsx --period 2025-26-Q2</pre>"
        '<p class="answer">or look round with four years of made-up figures:</p>'
        "<pre>python -m pipelines demo</pre>"
        '<p class="quiet">Then open this page again.</p>'
    )
    st.stop()
