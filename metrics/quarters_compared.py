"""This quarter against last: counts that moved more than their own history explains, columns that became blank,
codes that vanished.

A change of a count is judged as the range chart of a process chart judges it: it is more than history explains when
it is over 3.267 times the average change between neighbouring quarters (the upper limit of a moving range: Provost
and Murray, The Health Care Data Guide), and over three standard deviations of the difference of two counts, so that
small numbers raise no alarm. A column or code that was filled in the year before is missed only when at least seven
would be expected now and there is none: by chance that happens once in a thousand times.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.agreement import Meaning, Pair, Reconciled, State, Tolerance, cannot, judged, since
from metrics.model import Nature
from metrics.quarterly import Ground, named, quarter_of
from metrics.result import shown
from returns.catalogue import TITLES
from returns.events import FILLED_BY, TABLES
from returns.periods import Period

# Earlier quarters that are needed before a change can be called unusual, and how many are looked back over.
FEWEST, LOOKED_BACK = 8, 24
RANGE_LIMIT = 3.267
TOO_FEW = 5  # a quarter, on average: methods.md charts no limits under it
# Quarters before in which a column or code counts as having been in use.
YEAR = 4
EXPECTED = 7.0

# Events that begin in a quarter, and episodes open at its end.
FLOWS = (
    "contacts", "front_door_contacts", "early_help_episodes", "referrals", "assessments", "strategy_discussions",
    "section_47_enquiries", "initial_conferences", "conferences", "plans", "periods_of_care", "missing_episodes",
    "exploitation_assessments", "graded_care_profiles", "allegations",
)  # fmt: skip
STOCKS = ("children_in_need", "plans", "periods_of_care")


def counts(ground: Ground) -> Iterator[Reconciled]:
    """Each count of events, this quarter and last."""
    flows = [table for table in FLOWS if ground.ever_sent([table])]
    stocks = [table for table in STOCKS if ground.ever_sent([table])]
    if not flows and not stocks:
        return
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for table, nature, quarter, count in ground.source.query(_counting(flows, stocks, ground.quarters)):
        found[table, nature][quarter] = int(count)
    for table in flows:
        yield _count(ground, table, "flow", found[table, "flow"])
    for table in stocks:
        yield _count(ground, table, "stock", found[table, "stock"])


def columns(ground: Ground) -> Iterator[Reconciled]:
    """For each return, the columns that were filled in the year before and those that are filled now."""
    rows = ground.source.query(
        "SELECT s.return_name, q.header, s.period, sum(q.filled), sum(q.cells) FROM main.column_quality q "
        "JOIN main.submissions s ON s.id = q.submission_id WHERE s.status = 'accepted' GROUP BY ALL"
    )
    for name, usage in _usages(rows).items():
        if name not in TITLES:
            continue  # loaded by an earlier edition, in which a return had another name
        pair = Pair(
            f"columns_{name}", "change", f"Columns that are filled in: {TITLES[name]}",
            Meaning("Year before", "Columns filled in often enough in the four quarters before to be expected now"),
            Meaning("This quarter", "Of them, the columns with any cell filled in"),
            Tolerance("A column that was filled stays filled; one is missed only when seven cells or more were "
                      "expected and none is there."),
            "Ask the sender whether the column was left out of the extract, or is no longer recorded.",
            counts="columns",
        )  # fmt: skip
        yield from _in_use(ground, pair, name, usage, "the column", "is blank this quarter")


def codes(ground: Ground) -> Iterator[Reconciled]:
    """For each return, the codes that were in use in the year before and those that are in use now."""
    tables = [name for name, table in TABLES.items() if _code_columns(name) and ground.ever_sent([table.name])]
    tables = [name for name in tables if name != "contacts_received"]  # the same contacts again
    if not tables:
        return
    rows: list[tuple[str, str, str, int, int]] = []
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    asked = ground.source.query(" UNION ALL ".join(_coding(name) for name in tables))
    for table, column, _, period, count in asked:
        totals[table, column, period] += int(count)
    for table, column, label, period, count in asked:
        item = f"{_description(table, column)}: {label}"
        rows.append((FILLED_BY[table][0], item, period, int(count), totals[table, column, period]))
    # A quarter in which nobody has the code has no row, and is one of none among all that were coded.
    columns_of = {(FILLED_BY[t][0], f"{_description(t, c)}: {label}"): (t, c) for t, c, label, _, _ in asked}
    present = {(name, item, period) for name, item, period, _, _ in rows}
    for (name, item), (table, column) in columns_of.items():
        for (of_table, of_column, period), total in totals.items():
            if (of_table, of_column) == (table, column) and (name, item, period) not in present:
                rows.append((name, item, period, 0, total))
    for name, usage in _usages(rows).items():
        pair = Pair(
            f"codes_{name}", "change", f"Codes that are in use: {TITLES[name]}",
            Meaning("Year before", "Codes used often enough in the four quarters before to be expected now"),
            Meaning("This quarter", "Of them, the codes that any row has"),
            Tolerance("A code that was in use stays in use; one is missed only when seven rows or more were expected "
                      "with it and none is there."),
            "Ask the sender whether the code was replaced, or renamed in their system.", counts="codes",
        )  # fmt: skip
        yield from _in_use(ground, pair, name, usage, "the code", "is on no row this quarter")


# ---- counts ---------------------------------------------------------------------------------------------------------


def _counting(flows: Sequence[str], stocks: Sequence[str], quarters: Sequence[Period]) -> str:
    """The statement that counts each table's events by quarter, and what was open at each quarter's end."""
    parts = [
        f"SELECT '{name}', 'flow', {quarter_of(str(TABLES[name].dated))}, count(*) FROM known.{name} GROUP BY ALL"
        for name in flows
    ]
    ends = ", ".join(f"('{quarter}', DATE '{quarter.end}')" for quarter in quarters)
    parts += [
        f"SELECT '{name}', 'stock', quarter, count(*) FROM known.{name} JOIN (VALUES {ends}) e(quarter, day) "
        "ON started <= day AND (open_until IS NULL OR open_until >= day) GROUP BY ALL"
        for name in stocks
    ]
    return " UNION ALL ".join(parts)


def _count(ground: Ground, table: str, nature: Nature, found: Mapping[str, int]) -> Reconciled:
    title = TABLES[table].title
    at = "open at its end" if nature == "stock" else "in the quarter"
    now, before = ground.quarter, ground.quarter.earlier()
    pair = Pair(
        f"count_{table}_{nature}", "change", f"{title}, {at}",
        Meaning("This quarter", f"{title} {at}, {now.label}, as now known"),
        Meaning("Last quarter", f"{title} {at}, {before.label}, as now known"),
        Tolerance(f"{FEWEST} earlier quarters or more are needed to say how much it usually changes."),
        "Ask the sender whether recording or the extract changed before asking what changed for children.",
        counts="events" if nature == "flow" else "open episodes",
    )  # fmt: skip
    # Latest first, up to the first quarter that nobody's return covers.
    held: list[int] = []
    reason = None
    for quarter in ground.quarters:
        reason = ground.uncovered([table], quarter, nature=nature)
        if reason:
            break
        held.append(found.get(str(quarter), 0))
    return _against_history(ground, pair, held, reason, table, nature)


def _against_history(
    ground: Ground, pair: Pair, held: Sequence[int], reason: str | None, table: str, nature: Nature
) -> Reconciled:
    """The count's change judged; `held` are the counts, latest first."""
    when = ground.quarter.label
    if not held:
        return cannot(pair, reason or "Nothing is held for the quarter.", when=when)
    if len(held) <= FEWEST:
        earlier = f"{len(held) - 1} earlier quarter{'' if len(held) == 2 else 's'}"
        return cannot(pair, f"Only {earlier} can be looked back over; {FEWEST} are needed.", when=when)
    limits = [usual_change(held[place + 1 :]) for place in range(len(held) - FEWEST)]
    if limits[0] is None:
        return cannot(pair, f"Fewer than {TOO_FEW} a quarter: too few to say what is usual.", when=when)
    states: list[tuple[Period, State]] = []
    for place, limit in enumerate(limits):
        explained = limit is None or explains(limit, held[place], held[place + 1])
        states.append((ground.quarters[place], "agrees" if explained else "differs"))
    allowed, looked = most(limits[0], held[0], held[1]), min(len(held) - 1, LOOKED_BACK)
    tolerance = Tolerance(
        f"A change of up to {shown(math.floor(allowed))} is no more than the {looked} quarters before explain: "
        "3.267 times their average change, and three standard deviations of two such counts.",
        by=allowed,
    )
    sources = ground.known_sources(table, ground.quarter, nature=nature)
    return judged(
        replace(pair, tolerance=tolerance), held[0], held[1], when=when, as_at=ground.quarter.end,
        since=since(states),
        left_sources=sources, right_sources=ground.known_sources(table, ground.quarter.earlier(), nature=nature),
    )  # fmt: skip


