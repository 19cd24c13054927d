"""A nil return without a file: an agency says that it had nothing to report."""

from __future__ import annotations

import streamlit as st

from dashboard.upload_desk import QUARTERS_OFFERED, UploadDesk, say
from pipelines.batch import today
from pipelines.load import Sending, load_files
from pipelines.reference import ReferenceUnreadable
from returns.catalogue import NAMES, the_return
from returns.partnership import SettingsError, agencies
from returns.periods import quarter_ended_by
from warehouse.problems import WarehouseError


def nil_return(desk: UploadDesk) -> None:
    """Draws the form that records a nil return, folded away: it is seldom wanted."""
    with st.expander("Nothing to report? Record a nil return"), st.form("upload_nil", border=False):
        first, second, third = st.columns(3)
        name = first.selectbox(
            "Return", NAMES, index=None, placeholder="Which return", key="nil_return",
            format_func=lambda each: the_return(each).title,
        )
        titles = {each.name: each.title for each in agencies()}
        whose = second.selectbox(
            "Agency", list(titles), index=None, placeholder="Whose", key="nil_agency", format_func=titles.__getitem__
        )
        last = quarter_ended_by(today())
        quarter = third.selectbox(
            "Quarter", [last.earlier(step) for step in range(QUARTERS_OFFERED)], key="nil_quarter",
            format_func=lambda each: f"{each} ({each.label})",
        )
        if not st.form_submit_button("Record it as nil"):
            return
    if not (name and whose and quarter):
        say("Say which return it is, and whose.")
        return
    try:
        report = load_files(desk.places, [Sending(None, whose, quarter, None, frozenset({name}))])
    except (WarehouseError, SettingsError, ReferenceUnreadable) as error:
        say(str(error))
        return
    desk.tray.accepted = report
    desk.tray.check_again()
    st.session_state.pop("upload_said", None)
    st.rerun()
