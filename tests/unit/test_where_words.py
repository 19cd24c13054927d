"""Words of `where` that definitions lean on, and what is refused in a sentence because it is no word of it."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from metrics.where import Parameters, WhereError, parse
from returns.events import TABLES
from returns.periods import add_months

TYPES = {"unread": "VARCHAR", "team": "VARCHAR", "previous_plans": "INTEGER"}


def answer(text: str, **row: object) -> object:
    """What `text` says of one plan."""
    parameters = Parameters()
    sql = parse(text, table=TABLES["plans"], clocks=frozenset()).sql(parameters)
    kinds = {name: TYPES.get(name, "DATE") for name in row}
    columns = ", ".join(f"CAST(? AS {kind}) AS {name}" for name, kind in kinds.items())
    bound = {str(place): value for place, value in enumerate(parameters.values, start=1)}
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE r AS SELECT {columns}", list(row.values()))
        found = connection.execute(f"SELECT {sql} FROM r", bound or None).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("started", "months"),
    [(date(2025, 1, 31), 1), (date(2024, 2, 29), 12), (date(2025, 8, 31), 6), (date(2023, 9, 30), 24)],
)
def test_a_day_so_many_months_on_is_the_calendars(started: date, months: int) -> None:
    due = add_months(started, months)
    assert answer(f"months_after(started, {months}) = date '{due}'", started=started) is True


def test_a_month_on_from_nothing_is_unknown() -> None:
    assert answer("months_after(ended, 3) > started", started=date(2025, 7, 1), ended=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "months_after(started)",
        "months_after(started, 0)",
        "months_after(started, previous_plans)",
        "months_after(started, '3')",
        "months_after(team, 3)",
    ],
)
def test_months_on_need_a_date_and_a_number_of_months(text: str) -> None:
    with pytest.raises(WhereError):
        parse(f"{text} > started", table=TABLES["plans"], clocks=frozenset())


def test_a_blank_visit_is_told_from_one_that_could_not_be_read() -> None:
    assert answer("unread(last_visit)", unread=None) is False
    assert answer("unread(last_visit)", unread="ended last_visit") is True
    assert answer("not unread(last_visit)", unread="last_review") is True


@pytest.mark.parametrize(
    "text", ["unread('last_visit')", "unread(no_such_column)", "unread(last_visit, ended)", "unread()"]
)
def test_only_a_cell_of_the_table_can_be_unread(text: str) -> None:
    with pytest.raises(WhereError):
        parse(text, table=TABLES["plans"], clocks=frozenset())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("started >", "cannot be read"),
        ("", "is not one expression"),
        ("previous_plans > 0; drop table plans", "is not one expression"),
        ("previous_plans", "is a number, where a boolean is wanted"),
        ("previous_plans and ended is null", "is a number, where a boolean is wanted"),
        ("ended is null or team", "is a text, where a boolean is wanted"),
        ("not team", "is a text, where a boolean is wanted"),
        ("started = date '2025-02-30'", "'2025-02-30' is not a day written as 2025-04-01"),
        ("started = cast(team as date)", "is not of the language"),
        ("previous_plans * 2 > 2", "is not of the language"),
        ("previous_plans + team > 2", "is a text, where a number is wanted"),
        ("1 / previous_plans > 2", "divides by something other than a whole number"),
        ("previous_plans / 0 > 2", "divides by something other than a whole number"),
        ("months_between(started, ended, true) > 1", "is not of the language"),
        ("ended = null", "nothing equals null"),
        ("ended in (null)", "nothing equals null"),
        ("team = 1", "compares a number with a text"),
        ("started between date '2025-04-01' and 3", "compares a date with a number"),
        ("team in (select 1)", "`in` takes a list of literals"),
        ("team in (team, 'North')", "`in` takes a list of literals"),
        ("(ended is null) is true", "only `is null` and `is not null`"),
        ("-team = 1", "is a text, where a number is wanted"),
        ("no_such_column = 1", "names no_such_column, which plans does not carry"),
        ("audits.team = 'North'", "which plans does not carry"),
        ("\"team\" = 'North'", "which plans does not carry"),
        ("getenv('HOME') = 'x'", "calls getenv, which is not one of"),
        ("clock(team) > 1", "clock takes the name of a clock"),
        ("clock('cp_visit', 2) > 1", "clock takes the name of a clock"),
        ("clock('tea') > 1", "names the clock 'tea', which config/clocks.yaml does not set"),
        ("days_between(started) > 1", "days_between takes two dates"),
        ("days_between(team, started) > 1", "is a text, where a date is wanted"),
        ("working_days_between(started, date '2025-04-01') > 1", "takes two columns, or the period's"),
    ],
)  # fmt: skip
def test_what_is_no_word_of_where_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(WhereError) as refused:
        parse(text, table=TABLES["plans"], clocks=frozenset({"cp_visit"}))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "row", "wanted"),
    [
        ("previous_plans > 0.5", {"previous_plans": 1}, True),
        ("previous_plans > -1", {"previous_plans": 0}, True),
        ("previous_plans between 2 and 3", {"previous_plans": 4}, False),
        ("previous_plans in (1, 2)", {"previous_plans": 2}, True),
        ("team = 'North' or team = 'South'", {"team": "South"}, True),
        ("team = 'North' and true", {"team": "North"}, True),
        ("team = 'North' or false", {"team": "South"}, False),
        ("previous_plans + 1 > 2", {"previous_plans": 2}, True),
        ("previous_plans - 1 = previous_plans", {"previous_plans": 2}, False),
        ("previous_plans / 4 = 0.5", {"previous_plans": 2}, True),
        ("previous_plans - 1 > 0", {"previous_plans": None}, None),
        ("null", {"team": "North"}, None),
        ("not (team is null)", {"team": None}, False),
        ("age_at(started, ended) = 1", {"started": date(2024, 3, 1), "ended": date(2026, 2, 28)}, True),
        ("months_between(started, ended) = 1", {"started": date(2025, 1, 31), "ended": date(2025, 2, 28)}, True),
        ("days_between(started, ended) = 28", {"started": date(2025, 1, 31), "ended": date(2025, 2, 28)}, True),
    ],
)  # fmt: skip
def test_each_word_of_where_answers_a_row_as_it_reads(text: str, row: dict[str, object], wanted: bool | None) -> None:
    assert answer(text, **row) is wanted


def test_a_condition_tells_what_it_leans_on_besides_the_row() -> None:
    text = "working_days_between(started, period_end) > clock('cp_visit')"
    found = parse(text, table=TABLES["plans"], clocks=frozenset({"cp_visit"}))
    assert (found.columns, found.clocks) == ({"started"}, {"cp_visit"})
    assert (found.working_day_columns, found.of_period) == ({"started"}, True)
    assert not parse("ended is null", table=TABLES["plans"], clocks=frozenset()).of_period
