"""The demonstration, loaded as any returns are: its yearly figures are the published ones, and its stories show.

The other tests of the demonstration look at what was imagined. These look at what came out
of the workbooks, through the loader and the warehouse, as the catalogue's figures count it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.compute import results
from metrics.result import Result
from metrics.series import series
from pipelines.demo import figures
from pipelines.demo.calendar import MOST_QUARTERS, extract_quarters
from pipelines.demo.stories import STORIES, Story
from pipelines.demo.stories_of_partners import AUDIT_NEVER_RETURNED
from pipelines.expectations import owed_by, working_days
from returns.partnership import expected, partnership
from returns.periods import Period, financial_year
from returns.places import Places
from warehouse.reading import Reader
from warehouse.store import reader

WITHIN = 0.03

# The indicator, and the part of it, that counts what each published figure counts.
COUNTED_BY: dict[str, tuple[str, str]] = {
    "referrals": ("ref_rate", "numerator"),
    "re_referrals": ("ref_repeat_12m", "numerator"),
    "referrals_no_further_action": ("ref_nfa", "numerator"),
    "referrals_from_police": ("ref_source_police", "numerator"),
    "referrals_from_schools": ("ref_source_schools", "numerator"),
    "referrals_from_health": ("ref_source_health", "numerator"),
    "assessments": ("as_45wd", "denominator"),
    "assessments_in_45_days": ("as_45wd", "value"),
    "assessed_not_in_need": ("as_not_in_need", "numerator"),
    "section_47_enquiries": ("s47_rate", "numerator"),
    "conferences": ("ic_rate", "numerator"),
    "conferences_in_15_days": ("ic_15wd", "value"),
    "plans_started": ("cp_started", "value"),
    "plans_ended": ("cp_ended", "value"),
    "plans_open": ("cp_open", "value"),
    "plans_repeat": ("cp_repeat_plan", "numerator"),
    "plans_ended_after_2_years": ("cp_2yrs_ended", "value"),
    "plans_open_2_years": ("cp_2yrs_open", "value"),
    "plans_reviewed_in_time": ("cp_reviewed_in_time", "value"),
    "plans_open_neglect": ("cp_neglect", "numerator"),
    "care_started": ("cla_started", "value"),
    "care_ceased": ("cla_ceased", "value"),
    "care_open": ("cla_open", "value"),
    "care_adopted": ("cla_adopted", "numerator"),
    "care_special_guardianship": ("cla_sgo", "numerator"),
    "care_uasc": ("cla_uasc", "value"),
    "care_three_placements": ("cla_3_placements", "numerator"),
    "care_over_20_miles": ("cla_over_20_miles", "value"),
    "care_health": ("cla_health", "value"),
    "care_dental": ("cla_dental", "value"),
    "leavers_19_to_21": ("cl_eet", "denominator"),
    "leavers_suitable": ("cl_suitable", "value"),
    "leavers_occupied": ("cl_eet", "value"),
    "leavers_in_touch": ("cl_in_touch", "value"),
}
# Only the denominator of an indicator that is of the extract's date, some days after 31 March.
NOT_COUNTED = {"plans_open_3_months"}


@pytest.fixture(scope="module")
def loaded(demo_data: Path) -> Iterator[Reader]:
    with reader(Places.of(demo_data)) as opened:
        yield opened


def figure_of(loaded: Reader, indicator: str, year: int) -> Result:
    """The indicator's figure of the financial year, as now known; of its last quarter where it is no flow."""
    catalogue = load_catalogue()
    whole = financial_year(year)
    period = whole if catalogue[indicator].indicator.nature == "flow" else whole.quarter()
    area = partnership().area_code
    return results(
        loaded, catalogue=catalogue, periods=[period], basis="known", area_code=area, indicators=[indicator]
    )[0]


@pytest.mark.parametrize(
    "figure", [figure for figure in (*figures.PUBLISHED, *figures.CHOSEN) if figure.measure not in NOT_COUNTED],
    ids=lambda figure: f"{figure.measure}-{figure.year}",
)
def test_the_loaded_year_agrees_with_the_published_one(loaded: Reader, figure: figures.Published) -> None:
    indicator, part = COUNTED_BY[figure.measure]
    found = figure_of(loaded, indicator, figure.year)
    assert found.status == "ok", found.reason
    assert getattr(found, part) == pytest.approx(figure.value, rel=WITHIN), figure.source


def test_every_figure_that_is_followed_is_looked_for() -> None:
    assert {figure.measure for figure in figures.PUBLISHED} == set(COUNTED_BY) | NOT_COUNTED


def test_children_in_need_are_the_published_ones_less_those_in_no_list(loaded: Reader) -> None:
    """List 6 leaves out care leavers and referrals not yet assessed, which the Department counts."""
    for year, published, awaiting in ((2022, 1895, 60), (2023, 1587, 200), (2024, 1574, 41)):
        in_need = figure_of(loaded, "cin_open", year).value
        leavers = figure_of(loaded, "cl_eet", year).denominator
        leaving = figure_of(loaded, "cl_eet_17_18", year).denominator
        assert in_need is not None
        assert leavers is not None
        assert leaving is not None
        assert in_need + leavers + leaving + awaiting == pytest.approx(published, rel=0.06)


