"""What is planted in the partners' returns: stories that a figure shows, and troubles with what was sent.

| what | where | from when |
| --- | --- | --- |
| Interviews after going missing stop being held in time | police, missing episodes | 2023-24-Q4, two quarters |
| A campaign: most neglect plans get a Graded Care Profile | both senders of profiles | 2024-25-Q1 |
| A new referral form: twice as many are graded good | front-door log | 2024-25-Q2 |
| The file comes eleven weeks after the quarter's end | police, missing episodes | 2024-25-Q2, once |
| Allegations take long to conclude | the LADO's register | 2024-25-Q3 |
| The police hardly come to conferences any more | conference participation | 2024-25-Q4 |
| One audit comes eleven weeks late, one has never come | section 11: probation, housing | 2024-25-Q4, 2022-23-Q4 |
| Two in five of those booked on a course stay away | training | 2024-25-Q3 |
| Senders of forms are no longer told what came of them | front-door log | 2025-26-Q1 |
| The level of need is missing from the report | front-door log | 2025-26-Q1, once |
| No special school answers the audit | section 175 | 2025-26-Q2 |
| Three times as many disputes are raised | dispute resolutions | 2025-26-Q1 |
| The police's seat at the partnership's groups is empty | group attendance | 2025-26-Q1 |
| Children on plans are less in school | education | 2025-26-Q2 |
| Two weeks of conferences are not entered | conferences and participation | 2025-26-Q2, once |
| Identifiers of the sender's own, which join to no one | police; the health trust's profiles | always |

The code that imagines the returns takes its dates from here. Tests look for each in the loaded demonstration alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipelines.demo.stories import Story, story
from returns.periods import Period, quarter

INTERVIEWS_STOP = story(
    "interviews_stop", "ms_interview_72h", "2023-24-Q4", "lower", 20,
    "The contract for return interviews ends and the next begins half a year later: three in ten are held within 72 "
    "hours in between, eight in ten before and after.",
    last="2024-25-Q1",
)
PROFILES_CAMPAIGN = story(
    "profiles_campaign", "cp_gcp", "2024-25-Q1", "higher", 10,
    "A campaign on neglect: most children on a plan for neglect get a Graded Care Profile, and those already on one "
    "are caught up with.",
)
NEW_FORM = story(
    "new_form", "fd_marf_quality", "2024-25-Q2", "higher", 15,
    "A new referral form, with training: of the forms that are looked at, 62 in 100 are good, where 34 were.",
)
CONCLUSIONS_SLOW = story(
    "conclusions_slow", "la_closed_3m", "2024-25-Q3", "lower", 20,
    "The designated officer is away and the cover has half the days: half of allegations take more than three months "
    "to conclude.",
)
POLICE_STAY_AWAY = story(
    "police_stay_away", "cp_attendance", "2024-25-Q4", "lower", 30,
    "The police come to one conference in five, where they came to four: they read what is sent to them instead.",
    by="participant", group="Police",
)
FEEDBACK_STOPS = story(
    "feedback_stops", "fd_feedback", "2025-26-Q1", "lower", 20,
    "The post that told senders of a form what came of it is vacant: half are told, where nine in ten were.",
)
SPECIAL_SCHOOLS_SILENT = story(
    "special_schools_silent", "s175_returned", "2025-26-Q2", "lower", 90,
    "No special school returns the audit of 2024-25: the person who did it for all four of them has left.",
    by="phase", group="Special",
)
NO_SHOWS = story(
    "no_shows", "tr_attended", "2024-25-Q3", "lower", 10,
    "Places on courses are no longer charged for when nobody comes: two in five of those booked stay away, where one "
    "in eight did.",
)
DISPUTES_RISE = story(
    "disputes_rise", "dr_raised", "2025-26-Q1", "higher", 5,
    "A new manager of the reviewing officers asks them to put every dispute on record: three times as many are raised.",
)
POLICE_SEAT_EMPTY = story(
    "police_seat_empty", "ga_represented", "2025-26-Q1", "lower", 40,
    "The superintendent moves on: the police are at one of the partnership's meetings in seven, where they were at "
    "nearly all.",
    by="organisation", group="police",
)
PLANS_ABSENT = story(
    "plans_absent", "ed_attendance_cpp", "2025-26-Q2", "lower", 5,
    "The education welfare service is cut: children on plans are in school for 72 sessions of a hundred, where they "
    "were for 81.",
)
PARTNER_STORIES: tuple[Story, ...] = (
    INTERVIEWS_STOP, PROFILES_CAMPAIGN, NEW_FORM, CONCLUSIONS_SLOW, POLICE_STAY_AWAY, FEEDBACK_STOPS,
    SPECIAL_SCHOOLS_SILENT, NO_SHOWS, DISPUTES_RISE, POLICE_SEAT_EMPTY, PLANS_ABSENT,
)  # fmt: skip

# How a trouble comes to be noticed: on the Returns page, on the Contradictions page, or by the checks of a load.
Notice = Literal["late", "missing", "blank_column", "contradiction", "own_identifiers"]


@dataclass(frozen=True)
class Trouble:
    """Something wrong with what an agency sent for a return.

    `first` is the quarter whose file has it first, `last` the last one; None where it never ends. `notice` is how it
    comes to be noticed and `what` the column or the pair of numbers that shows it.
    """

    id: str
    return_name: str
    agency: str
    first: Period
    last: Period | None
    notice: Notice
    planted: str
    what: str = ""


_FIRST = quarter(2021, 3)

POLICE_FILE_LATE = Trouble(
    "police_file_late", "missing_episodes", "police", quarter(2024, 2), quarter(2024, 2), "late",
    "The police's file comes eleven weeks after the quarter's end.",
)
AUDIT_LATE = Trouble(
    "audit_late", "section_11", "probation", quarter(2024, 4), quarter(2024, 4), "late",
    "The Probation Service returns its section 11 audit ten weeks after the others.",
)
AUDIT_NEVER_RETURNED = Trouble(
    "audit_never_returned", "section_11", "housing", quarter(2022, 4), None, "missing",
    "The housing associations are asked for the section 11 audit each time and have never returned it.",
)
NEED_NOT_SENT = Trouble(
    "need_not_sent", "front_door_contacts", "council", quarter(2025, 1), quarter(2025, 1), "blank_column",
    "A new report of the log has the column for the level of need and nothing in it; the next has it again.",
    what="level_of_need",
)
CONFERENCES_NOT_ENTERED = Trouble(
    "conferences_not_entered", "conferences", "council", quarter(2025, 2), quarter(2025, 2), "contradiction",
    "The conference service's conferences of 8 to 19 September were not entered by the extract's date: List 5 has "
    "the initial ones and the conferences return has not.",
    what="conferences_twice",
)
POLICE_OWN_IDENTIFIERS = Trouble(
    "police_own_identifiers", "missing_episodes", "police", _FIRST, None, "own_identifiers",
    "The police give their own number of each young person, which joins to no child of the council's.",
    what="identifiers_missing_episodes_police",
)
TRUST_OWN_IDENTIFIERS = Trouble(
    "trust_own_identifiers", "graded_care_profiles", "wye-valley", _FIRST, None, "own_identifiers",
    "The health trust's profiles carry its own record numbers, so none of them counts for a plan.",
    what="identifiers_graded_care_profiles_wye-valley",
)
TROUBLES: tuple[Trouble, ...] = (
    POLICE_FILE_LATE, AUDIT_LATE, AUDIT_NEVER_RETURNED, NEED_NOT_SENT, CONFERENCES_NOT_ENTERED, POLICE_OWN_IDENTIFIERS,
    TRUST_OWN_IDENTIFIERS,
)  # fmt: skip

# The late ones' days beyond the extract, and the days whose conferences were typed in after it.
LATE_BY = timedelta(days=68)
NOT_ENTERED = (date(2025, 9, 8), date(2025, 9, 19))
ENTERED_AT_LAST = date(2025, 10, 20)
