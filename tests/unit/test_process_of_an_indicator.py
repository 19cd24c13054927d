"""An indicator's Results over time as a process chart: which are judged, from where, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from metrics.catalogue import load_catalogue
from metrics.model import Part
from metrics.process import Process, process
from metrics.result import Result
from metrics.targets import Targets, TargetStep
from returns.periods import Period, month, quarter_of

NONE = Targets({})


def results(
    indicator: str, values: Sequence[float | None], *, first: str = "2023-04", of: int | None = 100
) -> list[Result]:
    """One result a month (or a quarter, as `first` says), its numerator a share of `of`."""
    declared = load_catalogue()[indicator].indicator
    period, found = Period.parse(first), []
    for value in values:
        found.append(
            Result(
                indicator=indicator, title=declared.title, period=period, basis="known", unit=declared.unit,
                decimals=declared.decimals, value=value, status="ok" if value is not None else "x",
                numerator=None if value is None else (value * of / 100 if of else value), denominator=of,
            )
        )  # fmt: skip
        period = _next(period)
    return found


def _next(period: Period) -> Period:
    day = period.end + timedelta(days=1)
    return month(day.year, day.month) if period.window == "month" else quarter_of(day)


def charted(indicator: str, values: Sequence[float | None], **options: Any) -> Process:
    given = {key: options.pop(key) for key in ("first", "of") if key in options}
    declared = load_catalogue()[indicator].indicator
    return process(declared, results(indicator, values, **given), **{"targets": NONE, **options})


QUIET = [81.0, 79.0] * 12


def test_a_flow_is_judged_and_its_icon_has_words() -> None:
    assert charted("as_45wd", QUIET).icon_words == "no change"
    fallen = charted("as_45wd", [*QUIET, 60.0])
    assert (fallen.variation, fallen.icon_words) == ("concern_low", "concern")


@pytest.mark.parametrize("indicator", ["cp_open", "cla_dental", "cl_in_touch"])
def test_a_stock_a_lookback_and_a_snapshot_are_not_judged_and_why_is_said(indicator: str) -> None:
    found = charted(indicator, [*QUIET, 20.0], first="2023-24-Q1")
    assert found.spc is None and found.variation is None
    assert "limits would find a change where there is none" in found.why
    assert len(found.points) == 25


def test_what_is_not_charted_has_no_last_figure_to_put_an_icon_on() -> None:
    assert charted("cp_open", [100.0, 110.0], first="2025-26-Q1").last is None
    assert charted("as_45wd", QUIET).last == results("as_45wd", QUIET)[-1]


def test_a_mean_is_judged_whatever_its_numerators_are() -> None:
    flow = load_catalogue()["as_45wd"].indicator
    of_days = flow.model_copy(update={"numerator": Part(mean="days_between(started, ended)", dated="ended")})
    points = [replace(one, numerator=1.0) for one in results("as_45wd", QUIET)]
    assert process(flow, points, targets=NONE).spc.state == "run_chart"  # type: ignore[union-attr]
    assert process(of_days, points, targets=NONE).spc.state == "ok"  # type: ignore[union-attr]


def test_rolling_years_are_not_judged() -> None:
    quarters = results("ref_rate", QUIET, first="2019-20-Q1")
    rolling = [replace(one, period=one.period.rolling_year()) for one in quarters]
    found = process(load_catalogue()["ref_rate"].indicator, rolling, targets=NONE)
    assert found.spc is None and "shares nine months" in found.why


def test_limits_rest_on_the_first_24_points_and_stay() -> None:
    before = charted("as_45wd", QUIET)
    after = charted("as_45wd", [*QUIET, 60.0, 61.0, 62.0])
    assert before.spc and after.spc
    assert after.spc.upper[:24] == before.spc.upper
    assert after.spc.upper[-1] == before.spc.upper[-1]


def test_a_rebase_starts_with_the_month_its_day_falls_in() -> None:
    series = [*QUIET, *[61.0, 59.0] * 6]
    found = charted("as_45wd", series, rebases=[date(2025, 4, 14)])
    assert found.spc and found.spc.mean[23:25] == [80.0, 60.0]
    assert found.variation == "common_cause"


def test_a_rebase_outside_the_series_changes_nothing() -> None:
    days = [date(2001, 1, 1), date(2050, 1, 1)]
    assert charted("as_45wd", QUIET, rebases=days).spc == charted("as_45wd", QUIET).spc


def test_the_target_that_held_at_the_last_point_is_the_one_set_against_the_limits() -> None:
    steps = {"as_45wd": (TargetStep(since=date(2020, 1, 1), value=10, agreed="the board"),
                         TargetStep(since=date(2025, 3, 1), value=99, agreed="the board"))}  # fmt: skip
    assert charted("as_45wd", QUIET, targets=Targets(steps)).assurance == "fail"
    assert charted("as_45wd", QUIET[:-1], targets=Targets(steps)).assurance == "pass"
    assert charted("as_45wd", QUIET, targets=Targets(steps)).target == 99


def test_small_numerators_get_a_run_chart_and_it_is_said() -> None:
    found = charted("as_45wd", QUIET, of=5)
    assert found.spc and found.spc.state == "run_chart"
    assert "A run chart, without limits" in found.why


def test_few_points_are_on_trial_or_too_few_and_it_is_said() -> None:
    assert "on trial" in charted("as_45wd", QUIET[:8]).why
    assert "too few for limits" in charted("as_45wd", QUIET[:7]).why


def test_a_missing_last_month_is_said_and_the_icon_is_of_the_last_figure() -> None:
    found = charted("as_45wd", [*QUIET, 60.0, None])
    assert found.variation == "concern_low"
    assert found.why == "No figure for May 2025; the icon is of April 2025."
    assert found.last and str(found.last.period) == "2025-04"


def test_limits_are_drawn_no_further_than_is_possible() -> None:
    found = charted("as_45wd", [99.0, 90.0] * 12)
    assert found.spc and found.spc.upper[0] is not None and found.spc.upper[0] > 100
    assert found.band[0] is not None and found.band[0][1] == 100


def test_no_figure_at_all_is_said() -> None:
    assert charted("as_45wd", [None, None]).why == "There is no figure yet."
    assert charted("as_45wd", []).why == "There is no figure yet."


def test_a_flat_line_is_said() -> None:
    assert "do not vary from 100.0" in charted("as_child_seen", [100.0] * 24).why
