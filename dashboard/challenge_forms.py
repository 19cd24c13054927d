"""Asking, answering and judging a question. Nothing typed is lost: the second of two writers is shown the first's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from dashboard import frame
from dashboard.challenge_desk import PARTNERSHIP, Desk
from dashboard.pinning import AUTHOR
from dashboard.plain import label
from dashboard.said_forms import NO_CHILD, refused
from warehouse import challenges
from warehouse.challenges import About, Asked, Challenge, Response, Verdict, challenge_of, response_of
from warehouse.entries import Journal, Overtaken
from warehouse.pack import is_view
from warehouse.problems import WarehouseError
from warehouse.words import LONGEST, subject_of

_SAVED = "challenge_saved"
_ABOUT: dict[About, str] = {
    "indicator": "A figure", "audit": "An audit", "document": "A document", "other": "Something else",
}  # fmt: skip
_VERDICTS: dict[Verdict, str] = {
    "accepted": "Accepted", "not accepted": "Not accepted", "followed up": "Followed up",
}  # fmt: skip
# An answer is asked for within four weeks, unless another day is named.
_DAYS = 28
_SHORT = 200


def told() -> None:
    """Says what was saved when the page was last drawn."""
    said = st.session_state.pop(_SAVED, None)
    if said:
        st.success(label(said))


def ask_form(on: Desk) -> None:
    """A new question, filled with what the address says: the indicator, group, quarter, document and view."""
    asked = dict(st.query_params)
    given = asked.get("about", "")
    group = _known_group(on, given, asked.get("group", ""))
    view = asked.get("view", "")
    kinds: list[About] = list(_ABOUT)
    usual: About = "indicator" if given in on.titles else "document" if asked.get("document") else "indicator"
    name = f"{given}_{group}_{asked.get('document', '')}"
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    about = left.selectbox("About", kinds, index=kinds.index(usual), format_func=_ABOUT.__getitem__,
                           key=f"ask_about_{name}") or usual  # fmt: skip
    indicator, document = None, ""
    if about == "indicator":
        place = list(on.titles).index(given) if given in on.titles else None
        indicator = right.selectbox("Figure", list(on.titles), index=place, placeholder="Which one",
                                    format_func=on.titles.__getitem__, key=f"ask_figure_{name}")  # fmt: skip
        if group and indicator == given:
            frame.note(f"Of the group: {group}.")
    else:
        document = right.text_input("Its name", value=asked.get("document", "")[:_SHORT], max_chars=_SHORT,
                                    key=f"ask_document_{name}").strip()  # fmt: skip
    if is_view(view):
        frame.onward([("The view that it is asked from, which goes with it", view)])
    with st.form(f"ask_{name}", border=False):
        said, to = _question_fields(on, name)
        author = _author(name)
        frame.note(NO_CHILD)
        if not st.form_submit_button("Ask", type="primary"):
            return
    said = replace(said, about=about, document=document, view=view if is_view(view) else "")
    subject = subject_of(indicator, group if indicator == given else None) if indicator else None
    _ask(on, said, to, subject, _quarter(on, asked.get("period", "")), author)


def _question_fields(on: Desk, name: str) -> tuple[Challenge, str | None]:
    question = st.text_area("Question", max_chars=LONGEST, height=90, key=f"ask_question_{name}").strip()
    why = st.text_area("Why it is asked", max_chars=LONGEST, height=90, key=f"ask_why_{name}").strip()
    first, second, third = st.columns([3, 3, 2])
    to = first.selectbox("To whom", list(on.agencies), format_func=on.agencies.__getitem__, key=f"ask_to_{name}")
    session = second.text_input("Session it belongs to", value=str(on.card.period), max_chars=60,
                                key=f"ask_session_{name}").strip()  # fmt: skip
    due = third.date_input("Answer by", value=on.today + timedelta(days=_DAYS), format="DD/MM/YYYY",
                           key=f"ask_due_{name}")  # fmt: skip
    said = Challenge(question, why, session=session, due=due if isinstance(due, date) else None)
    return said, None if to == PARTNERSHIP else to


def _ask(on: Desk, said: Challenge, to: str | None, subject: str | None, quarter: str, author: str) -> None:
    if refused(author, said.question, said.why, said.document, said.session):
        return
    if not said.question:
        st.warning("Nothing was saved: write the question.")
        return
    if said.about == "indicator" and subject is None:
        st.warning("Nothing was saved: say which figure it is about.")
        return
    st.session_state[AUTHOR] = author
    try:
        made = challenges.ask(Journal(on.visit.places), said, to=to, subject=subject, period=quarter, author=author)
    except WarehouseError as error:
        st.warning(label(str(error)))
        return
    st.query_params.clear()
    st.query_params["id"] = made.written.thread
    st.session_state[_SAVED] = f"{made.written.thread} is asked."
    st.rerun()


def answer_form(on: Desk, one: Asked) -> None:
    """The agency's answer, which the analyst writes down for an agency that has no access."""
    name = f"{one.number}"
    # How many answers there were when the form was first drawn: where another comes meanwhile, theirs is shown.
    if f"answer_text_{name}" not in st.session_state:
        st.session_state[f"answer_read_{name}"] = (one, 0)
    read: tuple[Asked, int] = st.session_state[f"answer_read_{name}"]
    with st.expander("Write an answer", expanded=not one.responses, key=f"answer_{name}"):
        with st.form(f"answer_form_{name}", border=False):
            text = st.text_area("Answer", max_chars=LONGEST, height=120, key=f"answer_text_{name}").strip()
            evidence = st.text_area("Evidence: what shows it", max_chars=LONGEST, height=80,
                                    key=f"answer_evidence_{name}").strip()  # fmt: skip
            left, right = st.columns(2)
            usual = list(on.agencies).index(one.challenge.written.agency or PARTNERSHIP)
            agency = left.selectbox("Who answers", list(on.agencies), index=usual,
                                    format_func=on.agencies.__getitem__, key=f"answer_agency_{name}")  # fmt: skip
            day = right.date_input("Answered on", value=on.today, format="DD/MM/YYYY", key=f"answer_day_{name}")
            author = _author(f"answer_{name}")
            frame.note(NO_CHILD)
            if not st.form_submit_button("Save the answer"):
                return
        if refused(author, text, evidence):
            return
        if not text:
            st.warning("Nothing was saved: write the answer.")
            return
        st.session_state[AUTHOR] = author
        said = Response(one.number, text, evidence, day if isinstance(day, date) else None)
        try:
            challenges.answer(Journal(on.visit.places), said, of=read[0], after=read[1], author=author,
                              agency=None if agency == PARTNERSHIP else agency)  # fmt: skip
        except Overtaken as met:
            st.session_state[f"answer_read_{name}"] = (read[0], met.latest.version)
            _overtaken(met, "answered", "Answer", response_of(met.latest).text)
            return
        except WarehouseError as error:
            st.warning(label(str(error)))
            return
        _done(f"The answer to {one.number} is saved.", f"answer_text_{name}", f"answer_evidence_{name}")


