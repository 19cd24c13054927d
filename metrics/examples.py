"""The examples of the catalogue worked out: a ten-line table becomes a warehouse in memory, and the very same SQL runs.

The examples are the tests of the indicators and their illustration on the definitions page, so that neither can
drift from what is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from metrics.catalogue import Catalogue
from metrics.compile import Moment
from metrics.compute import figures, read_held
from metrics.declared import Declared
from metrics.model import Example, Indicator
from metrics.result import Result
from metrics.rounding import rounded
from returns.events import FILLED_BY, Column, EventTable
from returns.periods import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AREA_CODE = "E06000000"
# Days between the end of a period and its extract, where an example does not say.
_EXTRACT_AFTER = 5
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class ExampleError(ValueError):
    """An example's table cannot be read; the message says which cell and why."""


@dataclass
class InMemory:
    """A warehouse in memory, read as a version is, by one thread. It has no version: nothing of it is remembered."""

    connection: DuckDBPyConnection
    version: int | None = None

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one SELECT."""
        return self.connection.execute(sql, list(params) or None).fetchall()

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """What is put in within is gone afterwards."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")


def empty_warehouse() -> InMemory:
    """A warehouse in memory with every table of the schema and no row."""
    import duckdb

    from warehouse.schema import upgrade

    connection = duckdb.connect(":memory:", config={"enable_external_access": "false"})
    upgrade(connection)
    return InMemory(connection)


def work_out(
    one: Declared,
    example: Example,
    *,
    catalogue: Catalogue,
    bank_holidays: Sequence[date] = (),
    empty: InMemory | None = None,
) -> Result:
    """The figure that the example's rows give, by the same statement that the scorecard runs.

    `empty` is a warehouse without rows to work in (it is left without rows); one is made where none is given.
    """
    made = empty or empty_warehouse()
    with made.set_aside():
        return _worked_out(made, one, example, catalogue, bank_holidays)


def _worked_out(
    made: InMemory, one: Declared, example: Example, catalogue: Catalogue, bank_holidays: Sequence[date]
) -> Result:
    period = Period.parse(example.period)
    extracted = example.extract_date or period.end + timedelta(days=_EXTRACT_AFTER)
    _put_submissions(made, one.indicator.event_table, period, extracted)
    rows = read_rows(example.rows, one.indicator.event_table)
    for row in rows:
        _complete(row, one, period, extracted)
    insert(made, one.indicator.event_table, rows)
    if bank_holidays:
        made.connection.execute("INSERT INTO main.bank_holidays SELECT unnest(?), ''", [list(bank_holidays)])
    if example.population is not None:
        made.connection.execute(
            "INSERT INTO main.population VALUES (?, 'Example', ?, '0 to 17', ?, 'ok')",
            [AREA_CODE, period.start.year - 1, example.population],
        )
    held = read_held(made, area_code=AREA_CODE)
    if example.asked is not None:
        held = replace(held, asked=WhoWasAsked(example.asked))
    moment = Moment(period, "known")
    groups = {one.id: (example.by,)} if example.by else {}
    found = figures(made, {one: [moment]}, catalogue=catalogue, groups=groups, area_code=AREA_CODE, held=held)
    if example.by is None:
        return found.county(one.id, moment)
    wanted = [result for result in found.groups(one.id, moment, by=example.by) if result.group == example.group]
    return wanted[0] if wanted else found.county(one.id, moment)


@dataclass(frozen=True)
class WhoWasAsked:
    """How many an example says were asked: in all, or in each group."""

    said: int | Mapping[str, int]

    def of(self, indicator: Indicator, period: Period, *, by: str | None = None) -> dict[str | None, int] | None:
        """As metrics.asked.Asked says, whatever the grouping."""
        if isinstance(self.said, int):
            return {None: self.said} if by is None else None
        return {None: sum(self.said.values())} if by is None else dict(self.said.items())


def differences(result: Result, example: Example) -> list[str]:
    """How the figure differs from what the example expects; empty when it does not."""
    found = []
    for name in sorted(example.expect.model_fields_set):
        expected, actual = getattr(example.expect, name), getattr(result, name)
        if name == "value" and expected is not None:
            expected = rounded(float(expected), result.decimals)
        if expected != actual:
            found.append(f"{name} is {actual}, not {expected}")
    return found


def read_rows(text: str, table: EventTable) -> list[dict[str, Any]]:
    """The rows of an example's table, typed by the columns of `table`; raises ExampleError naming the cell."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    header = ["child_id" if name == "child" else name for name in lines[0]]
    rows = []
    for number, cells in enumerate(lines[1:], start=1):
        if len(cells) != len(header):
            raise ExampleError(f"row {number} has {len(cells)} cells under {len(header)} headings")
        row: dict[str, Any] = {}
        for name, cell in zip(header, cells, strict=True):
            column = table.column(name)
            if column is None:
                raise ExampleError(f"{name} is no column of {table.name}")
            row[name] = _typed(cell, column, number)
        rows.append(row)
    return rows


def insert(
    made: InMemory, table: EventTable, rows: Sequence[dict[str, Any]], schemas: Sequence[str] = ("known", "reported")
) -> None:
    """Puts rows into the table, in each of `schemas`; columns that a row does not give are empty."""
    for schema in schemas:
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" for _ in row)
            made.connection.execute(
                f'INSERT INTO {schema}."{table.name}" ({names}) VALUES ({places})', list(row.values())
            )


def _put_submissions(made: InMemory, table: EventTable, period: Period, extracted: date) -> None:
    """One accepted submission for each quarter that the period touches."""
    quarter = period.quarter()
    number = 0
    while quarter.end >= period.start:
        taken = extracted if number == 0 else quarter.end + timedelta(days=_EXTRACT_AFTER)
        made.connection.execute(
            "INSERT INTO main.submissions (id, return_name, agency, period, extracted, status, "
            "rows_read, rows_accepted, rows_held) VALUES (?, ?, 'council', ?, ?, 'accepted', 0, 0, 0)",
            [f"S{number:06d}", FILLED_BY[table.name][0], str(quarter), taken],
        )
        quarter, number = quarter.earlier(), number + 1


def _complete(row: dict[str, Any], one: Declared, period: Period, extracted: date) -> None:
    """Fills what an example leaves unsaid: whose rows they are, of which extract, and until when they were open."""
    table = one.indicator.event_table
    row.setdefault("submission_id", "S000000")
    row.setdefault("agency", "council")
    row.setdefault("period", str(period.quarter()))
    row.setdefault("extract_date", extracted)
    if table.name == "aggregates":
        row.setdefault("indicator", one.id)
        row.setdefault("covers", str(period))
    ended = row.get(str(table.ended)) if table.ended is not None else None
    if ended is not None and table.column("open_until") is not None:
        row.setdefault("open_until", ended - timedelta(days=1))


def _typed(cell: str, column: Column, number: int) -> object:
    if cell == "":
        return None
    try:
        if column.type == "date":
            return date.fromisoformat(cell)
        if column.type == "timestamp":
            return datetime.fromisoformat(cell)
        if column.type == "boolean":
            return _FLAGS[cell.lower()]
        if column.type == "integer":
            return int(cell)
        return float(cell) if column.type == "number" else cell
    except (ValueError, KeyError):
        raise ExampleError(f"row {number}: {cell!r} is no {column.type} for {column.name}") from None
