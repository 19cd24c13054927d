"""The ledger: lines are only added, and the submissions' state is folded from them."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from returns.places import PROJECT, Places
from warehouse import journal, store
from warehouse.ledger import CHANGING, KINDS, SEVERAL, Ledger
from warehouse.problems import LedgerUnavailable

CARRIES = {"return_name": "referrals", "agency": "council", "period": "2025-26-Q2"}


@pytest.fixture
def places(data):
    return Places.of(data)


@pytest.fixture
def ledger(places):
    return Ledger(places)


def receive(ledger, sha256="aa", **more):
    submission = ledger.next_submission_id()
    ledger.append("received", submission=submission, sha256=sha256, **{**CARRIES, **more})
    return submission


def states(ledger):
    return {record.id: record.status for record in ledger.submissions()}


def test_looking_at_a_ledger_that_is_not_there_makes_no_file(places, ledger):
    assert ledger.position() == 0
    assert list(ledger.events()) == []
    assert ledger.submissions() == []
    assert not places.journal.exists()


def test_a_line_comes_back_as_it_was_written(ledger):
    from datetime import date

    number = ledger.append("received", submission="S000001", file="Ymchwiliad Ł.xlsx", extracted=date(2025, 9, 30))
    event = next(ledger.events())
    assert (event.event_id, event.kind, event.submission) == (number, "received", "S000001")
    assert event.payload == {"file": "Ymchwiliad Ł.xlsx", "extracted": "2025-09-30"}
    assert event.at.endswith("+00:00")
    assert ledger.position() == number


def test_lines_are_given_after_a_position_and_by_kind(ledger):
    for kind in KINDS:
        ledger.append(kind, submission="S000001")
    assert [event.kind for event in ledger.events()] == list(KINDS)
    assert [event.kind for event in ledger.events(after=len(KINDS) - 1)] == [KINDS[-1]]
    assert [event.kind for event in ledger.events("nil")] == ["nil"]
    assert set(KINDS) > CHANGING


def test_an_unknown_kind_of_line_is_refused_and_several_lines_are_added_together_or_not_at_all(ledger):
    with pytest.raises(ValueError, match="no kind of line"):
        ledger.append("guessed")
    with pytest.raises(ValueError, match="no kind of line"):
        ledger.append_all([("received", "S000001", {}), ("guessed", "S000001", {})])
    with pytest.raises(ValueError):
        ledger.append("accepted", rows_read=float("nan"))
    assert ledger.position() == 0
    assert ledger.append_all([("received", "S000001", {}), ("accepted", "S000001", {})]) == [1, 2]


@pytest.mark.parametrize("sql", [
    "UPDATE ledger SET kind = 'nil'",
    "DELETE FROM ledger",
    "INSERT OR REPLACE INTO ledger VALUES (1, 'x', 'nil', NULL, '{}')",
    "REPLACE INTO ledger VALUES (1, 'x', 'nil', NULL, '{}')",
    "INSERT INTO ledger VALUES (1, 'x', 'nil', NULL, '{}') ON CONFLICT (event_id) DO UPDATE SET kind = 'nil'",
    "DELETE FROM submission_numbers",
    "UPDATE submission_numbers SET number = 7",
])
def test_no_line_can_be_changed_or_removed_by_any_program(places, ledger, sql):
    receive(ledger)
    with contextlib.closing(sqlite3.connect(places.journal)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(sql)
        assert connection.execute("SELECT kind FROM ledger").fetchall() == [("received",)]


def test_a_change_tried_by_us_is_told_as_a_sentence_without_the_line(places, ledger):
    from sqlalchemy import delete

    receive(ledger, file="Ada Smith.xlsx")
    with pytest.raises(LedgerUnavailable, match="only ever added to") as told, journal.writing(places) as connection:
        connection.execute(delete(journal.ledger_table()))
    assert "Ada" not in str(told.value)


def test_a_submission_goes_from_received_to_accepted_with_its_counts(ledger):
    submission = receive(ledger, file="Annex A.xlsx", sheet="List 3", edition="2019", extracted="2025-09-30")
    assert states(ledger) == {submission: "received"}
    line = ledger.append("accepted", submission=submission, rows_read=10, rows_accepted=8, rows_held=2)
    record = ledger.submission(submission)
    assert (record.status, record.rows_read, record.rows_accepted, record.rows_held) == ("accepted", 10, 8, 2)
    assert (record.file, record.sheet, record.edition, record.extracted) == (
        "Annex A.xlsx", "List 3", "2019", "2025-09-30",
    )
    assert record.ledger_event == line
    assert ledger.submission("S999999") is None


def test_sending_again_supersedes_and_both_stay(ledger):
    first, second = receive(ledger, "aa"), receive(ledger, "bb")
    ledger.append("accepted", submission=first)
    ledger.append("accepted", submission=second, supersedes=first)
    assert states(ledger) == {first: "superseded", second: "accepted"}
    assert ledger.submission(first).superseded_by == second
    assert ledger.submission(second).supersedes == first
    assert ledger.standing(*CARRIES.values()).id == second


def test_a_retracted_submission_can_be_restored_to_what_it_was(ledger):
    accepted, nil = receive(ledger), receive(ledger, agency="police")
    ledger.append("accepted", submission=accepted)
    ledger.append("nil", submission=nil)
    for submission in (accepted, nil):
        ledger.append("retracted", submission=submission, reason="the wrong quarter")
    assert states(ledger) == {accepted: "retracted", nil: "retracted"}
    assert ledger.submission(nil).reason == "the wrong quarter"
    assert ledger.standing(*CARRIES.values()) is None
    for submission in (accepted, nil):
        ledger.append("restored", submission=submission, reason="it was right")
    assert states(ledger) == {accepted: "accepted", nil: "nil"}


def test_refused_and_unchanged_are_kept_as_such(ledger):
    refused, same = receive(ledger), receive(ledger)
    ledger.append("refused", submission=refused, reason="no list has a date in the quarter")
    ledger.append("unchanged", submission=same, same_as="S000009")
    assert states(ledger) == {refused: "refused", same: "unchanged"}
    assert ledger.submission(same).same_as == "S000009"


def test_the_same_file_is_found_only_while_its_submission_stands(ledger):
    first = receive(ledger, "aa")
    assert ledger.find_same_file("aa", *CARRIES.values()) is None, "its load never finished"
    ledger.append("accepted", submission=first)
    assert ledger.find_same_file("aa", *CARRIES.values()).id == first
    assert ledger.find_same_file("aa", "referrals", "council", "2025-26-Q3") is None
    assert ledger.find_same_file("aa", "contacts", "council", "2025-26-Q2") is None
    assert ledger.find_same_file("bb", *CARRIES.values()) is None
    second = receive(ledger, "bb")
    ledger.append("accepted", submission=second, supersedes=first)
    assert ledger.find_same_file("aa", *CARRIES.values()) is None, "sent back after a correction: it loads again"
    ledger.append("retracted", submission=second)
    assert ledger.find_same_file("bb", *CARRIES.values()) is None


def test_answers_and_layouts_are_remembered_the_latest_first(ledger):
    for answer in ("1A", "1B"):
        ledger.append("answer", agency="council", code_list="source", spelling="family", answer=answer)
    ledger.append("answer", agency="police", code_list="source", spelling="family", answer="1C")
    assert ledger.answers("council") == {("source", "family"): "1B"}
    assert ledger.answers("council", before=2) == {("source", "family"): "1A"}
    assert ledger.answers("health") == {}
    assert ledger.remembered_agency("referrals", "abc") is None
    for _ in range(2):
        ledger.append("agency_remembered", return_name="referrals", layout_hash="abc", agency="council")
    assert ledger.remembered_agency("referrals", "abc") == "council"
    assert ledger.remembered_agency("contacts", "abc") is None
    ledger.append("agency_remembered", return_name="referrals", layout_hash="abc", agency="police")
    assert ledger.remembered_agency("referrals", "abc") == SEVERAL, "a template says nothing of whose it is"


APPENDS = """
import sys
from returns.places import Places
from warehouse.ledger import Ledger
ledger = Ledger(Places.of(sys.argv[1]))
for turn in range(60):
    ledger.append("received", submission=ledger.next_submission_id(), file=f"{sys.argv[2]} {turn}")
