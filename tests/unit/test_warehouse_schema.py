"""The schema: numbered changes, kept in step with the event tables that returns/events.py declares."""

import pytest

from warehouse import schema


@pytest.fixture
def empty():
    import duckdb

    with duckdb.connect(":memory:") as connection:
        yield connection


def test_changes_are_numbered_from_one_without_a_gap_and_say_why():
    assert [change.number for change in schema.CHANGES] == list(range(1, schema.latest() + 1))
    assert all(change.why for change in schema.CHANGES)


def test_a_change_of_the_event_tables_needs_a_numbered_change():
    assert schema.CHANGES[-1].shape == schema.shape_digest(), (
        "returns/events.py declares other tables or columns than change "
        f"{schema.latest()} of warehouse/schema.py was made for. Add a change after it, with "
        f"align_event_tables and the shape {schema.shape_digest()!r} (or, while no release carries change "
        f"{schema.latest()}, write that shape there)."
    )


def test_every_change_is_made_once(empty):
    assert schema.schema_version(empty) == 0
    assert schema.upgrade(empty) == [change.number for change in schema.CHANGES]
    assert schema.upgrade(empty) == []
    assert schema.schema_version(empty) == schema.latest()


def test_a_version_made_by_the_first_edition_comes_up_to_date_with_its_rows(empty, monkeypatch):
    with monkeypatch.context() as first_edition:
        first_edition.setattr(schema, "CHANGES", schema.CHANGES[:1])
        schema.upgrade(empty)
    empty.execute("INSERT INTO known.plans (child_id) VALUES ('a')")
    schema.upgrade(empty)
    assert schema.schema_version(empty) == schema.latest()
    assert empty.execute("SELECT child_id, first_period FROM known.plans").fetchall() == [("a", None)]


def test_a_name_that_is_not_plain_never_becomes_sql():
    for name in ('plans"; DROP TABLE x; --', "Plans", "plans ", "1plans", "", "pläns"):
        with pytest.raises(ValueError):
            schema._quoted(name)
