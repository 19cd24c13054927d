"""What was asked in the demonstration: the scrutineer's and the chair's questions on the planted stories, and answers.

Written in the journal as the Challenge page writes it, in the demonstration's own time: a challenge session five weeks
after the quarter's end, answers three weeks later, verdicts at the next session. Every figure that is named in them is
declared beside them (`Claim`), and a test holds it against the demonstration's. Everybody is made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from returns.periods import Period
from returns.places import Places
from warehouse import challenges, pack
from warehouse.challenges import About, Asked, Challenge, Response, Verdict
from warehouse.entries import Journal
from warehouse.words import subject_of

# Days after the quarter's end of the session, and until an answer is due and given.
_SESSION, _DUE, _ANSWERED = 35, 28, 21


@dataclass(frozen=True)
class Claim:
    """A figure that the words name, as it stands in them: of a quarter, of the county or a group."""

    indicator: str
    quarter: str
    says: str
    group: str | None = None


@dataclass(frozen=True)
class Told:
    """An answer: who gave it, what, and the evidence. `quarter` is of the session after which it came."""

    quarter: str
    by: str
    text: str
    evidence: str = ""


@dataclass(frozen=True)
class Judged:
    """What the asker made of it, at the session of a quarter."""

    quarter: str
    verdict: Verdict
    why: str
    changed: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a session, its answers, and the verdict where there is one."""

    quarter: str
    to: str | None
    question: str
    why: str
    indicator: str | None = None
    group: str | None = None
    about: About = "indicator"
    document: str = ""
    by: str = "Independent scrutineer"
    claims: tuple[Claim, ...] = ()
    told: tuple[Told, ...] = ()
    judged: Judged | None = None

    @property
    def words(self) -> str:
        """All that was said in it."""
        parts = [self.question, self.why, *(f"{one.text} {one.evidence}" for one in self.told)]
        return " ".join([*parts, *([self.judged.why, self.judged.changed] if self.judged else [])])


QUESTIONS: tuple[Question, ...] = (
    Question(
        "2024-25-Q3", "council", "Which of the teams finishes assessments late, and what has been done about it?",
        "One assessment in three takes longer than 45 working days: 67.9 per cent were in time.", "as_45wd",
        claims=(Claim("as_45wd", "2024-25-Q3", "67.9"), Claim("as_45wd", "2025-26-Q1", "67.4")),
        told=(
            Told("2024-25-Q3", "Head of service, assessment", "Team North. A second manager starts in March.",
                 "The team's weekly list of assessments past day 30."),
        ),
        judged=Judged("2025-26-Q1", "not accepted", "After two quarters it is 67.4 per cent: nothing has moved. Which "
                      "assessments are late, and why those?"),
    ),
    Question(
        "2024-25-Q3", None, "How do we know that practitioners use the threshold document?",
        "It was approved a year ago, and nobody has asked those who decide with it.", about="document",
        document="Threshold document, third edition",
        told=(
            Told("2024-25-Q3", "Business manager", "Sixty practitioners of five agencies were asked in December.",
                 "The survey's summary, in the papers of the learning group."),
        ),
        judged=Judged("2024-25-Q4", "accepted", "The survey says who does not use it and why.",
                      "Schools asked for a one-page version, which they now have."),
    ),
    Question(
        "2024-25-Q4", "council", "Were the children on a plan who had not been visited in time seen, and when?",
        "Visits in time fell to 66.4 per cent, from 92.9 the quarter before.", "cp_visited_in_time",
        claims=(Claim("cp_visited_in_time", "2024-25-Q4", "66.4"), Claim("cp_visited_in_time", "2024-25-Q3", "92.9"),
                Claim("cp_visited_in_time", "2025-26-Q1", "87.4")),
        told=(
            Told("2024-25-Q4", "Head of safeguarding", "All had been seen by the end of April, each by a social worker "
                 "who knew the child.", "The list of visits, checked by the quality assurance manager."),
        ),
        judged=Judged("2025-26-Q1", "accepted", "The list was seen, and the next extract says the same.",
                      "87.4 per cent were visited in time in the quarter after."),
    ),
    Question(
        "2024-25-Q4", "police", "Why have the police stopped coming to child protection conferences?",
        "They came to 73.8 per cent of those they were invited to, and then to 18.2.", "cp_attendance", "Police",
        claims=(Claim("cp_attendance", "2024-25-Q3", "73.8", "Police"),
                Claim("cp_attendance", "2024-25-Q4", "18.2", "Police"),
                Claim("cp_attendance", "2025-26-Q1", "24.1", "Police")),
        told=(
            Told("2024-25-Q4", "Detective inspector", "Invitations went to a mailbox that nobody read. One mailbox is "
                 "read daily from June.", "The rota of the conference desk."),
        ),
        judged=Judged("2025-26-Q1", "not accepted", "24.1 per cent in the quarter after: a mailbox was not all of it."),
    ),
    Question(
        "2025-26-Q1", "council", "Who tells a school or a nurse what came of the concern that they sent?",
        "54.1 per cent of senders were told, where nine in ten were before the winter.", "fd_feedback",
        claims=(Claim("fd_feedback", "2025-26-Q1", "54.1"), Claim("fd_feedback", "2024-25-Q3", "92.8"),
                Claim("fd_feedback", "2025-26-Q2", "51.5")),
        told=(
            Told("2025-26-Q1", "Manager of the front door", "Nobody since April: the post is empty. An automatic reply "
                 "goes out from August.", "The text of the reply, and the job's advertisement."),
            Told("2025-26-Q2", "Manager of the front door", "The reply reaches half of the senders, 51.5 per cent: it "
                 "goes only to those who used the form. From December it goes to all.", "A test of thirty contacts."),
        ),
    ),
    Question(
        "2025-26-Q1", "police", "What happens to the families in incidents that become no referral?",
        "Only 5.6 per cent of police contacts became a referral.", "fd_to_referral", "Police", by="Chair of the group",
        claims=(Claim("fd_to_referral", "2025-26-Q1", "5.6", "Police"),
                Claim("fd_to_referral", "2025-26-Q2", "5.7", "Police")),
        told=(
            Told("2025-26-Q1", "Detective chief inspector", "Most are offered nothing. Joint triage from November is "
                 "to offer early help to those who want it.", "The terms of reference of the joint triage."),
        ),
        judged=Judged("2025-26-Q2", "followed up", "It is 5.7 per cent now. The sample of thirty contacts is an action "
                      "of the group's, and the question comes back with what it finds."),
    ),
    Question(
        "2025-26-Q2", "council", "How were children kept safe while they waited for their conference?",
        "45.6 per cent of initial conferences were within 15 working days; the quarter before it was 83.6.", "ic_15wd",
        claims=(Claim("ic_15wd", "2025-26-Q2", "45.6"), Claim("ic_15wd", "2025-26-Q1", "83.6")),
    ),
    Question(
        "2025-26-Q2", "health-board", "Where do children in care go with toothache now?",
        "44.0 per cent had their teeth checked, and 74.0 the quarter before.", "cla_dental",
        claims=(Claim("cla_dental", "2025-26-Q2", "44.0"), Claim("cla_dental", "2025-26-Q1", "74.0")),
        told=(
            Told("2025-26-Q2", "Designated nurse for children in care", "To the hospital, or nowhere. Two practices "
                 "keep places for them from December.", "The letters of the two practices."),
        ),
    ),
    Question(
        "2025-26-Q2", "council", "Which figure does the commentary mean that says timeliness has risen?",
        "The figure on the scorecard is 66.5 per cent, and was 67.4.", "as_45wd",
        claims=(Claim("as_45wd", "2025-26-Q2", "66.5"), Claim("as_45wd", "2025-26-Q1", "67.4")),
    ),
)  # fmt: skip

