"""I03: a load killed at any moment leaves the old version or the new one, whole, and nothing in the way."""

import pytest

from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger

# A load in small: it replays what the ledger has and the version lacks, then adds a line and a row of its own.
LOAD = """
import sys
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger
places = Places.of(sys.argv[1])
ledger = Ledger(places)
with store.exclusive(places):
    missing = store.missing_events(places, ledger)
    with store.build(places) as builder:
        write = builder.connection.execute
        name = ledger.next_submission_id()
        for each in [*(event.submission for event in missing), name]:
            write(f"INSERT INTO known.plans (child_id) VALUES ('{each}')")
            write(f"INSERT INTO reported.plans (child_id) VALUES ('{each}')")
        builder.before_swap(lambda: ledger.append("accepted", submission=name))
"""


@pytest.mark.timeout(400)
def test_i03_a_build_killed_at_twenty_moments_leaves_a_whole_version(data, kill_at_random_moments):
    places = Places.of(data)
    ledger = Ledger(places)
    seen = [0]

    def whole(_number):
        accepted = list(ledger.events("accepted"))
        with store.reader(places) as current:
            held = {row[0] for row in current.query("SELECT child_id FROM known.plans")}
            as_reported = {row[0] for row in current.query("SELECT child_id FROM reported.plans")}
            position = int(current.meta("ledger_position"))
            assert current.meta("version") == str(current.version)
        assert held == as_reported == {event.submission for event in accepted if event.event_id <= position}
        missing = {event.submission for event in store.missing_events(places, ledger)}
        assert held | missing == {event.submission for event in accepted}
        assert not held & missing
        assert current.version >= seen[-1]
        seen.append(current.version)

    kills = kill_at_random_moments(
        ("-c", LOAD, str(data)), check=whole, moments=20,
        imports=("duckdb", "sqlalchemy.dialects.sqlite", "alembic.command", "filelock", "warehouse.store",
                 "warehouse.journal", "warehouse.schema"),
    )
    assert kills.killed == 20, f"some runs ended before they were killed: {kills}"

    with store.build(places):
        pass
    left = {path.name for path in places.versions.iterdir() if not path.name.startswith("warehouse-")}
    assert left == {"CURRENT"}
    assert {path.name for path in data.iterdir()} <= {
        "versions", "warehouse.duckdb", "journal.db", "journal.db-wal", "journal.db-shm", "load.lock",
    }


def test_i03_a_kill_between_the_ledger_and_the_swap_is_found_and_told(data, monkeypatch):
    places = Places.of(data)
    ledger = Ledger(places)
    with store.build(places) as builder:
        builder.before_swap(lambda: ledger.append("accepted", submission="S000001"))
    assert not store.behind(places, ledger)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.building.replace", killed)
    with pytest.raises(KeyboardInterrupt), store.build(places) as builder:
        builder.before_swap(lambda: ledger.append("accepted", submission="S000002"))
    monkeypatch.undo()

    assert store.current_version(places) == 1
    assert [event.submission for event in store.missing_events(places, ledger)] == ["S000002"]
