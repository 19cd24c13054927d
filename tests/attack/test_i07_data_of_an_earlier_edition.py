"""I07: data that an earlier edition of the program loaded are made again from the files received; nothing is lost."""

from pathlib import Path
from typing import Any

import pytest
from loading import annex_a, load, rows

from dashboard import serve
from pipelines.replay import rebuild
from returns.places import Places
from warehouse import store

REFERRALS = "SELECT count(*) FROM known.referrals"


@pytest.fixture
def earlier(data: Any, tmp_path: Path) -> Places:
    """A data folder whose tables are those of another edition, with one referral in it."""
    load(data, annex_a(tmp_path / "a.xlsx", referrals=[{"child_id": "1", "referred": "05/08/2025", "source": "6"}]),
         period="2025-26-Q2", agency="council")  # fmt: skip
    places = Places.of(data)
    with store.build(places) as builder:
        builder.connection.execute("UPDATE main.meta SET value = 'another' WHERE key = 'shape'")
        builder.connection.execute("DROP TABLE known.budget")
    return places


def test_it_is_a_sentence_that_says_what_to_do_and_not_the_databases_words(earlier: Places) -> None:
    with pytest.raises(store.WarehouseTooOld, match="earlier edition of this program.*pipelines rebuild"):
        store.reader(earlier)
    with store.reader(earlier, 1) as named:
        assert named.query(REFERRALS) == [(1,)]


def test_a_rebuild_makes_it_this_editions(earlier: Places) -> None:
    rebuild(earlier)
    assert rows(earlier.data, REFERRALS) == [(1,)]
    assert rows(earlier.data, "SELECT count(*) FROM known.budget") == [(0,)]


def test_the_server_says_so_before_it_serves(
    earlier: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(earlier.data))
    assert serve.main(["--port", "1"]) == serve.EARLIER_EDITION
    assert "earlier edition" in capsys.readouterr().err


def test_info_still_says_what_the_folder_holds(earlier: Places) -> None:
    from warehouse.description import describe

    assert "earlier edition" in str(describe(earlier).note)
