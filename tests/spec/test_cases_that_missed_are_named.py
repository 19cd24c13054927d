"""Where everybody should be, those who were not are named, and are as many as the figure says."""

from __future__ import annotations

from pathlib import Path

from metrics.cases import missed
from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.compute import figures
from metrics.line_moments import headline
from metrics.schemes import chosen
from metrics.targets import targets
from returns.partnership import partnership
from returns.periods import Period
from returns.places import Places
from warehouse.store import reader

QUARTER = Period.parse("2025-26-Q2")
# So many indicators have a target of all and figures to try it on.
AT_LEAST = 5


def test_the_rows_named_are_as_many_as_the_figure_counts_and_lie_in_its_files(demo_data: Path) -> None:
    source, catalogue, aims = reader(Places.of(demo_data)), load_catalogue(), targets()
    of_all = [one for one in catalogue.declared if (step := aims.on(one.id, QUARTER.end)) and step.of_every_case]
    tried = []
    for one in of_all:
        usual = headline(one.indicator, QUARTER)
        for moment in {usual, Moment(QUARTER, "known")}:
            found = figures(source, {one: [moment]}, catalogue=catalogue, area_code=partnership().area_code)
            result = found.county(one.id, moment)
            rows = missed(source, result, target=aims.on(one.id, QUARTER.end), scheme=chosen("none"))
            if rows is None:
                continue
            tried.append(one.id)
            named = sum(len(each.missed) for each in rows)
            short = (result.denominator or 0) - (result.numerator or 0)
            # A meeting of three children is three rows and one meeting.
            assert named == short if one.indicator.numerator.measure == "count" else named >= short, one.id
            assert sum(len(each.left_out) for each in rows) == (result.left_out or 0), one.id
            assert {each.submission.id for each in rows} <= set(result.sources), one.id
            assert all(number > 1 for each in rows for number in (*each.missed, *each.left_out)), "below the header"
    assert len(set(tried)) >= AT_LEAST


def test_they_are_named_only_for_a_target_of_all_and_only_to_those_who_may_see_the_count(demo_data: Path) -> None:
    source, catalogue = reader(Places.of(demo_data)), load_catalogue()
    one = catalogue["as_child_seen"]
    moment = headline(one.indicator, QUARTER)
    result = figures(
        source, {one: [moment]}, catalogue=catalogue, area_code=partnership().area_code
    ).county(one.id, moment)  # fmt: skip
    aim = targets().on(one.id, QUARTER.end)
    assert aim is not None and aim.of_every_case
    assert missed(source, result, target=aim, scheme=chosen("closed"))
    assert missed(source, result, target=aim, scheme=chosen("restricted")) is None
    assert missed(source, result, target=aim.model_copy(update={"value": 90}), scheme=chosen("none")) is None
    assert missed(source, result, target=None, scheme=chosen("none")) is None