def verdict_form(on: Desk, one: Asked) -> None:
    """What the asker makes of it: accepted, not accepted, followed up; and what changed."""
    name = one.number
    if f"verdict_why_{name}" not in st.session_state:
        st.session_state[f"verdict_read_{name}"] = one.challenge
    # The answers that were on the screen when the button was pressed: one that came since was not judged.
    heard = st.session_state.get(f"verdict_heard_{name}", len(one.responses))
    st.session_state[f"verdict_heard_{name}"] = len(one.responses)
    read: Challenge = st.session_state[f"verdict_read_{name}"]
    waits = one.status == "answered"
    with st.expander("Accept, not accept, follow up", expanded=waits, key=f"verdict_{name}_{one.status}"):
        with st.form(f"verdict_form_{name}", border=False):
            names = list(_VERDICTS)
            usual = names.index(read.verdict) if read.verdict else None
            verdict = st.radio("The answer is", names, index=usual,
                               format_func=_VERDICTS.__getitem__, horizontal=True,
                               key=f"verdict_is_{name}")  # fmt: skip
            why = st.text_area("Why", value=read.verdict_why, max_chars=LONGEST, height=80,
                               key=f"verdict_why_{name}").strip()  # fmt: skip
            changed = st.text_area("What changed for children since", value=read.changed, max_chars=LONGEST,
                                   height=80, key=f"verdict_changed_{name}").strip()  # fmt: skip
            again = st.date_input("A further answer by, where it is not accepted", format="DD/MM/YYYY",
                                  value=on.today + timedelta(days=_DAYS), key=f"verdict_due_{name}")  # fmt: skip
            author = _author(f"verdict_{name}")
            if not st.form_submit_button("Save what was made of it"):
                return
        if refused(author, why, changed):
            return
        if not verdict:
            st.warning("Nothing was saved: say whether it is accepted, not accepted or followed up.")
            return
        said = replace(read, verdict=verdict, verdict_why=why, changed=changed, heard=heard)
        if verdict == "not accepted" and isinstance(again, date):
            said = replace(said, due=again)
        if _revised(on, said, author, f"verdict_read_{name}"):
            _done(f"{name} is {verdict}.", f"verdict_why_{name}")


