"""The front door: navigation, sign-in and theme. Pages ask `dashboard` for everything else."""

import streamlit as st

from dashboard import access, frame

st.set_page_config(page_title=frame.title(), page_icon=frame.ICON, layout="wide")
frame.style()
page = st.navigation(
    {"Meeting": [st.Page("pages/scorecard.py", title="Scorecard", default=True)]},
    position="top",
)
with access.signed_in(access.Viewer(role="group")):
    page.run()