def usual_change(earlier: Sequence[int]) -> float | None:
    """The most that a count usually changes by from one quarter to the next, from the counts before, latest first.

    None where there are too few quarters, or fewer than five a quarter.
    """
    looked = earlier[:LOOKED_BACK]
    if len(looked) < FEWEST or sum(looked) / len(looked) < TOO_FEW:
        return None
    changes = [abs(a - b) for a, b in zip(looked, looked[1:], strict=False)]
    return RANGE_LIMIT * sum(changes) / len(changes)


def most(usual: float | None, now: int, before: int) -> float:
    """The largest change between two counts that raises no question."""
    return max(usual or 0.0, 3 * math.sqrt(now + before))


def explains(usual: float | None, now: int, before: int) -> bool:
    """Whether history explains the change between two counts."""
    return abs(now - before) <= most(usual, now, before)


# ---- columns and codes ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Usage:
    """How often each item (a column, a code) was filled, of how many, by quarter."""

    items: Mapping[str, Mapping[str, tuple[int, int]]]

    def missed(self, quarter: Period) -> tuple[list[str], int]:
        """The items expected in the quarter and not there, and how many were expected."""
        before = [str(quarter.earlier(step)) for step in range(1, YEAR + 1)]
        missed, expected = [], 0
        for item, periods in self.items.items():
            filled = sum(periods[name][0] for name in before if name in periods)
            cells = sum(periods[name][1] for name in before if name in periods)
            now, cells_now = periods.get(str(quarter), (0, 0))
            if not cells or cells_now * filled / cells < EXPECTED:
                continue
            expected += 1
            if now == 0:
                missed.append(item)
        return sorted(missed), expected


