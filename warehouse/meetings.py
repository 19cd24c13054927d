"""Meetings of the group, as the journal keeps them: when, who was there, the agenda, what was seen, how it closed.

Each change is a new version of the meeting's thread (warehouse/entries.py), so that several people can take down at
once: a change is made to the meeting as it now stands, whoever wrote last. Decisions and actions taken down in a
meeting are threads of their own, which name it (warehouse/words.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from warehouse.entries import Entry, Journal, Overtaken
from warehouse.problems import WarehouseError
from warehouse.words import Action, Commentary, Decision, action_of, commentary_of, decision_of

# A meeting of so many writers at the same moment has not been seen.
_MOST_TRIES = 50


class MeetingClosed(WarehouseError):
    """Somebody has closed the meeting; nothing of it changes any more."""


class NoSuchMeeting(WarehouseError):
    """There is no meeting of that number, or of that quarter."""

    exit_code = 2


@dataclass(frozen=True)
class Person:
    """Somebody who was there, or sent apologies, and whom they were there for."""

    name: str
    agency: str = ""


@dataclass(frozen=True)
class Seen:
    """An exception as the meeting saw it: its figure and why it was there, as the minutes' readers may see them.

    `version` is of the data. `promises` are those that fell due, each kept or broken in words.
    """

    subject: str
    title: str
    standing: str
    figure: str
    why: tuple[str, ...]
    version: int | None
    promises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """A meeting as it stands. `agenda` are the subjects of exceptions in the order in which they are taken.

    `scheme` is the name of the scheme by which figures in its minutes are protected; `rule` says in words what it does.
    """

    held: date
    period: str
    agenda: tuple[str, ...]
    scheme: str
    rule: str
    chair: str = ""
    demonstration: bool = False
    attended: tuple[Person, ...] = ()
    apologies: tuple[Person, ...] = ()
    seen: tuple[Seen, ...] = ()
    is_closed: bool = False
    entry: Entry | None = field(default=None, compare=False)

    @property
    def number(self) -> str:
        """M1, M2: how people speak of it."""
        return self._entry.thread

    @property
    def _entry(self) -> Entry:
        assert self.entry is not None, "a meeting that is read was written"
        return self.entry

    def saw(self, one: Seen) -> Meeting:
        """The meeting with an exception seen: in its place where it was seen before, else last."""
        if any(each.subject == one.subject for each in self.seen):
            return replace(self, seen=tuple(one if each.subject == one.subject else each for each in self.seen))
        return replace(self, seen=(*self.seen, one))

    def moved(self, subject: str, by: int) -> Meeting:
        """The meeting with a subject so many places further down its agenda (up where negative)."""
        if subject not in self.agenda:
            return self
        place = max(0, min(len(self.agenda) - 1, self.agenda.index(subject) + by))
        rest = [one for one in self.agenda if one != subject]
        return replace(self, agenda=(*rest[:place], subject, *rest[place:]))

    def without(self, subject: str) -> Meeting:
        """The meeting with a subject left out of its agenda."""
        return replace(self, agenda=tuple(one for one in self.agenda if one != subject))

    def with_also(self, subject: str) -> Meeting:
        """The meeting with a subject added at the end of its agenda, once."""
        return self if subject in self.agenda else replace(self, agenda=(*self.agenda, subject))


@dataclass(frozen=True)
class TakenDown:
    """What was said and decided up to a meeting's close: commentary of its quarter, its own decisions and actions."""

    commentary: tuple[Commentary, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]


def start(journal: Journal, meeting: Meeting, *, author: str) -> Meeting:
    """The meeting as begun, with its number; where one of the quarter is open already, that one."""

    def open_already(found: Sequence[Entry]) -> Entry | None:
        return next((one for one in found if one.period == meeting.period and not one.payload["is_closed"]), None)

    entry = journal.add(
        "meeting", author=author, payload=_payload(meeting), period=meeting.period, unless=open_already
    )
    return meeting_of(entry)


