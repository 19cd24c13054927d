"""Reconciliation: which two numbers should agree and do not?

Every pair of numbers that is declared to agree, for one quarter and one version of the warehouse. Where each kind of
pair is declared: returns_compared, identifiers_compared, figures_compared, printed_compared, quarters_compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from metrics import figures_compared, printed_compared, quarters_compared
from metrics.agreement import Kind, Reconciled, State, as_shown
from metrics.benchmarks import Benchmarks, read_benchmarks
from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held, figures, read_held
from metrics.coverage import Source
from metrics.declared import Declared
from metrics.identifiers_compared import identifiers
from metrics.memory import Identity, remembered
from metrics.quarterly import ground
from metrics.returns_compared import between_returns
from metrics.schemes import Scheme
from returns.partnership import Partnership, agencies, expected, partnership
from returns.periods import Period


@dataclass(frozen=True)
class Reconciliation:
    """Every pair for one quarter. `period` is None, and only printed figures are compared, before any return."""

    period: Period | None
    version: int | None
    pairs: tuple[Reconciled, ...] = field(repr=False)
    quarters: tuple[Period, ...] = ()

    def of(self, state: State, *, kind: Kind | None = None) -> tuple[Reconciled, ...]:
        """The pairs in a state, of a kind or of all; those that differ by most come first."""
        chosen = [one for one in self.pairs if one.state == state and kind in (None, one.pair.kind)]
        return tuple(sorted(chosen, key=lambda one: -one.amount) if state == "differs" else chosen)

    @property
    def agreement(self) -> tuple[int, int]:
        """(how many pairs agree, how many could be compared)."""
        agree = len(self.of("agrees"))
        return agree, agree + len(self.of("differs"))

    def as_shown(self, scheme: Scheme) -> Reconciliation:
        """The reconciliation as a scheme shows it; where a pair stands says nothing of what is hidden."""
        return replace(self, pairs=tuple(as_shown(one, scheme) for one in self.pairs))

    def as_json(self) -> list[dict[str, Any]]:
        """The pairs as `python -m metrics reconcile --format json` gives them: differing first."""
        ordered = [one for state in ("differs", "agrees", "cannot") for one in self.of(state)]
        period = str(self.period) if self.period else None
        return [{"period": period} | one.as_json() for one in ordered]


def reconcile(
    source: Source,
    *,
    period: Period | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
) -> Reconciliation:
    """Every declared pair, for the quarter (the latest with a submission, unless given) and the version read.

    Raises warehouse.problems.WarehouseError, CatalogueError or SettingsError, each a sentence.
    """
    declared = catalogue or load_catalogue()
    whose = partnership()
    held = remembered(
        (remember, "held", whose.area_code) if remember else None,
        lambda: read_held(source, area_code=whose.area_code),
    )
    quarter = period.quarter() if period else held.coverage.latest_quarter()
    key = (remember, "reconciliation", declared.digest, whose, agencies(), expected(), quarter) if remember else None
    return remembered(key, lambda: _made(source, quarter, declared, held, whose, remember))


def _made(
    source: Source,
    quarter: Period | None,
    catalogue: Catalogue,
    held: Held,
    whose: Partnership,
    remember: Identity | None,
) -> Reconciliation:
    book = printed_compared.read_printed(source, area_code=whose.area_code, population=held.population)
    if quarter is None:
        return Reconciliation(None, source.version, tuple(printed_compared.against_reports(book, None)))
    published = read_benchmarks(source, area_code=whose.area_code, region_code=whose.region_code)
    pairs = tuple(_pairs(source, quarter, catalogue, held, published, book, whose, remember))
    return Reconciliation(quarter, source.version, pairs, held.coverage.quarters())


def _pairs(
    source: Source,
    quarter: Period,
    catalogue: Catalogue,
    held: Held,
    published: Benchmarks,
    book: printed_compared.Book,
    whose: Partnership,
    remember: Identity | None,
) -> Iterator[Reconciled]:
    on = ground(source, held.coverage, quarter)
    asked = _together(
        catalogue,
        figures_compared.moments_of_totals(on, catalogue, held),
        figures_compared.moments_published(on, catalogue, held, published),
        printed_compared.printed_moments(book, held),
    )
    found: Figures = figures(
        source, asked, catalogue=catalogue, area_code=whose.area_code, held=held, remember=remember
    )
    yield from between_returns(on)
    yield from identifiers(on)
    yield from figures_compared.totals(on, catalogue, held, found)
    yield from figures_compared.against_published(on, catalogue, held, published, found)
    yield from printed_compared.against_reports(book, found)
    yield from quarters_compared.counts(on)
    yield from quarters_compared.columns(on)
    yield from quarters_compared.codes(on)


def _together(
    catalogue: Catalogue,
    totals: Mapping[Declared, Sequence[Moment]],
    published: Mapping[Declared, Sequence[Moment]],
    printed: Mapping[str, Sequence[Moment]],
) -> dict[Declared, tuple[Moment, ...]]:
    """Every figure that is needed, asked for once."""
    asked: dict[Declared, list[Moment]] = defaultdict(list)
    for wanted in (totals, published):
        for one, moments in wanted.items():
            asked[one].extend(moments)
    names = {one.id: one for one in catalogue}
    for name, of_day in printed.items():
        if name in names:
            asked[names[name]].extend(of_day)
    return {one: tuple(dict.fromkeys(moments)) for one, moments in asked.items()}
