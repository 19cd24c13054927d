"""F01 to F04: somebody with everything that a role can obtain of children's plans works out no count hidden from it.

Behind every figure are counts of plans: of one sex, that started in one quarter and ended in another or not yet, a
second plan or a first, for neglect or not. Every number that is shown, of eight indicators over quarters, years and
rolling years, on both bases, for the county and for each sex, is an equation of them; the balance of plans at the end
of two quarters with those that started and ended between them is among what follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.compute import Figures
from metrics.protected_figures import protected_figures
from metrics.result import Result
from metrics.schemes import chosen
from metrics.scorecard import scorecard_of
from metrics.series import series
from returns.periods import Period, financial_year, quarter
from returns.places import Places
from tests.attacker import worked_out
from warehouse import store

QUARTERS = [quarter(2024, number) for number in (1, 2, 3, 4)]
SEXES = ("Female", "Male", "Neither")
INDICATORS = (
    "cp_open", "cp_rate", "cp_started", "cp_ended", "cp_neglect", "cp_repeat_plan", "cp_under_3m", "cp_2yrs_ended",
)  # fmt: skip
ROLES = {"group": "closed", "observer": "restricted"}


class Plan(NamedTuple):
    """What is known of a plan, as far as any of the figures needs it. Quarters by their place; None has not ended."""

    sex: str
    started: int
    ended: int | None
    repeat: bool
    neglect: bool


def plans(seed: int) -> dict[Plan, int]:
    """Every kind of plan that there could be, and how many there are."""
    chance = Random(seed)
    weight = {"Female": 0.6, "Male": 0.5, "Neither": 0.1}
    found = {}
    for sex in SEXES:
        for started in range(len(QUARTERS)):
            for ended in (*range(started, len(QUARTERS)), None):
                for repeat in (False, True):
                    for neglect in (False, True):
                        expected = weight[sex] * (0.6 if ended is not None else 1.2) * (0.4 if repeat else 1)
                        count = sum(chance.random() < expected / 2 for _ in range(5))
                        found[Plan(sex, started, ended, repeat, neglect)] = count
    return found


def load(folder: Path, held: dict[Plan, int]) -> Places:
    """A warehouse of the plans, an extract a quarter, each of which carries every plan so far."""
    places = Places.of(folder)
    rows: dict[str, list[tuple[object, ...]]] = {"known": [], "reported": []}
    with store.build(places) as builder:
        for number, one in enumerate(QUARTERS):
            builder.connection.execute(
                "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
                "rows_accepted, rows_held) VALUES (?, 'child_protection_plans', 'council', ?, ?, 'list 7.xlsx', "
                "'accepted', 1, 1, 0)",
                [f"S{number:06d}", str(one), one.end],
            )
        builder.connection.execute(
            "INSERT INTO main.population (area_code, area_name, year, age_band, population, status) "
            "SELECT 'E06000019', 'Herefordshire', y, '0 to 17', 36000, 'estimate' FROM range(2019, 2025) t(y)"
        )
        for kind, count in held.items():
            for each in range(count):
                for at, _ in enumerate(QUARTERS[kind.started :], start=kind.started):
                    rows["reported"].append(_row(kind, each, at))
                rows["known"].append(_row(kind, each, len(QUARTERS) - 1))
        for schema, of in rows.items():
            builder.connection.execute(
                f"INSERT INTO {schema}.plans (submission_id, period, extract_date, child_id, started, ended, "
                "open_until, previous_plans, latest_category_group, sex_group) VALUES "
                + ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"] * len(of)),
                [cell for row in of for cell in row],
            )
    return places


def _row(kind: Plan, each: int, at: int) -> tuple[object, ...]:
    started = QUARTERS[kind.started].start
    ended = QUARTERS[kind.ended].end if kind.ended is not None and kind.ended <= at else None
    until = None if ended is None else date(ended.year, ended.month, ended.day - 1)
    return (
        f"S{at:06d}", str(QUARTERS[at]), QUARTERS[at].end, f"{kind}-{each}", started, ended, until, int(kind.repeat),
        "Neglect" if kind.neglect else "Emotional abuse", kind.sex,
    )  # fmt: skip


def parts(one: Result, held: dict[Plan, int]) -> Iterator[tuple[str, list[Plan]]]:
    """The kinds of plan that each count of a figure is the sum of."""
    places = [place for place, q in enumerate(QUARTERS) if one.period.start <= q.start and q.end <= one.period.end]
    last = places[-1]
    of = [plan for plan in held if one.group in (None, plan.sex)]
    is_open = [plan for plan in of if plan.started <= last and (plan.ended is None or plan.ended > last)]
    started = [plan for plan in of if plan.started in places]
    ended = [plan for plan in of if plan.ended in places]
    months = {plan: (plan.ended - plan.started + 1) * 3 for plan in of if plan.ended is not None}
    found = {
        "cp_open": (is_open, None),
        "cp_rate": (is_open, None),
        "cp_started": (started, None),
        "cp_ended": (ended, None),
        "cp_neglect": ([plan for plan in is_open if plan.neglect], is_open),
        "cp_repeat_plan": ([plan for plan in started if plan.repeat], started),
        "cp_under_3m": ([plan for plan in ended if months[plan] <= 3], ended),
        "cp_2yrs_ended": ([], ended),
    }[one.indicator]
    for name, plans_of in zip(("numerator", "denominator"), found, strict=True):
        if plans_of is not None:
            yield name, plans_of


def obtained(places: Places, scheme: str) -> list[Result]:
    """Every figure of the plans that the scheme shows, hidden ones among them."""
    catalogue = load_catalogue()
    periods = [*QUARTERS, financial_year(2024), QUARTERS[3].rolling_year()]
    moments = [Moment(period, "known") for period in periods] + [Moment(period, "reported") for period in QUARTERS]
    with store.reader(places) as opened:
        found: Figures = protected_figures(
            opened, {catalogue[name]: moments for name in INDICATORS}, scheme=chosen(scheme), catalogue=catalogue,
            groups=dict.fromkeys(INDICATORS, ("sex",)), area_code="E06000019",
        )  # fmt: skip
    return found.all()


@pytest.fixture(scope="module", params=[1, 2])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, dict[Plan, int]]:
    held = plans(request.param)
    return load(tmp_path_factory.mktemp("county"), held), held


@pytest.mark.parametrize("role", ROLES)
def test_f03_no_count_hidden_from_a_role_is_worked_out(county: tuple[Places, dict[Plan, int]], role: str) -> None:
    places, held = county
    results = obtained(places, ROLES[role])
    assert sum(one.status == "c" for one in results) > 10, "little is hidden, so little is tested"
    # In so small a county nearly every count of a group is small.
    assert sum(one.status == "ok" for one in results if one.group) > 5, "little is shown, so little is tested"
    assert worked_out(results, held, lambda one: parts(one, held)) == []


def test_f03_the_same_reader_works_out_what_small_counts_hidden_alone_give_away(
    county: tuple[Places, dict[Plan, int]],
) -> None:
    from metrics.counted import counts
    from metrics.protected import hidden_result

    places, held = county
    catalogue, scheme = load_catalogue(), chosen("closed")
    careless = []
    for one in obtained(places, "none"):
        indicator = catalogue[one.indicator].indicator
        small = one.group is not None and any(scheme.small(count) for count in counts(one, indicator).values())
        careless.append(hidden_result(one, indicator) if small else one)
    assert worked_out(careless, held, lambda one: parts(one, held))


@pytest.mark.parametrize("role", ROLES)
def test_f03_scorecard_and_series_show_nothing_else(county: tuple[Places, dict[Plan, int]], role: str) -> None:
    places, _ = county
    allowed = {_key(one): _numbers(one) for one in obtained(places, ROLES[role])}
    with store.reader(places) as opened:
        shown = [
            one
            for name in INDICATORS
            for window in ("quarter", "year", "rolling_year")
            for one in series(opened, name, window=window, by="sex", scheme=ROLES[role])
        ]
        for period in QUARTERS[-1:]:
            for line in scorecard_of(opened, period=period, by="sex", scheme=ROLES[role]).lines:
                if line.indicator.id in INDICATORS and line.result.group:
                    of_line = (line.result, line.previous, line.year_ago, *line.series)
                    shown += [one for one in of_line if one is not None]
    asked = [one for one in shown if _key(one) in allowed]
    assert len(asked) > 50
    for one in asked:
        assert one.status == "c" or _numbers(one) == allowed[_key(one)]
    for one in shown:
        if one.status == "c":
            assert set(_numbers(one)) == {None}


def _key(one: Result) -> tuple[str, str | None, Period, str]:
    return one.indicator, one.group, one.period, one.basis


def _numbers(one: Result) -> tuple[float | None, ...]:
    return one.value, one.numerator, one.denominator, one.lower, one.upper
