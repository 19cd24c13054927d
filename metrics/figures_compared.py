"""Figures worked out from rows against figures of others: totals that agencies sent, and published statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from metrics.agreement import Meaning, Pair, Reconciled, Tolerance, cannot, judged, since
from metrics.benchmarks import Benchmark, Benchmarks
from metrics.catalogue import Catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held
from metrics.declared import Declared
from metrics.figure import Context, of_total
from metrics.model import PER, Indicator
from metrics.quarterly import Ground, named
from metrics.result import Result
from returns.periods import Period, financial_year

# Rows are counted as now known; a statutory return is drawn once, in summer. What was entered after it, or put
# right, moves a count or rate by a few in a hundred, and a percentage by a point.
SHARE_MOVED = 0.02
FEW_MOVED = 5.0
POINTS_MOVED = 1.0
OLDEST_YEARS = 10


def moments_of_totals(ground: Ground, catalogue: Catalogue, held: Held) -> dict[Declared, tuple[Moment, ...]]:
    """The quarters of each indicator that agencies sent totals of and that rows also give."""
    found = {}
    for one in catalogue:
        if one.id not in held.totals.indicators or one.indicator.table == "aggregates":
            continue
        quarters = [
            quarter for quarter in ground.quarters
            if held.totals.of(one.indicator, quarter, basis="reported") is not None
            and _rows_cover(one.indicator, Moment(quarter, "reported"), held)
        ]  # fmt: skip
        if quarters:
            found[one] = tuple(Moment(quarter, "reported") for quarter in quarters)
    return found


def totals(ground: Ground, catalogue: Catalogue, held: Held, found: Figures) -> Iterator[Reconciled]:
    """Each indicator of which both rows and a total were sent for the quarter, from both."""
    chosen = moments_of_totals(ground, catalogue, held)
    now = Moment(ground.quarter, "reported")
    some = False
    for one, moments in chosen.items():
        if now not in moments:
            continue
        some = True
        first = since(
            (moment.period, _of_total(one.indicator, moment, found, held).state)
            for moment in _unbroken(moments, ground.quarters)
        )
        yield _of_total(one.indicator, now, found, held, first)
    if not some:
        pair = Pair(
            "totals", "totals", "Totals sent, against the rows",
            Meaning("Rows", "What the rows of a return come to"), Meaning("Aggregate return", "The total sent"),
            Tolerance("Both are of the same quarter."), "",
        )  # fmt: skip
        reason = f"No agency sent totals for {ground.quarter.label} of an indicator that rows also give."
        yield cannot(pair, reason, when=ground.quarter.label)


def moments_published(ground: Ground, catalogue: Catalogue, held: Held, published: Benchmarks) -> dict[
    Declared, tuple[Moment, ...]
]:  # fmt: skip
    """The years, latest first, of each indicator that the county has a published figure of and rows for."""
    found = {}
    for one in _compared(catalogue):
        years = [mark.year for mark in published.years(one.indicator) if mark.own is not None]
        moments = [_of_year(one.indicator, year) for year in sorted(years, reverse=True)[:OLDEST_YEARS]]
        kept = [
            moment for moment in moments
            if moment.period.end <= ground.quarter.end and one.indicator.table != "aggregates"
            and _rows_cover(one.indicator, moment, held)
        ]  # fmt: skip
        if kept:
            found[one] = tuple(kept)
    return found


def against_published(
    ground: Ground, catalogue: Catalogue, held: Held, published: Benchmarks, found: Figures
) -> Iterator[Reconciled]:
    """Each indicator with a published figure, for the latest year that ended by the quarter's end and has both."""
    chosen = moments_published(ground, catalogue, held, published)
    told = ground.source.query("SELECT measure, title, unit FROM main.measures")
    measures, units = {name: title for name, title, _unit in told}, {name: unit for name, _title, unit in told}
    for one in _compared(catalogue):
        unit = units.get((one.indicator.benchmark or "").removeprefix("lait:"))
        if unit and not _is_in(one.indicator, unit):
            yield cannot(
                _published_pair(one.indicator, measures), f"The published measure is another one, in {unit.strip()}.",
                when=ground.quarter.label,
            )
            continue
        marks = {mark.year: mark for mark in published.years(one.indicator)}
        pair = _published_pair(one.indicator, measures)
        both = [
            (moment, result, marks[moment.period.end.year]) for moment in chosen.get(one, ())
            if (result := found.county(one.id, moment)).value is not None
        ]  # fmt: skip
        if not both:
            yield _not_published(pair, one, ground, held, marks)
            continue
        first = since((moment.period.end.year, _with_mark(pair, result, mark).state) for moment, result, mark in both)
        moment, result, mark = both[0]
        yield _with_mark(pair, result, mark, None if first is None else _year_written(int(first)), held)


