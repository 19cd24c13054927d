"""Which moments a line of the scorecard is made of: its figure, those it is compared with, and its trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.compile import Moment
from metrics.compute import Held
from metrics.model import Indicator
from metrics.protected import is_protected
from metrics.result import Basis
from metrics.schemes import Scheme
from returns.events import FILLED_BY
from returns.periods import Period, financial_year, financial_year_of

MONTHS = 24
QUARTERS = 16


def shown_by(indicator: Indicator, by: str | None) -> tuple[str, ...]:
    """The groups that an indicator has lines of: those that are watched, and those of `by`."""
    chosen = [by] if by in (*indicator.by, *indicator.watch_by) else []
    return tuple(dict.fromkeys([*indicator.watch_by, *(name for name in chosen if name)]))


def first_day(indicator: Indicator, held: Held) -> date | None:
    """The first day that any list of the indicator's table reaches back to."""
    names = FILLED_BY.get(indicator.table, ())
    return min((one.window[0] for one in held.coverage.submissions if one.return_name in names), default=None)


@dataclass(frozen=True)
class Ask:
    """What one indicator's lines of one quarter need. `since` is the first day that could have a figure."""

    indicator: Indicator
    quarter: Period
    basis: Basis | None
    groups: tuple[str, ...]
    since: date | None
    scheme: Scheme

    def head(self, quarter: Period) -> Moment:
        usual = headline(self.indicator, quarter)
        return Moment(usual.period, self.basis) if self.basis else usual

    @property
    def heads(self) -> tuple[Moment, Moment, Moment]:
        """The figure of the quarter, of the one before, and of a year before."""
        return self.head(self.quarter), self.head(self.quarter.earlier()), self.head(self.quarter.year_ago())

    @property
    def moments(self) -> tuple[Moment, ...]:
        compared = [self.compared] if self.compared else []
        charted = [moment for group in (False, True) for series in self.series(of_group=group) for moment in series]
        return tuple(dict.fromkeys([*self.heads, *charted, *compared]))

    @property
    def compared(self) -> Moment | None:
        """The figure that is set beside published ones; None where none should be."""
        if self.indicator.benchmark is None or self.indicator.unit == "count":
            return None
        if self.indicator.nature != "flow" or self.indicator.table == "aggregates":
            return self.head(self.quarter)
        return Moment(self.quarter.rolling_year(), "known")

    @property
    def charted(self) -> list[Moment]:
        """The moments of the trend, as now known, oldest first: from the first figure that there could be.

        Months of a flow, 24 of them at the least; 16 quarters of all else, and of a flow all quarters.
        """
        if has_months(self.indicator):
            last = list(self.quarter.months())[-1]
            return [Moment(last.earlier(step), "known") for step in reversed(range(self._steps(last, MONTHS)))]
        number = self._steps(self.quarter, QUARTERS) if self.indicator.nature == "flow" else QUARTERS
        quarters = [self.quarter.earlier(step) for step in reversed(range(number))]
        if self.indicator.scorecard_window == "rolling_year":
            return [Moment(one.rolling_year(), "known") for one in quarters]
        return [Moment(one, "known") for one in quarters]

    def series(self, *, of_group: bool) -> list[list[Moment]]:
        """The series that there could be, the finest first; the first that can be shown whole is the one shown.

        Only what is protected has coarser ones, and months of a group are never shown.
        """
        if not is_protected(self.indicator, self.scheme) or (of_group and not self.groups):
            return [self.charted]
        if not of_group and self.scheme.whole_county == "shown":
            return [self.charted]
        quarters = [self.quarter.earlier(step) for step in reversed(range(self._steps(self.quarter, QUARTERS)))]
        ended = [one for one in quarters if one.end.month == 3]
        if self.indicator.nature == "flow":
            ended = [financial_year(financial_year_of(one.end)) for one in ended]
        coarser = [[Moment(one, "known") for one in ended]]
        if has_months(self.indicator):
            coarser.insert(0, [Moment(one, "known") for one in quarters])
        return coarser if of_group and has_months(self.indicator) else [self.charted, *coarser]

    @property
    def shown(self) -> int:
        """How many of the charted moments the scorecard's small trend shows."""
        return MONTHS if has_months(self.indicator) else QUARTERS

    def _steps(self, last: Period, fewest: int) -> int:
        if self.since is None:
            return fewest
        months = (last.end.year - self.since.year) * 12 + last.end.month - self.since.month + 1
        return max(fewest, -(-months // (1 if last.window == "month" else 3)))


def has_months(indicator: Indicator) -> bool:
    """Whether it is charted by month: a flow whose rows say when; totals are sent for quarters."""
    return indicator.nature == "flow" and "month" in indicator.windows and indicator.table != "aggregates"


def headline(indicator: Indicator, quarter: Period) -> Moment:
    """What the scorecard shows of an indicator for a quarter.

    A flow per 10,000 is over the rolling year, as now known; all else is as first reported for the quarter.
    """
    if indicator.scorecard_window == "rolling_year":
        return Moment(quarter.rolling_year(), "known")
    return Moment(quarter, "reported")
