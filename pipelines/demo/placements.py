"""Where children looked after live: placements, moves, how far from home.

At every extract the shares with three placements or more in twelve months, and placed
over 20 miles from home and outside the county, are steered to the published ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import extract_date, of_quarter, simulated_quarters
from pipelines.demo.draw import office_day, weighted
from pipelines.demo.records import Care, Placement
from returns.periods import Period, add_months

# Published shares of placements at 31 March 2025: foster 72, homes 11, with parents 9, independent 6.
_TYPES = (
    ("U6", 26), ("U4", 24), ("U3", 11), ("U1", 9), ("U5", 2), ("P1", 9), ("K2", 11), ("R3", 1), ("S1", 1), ("Z1", 1),
)
_TEEN_TYPES = (("U6", 24), ("U4", 20), ("U3", 6), ("H5", 14), ("P2", 4), ("K2", 20), ("P1", 8), ("R5", 1), ("S1", 3))
_ASYLUM_TYPES = (("U6", 45), ("H5", 45), ("P2", 10))
_ADOPTION_TYPES = (("A5", 45), ("A6", 40), ("A3", 15))
_PROVIDERS = {
    "K2": (("PR4", 78), ("PR1", 14), ("PR5", 8)), "H5": (("PR4", 80), ("PR5", 20)), "P1": (("PR0", 1),),
    "P2": (("PR4", 60), ("PR5", 40)), "U6": (("PR1", 55), ("PR4", 45)), "U4": (("PR1", 55), ("PR4", 45)),
}
_OWN = (("PR1", 80), ("PR4", 20))
_INSIDE = ("HR1", "HR2", "HR4", "HR6", "HR9")
_NEAR = (("WR6", "Worcestershire"), ("SY8", "Shropshire"), ("GL17", "Gloucestershire"), ("WR13", "Worcestershire"))
_FAR = (("WR9", "Worcestershire"), ("GL1", "Gloucestershire"), ("SY3", "Shropshire"), ("B29", "Birmingham"),
        ("DY10", "Worcestershire"), ("CF14", "WAL - Child placed in Wales"), ("WV4", "Wolverhampton"))
_MOVES_A_YEAR = 0.3
_NEAR_OUTSIDE = 0.14


def place(rng: Random, care: Sequence[Care]) -> None:
    """Give every period of care its placements, quarter by quarter."""
    order = sorted(care, key=lambda period: (period.started, period.order))
    for quarter in simulated_quarters():
        extracted = extract_date(quarter)
        before = extract_date(quarter.earlier())
        current = [
            period for period in order
            if period.started <= extracted and (period.ceased is None or period.ceased > before)
        ]
        open_now = [period for period in current if period.ceased is None or period.ceased > extracted]
        for period in current:
            if not period.placements:
                period.placements.append(_placement(rng, period, period.started, far=False))
        moved = _move(rng, current, open_now, before, extracted, quarter)
        far = round(len(open_now) * of_quarter(figures.CARE_OVER_20_MILES, quarter) / 100)
        far -= sum(1 for period in open_now if _over_20(period.placements[-1]))
        _send_far(rng, open_now, moved, before, far)


def _move(
    rng: Random, current: Sequence[Care], open_now: Sequence[Care], before: date, extracted: date, quarter: Period
) -> list[Care]:
    """The quarter's moves: some by chance, and as many more as the share with three placements needs."""
    moved: list[Care] = []
    for period in current:
        if period.ceased and period.ceased <= extracted:
            continue
        adopted_soon = period.reason == "adopted" and period.ceased and (period.ceased - extracted).days < 240
        if adopted_soon and not period.placements[-1].kind.startswith("A"):
            _add(rng, period, before, extracted, "A")
            moved.append(period)
        elif len(recent(period, extracted)) == 1 and rng.random() < _MOVES_A_YEAR / 4:
            _add(rng, period, before, extracted)
            moved.append(period)
    wanted = round(len(open_now) * of_quarter(figures.CARE_THREE_PLACEMENTS, quarter) / 100)
    wanted -= sum(1 for period in open_now if len(recent(period, extracted)) >= 3)
    for already in (2, 1):
        able = [
            period for period in open_now
            if len(recent(period, extracted)) == already and period.started < extracted - timedelta(days=40)
            and not period.placements[-1].kind.startswith("A")
        ]
        rng.shuffle(able)
        for period in able[: max(0, wanted)]:
            for _ in range(3 - already):
                _add(rng, period, before, extracted)
            moved.append(period)
            wanted -= 1
    return moved


