"""Returns against each other: what is declared to agree between lists, and its numbers quarter by quarter.

Each declaration has one statement, which answers every quarter at once: the quarter, both counts, how many are on
the left alone and on the right alone, and how many had to be left out because a cell is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from metrics.agreement import EXACT, Meaning, Pair, Reconciled, State, Tolerance, cannot, judged, since
from metrics.quarterly import Ground, extracted, named, quarter_of
from metrics.result import shown
from returns.periods import Period

# A plan begins at the conference that makes it; the record of either may be a few days out.
NEAR_DAYS = 5


@dataclass(frozen=True)
class Declared:
    """A pair, the tables of each side, and the statement. `looks_at` what each quarter's submissions carried (sent),
    or the quarter's events as now known. `only` names the two kinds of record that were not matched."""

    pair: Pair
    left: tuple[str, ...]
    right: tuple[str, ...]
    looks_at: Literal["sent", "known"]
    sql: str = field(repr=False)
    only: tuple[str, str] = ("", "")
    by_records: bool = True
    left_out: str = "Left out because a cell that is needed is unknown"

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that is needed."""
        return (*self.left, *self.right)


def between_returns(ground: Ground) -> Iterator[Reconciled]:
    """Every declared pair for the ground's quarter."""
    for declared in DECLARED:
        yield _of_quarter(declared, ground)


def states(ground: Ground) -> Iterator[tuple[str, Period, State]]:
    """Where each declared pair stands in each of the ground's quarters: its id, the quarter and the state."""
    for declared in DECLARED:
        if all(_lacking(declared, ground, quarter) for quarter in ground.quarters):
            continue
        counted = _counted(declared, ground)
        for quarter in ground.quarters:
            yield declared.pair.id, quarter, _at(declared, ground, counted, quarter).state


_Counted = dict[str, tuple[int, ...]]


def _counted(declared: Declared, ground: Ground) -> _Counted:
    """What the pair's statement counts, by quarter."""
    return {str(row[0]): tuple(int(cell or 0) for cell in row[1:]) for row in ground.source.query(declared.sql)}


def _at(declared: Declared, ground: Ground, counted: _Counted, quarter: Period) -> Reconciled:
    """The pair's numbers in a quarter, with what was not matched, and no more."""
    missing = _lacking(declared, ground, quarter)
    if missing:
        return cannot(declared.pair, missing, when=quarter.label)
    left, right, only_left, only_right, _ = counted.get(str(quarter), (0,) * 5)
    only = (only_left, only_right)
    return judged(declared.pair, left, right, when=quarter.label, only=only, by_records=declared.by_records)


def _of_quarter(declared: Declared, ground: Ground) -> Reconciled:
    when = ground.quarter.label
    reason = _lacking(declared, ground, ground.quarter)
    if reason:
        return cannot(declared.pair, reason, when=when)
    counted = _counted(declared, ground)
    first = since((quarter, _at(declared, ground, counted, quarter).state) for quarter in ground.quarters)
    left, right, only_left, only_right, left_out = counted.get(str(ground.quarter), (0,) * 5)
    sources = _sources(declared, ground)
    return judged(
        declared.pair,
        left,
        right,
        when=when,
        only=(only_left, only_right),
        since=first,
        as_at=_as_at(declared, ground),
        left_sources=sources[0],
        right_sources=sources[1],
        notes=_notes(declared, only_left, only_right, left_out),
        by_records=declared.by_records,
    )


def _lacking(declared: Declared, ground: Ground, quarter: Period) -> str | None:
    if declared.looks_at == "sent":
        return ground.lacking(declared.tables, quarter)
    return ground.uncovered(declared.tables, quarter)


