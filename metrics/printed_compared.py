"""Figures that a partnership printed in its own reports: against published ones, and against their own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from metrics.agreement import Meaning, Pair, Reconciled, Tolerance, cannot, judged
from metrics.compile import Moment
from metrics.compute import Figures, Held
from metrics.coverage import Source
from metrics.population import Population
from metrics.rounding import rounded
from returns.periods import Period, PeriodError, day_words, quarter_ended_by

# The published measure, and the indicator, that a printed measure is the same as.
PUBLISHED = {
    "child_protection_plans_at_end": ("CPP_Num", "number of children on a child protection plan"),
    "children_looked_after_at_end": ("LACnum", "number of children looked after"),
}
INDICATORS = {
    "child_protection_plans_at_end": "cp_open",
    "children_looked_after_at_end": "cla_open",
    "training_places_filled": "tr_places",
    "budget_contribution": "bu_contribution",
    "budget_cost": "bu_cost",
    "early_help_assessments_neglect": "eh_neglect",
    "family_feedback_returned": "fb_returned",
    "lado_contacts": "la_contacts",
    "dispute_resolutions_raised": "dr_raised",
}
WIDER = {
    "children_in_need_at_end": "The Department publishes a rate, of a wider group: its count of children in need has "
    "care leavers and referrals awaiting assessment too."
}
_UNITS = {"per cent": "percent", "per 10,000": "p10k", "pounds": "pounds"}
_PER = {"percent": 100, "p10k": 10_000}


@dataclass(frozen=True)
class Printed:
    """One printed figure, or one claim that a report makes: a total, a rate, a change."""

    source: str
    measure: str
    period: str
    breakdown: str | None
    role: str
    value: float
    unit: str
    rate_of: str | None
    count: float | None
    base: float | None

    @property
    def day(self) -> date | None:
        """The day that the figure is of; None where it is of a year or part of one."""
        try:
            return date.fromisoformat(self.period)
        except ValueError:
            return None

    @property
    def span(self) -> Period | None:
        """The quarter or year that it is of, or the quarter that ends on its day; None where rows are of no such."""
        if self.day is not None:
            quarter = quarter_ended_by(self.day)
            return quarter if quarter.end == self.day else None
        try:
            return Period.parse(self.period)
        except PeriodError:
            return None

    @property
    def when(self) -> str:
        """Its day or period in words."""
        return day_words(self.day) if self.day else self.period

    @property
    def title(self) -> str:
        """What was counted, in words."""
        words = self.measure.replace("_", " ").removesuffix(" at end").removesuffix(" pct")
        return words.replace("lado", "LADO") if words.startswith("lado") else words.capitalize()


@dataclass(frozen=True)
class Book:
    """Every printed figure of one area, and what they are set beside."""

    printed: tuple[Printed, ...]
    published: Mapping[tuple[str, int], float] = field(repr=False)
    population: Population

    def figure(self, source: str, measure: str, period: str) -> Printed | None:
        """The figure, for all and not for a group, that a report printed."""
        for one in self.printed:
            whole = one.role in ("figure", "total") and not one.breakdown
            if whole and (one.source, one.measure, one.period) == (source, measure, period):
                return one
        return None

    def before(self, claim: Printed) -> Printed | None:
        """The figure of the same measure that the report printed before the claim's."""
        same = [
            one for one in self.printed
            if (one.source, one.measure, one.role) == (claim.source, claim.measure, "figure")
            and not one.breakdown and one.period < claim.period
        ]  # fmt: skip
        return max(same, key=lambda one: one.period, default=None)


def read_printed(source: Source, *, area_code: str, population: Population) -> Book:
    """The area's printed figures of this version; none in a version made before they were kept."""
    kept = source.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")
    if ("printed_figures",) not in kept:
        return Book((), {}, population)
    rows = source.query(
        "SELECT area_code, source, measure, period, breakdown, role, value, unit, rate_of, count, base "
        "FROM main.printed_figures WHERE value IS NOT NULL"
    )
    values = source.query(
        "SELECT measure, year, value FROM main.benchmarks WHERE area_code = ? AND value IS NOT NULL", [area_code]
    )
    measures = {measure for measure, _ in PUBLISHED.values()}
    return Book(
        tuple(Printed(*row[1:]) for row in rows if row[0] == area_code),
        {(row[0], int(row[1])): float(row[2]) for row in values if row[0] in measures},
        population,
    )


