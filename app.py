"""The front door: navigation, sign-in and theme. Pages ask `dashboard` for everything else."""

import streamlit as st

from dashboard import access, frame

scorecard = st.Page("pages/scorecard.py", title="Scorecard", url_path="scorecard")


def front() -> None:
    """The bare address opens the scorecard, whose own address is then the one that is shared."""
    st.switch_page(scorecard, query_params=dict(st.query_params))


st.set_page_config(page_title=frame.title(), page_icon=frame.ICON, layout="wide")
frame.style()
page = st.navigation(
    {"": [st.Page(front, title="Front door", default=True, visibility="hidden")], "Meeting": [scorecard]},
    position="top",
)
with access.signed_in(access.Viewer(role="group")):
    page.run()
