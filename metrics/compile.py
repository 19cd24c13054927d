"""One SQL statement per event table: every indicator of it, over every period and group asked for, in one pass.

A *moment* is one period on one basis. Indicators whose rows come to belong to a moment in the same way
(dated by the same column, open at its end, listed on the extract) share a *branch*: a join of the table's rows
with the branch's moments. In a branch each indicator gives every row a state, once, and its tallies count states:

    0  not of the indicator                  3  left out: a cell that is needed is unknown
    1  in the denominator only               4  too recent to judge
    2  in the numerator (and denominator)

Only declared names, dates of the calendar and numbers are written into the SQL; every text is a bound parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from metrics.clocks import Clocks
from metrics.declared import Declared
from metrics.model import group_column
from metrics.result import Basis
from metrics.tallies import Tally, tallies_of
from metrics.where import Parameters
from metrics.workingdays import CALENDAR_SQL
from returns.events import TABLES, EventTable
from returns.periods import Period

# Where a branch's rows come from. `own` rows are those of the period's own submission, on either basis: what is
# true only on an extract's date is in no later one.
_SOURCES = {"flow": None, "stock": None, "lookback": "own", "snapshot": "own"}

_HEADER = (
    "-- A row's state in an indicator: 0 not of it, 1 in the denominator only, 2 in the numerator too,\n"
    "-- 3 left out (a cell that is needed is unknown), 4 too recent to judge.\n"
)


@dataclass(frozen=True)
class Moment:
    """One period on one basis."""

    period: Period
    basis: Basis


@dataclass(frozen=True)
class Branch:
    """The indicators of one table whose rows belong to a moment in the same way.

    Where its tallies are all `additive`, rows are counted by month once and the months added up.
    """

    source: str
    membership: str
    additive: bool
    moments: tuple[Moment, ...]
    tallies: tuple[Tally, ...]

    @property
    def schema(self) -> str:
        """The schema whose rows it reads."""
        return "known" if self.source == "known" else "reported"

    @property
    def dated(self) -> str | None:
        """The column whose date puts a row in a period; None where it is open or listed."""
        return self.membership.removeprefix("dated ") if self.membership.startswith("dated ") else None

    @property
    def is_open(self) -> bool:
        """Whether rows belong to it while they are open."""
        return self.membership.startswith("open ")


@dataclass(frozen=True)
class Statement:
    """One SELECT over one event table, and how to read its rows.

    Each row is (branch, moment, grouping, group, tallies): the positions of the branch and of its moment; 0 for
    the whole county, else one more than the position in `groups`; the group's name, and the tallies of the branch,
    one list end to end.
    """

    table: str
    sql: str
    parameters: tuple[object, ...]
    branches: tuple[Branch, ...]
    groups: tuple[str, ...] = ()


@dataclass
class _Gathered:
    moments: dict[Moment, None] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)


def statement(
    table_name: str, asked: Mapping[Declared, Sequence[Moment]], *, groups: Iterable[str], clocks: Clocks
) -> Statement:
    """The one statement that answers every (indicator, moment) of `asked`, all of them of `table_name`.

    `groups` names columns of the table, or groups by their short names; each gives rows of its own beside the county's.
    """
    table = TABLES[table_name]
    parameters = Parameters()
    branches = _branches(asked, parameters, clocks)
    chosen = tuple(dict.fromkeys(groups))
    columns = {name: group_column(table, name) for name in chosen}
    sources = {schema: [b for b in branches if b.schema == schema] for schema in ("known", "reported")}
    parts = [
        *([CALENDAR_SQL] if _needs_calendar(branches) else []),
        _moments_sql(branches, clocks),
        *([_SPANS_SQL] if any(branch.dated for branch in branches) else []),
        *(_rows_sql(table, schema, of, tuple(columns.values())) for schema, of in sources.items() if of),
    ]
    selects = [_branch_sql(place, branch, table, columns) for place, branch in enumerate(branches)]
    sql = _HEADER + "WITH " + ",\n".join(parts) + "\n" + "\nUNION ALL\n".join(selects)
    return Statement(table_name, sql, tuple(parameters.values), branches, chosen)


def rows_statement(
    one: Declared, moment: Moment, *, states: Sequence[int], clocks: Clocks
) -> tuple[str, tuple[object, ...]]:
    """The SELECT, and its parameters, that lists an indicator's rows of these states by submission and row of its file.

    It is of an indicator whose parts are measured on the same rows. Each of its rows is (submission, row, state).
    """
    table, where = one.indicator.event_table, ("submission_id", "source_row")
    parameters = Parameters()
    (branch,) = _branches({one: [moment]}, parameters, clocks)
    parts = [
        *([CALENDAR_SQL] if _needs_calendar([branch]) else []),
        _moments_sql([branch], clocks),
        *([_SPANS_SQL] if branch.dated else []),
        _rows_sql(table, branch.schema, [branch], where),
    ]
    listed = _states_sql(0, branch, table, [f'r."{name}"' for name in where])
    sql = (
        f"{_HEADER}WITH "
        + ",\n".join(parts)
        + f"\nSELECT submission_id, source_row, state_0 FROM (\n    {listed}\n  )\n"
        f"WHERE state_0 IN ({', '.join(str(state) for state in states)}) ORDER BY submission_id, source_row"
    )
    return sql, tuple(parameters.values)


def _branches(asked: Mapping[Declared, Sequence[Moment]], parameters: Parameters, clocks: Clocks) -> tuple[Branch, ...]:
    gathered: dict[tuple[str, str, bool], _Gathered] = {}
    for declared, moments in asked.items():
        own = _SOURCES[declared.indicator.nature]
        sources = dict.fromkeys(own or moment.basis for moment in moments)
        for tally in tallies_of(declared, parameters=parameters, clocks=clocks):
            adds_up = tally.additive and tally.membership.startswith("dated ")
            for source in sources:
                found = gathered.setdefault((source, tally.membership, adds_up), _Gathered())
                found.tallies.append(tally)
                found.moments |= dict.fromkeys(moment for moment in moments if own or moment.basis == source)
    return tuple(Branch(*key, tuple(found.moments), tuple(found.tallies)) for key, found in gathered.items())


def _needs_calendar(branches: Iterable[Branch]) -> bool:
    return any(tally.working_days for branch in branches for tally in branch.tallies)


def _moments_sql(branches: Sequence[Branch], clocks: Clocks) -> str:
    """The moments of every branch, with the working-day numbers of their days and the clocks in force at their end."""
    names = sorted({name for branch in branches for tally in branch.tallies for name in tally.clocks})
    rows = [
        "(" + ", ".join(
            [
                str(place), str(number), f"DATE '{moment.period.start}'", f"DATE '{moment.period.end}'",
                f"'{moment.period.quarter()}'", *(str(clocks[name].on(moment.period.end)) for name in names),
            ]
        ) + ")"
        for place, branch in enumerate(branches)
        for number, moment in enumerate(branch.moments)
    ]  # fmt: skip
    columns = ["branch", "moment", "starts", "ends", "quarter", *(f"clock_{name}" for name in names)]
    values = ",\n    ".join(rows)
    listed = f"(VALUES\n    {values}\n  ) AS listed({', '.join(columns)})"
    if not _needs_calendar(branches):
        return f"moments AS (\n  SELECT * FROM {listed}\n)"
    return (
        "moments AS MATERIALIZED (\n  SELECT listed.*, s.number AS starts_working_day, e.number AS ends_working_day\n"
        f"  FROM {listed}\n"
        "  LEFT JOIN calendar AS s ON s.day = listed.starts LEFT JOIN calendar AS e ON e.day = listed.ends\n)"
    )


# The months of each moment, with the quarter that each is in, written as returns.periods writes it.
_SPANS_SQL = """spans AS MATERIALIZED (
  SELECT *, format('{}-{:02d}-Q{}', year(spring), (year(spring) + 1) % 100, quarter(spring)) AS month_quarter
  FROM (
    SELECT *, month - INTERVAL 3 MONTH AS spring
    FROM (SELECT *, CAST(unnest(generate_series(starts, ends, INTERVAL 1 MONTH)) AS DATE) AS month FROM moments)
  )
)"""


def _rows_sql(table: EventTable, schema: str, branches: Sequence[Branch], groups: Sequence[str]) -> str:
    """The table's rows of one schema, read once, with the columns that the branches use and no more."""
    months = {branch.dated for branch in branches if branch.dated is not None}
    is_open = any(branch.is_open for branch in branches)
    working_days = {name for branch in branches for tally in branch.tallies for name in tally.working_days}
    names = {"period", "extract_date", *groups} | months | working_days
    names |= {name for branch in branches for tally in branch.tallies for name in tally.columns}
    names |= {str(table.dated), str(table.ended)} if is_open else set()
    listed = [f't."{column.name}"' for column in table.all_columns() if column.name in names]
    listed += [f'CAST(date_trunc(\'month\', t."{name}") AS DATE) AS "{name}_month"' for name in sorted(months)]
    if is_open:
        # The last day on which the row is open. As sent, a row without an end is open; as now known, one that the
        # sender's later extracts no longer carry was open until the last one that did.
        last = f't."{table.ended}" - 1'
        if schema == "known" and table.column("open_until") is not None:
            last = 't."open_until"'
        listed.append(f"coalesce({last}, DATE '9999-12-31') AS open_to")
    joins = []
    for number, name in enumerate(sorted(working_days)):
        listed.append(f'c{number}.number AS "{name}_working_day"')
        joins.append(f'  LEFT JOIN calendar AS c{number} ON c{number}.day = CAST(t."{name}" AS DATE)')
    wanted = [f"  WHERE t.period IN ({', '.join(_quarters(branches))})"] if schema == "reported" else []
    materialised = " MATERIALIZED" if len(branches) > 1 else ""
    lines = [f"  SELECT {', '.join(listed)}", f'  FROM {schema}."{table.name}" AS t', *joins, *wanted]
    return f"{schema}_rows AS{materialised} (\n" + "\n".join(lines) + "\n)"


