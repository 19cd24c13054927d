"""Runs a module as a user's installation would: without what only `requirements-dev.txt` brings.

`python bench/as_installed.py MODULE ARGUMENTS...`. pandera imports Hypothesis where it finds it, which takes seconds
and is on no user's machine.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The project itself, in place of this folder, as `python -m` has it.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # an import of it fails, as where it is not installed
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
