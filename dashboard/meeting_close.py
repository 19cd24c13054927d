"""Closing a meeting: who was there, what is left to take down, and the minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import frame, table
from dashboard.frame import Visit
from dashboard.meeting_item import not_taken_down
from dashboard.meeting_steps import AGENDA, go, leave, say, tell, who_writes
from dashboard.said_forms import NO_CHILD
from dashboard.table import Cell, Column, Section, Table
from metrics.exceptions import Exceptional
from pipelines.personal import kinds_in_text
from reports.minutes import file_name, minutes
from returns.partnership import agencies
from returns.periods import Period, day_words
from warehouse import meetings
from warehouse.entries import Journal
from warehouse.meetings import AttendanceOvertaken, Meeting, Person, TakenDown
from warehouse.problems import WarehouseError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_TYPED = 8_000


def form(visit: Visit, meeting: Meeting, every: Mapping[str, Exceptional]) -> None:
    """Who was there and who sent apologies; what was seen and what was not; then the close."""
    st.title("Who was there?", anchor=False)
    frame.sentence(
        f"{_count(len(meeting.seen), 'exception')} seen, {len(meeting.agenda)} on the agenda. One person a line, then "
        "a comma and the agency: Jane Smith, West Mercia Police.", demonstration=visit.demonstration,
    )  # fmt: skip
    tell()
    present, absent, read = (f"meeting_{name}_{meeting.number}" for name in ("present", "apologies", "read"))
    # What the fields were filled from, which was when they were first drawn: where others write meanwhile, it is not
    # what there is.
    if read not in st.session_state:
        st.session_state[read] = (meeting.attended, meeting.apologies)
        st.session_state[present], st.session_state[absent] = _lines(meeting.attended), _lines(meeting.apologies)
    left, right = st.columns(2, gap="large")
    left.text_area("Present", height=330, max_chars=_MOST_TYPED, key=present, persist_state="session")
    right.text_area("Apologies", height=330, max_chars=_MOST_TYPED, key=absent, persist_state="session")
    with st.container(horizontal=True):
        st.button("Close the meeting and make the minutes", type="primary", on_click=_save, key="meeting_close",
                  args=(visit, meeting, every, True))  # fmt: skip
        st.button("Save who was there", on_click=_save, args=(visit, meeting, every, False), key="meeting_attendance")
        st.button("Back to the agenda", on_click=go, args=(AGENDA,), key="meeting_back")
    frame.note("Closed, the meeting is changed no more.")


def _save(visit: Visit, meeting: Meeting, every: Mapping[str, Exceptional], close: bool) -> None:
    present, absent, read = (f"meeting_{name}_{meeting.number}" for name in ("present", "apologies", "read"))
    typed = [str(st.session_state.get(key) or "") for key in (present, absent)]
    attended, apologies = (people(text) for text in typed)
    why = _not_saved(meeting, every, typed, attended, close=close)
    if why:
        say(why)
        return
    try:
        after = meetings.attendance(
            Journal(visit.places), meeting.number, attended=attended, apologies=apologies,
            read_as=st.session_state[read], author=who_writes(visit), close=close,
        )  # fmt: skip
    except AttendanceOvertaken as met:
        st.session_state[read] = (met.latest.attended, met.latest.apologies)
        say(f"{met.by} wrote who was there while you were writing. Nothing of yours was saved. "
            f"Present by theirs: {_named(met.latest.attended)}. Apologies: {_named(met.latest.apologies)}. "
            "Put together what should stand, and save again.")  # fmt: skip
        return
    except WarehouseError as error:
        say(str(error))
        return
    st.session_state[read] = (after.attended, after.apologies)
    if not close:
        say("Who was there is saved.")


def _not_saved(
    meeting: Meeting, every: Mapping[str, Exceptional], typed: Sequence[str], attended: Sequence[Person], *, close: bool
) -> str | None:
    """Why nothing is saved yet; None where it can be."""
    kinds = dict.fromkeys(kind for text in typed for kind in kinds_in_text(text))
    if kinds:
        return f"Nothing was saved: the words hold {' and '.join(kinds)}. Take them out. {NO_CHILD}"
    if close and not attended:
        return "The meeting is not closed: say who was there."
    left = [every[name].title for name in not_taken_down(meeting) if name in every] if close else []
    if left:
        return (f"The meeting is not closed: something is typed and not taken down under {'; '.join(left)}. "
                "Take it down there, or empty it.")  # fmt: skip
    return None


def people(text: str) -> tuple[Person, ...]:
    """The people of a list, one a line: `Jane Smith, West Mercia Police`. An agency may be given by its short name."""
    titles = {one.name: one.title for one in agencies()} | {one.title.casefold(): one.title for one in agencies()}
    found = []
    for line in text.splitlines():
        name, _, agency = (part.strip() for part in line.partition(","))
        if name:
            found.append(Person(name, titles.get(agency.casefold(), agency)))
    return tuple(dict.fromkeys(found))


def _lines(of: Sequence[Person]) -> str:
    return "\n".join(", ".join(filter(None, [one.name, one.agency])) for one in of)


def _named(of: Sequence[Person]) -> str:
    return "; ".join(", ".join(filter(None, [one.name, one.agency])) for one in of) or "nobody"


# ---- afterwards -----------------------------------------------------------------------------------------------------


def after(visit: Visit, meeting: Meeting) -> None:
    """A meeting that was held: its minutes, and what was decided and promised in it."""
    period = Period.parse(meeting.period)
    st.title(f"Minutes: {period.label}", anchor=False)
    try:
        kept = meetings.taken_down(Journal(visit.places), meeting)
        document = minutes(meeting, kept)
    except WarehouseError as error:
        frame.cannot_show("Minutes", str(error))
    frame.sentence(
        f"Meeting {meeting.number} of {day_words(meeting.held)} is closed: {len(meeting.seen)} exceptions seen, "
        f"{_count(len(kept.decisions), 'decision')} and {_count(len(kept.actions), 'action')} taken down.",
        demonstration=visit.demonstration,
    )
    tell()
    with st.container(horizontal=True):
        st.download_button("Download the minutes (Word)", document, file_name=file_name(meeting), mime=WORD,
                           type="primary", on_click="ignore", key="meeting_minutes")  # fmt: skip
        st.button("Back to the exceptions", on_click=leave, args=(meeting.period,), key="meeting_leave")
    if kept.decisions or kept.actions:
        st.html(table.markup(_summary(meeting, kept)))
    frame.part("Present")
    frame.note(_named(meeting.attended))
    frame.part("Apologies")
    frame.note(_named(meeting.apologies))


def _count(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _summary(meeting: Meeting, kept: TakenDown) -> Table:
    titles = {one.subject: one.title for one in meeting.seen}
    columns = (Column("No.", "quiet"), Column("Decided", "name"), Column("Who", "quiet"), Column("Due", "verdict"))
    rows = []
    for one in (*kept.decisions, *kept.actions):
        assert one.entry is not None, "what was taken down was written"
        about = titles.get(one.entry.subject or "", "")
        text, owner, due = (one.text, "", None) if hasattr(one, "text") else (one.action, one.owner, one.due)
        rows.append([Cell(one.entry.thread), Cell(text, small=about), Cell(owner), Cell(day_words(due) if due else "")])
    return Table("Decisions and actions of the meeting", columns, [Section("", rows)], "agenda")
