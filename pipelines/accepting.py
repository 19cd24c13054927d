"""Accepting a submission: its rows written to the version being built, and those of one it replaces taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.check import CheckedSheet
from pipelines.difference import hash_of_cells, readable_cells
from pipelines.findings import Finding
from pipelines.pseudonyms import Pseudonyms
from pipelines.typed import DAYS, arrow_type
from returns.declaration import Fill, Return
from returns.events import TABLES, tables

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Identity:
    """Which submission rows belong to."""

    submission: str
    agency: str
    period: str
    extracted: date


def write_rows(
    connection: DuckDBPyConnection, checked: CheckedSheet, identity: Identity, *,
    findings: Iterable[Finding], pseudonyms: Pseudonyms,
) -> None:
    """The sheet's events, held rows, findings and column quality are in the version, under the submission."""
    declared = checked.clean.read.recognised.declared
    found = tuple(findings)
    # A row that repeats an earlier row's key was told of, and its event is already there.
    once = checked.frame.drop(index=list(checked.repeats)) if checked.repeats else checked.frame
    connection.register("arrived", _arrow(once, declared, unread=_unread(checked, found)))
    try:
        for fill in declared.fills:
            unique = set(TABLES[fill.table].key) >= _key_of(declared, fill) or _one_row_a_child(once)
            _fill(connection, declared, fill, identity, checked.clean.sheet_name, unique=unique)
    finally:
        connection.unregister("arrived")
    _write(connection, "findings", ("submission_id", "code", "severity", "sheet", "source_row", "column_name"),
           [(identity.submission, f.code, f.severity, f.sheet, f.row, f.column) for f in found])
    _write(connection, "held_rows",
           ("submission_id", "sheet", "source_row", "codes", "row_hash", "readable", "readable_hash"),
           _held(checked, identity, pseudonyms))
    _write(connection, "column_quality",
           ("submission_id", "sheet", "field", "header", "required", "cells", "filled", "blanked"),
           _quality(checked, identity, found))


def remove_rows(connection: DuckDBPyConnection, submission: str) -> None:
    """Nothing of the submission's rows is left in the version."""
    for table in tables():
        connection.execute(f"DELETE FROM reported.{table.name} WHERE submission_id = ?", [submission])
    for name in ("findings", "held_rows", "column_quality"):
        connection.execute(f"DELETE FROM main.{name} WHERE submission_id = ?", [submission])


def _key_of(declared: Return, fill: Fill) -> set[str]:
    """The event columns that the return's own key fills; what stands for one that fills none is never a column."""
    targets = {source: target for target, source in declared.filled_columns(fill) if isinstance(source, str)}
    return {targets.get(name, "") for name in declared.key}


def _one_row_a_child(frame: pd.DataFrame) -> bool:
    return "child_id" in frame.columns and bool(frame["child_id"].is_unique)


def _fill(
    connection: DuckDBPyConnection, declared: Return, fill: Fill, identity: Identity, sheet: str, *, unique: bool
) -> None:
    """The rows that are events of one table, once each: by its key, the earliest row of the sheet."""
    table = TABLES[fill.table]
    bound: dict[str, Any] = {
        "submission_id": identity.submission, "sheet": sheet, "agency": identity.agency, "period": identity.period,
        "extract_date": identity.extracted, "latest_only": fill.latest_only,
    }
    chosen = {name: f"${name}" for name in bound} | {"source_row": "row", "unread": "unread"}
    for target, source in declared.filled_columns(fill):
        if isinstance(source, str):
            chosen[_checked(target)] = _checked(source)
        else:
            bound[f"fixed_{target}"] = source.value
            chosen[_checked(target)] = f"$fixed_{target}"
    when = f"WHERE {_checked(fill.when)} IS NOT NULL" if fill.when else ""
    key = ", ".join(chosen[name] for name in table.key)
    once = "" if unique else f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY row) = 1"
    connection.execute(
        f"INSERT INTO reported.{table.name} BY NAME "
        f"SELECT {', '.join(f'{source} AS {target}' for target, source in chosen.items())} FROM arrived {when} "
        f"{once}",
        bound,
    )


