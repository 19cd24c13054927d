"""Running a command and taking its time and its largest memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from returns.places import PROJECT


@dataclass(frozen=True)
class Measured:
    """One run of a command: seconds by the clock, seconds of processor, and peak megabytes (None where not known)."""

    seconds: float
    processor: float | None
    megabytes: float | None


def run_measured(command: Sequence[str], *, allowed: Sequence[int] = (0,)) -> Measured:
    """What the Python command took; raises RuntimeError when it ends with another exit code than those allowed."""
    # Modules compiled once are read as such in every run, as they are on a desk.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if not hasattr(os, "wait4"):
        code = process.wait()
        found = Measured(time.perf_counter() - began, None, None)
    else:
        _pid, status, usage = os.wait4(process.pid, 0)
        code = process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        found = Measured(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)
    if code not in allowed:
        raise RuntimeError(f"{' '.join(command)} ended with exit code {code}")
    return found
