"""Rows to feed both engines: dates at the edges of periods and limits, the codes that declarations name, and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from second_engine.words import months_later
from sqlglot import exp

from metrics.declared import Declared
from returns.events import Column, EventTable
from returns.periods import Period

# Lengths that declarations speak of: days and months before or after an edge, and a day to either side of each.
_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 15, 20, 28, 29, 42, 45, 60, 63, 65, 90)
_MONTHS = (1, 3, 6, 12, 24)


def days_near(periods: Sequence[Period]) -> list[date]:
    """The first and last days of the periods, and what lies a limit before or after them, give or take a day."""
    edges = {edge for period in periods for edge in (period.start, period.end)}
    edges |= {period.end + timedelta(days=5) for period in periods}
    found = set(edges)
    for edge in edges:
        found |= {edge + timedelta(days=sign * days + more) for days in _DAYS for sign in (-1, 1) for more in (0, 1)}
        found |= {
            months_later(edge, -months) + timedelta(days=more) for months in _MONTHS for more in (-1, 0, 1)
        }  # fmt: skip
    return sorted(found)


def literals_of(indicators: Iterable[Declared]) -> dict[str, set[Any]]:
    """The values that the declarations compare each column with."""
    found: dict[str, set[Any]] = defaultdict(set)
    for one in indicators:
        for condition in one.conditions.values():
            for node in condition.tree.walk():
                if not isinstance(node, (exp.Binary, exp.In, exp.Between)):
                    continue
                names = [column.name for column in node.find_all(exp.Column)]
                texts = [one.this for one in node.find_all(exp.Literal) if one.is_string]
                numbers = [Fraction(one.this) for one in node.find_all(exp.Literal) if not one.is_string]
                if len(set(names)) == 1:
                    found[names[0]] |= {*texts, *numbers}
    return found


def cells(column: Column, named: set[Any], days: Sequence[date], unread: Sequence[str]) -> st.SearchStrategy[Any]:
    """What may stand in a cell of the column."""
    if column.name == "unread":
        return st.sampled_from([None, None, None, *unread, " ".join(sorted(unread)) or None])
    if column.type == "boolean":
        return st.sampled_from([True, False, None])
    if column.type in ("integer", "number"):
        near = {Fraction(-1), Fraction(0), Fraction(1), Fraction(4)}
        near |= {number + step for number in named if isinstance(number, Fraction) for step in (-1, 0, 1)}
        near |= {Fraction(1, 4), Fraction(81, 4)} if column.type == "number" else set()
        whole = column.type == "integer"
        return st.sampled_from([None, *(int(number) if whole else float(number) for number in sorted(near))])
    if column.type == "date":
        return st.sampled_from([None, *days, *days, None]) | st.sampled_from(days)
    if column.type == "timestamp":
        return st.sampled_from([None, *(datetime(day.year, day.month, day.day, 9) for day in days)])
    texts = sorted(text for text in named if isinstance(text, str))
    return st.sampled_from([None, "Other", "1", *texts, *texts])


def rows(
    table: EventTable, indicators: Sequence[Declared], *, columns: Iterable[str], periods: Sequence[Period], most: int
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of rows of the table, with values in those of its columns that matter here."""
    named, days = literals_of(indicators), days_near(periods)
    unread = sorted(
        {column.name for column in table.columns for one in indicators for condition in one.conditions.values()
         if f"unread({column.name})" in condition.text} | ({table.ended} if table.ended else set())
    )  # fmt: skip
    wanted = [column for column in table.all_columns() if column.name in {*columns, "unread"}]
    sent_for = sorted({month.quarter() for period in periods for month in period.months()})
    # Submissions of the last quarters are likelier, for that is where the rows are counted.
    quarters = st.sampled_from([*sent_for, *sent_for[-2:], *[sent_for[-1]] * 4])
    cell_of = {column.name: cells(column, named[column.name], days, unread) for column in wanted}
    one = st.fixed_dictionaries(
        {
            "quarter": quarters,
            "extracted": st.sampled_from([5, 5, 5, 0, -1, 1, 40]),
            "on": st.sampled_from([("known",), ("reported",), ("known", "reported"), ("known", "reported")]),
            "cells": st.fixed_dictionaries(cell_of),
        }
    )
    # Left to itself, Hypothesis draws five rows or so. Now and then that is what is wanted: none to count, or one.
    many, few = st.lists(one, min_size=most // 2, max_size=most), st.lists(one, max_size=3)
    return (many | many | many | few).map(lambda drawn: [row for each in drawn for row in _as_held(each)])


def _as_held(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """The row on each basis that it is held on."""
    quarter: Period = drawn["quarter"]
    full = {
        **drawn["cells"], "period": str(quarter), "extract_date": quarter.end + timedelta(days=drawn["extracted"]),
    }  # fmt: skip
    return [{**full, "basis": basis} for basis in drawn["on"]]
