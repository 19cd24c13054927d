"""Figures that agencies sent as totals: their months make quarters and years, their agencies a county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.coverage import Source
from metrics.model import Indicator
from metrics.result import Basis
from returns.periods import Period, PeriodError, financial_year, financial_year_of


@dataclass(frozen=True)
class Total:
    """Sums over a period, of what agencies sent or of shorter periods. A part is None where any lacked it."""

    numerator: float | None
    denominator: float | None
    submissions: tuple[str, ...]


class Totals:
    """The totals sent, by basis, indicator, group and period."""

    def __init__(
        self, rows: Iterable[tuple[str, str, str, str | None, str | None, float | None, float | None, str]]
    ) -> None:
        """Rows are (basis, indicator, covers, area, breakdown, numerator, denominator, submission)."""
        sent: dict[tuple[str, str, str | None, str | None, Period], list[Total]] = defaultdict(list)
        for basis, indicator, covers, area, breakdown, numerator, denominator, submission in rows:
            try:
                period = Period.parse(covers)
            except (PeriodError, AttributeError):
                continue
            key = (basis, indicator, area or None, breakdown or None, period)
            sent[key].append(Total(numerator, denominator, (submission,)))
        self._sent = {key: _sum(found) for key, found in sent.items()}
        self.indicators = frozenset(key[1] for key in self._sent)

    def of(
        self,
        indicator: Indicator,
        period: Period,
        *,
        basis: Basis,
        area: str | None = None,
        breakdown: str | None = None,
    ) -> Total | None:
        """The indicator's total for the period, else made of its parts; None where a part was not sent."""
        if indicator.id not in self.indicators:
            return None
        for held in (basis, "known"):
            found = self._made(held, indicator, area, breakdown, period)
            if found is not None:
                return found
        return None

    def groups(self, indicator: Indicator, by: str) -> list[str]:
        """The areas (`by` is area) or groups (breakdown) that totals of the indicator were sent for."""
        place, other = (2, 3) if by == "area" else (3, 2)
        found = {str(key[place]) for key in self._sent if key[1] == indicator.id and key[place] and not key[other]}
        return sorted(found)

    def earliest(self, indicator: Indicator) -> Period | None:
        """The earliest period that a total of the indicator was sent for."""
        return min((key[4] for key in self._sent if key[1] == indicator.id), default=None)

    def latest_quarter(self) -> Period | None:
        """The quarter of the latest total sent."""
        return max((key[4].quarter() for key in self._sent), default=None)

    def _made(
        self, basis: str, indicator: Indicator, area: str | None, breakdown: str | None, period: Period
    ) -> Total | None:
        exact = self._sent.get((basis, indicator.id, area, breakdown, period))
        if exact is not None:
            return exact
        for pieces in _pieces(period, is_flow=indicator.nature == "flow"):
            made = [self._made(basis, indicator, area, breakdown, piece) for piece in pieces]
            if made and all(piece is not None for piece in made):
                return _sum([piece for piece in made if piece is not None])
        return None


def read_totals(source: Source) -> Totals:
    """Every total of the version: as now known, and as the submission for its own quarter first gave it."""
    columns = "indicator, covers, area, breakdown, numerator, denominator, submission_id"
    return Totals(
        source.query(
            f"SELECT 'known', {columns} FROM known.aggregates UNION ALL "
            f"SELECT 'reported', {columns} FROM reported.aggregates WHERE period = covers"
        )
    )


def _sum(totals: Sequence[Total]) -> Total:
    numerators = [total.numerator for total in totals]
    denominators = [total.denominator for total in totals]
    return Total(
        sum(number for number in numerators if number is not None) if None not in numerators else None,
        sum(number for number in denominators if number is not None) if None not in denominators else None,
        tuple(dict.fromkeys(submission for total in totals for submission in total.submissions)),
    )


def _pieces(period: Period, *, is_flow: bool) -> list[list[Period]]:
    """The shorter periods that make up a flow's; for what is open or true on a day, the shorter one that ends on it."""
    months = list(period.months())
    quarters = [piece for piece in months if piece.end == piece.quarter().end]
    made: dict[str, list[list[Period]]] = {
        "month": [],
        "quarter": [months],
        "year": [[piece.quarter() for piece in quarters]],
        "rolling_year": [[piece.quarter() for piece in quarters]],
    }
    found = made[period.window]
    if period.window == "rolling_year" and period.end.month == 3:
        found.insert(0, [financial_year(financial_year_of(period.end))])
    return found if is_flow else [[pieces[-1]] for pieces in found]
