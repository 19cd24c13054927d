"""“Pin this view”, at the top of every page: the view that is open goes into the next pack, with a title and a note."""

from __future__ import annotations

import streamlit as st

from dashboard import address
from dashboard.plain import label
from returns.places import Places
from warehouse.entries import Journal
from warehouse.pack import is_view, pin
from warehouse.problems import WarehouseError

# The name and role that somebody typed, kept for the forms to come.
AUTHOR = "said_author"
_LONGEST = 200


@st.fragment
def control(places: Places, *, title: str) -> None:
    """A small button in the bar of the pages, which opens the title, a note and the name of who pins."""
    view = address.here()
    with (
        st.container(key="pin"),
        st.popover("Pin this view", type="tertiary"),
        st.form(f"pin_{view}", border=False),
    ):
        named = st.text_input("What it is called in the pack", value=title[:_LONGEST], max_chars=_LONGEST,
                              key=f"pin_title_{view}").strip()  # fmt: skip
        note = st.text_area("Note: why it is pinned", max_chars=1_000, height=80, key=f"pin_note_{view}").strip()
        author = st.text_input("Your name and role", value=st.session_state.get(AUTHOR, ""), max_chars=120,
                               key=f"pin_author_{view}").strip()  # fmt: skip
        if st.form_submit_button("Pin it"):
            _pin(places, view, named or title, note, author)


def _pin(places: Places, view: str, title: str, note: str, author: str) -> None:
    from dashboard.said_forms import refused

    if refused(author, title, note, view):
        return
    if not is_view(view):
        st.warning("Nothing was pinned: the address of this view is too long or holds what no address of ours does.")
        return
    st.session_state[AUTHOR] = author
    try:
        _, is_new = pin(Journal(places), view=view, title=title, note=note, author=author)
    except WarehouseError as error:
        st.warning(label(str(error)))
        return
    if is_new:
        st.success("Pinned. It is on the Challenge page, under “In the next pack”.")
    else:
        st.info("This view is in the next pack already.")
