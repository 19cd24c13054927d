"""What is said of the data: what was due, how it was filled in, what came late, what joins and what agrees."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load, rows

from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.compute import figures
from metrics.examples import empty_warehouse
from returns.periods import Period
from returns.places import Places
from returns.tables_of_the_data import MADE_WITH_A_VERSION
from warehouse import store
from warehouse.ledger import Ledger

Q1, Q2 = Period.parse("2025-26-Q1"), Period.parse("2025-26-Q2")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two quarters of referrals and plans: one referral comes a quarter late, one row has no child."""
    folder = tmp_path_factory.mktemp("sent")
    on_time = {"child_id": "1", "referred": date(2025, 5, 12), "source": "6"}
    late = {"child_id": "2", "referred": date(2025, 6, 27), "source": "6"}
    first = annex_a(
        folder / "one.xlsx",
        referrals=[on_time, {"child_id": "", "referred": date(2025, 6, 2), "source": "6"}],
    )
    second = annex_a(
        folder / "two.xlsx",
        referrals=[on_time, late, {"child_id": "3", "referred": date(2025, 8, 4), "source": ""}],
    )
    data = folder / "data"
    load(data, first, period=str(Q1), extracted=date(2025, 7, 4))
    load(data, second, period=str(Q2), extracted=date(2025, 10, 3))
    return data


def figure(data: Path, name: str, period: Period = Q2) -> tuple[float | None, float | None]:
    """The whole county's (numerator, denominator)."""
    catalogue = load_catalogue()
    moment = Moment(period, "reported")
    with store.reader(Places.of(data)) as source:
        found = figures(source, {catalogue[name]: [moment]}, catalogue=catalogue, area_code="E06000019")
    result = found.county(name, moment)
    return result.numerator, result.denominator


def test_a_row_without_its_child_is_held_of_all_that_were_read(sent: Path) -> None:
    assert figure(sent, "dq_rows_held", Q1) == (1, 2)
    assert figure(sent, "dq_rows_held", Q2) == (0, 3)


def test_a_required_cell_that_is_blank_is_not_filled(sent: Path) -> None:
    filled, cells = figure(sent, "dq_complete", Q2)
    assert filled is not None and cells is not None
    assert (cells - filled, cells % 3) == (1, 0)


def test_an_event_that_only_the_next_return_brought_is_late_in_the_quarter_that_brought_it(sent: Path) -> None:
    assert figure(sent, "dq_recorded_late", Q2) == (1, 2)
    assert figure(sent, "dq_recorded_late", Q1) == (0, 0), "nobody sent the quarter before"


def test_a_return_is_late_from_the_day_after_it_was_due_and_what_is_not_due_yet_counts_for_nobody(sent: Path) -> None:
    due = rows(sent, "SELECT period, return_name, due, arrived FROM reported.returns_due WHERE agency = 'council' "
                     "AND return_name = 'referrals' ORDER BY due")  # fmt: skip
    assert [line[:2] for line in due] == [(str(Q1), "referrals"), (str(Q2), "referrals")]
    in_time = sum(arrived <= on for *_, on, arrived in due if arrived)
    numerator, denominator = figure(sent, "dq_returns_in", Q1)
    assert numerator is not None and denominator is not None
    # Both files came today, long after their days: what else the settings ask for never came at all.
    assert (in_time, numerator) == (0, 0) and denominator > 5


def test_building_again_from_the_ledger_says_the_same_of_the_data(sent: Path) -> None:
    from pipelines.replay import rebuild

    asked = [f"SELECT * FROM {schema}.{name} ORDER BY ALL" for name in sorted(MADE_WITH_A_VERSION)
             for schema in ("known", "reported")]  # fmt: skip
    before = [rows(sent, sql) for sql in asked]
    rebuild(Places.of(sent))
    assert [rows(sent, sql) for sql in asked] == before
    assert any(before)


def test_a_submission_that_was_taken_out_is_no_longer_counted(sent: Path) -> None:
    from pipelines.replay import restore, retract

    last = [one.id for one in Ledger(Places.of(sent)).submissions() if one.period == str(Q2)][-1]
    retract(Places.of(sent), last, why="a test")
    assert rows(sent, f"SELECT count(*) FROM reported.returns_sent WHERE period = '{Q2}'") == [(0,)]
    restore(Places.of(sent), last, why="a test")
    assert figure(sent, "dq_rows_held", Q2) == (0, 3)


def test_a_version_from_before_these_were_kept_says_so_and_gives_all_its_other_figures() -> None:
    made = empty_warehouse()
    made.connection.execute("DROP TABLE reported.returns_sent")
    made.connection.execute(
        "INSERT INTO main.submissions (id, return_name, agency, period, extracted, status, rows_read, rows_accepted, "
        "rows_held) VALUES ('S000001', 'referrals', 'council', '2025-26-Q2', DATE '2025-10-03', 'accepted', 0, 0, 0)"
    )
    catalogue, moment = load_catalogue(), Moment(Q2, "reported")
    asked = {catalogue[name]: [moment] for name in ("dq_rows_held", "ref_nfa")}
    found = figures(made, asked, catalogue=catalogue, area_code="E06000019")
    old, other = found.county("dq_rows_held", moment), found.county("ref_nfa", moment)
    assert (old.status, other.status) == ("x", "z")
    assert "earlier edition" in old.sentence
