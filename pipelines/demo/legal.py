"""The legal status and the plan for permanence of a child looked after, from how their care went and will go."""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.demo.records import Care

_FULL_ORDER = timedelta(days=210)
_PLACEMENT_ORDER = timedelta(days=300)
# Of those who go home, and of teenagers, many are accommodated with their parents' agreement.
_AGREED = ("home", "home_unplanned")


def legal_status(care: Care, day: date) -> tuple[str, date]:
    """The SSDA903 code in force on the day and the day it began."""
    if care.uasc or _agreed(care):
        return "V2", care.started
    if care.reason == "adopted" and day >= care.started + _PLACEMENT_ORDER:
        return "E1", care.started + _PLACEMENT_ORDER
    if day >= care.started + _FULL_ORDER:
        return "C2", care.started + _FULL_ORDER
    return "C1", care.started


def _agreed(care: Care) -> bool:
    """Whether the child is accommodated under section 20: settled by the record, not drawn anew at each extract."""
    if care.reason in _AGREED:
        return care.order % 5 < 4
    assert care.birth
    teenager = (care.started - care.birth).days > 4700
    return care.order % 10 < (5 if teenager else 1)


def permanence(care: Care, day: date) -> str:
    """The letter of the permanence plan on the day."""
    assert care.birth
    if care.reason == "adopted" and (day - care.started).days > 150:
        return "b"
    if care.reason in ("guardianship", "arrangements") and (day - care.started).days > 120:
        return "c"
    if (day - care.started).days < 180 or care.reason in _AGREED:
        return "a"
    if care.uasc or (day - care.birth).days > 6200:
        return "d"
    place = max((p for p in care.placements if p.started <= day), key=lambda p: p.started, default=None)
    return "e" if place and place.kind in ("K2", "R5", "S1") else "f"
