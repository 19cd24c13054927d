"""The simulated county's records: children, families and their episodes of need.

A family's children are referred together, so an episode belongs to a family and
each of its events to every child in it. Only periods of care are a child's own,
because brothers and sisters leave care on different days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

# How an episode goes furthest: assessed and closed, a child in need plan, an enquiry, a conference
# without a plan, a child protection plan, care, or care of an unaccompanied asylum-seeking child.
Kind = Literal["closed", "in_need", "enquiry", "conference", "plan", "care", "uasc"]


@dataclass(slots=True)
class Child:
    """One child. `number` is the council's own identifier."""

    number: int
    birth: date
    sex: str
    ethnicity: str
    disabled: bool


@dataclass(slots=True)
class Family:
    """Children referred together, and what later episodes need to know of earlier ones."""

    order: int
    children: list[Child]
    locality: int
    earlier_plans: int = 0
    referred: date | None = None
    closed: date | None = None
    planned: date | None = None
    planned_until: date | None = None
    episodes: list[Episode] = field(default_factory=list)


@dataclass(slots=True)
class Assessment:
    """A continuous assessment of the family's children."""

    started: date
    authorised: date
    in_time: bool
    needs_support: bool = True
    child_seen: bool = True
    start_recorded: date = date.min
    end_recorded: date = date.min


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry and the initial conference it led to, if it did."""

    started: date
    conference: date | None = None
    made_plan: bool = False
    recorded: date = date.min
    conference_recorded: date = date.min


@dataclass(slots=True)
class Plan:
    """A child protection plan; `ended` is None while it is open beyond the horizon."""

    started: date
    ended: date | None = None
    repeat: bool = False
    previous: int = 0
    initial_category: str = ""
    latest_category: str = ""
    emergency: bool = False
    long: bool = False
    start_recorded: date = date.min
    end_recorded: date = date.min
    states: dict[str, PlanState] = field(default_factory=dict)


@dataclass(slots=True)
class Care:
    """One child's period of being looked after."""

    started: date
    ceased: date | None = None
    reason: str = ""
    code: str = ""
    uasc: bool = False
    birth: date | None = None
    order: int = 0
    start_recorded: date = date.min
    end_recorded: date = date.min
    placements: list[Placement] = field(default_factory=list)
    states: dict[str, CareState] = field(default_factory=dict)


@dataclass(slots=True)
class Placement:
    """Where a child looked after lived from a day on. `miles` is the distance from home."""

    started: date
    kind: str
    provider: str
    postcode: str
    urn: str
    outside: bool
    authority: str
    miles: float


@dataclass(slots=True)
class CareState:
    """What is known of a period of care on an extract's date: the latest of each, None where there was none."""

    review: date | None = None
    visit: date | None = None
    officer: date | None = None
    health: date | None = None
    dental: date | None = None
    missing: int = 0
    absent: int = 0
    offered: str = ""
    accepted: str = ""


@dataclass(slots=True)
class PlanState:
    """What is known of a child protection plan on an extract's date."""

    visit: date | None = None
    alone: str = ""
    review: date | None = None


@dataclass(slots=True)
class Episode:
    """A family's episode of need, from its referral to its closure."""

    kind: Kind
    size: int
    referred: date
    locality: int = 0
    source_group: str = ""
    source: str = ""
    assessment: Assessment | None = None
    reassessments: list[Assessment] = field(default_factory=list)
    enquiry: Enquiry | None = None
    plan: Plan | None = None
    care: list[Care] = field(default_factory=list)
    re_referral: bool = False
    repeat_plan: bool = False
    stays_in_need: bool = False
    sticky: bool = False
    nfa: bool = False
    in_need_from: date | None = None
    closed: date | None = None
    closure: str = ""
    seen: dict[str, date] = field(default_factory=dict)
    need: str = "N1"
    recorded: date = date.min
    closure_recorded: date = date.min
    family: Family | None = None

    @property
    def children(self) -> list[Child]:
        """The family's children; empty until the episode has been given to a family."""
        return self.family.children if self.family else []


@dataclass(slots=True)
class Contact:
    """A contact about one child. A withdrawn one was made in error and deleted by the next extract."""

    child: Child
    received: date
    source: str
    recorded: date
    withdrawn: bool = False


@dataclass(slots=True)
class EarlyHelp:
    """An early help assessment of one child."""

    child: Child
    started: date
    completed: date | None
    organisation: str
    recorded: date


@dataclass(slots=True)
class Leaver:
    """A young person who left care, and what is known of them on each extract's date."""

    child: Child
    uasc: bool
    left: date
    until: date
    in_touch: dict[str, str] = field(default_factory=dict)
    suitable: dict[str, bool] = field(default_factory=dict)
    accommodation: dict[str, str] = field(default_factory=dict)
    activity: dict[str, str] = field(default_factory=dict)
    last_contact: dict[str, date] = field(default_factory=dict)
