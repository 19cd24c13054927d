"""D02: what a reader is asked can read one version of the warehouse, and nothing else on the machine or beyond it."""

import pytest

from returns.places import Places
from warehouse import store


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A version to read, never changed by these tests."""
    places = Places.of(tmp_path_factory.mktemp("locked_down"))
    with store.build(places) as builder:
        builder.connection.execute("INSERT INTO known.plans (child_id, team) VALUES ('a', 'North')")
    return places


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("name\nAda\n")
    return path


READS_A_FILE = [
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_csv_auto('{secret}')",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
    "SELECT * FROM query_table('{secret}')",
    "SELECT * FROM 'https://example.com/x.csv'",
    "SELECT * FROM read_csv('https://example.com/x.csv')",
    "SELECT * FROM enable_logging(storage := 'file', storage_path := '{folder}')",
    "SELECT * FROM enable_profiling(save_location := '{folder}/profile')",
    "SELECT * FROM \"Enable_Logging\"/**/(storage := 'file', storage_path := '{folder}')",
    "SELECT 1 WHERE 1 IN (WITH x AS (SELECT 1 FROM enable_logging()) SELECT * FROM x)",
    "SELECT * FROM main.force_checkpoint()",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM pandas_scan(1)",
]

IS_NOT_A_SELECT = [
    "COPY known.plans TO '{folder}/out.csv'",
    "COPY known.plans TO '{version}.wal'",
    "EXPLAIN ANALYZE COPY known.plans TO '{version}.wal'",
    "COPY (SELECT 1) TO '{version}'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.duckdb'",
    "ATTACH '{version}' AS again",
    "DETACH warehouse",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET threads = 1",
    "SET VARIABLE x = 1",
    "PRAGMA enable_profiling",
    "PRAGMA disable_checkpoint_on_shutdown",
    "CALL enable_logging(storage = 'file', storage_path = '{folder}')",
    "CALL pragma_database_size()",
    "CREATE TABLE known.x (a INTEGER)",
    "CREATE TEMP TABLE plans (a INTEGER)",
    "CREATE TEMP VIEW plans AS SELECT 1",
    "CREATE TEMP MACRO count(x) AS 7",
    "CREATE SECRET (TYPE s3)",
    "INSERT INTO known.plans (child_id) VALUES ('b')",
    "UPDATE known.plans SET team = 'South'",
    "DELETE FROM known.plans",
    "DROP TABLE known.plans",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN TRANSACTION",
    "PREPARE x AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE known.plans",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("sql", READS_A_FILE)
def test_d02_a_select_cannot_reach_a_file_or_an_address(places, secret, tmp_path, sql):
    before = [*sorted(tmp_path.rglob("*")), *sorted(places.data.rglob("*"))]
    with store.reader(places) as reader, pytest.raises((store.StatementRefused, store.QueryFailed)) as refused:
        reader.query(sql.format(secret=secret, folder=tmp_path))
    assert "Ada" not in str(refused.value)
    assert [*sorted(tmp_path.rglob("*")), *sorted(places.data.rglob("*"))] == before


@pytest.mark.parametrize("sql", IS_NOT_A_SELECT)
def test_d02_anything_but_one_select_is_refused(places, tmp_path, sql):
    version = places.versions / "warehouse-000001.duckdb"
    before = [*sorted(tmp_path.rglob("*")), *sorted(places.data.rglob("*"))]
    with store.reader(places) as reader:
        with pytest.raises((store.StatementRefused, store.QueryFailed)):
            reader.query(sql.format(folder=tmp_path, version=version))
        assert reader.query("SELECT child_id, team FROM known.plans") == [("a", "North")]
        assert reader.query("SELECT count(*) FROM known.plans") == [(1,)]
    assert [*sorted(tmp_path.rglob("*")), *sorted(places.data.rglob("*"))] == before


def test_d02_the_sql_of_every_day_is_answered(places):
    with store.reader(places) as reader:
        assert reader.query("SELECT 'read_csv' FROM known.plans") == [("read_csv",)]
        assert reader.query("WITH q AS (SELECT * FROM range(3) t(n)) SELECT max(n), sum(n) / nullif(0, 0) FROM q") == [
            (2, None)
        ]
        assert reader.query("SELECT list_transform([1, 2], lambda x: x + 1)") == [([2, 3],)]
        twice = "SELECT count(*) FROM known.plans, unnest([1, 2]) WHERE team = $team"
        assert reader.query(twice, {"team": "North"}) == [(2,)]
        assert ("plans",) in reader.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'known'")


def test_d02_the_connection_itself_is_locked_when_the_look_at_the_statement_is_got_round(places, secret, tmp_path):
    """A second wall: what DuckDB itself refuses, whatever the reader lets through."""
    import duckdb

    with store.reader(places) as reader:
        for sql in (
            "INSERT INTO known.plans (child_id) VALUES ('b')", "CREATE TABLE known.x (a INTEGER)",
            "SET enable_external_access = true", "SET lock_configuration = false", "INSTALL httpfs", "LOAD httpfs",
            f"ATTACH '{tmp_path}/other.duckdb'", f"COPY known.plans TO '{tmp_path}/out.csv'",
            f"SELECT * FROM read_csv('{secret}')",
        ):
            with pytest.raises(duckdb.Error):
                reader._connection.cursor().execute(sql)
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()


def test_d02_a_table_name_never_means_a_variable_of_the_program(places):
    import pandas as pd

    outside = pd.DataFrame({"a": [1]})
    with store.reader(places) as reader, pytest.raises(store.QueryFailed):
        reader.query("SELECT * FROM outside")
    assert len(outside) == 1


def test_d02_a_build_reaches_no_file_or_address_either(data, secret, tmp_path):
    import duckdb

    places = Places.of(data)
    with pytest.raises(ZeroDivisionError), store.build(places) as builder:
        builder.connection.execute("ROLLBACK")  # so that each refusal stands alone
        for sql in (
            f"SELECT * FROM read_csv('{secret}')", f"COPY (SELECT 1) TO '{tmp_path}/out.csv'", "INSTALL httpfs",
            f"ATTACH '{tmp_path}/other.duckdb'", "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                builder.connection.execute(sql)
        raise ZeroDivisionError
    assert store.current_version(places) is None
    assert not (tmp_path / "out.csv").exists()


def test_d02_what_the_database_says_of_a_cell_is_not_repeated(places):
    with store.reader(places) as reader, pytest.raises(store.QueryFailed) as refused:
        reader.query("SELECT CAST(team AS INTEGER) FROM known.plans")
    assert "North" not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__


def test_d02_what_the_database_says_of_a_cell_during_a_build_is_not_repeated(data):
    places = Places.of(data)
    with pytest.raises(store.BuildFailed) as failed, store.build(places) as builder:
        builder.connection.execute("INSERT INTO known.plans (child_id, team) VALUES ('a', 'North')")
        builder.connection.execute("INSERT INTO known.plans (started) SELECT team FROM known.plans")
    assert "North" not in str(failed.value)
    assert store.current_version(places) is None


def test_d01_a_hostile_name_is_only_ever_a_value(data):
    names = ("x'); DROP TABLE known.plans;--", "]", '"', "%", "a" * 10_000, "\N{RIGHT-TO-LEFT OVERRIDE}")
    places = Places.of(data)
    with store.build(places) as builder:
        for name in names:
            builder.connection.execute("INSERT INTO known.plans (child_id, team) VALUES ('b', ?)", [name])
    with store.reader(places) as reader:
        for name in names:
            assert reader.query("SELECT team FROM known.plans WHERE team = ?", [name]) == [(name,)]
