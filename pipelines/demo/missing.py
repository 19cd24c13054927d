"""Missing episodes, as the police record them under their own identifiers, and teenagers' exploitation assessments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from pipelines.demo.calendar import FRONT_DOOR_FROM, HORIZON, simulated_quarters
from pipelines.demo.county import County
from pipelines.demo.draw import add_weekdays, office_day, poisson, roll, weighted
from pipelines.demo.listing import Cell, Code
from pipelines.demo.partner_records import Record, Stream, entered, labels, numbered, yes
from pipelines.demo.records import Child, Episode
from pipelines.demo.stories_of_partners import INTERVIEWS_STOP
from returns.periods import Period, add_months

_CHILDREN_A_QUARTER = 42
_ASSESSED_A_QUARTER = 24
_LOOKED_AFTER = 0.45
_PLACED_HERE = 0.14
_PLACING = ("Worcestershire", "Gloucestershire", "Birmingham", "Shropshire", "Sandwell", "Powys")
_OFTEN = ((1, 64), (2, 17), (3, 9), (5, 6), (8, 3), (12, 1))
_KINDS: dict[str, float] = {
    "sexual": 0.4, "criminal": 0.52, "gangs": 0.14, "trafficking": 0.1, "modern_slavery": 0.04, "honour_based": 0.02,
    "forced_marriage": 0.01, "fgm": 0.01, "online": 0.31,
}
_RISKS = (("Low", 32), ("Medium", 45), ("High", 23))
_AT_CLOSURE = {"Low": (("Low", 94), ("Medium", 6)), "Medium": (("Low", 66), ("Medium", 28), ("High", 6)),
               "High": (("Low", 30), ("Medium", 46), ("High", 24))}
_REFERRED_BY = (("Police", 34), ("Social care", 30), ("Schools", 18), ("Youth justice", 9), ("Voluntary sector", 5),
                ("Hospital", 4))


class Teenagers:
    """The young people whom a quarter's episodes can be about."""

    def __init__(self, county: County) -> None:
        self._cared: list[tuple[Child, Episode, int]] = []
        self._known: list[tuple[Child, Episode]] = []
        for episode in county.episodes:
            for place, child in enumerate(episode.children):
                if place < len(episode.care):
                    self._cared.append((child, episode, place))
                elif episode.kind != "closed":
                    self._known.append((child, episode))

    def looked_after(self, period: Period) -> list[Child]:
        """Those looked after at the quarter's start, aged 12 to 17."""
        day = period.start
        return [
            child for child, episode, place in self._cared
            if episode.care[place].started <= day and (episode.care[place].ceased or HORIZON) > period.end
            and _teenage(child, day)
        ]  # fmt: skip

    def known(self, period: Period) -> list[Child]:
        """Those of 12 to 17 whom social care knows without looking after them."""
        day = period.start
        return [
            child for child, episode in self._known
            if episode.referred <= day and (episode.closed or HORIZON) > day and _teenage(child, day)
        ]  # fmt: skip


def _teenage(child: Child, day: date) -> bool:
    return add_months(child.birth, 12 * 12) <= day < add_months(child.birth, 12 * 17 + 9)


def missing_episodes(county: County, teenagers: Teenagers) -> Stream:
    """The police's episodes, in order."""
    rng = Random(f"{county.seed}/missing episodes")
    records: list[Record] = []
    for period in simulated_quarters():
        if period.end < FRONT_DOOR_FROM:
            continue
        cared, known = teenagers.looked_after(period), teenagers.known(period)
        for _ in range(poisson(rng, _CHILDREN_A_QUARTER)):
            records += _of_one_child(rng, period, cared, known)
    records.sort(key=lambda record: (record.cells["started"], str(record.cells["child_id"])))
    started: dict[Cell, list[date]] = {}
    for number, record in enumerate(records, start=1):
        before = started.setdefault(record.cells["child_id"], [])
        again = any((record.happened - day).days <= 90 for day in before)
        before.append(record.happened)
        record.cells |= {"episode_id": f"WMP{30_000 + number}", "repeat_in_90_days": "Yes" if again else "No"}
    later = {"ended": ("interview_offered", "interview_accepted", "interview_held"), "interview_held": ()}
    return Stream("missing_episodes", "police", records, later)


