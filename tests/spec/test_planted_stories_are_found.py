"""Every planted story of the demonstration is found in the quarter where it first can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.causes import causes, improved
from metrics.coverage import Coverage, read_submissions
from metrics.lines import Line, Lines, lines_of
from metrics.quarterly import ground
from metrics.quarters_compared import codes
from metrics.scorecard import read_ground, read_settings
from pipelines.demo.stories import STORIES, Story
from returns.periods import Period
from returns.places import Places

# Where a story shows among the exceptions: the indicator that is watched, its group, and the rule that fires. A story
# of a part of the county that nobody watches shows in the county's own figure.
FOUND_BY: dict[str, tuple[str, str | None, str]] = {
    "late_batch": ("fd_contacts", None, "poor_data"),
    "slow_team": ("as_45wd", None, "special_cause"),
    "large_family": ("cp_repeat_plan", None, "special_cause"),
    "schools_surge": ("fd_by_agency", "Schools", "unusual"),
    "visits_slip": ("cp_visited_in_time", None, "changed"),
    "police_stop_converting": ("fd_to_referral", "Police", "unusual"),
    "anonymous_vanishes": ("fd_by_agency", "Anonymous", "unusual"),
    "conferences_slip": ("ic_15wd", None, "changed"),
    "dental_collapse": ("cla_dental", None, "changed"),
}
# For the better: no exception, but among those that improve.
IMPROVED = ("care_leavers_in_touch", "fewer_re_referrals")


@pytest.fixture(scope="module")
def lines(demo_data: Path) -> Iterator[Lines]:
    from warehouse.store import reader

    with reader(Places.of(demo_data)) as opened:
        settings = read_settings()
        held, published, _ = read_ground(opened, settings.whose)
        quarters = sorted({one for story in STORIES for one in (story.first, story.first.earlier())})
        yield lines_of(opened, quarters, settings=settings, held=held, published=published)


def line_of(lines: Lines, quarter: Period, indicator: str, group: str | None) -> Line:
    (found,) = (
        one for one in lines.of(quarter) if one.indicator.id == indicator and one.result.group == group
    )  # fmt: skip
    return found


def named(name: str) -> Story:
    return next(story for story in STORIES if story.id == name)


def test_each_story_has_its_test() -> None:
    assert {story.id for story in STORIES} == {*FOUND_BY, *IMPROVED, "team_renamed"}


@pytest.mark.parametrize("name", FOUND_BY)
def test_a_story_is_an_exception_in_its_first_quarter(name: str, lines: Lines) -> None:
    indicator, group, rule = FOUND_BY[name]
    quarter = named(name).first
    assert rule in {cause.rule for cause in causes(line_of(lines, quarter, indicator, group))}


@pytest.mark.parametrize("name", [name for name in FOUND_BY if name != "schools_surge"])
def test_a_story_is_no_exception_before_it_happens(name: str, lines: Lines) -> None:
    indicator, group, rule = FOUND_BY[name]
    before = line_of(lines, named(name).first.earlier(), indicator, group)
    assert rule not in {cause.rule for cause in causes(before)}


@pytest.mark.parametrize("name", IMPROVED)
def test_a_change_for_the_better_is_seen_as_one(name: str, lines: Lines) -> None:
    story = named(name)
    after = [line_of(lines, story.first, story.indicator, None)]
    assert any(improved(one) for one in after)


def test_a_renamed_team_is_asked_about_in_the_quarter_of_its_new_name(demo_data: Path) -> None:
    from warehouse.store import reader

    story = named("team_renamed")
    with reader(Places.of(demo_data)) as opened:
        coverage = Coverage(read_submissions(opened))
        asked = {
            quarter: [one for one in codes(ground(opened, coverage, quarter)) if one.state == "differs"]
            for quarter in (story.first, story.first.earlier())
        }
    assert any(str(story.group) in note for one in asked[story.first] for note in one.notes)
    assert not any(str(story.group) in note for one in asked[story.first.earlier()] for note in one.notes)
