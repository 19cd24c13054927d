"""Lists 10 and 11: children with a plan for adoption, and those who come forward to adopt.

Who is adopted, and when, follows the published numbers (care.py): what led to it is worked out backwards from the day
of the order, each child by a lot of their own, so that every extract tells the same story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo.calendar import BEGINNING, HORIZON
from pipelines.demo.county import County
from pipelines.demo.listing import Cell, Code, Listing, Moment, Row, about, yes_no
from pipelines.demo.records import Care, Child
from returns.periods import add_months

# Days before the placement that each step came, at the least and at the most.
_MATCH, _ORDER, _DECISION = (10, 35), (50, 190), (75, 140)
# A child for whom no way out of care is known: how young and how long in care before adoption is thought of.
_YOUNG, _SETTLED = timedelta(days=4 * 365), timedelta(days=200)
# Of such children, one in so many has a plan for adoption; of those plans, one in so many is given up.
_ONE_IN, _GIVEN_UP = 4, 3
# Adopters a year who come forward and never get as far as a match.
_OTHERS_A_YEAR = 9
_QUARTER = timedelta(days=92)


@dataclass(frozen=True)
class _Path:
    """A child's way towards adoption; what has not happened is None."""

    child: Child
    care: Care
    family: str
    decided: date
    order: date | None = None
    matched: date | None = None
    placed: date | None = None
    adopted: date | None = None
    given_up: date | None = None
    why: str = ""
    fostered: date | None = None


def adoption(county: County, moment: Moment) -> Listing:
    """List 10: adopted in the year before the extract, to be placed and not adopted yet, or no longer to be placed."""
    since = add_months(moment.day, -12)
    rows = []
    for path in _paths(county):
        ended = path.adopted or path.given_up
        if path.decided <= moment.day and (ended is None or ended > since):
            rows.append(Row(moment.new(path.decided), _cells(path, moment.day)))
    return Listing("adoption", "2019", rows)


def adopters(county: County, moment: Moment) -> Listing:
    """List 11: who came forward to adopt, at any stage in the year before the extract."""
    since = add_months(moment.day, -12)
    rows: list[Row] = []
    families: dict[str, list[_Path]] = {}
    for path in _paths(county):
        if path.matched:
            families.setdefault(path.family, []).append(path)
    for paths in families.values():
        rows += _family(county.seed, paths, moment.day, since)
    rows += _others(county.seed, moment.day, since)
    return Listing("adopters", "2019", rows)


def _cells(path: _Path, day: date) -> list[Cell]:
    number, *child = about(path.child, day, disability=True)
    matched = _by(path.matched, day)
    reversed_on = _by(path.given_up, day)
    return [
        number, path.family if matched else None, *child, path.care.started, path.decided, _by(path.order, day),
        matched, _by(path.placed, day), _by(path.adopted, day), reversed_on,
        Code("adoption_stopped_reason", path.why) if reversed_on else None, _by(path.fostered, day),
    ]


def _by(happened: date | None, day: date) -> date | None:
    return happened if happened and happened <= day else None


def _paths(county: County) -> Iterator[_Path]:
    for episode in county.episodes:
        for child, care in zip(episode.children, episode.care, strict=False):
            if care.reason == "adopted" and care.ceased and care.ceased > BEGINNING:
                yield _adopted(county.seed, child, care, care.ceased, f"F{10_000 + episode.children[0].number}")
            elif not care.reason and not care.uasc and care.order % _ONE_IN == 0:
                yield from _planned(county.seed, child, care)


def _adopted(seed: int, child: Child, care: Care, ceased: date, family: str) -> _Path:
    # Brothers and sisters placed together have one lot; the family is theirs alone if they leave on another day.
    rng = Random(f"{seed}/adopted/{family}/{ceased}")
    placed = ceased - timedelta(days=rng.randint(75, 160))
    moved = [place.started for place in care.placements if place.kind.startswith("A") and place.started < ceased]
    if moved and care.started + timedelta(days=170) <= moved[0] <= ceased - timedelta(days=70):
        placed = moved[0]
    step = (placed - care.started).days / 330
    matched = placed - timedelta(days=rng.randint(*_MATCH))
    order = matched - timedelta(days=max(5, round(min(1.0, step) * rng.randint(*_ORDER))))
    order = max(order, care.started + timedelta(days=60))
    decided = max(order - timedelta(days=rng.randint(*_DECISION)), care.started + timedelta(days=30))
    fostered = placed - timedelta(days=rng.randint(100, 160)) if rng.random() < 0.12 else None
    if fostered and fostered <= decided:
        fostered = None
    return _Path(child, care, f"{family}-{ceased:%y%m}", decided, order, matched, placed, ceased, fostered=fostered)


