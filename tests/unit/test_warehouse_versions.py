"""Versions: built aside, swapped in whole, kept, named, gone back to."""

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from returns.events import TABLES
from returns.places import PROJECT, Places
from warehouse import store
from warehouse import versions as version_files
from warehouse.versions import numbers, version_file


@pytest.fixture
def places(data):
    return Places.of(data)


def add(places, child):
    """One more version, with one more plan."""
    with store.build(places) as builder:
        builder.connection.execute(f"INSERT INTO known.plans (child_id) VALUES ('{child}')")
    return store.current_version(places)


def plans(reader):
    return sorted(row[0] for row in reader.query("SELECT child_id FROM known.plans"))


def test_nothing_loaded_is_said_with_what_to_do(places):
    assert store.current_version(places) is None
    assert store.versions(places) == []
    with pytest.raises(store.NothingLoaded, match="pipelines load"):
        store.reader(places)
    assert not places.versions.exists(), "looking makes nothing"


def test_each_load_makes_a_version_on_top_of_the_last(places):
    assert add(places, "a") == 1
    assert add(places, "b") == 2
    with store.reader(places) as now, store.reader(places, 1) as before:
        assert plans(now) == ["a", "b"]
        assert plans(before) == ["a"]
        assert (now.version, before.version) == (2, 1)


def test_a_version_from_scratch_starts_empty(places):
    add(places, "a")
    with store.build(places, from_scratch=True):
        pass
    with store.reader(places) as now:
        assert plans(now) == []


def test_every_declared_table_and_column_is_there_under_its_plain_name(places):
    with store.build(places):
        pass
    with store.reader(places) as now:
        for table in TABLES.values():
            declared = [column.name for column in table.all_columns()]
            assert list(now.columns(f"SELECT * FROM reported.{table.name}")) == declared
            assert list(now.columns(f"SELECT * FROM known.{table.name}")) == [*declared, "first_period"]
        for own in ("submissions", "findings", "held_rows", "column_quality", "population", "benchmarks",
                    "neighbours", "bank_holidays", "published", "meta"):
            assert now.value(f"SELECT count(*) FROM main.{own}") is not None


def test_a_load_that_fails_changes_nothing(places):
    add(places, "a")
    before = sorted((path.name, path.stat().st_ino) for path in places.versions.iterdir())
    with pytest.raises(ZeroDivisionError), store.build(places) as builder:
        builder.connection.execute("INSERT INTO known.plans (child_id) VALUES ('b')")
        raise ZeroDivisionError
    assert sorted((path.name, path.stat().st_ino) for path in places.versions.iterdir()) == before
    with store.reader(places) as now:
        assert plans(now) == ["a"]
    assert add(places, "c") == 2, "nothing is left in the way of the next"


def test_what_runs_before_the_swap_sees_the_old_version_and_can_stop_the_new(places):
    add(places, "a")
    seen = []
    with store.build(places) as builder:
        builder.before_swap(lambda: seen.append(store.current_version(places)))
        builder.before_swap(lambda: 41)
    assert seen == [1]
    with store.reader(places) as now:
        assert now.meta("ledger_position") == "41"

    def refuse():
        raise RuntimeError("the ledger would not")

    with pytest.raises(RuntimeError), store.build(places) as builder:
        builder.before_swap(refuse)
    assert store.current_version(places) == 2
    assert numbers(places) == [1, 2]


@pytest.fixture
def three_kept(monkeypatch):
    """Three versions are kept in place of twelve, to save the test's time."""
    assert version_files.KEPT == 12
    monkeypatch.setattr(version_files, "KEPT", 3)


def test_a_reader_goes_on_answering_from_its_version_while_later_ones_come(places, three_kept):
    add(places, "a")
    with store.reader(places) as steady:
        for number in range(4):
            add(places, f"b{number}")
            assert plans(steady) == ["a"]
            assert steady.version == 1
        with store.reader(places) as now:
            assert len(plans(now)) == 5
    assert 1 in numbers(places), "a version in use is not removed"
    add(places, "c")
    assert 1 not in numbers(places), "and goes once it is not"


def test_the_latest_versions_are_kept_and_those_a_release_names(places, three_kept):
    add(places, "1")
    store.name_version(places, 1, "release 2025-26-Q2")
    for number in range(2, 6):
        add(places, str(number))
    assert numbers(places) == [1, 3, 4, 5]
    assert store.versions(places)[0].named_by == ("release 2025-26-Q2",)
    store.unname_version(places, 1, "release 2025-26-Q2")
    with pytest.raises(store.NoSuchVersion):
        store.name_version(places, 2, "release")
    store.use_version(places, 3)
    add(places, "6")
    assert numbers(places) == [4, 5, 6]


