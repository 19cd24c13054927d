"""Our intervals are those of Public Health England's own tool (PHEindicatormethods)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from metrics import intervals

pytestmark = pytest.mark.needs_shared


def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "oracles" / "phe_byars_wilson.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level_of(row: dict[str, str]) -> float:
    return {"95%": 0.95, "99.8%": 0.998}[row["confidence"]]


def test_wilsons_limits_are_theirs(shared: Path) -> None:
    checked = 0
    for row in rows(shared):
        if row["method"] != "Wilson":
            continue
        found = intervals.proportion(float(row["x"]), float(row["n"]), per=1, level=level_of(row))
        assert found.lower == pytest.approx(float(row["lowercl"]), rel=1e-9)
        assert found.upper == pytest.approx(float(row["uppercl"]), rel=1e-9)
        checked += 1
    assert checked == 6


def test_byars_limits_are_theirs(shared: Path) -> None:
    checked = 0
    for row in rows(shared):
        if row["method"] != "Byars":
            continue
        lower, upper = intervals.byar_limits(float(row["x"]), level=level_of(row))
        if row["lowercl"]:
            assert lower == pytest.approx(float(row["lowercl"]), rel=1e-9)
        assert upper == pytest.approx(float(row["uppercl"]), rel=1e-9)
        checked += 1
    assert checked == 7


def test_rates_of_ten_events_and_more_are_byars(shared: Path) -> None:
    for row in rows(shared):
        if row["method"] == "Byars" and float(row["x"]) >= 10:
            found = intervals.rate(float(row["x"]), 10_000, per=10_000, level=level_of(row))
            assert (found.lower, found.upper) == (
                pytest.approx(float(row["lowercl"]), rel=1e-9),
                pytest.approx(float(row["uppercl"]), rel=1e-9),
            )
