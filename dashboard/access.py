"""Who may see what. A page asks here before it draws anything, and no answer means no.

Streamlit can run a file of `pages/` by itself, without `app.py`, and then
nobody has signed in. So `app.py` opens the house for the length of one run, and
a page that finds it closed sends its visitor to the front door.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Viewer:
    """The person looking. `role` decides which pages open and which scheme protects the figures."""

    role: str


# Which roles each page opens for. A page that is not named here opens for nobody.
PAGES: dict[str, frozenset[str]] = {
    "scorecard": frozenset({"group", "analyst"}),
    "benchmarks": frozenset({"group", "analyst"}),
    "definitions": frozenset({"group", "analyst"}),
    "indicator": frozenset({"group", "analyst"}),
    "contradictions": frozenset({"group", "analyst"}),
    "upload": frozenset({"analyst"}),
    "returns": frozenset({"analyst"}),
}

_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


@contextmanager
def signed_in(viewer: Viewer) -> Iterator[None]:
    """Opens the house to `viewer` for the length of one run of `app.py`."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def may_see(page: str, viewer: Viewer | None) -> bool:
    """Whether `viewer` may see `page`; nobody sees a page that is not listed."""
    return viewer is not None and viewer.role in PAGES.get(page, frozenset())


def ask(page: str) -> Viewer:
    """The viewer, when the page may be drawn; otherwise the run ends here.

    A page run without `app.py` sends its visitor through `app.py`.
    """
    viewer = _viewer.get()
    if viewer is None:
        st.switch_page("app.py")
    if not may_see(page, viewer):
        st.error("This page is not open to you. Ask the partnership's business unit if you need it.")
        st.stop()
    return viewer
