"""A submission is taken out of the figures, and let count again, on the Returns page: never without a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import Seen, opened
from streamlit.testing.v1 import AppTest

from returns.places import Places
from warehouse.ledger import Ledger

pytestmark = pytest.mark.timeout(900)


def page() -> AppTest:
    return opened("returns", **{"return": "council:referrals", "show": "life", "period": "2025-26-Q2"}).run


def changed(run: AppTest, choice: str, why: str, *, sure: bool = True) -> AppTest:
    run.selectbox(key="returns_life_which").select(choice)
    run.text_input(key="returns_life_why").input(why)
    if sure:
        run.checkbox(key="returns_life_sure").check()
    next(button for button in run.button if button.label == "Do it").click()
    run.run(timeout=600)
    assert not run.exception
    return run


def statuses(data: Path) -> list[tuple[str, str | None]]:
    return [(record.status, record.reason) for record in Ledger(Places.of(data)).submissions()]


def test_a_submission_is_taken_out_with_a_reason_and_let_count_again(data: Path, tmp_path: Path) -> None:
    sent = [{"child_id": "1", "referred": date(2025, 9, 30), "source": "6"}]
    load(data, annex_a(tmp_path / "q.xlsx", referrals=sent))
    run = page()
    assert "Take out: S000001, 2025-26-Q2, 1 row" in run.selectbox(key="returns_life_which").options

    run = changed(run, "S000001", "", sure=True)
    assert "Nothing was done" in run.warning[0].value
    run = changed(run, "S000001", "Sent by mistake", sure=False)
    assert "Nothing was done" in run.warning[0].value
    assert statuses(data)[0][0] == "accepted"

    run = changed(run, "S000001", "Sent by mistake")
    assert statuses(data) == [("retracted", "Sent by mistake")]
    assert "S000001 no longer counts" in run.success[0].value
    assert "Sent by mistake" in Seen(run).text
    run = changed(run, "S000001", "It was right after all")
    assert statuses(data)[0][0] == "accepted"
    assert "S000001 counts again" in run.success[0].value


def test_with_nothing_sent_one_quarter_is_owed_and_there_is_nothing_to_take_out(data: Path) -> None:
    run = page()
    matrix = next(one for one in Seen(run).tables if one.caption == "Who has sent what")
    assert matrix.rows[0] == ["Return", "2025-26-Q2"], "what was never asked for before is not missing"
    assert "Nothing was ever sent." in Seen(run).text
    assert not [box for box in run.selectbox if box.key == "returns_life_which"]


@pytest.mark.parametrize("role", ["group", "scrutineer", "observer"])
def test_only_the_analyst_is_offered_it(data: Path, role: str) -> None:
    seen = opened("returns", role=role, show="life")
    assert not seen.run.selectbox
    assert "not open to you" in seen.run.error[0].value
