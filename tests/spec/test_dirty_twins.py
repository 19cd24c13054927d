"""A dirty twin of each partner's return: everything that is found in it, whole and in one place.

Each twin is a small workbook as a sender might make it, with the faults that such returns really have. What is
asserted is the whole list of findings as (row, column, code), and that every row read is accepted or held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sent_files import xlsx

from pipelines.load import Sending, check_files
from returns.catalogue import NAMES, all_returns, the_return
from returns.periods import Period
from returns.places import Places

Row = Mapping[str, Any]
NOT_OF_A_PARTNER = frozenset(NAMES[:12])  # Annex A's lists and the aggregate return, whose faults are tested elsewhere


@dataclass(frozen=True)
class Twin:
    """A return's rows by field name (by header for a column it has not), how headers are written, what is found."""

    rows: Sequence[Row]
    found: Sequence[tuple[int | None, str | None, str]]
    held: int
    headers: Mapping[str, str]


def _twin(*rows: Row, found: Sequence[tuple[int | None, str | None, str]], held: int = 0, **headers: str) -> Twin:
    return Twin(rows, found, held, headers)


CONTACT = {
    "contact_id": "C1", "child_id": "0012", "received": datetime(2025, 8, 14, 10, 30),
    "decided": datetime(2025, 8, 14, 16, 5), "referring_agency": "Police", "contact_type": "Police notification",
    "outcome": "NFA", "received_rating": "Amber", "final_rating": "Green", "age": 9, "unborn": "No", "consent": "Yes",
    "main_concern": "Neglect", "domestic_abuse": "No", "level_of_need": 2, "marf_quality": "Not assessed",
    "feedback_sent": date(2025, 8, 15), "referrer_role": "Officer",
}
DISCUSSION = {
    "discussion_id": "S1", "child_id": "0012", "held": date(2025, 8, 18), "social_care": "Yes", "police": "Yes",
    "health": "No", "education": "Not invited", "outcome": "Joint section 47", "child_views_recorded": "Yes",
}
CONFERENCE = {
    "conference_id": "K1", "child_id": "0012", "held": date(2025, 9, 4), "due_by": date(2025, 9, 8), "type": "Initial",
    "quorate": "Yes", "outcome": "Child protection plan", "aged_4_plus": "Yes", "child_took_part": "No",
    "child_views_given": "Yes", "parents_attended": "Yes",
}
AT_CONFERENCE = {
    "conference_id": "K1", "participant": "Police", "invited": "Yes", "attended": "Yes", "report_submitted": "Yes",
    "report_in_time": "No",
}
MISSING = {
    "episode_id": "M1", "child_id": "0012", "started": datetime(2025, 7, 5, 21, 15),
    "ended": datetime(2025, 7, 6, 2, 40), "looked_after": "No", "placing_authority": "", "repeat_in_90_days": "No",
    "interview_offered": "Yes", "interview_accepted": "Yes", "interview_held": datetime(2025, 7, 7, 15),
    "exploitation": "No",
}
ASSESSMENT = {
    "assessment_id": "G1", "child_id": "0012", "assessed": date(2025, 7, 21), "referring_agency": "Schools",
    "sexual": "No", "criminal": "Yes", "gangs": "No", "trafficking": "No", "modern_slavery": "No", "honour_based": "No",
    "forced_marriage": "No", "fgm": "No", "online": "No", "risk_level": "Medium", "plan_4p_in_place": "Yes",
    "nrm_referral": "No", "reviewed": date(2025, 9, 1), "closed": "", "risk_level_at_closure": "", "aged_17_plus": "No",
    "transition_plan": "No",
}
PROFILE = {
    "profile_id": "P1", "child_id": "0012", "completed": date(2025, 8, 27), "completed_by": "Health visiting",
    "plan_type": "Child protection", "shared_with_family": "Yes",
}
ALLEGATION = {
    "lado_ref": "L1", "received": date(2025, 7, 15), "alleged": date(2025, 7, 14),
    "contact_type": "Referral meeting the threshold", "referring_agency": "Schools", "employer_sector": "Education",
    "role_group": "Teaching staff", "threshold_limb": "Harmed", "abuse_category": "Physical abuse", "in_work": "Yes",
    "managed_meeting": date(2025, 7, 18), "police_investigation": "No", "suspended": "No", "outcome": "Substantiated",
    "concluded": date(2025, 9, 1), "dbs_referral": "No", "regulator_referral": "No",
}
ANSWER_11 = {
    "respondent": "West Mercia Police", "audit_year": "2025-26", "returned": date(2025, 7, 11),
    "standard": "1: Senior leadership", "question": "1.1", "self_grade": "Met", "moderated_grade": "Partly met",
    "evidence_seen": "Yes", "action": "Refresh the training plan", "action_owner": "Safeguarding lead",
    "action_due": date(2026, 3, 31), "action_completed": "",
}
ANSWER_175 = {
    "urn": 116678, "school": "An example primary school", "phase": "Primary", "academic_year": "2024/25",
    "returned": date(2025, 7, 11), "section": "Leadership", "question": "1.1", "grade": "Met",
    "dsl_trained": date(2024, 9, 3), "promotes_early_help": "Yes", "early_help_on_website": "No", "action": "",
    "action_due": "", "action_completed": "",
}
FEEDBACK = {
    "survey": "Closing survey", "covers": "2025-26-Q2", "service": "Early help",
    "respondent": "Parent or carer", "returned": 42, "positive": 36,
    "scale_mean": 7.9, "theme": "Being listened to",
}

