"""Charts: the figure, its words, its table and its file come of one object and cannot differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from dashboard.charts import Chart, ChartDisagrees, Heading, guide
from dashboard.charts_over_time import over_time
from dashboard.charts_runs import runs
from dashboard.table import markup
from metrics.annotations import Annotation
from metrics.catalogue import load_catalogue
from metrics.process import Process, process
from metrics.result import Result
from metrics.targets import Targets, TargetStep
from returns.periods import Period, month

QUIET = [50.0, 52.0, 48.0, 51.0, 49.0, 50.0, 53.0, 47.0, 50.0, 51.0, 49.0, 52.0]


def chart(**changed: object) -> Chart:
    figure = go.Figure([go.Scatter(name="us", x=["a", "b"], y=[3, None])])
    columns = (Heading("Month"), Heading("Value", "percent", 1, drawn=("us",)))
    made = {"figure": figure, "title": "Plans", "alt": "A line", "columns": columns, "rows": (("a", 3), ("b", None))}
    return Chart(**(made | changed))  # type: ignore[arg-type]


def months(values: list[float | None], indicator: str = "as_45wd") -> list[Result]:
    first = month(2023, 10)
    return [
        Result(
            indicator=indicator, title="Assessments within 45 working days", period=first.earlier(-place),
            basis="known", unit="percent", decimals=1, value=value, status="ok" if value is not None else "x",
            numerator=value, denominator=100 if value is not None else None,
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


def of(values: list[float | None], *, targets: Targets | None = None, rebases: tuple[date, ...] = ()) -> Process:
    indicator = load_catalogue()["as_45wd"].indicator
    return process(indicator, months(values), targets=targets or Targets({}), rebases=rebases)


def drawn(made: Chart, name: str) -> go.Scatter:
    return next(trace for trace in made.figure.data if trace.name == name)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "no title"),
        ({"alt": ""}, "no alt"),
        ({"rows": (("a", 3), ("b", 4))}, "differ in Value"),
        ({"rows": (("a", 3),)}, "differ in Value"),
        ({"columns": (Heading("Month"), Heading("Value", drawn=("them",)))}, "lacks"),
        ({"columns": (Heading("Month"), Heading("Value", drawn=("us", "them")))}, "does not draw them"),
    ],
)
def test_a_chart_that_its_table_or_words_do_not_tell_cannot_be_made(changed: dict[str, object], says: str) -> None:
    with pytest.raises(ChartDisagrees, match=says):
        chart(**changed)


def test_a_line_that_only_guides_the_eye_needs_no_column() -> None:
    figure = chart().figure
    figure.add_scatter(name="edge", y=[1, 2], meta=guide())
    assert chart(figure=figure).figure is figure


def test_the_table_says_what_the_file_says_and_no_cell_of_the_file_is_a_formula() -> None:
    made = chart(rows=(("=1+1", 3), ("b <i>", None)), notes=("@note",))
    assert "3.0%" in markup(made.table) and "b &lt;i&gt;" in markup(made.table)
    assert made.csv.splitlines() == ["Month,Value", "'=1+1,3", "b <i>,", "", "Plans", "'@note"]


def test_a_gap_stays_a_gap() -> None:
    made = over_time(of([*QUIET[:5], None, *QUIET[5:]]), targets=Targets({}))
    assert made is not None
    figure = drawn(made, "figure")
    assert figure.y[5] is None and figure.connectgaps is False
    assert made.rows[5][:2] == ("March 2024", None)
    assert "1 without a figure." in made.alt


def test_there_is_no_chart_without_a_figure() -> None:
    assert over_time(of([None, None]), targets=Targets({})) is None


def test_limits_are_cut_to_what_is_possible_and_dashed_while_on_trial() -> None:
    made = over_time(of([99.0, 90.0, 99.0, 91.0, 98.0, 90.0, 99.0, 92.0]), targets=Targets({}))
    assert made is not None
    assert max(drawn(made, "upper limit").y) == 100.0
    assert drawn(made, "upper limit").line.dash == "dash"
    assert any("on trial" in note for note in made.notes)
    settled = over_time(of(list(QUIET)), targets=Targets({}))
    assert settled is not None and drawn(settled, "upper limit").line.dash == "solid"


def test_what_is_unusual_is_said_in_colour_shape_and_words() -> None:
    falling = of([*QUIET, *QUIET, 46.0, 45.0, 44.0, 36.0, 33.0, 30.0])
    [run] = [one for one in runs(falling) if one.places[-1] == 29]
    assert run.kind == "concern" and not run.high
    assert run.said == "seven months falling, the last three below the expected range"
    made = over_time(falling, targets=Targets({}))
    assert made is not None
    marker = drawn(made, "figure").marker
    assert marker.symbol[-1] == "triangle-down" and marker.color[-1] == run.colour
    assert marker.symbol[0] == "circle"
    assert "Seven months falling" in made.alt
    assert made.rows[-1][-1] == run.said
    written = " ".join(str(one.text) for one in made.figure.layout.annotations)
    assert "seven months falling<br>the last three below the expected range" in written


def test_a_target_that_changed_is_drawn_as_steps() -> None:
    steps = (TargetStep(since=date(2020, 1, 1), value=60, agreed="here"),
             TargetStep(since=date(2024, 4, 1), value=70.5, agreed="there"))  # fmt: skip
    targets = Targets({"as_45wd": steps})
    made = over_time(of(list(QUIET), targets=targets), targets=targets)
    assert made is not None
    assert drawn(made, "target").y == (*[60.0] * 6, *[70.5] * 6)
    assert "Target 70.5%." in made.alt


def test_notes_and_rebases_are_drawn_where_they_fall_and_limits_start_anew() -> None:
    values: list[float | None] = [*QUIET, *(value + 30 for value in QUIET)]
    day = date(2024, 10, 1)
    note = Annotation(date(2024, 1, 6), "new <b>document</b>", "note")
    rebase = Annotation(day, "new form", "rebase", reason="Other rows count.", name="A. Person")
    early = Annotation(date(2019, 1, 1), "long ago", "note")
    made = over_time(of(values, rebases=(day,)), targets=Targets({}), annotations=[early, note, rebase])
    assert made is not None
    means = list(drawn(made, "average").y)
    assert means[0] < 60 < means[-1] and len(set(means)) == 2
    said = [one.text for one in made.figure.layout.annotations]
    assert "new &lt;b&gt;document&lt;/b&gt;" in said
    assert "judged anew: new form (A. Person)" in said
    assert not any("long ago" in one for one in said)
    assert "1 October 2024: new form." in made.alt


def test_what_is_no_flow_is_a_plain_line_that_says_why() -> None:
    indicator = load_catalogue()["cp_open"].indicator
    quarters = [
        replace(one, period=Period.parse("2023-24-Q1").earlier(-place), unit="count", decimals=0, denominator=None)
        for place, one in enumerate(months([100.0, None, 90.0], "cp_open"))
    ]
    made = over_time(process(indicator, quarters, targets=Targets({})), targets=Targets({}))
    assert made is not None
    assert [trace.name for trace in made.figure.data] == ["figure"]
    assert "not separate" in made.notes[0]
    assert [heading.title for heading in made.columns][:2] == ["Quarter", "Figure"]


def test_the_axis_starts_at_zero_unless_the_figures_lie_far_from_it() -> None:
    near = over_time(of(list(QUIET)), targets=Targets({}))
    low = over_time(of([value / 10 for value in QUIET]), targets=Targets({}))
    spread = over_time(of([5.0, 60.0] * 6), targets=Targets({}))
    assert near is not None and low is not None and spread is not None
    assert near.figure.layout.yaxis.range[0] > 0
    assert spread.figure.layout.yaxis.range[0] == 0


def test_points_of_a_month_stand_in_its_middle_so_that_a_day_is_before_or_after_them() -> None:
    made = over_time(of(list(QUIET)), targets=Targets({}))
    assert made is not None
    assert drawn(made, "figure").x[0] == date(2023, 10, 1) + timedelta(days=14)
