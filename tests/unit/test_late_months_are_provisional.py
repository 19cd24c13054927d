"""A month of which more is usually recorded later is provisional, until the next extract has come."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from metrics.catalogue import load_catalogue
from metrics.compute import results
from metrics.result import Result
from returns.partnership import partnership
from returns.periods import Period
from returns.places import Places
from warehouse import store

EARLIER, LATEST = ("2024-25-Q4", "2025-26-Q1"), "2025-26-Q2"


def _referral(connection: Any, child: str, on: date, *, sent_for: Period, first: Period) -> None:
    for schema, more in (("reported", ""), ("known", ", first_period")):
        if schema == "reported" and first != sent_for:
            continue
        connection.execute(
            f"INSERT INTO {schema}.referrals (submission_id, agency, source_group, child_id, period, extract_date, "
            f"referred{more}) VALUES ('S000001', 'council', 'Police', ?, ?, ?, ?{', ?' if more else ''})",
            [child, str(sent_for), sent_for.end, on, *([str(first)] if more else [])],
        )


def county(folder: Path, *, late_of_twenty: int, quarters: tuple[str, ...] = (*EARLIER, LATEST)) -> Places:
    """A warehouse with twenty referrals a month; so many of each quarter's last twenty came with the next list."""
    places = Places.of(folder)
    with store.build(places) as builder:
        connection = builder.connection
        for number, text in enumerate(quarters, start=1):
            quarter = Period.parse(text)
            connection.execute(
                "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
                "rows_accepted, rows_held) VALUES (?, 'referrals', 'council', ?, ?, 'l.xlsx', 'accepted', 60, 60, 0)",
                [f"S{number:06d}", text, quarter.end],
            )
            for place, month in enumerate(quarter.months()):
                for child in range(20):
                    late = place == 2 and child < late_of_twenty and number < len(quarters)
                    first = Period.parse(quarters[number]) if late else quarter
                    day = month.start + timedelta(days=child)
                    _referral(connection, f"{number}-{place}-{child}", day, sent_for=quarter, first=first)
    return places


def months(places: Places, *, basis: Any = "known", window: str = LATEST) -> list[Result]:
    with store.reader(places) as source:
        return results(
            source, catalogue=load_catalogue(), periods=[*Period.parse(window).months()], basis=basis,
            area_code=partnership().area_code, indicators=["ref_source_police"],
        )  # fmt: skip


def test_the_last_month_is_provisional_where_many_of_such_months_came_late(tmp_path: Path) -> None:
    places = county(tmp_path, late_of_twenty=5)
    assert [(one.status, one.denominator) for one in months(places)] == [("ok", 20), ("ok", 20), ("p", 20)]
    assert [one.status for one in months(places, window=EARLIER[-1])] == ["ok"] * 3, "its later list has come"


def test_no_month_is_provisional_where_what_comes_late_is_little(tmp_path: Path) -> None:
    assert {one.status for one in months(county(tmp_path, late_of_twenty=2))} == {"ok"}


def test_a_figure_as_first_reported_stays_as_it_was_and_is_not_provisional(tmp_path: Path) -> None:
    places = county(tmp_path, late_of_twenty=5)
    assert {one.status for one in months(places, basis="reported")} == {"ok"}


def test_with_no_quarter_before_it_nothing_is_known_of_how_late_it_is(tmp_path: Path) -> None:
    assert {one.status for one in months(county(tmp_path, late_of_twenty=5, quarters=(LATEST,)))} == {"ok"}
