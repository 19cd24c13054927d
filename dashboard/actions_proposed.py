"""What the partnership's action log proposes: taken up as actions of the journal, or declined with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from dashboard import frame, table
from dashboard.frame import Visit
from dashboard.pinning import AUTHOR
from dashboard.plain import label_whole
from dashboard.said_forms import refused
from dashboard.table import Cell, Column, Section, Table
from returns.periods import day_words
from warehouse.entries import Journal, Overtaken
from warehouse.problems import WarehouseError
from warehouse.proposals import Differing, Proposal, Standing, adopt, decline, keep, proposals, standing, take_up
from warehouse.words import LONGEST, Action

_SAVED = "proposed_saved"
_NEW = (
    Column("Action", "name"), Column("Who", "words"), Column("Due", "verdict"), Column("Came from", "words"),
)  # fmt: skip
_OTHERWISE = (
    Column("No.", "quiet"), Column("Action", "name"), Column("The journal says", "words"),
    Column("The log says", "words"),
)  # fmt: skip


def show(visit: Visit, *, question: str) -> None:
    """The log's proposals, and where it says otherwise of what was taken up; a form for whoever may write."""
    try:
        found = standing(proposals(visit.reader), Journal(visit.places))
    except WarehouseError as error:
        frame.cannot_show(question, str(error))
    said = st.session_state.pop(_SAVED, None)
    if said:
        st.success(label_whole(said))
    if found.new:
        count = len(found.new)
        what = "an action that nobody has" if count == 1 else f"{count} actions that nobody has"
        with st.expander(f"The action log proposes {what} taken up"):
            st.html(table.markup(_proposed(found.new)))
            if visit.viewer.writes:
                _answer(visit, found.new)
    if found.differing:
        count = len(found.differing)
        with st.expander(f"The action log says otherwise of {count} action{'' if count == 1 else 's'} taken up"):
            st.html(table.markup(_otherwise(found.differing)))
            if visit.viewer.writes:
                _settle(visit, found)


def _proposed(found: Sequence[Proposal]) -> Table:
    rows = [
        [Cell(one.action.action), Cell(one.action.owner or "nobody was named"), Cell(_due(one.action)),
         Cell(one.came_from)]
        for one in found
    ]  # fmt: skip
    return Table("Actions that the log proposes", _NEW, [Section("", rows)], "agenda")


def _otherwise(found: Sequence[Differing]) -> Table:
    rows = [
        [Cell(_number(one)), Cell(one.action.action, small=one.proposal.came_from), Cell(_words(one.action)),
         Cell(_words(one.proposal.action))]
        for one in found
    ]  # fmt: skip
    return Table("Actions of which the log says otherwise", _OTHERWISE, [Section("", rows)], "agenda")


def _number(one: Differing) -> str:
    return one.action.entry.thread if one.action.entry else ""


def _due(one: Action) -> str:
    return day_words(one.due) if one.due else "no day was named"


def _words(one: Action) -> str:
    state = f"Complete {day_words(one.completed)}" if one.completed else one.status.capitalize()
    due = f"due {day_words(one.due)}" if one.due else "no day"
    return "; ".join(filter(None, (state, one.owner, due, one.evidence)))


def _answer(visit: Visit, found: Sequence[Proposal]) -> None:
    by_thread = {one.thread: one for one in found}
    with st.form("proposed_new", border=False):
        chosen = st.multiselect(
            "Which", list(by_thread), placeholder="One or more", key="proposed_which",
            format_func=lambda thread: f"{by_thread[thread].came_from}: {by_thread[thread].action.action[:60]}",
        )  # fmt: skip
        why = st.text_input("Why, if declined", max_chars=LONGEST, key="proposed_why").strip()
        author = _author("proposed_author")
        left, right, _ = st.columns([1, 1, 3])
        taking, declining = left.form_submit_button("Take up"), right.form_submit_button("Decline")
    wanted = [by_thread[thread] for thread in chosen]
    if not (taking or declining) or _nothing(wanted, author, why):
        return
    if declining and not why:
        st.warning("Nothing was saved: say why it is declined.")
        return
    journal = Journal(visit.places)
    if taking:
        _save(f"{_counted(wanted)} taken up.", author, (lambda one=one: take_up(journal, one, author=author)
                                                         for one in wanted))  # fmt: skip
    else:
        _save(f"{_counted(wanted)} declined.", author, (lambda one=one: decline(journal, one, author=author, why=why)
                                                         for one in wanted))  # fmt: skip


def _settle(visit: Visit, found: Standing) -> None:
    by_number = {_number(one): one for one in found.differing}
    with st.form("proposed_otherwise", border=False):
        chosen = st.multiselect("Which", list(by_number), placeholder="One or more", key="proposed_settle")
        author = _author("proposed_settler")
        left, right, _ = st.columns([1, 1, 3])
        adopting, keeping = (left.form_submit_button("Take the log’s words"),
                             right.form_submit_button("Keep the journal’s"))  # fmt: skip
    wanted = [by_number[number] for number in chosen]
    words = [text for one in wanted for text in (one.proposal.action.owner, one.proposal.action.evidence)]
    if not (adopting or keeping) or _nothing(wanted, author, *words):
        return
    journal = Journal(visit.places)
    if adopting:
        _save("The log’s words are the journal’s now.", author,
              (lambda one=one: adopt(journal, one, author=author) for one in wanted))  # fmt: skip
    else:
        after = {thread: entry.version for thread, entry in found.answers.items()}
        _save("The journal’s words stand.", author, (
            lambda one=one: keep(journal, one, author=author, after=after.get(one.proposal.thread, 0))
            for one in wanted
        ))  # fmt: skip


def _author(key: str) -> str:
    return st.text_input("Your name and role", value=st.session_state.get(AUTHOR, ""), max_chars=120, key=key).strip()


def _nothing(wanted: Sequence[Proposal] | Sequence[Differing], author: str, *texts: str) -> bool:
    if not wanted:
        st.warning("Nothing was saved: choose which.")
        return True
    proposed = [text for one in wanted if isinstance(one, Proposal)
                for text in (one.action.action, one.action.owner, one.action.evidence)]  # fmt: skip
    return refused(author, *texts, *proposed)


def _counted(wanted: Sequence[Proposal]) -> str:
    return "One action is" if len(wanted) == 1 else f"{len(wanted)} actions are"


def _save(said: str, author: str, writing: Iterable[Callable[[], object]]) -> None:
    """Writes each; stops at the first that somebody else answered first."""
    st.session_state[AUTHOR] = author
    try:
        for write in writing:
            write()
    except Overtaken as met:
        said = f"{met.latest.author} answered one of them first. What is left is below."
    except WarehouseError as error:
        st.warning(label_whole(str(error)))
        return
    for name in ("proposed_which", "proposed_why", "proposed_settle"):
        st.session_state.pop(name, None)
    st.session_state[_SAVED] = said
    st.rerun()
