"""The life of a submission, told from the ledger: what happened to it, when, and the reason where one was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.findings import CATALOGUE, shown
from warehouse.ledger import Event

_COUNTS = ("rows_added", "rows_gone", "rows_changed", "rows_resolved", "rows_still_held")
_ROWS = ("added", "gone", "changed", "resolved")


@dataclass(frozen=True)
class Step:
    """One thing that happened to a submission. `at` is UTC; `reason` is the analyst's own where one was asked for."""

    at: str
    what: str
    sentence: str
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The step as `submissions --json` gives it."""
        return {"at": self.at, "what": self.what, "sentence": self.sentence, "reason": self.reason}


@dataclass(frozen=True)
class Story:
    """The steps of one submission, oldest first, and how it differed from the one whose place it took."""

    steps: tuple[Step, ...]
    difference: Mapping[str, Any] | None = None


def stories(events: Iterable[Event]) -> dict[str, Story]:
    """Each submission's story, by its id."""
    steps: dict[str, list[Step]] = {}
    differences: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.kind == "unchanged" and event.payload.get("same_as"):
            steps.setdefault(str(event.payload["same_as"]), []).append(_step(event))
        elif event.submission is not None:
            steps.setdefault(event.submission, []).append(_step(event))
        newer = str(event.payload.get("superseded_by"))
        if event.kind == "superseded" and "rows_added" in event.payload:
            kept = {name: event.payload.get(name) for name in (*_COUNTS, *_ROWS)}
            differences[newer] = {"replaces": event.submission, **kept}
            steps.setdefault(newer, []).append(Step(event.at, "replaced", _replaced(event)))
    return {name: Story(tuple(found), differences.get(name)) for name, found in steps.items()}


def _step(event: Event) -> Step:
    payload = event.payload
    reason = str(payload["reason"]) if event.kind in ("retracted", "restored") and payload.get("reason") else None
    return Step(event.at, event.kind, _SENTENCES[event.kind](payload) if event.kind in _SENTENCES else "", reason)


def _replaced(event: Event) -> str:
    payload = event.payload
    said = (
        f"It took the place of {event.submission}: {payload['rows_added']:,} rows added, "
        f"{payload['rows_gone']:,} gone, {payload['rows_changed']:,} changed."
    )
    if payload.get("rows_resolved"):
        said += f" {payload['rows_resolved']:,} of the rows kept aside then can be read in it."
    return said


def _accepted(payload: Mapping[str, Any]) -> str:
    held = payload.get("rows_held") or 0
    aside = f"; {held:,} kept aside" if held else ""
    return f"Accepted: {payload.get('rows_accepted', 0):,} of {payload.get('rows_read', 0):,} rows{aside}."


def _refused(payload: Mapping[str, Any]) -> str:
    codes = str(payload.get("reason") or "").split()
    titles = "; ".join(CATALOGUE[code].title if code in CATALOGUE else code for code in codes)
    return f"Refused: {titles or 'it could not be read'}."


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "received": lambda payload: f"Received as {shown(payload.get('file') or 'a nil return without a file')}.",
    "accepted": _accepted,
    "nil": lambda payload: "Recorded as nil: the agency had nothing to report.",
    "unchanged": lambda payload: "The same file was sent again; nothing was changed.",
    "refused": _refused,
    "superseded": lambda payload: f"Replaced by {payload.get('superseded_by')}.",
    "retracted": lambda payload: "Taken out of every figure.",
    "restored": lambda payload: "Counts again.",
}
