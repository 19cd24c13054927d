"""F03, F04: of children looked after and children in need, a role's reader works out no count hidden from it.

As of plans (test_f03_hidden_counts_are_not_worked_out.py): behind every figure are counts of children of one sex, who
came in one quarter and left in another or not yet, and who had or had not what the themes' other indicators ask. Each
number that is shown over quarters, years and rolling years, on both bases, is an equation of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, NamedTuple

import pytest

from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.counted import counts
from metrics.protected import hidden_result
from metrics.protected_figures import protected_figures
from metrics.result import Result
from metrics.schemes import chosen
from returns.periods import financial_year
from returns.places import Places
from tests.attacker import worked_out
from tests.small_county import QUARTERS, Event, load
from warehouse import store

INDICATORS = {
    "periods_of_care": (
        "cla_open", "cla_rate", "cla_started", "cla_ceased", "cla_uasc", "cla_adopted", "cla_home", "cla_out_of_area",
        "cla_3_placements",
    ),
    "children_in_need": (
        "cin_open", "cin_rate", "cin_need_abuse", "cin_on_plan", "cin_over_1yr", "cin_over_2yrs", "cin_seen_in_time",
    ),
}  # fmt: skip
ROLES = {"group": "closed", "observer": "restricted"}
LONG_AGO, DAY_LONG_AGO = -1, date(2023, 2, 1)


class Child(NamedTuple):
    """What is known of an episode, as far as any of the figures needs it. Quarters by their place.

    `first` is: came without parents, or is in need through abuse; `second`: lives outside the county, or has a plan;
    `third`, of those who left care: was adopted, and did not go home.
    """

    sex: str
    started: int
    ended: int | None
    first: bool
    second: bool
    third: bool


def children(table: str, seed: int) -> dict[Child, int]:
    """Every kind of child that there could be, and how many there are."""
    chance = Random(seed)
    weight = {"Female": 0.6, "Male": 0.5, "Neither": 0.1}
    care = table == "periods_of_care"
    found = {}
    for sex in weight:
        for started in range(LONG_AGO, len(QUARTERS)):
            for ended in (*range(max(started, 0), len(QUARTERS)), None):
                for first in (False, True):
                    for second in (False, True):
                        for third in (False, True) if care and ended is not None else (False,):
                            expected = weight[sex] * (0.5 if ended is not None else 1.0) * (0.4 if first else 0.8)
                            count = sum(chance.random() < expected / 2 for _ in range(4))
                            found[Child(sex, started, ended, first, second, third)] = count
    return found


def cells(table: str, of: Child) -> dict[str, Any]:
    made: dict[str, Any] = {"sex_group": of.sex}
    if of.started == LONG_AGO:
        made["started"] = DAY_LONG_AGO
    if table == "children_in_need":
        status = "Child in need plan" if of.second else "Open assessment"
        return made | {"primary_need_group": "Abuse or neglect" if of.first else "Family dysfunction",
                       "case_status_group": status}  # fmt: skip
    return made | {
        "uasc": of.first, "placed_out_of_area": of.second, "legal_status_group": "Full care order",
        "placements_12m": 1, "ceased_reason_group": "Adopted" if of.third else "Returned home",
    }  # fmt: skip


def parts(one: Result, held: dict[Child, int]) -> Iterator[tuple[str, list[Child]]]:
    """The kinds of child that each count of a figure is the sum of."""
    places = [place for place, q in enumerate(QUARTERS) if one.period.start <= q.start and q.end <= one.period.end]
    last = places[-1]
    of = [child for child in held if one.group in (None, child.sex)]
    there = [child for child in of if child.started <= last and (child.ended is None or child.ended > last)]
    left = [child for child in of if child.ended in places]
    on_plan = [child for child in there if child.second]
    over_2yrs = [child for child in there if child.started == LONG_AGO and QUARTERS[last].end >= date(2025, 2, 1)]
    met, every = {
        "cla_open": (there, None),
        "cla_rate": (there, None),
        "cla_started": ([child for child in of if child.started in places], None),
        "cla_ceased": (left, None),
        "cla_uasc": ([child for child in there if child.first], None),
        "cla_adopted": ([child for child in left if child.third], left),
        "cla_home": ([child for child in left if not child.third], left),
        "cla_out_of_area": (on_plan, there),
        "cla_3_placements": ([], there),
        "cin_open": (there, None),
        "cin_rate": (there, None),
        "cin_need_abuse": ([child for child in there if child.first], there),
        "cin_on_plan": (on_plan, None),
        "cin_over_1yr": ([child for child in there if child.started == LONG_AGO], there),
        "cin_over_2yrs": (over_2yrs, there),
        "cin_seen_in_time": ([], on_plan),
    }[one.indicator]
    yield "numerator", met
    if every is not None:
        yield "denominator", every


def obtained(places: Places, table: str, scheme: str) -> list[Result]:
    """Every figure of the table that the scheme shows, hidden ones among them."""
    catalogue = load_catalogue()
    periods = [*QUARTERS, financial_year(2024), QUARTERS[3].rolling_year()]
    moments = [Moment(period, "known") for period in periods] + [Moment(period, "reported") for period in QUARTERS]
    with store.reader(places) as opened:
        return protected_figures(
            opened, {catalogue[name]: moments for name in INDICATORS[table]}, scheme=chosen(scheme),
            catalogue=catalogue, groups=dict.fromkeys(INDICATORS[table], ("sex",)), area_code="E06000019",
        ).all()  # fmt: skip


class County(NamedTuple):
    table: str
    places: Places
    held: dict[Child, int]


MADE = [
    pytest.param((table, seed), marks=[pytest.mark.long] if seed > 1 else [], id=f"{table} {seed}")
    for table in INDICATORS
    for seed in (1, 2)
]


@pytest.fixture(scope="module", params=MADE)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> County:
    table, seed = request.param
    held = children(table, seed)
    events = [
        Event(table, f"{kind}-{each}", max(kind.started, 0), kind.ended, cells(table, kind))
        for kind, count in held.items()
        for each in range(count)
    ]
    return County(table, load(tmp_path_factory.mktemp("county"), events), held)


@pytest.mark.parametrize("role", ROLES)
def test_f03_no_count_of_care_or_in_need_hidden_from_a_role_is_worked_out(county: County, role: str) -> None:
    results = obtained(county.places, county.table, ROLES[role])
    assert sum(one.status == "c" for one in results) > 10, "little is hidden, so little is tested"
    assert sum(one.status == "ok" for one in results if one.group) > 5, "little is shown, so little is tested"
    assert worked_out(results, county.held, lambda one: parts(one, county.held)) == []


def test_f03_the_same_reader_works_out_what_small_counts_of_care_and_in_need_hidden_alone_give_away(
    county: County,
) -> None:
    catalogue, scheme = load_catalogue(), chosen("closed")
    careless = []
    for one in obtained(county.places, county.table, "none"):
        indicator = catalogue[one.indicator].indicator
        small = one.group is not None and any(scheme.small(count) for count in counts(one, indicator).values())
        careless.append(hidden_result(one, indicator) if small else one)
    assert worked_out(careless, county.held, lambda one: parts(one, county.held))


def test_f03_the_counts_behind_every_figure_of_care_and_in_need_are_known_to_the_test(county: County) -> None:
    every = obtained(county.places, county.table, "none")
    told = [one for one in every if one.value is not None]
    assert {one.indicator for one in told} == set(INDICATORS[county.table])
    for one in told:
        for name, kinds in parts(one, county.held):
            assert getattr(one, name) == sum(county.held[kind] for kind in kinds), (one, name)
