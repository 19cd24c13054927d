"""What a reader may be asked: one SELECT over the warehouse's tables.

DuckDB's own locks (read-only, external access off, configuration locked) are the second wall. They are not
enough alone: a locked, read-only connection can still COPY over the log beside its own file, and the table
function `enable_logging` ends the whole program when it may not write its file.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warehouse.problems import StatementRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ALLOWED = frozenset({
    "range", "generate_series", "unnest", "repeat", "repeat_row",
    "duckdb_tables", "duckdb_columns", "duckdb_schemas", "duckdb_views",
})
"""The table functions that a SELECT may name: series of numbers, and the list of tables and columns."""


@lru_cache(maxsize=2048)
def refuse_all_but_a_select(sql: str) -> None:
    """Raises StatementRefused unless `sql` is a single SELECT that names no table function but those allowed.

    Raises duckdb.ParserException for what is not SQL.
    """
    import duckdb

    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise StatementRefused("A reader answers one SELECT and nothing else.")
    lowered = sql.lower()
    # Quick for the SQL of every day, which has no such name anywhere in it. U& could spell one in escapes.
    if "u&" in lowered or any(name in lowered for name in _other_table_functions()):
        tree = _tree(sql)
        if tree.get("error"):
            raise StatementRefused("A reader answers one SELECT and nothing else.")
        for name in sorted(_table_functions(tree) - ALLOWED):
            raise StatementRefused(f"A reader does not answer the table function {name}.")


@lru_cache(maxsize=1)
def _other_table_functions() -> frozenset[str]:
    """The name of every table function of this DuckDB that is not allowed."""
    with _aside() as connection:
        rows = connection.execute(
            "SELECT DISTINCT lower(function_name) FROM duckdb_functions() "
            "WHERE function_type NOT IN ('scalar', 'aggregate', 'macro')"
        ).fetchall()
    return frozenset(row[0] for row in rows) - ALLOWED


def _tree(sql: str) -> dict[str, Any]:
    quoted = sql.replace("'", "''")
    with _aside() as connection:
        row = connection.execute(f"SELECT json_serialize_sql('{quoted}')").fetchone()
    return dict(json.loads(row[0])) if row else {"error": True}


def _aside() -> DuckDBPyConnection:
    """A connection to nothing, for what DuckDB says of SQL without running it."""
    import duckdb

    return duckdb.connect(":memory:", config={"enable_external_access": "false", "lock_configuration": "true"})


def _table_functions(node: Any) -> set[str]:
    """The names of the table functions anywhere in a parsed statement."""
    if isinstance(node, list):
        return set().union(*(_table_functions(each) for each in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    found = _table_functions(list(node.values()))
    if node.get("type") == "TABLE_FUNCTION":
        found.add(str(node.get("function", {}).get("function_name", "")).lower())
    return found
