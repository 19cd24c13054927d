"""What an indicator's declaration may say: the pydantic models of metrics/catalogue/*.yaml.

A file of metrics/catalogue/ is one theme: a YAML list of indicators, in the order in which they are
shown. Every key below is checked; an unknown one is refused with its file and line.

Parts. `numerator` and `denominator` each measure rows of the table named by `from`:

    {count: rows, dated: started}                          rows whose `started` falls in the period
    {count: distinct child_id, dated: received}            different children
    {sum: cases, dated: ...}   {mean: score, weight: returned, dated: ...}   {median: "days_between(a, b)", dated: ...}
    {sum: "vacancies_fte + in_post_fte", dated: ...}        what is added up, averaged or halved may be an expression
    {count: rows, open: at end}                            open on the period's last day (stock, lookback)
    {count: rows, open: on extract}                        open on the extract's own date (snapshot)
    {count: rows, listed: on extract}                      every row the extract lists (snapshot; care leavers, audits)
    {population: 0 to 17}                                  denominators of rates only, with `unit: p10k`
    {asked: agencies}                                      denominators only: agencies that owe the return at the
                                                           period's end (config/expected.yaml)
    {asked: schools}                                       denominators only: schools open at the period's end, of the
                                                           list of schools; in groups where `schools` carries them
    {sum: numerator} over {sum: denominator}               `from: aggregates`, no date: the agency's own totals

A mean or median has no denominator: it is its own (the rows, or the weights, it is taken over).
Any indicator can also be sent as totals (the aggregate return), for a period that no rows are held for, or none that
can tell. The totals' breakdowns are then the groups of `watch_by`.
A flow per 10,000 is read over the rolling year; it needs no other declaration than `unit: p10k`.

`where` (in either part), `needs` and `says_when` speak one small language: the table's columns (returns/events.py),
numbers, 'text', true, false, null, date '2025-04-01', = <> < <= > >=, in (…), between … and …, is null,
is not null, and, or, not, brackets, and

    months_between(a, b)         whole months from a to b (31 January to 28 February is one)
    months_after(a, 3)           the day that many months after a (31 January and one is 28 February)
    days_between(a, b)           days from a to b
    working_days_between(a, b)   England's working days, counted from the day after a, b included
    age_at(birth_month, day)     whole years
    unread(last_visit)           whether the row's cell for it was filled but could not be read
    clock('cp_visit')            the limit that config/clocks.yaml sets on the period's last day
    a + b, a - b, a / 4          sums and differences of numbers, and a number over a whole one
    period_start, period_end     the first and last day of the period; extract_date is a column of every table

Unknown is not false. A row for which `where` or `needs` comes out null (a cell it needs is unknown) is left out
of both parts and counted as left out; so is a row that `needs` rules out. `not needs_support` leaves out the rows
where that is unknown. Where a blank does mean no, say so: `ended is not null and …`.

`judge_after` leaves rows that cannot be judged yet out of both parts and counts them as too recent:
`{working_days: 45, from: referred}` (or days, months, or `clock: cp_visit`), judged on the extract's date, or on
the period's last day for what is open at end. `seen_to: returns_seen_to` judges on that column's day instead. More
than so many days must have gone by, or at least so many whole months. A row that the denominator's `where` rules out
is neither too recent nor left out; one that is too recent is not also left out.

Groups of `by` and `watch_by` are columns, or the name of a code whose group is meant: `sex` is sex_group,
`source` is source_group, `category` is latest_category_group. `share: true` makes a group's figure its share of
the whole county's denominator (contacts by agency); else a group has a denominator of its own. A rate's groups are
each per the whole population and add up to the county's rate, but for groups of who the children are (age band, sex,
ethnicity, disability): how many children there are of each is not held, so those have a count and no rate.

Every group that the table carries is offered; `not_by` says of the others why they are not.

Examples: columns not given are empty; `child` is child_id; yes, no, true and false for flags. The extract's date is
five days after the period's end unless a column or `extract_date` says otherwise. `population: 36000` sets that of
a rate, `asked: 10` or `asked: {Primary: 8, Secondary: 2}` who was asked. `expect` may name numerator, denominator,
value, status, left_out, too_recent; null where there is nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from returns.events import TABLES, EventTable
from returns.periods import Period, PeriodError, Window

Nature = Literal["flow", "stock", "lookback", "snapshot"]
Better = Literal["higher", "lower", "neither"]
Unit = Literal["percent", "p10k", "count", "days", "score", "ratio", "pounds"]
Measure = Literal["count", "distinct", "sum", "mean", "median", "population", "asked"]
Whom = Literal["agencies", "schools"]

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]

# The unit's multiplier: what one of the numerator over one of the denominator is worth.
PER: dict[str, int] = {"percent": 100, "p10k": 10_000}

# Groups of who the children are. A rate of such a group would be per so many children of it, which nobody has counted.
OF_THE_CHILDREN = {"age_band": "age band", "sex": "sex", "ethnicity": "ethnic group", "disability": "disability"}

# Groups that a partnership names in one word, and the column each one is.
_GROUP_COLUMNS = {"category": "latest_category_group"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=True)


class Part(_Strict):
    """A numerator or denominator: one measure of the rows that belong to the period."""

    count: Annotated[str, StringConstraints(pattern=r"^(rows|distinct [a-z][a-z0-9_]*)$")] | None = None
    sum: Expression | None = None
    mean: Expression | None = None
    weight: Name | None = None
    median: Expression | None = None
    population: Literal["0 to 17"] | None = None
    asked: Whom | None = None
    where: Expression | None = None
    dated: Name | None = None
    open: Literal["at end", "on extract"] | None = None
    listed: Literal["on extract"] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        named = ("count", "sum", "mean", "median", "population", "asked")
        measures = [name for name in named if getattr(self, name) is not None]
        if len(measures) != 1:
            raise ValueError("says one of count, sum, mean, median, population or asked")
        if self.weight is not None and self.mean is None:
            raise ValueError("has a weight, which only a mean can have")
        if sum(value is not None for value in (self.dated, self.open, self.listed)) > 1:
            raise ValueError("says one of dated, open or listed")
        if (self.population or self.asked) and (self.where or self.dated or self.open or self.listed):
            raise ValueError("is a population, or who was asked, which has no where and no date")
        return self

    @property
    def measure(self) -> Measure:
        """Which measure it is."""
        if self.count is not None:
            return "count" if self.count == "rows" else "distinct"
        if self.sum is not None:
            return "sum"
        if self.mean is not None:
            return "mean"
        if self.median is not None:
            return "median"
        return "population" if self.population is not None else "asked"

    @property
    def of(self) -> str | None:
        """The column or expression measured; None for a count of rows."""
        if self.count is not None:
            return self.count.removeprefix("distinct ") if self.measure == "distinct" else None
        return self.sum or self.mean or self.median

    @property
    def membership(self) -> str:
        """How a row belongs to a period: `dated started`, `open at end`, `open on extract`, `listed` or `totals`."""
        if self.dated is not None:
            return f"dated {self.dated}"
        if self.open is not None:
            return f"open {self.open}"
        return "listed" if self.listed is not None else "totals"


class JudgeAfter(_Strict):
    """How long after `from` a row can first be judged."""

    start: Name = Field(alias="from")
    working_days: Annotated[int, Field(gt=0)] | None = None
    days: Annotated[int, Field(gt=0)] | None = None
    months: Annotated[int, Field(gt=0)] | None = None
    clock: Name | None = None
    seen_to: Name | None = None

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if sum(value is not None for value in (self.working_days, self.days, self.months, self.clock)) != 1:
            raise ValueError("says one of working_days, days, months or clock")
        return self


class SaysWhen(_Strict):
    """A sentence that the result carries when any row answers `where`; `{count}` in it is how many."""

    where: Expression
    says: Sentence


class Expected(_Strict):
    """What an example's figure must be; only the keys given are compared."""

    numerator: float | int | None = None
    denominator: float | int | None = None
    value: float | int | None = None
    status: Literal["ok", "u", "x", "z"] | None = None
    left_out: int | None = None
    too_recent: int | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("expects nothing")
        return self