def _of_one_child(rng: Random, period: Period, cared: Sequence[Child], known: Sequence[Child]) -> list[Record]:
    draw = rng.random()
    placed_here = draw < _PLACED_HERE
    looked_after = placed_here or draw < _LOOKED_AFTER
    pool = cared if looked_after else known
    number = rng.randint(1, 40_000) if placed_here or not pool else rng.choice(list(pool)).number
    # The police's own number of the person: nothing of the council's can be seen in it.
    person = f"N{(number * 104_729 + 13) % 9_999_973:07d}"
    placing = rng.choice(_PLACING) if placed_here else "Herefordshire" if looked_after else None
    times = weighted(rng, _OFTEN)
    return [
        _episode(rng, period, {"child_id": person, "looked_after": "Yes" if looked_after else "No",
                               "placing_authority": placing})
        for _ in range(times)
    ]  # fmt: skip


def _episode(rng: Random, period: Period, about: dict[str, Cell]) -> Record:
    span = (period.end - period.start).days
    evening = int(rng.triangular(14 * 60, 29 * 60, 21 * 60))
    first = datetime.combine(period.start, time()) + timedelta(days=rng.randint(0, span - 1), minutes=evening)
    ended = first + timedelta(minutes=int(min(9 * 24 * 60, max(25, rng.lognormvariate(6.2, 0.95)))))
    offered = yes(rng, 0.9)
    accepted = yes(rng, 0.72) if offered == "Yes" else None
    held = _interview(rng, ended) if accepted == "Yes" else None
    cells: dict[str, Cell] = {
        **about, "started": first, "ended": ended, "interview_offered": offered, "interview_accepted": accepted,
        "interview_held": held, "exploitation": yes(rng, 0.3),
    }
    return Record(first.date(), entered(rng, first.date(), most=25), cells)


def _interview(rng: Random, ended: datetime) -> datetime | None:
    if rng.random() < 0.07:
        return None
    stopped = INTERVIEWS_STOP.shows_on(ended.date())
    hours = rng.uniform(8, 66) if rng.random() < (0.3 if stopped else 0.8) else rng.uniform(76, 300)
    return (ended + timedelta(hours=hours)).replace(second=0, microsecond=0)


def exploitation_assessments(county: County, teenagers: Teenagers) -> Stream:
    """The assessments of the team that works with exploited children; one is carried for as long as it is open."""
    rng = Random(f"{county.seed}/exploitation assessments")
    records: list[Record] = []
    for period in simulated_quarters():
        if period.end < FRONT_DOOR_FROM:
            continue
        pool = [*teenagers.looked_after(period), *teenagers.known(period)]
        for child in rng.sample(pool, min(len(pool), poisson(rng, _ASSESSED_A_QUARTER))):
            records.append(_assessed(rng, child, office_day(rng, period.start, period.end)))
    records.sort(key=lambda record: (record.happened, str(record.cells["child_id"])))
    for number, record in enumerate(records, start=1):
        record.cells["assessment_id"] = numbered("GS", number)
    later = {"reviewed": (), "closed": ("risk_level_at_closure",)}
    return Stream("exploitation_assessments", "council", records, later)


def _assessed(rng: Random, child: Child, assessed: date) -> Record:
    kinds: dict[str, Cell] = {name: yes(rng, share) for name, share in _KINDS.items()}
    if "Yes" not in kinds.values():
        kinds["criminal"] = "Yes"
    risk = weighted(rng, _RISKS)
    reviewed = add_weekdays(assessed, rng.randint(25, 60))
    closed = roll(assessed + timedelta(days=int(rng.triangular(40, 420, 150))))
    older = add_months(child.birth, 12 * 17) <= assessed
    cells: dict[str, Cell] = {
        "child_id": child.number, "assessed": assessed,
        "referring_agency": labels(rng, "referring_agency", _REFERRED_BY),
        **kinds, "risk_level": Code("risk_level", risk),
        "plan_4p_in_place": yes(rng, {"Low": 0.3, "Medium": 0.8, "High": 0.93}[risk]),
        "nrm_referral": yes(rng, 0.35 if kinds["criminal"] == "Yes" and risk == "High" else 0.05),
        "reviewed": reviewed if reviewed < closed else None, "closed": closed,
        "risk_level_at_closure": labels(rng, "risk_level", _AT_CLOSURE[risk]),
        "aged_17_plus": "Yes" if older else "No", "transition_plan": yes(rng, 0.6) if older else "No",
    }
    return Record(assessed, entered(rng, assessed), cells, until=closed)
