"""I01, I04 to I08: two loads, a full disk, a read-only folder, damaged and missing files, other editions, the clock."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from returns.places import PROJECT, Places
from warehouse import journal, schema, store, versions
from warehouse.ledger import Ledger
from warehouse.problems import LedgerTooNew, LedgerUnavailable

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT)}


@pytest.fixture
def places(data):
    places = Places.of(data)
    add(places, "a")
    return places


def add(places, child):
    with store.build(places) as builder:
        builder.connection.execute(f"INSERT INTO known.plans (child_id) VALUES ('{child}')")


def plans(places):
    with store.reader(places) as now:
        return sorted(row[0] for row in now.query("SELECT child_id FROM known.plans"))


def contents(folder):
    return sorted((str(path), path.stat().st_size) for path in folder.rglob("*") if path.name != "load.lock")


# ---- I01 and I02: two loads at once, reading meanwhile ---------------------------------------------------------------

HOLDS = """
import sys
from returns.places import Places
from warehouse import store
with store.exclusive(Places.of(sys.argv[1]), doing="the load of a workbook"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def another_load(places):
    """Another process holds the lock."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(places.data)], cwd=PROJECT, env=ENVIRONMENT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout.readline() == "held\n"
        yield other
    finally:
        other.kill()
        other.communicate()


def test_i01_a_second_load_is_told_at_once_who_is_loading(places):
    with another_load(places) as other:
        with pytest.raises(store.LoadRunning) as told, store.build(places):
            pytest.fail("two loads at once")
        assert told.value.exit_code == 3
        assert "The load of a workbook has been running since" in str(told.value)
        assert f"process {other.pid}" in str(told.value)
        assert plans(places) == ["a"], "I02: and reading goes on"
        with pytest.raises(store.LoadRunning):
            store.use_version(places, 1)
    add(places, "b")
    assert plans(places) == ["a", "b"], "the lock of a process that was killed is free"


def test_i01_who_was_loading_is_not_named_once_that_process_is_dead(places, monkeypatch):
    with another_load(places):
        left = (places.data / "load.json").read_text()
    (places.data / "load.json").write_text(left)  # as a kill leaves it, while a new holder has not yet written
    from filelock import FileLock

    with FileLock(places.lock), pytest.raises(store.LoadRunning, match="^Another load is running"), store.build(places):
        pytest.fail("two loads at once")


def test_i01_a_load_may_build_while_it_holds_the_lock_and_another_thread_may_not(places):
    from threading import Thread

    said = []

    def second():
        try:
            add(places, "c")
        except store.LoadRunning as error:
            said.append(str(error))

    with store.exclusive(places):
        add(places, "b")
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert len(said) == 1
    assert plans(places) == ["a", "b"]


# ---- I04: disk full --------------------------------------------------------------------------------------------------

FILLS = """
import resource, sys
from returns.places import Places
from warehouse import store
places = Places.of(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with store.build(places) as builder:
        builder.connection.execute(
            "INSERT INTO known.plans (child_id, team) SELECT md5(range::VARCHAR), md5((range * 7)::VARCHAR) "
            "FROM range(250000)")
except store.NoRoom as error:
    print(error)
    sys.exit(1)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file to stand in for a full disk")
@pytest.mark.parametrize("limit", [1_000_000, 8_000_000], ids=["while copying", "while building"])
def test_i04_a_disk_that_fills_up_is_a_sentence_and_changes_nothing(places, limit):
    before = contents(places.data)
    done = subprocess.run(
        [sys.executable, "-c", FILLS, str(places.data), str(limit)], cwd=PROJECT, env=ENVIRONMENT,
        capture_output=True, text=True, check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("There is no room left on the disk")
    assert contents(places.data) == before
    assert plans(places) == ["a"]


def test_i04_a_disk_with_too_little_room_is_said_before_anything_is_copied(places, monkeypatch):
    nearly_full = shutil.disk_usage(places.data)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: nearly_full)
    with pytest.raises(store.NoRoom, match="Nothing was changed"):
        add(places, "b")
    assert plans(places) == ["a"]


# ---- I05: read-only folder -------------------------------------------------------------------------------------------


@pytest.fixture
def read_only(places):
    """The places in a folder that this process may read and not write."""
    if os.name == "nt":
        pytest.skip("Windows folders have no such permission")
    Ledger(places).append("demo", seed=1)
    journal.close(places)
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(places.data, folder / "data")
    shut = Places.of(folder / "data")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:  # permissions do not bind root
        os.seteuid(65534)
    yield shut
    if root:
        os.seteuid(0)
    journal.close(shut)
    for path in [folder, *(each for each in folder.rglob("*") if each.is_dir())]:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_i05_a_folder_that_may_not_be_written_can_be_read_and_says_why_it_cannot_be_loaded_into(read_only):
    assert plans(read_only) == ["a"]
    with pytest.raises(store.FolderReadOnly, match="cannot be written to"):
        add(read_only, "b")
    assert plans(read_only) == ["a"]


def test_i05_the_ledger_of_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_added_to(read_only):
    ledger = Ledger(read_only)
    assert [event.kind for event in ledger.events()] == ["demo"]
    with pytest.raises(LedgerUnavailable, match="cannot be written to"):
        ledger.append("demo", seed=2)
    assert ledger.position() == 1


# ---- I06: damaged and missing files ----------------------------------------------------------------------------------


def test_i06_a_missing_pointer_is_said_and_not_guessed(places):
    add(places, "b")
    places.current.unlink()
    for deed in (lambda: store.reader(places), lambda: add(places, "c")):
        with pytest.raises(store.CurrentUnreadable, match=r"is missing.*python -m warehouse use 2"):
            deed()
    store.use_version(places, 2)
    assert plans(places) == ["a", "b"]


@pytest.mark.parametrize("text", ["", "warehouse\n", "-1", "1e3", "١", "1\n2", "9" * 400, "7\n", "\0\0"])
def test_i06_a_damaged_pointer_is_said_with_what_to_do(places, text):
    places.current.write_text(text, encoding="utf-8")
    with pytest.raises(store.CurrentUnreadable, match="python -m warehouse use 1"):
        store.reader(places)
    store.use_version(places, 1)
    assert plans(places) == ["a"]


@pytest.mark.parametrize("damage", ["emptied", "cut short", "overwritten", "another kind of file"])
def test_i06_a_damaged_version_is_said_and_an_earlier_one_can_be_chosen(places, damage):
    add(places, "b")
    path = versions.version_file(places, 2)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes({
        "emptied": b"",
        "cut short": whole[: len(whole) // 3],
        "overwritten": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "another kind of file": b"PK\x03\x04" + whole[4:],
    }[damage])
    for deed in (lambda: plans(places), lambda: add(places, "c")):
        with pytest.raises(store.VersionDamaged, match=r"python -m warehouse use N"):
            deed()
    assert versions.numbers(places) == [1, 2], "nothing is built on a damaged version"
    with pytest.raises(store.VersionDamaged):
        store.use_version(places, 2)
    store.use_version(places, 1)
    assert plans(places) == ["a"]


def test_i06_unreadable_names_stop_a_load_before_it_could_remove_a_released_version(places):
    versions.names_file(places).write_text("{")
    with pytest.raises(store.WarehouseError, match="release"):
        add(places, "b")
    assert plans(places) == ["a"]


def test_i06_a_damaged_ledger_is_said(places):
    Ledger(places).append("demo", seed=1)
    journal.close(places)
    places.journal.write_bytes(b"no database at all, only words" * 100)
    with pytest.raises(LedgerUnavailable, match="damaged"):
        Ledger(places).position()


def test_i06_the_well_known_file_is_put_right_by_the_next_load(places):
    places.warehouse.unlink()
    places.warehouse.write_text("someone's own file")
    add(places, "b")
    assert places.warehouse.stat().st_size == versions.version_file(places, 2).stat().st_size


# ---- I07: other editions of the program ------------------------------------------------------------------------------


def with_one_more_change(monkeypatch):
    def towns(connection):
        connection.execute("CREATE TABLE main.towns (name VARCHAR)")
        connection.execute("ALTER TABLE known.plans ADD COLUMN town VARCHAR")

    change = schema.Change(schema.latest() + 1, "Towns", schema.CHANGES[-1].shape, towns)
    monkeypatch.setattr(schema, "CHANGES", (*schema.CHANGES, change))


def test_i07_an_older_version_is_read_as_it_is_when_named_and_brought_up_to_date_by_a_build(places, monkeypatch):
    number = schema.latest()
    with_one_more_change(monkeypatch)
    with pytest.raises(store.WarehouseTooOld, match="earlier edition"):
        store.reader(places)
    with store.reader(places, 1) as old:
        assert old.schema_version == number
        assert old.query("SELECT child_id FROM known.plans") == [("a",)]
    add(places, "b")
    with store.reader(places) as now, store.reader(places, 1) as old:
        assert now.schema_version == number + 1
        assert now.query("SELECT child_id, town FROM known.plans ORDER BY ALL") == [("a", None), ("b", None)]
        assert now.query("SELECT * FROM main.towns") == []
        assert old.schema_version == number, "the old one stays as it was"


def test_i07_a_newer_version_is_refused_and_nothing_is_built_on_it(places, monkeypatch):
    with monkeypatch.context() as later:
        with_one_more_change(later)
        add(places, "b")
    store.close_idle()
    for deed in (lambda: store.reader(places), lambda: add(places, "c")):
        with pytest.raises(store.WarehouseTooNew, match="later edition of this program"):
            deed()
    assert versions.numbers(places) == [1, 2]
    store.use_version(places, 1)
    assert plans(places) == ["a"]


def test_i07_a_column_declared_since_is_there_after_the_next_load(places, monkeypatch):
    from returns import events

    table = events.TABLES["plans"]
    wider = events.EventTable(
        table.name, table.title, table.key, table.dated, (*table.columns, events.Column("town", "text", "Town")),
    )
    monkeypatch.setattr(schema, "tables", lambda: iter([wider]))
    add(places, "b")
    with store.reader(places) as now:
        assert now.query("SELECT child_id, town FROM known.plans ORDER BY ALL") == [("a", None), ("b", None)]


def test_i07_a_newer_ledger_is_refused(places):
    import sqlite3

    Ledger(places).append("demo", seed=1)
    journal.close(places)
    with contextlib.closing(sqlite3.connect(places.journal)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(LedgerTooNew, match="later edition of this program"):
        Ledger(places).append("demo", seed=2)


# ---- I08: the clock goes back ----------------------------------------------------------------------------------------


def test_i08_a_clock_that_goes_back_does_not_change_which_submission_came_last(places, monkeypatch):
    ledger = Ledger(places)
    first, second = ledger.next_submission_id(), ledger.next_submission_id()
    carries = {"return_name": "referrals", "agency": "council", "period": "2025-26-Q2"}
    for submission, clock in ((first, "2025-10-26T01:59:00+00:00"), (second, "2025-10-26T01:01:00+00:00")):
        monkeypatch.setattr("warehouse.ledger._now", lambda at=clock: at)
        ledger.append("received", submission=submission, **carries)
        ledger.append("accepted", submission=submission, supersedes=first if submission == second else None)
    assert [event.event_id for event in ledger.events()] == [1, 2, 3, 4]
    assert [(record.id, record.status) for record in ledger.submissions()] == [
        (first, "superseded"), (second, "accepted"),
    ]
    assert ledger.standing("referrals", "council", "2025-26-Q2").id == second
