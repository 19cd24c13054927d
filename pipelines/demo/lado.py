"""The LADO's register: five kinds of contact in the proportions that were printed for 2019-20, and what came of each.

Source: Herefordshire Safeguarding Children Partnership, annual report 2019-20: 339 contacts, of which 119 met the
threshold, 52 did not, 134 were advice, 18 went to another LADO and 16 to adult safeguarding.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from pipelines.demo.calendar import FRONT_DOOR_FROM, number_of, simulated_quarters
from pipelines.demo.county import County
from pipelines.demo.draw import add_weekdays, office_day, spread, weighted
from pipelines.demo.listing import Cell, Code
from pipelines.demo.partner_records import Record, Stream, entered, labels, numbered, yes
from pipelines.demo.stories_of_partners import CONCLUSIONS_SLOW
from returns.periods import Period

TYPES: dict[str, int] = {
    "Referral meeting the threshold": 119, "Referral not meeting the threshold": 52, "Advice or consultation": 134,
    "Referred to another LADO": 18, "Passed to adult safeguarding": 16,
}
# Contacts a financial year: 293 and 339 were printed for 2018-19 and 2019-20; these are chosen near the second.
YEARLY = {2020: 301, 2021: 322, 2022: 346, 2023: 332, 2024: 339, 2025: 344}
_SEASON = (25, 20, 28, 27)
_MET = "Referral meeting the threshold"
_SECTORS = (
    ("Education", 42), ("Early years", 11), ("Foster care", 12), ("Residential", 9), ("Social care", 5), ("Health", 6),
    ("Police", 1), ("Transport", 4), ("Sport and leisure", 4), ("Faith", 1), ("Voluntary", 3), ("Other", 2),
)
_TOLD_BY = (
    ("Schools", 40), ("Early years", 10), ("Police", 14), ("Social care", 16), ("Hospital", 5),
    ("Another authority", 6), ("Voluntary sector", 4), ("Member of the public", 3), ("Other", 2),
)
_LIMBS = (("Harmed", 42), ("Offence", 20), ("Risk of harm", 26), ("Unsuitable", 12))
_ABUSE = (("Physical abuse", 44), ("Sexual abuse", 26), ("Emotional abuse", 18), ("Neglect", 12))
_ENDS = (("Substantiated", 33), ("Unsubstantiated", 36), ("Unfounded", 19), ("False", 8), ("Malicious", 4))
_ROLES = {
    "Education": "Teaching staff", "Early years": "Nursery staff", "Foster care": "Foster carer",
    "Residential": "Residential worker", "Transport": "Driver or escort", "Health": "Clinical staff",
}
# Days to a conclusion, from and to, each as often as its weight: within one, three and twelve months, and longer.
_DAYS = ((3, 30, 60), (31, 90, 24), (92, 360, 13), (368, 470, 3))
_DAYS_SLOW = ((3, 30, 20), (31, 90, 26), (92, 360, 48), (368, 470, 6))


def lado_contacts(county: County) -> Stream:
    """The register: an extract carries a year of contacts, and any that is open or was concluded since."""
    rng = Random(f"{county.seed}/allegations")
    records = [
        record for period in simulated_quarters() if period.start >= FRONT_DOOR_FROM
        for record in _of_quarter(rng, period)
    ]  # fmt: skip
    records.sort(key=lambda record: record.happened)
    for number, record in enumerate(records, start=1):
        record.cells["lado_ref"] = numbered("L", number)
    return Stream(
        "lado_contacts", "council", records, {"concluded": ("outcome",), "managed_meeting": ()},
        {"outcome": Code("allegation_outcome", "Ongoing")}, reach=12,
    )


def _of_quarter(rng: Random, period: Period) -> list[Record]:
    year, number = number_of(period)
    yearly = spread(YEARLY[year], list(TYPES.values()))
    counts = [spread(count, _SEASON)[number - 1] for count in yearly]
    return [
        _contact(rng, kind, office_day(rng, period.start, period.end))
        for kind, count in zip(TYPES, counts, strict=True) for _ in range(count)
    ]  # fmt: skip


def _contact(rng: Random, kind: str, received: date) -> Record:
    sector = weighted(rng, _SECTORS)
    waited = 0 if rng.random() < 0.5 else 1 if rng.random() < 0.55 else int(rng.triangular(2, 30, 3))
    cells: dict[str, Cell] = {
        "received": received, "alleged": add_weekdays(received, -waited) if rng.random() < 0.9 else None,
        "contact_type": Code("lado_contact_type", kind), "referring_agency": labels(rng, "referring_agency", _TOLD_BY),
        "employer_sector": Code("employer_sector", sector), "role_group": _ROLES.get(sector, "Other staff"),
        "in_work": yes(rng, 0.72),
    }
    if kind != _MET:
        return Record(received, entered(rng, received), cells)
    slow = CONCLUSIONS_SLOW.shows_on(received)
    first, last, _ = rng.choices(_DAYS_SLOW if slow else _DAYS, [row[2] for row in (_DAYS_SLOW if slow else _DAYS)])[0]
    concluded = received + timedelta(days=rng.randint(first, last))
    outcome = weighted(rng, _ENDS)
    cells |= {
        "threshold_limb": labels(rng, "threshold_limb", _LIMBS), "abuse_category": labels(rng, "category", _ABUSE),
        "managed_meeting": add_weekdays(received, rng.randint(2, 12)) if rng.random() < 0.8 else None,
        "police_investigation": yes(rng, 0.36), "suspended": yes(rng, 0.24),
        "outcome": Code("allegation_outcome", outcome), "concluded": concluded,
        "dbs_referral": yes(rng, 0.3 if outcome == "Substantiated" else 0.01),
        "regulator_referral": yes(rng, 0.2 if outcome == "Substantiated" else 0.01),
    }
    return Record(received, entered(rng, received), cells, until=concluded)
