"""Agencies that fill in the same template send the same layout: whose a file is comes from its rows, or is asked."""

from __future__ import annotations

from pathlib import Path

from loading import load
from sent_files import example_rows, fields_of, headers_of, xlsx

from pipelines.load import Sending, check_files
from returns.catalogue import the_return
from returns.partnership import agency
from returns.periods import Period
from returns.places import Places

Q2 = Period.parse("2025-26-Q2")
AUDIT, PROFILES = "section_11", "graded_care_profiles"


def _filled(path: Path, name: str, **cells: object) -> Path:
    places = {field.name: place for place, field in enumerate(fields_of(name))}
    rows = example_rows(name)
    for row in rows:
        for field, value in cells.items():
            row[places[field]] = value
    return xlsx(path, {the_return(name).sheet: [headers_of(name), *rows]})


def _whose(data: Path, path: Path, told: str | None = None) -> list[tuple[str | None, list[str]]]:
    report = check_files(Places.of(data), [Sending(path, told, Q2)])
    return [(each.agency, [found.code for found in each.findings if found.severity == "block"])
            for each in report.submissions]


def test_an_audit_is_the_agencys_that_its_own_rows_name_whoever_sent_the_template_last(data, tmp_path):
    police = _filled(tmp_path / "a.xlsx", AUDIT, respondent=agency("police").title)
    health = _filled(tmp_path / "b.xlsx", AUDIT, respondent=agency("health-board").title)
    assert _whose(data, police) == [("police", [])]
    load(data, police, agency="police", period=str(Q2))
    assert _whose(data, health) == [("health-board", [])]
    assert _whose(data, health, told="police") == [("police", [])], "what the analyst says holds"


def test_a_template_that_two_agencies_send_is_asked_about_and_never_taken_for_the_last_ones(data, tmp_path):
    for place, name in enumerate(("council", "wye-valley")):
        load(data, _filled(tmp_path / f"{place}.xlsx", PROFILES, profile_id=f"P{place}"), agency=name, period=str(Q2))
    assert _whose(data, _filled(tmp_path / "c.xlsx", PROFILES, profile_id="P9")) == [(None, ["agency-needed"])]
