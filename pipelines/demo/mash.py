"""The front-door log: every contact of List 1 again, with when it was decided, how, and whether its sender was told.

A contact that has a referral became one, on the referral's own day. The log has a random stream of its own, so
that nothing of Annex A depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from pipelines.demo.calendar import MOST_QUARTERS, extract_quarters
from pipelines.demo.county import County
from pipelines.demo.draw import add_weekdays, roll, weighted
from pipelines.demo.listing import Cell, Code
from pipelines.demo.partner_records import Record, Stream, labels, yes
from pipelines.demo.records import Child, Contact, Episode
from pipelines.demo.stories_of_partners import FEEDBACK_STOPS, NEW_FORM
from returns.periods import add_months

# The agencies of each code of List 1, and how often each.
_AGENCIES: dict[str, tuple[tuple[str, float], ...]] = {
    "6": (("Police", 1),), "2A": (("Schools", 1),), "2B": (("Education services", 8), ("Early years", 3)),
    "3A": (("GP", 1),), "3B": (("Health visiting", 1),), "3C": (("School nursing", 1),),
    "3D": (("Midwifery", 3), ("Other health services", 2)), "3E": (("Hospital", 8), ("Ambulance service", 2)),
    "3F": (("Mental health", 5), ("Substance misuse", 2), ("Other health services", 2)),
    "1A": (("Family or friend", 1),), "1B": (("Member of the public", 1),), "1C": (("Family or friend", 1),),
    "1D": (("Member of the public", 1),), "5A": (("Social care", 1),),
    "5B": (("Early help", 6), ("Other council services", 4)), "5C": (("Another authority", 1),),
    "4": (("Housing", 1),), "7": (("Probation", 4), ("Youth justice", 3), ("Courts and Cafcass", 3)),
    "8": (("Voluntary sector", 5), ("Domestic abuse service", 4), ("Other", 2)), "9": (("Anonymous", 1),),
}
_ROLES = {
    "Police": "Response officer", "Schools": "Designated safeguarding lead", "GP": "Practice safeguarding lead",
    "Health visiting": "Health visitor", "Hospital": "Emergency department nurse", "Midwifery": "Community midwife",
    "Housing": "Tenancy officer", "Mental health": "Care coordinator",
}
_FORM = (("MARF", 76), ("Telephone", 12), ("Online", 10), ("Other", 2))
_OF_POLICE = (("Police notification", 90), ("MARF", 10))
_OF_PEOPLE = (("Telephone", 62), ("Online", 35), ("Other", 3))
_PEOPLE = ("Family or friend", "Member of the public", "Anonymous")
_RATINGS = (("Red", 7), ("Amber", 36), ("Green", 49), ("Blue", 8))
_HOURS = {"Red": (0.3, 5, 1.2), "Amber": (0.8, 30, 5), "Green": (1.5, 52, 9), "Blue": (2, 52, 12)}
_CONCERNS = (
    ("Neglect", 20), ("Emotional abuse", 14), ("Physical abuse", 12), ("Sexual abuse", 6), ("Domestic abuse", 19),
    ("Parental mental health", 8), ("Parental substance misuse", 6), ("Child criminal exploitation", 3),
    ("Child sexual exploitation", 2), ("Missing", 2), ("Self-harm", 4), ("Disability", 2), ("Other", 2),
)
_CONSENT = (("Yes", 60), ("Not needed", 23), ("No", 17))
_CONSENT_OF_POLICE = (("Yes", 24), ("Not needed", 46), ("No", 30))
_NO_REFERRAL = (
    ("No further action", 22), ("Advice and information", 44), ("Early help", 32), ("Strategy discussion", 2),
)
_NO_REFERRAL_OF_POLICE = (("No further action", 50), ("Advice and information", 34), ("Early help", 16))
_LEVELS = {
    "Referral to social care": ((3, 30), (4, 70)), "Strategy discussion": ((4, 1),), "Existing case": ((3, 1), (4, 2)),
    "Early help": ((2, 70), (3, 30)), "Advice and information": ((1, 40), (2, 60)),
    "No further action": ((1, 70), (2, 30)),
}


def front_door_log(county: County) -> Stream:
    """The log of the county's front door, kept by the council."""
    rng = Random(f"{county.seed}/front-door log")
    episodes = _episodes(county)
    became = _referrals(county)
    records = []
    # What came before the first extract's reach is in no file.
    first = add_months(extract_quarters(MOST_QUARTERS)[0].start, -3)
    reached = (contact for contact in county.contacts if contact.received >= first)
    for number, contact in enumerate(reached, start=1):
        record = _logged(rng, contact, became.get(id(contact)), episodes.get(contact.child.number, []))
        record.cells["contact_id"] = f"C-{number:06d}"
        records.append(record)
    told = ("outcome", "final_rating", "level_of_need")
    return Stream("front_door_contacts", "council", records, {"decided": told, "feedback_sent": ()})


