"""The ledger: what was done with every submission, in order, for good.

Lines are only ever added. The state of the submissions is folded from them, and the warehouse can be built again by
replaying them over the files received. Order is the order of writing (`event_id`), never the clock's.

What each kind of line carries, by name (all of it in the submission's record when folded):

    received    return_name agency period extracted file stored_as sha256 sheet edition
    accepted    rows_read rows_accepted rows_held supersedes (the submission it takes the place of, or None)
    nil         the agency says it had nothing to send; as accepted, with no rows
    unchanged   same_as (the submission that already carries this file)
    refused     reason
    superseded  superseded_by
    retracted   reason         restored    reason
    answer            agency code_list spelling answer: what a spelling in the agency's columns of codes means
    header_answer     agency return_name header field: which field a column so headed is; empty, none of the return's
    answer_withdrawn  agency, code_list spelling or return_name header, reason
    agency_remembered return_name layout_hash agency
    published         file stored_as sha256
    demo              seed
    disclosure        digest default schemes roles: how small counts are protected, when it was first met so
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from returns.places import Places

if TYPE_CHECKING:
    from sqlalchemy import Row, Select

Kind = Literal[
    "received", "accepted", "unchanged", "refused", "nil", "superseded", "retracted", "restored",
    "answer", "header_answer", "answer_withdrawn", "agency_remembered", "published", "demo", "disclosure",
]
KINDS: tuple[str, ...] = get_args(Kind)

CHANGING = frozenset({"accepted", "nil", "superseded", "retracted", "restored", "published"})
"""The kinds of line that change what the warehouse holds."""

Status = Literal["received", "accepted", "nil", "superseded", "retracted", "refused", "unchanged"]
_STANDING = ("accepted", "nil")
# Stands for an agency where more than one sends a return in the same layout; no agency can be called so.
SEVERAL = "?"
ANSWERS = ("answer", "header_answer", "answer_withdrawn")


@dataclass(frozen=True)
class Event:
    """One line of the ledger. `at` is UTC, as the computer's clock had it."""

    event_id: int
    at: str
    kind: str
    submission: str | None
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SubmissionRecord:
    """One submission as it now stands. `received` is the status of one whose load never finished."""

    id: str
    status: Status
    return_name: str = ""
    agency: str = ""
    period: str = ""
    extracted: str | None = None
    file: str | None = None
    stored_as: str | None = None
    sha256: str | None = None
    sheet: str | None = None
    edition: str | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    rows_held: int = 0
    received_at: str | None = None
    reason: str | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    same_as: str | None = None
    ledger_event: int = 0
    """The line that accepted it; before that, its latest line."""


_FIELDS = frozenset(SubmissionRecord.__dataclass_fields__) - {"id", "status", "received_at", "ledger_event"}


