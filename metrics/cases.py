"""The cases behind a target of all: which rows of which file missed it, and which could not be judged.

Where everybody should be, a share of 97 per cent says less than the three who were not. They are named by file and
row, which only the sender's own file leads from to a child.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment, rows_statement
from metrics.compute import read_held
from metrics.coverage import Submission
from metrics.protected import is_protected
from metrics.result import Result
from metrics.schemes import Scheme
from metrics.targets import TargetStep
from returns.partnership import partnership
from returns.tables_of_the_data import MADE_WITH_A_VERSION

if TYPE_CHECKING:
    from warehouse.reading import Reader

# States of a row: in the denominator only, and left out because a cell that is needed is unknown.
_MISSED, _LEFT_OUT = 1, 3


@dataclass(frozen=True)
class Rows:
    """Rows of one submission's file, by their number in it."""

    submission: Submission
    missed: tuple[int, ...]
    left_out: tuple[int, ...]


def missed(
    source: Reader,
    result: Result,
    *,
    target: TargetStep | None,
    scheme: Scheme,
    catalogue: Catalogue | None = None,
) -> tuple[Rows, ...] | None:
    """The rows of a whole county's figure that missed its target of all, and those left out, submission by submission.

    None where that is not its target, where it has no rows to name (totals, or parts that are of different rows),
    and for a viewer from whom the county's own counts of people may be hidden.
    """
    chosen = catalogue or load_catalogue()
    one = chosen[result.indicator]
    if one.indicator.table in MADE_WITH_A_VERSION:
        return None
    of_rows = [part.membership for part in one.indicator.parts]
    if target is None or not target.of_every_case or result.unit != "percent":
        return None
    if len(of_rows) != 2 or len(set(of_rows)) != 1:
        return None
    if result.value is None or result.group is not None or result.from_totals:
        return None
    if scheme.whole_county == "protected" and is_protected(one.indicator, scheme):
        return None
    sql, parameters = rows_statement(
        one, Moment(result.period, result.basis), states=(_MISSED, _LEFT_OUT), clocks=chosen.clocks
    )
    found: dict[str, dict[int, list[int]]] = {}
    for name, row, state in source.query(sql, parameters):
        found.setdefault(name, {_MISSED: [], _LEFT_OUT: []})[int(state)].append(int(row))
    held = read_held(source, area_code=partnership().area_code)
    known = {submission.id: submission for submission in held.coverage.submissions}
    return tuple(
        Rows(known[name], tuple(rows[_MISSED]), tuple(rows[_LEFT_OUT])) for name, rows in found.items() if name in known
    )
