"""How a submission differs from the one whose place it takes: row by row, cell by cell, and what it puts right.

Rows are known again by their event's key, so a sheet sorted differently differs in nothing. What cells said is
shown to the analyst and never stored: the ledger keeps the rows' numbers alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.check import CheckedSheet
from pipelines.clean import ReadSheet
from pipelines.pseudonyms import Pseudonyms
from returns.declaration import Return
from returns.events import TABLES, EventTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A held row of which fewer cells could be read is not known again: half the list would look like it.
FEWEST_CELLS = 2


@dataclass(frozen=True)
class CellChange:
    """One column of an event, what it was and what it is now; None where it was, or is, empty.

    An `identifier` is kept as a keyed hash: that it is another can be said, and not what it was or is.
    """

    column: str
    was: Any
    now: Any
    identifier: bool = False


@dataclass(frozen=True)
class ChangedRow:
    """A row that both files have and that says something else now."""

    row: int
    was_row: int
    cells: tuple[CellChange, ...] = field(repr=False)


@dataclass(frozen=True)
class Difference:
    """By Excel row: of the new file for added and changed, of the earlier one for gone.

    `resolved` are rows that the earlier file had kept aside and the new one carries readable, as (then, now).
    `still_held` counts those kept aside again, and `held_before` all that the earlier file had.
    """

    added: tuple[int, ...]
    gone: tuple[int, ...]
    changed: tuple[ChangedRow, ...]
    resolved: tuple[tuple[int, int], ...] = ()
    still_held: int = 0
    held_before: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not (self.added or self.gone or self.changed)

    def as_ledger(self) -> dict[str, Any]:
        """The counts and the rows' numbers, as the ledger keeps them: never what a cell says."""
        return {
            "rows_added": len(self.added), "rows_gone": len(self.gone), "rows_changed": len(self.changed),
            "rows_resolved": len(self.resolved), "rows_still_held": self.still_held,
            "added": runs(self.added), "gone": runs(self.gone), "changed": runs(each.row for each in self.changed),
            "resolved": runs(now for _then, now in self.resolved),
        }


def difference(connection: DuckDBPyConnection, declared: Return, *, new: str, old: str) -> Difference:
    """What the new submission adds, leaves out and changes of the old one's events; both must be in the version."""
    first, *others = dict.fromkeys(fill.table for fill in declared.fills)
    added: list[int] = []
    gone: list[int] = []
    cells: dict[tuple[int, int], dict[str, CellChange]] = {}
    for row, was_row, changes in _differing(connection, declared, TABLES[first], new, old):
        if was_row is None:
            added.append(row)
        elif row is None:
            gone.append(was_row)
        else:
            cells.setdefault((row, was_row), {}).update(changes)
    if others:
        pairs = _pairs(connection, TABLES[first], new, old)
        back = {was: row for row, was in pairs.items()}
        for name in others:
            for row, was_row, changes in _differing(connection, declared, TABLES[name], new, old):
                place = _place(row, was_row, pairs, back)
                if place is not None:
                    _merge(cells.setdefault(place, {}), changes)
    changed = tuple(ChangedRow(*place, tuple(each.values())) for place, each in sorted(cells.items()) if each)
    return Difference(tuple(sorted(added)), tuple(sorted(gone)), changed)


def _place(
    row: int | None, was_row: int | None, pairs: Mapping[int, int], back: Mapping[int, int]
) -> tuple[int, int] | None:
    """The row of both files that an event stands in; None where the whole row is new or gone."""
    if row is not None and row in pairs:
        return row, pairs[row]
    if row is None and was_row is not None and was_row in back:
        return back[was_row], was_row
    return None


def _merge(into: dict[str, CellChange], more: Mapping[str, CellChange]) -> None:
    """A visit gone and another come in the same row are one cell that changed."""
    for name, each in more.items():
        before = into.get(name)
        if before is None:
            into[name] = each
        else:
            was = each.was if before.was is None else before.was
            now = each.now if before.now is None else before.now
            into[name] = CellChange(each.column, was, now, each.identifier)
            if was == now:
                del into[name]


def _joined(table: EventTable) -> str:
    key = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in table.key)
    return (
        f"(SELECT * FROM reported.{table.name} WHERE submission_id = $new) n FULL JOIN "
        f"(SELECT * FROM reported.{table.name} WHERE submission_id = $old) o ON {key}"
    )


def _differing(
    connection: DuckDBPyConnection, declared: Return, table: EventTable, new: str, old: str
) -> Iterator[tuple[int, int, dict[str, CellChange]]]:
    """(new row, old row, changed cells) of every event that is not the same in both; a row is None where it is not."""
    compared = [column.name for column in table.columns if not column.derived]
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in compared)
    chosen = ", ".join(f"o.{name}, n.{name}" for name in compared)
    found = connection.execute(
        f"SELECT n.source_row, o.source_row, {chosen} FROM {_joined(table)} "
        f"WHERE n.source_row IS NULL OR o.source_row IS NULL OR NOT ({same}) ORDER BY 1, 2",
        {"new": new, "old": old},
    ).fetchall()
    titles, identifiers = _titles(declared, table), _identifiers(declared, table)
    for row, was_row, *values in found:
        pairs = dict(zip(compared, zip(values[::2], values[1::2], strict=True), strict=True))
        yield row, was_row, _changes(pairs, titles, identifiers)


