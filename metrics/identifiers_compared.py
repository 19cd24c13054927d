"""Whether the children that a partner's return is about can be found among the council's: the share that joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from metrics.agreement import Meaning, Pair, Reconciled, State, Tolerance, cannot, judged, since
from metrics.quarterly import Ground, extracted, named
from returns.events import FILLED_BY, TABLES
from returns.partnership import agencies, partnership
from returns.periods import Period
from returns.tables_of_annex_a import ANNEX_A

# A partner may know a child whom the council has never heard of.
MAY_NOT_JOIN = 0.05

_ANNEX_A = tuple(table.name for table in ANNEX_A if table.column("child_id"))
_PARTNERS = tuple(
    name for name, table in TABLES.items()
    if table.column("child_id") and name not in _ANNEX_A and name != "contacts_received"
)  # fmt: skip


# By table and sender, for each quarter as it is written: different children, and those of them that the council knows.
Joined = dict[tuple[str, str], dict[str, tuple[int, int]]]


def joined(ground: Ground) -> Joined:
    """How many children each partner's return names, and how many of them the council's lists know."""
    tables = [name for name in _PARTNERS if ground.ever_sent([name])]
    council = [name for name in _ANNEX_A if ground.ever_sent([name])]
    found: Joined = defaultdict(dict)
    if tables and council:
        for table, agency, period, children, known in ground.source.query(_joining(tables, council)):
            found[table, agency][period] = (int(children), int(known))
    return found


def states(ground: Ground, found: Joined) -> Iterator[tuple[str, Period, State]]:
    """Where each partner's return stands in each of the ground's quarters: the pair's id, the quarter and the state."""
    for (table, agency), counted in sorted(found.items()):
        for quarter in ground.quarters:
            if str(quarter) in counted:
                one = _of_sender(replace(ground, quarter=quarter, quarters=()), table, agency, counted)
                yield one.pair.id, quarter, one.state


def identifiers(ground: Ground) -> Iterator[Reconciled]:
    """For each partner's return with children in it, how many of them the council's lists know."""
    for (table, agency), counted in sorted(joined(ground).items()):
        if str(ground.quarter) in counted:
            yield _of_sender(ground, table, agency, counted)


def _joining(tables: list[str], council: list[str]) -> str:
    """The statement of how many children each sender's rows name by quarter, and how many the council knows."""
    known = " UNION ".join(f"SELECT child_id FROM known.{name}" for name in council)
    parts = " UNION ALL ".join(
        f"SELECT '{name}', agency, period, count(DISTINCT r.child_id), count(DISTINCT c.child_id) "
        f"FROM reported.{name} r LEFT JOIN council c ON c.child_id = r.child_id "
        "WHERE r.child_id IS NOT NULL GROUP BY agency, period"
        for name in tables
    )
    return f"WITH council AS ({known}) {parts}"


def _of_sender(ground: Ground, table: str, agency: str, counted: dict[str, tuple[int, int]]) -> Reconciled:
    titles = {one.name: one.title for one in agencies()}
    schemes = {one.name: one.scheme for one in agencies()}
    sender, when = titles.get(agency, agency), ground.quarter.label
    title = TABLES[table].title
    pair = Pair(
        f"identifiers_{table}_{agency}", "returns", f"Children whom the council knows: {title}, {sender}",
        Meaning(title, f"Different children named in the return of {sender}"),
        Meaning("Council's lists", "Of them, the children that any list of Annex A has under the same identifier"),
        Tolerance("A partner may know a child whom the council does not: 5 in 100, or 2.", by=2, share=MAY_NOT_JOIN),
        f"Ask {sender} whether the identifiers are the council's, and whether leading zeros were kept.",
        breakdown=True,
    )  # fmt: skip
    children, known = counted[str(ground.quarter)]
    own = schemes.get(partnership().council_agency)
    if schemes.get(agency) != own:
        return cannot(pair, f"{sender} identifies children by numbers of its own, which join no other's.", when=when)
    sent = [
        one for one in ground.coverage.submissions
        if one.return_name in FILLED_BY[table] and one.agency == agency and one.period.quarter() == ground.quarter
    ]  # fmt: skip

    def at(quarter: Period) -> Reconciled:
        if str(quarter) not in counted:
            return cannot(pair, "", when="")
        return judged(pair, *counted[str(quarter)], when="")

    return judged(
        pair, children, known, when=when, as_at=extracted(sent), left_sources=named(sent),
        since=since((quarter, at(quarter).state) for quarter in ground.quarters),
    )  # fmt: skip
