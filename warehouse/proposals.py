"""What the partnership's action log proposes to the journal, and how each proposal is answered.

Actions live in the journal; the log is a return. A row of the latest log that the journal does not know is a proposal:
somebody takes it up, which makes it an action that names where it came from, or declines it and says why. It is known
by its sender, source, source's reference and its own, so that a log sent again proposes nothing twice. Where the log
later says otherwise of an action that was taken up, both are shown, and a person decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from warehouse.entries import Entry, Journal
from warehouse.words import Action, action_of, record, revise

_DONE, _OVER = "Complete", ("Complete", "Withdrawn")

# The rows of each sender's latest log, as now known.
_ROWS = """
WITH logs AS (
    SELECT id, row_number() OVER (PARTITION BY agency ORDER BY extracted DESC, period DESC, id DESC) AS place
    FROM main.submissions WHERE status = 'accepted' AND return_name = 'actions'
)
SELECT a.agency, a.source_group, a.source_ref, a.action_id, a.action, a.organisation, a.owner_role, a.due, a.completed,
       a.status_group, a.evidence, a.submission_id, a.source_row, a.period
FROM known.actions_sent a JOIN logs l ON l.id = a.submission_id AND l.place = 1 ORDER BY a.source_row
"""


class Source(Protocol):
    """Where rows are read: a reader of one version of the warehouse."""

    def query(self, sql: str, params: Sequence[object] = ...) -> list[tuple[Any, ...]]:
        """The rows of one SELECT."""
        ...


@dataclass(frozen=True)
class Proposal:
    """A row of the log: the action as the journal would have it, and where it stands in which submission."""

    thread: str
    action: Action
    came_from: str
    submission: str
    row: int
    period: str
    is_over: bool

    @property
    def digest(self) -> str:
        """A short hash of what the row says: of the same words, the same."""
        one = self.action
        said = (one.action, one.owner, one.due, one.status, one.evidence, one.completed, self.is_over)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Differing:
    """An action that was taken up, of which the log now says otherwise."""

    proposal: Proposal
    action: Action


@dataclass(frozen=True)
class Standing:
    """What the log proposes that nobody has answered, and where it says otherwise; `declined` is how many were."""

    new: tuple[Proposal, ...] = ()
    differing: tuple[Differing, ...] = ()
    declined: int = 0
    answers: Mapping[str, Entry] = field(default_factory=dict, repr=False)


def proposals(source: Source) -> tuple[Proposal, ...]:
    """The rows of each sender's latest log; none of a version made before logs were kept."""
    kept = source.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'known'")
    return tuple(_proposal(row) for row in source.query(_ROWS)) if ("actions_sent",) in kept else ()


def _proposal(row: Sequence[Any]) -> Proposal:
    agency, source, reference, number, words, organisation, role, due, completed, status, evidence, *where = row
    submission, place, period = where
    done = status == _DONE
    owner = ", ".join(filter(None, (role, organisation)))
    told = " ".join(filter(None, (source, reference)))
    return Proposal(
        thread=f"proposal {agency}|{source or ''}|{reference or ''}|{number}",
        action=Action(words, owner, due, "complete" if done else "open", evidence or "", completed if done else None),
        came_from=f"{told or 'The log'}, action {number} (submission {submission}, row {place})",
        submission=submission, row=int(place), period=period, is_over=status in _OVER,
    )  # fmt: skip


def standing(found: Sequence[Proposal], journal: Journal) -> Standing:
    """How each proposal stands by the journal."""
    taken = {one.proposed: one for one in map(action_of, journal.latest("action")) if one.proposed}
    answers = {entry.thread: entry for entry in journal.latest("proposal")}
    new, differing, declined = [], [], 0
    for one in found:
        answer, action = answers.get(one.thread), taken.get(one.thread)
        if action is not None:
            settled = action.proposed_as == one.digest or (answer and answer.payload["digest"] == one.digest)
            if not settled and _says_otherwise(one, action):
                differing.append(Differing(one, action))
        elif answer is not None:
            declined += 1
        elif not one.is_over:
            new.append(one)
    return Standing(tuple(new), tuple(differing), declined, answers)


def _says_otherwise(one: Proposal, action: Action) -> bool:
    def words(of: Action) -> tuple[str, date | None, str, str]:
        return of.owner, of.due, of.status, of.evidence

    return words(one.action) != words(action)


def take_up(journal: Journal, one: Proposal, *, author: str) -> Action:
    """The journal's action made of the proposal; the one there is where somebody took it up before."""

    def already(latest: Sequence[Entry]) -> Entry | None:
        return next((entry for entry in latest if entry.payload.get("proposed") == one.thread), None)

    said = replace(one.action, proposed=one.thread, proposed_as=one.digest, came_from=one.came_from)
    made = record(journal, said, subject=None, period=one.period, author=author, unless=already)
    assert isinstance(made, Action)
    return made


def decline(journal: Journal, one: Proposal, *, author: str, why: str) -> Entry:
    """The answer that the proposal is not taken up. Raises Overtaken where somebody answered it first."""
    return _answer(journal, one, 0, author, {"answer": "declined", "why": why, "digest": one.digest})


def keep(journal: Journal, one: Differing, *, author: str, after: int) -> Entry:
    """The answer that the journal's words stand, whatever the log says. Raises Overtaken."""
    return _answer(journal, one.proposal, after, author, {"answer": "kept", "why": "", "digest": one.proposal.digest})


def adopt(journal: Journal, one: Differing, *, author: str) -> Action:
    """The action with the log's words, as its next version. Raises Overtaken where the action was changed meanwhile."""
    log = one.proposal.action
    changed = replace(
        one.action, owner=log.owner, due=log.due, status=log.status, evidence=log.evidence, completed=log.completed,
        proposed_as=one.proposal.digest, came_from=one.proposal.came_from,
    )  # fmt: skip
    made = revise(journal, changed, author=author)
    assert isinstance(made, Action)
    return made


def _answer(journal: Journal, one: Proposal, after: int, author: str, payload: Mapping[str, Any]) -> Entry:
    told = {**payload, "submission": one.submission, "row": one.row}
    return journal.revise("proposal", one.thread, after=after, author=author, payload=told, period=one.period)
