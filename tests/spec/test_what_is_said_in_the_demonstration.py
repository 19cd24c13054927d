"""The demonstration's words: commentary, promises, decisions and actions of which every one fits its figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.memory import identity
from metrics.result import Result
from metrics.scorecard import scorecard_of
from metrics.spoken import judged, other_way
from pipelines.demo.calendar import extract_quarters
from pipelines.demo.said import COMMENTS, MINUTES, say
from returns.partnership import agencies
from returns.periods import Period
from returns.places import Places
from warehouse.entries import Journal
from warehouse.store import reader
from warehouse.words import Commentary, Promise, action_of, commentary_of

LATEST = Period.parse("2025-26-Q2")
pytestmark = pytest.mark.timeout(1800)


def test_each_is_about_a_figure_that_there_is_and_of_an_agency_that_there_is() -> None:
    declared = load_catalogue()
    for one in (*COMMENTS, *MINUTES):
        assert declared[one.indicator]
        assert Period.parse(one.quarter) in extract_quarters(16)
    known = {agency.name for agency in agencies()}
    assert {one.agency for one in COMMENTS} <= known


def test_it_is_said_once_and_only_of_the_quarters_that_are_loaded(tmp_path: Path) -> None:
    some, every = Places(tmp_path / "some"), Places(tmp_path / "every")
    for _ in range(2):
        say(every, extract_quarters(16))
    assert len(Journal(every).latest("commentary")) == len(COMMENTS)
    minutes = [*Journal(every).latest("decision"), *Journal(every).latest("action")]
    assert len(minutes) == len(MINUTES)
    say(some, [])
    Journal(some).add("decision", author="Business manager", payload={"text": MINUTES[0].text, "outcome": ""})
    say(some, [Period.parse(MINUTES[0].quarter)])  # as after a demonstration that was cut short
    assert len(Journal(some).latest("decision")) == 2
    say(some := Places(tmp_path / "one"), extract_quarters(1))
    found = Journal(some).latest("commentary")
    assert {one.period for one in found} == {str(LATEST)}
    assert all(one.at.date() > LATEST.end for one in found)
    assert {action_of(one).status for one in Journal(every).latest("action")} == {"open"}
    assert {commentary_of(one).owner for one in Journal(every).latest("commentary")} > {"Head of safeguarding"}


def test_one_promise_is_kept_two_are_broken_and_one_is_not_due(demo_data: Path) -> None:
    places = Places(demo_data)
    states = []
    with reader(places) as opened:
        for one in COMMENTS:
            if one.promised is None:
                continue
            promise = Promise(one.indicator, one.group, *one.promised)
            due = Period.parse(promise.by)
            then = _figure(places, opened, one.indicator, one.group, due) if due <= LATEST else None
            states.append(judged(promise, at=LATEST, then=then).state)
    assert sorted(states) == ["broken", "broken", "kept", "not due"]


def test_one_commentary_says_that_a_figure_rose_which_fell(demo_data: Path) -> None:
    places = Places(demo_data)
    with reader(places) as opened:
        card = scorecard_of(opened, period=LATEST, remember=identity(places, opened.version), scheme="none")
    lines = {line.indicator.id: line for line in card.lines if line.result.group is None}
    asked = [one.indicator for one in COMMENTS if one.quarter == str(LATEST)
             and other_way(Commentary(behind=one.behind), lines[one.indicator])]  # fmt: skip
    assert asked == ["as_45wd"]


def _figure(places: Places, opened: object, indicator: str, group: str | None, due: Period) -> Result | None:
    card = scorecard_of(opened, period=due, remember=identity(places, opened.version), scheme="none")  # type: ignore[arg-type, attr-defined]
    found = (line.result for line in card.lines if (line.indicator.id, line.result.group) == (indicator, group))
    return next(found, None)