TRAINED = {
    "course": "Working Together", "held": date(2025, 9, 16), "delivery": "Online", "organisation": "West Mercia Police",
    "places_booked": 12, "attended": 10, "did_not_attend": 2, "evaluated": 8, "confidence_before": 5.4,
    "confidence_after": 8.1, "impact_followed_up": 5, "impact_evidenced": 3,
}
AUDITED = {
    "audit_id": "A1", "title": "Neglect", "theme": "Neglect", "kind": "Multi-agency",
    "organisation": "Herefordshire Council", "planned": "2025-26-Q2", "completed": date(2025, 8, 29), "cases": 12,
    "outstanding": 1, "good": 6, "requires_improvement": 4, "inadequate": 1, "voice_evident": 9,
}
REVIEW = {
    "review_id": "R1", "kind": "Rapid review", "notified": date(2025, 7, 14), "rapid_review_due": date(2025, 8, 4),
    "completed": date(2025, 8, 1), "published": "", "themes": "Neglect", "recommendations": 3,
    "recommendations_complete": 1,
}
DISPUTE = {
    "dispute_id": "D1", "raised": date(2025, 7, 22), "stage": "Stage 1", "reason": "Drift or delay",
    "resolved": date(2025, 8, 5),
}
STAFF = {
    "covers": "2025-26-Q2", "organisation": "Herefordshire Council", "staff": "Social workers", "in_post_fte": 71.4,
    "vacancies_fte": 24, "agency_fte": 16, "leavers_fte": 2.8, "cases": 1063, "case_holders": 74,
}
SEAT = {
    "meeting": "Board", "held": date(2025, 9, 10), "organisation": "West Mercia Police", "represented": "Yes",
    "apologies": "No", "deputy": "No", "quorate": "Yes",
}
FACTOR = {"child_id": "0012", "authorised": date(2025, 8, 19), "factor": "16A"}
MILESTONE = {
    "priority": "Neglect", "action_area": "Profiles", "milestone": "Train the teams", "lead_role": "Training group",
    "monitored_by": "Board", "due": date(2026, 3, 31), "status": "On track",
}
BUDGETED = {
    "covers": "2024-25", "line": "Salary costs", "kind": "Cost", "organisation": "", "agreed": 279000, "actual": 278814,
}
SCRUTINISED = {
    "covers": "2025-26-Q2", "area": "Front door", "kind": "Development", "finding": "Referrers are not told",
    "recommendation": "Tell them", "response": "",
}
LOGGED = {
    "action_id": "3.1", "source": "Audit", "source_ref": "MA-14", "action": "Write to the chairs", "priority": "High",
    "organisation": "West Mercia Police", "owner_role": "Detective inspector", "due": date(2026, 1, 30),
    "completed": "", "status": "In progress", "evidence": "",
}
SCHOOL_TERM = {
    "academic_year": "2024/25", "term": "Summer", "urn": "", "school": "Herefordshire", "missing_education": 61,
    "home_educated": 520, "suspensions": 340, "exclusions": 9, "cin_sessions": 61200, "cin_attended": 52300,
    "cpp_sessions": 12400, "cpp_attended": 9900, "cla_sessions": 27300, "cla_attended": 25100, "inspection": "",
}

