"""What a figure is said to lose by an unknown cell is what it loses: the examples are worked out again without it."""

from __future__ import annotations

from functools import cache

import pytest

from metrics.catalogue import load_catalogue
from metrics.declared import Declared
from metrics.examples import InMemory, empty_warehouse, work_out
from metrics.model import Example
from metrics.result import Result
from metrics.unknown_cells import UnknownCell, loss

# The sender's own count of earlier referrals is needed only where twelve months of them are not held.
MADE_UP_FOR = {("ref_repeat_12m", "referrals_12m")}


@pytest.fixture(scope="module")
def empty() -> InMemory:
    return empty_warehouse()


@cache
def indicators() -> tuple[Declared, ...]:
    """Every indicator of rows; totals are not counted row by row."""
    return tuple(one for one in load_catalogue() if one.indicator.table != "aggregates")


def cells_of(one: Declared, example: Example) -> dict[str, UnknownCell]:
    """The cells of the example's rows that could be unknown, by the heading of each."""
    headings = [name.strip() for name in example.rows.strip().splitlines()[0].split("|")]
    found = {}
    for name in headings:
        plain = name.removesuffix("_group")
        if name not in ("child", "unread", "extract_date", "period", "agency", one.indicator.event_table.dated):
            found[name] = UnknownCell(frozenset({name}), frozenset({plain, name}))
    return found


def without(example: Example, heading: str) -> Example:
    """The example with that cell unknown in every row, and noted as sent and not readable."""
    lines = [[cell.strip() for cell in line.split("|")] for line in example.rows.strip().splitlines()]
    place = lines[0].index(heading)
    noted = f"{heading} {heading.removesuffix('_group')}"
    rows = ["|".join((*lines[0], "unread"))]
    rows += ["|".join((*line[:place], "", *line[place + 1 :], noted)) for line in lines[1:]]
    return example.model_copy(update={"rows": "\n".join(rows)})


def counted(result: Result) -> tuple[object, ...]:
    return result.numerator, result.denominator, result.too_recent, result.left_out


def _is_derived(one: Declared, heading: str) -> bool:
    column = one.indicator.event_table.column(heading)
    return column is not None and column.derived


@pytest.mark.parametrize("theme", sorted({one.indicator.theme for one in indicators()}))
def test_a_figure_loses_a_row_with_an_unknown_cell_only_where_that_is_said(theme: str, empty: InMemory) -> None:
    catalogue = load_catalogue()
    wrong = []
    for one in indicators():
        example = one.indicator.examples[0]
        if one.indicator.theme != theme or "unread" in example.rows or example.by is not None:
            continue
        before = counted(work_out(one, example, catalogue=catalogue, empty=empty))
        lost = False
        for heading, cell in cells_of(one, example).items():
            said = loss(one, cell)
            # What is lost is tried of one cell an indicator, and only of one that is sent; what is not, of every one.
            if said == "not counted" and (lost or _is_derived(one, heading)):
                continue
            after = counted(work_out(one, without(example, heading), catalogue=catalogue, empty=empty))
            if said is None and after != before:
                wrong.append(f"{one.id}: {heading} was said to cost nothing, and {before} became {after}")
            if said == "as if empty" and after[3] != before[3]:
                wrong.append(f"{one.id}: {heading} was said to be read as empty, and {before} became {after}")
            if said == "not counted":
                lost = True
                if after == before and (one.id, heading) not in MADE_UP_FOR:
                    wrong.append(f"{one.id}: {heading} was said to cost the row, and {before} stayed")
    assert wrong == []


def test_a_blank_date_counts_against_where_a_blank_says_no_and_one_that_cannot_be_read_does_not() -> None:
    visited = load_catalogue()["cp_visited_in_time"]
    assert loss(visited, UnknownCell(frozenset({"last_visit"}))) == "as if empty"
    assert loss(visited, UnknownCell(frozenset({"last_visit"}), frozenset({"last_visit"}))) == "not counted"
    assert loss(visited, UnknownCell(frozenset({"sex", "sex_group"}), frozenset({"sex"}))) is None
