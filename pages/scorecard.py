"""Scorecard: how are we doing?"""

import streamlit as st

from dashboard import address, frame, scorecard_table, table

QUESTION = "How are we doing?"
EVERY_THEME = "all"
GROUPS = {"county": "The county", "groups": "And watched groups"}

visit = frame.begin("scorecard", question=QUESTION)
latest = frame.card(visit, question=QUESTION)
quarters = [str(quarter) for quarter in reversed(latest.quarters)]
views = frame.views(question=QUESTION)
named = scorecard_table.named(views)

top = st.container()
left, middle, right, far = st.columns([0.8, 1.2, 5.3, 0.8], vertical_alignment="bottom")
with left:
    quarter, wrong_quarter = address.choice(
        "period", quarters, default=str(latest.period),
        widget=lambda key: st.selectbox("Quarter", quarters, key=key),
    )  # fmt: skip
with middle:
    part, wrong_part = address.choice(
        "view", list(named), default=scorecard_table.WHOLE,
        widget=lambda key: st.selectbox("Show", list(named), key=key, format_func=named.__getitem__),
    )  # fmt: skip
view = views.get(part)
card = frame.card(visit, question=QUESTION, period=quarter).of(view)
themes = {EVERY_THEME: "All"} | scorecard_table.short_themes(card)
with right:
    theme, wrong_theme = address.choice(
        "theme", list(themes), default=EVERY_THEME,
        widget=lambda key: st.segmented_control("Part", list(themes), key=key, format_func=themes.__getitem__),
    )  # fmt: skip
with far:
    lines, wrong_lines = address.choice(
        "lines", list(GROUPS), default="county",
        widget=lambda key: st.selectbox("Lines of", list(GROUPS), key=key, format_func=GROUPS.__getitem__),
    )  # fmt: skip

with top:
    frame.heading(visit, scorecard_table.title(QUESTION, card, view), scorecard_table.answer(card))
    for complaint in filter(None, (wrong_quarter, wrong_part, wrong_theme, wrong_lines)):
        frame.note(complaint)
    for said in scorecard_table.about(view):
        frame.note(said)

shown = scorecard_table.table(card, theme=None if theme == EVERY_THEME else theme, view=view, groups=lines == "groups")
st.html(table.markup(shown))
frame.foot(visit, *scorecard_table.sources(card))