TWINS: dict[str, Twin] = {
    "front_door_contacts": _twin(
        CONTACT,
        CONTACT | {"contact_id": "C2", "level_of_need": 5, "Child name": "A B"},
        CONTACT | {"contact_id": "C3", "decided": datetime(2025, 8, 14, 9, 0), "referring_agency": "Women's Aid"},
        CONTACT | {"contact_id": "C4", "received": "31/06/2025", "decided": ""},
        CONTACT | {"contact_id": "C5", "consent": "perhaps", "received": "14/08/2025 10:30"},
        CONTACT | {"contact_id": "C1"},
        CONTACT | {"contact_id": "C7", "child_id": ""},
        CONTACT | {"contact_id": "Total", "child_id": ""},
        received="Date and time received", final_rating="Final RAG", held=3,
        found=[
            (None, "Child name", "column-personal"),
            (3, "Level of need", "number-out-of-range"),
            (4, "Decision at", "date-out-of-order"),
            (5, "Date and time received", "date-impossible"),
            (6, "Consent obtained", "code-unknown"),
            (7, None, "row-repeated"),
            (8, "Child Unique ID", "key-missing"),
            (9, None, "total-row"),
        ],
    ),
    "strategy_discussions": _twin(
        DISCUSSION,
        DISCUSSION | {"discussion_id": "S2", "police": "Apologies", "health": "maybe"},
        DISCUSSION | {"discussion_id": "S3", "held": date(2026, 3, 1)},
        DISCUSSION | {"discussion_id": "S4", "outcome": "Joint", "Minutes": "as read"},
        held=1,
        found=[
            (None, "Minutes", "column-extra"),
            (3, "Health attended", "code-unknown"),
            (4, "Held at", "date-future"),
        ],
    ),
    "conferences": _twin(
        CONFERENCE,
        CONFERENCE | {"child_id": "0013", "due_by": date(2026, 1, 9), "quorate": "Y"},
        CONFERENCE | {"child_id": "0014", "type": "Pre-birth core group"},
        CONFERENCE | {"child_id": "0013", "outcome": "No plan"},
        CONFERENCE | {"child_id": "0015", "held": ""},
        held=1, type="Type of conference",
        found=[
            (4, "Type of conference", "code-unknown"),
            (5, None, "key-repeated"),
            (6, "Held at", "key-missing"),
        ],
    ),
    "conference_participation": _twin(
        AT_CONFERENCE,
        AT_CONFERENCE | {"participant": "Health visitor", "invited": "No"},
        AT_CONFERENCE | {"participant": "GP", "report_submitted": "No", "report_in_time": "Yes"},
        AT_CONFERENCE | {"participant": "Fire service"},
        AT_CONFERENCE | {"participant": "West Mercia Police", "attended": "No"},
        held=1, report_in_time="Report on time",
        found=[
            (3, "Attended", "attended-uninvited"),
            (4, "Report on time", "report-in-time-not-sent"),
            (5, "Agency", "code-unknown"),
            (6, None, "key-repeated"),
        ],
    ),
    "missing_episodes": _twin(
        MISSING,
        MISSING | {"episode_id": "M2", "ended": datetime(2025, 7, 5, 20, 0), "Surname": "B"},
        MISSING | {"episode_id": "M3", "interview_held": date(2025, 7, 1)},
        MISSING | {"episode_id": "M4", "interview_accepted": "eventually"},
        started="Date and time missing", interview_held="RHI held",
        found=[
            (None, "Surname", "column-personal"),
            (3, "Ended at", "end-before-start"),
            (4, "RHI held", "date-out-of-order"),
            (5, "Return interview accepted", "code-unknown"),
        ],
    ),
    "exploitation_assessments": _twin(
        ASSESSMENT,
        ASSESSMENT | {"assessment_id": "G2", "risk_level": "Emerging"},
        ASSESSMENT | {"assessment_id": "G3", "closed": date(2025, 7, 1)},
        ASSESSMENT | {"assessment_id": "G4", "reviewed": date(2025, 7, 1), "DOB": date(2009, 5, 17)},
        ASSESSMENT | {"assessment_id": "", "child_id": "0013"},
        held=1,
        found=[
            (None, "DOB", "column-personal"),
            (3, "Risk level", "code-unknown"),
            (4, "Closed at", "end-before-start"),
            (5, "Reviewed at", "date-out-of-order"),
            (6, "Assessment ID", "key-missing"),
        ],
    ),
    "graded_care_profiles": _twin(
        PROFILE,
        PROFILE | {"profile_id": "P2", "completed_by": "HV", "plan_type": "Care order"},
        PROFILE | {"profile_id": "P3", "completed": "2025"},
        held=1, completed="GCP2 completed",
        found=[
            (3, "Plan type", "code-unknown"),
            (4, "GCP2 completed", "date-unreadable"),
        ],
    ),
    "lado_contacts": _twin(
        ALLEGATION,
        ALLEGATION | {"lado_ref": "L2", "concluded": date(2025, 7, 1), "Name of adult": "C D"},
        ALLEGATION | {"lado_ref": "L3", "received": date(2025, 7, 1), "managed_meeting": "", "concluded": ""},
        ALLEGATION | {"lado_ref": "L4", "outcome": False},
        ALLEGATION | {"lado_ref": "L5", "threshold_limb": "Rude"},
        found=[
            (None, "Name of adult", "column-personal"),
            (3, "Concluded at", "end-before-start"),
            (4, "Received at", "date-out-of-order"),
            (6, "Threshold limb", "code-unknown"),
        ],
    ),
    "section_11": _twin(
        ANSWER_11,
        ANSWER_11 | {"question": "1.2", "self_grade": "Mostly", "action_completed": date(2026, 1, 1)},
        ANSWER_11 | {"question": "1.3", "standard": 9},
        ANSWER_11 | {"question": "1.4", "audit_year": "2025"},
        ANSWER_11 | {"question": "1.5", "self_grade": "N/A", "moderated_grade": ""},
        held=2, self_grade="Self assessment",
        found=[
            (3, "Self assessment", "code-unknown"),
            (3, "Action completed at", "date-future"),
            (4, "Standard", "code-unknown"),
            (5, "Audit year", "period-unreadable"),
        ],
    ),
    "section_175": _twin(
        ANSWER_175,
        ANSWER_175 | {"question": "1.2", "grade": "Outstanding", "Comments": "see the policy"},
        ANSWER_175 | {"question": "1.3", "urn": ""},
        ANSWER_175 | {"question": "1.1", "grade": "Not met"},
        held=1,
        found=[
            (None, "Comments", "column-personal"),
            (3, "Grade", "code-unknown"),
            (4, "URN", "key-missing"),
            (5, None, "key-repeated"),
        ],
    ),
    "family_feedback": _twin(
        FEEDBACK,
        FEEDBACK | {"respondent": "Practitioner", "positive": 43},
        FEEDBACK | {"respondent": "Child 5 to 10", "scale_mean": 79, "Comments": "it helped"},
        FEEDBACK | {"respondent": "Child under 5", "covers": "Q2 2025"},
        FEEDBACK | {"respondent": "Child 10 to 16", "returned": "<5", "positive": "<5"},
        held=1,
        found=[
            (None, "Comments", "column-personal"),
            (3, "Positive", "positive-over-returned"),
            (4, "Scale mean", "number-out-of-range"),
            (5, "Quarter", "period-unreadable"),
            (6, "Returned", "number-hidden"),
            (6, "Positive", "number-hidden"),
        ],
    ),
    "schools": _twin(
        {"urn": 116678, "school": "One", "phase": "Primary", "opened": "", "closed": ""},
        {"urn": 116679, "school": "Two", "phase": "Infants", "opened": "", "closed": ""},
        {"urn": 116680, "school": "Three", "phase": "PRU", "opened": date(2020, 9, 1), "closed": date(2019, 8, 31)},
        {"urn": 116678, "school": "One again", "phase": "First", "opened": "", "closed": ""},
        {"urn": "", "school": "Nowhere", "phase": "First", "opened": "", "closed": ""},
        held=1,
        found=[
            (3, "Phase", "code-unknown"),
            (4, "Closed", "date-out-of-order"),
            (5, None, "key-repeated"),
            (6, "URN", "key-missing"),
        ],
    ),
    "training_attendance": _twin(
        TRAINED,
        TRAINED | {"organisation": "Fire and Rescue", "attended": 14, "delivery": "By post"},
        TRAINED | {"organisation": "Probation", "confidence_after": 81, "impact_evidenced": 6},
        TRAINED | {"organisation": "Cafcass", "held": ""},
        TRAINED | {"organisation": "West Mercia Police", "attended": 9},
        TRAINED | {"organisation": "NSPCC", "Name": "A B"},
        held=1, attended="Places filled",
        found=[
            (None, "Name", "column-personal"),
            (3, "Delivery", "code-unknown"),
            (3, "Places filled", "part-over-whole"),
            (4, "Confidence after", "number-out-of-range"),
            (4, "Impact evidenced", "part-over-whole"),
            (5, "Held on", "key-missing"),
            (6, None, "key-repeated"),
        ],
    ),
    "audits": _twin(
        AUDITED,
        AUDITED | {"audit_id": "A2", "kind": "Deep dive", "good": 13},
        AUDITED | {"audit_id": "A3", "planned": "summer"},
        AUDITED | {"audit_id": "", "voice_evident": 2},
        AUDITED | {"audit_id": "A5", "completed": date(2026, 5, 1), "Comments": "see file"},
        held=2, voice_evident="Voice of the child",
        found=[
            (None, "Comments", "column-personal"),
            (3, "Kind", "code-unknown"),
            (3, "Good", "part-over-whole"),
            (4, "Planned quarter", "period-unreadable"),
            (5, "Audit ID", "key-missing"),
            (6, "Completed on", "date-future"),
        ],
    ),
    "case_reviews": _twin(
        REVIEW,
        REVIEW | {"review_id": "R2", "completed": date(2025, 7, 1), "DOB": date(2020, 1, 5)},
        REVIEW | {"review_id": "R3", "kind": "SCR", "recommendations_complete": 4},
        REVIEW | {"review_id": "R4", "kind": "Peer review", "notified": "n/k"},
        REVIEW | {"review_id": "R1", "themes": "Other"},
        held=1, kind="Type of review",
        found=[
            (None, "DOB", "column-personal"),
            (3, "Completed on", "date-out-of-order"),
            (4, "Recommendations complete", "part-over-whole"),
            (5, "Type of review", "code-unknown"),
            (5, "Notified on", "date-unreadable"),
            (6, None, "key-repeated"),
        ],
    ),
    "dispute_resolutions": _twin(
        DISPUTE,
        DISPUTE | {"dispute_id": "D2", "stage": 5, "reason": "Drift"},
        DISPUTE | {"dispute_id": "D3", "stage": "Ongoing", "resolved": ""},
        DISPUTE | {"dispute_id": "D4", "resolved": date(2025, 7, 1), "Social worker": "C D"},
        DISPUTE | {"dispute_id": "D5", "raised": ""},
        held=1, stage="Resolved at stage",
        found=[
            (None, "Social worker", "column-personal"),
            (3, "Resolved at stage", "code-unknown"),
            (5, "Resolved on", "date-out-of-order"),
            (6, "Raised on", "key-missing"),
        ],
    ),
    "workforce": _twin(
        STAFF,
        STAFF | {"organisation": "Wye Valley NHS Trust", "staff": "HV", "vacancies_fte": -1, "cases": 12.5},
        STAFF | {"organisation": "West Mercia Police", "staff": "Astronauts"},
        STAFF | {"covers": "July"},
        STAFF | {"agency_fte": 17},
        held=2, agency_fte="Agency workers",
        found=[
            (3, "Cases", "count-not-whole"),
            (3, "Vacancies FTE", "below-lowest"),
            (4, "Staff group", "code-unknown"),
            (5, "Quarter", "period-unreadable"),
            (6, None, "key-repeated"),
        ],
    ),
    "group_attendance": _twin(
        SEAT,
        SEAT | {"organisation": "Probation", "represented": "Apologies", "Name": "A B"},
        SEAT | {"organisation": "Cafcass", "apologies": "Yes"},
        SEAT | {"organisation": "NSPCC", "represented": "No", "deputy": "Yes"},
        SEAT | {"organisation": "", "held": date(2025, 9, 11)},
        SEAT | {"held": "2025"},
        held=2,
        found=[
            (None, "Name", "column-personal"),
            (3, "Represented", "code-unknown"),
            (5, "Deputy", "deputy-not-represented"),
            (6, "Agency", "key-missing"),
            (7, "Held on", "date-unreadable"),
        ],
    ),
    "assessment_factors": _twin(
        FACTOR,
        FACTOR | {"factor": "3B"},
        FACTOR | {"factor": "99Z"},
        FACTOR | {"factor": "16A"},
        FACTOR | {"child_id": "", "DOB": date(2014, 5, 17)},
        held=2,
        found=[
            (None, "DOB", "column-personal"),
            (4, "Factor", "code-unknown"),
            (5, None, "row-repeated"),
            (6, "Child Unique ID", "key-missing"),
        ],
    ),
    "plan_milestones": _twin(
        MILESTONE,
        MILESTONE | {"milestone": "Publish", "status": "Purple", "Notes": "as agreed"},
        MILESTONE | {"milestone": "Audit", "status": "Green", "due": "31/02/2026"},
        MILESTONE | {"milestone": ""},
        MILESTONE | {"status": "Late"},
        held=1, status="RAG status",
        found=[
            (None, "Notes", "column-personal"),
            (3, "RAG status", "code-unknown"),
            (4, "Due", "date-impossible"),
            (5, "Milestone", "key-missing"),
            (6, None, "key-repeated"),
        ],
    ),
    "budget": _twin(
        BUDGETED,
        BUDGETED | {"line": "Training income", "agreed": -13000, "actual": "n/k"},
        BUDGETED | {"line": "CAFCASS", "kind": "Gift", "organisation": "Cafcass"},
        BUDGETED | {"line": "Office", "covers": ""},
        BUDGETED | {"actual": 278815},
        held=2, actual="Outturn",
        found=[
            (3, "Outturn", "number-unreadable"),
            (4, "Kind", "code-unknown"),
            (5, "Year", "key-missing"),
            (6, None, "key-repeated"),
        ],
    ),
    "scrutiny_findings": _twin(
        SCRUTINISED,
        SCRUTINISED | {"finding": "Children are seen quickly", "kind": "Praise", "recommendation": ""},
        SCRUTINISED | {"finding": "", "Summary": "see minutes"},
        SCRUTINISED | {"response": "Agreed"},
        held=1,
        found=[
            (None, "Summary", "column-personal"),
            (3, "Strength or development", "code-unknown"),
            (4, "Finding", "key-missing"),
            (5, None, "key-repeated"),
        ],
    ),
    "actions": _twin(
        LOGGED,
        LOGGED | {"action_id": "3.2", "source": "Corridor", "due": "soon"},
        LOGGED | {"action_id": "3.3", "status": "Red", "Name": "Somebody"},
        LOGGED | {"action_id": "3.4", "action": ""},
        LOGGED | {"status": "Complete"},
        held=1,
        found=[
            (None, "Name", "column-personal"),
            (3, "Source", "code-unknown"),
            (3, "Due", "date-unreadable"),
            (5, "Action", "key-missing"),
            (6, None, "key-repeated"),
        ],
    ),
    "education": _twin(
        SCHOOL_TERM,
        SCHOOL_TERM | {"urn": "116678", "cpp_attended": 12500, "inspection": "Splendid"},
        SCHOOL_TERM | {"urn": "116679", "suspensions": "<5", "term": "Summer term"},
        SCHOOL_TERM | {"urn": "116680", "term": "Half term"},
        SCHOOL_TERM | {"missing_education": 62},
        held=1, suspensions="Fixed term exclusions",
        found=[
            (3, "Inspection outcome", "code-unknown"),
            (3, "Sessions attended by children on plans", "part-over-whole"),
            (4, "Fixed term exclusions", "number-hidden"),
            (5, "Term", "code-unknown"),
            (6, None, "key-repeated"),
        ],
    ),
    "population": _twin(
        {"area": "E06000019", "year": 2024, "age_band": "0 to 17", "people": "34,439"},
        {"area": "E06000019", "year": 24, "age_band": "0 to 4", "people": 8000},
        {"area": "E06000019", "year": 2024, "age_band": "5 to 9", "people": 9000.5},
        {"area": "E06000019", "year": 2024, "age_band": "10 to 15", "people": -1},
        people="Population",
        found=[
            (3, "Year", "number-out-of-range"),
            (4, "Population", "count-not-whole"),
            (5, "Population", "below-lowest"),
        ],
    ),
}


