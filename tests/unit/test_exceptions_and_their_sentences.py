"""What makes an exception, in the words that a meeting reads: what was seen, never why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from metrics.benchmarks import Benchmark
from metrics.catalogue import load_catalogue
from metrics.causes import Cause, causes, improved, recorded_late, severity
from metrics.exceptions import AGENDA, Exceptional, numbered, ranked
from metrics.figure import Context, Tallied, of_tallies
from metrics.lines import Line
from metrics.population import Population
from metrics.process import process
from metrics.result import Result
from metrics.spc import Better
from metrics.targets import Targets, TargetStep
from returns.periods import Period

QUARTER = Period.parse("2025-26-Q2")
NONE = Targets({})
QUIET = [81, 79] * 12


def result(indicator: str, period: str, numerator: float, of: float | None = 100, **more: Any) -> Result:
    declared = load_catalogue()[indicator].indicator
    context = Context(Period.parse(period), "reported", Population({}), None)
    found = of_tallies(declared, Tallied(numerator, of), context=context, sources=())
    return replace(found, **more)


def months(indicator: str, numerators: Sequence[int], of: int = 100) -> list[Result]:
    """A result a month, the last of them September 2025."""
    last = Period.parse("2025-09")
    return [
        replace(result(indicator, str(last.earlier(len(numerators) - 1 - place)), one, of), basis="known")
        for place, one in enumerate(numerators)
    ]


def line(
    indicator: str = "as_45wd", *, now: Result | None = None, year_ago: Result | None = None,
    points: Sequence[Result] = (), target: float | None = None, benchmark: Benchmark | None = None,
    comparable: Result | None = None, comparison: str | None = None, better: Better | None = None,
) -> Line:  # fmt: skip
    declared = load_catalogue()[indicator].indicator
    if better is not None:
        declared = declared.model_copy(update={"better": better})
    step = TargetStep(since=date(2020, 1, 1), value=target, agreed="the board") if target is not None else None
    agreed = Targets({indicator: (step,)}) if step else NONE
    return Line(
        indicator=declared, quarter=QUARTER,
        result=replace(now or result(indicator, "2025-26-Q2", 80), comparison=comparison),
        previous=None, year_ago=year_ago, series=tuple(points), benchmark=benchmark, freshness=None, target=step,
        comparable=comparable, process=process(declared, list(points), targets=agreed),
    )  # fmt: skip


def only(of: Line) -> Cause:
    (found,) = causes(of)
    return found


def test_nothing_is_said_of_a_quiet_line() -> None:
    assert causes(line(points=months("as_45wd", QUIET))) == ()


def test_a_month_below_the_limits_is_a_special_cause_and_strong() -> None:
    found = only(line(points=months("as_45wd", [*QUIET, 60, 80, 79])))
    assert (found.rule, found.strong) == ("special_cause", True)
    assert found.says == ("60.0 per cent (60 of 100) in July 2025, below the range expected of it (74.7 to 85.3)")


def test_a_month_above_the_limits_is_no_exception_where_higher_is_better() -> None:
    assert causes(line(points=months("as_45wd", [*QUIET, 80, 80, 99]))) == ()


def test_a_month_of_an_earlier_quarter_is_not_raised_again() -> None:
    assert causes(line(points=months("as_45wd", [*QUIET, 60, 81, 79, 81]))) == ()


def test_a_run_below_the_average_is_to_be_watched() -> None:
    found = only(line(points=months("as_45wd", [*QUIET, 79, 78, 79, 78, 79, 78, 79])))
    assert (found.rule, found.strong) == ("special_cause", False)
    assert found.says == (
        "7 months or more in a row below its average of 80.0 per cent, 79.0 per cent (79 of 100) in September 2025"
    )


def test_a_fall_of_seven_months_is_said_as_a_fall() -> None:
    found = only(line(points=months("as_45wd", [*QUIET, 84, 83, 82, 81, 80, 79, 78])))
    assert found.says == "it has fallen for 7 months in a row, to 78.0 per cent (78 of 100) in September 2025"


def test_two_of_three_near_a_limit_are_said() -> None:
    found = only(line(points=months("as_45wd", [*QUIET, 80, 76, 76, 79])))
    assert found.says == (
        "two of three months close to the lower end of the range expected of it (74.7 to 85.3), "
        "76.0 per cent (76 of 100) in August 2025"
    )


def test_where_nobody_judges_it_is_unusual_and_never_an_alert_by_itself() -> None:
    found = only(line(better="neither", points=months("as_45wd", [*QUIET, 60, 80, 79])))
    assert (found.rule, found.strong) == ("unusual", False)
    assert severity([found]) == "watch"
    assert "concern" not in found.says and "worse" not in found.says


def test_a_run_chart_starts_no_exception() -> None:
    points = months("as_45wd", [2, 3] * 12 + [0] * 8, of=12)
    assert causes(line(points=points)) == ()


def test_a_provisional_month_starts_no_exception() -> None:
    points = months("as_45wd", [*QUIET, 80, 81, 60])
    points[-1] = replace(points[-1], status="p")
    assert causes(line(points=points)) == ()


def test_a_target_outside_the_interval_is_missed() -> None:
    found = only(line(now=result("as_45wd", "2025-26-Q2", 83), target=90))
    assert (found.rule, found.strong) == ("target_missed", False)
    assert found.says == (
        "83.0 per cent (83 of 100), July to September 2025; the target is 90 per cent, outside its interval "
        "(74.5 to 89.1)"
    )
    assert only(line(now=result("as_45wd", "2025-26-Q2", 60), target=90)).strong
    assert causes(line(now=result("as_45wd", "2025-26-Q2", 80), target=85)) == ()
    assert causes(line(now=result("as_45wd", "2025-26-Q2", 95), target=80)) == ()


def test_a_target_of_all_raises_no_alarm() -> None:
    short = line(now=result("as_45wd", "2025-26-Q2", 60), target=100)
    assert causes(short) == ()


def test_a_target_beyond_the_limits_is_never_met() -> None:
    found = only(line(points=months("as_45wd", QUIET), target=100))
    assert found.rule == "target_never_met"
    assert found.says == "the target of 100 per cent is beyond the range in which it varies (74.7 to 85.3)"
    assert causes(line(points=months("as_45wd", [99, 90] * 12), target=100)) == ()


def test_a_target_that_a_figure_that_never_varies_misses_is_said_of_that_figure() -> None:
    found = only(line(points=months("as_45wd", [80] * 24), target=85))
    assert found.rule == "target_never_met"
    assert found.says == (
        "the target is 85 per cent, and 80.0 per cent (80 of 100) in September 2025 is on its wrong side"
    )


def test_a_mean_misses_its_target_by_its_own_interval_and_is_no_strong_cause() -> None:
    slow = replace(
        result("as_45wd", "2025-26-Q2", 80), unit="days", value=90.0, lower=80.0, upper=100.0, numerator=None
    )
    found = only(line(now=slow, target=45, better="lower"))
    assert (found.rule, found.strong) == ("target_missed", False)
    assert found.says == (
        "90.0 days, July to September 2025; the target is 45 days, outside its interval (80.0 to 100.0)"
    )


PUBLISHED = Benchmark(
    measure="x", year=2025, own=None, status="ok", neighbours=83.4, neighbours_present=8, neighbours_of=10,
    set_year=2025, region=None, england=None,
)  # fmt: skip


def test_worse_than_the_neighbours_names_their_average_how_many_and_the_year() -> None:
    ours = result("as_45wd", "12m-2025-26-Q2", 700, 1000)
    found = only(line(benchmark=PUBLISHED, comparable=ours, comparison="low_998"))
    assert (found.rule, found.strong) == ("outlier", True)
    assert found.says == (
        "70.0 per cent (700 of 1,000), the year to September 2025; the mean of 8 of 10 statistical neighbours was "
        "83.4 per cent in 2024-25, outside our interval (67.1 to 72.8)"
    )
    assert causes(line(benchmark=PUBLISHED, comparable=ours, comparison="high_998")) == ()
    assert causes(line(benchmark=PUBLISHED, comparable=ours, comparison="none")) == ()
    assert causes(line(better="neither", benchmark=PUBLISHED, comparable=ours, comparison="low_998")) == ()


def test_worse_than_a_year_before_gives_both_figures() -> None:
    now, then = result("as_45wd", "2025-26-Q2", 60), result("as_45wd", "2024-25-Q2", 80)
    found = only(line(now=now, year_ago=then))
    assert (found.rule, found.strong) == ("changed", False)
    assert found.says == (
        "60.0 per cent (60 of 100), July to September 2025; 80.0 per cent (80 of 100) in the same quarter a year before"
    )
    assert only(line(now=result("as_45wd", "2025-26-Q2", 40), year_ago=then)).strong
    assert causes(line(now=then, year_ago=now)) == ()
    assert causes(line(now=now, year_ago=then, better="neither")) == ()


def test_better_than_a_year_before_or_by_its_chart_is_an_improvement() -> None:
    now, then = result("cla_dental", "2025-26-Q2", 80), result("cla_dental", "2024-25-Q2", 60)
    assert improved(line("cla_dental", now=now, year_ago=then))
    assert not improved(line("cla_dental", now=then, year_ago=now))
    assert improved(line(points=months("as_45wd", [*QUIET, 80, 80, 99])))
    assert not improved(line(points=months("as_45wd", QUIET)))


def test_rows_that_could_not_be_judged_are_poor_data() -> None:
    found = only(line(now=result("as_45wd", "2025-26-Q2", 80, left_out=20)))
    assert found.rule == "poor_data"
    assert found.says == "20 of 120 assessments could not be judged, because a cell that is needed is unknown"
    assert causes(line(now=result("as_45wd", "2025-26-Q2", 80, left_out=4))) == ()


def test_events_that_came_only_with_a_later_list_are_poor_data() -> None:
    points = months("fd_contacts", [100, 101] * 14, of=None)  # type: ignore[arg-type]
    late = only(line("fd_contacts", now=result("fd_contacts", "2025-26-Q2", 250, None), points=points))
    assert late.rule == "poor_data"
    assert late.says == (
        "52 of 302 contacts received, July to September 2025, were not on the list sent for the quarter and came with "
        "a later one"
    )
    assert causes(line("fd_contacts", now=result("fd_contacts", "2025-26-Q2", 300, None), points=points)) == ()


def test_a_chart_without_the_quarters_months_says_nothing_of_late_events() -> None:
    points = months("fd_contacts", [100, 101] * 14, of=None)[:-3]  # type: ignore[arg-type]
    now = result("fd_contacts", "2025-26-Q2", 250, None)
    assert recorded_late(line("fd_contacts", now=now, points=points)) is None
    assert recorded_late(line("fd_contacts", now=replace(now, basis="known"), points=points)) is None
    assert recorded_late(line("fd_contacts", now=replace(now, value=None), points=points)) is None


def test_an_alert_needs_certainty_or_two_causes() -> None:
    weak, strong = Cause("changed", "x"), Cause("outlier", "y", strong=True)
    assert severity([]) is None
    assert severity([weak]) == "watch"
    assert severity([weak, weak]) == severity([strong]) == "alert"


def raised(name: str, **more: Any) -> Exceptional:
    given: dict[str, Any] = {"severity": "watch", "state": "new", "group": None, "line": line()} | more
    return Exceptional(
        indicator=name, title=name, period=QUARTER, causes=(Cause("changed", "x"),), since="2025-26-Q2",
        sentence="x", **given,
    )  # fmt: skip


def test_the_agenda_has_ten_alerts_first_new_before_continuing_and_resolved_last() -> None:
    found = ranked(
        [
            raised("gone", state="resolved"), raised("old watch", state="continuing"), raised("new watch"),
            raised("old alert", severity="alert", state="continuing"), raised("new alert", severity="alert"),
            raised("the data", line=None),
        ]
    )  # fmt: skip
    assert [one.indicator for one in found] == [
        "new alert", "old alert", "new watch", "the data", "old watch", "gone",
    ]  # fmt: skip
    assert [one.rank for one in found] == [1, 2, 3, 4, 5, None]
    on_the_board = ranked([raised("a"), raised("b")], board=frozenset({"b"}))
    assert [one.indicator for one in on_the_board] == ["b", "a"]
    many = ranked([raised(str(place)) for place in range(14)])
    assert [one.rank for one in many][AGENDA - 1 : AGENDA + 1] == [10, None]


def test_an_agenda_from_which_some_are_left_out_for_a_viewer_is_numbered_without_gaps() -> None:
    every = ranked([raised(str(place)) for place in range(14)])
    left = numbered([one for one in every if one.rank not in (1, 4)])
    assert [one.rank for one in left] == [*range(1, AGENDA + 1), None, None]
