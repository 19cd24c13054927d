"""Challenge, as the journal keeps it: what was asked of whom and why, what was answered, and whether it was accepted.

A question is a thread (Q1, Q2), and so is each answer to it. Who answers names how many answers they had read: two
who answer at once meet in one thread, and the second is shown the first's text (warehouse/entries.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from warehouse.entries import Entry, Journal

About = Literal["indicator", "audit", "document", "other"]
# What the asker made of the answers; nothing until then.
Verdict = Literal["", "accepted", "not accepted", "followed up"]
Status = Literal["asked", "answered", "accepted", "not accepted", "followed up"]
# What still waits for the agency.
WAITING: frozenset[Status] = frozenset({"asked", "not accepted"})


@dataclass(frozen=True)
class Challenge:
    """A question: to the agency of its entry, or to the partnership; about its entry's subject, or a named document.

    `session` is the sitting or the quarter that it belongs to, `view` the address within the dashboard that it was
    asked from. `heard` is how many answers there were when the verdict was given: one that comes later reopens it.
    """

    question: str
    why: str = ""
    about: About = "other"
    document: str = ""
    session: str = ""
    view: str = ""
    due: date | None = None
    verdict: Verdict = ""
    verdict_why: str = ""
    heard: int = 0
    changed: str = ""
    entry: Entry | None = field(default=None, compare=False)

    @property
    def written(self) -> Entry:
        """Its entry: number, version, author, what it is about and whom it is to."""
        assert self.entry is not None, "a question that is read was written"
        return self.entry


@dataclass(frozen=True)
class Response:
    """An answer to the question of that number, on a day, with its evidence."""

    challenge: str
    text: str
    evidence: str = ""
    answered: date | None = None
    entry: Entry | None = field(default=None, compare=False)

    @property
    def written(self) -> Entry:
        """Its entry: version, author, and the agency that answers."""
        assert self.entry is not None, "an answer that is read was written"
        return self.entry


@dataclass(frozen=True)
class Asked:
    """A question with its answers, the first first. `at` and `by` are of its first version."""

    challenge: Challenge
    responses: tuple[Response, ...]
    first: Entry

    @property
    def number(self) -> str:
        """Q1, Q2: how people speak of it."""
        return self.challenge.written.thread

    @property
    def status(self) -> Status:
        """Where it stands: the verdict, unless an answer came after it."""
        if self.challenge.verdict and len(self.responses) <= self.challenge.heard:
            return self.challenge.verdict
        return "answered" if self.responses else "asked"

    def overdue(self, today: date) -> bool:
        """Whether it still waits for an answer after the day that one was due."""
        return self.status in WAITING and self.challenge.due is not None and self.challenge.due < today


def ask(
    journal: Journal, said: Challenge, *, to: str | None, subject: str | None, period: str | None, author: str
) -> Challenge:
    """The question as written, with its number."""
    entry = journal.add("challenge", author=author, payload=_payload(said), subject=subject, period=period, agency=to)
    return challenge_of(entry)


def revise(journal: Journal, said: Challenge, *, author: str) -> Challenge:
    """The next version of a question that was read: other words, or a verdict. Raises Overtaken."""
    read = said.written
    entry = journal.revise("challenge", read.thread, after=read.version, author=author, payload=_payload(said))
    return challenge_of(entry)


def answer(
    journal: Journal, said: Response, *, of: Asked, agency: str | None, author: str, after: int = 0
) -> Response:
    """The answer that follows those read, as the version after `after` (0 for the first). Raises Overtaken."""
    asked = of.challenge.written
    entry = journal.revise(
        "response", response_thread(of.number, len(of.responses) + 1), after=after, author=author,
        payload=_payload(said), subject=asked.subject, period=asked.period, agency=agency,
    )  # fmt: skip
    return response_of(entry)


def correct(journal: Journal, said: Response, *, author: str) -> Response:
    """The next version of an answer that was read. Raises Overtaken."""
    read = said.written
    entry = journal.revise("response", read.thread, after=read.version, author=author, payload=_payload(said))
    return response_of(entry)


def response_thread(number: str, place: int) -> str:
    """The thread of a question's first, second, third answer."""
    return f"response {number} {place}"


def every(journal: Journal) -> tuple[Asked, ...]:
    """Every question that was ever asked, with its answers, in the order in which they were asked."""
    answers: dict[str, list[Response]] = {}
    for entry in journal.latest("response"):
        said = response_of(entry)
        answers.setdefault(said.challenge, []).append(said)
    asked = [challenge_of(entry) for entry in journal.latest("challenge")]
    firsts = journal.firsts("challenge")
    return tuple(
        Asked(one, tuple(answers.get(one.written.thread, ())), firsts[one.written.thread]) for one in asked
    )


def of_subject(found: Iterable[Asked], indicator: str) -> list[Asked]:
    """Those about an indicator or a group of it."""
    return [one for one in found if (one.challenge.written.subject or "").partition("|")[0] == indicator]


def in_order(found: Iterable[Asked], today: date) -> list[Asked]:
    """Overdue first, the longest of them first; then unanswered, answered, and settled, the latest asked first."""
    standing: Sequence[Status] = ("not accepted", "asked", "answered", "followed up", "accepted")

    def place(one: Asked) -> tuple[object, ...]:
        late = one.overdue(today)
        due = one.challenge.due or date.max
        first = 0 if late else 1 if one.status in WAITING else 2 + standing.index(one.status)
        return first, due if one.status in WAITING else date.max, -one.first.entry_id

    return sorted(found, key=place)


def challenge_of(entry: Entry) -> Challenge:
    """The question that an entry carries."""
    said = dict(entry.payload)
    return Challenge(**{**said, "due": _day(said["due"])}, entry=entry)


def response_of(entry: Entry) -> Response:
    """The answer that an entry carries."""
    said = dict(entry.payload)
    return Response(**{**said, "answered": _day(said["answered"])}, entry=entry)


def _payload(said: Challenge | Response) -> Mapping[str, Any]:
    carried = asdict(said)
    del carried["entry"]
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in carried.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