# ---- the loading ----------------------------------------------------------------------------------------------------


def owed_for(quarter: Period, data: Path) -> set[tuple[str, str]]:
    """(return, agency) of everything that config/expected.yaml makes due for the quarter, by its cadence."""
    working = working_days(Places.of(data).reference)
    return {(owed.return_name, owed.agency) for item in expected() for owed in owed_by(item, quarter, working)}


def test_each_quarter_brings_the_returns_that_its_cadence_asks_for_and_all_are_marked(
    loaded: Reader, demo_data: Path
) -> None:
    never = {(AUDIT_NEVER_RETURNED.return_name, AUDIT_NEVER_RETURNED.agency)}
    sent: dict[str, list[tuple[str, str]]] = {}
    for period, *whose in loaded.query("SELECT period, return_name, agency FROM main.submissions"):
        sent.setdefault(period, []).append((whose[0], whose[1]))
    assert sorted(sent) == [str(quarter) for quarter in extract_quarters(MOST_QUARTERS)]
    for quarter in extract_quarters(MOST_QUARTERS):
        # Totals are owed by nobody: they come from whoever has no rows to send.
        besides = {("aggregate", "council")}
        assert sorted(sent[str(quarter)]) == sorted((owed_for(quarter, demo_data) | besides) - never), quarter
    assert loaded.query("SELECT DISTINCT status FROM main.submissions") == [("accepted",)]
    assert loaded.meta("demonstration") == "1"


def test_most_returns_come_each_quarter_and_the_others_in_the_quarter_that_they_are_asked_for_in(
    loaded: Reader,
) -> None:
    quarters = dict(loaded.query(
        "SELECT return_name, list(DISTINCT period ORDER BY period) FROM main.submissions GROUP BY 1"
    ))  # fmt: skip
    rarer = {name: found for name, found in quarters.items() if len(found) < MOST_QUARTERS}
    assert len(quarters) - len(rarer) == 31
    assert rarer == {
        "schools": ["2022-23-Q2", "2023-24-Q2", "2024-25-Q2", "2025-26-Q2"],
        "section_175": ["2022-23-Q2", "2023-24-Q2", "2024-25-Q2", "2025-26-Q2"],
        "population": ["2021-22-Q4", "2022-23-Q4", "2023-24-Q4", "2024-25-Q4"],
        "budget": ["2021-22-Q4", "2022-23-Q4", "2023-24-Q4", "2024-25-Q4"],
        "education": [str(one) for one in extract_quarters(MOST_QUARTERS) if one.start.month != 4],
        "section_11": ["2022-23-Q4", "2024-25-Q4"],
    }


def test_there_are_findings_in_every_quarter_and_few_rows_are_held(loaded: Reader) -> None:
    rows = loaded.query(
        "SELECT period, sum(rows_read), sum(rows_held), sum(found) FROM main.submissions "
        "JOIN (SELECT submission_id, count(*) AS found FROM main.findings GROUP BY 1) ON submission_id = id GROUP BY 1"
    )
    assert len(rows) == MOST_QUARTERS
    for _, read, held, findings in rows:
        assert findings > 0
        assert held <= read * 0.002
    assert sum(held for _, _, held, _ in rows) > 0


def test_no_workers_name_is_in_the_warehouse(loaded: Reader) -> None:
    columns = [name for (name,) in loaded.query("SELECT DISTINCT column_name FROM duckdb_columns()")]
    assert "team" in columns
    assert not [name for name in columns if "worker" in name or "adviser" in name]


# ---- the stories ----------------------------------------------------------------------------------------------------


def quarterly(loaded: Reader, story: Story) -> dict[Period, float]:
    """The story's figure by quarter; a quarter in which its group does not occur is 0."""
    found = series(loaded, story.indicator, window="quarter", basis=story.basis, by=story.by, scheme="none")
    figures_by_quarter: dict[Period, float] = {result.period: 0.0 for result in found}
    for result in found:
        if result.by == story.by and result.group == story.group and result.value is not None:
            figures_by_quarter[result.period] = result.value
    return figures_by_quarter


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_planted_story_shows_in_its_quarter(loaded: Reader, story: Story) -> None:
    figure = quarterly(loaded, story)
    before = sum(figure[story.first.earlier(step)] for step in range(1, 5)) / 4
    rise = figure[story.first] - before
    assert (rise if story.way == "higher" else -rise) >= story.by_at_least


def test_what_was_entered_late_is_in_the_figures_as_now_known(loaded: Reader) -> None:
    story = next(story for story in STORIES if story.id == "late_batch")
    reported = quarterly(loaded, story)[story.first]
    known = {r.period: r.value for r in series(loaded, story.indicator, window="quarter")}[story.first]
    assert known is not None
    assert known - reported >= story.by_at_least
