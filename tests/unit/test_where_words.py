"""Words of `where` that definitions lean on: a day so many months on, a cell that could not be read."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from metrics.where import Parameters, WhereError, parse
from returns.events import TABLES
from returns.periods import add_months


def answer(text: str, **row: object) -> object:
    """What `text` says of one plan."""
    parameters = Parameters()
    sql = parse(text, table=TABLES["plans"], clocks=frozenset()).sql(parameters)
    columns = ", ".join(f"CAST(? AS {'VARCHAR' if name == 'unread' else 'DATE'}) AS {name}" for name in row)
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