def _planned(seed: int, child: Child, care: Care) -> Iterator[_Path]:
    """The plan for a young child of whom no more is known; some are given up."""
    if care.started - child.birth > _YOUNG or care.started < BEGINNING or care.started + _SETTLED > HORIZON:
        return
    rng = Random(f"{seed}/planned/{care.order}")
    decided = care.started + _SETTLED + timedelta(days=rng.randint(0, 120))
    order = decided + timedelta(days=rng.randint(40, 120))
    if care.order // _ONE_IN % _GIVEN_UP:
        # A year or so on nobody has been found: the plan is another.
        given_up = order + timedelta(days=rng.randint(250, 480))
        yield _Path(child, care, "", decided, order, given_up=given_up, why=rng.choice(("RD1", "RD3", "RD3", "RD4")))
    else:
        given_up = decided + timedelta(days=rng.randint(60, 140))
        yield _Path(child, care, "", decided, given_up=given_up, why="RD2")


def _family(seed: int, paths: list[_Path], day: date, since: date) -> Iterator[Row]:
    """The adopters of one family: two of them most often, each with a row."""
    first = paths[0]
    assert first.matched and first.placed and first.adopted
    rng = Random(f"{seed}/family/{first.family}")
    approved = first.matched - timedelta(days=rng.randint(40, 300))
    stages = _stages(rng, approved)
    if stages[0] > day or first.adopted <= since:
        return
    fosters = any(path.fostered for path in paths)
    for place in range(2 if rng.random() < 0.8 else 1):
        yield Row(stages[0] > day - _QUARTER, [
            f"A{first.family[1:]}-{place + 1}", first.family, *_adult(rng, place), yes_no("yes_no", fosters),
            *(_by(step, day) for step in stages), _by(first.matched, day), _by(first.placed, day),
            len(paths) if first.placed <= day else None, _by(first.adopted, day), None, None,
        ])


def _others(seed: int, day: date, since: date) -> Iterator[Row]:
    """Those who came forward and withdrew, were put on hold or refused, or wait to be matched."""
    for year in range(BEGINNING.year, day.year + 1):
        for place in range(_OTHERS_A_YEAR):
            rng = Random(f"{seed}/adopter/{year}/{place}")
            approved = date(year, 1, 1) + timedelta(days=rng.randint(200, 560))
            enquired, *stages = _stages(rng, approved)
            left = enquired + timedelta(days=rng.randint(60, 900))
            if enquired > day or left <= since:
                continue
            reached = [step if step < left else None for step in stages]
            yield Row(enquired > day - _QUARTER, [
                f"A{year}{place:02}", f"F{year}{place:02}", *_adult(rng, place), yes_no("yes_no", False), enquired,
                *(_by(step, day) for step in reached), None, None, None, None, _by(left, day),
                Code("adopter_left_reason", rng.choice("11123")) if left <= day else None,
            ])


def _stages(rng: Random, approved: date) -> tuple[date, date, date, date, date, date, date]:
    """Enquiry, both stages' start and end, application and approval."""
    applied = approved - timedelta(days=rng.randint(14, 40))
    second = applied - timedelta(days=rng.randint(95, 150))
    first_ended = second - timedelta(days=rng.randint(3, 60))
    first = first_ended - timedelta(days=rng.randint(50, 95))
    return first - timedelta(days=rng.randint(10, 90)), first, first_ended, second, applied, applied, approved


def _adult(rng: Random, place: int) -> tuple[Cell, Cell, Cell]:
    ethnicity = "WBRI" if rng.random() < 0.93 else rng.choice(("WOTH", "MWBC", "AIND"))
    disabled = "a" if rng.random() < 0.04 else "b"
    return Code("sex", "ab"[place % 2]), Code("ethnicity", ethnicity), Code("disability", disabled)
