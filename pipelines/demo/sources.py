"""Who makes contacts and referrals, how many of each a quarter, and with which codes.

Yearly referrals by source follow the Department's file c5 and, for 2024-25, LAIT's
percentages (police 23.0, schools 25.9, health 17.1 of 1,806). Contacts are not
published: their levels are chosen, about 1,150 to 1,250 a quarter.
"""

from __future__ import annotations

from pipelines.demo import figures
from pipelines.demo.draw import spread

GROUPS = (
    "Police", "Schools", "Health services", "Individual", "LA services", "Education services", "Housing",
    "Other legal agency", "Other", "Anonymous", "Unknown",
)

# The published codes of each group and how often each is used.
CODES: dict[str, tuple[tuple[str, int], ...]] = {
    "Police": (("6", 1),),
    "Schools": (("2A", 1),),
    "Health services": (("3A", 4), ("3B", 5), ("3C", 2), ("3D", 2), ("3E", 4), ("3F", 2)),
    "Individual": (("1A", 6), ("1B", 3), ("1C", 1), ("1D", 1)),
    "LA services": (("5A", 4), ("5B", 5), ("5C", 2)),
    "Education services": (("2B", 1),),
    "Housing": (("4", 1),),
    "Other legal agency": (("7", 1),),
    "Other": (("8", 1),),
    "Anonymous": (("9", 1),),
    "Unknown": (("10", 1),),
}

# Referrals by group, in the order of GROUPS. 2022-23 is the published count of each source
# (housing and other legal agency are hidden there; nine are left for the two); 2023-24 is chosen.
_REFERRALS_BY_YEAR: dict[int, tuple[int, ...]] = {
    2019: (402, 210, 256, 170, 190, 30, 20, 8, 10, 20, 5),
    2020: (340, 113, 187, 160, 212, 21, 15, 3, 0, 3, 26),
    2021: (628, 414, 451, 263, 320, 38, 36, 10, 0, 37, 111),
    2022: (339, 255, 275, 160, 147, 29, 5, 4, 0, 20, 335),
    2023: (222, 212, 175, 130, 122, 26, 16, 8, 9, 20, 60),
    2024: (415, 468, 309, 235, 225, 48, 34, 16, 18, 32, 6),
}
# From 2025-26-Q1 the police's contacts stop becoming referrals and code 9, anonymous, is gone.
_REFERRALS_2025 = (18, 120, 78, 59, 57, 12, 9, 4, 5, 0, 2)
_UNKNOWN_2022 = (0.33, 0.29, 0.22, 0.16)
_UNKNOWN_2023 = (0.45, 0.27, 0.17, 0.11)

_CONTACTS = (385, 232, 193, 128, 128, 32, 26, 20, 18, 44, 12)
SCHOOL_SURGE = 120


def referrals_by_source(year: int, number: int, total: int) -> dict[str, int]:
    """How many of the `total` referrals of quarter `number` (1 to 4) came from each group."""
    if year >= 2025:
        parts = spread(total, [float(part) for part in _REFERRALS_2025])
    else:
        yearly = [float(part) for part in _REFERRALS_BY_YEAR[year]]
        weights = _UNKNOWN_2022 if year == 2022 else _UNKNOWN_2023 if year == 2023 else None
        quarters = figures.REFERRALS[year]
        unknown = round(yearly[-1] * (weights[number - 1] if weights else quarters[number - 1] / sum(quarters)))
        parts = [*spread(total - unknown, yearly[:-1]), unknown]
    return dict(zip(GROUPS, parts, strict=True))


def contacts_by_source(year: int, number: int) -> dict[str, int]:
    """How many contacts each group made in the quarter, before chance moves it."""
    levels = dict(zip(GROUPS, _CONTACTS, strict=True))
    if (year, number) == (2024, 4):
        levels["Schools"] += SCHOOL_SURGE
    if year >= 2025:
        levels["Anonymous"] = 0
    return levels