def _is_in(indicator: Indicator, unit: str) -> bool:
    """Whether a published measure in `unit` (`% of referrals`, `Rate per 10,000`, `Number CPP`) is in ours."""
    kind = "percent" if unit.startswith("%") else "p10k" if unit.startswith("Rate per 10,000") else "count"
    return kind == indicator.unit


# ---- totals sent ----------------------------------------------------------------------------------------------------


def _unbroken(moments: Sequence[Moment], quarters: Sequence[Period]) -> Iterator[Moment]:
    """The moments of the ground's quarters, latest first, until one is missing."""
    held = {moment.period: moment for moment in moments}
    for quarter in quarters:
        if quarter not in held:
            return
        yield held[quarter]


def _of_total(
    indicator: Indicator, moment: Moment, found: Figures, held: Held, first: str | None = None
) -> Reconciled:
    rows = found.county(indicator.id, moment)
    sent = held.totals.of(indicator, moment.period, basis=moment.basis)
    assert sent is not None, "moments_of_totals chose only periods with a total"
    total = of_total(indicator, sent, context=Context(moment.period, moment.basis, held.population, held.version))
    when = moment.period.label
    pair = _total_pair(indicator, "numerator")
    if rows.status == "x" or rows.numerator is None or total.numerator is None:
        reason = rows.reason if rows.status == "x" else total.reason
        return cannot(pair, reason or "One side has no figure.", when=when)
    left, right = rows.numerator, total.numerator
    if left == right and not indicator.per_population and None not in (rows.denominator, total.denominator):
        assert rows.denominator is not None and total.denominator is not None
        if rows.denominator != total.denominator:
            pair, left, right = _total_pair(indicator, "denominator"), rows.denominator, total.denominator
    by_id = {one.id: one for one in held.coverage.submissions}
    return judged(
        pair, left, right, when=when, since=first, as_at=moment.period.end,
        left_sources=named([by_id[name] for name in rows.sources if name in by_id]),
        right_sources=named([by_id[name] for name in sent.submissions if name in by_id]),
    )  # fmt: skip


def _total_pair(indicator: Indicator, part: str) -> Pair:
    title = indicator.title
    what = "counted" if part == "numerator" else "what that is out of"
    return Pair(
        f"total_{indicator.id}", "totals", f"{title}, as a total",
        Meaning("Rows", f"{title}: {what}, from the rows sent for the quarter"),
        Meaning("Aggregate return", f"{title}: {what}, as the agency's total says"),
        Tolerance("Rows and total are of the same indicator and quarter, so they should be equal."),
        f"Ask {indicator.owner} which rows the total leaves out, or which date it was drawn on.",
        decimals=0 if indicator.numerator.measure in ("count", "distinct") else 1, counts="rows",
    )  # fmt: skip


# ---- published statistics -------------------------------------------------------------------------------------------


