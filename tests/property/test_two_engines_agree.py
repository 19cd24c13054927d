"""Two readings of one catalogue agree: the compiled SQL, and plain Python over the same rows in memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from second_engine.figures import Figure, Held, Label, SecondReading
from second_engine.rows import rows
from second_engine.totals import figure_of
from second_engine.words import months_later, working_days

import metrics.compute
from metrics.catalogue import load_catalogue
from metrics.clocks import Clock
from metrics.compile import Moment
from metrics.compute import figures
from metrics.coverage import Coverage, Submission
from metrics.declared import Declared
from metrics.examples import InMemory, empty_warehouse
from metrics.model import Indicator
from metrics.population import Population
from metrics.result import Basis, Result
from metrics.totals import Totals
from returns.events import FILLED_BY, TABLES, EventTable
from returns.periods import Period
from returns.places import PROJECT

AREA = "E06000019"
BASES: tuple[Basis, ...] = ("known", "reported")
# How many sets of rows each table is tried with, and how many rows a set has at most.
SETS, MOST = 4, 50
# Quarters whose ends differ: with a leap day, without one, with Easter and Christmas in them.
QUARTERS = [Period.parse(text) for text in ("2025-26-Q2", "2024-25-Q4", "2023-24-Q4", "2025-26-Q1", "2024-25-Q3")]
POPULATION = {2022: 35_000, 2024: 36_111}
ASKED = {"Primary": 6, "Secondary": 3, "Other": 2}
# A limit that changes within the time looked at, where the project's own do not.
STEPS = ((date(2018, 4, 1), 10), (date(2025, 2, 1), 7), (date(2025, 9, 30), 15))


@cache
def catalogue() -> Any:
    from metrics.clocks import clocks

    changed = {
        name: Clock(name, clock.title, clock.unit, STEPS if clock.unit != "hours" else clock.steps)
        for name, clock in clocks().items()
    }
    return load_catalogue(clocks=changed)


@cache
def bank_holidays() -> tuple[date, ...]:
    with (PROJECT / "data" / "reference" / "bank_holidays.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            date.fromisoformat(row["day"]) for row in csv.DictReader(line for line in file if not line.startswith("#"))
        )


@cache
def working() -> tuple[date, ...]:
    return working_days(bank_holidays())


def of_table(name: str) -> list[Declared]:
    return [one for one in catalogue() if one.indicator.table == name]


READ = [name for name in TABLES if of_table(name)]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[InMemory]:
    made = empty_warehouse()
    made.connection.execute("SET threads = 1")  # so few rows are not worth sharing out
    made.connection.execute("INSERT INTO main.bank_holidays SELECT unnest(?), ''", [list(bank_holidays())])
    yield made
    made.connection.close()


@dataclass(frozen=True)
class WhoWasAsked:
    """Who was asked, by phase of education where groups are wanted."""

    def of(self, indicator: Indicator, period: Period, *, by: str | None = None) -> dict[str | None, int] | None:
        if by is None:
            return {None: sum(ASKED.values())}
        return dict(ASKED.items()) if by == "phase" else None


def put(made: InMemory, table: EventTable, sent: Sequence[dict[str, Any]]) -> None:
    """Puts rows into the schemas that they are held in, in one statement each."""
    for schema in BASES:
        held = [row for row in sent if row["basis"] == schema]
        if not held:
            continue
        names = [name for name in held[0] if name != "basis"]
        places = ", ".join(f"({', '.join('?' for _ in names)})" for _ in held)
        made.connection.execute(
            f'INSERT INTO {schema}."{table.name}" ({", ".join(names)}) VALUES {places}',
            [row[name] for row in held for name in names],
        )


def periods_of(indicator: Indicator, quarter: Period) -> list[Period]:
    """What the indicator is read over: each of its windows that ends with the quarter, and the quarter before."""
    made: dict[str, list[Period]] = {
        "month": [list(quarter.months())[1], list(quarter.months())[-1]],
        "quarter": [quarter, quarter.earlier()],
        "rolling_year": [quarter.rolling_year()],
        "year": [Period(months_later(quarter.end + timedelta(days=1), -12), quarter.end, "year")],
    }
    return [period for window in dict.fromkeys(["quarter", *indicator.windows]) for period in made[window]]


def submissions(table: EventTable, quarter: Period, lacking: int | None) -> list[Submission]:
    """A return of every quarter that matters, but for the one that is lacking."""
    quarters = [quarter.earlier(step) for step in range(-1, 10)]
    return [
        Submission(f"S{place}", FILLED_BY[table.name][0], "council", one, one.end + timedelta(days=5), None, None, 0)
        for place, one in enumerate(quarters)
        if place != lacking
    ]


def covered(indicator: Indicator, period: Period, basis: Basis, sent: Sequence[Submission]) -> bool:
    """Whether returns accepted carry the period: as reported its own quarters', as known any that reach back to it."""
    first = period.start if indicator.nature == "flow" else period.end
    days = [first + timedelta(days=step) for step in range((period.end - first).days + 1)]
    if basis == "known" and indicator.nature in ("flow", "stock"):
        # An extract carries the six months before it.
        reach = [
            (min(one.period.start, months_later(one.extracted or one.period.end, -6)), one.extracted) for one in sent
        ]
        return all(any(since <= day <= (until or day) for since, until in reach) for day in days)
    return all(any(one.period.contains(day) for one in sent) for day in days)