def _episodes(county: County) -> dict[int, list[Episode]]:
    found: dict[int, list[Episode]] = {}
    for episode in county.episodes:
        for child in episode.children:
            found.setdefault(child.number, []).append(episode)
    return found


def _referrals(county: County) -> dict[int, date]:
    """The day of the referral that each contact became, by the contact: the last one in the days before it."""
    heard: dict[tuple[int, str], list[Contact]] = {}
    for contact in county.contacts:
        heard.setdefault((contact.child.number, contact.source), []).append(contact)
    found: dict[int, date] = {}
    for episode in county.episodes:
        for child in episode.children:
            near = [
                contact for contact in heard.get((child.number, episode.source), [])
                if 0 <= (episode.referred - contact.received).days <= 10 and not contact.withdrawn
            ]
            if near:
                found[id(max(near, key=lambda contact: contact.received))] = episode.referred
    return found


def _logged(rng: Random, contact: Contact, referred: date | None, episodes: list[Episode]) -> Record:
    code = contact.source
    agency = weighted(rng, _AGENCIES[code]) if code in _AGENCIES else None
    rating = weighted(rng, _RATINGS)
    received = _time_of(rng, contact.received, at_night=agency == "Police")
    decided = _decided(rng, received, rating, referred)
    kind = _kind(rng, agency)
    outcome = _outcome(rng, contact, agency, referred, episodes)
    concern = weighted(rng, _CONCERNS)
    cells: dict[str, Cell] = {
        "child_id": contact.child.number, "received": received, "decided": decided,
        "referring_agency": Code("referring_agency", agency) if agency else None,
        "referrer_role": _ROLES.get(agency or ""), "contact_type": Code("contact_type", kind),
        "received_rating": Code("rating", rating),
        "final_rating": Code("rating", rating if rng.random() < 0.8 else weighted(rng, _RATINGS)),
        "age": _age(contact.child, contact.received),
        "unborn": "Yes" if contact.child.birth > contact.received else "No",
        "consent": labels(rng, "consent", _CONSENT_OF_POLICE if agency == "Police" else _CONSENT),
        "main_concern": Code("concern", concern),
        "domestic_abuse": "Yes" if concern == "Domestic abuse" else yes(rng, 0.17),
        "level_of_need": weighted(rng, _LEVELS[outcome]), "outcome": Code("contact_outcome", outcome),
    }
    if kind == "MARF":
        cells |= _of_form(rng, decided)
    return Record(contact.received, contact.recorded, cells, withdrawn=contact.withdrawn)


def _of_form(rng: Random, decided: datetime) -> Mapping[str, Cell]:
    good = 62 if NEW_FORM.shows_on(decided.date()) else 34
    graded = (("Good", good), ("Adequate", 82 - good), ("Poor", 18)) if rng.random() < 0.45 else (("Not assessed", 1),)
    told = rng.random() < (0.52 if FEEDBACK_STOPS.shows_on(decided.date()) else 0.89)
    sent = roll(add_weekdays(decided.date(), int(rng.triangular(0, 4.9, 1)))) if told else None
    return {"marf_quality": labels(rng, "marf_quality", graded), "feedback_sent": sent}


def _time_of(rng: Random, day: date, *, at_night: bool) -> datetime:
    minutes = rng.randint(0, 1410) if at_night else int(rng.triangular(8 * 60, 17 * 60, 11 * 60))
    return datetime.combine(day, time(minutes // 60, minutes % 60))


def _decided(rng: Random, received: datetime, rating: str, referred: date | None) -> datetime:
    """When it was decided: a referral on the referral's own day, all else by its rating; nothing at weekends."""
    if referred is not None and referred > received.date():
        return _time_of(rng, referred, at_night=False)
    decided = received + timedelta(minutes=int(60 * rng.triangular(*_HOURS[rating])))
    if referred is not None and decided.date() > referred:
        return max(received, datetime.combine(referred, time(23, 40)))
    return datetime.combine(roll(decided.date()), decided.time())


def _kind(rng: Random, agency: str | None) -> str:
    if agency == "Police":
        return weighted(rng, _OF_POLICE)
    return weighted(rng, _OF_PEOPLE if agency in _PEOPLE or agency is None else _FORM)


def _outcome(
    rng: Random, contact: Contact, agency: str | None, referred: date | None, episodes: list[Episode]
) -> str:
    if referred is not None:
        return "Referral to social care"
    is_open = any(
        episode.referred < contact.received and (episode.closed is None or episode.closed > contact.received)
        for episode in episodes
    )
    if is_open and rng.random() < 0.85:
        return "Existing case"
    return weighted(rng, _NO_REFERRAL_OF_POLICE if agency == "Police" else _NO_REFERRAL)


def _age(child: Child, day: date) -> int:
    if child.birth > day:
        return -1
    return day.year - child.birth.year - ((day.month, day.day) < (child.birth.month, child.birth.day))


