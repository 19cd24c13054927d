"""C01 to C13: what is in cells. Each bad value has its named outcome; nothing is guessed, nothing leaks."""

import logging
from datetime import date, datetime

import pytest
from loading import annex_a, load, rows, told
from sent_files import xlsx

EXTRACT = date(2025, 9, 30)
GOOD = {"child_id": "1", "referred": date(2025, 8, 5), "source": "6"}


@pytest.fixture
def referrals(data, tmp_path):
    """`referrals(row, …)` loads the rows as List 3 of July to September 2025."""

    def load_them(*given, **about):
        file = annex_a(tmp_path / "q.xlsx", referrals=given)
        return load(data, file, **({"period": "2025-26-Q2", "extracted": EXTRACT} | about))

    return load_them


def test_c01_the_first_of_february_is_never_the_second_of_january(data, referrals):
    referrals(GOOD | {"referred": "01/02/2025"}, GOOD | {"child_id": "2", "referred": "01/08/2025"})
    assert rows(data, "SELECT referred FROM known.referrals ORDER BY ALL") == [(date(2025, 2, 1),), (date(2025, 8, 1),)]


def test_c01_no_such_day_holds_the_row_where_it_dates_the_event_and_is_blank_elsewhere(referrals):
    report = referrals(
        *(
            GOOD | {"child_id": str(n), "referred": day}
            for n, day in enumerate(["31/06/2025", "01/13/2025", "29/02/2025"])
        ),
        GOOD | {"child_id": "9", "birth_month": "31/06/2014"},
    )
    assert told(report, "row", "severity", "code") == [
        (2, "hold", "date-impossible"),
        (3, "hold", "date-impossible"),
        (4, "hold", "date-impossible"),
        (5, "blank", "date-impossible"),
    ]
    assert report.submissions[0].rows_accepted == 1


def test_c02_serials_two_digit_years_and_day_zero(data, referrals):
    report = referrals(
        GOOD | {"referred": 45874},
        GOOD | {"child_id": "2", "referred": "6/8/25"},
        GOOD | {"child_id": "3", "birth_month": "1900-01-00"},
        GOOD | {"child_id": "4", "birth_month": 0},
    )
    assert told(report, "row", "code") == [(4, "date-zero"), (5, "date-zero")]
    assert rows(
        data, "SELECT count(*) FROM known.referrals WHERE referred IN (DATE '2025-08-05', DATE '2025-08-06')"
    ) == [(4,)]


def test_c02_a_date_that_is_a_formula_never_calculated_is_named_and_not_blank(data, tmp_path):
    def uncalculated(_book, sheet):
        sheet.write_formula("F2", "=TODAY()-60", None, "")

    file = xlsx(tmp_path / "f.xlsx", {"List_3": _list_3([["1", "", "", "", "", "", "6"]])}, change=uncalculated)
    report = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    named = (2, "Date of referral", "hold", "cell-not-calculated")
    assert named in told(report, "row", "column", "severity", "code")
    assert (None, "all-rows-held") in told(report, "row", "code")


def _list_3(body):
    from sent_files import headers_of

    return [headers_of("referrals"), *body]


def test_c03_summer_time_midnight_and_the_turn_of_the_financial_year(data, referrals):
    referrals(
        GOOD | {"referred": "2025-03-31T23:00:00Z"},
        GOOD | {"child_id": "2", "referred": "31/03/2025"},
        GOOD | {"child_id": "3", "referred": datetime(2025, 8, 1)},
    )
    assert rows(data, "SELECT referred FROM known.referrals ORDER BY ALL") == [
        (date(2025, 3, 31),),
        (date(2025, 4, 1),),
        (date(2025, 8, 1),),
    ]


def test_c04_a_period_is_one_or_refused(data, tmp_path):
    figures = [
        {"indicator": "cp_started", "covers": text, "numerator": 1} for text in ("Q1 24-25", "2024/25 Q2", "Q3 2024")
    ]
    report = load(data, annex_a(tmp_path / "t.xlsx", aggregate=figures), period="2024-25-Q4", agency="council")
    assert told(report, "row", "severity", "code") == [(4, "hold", "period-unreadable")]
    assert rows(data, "SELECT covers FROM known.aggregates ORDER BY ALL") == [("2024-25-Q1",), ("2024-25-Q2",)]


def test_c05_numbers_as_people_write_them(data, tmp_path):
    written = ["12%", "0.12", "1,234", "£5", "1\u00a0234", "\u22122"]
    figures = [
        {"indicator": "cp_started", "covers": "2024-25-Q1", "area": f"area {n}", "numerator": cell}
        for n, cell in enumerate(written)
    ]
    load(data, annex_a(tmp_path / "t.xlsx", aggregate=figures), period="2024-25-Q4", agency="council")
    found = [number for (number,) in rows(data, "SELECT numerator FROM known.aggregates ORDER BY area")]
    assert found == pytest.approx([0.12, 0.12, 1234, 5, 1234, -2])


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("[c]", None, "number-hidden"),
        ("c", None, "number-hidden"),
        ("*", None, "number-hidden"),
        ("..", None, None),
        ("<5", None, "number-hidden"),
        ("N/A", None, None),
        ("#REF!", None, "cell-error"),
        ("NaN", None, None),
        ("inf", None, "number-unreadable"),
        ("1E5", 100000, None),
        (True, None, "number-unreadable"),
    ],
)
def test_c06_each_symbol_has_one_meaning(data, referrals, cell, value, code):
    report = referrals(GOOD | {"referrals_12m": cell})
    assert told(report, "code") == ([(code,)] if code else [])
    assert rows(data, "SELECT referrals_12m FROM known.referrals") == [(value,)]


