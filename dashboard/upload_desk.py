"""What the Upload page does: takes files in, checks them one by one, tries them out, accepts what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard import access, frame, upload_tables
from dashboard.plain import label, label_whole
from dashboard.table import markup
from dashboard.upload_tray import File, Tray
from pipelines.load import holds_demonstration
from pipelines.opening import LARGEST
from pipelines.preview import main_quarter
from pipelines.reference import ReferenceUnreadable
from returns.partnership import SettingsError
from returns.periods import Period
from returns.places import Places
from warehouse.problems import WarehouseError
from warehouse.store import current_version

MEGABYTES = LARGEST // (1024 * 1024)
# Ten years: what an agency held back, or sends of the years before, has a quarter too.
QUARTERS_OFFERED = 40


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
    """Every file that waits is checked, a bar each."""
    waiting = desk.tray.to_check
    if waiting:
        bars = {file.number: st.progress(0.0, text=f"{label(file.name)}: waiting") for file in waiting}
        for file in waiting:
            _check_one(desk, file, bars[file.number].progress)
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


def first_to_look_at(desk: UploadDesk) -> str:
    """The number of the file that most needs looking at: one that waits, one that goes back, one with findings."""
    order = {"ask": 0, "back": 1, "accept": 2, "same": 3, "none": 4}
    files = sorted(
        desk.tray.files, key=lambda file: (order[upload_tables.verdict(file)[2]], not file.found, file.number)
    )
    return str(files[0].number)


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
    """What accepting the chosen returns would change on the scorecard of one quarter; worked out where it is not."""
    if desk.tray.preview is None:
        if desk.tray.chosen:
            st.subheader("What would change on the scorecard", anchor=False)
            _try_out(desk)
            st.rerun()
        return
    found = desk.tray.preview
    if found.quarter is None:
        return
    moved = [each for each in found.changes if each.of_the_figure]
    st.subheader(f"What would change on the scorecard: {label(found.quarter.label)}", anchor=False)
    _quarter_of_changes(desk, found.quarter)
    if not moved:
        frame.note("No figure would change.")
    else:
        st.html(markup(upload_tables.changes(moved, quarter=found.quarter)))
    counts_only = [each for each in found.changes if not each.of_the_figure]
    if counts_only:
        with st.expander(f"{len(counts_only)} more whose counts would change and whose figure would not"):
            st.html(markup(upload_tables.changes(counts_only, quarter=found.quarter)))


def _quarter_of_changes(desk: UploadDesk, shown: Period) -> None:
    """Draws the choice of quarter, where what is to be accepted is of several."""
    periods = {Period.parse(each.period).quarter() for each in desk.tray.chosen if each.period}
    offered = sorted(periods | {shown}, reverse=True)
    if len(offered) == 1:
        return
    left, _right = st.columns([1, 4])
    chosen = left.selectbox(
        "On the scorecard of", offered, index=offered.index(shown), key=f"upload_changes_of_{shown}",
        format_func=lambda quarter: f"{quarter} ({quarter.label})",
    )
    if chosen != shown:
        _try_out(desk, chosen)
        st.rerun()


def version_in_words(desk: UploadDesk) -> str:
    """Which data the page was checked against."""
    with told():
        number = current_version(desk.places)
    return f"Data version {number}" if number else "Nothing is loaded yet"
