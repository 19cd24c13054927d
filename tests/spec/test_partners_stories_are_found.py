"""The partners' returns of the demonstration: of one piece with the children's journeys, and what is planted is found.

Only the loaded demonstration is looked at: the figures, the Contradictions page's numbers, who sent what, and what the
checks of a load said. pipelines/demo/stories_of_partners.py has the table of what is planted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from metrics.agreement import Reconciled
from metrics.reconcile import reconcile
from metrics.series import series
from pipelines.demo.calendar import MOST_QUARTERS, extract_quarters
from pipelines.demo.lado import TYPES, YEARLY
from pipelines.demo.stories import Story
from pipelines.demo.stories_of_partners import PARTNER_STORIES, TROUBLES, Trouble
from pipelines.expectations import register
from returns.periods import Period, financial_year
from returns.places import Places
from warehouse.reading import Reader
from warehouse.store import reader

QUARTERS = extract_quarters(MOST_QUARTERS)
# Quarters that are looked at one by one where all sixteen would say the same: the first whole year's, and the last.
SOME = (QUARTERS[3], QUARTERS[8], QUARTERS[-1])


@pytest.fixture(scope="module")
def loaded(demo_data: Path) -> Iterator[Reader]:
    with reader(Places.of(demo_data)) as opened:
        yield opened


@cache
def pairs(version: Reader, quarter: Period) -> dict[str, Reconciled]:
    return {one.pair.id: one for one in reconcile(version, period=quarter).pairs}


# ---- of one piece with the journeys ---------------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", SOME, ids=str)
def test_contacts_that_became_referrals_are_the_referrals_of_list_3(loaded: Reader, quarter: Period) -> None:
    found = pairs(loaded, quarter)["contacts_and_referrals"]
    assert found.state == "agrees", found
    assert found.left is not None
    assert found.left > 200


@pytest.mark.parametrize("quarter", SOME[:-1], ids=str)
def test_initial_conferences_are_those_of_list_5(loaded: Reader, quarter: Period) -> None:
    found = pairs(loaded, quarter)["conferences_twice"]
    assert (found.state, found.only) == ("agrees", (0, 0)), found
    assert found.left is not None
    assert found.left > 30


@pytest.mark.parametrize("quarter", SOME, ids=str)
def test_every_conference_with_agencies_is_a_conference_that_was_held(loaded: Reader, quarter: Period) -> None:
    assert pairs(loaded, quarter)["participation_and_conferences"].state == "agrees"


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_lados_five_kinds_of_contact_are_as_common_as_in_2019_20(loaded: Reader, year: int) -> None:
    found = dict(loaded.query(
        "SELECT contact_type_group, count(*) FROM known.allegations WHERE received BETWEEN $start AND $end GROUP BY 1",
        {"start": financial_year(year).start, "end": financial_year(year).end},
    ))  # fmt: skip
    total = sum(found.values())
    assert total == pytest.approx(YEARLY[year], abs=3)
    assert total == pytest.approx(339, rel=0.03)
    for kind, printed in TYPES.items():
        assert found[kind] == pytest.approx(printed * total / 339, abs=3), kind


def test_there_are_a_hundred_schools_and_those_that_answer_are_among_them(loaded: Reader) -> None:
    assert loaded.query("SELECT count(*), count(DISTINCT urn) FROM known.schools") == [(100, 100)]
    stray = loaded.query(
        "SELECT DISTINCT urn FROM known.section_175_answers WHERE urn NOT IN (SELECT urn FROM known.schools)"
    )
    assert stray == []


# ---- stories that a figure shows ------------------------------------------------------------------------------------


def by_quarter(loaded: Reader, story: Story) -> dict[Period, float]:
    """The story's figure by quarter, where it has one."""
    found = series(loaded, story.indicator, window="quarter", basis=story.basis, by=story.by, scheme="none")
    return {
        result.period: result.value for result in found
        if result.value is not None and (result.by, result.group) == (story.by, story.group)
    }  # fmt: skip


