"""What a figure looks like in the scorecard's cells."""

from dataclasses import replace

import pytest

from dashboard import figures
from metrics.result import Result
from returns.periods import Period

PERCENT = Result(
    "x", "X", Period.parse("2025-26-Q2"), "reported", "percent", 1, numerator=952, denominator=1214, value=78.4
)


@pytest.mark.parametrize(
    "result, shown",
    [
        (PERCENT, "78.4%"),
        (replace(PERCENT, unit="count", decimals=0, value=1214.0), "1,214"),
        (replace(PERCENT, unit="pounds", decimals=0, value=-13000.0), "\u2212£13,000"),
        (replace(PERCENT, value=0.0), "0.0%"),
        (replace(PERCENT, value=None, status="z"), "none to count"),
        (replace(PERCENT, value=None, status="x"), "not available"),
        (replace(PERCENT, value=None, status="c"), "hidden"),
        (replace(PERCENT, value=None, status="u"), "not reliable"),
    ],
)
def test_a_figure_is_written_with_its_unit_or_says_why_there_is_none(result, shown):
    assert figures.value(result) == shown


@pytest.mark.parametrize(
    "now, before, shown",
    [
        (78.4, 87.5, "\u22129.1 pts"),
        (78.4, 78.4, "no change"),
        (78.4, None, "no figure"),
        (None, 70.0, "no figure"),
    ],
)
def test_a_percentage_changes_by_points(now, before, shown):
    assert figures.change(replace(PERCENT, value=now), replace(PERCENT, value=before)) == shown


@pytest.mark.parametrize("now, before, shown", [(139, 203, "\u221232%"), (6, 4, "+2"), (4, 0, "+4"), (21, 20, "+5%")])
def test_a_count_changes_by_a_share_of_itself_unless_it_is_small(now, before, shown):
    count = replace(PERCENT, unit="count", decimals=0, denominator=None)
    assert figures.change(replace(count, value=float(now)), replace(count, value=float(before))) == shown


def test_a_quarter_with_nothing_before_it_says_so():
    assert figures.change(PERCENT, None) == "no figure"


def test_counts_are_shown_only_where_a_figure_is_made_of_two():
    assert figures.counts(PERCENT) == "952 of 1,214"
    assert figures.counts(replace(PERCENT, denominator=None)) == ""
