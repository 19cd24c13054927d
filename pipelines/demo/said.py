"""What people said in the demonstration: agencies' commentary on the planted stories, promises, decisions, actions.

Written in the journal as the pages write it, in the demonstration's own time: commentary in the third week after the
quarter's end, the meeting in the fourth. One promise is kept, two are broken, one is not due; one commentary says that
a figure rose which fell. Everybody named by a role is made up, like the county.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from returns.periods import Period
from returns.places import Places
from warehouse.entries import Journal
from warehouse.words import (
    Action,
    Commentary,
    Decision,
    Promise,
    Way,
    action_of,
    comment,
    commentary_thread,
    decision_of,
    record,
    subject_of,
)

# Days after the quarter's end on which agencies write, and on which the group meets.
_WRITTEN, _MET = 19, 25


@dataclass(frozen=True)
class Comment:
    """One agency's commentary on a figure of a quarter."""

    quarter: str
    indicator: str
    agency: str
    author: str
    behind: str
    means: str
    doing: str
    owner: str
    know: str
    group: str | None = None
    due: date | None = None
    promised: tuple[Way, float, str] | None = None


@dataclass(frozen=True)
class Minute:
    """One decision of the group about a figure, or one action where it has an owner and a day."""

    quarter: str
    indicator: str
    text: str
    group: str | None = None
    owner: str = ""
    due: date | None = None
    outcome: str = ""


COMMENTS: tuple[Comment, ...] = (
    Comment(
        "2024-25-Q4", "cp_visited_in_time", "council", "Service manager, safeguarding",
        "Three social workers were off sick in February and March, and their visits were shared out late.",
        "43 children on a plan were not seen within the clock on the day of the extract; all have been seen since.",
        "Two agency workers from 1 May, and a weekly list of visits that fall due.", "Head of safeguarding",
        "At least 85 in 100 visited in time on the next extract.", due=date(2025, 5, 1),
        promised=("at least", 85.0, "2025-26-Q1"),
    ),
    Comment(
        "2024-25-Q4", "cp_attendance", "police", "Detective inspector, protecting vulnerable people",
        "The conference desk was moved to the county's other station, and invitations went to a mailbox nobody reads.",
        "Conferences decide without what the police know of the adults at home.",
        "One mailbox for invitations, read daily; a report where nobody can come.", "Detective inspector",
        "Somebody at six in ten conferences by the summer.", group="Police", due=date(2025, 6, 2),
        promised=("at least", 60.0, "2025-26-Q2"),
    ),
    Comment(
        "2025-26-Q1", "fd_feedback", "council", "Manager of the front door",
        "The post that tells senders what came of a form has been empty since April.",
        "Professionals who hear nothing send the same concern again, or stop sending.",
        "An automatic reply with the outcome, while the post is advertised.", "Manager of the front door",
        "Eight in ten senders told by the end of September.", due=date(2025, 8, 1),
        promised=("at least", 80.0, "2025-26-Q2"),
    ),
    Comment(
        "2025-26-Q1", "fd_to_referral", "police", "Detective chief inspector",
        "Since May every domestic incident with a child in the home is sent, whatever its grading.",
        "Decisions on the contacts that matter wait behind those that do not.",
        "Joint triage at the harm assessment unit from 1 November.", "Detective chief inspector",
        "We will look at thirty contacts together in October.", group="Police", due=date(2025, 11, 1),
    ),
    Comment(
        "2025-26-Q2", "ic_15wd", "council", "Head of safeguarding",
        "Two of the five conference chairs left in July, and their posts were filled in October.",
        "31 children waited longer than 15 working days for a conference; each had a safety plan meanwhile.",
        "Agency chairs from 20 October; conferences that are late are listed for the head of service each Monday.",
        "Head of safeguarding", "At least eight in ten within 15 working days by March.", due=date(2025, 10, 20),
        promised=("at least", 80.0, "2025-26-Q4"),
    ),
    Comment(
        "2025-26-Q2", "cla_dental", "health-board", "Designated nurse for children in care",
        "The clinic for children in care closed in July when its dentist left, and nothing took its place.",
        "Children in care wait with pain, or go to the hospital for it.",
        "Two practices will keep places for children in care from December.", "Head of dental commissioning",
        "Every child without a check has an appointment by the end of January.", due=date(2025, 12, 1),
    ),
    Comment(
        "2025-26-Q2", "as_45wd", "council", "Service manager, assessment",
        "Timeliness has risen since the new manager of Assessment Team North started.",
        "Fewer families wait to know what help they will get.",
        "Weekly tracking of assessments past day 30.", "Service manager", "The share within 45 working days.",
    ),
)  # fmt: skip

MINUTES: tuple[Minute, ...] = (
    Minute("2024-25-Q4", "cp_visited_in_time", "The group asks for the number of children not seen in four weeks.",
           outcome="Reported in July: none."),
    Minute("2024-25-Q4", "cp_attendance", "The chair will write to the chief superintendent.", group="Police",
           outcome="Written on 2 May; answered on 19 May."),
    Minute("2025-26-Q1", "fd_to_referral", "Look at a sample of thirty police contacts together.", group="Police",
           owner="Detective chief inspector", due=date(2025, 10, 31)),
    Minute("2025-26-Q1", "as_45wd", "The group asks what became of the families who waited longest.",
           outcome="Ten files were read: two of the children are now on plans."),
    Minute("2025-26-Q2", "ic_15wd", "The group will see the Monday list at its next meeting.",
           owner="Head of safeguarding", due=date(2026, 1, 23)),
)  # fmt: skip


def say(places: Places, quarters: Iterable[Period]) -> None:
    """Writes what is of the quarters given in the journal, once: what is there from before is not said again."""
    journal = Journal(places)
    there = {entry.thread for entry in journal.latest("commentary")}
    there |= {decision_of(entry).text for entry in journal.latest("decision")}
    there |= {action_of(entry).action for entry in journal.latest("action")}
    among = {str(period) for period in quarters}
    for quarter in sorted(among):
        _comments([one for one in COMMENTS if one.quarter == quarter and _thread(one) not in there], places)
        _minutes([one for one in MINUTES if one.quarter == quarter and one.text not in there], places)


def _thread(one: Comment) -> str:
    return commentary_thread(subject_of(one.indicator, one.group), one.quarter, one.agency)


def _comments(said: Sequence[Comment], places: Places) -> None:
    for one in said:
        promised = Promise(one.indicator, one.group, *one.promised) if one.promised else None
        comment(
            _journal(places, one.quarter, _WRITTEN),
            Commentary(one.behind, one.means, one.doing, one.owner, one.due, one.know, promised),
            subject=subject_of(one.indicator, one.group), period=one.quarter, agency=one.agency, author=one.author,
            after=0,
        )  # fmt: skip


def _minutes(said: Sequence[Minute], places: Places) -> None:
    for one in said:
        taken = Action(one.text, one.owner, one.due) if one.owner else Decision(one.text, one.outcome)
        record(
            _journal(places, one.quarter, _MET), taken, subject=subject_of(one.indicator, one.group),
            period=one.quarter, author="Business manager",
        )  # fmt: skip


def _journal(places: Places, quarter: str, days: int) -> Journal:
    day = Period.parse(quarter).end + timedelta(days=days)
    return Journal(places, now=lambda: datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
