"""One question in full: what was asked and why, every answer, what changed since, and the forms that move it on."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import challenge_forms, challenge_tables, frame
from dashboard.address import link
from dashboard.challenge_desk import Desk
from dashboard.frame import Said
from returns.periods import day_words
from warehouse.challenges import Asked, Response
from warehouse.pack import is_view


def heading(on: Desk, one: Asked) -> None:
    """The question as the title; where it stands, to whom it is, by whom and when it was asked."""
    said = one.challenge
    frame.titled(challenge_tables.shortened(said.question, 160), typed=True)
    late = one.overdue(on.today)
    stands = "unanswered" if one.status == "asked" else one.status
    due = f", due {day_words(said.due)}" if said.due else ""
    tone = "bad" if late or one.status == "not accepted" else "good" if one.status == "accepted" else ""
    frame.pieces(
        [Said(f"{one.number} · "), Said(f"{stands}{' and overdue' if late else ''}", tone),
         Said(f" · to {on.agency(said.written.agency)}{due} · asked by {one.first.author}, {day_words(one.first.at)}")],
        demonstration=on.visit.demonstration,
    )  # fmt: skip


def told(on: Desk, one: Asked) -> None:
    """The question whole, why it was asked, where from, and every answer with its evidence."""
    said = one.challenge
    parts = [_said("What we asked", said.question), _said("Why", said.why)]
    about = on.about(one)
    if about:
        parts.append(_said("About", " · ".join(filter(None, [about, said.written.period, said.session]))))
    for number, each in enumerate(one.responses, start=1):
        parts += _answer(on, each, "What we were told" if len(one.responses) == 1 else f"Answer {number}")
    if not one.responses:
        parts.append(_said("What we were told", "Nothing yet."))
    st.html("".join(parts))
    links = []
    if said.view and is_view(said.view):
        links.append(("The view it was asked from", said.view))
    indicator = (said.written.subject or "").partition("|")[0]
    if indicator in on.titles:
        links.append(("The indicator now", link("indicator", id=indicator)))
    if links:
        frame.onward(links)


def changed(on: Desk, one: Asked) -> None:
    """The figure when asked and now, the verdict, and what changed in words."""
    since = on.since(one)
    frame.part("What changed")
    if since is not None:
        tone = {"better": "good", "worse": "bad"}.get(since.way or "", "")
        frame.pieces([Said(f"{challenge_tables.then_and_now(since)}: "), Said(challenge_tables.verdict(since), tone),
                      Said(".")])  # fmt: skip
        if since.then.period != since.now.period:
            frame.note(f"{since.then.period.label}, then {since.now.period.label}.")
    if one.challenge.changed:
        st.html(_said("", one.challenge.changed))
    elif since is None:
        frame.note("Nobody has said yet what changed.")
    if one.challenge.verdict:
        why = f": {one.challenge.verdict_why}" if one.challenge.verdict_why else "."
        later = "" if one.status == one.challenge.verdict else " A further answer has come since."
        st.html(f'<div class="decided"><p><b>{escape(one.challenge.verdict.capitalize())}</b>{escape(why)}'
                f"{escape(later)}</p></div>")  # fmt: skip


def forms(on: Desk, one: Asked) -> None:
    """The forms that its viewer may use."""
    viewer = on.visit.viewer
    if viewer.writes:
        challenge_forms.answer_form(on, one)
    if viewer.judges:
        challenge_forms.verdict_form(on, one)
    if viewer.asks:
        challenge_forms.change_form(on, one)


def _answer(on: Desk, each: Response, heading: str) -> list[str]:
    day = day_words(each.answered) if each.answered else day_words(each.written.at)
    who = f"{on.agency(each.written.agency)}, {each.written.author}, {day}"
    return [_said(heading, each.text, aside=who), _said("Evidence", each.evidence)]


def _said(heading: str, text: str, *, aside: str = "") -> str:
    if not text:
        return ""
    told = f" · {escape(aside)}" if aside else ""
    title = f"<b>{escape(heading)}</b>{told}<br>" if heading else ""
    return f'<p class="asked">{title}{escape(text)}</p>'