def test_c07_identifiers_stay_text(data, referrals):
    referrals(*(GOOD | {"child_id": child} for child in ("00123", "123", 123.0, "1E5", 100000, "1-2")))
    assert rows(data, "SELECT count(DISTINCT child_id) FROM known.referrals") == [(5,)]


def test_c08_a_negative_or_broken_count_is_blank(data, referrals):
    report = referrals(
        GOOD | {"referrals_12m": -1},
        GOOD | {"child_id": "2", "referrals_12m": 1.5},
        GOOD | {"child_id": "3", "age": -2},
    )
    assert told(report, "row", "code") == [(2, "below-lowest"), (3, "count-not-whole"), (4, "below-lowest")]
    assert rows(data, "SELECT count(*) FROM known.referrals WHERE referrals_12m IS NULL AND age IS NULL") == [(3,)]


def test_c09_what_cannot_be_true_together(data, tmp_path):
    plan = {"started": date(2025, 8, 5), "previous_plans": 0}
    file = annex_a(
        tmp_path / "p.xlsx",
        child_protection_plans=[
            plan | {"child_id": "1", "ended": date(2025, 8, 1)},
            plan | {"child_id": "2", "birth_month": date(2026, 7, 1)},
            plan | {"child_id": "3", "birth_month": date(2026, 2, 1), "age": -1},
            plan | {"child_id": "4", "age": 26},
            plan | {"child_id": "5", "birth_month": date(1999, 1, 1)},
            plan | {"child_id": "6", "started": date(2025, 6, 1), "ended": date(2025, 8, 20)},
            plan | {"child_id": "6"},
        ],
    )
    report = load(data, file, period="2025-26-Q2", extracted=EXTRACT)
    assert told(report, "row", "column", "severity", "code") == [
        (2, "Child Protection Plan End Date", "blank", "end-before-start"),
        (3, "Date of Birth", "blank", "event-before-birth"),
        (5, "Age of Child (Years)", "blank", "age-out-of-range"),
        (6, "Date of Birth", "blank", "birth-out-of-range"),
        (8, "Child Protection Plan Start Date", "warn", "episodes-overlap"),
    ]
    assert (report.submissions[0].rows_accepted, report.submissions[0].rows_held) == (7, 0)


def test_c10_an_unknown_or_unclear_code_is_blank_with_what_it_could_mean(data, referrals):
    report = referrals(GOOD | {"source": "the milkman"}, GOOD | {"child_id": "2", "source": "CAFCASS"})
    assert told(report, "row", "severity", "code") == [(2, "blank", "code-unknown"), (3, "blank", "code-unclear")]
    assert " or " in told(report, "message")[1][0]
    assert rows(data, "SELECT count(*) FROM known.referrals WHERE source_group IS NULL") == [(2,)]


def test_c11_what_has_not_happened_yet_is_a_bad_cell(referrals):
    report = referrals(
        GOOD, GOOD | {"child_id": "2", "referred": date(2031, 1, 1)}, GOOD | {"child_id": "3", "referred": "31/12/9999"}
    )
    assert told(report, "row", "severity", "code") == [(3, "hold", "date-future"), (4, "hold", "date-future")]


def test_c11_a_future_date_does_not_become_the_extracts_date(referrals):
    report = referrals(GOOD, GOOD | {"child_id": "2", "referred": date(2091, 1, 1)}, extracted=None)
    assert report.submissions[0].extracted == date(2025, 8, 5)


def test_c11_the_wrong_quarters_file_is_refused(referrals):
    report = referrals(GOOD, period="2023-24-Q1")
    assert told(report, "code") == [("period-outside",)]


def test_c13_personal_data_among_totals_is_refused_and_shown_nowhere(data, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = ["943 476 5919", "HR4 9AR", "born 17/05/2014"]
    for number, secret in enumerate(secrets):
        figures = [{"indicator": "cp_started", "covers": "2025-26-Q2", "numerator": 1, "area": f"about {secret}"}]
        file = annex_a(tmp_path / f"{number}.xlsx", aggregate=figures)
        report = load(data, file, period="2025-26-Q2", agency="council")
        assert told(report, "code") == [("personal-data-in-totals",)]
        assert not any(secret in message + remedy for message, remedy in told(report, "message", "remedy"))
        kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
        assert secret.encode() not in kept
        assert secret not in caplog.text
    assert not (data / "raw").exists()


def test_c13_a_column_of_names_among_totals_is_refused(data, tmp_path):
    from sent_files import headers_of

    body = [[*headers_of("aggregate"), "Child's name"], ["cp_started", "2025-26-Q2", "", "", 1, "", "", "Ada Byron"]]
    report = load(data, xlsx(tmp_path / "n.xlsx", {"Figures": body}), period="2025-26-Q2", agency="council")
    assert "personal-data-in-totals" in {code for (code,) in told(report, "code")}
    assert "Ada" not in str(told(report, "message"))