def _compared(catalogue: Catalogue) -> list[Declared]:
    """The indicators with a published figure; where the count is published too, its rate says nothing more."""
    counted = {one.indicator.table for one in catalogue if _is_count(one.indicator)}
    return [
        one for one in catalogue
        if one.indicator.benchmark is not None
        and not (one.indicator.nature == "stock" and one.indicator.per_population and one.indicator.table in counted)
    ]  # fmt: skip


def _is_count(indicator: Indicator) -> bool:
    whole = indicator.numerator.where is None
    return indicator.benchmark is not None and indicator.unit == "count" and indicator.nature == "stock" and whole


def _of_year(indicator: Indicator, year: int) -> Moment:
    """When the published figure of a year is of: its twelve months, or its last day."""
    period = financial_year(year - 1)
    if indicator.nature == "flow":
        return Moment(period, "known")
    return Moment(period.quarter(), "known" if indicator.nature == "stock" else "reported")


def _published_pair(indicator: Indicator, measures: Mapping[str, str]) -> Pair:
    measure = (indicator.benchmark or "").removeprefix("lait:")
    if indicator.unit == "percent":
        tolerance = Tolerance("Rows entered or put right after the statutory return move a share by up to a point.",
                              by=POINTS_MOVED)  # fmt: skip
    else:
        tolerance = Tolerance(
            "Rows entered or put right after the statutory return move it by up to 2 in 100, or 5.",
            by=FEW_MOVED if indicator.unit == "count" else 0.1, share=SHARE_MOVED,
        )  # fmt: skip
    return Pair(
        f"published_{indicator.id}", "published", f"{indicator.title}, as published",
        Meaning("Our rows", f"{indicator.title}, from the rows sent, as now known"),
        Meaning("Published", f"Department for Education: {measures.get(measure, measure)}"),
        tolerance,
        "Ask the council what its statutory return left out or took in that the lists sent here do not.",
        unit=indicator.unit, decimals=indicator.decimals,
    )  # fmt: skip


def _with_mark(
    pair: Pair, result: Result, mark: Benchmark, first: str | None = None, held: Held | None = None
) -> Reconciled:
    assert result.value is not None and mark.own is not None
    # One unit of a rate or share is so many of what it is out of.
    scale = (result.denominator or 1.0) / PER[pair.unit] if pair.unit in PER else 1.0
    by_id = {one.id: one for one in held.coverage.submissions} if held else {}
    return judged(
        pair, result.value, mark.own, when=_year_words(mark.year), scale=scale, since=first, as_at=result.period.end,
        left_sources=named([by_id[name] for name in result.sources if name in by_id]),
        right_sources=(f"Department for Education, {mark.year}",),
    )  # fmt: skip


def _not_published(
    pair: Pair, one: Declared, ground: Ground, held: Held, marks: Mapping[int, Benchmark]
) -> Reconciled:
    """Why there is nothing to compare: no published figure, or no rows for a year that has one."""
    ended = [year for year in sorted(marks) if financial_year(year - 1).end <= ground.quarter.end]
    if not ended:
        return cannot(pair, "No published figure is held for a year that has ended.", when=ground.quarter.label)
    mark = marks[ended[-1]]
    when = _year_words(mark.year)
    if mark.own is None:
        return cannot(pair, "The published figure is hidden, not reliable or not available.", when=when)
    moment = _of_year(one.indicator, mark.year)
    if one.indicator.table == "aggregates":
        reason: str | None = "It is only sent as a total."
    else:
        reason = held.coverage.of(one.indicator.table, moment.period, basis=moment.basis,
                                  nature=one.indicator.nature).reason  # fmt: skip
    return cannot(pair, reason or "The rows give no figure for that year.", when=when, right=mark.own)


def _rows_cover(indicator: Indicator, moment: Moment, held: Held) -> bool:
    table = indicator.table
    return held.coverage.of(table, moment.period, basis=moment.basis, nature=indicator.nature).reason is None


def _year_words(year: int) -> str:
    return f"the year to March {year}"


def _year_written(year: int) -> str:
    return f"{year - 1}-{year % 100:02d}"
