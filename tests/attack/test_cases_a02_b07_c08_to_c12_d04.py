"""A02, B07, C08, C11, C12 and D04, as loaded: nothing is taken for a nil return, a child or this year's form."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load, rows, told
from sent_files import example_rows, headers_of, xlsx

PERIOD, EXTRACT = "2025-26-Q2", date(2025, 9, 30)


def referral(child: object, **more: object) -> dict[str, Any]:
    return {"child_id": child, "referred": date(2025, 8, 5), "source": "6"} | more


def test_a02_a_list_with_headers_only_is_nil_only_when_the_analyst_says_so(data: Path, tmp_path: Path) -> None:
    file = annex_a(tmp_path / "q.xlsx", referrals=[])
    refused = load(data, file, period=PERIOD, extracted=EXTRACT)
    assert [(item.status, [found.code for found in item.findings]) for item in refused.submissions] == [
        ("refused", ["no-rows"])
    ]
    taken = load(data, file, period=PERIOD, extracted=EXTRACT, nil=["referrals"])
    assert [(item.status, [found.code for found in item.findings]) for item in taken.submissions] == [
        ("accepted", ["nil-recorded"])
    ]
    assert rows(data, "SELECT return_name, status, rows_read FROM main.submissions") == [("referrals", "accepted", 0)]


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Grand total", "Total: 2"])
def test_b07_a_total_row_at_the_end_is_held_and_no_child(data: Path, tmp_path: Path, label: str) -> None:
    file = annex_a(tmp_path / "q.xlsx", referrals=[referral(1), referral(2), referral(label, referrals_12m=2)])
    report = load(data, file, period=PERIOD, extracted=EXTRACT)
    assert told(report, "row", "severity", "code") == [(4, "hold", "total-row")]
    assert rows(data, "SELECT count(DISTINCT child_id) FROM known.referrals") == [(2,)]


def test_c08_a_part_larger_than_its_whole_is_believed_in_neither_number_and_nothing_of_nothing_is_kept(
    data: Path, tmp_path: Path
) -> None:
    figures = [
        {"indicator": "la_met_threshold", "covers": PERIOD, "area": area, "numerator": part, "denominator": whole}
        for area, part, whole in (("a", 5, 4), ("b", 0, 0), ("c", 3, 4))
    ]
    report = load(data, annex_a(tmp_path / "t.xlsx", aggregate=figures), period=PERIOD, agency="council")
    assert (2, "blank", "numerator-over-denominator") in told(report, "row", "severity", "code")
    assert rows(data, "SELECT area, numerator, denominator FROM known.aggregates ORDER BY area") == [
        ("a", None, None), ("b", 0, 0), ("c", 3, 4)
    ]


def test_c11_events_of_before_the_extracts_window_are_counted_and_said(data: Path, tmp_path: Path) -> None:
    file = annex_a(tmp_path / "q.xlsx", referrals=[referral(1), referral(2, referred=date(2024, 1, 9))])
    report = load(data, file, period=PERIOD, extracted=EXTRACT)
    ((severity, code, message),) = told(report, "severity", "code", "message")
    assert (severity, code) == ("warn", "events-before-window")
    assert "09/01/2024" in message
    assert report.submissions[0].rows_accepted == 2


def test_c12_a_count_ten_times_the_last_quarters_is_warned_of_with_both_numbers(data: Path, tmp_path: Path) -> None:
    before = [referral(n, referred=date(2025, 5, 5)) for n in range(30)]
    now = [referral(n, referred=date(2025, 7, 1) + timedelta(days=n % 80)) for n in range(300)]
    load(data, annex_a(tmp_path / "a.xlsx", referrals=before), period="2025-26-Q1", extracted=date(2025, 6, 30))
    report = load(data, annex_a(tmp_path / "b.xlsx", referrals=now), period=PERIOD, extracted=EXTRACT)
    (message,) = [text for code, text in told(report, "code", "message") if code == "count-far-from-last"]
    assert "300" in message and "30 " in message
    assert report.submissions[0].status == "accepted"


def test_c12_a_total_ten_times_the_last_quarters_is_warned_of_at_its_cell(data: Path, tmp_path: Path) -> None:
    for period, number in (("2025-26-Q1", 40), (PERIOD, 400)):
        figures = [{"indicator": "cp_started", "covers": period, "numerator": number}]
        report = load(data, annex_a(tmp_path / "t.xlsx", aggregate=figures), period=period, agency="council")
    assert ("count-far-from-last", 2) in told(report, "code", "row")
    assert report.submissions[0].status == "accepted"


def test_d04_last_years_form_sent_as_this_years_is_read_as_what_it_is_and_said(data: Path, tmp_path: Path) -> None:
    file = xlsx(
        tmp_path / "leavers_2025.xlsx",
        {"List_9": [headers_of("care_leavers", edition="2019"), *example_rows("care_leavers", edition="2019")]},
    )
    report = load(data, file, period=PERIOD, extracted=EXTRACT)
    (message,) = [text for code, text in told(report, "code", "message") if code == "edition-earlier"]
    assert "2019" in message and "2024" in message
    assert rows(data, "SELECT edition, rows_accepted FROM main.submissions") == [("2019", 3)]


def test_d04_the_form_of_its_own_time_is_in_order(data: Path, tmp_path: Path) -> None:
    file = xlsx(
        tmp_path / "leavers_2022.xlsx",
        {"List_9": [headers_of("care_leavers", edition="2019"), *example_rows("care_leavers", edition="2019")]},
    )
    report = load(data, file, period="2022-23-Q2", extracted=date(2022, 9, 30))
    assert "edition-earlier" not in {code for (code,) in told(report, "code")}
