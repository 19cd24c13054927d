"""What was asked and answered, as its viewer may read it: read once, narrowed, searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import frame, indicator_desk
from dashboard.frame import Visit
from metrics.catalogue import CatalogueError
from metrics.changed_since import About, Changed, changed_since
from metrics.memory import identity
from metrics.scorecard import Scorecard
from metrics.scrutiny import Finding, findings
from returns.partnership import SettingsError, agencies
from returns.periods import day_words
from warehouse.challenges import Asked, every, in_order
from warehouse.entries import Journal
from warehouse.problems import WarehouseError

QUESTIONS, ASK, FINDINGS, PACK = "questions", "ask", "findings", "pack"
OPEN, UNANSWERED, ANSWERED, ACCEPTED, REFUSED, FOLLOWED, EVERY = (
    "open", "unanswered", "answered", "accepted", "refused", "followed", "all"
)  # fmt: skip
SHOWN = {
    EVERY: "All", OPEN: "Open", UNANSWERED: "Unanswered", ANSWERED: "Answered", ACCEPTED: "Accepted",
    REFUSED: "Not accepted", FOLLOWED: "Followed up",
}  # fmt: skip
_STATUSES = {
    OPEN: {"asked", "answered", "not accepted"}, UNANSWERED: {"asked"}, ANSWERED: {"answered"},
    ACCEPTED: {"accepted"}, REFUSED: {"not accepted"}, FOLLOWED: {"followed up"},
}  # fmt: skip
ANY = "all"
PARTNERSHIP = "partnership"


@dataclass(frozen=True)
class Desk:
    """All that was ever asked, in the order in which it is to be talked about, with what it is read beside."""

    visit: Visit
    card: Scorecard
    found: tuple[Asked, ...]
    titles: dict[str, str]
    agencies: dict[str, str]
    changed: dict[About, Changed]
    today: date

    def agency(self, name: str | None) -> str:
        """An agency's title; the partnership where none was named."""
        return self.agencies.get(name or PARTNERSHIP, name or "")

    def about(self, one: Asked) -> str:
        """What a question is about, in words: the indicator and group, or the audit or document."""
        indicator, _, group = (one.challenge.written.subject or "").partition("|")
        title = self.titles.get(indicator, "")
        return f"{title}, {group}" if title and group else title or one.challenge.document

    def since(self, one: Asked) -> Changed | None:
        """The figure asked about, then and now; None where it is about none."""
        about = _about(one)
        return self.changed.get(about) if about else None

    def sessions(self) -> list[str]:
        """The sessions in which anything was asked, the latest first."""
        return list(dict.fromkeys(one.challenge.session for one in reversed(_as_asked(self.found)) if
                                  one.challenge.session))  # fmt: skip

    def of(self, *, show: str, session: str, agency: str, find: str) -> list[Asked]:
        """Those asked for, in their order; every word of `find` stands somewhere in what was asked or answered."""
        words = find.casefold().split()
        return [
            one for one in self.found
            if (show == EVERY or one.status in _STATUSES[show])
            and session in (ANY, one.challenge.session)
            and agency in (ANY, one.challenge.written.agency or PARTNERSHIP)
            and all(word in self._all_words(one) for word in words)
        ]  # fmt: skip

    def _all_words(self, one: Asked) -> str:
        said = one.challenge
        texts = [one.number, said.question, said.why, said.document, said.session, said.changed, said.verdict_why,
                 one.first.author, self.about(one), self.agency(said.written.agency), one.status]  # fmt: skip
        for answer in one.responses:
            texts += [answer.text, answer.evidence, answer.written.author, self.agency(answer.written.agency)]
        return " ".join(texts).casefold()


def desk(visit: Visit, *, question: str) -> Desk:
    """The desk; where the journal or the figures cannot be read the page ends, saying why."""
    today = date.today()
    card = frame.card(visit, question=question)
    titles = indicator_desk.titles(indicator_desk.catalogue(question))
    try:
        found = tuple(in_order(every(Journal(visit.places)), today))
        changed = changed_since(
            visit.reader, filter(None, map(_about, found)), now=card.period, scheme=visit.viewer.scheme,
            remember=identity(visit.places, visit.reader.version),
        )  # fmt: skip
        known = {agency.name: agency.title for agency in agencies()} | {PARTNERSHIP: "The partnership"}
    except (WarehouseError, CatalogueError, SettingsError) as error:
        frame.cannot_show(question, str(error))
    return Desk(visit, card, found, titles, known, changed, today)


def scrutiny(visit: Visit, find: str, *, question: str) -> list[Finding]:
    """The scrutineer's findings in which every word of `find` stands; where they cannot be read the page ends."""
    try:
        found = findings(visit.reader)
    except WarehouseError as error:
        frame.cannot_show(question, str(error))
    words = find.casefold().split()
    return [one for one in found if all(
        word in f"{one.covers} {one.area} {one.finding} {one.recommendation} {one.response}".casefold()
        for word in words
    )]  # fmt: skip


def answer(on: Desk) -> str:
    """The sentence under the title: what waits, what is overdue, what is to be judged, what was accepted."""
    if not on.found:
        return "Nothing has been asked yet. Ask from the page of an indicator, from an exception, or here."
    counts = {
        status: sum(one.status == status for one in on.found)
        for status in ("asked", "not accepted", "answered", "accepted", "followed up")
    }
    late = [one for one in on.found if one.overdue(on.today)]
    waiting = counts["asked"] + counts["not accepted"]
    parts = [f"{len(on.found)} asked: {waiting or 'none'} waiting for an answer, {len(late) or 'none'} overdue"]
    if counts["answered"]:
        parts.append(f"{counts['answered']} answered and not yet judged")
    parts.append(f"{counts['accepted'] + counts['followed up'] or 'none'} accepted or followed up")
    first = f" Longest overdue: {late[0].number}, {_to(on, late[0])}." if late else ""
    return f"{'; '.join(parts)}.{first}"


def answer_of_findings(found: Sequence[Finding]) -> str:
    """The sentence over the scrutineer's findings."""
    if not found:
        return "No finding of independent scrutiny has been sent, or none holds what was searched for."
    developments = [one for one in found if not one.is_strength]
    waiting = [one for one in developments if one.waits]
    latest = max(found, key=lambda one: one.covers).covers
    return (f"{len(developments)} findings to act on and {len(found) - len(developments)} strengths up to {latest}; "
            f"{len(waiting) or 'none'} without an answer of the partnership.")  # fmt: skip


def _to(on: Desk, one: Asked) -> str:
    due = f", due {day_words(one.challenge.due)}" if one.challenge.due else ""
    return f"to {on.agency(one.challenge.written.agency)}{due}"


def _about(one: Asked) -> About | None:
    written = one.challenge.written
    if not written.subject or not written.period:
        return None
    indicator, _, group = written.subject.partition("|")
    return About(indicator, group or None, written.period)


def _as_asked(found: Sequence[Asked]) -> list[Asked]:
    return sorted(found, key=lambda one: one.first.entry_id)
