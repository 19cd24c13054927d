"""The code lists of the returns about learning, voice and leadership, and the spellings that senders use.

As in reference_partner_codes.py, no national standard words these: labels are those of the project's templates.
"""

from __future__ import annotations

from returns.codes import Code

_OTHER = ("any other", "else")

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "delivery": {
        "Face to face": ("f2f", "classroom", "in person", "face 2 face"),
        "Online": ("virtual", "teams", "webinar", "zoom", "ms teams"),
        "E-learning": ("elearning", "self paced", "e learning module"),
        "Blended": ("hybrid", "mixed"),
    },
    "audit_kind": {
        "Multi-agency": ("multi agency audit", "maca", "multi agency case audit", "joint"),
        "Single-agency": ("single agency audit", "single"),
        "Re-audit": ("reaudit", "repeat", "follow up audit", "repeat audit"),
    },
    "case_review_kind": {
        "Rapid review": ("rr", "rapid"),
        "Local child safeguarding practice review": ("lcspr", "cspr", "serious case review", "scr",
                                                     "child safeguarding practice review", "practice review"),
        "Learning review": ("lr", "local learning review", "learning"),
    },
    "dispute_stage": {
        "Stage 1": ("1", "one", "informal", "stage one"),
        "Stage 2": ("2", "two", "stage two"),
        "Stage 3": ("3", "three", "stage three"),
        "Stage 4": ("4", "four", "cafcass", "stage four"),
        "Open": ("ongoing", "not resolved", "unresolved", "in progress"),
    },
    "dispute_reason": {
        "Drift or delay": ("drift", "delay", "drift and delay"),
        "Care plan": ("plan", "care planning", "quality of plan"),
        "Placement": ("placement stability", "suitability of placement"),
        "Visits or reviews": ("visits", "reviews", "late visits", "statutory visits"),
        "Child's voice": ("voice of the child", "voice"),
        "Safety": ("risk", "safeguarding concern"),
        "Other": _OTHER,
    },
    "feedback_service": {
        "Early help": ("eh", "early help service", "family support"),
        "Child in need": ("cin", "children in need", "in need"),
        "Child protection": ("cp", "child protection conference", "conference", "icpc"),
        "Looked after": ("lac", "cla", "children looked after", "in care"),
        "Leaving care": ("care leavers", "care leaver"),
        "Other": _OTHER,
    },
    "staff_group": {
        "Social workers": ("social worker", "sw", "childrens social workers", "child and family social workers"),
        "Managers": ("manager", "team managers", "first line managers"),
        "Early help workers": ("family support workers", "early help", "family support"),
        "Health visitors": ("health visitor", "hv", "health visiting"),
        "School nurses": ("school nurse", "school nursing"),
        "Police officers": ("detectives", "child abuse team", "police"),
        "Personal advisers": ("personal adviser", "pa", "pas"),
        "Other": _OTHER,
    },
    "milestone_status": {
        "Not started": ("not yet started", "to start"),
        "On track": ("green", "g", "in progress", "underway"),
        "At risk": ("amber", "a", "some delay"),
        "Late": ("red", "r", "overdue", "delayed"),
        "Complete": ("completed", "blue", "b", "done", "closed"),
    },
    "budget_kind": {
        "Contribution": ("income", "contributions", "in"),
        "Cost": ("costs", "expenditure", "spend", "out"),
    },
    "term": {
        "Autumn": ("autumn term", "aut", "michaelmas"),
        "Spring": ("spring term", "spr", "lent"),
        "Summer": ("summer term", "sum", "trinity"),
    },
    "inspection_outcome": {
        "Outstanding": ("1", "grade 1"),
        "Good": ("2", "grade 2"),
        "Requires improvement": ("3", "ri", "grade 3"),
        "Inadequate": ("4", "grade 4", "special measures"),
        "No overall grade": ("not graded", "report card", "ungraded"),
    },
    "action_source": {
        "Audit": ("audits", "multi agency audit", "case audit"),
        "Case review": ("rapid review", "lcspr", "learning review", "review", "scr"),
        "Exception": ("exceptions", "scorecard", "performance", "data"),
        "Challenge": ("scrutiny", "scrutineer", "challenge log", "question"),
        "Section 11": ("s11", "section 11 audit", "s 11"),
        "Plan": ("business plan", "priority", "strategic plan"),
    },
    "action_status": {
        "Not started": ("not yet started", "to start", "new"),
        "In progress": ("open", "ongoing", "on track", "underway", "amber", "green", "red", "overdue"),
        "Complete": ("completed", "closed", "done", "blue"),
        "Withdrawn": ("cancelled", "no longer needed", "superseded", "withdrawn by group"),
    },
    "finding_kind": {
        "Strength": ("strengths", "s"),
        "Development": ("area for development", "area to develop", "development area", "d", "weakness"),
    },
}

# Source: Department for Education, children in need census 2025 to 2026, codes of AssessmentFactors, each with the
# label and the group that it is counted in.
_WHOSE = {"A": "child", "B": "parent or carer", "C": "another person"}
_IN_THE_FAMILY = {
    "1": "Alcohol misuse", "2": "Drug misuse", "3": "Domestic abuse", "4": "Mental health", "5": "Learning disability",
    "6": "Physical disability or illness",
}
_BY_WHOM = {"A": "", "B": ", child on child", "C": ", adult on child"}
_FOSTERED = {
    "B": "overseas children who intend to return", "C": "overseas children who intend to stay",
    "D": "UK children in educational placements", "E": "UK children making alternative family arrangements",
    "F": "other",
}
_ALONE = {
    "7A": "Young carer", "9A": "Unaccompanied asylum-seeking child", "10A": "Missing",
    "11A": "Child sexual exploitation", "12A": "Trafficking", "13A": "Gangs",
    "14A": "Socially unacceptable behaviour", "15A": "Self-harm", "16A": "Neglect", "17A": "Emotional abuse",
    "20": "Other", "21": "No factors identified", "22A": "Female genital mutilation",
    "23A": "Abuse linked to faith or belief", "24A": "Child criminal exploitation",
}


def factor_codes() -> list[Code]:
    """Every code of an assessment's factors, in the census's order."""
    found = {
        f"{number}{letter}": (f"{group}: {whose}", f"{group} ({whose})")
        for number, group in _IN_THE_FAMILY.items() for letter, whose in _WHOSE.items()
    }
    found |= {code: (label, label) for code, label in _ALONE.items()}
    found |= {f"8{letter}": (f"Privately fostered: {who}", "Privately fostered") for letter, who in _FOSTERED.items()}
    for number, group in (("18", "Physical abuse"), ("19", "Sexual abuse")):
        found |= {f"{number}{letter}": (f"{group}{by}", group) for letter, by in _BY_WHOM.items()}
    ordered = sorted(found, key=lambda code: (int(code.rstrip("ABCDEF")), code))
    return [Code("assessment_factor", code, "", found[code][0], found[code][1], "", "", "") for code in ordered]
