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
    """The indicators of one table whose rows belong to a moment in the same way."""

    source: str
    membership: str
    moments: tuple[Moment, ...]
    tallies: tuple[Tally, ...]


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
    sql = (
        _HEADER
        + "WITH "
        + ",\n".join(
            [
                *([CALENDAR_SQL] if _needs_calendar(branches) else []),
                _moments_sql(branches, clocks),
                _rows_sql(table, branches, tuple(columns.values())),
            ]
        )
    )
    selects = [_branch_sql(place, branch, table, columns) for place, branch in enumerate(branches)]
    return Statement(table_name, sql + "\n" + "\nUNION ALL\n".join(selects), tuple(parameters.values), branches, chosen)


def _branches(asked: Mapping[Declared, Sequence[Moment]], parameters: Parameters, clocks: Clocks) -> tuple[Branch, ...]:
    gathered: dict[tuple[str, str], _Gathered] = {}
    for declared, moments in asked.items():
        tallies = tallies_of(declared, parameters=parameters, clocks=clocks)
        own = _SOURCES[declared.indicator.nature]
        for moment in moments:
            for tally in tallies:
                branch = gathered.setdefault((own or moment.basis, tally.membership), _Gathered())
                branch.moments[moment] = None
                if tally not in branch.tallies:
                    branch.tallies.append(tally)
    return tuple(
        Branch(source, membership, tuple(found.moments), tuple(found.tallies))
        for (source, membership), found in gathered.items()
    )


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


def _rows_sql(table: EventTable, branches: Sequence[Branch], groups: Sequence[str]) -> str:
    """The table's rows, read once, with the columns that the branches use and no more."""
    names = {"period", *groups}
    working_days: set[str] = set()
    months: set[str] = set()
    is_open = False
    for branch in branches:
        if branch.membership.startswith("dated "):
            months.add(branch.membership.removeprefix("dated "))
        is_open |= branch.membership.startswith("open ")
        for tally in branch.tallies:
            names |= tally.columns
            working_days |= tally.working_days
    names |= months | working_days
    names |= {"extract_date"} | ({str(table.dated), str(table.ended)} if is_open else set())
    plain = [name for name in (column.name for column in table.all_columns()) if name in names]
    sources = sorted({"known" if branch.source == "known" else "reported" for branch in branches})
    reads = [_source_sql(source, table, plain, is_open) for source in sources]
    columns = ["t.*", *(_month_sql(name) for name in sorted(months))]
    joins = []
    for number, name in enumerate(sorted(working_days)):
        columns.append(f'c{number}.number AS "{name}_working_day"')
        joins.append(f'\n  LEFT JOIN calendar AS c{number} ON c{number}.day = CAST(t."{name}" AS DATE)')
    union = "\n    UNION ALL\n    ".join(reads)
    return f"rows AS MATERIALIZED (\n  SELECT {', '.join(columns)}\n  FROM (\n    {union}\n  ) AS t{''.join(joins)}\n)"


def _month_sql(name: str) -> str:
    return f'CAST(date_trunc(\'month\', t."{name}") AS DATE) AS "{name}_month"'


def _source_sql(source: str, table: EventTable, columns: Sequence[str], is_open: bool) -> str:
    listed = [f"'{source}' AS source", *(f'"{name}"' for name in columns)]
    if is_open:
        # The last day on which the row is open. As sent, a row without an end is open; as now known, one that the
        # sender's later extracts no longer carry was open until the last one that did.
        last = f'"{table.ended}" - 1'
        if source == "known" and table.column("open_until") is not None:
            last = '"open_until"'
        listed.append(f"coalesce({last}, DATE '9999-12-31') AS open_to")
    return f'SELECT {", ".join(listed)} FROM {source}."{table.name}"'


def _branch_sql(place: int, branch: Branch, table: EventTable, groups: Mapping[str, str]) -> str:
    """One branch: its rows with their states, then the tallies by moment, and by moment and group."""
    states = ",\n      ".join(f"{tally.state} AS state_{number}" for number, tally in enumerate(branch.tallies))
    values = [
        f"{sql} AS {name}_{number}" for number, tally in enumerate(branch.tallies) for name, sql in tally.values.items()
    ]
    labels = [f"{_label_sql(table, column)} AS group_{n}" for n, column in enumerate(groups.values())]
    inner = ",\n      ".join(["m.moment", *labels, states, *values])
    tallies = ",\n    ".join(
        sql.format(n=number) for number, tally in enumerate(branch.tallies) for sql in tally.aggregates
    )
    grouping, group, sets = "0", "CAST(NULL AS VARCHAR)", "moment"
    if groups:
        names = [f"group_{n}" for n in range(len(groups))]
        grouping = " ".join(
            ["CASE", *(f"WHEN grouping({n}) = 0 THEN {i + 1}" for i, n in enumerate(names)), "ELSE 0 END"]
        )
        group = f"coalesce({', '.join(names)})"
        sets = f"GROUPING SETS ((moment), {', '.join(f'(moment, {name})' for name in names)})"
    return (
        f"SELECT {place} AS branch, moment, {grouping} AS by_group, {group} AS group_name,\n"
        f"  CAST([\n    {tallies}\n  ] AS DOUBLE[]) AS tallies\n"
        f"FROM (\n    SELECT {inner}\n    {_joined_sql(place, branch, table)}\n)\nGROUP BY {sets}"
    )


def _joined_sql(place: int, branch: Branch, table: EventTable) -> str:
    """The branch's rows beside the moments that they belong to."""
    source = "known" if branch.source == "known" else "reported"
    rows = f"r.source = '{source}'"
    if branch.membership.startswith("dated "):
        dated = branch.membership.removeprefix("dated ")
        # As first reported, an event counts from the submission for the quarter that it happened in.
        sent_for = f" AND r.period = {_QUARTER_SQL}" if source == "reported" else ""
        months = (
            f"(SELECT *, CAST(unnest(generate_series(starts, ends, INTERVAL 1 MONTH)) AS DATE) AS month\n"
            f"      FROM moments WHERE branch = {place})"
        )
        return f'FROM {months} AS m\n    JOIN rows AS r ON r."{dated}_month" = m.month AND {rows}{sent_for}'
    joined = f"FROM moments AS m\n    JOIN rows AS r ON m.branch = {place} AND {rows}"
    if source == "reported":
        joined += " AND r.period = m.quarter"
    if branch.membership == "listed":
        return joined
    day = "m.ends" if branch.membership == "open at end" else "r.extract_date"
    return f'{joined} AND r."{table.dated}" <= {day} AND r.open_to >= {day}'


# The quarter that a month of `m` is in, written as returns.periods writes it.
_QUARTER_SQL = (
    "format('{}-{:02d}-Q{}', year(m.month - INTERVAL 3 MONTH), "
    "(year(m.month - INTERVAL 3 MONTH) + 1) % 100, quarter(m.month - INTERVAL 3 MONTH))"
)


def _label_sql(table: EventTable, column: str) -> str:
    declared = table.column(column)
    assert declared is not None, "group_column gives declared columns only"
    name = f'r."{column}"'
    if declared.type == "boolean":
        return f"CASE WHEN {name} THEN 'Yes' WHEN NOT {name} THEN 'No' ELSE 'Not recorded' END"
    return f"coalesce(CAST({name} AS VARCHAR), 'Not recorded')"
