"""Typed columns: how each kind of field is held in a frame, and as which column of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from returns.declaration import Kind

if TYPE_CHECKING:
    import pyarrow as pa

_ARRAYS: dict[str, Any] = {"age": "Int64", "count": "Int64", "number": "Float64", "flag": "boolean"}
# Kinds whose own column is a day.
DAYS = frozenset({"date", "moment", "birth"})


def typed_array(kind: Kind, values: Sequence[object], *, beside: bool = False) -> Any:
    """The values of a field's kind as a pandas array; a birth becomes the first day of its month.

    `beside` is for the second column of a field that has two: a group, or a moment.
    """
    import pandas as pd
    import pyarrow as pa

    if beside and kind == "moment":
        moments = [value if isinstance(value, datetime) else None for value in values]
        return _moments(moments, pa.timestamp("us"))
    if beside:
        return pd.array([value if isinstance(value, str) else None for value in values], dtype="string")
    if kind in DAYS:
        days = [value if isinstance(value, date) else None for value in values]
        if kind == "birth":
            days = [day.replace(day=1) if day is not None else None for day in days]
        return _moments(days, pa.date32())
    kept: Any = list(values)
    return pd.array(kept, dtype=_ARRAYS.get(kind, "string"))


def _moments(values: Sequence[date | None], held_as: pa.DataType) -> Any:
    """The values as pandas holds moments. Arrow takes a thirtieth of numpy's time to read Python's days."""
    import pandas as pd
    import pyarrow as pa

    return pd.array(pa.array(values, type=held_as).to_numpy(zero_copy_only=False).astype("datetime64[ns]"))


def arrow_type(column_type: str) -> pa.DataType:
    """The Arrow type of an event table's column."""
    import pyarrow as pa

    return {
        "text": pa.string(), "date": pa.date32(), "timestamp": pa.timestamp("us"), "integer": pa.int64(),
        "number": pa.float64(), "boolean": pa.bool_(),
    }[column_type]