def same(ours: Result, theirs: Figure) -> bool:
    """Whether two figures are one, whatever kind of number each is in."""
    if (ours.status, ours.value) != (theirs.status, theirs.value):
        return False
    if ours.status == "x":
        # What could not be judged has no denominator; a part that is all there is may still be said.
        return (ours.left_out, ours.too_recent) == (theirs.left_out, theirs.too_recent)
    return (ours.numerator, ours.denominator, ours.left_out, ours.too_recent) == (
        theirs.numerator, theirs.denominator, theirs.left_out, theirs.too_recent,
    )  # fmt: skip


def compare(
    made: InMemory, table: EventTable, sent: Sequence[dict[str, Any]], quarter: Period, lacking: int | None
) -> Counter[str]:
    """How many figures of each indicator agree; fails at the first that does not."""
    chosen = of_table(table.name)
    returned = submissions(table, quarter, lacking)
    asked = {
        one: [Moment(period, basis) for period in periods_of(one.indicator, quarter) for basis in BASES]
        for one in chosen
    }
    groups = {one.id: tuple(dict.fromkeys((*one.indicator.by, *one.indicator.watch_by))) for one in chosen}
    columns = ("basis", "indicator", "covers", "area", "breakdown", "numerator", "denominator")
    totals = [(*(row[name] for name in columns), "S0") for row in sent if table.name == "aggregates"]
    held = metrics.compute.Held(
        Coverage(returned), Population(POPULATION), Totals(totals), WhoWasAsked(), None  # type: ignore[arg-type]
    )
    with made.set_aside():
        put(made, table, sent)
        found = figures(made, asked, catalogue=catalogue(), area_code=AREA, groups=groups, held=held)
    agreed: Counter[str] = Counter()
    for one, moments in asked.items():
        for moment in moments:
            ours = {(result.by, result.group): result for result in found.results[one.id, moment]}
            theirs = second_reading(one.indicator, sent, moment, groups[one.id], returned)
            where = f"{one.id}, {moment.period}, {moment.basis}"
            assert set(ours) == set(theirs), f"{where}: groups {sorted(map(str, set(ours) ^ set(theirs)))}"
            for label, figure in theirs.items():
                assert same(ours[label], figure), f"{where}, {label}:\n{ours[label]}\n{figure}"
            agreed[one.id] += len(theirs)
    return agreed


@cache
def second_reader(indicator_id: str) -> SecondReading:
    return SecondReading(catalogue()[indicator_id].indicator)


def second_reading(
    indicator: Indicator, sent: Sequence[dict[str, Any]], moment: Moment, by: Sequence[str],
    returned: Sequence[Submission],
) -> dict[Label, Figure]:  # fmt: skip
    if indicator.table == "aggregates":
        return of_totals(indicator, sent, moment, by)
    if not covered(indicator, moment.period, moment.basis, returned):
        return {(None, None): Figure(status="x")}
    held = Held(catalogue().clocks, working(), POPULATION, ASKED, "phase")
    return second_reader(indicator.id).figures(sent, moment.period, basis=moment.basis, by=by, held=held)


def of_totals(
    indicator: Indicator, sent: Sequence[dict[str, Any]], moment: Moment, by: Sequence[str]
) -> dict[Label, Figure]:
    def told(**place: str) -> Figure | None:
        return figure_of(indicator, sent, moment.period, basis=moment.basis, population=36_111, **place)

    found: dict[Label, Figure] = {(None, None): told() or Figure(status="x")}
    for grouping in by:
        for name in sorted({str(row[grouping]) for row in sent if row.get(grouping)}):
            if (figure := told(**{grouping: name})) is not None:
                found[grouping, name] = figure
    return found


AGREED: dict[str, Counter[str]] = {}


