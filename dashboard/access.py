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

from metrics.schemes import Scheme, disclosure, scheme_of


@dataclass(frozen=True)
class Viewer:
    """The person looking. `role` decides which pages open and which scheme protects the figures."""

    role: str

    @property
    def scheme(self) -> Scheme:
        """How figures are protected for this viewer. Raises metrics.schemes.NoSuchScheme for a role without one."""
        return scheme_of(self.role)

    @property
    def hears(self) -> bool:
        """Whether the viewer may read what agencies say and what the group decided."""
        return self.role in _HEARERS

    @property
    def writes(self) -> bool:
        """Whether the viewer may write commentary, decisions and actions down."""
        return self.role in _WRITERS

    @property
    def asks(self) -> bool:
        """Whether the viewer may ask a question on the Challenge page, and pin a view for the next pack."""
        return self.role in _HEARERS

    @property
    def judges(self) -> bool:
        """Whether the viewer may say that an answer is accepted: the group's members are those who answer."""
        return self.role in _JUDGES


_READERS = frozenset({"group", "scrutineer", "observer", "analyst"})

_WRITERS = frozenset({"group", "analyst"})
# The analyst writes down what the scrutineer or the chair says.
_JUDGES = frozenset({"scrutineer", "analyst"})
# What agencies say in their own words may tell what no count does: it is for those who may know.
_HEARERS = frozenset({"group", "scrutineer", "analyst"})

# Which roles each page opens for. A page that is not named here opens for nobody.
PAGES: dict[str, frozenset[str]] = {
    "scorecard": _READERS,
    "exceptions": _READERS,
    "actions": _HEARERS,
    "challenge": _HEARERS,
    "benchmarks": _READERS,
    "definitions": _READERS,
    "indicator": _READERS,
    "contradictions": _READERS,
    "upload": frozenset({"analyst"}),
    "returns": frozenset({"analyst"}),
}

_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def of_this_computer() -> Viewer:
    """Whoever looks from this computer, which is all that the dashboard answers: the role that the settings say."""
    return Viewer(role=disclosure().this_computer)


def scheme() -> Scheme:
    """How figures are protected for whoever is signed in; where nobody is, the default scheme."""
    viewer = _viewer.get()
    return viewer.scheme if viewer is not None else disclosure().default


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
