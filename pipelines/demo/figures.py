"""The figures that the demonstration follows, and where each was published.

Facts from statistics of the Department for Education about Herefordshire
(E06000019, authority 884), used under the Open Government Licence v3.0. A year
is named by the financial year's first calendar year: 2024 is 2024-25.

Sources: Children in need and child protection (Explore Education Statistics files
b1, c1, c2, c4, c5, d1, d3, d4, d5, d6), Children looked after in England including
adoptions (`cla_number_and_rate_per_10k_children`), and the Local Authority
Interactive Tool (LAIT), 2016 to 2025.

Referrals, re-referrals and children assessed as not in need for 2023-24 are `u`
(not reliable) in the Department's files, and re-referrals of 2022-23 and
assessments completed in 2024-25 were not published. The demonstration chooses
plausible numbers for those and names them in CHOSEN.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """One published figure. `value` is a count, or a percentage where `unit` says per cent."""

    measure: str
    year: int
    value: float
    unit: str
    source: str


_CIN = "DfE, Children in need"
_CARE = "DfE, Children looked after in England"
_LAIT = "DfE, Local Authority Interactive Tool"


def _years(measure: str, source: str, *values: float | None, unit: str = "count") -> tuple[Published, ...]:
    """The figures of 2022-23, 2023-24 and 2024-25 that were published (None: not published)."""
    pairs = zip((2022, 2023, 2024), values, strict=True)
    return tuple(Published(measure, year, value, unit, source) for year, value in pairs if value is not None)


PUBLISHED: tuple[Published, ...] = (
    *_years("referrals", _CIN + ", c1", 1569, None, 1806),
    *_years("re_referrals", _CIN + ", c1", None, None, 267),
    *_years("referrals_no_further_action", _CIN + ", c1", 0, None, 0),
    *_years("referrals_from_police", _CIN + ", c5; " + _LAIT, 339, None, 415),
    *_years("referrals_from_schools", _CIN + ", c5; " + _LAIT, 255, None, 468),
    *_years("referrals_from_health", _CIN + ", c5; " + _LAIT, 275, None, 309),
    *_years("assessments", _CIN + ", c2", 3025, 1088, None),
    *_years("assessments_in_45_days", _CIN + ", c2; " + _LAIT, 87.9, 95.6, 71.1, unit="per cent"),
    *_years("assessed_not_in_need", _CIN + ", c1", 65, None, 25),
    *_years("section_47_enquiries", _CIN + ", c4", 863, 939, 804),
    *_years("conferences", _CIN + ", c4", 402, 370, 246),
    *_years("conferences_in_15_days", _CIN + ", c4; " + _LAIT, 56.2, 93.5, 83.3, unit="per cent"),
    *_years("plans_started", _CIN + ", d1", 329, 305, 202),
    *_years("plans_ended", _CIN + ", d1; " + _LAIT + " (rate)", 392, 325, 267),
    *_years("plans_open", _CIN + ", d1", 223, 203, 139),
    *_years("plans_repeat", _CIN + ", d3", 74, 102, 66),
    *_years("plans_ended_after_2_years", _LAIT, None, None, 6.4, unit="per cent"),
    *_years("plans_open_2_years", _LAIT, 0, None, 0),
    *_years("plans_open_3_months", _LAIT, 161, 165, 89),
    *_years("plans_reviewed_in_time", _CIN + ", d6; " + _LAIT, 67.1, 79.4, 85.4, unit="per cent"),
    *_years("plans_open_neglect", _CIN + ", d4", 89, 80, None),
    *_years("care_started", _CARE, 137, 96, 68),
    *_years("care_ceased", _CARE, 103, 122, 111),
    *_years("care_open", _CARE, 413, 387, 344),
    *_years("care_adopted", _LAIT, 11, 11, 16),
    *_years("care_special_guardianship", _LAIT, 8, 8, 15),
    *_years("care_uasc", _LAIT, 42, 38, 13),
    *_years("care_three_placements", _LAIT, 45, 42, 35),
    *_years("care_over_20_miles", _LAIT, 20, 17, 20, unit="per cent"),
    *_years("care_health", _LAIT, 73, 95, 95, unit="per cent"),
    *_years("care_dental", _LAIT, 57, 51, 72, unit="per cent"),
    *_years("leavers_19_to_21", _LAIT, 100, 102, 117),
    *_years("leavers_suitable", _LAIT, 92, 89, 90, unit="per cent"),
    *_years("leavers_occupied", _LAIT, 50, 49, 55, unit="per cent"),
    *_years("leavers_in_touch", _LAIT, None, 94, 95, unit="per cent"),
)

# What no source publishes for the year, and the number the demonstration takes instead.
CHOSEN: tuple[Published, ...] = (
    Published("re_referrals", 2022, 188, "count", "chosen: not published"),
    Published("referrals", 2023, 980, "count", "chosen: published as u, not reliable"),
    Published("re_referrals", 2023, 140, "count", "chosen: published as u, not reliable"),
    Published("referrals_from_police", 2023, 222, "count", "chosen: published as u, not reliable"),
    Published("referrals_from_schools", 2023, 212, "count", "chosen: published as u, not reliable"),
    Published("referrals_from_health", 2023, 175, "count", "chosen: published as u, not reliable"),
    Published("assessed_not_in_need", 2023, 40, "count", "chosen: published as u, not reliable"),
)

# How each year's total falls over its quarters: first financial year -> the four quarters.
# The years before 2022 are burn-in: they give the stocks of plans, care and need their age.
# 2025-26 has three: the third is needed for the days between a quarter's end and its extract.
Quarters = dict[int, tuple[int, ...]]

REFERRALS: Quarters = {
    2019: (330, 330, 331, 330), 2020: (260, 265, 275, 280), 2021: (430, 540, 640, 698),
    2022: (430, 400, 380, 359), 2023: (243, 245, 246, 246), 2024: (425, 450, 463, 468), 2025: (386, 383, 385),
}
RE_REFERRALS: Quarters = {
    2019: (31, 31, 31, 30), 2020: (28, 28, 29, 29), 2021: (50, 62, 73, 80),
    2022: (51, 48, 46, 43), 2023: (35, 35, 35, 35), 2024: (63, 66, 68, 70), 2025: (31, 30, 31),
}
ASSESSMENTS: Quarters = {
    2019: (300, 300, 300, 300), 2020: (330, 330, 340, 348), 2021: (350, 480, 640, 756),
    2022: (860, 820, 720, 625), 2023: (313, 267, 254, 254), 2024: (0, 0, 0, 0), 2025: (0, 0, 0),
}
SECTION_47: Quarters = {
    2019: (123, 123, 124, 123), 2020: (97, 97, 97, 97), 2021: (190, 240, 290, 305),
    2022: (235, 220, 210, 198), 2023: (230, 235, 240, 234), 2024: (205, 203, 200, 196), 2025: (199, 201, 199),
}
CONFERENCES_WITHOUT_PLAN: Quarters = {
    2019: (9, 10, 9, 9), 2020: (2, 2, 1, 1), 2021: (12, 15, 20, 23),
    2022: (23, 18, 17, 15), 2023: (18, 20, 17, 10), 2024: (10, 11, 11, 12), 2025: (11, 11, 11),
}
CONFERENCES_LATE: Quarters = {
    2019: (17, 18, 17, 18), 2020: (9, 9, 8, 9), 2021: (24, 33, 53, 64),
    2022: (59, 49, 39, 29), 2023: (8, 7, 6, 3), 2024: (8, 10, 12, 11), 2025: (10, 31, 10),
}
PLANS_STARTED: Quarters = {
    2019: (53, 53, 53, 53), 2020: (48, 42, 40, 40), 2021: (50, 74, 118, 142),
    2022: (102, 88, 77, 62), 2023: (88, 95, 84, 38), 2024: (46, 47, 59, 50), 2025: (50, 49, 50),
}
PLANS_REPEAT: Quarters = {
    2019: (18, 19, 18, 18), 2020: (9, 8, 8, 7), 2021: (12, 17, 26, 32),
    2022: (23, 20, 17, 14), 2023: (30, 31, 28, 13), 2024: (12, 12, 29, 13), 2025: (14, 13, 14),
}
PLANS_ENDED: Quarters = {
    2019: (54, 54, 54, 53), 2020: (43, 43, 43, 42), 2021: (45, 50, 52, 58),
    2022: (95, 105, 83, 109), 2023: (78, 80, 89, 78), 2024: (72, 70, 69, 55), 2025: (51, 52, 50),
}
# Share of plans open three months or more whose reviews were all in time, at each quarter's end.
PLANS_REVIEWED: dict[int, tuple[float, ...]] = {
    2021: (0.70, 0.69, 0.67, 0.66), 2022: (0.66, 0.67, 0.67, 0.671), 2023: (0.71, 0.74, 0.77, 0.794),
    2024: (0.81, 0.83, 0.85, 0.854), 2025: (0.86, 0.86, 0.86),
}
CARE_STARTED: Quarters = {
    2019: (24, 23, 24, 23), 2020: (21, 21, 21, 21), 2021: (38, 40, 42, 41),
    2022: (42, 36, 32, 27), 2023: (27, 25, 23, 21), 2024: (18, 17, 17, 16), 2025: (17, 17, 17),
}
CARE_STARTED_UASC: Quarters = {
    2019: (1, 1, 1, 1), 2020: (1, 1, 1, 1), 2021: (3, 3, 4, 3),
    2022: (10, 10, 9, 7), 2023: (5, 4, 4, 4), 2024: (2, 2, 1, 1), 2025: (2, 1, 2),
}
# Children who ceased to be looked after, by how: each year's total is the published one, and so
# are adoptions and special guardianship orders. Returns home follow LAIT's percentages.
CARE_CEASED: dict[str, Quarters] = {
    "adopted": {2019: (4, 4, 4, 4), 2020: (4, 4, 4, 3), 2021: (6, 5, 6, 5), 2022: (3, 3, 3, 2),
                2023: (3, 3, 2, 3), 2024: (4, 4, 4, 4), 2025: (3, 3, 3)},
    "guardianship": {2019: (3, 3, 3, 3), 2020: (8, 8, 8, 7), 2021: (3, 2, 3, 2), 2022: (2, 2, 2, 2),
                     2023: (2, 2, 2, 2), 2024: (4, 4, 3, 4), 2025: (3, 3, 2)},
    "home": {2019: (3, 3, 3, 3), 2020: (5, 5, 5, 5), 2021: (3, 2, 3, 2), 2022: (6, 7, 6, 6),
             2023: (5, 5, 6, 5), 2024: (2, 3, 2, 3), 2025: (3, 3, 4)},
    "home_unplanned": {2019: (1, 1, 1, 1), 2020: (2, 1, 2, 1), 2021: (2, 2, 2, 2), 2022: (1, 1, 1, 2),
                       2023: (1, 2, 1, 2), 2024: (1, 1, 1, 1), 2025: (1, 1, 2)},
    "arrangements": {2019: (2, 2, 2, 2), 2020: (2, 2, 3, 2), 2021: (1, 0, 1, 1), 2022: (1, 1, 1, 1),
                     2023: (2, 1, 2, 1), 2024: (1, 1, 0, 1), 2025: (1, 1, 1)},
    "uasc_adult": {2019: (1, 1, 1, 0), 2020: (1, 1, 1, 1), 2021: (1, 1, 1, 2), 2022: (2, 2, 2, 2),
                   2023: (5, 5, 5, 6), 2024: (8, 8, 8, 7), 2025: (2, 2, 1)},
    "other": {2019: (1, 0, 1, 0), 2020: (1, 1, 1, 1), 2021: (1, 1, 1, 1), 2022: (1, 2, 1, 1),
              2023: (1, 2, 1, 2), 2024: (1, 1, 1, 1), 2025: (1, 1, 1)},
    "adult": {2019: (5, 5, 5, 5), 2020: (9, 9, 9, 8), 2021: (8, 8, 8, 9), 2022: (8, 8, 10, 11),
              2023: (11, 10, 12, 10), 2024: (7, 6, 9, 6), 2025: (11, 10, 10)},
}
# Per cent of children looked after a year or more with a health assessment, and a dental check, in
# the last twelve months; of all children looked after: three placements or more, and over 20 miles.
CARE_HEALTH: dict[int, tuple[float, ...]] = {
    2021: (97, 98, 98, 98), 2022: (92, 85, 79, 73), 2023: (80, 87, 92, 95), 2024: (95, 95, 95, 95), 2025: (95, 95, 95),
}
CARE_DENTAL: dict[int, tuple[float, ...]] = {
    2021: (65, 61, 58, 57), 2022: (57, 57, 57, 57), 2023: (55, 54, 52, 51), 2024: (57, 63, 68, 72), 2025: (74, 40, 40),
}
CARE_THREE_PLACEMENTS: dict[int, tuple[float, ...]] = {
    2019: (8, 8, 8, 8), 2020: (9, 9, 9, 9), 2021: (9.5, 9.5, 10, 10.2), 2022: (10.4, 10.6, 10.8, 10.9),
    2023: (10.9, 10.9, 10.9, 10.9), 2024: (10.7, 10.5, 10.4, 10.2), 2025: (10.2, 10.2, 10.2),
}
CARE_OVER_20_MILES: dict[int, tuple[float, ...]] = {
    2019: (22, 22, 22, 22), 2020: (23, 23, 24, 24), 2021: (22, 20, 19, 18), 2022: (18.5, 19, 19.5, 20),
    2023: (19, 18, 17.5, 17), 2024: (17.5, 18.5, 19.5, 20), 2025: (20, 20, 20),
}
# Children open to social care on each quarter's last day, as List 6 counts them: the published
# children in need at 31 March less referrals awaiting assessment and care leavers.
IN_NEED_OPEN: Quarters = {
    2019: (900, 900, 900, 905), 2020: (960, 1040, 1140, 1230), 2021: (1290, 1400, 1540, 1700),
    2022: (1730, 1720, 1700, 1670), 2023: (1560, 1440, 1320, 1217), 2024: (1250, 1285, 1315, 1343),
    2025: (1335, 1330, 1330),
}
# Mean weekdays from a referral to the start of its assessment, longest in 2023-24: the Department
# counted 60, 200 and 41 children awaiting assessment at the end of the three years.
ASSESSMENT_WAIT: dict[int, tuple[float, ...]] = {
    2019: (3, 3, 3, 3), 2020: (4, 5, 6, 8), 2021: (10, 12, 14, 14),
    2022: (12, 10, 9, 9), 2023: (14, 24, 34, 46), 2024: (14, 9, 7, 6), 2025: (6, 6, 6),
}
# Per cent of assessments authorised within 45 working days, by the quarter of authorisation.
ASSESSED_IN_TIME: dict[int, tuple[float, ...]] = {
    2019: (87, 87, 87, 87), 2020: (82, 82, 82, 82), 2021: (80, 78, 77, 76), 2022: (87, 88, 88, 88.8),
    2023: (95.2, 95.6, 95.8, 96), 2024: (91, 68.5, 68, 67.5), 2025: (67, 67, 67),
}
NOT_IN_NEED: Quarters = {
    2019: (13, 13, 13, 14), 2020: (14, 15, 14, 15), 2021: (13, 13, 13, 14),
    2022: (17, 16, 16, 16), 2023: (10, 10, 10, 10), 2024: (6, 6, 7, 6), 2025: (6, 6, 6),
}
# Care leavers aged 19 to 21 by the financial year of their eighteenth birthday, from which the
# published 100, 102 and 117 follow, and per cents of the listed at each quarter's end.
LEAVERS_BY_YEAR_OF_18 = {2018: 32, 2019: 33, 2020: 32, 2021: 35, 2022: 35, 2023: 47, 2024: 50, 2025: 30}
LEAVERS_SUITABLE: dict[int, tuple[float, ...]] = {
    2021: (93, 93, 93, 93), 2022: (93, 93, 92, 92), 2023: (91, 90, 90, 89), 2024: (89, 90, 90, 90), 2025: (90, 90, 90),
}
LEAVERS_OCCUPIED: dict[int, tuple[float, ...]] = {
    2021: (48, 48, 48, 48), 2022: (48, 49, 50, 50.5), 2023: (50, 50, 49, 49), 2024: (50, 52, 53, 54.7),
    2025: (55, 55, 55),
}
LEAVERS_IN_TOUCH: dict[int, tuple[float, ...]] = {
    2021: (78, 78, 78, 78), 2022: (78, 77, 78, 78), 2023: (93, 93, 94, 94), 2024: (94, 94, 95, 95), 2025: (95, 95, 95),
}