def _quarters(branches: Iterable[Branch]) -> list[str]:
    """The quarters whose submissions the branches read, as SQL."""
    found: dict[Period, None] = {}
    for branch in branches:
        for moment in branch.moments:
            months = moment.period.months() if branch.dated else [moment.period.quarter()]
            found |= dict.fromkeys(month.quarter() for month in months)
    return [f"'{quarter}'" for quarter in sorted(found)]


def _branch_sql(place: int, branch: Branch, table: EventTable, groups: Mapping[str, str]) -> str:
    """One branch: what is asked of each row, its states, and the counts by moment, and by moment and group."""
    key = "month" if branch.additive else "moment"
    labels = [f"{_label_sql(table, column)} AS group_{number}" for number, column in enumerate(groups.values())]
    counts = [sql.format(n=number) for number, tally in enumerate(branch.tallies) for sql in tally.aggregates]
    by_group, group_name, sets = _grouping_sql(key, len(groups))
    rows = f"FROM (\n    {_states_sql(place, branch, table, [f'm.{key}', *labels])}\n  )\n  GROUP BY {sets}"
    if not branch.additive:
        return (
            f"SELECT {place} AS branch, moment, {by_group} AS by_group, {group_name} AS group_name,\n"
            f"  CAST([\n    {_lines(counts, 4)}\n  ] AS DOUBLE[]) AS tallies\n{rows}"
        )
    named = [f"{sql} AS count_{number}" for number, sql in enumerate(counts) if sql != "NULL"]
    sums = [f"sum(count_{number})" if sql != "NULL" else sql for number, sql in enumerate(counts)]
    return (
        f"SELECT {place} AS branch, m.moment, by_group, group_name,\n"
        f"  CAST([\n    {_lines(sums, 4)}\n  ] AS DOUBLE[]) AS tallies\n"
        f"FROM spans AS m JOIN (\n  SELECT month, {by_group} AS by_group, {group_name} AS group_name,\n"
        f"    {_lines(named, 4)}\n  {rows}\n) AS s ON m.branch = {place} AND s.month = m.month\n"
        "GROUP BY m.moment, by_group, group_name"
    )


