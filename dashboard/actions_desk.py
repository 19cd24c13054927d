"""The group's actions: overdue first, what came of each, and closing one with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import frame
from dashboard.address import link
from dashboard.frame import Visit
from dashboard.pinning import AUTHOR
from dashboard.plain import label_whole
from dashboard.said_forms import refused
from dashboard.table import Cell, Column, Section, Table
from returns.periods import day_words
from warehouse.entries import Entry, Journal, Overtaken
from warehouse.problems import WarehouseError
from warehouse.words import LONGEST, Action, ActionStatus, action_of, revise

OPEN, OVERDUE, COMPLETE, EVERY = "open", "overdue", "complete", "all"
SHOWN = {OPEN: "Open", OVERDUE: "Overdue", COMPLETE: "Complete", EVERY: "All"}
_STATUSES: dict[ActionStatus, str] = {"open": "Open", "complete": "Complete"}
_SAVED = "actions_saved"
_COLUMNS = (
    Column("No.", "quiet"),
    Column("Action", "name"),
    Column("Who", "quiet"),
    Column("Due", "verdict"),
    Column("Evidence of impact", "words"),
)


def actions(visit: Visit, *, question: str) -> tuple[Action, ...]:
    """Every action as it now stands: overdue first, then by the day it is due; where they cannot be read, why."""
    try:
        found = [action_of(entry) for entry in Journal(visit.places).latest("action")]
    except WarehouseError as error:
        frame.cannot_show(question, str(error))
    return tuple(sorted(found, key=_order))


def _order(one: Action) -> tuple[object, ...]:
    return one.status == "complete", one.due or date.max, _entry(one).entry_id


def of(found: Sequence[Action], show: str, today: date) -> list[Action]:
    """Those asked for, in their order."""
    wanted = {
        OPEN: lambda one: one.status == "open",
        OVERDUE: lambda one: one.overdue(today),
        COMPLETE: lambda one: one.status == "complete",
    }
    return [one for one in found if show not in wanted or wanted[show](one)]


def answer(found: Sequence[Action], today: date) -> str:
    """The sentence under the title: how many are open and overdue, how many were done and with what evidence."""
    if not found:
        return "No action has been taken down yet. They are taken down on the Exceptions page, beside the figure."
    running, late, done = (of(found, show, today) for show in (OPEN, OVERDUE, COMPLETE))
    shown = [one for one in done if one.evidence]
    parts = [f"{len(running)} {_actions(len(running))} open, {len(late) or 'none'} of them overdue"]
    closed = f"{len(done)} complete, {len(shown) or 'none'} with evidence of impact" if done else "none is complete"
    parts.append(closed)
    first = f" Longest overdue: {late[0].action.rstrip('.')}." if late else ""
    return f"{'; '.join(parts)}.{first}"


def _actions(count: int) -> str:
    return "action is" if count == 1 else "actions are"


def table(shown: Sequence[Action], titles: Mapping[str, str], today: date) -> Table:
    """The actions, each with the figure that it is about (`titles` by id), who does it, by when, what came of it."""
    rows = [_row(one, titles, today) for one in shown]
    return Table("Who is doing what by when", _COLUMNS, [Section("", rows)], "agenda")


def _row(one: Action, titles: Mapping[str, str], today: date) -> list[Cell]:
    entry = _entry(one)
    indicator, _, group = (entry.subject or "").partition("|")
    title = titles.get(indicator, "")
    about = f"{title}, {group}" if group else title
    when = f"taken down for {entry.period}" if entry.version == 1 else entry.period
    told = ", ".join(filter(None, [about or one.came_from, when]))
    there = link("exceptions", id=indicator, group=group, period=entry.period or "") if title else ""
    due = day_words(one.due) if one.due else "no day was named"
    late = one.overdue(today)
    return [
        Cell(entry.thread),
        Cell(one.action, small=told, link=there),
        Cell(one.owner or "nobody was named", tone="" if one.owner else "faint"),
        Cell(f"complete {day_words(one.completed)}" if one.completed else due, tone="bad" if late else "",
             small="overdue" if late else ""),
        Cell(one.evidence or ("none given" if one.status == "complete" else ""), tone="" if one.evidence else "faint"),
    ]  # fmt: skip


def form(visit: Visit, found: Sequence[Action], today: date) -> None:
    """Closing an action with its evidence, giving it another owner or day; every version is kept."""
    said = st.session_state.pop(_SAVED, None)
    if said:
        st.success(label_whole(said))
    by_thread = {_entry(one).thread: one for one in found}
    with st.expander("Close an action, or change it"):
        chosen = st.selectbox(
            "Action", list(by_thread), index=None, placeholder="Which one", key="actions_which",
            format_func=lambda thread: f"{thread}: {by_thread[thread].action[:80]}",
        )  # fmt: skip
        if not chosen:
            return
        now = by_thread[chosen]
        # The version that the form was filled from, which was when its fields were first drawn: where a later one
        # comes meanwhile, it is not this one.
        if f"actions_owner_{chosen}" not in st.session_state:
            st.session_state[f"actions_read_{chosen}"] = _entry(now)
        read: Entry = st.session_state[f"actions_read_{chosen}"]
        with st.form(f"actions_{chosen}", border=False):
            changed = _fields(now, chosen, today)
            author = st.text_input("Your name and role", value=st.session_state.get(AUTHOR, ""), max_chars=120,
                                   key=f"actions_author_{chosen}")  # fmt: skip
            if not st.form_submit_button("Save the action"):
                return
        if refused(author, changed.action, changed.owner, changed.evidence):
            return
        st.session_state[AUTHOR] = author.strip()
        _save(visit, replace(changed, meeting=action_of(read).meeting, entry=read), author.strip(), chosen)


def _fields(now: Action, thread: str, today: date) -> Action:
    left, right, far = st.columns(3)
    status = left.selectbox("State", list(_STATUSES), index=list(_STATUSES).index(now.status),
                            format_func=_STATUSES.__getitem__, key=f"actions_status_{thread}")  # fmt: skip
    owner = right.text_input("Owner", value=now.owner, max_chars=200, key=f"actions_owner_{thread}").strip()
    due = far.date_input("Due", value=now.due, format="DD/MM/YYYY", key=f"actions_due_{thread}")
    evidence = st.text_area("Evidence of impact: what changed for children", value=now.evidence, max_chars=LONGEST,
                            key=f"actions_evidence_{thread}").strip()  # fmt: skip
    done: ActionStatus = status or now.status
    completed = (now.completed or today) if done == "complete" else None
    return Action(now.action, owner, due if isinstance(due, date) else None, done, evidence, completed)


def _save(visit: Visit, changed: Action, author: str, thread: str) -> None:
    try:
        revise(Journal(visit.places), changed, author=author)
    except Overtaken as met:
        st.session_state[f"actions_read_{thread}"] = met.latest
        st.warning(label_whole(f"{met.latest.author} changed {thread} while you were writing. Nothing of yours was "
                               "saved: look at how it stands now, and save again."))  # fmt: skip
        return
    except WarehouseError as error:
        st.warning(label_whole(str(error)))
        return
    del st.session_state[f"actions_owner_{thread}"]  # the form is filled afresh
    st.session_state[_SAVED] = f"{thread} is saved."
    st.rerun()


def _entry(one: Action) -> Entry:
    assert one.entry is not None, "an action that is shown was written"
    return one.entry
