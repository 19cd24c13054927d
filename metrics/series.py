"""One indicator over time: every period of a window up to a last one, as a list of Results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from metrics import schemes
from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment
from metrics.compute import Figures, Held, read_held
from metrics.declared import Declared
from metrics.memory import Identity
from metrics.model import Indicator
from metrics.protected import hidden_result, is_protected
from metrics.protected_figures import protected_figures
from metrics.result import Basis, Result
from metrics.schemes import Scheme
from returns.partnership import partnership
from returns.periods import Period, Window, financial_year, financial_year_of

if TYPE_CHECKING:
    from warehouse.reading import Reader

# Twenty years of months: an extract cannot reach further back than that and be about children.
_LONGEST = 240


class CannotShow(ValueError):
    """The series asked for does not exist; the message says what does."""


def series(
    source: Reader,
    indicator: str,
    *,
    upto: Period | None = None,
    window: Window | None = None,
    basis: Basis = "known",
    by: str | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
    scheme: str | Scheme | None = None,
) -> list[Result]:
    """The indicator's results, oldest first, from the first period with a figure to `upto` (the latest loaded).

    The window is that of `upto`, else the scorecard's. With `by`, each period's groups follow its whole county.
    Figures are as `scheme` shows them: the default one, unless the viewer's is given. A series that would have a
    hidden point is given whole at the next coarser window that has none (its periods follow the others), and hidden
    whole where there is no such window. Raises NoSuchIndicator, CannotShow or metrics.schemes.NoSuchScheme.
    """
    declared = (catalogue or load_catalogue())[indicator]
    whose = partnership()
    held = read_held(source, area_code=whose.area_code)
    last = upto or held.coverage.latest_quarter() or held.totals.latest_quarter()
    if last is None:
        return []
    wanted = window or _window(declared.indicator, upto)
    _check(declared.indicator, wanted, by)
    shown_as = schemes.chosen(scheme)
    windows = _coarser(wanted) if is_protected(declared.indicator, shown_as) else [wanted]
    rungs = [[Moment(period, basis) for period in _periods(last, one, declared, held)] for one in windows]
    found = protected_figures(
        source,
        {declared: [moment for rung in rungs for moment in rung]},
        scheme=shown_as,
        catalogue=catalogue or load_catalogue(),
        groups={indicator: (by,)} if by else {},
        area_code=whose.area_code,
        held=held,
        remember=remember,
    )
    return _shown_whole([_started(found, indicator, rung) for rung in rungs], declared.indicator)


def _started(found: Figures, indicator: str, moments: Sequence[Moment]) -> list[Result]:
    """The results of the moments, from the first of which the county has a figure."""
    started = [place for place, moment in enumerate(moments) if found.county(indicator, moment).status != "x"]
    shown = moments[started[0] :] if started else moments[-1:]
    return [result for moment in shown for result in found.results[indicator, moment]]


def _shown_whole(rungs: Sequence[Sequence[Result]], indicator: Indicator) -> list[Result]:
    """Of the county and of each group, the finest series that has nothing hidden; hidden whole where each has."""
    hidden = [{one.group for one in rung if one.status == "c"} for rung in rungs]
    found = []
    for place, rung in enumerate(rungs):
        for one in rung:
            safe = next((number for number, groups in enumerate(hidden) if one.group not in groups), None)
            if safe is None and place == 0:
                found.append(one if one.status == "c" else hidden_result(one, indicator))
            elif safe == place:
                found.append(one)
    return found


def _coarser(window: Window) -> list[Window]:
    """The window, and those that a series may be shown at instead."""
    ladder: dict[Window, list[Window]] = {
        "month": ["month", "quarter", "year"],
        "quarter": ["quarter", "year"],
        "rolling_year": ["rolling_year", "year"],
        "year": ["year"],
    }
    return ladder[window]


def _window(indicator: Indicator, upto: Period | None) -> Window:
    if upto is None or upto.window == "quarter":
        return indicator.scorecard_window
    return upto.window


def _check(indicator: Indicator, window: Window, by: str | None) -> None:
    if window == "month" and "month" not in indicator.windows:
        raise CannotShow(f"{indicator.id} has no months: {_why(indicator)}.")
    if by is not None and by not in (*indicator.by, *indicator.watch_by):
        groups = ", ".join(dict.fromkeys((*indicator.by, *indicator.watch_by))) or "nothing"
        raise CannotShow(f"{indicator.id} is not grouped by {by}; it is grouped by {groups}.")


def _why(indicator: Indicator) -> str:
    if indicator.nature in ("snapshot", "lookback"):
        return "it is true only on an extract's date"
    return f"it is declared for {', '.join(indicator.windows)}"


def _periods(last: Period, window: Window, declared: Declared, held: Held) -> Sequence[Period]:
    """The periods of the window that end by the last one's end, from the first that anything was sent for."""
    end = _of_window(last, window)
    earliest = min([one.window[0] for one in held.coverage.submissions], default=end.start)
    first_total = held.totals.earliest(declared.indicator)
    start = min(earliest, first_total.start) if first_total else earliest
    periods = [end]
    while len(periods) < _LONGEST and periods[-1].earlier().end >= start:
        periods.append(periods[-1].earlier())
    return periods[::-1]


def _of_window(last: Period, window: Window) -> Period:
    """The latest period of the window that ends no later than `last`."""
    if last.window == window:
        return last
    if window == "month":
        return list(last.months())[-1]
    quarter = last.quarter() if last.quarter().end <= last.end else last.quarter().earlier()
    if window == "quarter":
        return quarter
    if window == "rolling_year":
        return quarter.rolling_year()
    year = financial_year(financial_year_of(last.end))
    return year if year.end <= last.end else year.earlier()
