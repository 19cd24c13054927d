"""What a finding costs the figures: told to the analyst by name, and told the same in the findings workbook."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sent_files import fields_of, headers_of, xlsx

from dashboard import upload_findings
from dashboard.table import markup
from dashboard.upload_tray import Settings, Tray
from pipelines.costs import Cost, cost_of
from pipelines.file_report import FileReport
from pipelines.findings_workbook import findings_workbook
from pipelines.found_cells import found_cells
from pipelines.load import Sending, check_files
from returns.catalogue import NAMES, the_return
from returns.periods import Period
from returns.places import Places

AUTHORISED = "Continuous Assessment Date of Authorisation"


def assessments(path: Path, *authorised: str) -> Path:
    """List 4 with one child a row: when each assessment was authorised, as the sender wrote it."""
    said = {
        "child_id": "4{n}", "sex": "b) Female", "ethnicity": "WBRI", "birth_month": "03/05/2016", "age": 9,
        "disability": "b) No", "started": "21/07/2025", "child_seen": "a) Yes", "needs_support": "a) Yes", "team": "A",
    }
    rows = []
    for number, day in enumerate(authorised):
        cells = said | {"authorised": day, "child_id": f"4{number}"}
        rows.append([cells.get(field.name, "") for field in fields_of("assessments")])
    return xlsx(path, {"List_4": [headers_of("assessments"), *rows]})


def report_of(places: Places, path: Path) -> FileReport:
    made: list[FileReport] = []
    sending = Sending(path, agency="council", period=Period.parse("2025-26-Q2"), extracted=date(2025, 10, 6))
    check_files(places, [sending], each=made.append)
    return made[0]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.of(tmp_path / "data")


def test_a_date_that_cannot_be_read_costs_the_figures_that_need_it_and_no_other(
    tmp_path: Path, places: Places
) -> None:
    report = report_of(places, assessments(tmp_path / "a.xlsx", "01/09/2025", "31/02/2025", "soon", "02/09/2025"))
    costs = {each.cells[0].value: each.cost for each in found_cells(report) if each.column == AUTHORISED}
    assert {value: cost.rows for value, cost in costs.items() if cost} == {"31/02/2025": 1, "soon": 1}
    cost = costs["soon"]
    assert cost is not None
    assert cost.of == 4
    assert "Assessments within 45 working days" in cost.not_counted
    assert cost.sentences()[0].startswith("1 of 4 rows cannot be counted in: Assessments within 45 working days; ")
    assert not any("Referral" in title for title in cost.not_counted)


def test_a_row_kept_aside_is_missing_from_every_figure_of_its_return() -> None:
    cost = cost_of("assessments", severity="hold", code="key-missing", field="child_id", rows=3, of=41)
    assert cost is not None
    (sentence,) = cost.sentences(1)
    assert sentence.startswith("3 of 41 rows cannot be counted in: Assessments within 45 working days; and ")
    assert sentence.endswith(" more figures.")


def test_a_column_that_was_not_sent_costs_every_row_and_one_that_no_figure_needs_costs_nothing() -> None:
    miles = cost_of("children_looked_after", severity="warn", code="column-absent", field="distance_miles",
                    rows=0, of=41)  # fmt: skip
    assert miles is not None
    assert miles.sentences() == (
        "No row can be counted in: Children looked after over 20 miles from home and outside the county.",
    )
    urn = cost_of("children_looked_after", severity="blank", code="value-not-allowed", field="placement_urn",
                  rows=1, of=41)  # fmt: skip
    assert urn == Cost(rows=1, of=41)
    assert urn.sentences() == ()


def test_a_total_row_and_a_warning_cost_no_figure_a_row() -> None:
    assert cost_of("assessments", severity="hold", code="total-row", field=None, rows=1, of=41) is None
    assert cost_of("assessments", severity="warn", code="row-repeated", field=None, rows=1, of=41) is None
    assert cost_of(None, severity="block", code="file-empty", field=None, rows=0, of=0) is None


def test_an_unknown_source_is_said_to_stand_under_not_recorded() -> None:
    cost = cost_of("referrals", severity="blank", code="code-unknown", field="source", rows=2, of=9)
    assert cost is not None
    assert cost.sentences()[-1] == "By source, 2 of 9 rows stand under Not recorded."


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_return_has_a_cost_that_can_be_said(name: str) -> None:
    for field in the_return(name).fields:
        for severity, code in (("blank", "cell-error"), ("warn", "column-absent"), ("hold", "key-missing")):
            cost = cost_of(name, severity=severity, code=code, field=field.name, rows=1, of=1)  # type: ignore[arg-type]
            assert cost is None or all(sentence.endswith(".") for sentence in cost.sentences(None))


def test_the_page_and_the_findings_workbook_say_the_same_cost(tmp_path: Path, places: Places) -> None:
    path = assessments(tmp_path / "a.xlsx", "01/09/2025", "soon")
    tray = Tray()
    file = tray.take("a.xlsx", path.read_bytes())
    tray.change(file, Settings("council", Period.parse("2025-26-Q2"), date(2025, 10, 6)))
    tray.check(places, file)
    shown = markup(upload_findings.found(file))
    assert "What it costs the figures" in shown
    assert "1 of 2 rows cannot be counted in: Assessments within 45 working days" in shown

    book = CalamineWorkbook.from_filelike(io.BytesIO(findings_workbook(report_of(places, path))))
    cells = [str(cell) for row in book.get_sheet_by_name("What to do").to_python() for cell in row]
    assert "What it costs the figures" in cells
    assert any(cell.startswith("1 of 2 rows cannot be counted in: Assessments within 45") for cell in cells)
