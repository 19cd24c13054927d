"""The front door: navigation, sign-in and theme. Pages ask `dashboard` for everything else."""

import streamlit as st

from dashboard import access, frame

scorecard = st.Page("pages/scorecard.py", title="Scorecard", url_path="scorecard")
exceptions = st.Page("pages/exceptions.py", title="Exceptions", url_path="exceptions")
actions = st.Page("pages/actions.py", title="Actions", url_path="actions")
challenge = st.Page("pages/challenge.py", title="Challenge", url_path="challenge")
benchmarks = st.Page("pages/benchmarks.py", title="Benchmarks", url_path="benchmarks")
indicator = st.Page("pages/indicator.py", title="Indicator", url_path="indicator")
contradictions = st.Page("pages/contradictions.py", title="Contradictions", url_path="contradictions")
definitions = st.Page("pages/definitions.py", title="Definitions", url_path="definitions")
upload = st.Page("pages/upload.py", title="Upload", url_path="upload")
returns = st.Page("pages/returns.py", title="Returns", url_path="returns")


def front() -> None:
    """The bare address opens the scorecard, whose own address is then the one that is shared."""
    st.switch_page(scorecard, query_params=dict(st.query_params))


st.set_page_config(page_title=frame.title(), page_icon=frame.ICON, layout="wide")
frame.style()
page = st.navigation(
    {
        "": [st.Page(front, title="Front door", default=True, visibility="hidden")],
        "Meeting": [scorecard, exceptions, challenge, actions, indicator, benchmarks, contradictions, definitions],
        "Analyst": [upload, returns],
    },
    position="top",
)
# The dashboard answers this computer alone (.streamlit/config.toml). Its user loads the files, unless
# config/disclosure.yaml says otherwise.
with access.signed_in(access.of_this_computer()):
    page.run()