def _changes(
    pairs: Mapping[str, tuple[Any, Any]], titles: Mapping[str, str], identifiers: Collection[str]
) -> dict[str, CellChange]:
    differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return {
        name: CellChange(titles.get(name, name), *pair, name in identifiers)
        for name, pair in differing.items()
        if name.removesuffix("_group") == name or name.removesuffix("_group") not in differing
    }


def _titles(declared: Return, table: EventTable) -> dict[str, str]:
    """What the analyst calls each event column: the title of the return's own column."""
    titles = {item.name: item.title for item in declared.fields}
    named: dict[str, str] = {}
    for fill in declared.fills:
        if fill.table == table.name:
            for target, source in declared.filled_columns(fill):
                if isinstance(source, str):
                    named[target] = titles.get(source) or titles.get(source.removesuffix("_group"), source)
    return named


def _identifiers(declared: Return, table: EventTable) -> frozenset[str]:
    """The event columns that hold an identifier of the sender's, hashed."""
    fills = (fill for fill in declared.fills if fill.table == table.name)
    return frozenset(
        target for fill in fills for target, source in declared.filled_columns(fill) if source in declared.identifiers
    )


def _pairs(connection: DuckDBPyConnection, table: EventTable, new: str, old: str) -> dict[int, int]:
    """The row of the old file for each row of the new one that is about the same event."""
    found = connection.execute(
        f"SELECT n.source_row, o.source_row FROM {_joined(table)} "
        "WHERE n.source_row IS NOT NULL AND o.source_row IS NOT NULL", {"new": new, "old": old},
    ).fetchall()
    return {int(row): int(was) for row, was in found}


# ---- rows that were kept aside and are readable now -----------------------------------------------------------------


def readable_cells(read: ReadSheet, row: int) -> dict[str, str]:
    """What could be read of a row, by field: how the same row is known again when the rest is put right."""
    position = int(read.rows.searchsorted(row))
    said = {}
    for name, column in read.columns.items():
        reading = column.readings[int(column.places[position])]
        value = reading.value if reading.value is not None else reading.group
        if value is not None:
            said[name] = str(value)
    return said


def hash_of_cells(cells: Mapping[str, str], fields: Iterable[str], pseudonyms: Pseudonyms) -> str:
    """A keyed hash of those fields' cells, which nobody without the key can try guesses against."""
    written = "\x1f".join(f"{name}\x1e{cells.get(name, '')}" for name in fields)
    return pseudonyms.of_bytes(written.encode("utf-8", "surrogatepass"))


def with_held_rows(
    found: Difference, connection: DuckDBPyConnection, checked: CheckedSheet, pseudonyms: Pseudonyms,
    *, new: str, old: str,
) -> Difference:
    """The difference with what became of the rows that the old submission had kept aside."""
    asked = (
        "SELECT source_row, row_hash, readable, readable_hash FROM main.held_rows WHERE submission_id = ? ORDER BY 1"
    )
    held = connection.execute(asked, [old]).fetchall()
    if not held:
        return found
    again = {row_hash for _row, row_hash, *_ in connection.execute(asked, [new]).fetchall()}
    still = sum(row_hash in again for _row, row_hash, *_ in held)
    arrived = {row: readable_cells(checked.clean.read, row) for row in found.added}
    resolved = tuple(_resolved([each for each in held if each[1] not in again], arrived, pseudonyms))
    return Difference(found.added, found.gone, found.changed, resolved, still, len(held))


def _resolved(
    held: Sequence[tuple[Any, ...]], arrived: dict[int, dict[str, str]], pseudonyms: Pseudonyms
) -> Iterator[tuple[int, int]]:
    """(row then, row now) of each held row that one of the rows just added says the same as, where it could be read."""
    hashed: dict[str, dict[str, list[int]]] = {}
    for row, _row_hash, readable, wanted in held:
        fields = (readable or "").split()
        if len(fields) < FEWEST_CELLS or wanted is None:
            continue
        if readable not in hashed:
            hashed[readable] = {}
            for now, cells in arrived.items():
                hashed[readable].setdefault(hash_of_cells(cells, fields, pseudonyms), []).append(now)
        now_row = next((now for now in hashed[readable].get(wanted, []) if now in arrived), None)
        if now_row is not None:
            del arrived[now_row]
            yield int(row), now_row


def runs(rows: Iterable[int]) -> str:
    """Row numbers in short: `2-14, 17`."""
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
