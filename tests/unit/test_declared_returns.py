"""The returns as declared: complete, consistent with the event tables, and each header known to one field only."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from sent_files import headers_of

from pipelines.code_lists import every_list
from returns import care_leavers
from returns.catalogue import NAMES, UnknownReturn, all_returns, the_return
from returns.declaration import PAIRED, Field, plain_words
from returns.events import TABLES
from returns.places import PROJECT

# Ofsted's own numbers of columns, August 2019 edition, and January 2024 for care leavers.
COLUMNS = {
    "contacts": 7, "early_help": 8, "referrals": 11, "assessments": 12, "section_47": 14, "children_in_need": 14,
    "child_protection_plans": 17, "children_looked_after": 34, "care_leavers": 17, "adoption": 16, "adopters": 19,
    "aggregate": 6,
}


# Columns of the project's own templates of partner returns, by ../shared/returns.md; what is never loaded not counted.
OWN_COLUMNS = {
    "front_door_contacts": 18, "strategy_discussions": 9, "conferences": 11, "conference_participation": 6,
    "missing_episodes": 11, "exploitation_assessments": 21, "graded_care_profiles": 6, "lado_contacts": 17,
    "section_11": 12, "section_175": 14, "family_feedback": 8, "schools": 5, "population": 4,
    "training_attendance": 12, "audits": 13, "case_reviews": 9, "dispute_resolutions": 5,
    "workforce": 9, "group_attendance": 7, "assessment_factors": 3, "plan_milestones": 7, "budget": 6,
    "scrutiny_findings": 6, "education": 15, "actions": 11,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_return_has_the_published_number_of_columns(name: str) -> None:
    if name in COLUMNS:
        assert len(headers_of(name)) == COLUMNS[name]
    else:
        kept = [field for field in the_return(name).fields if field.keep != "dropped"]
        assert len(kept) == OWN_COLUMNS[name] and all(field.expected for field in kept)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_row_fills_are_columns_of_event_tables_and_none_is_forgotten(name: str) -> None:
    declared = the_return(name)
    for fill in declared.fills:
        table = TABLES[fill.table]
        filled = dict(declared.filled_columns(fill))
        assert all(table.column(column) is not None for column in filled)
        assert not any(table.column(column).derived for column in filled)  # type: ignore[union-attr]
        # A placement's end is the only column that Annex A cannot fill: it gives the latest placement only.
        left = {column.name for column in table.columns if not column.derived} - set(filled)
        assert left == ({"ended"} if fill.table == "placements" else set())
        assert set(table.key) <= set(filled)


@pytest.mark.parametrize("name", NAMES)
def test_what_identifies_a_child_is_hashed_cut_or_dropped(name: str) -> None:
    declared = the_return(name)
    kinds = {field.kind: field.keep for field in declared.fields if field.keep != "dropped"}
    assert kinds.get("identifier", "hashed") == "hashed"
    assert kinds.get("birth", "month") == "month"
    assert kinds.get("postcode", "district") == "district"
    filled = {source for fill in declared.fills for _, source in declared.filled_columns(fill)}
    assert not any(field.name in filled for field in declared.fields if field.keep == "dropped")
    if name in COLUMNS and declared.level == "child":
        assert declared.holding == (("child_id", declared.event_date) if declared.event_date else ("child_id",))
    # Whom or what a row is about, and the date that defines its event, cannot be unknown.
    about = {declared.event_date} | ({"child_id"} if declared.level == "child" else set())
    assert about - {None} <= set(declared.holding)


@pytest.mark.parametrize("name", OWN_COLUMNS)
def test_a_partners_return_takes_no_name_and_no_comment(name: str) -> None:
    declared = the_return(name)
    left = {words for field in declared.fields if field.keep == "dropped" for words in field.known_headers}
    if declared.level != "total" and name != "schools":
        assert "comments" in left
    if declared.level == "child" or name == "lado_contacts":
        assert {"name", "forename", "surname", "date of birth"} <= left
    assert {field.name for field in declared.fields if field.kind == "text" and field.keep != "dropped"} <= {
        "referrer_role", "placing_authority", "role_group", "question", "action", "action_owner", "urn", "school",
        "survey", "theme", "area", "age_band", "course", "title", "themes", "meeting",
        "priority", "action_area", "milestone", "lead_role", "monitored_by", "line", "finding", "recommendation",
        "response", "action_id", "source_ref", "owner_role", "evidence",
    }


def test_the_dates_of_a_return_come_in_the_order_that_it_says() -> None:
    for declared in all_returns().values():
        assert {name for pair in declared.follows for name in pair} <= set(declared.dates)
        assert declared.year is None or declared.year in {field.name for field in declared.fields}


@pytest.mark.parametrize("name", NAMES)
def test_the_model_types_every_column_by_its_kind(name: str) -> None:
    dtypes = {
        "date": "datetime64[ns]", "birth": "datetime64[ns]", "moment": "datetime64[ns]", "flag": "boolean",
        "age": "Int64", "count": "Int64", "number": "Float64",
    }
    for edition in the_return(name).editions:
        columns = edition.model.to_schema().columns
        for field in edition.fields:
            if field.keep != "dropped":
                assert str(columns[field.name].dtype).partition("[py")[0] == dtypes.get(field.kind, "string")
                assert columns[field.name].title and columns[field.name].description


@pytest.mark.parametrize("name", NAMES)
def test_no_header_of_a_return_is_known_to_two_of_its_fields(name: str) -> None:
    for edition in the_return(name).editions:
        owners: dict[str, str] = {}
        for field in edition.fields:
            for words in field.known_headers:
                assert owners.setdefault(words, field.name) == field.name


def test_every_code_list_named_is_one_that_exists_and_says_yes_and_no() -> None:
    lists = every_list(PROJECT / "data" / "reference")
    for field in (field for declared in all_returns().values() for field in declared.fields):
        assert (field.codes is None) == (field.kind not in ("code", "flag", "indicator"))
        if field.kind == "flag":
            assert field.codes and {*field.yes, *field.no} <= set(lists[field.codes].groups)
        if field.kind in PAIRED and isinstance(field.example, str) and field.codes:
            assert lists[field.codes].match(field.example).group is not None


def test_the_later_edition_of_list_9_adds_four_columns_and_removes_none() -> None:
    earlier, later = the_return("care_leavers").editions
    assert [field.name for field in earlier.fields if field.name not in later.order] == []
    added = {field.name: later.order[place - 1] for place, field in enumerate(later.fields)
             if field.name not in earlier.order}
    assert added == {"uasc": "age", "personal_adviser": "worker", "pathway_plan_reviewed": "eligibility",
                     "last_contact": "in_touch"}
    assert {one.field for one in care_leavers.EDITION_2024_ADDS} == set(added)
    assert list(earlier.fields) == [field for field in later.fields if field.name not in added]
    assert later.since > earlier.since
    assert later.field("personal_adviser").keep == "dropped"


def test_visits_reviews_checks_and_placements_are_marked_as_the_latest_only() -> None:
    fills = [fill for declared in all_returns().values() for fill in declared.fills]
    latest = {fill.table for fill in fills if fill.latest_only}
    assert latest == {"plan_visits", "plan_reviews", "care_visits", "care_reviews", "health_checks", "placements"}
    assert {fill.when is not None for fill in fills if fill.latest_only} == {True}
    conference = next(fill for fill in fills if fill.table == "initial_conferences")
    assert (conference.when, dict(conference.columns)["held"]) == ("conference", "conference")


def test_a_return_that_nobody_knows_is_a_sentence() -> None:
    with pytest.raises(UnknownReturn, match=r"No return is called 'gossip'\. There are: contacts,"):
        the_return("gossip")


def test_event_tables_and_the_calendar_do_without_pandas() -> None:
    rooms = "returns.catalogue, returns.events, returns.periods, returns.partnership"
    code = f"import sys, {rooms}; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.needs_shared
def test_every_header_of_the_published_lists_and_of_the_sectors_pipeline_is_known(shared: Path) -> None:
    """Source: standards/annex_a_columns.csv, the current columns of the sector's own pipeline."""
    numbered = dict(enumerate(list(all_returns().values())[:11], start=1))
    with (shared / "standards" / "annex_a_columns.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            fields: tuple[Field, ...] = numbered[int(row["list"].removeprefix("list_"))].fields
            words = plain_words(row["column"])
            owners = [field.name for field in fields if words in field.known_headers]
            assert len(owners) == 1, (row["list"], row["column"], owners)