def printed_moments(book: Book, held: Held) -> dict[str, tuple[Moment, ...]]:
    """The quarters' ends and years, by indicator, that a report has printed a figure of and rows may be held for."""
    found: dict[str, list[Moment]] = {}
    quarters = held.coverage.quarters()
    for one in book.printed:
        moment = _moment(one)
        if moment is not None and quarters and moment.period.end >= quarters[0].earlier().start:
            found.setdefault(INDICATORS[one.measure], []).append(moment)
    return {name: tuple(dict.fromkeys(moments)) for name, moments in found.items()}


def _moment(one: Printed) -> Moment | None:
    """When our own rows would say the same as a printed figure of the whole county; None where they say nothing of it.

    A year's budget is of the quarter that ends it.
    """
    if one.measure not in INDICATORS or one.breakdown or one.role not in ("figure", "total") or one.span is None:
        return None
    is_budget = one.unit == "pounds" and one.span.window == "year"
    return Moment(one.span.quarter() if is_budget else one.span, "known")


def against_reports(book: Book, found: Figures | None) -> Iterator[Reconciled]:
    """Every printed figure that has something to be set beside, and every claim that can be worked out."""
    for one in book.printed:
        if one.role == "figure" and not one.breakdown:
            yield from _figure(one, book, found)
        elif one.role == "total":
            yield _total(one, book)
            yield from _rows(one, found)
        elif one.role == "rate":
            yield _rate(one, book)
        elif one.role == "change":
            yield _change(one, book)


# ---- against published figures and our own rows ---------------------------------------------------------------------


def _figure(one: Printed, book: Book, found: Figures | None) -> Iterator[Reconciled]:
    if one.measure in WIDER:
        pair = _pair(one, "published", Meaning("Published", "Department for Education"), "")
        yield cannot(pair, WIDER[one.measure], when=one.when, left=one.value)
        return
    if one.measure not in PUBLISHED:
        yield from _rows(one, found)
        return
    measure, words = PUBLISHED[one.measure]
    right = Meaning("Published", f"Department for Education, {words} at 31 March, Local Authority Interactive Tool")
    pair = _pair(one, "published", right, "Ask who drew the printed figure, when, and whether it counts more than the "
                                          "statutory return does.")  # fmt: skip
    own = list(_rows(one, found))
    is_year_end = one.day is not None and (one.day.month, one.day.day) == (3, 31)
    value = book.published.get((measure, one.day.year)) if one.day and is_year_end else None
    if value is not None and one.day:
        yield judged(
            pair, one.value, value, when=one.when, as_at=one.day, since=one.when, left_sources=[one.source],
            right_sources=[f"Department for Education, {one.day.year}"],
        )  # fmt: skip
    elif not own:
        if is_year_end:
            why = f"No published figure of {one.when} is held."
        else:
            why = f"The published figures are of 31 March; there is none of {one.when}, and no rows either."
        yield cannot(pair, why, when=one.when, left=one.value)
    yield from own


def _rows(one: Printed, found: Figures | None) -> Iterator[Reconciled]:
    """The printed figure against what our own rows come to on the same day, or in the same year."""
    moment, indicator = _moment(one), INDICATORS.get(one.measure, "")
    if found is None or moment is None or (indicator, moment) not in found.results:
        return
    result = found.county(indicator, moment)
    if result.value is None or (one.unit == "pounds" and not result.value):  # no line of the kind was sent
        return
    pair = _pair(one, "rows", Meaning("Our rows", f"{result.title}, from the rows sent, as now known"),
                 "Ask whether the printed figure was drawn on another day, or rows were entered later.")  # fmt: skip
    tolerance = Tolerance("Rows entered late move a count by up to 2 in 100, or 5.", by=5, share=0.02)
    if one.unit == "pounds":
        tolerance = Tolerance("Accounts agree to the pound; each line may be rounded.", by=5)
    yield judged(
        replace(pair, tolerance=tolerance), one.value, result.value, when=one.when, as_at=one.day, since=one.when,
        left_sources=[one.source], right_sources=result.sources,
    )  # fmt: skip


# ---- a report's own arithmetic --------------------------------------------------------------------------------------


