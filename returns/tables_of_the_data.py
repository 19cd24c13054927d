"""The event tables of the data themselves: what was owed, what came, how well it was filled in, and what agrees.

No return's rows fill them: they are made whenever a version of the warehouse is built, from the submissions that stand,
so that what is said of the data is counted as all else is.
"""

from __future__ import annotations

from returns.event_table import Column, EventTable, date, flag, integer, text


def _counted(name: str, description: str) -> Column:
    return integer(name, f"{description}; 0 where it cannot be told")


THE_DATA: tuple[EventTable, ...] = (
    EventTable(
        "returns_due", "Returns that were due", ("agency", "return_name", "period", "due"), None,
        columns=(
            text("return_name", "The return that the agency owes, by config/expected.yaml"),
            date("due", "Day it was due"),
            date("arrived", "Day the first submission of it came; empty when none that stands has come"),
            date("looked_on", "Latest day of which the version knows anything: what is due after it is not yet due"),
        ),
    ),
    EventTable(
        "returns_sent", "Returns that were sent", ("submission_id",), None,
        columns=(
            text("return_name", "The return"),
            _counted("rows_read", "Rows of the sheet that are not blank"),
            _counted("rows_held", "Rows kept aside"),
            _counted("required_cells", "Cells of accepted rows in columns that must be there"),
            _counted("required_filled", "Of them, those with something that could be read"),
            _counted("children", "Different children named in a partner's return"),
            _counted("children_joined", "Of them, the children that a list of Annex A has under the same identifier"),
            _counted("events_before", "Events of the quarter before, as now known, of what the return carries"),
            _counted("events_late", "Of them, those that this return was the first to carry"),
        ),
    ),
    EventTable(
        "reconciliations", "Returns that should agree", ("reconciliation", "period"), None,
        columns=(
            text("reconciliation", "The pair of numbers, as metrics.reconcile calls it"),
            flag("agrees", "Whether the two agree, within what the pair tolerates"),
        ),
    ),
)

MADE_WITH_A_VERSION = frozenset(table.name for table in THE_DATA)
"""The names of these tables, which no return's rows fill."""
