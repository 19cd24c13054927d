"""The peer: the same figures by pandas, one indicator and one quarter after another, as an analyst's notebook would.

Every expression of the catalogue is worked out over whole columns (nullable booleans keep *unknown* apart from
*no*), once for each indicator and quarter, over frames that are already in memory, and then counted for the county
and for each group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlglot import exp

from metrics.clocks import Clocks
from metrics.compile import Moment
from metrics.declared import Declared
from metrics.model import Part
from metrics.where import call, literal_date, name_of
from returns.periods import Period

Frames = Mapping[tuple[str, str], pd.DataFrame]
Counts = tuple[float | None, float | None, int, int]
Label = tuple[str | None, str | None]  # a grouping and a group of it; (None, None) is the whole county

_COMPARISONS: dict[type, Callable[[Any, Any], Any]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
}


@dataclass(frozen=True)
class Notebook:
    """Frames by (schema, table), and what the expressions need beside them."""

    frames: Frames
    clocks: Clocks
    holidays: np.ndarray[Any, Any]
    made: dict[tuple[str, str, str], pd.Series] = field(default_factory=dict)

    def counts(self, one: Declared, moment: Moment, by: Sequence[str] = ()) -> dict[Label, Counts]:
        """(numerator, denominator, left out, too recent) of one indicator for one period and basis, and by group."""
        indicator = one.indicator
        own = indicator.nature in ("snapshot", "lookback")
        schema = "reported" if own or moment.basis == "reported" else "known"
        rows = self.frames[schema, indicator.table]
        parts: Sequence[Part] = indicator.parts
        masks = [self._members(rows, part, one, moment, own, schema) for part in parts]
        above = parts[0]
        if len(parts) == 2 and above.membership != parts[1].membership:
            top = self._counted(rows[masks[0]], one, moment, by, "numerator", None, [(above, (2,)), (None, ())])
            below = self._counted(rows[masks[1]], one, moment, by, "denominator", None, [(None, ()), (parts[1], (2,))])
            none: Counts = (0, 0, 0, 0)
            return {
                label: (t[0], b[1], t[2] + b[2], t[3] + b[3])
                for label in {**top, **below}
                for t, b in [(top.get(label, none), below.get(label, none))]
            }
        chosen = rows[masks[0]]
        if len(parts) == 2:
            measured = [(above, (2,)), (parts[1], (1, 2))]
            return self._counted(chosen, one, moment, by, "denominator", "numerator", measured)
        return self._counted(chosen, one, moment, by, "numerator", None, [(above, (2,)), (None, ())])

    def _counted(
        self, rows: pd.DataFrame, one: Declared, moment: Moment, by: Sequence[str], scope: str, met: str | None,
        measured: Sequence[tuple[Part | None, tuple[int, ...]]],
    ) -> dict[Label, Counts]:  # fmt: skip
        states = self._states(rows, one, moment, scope=scope, met=met)
        groups = {(None, None): rows.index}
        for name in by:
            for label, of_group in rows.groupby(_labels(rows[one.indicator.group_column(name)])):
                groups[name, str(label)] = of_group.index
        found: dict[Label, Counts] = {}
        for label, index in groups.items():
            above, below = self._parts(rows, states, index, one, moment, measured)
            found[label] = (above, below, _of(states, index, 3), _of(states, index, 4))
        return found

    def _parts(
        self, rows: pd.DataFrame, states: pd.Series, index: pd.Index, one: Declared, moment: Moment,
        measured: Sequence[tuple[Part | None, tuple[int, ...]]],
    ) -> tuple[float | None, float | None]:  # fmt: skip
        (above, wanted), (below, also) = measured
        in_group = states.loc[index]
        counted = rows.loc[in_group.index[in_group.isin(wanted)]]
        if above is not None and above.measure == "mean":
            weights = counted[above.weight] if above.weight is not None else pd.Series(1, index=counted.index)
            values = self._value(one.conditions["numerator.of"].tree, counted, moment.period)
            return (float((values * weights).sum()) if len(counted) else None, float(weights.sum()))
        under = rows.loc[in_group.index[in_group.isin(also)]]
        return (_measure(above, counted), _measure(below, under))

    def _members(
        self, rows: pd.DataFrame, part: Part, one: Declared, moment: Moment, own: bool, schema: str
    ) -> pd.Series:
        start, end = pd.Timestamp(moment.period.start), pd.Timestamp(moment.period.end)
        if part.dated is not None:
            member = rows[part.dated].between(start, end)
            if schema == "reported":
                member &= rows["period"] == self._quarters(schema, one.indicator.table, part.dated)
            return member
        table = one.indicator.event_table
        member = pd.Series(True, index=rows.index)
        if schema == "reported":
            member = rows["period"] == str(moment.period.quarter())
        if part.open is None:
            return member
        day = end if part.open == "at end" else rows["extract_date"]
        last = rows[str(table.ended)] - pd.Timedelta(days=1)
        if schema == "known" and table.column("open_until") is not None:
            last = rows["open_until"]
        return member & (rows[str(table.dated)] <= day) & (last.isna() | (last >= day))

    def _quarters(self, schema: str, table: str, column: str) -> pd.Series:
        """The quarter of each row's date, worked out once."""
        key = (schema, table, column)
        if key not in self.made:
            days = self.frames[schema, table][column]
            names = {day: _quarter(day) for day in days.dropna().unique()}
            self.made[key] = days.map(names)
        return self.made[key]

    def _states(self, rows: pd.DataFrame, one: Declared, moment: Moment, *, scope: str, met: str | None) -> pd.Series:
        asked = {"scope": f"{scope}.where", "met": f"{met}.where", "needs": "needs"}
        answers = {
            name: self._value(one.conditions[place].tree, rows, moment.period).astype("boolean")
            for name, place in asked.items()
            if place in one.conditions
        }
        yes = pd.Series(True, index=rows.index, dtype="boolean")
        in_scope, is_met = answers.get("scope", yes), answers.get("met", yes)
        judged = self._judged(one, rows, moment.period)
        unknown = judged.isna() | is_met.isna() | ~answers.get("needs", yes).fillna(False)
        part = one.indicator.numerator
        for name in {str(each.of) for each in one.indicator.parts if each.measure in ("distinct", "sum")}:
            unknown |= rows[name].isna()
        if part.measure == "mean":
            unknown |= self._value(one.conditions["numerator.of"].tree, rows, moment.period).isna()
            unknown |= rows[part.weight].isna() if part.weight is not None else False
        if part.open is not None:
            ended = str(one.indicator.event_table.ended)
            unknown |= _unread(rows, ended)
        states = np.where(is_met.fillna(False), 2, 1)
        states = np.where(unknown, 3, states)
        states = np.where(~judged.fillna(True), 4, states)
        states = np.where(in_scope.isna(), 3, states)
        states = np.where(~in_scope.fillna(True), 0, states)
        return pd.Series(states, index=rows.index)

    def _judged(self, one: Declared, rows: pd.DataFrame, period: Period) -> pd.Series:
        after = one.indicator.judge_after
        if after is None:
            return pd.Series(True, index=rows.index, dtype="boolean")
        on: Any = rows["extract_date"]
        if after.seen_to is not None:
            on = rows[after.seen_to]
        elif one.indicator.nature in ("stock", "lookback"):
            on = _constant(period.end, rows)
        start = rows[after.start]
        if after.months is not None:
            return _compared(_months(start, on), after.months, exp.GTE)
        if after.days is not None:
            return _compared((on - start).dt.days, after.days, exp.GT)
        limit = after.working_days
        if after.clock is not None:
            limit = self.clocks[after.clock].on(period.end)
            if self.clocks[after.clock].unit == "days":
                return _compared((on - start).dt.days, limit, exp.GT)
        return _compared(self._working_days(start, on), limit, exp.GT)

    def _value(self, node: exp.Expression, rows: pd.DataFrame, period: Period) -> Any:
        value = lambda each: self._value(each, rows, period)  # noqa: E731 - one word for the walk
        if isinstance(node, exp.Paren):
            return value(node.this)
        if isinstance(node, exp.And | exp.Or):
            left, right = (value(each).astype("boolean") for each in (node.this, node.expression))
            return left & right if isinstance(node, exp.And) else left | right
        if isinstance(node, exp.Not):
            return ~value(node.this).astype("boolean")
        if isinstance(node, exp.Is):
            return value(node.this).isna().astype("boolean")
        if isinstance(node, exp.In):
            held = value(node.this)
            found = held.isin([value(each) for each in node.expressions]).astype("boolean")
            return found.mask(held.isna())
        if isinstance(node, exp.Between):
            held = value(node.this)
            low, high = (
                _compared(held, value(node.args[end]), how) for end, how in (("low", exp.GTE), ("high", exp.LTE))
            )
            return low & high
        if type(node) in _COMPARISONS:
            return _compared(value(node.this), value(node.expression), type(node))
        return self._leaf(node, rows, period)

    def _leaf(self, node: exp.Expression, rows: pd.DataFrame, period: Period) -> Any:
        if (name := name_of(node)) is not None:
            named = {"period_start": period.start, "period_end": period.end}
            return _constant(named[name], rows) if name in named else rows[name]
        if isinstance(node, exp.Literal):
            return str(node.this) if node.is_string else float(node.this)
        if isinstance(node, exp.Neg):
            return -self._value(node.this, rows, period)
        if isinstance(node, exp.Boolean):
            return pd.Series(bool(node.this), index=rows.index, dtype="boolean")
        if isinstance(node, exp.Null):
            return pd.Series(pd.NA, index=rows.index, dtype="boolean")
        if (day := literal_date(node)) is not None:
            return pd.Timestamp(day)
        name, arguments = call(node) or ("", [])
        if name == "clock":
            return self.clocks[str(arguments[0].this)].on(period.end)
        if name == "unread":
            return _unread(rows, str(name_of(arguments[0])))
        start, end = (self._value(each, rows, period) for each in arguments)
        if name == "months_after":
            return start + pd.DateOffset(months=int(end))
        if name == "working_days_between":
            return self._working_days(start, end)
        if name == "days_between":
            return (end - start).dt.days
        months = _months(start, end)
        return months // 12 if name == "age_at" else months

    def _working_days(self, start: pd.Series, end: pd.Series) -> pd.Series:
        known = start.notna() & end.notna()
        found = pd.Series(np.nan, index=start.index)
        one_day = np.timedelta64(1, "D")
        first, last = (side[known].to_numpy().astype("datetime64[D]") + one_day for side in (start, end))
        found[known] = np.busday_count(first, last, holidays=self.holidays)
        return found


