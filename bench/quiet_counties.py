"""How many exceptions are raised in counties where nothing happens: what docs/false-alarms.md prints.

The model is small and declared here. Families arrive at a steady rate, with one to five children of one outcome (so
that children come in clusters, as they do); what is counted is children. Those open stay for a steady mean time. No
rate, share or length of stay ever changes, and the neighbours' average and any target are the true value itself: so
every exception is a false alarm. Each line is judged by the product's own rules (metrics/process.py, causes.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from metrics.benchmarks import Benchmark
from metrics.catalogue import Catalogue, load_catalogue
from metrics.causes import causes, severity
from metrics.compare import significance
from metrics.figure import Context, Tallied, of_tallies
from metrics.lines import Line
from metrics.population import Population
from metrics.process import process
from metrics.result import Basis, Result
from metrics.spc import analyse
from metrics.targets import Targets, TargetStep
from returns.periods import Period

if TYPE_CHECKING:
    from numpy import ndarray
    from numpy.random import Generator

QUARTER = Period.parse("2025-26-Q2")
MONTHS = 48
# How many families of one, two, three, four and five children there are.
FAMILY_SIZES = (0.55, 0.25, 0.12, 0.05, 0.03)
MEAN_SIZE = sum(size * share for size, share in enumerate(FAMILY_SIZES, start=1))
# A check or visit that was in time is in time again, a child placed away is still away, this often a quarter later.
STAYS_AS_IT_WAS = 0.6


@dataclass(frozen=True)
class Quiet:
    """One line of a quiet county: children a month (of a flow) or open at any time, and the share that is true of.

    `share` is None for a plain count. `stay` is the mean number of months that those open are open.
    """

    indicator: str
    children: float
    share: float | None = None
    stay: float = 12.0
    target: bool = False


FLOWS = (
    Quiet("fd_contacts", 380), Quiet("cp_started", 17), Quiet("cla_started", 10),
    Quiet("fd_decided_1wd", 350, 0.95, target=True), Quiet("fd_nfa", 350, 0.18), Quiet("fd_feedback", 150, 0.88),
    Quiet("ref_repeat_12m", 90, 0.19), Quiet("ref_source_police", 90, 0.23), Quiet("as_45wd", 120, 0.83, target=True),
    Quiet("as_child_seen", 120, 0.96, target=True), Quiet("sd_three_agencies", 70, 0.8), Quiet("ic_15wd", 20, 0.8),
    Quiet("ic_to_plan", 20, 0.82), Quiet("cp_repeat_plan", 17, 0.24), Quiet("cp_quorate", 28, 0.85),
    Quiet("ms_interview_72h", 20, 0.75),
)  # fmt: skip
STOCKS = (
    Quiet("cp_open", 139), Quiet("cla_open", 330, stay=30), Quiet("as_open_over_45wd", 230, 0.13, stay=2),
    Quiet("ex_4p_plan", 40, 0.8, stay=8),
)  # fmt: skip
LOOKBACKS = (Quiet("cla_health", 300, 0.9, stay=30), Quiet("cla_dental", 300, 0.75, stay=30))
SNAPSHOTS = (
    Quiet("cp_visited_in_time", 135, 0.9, target=True), Quiet("cla_out_of_area", 330, 0.33, stay=30),
    Quiet("cla_3_placements", 330, 0.1, stay=30), Quiet("cl_in_touch", 110, 0.9, stay=24),
)  # fmt: skip
NATURES: dict[str, tuple[Quiet, ...]] = {
    "flow": FLOWS, "stock": STOCKS, "lookback": LOOKBACKS, "snapshot": SNAPSHOTS,
}  # fmt: skip


@dataclass
class Alarms:
    """What was found in some quiet counties, by nature: lines judged, alerts, watches, and the rules that fired."""

    lines: Counter[str]
    alerts: Counter[str]
    watches: Counter[str]
    rules: Counter[tuple[str, str]]

    def per_hundred(self, nature: str, *, alerts: bool) -> float:
        """Alerts, or watches, for a hundred lines in a quarter."""
        return 100 * (self.alerts if alerts else self.watches)[nature] / self.lines[nature]


def simulated(counties: int, *, seed: int) -> Alarms:
    """What the rules find in the latest quarter of so many quiet counties."""
    import numpy

    random, catalogue = numpy.random.default_rng(seed), load_catalogue()
    found = Alarms(Counter(), Counter(), Counter(), Counter())
    for _ in range(counties):
        for nature, line in county(random, catalogue):
            raised = causes(line)
            found.lines[nature] += 1
            found.alerts[nature] += severity(raised) == "alert"
            found.watches[nature] += severity(raised) == "watch"
            found.rules.update((nature, cause.rule) for cause in raised)
    return found


def county(random: Generator, catalogue: Catalogue) -> Iterator[tuple[str, Line]]:
    """Every line of one quiet county, with its nature."""
    for nature, quiets in NATURES.items():
        for quiet in quiets:
            made = _flow(random, quiet, catalogue) if nature == "flow" else _held(random, quiet, catalogue)
            yield nature, made


def special_if_charted(counties: int, *, seed: int, children: float = 139, stay: float = 12.0) -> float:
    """The percentage of months that a process chart would call special of a stock in which nothing happens."""
    import numpy

    random = numpy.random.default_rng(seed)
    marked = total = 0
    for _ in range(counties):
        chart = analyse([float(one) for one in _open(random, children, stay)[0]], better="neither", baseline=24)
        marked += sum(rule is not None for rule in chart.rule)
        total += len(chart.rule)
    return 100 * marked / total


# ---- one line -------------------------------------------------------------------------------------------------------


def _flow(random: Generator, quiet: Quiet, catalogue: Catalogue) -> Line:
    """A flow: the months as now known, the quarter and the same one a year before as first reported."""
    counted = [_families(random, quiet.children, quiet.share) for _ in range(MONTHS)]
    last = list(QUARTER.months())[-1]
    points = [
        _result(catalogue, quiet, last.earlier(MONTHS - 1 - place), "known", [one])
        for place, one in enumerate(counted)
    ]
    now = _result(catalogue, quiet, QUARTER, "reported", counted[-3:])
    then = _result(catalogue, quiet, QUARTER.year_ago(), "reported", counted[-15:-12])
    year = _result(catalogue, quiet, QUARTER.rolling_year(), "known", counted[-12:])
    return _line(catalogue, quiet, now, then, points, year)


def _held(random: Generator, quiet: Quiet, catalogue: Catalogue) -> Line:
    """A stock, lookback or snapshot: quarters of which neighbouring ones are mostly the same children."""
    counts, shares = _open(random, quiet.children, quiet.stay, quiet.share)
    quarters = list(range(MONTHS - 1, -1, -3))[::-1]
    points = [
        _result(catalogue, quiet, QUARTER.earlier(len(quarters) - 1 - place), "known", [(shares[at], counts[at])])
        for place, at in enumerate(quarters)
    ]
    now, then = replace(points[-1], basis="reported"), replace(points[-5], basis="reported")
    return _line(catalogue, quiet, now, then, points, now)


def _line(
    catalogue: Catalogue, quiet: Quiet, now: Result, then: Result, points: Sequence[Result], comparable: Result
) -> Line:
    indicator = catalogue[quiet.indicator].indicator
    true = None if quiet.share is None else round(100 * quiet.share, 1)
    step = TargetStep(since=date(2015, 4, 1), value=true, agreed="the true value") if quiet.target and true else None
    published = None
    if true is not None and comparable.denominator:
        published = Benchmark(
            measure="quiet", year=2025, own=None, status="ok", neighbours=true, neighbours_present=10,
            neighbours_of=10, set_year=2025, region=None, england=None,
        )  # fmt: skip
        found = significance(
            comparable.numerator or 0.0, comparable.denominator, average=true, kind="proportion", per=100
        )
        now = replace(now, comparison=found)
    return Line(
        indicator=indicator, quarter=QUARTER, result=now, previous=None, year_ago=then, series=tuple(points),
        benchmark=published, freshness=None, target=step, comparable=comparable,
        process=process(indicator, points, targets=Targets({quiet.indicator: (step,)} if step else {})),
    )  # fmt: skip


def _result(
    catalogue: Catalogue, quiet: Quiet, period: Period, basis: Basis, counted: Sequence[tuple[int, int]]
) -> Result:
    """A Result of so many children, of whom so many have it: [(those that have it, all), ...] added up."""
    have, every = sum(one for one, _ in counted), sum(one for _, one in counted)
    tallied = Tallied(float(every), None) if quiet.share is None else Tallied(float(have), float(every))
    context = Context(period, basis, Population({}), None)
    return of_tallies(catalogue[quiet.indicator].indicator, tallied, context=context, sources=())


# ---- children -------------------------------------------------------------------------------------------------------


def _sizes(random: Generator, families: int) -> ndarray:
    return random.choice(len(FAMILY_SIZES), size=families, p=FAMILY_SIZES) + 1


def _families(random: Generator, children: float, share: float | None) -> tuple[int, int]:
    """(children of whom it is true, children) of one month's families: it is true of all of a family or of none."""
    sizes = _sizes(random, int(random.poisson(children / MEAN_SIZE)))
    have = random.random(len(sizes)) < (share or 0.0)
    return int(sizes[have].sum()), int(sizes.sum())


def _open(
    random: Generator, children: float, stay: float, share: float | None = None
) -> tuple[list[int], list[int]]:
    """(children open, those of whom it is true) at each month's end, in a steady state."""
    import numpy

    arriving, leaving = children / MEAN_SIZE / stay, 1 / stay
    sizes = _sizes(random, int(random.poisson(children / MEAN_SIZE)))
    have = random.random(len(sizes)) < (share or 0.0)
    counts, true_of = [], []
    changes = 1 - STAYS_AS_IT_WAS ** (1 / 3)
    for _ in range(MONTHS):
        stayed = random.random(len(sizes)) >= leaving
        new = _sizes(random, int(random.poisson(arriving)))
        sizes = numpy.concatenate([sizes[stayed], new])
        have = numpy.concatenate([have[stayed], random.random(len(new)) < (share or 0.0)])
        drawn = random.random(len(sizes)) < changes
        have = numpy.where(drawn, random.random(len(sizes)) < (share or 0.0), have)
        counts.append(int(sizes.sum()))
        true_of.append(int(sizes[have].sum()))
    return counts, true_of
