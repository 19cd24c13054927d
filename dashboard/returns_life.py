"""The life of each submission of one return, and taking one out of the figures or letting one count again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import frame, returns_tables
from dashboard.plain import label_whole
from dashboard.table import markup
from pipelines.reference import ReferenceUnreadable
from pipelines.story import stories
from returns.partnership import SettingsError
from returns.places import Places
from warehouse.ledger import Ledger, SubmissionRecord, fold
from warehouse.problems import WarehouseError

_SAID = "returns_life_said"
# What can be done with a submission, by how it stands.
_DEEDS = {"accepted": "Take out", "nil": "Take out", "superseded": "Let count again", "retracted": "Let count again"}


def lives(places: Places, return_name: str, agency_name: str) -> None:
    """Draws what happened to each submission of the return, the latest first, and what can be done with it."""
    events = list(Ledger(places).events()) if places.journal.exists() else []
    records = [
        record for record in fold(events) if (record.return_name, record.agency) == (return_name, agency_name)
    ]
    records.sort(key=lambda record: (record.period, record.id), reverse=True)
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(label_whole(said))
    if not records:
        frame.note("Nothing was ever sent.")
        return
    _change(places, records)
    st.html(markup(returns_tables.lives(records, stories(events))))


def _change(places: Places, records: Sequence[SubmissionRecord]) -> None:
    """Draws the form that takes a submission out or lets one count again; nothing happens without a reason."""
    offered = {record.id: record for record in records if record.status in _DEEDS}
    if not offered:
        return
    with st.expander("Take a submission out of the figures, or let one count again"):
        frame.note(
            "Every figure that rests on it changes for everybody. The file is kept, the reason is written in the "
            "ledger, and it can be undone here."
        )
        with st.form("returns_life", border=False, clear_on_submit=True):
            left, right = st.columns([2, 3])
            chosen = left.selectbox(
                "Submission", list(offered), index=None, placeholder="Which one", key="returns_life_which",
                format_func=lambda each: _in_words(offered[each]),
            )
            why = right.text_input(
                "Why", max_chars=300, key="returns_life_why", placeholder="The reason, for the ledger"
            )
            sure = st.checkbox("I mean it: the figures change", key="returns_life_sure")
            if not st.form_submit_button("Do it"):
                return
        if not chosen or not why.strip() or not sure:
            st.warning("Nothing was done: choose the submission, say why, and tick that you mean it.")
            return
        _do(places, offered[chosen], why.strip())


def _in_words(record: SubmissionRecord) -> str:
    count = record.rows_accepted
    rows = "nil" if record.status == "nil" else f"{count:,} row{'' if count == 1 else 's'}"
    return f"{_DEEDS[record.status]}: {record.id}, {record.period}, {rows}"


def _do(places: Places, record: SubmissionRecord, why: str) -> None:
    from pipelines.replay import restore, retract

    try:
        with st.spinner("Making the new version"):
            if _DEEDS[record.status] == "Take out":
                before = retract(places, record.id, why=why).supersedes
                said = f"{record.id} no longer counts."
                said += f" It had replaced {before}, which can be let count again." if before else ""
            else:
                replaced = restore(places, record.id, why=why)
                said = f"{record.id} counts again." + (f" {replaced.id} made way for it." if replaced else "")
    except (WarehouseError, SettingsError, ReferenceUnreadable) as error:
        st.warning(label_whole(str(error)))
        return
    st.session_state[_SAID] = said
    st.rerun()
