"""Reads tests/oracle/values/*.csv: what other people's software gave, each file's first line naming whose."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "oracle" / "values"


def values(name: str) -> list[dict[str, str]]:
    """The rows of one file, by heading."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