class Example(_Strict):
    """A table of rows and the figure that must come of it: a test, and the definition's illustration."""

    rows: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    period: str
    expect: Expected
    says: Sentence | None = None
    extract_date: date | None = None
    population: Annotated[int, Field(gt=0)] | None = None
    asked: int | dict[str, int] | None = None
    by: Name | None = None
    group: str | None = None

    @field_validator("period")
    @classmethod
    def _a_period(cls, text: str) -> str:
        try:
            Period.parse(text)
        except PeriodError as error:
            raise ValueError(str(error)) from None
        return text


class Indicator(_Strict):
    """One indicator of the catalogue. See the top of this module for the language of its parts."""

    id: Name
    title: Sentence
    question: Sentence
    theme: Name
    table: Name = Field(alias="from")
    nature: Nature
    about: Literal["children", "adults", "organisations", "records"]
    numerator: Part
    denominator: Part | None = None
    needs: Expression | None = None
    judge_after: JudgeAfter | None = None
    says_when: tuple[SaysWhen, ...] = ()
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=4)]
    better: Better
    by: tuple[Name, ...] = ()
    not_by: dict[Name, Sentence] = {}
    watch_by: tuple[Name, ...] = ()
    share: bool = False
    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    benchmark: Annotated[str, StringConstraints(pattern=r"^lait:\S.*$")] | None = None
    owner: Sentence
    priorities: tuple[Sentence, ...] = ()
    framework: tuple[Sentence, ...] = ()
    board: bool = False
    caution: Sentence | None = None
    missing_because: Sentence | None = None
    ask: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _lists_are_fixed(cls, declared: object) -> object:
        """YAML lists as tuples, so that the model can be strict about all else."""
        return _tuples(declared)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for problem in _problems(self):
            raise ValueError(problem)
        return self

    @property
    def event_table(self) -> EventTable:
        """The event table it reads."""
        return TABLES[self.table]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its parts that are measured in the table: the numerator, and the denominator where it is of rows too."""
        if self.denominator is None or self.denominator.measure in ("population", "asked"):
            return (self.numerator,)
        return (self.numerator, self.denominator)

    @property
    def per_population(self) -> bool:
        """Whether it is a rate of the population."""
        return self.denominator is not None and self.denominator.measure == "population"

    @property
    def asked(self) -> Whom | None:
        """Whose answers it is a share of, where that is who was asked; else None."""
        return self.denominator.asked if self.denominator is not None else None

    @property
    def scorecard_window(self) -> Window:
        """The window the scorecard reads it over: the quarter, or the rolling year for a flow per population and for
        what is read over nothing shorter."""
        if self.per_population and self.nature == "flow":
            return "rolling_year"
        return "quarter" if {"month", "quarter"} & set(self.windows) else "rolling_year"

    def group_column(self, group: str) -> str:
        """The column that `group` names in its table; KeyError when there is none."""
        return group_column(self.event_table, group)


def group_column(table: EventTable, group: str) -> str:
    """The column of `table` that a group's name means: `sex` is sex_group. KeyError when there is none."""
    for name in (f"{group}_group", group, _GROUP_COLUMNS.get(group, group)):
        if table.column(name) is not None:
            return name
    raise KeyError(group)


