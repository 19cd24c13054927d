"""The partnership's action log: what audits, reviews and questions led to, who does it and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pipelines.demo.audits import listing
from pipelines.demo.draw import office_day
from pipelines.demo.listing import Cell, Code, Listing
from returns.partnership import agencies
from returns.periods import Period, add_months

# Quarters back to which an action may still be on the log, and how many each quarter brought.
_QUARTERS_BACK, _EACH = 9, 8
_SOURCES = (("Audit", "MA"), ("Case review", "RR"), ("Challenge", "Q"), ("Section 11", "S11"), ("Plan", "BP"))
_OWNERS = (
    ("council", "Head of safeguarding"), ("council", "Service manager, assessment"),
    ("police", "Detective chief inspector"), ("health-board", "Designated nurse"),
    ("wye-valley", "Named nurse"), ("education", "Head of inclusion"), ("probation", "Senior probation officer"),
)
_TO_DO = (
    "Write to every chair about the reports that came late", "Share the audit with team managers",
    "Put one chronology on each child's file", "Train the new starters in the Graded Care Profile",
    "Ask ten families what helped", "Check that each plan says what the child wants",
    "Agree who tells the referrer the outcome", "Review the threshold guidance with schools",
    "Sample thirty contacts together", "Name a deputy for each seat at the group",
)
_CAME_OF_IT = (
    "Nine of ten files sampled in the spring had it, where five had.",
    "Reports in time rose by a fifth in two quarters.",
    "Families say that they tell their story once.", "Schools' referrals with consent rose.",
)
_PRIORITIES = ("High", "Medium", "Medium", "Low")


def action_log(seed: int, period: Period, extracted: date) -> Listing:
    """The log on the extract's day: all that is open, and what was completed in the year before."""
    since = add_months(extracted, -12)
    return listing("actions", (
        row for back in reversed(range(_QUARTERS_BACK)) for row in _of_quarter(seed, period.earlier(back), extracted)
        if not isinstance(row["completed"], date) or row["completed"] >= since
    ))  # fmt: skip


def _of_quarter(seed: int, raised_in: Period, day: date) -> Iterator[dict[str, Cell]]:
    titles = {one.name: one.title for one in agencies()}
    for number in range(1, _EACH + 1):
        rng = Random(f"{seed}/actions/{raised_in}/{number}")
        raised = office_day(rng, raised_in.start, raised_in.end)
        due = raised + timedelta(days=rng.choice((60, 90, 120, 180, 270)))
        done = due + timedelta(days=rng.choice((-40, -20, -10, -5, 0, 0, 15, 60, 150)))
        source, letters = rng.choice(_SOURCES)
        agency, owner = rng.choice(_OWNERS)
        evidence = rng.choice(_CAME_OF_IT) if rng.random() < 0.6 else None
        withdrawn = rng.random() < 0.03
        complete = done <= day
        status = "Complete" if complete else "Withdrawn" if withdrawn else "In progress"
        if raised > day:
            continue
        yield {
            "action_id": f"{raised_in.end:%y%m}.{number}", "source": Code("action_source", source),
            "source_ref": f"{letters}-{raised_in.end:%y%m}", "action": rng.choice(_TO_DO),
            "priority": rng.choice(_PRIORITIES), "organisation": titles[agency], "owner_role": owner, "due": due,
            "completed": done if complete else None, "status": Code("action_status", status),
            "evidence": evidence if complete else None,
        }  # fmt: skip
