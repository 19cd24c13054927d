"""Words held against figures: commentary that went stale or the other way, and promises kept or broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.catalogue import load_catalogue
from metrics.figure import Context, Tallied, of_tallies
from metrics.lines import Line
from metrics.population import Population
from metrics.result import Result
from metrics.spoken import figure_of, judged, other_way, promise_words, stale
from returns.periods import Period
from warehouse.words import Commentary, Promise, Way

QUARTER = Period.parse("2025-26-Q2")
DECLARED = load_catalogue()["as_45wd"].indicator


def figure(numerator: float, of: float = 100, period: str = "2025-26-Q2") -> Result:
    context = Context(Period.parse(period), "reported", Population({}), None)
    return of_tallies(DECLARED, Tallied(numerator, of), context=context, sources=())


def line(now: float, *, quarter_ago: float | None = None, year_ago: float | None = None) -> Line:
    return Line(
        indicator=DECLARED, quarter=QUARTER, result=figure(now),
        previous=None if quarter_ago is None else figure(quarter_ago, period="2025-26-Q1"),
        year_ago=None if year_ago is None else figure(year_ago, period="2024-25-Q2"),
        series=(), benchmark=None, freshness=None, target=None,
    )  # fmt: skip


def test_commentary_is_stale_once_its_figure_has_changed() -> None:
    said = Commentary(behind="Chairs were ill.", figure=figure_of(figure(45)))
    assert not stale(said, figure(45))
    assert stale(said, figure(46))
    assert stale(said, replace(figure(45), numerator=90.0, denominator=200.0))
    assert not stale(Commentary(behind="Written before there was a figure."), figure(45))


@pytest.mark.parametrize(
    ("words", "now", "quarter_ago", "year_ago", "asked"),
    [
        ("Timeliness rose as posts were filled.", 45, 80, 83, True),
        ("Timeliness fell because two chairs were ill.", 45, 80, 83, False),
        ("The share dropped after the summer.", 90, 80, 83, True),
        ("It rose on the quarter.", 82, 80, 83, False),  # true of one of the two
        ("It rose on the quarter.", 82, None, 83, True),
        ("It rose and then fell.", 45, 80, 83, False),  # nobody can say
        ("It has not risen.", 45, 80, 83, False),
        ("A new manager follows up each case.", 45, 80, 83, False),
        ("It rose.", 45, None, None, False),  # nothing to compare with
        ("It rose.", 80, 80, 80, False),  # as it was
    ],
)
def test_words_that_go_the_other_way_than_the_figure_are_questioned(
    words: str, now: float, quarter_ago: float | None, year_ago: float | None, asked: bool
) -> None:
    found = other_way(Commentary(behind=words), line(now, quarter_ago=quarter_ago, year_ago=year_ago))
    assert (found is not None) == asked


def test_the_question_names_the_word_and_both_figures() -> None:
    found = other_way(Commentary(behind="Timeliness Increased."), line(45, quarter_ago=80))
    assert found == (
        "It says “Increased”, but the figure went from 80.0 per cent to 45.0 per cent. Is it of another figure?"
    )


@pytest.mark.parametrize(
    ("way", "value", "reached", "state"),
    [("at least", 80, 80, "kept"), ("at least", 80, 79.9, "broken"), ("at most", 20, 20, "kept"),
     ("at most", 20, 20.1, "broken")],
)  # fmt: skip
def test_a_promise_is_kept_or_broken_by_the_figure_of_its_quarter(
    way: Way, value: float, reached: float, state: str
) -> None:
    promise = Promise("as_45wd", None, way, value, "2025-26-Q2")
    found = judged(promise, at=QUARTER, then=figure(reached * 10, 1000))
    assert found.state == state
    assert found.says == f"{reached:.1f} per cent"


def test_a_promise_is_not_judged_before_its_quarter_nor_without_a_figure() -> None:
    later = Promise("as_45wd", None, "at least", 80, "2025-26-Q3")
    assert judged(later, at=QUARTER, then=figure(10)).state == "not due"
    now = replace(later, by="2025-26-Q2")
    assert judged(now, at=QUARTER, then=None).state == "no figure"
    assert judged(now, at=QUARTER, then=replace(figure(10), value=None, status="c")).state == "no figure"
    assert judged(now, at=Period.parse("2026-27-Q1"), then=figure(90)).state == "kept"


def test_a_promise_is_said_in_words() -> None:
    promise = Promise("as_45wd", None, "at least", 80, "2025-26-Q4")
    assert promise_words(promise, unit="percent", decimals=1) == "at least 80 per cent by January to March 2026"
    assert promise_words(replace(promise, value=17.5, way="at most"), unit="percent", decimals=1) == (
        "at most 17.5 per cent by January to March 2026"
    )
