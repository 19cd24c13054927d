"""What would change: each indicator's headline figure for a quarter, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.catalogue import Catalogue, load_catalogue
from metrics.compute import Figures, figures
from metrics.line_moments import headline
from metrics.model import Indicator
from metrics.result import Result
from returns.partnership import partnership
from returns.periods import Period

if TYPE_CHECKING:
    from warehouse.reading import Reader


@dataclass(frozen=True)
class Change:
    """One indicator whose figure, or one of its counts, would be another. `was` is None before anything was loaded."""

    indicator: Indicator
    was: Result | None
    would_be: Result

    @property
    def of_the_figure(self) -> bool:
        """Whether the figure itself would change, and not its counts alone."""
        return self.was is None or (self.was.value, self.was.status) != (self.would_be.value, self.would_be.status)


def changes(
    before: Reader | None, after: Reader, *, quarter: Period, catalogue: Catalogue | None = None
) -> tuple[Change, ...]:
    """Every indicator whose headline figure of the quarter differs, in the order of the scorecard."""
    declared = catalogue or load_catalogue()
    now = _heads(after, declared, quarter)
    was = _heads(before, declared, quarter) if before is not None else None
    found = []
    for one in declared:
        moment = headline(one.indicator, quarter)
        then, then_was = now.county(one.id, moment), was.county(one.id, moment) if was else None
        if _said(then) != (_said(then_was) if then_was else (None, None, None, "x", 0, 0)):
            found.append(Change(one.indicator, then_was, then))
    return tuple(found)


def _heads(source: Reader, declared: Catalogue, quarter: Period) -> Figures:
    asked = {one: [headline(one.indicator, quarter)] for one in declared}
    return figures(source, asked, catalogue=declared, area_code=partnership().area_code)


def _said(result: Result) -> tuple[float | str | None, ...]:
    return (
        result.value, result.numerator, result.denominator, result.status, result.too_recent, result.left_out,
    )
