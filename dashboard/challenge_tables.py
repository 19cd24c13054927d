"""Questions, answers and findings as tables: what was asked, what was told, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.address import link
from dashboard.challenge_desk import Desk
from dashboard.figures import value
from dashboard.table import Cell, Column, Section, Table, Tone
from metrics.changed_since import Changed
from metrics.scrutiny import Finding
from returns.periods import day_words
from warehouse.challenges import WAITING, Asked

_QUESTIONS = (
    Column("No.", "quiet"),
    Column("What we asked", "name"),
    Column("Of whom", "words"),
    Column("What we were told", "words"),
    Column("What changed", "words"),
    Column("Where it stands", "verdict"),
)
_FINDINGS = (
    Column("Quarter", "verdict"),
    Column("What scrutiny found", "name"),
    Column("Recommended", "words"),
    Column("What the partnership answered", "words"),
    Column("Challenge", "verdict"),
)
_TONES: dict[str, Tone] = {"better": "good", "worse": "bad"}
_LONGEST = 220


def questions(on: Desk, shown: Sequence[Asked]) -> Table:
    """Each question with its latest answer, what changed since, and where it stands."""
    rows = [_question(on, one) for one in shown]
    return Table("What was asked, answered and changed", _QUESTIONS, [Section("", rows)], "asked")


def _question(on: Desk, one: Asked) -> list[Cell]:
    said = one.challenge
    told = " · ".join(filter(None, [on.about(one), said.session]))
    asked = f"{one.first.author}, {day_words(one.first.at)}"
    return [
        Cell(one.number),
        Cell(said.question, small=told, link=link("challenge", id=one.number)),
        Cell(on.agency(said.written.agency), small=asked),
        _told(one),
        _changed(on, one),
        _stands(one, on.today),
    ]


def _told(one: Asked) -> Cell:
    if not one.responses:
        return Cell("nothing yet", tone="faint")
    last = one.responses[-1]
    when = day_words(last.answered) if last.answered else day_words(last.written.at)
    evidence = " · with evidence" if last.evidence else ""
    return Cell(shortened(last.text), small=f"{last.written.author}, {when}{evidence}")


def _changed(on: Desk, one: Asked) -> Cell:
    since = on.since(one)
    words = shortened(one.challenge.changed)
    if since is None:
        return Cell(words or "not said", tone="" if words else "faint")
    tone = _TONES.get(since.way or "", "")
    if words:
        return Cell(words, small=f"{then_and_now(since)}: {verdict(since)}")
    return Cell(then_and_now(since), small=verdict(since), tone=tone or "faint")


def then_and_now(since: Changed) -> str:
    """`66.4% when asked, 88.8% now`; once where there is no later quarter."""
    if since.then.period == since.now.period:
        return f"{value(since.then)} when asked"
    return f"{value(since.then)} when asked, {value(since.now)} now"


def verdict(since: Changed) -> str:
    """`better`, `worse`, `no clear change`; or why neither can be said."""
    if since.then.period == since.now.period:
        return "no later quarter yet"
    return since.way or "the two cannot be told apart"


def _stands(one: Asked, today: date) -> Cell:
    due = one.challenge.due
    late = one.overdue(today)
    words = "Unanswered" if one.status == "asked" else one.status.capitalize()
    small = ""
    if one.status in WAITING and due is not None:
        small = f"overdue since {day_words(due)}" if late else f"due {day_words(due)}"
    tone: Tone = "bad" if late or one.status == "not accepted" else ""
    return Cell(words, small=small, tone=tone)


def findings(found: Sequence[Finding], shown: Sequence[Asked]) -> Table:
    """The scrutineer's findings, those without an answer first, each with the question that was asked of it."""
    asked = {one.challenge.document: one.number for one in shown if one.challenge.document}
    rows = [_finding(one, asked) for one in found]
    return Table("What independent scrutiny found and what was answered", _FINDINGS, [Section("", rows)], "asked")


def finding_name(one: Finding) -> str:
    """How a question names the finding that it is about."""
    return f"Scrutiny finding of {one.covers}, {one.area}: {one.finding}"[:200]


def _finding(one: Finding, asked: dict[str, str]) -> list[Cell]:
    answer = Cell(one.response) if one.response else Cell("a strength" if one.is_strength else "nothing yet",
                                                          tone="faint" if one.is_strength else "bad")  # fmt: skip
    name = finding_name(one)
    number = asked.get(name)
    ask = link("challenge", id=number) if number else link("challenge", part="ask", document=name)
    return [
        Cell(one.covers),
        Cell(one.finding, small=f"{one.area} · {'strength' if one.is_strength else 'to develop'}"),
        Cell(one.recommendation),
        answer,
        Cell(number or "Ask about this", link=ask),
    ]


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text in one line, cut at a word where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[:longest].rsplit(" ", 1)[0] + " …"
