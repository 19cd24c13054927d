"""Small faults put into the methods one at a time are noticed by the tests of those methods."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# What each module's own tests are. Those of rows, pages and commands would notice more, and take hours over it.
TESTED_BY = {
    "metrics.spc": ["tests/unit/test_process_charts.py", "tests/property/test_process_charts_hold.py"],
    "metrics.intervals": [
        "tests/unit/test_intervals.py", "tests/property/test_intervals_hold.py",
        "tests/oracle/test_intervals_against_public_health_england.py",
    ],
    "metrics.compare": ["tests/unit/test_comparing.py", "tests/oracle/test_ranks_and_bands_against_lait.py"],
    "metrics.disclosure": [
        "tests/unit/test_disclosure_settings.py", "tests/property/test_hidden_counts_stay_hidden.py",
        "tests/oracle/test_disclosure_against_other_publishers.py",
    ],
}  # fmt: skip
AT_LEAST = 0.9


@pytest.mark.long
@pytest.mark.needs_shared
@pytest.mark.timeout(4 * 3600)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants are tried in forks, which Windows has not")
@pytest.mark.parametrize("module", TESTED_BY)
def test_nine_in_ten_faults_are_noticed(module: str, record_property: Callable[[str, object], None]) -> None:
    command = [sys.executable, "tests/mutants.py", module, *TESTED_BY[module]]
    made = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    share = told["killed"] / told["mutants"]
    said = f"{module}: {told['killed']} of {told['mutants']} mutants killed ({share:.1%})."
    record_property("said", said)
    print(said, *told["lived"], sep="\n")
    assert share >= AT_LEAST, "\n".join([said, *told["lived"]])
