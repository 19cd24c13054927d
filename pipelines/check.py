"""Checking the typed rows: against the return's model, across columns, and across rows.

The model is pandera's and is validated lazily, so that every failure is told at once; the frame's
index is the Excel row. A cell that fails is taken as unknown: a check never holds a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.check_cells import Made as _Made
from pipelines.check_cells import at as _at
from pipelines.check_cells import original as _original
from pipelines.check_cells import rows_where as _rows
from pipelines.check_order import before, each_in_order
from pipelines.check_partners import within_rows
from pipelines.findings import Finding, finding
from pipelines.rows import CleanSheet
from returns.declaration import plain_words
from returns.events import TABLES

if TYPE_CHECKING:
    import pandas as pd

MONTHS_CARRIED = 9
# Tables whose rows are episodes that a child can have only one of at a time.
ONE_AT_A_TIME = frozenset({"plans", "periods_of_care"})


@dataclass(frozen=True)
class CheckedSheet:
    """A sheet whose rows are ready to become events: the accepted rows, typed, with bad cells empty.

    `repeats` are the Excel rows that repeat an earlier row's key: accepted, and counted once.
    """

    clean: CleanSheet
    frame: pd.DataFrame
    repeats: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def rows_accepted(self) -> int:
        """How many rows count."""
        return len(self.frame)


def check(clean: CleanSheet) -> CheckedSheet:
    """The sheet with every check made and its findings added to those of cleaning, in the order of the rows."""
    found = list(clean.findings)
    frame = clean.frame
    for checks in (_against_model, _across_columns):
        made = list(checks(clean, frame))
        found += [each.finding for each in made]
        frame = _emptied(frame, made)
    repeats = list(_across_rows(clean, frame))
    found += [item for _row, item in repeats]
    found += _overlaps(clean, frame)
    found.sort(key=lambda item: (item.row or 0))
    return CheckedSheet(clean, frame, tuple(row for row, _item in repeats), tuple(found))


def _emptied(frame: pd.DataFrame, made: list[_Made]) -> pd.DataFrame:
    """The frame with the cells that failed empty, each column written once; the frame given is left as it was."""
    failed: dict[str, list[int]] = {}
    for each in made:
        row, names = each.empties
        for name in names:
            failed.setdefault(name, []).append(row)
    if not failed:
        return frame
    return frame.assign(**{name: frame[name].mask(frame.index.isin(rows)) for name, rows in failed.items()})


def _against_model(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[_Made]:
    """One finding for every cell that fails the return's declared model."""
    import pandera.errors

    declared = clean.read.recognised
    names = [item.name for item in declared.edition.fields if item.keep != "dropped"]
    try:
        declared.edition.model.validate(frame[names], lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as failures:
        for case in failures.failure_cases.itertuples():
            if case.index is None or case.column not in clean.read.columns:
                name = declared.declared.name
                raise RuntimeError(f"{name} as cleaned is not what its model says: {case.check}") from None
            yield _failed(clean, int(case.index), str(case.column), str(case.check))


def _failed(clean: CleanSheet, row: int, name: str, failed: str) -> _Made:
    code = "below-lowest" if failed.startswith("greater_than") else "value-not-allowed"
    item = clean.read.columns[name].field
    words: dict[str, object] = {}
    if item.highest is not None:
        code, words = "number-out-of-range", {"lowest": f"{item.lowest or 0:g}", "highest": f"{item.highest:g}"}
    return _Made(_at(clean, code, row, name, **words), (row, item.columns))


def _across_columns(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[_Made]:
    checks: tuple[Callable[[CleanSheet, pd.DataFrame], Iterator[_Made]], ...] = (
        _ends, each_in_order, _births, _shares, within_rows,
    )
    for one in checks:
        yield from one(clean, frame)


def _ends(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[_Made]:
    """An episode cannot end before it starts: the end is taken as unknown."""
    for start, end in _episodes(clean):
        for row in _rows(before(clean, frame, end, start)):
            yield _Made(
                _at(clean, "end-before-start", row, end, start=_original(clean, row, start),
                    start_column=clean.read.columns[start].header),
                (row, clean.read.columns[end].field.columns),
            )


def _episodes(clean: CleanSheet) -> Iterator[tuple[str, str]]:
    """The (start, end) fields of the episodes that a row fills, where the sender gave both."""
    for fill in clean.read.recognised.declared.fills:
        table, fields = TABLES[fill.table], dict(fill.columns)
        start, end = fields.get(table.dated or ""), fields.get(table.ended or "")
        if isinstance(start, str) and isinstance(end, str) and {start, end} <= set(clean.read.columns):
            yield start, end


def _births(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[_Made]:
    """An event over nine months before birth: one of the two dates is wrong, and the event's is what is counted."""
    event = clean.read.recognised.declared.event_date
    if event is None or not {event, "birth_month"} <= set(clean.read.columns):
        return
    earliest = frame["birth_month"].to_numpy().astype("datetime64[M]") - MONTHS_CARRIED
    for row in frame.index[frame[event].to_numpy().astype("datetime64[D]") < earliest].tolist():
        yield _Made(
            _at(clean, "event-before-birth", row, "birth_month", event=_original(clean, row, event),
                event_column=clean.read.columns[event].header),
            (row, ("birth_month",)),
        )


def _shares(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[_Made]:
    """A share cannot be more than the whole: of two totals of which that is true, neither is believed."""
    part, whole = "numerator", "denominator"
    if not {"indicator", part, whole} <= set(clean.read.columns):
        return
    over = _rows(frame[part] > frame[whole])
    shares = _indicators_that_are_shares() if over else frozenset()
    for row in over:
        if plain_words(str(frame.at[row, "indicator"])) in shares:
            yield _Made(
                _at(clean, "numerator-over-denominator", row, part, whole=_original(clean, row, whole),
                    whole_column=clean.read.columns[whole].header),
                (row, (part, whole)),
            )


def _indicators_that_are_shares() -> frozenset[str]:
    """The ids and titles of the indicators told in per cent, as plain words."""
    from metrics.catalogue import load_catalogue

    return frozenset(
        plain_words(text) for one in load_catalogue() if one.indicator.unit == "percent"
        for text in (one.indicator.id, one.indicator.title)
    )


def _across_rows(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[tuple[int, Finding]]:
    """Rows that repeat an earlier row's key: (Excel row, finding). The earlier row is the one that counts."""
    key = [name for name in clean.read.recognised.declared.key if name in frame.columns]
    repeated = frame.duplicated(subset=key, keep="first")
    if not repeated.any():
        return
    firsts = frame.groupby(key, dropna=False, sort=False).ngroup()
    first_rows: dict[int, int] = {}
    for row, group in zip(frame.index.tolist(), firsts.tolist(), strict=True):
        first_rows.setdefault(group, row)
    same = frame.duplicated(keep="first")
    for row in _rows(repeated):
        code = "row-repeated" if bool(same.loc[row]) else "key-repeated"
        yield row, finding(code, sheet=clean.sheet_name, row=row, first=first_rows[int(firsts.loc[row])],
                           rows_are=clean.read.recognised.declared.rows_are)


def _overlaps(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Finding]:
    """Episodes of one child that overlap, told at the later one."""
    declared = clean.read.recognised.declared
    if not any(fill.table in ONE_AT_A_TIME for fill in declared.fills):
        return
    for start, end in _episodes(clean):
        ordered = frame[["child_id", start, end]].sort_values(["child_id", start], kind="stable")
        before = ordered.groupby("child_id", sort=False).shift(1)
        same_child = ordered["child_id"].duplicated()
        still_open = before[end].isna() | (ordered[start] < before[end])
        overlapping = same_child & still_open & (ordered[start] > before[start])
        positions = {row: place for place, row in enumerate(ordered.index)}
        for row in _rows(overlapping):
            yield _at(clean, "episodes-overlap", row, start, other=int(ordered.index[positions[row] - 1]),
                      rows_are=declared.rows_are)
