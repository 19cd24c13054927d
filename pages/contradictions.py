"""Contradictions: which two numbers should agree and do not?"""

import streamlit as st

from dashboard import address, contradictions_table, frame, table

QUESTION = "Which two numbers should agree and do not?"

visit = frame.begin("contradictions", question=QUESTION)
latest = frame.reconciled(visit, question=QUESTION)
quarters = [str(quarter) for quarter in reversed(latest.quarters)]
kinds = contradictions_table.kinds()

top = st.container()
left, right = st.columns([1, 4], vertical_alignment="bottom")
quarter, wrong_quarter = None, None
if latest.period:
    with left:
        quarter, wrong_quarter = address.choice(
            "period", quarters, default=str(latest.period),
            widget=lambda key: st.selectbox("Quarter", quarters, key=key),
        )  # fmt: skip
with right:
    kind, wrong_kind = address.choice(
        "kind", list(kinds), default=contradictions_table.EVERY_KIND,
        widget=lambda key: st.segmented_control("Show", list(kinds), key=key, format_func=kinds.__getitem__),
    )  # fmt: skip

found = frame.reconciled(visit, question=QUESTION, period=quarter)
with top:
    label = f" {found.period.label}" if found.period else ""
    frame.heading(visit, f"{QUESTION}{label}", contradictions_table.answer(found, kind=kind))
    for complaint in filter(None, (wrong_quarter, wrong_kind)):
        frame.note(complaint)

for shown in (contradictions_table.differing(found, kind=kind), contradictions_table.rest(found, kind=kind)):
    if shown:
        st.html(table.markup(shown))
frame.foot(visit, *contradictions_table.sources(found))
