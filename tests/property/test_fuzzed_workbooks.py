"""However a file is spoilt, it is refused with a finding or accounted for row by row: no fault, no hang, no greed.

Good files of every declared return are spoilt by Hypothesis (spoilt_files.py) and checked in a process of their own
(spoilt_worker.py), whose processor time and memory are measured. The draws are the same on every run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from spoilt_files import spoilt_book, write_book

from pipelines.load import Sending, load_files
from returns.periods import Period
from returns.places import PROJECT, Places
from warehouse import store

MOST_SECONDS = 10.0
MOST_MEGABYTES = 500
# What a loop of this many steps takes on an ordinary laptop, in processor seconds. Ten seconds there are more on a
# slow or shared machine, so the limit grows with what the same loop takes here; it never shrinks.
_STEPS, _ORDINARY = 3_000_000, 0.15


def slowness() -> float:
    """How many times slower than an ordinary laptop this machine is now; at least 1."""
    began = time.process_time()
    sum(range(_STEPS))
    for _ in range(_STEPS):
        pass
    return max(1.0, (time.process_time() - began) / _ORDINARY)


class Checker:
    """The process that checks; started again when it was ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.limit = MOST_SECONDS * slowness()
        self.counts: Counter[str] = Counter()
        (folder / "data").mkdir()
        self._start()

    def _start(self) -> None:
        command = [sys.executable, str(PROJECT / "tests" / "spoilt_worker.py"), str(self.folder / "data")]
        self.process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, path: Path) -> dict[str, Any]:
        """What came of checking the file; fails the test when the process ended or was ended for taking too long."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"file": str(path)}) + "\n")
        self.process.stdin.flush()
        # By the clock, which a busy machine lets run: only a file that would never end is ended by it.
        ending = threading.Timer(self.limit * 20, self.process.kill)
        ending.start()
        line = self.process.stdout.readline()
        ending.cancel()
        if not line:
            code = self.process.wait()
            self._start()
            pytest.fail(f"checking the file ended the process with exit code {code}")
        return dict(json.loads(line))

    def end(self) -> None:
        """No process is left."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    made = Checker(tmp_path_factory.mktemp("spoilt"))
    yield made
    made.end()


# The number decides what is done to the file, so that draws are as different as they can be; a failure shrinks to the
# fewest changes that make it.
SPOILT = {
    "chance": st.integers(0, 2**64 - 1), "changes": st.integers(1, 6), "rows": st.integers(1, 6),
}
AS_BEFORE = settings(
    deadline=None, derandomize=True, database=None, phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def spoil_and_check(checker: Checker, *, chance: int, changes: int, rows: int) -> None:
    """One file, made, spoilt and checked."""
    path = write_book(spoilt_book(chance, changes=changes, rows=rows), checker.folder / "sent")
    found = checker(path)
    assert not found["wrong"], found["wrong"]
    assert found["seconds"] < checker.limit, f"{found['seconds']:.1f} s of processor time"
    assert found["memory"] < MOST_MEGABYTES, f"{found['memory']:.0f} MB"
    checker.counts["files"] += 1
    checker.counts["accounted for"] += found["rows"][0] > 0
    checker.counts["with rows held"] += found["rows"][2] > 0
    checker.counts.update(found["codes"])


@settings(AS_BEFORE, max_examples=200)
@given(**SPOILT)
def test_a_spoilt_file_is_refused_with_a_finding_or_accounted_for_row_by_row(
    checker: Checker, chance: int, changes: int, rows: int
) -> None:
    spoil_and_check(checker, chance=chance, changes=changes, rows=rows)


def test_what_was_drawn_is_worth_drawing(checker: Checker) -> None:
    """Many of the spoilt files get as far as their rows, some rows are held, and many kinds of finding are met."""
    if not checker.counts:
        pytest.skip("the files are made by the test before this one, which did not run")
    assert checker.counts["accounted for"] > checker.counts["files"] / 3
    assert checker.counts["with rows held"] > 5
    assert len(checker.counts) > 30


@pytest.mark.long
@pytest.mark.timeout(6 * 3600)
@settings(AS_BEFORE, max_examples=5_000)
@given(**SPOILT)
def test_thousands_of_spoilt_files_are_refused_or_accounted_for(
    checker: Checker, chance: int, changes: int, rows: int
) -> None:
    spoil_and_check(checker, chance=chance, changes=changes, rows=rows)


def test_spoilt_files_that_are_loaded_are_in_the_warehouse_row_by_row(data: Path, tmp_path: Path) -> None:
    """What is checked is what is loaded: two dozen spoilt files at once; the last of each return counts."""
    sendings = []
    for number in range(24):
        path = write_book(spoilt_book(number, changes=3, rows=4), tmp_path / f"sent{number}")
        sendings.append(Sending(path, "council", Period.parse("2025-26-Q2"), date(2025, 9, 30)))
    report = load_files(Places.of(data), sendings)
    assert not [item.code for each in report.submissions for item in each.findings if item.code == "program-fault"]
    with store.reader(Places.of(data)) as reader:
        kept = reader.query("SELECT id, rows_read, rows_accepted, rows_held FROM main.submissions ORDER BY id")
        standing = {name for (name,) in reader.query("SELECT id FROM main.submissions WHERE status = 'accepted'")}
        held = dict(reader.query("SELECT submission_id, count(DISTINCT source_row) FROM main.held_rows GROUP BY ALL"))
    accepted = [each for each in report.submissions if each.status == "accepted"]
    assert kept == sorted((each.id, each.rows_read, each.rows_accepted, each.rows_held) for each in accepted)
    assert len(standing) > 4 and len(kept) > len(standing)
    assert standing == {each.id for each in {(each.return_name, each.agency): each for each in accepted}.values()}
    assert held == {each.id: each.rows_held for each in accepted if each.rows_held and each.id in standing}
    assert sum(held.values()) > 0
    assert all(each.rows_read == each.rows_accepted + each.rows_held for each in accepted)
