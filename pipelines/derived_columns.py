"""How each derived column of the event tables is computed, on either basis, as SQL over a row `r`.

As reported, a row looks only at events that were held on the date of its own extract; as known now, at those
that are held today. The temporary tables that the expressions read (`events_X`, `extents_X`, `standing`) are made
by derive.py; as known now, `e` is the row's own event and `s` its submission.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from returns.events import FILLED_BY, TABLES, EventTable

Basis = Literal["reported", "known"]

# Tables whose events are looked up from other tables' rows.
LOOKED_UP = frozenset({"contacts", "referrals"})
# Derived columns that depend on nothing but the row and its own submission and those before it.
_THE_SAME = frozenset({"age_at_event", "age_band", "last_of_child", "history_from"})


@dataclass(frozen=True)
class Derived:
    """The expressions of a table's derived columns, by name, and the joins that they need."""

    columns: Mapping[str, str]
    joins: str = ""


@cache
def derived(table: EventTable, basis: Basis) -> Derived | None:
    """How the table's derived columns are computed on the basis; None for a table that has none."""
    declared = {column.name for column in table.columns if column.derived}
    if not declared:
        return None
    # What is true of the row and its own submission is carried over, as reported, to what is known.
    expressions = {name: f"r.{name}" for name in declared & _THE_SAME} if basis == "known" else {}
    joins = ""
    if "age_at_event" in declared and basis == "reported":
        expressions |= _ages(table)
    if "open_until" in declared:
        expressions["open_until"] = _open_until(table, basis)
    if own := _OF_TABLE.get(table.name):
        found = own(basis)
        expressions |= found.columns
        joins = found.joins
    expressions = {name: expressions[name] for name in sorted(expressions)}
    if set(expressions) != declared:
        raise ValueError(f"{table.name}: no way to compute {sorted(set(expressions) ^ declared)}")
    return Derived(expressions, joins)


def _ages(table: EventTable) -> dict[str, str]:
    # The day of birth is not kept: a child is taken to be a year older from the first of the month.
    day = f"r.{table.dated}" if table.dated else "r.extract_date"
    age = (
        f"CASE WHEN r.birth_month IS NULL THEN r.age WHEN {day} < r.birth_month THEN -1 "
        f"ELSE date_sub('year', r.birth_month, {day}) END"
    )
    steps = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
    bands = " ".join(f"WHEN ({age}) < {below} THEN '{band}'" for below, band in steps)
    return {
        "age_at_event": age,
        "age_band": f"CASE WHEN ({age}) IS NULL THEN NULL {bands} ELSE '18 and over' END",
    }


def _open_until(table: EventTable, basis: Basis) -> str:
    if basis == "reported":  # the submission carries the row, so on its own date the row is open unless it ended
        return f"r.{table.ended} - 1"
    return f"coalesce(r.{table.ended} - 1, CASE WHEN NOT s.is_last THEN r.extract_date END)"


def _held(basis: Basis, event: str) -> str:
    """Whether an event was held: on the date of the row's own extract, or today."""
    if basis == "known":
        return f"{event}.gone_on IS NULL"
    return f"{event}.held_from <= r.extract_date AND ({event}.gone_on IS NULL OR {event}.gone_on > r.extract_date)"


def _near(basis: Basis, table: str, which: str, condition: str) -> str:
    """The child's first (`min`) or last (`max`) event of a table that meets the condition; `o.day` is its date."""
    dated = TABLES[table].dated
    return (
        f"(SELECT {which}(o.{dated}) FROM events_{table} o WHERE o.child_id = r.child_id "
        f"AND {condition.replace('o.day', f'o.{dated}')} AND {_held(basis, 'o')})"
    )


def _history(table: str) -> str:
    return f"(SELECT x.history_from FROM extents_{table} x WHERE x.submission_id = r.submission_id)"


def _contacts(basis: Basis) -> Derived:
    return Derived({
        "previous_contact": _near(basis, "contacts", "max", "o.day < r.received"),
        "days_to_referral": f"{_near(basis, 'referrals', 'min', 'o.day >= r.received')} - r.received",
    } | ({"history_from": _history("contacts")} if basis == "reported" else {}))


def _names(*filled: str) -> str:
    """The returns that fill the tables, as SQL text."""
    return ", ".join(f"'{name}'" for name in sorted({name for table in filled for name in FILLED_BY[table]}))


