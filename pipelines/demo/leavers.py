"""Young people who left care, and what is known of each at every extract.

Those listed follow the published numbers aged 19 to 21, and so do the shares in suitable
accommodation and in education, employment or training.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo import figures
from pipelines.demo.calendar import BEGINNING, MOST_QUARTERS, extract_date, extract_quarters, of_quarter
from pipelines.demo.draw import office_day, weighted
from pipelines.demo.people import Register
from pipelines.demo.records import Episode, Leaver
from pipelines.demo.steering import share, steer
from returns.periods import add_months, financial_year, financial_year_of

_SUITABLE = (("U", 38), ("D", 22), ("B", 14), ("Z", 10), ("E", 6), ("T", 5), ("C", 3), ("Y", 2))
_UNSUITABLE = (("W", 3), ("V", 2), ("X", 3), ("S", 2), ("Y", 1))
_OCCUPIED = (("F2", 34), ("F5", 30), ("P5", 9), ("F1", 10), ("P2", 6), ("F4", 9), ("P4", 2))
_OCCUPIED_BEFORE_2022 = (("F2", 36), ("F3", 38), ("P3", 9), ("F1", 11), ("P2", 6))
_NOT_OCCUPIED = (("G5", 60), ("G4", 27), ("G6", 13))
_OUT_OF_TOUCH = (("b", 70), ("d", 20), ("e", 10))


def list_leavers(rng: Random, episodes: Sequence[Episode], register: Register) -> list[Leaver]:
    """Every care leaver who is on a list at some extract, in the order in which they turned 18."""
    leavers = [
        Leaver(child, care.uasc, care.ceased, _until(rng, care.ceased))
        for episode in episodes
        for child, care in zip(episode.children, episode.care, strict=False)
        if care.ceased and care.reason in ("adult", "uasc_adult")
    ]
    listed: list[Leaver] = []
    for year, count in figures.LEAVERS_BY_YEAR_OF_18.items():
        cohort = [leaver for leaver in leavers if financial_year_of(leaver.left) == year]
        rng.shuffle(cohort)
        cohort = cohort[:count]
        while len(cohort) < count and year <= BEGINNING.year:
            # Who left care before the simulation begins, or has come to be listed since.
            left = office_day(rng, financial_year(year).start, financial_year(year).end)
            child = register.of_births([add_months(left, -216)], disabled=0.15).children[0]
            cohort.append(Leaver(child, False, left, _until(rng, left)))
        listed += cohort
    listed.sort(key=lambda leaver: (leaver.left, leaver.child.number))
    for quarter in extract_quarters(MOST_QUARTERS):
        _describe(rng, listed, str(quarter), extract_date(quarter), {
            "suitable": of_quarter(figures.LEAVERS_SUITABLE, quarter),
            "occupied": of_quarter(figures.LEAVERS_OCCUPIED, quarter),
            "in_touch": of_quarter(figures.LEAVERS_IN_TOUCH, quarter),
        }, str(quarter.earlier()))
    return listed


def _until(rng: Random, left: date) -> date:
    """The last day on the list: after the twenty-second birthday, for one in six not before the twenty-fifth."""
    return add_months(left, 84 if rng.random() < 0.16 else 48) + timedelta(days=rng.randint(5, 60))


def on_list(leaver: Leaver, day: date) -> bool:
    """Whether the young person is on the list of care leavers on the day."""
    return leaver.left <= day <= leaver.until


def _describe(
    rng: Random, leavers: Sequence[Leaver], key: str, day: date, percents: dict[str, float], last: str
) -> None:
    members = [leaver for leaver in leavers if on_list(leaver, day)]
    for leaver in members:
        _carry(rng, leaver, key, last, day)
    # Those aged 19 to 21, who are compared with the published figures, and those aged 17 and 18, apart.
    ages = [(leaver, (day - leaver.child.birth).days / 365.25) for leaver in members]
    for youngest, oldest in ((19, 22), (17, 19)):
        group = [leaver for leaver, age in ages if youngest <= age < oldest]
        steer(rng, group, lambda leaver: leaver.suitable[key], share(group, percents["suitable"]),
              lambda leaver, to: _house(rng, leaver, key, to))
        steer(rng, group, lambda leaver: leaver.activity[key][0] != "G", share(group, percents["occupied"]),
              lambda leaver, to: _occupy(rng, leaver, key, to, day))
        steer(rng, group, lambda leaver: leaver.in_touch[key] == "a", share(group, percents["in_touch"]),
              lambda leaver, to: leaver.in_touch.__setitem__(key, "a" if to else weighted(rng, _OUT_OF_TOUCH)))
    for leaver in members:
        weeks = rng.randint(1, 7) if leaver.in_touch[key] == "a" else rng.randint(18, 60)
        leaver.last_contact[key] = max(leaver.left, day - timedelta(weeks=weeks))


def _carry(rng: Random, leaver: Leaver, key: str, last: str, day: date) -> None:
    """What was so at the last extract is so still, for a new care leaver what is commonest."""
    if last in leaver.suitable:
        for states in (leaver.suitable, leaver.accommodation, leaver.activity, leaver.in_touch):
            states[key] = states[last]  # type: ignore[assignment]
        if leaver.activity[key] in ("F3", "P3") and day >= date(2022, 4, 1):
            leaver.activity[key] = leaver.activity[key].replace("3", "5")
        return
    _house(rng, leaver, key, rng.random() < 0.91)
    _occupy(rng, leaver, key, rng.random() < 0.52, day)
    leaver.in_touch[key] = "a" if rng.random() < 0.93 else "b"


def _house(rng: Random, leaver: Leaver, key: str, suitable: bool) -> None:
    leaver.suitable[key] = suitable
    leaver.accommodation[key] = weighted(rng, _SUITABLE if suitable else _UNSUITABLE)


def _occupy(rng: Random, leaver: Leaver, key: str, occupied: bool, day: date) -> None:
    options = _OCCUPIED if day >= date(2022, 4, 1) else _OCCUPIED_BEFORE_2022
    leaver.activity[key] = weighted(rng, options if occupied else _NOT_OCCUPIED)