def _states_sql(place: int, branch: Branch, table: EventTable, columns: Sequence[str]) -> str:
    """Every row of the branch's moments, with the columns asked for and its state in each indicator."""
    values = [
        f"{sql} AS {name.format(n=number)}"
        for number, tally in enumerate(branch.tallies)
        for name, sql in tally.values.items()
    ]
    states = [f"{tally.state.format(n=number)} AS state_{number}" for number, tally in enumerate(branch.tallies)]
    return (
        f"SELECT *, {_lines(states, 6)}\n"
        f"    FROM (\n      SELECT {_lines([*columns, *values], 8)}\n"
        f"      {_joined_sql(place, branch, table)}\n    )"
    )


def _lines(items: Iterable[str], indent: int) -> str:
    return (",\n" + " " * indent).join(items)


def _grouping_sql(key: str, groups: int) -> tuple[str, str, str]:
    """Which grouping a counted row is of, its group's name, and the GROUP BY that makes them."""
    if not groups:
        return "0", "CAST(NULL AS VARCHAR)", key
    names = [f"group_{number}" for number in range(groups)]
    cases = " ".join(f"WHEN grouping({name}) = 0 THEN {place}" for place, name in enumerate(names, start=1))
    sets = ", ".join(f"({key}, {name})" for name in names)
    return f"CASE {cases} ELSE 0 END", f"coalesce({', '.join(names)})", f"GROUPING SETS (({key}), {sets})"


def _joined_sql(place: int, branch: Branch, table: EventTable) -> str:
    """The branch's rows beside the moments, or the months, that they belong to."""
    rows = f"JOIN {branch.schema}_rows AS r ON"
    if branch.dated is not None:
        months = f"(SELECT DISTINCT month, month_quarter FROM spans WHERE branch = {place})"
        spans = months if branch.additive else f"(SELECT * FROM spans WHERE branch = {place})"
        # As first reported, an event counts from the submission for the quarter that it happened in.
        sent_for = " AND r.period = m.month_quarter" if branch.schema == "reported" else ""
        return f'FROM {spans} AS m {rows} r."{branch.dated}_month" = m.month{sent_for}'
    joined = f"FROM moments AS m {rows} m.branch = {place}"
    if branch.schema == "reported":
        joined += " AND r.period = m.quarter"
    if not branch.is_open:
        return joined
    day = "m.ends" if branch.membership == "open at end" else "r.extract_date"
    return f'{joined} AND r."{table.dated}" <= {day} AND r.open_to >= {day}'


def _label_sql(table: EventTable, column: str) -> str:
    declared = table.column(column)
    assert declared is not None, "group_column gives declared columns only"
    name = f'r."{column}"'
    if declared.type == "boolean":
        return f"CASE WHEN {name} THEN 'Yes' WHEN NOT {name} THEN 'No' ELSE 'Not recorded' END"
    return f"coalesce(CAST({name} AS VARCHAR), 'Not recorded')"
