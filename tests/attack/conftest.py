"""What the attack tests share: a way to kill a command at random moments of its work."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# Imports what the command needs once, then runs it in a forked child for each line it is sent: {"argv", "seconds"}.
# After `seconds` the child and all it started are killed (null: it is left to end). Answers {"killed", "took", "code"}.
STEM = """
import importlib, json, os, runpy, signal, sys, time

def work(argv):
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    if argv[0] == "-m":
        sys.argv = argv[1:]
        runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = argv[1:]
        exec(compile(argv[1], "command", "exec"), {"__name__": "__main__"})

sys.path.insert(0, os.getcwd())
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
for line in sys.stdin:
    order = json.loads(line)
    began, killed, code = time.monotonic(), False, 0
    child = os.fork()
    if child == 0:
        try:
            work(order["argv"])
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(99)
        os._exit(0)
    if order["seconds"] is not None:
        time.sleep(order["seconds"])
        if os.waitpid(child, os.WNOHANG) == (0, 0):
            killed = True
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:  # it has not yet a group of its own
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    else:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps({"killed": killed, "took": time.monotonic() - began, "code": code}), flush=True)
"""


# How often a moment is tried again when the command had ended before it.
_TRIES = 4
# Each further try comes at this part of the moment before it: runs differ by more than the last slice of one.
_SOONER = 0.9


@dataclass
class Kills:
    """How a series of kills went: commands killed at work, and commands that had ended before."""

    killed: int = 0
    ended: int = 0
    seconds: float = 0.0


@pytest.fixture
def kill_at_random_moments() -> Callable[..., Kills]:
    """`kill_at_random_moments(command, check=…)` kills a command (SIGKILL) at random moments of its work.

    command   ("-m", "pipelines", "load", …) or ("-c", CODE, …), run by Python in the project's folder
    check     called after each run with its number (0 is the run that was left to end): asserts that all is whole
    prepare   called before each run with its number
    moments   how many runs are killed: one at a random moment of each slice of the time that an unharmed run
              takes, in a random order, so that every part of the work is met however slow the machine is
    imports   modules imported once beforehand, so that the kills fall in the work and not in importing
    seed      the same moments, as parts of the work, for the same seed
    """
    if not hasattr(os, "fork"):
        pytest.skip("this system has no SIGKILL")
    return _kill_at_random_moments


def _kill_at_random_moments(
    command: Sequence[str],
    *,
    check: Callable[[int], Any],
    prepare: Callable[[int], Any] = lambda number: None,
    moments: int = 20,
    imports: Sequence[str] = (),
    seed: int = 1,
    env: dict[str, str] | None = None,
) -> Kills:
    chance = random.Random(seed)
    parts = [(part + chance.random()) / moments for part in range(moments)]
    chance.shuffle(parts)
    stem = subprocess.Popen(
        [sys.executable, "-c", STEM, json.dumps(list(imports))], cwd=PROJECT, env={**os.environ, **(env or {})},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        prepare(0)
        unharmed = _run(stem, command, seconds=None)
        assert unharmed["code"] == 0, f"the command ended with exit code {unharmed['code']} when nothing was done to it"
        check(0)
        kills = Kills(seconds=unharmed["took"])
        runs = 0
        for part in parts:
            for attempt in range(_TRIES):
                runs += 1
                prepare(runs)
                run = _run(stem, command, seconds=part * _SOONER**attempt * kills.seconds)
                check(runs)
                if run["killed"]:
                    kills.killed += 1
                    break
                # It was quicker than the run it was timed by: the moments to come are parts of what it took.
                kills.ended += 1
                kills.seconds = min(kills.seconds, run["took"])
        return kills
    finally:
        stem.kill()
        stem.communicate()


def _run(stem: subprocess.Popen[str], command: Sequence[str], *, seconds: float | None) -> dict[str, Any]:
    assert stem.stdin and stem.stdout
    stem.stdin.write(json.dumps({"argv": list(command), "seconds": seconds}) + "\n")
    stem.stdin.flush()
    answer = stem.stdout.readline()
    assert answer, f"what runs the command ended with exit code {stem.wait()}"
    return dict(json.loads(answer))
