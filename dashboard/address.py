"""Choices that live in the page's address, so that a link opens the same view.

A widget's own binding leaves its default out of the address, and a link sent in
July would open another quarter in October. So each choice is always written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import streamlit as st

_LONGEST = 40
_MOST_TYPED = 200
# What a choice of this name was when the page was last drawn, by the name of the choice.
_SEEN = "address_seen"
_PAGE = "address_page"


def enter(page: str) -> None:
    """Begins a run of a page. On arriving from another every choice is taken from the address, as a link says it.

    A control of the same name on the page before is another control: its value does not come along.
    """
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_SEEN] = {}


def _changed(name: str, asked: str | None) -> bool:
    seen = st.session_state.setdefault(_SEEN, {})
    return name not in seen or seen[name] != asked


def choice(
    name: str, options: Sequence[str], *, default: str, widget: Callable[[str], str | None]
) -> tuple[str, str | None]:
    """The chosen option of the address parameter `name`, and a sentence when the address named none that exists.

    `widget` draws the control under the session key it is given and returns its value.
    The address wins when it changed (a link, or the browser's back button), else the control does.
    """
    key = f"choice_{name}"
    asked = st.query_params.get(name)
    complaint = None
    if _changed(name, asked):
        st.session_state[key] = asked if asked in options else default
        if asked is not None and asked not in options:
            shown = asked if len(asked) <= _LONGEST else asked[:_LONGEST] + "…"
            complaint = f"The address asks for {name} “{shown}”, which is not here; this is {default}."
    elif st.session_state.get(key) not in options:
        st.session_state[key] = default
    # A control whose choice can be taken back to nothing keeps the default.
    chosen = widget(key) or default
    st.query_params[name] = chosen
    st.session_state[_SEEN][name] = chosen
    return chosen, complaint


def link(page: str, **choices: str) -> str:
    """The address of one of our pages with its choices, from any other of them."""
    return f"{page}?{urlencode(choices)}"


def here() -> str:
    """The address of the view that is open, with every choice that the page has made so far, from any other page."""
    page = st.session_state.get(_PAGE, "scorecard")
    chosen = st.query_params.to_dict()
    return f"{page}?{urlencode(chosen)}" if chosen else str(page)


def words(name: str, *, widget: Callable[[str], str | None]) -> str:
    """What is typed, kept in the address under `name`; nothing where the address says nothing.

    `widget` draws the control under the session key it is given and returns its value.
    """
    key = f"words_{name}"
    asked = st.query_params.get(name, "")[:_MOST_TYPED]
    if _changed(name, asked):
        st.session_state[key] = asked
    typed = (widget(key) or "").strip()[:_MOST_TYPED]
    if typed:
        st.query_params[name] = typed
    elif name in st.query_params:
        del st.query_params[name]
    st.session_state[_SEEN][name] = typed
    return typed
