"""The basket: views of the dashboard that somebody pinned for the next pack, in an order, each with a note.

What is pinned is the view's address, so that whoever opens it sees what they may. Taking a view out keeps its history.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from warehouse.entries import Entry, Journal

# An address within the dashboard: a page, and its choices as they are encoded. Nothing that leads elsewhere.
_VIEW = re.compile(r"[a-z][a-z_-]*(\?[A-Za-z0-9_.~%&=+*-]*)?")
LONGEST_VIEW = 1_000


@dataclass(frozen=True)
class Pin:
    """A view that is pinned: its address, its title, a note, and its place in the order."""

    view: str
    title: str
    note: str = ""
    place: float = 0.0
    removed: bool = False
    entry: Entry | None = field(default=None, compare=False)

    @property
    def written(self) -> Entry:
        """Its entry: number, version, and who pinned it."""
        assert self.entry is not None, "a pin that is read was written"
        return self.entry


def is_view(address: str) -> bool:
    """Whether an address is of one of the dashboard's own pages."""
    return len(address) <= LONGEST_VIEW and _VIEW.fullmatch(address) is not None


def pin(journal: Journal, *, view: str, title: str, note: str = "", author: str) -> tuple[Pin, bool]:
    """The pin of a view, last in the order, and whether it is new: a view that is in the pack is not put in twice.

    Raises ValueError for an address that is not the dashboard's own.
    """
    if not is_view(view):
        raise ValueError("what is pinned is a view of the dashboard")
    last = max((one.place for one in pinned(journal)), default=0.0)
    made = Pin(view, title, note, last + 1)
    there: list[Entry] = []

    def same(entries: Sequence[Entry]) -> Entry | None:
        there.extend(one for one in entries if one.payload["view"] == view and not one.payload["removed"])
        return there[0] if there else None

    entry = journal.add("pin", author=author, payload=_payload(made), unless=same)
    return _pin_of(entry), not there


def pinned(journal: Journal) -> tuple[Pin, ...]:
    """What is in the next pack, in its order."""
    found = [_pin_of(entry) for entry in journal.latest("pin")]
    return tuple(sorted((one for one in found if not one.removed), key=lambda one: (one.place, one.written.entry_id)))


def remove(journal: Journal, one: Pin, *, author: str) -> Pin:
    """The pin taken out of the pack; what it was is kept. Raises Overtaken."""
    return _revised(journal, replace(one, removed=True), author)


def earlier(journal: Journal, number: str, *, author: str) -> None:
    """The pin of that number one place earlier; the first stays where it is. Raises Overtaken."""
    found = pinned(journal)
    place = next((index for index, one in enumerate(found) if one.written.thread == number), 0)
    if place == 0:
        return
    before = found[place - 1].place
    second = found[place - 2].place if place > 1 else before - 2
    _revised(journal, replace(found[place], place=(before + second) / 2), author)


def _revised(journal: Journal, one: Pin, author: str) -> Pin:
    read = one.written
    entry = journal.revise("pin", read.thread, after=read.version, author=author, payload=_payload(one))
    return _pin_of(entry)


def _pin_of(entry: Entry) -> Pin:
    return Pin(**entry.payload, entry=entry)


def _payload(one: Pin) -> dict[str, Any]:
    carried = asdict(one)
    del carried["entry"]
    return carried
