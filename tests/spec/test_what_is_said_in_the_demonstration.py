"""The demonstration's words: commentary, promises, decisions and actions of which every one fits its figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.changed_since import About, changed_since
from metrics.memory import identity
from metrics.result import Result
from metrics.schemes import scheme_of
from metrics.scorecard import scorecard_of
from metrics.spoken import judged, other_way
from pipelines.demo.asked import PINS, QUESTIONS, ask_all
from pipelines.demo.calendar import extract_quarters
from pipelines.demo.said import COMMENTS, MINUTES, say
from returns.partnership import agencies
from returns.periods import Period
from returns.places import Places
from warehouse.challenges import every
from warehouse.entries import Journal
from warehouse.pack import pinned
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


def test_every_question_names_its_figures_as_they_are(demo_data: Path) -> None:
    declared, known = load_catalogue(), {agency.name for agency in agencies()}
    claims = [claim for one in QUESTIONS for claim in one.claims]
    figures = {About(claim.indicator, claim.group, claim.quarter) for claim in claims}
    places = Places(demo_data)
    with reader(places) as opened:
        found = changed_since(opened, figures, now=LATEST, scheme=scheme_of("analyst"))
    for one in QUESTIONS:
        assert one.to is None or one.to in known
        assert (one.indicator is None) == (not one.claims)
        assert one.indicator is None or declared[one.indicator]
        for claim in one.claims:
            then = found[About(claim.indicator, claim.group, claim.quarter)].then
            assert f"{then.value:.{then.decimals}f}" == claim.says
        # Every figure with decimals in the words is one that was held against the demonstration's.
        assert set(re.findall(r"\d+\.\d+", one.words)) <= {claim.says for claim in one.claims}


def test_questions_are_asked_once_in_their_time_and_stand_in_every_state(tmp_path: Path) -> None:
    places = Places(tmp_path / "every")
    for _ in range(2):
        ask_all(places, extract_quarters(16))
    asked = every(Journal(places))
    assert len(asked) == len(QUESTIONS)
    assert {one.status for one in asked} == {"asked", "answered", "accepted", "not accepted", "followed up"}
    assert {one.challenge.written.period for one in asked} == {
        "2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2"
    }  # fmt: skip
    assert len(pinned(Journal(places))) == len(PINS)
    ask_all(some := Places(tmp_path / "some"), extract_quarters(1))
    assert {one.challenge.written.period for one in every(Journal(some))} == {str(LATEST)}
    ask_all(none := Places(tmp_path / "none"), [])
    assert every(Journal(none)) == () and pinned(Journal(none)) == ()