def workbook(path: Path, name: str, twin: Twin) -> Path:
    """The twin as a workbook: the template's columns, some under the sender's own names, then those it has besides."""
    fields = [field for field in the_return(name).edition.fields if field.keep != "dropped"]
    known = {field.name for field in fields}
    besides = list(dict.fromkeys(key for row in twin.rows for key in row if key not in known))
    headers = [twin.headers.get(field.name, field.header) for field in fields]
    rows = [[row.get(field.name, "") for field in fields] + [row.get(key, "") for key in besides] for row in twin.rows]
    return xlsx(path, {"Data": [[*headers, *besides], *rows]})


@pytest.mark.parametrize("name", TWINS)
def test_a_dirty_return_says_everything_that_is_wrong_with_it_and_loses_no_row(tmp_path: Path, name: str) -> None:
    twin = TWINS[name]
    path = workbook(tmp_path / "sent.xlsx", name, twin)
    about = Sending(path, agency="council", period=Period.parse("2025-26-Q2"), extracted=date(2025, 9, 30))
    (submission,) = check_files(Places.of(tmp_path / "data"), [about]).submissions
    assert submission.return_name == name
    assert [(item.sheet, item.row, item.column, item.code) for item in submission.findings] == [
        ("Data", row, column, code) for row, column, code in twin.found
    ]
    assert submission.rows_read == len(twin.rows) == submission.rows_accepted + submission.rows_held
    assert submission.rows_held == twin.held


def test_every_partners_return_has_a_dirty_twin() -> None:
    assert set(TWINS) == set(all_returns()) - NOT_OF_A_PARTNER
