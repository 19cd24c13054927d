"""What the Upload page does: takes files in, checks them one by one, tries them out, accepts what is chosen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard import access, upload_tables
from dashboard.plain import label
from dashboard.table import markup
from dashboard.upload_tray import File, Tray
from pipelines.batch import today
from pipelines.load import ChangedSince, holds_demonstration
from pipelines.opening import LARGEST
from pipelines.preview import main_quarter
from pipelines.reference import ReferenceUnreadable
from returns.partnership import SettingsError
from returns.periods import Period, quarter_of
from returns.places import Places
from warehouse.problems import LoadRunning, WarehouseError
from warehouse.store import current_version

MEGABYTES = LARGEST // (1024 * 1024)
QUARTERS_OFFERED = 20
# How long accepting waits for another load before it says so.
WAITS, PAUSE = 40, 1.5

MIXED = (
    "This data folder holds the demonstration, a made-up county. Whatever is accepted here is counted together with "
    "its made-up children. For real returns, start the dashboard on a folder of its own: python run.py --data FOLDER."
)


@dataclass(frozen=True)
class UploadDesk:
    """One run of the page: where the data is, the session's own tray, and whether the folder is the demonstration's."""

    places: Places
    tray: Tray
    demonstration: bool


def begin(page: str) -> UploadDesk:
    """The desk, when the page may be drawn; otherwise the run ends here."""
    access.ask(page)
    places = Places.of()
    if "upload_tray" not in st.session_state:
        st.session_state["upload_tray"] = Tray()
    with told():
        return UploadDesk(places, st.session_state["upload_tray"], holds_demonstration(places))
    st.stop()


@contextmanager
def told() -> Iterator[None]:
    """What the warehouse, the settings or the reference tables refuse is a sentence on the page, and ends the run."""
    try:
        yield
    except (WarehouseError, SettingsError, ReferenceUnreadable) as error:
        say(str(error))
        st.stop()


def say(sentence: str) -> None:
    """A sentence that the analyst must see."""
    st.warning(label_whole(sentence))


def label_whole(sentence: str) -> str:
    """A whole sentence for Streamlit's Markdown, as it was written."""
    return " ".join(label(part) for part in sentence.split(" "))


def take_dropped(desk: UploadDesk) -> None:
    """Draws the place to drop files; what is dropped goes on the tray, and the browser's copy is let go."""
    round_ = st.session_state.setdefault("upload_round", 0)
    dropped = st.file_uploader(
        f"Drop the agencies’ files here, as many as there are: xlsx, xls, ods, csv or tsv, up to {MEGABYTES} MB each",
        accept_multiple_files=True, key=f"dropped_{round_}",
    )
    if dropped:
        for each in dropped:
            desk.tray.take(each.name, each.getbuffer())
        st.session_state["upload_round"] = round_ + 1
        st.session_state.pop("upload_said", None)
        st.rerun()


def check(desk: UploadDesk) -> None:
    """Every file that waits is checked, a bar each; then what the chosen returns would change is worked out."""
    waiting = desk.tray.to_check
    if waiting:
        bars = {file.number: st.progress(0.0, text=f"{label(file.name)}: waiting") for file in waiting}
        for file in waiting:
            _check_one(desk, file, bars[file.number].progress)
        st.rerun()
    if desk.tray.preview is None and desk.tray.chosen:
        _try_out(desk)
        st.rerun()


def _check_one(desk: UploadDesk, file: File, show: Callable[..., object]) -> None:
    name = label(file.name)
    show(0.05, text=f"{name}: being read")
    with told():
        desk.tray.check(desk.places, file, step=lambda share: show(share, text=f"{name}: being checked"))
    show(1.0, text=f"{name}: {upload_tables.verdict(file)[0].lower()}")


def _try_out(desk: UploadDesk, quarter: Period | None = None) -> None:
    bar = st.progress(0.0, text="Working out what would change on the scorecard")

    def progress(done: int, whole: int, _file: str) -> None:
        bar.progress(0.8 * done / max(1, whole), text="Working out what would change on the scorecard")

    with told():
        desk.tray.try_out(desk.places, quarter=quarter, progress=progress)


