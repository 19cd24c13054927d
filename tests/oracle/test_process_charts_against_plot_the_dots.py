"""The rules, assurance and icons of our process charts are those of NHSRplotthedots' own unit tests."""

from __future__ import annotations

import pytest
from oracle_values import values

from metrics import spc

# Fifteen points whose mean is 0, the last of them on it so that no run starts there; limits 41.04 from the mean.
BEFORE = [8.0, -8.0] * 6 + [8.0, -8.0, 0.0]
KINDS = {"special_cause_improvement": "improvement", "special_cause_concern": "concern",
         "special_cause_neutral_high": "neutral_high", "special_cause_neutral_low": "neutral_low",
         "common_cause": "common_cause"}  # fmt: skip
BETTER: dict[str, spc.Better] = {"increase": "higher", "decrease": "lower", "neutral": "neither"}


def numbers(text: str) -> list[int]:
    return [int(one) for one in text.split()]


def rules_of(points: list[float]) -> list[str | None]:
    """The rules that fire on `points`, after a baseline whose mean is 0."""
    chart = spc.analyse([*BEFORE, *points], better="neither", baseline=len(BEFORE))
    assert chart.mean[0] == 0
    return list(chart.rule[len(BEFORE) :])


def parts_of(ends: list[int]) -> list[bool]:
    """Which points are of a run, where each run of seven ends at a point that is not 0."""
    return [any(ends[place : place + spc.RUN]) for place in range(len(ends))]


@pytest.mark.parametrize("row", [r for r in values("spc_rule_unit_vectors") if r["rule"] == "shift_end_of_run_of_7"])
def test_a_run_on_one_side_is_theirs(row: dict[str, str]) -> None:
    found = rules_of([float(one) for one in numbers(row["input"])])
    assert [rule == "shift" for rule in found] == parts_of(numbers(row["expected"]))


@pytest.mark.parametrize("row", [r for r in values("spc_rule_unit_vectors") if r["rule"] == "trend_end_of_run_of_7"])
def test_a_run_that_rises_or_falls_is_theirs(row: dict[str, str]) -> None:
    points = [float(one) - 4 for one in numbers(row["input"])]
    # The first point twice: a tie, so that no step leads into it.
    chart = spc.analyse([*BEFORE, points[0], *points], better="neither", baseline=len(BEFORE))
    start, ends = len(BEFORE) + 1, numbers(row["expected"])
    assert [rule == "trend" for rule in chart.rule[start:]] == parts_of(ends)
    for end, way in enumerate(ends):
        if way:
            assert chart.kind[start + end] == ("neutral_high" if way > 0 else "neutral_low")


@pytest.mark.parametrize("row", [r for r in values("spc_rule_unit_vectors") if r["rule"] == "part_of_7"])
def test_all_seven_of_a_run_are_marked(row: dict[str, str]) -> None:
    """Theirs marks the seven points up to each end; so do ours, for a shift whose runs end where theirs do."""
    ends = numbers(row["input"])
    assert [int(part) for part in parts_of(ends)] == numbers(row["expected"])
    end = next((place for place, way in enumerate(ends) if way), None)
    if end is None:
        return
    way = float(ends[end])
    points = [0.0] * (end - spc.RUN + 1) + [way] * spc.RUN + [0.0] * (len(ends) - end - 1)
    assert [int(rule == "shift") for rule in rules_of(points)] == numbers(row["expected"])


@pytest.mark.parametrize("row", [r for r in values("spc_rule_unit_vectors") if r["rule"].startswith("two_in_three_")])
def test_two_of_three_near_a_limit_are_theirs(row: dict[str, str]) -> None:
    sides = numbers(row["relative_to_mean"])
    # Limits are 41 from the mean: 36 is near one, 4 is not. A near point is on the side that they give.
    points = [float(side * (36 if near else 4)) for near, side in zip(numbers(row["input"]), sides, strict=True)]
    found = [int(rule == "two_of_three") for rule in rules_of(points)]
    expected = numbers(row["expected"])
    if row["rule"] == "two_in_three_window":  # theirs are the windows; the points flagged are those near the limit
        expected = [part * near for part, near in zip(expected, numbers(row["input"]), strict=True)]
    assert found == expected


@pytest.mark.parametrize("row", values("spc_assurance"))
def test_assurance_is_theirs(row: dict[str, str]) -> None:
    lower, upper = float(row["lpl"]), float(row["upl"])
    middle, reach = (lower + upper) / 2, (upper - lower) / 2
    # A series that goes to and fro by m has limits 2.66 m from its mean.
    swing = reach / 2.66
    series = [middle + swing / 2, middle - swing / 2] * 8
    chart = spc.analyse(series, better=BETTER[row["improvement_direction"]], target=float(row["target"]))
    assert chart.lower[-1] == pytest.approx(lower) and chart.upper[-1] == pytest.approx(upper)
    expected = row["expected_assurance"].removeprefix("consistent_") or None
    assert chart.assurance == expected


@pytest.mark.parametrize("row", values("spc_icon_map"))
def test_the_icon_is_that_of_the_last_point(row: dict[str, str]) -> None:
    kind = KINDS[row["point_type_of_last_point"]]
    for direction in BETTER if row["improvement_direction"] == "any" else [row["improvement_direction"]]:
        found = set()
        for last in (0.0, 60.0, -60.0):
            chart = spc.analyse([*BEFORE, last], better=BETTER[direction], baseline=len(BEFORE))
            if chart.kind[-1] == kind:
                found.add(chart.variation)
        assert found == {row["icon_file"]}