def change_form(on: Desk, one: Asked) -> None:
    """Other words for a question, another session or day; every version is kept."""
    name = one.number
    if f"change_question_{name}" not in st.session_state:
        st.session_state[f"change_read_{name}"] = one.challenge
    read: Challenge = st.session_state[f"change_read_{name}"]
    with st.expander("Change the question", key=f"change_{name}"):
        with st.form(f"change_form_{name}", border=False):
            question = st.text_area("Question", value=read.question, max_chars=LONGEST, height=90,
                                    key=f"change_question_{name}").strip()  # fmt: skip
            why = st.text_area("Why it is asked", value=read.why, max_chars=LONGEST, height=90,
                               key=f"change_why_{name}").strip()  # fmt: skip
            left, right = st.columns(2)
            session = left.text_input("Session it belongs to", value=read.session, max_chars=60,
                                      key=f"change_session_{name}").strip()  # fmt: skip
            due = right.date_input("Answer by", value=read.due, format="DD/MM/YYYY", key=f"change_due_{name}")
            author = _author(f"change_{name}")
            if not st.form_submit_button("Save the question"):
                return
        if refused(author, question, why, session):
            return
        if not question:
            st.warning("Nothing was saved: write the question.")
            return
        day = due if isinstance(due, date) else None
        said = replace(read, question=question, why=why, session=session, due=day)
        if _revised(on, said, author, f"change_read_{name}"):
            _done(f"{name} is changed.", f"change_question_{name}")


def _revised(on: Desk, said: Challenge, author: str, held: str) -> bool:
    st.session_state[AUTHOR] = author
    try:
        made = challenges.revise(Journal(on.visit.places), said, author=author)
    except Overtaken as met:
        latest = challenge_of(met.latest)
        st.session_state[held] = latest
        _overtaken(met, "changed", "It now stands", " · ".join(filter(None, [
            latest.question, latest.verdict, latest.verdict_why, latest.changed,
        ])))  # fmt: skip
        return False
    except WarehouseError as error:
        st.warning(label(str(error)))
        return False
    for form in ("verdict", "change"):  # what one of the forms wrote is no other person's version to the other
        st.session_state[f"{form}_read_{made.written.thread}"] = made
    return True


def _overtaken(met: Overtaken, did: str, heading: str, text: str) -> None:
    st.warning(label(f"{met.latest.author} {did} it while you were writing. Nothing of yours was saved."))
    frame.note("Nothing of theirs is lost: it is below. Yours is still in the form. Save again what should stand.")
    frame.note(f"{heading}: {text}")


def _author(name: str) -> str:
    return st.text_input("Your name and role", value=st.session_state.get(AUTHOR, ""), max_chars=120,
                         key=f"{AUTHOR}_{name}").strip()  # fmt: skip


def _done(said: str, *fields: str) -> None:
    for name in fields:
        del st.session_state[name]  # the form is filled afresh
    st.session_state[_SAVED] = said
    st.rerun()


def _known_group(on: Desk, indicator: str, group: str) -> str | None:
    known = {line.result.group for line in on.card.lines if line.indicator.id == indicator}
    return group if group in known else None


def _quarter(on: Desk, asked: str) -> str:
    return asked if asked in {str(one) for one in on.card.quarters} else str(on.card.period)