def _sources(declared: Declared, ground: Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    def of(tables: tuple[str, ...]) -> tuple[str, ...]:
        found: list[str] = []
        for table in tables:
            if declared.looks_at == "sent":
                found.extend(named(ground.sent(table, ground.quarter)))
            else:
                found.extend(ground.known_sources(table, ground.quarter))
        return tuple(dict.fromkeys(found))

    return of(declared.left), of(declared.right)


def _as_at(declared: Declared, ground: Ground) -> date | None:
    if declared.looks_at == "known":
        return ground.quarter.end
    return extracted([one for table in declared.tables for one in ground.sent(table, ground.quarter)])


def _notes(declared: Declared, only_left: int, only_right: int, left_out: int) -> Iterator[str]:
    for count, words in zip((only_left, only_right), declared.only, strict=True):
        if count and words:
            yield f"{words}: {shown(count)}."
    if left_out:
        yield f"{declared.left_out}: {shown(left_out)}."


def _open(table: str, ended: str) -> str:
    """Children with an open row of the table on the date of its extract, by quarter sent."""
    return (
        f"SELECT DISTINCT period, child_id FROM reported.{table} "
        f"WHERE started <= extract_date AND ({ended} IS NULL OR {ended} > extract_date)"
    )


def _with_status(open_children: str, status: str) -> str:
    """Children open in a list against those whom List 6 gives the status."""
    return f"""
WITH listed AS ({open_children}),
in_need AS (
    SELECT period, child_id, coalesce(bool_or(case_status_group = '{status}'), false) AS says_so,
           bool_or(case_status_group IS NULL) AS is_unknown
    FROM reported.children_in_need GROUP BY period, child_id
), matched AS (
    SELECT period, child_id, l.child_id IS NOT NULL AS is_listed, coalesce(says_so, false) AS says_so,
           coalesce(is_unknown AND NOT says_so, false) AS is_unknown
    FROM listed l FULL JOIN in_need USING (period, child_id)
)
SELECT period, count(*) FILTER (is_listed AND NOT is_unknown), count(*) FILTER (says_so),
       count(*) FILTER (is_listed AND NOT says_so AND NOT is_unknown), count(*) FILTER (says_so AND NOT is_listed),
       count(*) FILTER (is_listed AND is_unknown)
FROM matched GROUP BY period"""


def _closed_elsewhere() -> str:
    return f"""
WITH listed AS ({_open("plans", "ended")} UNION {_open("periods_of_care", "ceased")}),
in_need AS (
    SELECT period, child_id,
           bool_or(closed IS NULL AND case_status_group IS DISTINCT FROM 'Closed episode') AS is_open
    FROM reported.children_in_need GROUP BY period, child_id
)
SELECT period, count(*), count(*) FILTER (is_open), count(*) FILTER (NOT is_open), 0, 0
FROM listed JOIN in_need USING (period, child_id) GROUP BY period"""


def _overlapping(table: str, ended: str) -> str:
    """Rows of the table that begin while an earlier one of the same child is open. One may begin the day one ends."""
    until = f"coalesce({ended}, DATE '9999-12-31')"
    return f"""
SELECT period, count(*), count(*) FILTER (NOT is_within), count(*) FILTER (is_within), 0, 0 FROM (
    SELECT period, coalesce(started < max({until}) OVER (
        PARTITION BY submission_id, child_id ORDER BY started, {until}, source_row
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS is_within
    FROM reported.{table}
) GROUP BY period"""


def _near(left: str, right: str, unknown: str) -> str:
    """Events against events of the same child within a few days; each side is a SELECT of child_id and day.

    `unknown` is a SELECT of the days of events of which it is not known whether they are of the left side.
    """

    def side(this: str, other: str, counts: str, alone: str) -> str:
        return (
            f"SELECT {quarter_of('a.day')} AS period, {counts}, "
            + alone.format(f"NOT EXISTS (FROM {other} b WHERE b.child_id = a.child_id "
                           f"AND b.day BETWEEN a.day - {NEAR_DAYS} AND a.day + {NEAR_DAYS})")
            + f", 0 AS left_out FROM {this} a"
        )  # fmt: skip

    sides = [
        side("lefts", "rights", "1 AS l, 0 AS r", "{}::INTEGER AS only_l, 0 AS only_r"),
        side("rights", "lefts", "0 AS l, 1 AS r", "0 AS only_l, {}::INTEGER AS only_r"),
        f"SELECT {quarter_of('a.day')}, 0, 0, 0, 0, 1 FROM ({unknown}) a",
    ]
    return (
        f"WITH lefts AS ({left}), rights AS ({right}), sides AS ({' UNION ALL '.join(sides)}) "
        "SELECT period, sum(l), sum(r), sum(only_l), sum(only_r), sum(left_out) FROM sides GROUP BY period"
    )


_CONFERENCES = "SELECT child_id, held AS day FROM known.initial_conferences"
_LOOKED_AFTER = _open("periods_of_care", "ceased")

DECLARED: tuple[Declared, ...] = (
    Declared(
        Pair(
            "plans_and_case_status", "returns", "Children on a child protection plan",
            Meaning("List 7", "Children with an open plan in Annex A List 7 who are not also looked after in List 8"),
            Meaning("List 6", "Children whose case status in Annex A List 6 is “Child protection plan”"),
            Tolerance("List 6 gives each child one status on the day of the extract, looked after first and a plan "
                      "next, so the two should be equal."),
            "Ask the council for the children on one list and not the other: did a plan end, or a status change?",
        ),
        ("plans", "periods_of_care"), ("children_in_need",), "sent",
        _with_status(f"{_open('plans', 'ended')} EXCEPT {_LOOKED_AFTER}", "Child protection plan"),
        ("Open plan in List 7, no such status in List 6", "That status in List 6, no open plan"),
        left_out="Left out because the case status is not known",
    ),
    Declared(
        Pair(
            "looked_after_and_case_status", "returns", "Children looked after",
            Meaning("List 8", "Children with an open period of care in Annex A List 8"),
            Meaning("List 6", "Children whose case status in Annex A List 6 is “Looked after child”"),
            Tolerance("List 6 gives a looked-after child that status before any other, so the two should be equal."),
            "Ask the council for the children on one list and not the other: did care begin or end in between?",
        ),
        ("periods_of_care",), ("children_in_need",), "sent",
        _with_status(_LOOKED_AFTER, "Looked after child"),
        ("Open period of care in List 8, no such status in List 6",
         "That status in List 6, no open period of care"),
        left_out="Left out because the case status is not known",
    ),
    Declared(
        Pair(
            "open_and_closed", "returns", "Children on a plan or looked after whose case is open",
            Meaning("Lists 7 and 8", "Children with an open plan or period of care who are also in List 6"),
            Meaning("List 6", "Of them, the children whose case is open in List 6"),
            Tolerance("A child on a plan or looked after has an open case, so none should be closed."),
            "Ask the council whether these cases were closed by mistake, or the plan or period of care was not ended.",
        ),
        ("plans", "periods_of_care"), ("children_in_need",), "sent",
        _closed_elsewhere(), ("Open in List 7 or 8, closed in List 6", ""),
    ),
    Declared(
        Pair(
            "overlapping_plans", "returns", "Plans that do not overlap",
            Meaning("List 7", "Child protection plans in the extract"),
            Meaning("One at a time", "Of them, the plans that begin when the child has no other open plan"),
            Tolerance("A child has one plan at a time; a second may begin on the day the first ends."),
            "Ask the council which start or end date is wrong: each overlap counts a child twice.", counts="plans",
        ),
        ("plans",), (), "sent", _overlapping("plans", "ended"),
        ("Begin while another plan of the same child is open", ""),
    ),
    Declared(
        Pair(
            "overlapping_care", "returns", "Periods of care that do not overlap",
            Meaning("List 8", "Periods of care in the extract"),
            Meaning("One at a time", "Of them, those that begin when the child is not already looked after"),
            Tolerance("A child is in one period of care at a time; a second may begin on the day the first ends."),
            "Ask the council which date is wrong: each overlap counts a child twice.", counts="periods of care",
        ),
        ("periods_of_care",), (), "sent", _overlapping("periods_of_care", "ceased"),
        ("Begin while another period of care of the same child is open", ""),
    ),
    Declared(
        Pair(
            "conferences_and_plans", "returns", "Conferences that made a plan, and plans that began",
            Meaning("List 5", "Initial conferences in the quarter that made a plan, in Annex A List 5"),
            Meaning("List 7", "Plans that began in the quarter, in Annex A List 7"),
            Tolerance(f"A plan begins at its conference: each has its other within {NEAR_DAYS} days."),
            "Ask the council for each: was the plan recorded late, or the child moved here on a plan?", counts="plans",
        ),
        ("initial_conferences",), ("plans",), "known",
        _near(f"{_CONFERENCES} WHERE made_plan", "SELECT child_id, started AS day FROM known.plans",
              f"{_CONFERENCES} WHERE made_plan IS NULL"),
        (f"Conferences without their plan in List 7 within {NEAR_DAYS} days",
         f"Plans without their conference in List 5 within {NEAR_DAYS} days"),
        left_out="Left out because it is not known whether the conference made a plan",
    ),
    Declared(
        Pair(
            "contacts_and_referrals", "returns", "Contacts that became referrals, and referrals",
            Meaning("Front-door log", "Contacts decided in the quarter with the outcome “Referral to social care”"),
            Meaning("List 3", "Referrals in the quarter, in Annex A List 3"),
            Tolerance("A contact of the quarter's last days may become a referral of the next: 2 in 100, or 2.",
                      by=2, share=0.02),
            "Ask who records a referral without a contact, and which contacts marked as referrals were never opened.",
            counts="referrals",
        ),
        ("front_door_contacts",), ("referrals",), "known",
        _near("SELECT child_id, coalesce(decided, received) AS day FROM known.front_door_contacts "
              "WHERE lower(outcome_group) = 'referral to social care'",
              "SELECT child_id, referred AS day FROM known.referrals",
              "SELECT coalesce(decided, received) AS day FROM known.front_door_contacts WHERE outcome_group IS NULL"),
        (f"Contacts without a referral of the same child within {NEAR_DAYS} days",
         f"Referrals without such a contact of the same child within {NEAR_DAYS} days"),
        by_records=False, left_out="Left out because the contact's outcome is not known",
    ),
    Declared(
        Pair(
            "conferences_twice", "returns", "Initial conferences in two returns",
            Meaning("List 5", "Initial conferences held in the quarter, in Annex A List 5"),
            Meaning("Conferences return", "Conferences of type initial held in the quarter, a child at a time"),
            Tolerance(f"Both are of the same meetings; each has its other within {NEAR_DAYS} days."),
            "Ask the conference service and the council which of them lacks the meeting.", counts="conferences",
        ),
        ("initial_conferences",), ("conferences",), "known",
        _near(_CONFERENCES, "SELECT child_id, held AS day FROM known.conferences WHERE lower(type_group) = 'initial'",
              "SELECT held AS day FROM known.conferences WHERE type_group IS NULL"),
        ("In List 5 and not in the conferences return", "In the conferences return and not in List 5"),
        left_out="Left out because the kind of conference is not known",
    ),
    Declared(
        Pair(
            "participation_and_conferences", "returns", "Conferences that agencies took part in",
            Meaning("Participation return", "Conferences with a row of any agency's participation"),
            Meaning("Conferences return", "Of them, the conferences that the conferences return has"),
            EXACT, "Ask the conference service for the conferences that are missing, or for the right reference.",
            counts="conferences",
        ),
        ("conference_participation",), ("conferences",), "sent",
        """
SELECT period, count(*), count(c.conference_id), count(*) FILTER (c.conference_id IS NULL), 0, 0
FROM (SELECT DISTINCT period, conference_id FROM reported.conference_participation) p
LEFT JOIN (SELECT DISTINCT conference_id FROM reported.conferences) c USING (conference_id) GROUP BY period""",
        ("Participation without a conference", ""),
    ),
)  # fmt: skip
