"""No reader of a protected table can work out a hidden count from what is shown and from every total."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.disclosure import Protected, protect
from metrics.recovery import Cell, fixed
from metrics.schemes import chosen
from tests.attacker import Reader

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))
UNHURRIED = settings(deadline=None, max_examples=60)
SCHEMES = st.sampled_from(["closed", "restricted", "public"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    width = draw(st.integers(1, 4))
    return draw(st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=3))


def read(table: list[list[int]], cells: list[list[Protected]], limit: int) -> Reader:
    """All that a reader has who knows every total of two cells or more that is not itself too small to be shown."""
    reader = Reader()
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            reader.cell((i, j), count, shown=cells[i][j].status == "ok")
    for i, row in enumerate(table):
        if len(row) > 1 and not 0 < sum(row) <= limit:
            reader.total([(i, j) for j in range(len(row))], sum(row))
    for j in range(len(table[0])):
        of_column = sum(row[j] for row in table)
        if len(table) > 1 and not 0 < of_column <= limit:
            reader.total([(i, j) for i in range(len(table))], of_column)
    return reader


@UNHURRIED
@given(tables(), st.sampled_from(["closed", "restricted"]))
def test_no_hidden_count_can_be_worked_out_from_the_totals(table: list[list[int]], scheme: str) -> None:
    assert read(table, protect(table, scheme=scheme), chosen(scheme).hides).worked_out() == []


@UNHURRIED
@given(tables(), SCHEMES)
def test_a_small_count_is_never_shown_and_a_hidden_one_is_never_a_number(table: list[list[int]], scheme: str) -> None:
    limit = chosen(scheme).hides
    for row, cells in zip(table, protect(table, scheme=scheme), strict=True):
        for count, cell in zip(row, cells, strict=True):
            assert (cell.shown is None) == (cell.status in ("c", "low"))
            if 0 < count <= limit:
                assert cell.status == "c"


@UNHURRIED
@given(tables(), SCHEMES)
def test_no_hidden_count_is_alone_in_its_row_or_column(table: list[list[int]], scheme: str) -> None:
    cells = protect(table, scheme=scheme)
    for line in [*cells, *zip(*cells, strict=True)]:
        if len(line) > 1:
            assert sum(cell.status == "c" for cell in line) != 1


@UNHURRIED
@given(st.lists(st.one_of(st.just(0), st.integers(5, 60)), min_size=1, max_size=6))
def test_a_true_zero_and_a_count_above_the_limit_are_shown(row: list[int]) -> None:
    assert protect(row, scheme="closed") == [(count, "ok") for count in row]


@UNHURRIED
@given(tables())
def test_the_public_reads_counts_to_the_nearest_five(table: list[list[int]]) -> None:
    for row, cells in zip(table, protect(table, scheme="public"), strict=True):
        for count, cell in zip(row, cells, strict=True):
            if cell.shown is not None:
                assert cell.shown % 5 == 0
                assert abs(cell.shown - count) <= 2


@UNHURRIED
@given(tables())
def test_the_analyst_sees_every_count(table: list[list[int]]) -> None:
    assert protect(table, scheme="none") == [[(count, "ok") for count in row] for row in table]


@UNHURRIED
@given(tables(), SCHEMES)
def test_protecting_twice_or_turned_on_its_side_hides_as_little(table: list[list[int]], scheme: str) -> None:
    assert protect(table, scheme=scheme) == protect([tuple(row) for row in table], scheme=scheme)
    small = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if chosen(scheme).small(count)}
    if not small:
        assert all(cell.status != "c" for row in protect(table, scheme=scheme) for cell in row)


@UNHURRIED
@given(tables(), st.lists(st.booleans(), min_size=20, max_size=20))
def test_what_can_be_worked_out_is_what_linear_programming_works_out(table: list[list[int]], mask: list[bool]) -> None:
    places = [(i, j) for i, row in enumerate(table) for j in range(len(row))]
    hidden = [place for place, is_hidden in zip(places, mask, strict=False) if is_hidden]
    reader = Reader()
    for i, j in places:
        reader.cell((i, j), table[i][j], shown=(i, j) not in hidden)
    for i, row in enumerate(table):
        reader.total([(i, j) for j in range(len(row))], sum(row))
    for j in range(len(table[0])):
        reader.total([(i, j) for i in range(len(table))], sum(row[j] for row in table))
    cells = [Cell(place, place[0], place[1], table[place[0]][place[1]]) for place in hidden]
    assert fixed(cells) == reader.worked_out(zeros_too=True)


def test_the_reader_of_these_tests_works_out_what_hiding_small_counts_alone_gives_away() -> None:
    reader = Reader()
    for place, count in enumerate([3, 12, 20]):
        reader.cell(place, count, shown=count > 4)
    reader.total(range(3), 35)
    assert reader.worked_out() == [0]
