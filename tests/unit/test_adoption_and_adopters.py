"""Lists 10 and 11 of Annex A: what is held, what is unknown, and what the figures of adoption are counted from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import imagined
from loading import annex_a, load, rows, told

from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.compute import figures, read_held
from metrics.examples import empty_warehouse, insert
from pipelines.demo.adopting import adoption
from pipelines.demo.calendar import LATEST, extract_date, window_start
from pipelines.demo.listing import Moment as Extracted
from returns.events import TABLES
from returns.periods import Period

Q2 = Period.parse("2025-26-Q2")


def test_only_who_it_is_about_holds_a_row_and_steps_in_the_wrong_order_are_asked_about(tmp_path: Path) -> None:
    child = {"entered_care": date(2024, 2, 1), "decided": date(2024, 9, 2)}
    report = load(
        tmp_path / "data",
        annex_a(
            tmp_path / "lists.xlsx",
            adoption=[
                {"child_id": "1", **child, "placement_order": date(2025, 3, 3), "matched": date(2025, 2, 3)},
                {"child_id": "", **child},
                {"child_id": "3", "entered_care": "soon", "decided": date(2024, 9, 2), "reason_reversed": "RD2"},
            ],
            adopters=[
                {"adopter_id": "A1", "family": "F1", "enquired": date(2024, 5, 1), "children_placed": "two"},
                {"adopter_id": "A1", "family": "F1", "enquired": date(2024, 5, 1), "children_placed": "two"},
            ],
        ),
        period=str(Q2), extracted=date(2025, 9, 30), agency="council",
    )  # fmt: skip
    assert [(s.return_name, s.rows_read, s.rows_accepted, s.rows_held) for s in report.submissions] == [
        ("adoption", 3, 2, 1), ("adopters", 2, 2, 0)
    ]
    assert (2, "date-out-of-order", "Date of Matching Child and Prospective Adopters") in told(
        report, "row", "code", "column", only="adoption"
    )
    assert [row for row, severity in told(report, "row", "severity", only="adoption") if severity == "hold"] == [3]
    assert rows(tmp_path / "data", "SELECT count(*) FROM known.adopters") == [(1,)]
    (identifiers,) = rows(tmp_path / "data", "SELECT adopter_id, family FROM known.adopters")
    assert not {"A1", "F1"} & set(identifiers), "no identifier is kept as it was sent"


def test_the_demonstrations_steps_are_in_order_and_adoptions_those_of_care() -> None:
    county = imagined.county()
    day = extract_date(LATEST)
    listing = adoption(county, Extracted(str(LATEST), day, extract_date(LATEST.earlier()), window_start(day)))
    adopted = 0
    for row in listing.rows:
        entered, decided, order, matched, placed, done = (row.cells[place] for place in range(7, 13))
        steps = [step for step in (entered, decided, order, matched, placed, done) if isinstance(step, date)]
        assert steps == sorted(steps) and steps[-1] <= day
        adopted += done is not None
    in_care = [c for e in county.episodes for c in e.care if c.reason == "adopted" and c.ceased]
    since = date(day.year - 1, day.month, day.day)
    assert adopted == sum(1 for care in in_care if care.ceased and since < care.ceased <= day) > 0


def test_a_council_that_sends_no_list_can_send_its_median_and_how_many_children_it_is_of() -> None:
    made, catalogue, moment = empty_warehouse(), load_catalogue(), Moment(Q2, "known")
    sent = {"period": str(Q2), "covers": str(Q2), "submission_id": "S000001", "agency": "council"}
    insert(made, TABLES["aggregates"], [
        {**sent, "indicator": "ad_entry_to_placed", "numerator": 412.0, "denominator": 7.0},
        {**sent, "indicator": "ad_order_to_match", "numerator": 150.0},
    ])  # fmt: skip
    asked = {catalogue[name]: [moment] for name in ("ad_entry_to_placed", "ad_order_to_match")}
    held = read_held(made, area_code="E06000019")
    found = figures(made, asked, catalogue=catalogue, area_code="E06000019", held=held)
    told_of = found.county("ad_entry_to_placed", moment)
    assert (told_of.value, told_of.denominator, told_of.from_totals) == (412, 7, True)
    assert found.county("ad_order_to_match", moment).status == "x", "a median of nobody knows how many is no figure"
