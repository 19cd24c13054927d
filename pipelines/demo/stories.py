"""The stories planted in the demonstration: what a reader of the scorecard ought to notice, and when it first shows.

Everything else in the county moves as the published figures and chance move it. Tests look
for each story in the simulated truth and in the figures worked out from the loaded workbooks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from returns.periods import Period

Way = Literal["higher", "lower"]


@dataclass(frozen=True)
class Story:
    """One planted story.

    `indicator` is the one that shows it, in the group `group` of `by` where it is about part of
    the county. `first` is the quarter in which it shows first and `last` the last one, None where
    it goes on. The figure is `way` than the mean of the four quarters before by `by_at_least`
    (per cent points for shares, counts for counts). `basis` is `reported` where the story is
    what an extract held when it was sent, which later ones have put right.
    """

    id: str
    indicator: str
    by: str | None
    group: str | None
    first: Period
    last: Period | None
    way: Way
    by_at_least: float
    planted: str
    basis: Literal["known", "reported"] = "known"

    def shows_on(self, day: date) -> bool:
        """Whether what happens on the day is part of it."""
        return self.first.start <= day and (self.last is None or day <= self.last.end)


def story(
    name: str, indicator: str, first: str, way: Way, by_at_least: float, planted: str, *,
    by: str | None = None, group: str | None = None, last: str | None = None,
    basis: Literal["known", "reported"] = "known",
) -> Story:
    until = Period.parse(last) if last else None
    return Story(name, indicator, by, group, Period.parse(first), until, way, by_at_least, planted, basis)


STORIES: tuple[Story, ...] = (
    story(
        "care_leavers_in_touch", "cl_in_touch", "2023-24-Q1", "higher", 10,
        "A new team of personal advisers: the share of care leavers in touch with the council rises from 78 to 93 per "
        "cent and stays there.",
    ),
    story(
        "late_batch", "fd_contacts", "2023-24-Q3", "lower", 60,
        "The health service's contacts of November and December 2023 were entered in the last days of January: the "
        "quarter's own extract lacks them, the next one has them.",
        last="2023-24-Q3", basis="reported",
    ),
    story(
        "slow_team", "as_45wd", "2024-25-Q2", "lower", 40,
        "Assessment Team North loses half its social workers: its assessments take more than 45 working days from "
        "here on, and the county's share in time falls with them.",
        by="team", group="Assessment Team North",
    ),
    story(
        "team_renamed", "cp_open", "2024-25-Q1", "lower", 40,
        "Safeguarding Team East is called Family Safeguarding East from this quarter's extract on: the children are "
        "the same ones.",
        by="team", group="Safeguarding Team East", basis="reported",
    ),
    story(
        "large_family", "cp_repeat_plan", "2024-25-Q3", "higher", 15,
        "Nine brothers and sisters go on a second plan on one day in November, in a quarter when other families' "
        "plans are repeated more than usual too.",
        last="2024-25-Q3",
    ),
    story(
        "schools_surge", "fd_contacts", "2024-25-Q4", "higher", 80,
        "After training on the new threshold document, schools make half as many contacts again for one term.",
        by="source", group="Schools", last="2024-25-Q4",
    ),
    story(
        "visits_slip", "cp_visited_in_time", "2024-25-Q4", "lower", 15,
        "Children on plans are visited late: 58 per cent within the local clock on the extract's date, 90 before and "
        "after.",
        last="2024-25-Q4",
    ),
    story(
        "police_stop_converting", "fd_to_referral", "2025-26-Q1", "lower", 15,
        "The police send as many contacts as before, but few become referrals: all notifications are now passed on "
        "without triage.",
        by="source", group="Police",
    ),
    story(
        "anonymous_vanishes", "fd_contacts", "2025-26-Q1", "lower", 30,
        "The new online form asks for a name, so the code for anonymous contacts is no longer used at all.",
        by="source", group="Anonymous",
    ),
    story(
        "fewer_re_referrals", "ref_repeat_12m", "2025-26-Q1", "lower", 5,
        "A check before closing cases: referrals that follow another within twelve months fall from 15 to 8 per cent.",
    ),
    story(
        "conferences_slip", "ic_15wd", "2025-26-Q2", "lower", 25,
        "Two conference chairs leave: half of initial conferences are held later than 15 working days.",
        last="2025-26-Q2",
    ),
    story(
        "dental_collapse", "cla_dental", "2025-26-Q2", "lower", 12,
        "The dental clinic for children in care closes: not one check is recorded in the quarter.",
        last="2025-26-Q2",
    ),
)
