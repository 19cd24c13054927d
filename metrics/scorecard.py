"""The scorecard: every indicator for one quarter, with what each line needs to be read fairly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metrics.annotations import read_annotations
from metrics.benchmarks import Benchmarks, read_benchmarks
from metrics.catalogue import THEMES, Catalogue, load_catalogue
from metrics.causes import causes, severity
from metrics.compute import Held, read_held
from metrics.lines import Line, Settings, lines_of
from metrics.memory import Identity, identity, remembered
from metrics.result import Basis
from metrics.schemes import Scheme, chosen
from metrics.targets import targets
from metrics.views import View, board
from returns.partnership import Partnership, partnership
from returns.periods import Period
from returns.places import Places

if TYPE_CHECKING:
    from warehouse.reading import Reader


class NoPeriod(ValueError):
    """No quarter can be shown: nothing was accepted yet."""


@dataclass(frozen=True)
class Scorecard:
    """Every line for one quarter, in the order of the child's journey, from one version of the warehouse."""

    period: Period
    version: int | None
    lines: tuple[Line, ...]
    demonstration: bool = False
    quarters: tuple[Period, ...] = ()
    board: frozenset[str] = frozenset()

    def of(self, view: View | None) -> Scorecard:
        """The card with the lines of one part of it alone; all of it where none is given."""
        if view is None:
            return self
        return replace(self, lines=tuple(one for one in self.lines if view.has(one.indicator.id)))

    def theme(self, name: str) -> tuple[Line, ...]:
        """The lines of one theme."""
        return tuple(line for line in self.lines if line.indicator.theme == name)

    @property
    def themes(self) -> tuple[tuple[str, str], ...]:
        """The themes that have lines, as (name, title), in their order."""
        present = {line.indicator.theme for line in self.lines}
        return tuple((name, title) for name, title in THEMES.items() if name in present)


def scorecard(
    places: Places, *, period: Period | None = None, version: int | None = None, scheme: str | Scheme | None = None
) -> Scorecard:
    """The scorecard of a quarter (the latest with a submission, unless given) from a version (the current one).

    Figures are as `scheme` shows them (config/disclosure.yaml): the default one, unless the viewer's is given.
    Raises warehouse.problems.WarehouseError, CatalogueError, SettingsError or NoPeriod, each a sentence.
    """
    from warehouse.store import reader

    with reader(places, version) as opened:
        return scorecard_of(opened, period=period, remember=identity(places, opened.version), scheme=scheme)


def scorecard_of(
    source: Reader,
    *,
    period: Period | None = None,
    basis: Basis | None = None,
    by: str | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
    scheme: str | Scheme | None = None,
) -> Scorecard:
    """As `scorecard`, from a reader that is open.

    Without `basis` each figure has its usual one (metrics.line_moments.headline). `by` adds the groups of indicators
    that have them.
    """
    settings = read_settings(catalogue)
    shown_as = chosen(scheme)
    key = (remember, settings.key, period, basis, by, shown_as) if remember else None
    return remembered(key, lambda: _made(source, period, basis, by, settings, remember, shown_as))


def read_settings(catalogue: Catalogue | None = None) -> Settings:
    """What the partnership has declared, from its settings and the catalogue."""
    declared = catalogue or load_catalogue()
    return Settings(partnership(), declared, targets(), read_annotations(), board(declared))


def _made(
    source: Reader,
    period: Period | None,
    basis: Basis | None,
    by: str | None,
    settings: Settings,
    remember: Identity | None,
    scheme: Scheme,
) -> Scorecard:
    held, published, is_demonstration = remembered(
        (remember, settings.whose.area_code, settings.whose.region_code) if remember else None,
        lambda: read_ground(source, settings.whose),
    )
    quarter = (period or held.coverage.latest_quarter() or _no_period()).quarter()
    found = lines_of(
        source, [quarter], settings=settings, held=held, published=published, basis=basis, by=by, remember=remember,
        scheme=scheme,
    )  # fmt: skip
    lines = tuple(_marked(line) for line in found.of(quarter))
    return Scorecard(quarter, source.version, lines, is_demonstration, held.coverage.quarters(),
                     frozenset(settings.board.indicators))  # fmt: skip


def _marked(line: Line) -> Line:
    """The line with the severity of its exception, where it is one: judged on what is shown of it."""
    raised = severity(causes(line))
    return line if raised is None else replace(line, result=replace(line.result, exception=raised))


def read_ground(source: Reader, whose: Partnership) -> tuple[Held, Benchmarks, bool]:
    """What lines rest on beside the event tables, and whether the data is made up."""
    return (
        read_held(source, area_code=whose.area_code),
        read_benchmarks(source, area_code=whose.area_code, region_code=whose.region_code),
        (source.meta("demonstration") or "").lower() in {"1", "yes", "true"},
    )


def _no_period() -> Period:
    raise NoPeriod("No return has been accepted yet, so there is no quarter to show.")
