"""The basket: what is pinned for the next pack, its order, and taking out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import frame
from dashboard.frame import Visit
from dashboard.pinning import AUTHOR
from dashboard.plain import label
from dashboard.table import Cell, Column, Section, Table, markup
from returns.periods import day_words
from warehouse import pack
from warehouse.entries import Journal, Overtaken
from warehouse.pack import Pin, is_view
from warehouse.problems import WarehouseError

_SAID = "pack_said"
_WHICH = "pack_which"
_COLUMNS = (
    Column("Place", "number"),
    Column("View", "name"),
    Column("Note", "words"),
    Column("Pinned by", "quiet"),
)


def pinned(visit: Visit, *, question: str) -> tuple[Pin, ...]:
    """What is in the next pack; where the journal cannot be read the page ends, saying why."""
    try:
        return pack.pinned(Journal(visit.places))
    except WarehouseError as error:
        frame.cannot_show(question, str(error))


def answer(found: Sequence[Pin]) -> str:
    """The sentence over the basket."""
    if not found:
        return "Nothing is pinned for the next pack. Pin any view of any page with “Pin this view”, at its top."
    one = len(found) == 1
    return f"{len(found)} view{' is' if one else 's are'} in the next pack, in this order."


def table(found: Sequence[Pin]) -> None:
    """The views in their order, each a link that opens it as it was pinned."""
    rows = [
        [
            Cell(str(place)),
            Cell(one.title, small=one.view.partition("?")[0].capitalize(), link=one.view if is_view(one.view) else ""),
            Cell(one.note),
            Cell(f"{one.written.author}, {day_words(one.written.at)}"),
        ]
        for place, one in enumerate(found, start=1)
    ]
    st.html(markup(Table("What is in the next pack", _COLUMNS, [Section("", rows)], "agenda")))


def form(visit: Visit, found: Sequence[Pin]) -> None:
    """Moving one a place earlier, and taking one out; what was pinned stays in the journal."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.info(label(said))
    titles = {one.written.thread: one.title for one in found}
    left, middle, right, _ = st.columns([5, 2, 2, 5], vertical_alignment="bottom")
    left.selectbox("View", list(titles), format_func=titles.__getitem__, key=_WHICH)
    middle.button("Move up", key="pack_up", on_click=_move, args=(visit,))
    right.button("Take out", key="pack_out", on_click=_take_out, args=(visit, found))


def _move(visit: Visit) -> None:
    number = st.session_state.get(_WHICH)
    if number:
        try:
            pack.earlier(Journal(visit.places), number, author=_who(visit))
        except Overtaken as met:
            st.session_state[_SAID] = _met(met)
        except WarehouseError as error:
            st.session_state[_SAID] = str(error)


def _take_out(visit: Visit, found: Sequence[Pin]) -> None:
    number = st.session_state.get(_WHICH)
    for one in found:
        if one.written.thread == number:
            try:
                pack.remove(Journal(visit.places), one, author=_who(visit))
            except Overtaken as met:
                st.session_state[_SAID] = _met(met)
            except WarehouseError as error:
                st.session_state[_SAID] = str(error)


def _met(met: Overtaken) -> str:
    return f"{met.latest.author} changed the pack meanwhile. It stands now as it is below."


def _who(visit: Visit) -> str:
    return str(st.session_state.get(AUTHOR) or visit.viewer.role)
