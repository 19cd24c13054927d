"""Checks of the order of two dates of one row: what must come first cannot come last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.check_cells import Made, at, original, rows_where
from pipelines.rows import CleanSheet

if TYPE_CHECKING:
    import pandas as pd


def before(clean: CleanSheet, frame: pd.DataFrame, later: str, earlier: str) -> pd.Series:
    """For each row, whether the date `later` is before `earlier`; on one day, by the clock where both times are known.

    Both must be columns that the sender gave.
    """
    wrong = frame[later] < frame[earlier]
    fields = (clean.read.columns[later].field, clean.read.columns[earlier].field)
    if all(field.kind == "moment" for field in fields):
        wrong |= frame[f"{later}_at"] < frame[f"{earlier}_at"]
    return wrong


def each_in_order(clean: CleanSheet, frame: pd.DataFrame) -> Iterator[Made]:
    """One finding for every date that is before one it follows: the later step is taken as unknown."""
    for first, second in clean.read.recognised.declared.follows:
        if not {first, second} <= set(clean.read.columns):
            continue
        for row in rows_where(before(clean, frame, second, first)):
            yield Made(
                at(clean, "date-out-of-order", row, second, first=original(clean, row, first),
                   first_column=clean.read.columns[first].header),
                (row, clean.read.columns[second].field.columns),
            )
