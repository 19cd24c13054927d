"""The simulated county: everything that truly happened, before anyone extracted or mistyped it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipelines.demo.assessing import assess, reassess
from pipelines.demo.care import plan_care
from pipelines.demo.care_checks import check
from pipelines.demo.categories import categorise
from pipelines.demo.families import settle
from pipelines.demo.front_door import offer_early_help, take_contacts
from pipelines.demo.journeys import plan_episodes
from pipelines.demo.leavers import list_leavers
from pipelines.demo.people import Register
from pipelines.demo.placements import place
from pipelines.demo.plan_checks import check_plans, see_children
from pipelines.demo.protection import plan_protection
from pipelines.demo.recording import record
from pipelines.demo.records import Contact, EarlyHelp, Episode, Family, Leaver

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class County:
    """What happened to the county's children, as the truth that the workbooks are extracts of."""

    seed: int
    families: list[Family]
    episodes: list[Episode]
    contacts: list[Contact]
    early_help: list[EarlyHelp]
    leavers: list[Leaver]


def simulate(seed: int = 1) -> County:
    """The county that the seed gives: the same seed and Python version, the same county."""
    rng = Random(seed)
    protected = plan_protection(rng)
    looked = plan_care(rng)
    episodes = plan_episodes(rng, protected, looked)
    assess(rng, episodes)
    register = Register(rng)
    settle(rng, episodes, register)
    reassess(rng, episodes)
    categorise(rng, episodes)
    record(rng, episodes)
    care = [period for episode in episodes for period in episode.care]
    place(rng, care)
    check(rng, care)
    check_plans(rng, episodes)
    see_children(rng, episodes)
    contacts = take_contacts(rng, episodes, register)
    early_help = offer_early_help(rng, contacts, register)
    leavers = list_leavers(rng, episodes, register)
    return County(seed, register.families, episodes, contacts, early_help, leavers)