# Pinned for the next pack: the address, its title, and why.
PINS: tuple[tuple[str, str, str], ...] = (
    ("indicator?id=ic_15wd&period=2025-26-Q2", "Initial conferences within 15 working days", "See the Monday list."),
    ("indicator?id=cp_attendance&period=2025-26-Q2&by=participant", "Who came to conferences", "A year of it."),
    ("benchmarks?id=cp_rate&period=2025-26-Q2", "Plans per 10,000, beside the neighbours", ""),
)  # fmt: skip


def ask_all(places: Places, quarters: Iterable[Period]) -> None:
    """Writes what is of the quarters given in the journal, once: what is there from before is not asked again."""
    among = {str(period) for period in quarters}
    there = {one.challenge.question for one in challenges.every(Journal(places))}
    for one in QUESTIONS:
        if one.quarter in among and one.question not in there:
            _ask(places, one, among)
    if among and max(among) == QUESTIONS[-1].quarter and not Journal(places).latest("pin"):
        journal = _journal(places, max(among), _SESSION)
        for view, title, note in PINS:
            pack.pin(journal, view=view, title=title, note=note, author="Business manager")


def _ask(places: Places, one: Question, among: set[str]) -> None:
    session = _day(one.quarter, _SESSION)
    view = f"indicator?{urlencode({'id': one.indicator, 'period': one.quarter})}" if one.indicator else ""
    challenges.ask(
        _journal(places, one.quarter, _SESSION),
        Challenge(one.question, one.why, one.about, one.document, f"Challenge session {one.quarter}", view,
                  session + timedelta(days=_DUE)),
        to=one.to, subject=subject_of(one.indicator, one.group) if one.indicator else None, period=one.quarter,
        author=one.by,
    )  # fmt: skip
    for told in one.told:
        if told.quarter in among:
            days = _SESSION + _ANSWERED
            said = Response(_now(places, one).number, told.text, told.evidence, _day(told.quarter, days))
            challenges.answer(_journal(places, told.quarter, days), said, of=_now(places, one), agency=one.to,
                              author=told.by)  # fmt: skip
    if one.judged and one.judged.quarter in among:
        now = _now(places, one)
        judged = replace(now.challenge, verdict=one.judged.verdict, verdict_why=one.judged.why,
                         changed=one.judged.changed, heard=len(now.responses))  # fmt: skip
        if one.judged.verdict == "not accepted":
            judged = replace(judged, due=_day(one.judged.quarter, _SESSION + _DUE))
        challenges.revise(_journal(places, one.judged.quarter, _SESSION), judged, author=one.by)


def _now(places: Places, one: Question) -> Asked:
    return next(each for each in challenges.every(Journal(places)) if each.challenge.question == one.question)


def _day(quarter: str, days: int) -> date:
    return Period.parse(quarter).end + timedelta(days=days)


def _journal(places: Places, quarter: str, days: int) -> Journal:
    at = datetime.combine(_day(quarter, days), time(14), tzinfo=UTC)
    return Journal(places, now=lambda: at)