def _add(rng: Random, period: Care, before: date, extracted: date, kind: str = "") -> None:
    first = max(before + timedelta(days=1), period.placements[-1].started + timedelta(days=3))
    if first < extracted:
        period.placements.append(_placement(rng, period, office_day(rng, first, extracted), far=False, kind=kind))


def recent(period: Care, day: date) -> list[Placement]:
    """The placements lived in during the twelve months to `day`."""
    start = add_months(day, -12)
    placements = [placement for placement in period.placements if placement.started <= day]
    return [
        placement for place, placement in enumerate(placements)
        if place == len(placements) - 1 or placements[place + 1].started > start
    ]


def _send_far(rng: Random, open_now: Sequence[Care], moved: Sequence[Care], before: date, far: int) -> None:
    """Put as many of the quarter's new placements far away as the share over 20 miles needs, or bring some nearer."""
    new = [period for period in open_now if period.placements[-1].started > before]
    new = [p for p in new if p.placements[-1].kind not in ("P1", "U1") and not _over_20(p.placements[-1])]
    rng.shuffle(new)
    # Teenagers in children's homes and supported lodgings are those most often placed far away.
    new.sort(key=lambda period: period.placements[-1].kind not in ("K2", "H5", "P2", "R5"))
    if far >= 0:
        for period in new[:far]:
            last = period.placements[-1]
            period.placements[-1] = _placement(rng, period, last.started, far=True, kind=last.kind)
        return
    away = [period for period in open_now if _over_20(period.placements[-1]) and period not in moved]
    rng.shuffle(away)
    for period in away[:-far]:
        last = period.placements[-1]
        start = max(before, last.started) + timedelta(days=20)
        period.placements.append(_placement(rng, period, start, far=False, kind=last.kind))


def _over_20(placement: Placement) -> bool:
    return placement.outside and placement.miles > 20


def _placement(rng: Random, period: Care, started: date, *, far: bool, kind: str = "") -> Placement:
    if not kind or kind == "A":
        assert period.birth
        age = (started - period.birth).days / 365.25
        usual = _ASYLUM_TYPES if period.uasc else _TEEN_TYPES if age >= 15 else _TYPES
        kind = weighted(rng, _ADOPTION_TYPES if kind == "A" else usual)
        # Independent living without support was no longer allowed for children under 18 from 2024.
        if kind in ("P2", "H5") and started >= date(2024, 4, 1):
            kind = "K3"
    provider = weighted(rng, _PROVIDERS.get(kind, _OWN))
    outside = far or (kind not in ("P1", "U1") and rng.random() < _NEAR_OUTSIDE)
    if far:
        (district, authority), miles = rng.choice(_FAR), rng.uniform(20.6, 74)
    elif outside:
        (district, authority), miles = rng.choice(_NEAR), rng.uniform(6, 19.4)
    else:
        district, authority, miles = rng.choice(_INSIDE), "Herefordshire", rng.uniform(0.4, 17)
    registered = kind in ("K2", "H5", "K3", "U6", "U4") and provider != "PR1"
    urn = f"SC{rng.randint(30000, 2700000):06d}" if registered else ""
    postcode = f"{district} {rng.randint(1, 9)}ZZ"
    return Placement(started, kind, provider, postcode, urn, outside, authority, round(miles, 1))