def _total(one: Printed, book: Book) -> Reconciled:
    parts = [
        part for part in book.printed
        if (part.source, part.measure, part.period, part.role) == (one.source, one.measure, one.period, "figure")
        and part.breakdown
    ]  # fmt: skip
    pair = _pair(one, "total", Meaning("Its parts", f"The sum of the {len(parts)} parts that the report lists"),
                 "Ask the author which part is missing or counted twice.", stated="Stated total")  # fmt: skip
    if not parts:
        return cannot(pair, "The report lists no parts of it.", when=one.when, left=one.value)
    return judged(
        pair, one.value, sum(part.value for part in parts), when=one.when, since=one.when,
        left_sources=[one.source], right_sources=[one.source],
    )  # fmt: skip


def _rate(one: Printed, book: Book) -> Reconciled:
    """A stated rate against the one that its count and population give."""
    unit = _UNITS[one.unit]
    count, base, words = _count_and_base(one, book)
    pair = _pair(one, "rate", Meaning("Worked out", words), "Ask the author what the rate is a rate of: it must follow "
                 "from its count and population.", stated="Stated rate")  # fmt: skip
    tolerance = Tolerance("A rate printed to so many digits may differ by half of the last one.", by=_half(one.value))
    pair = replace(pair, tolerance=tolerance)
    if count is None or not base:
        return cannot(pair, words, when=one.when, left=one.value)
    return judged(
        pair, one.value, rounded(count / base * _PER[unit], 4), when=one.when, since=one.when,
        scale=base / _PER[unit], left_sources=[one.source], right_sources=[one.source],
    )  # fmt: skip


def _count_and_base(one: Printed, book: Book) -> tuple[float | None, float | None, str]:
    """What a rate is worked out from, in numbers and in words; where it cannot be, the words say why."""
    whole = book.figure(one.source, one.measure, one.period)
    count = one.count if one.count is not None else (whole.value if whole else None)
    if count is None:
        return None, None, "The report does not print the count that the rate is of."
    if one.rate_of != "population":
        of = book.figure(one.source, one.rate_of or "", one.period)
        base = one.base if one.base is not None else (of.value if of else None)
        if base is None:
            return count, None, "The report does not print what the rate is out of."
        return count, base, f"{count:,.0f} of {base:,.0f}, as the report prints both"
    if one.base is not None:
        return count, one.base, f"{count:,.0f} children of {one.base:,.0f}, the population that the report prints"
    if one.day is None:
        return count, None, f"The report does not say which day of {one.period} the count is of."
    estimate = book.population.of(Period(one.day, one.day, "month"))
    if estimate is None:
        return count, None, f"No estimate of the population is held for {one.when}."
    year, children = estimate
    return count, children, f"{count:,.0f} children of {children:,} aged 0 to 17, the mid-{year} estimate"


def _change(one: Printed, book: Book) -> Reconciled:
    now, before = book.figure(one.source, one.measure, one.period), book.before(one)
    words = "The change between the two figures that the report prints"
    if now and before:
        words = f"From {before.value:,.0f} ({before.when}) to {now.value:,.0f}"
    pair = _pair(one, "change", Meaning("Worked out", words), "Ask the author which two figures it is a change "
                 "between.", stated="Stated change")  # fmt: skip
    tolerance = Tolerance("A change printed to so many digits may differ by half of the last one.", by=_half(one.value))
    pair = replace(pair, tolerance=tolerance)
    if now is None or before is None or not before.value:
        return cannot(pair, "The report does not print the figure before.", when=one.when, left=one.value)
    change = rounded((now.value - before.value) / before.value * 100, 4)
    return judged(
        pair, one.value, change, when=one.when, since=one.when, scale=before.value / 100,
        left_sources=[one.source], right_sources=[one.source],
    )  # fmt: skip


# ---- words ----------------------------------------------------------------------------------------------------------


def _pair(one: Printed, against: str, right: Meaning, ask: str, *, stated: str = "Printed") -> Pair:
    tolerance = Tolerance("Both are of the same area and day, so they should be equal.")
    if against == "total":
        tolerance = Tolerance("A total is the sum of its parts.")
    unit = _UNITS.get(one.unit, "count")
    return Pair(
        f"printed_{one.measure}_{one.period}_{against}".replace("/", "_"), "printed",
        f"{one.title}, {one.when}" + (f": {stated.lower()}" if stated != "Printed" else ""),
        Meaning(stated, one.source), right, tolerance, ask,
        unit=unit, decimals=0 if unit in ("count", "pounds") else 2,
        counts=one.unit if unit == "count" else ("pounds" if unit == "pounds" else "children"),
    )  # fmt: skip


def _half(value: float) -> float:
    """Half of the last digit that a number is printed with."""
    return 0.5 * 10.0 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2])
