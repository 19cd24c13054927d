"""How each derived column of the event tables is computed, on either basis, as SQL over a row `r`.

As reported, a row looks only at events that were held on the date of its own extract; as known now, at those
that are held today. The temporary tables that the expressions read (`events_X`, `extents_X`, `standing`) are made
by derive.py; as known now, `e` is the row's own event and `s` its submission.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipelines import derived_of_partners as partners
from pipelines.derived_sql import Basis, Derived, history, names, near
from returns.events import EventTable

# Tables whose events are looked up from other tables' rows.
LOOKED_UP_BY_REFERENCE = frozenset({"front_door_contacts", "missing_episodes"})
LOOKED_UP = frozenset({"contacts", "referrals"}) | LOOKED_UP_BY_REFERENCE
# Derived columns that depend on nothing but the row and its own submission and those before it.
_THE_SAME = frozenset({"age_at_event", "age_band", "last_of_child", "history_from"})


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
    elif "age_band" in declared and basis == "reported":
        expressions["age_band"] = _band("CASE WHEN r.unborn THEN -1 ELSE r.age END")
    if "covers_to" in declared and table.column("covers") is not None:
        expressions["covers_to"] = partners.last_day("r.covers")
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
    return {"age_at_event": age, "age_band": _band(age)}


def _band(age: str) -> str:
    steps = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
    bands = " ".join(f"WHEN ({age}) < {below} THEN '{band}'" for below, band in steps)
    return f"CASE WHEN ({age}) IS NULL THEN NULL {bands} ELSE '18 and over' END"


def _open_until(table: EventTable, basis: Basis) -> str:
    if basis == "reported":  # the submission carries the row, so on its own date the row is open unless it ended
        return f"r.{table.ended} - 1"
    return f"coalesce(r.{table.ended} - 1, CASE WHEN NOT s.is_last THEN r.extract_date END)"


def _contacts(basis: Basis) -> Derived:
    return Derived({
        "previous_contact": near(basis, "contacts", "max", "o.day < r.received"),
        "days_to_referral": f"{near(basis, 'referrals', 'min', 'o.day >= r.received')} - r.received",
    } | ({"history_from": history("contacts")} if basis == "reported" else {}))


def _early_help(basis: Basis) -> Derived:
    contact = near(basis, "contacts_received", "min", "o.day >= r.completed")
    referral = near(basis, "referrals", "min", "o.day >= r.completed")
    so_far = "AND x.extracted <= r.extract_date" if basis == "reported" else ""
    return Derived({
        "days_to_return": f"least({contact}, {referral}) - r.completed",  # least() passes over what is null
        "returns_seen_to":
            "(SELECT max(x.extracted) FROM standing x WHERE x.agency = r.agency "
            f"AND x.return_name IN ({names('contacts_received', 'referrals')}) {so_far})",
    })


def _referrals(basis: Basis) -> Derived:
    previous = {"previous_referral": near(basis, "referrals", "max", "o.day < r.referred")}
    if basis == "known":
        return Derived(previous)
    return Derived(
        {
            **previous,
            "last_of_child": "l.is_last_of_child",
            "history_from": history("referrals"),
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
        f"AND x.return_name IN ({names('allegations')}))"
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
    "front_door_contacts": partners.front_door_contacts, "contacts_received": partners.contacts_received,
    "missing_episodes": partners.missing_episodes, "conference_participation": partners.conference_participation,
    "audits": partners.audits, "assessment_factors": partners.assessment_factors,
    "education": partners.education,
}
