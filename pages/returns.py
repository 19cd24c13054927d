"""Returns: who has sent what?"""

import streamlit as st

from dashboard import address, frame, returns_desk, returns_tables, table

QUESTION = "Who has sent what?"

places = returns_desk.begin("returns", question=QUESTION)
quarters, latest = returns_desk.quarters_offered(places)

top = st.container()
left, _right = st.columns([1, 4])
with left:
    quarter, wrong_quarter = address.choice(
        "period", quarters, default=latest,
        widget=lambda key: st.selectbox("Quarters up to", quarters, key=key),
    )  # fmt: skip

desk = returns_desk.stand(places, quarter)
with top:
    frame.titled(QUESTION)
    frame.sentence(returns_tables.answer(desk.found, desk.quarter), demonstration=desk.found.demonstration)
    if wrong_quarter:
        frame.note(wrong_quarter)

st.html(table.markup(returns_tables.matrix(desk.found)))
returns_desk.chase_list(desk)

known = desk.returns()
if known:
    st.subheader("One return", anchor=False)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen, wrong_return = address.choice(
            "return", list(known), default=next(iter(known)),
            widget=lambda key: st.selectbox("Return", list(known), key=key, format_func=known.__getitem__),
        )  # fmt: skip
    with right:
        view, wrong_view = address.choice(
            "show", list(returns_desk.VIEWS), default=returns_desk.COMPLETENESS,
            widget=lambda key: st.segmented_control(
                "Show", list(returns_desk.VIEWS), key=key, format_func=returns_desk.VIEWS.__getitem__
            ),
        )  # fmt: skip
    for complaint in filter(None, (wrong_return, wrong_view)):
        frame.note(complaint)
    returns_desk.one_return(desk, chosen, view)

frame.small(*returns_desk.foot(desk))