def choose_quarter(desk: UploadDesk, quarter: Period) -> None:
    """What would change is of that quarter."""
    if desk.tray.preview is not None and desk.tray.preview.quarter != quarter:
        _try_out(desk, quarter)
        st.rerun()


def first_to_look_at(desk: UploadDesk) -> str:
    """The number of the file that most needs looking at: one that waits, one that goes back, one with findings."""
    order = {"ask": 0, "back": 1, "accept": 2, "same": 3, "none": 4}
    files = sorted(
        desk.tray.files, key=lambda file: (order[upload_tables.verdict(file)[2]], not file.found, file.number)
    )
    return str(files[0].number)


def for_every_file(desk: UploadDesk) -> None:
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


def decide(desk: UploadDesk) -> None:
    """Draws what can be done with the files: accept them, choose which, or take them away."""
    files = [file for file in desk.tray.files if file.chosen]
    practice = True
    if desk.demonstration:
        say(MIXED)
        practice = st.checkbox("These are practice files: count them with the demonstration", key="upload_practice")
    left, right, every, _rest = st.columns([1.3, 1.3, 1.8, 2.2], vertical_alignment="bottom")
    with every:
        for_every_file(desk)
    words = f"Accept the {len(files)}" if len(files) != 1 else "Accept it"
    accept_now = left.button(
        words if files else "Nothing to accept", type="primary", disabled=not (files and practice), width="stretch"
    )
    if right.button("Take all away", width="stretch"):
        desk.tray.remove([file.number for file in desk.tray.files])
        st.rerun()
    if accept_now:
        _accept(desk)
    if any(file.acceptable for file in desk.tray.files):
        _choose(desk)


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
                "Somebody else’s files were accepted while you looked at yours, so nothing was accepted yet. Yours "
                "have been checked again against what is there now: look at them, and accept."
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
    with st.expander("Choose which"), st.form("upload_choice", border=False):
        left_out: dict[int, frozenset[str | None]] = {}
        for file in desk.tray.files:
            unticked = [
                each.sheet for each in file.acceptable
                if not st.checkbox(
                    label(_of_return(file, each)), value=each.sheet not in file.left_out,
                    key=f"upload_wanted_{file.number}_{each.sheet}",
                )
            ]
            left_out[file.number] = frozenset(unticked)
        if st.form_submit_button("Use this choice"):
            for file in desk.tray.files:
                desk.tray.leave_out(file, left_out[file.number])
            st.rerun()


def _of_return(file: File, each: object) -> str:
    sheet, rows = getattr(each, "sheet", None), getattr(each, "rows_accepted", 0)
    return f"{file.number}. {file.name}" + (f", {sheet}" if sheet else "") + f": {rows:,} rows"


def say_what_happened(desk: UploadDesk) -> None:
    """What the last accepting came to, in one sentence, with the way to the quarter's scorecard."""
    said = st.session_state.get("upload_said")
    if said:
        say(said)
    report = desk.tray.accepted
    if report is None:
        return
    st.success(label_whole(upload_tables.accepted(desk.tray)))
    quarter = main_quarter(report)
    if quarter is not None:
        st.page_link(
            "pages/scorecard.py", label=f"See the scorecard of {quarter.label}", query_params={"period": str(quarter)}
        )


def changes(desk: UploadDesk) -> None:
    """What accepting the chosen returns would change on the scorecard of one quarter."""
    found = desk.tray.preview
    if found is None or found.quarter is None:
        return
    moved = [each for each in found.changes if each.of_the_figure]
    st.subheader(f"What would change on the scorecard: {label(found.quarter.label)}", anchor=False)
    if not moved:
        st.html('<p class="quiet">No figure would change.</p>')
    else:
        st.html(markup(upload_tables.changes(moved, quarter=found.quarter)))
    counts_only = [each for each in found.changes if not each.of_the_figure]
    if counts_only:
        with st.expander(f"{len(counts_only)} more whose counts would change and whose figure would not"):
            st.html(markup(upload_tables.changes(counts_only, quarter=found.quarter)))


def version_in_words(desk: UploadDesk) -> str:
    """Which data the page was checked against."""
    with told():
        number = current_version(desk.places)
    return f"Data version {number}" if number else "Nothing is loaded yet"
