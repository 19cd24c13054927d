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
    import numpy as np
    import pandas as pd

    if beside and kind == "moment":
        moments = [value if isinstance(value, datetime) else None for value in values]
        return pd.array(np.array(moments, dtype="datetime64[us]").astype("datetime64[ns]"))
    if beside:
        return pd.array([value if isinstance(value, str) else None for value in values], dtype="string")
    if kind in DAYS:
        days = [value if isinstance(value, date) else None for value in values]
        if kind == "birth":
            days = [day.replace(day=1) if day is not None else None for day in days]
        return pd.array(np.array(days, dtype="datetime64[D]").astype("datetime64[ns]"))
    kept: Any = list(values)
    return pd.array(kept, dtype=_ARRAYS.get(kind, "string"))


def arrow_type(column_type: str) -> pa.DataType:
    """The Arrow type of an event table's column."""
    import pyarrow as pa

    return {
        "text": pa.string(), "date": pa.date32(), "timestamp": pa.timestamp("us"), "integer": pa.int64(),
        "number": pa.float64(), "boolean": pa.bool_(),
    }[column_type]
