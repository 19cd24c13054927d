"""Contacts and early help: what comes before a referral, and what comes instead of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo.calendar import FRONT_DOOR_FROM, HORIZON, number_of, quarter_start, simulated_quarters
from pipelines.demo.draw import family_sizes, office_day, poisson, roll, weighted
from pipelines.demo.people import Register
from pipelines.demo.recording import after, in_late_batch, late_batch_day
from pipelines.demo.records import Child, Contact, EarlyHelp, Episode, Family
from pipelines.demo.sources import CODES, contacts_by_source
from returns.periods import Period

_SIZES = ((1, 66), (2, 22), (3, 9), (4, 3))
_BACK_AGAIN = 0.22
_ABOUT_OPEN = 0.08
_WITHDRAWN = 0.003
_EARLY_HELP_A_QUARTER = 172
_LEAD = (
    ("Early Help Hub", 26), ("Family Support Team", 20), ("Children's Centre Services", 8), ("Primary school", 17),
    ("High school", 12), ("Health Visiting Service", 8), ("School Nursing Service", 4), ("Voluntary sector", 5),
)


def take_contacts(rng: Random, episodes: Sequence[Episode], register: Register) -> list[Contact]:
    """Every contact in date order: one before each referral, and the ones that went no further."""
    contacts = [contact for episode in episodes for contact in _of_referral(rng, episode)]
    converted: dict[tuple[date, str], int] = {}
    quarters = [quarter for quarter in simulated_quarters() if quarter.start >= FRONT_DOOR_FROM]
    group_of = {code: group for group, codes in CODES.items() for code, _ in codes}
    for contact in contacts:
        key = (quarter_start(contact.received), group_of[contact.source])
        converted[key] = converted.get(key, 0) + 1
    seen: list[Family] = []
    for quarter in quarters:
        helped = (e for e in episodes if e.referred < quarter.start and (not e.closed or e.closed > quarter.end))
        known = [episode.family for episode in helped if episode.family]
        # A year's families, about 2,500, are remembered for a second contact.
        del seen[:-2500]
        for group, level in contacts_by_source(*number_of(quarter)).items():
            # Chance moves a quarter's contacts less than it would if each came alone.
            made = round(level + (poisson(rng, level) - level) * 0.7)
            left = max(0, made - converted.get((quarter.start, group), 0))
            contacts += _going_no_further(rng, (quarter, group, left), known, seen, register)
    return _one_a_day(sorted(contacts, key=lambda contact: (contact.received, contact.child.number)))


def _of_referral(rng: Random, episode: Episode) -> list[Contact]:
    received = roll(episode.referred - timedelta(days=weighted(rng, ((0, 70), (1, 25), (2, 5)))), -1)
    if received < FRONT_DOOR_FROM:
        return []
    recorded = episode.recorded if episode.recorded > received + timedelta(days=10) else after(rng, received, most=20)
    return [Contact(child, received, episode.source, recorded) for child in episode.children]


def _going_no_further(
    rng: Random, wanted: tuple[Period, str, int], known: Sequence[Family], seen: list[Family], register: Register
) -> list[Contact]:
    quarter, group, count = wanted
    contacts: list[Contact] = []
    for size in family_sizes(rng, count, _SIZES):
        received = office_day(rng, quarter.start, quarter.end)
        draw = rng.random()
        if draw < _BACK_AGAIN and seen:
            family = rng.choice(seen)
        elif draw < _BACK_AGAIN + _ABOUT_OPEN and known:
            family = rng.choice(known)
        else:
            family = register.family(size, met=received, oldest=17.2, unborn=0.02)
            seen.append(family)
        code = weighted(rng, CODES[group])
        recorded = late_batch_day(rng) if in_late_batch(group, received) else after(rng, received)
        withdrawn = rng.random() < _WITHDRAWN
        children = [child for child in family.children if (received - child.birth).days < 6500]
        contacts += [Contact(child, received, code, recorded, withdrawn) for child in children[:size]]
    return contacts


def _one_a_day(contacts: Sequence[Contact]) -> list[Contact]:
    """One contact a child, day and source: a second would be the same event."""
    kept: dict[tuple[int, date, str], Contact] = {}
    for contact in contacts:
        kept.setdefault((contact.child.number, contact.received, contact.source[:1]), contact)
    return list(kept.values())


def offer_early_help(rng: Random, contacts: Sequence[Contact], register: Register) -> list[EarlyHelp]:
    """Every early help assessment: half of them on children about whom there had been a contact."""
    helped: list[EarlyHelp] = []
    started_on: dict[tuple[int, date], bool] = {}
    heard_in: dict[date, list[Child]] = {}
    for contact in contacts:
        heard_in.setdefault(quarter_start(contact.received), []).append(contact.child)
    for quarter in simulated_quarters():
        if quarter.start < FRONT_DOOR_FROM:
            continue
        heard = heard_in[quarter.start]
        for _ in range(max(0, round(rng.gauss(_EARLY_HELP_A_QUARTER, 8)))):
            started = office_day(rng, quarter.start, quarter.end)
            child = rng.choice(heard) if rng.random() < 0.5 else register.family(1, met=started, unborn=0).children[0]
            if (child.number, started) in started_on or child.birth > started:
                continue
            started_on[child.number, started] = True
            completed = roll(started + timedelta(days=int(rng.triangular(12, 190, 45))))
            done = completed if completed <= HORIZON else None
            helped.append(EarlyHelp(child, started, done, weighted(rng, _LEAD), after(rng, started)))
    return helped
