"""Actions: who is doing what by when, and did it work?"""

from datetime import date

import streamlit as st

from dashboard import actions_desk, actions_proposed, address, frame, indicator_desk, table

QUESTION = "Who is doing what by when, and did it work?"

visit = frame.begin("actions", question=QUESTION)
today = date.today()
found = actions_desk.actions(visit, question=QUESTION)

top = st.container()
show, wrong_show = address.choice(
    "show", list(actions_desk.SHOWN), default=actions_desk.OPEN,
    widget=lambda key: st.segmented_control(
        "Show", list(actions_desk.SHOWN), key=key, format_func=actions_desk.SHOWN.__getitem__
    ),
)  # fmt: skip
with top:
    frame.heading(visit, QUESTION, actions_desk.answer(found, today))
    if wrong_show:
        frame.note(wrong_show)

shown = actions_desk.of(found, show, today)
if shown:
    titles = indicator_desk.titles(indicator_desk.catalogue(QUESTION))
    st.html(table.markup(actions_desk.table(shown, titles, today)))
elif found:
    frame.note("There is none of this kind.")
if found and visit.viewer.writes:
    actions_desk.form(visit, found, today)
actions_proposed.show(visit, question=QUESTION)
frame.foot(visit)
