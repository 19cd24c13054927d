"""What each kind of the journal's entries carries, and writing it: commentary, decisions, actions.

Words are kept as they were written, whole. The figure that a commentary speaks of is kept beside it, so that a figure
that has changed since makes the commentary stale (metrics/spoken.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from warehouse.entries import Entry, Journal

Way = Literal["at least", "at most"]
ActionStatus = Literal["open", "complete"]
# So long an answer may be: two minutes of somebody reading it out.
LONGEST = 2_000


@dataclass(frozen=True)
class Promise:
    """How we will know: an indicator (and group) that is to reach a value by the end of a quarter."""

    indicator: str
    group: str | None
    way: Way
    value: float
    by: str


@dataclass(frozen=True)
class Spoken:
    """The figure that a commentary speaks of, as it was when it was written."""

    value: float | None
    numerator: float | None
    denominator: float | None
    basis: str
    version: int | None


@dataclass(frozen=True)
class Commentary:
    """An agency's answers to the four questions about one figure of one quarter."""

    behind: str = ""
    means: str = ""
    doing: str = ""
    owner: str = ""
    due: date | None = None
    know: str = ""
    promise: Promise | None = None
    figure: Spoken | None = None
    entry: Entry | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Decision:
    """What the group decided about a figure, or about anything else. `meeting` is the meeting's number: M1."""

    text: str
    outcome: str = ""
    entry: Entry | None = field(default=None, compare=False)
    meeting: str | None = None


@dataclass(frozen=True)
class Action:
    """Who does what by when, and what came of it. `meeting` is the number of the one that it was taken down in.

    Of one that the action log proposed (warehouse/proposals.py), `proposed` is the proposal, `proposed_as` a hash of
    what the log said when it was last settled, and `came_from` the row in words.
    """

    action: str
    owner: str = ""
    due: date | None = None
    status: ActionStatus = "open"
    evidence: str = ""
    completed: date | None = None
    entry: Entry | None = field(default=None, compare=False)
    meeting: str | None = None
    proposed: str = ""
    proposed_as: str = ""
    came_from: str = ""

    def overdue(self, today: date) -> bool:
        """Whether it is open after the day that it was due."""
        return self.status == "open" and self.due is not None and self.due < today


Said = Commentary | Decision | Action
Unless = Callable[[Sequence[Entry]], Entry | None]
_ORIGIN = ("proposed", "proposed_as", "came_from")
_KINDS: dict[type[Said], Any] = {Commentary: "commentary", Decision: "decision", Action: "action"}


def subject_of(indicator: str, group: str | None) -> str:
    """What an entry about an indicator, or a group of one, has as its subject."""
    return indicator if group is None else f"{indicator}|{group}"


def commentary_thread(subject: str, period: str, agency: str) -> str:
    """The one thread of an agency's commentary on a figure of a quarter: two first writers meet in it."""
    return f"commentary {agency} {period} {subject}"


def comment(
    journal: Journal, said: Commentary, *, subject: str, period: str, agency: str, author: str, after: int
) -> Commentary:
    """The agency's commentary, written as the version after `after` (0 for the first). Raises Overtaken."""
    thread = commentary_thread(subject, period, agency)
    entry = journal.revise(
        "commentary", thread, after=after, author=author, payload=_payload(said), subject=subject, period=period,
        agency=agency,
    )  # fmt: skip
    return commentary_of(entry)


def record(journal: Journal, said: Decision | Action, *, subject: str | None, period: str, agency: str | None = None,
           author: str, unless: Unless | None = None) -> Said:  # fmt: skip
    """The decision or action as written, with its number; `unless` as Journal.add has it."""
    kind = _KINDS[type(said)]
    entry = journal.add(
        kind, author=author, payload=_payload(said), subject=subject, period=period, agency=agency, unless=unless
    )
    return decision_of(entry) if isinstance(said, Decision) else action_of(entry)


def revise(journal: Journal, said: Decision | Action, *, author: str) -> Said:
    """The next version of a decision or action that was read. Raises Overtaken."""
    assert said.entry is not None, "what is revised was read"
    # Where an action came from stays with it, whoever fills in a form that does not ask.
    origin = {name: said.entry.payload[name] for name in _ORIGIN if said.entry.payload.get(name)}
    payload = origin | {name: value for name, value in _payload(said).items() if value or name not in origin}
    entry = journal.revise(
        _KINDS[type(said)], said.entry.thread, after=said.entry.version, author=author, payload=payload
    )
    return decision_of(entry) if isinstance(said, Decision) else action_of(entry)


def commentary_of(entry: Entry) -> Commentary:
    """The commentary that an entry carries."""
    said = entry.payload
    return Commentary(
        behind=said["behind"], means=said["means"], doing=said["doing"], owner=said["owner"], due=_day(said["due"]),
        know=said["know"], promise=Promise(**said["promise"]) if said["promise"] else None,
        figure=Spoken(**said["figure"]) if said["figure"] else None, entry=entry,
    )  # fmt: skip


def decision_of(entry: Entry) -> Decision:
    """The decision that an entry carries."""
    return Decision(text=entry.payload["text"], outcome=entry.payload["outcome"], meeting=entry.payload.get("meeting"),
                    entry=entry)  # fmt: skip


def action_of(entry: Entry) -> Action:
    """The action that an entry carries."""
    said = entry.payload
    return Action(
        action=said["action"], owner=said["owner"], due=_day(said["due"]), status=said["status"],
        evidence=said["evidence"], completed=_day(said["completed"]), meeting=said.get("meeting"), entry=entry,
        **{name: said.get(name) or "" for name in _ORIGIN},
    )  # fmt: skip


def _payload(said: Said) -> Mapping[str, Any]:
    carried = asdict(said)
    del carried["entry"]
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in carried.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