def _early_help(basis: Basis) -> Derived:
    contact = _near(basis, "contacts", "min", "o.day >= r.completed")
    referral = _near(basis, "referrals", "min", "o.day >= r.completed")
    so_far = "AND x.extracted <= r.extract_date" if basis == "reported" else ""
    return Derived({
        "days_to_return": f"least({contact}, {referral}) - r.completed",  # least() passes over what is null
        "returns_seen_to":
            "(SELECT max(x.extracted) FROM standing x WHERE x.agency = r.agency "
            f"AND x.return_name IN ({_names('contacts', 'referrals')}) {so_far})",
    })


def _referrals(basis: Basis) -> Derived:
    previous = {"previous_referral": _near(basis, "referrals", "max", "o.day < r.referred")}
    if basis == "known":
        return Derived(previous)
    return Derived(
        {
            **previous,
            "last_of_child": "l.is_last_of_child",
            "history_from": _history("referrals"),
        },
        "LEFT JOIN (SELECT submission_id, source_row, row_number() OVER "
        "(PARTITION BY submission_id, child_id ORDER BY referred DESC, source_row DESC) = 1 AS is_last_of_child "
        "FROM reported.referrals) l ON l.submission_id = r.submission_id AND l.source_row = r.source_row",
    )


def _latest(basis: Basis, table: str, alias: str, start: str, day: str, columns: str, condition: str = "TRUE") -> str:
    """A join of the row with the latest event of its episode: those of its own submission, or all known now."""
    whose = "submission_id" if basis == "reported" else "agency"
    return (
        f"LEFT JOIN (SELECT {whose}, child_id, {start}, max({day}) AS day{columns} FROM {basis}.{table} "
        f"WHERE {condition} GROUP BY {whose}, child_id, {start}) {alias} "
        f"ON {alias}.{whose} = r.{whose} AND {alias}.child_id = r.child_id AND {alias}.{start} = r.started"
    )


def _allegations(basis: Basis) -> Derived:
    # A register drops a case some time after it is concluded: that it was still open would be in the latest extract.
    latest = (
        "(SELECT max(x.extracted) FROM standing x WHERE x.agency = r.agency "
        f"AND x.return_name IN ({_names('allegations')}))"
    )
    return Derived({"seen_to": latest if basis == "known" else "r.extract_date"})


def _first_profile(basis: Basis, whose: str) -> str:
    """The day of the first Graded Care Profile that was held on the date of the row's extract, or is today."""
    so_far = "AND o.extract_date <= r.extract_date" if basis == "reported" else ""
    return f"(SELECT min(o.completed) FROM {basis}.graded_care_profiles o WHERE {whose} {so_far})"


def _plans(basis: Basis) -> Derived:
    seen = ", arg_max_null(seen_alone, visited) AS seen_alone"
    return Derived(
        {
            "last_visit": "v.day", "seen_alone": "v.seen_alone", "last_review": "c.day",
            "first_profile": _first_profile(basis, "o.child_id = r.child_id"),
            "profiles_since": _first_profile(basis, "TRUE"),
        },
        f"{_latest(basis, 'plan_visits', 'v', 'plan_started', 'visited', seen)} "
        f"{_latest(basis, 'plan_reviews', 'c', 'plan_started', 'reviewed', '')}",
    )


def _periods_of_care(basis: Basis) -> Derived:
    placed = "".join(
        f", arg_max_null({name}, started) AS {name}" for name in ("type", "type_group", "out_of_area", "miles")
    )
    start = "care_started"
    return Derived(
        {
            "last_review": "c.day", "last_visit": "v.day", "last_health_assessment": "h.day",
            "last_dental_check": "t.day", "placement_started": "p.day", "placement_type": "p.type",
            "placement_type_group": "p.type_group", "placed_out_of_area": "p.out_of_area",
            "placement_miles": "p.miles",
        },
        " ".join((
            _latest(basis, "care_reviews", "c", start, "reviewed", ""),
            _latest(basis, "care_visits", "v", start, "visited", "", "visitor = 'social worker'"),
            _latest(basis, "health_checks", "h", start, "checked", "", "kind = 'health assessment'"),
            _latest(basis, "health_checks", "t", start, "checked", "", "kind = 'dental check'"),
            _latest(basis, "placements", "p", start, "started", placed),
        )),
    )


_OF_TABLE: dict[str, Callable[[Basis], Derived]] = {
    "contacts": _contacts, "early_help_episodes": _early_help, "referrals": _referrals, "plans": _plans,
    "periods_of_care": _periods_of_care, "allegations": _allegations,
}