def tried(made: InMemory, name: str, *, sets: int = SETS) -> Counter[str]:
    """How many figures of a table agree over many sets of rows."""
    table, agreed = TABLES[name], Counter[str]()
    chosen = of_table(name)
    columns = {str(table.dated), str(table.ended), "open_until"}
    for one in chosen:
        for condition in one.conditions.values():
            columns |= condition.columns
        for part in one.indicator.parts:
            columns |= {str(part.of), str(part.dated), str(part.weight)}
        columns |= {one.indicator.group_column(by) for by in (*one.indicator.by, *one.indicator.watch_by)}
        if (after := one.indicator.judge_after) is not None:
            columns |= {after.start, str(after.seen_to)}
    of_quarter = {
        quarter: rows(table, chosen, columns=columns - {"extract_date", "period"}, most=MOST,
                      periods=[quarter, quarter.earlier(), quarter.rolling_year()])
        for quarter in QUARTERS
    }  # fmt: skip
    cases: st.SearchStrategy[Any] = st.sampled_from(QUARTERS).flatmap(
        lambda quarter: st.tuples(st.just(quarter), totals_of(chosen, quarter) if name == "aggregates"
                                  else of_quarter[quarter], st.sampled_from([None] * 6 + [1, 3]))
    )  # fmt: skip

    # Hypothesis shortens a failing case for minutes; leaving out a row at a time does it in seconds.
    @settings(
        max_examples=sets, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(case=cases)
    def agree(case: tuple[Period, list[dict[str, Any]], int | None]) -> None:
        quarter, sent, lacking = case
        try:
            agreed.update(compare(made, table, sent, quarter, lacking))
        except AssertionError:
            fail_in_few(made, table, sent, quarter, lacking)

    agree()
    return agreed


def fail_in_few(
    made: InMemory, table: EventTable, sent: Sequence[dict[str, Any]], quarter: Period, lacking: int | None
) -> None:
    """Fails as `compare` does, with as few of the rows as will do."""
    said, few = "", list(sent)
    for row in [None, *sent]:
        fewer = [one for one in few if one is not row]
        try:
            compare(made, table, fewer, quarter, lacking)
        except AssertionError as error:
            said, few = str(error), fewer
    rows = "\n".join(str({name: str(cell) for name, cell in row.items() if cell is not None}) for row in few)
    pytest.fail(f"{said}\n{rows}", pytrace=False)


def totals_of(chosen: Sequence[Declared], quarter: Period) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Totals sent for the months, quarters and years that matter."""
    quarters = [quarter.earlier(step) for step in range(5)]
    covers = [*quarters, *(month for one in quarters for month in one.months())]
    covers += [Period(quarter.rolling_year().start, quarter.end, "year")] if quarter.end.month == 3 else []
    number = st.sampled_from([None, 0.0, 1.0, 2.0, 5.0, 8.0, 12.5])
    one = st.fixed_dictionaries(
        {
            "basis": st.sampled_from(BASES),
            "indicator": st.sampled_from([one.id for one in chosen]),
            "covers": st.sampled_from([str(period) for period in covers]),
            "area": st.sampled_from([None, None, None, "North", "South"]),
            "breakdown": st.sampled_from([None, None, None, "A", "B"]),
            "numerator": number,
            "denominator": number,
        }
    )
    # As reported, what was sent for the very period; what a later submission said of it is known only now.
    return st.lists(one.map(lambda row: {**row, "period": row["covers"]}), max_size=40)


@pytest.mark.parametrize("name", READ)
def test_the_sql_and_plain_python_agree_on_every_figure_of_a_table(
    name: str, warehouse: InMemory
) -> None:
    agreed = AGREED[name] = tried(warehouse, name)
    assert set(agreed) == {one.id for one in of_table(name)}
    assert min(agreed.values()) >= SETS


@pytest.mark.long
@pytest.mark.parametrize("name", READ)
def test_they_agree_over_many_more_rows(name: str, warehouse: InMemory) -> None:
    assert tried(warehouse, name, sets=40 * SETS).total() > 1_000


def test_thousands_of_cases_were_compared(
    warehouse: InMemory, record_property: Callable[[str, object], None]
) -> None:
    """A case is one figure: of an indicator, over one set of rows, for a period, a basis and a group."""
    for name in READ:
        if name not in AGREED:
            AGREED[name] = tried(warehouse, name)
    cases = sum(agreed.total() for agreed in AGREED.values())
    said = f"Two engines agree on {cases:,} cases of {sum(map(len, AGREED.values()))} indicators."
    record_property("said", said)
    print(said)
    assert cases >= 5_000