def _tuples(declared: object) -> object:
    if isinstance(declared, list):
        return tuple(_tuples(item) for item in declared)
    if isinstance(declared, dict):
        return {key: _tuples(value) for key, value in declared.items()}
    return declared


# The memberships that each nature may use.
_MEMBERSHIPS: dict[str, tuple[str, ...]] = {
    "flow": ("dated",),
    "stock": ("open at end",),
    "lookback": ("open at end",),
    "snapshot": ("open on extract", "listed"),
}


def _problems(indicator: Indicator) -> list[str]:
    """What is wrong with the declaration as a whole, each as the end of a sentence that starts with its id."""
    found: list[str] = []
    if indicator.table not in TABLES:
        return [f"reads from {indicator.table}, which is no event table; they are {', '.join(TABLES)}"]
    ratio = indicator.unit in ("percent", "p10k", "ratio")
    self_contained = indicator.numerator.measure in ("mean", "median")
    if ratio and indicator.denominator is None and not self_contained:
        found.append(f"is in {indicator.unit} and needs a denominator")
    if not ratio and indicator.denominator is not None and indicator.table != "aggregates":
        found.append(f"is in {indicator.unit}, which has no denominator")
    if self_contained and indicator.denominator is not None:
        found.append(f"has a denominator beside a {indicator.numerator.measure}, which is its own")
    if (indicator.unit == "p10k") != indicator.per_population and indicator.table != "aggregates":
        found.append("is per 10,000 exactly when its denominator is a population")
    if indicator.numerator.measure in ("population", "asked"):
        found.append("has a population, or who was asked, as its numerator")
    for part in indicator.parts:
        found.extend(_part_problems(indicator, part))
    for group in (*indicator.by, *indicator.watch_by, *indicator.not_by):
        try:
            indicator.group_column(group)
        except KeyError:
            found.append(f"is grouped by {group}, which {indicator.table} does not carry")
    for group in set(indicator.not_by) & {*indicator.by, *indicator.watch_by}:
        found.append(f"is grouped by {group}, and says why it is not")
    if indicator.nature == "snapshot" and "month" in indicator.windows:
        found.append("is a snapshot, which has no months")
    return found


def _part_problems(indicator: Indicator, part: Part) -> list[str]:
    table = indicator.event_table
    found: list[str] = []
    if table.name == "aggregates":
        if part.membership != "totals" or part.measure != "sum" or part.sum not in ("numerator", "denominator"):
            found.append("reads totals, so each part is {sum: numerator} or {sum: denominator} with no date")
        return found
    allowed = _MEMBERSHIPS[indicator.nature]
    if not part.membership.startswith(allowed):
        found.append(f"is a {indicator.nature}, so each part says {' or '.join(allowed)}, not {part.membership}")
    for name in (part.dated, part.weight, part.of if part.measure == "distinct" else None):
        if name is not None and table.column(name) is None:
            found.append(f"names {name}, which {table.name} does not carry")
    if part.dated is not None and (column := table.column(part.dated)) and column.type not in ("date", "timestamp"):
        found.append(f"is dated {part.dated}, which is no date")
    if part.open is not None and (table.dated is None or table.ended is None):
        found.append(f"is open {part.open}, but {table.name} are not episodes with a start and an end")
    return found
