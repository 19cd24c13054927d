"""How the derived columns of the partners' tables are computed, on either basis, as SQL over a row `r`."""

from __future__ import annotations

from pipelines.derived_sql import Basis, Derived, held, history, near

DAYS_OF_REPEAT = 90
"""Missing again within this many days is a repeat (Department for Education, statutory guidance on missing, 2014)."""


def front_door_contacts(basis: Basis) -> Derived:
    """The log: how long a decision took, and the child's contact before."""
    return Derived({
        "hours_to_decision": _hours("r.received_at", "r.decided_at"),
        "previous_contact": near(basis, "front_door_contacts", "max", "o.day < r.received"),
    } | ({"history_from": history("front_door_contacts")} if basis == "reported" else {}))


def contacts_received(basis: Basis) -> Derived:
    """Contacts of the log and List 1 together; the age band is that of the row they come from."""
    return Derived({
        "age_band": "r.age_band",
        "previous_contact": near(basis, "contacts_received", "max", "o.day < r.received"),
        "days_to_referral": f"{near(basis, 'referrals', 'min', 'o.day >= r.received')} - r.received",
        "history_from": history("contacts_received"),
    })


def missing_episodes(basis: Basis) -> Derived:
    """Episodes: how many the child had in 90 days, and how long the interview took."""
    episodes = (
        "(SELECT count(*) FROM events_missing_episodes o WHERE o.child_id = r.child_id "
        f"AND o.covered BETWEEN r.started - {DAYS_OF_REPEAT} AND r.started AND {held(basis, 'o')})"
    )
    return Derived({
        "episodes_90_days": episodes,
        "hours_to_interview": _hours("r.ended_at", "r.interview_held_at"),
    } | ({"history_from": history("missing_episodes")} if basis == "reported" else {}))


def conference_participation(basis: Basis) -> Derived:
    """When the conference was held and of which kind: from the conferences sent by then, or known today."""
    by_then = "AND c.period <= r.period" if basis == "reported" else ""

    def looked_up(name: str) -> str:
        return (
            f"(SELECT arg_max(c.{name}, c.extract_date) FROM {basis}.conferences c "
            f"WHERE c.conference_id = r.conference_id {by_then})"
        )

    return Derived({"held": looked_up("held"), "type_group": looked_up("type_group")})


def audits(basis: Basis) -> Derived:
    """The audit plan: the last day of the quarter that each was planned for."""
    return Derived({"planned_to": last_day("r.planned")})


def assessment_factors(basis: Basis) -> Derived:
    """Factors: which of them are of one assessment, a child having no two authorised on a day."""
    return Derived({"assessment": "r.child_id || ' ' || CAST(r.authorised AS VARCHAR)"})


def education(basis: Basis) -> Derived:
    """A term's totals: the last day of the term, by which it belongs to a quarter."""
    year = "CAST(left(r.academic_year, 4) AS INTEGER)"
    return Derived({
        "covers_to": f"CASE r.term_group WHEN 'Autumn' THEN make_date({year}, 12, 31) "
        f"WHEN 'Spring' THEN make_date({year} + 1, 3, 31) WHEN 'Summer' THEN make_date({year} + 1, 7, 31) END"
    })


def last_day(period: str) -> str:
    """The last day of a period written as returns.periods writes it: a quarter, a year, or a month."""
    year = f"CAST(left({period}, 4) AS INTEGER)"
    return (
        f"CASE WHEN length({period}) = 10 THEN CAST(make_date({year}, 4, 1) "
        f"+ 3 * CAST(right({period}, 1) AS INTEGER) * INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) "
        f"WHEN CAST(right({period}, 2) AS INTEGER) = ({year} + 1) % 100 THEN make_date({year} + 1, 3, 31) "
        f"ELSE last_day(make_date({year}, CAST(right({period}, 2) AS INTEGER), 1)) END"
    )


def _hours(start: str, end: str) -> str:
    # By the clock on the wall: over the night the clocks change it is an hour out.
    return f"date_diff('second', {start}, {end}) / 3600.0"
