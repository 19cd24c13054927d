"""Going about in a meeting: where the address is in it, and what is told at the next look."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Visit
from dashboard.pinning import AUTHOR
from dashboard.plain import label_whole
from metrics.exceptions import Exceptional

AGENDA, CLOSE = "agenda", "close"
_SAID = "meeting_said"


def go(at: str, one: Exceptional | None = None) -> None:
    """The address goes on to one exception, or to the agenda or the close."""
    for name, value in (
        ("at", None if one else at), ("id", one.indicator if one else None), ("group", one.group if one else None)
    ):  # fmt: skip
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def leave(period: str) -> None:
    """The address goes back to the list of a quarter's exceptions."""
    st.query_params.clear()
    st.query_params["period"] = period


def who_writes(visit: Visit) -> str:
    """Who takes down: the name that was last given on this computer, else the role."""
    return str(st.session_state.get(AUTHOR) or visit.viewer.role)


def say(said: str) -> None:
    """Keeps a sentence that is to be told when the page is next drawn."""
    st.session_state[_SAID] = said


def tell() -> None:
    """Tells what was kept to be told."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.warning(label_whole(said))