def _checked(name: str) -> str:
    """A declared name, fit to stand in SQL."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a column")
    return name


def _unread(checked: CheckedSheet, found: Iterable[Finding]) -> dict[int, str]:
    """For each row with a cell that was filled but taken as unknown, the fields of those cells.

    A blank date may mean that there was no visit; a date that cannot be read may not.
    """
    names = {column.header: name for name, column in checked.clean.read.columns.items()}
    rows: dict[int, set[str]] = {}
    for item in found:
        if item.severity == "blank" and item.row is not None and item.column in names:
            rows.setdefault(item.row, set()).add(names[item.column])
    return {row: " ".join(sorted(fields)) for row, fields in rows.items()}


def _arrow(frame: pd.DataFrame, declared: Return, *, unread: Mapping[int, str]) -> pa.Table:
    """The frame as DuckDB reads it, its index as `row`; days as days."""
    import pyarrow as pa

    kinds = {item.name: item.kind for item in declared.fields}
    columns: dict[str, Any] = {"row": pa.array(frame.index.to_numpy(), type=arrow_type("integer"))}
    columns["unread"] = pa.array([unread.get(row) for row in frame.index], type=arrow_type("text"))
    for name in frame.columns:
        if kinds.get(name) in DAYS:
            columns[name] = pa.array(frame[name].to_numpy().astype("datetime64[D]"), type=arrow_type("date"))
        elif frame[name].dtype.kind == "M":
            columns[name] = pa.array(frame[name].to_numpy().astype("datetime64[us]"), type=arrow_type("timestamp"))
        else:
            columns[name] = pa.array(frame[name].array)
    return pa.table(columns)


def _held(checked: CheckedSheet, identity: Identity, pseudonyms: Pseudonyms) -> list[tuple[Any, ...]]:
    """The held rows: where they are, why, and a keyed hash by which the same row is known again, whole or
    by the cells that could be read."""
    read = checked.clean.read
    rows = {}
    for row, codes in checked.clean.held.items():
        position = int(read.rows.searchsorted(row))
        cells = [str(column.cells[int(column.places[position])]) for column in read.columns.values()]
        hashed = pseudonyms.of_bytes("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        said = readable_cells(read, row)
        rows[row] = (
            identity.submission, checked.clean.sheet_name, row, " ".join(codes), hashed, " ".join(said),
            hash_of_cells(said, said, pseudonyms),
        )
    return list(rows.values())


def _quality(checked: CheckedSheet, identity: Identity, found: Sequence[Finding]) -> list[tuple[Any, ...]]:
    """One line a column: how many accepted rows, how many filled in, how many cells were taken as unknown."""
    read, frame = checked.clean.read, checked.frame
    blanked = Counter(item.column for item in found if item.severity == "blank" and item.row not in checked.clean.held)
    lines = []
    for name, column in read.columns.items():
        own, *beside = (frame[each].notna().to_numpy() for each in column.field.columns)
        filled = sum(beside, own).sum()  # a sum of truths is true where any is
        lines.append((
            identity.submission, checked.clean.sheet_name, name, column.header, column.field.required,
            len(frame), int(filled), blanked[column.header],
        ))
    return lines


def _write(
    connection: DuckDBPyConnection, table: str, names: Sequence[str], lines: Sequence[tuple[Any, ...]]
) -> None:
    """The lines are in a table of `main`. One statement: DuckDB is slow row by row."""
    if not lines:
        return
    import pyarrow as pa

    columns = zip(*lines, strict=True)
    connection.register("lines", pa.table({name: list(cells) for name, cells in zip(names, columns, strict=True)}))
    try:
        connection.execute(f"INSERT INTO main.{table} BY NAME SELECT * FROM lines")
    finally:
        connection.unregister("lines")
