"""The journal: what people said and decided about the figures, in entries that are only ever added.

An entry is one version of a *thread*: a commentary, a decision, an action. An edit is the thread's next version, so
what it said before is kept. Whoever edits names the version that they read; where another came first, theirs is not
written and they are shown the other's (`Overtaken`). warehouse/words.py says what each kind carries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from returns.places import Places

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

Kind = Literal["commentary", "decision", "action", "meeting", "challenge", "response", "pin", "proposal"]
KINDS: tuple[str, ...] = get_args(Kind)
# The letter of the number by which people speak of a thread: decision D12, action A7, question Q3.
_LETTERS: dict[str, str] = {
    "decision": "D", "action": "A", "meeting": "M", "commentary": "C", "challenge": "Q", "response": "R", "pin": "P",
    "proposal": "L",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One version of one thread. `at` is UTC; `subject` is an indicator, or an indicator and a group of it."""

    entry_id: int
    at: datetime
    kind: str
    thread: str
    version: int
    subject: str | None
    period: str | None
    agency: str | None
    author: str
    payload: Mapping[str, Any]


class Overtaken(Exception):
    """Somebody else's version came first: `latest` is it. Nothing was written."""

    def __init__(self, latest: Entry) -> None:
        super().__init__(f"{latest.thread} has a later version, {latest.version}")
        self.latest = latest


class Journal:
    """The journal of one data folder. Opened, and brought up to date, at first use; safe to share by threads.

    `now` is the clock, the computer's unless given: the demonstration writes in its own time. Raises LedgerUnavailable
    or LedgerTooNew where the database cannot be used.
    """

    def __init__(self, places: Places, *, now: Callable[[], datetime] | None = None) -> None:
        self.places = places
        self._now = now or _now

    def add(
        self, kind: Kind, *, author: str, payload: Mapping[str, Any], subject: str | None = None,
        period: str | None = None, agency: str | None = None,
        unless: Callable[[Sequence[Entry]], Entry | None] | None = None,
    ) -> Entry:  # fmt: skip
        """The first version of a new thread, which gets the next number of its kind.

        `unless` is given the latest version of each thread of the kind: where it returns one, that is returned and
        nothing is written. No other writer comes between.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is not a kind of entry")
        with self._writing() as connection:
            there = unless(_latest(_read(connection, kind=kind))) if unless else None
            if there is not None:
                return there
            thread = f"{_LETTERS[kind]}{_threads(connection, kind) + 1}"
            return _insert(connection, self._now(), kind, thread, 1, author, payload, subject, period, agency)

    def revise(
        self, kind: Kind, thread: str, *, after: int, author: str, payload: Mapping[str, Any],
        subject: str | None = None, period: str | None = None, agency: str | None = None,
    ) -> Entry:  # fmt: skip
        """The version of the thread that follows version `after` (0 for none). Raises Overtaken where there is a later.

        The next version keeps the thread's own subject, period and agency.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is not a kind of entry")
        with self._writing() as connection:
            past = _read(connection, thread=thread)
            latest = past[-1] if past else None
            if (latest.version if latest else 0) != after:
                if latest is None:
                    raise ValueError(f"there is no {thread} whose version {after} could be followed")
                raise Overtaken(latest)
            if latest is not None:
                subject, period, agency = latest.subject, latest.period, latest.agency
            return _insert(connection, self._now(), kind, thread, after + 1, author, payload, subject, period, agency)

    def history(self, thread: str) -> tuple[Entry, ...]:
        """Every version of a thread, the first first."""
        return self._entries(thread=thread)

    def latest(
        self, kind: Kind, *, subject: str | None = None, period: str | None = None, before: int | None = None
    ) -> tuple[Entry, ...]:
        """The latest version of each thread of a kind, in the order in which the threads began.

        With `before` as they stood when the entry of that number was written.
        """
        found = self._entries(kind=kind, subject=subject, period=period)
        return _latest([entry for entry in found if before is None or entry.entry_id < before])

    def firsts(self, kind: Kind) -> dict[str, Entry]:
        """The first version of each thread of a kind: who began it, and when."""
        return {entry.thread: entry for entry in self._entries(kind=kind) if entry.version == 1}

    def _entries(self, **of: str | None) -> tuple[Entry, ...]:
        from sqlalchemy import inspect

        from warehouse.journal import reading

        if not self.places.journal.exists():
            return ()
        with reading(self.places) as connection:
            # A folder that may only be read can hold a journal from before there were entries.
            return tuple(_read(connection, **of)) if inspect(connection).has_table("entries") else ()

    def _writing(self) -> Any:
        from warehouse.journal import writing

        return writing(self.places)


def _latest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found[entry.thread] = entry
    return tuple(found.values())


def _threads(connection: Connection, kind: str) -> int:
    from sqlalchemy import func, select

    from warehouse.journal import entries_table

    table = entries_table()
    counted = select(func.count()).select_from(table).where(table.c.kind == kind, table.c.version == 1)
    return int(connection.execute(counted).scalar_one())


def _read(connection: Connection, **of: str | None) -> list[Entry]:
    from sqlalchemy import select

    from warehouse.journal import entries_table

    table = entries_table()
    asked = select(table).order_by(table.c.entry_id)
    for name, value in of.items():
        if value is not None:
            asked = asked.where(table.c[name] == value)
    return [_entry(row) for row in connection.execute(asked)]


def _entry(row: Row[Any]) -> Entry:
    said = row._mapping
    return Entry(**{**said, "at": datetime.fromisoformat(said["at"]), "payload": json.loads(said["payload"])})


def _now() -> datetime:
    return datetime.now(UTC)


def _insert(
    connection: Connection, now: datetime, kind: str, thread: str, version: int, author: str,
    payload: Mapping[str, Any], subject: str | None, period: str | None, agency: str | None,
) -> Entry:  # fmt: skip
    from warehouse.journal import entries_table

    at = now.replace(microsecond=0)
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, allow_nan=False)
    row = {
        "at": at.isoformat(), "kind": kind, "thread": thread, "version": version, "subject": subject,
        "period": period, "agency": agency, "author": author, "payload": text,
    }  # fmt: skip
    inserted = connection.execute(entries_table().insert().values(**row)).inserted_primary_key
    assert inserted is not None, "an entry has a number"
    return Entry(entry_id=int(inserted[0]), **{**row, "at": at, "payload": json.loads(text)})


def by_subject(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by what they are about, each list in the order given; those about nothing are left out."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.subject is not None:
            found.setdefault(entry.subject, []).append(entry)
    return found
