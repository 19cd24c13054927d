"""Scorecard: how are we doing?"""

import streamlit as st

from dashboard import address, frame, scorecard_table, table

QUESTION = "How are we doing?"
EVERY_THEME = "all"
GROUPS = {"county": "The county", "groups": "And watched groups"}

visit = frame.begin("scorecard", question=QUESTION)
latest = frame.card(visit, question=QUESTION)
quarters = [str(quarter) for quarter in reversed(latest.quarters)]
themes = {EVERY_THEME: "All"} | scorecard_table.short_themes(latest)

top = st.container()
left, right, far = st.columns([1, 4, 1], vertical_alignment="bottom")
with left:
    quarter, wrong_quarter = address.choice(
        "period", quarters, default=str(latest.period),
        widget=lambda key: st.selectbox("Quarter", quarters, key=key),
    )  # fmt: skip
with right:
    theme, wrong_theme = address.choice(
        "theme", list(themes), default=EVERY_THEME,
        widget=lambda key: st.segmented_control("Show", list(themes), key=key, format_func=themes.__getitem__),
    )  # fmt: skip

with far:
    lines, wrong_lines = address.choice(
        "lines", list(GROUPS), default="county",
        widget=lambda key: st.selectbox("Lines of", list(GROUPS), key=key, format_func=GROUPS.__getitem__),
    )  # fmt: skip

card = frame.card(visit, question=QUESTION, period=quarter)
with top:
    frame.heading(visit, f"{QUESTION} {card.period.label}", scorecard_table.answer(card))
    for complaint in filter(None, (wrong_quarter, wrong_theme, wrong_lines)):
        frame.note(complaint)

shown = scorecard_table.table(card, theme=None if theme == EVERY_THEME else theme, groups=lines == "groups")
st.html(table.markup(shown))
frame.foot(visit, *scorecard_table.sources(card))
