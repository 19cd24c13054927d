"""One exception filling the screen of a meeting, legible from the far end of the room, and taking down what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

from dashboard import charts, exceptions_desk, exceptions_table, figures, frame, meeting_record
from dashboard.exceptions_desk import Words
from dashboard.exceptions_table import subject
from dashboard.frame import Visit
from dashboard.meeting_steps import AGENDA, CLOSE, go, say, tell, who_writes
from dashboard.said_forms import NO_CHILD
from metrics.exceptions import Exceptional
from pipelines.personal import kinds_in_text
from returns.periods import day_words
from warehouse import meetings
from warehouse.meetings import Meeting
from warehouse.problems import WarehouseError
from warehouse.words import LONGEST, Action, Decision, action_of, decision_of, record

# Larger than on a page: type that is read from four metres, and the height of the screen that it is shown on.
CHART_HEIGHT, CHART_TYPE = 410, 19


def show(
    visit: Visit, meeting: Meeting, agenda: Sequence[Exceptional], place: int, spoken: Words, *, question: str
) -> None:
    """The exception at a place of the agenda; that it was seen is kept."""
    one = agenda[place]
    _steps(visit, agenda, place)
    st.title(f"{one.title}: {exceptions_table.reason(one)}", anchor=False)
    left, right = st.columns([11, 9], gap="large")
    if visit.viewer.writes:
        # Before what takes longer: whoever has stepped on and begins to type must not do so in the fields of the one
        # before.
        _take_down(visit, meeting, one, spoken)
    with left:
        _figure(one)
        _chart(visit, one)
        if len(one.causes) > 1:
            frame.bullets([exceptions_table.cause_words(cause) for cause in one.causes[1:]])
    with right, st.container(key="meeting_heard"):
        exceptions_desk.heard(visit, one, spoken, but_of=meeting.number)
        if one.line is not None and not spoken.of_quarter(one.period).get(subject(one)):
            frame.part("Questions to ask")
            frame.bullets(list(one.line.indicator.ask))
        frame.small(f"Data version {visit.reader.version}")
    if visit.viewer.writes:
        _keep(visit, meeting, one, spoken, question=question)


def _keep(visit: Visit, meeting: Meeting, one: Exceptional, spoken: Words, *, question: str) -> None:
    seen = meeting_record.seen(visit, one, spoken, question=question)
    try:
        meetings.change(spoken.journal, meeting.number, lambda now: now.saw(seen), author=who_writes(visit))
    except WarehouseError as error:
        say(str(error))


def _steps(visit: Visit, agenda: Sequence[Exceptional], place: int) -> None:
    """Where in the agenda this is, and the way on and back by click or arrow key."""
    before = agenda[place - 1] if place else None
    after = agenda[place + 1] if place + 1 < len(agenda) else None
    said, ways = st.columns(2, vertical_alignment="center")
    one = agenda[place]
    tone = ' class="bad"' if one.state == "new" else ""
    demonstration = ' · <span class="demonstration">Demonstration data</span>' if visit.demonstration else ""
    said.html(
        f'<p class="place">{place + 1} of {len(agenda)} · {escape(one.severity)} · '
        f"<span{tone}>{escape(exceptions_table.state(one))}</span>{demonstration}</p>"
    )
    with ways.container(horizontal=True, horizontal_alignment="right"):
        st.button("Previous", on_click=go, args=(AGENDA, before), disabled=before is None, shortcut="Left",
                  key="meeting_previous")  # fmt: skip
        st.button("Next", type="primary", on_click=go, args=(AGENDA, after), disabled=after is None, shortcut="Right",
                  key="meeting_next")  # fmt: skip
        st.button("Agenda", on_click=go, args=(AGENDA,), key="meeting_agenda")
        if visit.viewer.writes:
            st.button("Close the meeting", type="secondary" if after else "primary", on_click=go, args=(CLOSE,),
                      key="meeting_to_close")  # fmt: skip


def _figure(one: Exceptional) -> None:
    """The figure itself, the largest thing on the screen, with those before it; then what was seen of it."""
    if one.line is not None:
        result = one.line.result
        beside = [figures.counts(result)] if result.unit in ("percent", "p10k") else []
        beside += [f"{figures.value(then)} {when}" for then, when in (
            (one.line.previous, "a quarter before"), (one.line.year_ago, "a year before")
        ) if then is not None and then.value is not None]  # fmt: skip
        st.html(
            f'<p class="large"><b>{escape(figures.value(result))}</b>'
            + "".join(f"<span>{escape(each)}</span>" for each in beside if each) + "</p>"
        )  # fmt: skip
    st.html("".join(f'<p class="why">{escape(exceptions_table.cause_words(cause))}</p>' for cause in one.causes[:1]))


def _chart(visit: Visit, one: Exceptional) -> None:
    made = exceptions_desk.drawn(visit, one)
    if made is None:
        return
    made.figure.update_layout(height=CHART_HEIGHT, margin={"r": 230})
    made.figure.update_xaxes(tickfont={"size": CHART_TYPE})
    made.figure.update_yaxes(tickfont={"size": CHART_TYPE})
    made.figure.for_each_annotation(lambda note: note.font.update(size=CHART_TYPE))
    charts.show(made, key=f"meeting_{one.indicator}")


# ---- taking down ----------------------------------------------------------------------------------------------------


def _keys(meeting: Meeting, one_subject: str) -> tuple[str, str, str]:
    return (f"meeting_text_{meeting.number}_{one_subject}", f"meeting_owner_{meeting.number}_{one_subject}",
            f"meeting_due_{meeting.number}_{one_subject}")  # fmt: skip


def not_taken_down(meeting: Meeting) -> list[str]:
    """The subjects under which something was typed on this screen that nobody has taken down yet."""
    start = f"meeting_text_{meeting.number}_"
    return [str(key).removeprefix(start) for key, value in st.session_state.items()
            if str(key).startswith(start) and str(value or "").strip()]  # fmt: skip


def _take_down(visit: Visit, meeting: Meeting, one: Exceptional, spoken: Words) -> None:
    """Fields that keep what is typed in them while the meeting steps on, until it is taken down."""
    text, owner, due = _keys(meeting, subject(one))
    with st.container(key="meeting_take"):
        with st.container():  # one place, whether or not there is anything to say: what follows keeps its own
            tell()
            _already(meeting, one, spoken)
        words, who, when, send = st.columns([9, 4, 2.4, 2], vertical_alignment="bottom")
        words.text_area("Decision, or action where it has an owner or a day", max_chars=LONGEST, height=84, key=text,
                        persist_state="session")  # fmt: skip
        who.text_input("Owner", max_chars=200, key=owner, persist_state="session")
        when.date_input("Due", value=None, format="DD/MM/YYYY", key=due, persist_state="session")
        send.button("Take it down", type="primary", on_click=_taken, args=(visit, meeting, one), key="meeting_taken",
                    width="stretch")  # fmt: skip


def _already(meeting: Meeting, one: Exceptional, spoken: Words) -> None:
    about, number = subject(one), meeting.number
    said = [f"<b>{escape(entry.thread)}</b> {escape(decision_of(entry).text)}" for entry in spoken.decisions
            if entry.subject == about and decision_of(entry).meeting == number]  # fmt: skip
    for entry in spoken.actions:
        action = action_of(entry)
        if entry.subject == about and action.meeting == number:
            told = ", ".join(filter(None, [action.owner, f"by {day_words(action.due)}" if action.due else ""]))
            said.append(f"<b>{escape(entry.thread)}</b> {escape(action.action)} {escape(told)}")
    if said:
        st.html(f'<p class="taken">Taken down here: {" · ".join(said[-3:])}</p>')


def _taken(visit: Visit, meeting: Meeting, one: Exceptional) -> None:
    """Writes what was typed, and empties its fields; what cannot be taken down stays as it was typed, with why."""
    text_key, owner_key, due_key = _keys(meeting, subject(one))
    text, owner = (str(st.session_state.get(key) or "").strip() for key in (text_key, owner_key))
    due = st.session_state.get(due_key)
    if not text:
        say("Nothing was taken down: say what was decided.")
        return
    kinds = dict.fromkeys(kind for said in (text, owner) for kind in kinds_in_text(said))
    if kinds:
        say(f"Nothing was taken down: the words hold {' and '.join(kinds)}. Take them out. {NO_CHILD}")
        return
    day = due if isinstance(due, date) else None
    said: Decision | Action = Action(text, owner, day) if owner or day else Decision(text)
    journal = exceptions_desk.Journal(visit.places)
    try:
        if meetings.read(journal, meeting.number).is_closed:
            say("Nothing was taken down: somebody has closed the meeting. Take it down on the Exceptions page.")
            return
        record(journal, replace(said, meeting=meeting.number), subject=subject(one), period=meeting.period,
               author=who_writes(visit))  # fmt: skip
    except WarehouseError as error:
        say(str(error))
        return
    st.session_state[text_key] = st.session_state[owner_key] = ""
    st.session_state[due_key] = None
