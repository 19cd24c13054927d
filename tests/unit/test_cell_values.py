"""What numbers, identifiers, postcodes and periods in cells say."""

from datetime import date

import pytest

from pipelines.cell_values import (
    is_total,
    read_age,
    read_count,
    read_identifier,
    read_number,
    read_period,
    read_postcode,
    read_text,
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("00123", "00123"),
        (123.0, "123"),
        (123, "123"),
        ("1E5", "1E5"),
        ("1-2", "1-2"),
        (" A 12 ", "A 12"),
        ("12\u00a034", "12 34"),
        (100000.0, "100000"),
        ("TRUE", "TRUE"),
    ],
)
def test_an_identifier_is_kept_as_text(cell, text):
    assert read_identifier(cell).value == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1e16, "identifier-cut-short"),
        (date(2024, 2, 1), "identifier-is-date"),
        (True, "identifier-unreadable"),
        ("Note: figures are as at 31 March", "identifier-unreadable"),
        ("#REF!", "cell-error"),
        ("x" * 61, "identifier-unreadable"),
    ],
)
def test_what_is_no_identifier_is_named(cell, code):
    assert read_identifier(cell).code == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234", 1234),
        ("£1,234.50", 1234.5),
        ("1\u00a0234", 1234),
        ("\u22125", -5),
        ("12%", 0.12),
        ("0.12", 0.12),
        (" 7 ", 7),
        ("1E5", 100000),
        (3.5, 3.5),
        (0, 0),
        ("-2", -2),
        ("+2", 2),
        (".5", 0.5),
    ],
)
def test_a_number_is_read_however_it_is_written(cell, number):
    assert read_number(cell).value == pytest.approx(number)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("[c]", "number-hidden"),
        ("c", "number-hidden"),
        ("*", "number-hidden"),
        ("<5", "number-hidden"),
        ("#REF!", "cell-error"),
        ("inf", "number-unreadable"),
        (float("nan"), "number-unreadable"),
        (float("inf"), "number-unreadable"),
        (True, "number-unreadable"),
        ("12,34", "number-unreadable"),
        ("about ten", "number-unreadable"),
        (date(2024, 1, 1), "number-unreadable"),
    ],
)
def test_what_stands_for_a_number_is_not_one(cell, code):
    found = read_number(cell)
    assert (found.value, found.code) == (None, code)


@pytest.mark.parametrize("cell", ["N/A", "..", "NaN", "-", "", "n/a"])
def test_no_number_is_no_mistake(cell):
    found = read_number(cell)
    assert (found.value, found.code) == (None, None)


def test_a_count_is_whole():
    assert read_count("1,234").value == 1234
    assert read_count(2.0).value == 2
    assert read_count(2.5).code == "count-not-whole"
    assert read_count("12%").code == "number-unreadable"
    assert read_count("1e300").code == "number-unreadable"


@pytest.mark.parametrize(
    ("cell", "age"), [(6.99, 6), ("11 years", 11), (-1, -1), ("unborn", -1), ("-1", -1), (-0.5, -1), ("17", 17)]
)
def test_an_age_is_whole_years_rounded_down(cell, age):
    assert read_age(cell).value == age


@pytest.mark.parametrize(
    ("cell", "district"), [("HR4 9AR", "HR4"), ("hr49ar", "HR4"), ("SW1A 1AA", "SW1A"), ("WR11", "WR11")]
)
def test_of_a_postcode_only_the_district_is_kept(cell, district):
    assert read_postcode(cell).value == district


def test_what_is_no_postcode_is_named():
    assert read_postcode("nope").code == "postcode-unreadable"


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2024-25-Q1", "2024-25-Q1"),
        ("Q1 24-25", "2024-25-Q1"),
        ("2024/25 Q1", "2024-25-Q1"),
        ("Q1 2024/25", "2024-25-Q1"),
        ("24/25 q1", "2024-25-Q1"),
        ("Quarter 1 2024-2025", "2024-25-Q1"),
        ("2024/25", "2024-25"),
        ("2024-08", "2024-08"),
        ("Aug 2024", "2024-08"),
        ("August-24", "2024-08"),
        (date(2024, 8, 1), "2024-08"),
    ],
)
def test_a_period_is_read_however_it_is_written(cell, period):
    assert read_period(cell).value == period


@pytest.mark.parametrize("cell", ["Q1 2024", "Q5 24-25", "24-27", "Q1 24-26", "spring", date(2024, 8, 5), 2024])
def test_a_period_that_could_be_two_is_refused(cell):
    assert read_period(cell).code == "period-unreadable"


def test_text_is_one_line_and_short():
    assert read_text(" a\n b\u00a0c ").value == "a b c"
    assert len(str(read_text("x" * 5000).value)) == 300
    assert read_text(12.0).value == "12"


@pytest.mark.parametrize("cell", ["Total", "TOTALS", "Grand total", "Total children: 45", "Sub-total", "Count"])
def test_a_total_is_known_by_its_label(cell):
    assert is_total(cell)


@pytest.mark.parametrize("cell", ["10012", "", 45, "Tottenham 1", "A-TOTAL1"])
def test_an_identifier_is_not_taken_for_a_total(cell):
    assert not is_total(cell)
