"""One indicator looked at closely: both bases, one breakdown with its past, and how good the data behind it are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrics.agreement import Reconciled
from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment
from metrics.declared import Declared, parts
from metrics.line_moments import headline
from metrics.memory import Identity
from metrics.model import Indicator
from metrics.protected import is_protected
from metrics.protected_figures import protected_figures
from metrics.quality import Filled, RecordedLate, recorded_late
from metrics.result import Basis, Result
from metrics.schemes import Scheme
from returns.partnership import partnership
from returns.periods import Period

if TYPE_CHECKING:
    from metrics.reconcile import Reconciliation
    from warehouse.reading import Reader

# How far back a breakdown's small trends reach, and how many quarters' lateness is told.
QUARTERS = 12
LATE_QUARTERS = 4


@dataclass(frozen=True)
class Group:
    """One group of a breakdown: its figure, and its past as now known, oldest first."""

    result: Result
    series: tuple[Result, ...] = field(repr=False)


@dataclass(frozen=True)
class Inquiry:
    """An indicator for one quarter. `head` is its figure on the basis asked for, which the groups are on too.

    `reported` and `known` are the whole county's for one and the same period, side by side.
    """

    declared: Declared
    quarter: Period
    head: Result
    reported: Result
    known: Result
    by: str | None = None
    groups: tuple[Group, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """The indicator's declaration."""
        return self.declared.indicator


def groupings(indicator: Indicator) -> tuple[str, ...]:
    """The groups that the indicator can be broken down by: those that are watched first."""
    return tuple(dict.fromkeys((*indicator.watch_by, *indicator.by)))


def bases(indicator: Indicator, quarter: Period) -> tuple[Basis, ...]:
    """The bases that its headline has, the usual one first: a rolling year is only ever as now known."""
    usual = headline(indicator, quarter)
    return ("known",) if usual.period.window == "rolling_year" else ("reported", "known")


def inquire(
    source: Reader,
    indicator: str,
    *,
    period: Period,
    scheme: Scheme,
    basis: Basis | None = None,
    by: str | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
) -> Inquiry:
    """The indicator for a quarter as the scheme shows it, on its usual basis unless one is given; `by` may be None.

    Raises NoSuchIndicator.
    """
    chosen = catalogue or load_catalogue()
    one = chosen[indicator]
    quarter = period.quarter()
    usual = headline(one.indicator, quarter)
    head = Moment(usual.period, basis or usual.basis)
    both = [Moment(quarter, "reported"), Moment(quarter, "known")]
    past = [Moment(_back(head.period, step), "known") for step in reversed(range(QUARTERS))] if by else []
    found = protected_figures(
        source,
        {one: list(dict.fromkeys([head, *both, *past]))},
        scheme=scheme,
        catalogue=chosen,
        groups={indicator: (by,)} if by else {},
        area_code=partnership().area_code,
        remember=remember,
    )
    groups: tuple[Group, ...] = ()
    if by:
        now = found.groups(indicator, head, by=by)
        then = [{one.group: one for one in found.groups(indicator, moment, by=by)} for moment in past]
        groups = tuple(Group(of, tuple(each[of.group] for each in then if of.group in each)) for of in now)
    reported, known = (found.county(indicator, moment) for moment in both)
    return Inquiry(one, quarter, found.county(indicator, head), reported, known, by, groups)


def _back(period: Period, steps: int) -> Period:
    return period.earlier(steps) if steps else period


@dataclass(frozen=True)
class Column:
    """A column that the figure needs, in the latest files behind it: its header, and how it was filled."""

    header: str
    filled: Filled


@dataclass(frozen=True)
class Behind:
    """How good the data behind a figure are. `agreeing` and `differing` are pairs of numbers that should agree."""

    read: int
    held: int
    columns: tuple[Column, ...]
    late: tuple[RecordedLate, ...]
    agreeing: tuple[Reconciled, ...]
    differing: tuple[Reconciled, ...]


def behind(source: Reader, of: Inquiry, *, reconciliation: Reconciliation, scheme: Scheme) -> Behind | None:
    """The quality of the data of the quarter that the indicator is looked at for.

    None for a viewer from whom the county's own counts of people may be hidden: rows and events are counts of them.
    """
    if scheme.whole_county == "protected" and is_protected(of.indicator, scheme):
        return None
    ids = list(of.reported.sources)
    sent = source.query(
        "SELECT return_name, agency, sum(rows_read), sum(rows_held) FROM main.submissions "
        "WHERE list_contains(?, id) GROUP BY ALL ORDER BY ALL",
        [ids],
    )
    late = [
        found
        for return_name, agency, _, _ in sent
        for found in recorded_late(source, return_name=return_name, agency=agency)
        if found.table == of.indicator.table and found.quarter < of.quarter
    ]
    pairs = [one for one in reconciliation.pairs if _concerns(one, of.indicator, set(ids))]
    return Behind(
        read=sum(int(row[2] or 0) for row in sent),
        held=sum(int(row[3] or 0) for row in sent),
        columns=tuple(_columns(source, ids, columns_needed(of.declared))),
        late=tuple(late[:LATE_QUARTERS]),
        agreeing=tuple(one for one in pairs if one.state == "agrees"),
        differing=tuple(one for one in pairs if one.state == "differs"),
    )


def columns_needed(one: Declared) -> frozenset[str]:
    """The columns of its table that the indicator's declaration reads."""
    names = {name for condition in one.conditions.values() for name in condition.columns}
    for _, part in parts(one.indicator):
        named = (part.dated, part.weight, part.of if part.measure == "distinct" else None)
        names |= {name for name in named if name}
        if part.open:
            names |= {name for name in (one.indicator.event_table.dated, one.indicator.event_table.ended) if name}
    if one.indicator.judge_after:
        names.add(one.indicator.judge_after.start)
    return frozenset(names)


def _columns(source: Reader, ids: Sequence[str], needed: Collection[str]) -> Iterator[Column]:
    """The columns of the files that fill what is needed: `source` of a file fills source_code and source_group."""
    for name, header, cells, filled, blanked in source.query(
        "SELECT field, any_value(header), sum(cells), sum(filled), sum(blanked) FROM main.column_quality "
        "WHERE list_contains(?, submission_id) GROUP BY field ORDER BY min(rowid)",
        [list(ids)],
    ):
        if any(one == name or one.startswith(f"{name}_") for one in needed):
            yield Column(header, Filled(int(cells), int(filled), int(blanked)))


def _concerns(one: Reconciled, indicator: Indicator, ids: Collection[str]) -> bool:
    """Whether a pair says something of the indicator: it is of it by name, or of the very files behind it."""
    if one.pair.id in (f"total_{indicator.id}", f"published_{indicator.id}"):
        return True
    if one.pair.kind == "change":
        return one.pair.id.startswith((f"count_{indicator.table}_",))
    return one.pair.kind == "returns" and any(name in ids for name in (*one.left_sources, *one.right_sources))
