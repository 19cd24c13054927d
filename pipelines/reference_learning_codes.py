"""The code lists of the returns about learning, voice and leadership, and the spellings that senders use.

As in reference_partner_codes.py, no national standard words these: labels are those of the project's templates.
"""

from __future__ import annotations

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
}