def _usages(rows: Sequence[tuple[str, str, str, int, int]]) -> dict[str, _Usage]:
    """Usage by return, from rows of (return, item, period, filled, of how many)."""
    found: dict[str, dict[str, dict[str, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for name, item, period, filled, cells in rows:
        was = found[name][item].get(period, (0, 0))
        found[name][item][period] = (was[0] + int(filled), was[1] + int(cells))
    return {name: _Usage(items) for name, items in sorted(found.items())}


def _in_use(
    ground: Ground, pair: Pair, return_name: str, usage: _Usage, what: str, missing: str
) -> Iterator[Reconciled]:
    """The pair of one return, unless there was nothing to expect of it."""
    missed, expected = usage.missed(ground.quarter)
    sent = tuple(
        one for one in ground.coverage.submissions
        if one.return_name == return_name and one.period.quarter() == ground.quarter
    )  # fmt: skip
    if not expected or not sent:
        return
    states: list[tuple[Period, State]] = [
        (quarter, "differs" if usage.missed(quarter)[0] else "agrees") for quarter in ground.quarters
    ]
    yield judged(
        pair, expected, expected - len(missed), when=ground.quarter.label, since=since(states),
        right_sources=named(sent),
        notes=[f"{what[0].upper()}{what[1:]} “{item}” {missing}." for item in missed],
    )  # fmt: skip


def _code_columns(table: str) -> list[str]:
    """The groups of the table's codes, and its teams: a team that is gone was renamed, or its children moved."""
    columns = TABLES[table].columns
    return [one.name for one in columns if (one.codes and one.name.endswith("_group")) or one.name == "team"]


def _coding(table: str) -> str:
    """The statement of how many rows of each quarter's submissions have each group of each coded column."""
    names = _code_columns(table)
    which = " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in names)
    sets = ", ".join(f"(period, {name})" for name in names)
    label = f"coalesce({', '.join(names)})" if len(names) > 1 else names[0]
    return (
        f"SELECT * FROM (SELECT '{table}', CASE {which} END, {label} AS label, period, count(*) "
        f"FROM reported.{table} GROUP BY GROUPING SETS ({sets})) WHERE label IS NOT NULL"
    )


def _description(table: str, column: str) -> str:
    found = TABLES[table].column(column)
    return found.description.removesuffix(": group") if found else column
