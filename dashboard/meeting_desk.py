"""Meeting mode: starting a meeting of the group, its agenda, and going through it with the screen to itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from dashboard import exceptions_desk, exceptions_table, frame, meeting_close, meeting_item
from dashboard.address import link
from dashboard.exceptions_table import subject
from dashboard.frame import Visit
from dashboard.meeting_record import begun
from dashboard.meeting_steps import AGENDA, CLOSE, go, leave, say, tell, who_writes
from dashboard.plain import label
from dashboard.said_forms import refused
from metrics.exceptions import Exceptional
from returns.periods import Period, day_words
from warehouse import meetings
from warehouse.entries import Journal
from warehouse.meetings import Meeting
from warehouse.problems import WarehouseError

_STYLE = Path(__file__).with_name("meeting.css.html")


def named(visit: Visit, number: str | None) -> tuple[Meeting | None, str | None]:
    """The meeting that the address names, and a sentence where it names none that the viewer may be in."""
    if not number:
        return None, None
    if not visit.viewer.hears:
        return None, "Meetings are for the partnership’s group. These are the exceptions."
    try:
        return meetings.read(Journal(visit.places), number), None
    except WarehouseError:
        return None, "The address names a meeting that there is none of. These are the exceptions."


def door(visit: Visit, period: str, found: Sequence[Exceptional]) -> None:
    """The way in: to the meeting that is open, or starting one, and the minutes of those that were held."""
    if not visit.viewer.hears:
        return
    try:
        held = meetings.of_quarter(Journal(visit.places), period)
    except WarehouseError:
        return  # the page has said already that the journal cannot be read
    running = next((one for one in held if not one.is_closed), None)
    if running is not None:
        st.button("Go to the meeting", type="primary", on_click=_enter, args=(running.number,), key="meeting_enter")
    elif visit.viewer.writes and found:
        st.button("Start the meeting", on_click=_start, args=(visit, period, found), key="meeting_start")
    tell()
    done = [one for one in held if one.is_closed]
    if done:
        frame.onward([(f"Minutes of {day_words(one.held)} ({one.number})", link("exceptions", meeting=one.number))
                      for one in done[-2:]])  # fmt: skip


def hold(visit: Visit, meeting: Meeting, *, question: str) -> None:
    """The meeting where the address is in it: its agenda, one exception, its close, or what came of it."""
    st.html(_STYLE)
    if meeting.is_closed:
        meeting_close.after(visit, meeting)
        return
    found = exceptions_desk.raised(visit, meeting.period, question=question)
    spoken = exceptions_desk.words(visit, question=question)
    by_subject = {subject(one): one for one in found}
    agenda = [by_subject[one] for one in meeting.agenda if one in by_subject]
    asked = st.query_params.get("id"), st.query_params.get("group") or None
    place = next((place for place, one in enumerate(agenda) if (one.indicator, one.group) == asked), None)
    if place is not None:
        meeting_item.show(visit, meeting, agenda, place, spoken, question=question)
    elif st.query_params.get("at") == CLOSE and visit.viewer.writes:
        meeting_close.form(visit, meeting, by_subject)
    else:
        _agenda(visit, meeting, agenda, by_subject)


def _enter(number: str) -> None:
    st.query_params.clear()
    st.query_params["meeting"] = number
    go(AGENDA)


def _start(visit: Visit, period: str, found: Sequence[Exceptional]) -> None:
    try:
        made = meetings.start(
            Journal(visit.places), begun(visit, period, found, today=date.today()), author=who_writes(visit)
        )
    except WarehouseError as error:
        say(str(error))
        return
    _enter(made.number)


def _agenda(visit: Visit, meeting: Meeting, agenda: Sequence[Exceptional], every: Mapping[str, Exceptional]) -> None:
    """What the meeting is to take, in the order that its chair sets."""
    period = Period.parse(meeting.period)
    st.title(f"Agenda: {period.label}", anchor=False)
    seen = {one.subject for one in meeting.seen}
    done = len(seen & set(meeting.agenda)) or "none"
    frame.sentence(f"{len(agenda)} to take, {done} of them seen. Meeting {meeting.number}, {day_words(meeting.held)}.",
                   demonstration=visit.demonstration)  # fmt: skip
    tell()
    ways, day, chair = st.columns([6, 2, 4], vertical_alignment="bottom")
    first = next((one for one in agenda if subject(one) not in seen), agenda[0] if agenda else None)
    with ways.container(horizontal=True):
        st.button("Begin" if not seen else "Go on", type="primary", on_click=go, args=(AGENDA, first),
                  disabled=first is None, shortcut="Right", key="meeting_begin")  # fmt: skip
        if visit.viewer.writes:
            st.button("Close the meeting", on_click=go, args=(CLOSE,), key="meeting_to_close")
        st.button("Leave meeting mode", on_click=leave, args=(meeting.period,), key="meeting_leave")
    if not visit.viewer.writes:
        for place, one in enumerate(agenda, 1):
            _words(one, place, seen)
        return
    _facts(visit, meeting, day, chair)
    for place, one in enumerate(agenda, 1):
        words, up, down, out = st.columns([12, 1, 1, 2], vertical_alignment="center")
        with words:
            _words(one, place, seen)
        name = subject(one)
        _change(visit, meeting, up, "Up", name, lambda now, name=name: now.moved(name, -1), disabled=place == 1)
        _change(visit, meeting, down, "Down", name, lambda now, name=name: now.moved(name, 1),
                disabled=place == len(agenda))  # fmt: skip
        _change(visit, meeting, out, "Leave out", name, lambda now, name=name: now.without(name))
    _add(visit, meeting, [one for name, one in every.items() if name not in meeting.agenda])


def _words(one: Exceptional, place: int, seen: set[str]) -> None:
    tone = ' class="bad"' if one.state == "new" else ""
    marked = " · seen" if subject(one) in seen else ""
    st.html(
        f'<p class="item">{place}. <b>{escape(one.title)}</b>: {escape(exceptions_table.reason(one))} '
        f'<span class="quiet">{escape(one.severity)} · <span{tone}>{escape(exceptions_table.state(one))}</span>'
        f"{marked}</span></p>"
    )


def _facts(visit: Visit, meeting: Meeting, day: object, chair: object) -> None:
    """The day and the chair, kept as soon as they are given."""
    on, by = f"meeting_day_{meeting.number}", f"meeting_chair_{meeting.number}"

    def keep() -> None:
        given, name = st.session_state.get(on), (st.session_state.get(by) or "").strip()
        if name and refused(name, name):
            return
        held = given if isinstance(given, date) else meeting.held
        _changed(visit, meeting, lambda now: replace(now, held=held, chair=name))

    day.date_input("Held on", value=meeting.held, format="DD/MM/YYYY", key=on, on_change=keep)  # type: ignore[attr-defined]
    chair.text_input("Chair", value=meeting.chair, max_chars=120, key=by, on_change=keep)  # type: ignore[attr-defined]


def _change(
    visit: Visit, meeting: Meeting, where: object, words: str, name: str, how: Callable[[Meeting], Meeting], *,
    disabled: bool = False,
) -> None:  # fmt: skip
    where.button(  # type: ignore[attr-defined]
        words, on_click=_changed, args=(visit, meeting, how), disabled=disabled, key=f"meeting_{words}_{name}",
        type="tertiary",
    )  # fmt: skip


def _changed(visit: Visit, meeting: Meeting, how: Callable[[Meeting], Meeting]) -> None:
    try:
        meetings.change(Journal(visit.places), meeting.number, how, author=who_writes(visit))
    except WarehouseError as error:
        say(str(error))


def _add(visit: Visit, meeting: Meeting, rest: Sequence[Exceptional]) -> None:
    if not rest:
        return
    titles = {subject(one): f"{one.title}: {exceptions_table.reason(one)}" for one in rest}
    which, button, _ = st.columns([8, 2, 6], vertical_alignment="bottom")
    chosen = which.selectbox(
        "One of the rest", list(titles), index=None, placeholder="Which one", key="meeting_rest",
        format_func=lambda name: label(titles.get(name, name)),
    )  # fmt: skip
    button.button(
        "Add to the agenda", disabled=chosen is None, key="meeting_add", on_click=_changed,
        args=(visit, meeting, lambda now: now.with_also(chosen) if chosen else now),
    )  # fmt: skip
