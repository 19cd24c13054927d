"""Rows of one return that need a row of another: agencies at a conference, and schools that answered."""

from datetime import date
from pathlib import Path

from loading import annex_a, check, load, told

AUDIT = {
    "phase": "Primary", "academic_year": "2024-25", "returned": date(2025, 7, 11), "section": "Policy",
    "question": "1.1", "grade": "Met",
}
Q2 = {"period": "2025-26-Q2", "extracted": date(2025, 9, 30)}


def _present(conference: str, agency: str = "Police") -> dict[str, str]:
    return {"conference_id": conference, "participant": agency, "invited": "Yes", "attended": "Yes"}


def _conference(number: str) -> dict[str, object]:
    return {"conference_id": number, "child_id": "1", "held": date(2025, 9, 4), "type": "Initial", "outcome": "No plan"}


def test_an_agency_at_a_conference_that_the_same_file_does_not_list_is_warned_of_once(tmp_path: Path) -> None:
    sent = annex_a(
        tmp_path / "both.xlsx", conferences=[_conference("K1")],
        conference_participation=[_present("K1"), _present("K9"), _present("K9", "GP")],
    )
    report = check(tmp_path / "data", sent, **Q2)
    found = told(report, "row", "column", "code", only="conference_participation")
    assert found == [(3, "Conference ID", "conference-not-listed")]


def test_a_file_of_its_own_is_held_against_the_conferences_that_were_loaded_for_its_quarter(tmp_path: Path) -> None:
    alone = annex_a(tmp_path / "alone.xlsx", conference_participation=[_present("K1"), _present("K9")])
    assert told(check(tmp_path / "data", alone, **Q2), "code") == []  # nothing is held, so nothing can be said
    load(tmp_path / "data", annex_a(tmp_path / "one.xlsx", conferences=[_conference("K1")]), **Q2)
    assert told(check(tmp_path / "data", alone, **Q2), "row", "code") == [(3, "conference-not-listed")]
    assert told(check(tmp_path / "data", alone, period="2025-26-Q3", extracted=date(2025, 12, 31)), "code") == []


def test_a_school_that_the_list_of_schools_does_not_have_is_warned_of(tmp_path: Path) -> None:
    schools = annex_a(tmp_path / "schools.xlsx", schools=[{"urn": 116678, "school": "One", "phase": "Primary"}])
    load(tmp_path / "data", schools, **Q2)
    sent = annex_a(tmp_path / "audit.xlsx", section_175=[{"urn": "116678"} | AUDIT, {"urn": 999999} | AUDIT])
    assert told(check(tmp_path / "data", sent, **Q2), "row", "column", "code") == [(3, "URN", "school-not-listed")]


def test_an_old_years_audit_is_warned_of_and_its_quarter_is_not_judged_by_its_days(tmp_path: Path) -> None:
    old = AUDIT | {"urn": "116678", "academic_year": "2018-19", "returned": date(2019, 7, 1)}
    sent = annex_a(tmp_path / "audit.xlsx", section_175=[old])
    report = check(tmp_path / "data", sent, **Q2)
    assert told(report, "column", "code", "severity") == [("Academic year", "year-outside", "warn")]
    late = annex_a(tmp_path / "late.xlsx", section_175=[AUDIT | {"urn": "116678", "returned": date(2024, 11, 1)}])
    assert told(check(tmp_path / "data", late, **Q2), "code") == []