def change(journal: Journal, number: str, how: Callable[[Meeting], Meeting], *, author: str) -> Meeting:
    """The meeting after a change, which is made to it as it now stands; one that changes nothing is not written.

    Raises MeetingClosed, NoSuchMeeting, or what the journal raises. `how` may be called again where another came
    first, and may raise what it will.
    """
    for _ in range(_MOST_TRIES):
        now = read(journal, number)
        if now.is_closed:
            raise MeetingClosed(f"The meeting {number} has been closed, so nothing of it can be changed any more.")
        after = how(now)
        if after == now:
            return now
        try:
            entry = journal.revise(
                "meeting", number, after=now._entry.version, author=author, payload=_payload(after)
            )
        except Overtaken:
            continue
        return meeting_of(entry)
    raise WarehouseError(f"The meeting {number} was being written by too many at once. Try again.")


class AttendanceOvertaken(Exception):
    """Somebody else, `by`, wrote who was there after it was read: `latest` is the meeting with theirs.

    Nothing was written.
    """

    def __init__(self, latest: Meeting, *, by: str) -> None:
        super().__init__("the attendance has a later version")
        self.latest = latest
        self.by = by


def attendance(
    journal: Journal, number: str, *, attended: tuple[Person, ...], apologies: tuple[Person, ...],
    read_as: tuple[tuple[Person, ...], tuple[Person, ...]], author: str, close: bool = False,
) -> Meeting:  # fmt: skip
    """The meeting with who was there and who sent apologies; closed with it where asked.

    `read_as` is what the two said when they were read: raises AttendanceOvertaken where they say something else by now.
    """

    def written(now: Meeting) -> Meeting:
        if (now.attended, now.apologies) != read_as and (now.attended, now.apologies) != (attended, apologies):
            raise AttendanceOvertaken(now, by=_took_attendance(journal, now))
        return replace(now, attended=attended, apologies=apologies, is_closed=close)

    return change(journal, number, written, author=author)


def _took_attendance(journal: Journal, meeting: Meeting) -> str:
    """Who wrote the attendance that a meeting has: the author of the first of the versions that say the same of it."""
    author = meeting._entry.author
    for entry in reversed(journal.history(meeting.number)):
        one = meeting_of(entry)
        if (one.attended, one.apologies) != (meeting.attended, meeting.apologies):
            break
        author = entry.author
    return author


def read(journal: Journal, number: str) -> Meeting:
    """The meeting of a number, as it stands. Raises NoSuchMeeting."""
    found = journal.history(number)
    if not found or found[-1].kind != "meeting":
        raise NoSuchMeeting(f"There is no meeting {number}. {_there_are(journal)}")
    return meeting_of(found[-1])


def of_quarter(journal: Journal, period: str) -> tuple[Meeting, ...]:
    """The meetings about a quarter, the first first."""
    return tuple(meeting_of(entry) for entry in journal.latest("meeting", period=period))


def _there_are(journal: Journal) -> str:
    numbers = [entry.thread for entry in journal.latest("meeting")]
    return f"There are: {', '.join(numbers)}." if numbers else "None has been held yet."


def taken_down(journal: Journal, meeting: Meeting) -> TakenDown:
    """What was said and decided, as it stood when the meeting closed; as it now stands while it is open."""
    before = meeting._entry.entry_id if meeting.is_closed else None
    decisions = [decision_of(entry) for entry in journal.latest("decision", before=before)]
    actions = [action_of(entry) for entry in journal.latest("action", before=before)]
    return TakenDown(
        tuple(commentary_of(one) for one in journal.latest("commentary", period=meeting.period, before=before)),
        tuple(one for one in decisions if one.meeting == meeting.number),
        tuple(one for one in actions if one.meeting == meeting.number),
    )


def meeting_of(entry: Entry) -> Meeting:
    """The meeting that an entry carries."""
    said = dict(entry.payload)
    return Meeting(
        held=date.fromisoformat(said["held"]), period=said["period"], agenda=tuple(said["agenda"]),
        scheme=said["scheme"], rule=said["rule"], chair=said["chair"], demonstration=said["demonstration"],
        attended=tuple(Person(**one) for one in said["attended"]),
        apologies=tuple(Person(**one) for one in said["apologies"]),
        seen=tuple(_seen(one) for one in said["seen"]), is_closed=said["is_closed"], entry=entry,
    )  # fmt: skip


def _seen(said: dict[str, Any]) -> Seen:
    return Seen(**{**said, "why": tuple(said["why"]), "promises": tuple(said["promises"])})


def _payload(meeting: Meeting) -> dict[str, Any]:
    carried = asdict(replace(meeting, entry=None))
    del carried["entry"]
    return carried | {"held": meeting.held.isoformat()}