def _unread(rows: pd.DataFrame, column: str) -> pd.Series:
    """Whether each row's cell was filled but could not be read."""
    filled = rows["unread"].dropna()
    names = filled.str.split(" ").map(lambda each: column in each)
    return names.reindex(rows.index, fill_value=False).astype("boolean")


def _of(states: pd.Series, index: pd.Index, state: int) -> int:
    return int((states.loc[index] == state).sum())


def _measure(part: Part | None, rows: pd.DataFrame) -> float | None:
    if part is None:
        return None
    if part.measure == "count":
        return len(rows)
    column = rows[str(part.of)]
    return int(column.nunique()) if part.measure == "distinct" else float(column.sum())


def _labels(column: pd.Series) -> pd.Series:
    """The group that each row is of, as it is shown."""
    if column.dtype == "boolean":
        column = column.map({True: "Yes", False: "No"})
    return column.astype("object").where(column.notna(), "Not recorded")


def _constant(day: date, rows: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.Timestamp(day), index=rows.index)


def _compared(left: Any, right: Any, how: type) -> pd.Series:
    """A comparison that is unknown where either side is."""
    found = pd.Series(_COMPARISONS[how](left, right)).astype("boolean")
    unknown = left.isna() if isinstance(left, pd.Series) else pd.Series(False, index=found.index)
    if isinstance(right, pd.Series):
        unknown = unknown | right.isna()
    return found.mask(unknown)


def _months(start: pd.Series, end: pd.Series) -> pd.Series:
    between = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month
    return between - ((end.dt.day < start.dt.day) & ~end.dt.is_month_end)


def _quarter(day: pd.Timestamp) -> str:
    year = day.year - (day.month < 4)
    return f"{year}-{(year + 1) % 100:02d}-Q{(day.month - 4) % 12 // 3 + 1}"
