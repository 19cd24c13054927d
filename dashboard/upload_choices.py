"""What the analyst decides about the files: accept all, some or none; of which quarter; take them away."""

from __future__ import annotations

import time

import streamlit as st

from dashboard import frame
from dashboard.plain import label
from dashboard.upload_desk import QUARTERS_OFFERED, UploadDesk
from dashboard.upload_tray import File
from pipelines.batch import today
from pipelines.load import ChangedSince
from pipelines.reference import ReferenceUnreadable
from pipelines.submissions import SubmissionReport
from returns.partnership import SettingsError
from returns.periods import Period, quarter_of
from warehouse.problems import LoadRunning, WarehouseError

# How long accepting waits for another load before it says so.
WAITS, PAUSE = 40, 1.5

MIXED = (
    "Tick this to accept them: this data folder holds the demonstration, so they are counted together with its "
    "made-up children. For real returns, start the dashboard on a folder of its own: python run.py --data FOLDER."
)


def decide(desk: UploadDesk) -> None:
    """Draws what can be done with the files: accept them, choose which, or take them away."""
    files = [file for file in desk.tray.files if file.chosen]
    practice = True
    if desk.demonstration:
        practice = st.checkbox("These are practice files: count them with the demonstration", key="upload_practice")
        if not practice:
            frame.note(MIXED)
    accept, choose, every, away = st.columns([1.3, 1.3, 1.8, 1.3], vertical_alignment="bottom")
    words = f"Accept the {len(files)}" if len(files) != 1 else "Accept it"
    accept_now = accept.button(
        words if files else "Nothing to accept", type="primary", disabled=not (files and practice), width="stretch"
    )
    with choose:
        _choose(desk)
    with every:
        _for_every_file(desk)
    if away.button("Take all away", width="stretch"):
        desk.tray.remove([file.number for file in desk.tray.files])
        st.rerun()
    if accept_now:
        _accept(desk)


def _for_every_file(desk: UploadDesk) -> None:
    """Draws the quarter that holds for every file; each can still have its own."""
    last = quarter_of(today())
    offered: list[Period | None] = [None, *(last.earlier(step) for step in range(QUARTERS_OFFERED))]
    chosen = st.selectbox(
        "Quarter of every file", offered, key="upload_quarter",
        format_func=lambda quarter: f"{quarter} ({quarter.label})" if quarter else "As each file says",
    )
    if chosen != desk.tray.quarter:
        desk.tray.all_of_quarter(chosen)
        st.rerun()


def _accept(desk: UploadDesk) -> None:
    """Accepts what is chosen. Waits for another load that runs, and looks again when one has come between."""
    bar = st.progress(0.0, text="Accepting")

    def progress(done: int, whole: int, file: str) -> None:
        bar.progress(done / max(1, whole), text=f"Accepting {label(file)}" if file else "Making the new version")

    for attempt in range(WAITS):
        try:
            desk.tray.accept(desk.places, progress=progress)
            st.session_state.pop("upload_said", None)
            break
        except ChangedSince:
            desk.tray.check_again()
            st.session_state["upload_said"] = (
                "Somebody else accepted files, or answered a question, while you looked at yours, so nothing was "
                "accepted yet. Yours have been checked again against what is there now: look at them, and accept."
            )
            break
        except LoadRunning as error:
            if attempt + 1 == WAITS:
                st.session_state["upload_said"] = str(error)
                break
            bar.progress(0.0, text="Another load is running; waiting for it to finish")
            time.sleep(PAUSE)
        except (WarehouseError, SettingsError, ReferenceUnreadable) as error:
            st.session_state["upload_said"] = str(error)
            break
    st.rerun()


def _choose(desk: UploadDesk) -> None:
    """A tick box for every return that could be accepted."""
    offered = [(file, each) for file in desk.tray.files for each in file.acceptable]
    with st.popover("Choose which", disabled=not offered, width="stretch"), st.form("upload_choice", border=False):
        ticked = [
            st.checkbox(
                label(_of_return(file, each)), value=each.sheet not in file.left_out,
                key=f"upload_wanted_{file.number}_{each.sheet}",
            )
            for file, each in offered
        ]
        if st.form_submit_button("Use this choice"):
            for file in desk.tray.files:
                unticked = (each.sheet for (of, each), tick in zip(offered, ticked, strict=True)
                            if of is file and not tick)
                desk.tray.leave_out(file, frozenset(unticked))
            st.rerun()


def _of_return(file: File, each: SubmissionReport) -> str:
    sheet = f", {each.sheet}" if each.sheet else ""
    return f"{file.number}. {file.name}{sheet}: {each.rows_accepted:,} rows"
