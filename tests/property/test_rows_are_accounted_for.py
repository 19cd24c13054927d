"""Whatever is in the cells, rows read are rows accepted and rows held, and every held row has its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sent_files import fields_of, headers_of

from pipelines.cell_dates import EXCEL_EPOCH, read_day
from pipelines.check import check
from pipelines.clean import Rules, read_sheet
from pipelines.pseudonyms import Pseudonyms
from pipelines.recognise import recognise
from pipelines.rows import settle
from pipelines.workbook import Sheet, Workbook
from returns.codes import code_lists
from returns.places import PROJECT

RETURNS = ("contacts", "referrals", "section_47", "child_protection_plans", "children_looked_after", "care_leavers")
DAYS = st.dates(date(1935, 1, 1), date(2099, 12, 31))
CELLS = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.integers(-(10**6), 10**18),
    st.floats(),
    st.booleans(),
    st.dates(date(1890, 1, 1), date(2100, 1, 1)),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        [
            "a) Yes",
            "N/A",
            "#REF!",
            "[c]",
            "<5",
            "31/06/2024",
            "05/01/2024",
            "00123",
            "Total",
            "6",
            "CAFCASS",
            "\u00a0",
            "\u202eabc",
            "1900-01-00",
            "-1",
            "12%",
            "x'); drop table t;--",
            "\ud800",
        ]
    ),
)


@st.composite
def sheets(draw):
    """A sheet with a return's headers and rows of anything."""
    name = draw(st.sampled_from(RETURNS))
    width = len(fields_of(name))
    body = draw(st.lists(st.lists(CELLS, min_size=0, max_size=width), min_size=1, max_size=8))
    return name, Sheet("any", [headers_of(name), *body])


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_rows_read_are_rows_accepted_and_rows_held(made):
    name, sheet = made
    found = recognise(Workbook("any.xlsx", "0" * 64, 1, "xlsx", (sheet,)))
    for recognised in found.sheets:
        assert recognised.declared.name == name
        read = read_sheet(recognised, Rules(code_lists(PROJECT / "data" / "reference"), date(2026, 1, 1)))
        clean = settle(read, extracted=date(2025, 9, 30), scheme="s", pseudonyms=Pseudonyms(b"k" * 32))
        checked = check(clean)
        assert clean.rows_read == checked.rows_accepted + len(clean.held)
        assert set(checked.frame.index).isdisjoint(clean.held)
        assert all(clean.held.values())
        held = {item.row for item in checked.findings if item.severity == "hold"}
        assert held == set(clean.held)
        for item in checked.findings:
            assert item.message and item.remedy


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(day):
    serial = (day - EXCEL_EPOCH.date()).days
    written = (
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%b %Y}",
        f"{day:%d-%m-%Y}",
        day,
        serial,
        float(serial),
        f"{day:%Y-%m-%dT00:00:00}",
        f"{day:%d/%m/%Y} 10:30",
    )
    read = {read_day(cell, today=date(2026, 1, 1)).value for cell in written}
    assert read == {day}


@given(DAYS, st.floats(0, 0.99999))
def test_a_time_of_day_never_moves_the_day(day, fraction):
    serial = (day - EXCEL_EPOCH.date()).days + fraction
    assert read_day(serial, today=date(2026, 1, 1)).value == day


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_local_midnight_written_in_universal_time_is_still_its_day(day):
    from pipelines.cell_dates import _is_summer

    midnight = EXCEL_EPOCH.replace(year=day.year, month=day.month, day=day.day)
    universal = midnight - timedelta(hours=1) if _is_summer(midnight - timedelta(hours=1)) else midnight
    assert read_day(f"{universal:%Y-%m-%dT%H:%M:%S}Z", today=date(2026, 1, 1)).value == day


@given(st.text(max_size=30))
def test_no_text_stops_the_reading_of_a_date(text):
    found = read_day(text, today=date(2026, 1, 1))
    assert found.value is None or isinstance(found.value, date)


@pytest.mark.parametrize("name", RETURNS)
def test_the_declared_examples_of_a_return_are_read_without_a_finding(name):
    from sent_files import example_rows

    sheet = Sheet("any", [headers_of(name), *example_rows(name)])
    (recognised,) = recognise(Workbook("any.xlsx", "0" * 64, 1, "xlsx", (sheet,))).sheets
    read = read_sheet(recognised, Rules(code_lists(PROJECT / "data" / "reference"), date(2026, 1, 1)))
    clean = settle(read, extracted=date(2025, 9, 30), scheme="s", pseudonyms=Pseudonyms(b"k" * 32))
    assert [(item.row, item.column, item.code) for item in check(clean).findings] == []
