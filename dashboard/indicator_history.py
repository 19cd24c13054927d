"""What was said and asked about an indicator, the latest first: commentary, decisions, actions, questions, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import frame
from dashboard.address import link
from dashboard.challenge_tables import shortened
from dashboard.frame import Visit
from dashboard.table import Cell, Column, Section, Table, markup
from returns.partnership import agencies
from returns.periods import day_words
from warehouse import challenges
from warehouse.entries import Entry, Journal, Kind
from warehouse.problems import WarehouseError
from warehouse.words import action_of, commentary_of, decision_of

# So many lines a page shows; the rest is on the Challenge page, by its search.
MOST = 30
_COLUMNS = (
    Column("When", "verdict"),
    Column("What was said", "name"),
    Column("What", "verdict"),
    Column("Who", "words"),
)


@dataclass(frozen=True)
class _Line:
    """One thing that was said: when, what kind, by whom, and the address of the whole of it."""

    day: date
    order: int
    kind: str
    words: str
    small: str
    who: str
    to: str


def history(visit: Visit, indicator: str) -> None:
    """All that was said about the indicator and its groups, for those who may hear."""
    if not visit.viewer.hears:
        return
    frame.part("What was said and asked about it")
    try:
        found = [*_spoken(Journal(visit.places), indicator), *_asked(Journal(visit.places), indicator)]
    except WarehouseError as error:
        frame.note(str(error))
        return
    if not found:
        frame.note("Nothing yet: no agency has written commentary on it, and nobody has asked about it.")
        return
    lines = sorted(found, key=lambda one: (one.day, one.order), reverse=True)[:MOST]
    rows = [
        [Cell(day_words(one.day)), Cell(one.words, small=one.small, link=one.to), Cell(one.kind), Cell(one.who)]
        for one in lines
    ]
    st.html(markup(Table("What was said and asked about it", _COLUMNS, [Section("", rows)], "asked")))


def _spoken(journal: Journal, indicator: str) -> Iterator[_Line]:
    kinds: tuple[tuple[Kind, str], ...] = (("commentary", "Commentary"), ("decision", "Decision"), ("action", "Action"))
    titles = {agency.name: agency.title for agency in agencies()}
    for kind, name in kinds:
        for entry in journal.latest(kind):
            about, _, group = (entry.subject or "").partition("|")
            if about != indicator:
                continue
            who = ", ".join(filter(None, [titles.get(entry.agency or "", ""), entry.author]))
            there = link("exceptions", id=indicator, group=group, period=entry.period or "")
            small = " · ".join(filter(None, [group, entry.period or ""]))
            yield _Line(entry.at.date(), entry.entry_id, name, _words(entry), small, who, there)


def _words(entry: Entry) -> str:
    if entry.kind == "commentary":
        return shortened(commentary_of(entry).behind)
    return shortened(decision_of(entry).text if entry.kind == "decision" else action_of(entry).action)


def _asked(journal: Journal, indicator: str) -> Iterator[_Line]:
    titles = {agency.name: agency.title for agency in agencies()}
    for one in challenges.of_subject(challenges.every(journal), indicator):
        there = link("challenge", id=one.number)
        group = (one.challenge.written.subject or "").partition("|")[2]
        to = titles.get(one.challenge.written.agency or "", "the partnership")
        small = " · ".join(filter(None, [group, one.challenge.session, one.status, f"to {to}"]))
        yield _Line(one.first.at.date(), one.first.entry_id, f"Question {one.number}",
                    shortened(one.challenge.question), small, one.first.author, there)  # fmt: skip
        for answer in one.responses:
            who = ", ".join(filter(None, [titles.get(answer.written.agency or "", ""), answer.written.author]))
            yield _Line(answer.answered or answer.written.at.date(), answer.written.entry_id,
                        f"Answer to {one.number}", shortened(answer.text),
                        "with evidence" if answer.evidence else "", who, there)  # fmt: skip
