"""Challenge: what did we ask, what were we told, what changed?"""

import streamlit as st

from dashboard import (
    address,
    challenge_desk,
    challenge_forms,
    challenge_one,
    challenge_tables,
    frame,
    pack_desk,
    table,
)

QUESTION = "What did we ask, what were we told, what changed?"

visit = frame.begin("challenge", question=QUESTION)
desk = challenge_desk.desk(visit, question=QUESTION)
one = next((each for each in desk.found if each.number == st.query_params.get("id")), None)
if one is not None:
    challenge_one.heading(desk, one)
    challenge_forms.told()
    left, right = st.columns([6, 5], gap="large")
    with left:
        challenge_one.told(desk, one)
    with right:
        challenge_one.changed(desk, one)
        challenge_one.forms(desk, one)
    frame.onward([("All that was asked", "challenge")])
    frame.foot(visit)
    st.stop()

top = st.container()
parts = {
    challenge_desk.QUESTIONS: "Questions", challenge_desk.FINDINGS: "Scrutiny’s findings",
    challenge_desk.PACK: "In the next pack", challenge_desk.ASK: "Ask a question",
}  # fmt: skip
if not visit.viewer.asks:
    del parts[challenge_desk.ASK]
part, wrong_part = address.choice(
    "part", list(parts), default=challenge_desk.QUESTIONS,
    widget=lambda key: st.segmented_control(
        "Part", list(parts), key=key, format_func=parts.__getitem__, label_visibility="collapsed"
    ),
)  # fmt: skip

if part == challenge_desk.QUESTIONS:
    sessions = {challenge_desk.ANY: "All", **{name: name for name in desk.sessions()}}
    askable = {challenge_desk.ANY: "All", **desk.agencies}
    first, second, third, fourth = st.columns([6, 2, 3, 3], vertical_alignment="bottom")
    with first:
        show, wrong_show = address.choice(
            "show", list(challenge_desk.SHOWN), default=challenge_desk.EVERY,
            widget=lambda key: st.segmented_control(
                "Where it stands", list(challenge_desk.SHOWN), key=key, format_func=challenge_desk.SHOWN.__getitem__
            ),
        )  # fmt: skip
    with second:
        session, wrong_session = address.choice(
            "session", list(sessions), default=challenge_desk.ANY,
            widget=lambda key: st.selectbox("Session", list(sessions), key=key, format_func=sessions.__getitem__),
        )  # fmt: skip
    with third:
        agency, wrong_agency = address.choice(
            "agency", list(askable), default=challenge_desk.ANY,
            widget=lambda key: st.selectbox("Agency", list(askable), key=key, format_func=askable.__getitem__),
        )  # fmt: skip
    with fourth:
        find = address.words("find", widget=lambda key: st.text_input("Search all that was said", key=key))
    shown = desk.of(show=show, session=session, agency=agency, find=find)
    with top:
        frame.heading(visit, QUESTION, challenge_desk.answer(desk))
        for complaint in filter(None, (wrong_part, wrong_show, wrong_session, wrong_agency)):
            frame.note(complaint)
        if st.query_params.get("id"):
            frame.note("The address names a question that there is none of. These are.")
    if shown:
        st.html(table.markup(challenge_tables.questions(desk, shown)))
    elif desk.found:
        frame.note("There is none of this kind.")
elif part == challenge_desk.FINDINGS:
    find = address.words("find", widget=lambda key: st.text_input("Search the findings", key=key))
    found = challenge_desk.scrutiny(visit, find, question=QUESTION)
    with top:
        frame.heading(visit, "What did independent scrutiny find?", challenge_desk.answer_of_findings(found))
    if found:
        st.html(table.markup(challenge_tables.findings(found, desk.found)))
elif part == challenge_desk.PACK:
    pins = pack_desk.pinned(visit, question=QUESTION)
    with top:
        frame.heading(visit, "What goes into the next pack?", pack_desk.answer(pins))
    if pins:
        pack_desk.table(pins)
        pack_desk.form(visit, pins)
else:
    with top:
        frame.heading(visit, "What do we want to know?", "A question, to whom, and by when it is to be answered.")
    challenge_forms.ask_form(desk)
frame.foot(visit)