def test_at_least_six_stories_are_planted_and_each_has_its_own_name() -> None:
    names = [story.id for story in PARTNER_STORIES] + [trouble.id for trouble in TROUBLES]
    assert len(PARTNER_STORIES) >= 6
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("story", PARTNER_STORIES, ids=lambda story: story.id)
def test_a_planted_story_of_a_partner_shows_from_its_quarter_on(loaded: Reader, story: Story) -> None:
    figure = by_quarter(loaded, story)
    known = [figure[story.first.earlier(step)] for step in range(1, 5) if story.first.earlier(step) in figure]
    assert known
    before = sum(known) / len(known)
    during = [quarter for quarter in figure if story.shows_on(quarter.start)]
    assert during[0] == story.first
    rise = sum(figure[quarter] for quarter in during) / len(during) - before
    assert (rise if story.way == "higher" else -rise) >= story.by_at_least


# ---- troubles with what was sent ------------------------------------------------------------------------------------


def periods_of(trouble: Trouble) -> list[Period]:
    """The quarters whose files have the trouble."""
    return [one for one in QUARTERS if trouble.first <= one and (trouble.last is None or one <= trouble.last)]


@cache
def standings(data: Path, return_name: str, agency: str) -> dict[Period, str]:
    """How the agency's return stood for each quarter that it was owed for."""
    found = register(Places.of(data), upto=QUARTERS[-1], quarters=MOST_QUARTERS)
    return {
        one.quarter: one.state for one in found.standings
        if (one.return_name, one.agency) == (return_name, agency) and one.expected
    }  # fmt: skip


@pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if one.notice in ("late", "missing")], ids=lambda trouble: trouble.id
)
def test_a_return_that_is_late_or_never_came_is_seen_as_such(demo_data: Path, trouble: Trouble) -> None:
    found = standings(demo_data, trouble.return_name, trouble.agency)
    troubled = set(periods_of(trouble))
    assert {quarter for quarter, state in found.items() if state == trouble.notice} == troubled & set(found)
    assert {state for quarter, state in found.items() if quarter not in troubled} <= {"in"}


@pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if one.notice == "blank_column"], ids=lambda trouble: trouble.id
)
def test_a_column_that_became_blank_is_told_of_in_its_quarter_alone(loaded: Reader, trouble: Trouble) -> None:
    filled = loaded.query(
        "SELECT s.period, q.filled FROM main.column_quality q JOIN main.submissions s ON s.id = q.submission_id "
        "WHERE s.return_name = $name AND q.field = $field",
        {"name": trouble.return_name, "field": trouble.what},
    )
    assert [period for period, cells in filled if not cells] == [str(one) for one in periods_of(trouble)]
    told = {quarter: pairs(loaded, quarter)[f"columns_{trouble.return_name}"] for quarter in QUARTERS[-3:]}
    assert [quarter for quarter, one in told.items() if one.state == "differs"] == periods_of(trouble)


@pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if one.notice == "contradiction"], ids=lambda trouble: trouble.id
)
def test_two_returns_that_contradict_each_other_are_set_side_by_side(loaded: Reader, trouble: Trouble) -> None:
    found = pairs(loaded, trouble.first)[trouble.what]
    assert found.state == "differs"
    assert found.since == str(trouble.first)
    assert found.only is not None
    assert found.only[0] >= 3
    assert found.only[1] == 0


@pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if one.notice == "own_identifiers"], ids=lambda trouble: trouble.id
)
def test_a_partner_under_its_own_identifiers_joins_to_no_child_and_it_is_said(loaded: Reader, trouble: Trouble) -> None:
    found = pairs(loaded, QUARTERS[-1])[trouble.what]
    assert found.state == "cannot"
    assert found.reason is not None
    assert "numbers of its own" in found.reason
    joined = loaded.query(
        f"SELECT count(DISTINCT r.child_id), count(DISTINCT r.child_id) FILTER (r.child_id IN "
        f"(SELECT child_id FROM known.contacts UNION SELECT child_id FROM known.children_in_need)) "
        f"FROM known.{trouble.return_name} r WHERE agency = $agency",
        {"agency": trouble.agency},
    )
    ((children, known),) = joined
    assert children > 50
    assert known == 0
