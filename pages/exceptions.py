"""Exceptions: what needs talking about?"""

import streamlit as st

from dashboard import address, asking, exceptions_desk, exceptions_table, frame, meeting_desk, scorecard_table, table

QUESTION = "What needs talking about?"

visit = frame.begin("exceptions", question=QUESTION)
meeting, wrong_meeting = meeting_desk.named(visit, st.query_params.get("meeting"))
if meeting is not None:
    meeting_desk.hold(visit, meeting, question=QUESTION)
    st.stop()
latest = frame.card(visit, question=QUESTION)
quarters = [str(quarter) for quarter in reversed(latest.quarters)]
themes = {exceptions_table.EVERY_THEME: "All", **dict(latest.themes), exceptions_table.OF_DATA: "The data itself"}

top = st.container()
choices = st.columns([2, 5, 3, 4], vertical_alignment="bottom")
# One exception has the screen to itself: the filters stay in the address, and are not drawn.
drawn = exceptions_desk.names_one(st.query_params.get("id"))
with choices[0]:
    quarter, wrong_quarter = address.choice(
        "period", quarters, default=str(latest.period),
        widget=drawn(lambda key: st.selectbox("Quarter", quarters, key=key)),
    )  # fmt: skip
with choices[1]:
    show, wrong_show = address.choice(
        "show", list(exceptions_table.SHOWN), default=exceptions_table.AGENDA,
        widget=drawn(lambda key: st.segmented_control(
            "Show", list(exceptions_table.SHOWN), key=key, format_func=exceptions_table.SHOWN.__getitem__
        )),
    )  # fmt: skip
with choices[2]:
    theme, wrong_theme = address.choice(
        "theme", list(themes), default=exceptions_table.EVERY_THEME,
        widget=drawn(lambda key: st.selectbox("Theme", list(themes), key=key, format_func=themes.__getitem__)),
    )  # fmt: skip

found = exceptions_desk.raised(visit, quarter, question=QUESTION)
spoken = exceptions_desk.words(visit, question=QUESTION)
card = frame.card(visit, question=QUESTION, period=quarter)
asked = exceptions_table.Asked(show, theme)
place, shown = exceptions_desk.asked_for(asked.of(found), found)

if place is None:
    with choices[3]:
        meeting_desk.door(visit, quarter, found)
    with top:
        frame.heading(visit, f"{QUESTION} {card.period.label}", exceptions_table.answer(found, card.period))
        for complaint in filter(None, (wrong_meeting, wrong_quarter, wrong_show, wrong_theme)):
            frame.note(complaint)
        if st.query_params.get("id"):
            frame.note("What the address names is no exception of this quarter. These are.")
            exceptions_desk.step(shown, None)
    if shown:
        said = spoken.of_quarter(card.period) if visit.viewer.hears else None
        st.html(table.markup(exceptions_table.listed(shown, said, period=card.period, asked=asked)))
    else:
        frame.note("There is none of this kind.")
else:
    one = shown[place]
    with top:
        exceptions_desk.heading(visit, one, place + 1, len(shown))
        exceptions_desk.step(shown, place)
    left, right = st.columns([6, 4], gap="large")
    with left:
        exceptions_desk.chart(visit, one)
    with right:
        exceptions_desk.said(visit, one, spoken)
        if one.line:
            asking.door(visit, period=quarter, indicator=one.indicator, group=one.group)
        else:
            asking.door(visit, period=quarter, document=one.title)
frame.foot(visit, *scorecard_table.sources(card))