class Ledger:
    """The ledger of one data folder. Opened, and brought up to date, at first use; safe to share by threads.

    With `lines`, those are what it holds for as long as it is asked: a load that keeps others from writing reads them
    once, where it would ask again for every sheet.
    """

    def __init__(self, places: Places, *, lines: Sequence[Event] | None = None) -> None:
        self.places = places
        self._lines = lines

    def append(self, kind: Kind, *, submission: str | None = None, **payload: Any) -> int:
        """The number of the line added. Raises LedgerUnavailable, LedgerTooNew; ValueError for an unknown kind."""
        return self.append_all([(kind, submission, payload)])[-1]

    def append_all(self, lines: Iterable[tuple[str, str | None, Mapping[str, Any]]]) -> list[int]:
        """The numbers of the lines added, each (kind, submission, payload): all of them, or none."""
        from warehouse.journal import ledger_table, writing

        written = [_row(kind, submission, payload) for kind, submission, payload in lines]
        numbers = []
        with writing(self.places) as connection:
            for row in written:
                inserted = connection.execute(ledger_table().insert().values(**row)).inserted_primary_key
                numbers.append(int(inserted[0]) if inserted else 0)
        return numbers

    def events(self, kind: str | Collection[str] | None = None, after: int = 0) -> Iterator[Event]:
        """The lines after number `after`, of one kind, some or all, in the order in which they were written."""
        kinds = {kind} if isinstance(kind, str) else kind
        if self._lines is not None:
            yield from (e for e in self._lines if e.event_id > after and (kinds is None or e.kind in kinds))
            return
        from sqlalchemy import select

        from warehouse.journal import ledger_table

        table = ledger_table()
        query = select(table).where(table.c.event_id > after).order_by(table.c.event_id)
        if kinds is not None:
            query = query.where(table.c.kind.in_(tuple(kinds)))
        for row in self._select(query):
            yield Event(row.event_id, row.at, row.kind, row.submission_id, json.loads(row.payload))

    def position(self) -> int:
        """The number of the last line; 0 when there is none."""
        from sqlalchemy import func, select

        from warehouse.journal import ledger_table

        rows = self._select(select(func.max(ledger_table().c.event_id)))
        return int(rows[0][0] or 0) if rows else 0

    def next_submission_id(self) -> str:
        """An identifier that no submission has had or will be given again, as S000123."""
        from warehouse.journal import submission_numbers_table, writing

        with writing(self.places) as connection:
            inserted = connection.execute(submission_numbers_table().insert().values(at=_now())).inserted_primary_key
        return f"S{int(inserted[0]) if inserted else 0:06d}"

    def submissions(self) -> list[SubmissionRecord]:
        """Every submission as it now stands, in the order in which they were received."""
        return fold(self.events())

    def submission(self, submission_id: str) -> SubmissionRecord | None:
        """One submission as it now stands, or None."""
        return next((record for record in self.submissions() if record.id == submission_id), None)

    def find_same_file(self, sha256: str, return_name: str, agency: str, period: str) -> SubmissionRecord | None:
        """The submission, standing now, that carries this very file for this return, agency and period."""
        wanted = (sha256, return_name, agency, period)
        for record in reversed(self.submissions()):
            if record.status in _STANDING and (
                record.sha256, record.return_name, record.agency, record.period
            ) == wanted:
                return record
        return None

    def standing(self, return_name: str, agency: str, period: str) -> SubmissionRecord | None:
        """The submission now accepted (or nil) for this return, agency and period, or None."""
        wanted = (return_name, agency, period)
        for record in reversed(self.submissions()):
            if record.status in _STANDING and (record.return_name, record.agency, record.period) == wanted:
                return record
        return None

    def answers(self, agency: str, *, before: int | None = None) -> dict[tuple[str, str], str]:
        """What the analyst said an agency's spellings mean: {(code list, spelling): answer}; a later answer wins.

        `before` leaves out the lines from that number on, so that a replay asks what was known at the time.
        """
        return {
            (str(event.payload["code_list"]), str(event.payload["spelling"])): str(event.payload["answer"])
            for event in self.answers_in_force(agency, before=before) if event.kind == "answer"
        }

    def header_answers(self, agency: str, *, before: int | None = None) -> dict[tuple[str, str], str]:
        """Which fields an agency's own headers are: {(return, header in plain words): field, or "" for none}."""
        return {
            (str(event.payload["return_name"]), str(event.payload["header"])): str(event.payload["field"])
            for event in self.answers_in_force(agency, before=before) if event.kind == "header_answer"
        }

    def answers_in_force(self, agency: str | None = None, *, before: int | None = None) -> list[Event]:
        """The lines of answers, of one agency or of all, that no later line has changed or withdrawn."""
        standing: dict[tuple[str, ...], Event] = {}
        for event in self.events(ANSWERS):
            if before is not None and event.event_id >= before:
                break
            if agency is not None and event.payload.get("agency") != agency:
                continue
            standing.pop(asked_about(event.payload), None)
            if event.kind != "answer_withdrawn":
                standing[asked_about(event.payload)] = event
        return list(standing.values())

    def remembered_agency(self, return_name: str, layout_hash: str) -> str | None:
        """The one agency that sends this return in this layout; None for none yet, SEVERAL where more than one do.

        Agencies that fill in the same template send the same layout, and the last of them is nobody's answer.
        """
        found = {
            str(event.payload["agency"]) for event in self.events("agency_remembered")
            if (event.payload.get("return_name"), event.payload.get("layout_hash")) == (return_name, layout_hash)
        }
        return SEVERAL if len(found) > 1 else next(iter(found), None)

    def _select(self, query: Select[Any]) -> Sequence[Row[Any]]:
        from warehouse.journal import reading

        if not self.places.journal.exists():  # looking makes no file
            return []
        with reading(self.places) as connection:
            return connection.execute(query).all()


def asked_about(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """What a line of an answer is about: agency, then the code list and spelling, or the return and header."""
    names = ("return_name", "header") if "header" in payload else ("code_list", "spelling")
    return (str(payload["agency"]), *(f"{name}={payload[name]}" for name in names))


def answer_lines(
    answers: Mapping[tuple[str, str], str], headers: Mapping[tuple[str, str], str], returns: Collection[str | None]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The (kind, payload without its agency) of answers about codes, and about headers of these returns."""
    for (code_list, spelling), answer in answers.items():
        yield "answer", {"code_list": code_list, "spelling": spelling, "answer": answer}
    for (return_name, header), field in headers.items():
        if return_name in returns:
            yield "header_answer", {"return_name": return_name, "header": header, "field": field}


def fold(events: Iterable[Event]) -> list[SubmissionRecord]:
    """The submissions as the lines, taken in order, leave them."""
    facts: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.submission is None:
            continue
        record = facts.setdefault(
            event.submission,
            {"id": event.submission, "status": "received", "received_at": event.at, "ledger_event": event.event_id},
        )
        record.update({name: value for name, value in event.payload.items() if name in _FIELDS})
        _advance(record, event, facts)
    return [SubmissionRecord(**{name: value for name, value in record.items() if name[0] != "_"})
            for record in facts.values()]


def _advance(record: dict[str, Any], event: Event, facts: dict[str, dict[str, Any]]) -> None:
    """Moves one submission on by one line, and with it the one whose place it takes."""
    if event.kind in _STANDING:
        record.update(status=event.kind, _standing=event.kind, ledger_event=event.event_id)
        replaced = facts.get(str(event.payload.get("supersedes")))
        if replaced is not None and replaced["status"] in _STANDING:
            replaced.update(status="superseded", superseded_by=event.submission)
    elif event.kind == "restored":
        record.update(status=record.get("_standing", "accepted"), superseded_by=None)
    elif event.kind in ("superseded", "retracted", "refused", "unchanged"):
        record["status"] = event.kind


def _row(kind: str, submission: str | None, payload: Mapping[str, Any]) -> dict[str, Any]:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of line: {', '.join(KINDS)}")
    written = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True, default=_as_text, allow_nan=False)
    return {"at": _now(), "kind": kind, "submission_id": submission, "payload": written}


def _as_text(value: object) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
