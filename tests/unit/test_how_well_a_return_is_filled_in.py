"""How well a return is filled in: its columns over the quarters, the rows kept aside, and what came late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from rows_sent import Q1, Q2, put, sent

from metrics.examples import InMemory
from metrics.quality import Filled, HeldRow, completeness, held_rows, recorded_late
from returns.places import Places
from warehouse import store
from warehouse.store import Reader

OF = {"return_name": "contacts", "agency": "council"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Contacts for two quarters: a contact of spring that came in summer, a row kept aside, a column renamed."""
    places = Places.of(tmp_path_factory.mktemp("data"))
    with store.build(places) as builder:
        made = InMemory(builder.connection)
        sent(made, "contacts", period=Q1)
        sent(made, "contacts", "care_leavers", file="list 1.xlsx")
        put(made, "contacts", {"received": date(2025, 5, 1)}, period=Q1)
        put(
            made, "contacts",
            {"child_id": "late", "received": date(2025, 6, 30)},
            {"child_id": "now", "received": date(2025, 7, 1)},
        )  # fmt: skip
        builder.connection.execute("UPDATE known.contacts SET first_period = period")
        for quarter, header, filled in ((Q1, "Source of contact", 0), (Q2, "Contact source", 3)):
            builder.connection.execute(
                "INSERT INTO main.column_quality (submission_id, sheet, field, header, required, cells, filled, "
                "blanked) VALUES (?, 'List_1', 'source', ?, true, ?, ?, 1)",
                [f"S-contacts-council-{quarter}", header, 4 if quarter == Q2 else 0, filled],
            )
        builder.connection.execute(
            "INSERT INTO main.held_rows (submission_id, sheet, source_row, codes, row_hash) "
            "VALUES (?, 'List_1', 7, 'date-unclear key-missing', 'x')",
            [f"S-contacts-council-{Q2}"],
        )
    with store.reader(places) as opened:
        yield opened


def test_a_column_has_its_latest_header_and_how_it_was_filled_each_quarter(source: Reader) -> None:
    (column,) = completeness(source, **OF)
    assert (column.field, column.header, column.required) == ("source", "Contact source", True)
    assert column.quarters == {Q2: Filled(4, 3, 1), Q1: Filled(0, 0, 1)}
    assert [filled.share for filled in column.quarters.values()] == [75.0, None]


def test_a_row_kept_aside_is_named_with_its_file_sheet_row_and_codes(source: Reader) -> None:
    assert held_rows(source, **OF) == (
        HeldRow("S-contacts-council-2025-26-Q2", Q2, "list 1.xlsx", "List_1", 7, ("date-unclear", "key-missing")),
    )


def test_what_only_a_later_quarters_file_had_is_late_in_the_quarter_of_its_day(source: Reader) -> None:
    late = {one.quarter: (one.events, one.late, one.share) for one in recorded_late(source, **OF)}
    assert late == {Q2: (1, 0, 0.0), Q1: (2, 1, 50.0)}


def test_a_list_of_who_is_in_touch_has_no_day_to_be_late_by(source: Reader) -> None:
    assert recorded_late(source, return_name="care_leavers", agency="council") == ()


def test_another_agencys_return_says_nothing_of_this_ones(source: Reader) -> None:
    other = {"return_name": "contacts", "agency": "police"}
    assert (completeness(source, **other), held_rows(source, **other), recorded_late(source, **other)) == ((), (), ())