"""


def test_two_programs_that_write_at_once_lose_nothing_and_share_no_number(places, ledger):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDS, str(places.data), name], cwd=PROJECT, env={**os.environ, "PYTHONPATH": "."}
        )
        for name in ("one", "two")
    ]
    assert [writer.wait(timeout=100) for writer in writers] == [0, 0]
    events = list(ledger.events())
    for name in ("one", "two"):
        mine = [event.payload["file"] for event in events if event.payload["file"].startswith(name)]
        assert mine == [f"{name} {turn}" for turn in range(60)]
    assert len({event.submission for event in events}) == 120
    assert [event.event_id for event in events] == list(range(1, 121))


def test_many_people_who_open_new_ledgers_at_the_same_moment_all_can(tmp_path):
    start = threading.Barrier(8)

    def first_look(number):
        # Two to each folder: as two analysts on one dashboard, and as a trial beside the real ledger.
        opened = Ledger(Places.of(tmp_path / str(number // 2)))
        start.wait()
        with journal.writing(opened.places):
            pass
        return opened.position()

    with ThreadPoolExecutor(8) as people:
        assert list(people.map(first_look, range(8))) == [0] * 8


def test_what_the_ledger_has_and_the_version_lacks_is_told_in_order(places, ledger):
    submission = receive(ledger)
    with store.build(places) as builder:
        builder.before_swap(lambda: ledger.append("accepted", submission=submission))
    ledger.append("answer", agency="council", code_list="source", spelling="family", answer="1A")
    assert not store.behind(places, ledger), "an answer changes nothing that is loaded"
    ledger.append("retracted", submission=submission)
    ledger.append("restored", submission=submission)
    assert [event.kind for event in store.missing_events(places, ledger)] == ["retracted", "restored"]
    assert store.behind(places, ledger)


def test_a_second_opening_imports_no_alembic(places, ledger):
    receive(ledger)
    code = (
        "import sys\nfrom returns.places import Places\nfrom warehouse.ledger import Ledger\n"
        "assert Ledger(Places.of(sys.argv[1])).position() == 1\nassert 'alembic' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(places.data)], cwd=PROJECT, env={**os.environ, "PYTHONPATH": "."},
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_migrations_make_the_tables_that_the_program_expects(places, ledger):
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    receive(ledger)
    with journal.reading(places) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, journal.metadata()) == []
    settings = Config()
    settings.set_main_option("script_location", str(journal.MIGRATIONS))
    scripts = ScriptDirectory.from_config(settings)
    assert tuple(reversed([each.revision for each in scripts.walk_revisions()])) == journal.REVISIONS
