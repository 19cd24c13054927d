"""The frame round every page: its style, its data, its empty state, its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard import access, address, pinning
from dashboard.plain import label_whole
from metrics.catalogue import CatalogueError, load_catalogue
from metrics.memory import identity
from metrics.noted import note_schemes
from metrics.reconcile import Reconciliation, reconcile
from metrics.scorecard import NoPeriod, Scorecard, scorecard_of
from metrics.views import View
from metrics.views import views as declared_views
from returns.partnership import SettingsError, partnership
from returns.periods import Period
from returns.places import Places
from warehouse.problems import NothingLoaded, WarehouseError
from warehouse.store import Reader, reader

# What the title of the page is, in this run.
TITLE = "frame_title"

_HERE = Path(__file__).parent
ICON = str(_HERE / "icon.png")
_STYLE = _HERE / "page.css.html"
_IN_PLACE = _HERE / "in_place.js.html"


@dataclass(frozen=True)
class Visit:
    """One run of one page: who looks, and at which version of the data."""

    viewer: access.Viewer
    places: Places
    reader: Reader
    demonstration: bool


@dataclass(frozen=True)
class Said:
    """A piece of a sentence. `tone` is its colour, which its words say too: good, bad or plain; quiet has none."""

    text: str
    tone: str = ""


def title() -> str:
    """The name that the browser's tab shows."""
    return f"{partnership().name}: quality and effectiveness"


def style() -> None:
    """Sets the type, colours and table of every page, and has links between pages keep the session."""
    st.html(_STYLE)
    # A file of the program's own: nothing that anybody sent is ever in it.
    st.html(_IN_PLACE.read_text(encoding="utf-8"), unsafe_allow_javascript=True)


def begin(page: str, *, question: str) -> Visit:
    """The visit, when the page may be drawn and there is data to draw; otherwise the page ends here, saying why."""
    viewer = access.ask(page)
    address.enter(page)
    st.session_state[TITLE] = ""
    places = Places.of()
    try:
        opened = reader(places)
        if viewer.scheme.protects:
            note_schemes(places)
        return Visit(viewer, places, opened, (opened.meta("demonstration") or "").lower() in {"1", "yes", "true"})
    except NothingLoaded:
        _nothing_loaded(question)
    except WarehouseError as error:
        cannot_show(question, str(error))


def card(visit: Visit, *, question: str, period: str | None = None) -> Scorecard:
    """The scorecard of a quarter (2025-26-Q2; the latest, unless given); where there can be none the page ends."""
    try:
        chosen = Period.parse(period) if period else None
        return scorecard_of(
            visit.reader, period=chosen, remember=identity(visit.places, visit.reader.version),
            scheme=visit.viewer.scheme,
        )  # fmt: skip
    except NoPeriod:
        _nothing_loaded(question)
    except (WarehouseError, CatalogueError, SettingsError) as error:
        cannot_show(question, str(error))


def views(*, question: str) -> dict[str, View]:
    """The parts of the scorecard by their names in an address; where the settings cannot be read the page ends."""
    try:
        return declared_views(load_catalogue())
    except (CatalogueError, SettingsError) as error:
        cannot_show(question, str(error))


def reconciled(visit: Visit, *, question: str, period: str | None = None) -> Reconciliation:
    """Which numbers agree for a quarter (2025-26-Q2; the latest, unless given); where that fails the page ends."""
    try:
        chosen = Period.parse(period) if period else None
        found = reconcile(visit.reader, period=chosen, remember=identity(visit.places, visit.reader.version))
        return found.as_shown(visit.viewer.scheme)
    except (WarehouseError, CatalogueError, SettingsError) as error:
        cannot_show(question, str(error))


def heading(visit: Visit, question: str, answer: str) -> None:
    """The page's question as its title, and the sentence that answers it."""
    titled(question)
    sentence(answer, demonstration=visit.demonstration)


def titled(words: str, *, typed: bool = False) -> None:
    """The page's title, by which a view that is pinned is called; `typed` where somebody wrote it: never Markdown."""
    st.session_state[TITLE] = words
    st.title(label_whole(words) if typed else words, anchor=False)


def sentence(answer: str, *, demonstration: bool = False) -> None:
    """The sentence under a title, marked where the data are the demonstration's."""
    label = ' <span class="demonstration">Demonstration data</span>' if demonstration else ""
    st.html(f'<p class="answer">{escape(answer)}{label}</p>')


def pieces(said: Sequence[Said], *, demonstration: bool = False, small: bool = False) -> None:
    """A sentence whose verdict stands out."""
    parts = [f'<b class="{one.tone}">{escape(one.text)}</b>' if one.tone else escape(one.text) for one in said]
    label = ' <span class="demonstration">Demonstration data</span>' if demonstration else ""
    st.html(f'<p class="answer{" second" if small else ""}">{"".join(parts)}{label}</p>')


def note(said: str) -> None:
    """A quiet line under the heading."""
    st.html(f'<p class="quiet">{escape(said)}</p>')


def part(heading: str) -> None:
    """The heading of a part of a page."""
    st.html(f'<h2 class="part">{escape(heading)}</h2>')


def bullets(said: Sequence[str]) -> None:
    """A short list of sentences."""
    st.html('<ul class="ask">' + "".join(f"<li>{escape(one)}</li>" for one in said) + "</ul>")


def onward(links: Sequence[tuple[str, str]]) -> None:
    """Where to go on from here: each its words and its address within the dashboard."""
    said = (f'<a href="{escape(to)}" target="_self">{escape(words)}</a>' for words, to in links)
    st.html(f'<p class="onward">{" · ".join(said)}</p>')


def foot(visit: Visit, *said: str) -> None:
    """The small line under every page: which data these are."""
    parts = [f"Data version {visit.reader.version}"]
    if visit.demonstration:
        parts.append("demonstration data: no real child, family or worker")
    parts.extend(said)
    small(*parts)
    if visit.viewer.asks:
        pinning.control(visit.places, title=str(st.session_state.get(TITLE) or ""))


def small(*said: str) -> None:
    """Small words at the foot of a page."""
    st.html(f'<p class="quiet">{escape(" · ".join(said))}</p>')


def cannot_show(question: str, why: str) -> NoReturn:
    """Says why there is nothing to show; the page ends."""
    st.title(question, anchor=False)
    st.html(f'<p class="answer">{escape(why)}</p>')
    st.stop()


def _nothing_loaded(question: str) -> NoReturn:
    st.title(question, anchor=False)
    st.html(
        '<p class="answer">Nothing has been loaded yet, so there is nothing to show.</p>'
        '<p class="answer">Drop the agencies’ files on the page <a href="upload" target="_self">Upload</a>, or load '
        "them by command:</p>"
        "<pre>python -m pipelines load FILE.xlsx --period 2025-26-Q2</pre>"
        '<p class="answer">or look round with four years of made-up figures:</p>'
        "<pre>python -m pipelines demo</pre>"
        '<p class="quiet">Then open this page again.</p>'
    )
    st.stop()