def test_an_earlier_version_can_be_made_current_and_the_next_load_starts_from_it(places):
    for child in "abc":
        add(places, child)
    store.use_version(places, 1)
    with store.reader(places) as now:
        assert plans(now) == ["a"]
    assert add(places, "d") == 4, "a number is never used twice"
    with store.reader(places) as now:
        assert plans(now) == ["a", "d"]
    with pytest.raises(store.NoSuchVersion, match="1, 2, 3, 4"):
        store.use_version(places, 9)


def test_the_well_known_file_is_always_the_current_version(places):
    import duckdb

    def held():
        with duckdb.connect(str(places.warehouse), read_only=True) as connection:
            return connection.execute("SELECT count(*) FROM known.plans").fetchall()[0][0]

    add(places, "a")
    assert held() == 1
    add(places, "b")
    assert held() == 2
    store.use_version(places, 1)
    assert held() == 1
    assert not list(places.data.glob("*.new"))


def test_a_system_without_hard_links_gets_a_copy(places, monkeypatch):
    def no_links(*_args, **_named):
        raise OSError("not here")

    monkeypatch.setattr(os, "link", no_links)
    add(places, "a")
    assert places.warehouse.read_bytes() == version_file(places, 1).read_bytes()


def test_no_log_is_left_beside_a_version(places):
    add(places, "a")
    assert {path.name for path in places.versions.iterdir()} == {"CURRENT", "warehouse-000001.duckdb"}


def test_eight_threads_that_share_a_reader_get_the_right_numbers(places):
    with store.build(places) as builder:
        builder.connection.execute(
            "INSERT INTO known.plans (child_id, age) SELECT 'c' || range, range % 97 FROM range(20000)"
        )
    with store.reader(places) as shared:
        def ask(number):
            for turn in range(10):
                age = (number * 10 + turn) % 97
                rows = shared.query("SELECT count(*), min(age), max(age) FROM known.plans WHERE age = ?", [age])
                expected = 20000 // 97 + (1 if age < 20000 % 97 else 0)
                assert rows == [(expected, age, age)]
                assert shared.columns("SELECT DISTINCT age FROM known.plans WHERE age = ?", [age]) == {"age": [age]}
            return True

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(8)))


def test_threads_that_open_and_close_while_loads_go_on_always_see_a_whole_version(places):
    add(places, "0")
    wrong, stop = [], threading.Event()

    def look():
        while not stop.is_set():
            time.sleep(0.01)
            try:
                with store.reader(places) as now:
                    if len(plans(now)) != now.version:
                        wrong.append(now.version)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test below says so
                wrong.append(repr(error))

    lookers = [threading.Thread(target=look, daemon=True) for _ in range(3)]
    for looker in lookers:
        looker.start()
    try:
        for number in range(1, 5):
            add(places, str(number))
    finally:
        stop.set()
        for looker in lookers:
            looker.join()
    assert wrong == []


def test_an_empty_load_is_quick_and_imports_neither_pandas_nor_alembic(data):
    import subprocess

    import duckdb

    code = (
        "import sys\nfrom returns.places import Places\nfrom warehouse import store\n"
        "places = Places.of(sys.argv[1])\n"
        "with store.build(places) as builder:\n    builder.set_meta('demonstration', 'yes')\n"
        "with store.reader(places) as reader:\n    assert reader.meta('demonstration') == 'yes'\n"
        "assert not {'pandas', 'alembic', 'sqlalchemy'} & set(sys.modules), 'imported for nothing'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)], cwd=PROJECT, env={**os.environ, "PYTHONPATH": "."},
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr

    places = Places.of(data)
    def quickest(deed):
        """Seconds of the processor: other tests run beside this one."""
        taken = []
        for _ in range(4):
            began = time.process_time()
            deed()
            taken.append(time.process_time() - began)
        return min(taken)

    def empty_load():
        with store.build(places):
            pass

    # DuckDB takes 0.05 s to start on a machine that takes 0.3 s for an empty load.
    assert quickest(empty_load) < 10 * quickest(lambda: duckdb.connect(":memory:").close())


def test_a_data_folder_made_anew_at_the_same_path_is_read_anew(places):
    import shutil

    add(places, "a")
    with store.reader(places) as now:
        assert plans(now) == ["a"]
    shutil.rmtree(places.data)
    add(places, "b")
    with store.reader(places) as now:
        assert plans(now) == ["b"]


def test_what_a_version_says_of_itself_is_plain_words(places):
    with pytest.raises(ValueError), store.build(places) as builder:
        builder.set_meta("demonstration", "yes'); DROP TABLE known.plans;--")
    assert store.current_version(places) is None


def test_places_follow_the_option_then_the_environment_then_the_project(tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "there"))
    assert Places.of().data == tmp_path / "there"
    assert Places.of(tmp_path / "here").data == tmp_path / "here"
    monkeypatch.delenv("SCORECARD_DATA")
    assert Places.of().data.name == "data"
    assert Places.of(tmp_path).reference == Places.of().data / "reference"
    (tmp_path / "reference").mkdir()
    assert Places.of(tmp_path).reference == tmp_path / "reference"
