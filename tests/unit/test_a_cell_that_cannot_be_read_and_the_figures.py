"""A bad cell costs its own figure one child, said to be left out; the child's other figures keep it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from metrics.catalogue import load_catalogue
from metrics.compute import results
from metrics.result import Result
from pipelines.load import Sending, load_files
from returns.periods import Period
from returns.places import Places
from warehouse.store import reader

HEADERS = (
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Does the Child have a Disability",
    "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
    "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
    "Child Protection Plan End Date",
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
    "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker",
)  # fmt: skip


def plans_workbook(path: Path, visits_and_ends: list[tuple[str, str]]) -> Path:
    """List 7 with one child a row: the cells of the last visit and of the plan's end, as the sender wrote them."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("List 7")
        sheet.write_row(0, 0, HEADERS)
        for number, (visited, ended) in enumerate(visits_and_ends, start=1):
            sheet.write_row(
                number, 0,
                (f"{number}", "b) Female", "WBRI", "03/05/2016", 9, "b) No", "02/06/2025", "a) Neglect", "a) Neglect",
                 visited, "a) Yes", "25/08/2025", ended, "b) No", 0, "Team", "Worker"),
            )  # fmt: skip
    return path


def figure(places: Places, name: str) -> Result:
    with reader(places) as source:
        return results(
            source, catalogue=load_catalogue(), periods=[Period.parse("2025-26-Q2")], basis="known",
            area_code="E06000019", indicators=[name],
        )[0]  # fmt: skip


def test_a_visit_that_cannot_be_read_is_left_out_and_a_blank_one_counts_against(tmp_path: Path) -> None:
    sent = [("01/10/2025", ""), ("", ""), ("31/02/2025", ""), ("01/10/2025", "soon")]
    file = plans_workbook(tmp_path / "annex.xlsx", sent)
    places = Places.of(tmp_path / "data")
    sending = Sending(file, agency="council", period=Period.parse("2025-26-Q2"), extracted=date(2025, 10, 6))
    load_files(places, [sending])

    visited = figure(places, "cp_visited_in_time")
    assert (visited.numerator, visited.denominator, visited.left_out) == (1, 2, 2)

    on_plans = figure(places, "cp_open")
    assert (on_plans.value, on_plans.left_out) == (3, 1), "whether child 4's plan had ended is unknown"
