"""How the partnership leads: its workforce, its meetings, its business plan, its budget and what scrutiny found.

The workforce of social workers follows the Department for Education's census of Herefordshire, autumn by autumn
(Local Authority Interactive Tool); the budget is that of the partnership's annual report for 2019-20. The rest is
imagined.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pipelines.demo.audits import listing
from pipelines.demo.calendar import number_of
from pipelines.demo.draw import office_day
from pipelines.demo.listing import Cell, Code, Listing
from pipelines.demo.partner_records import yes
from pipelines.demo.stories_of_partners import POLICE_SEAT_EMPTY
from returns.partnership import agencies
from returns.periods import Period, quarter

# At 30 September of each year: vacancy rate, agency rate and turnover in per cent, and cases a social worker.
_CENSUS: dict[int, tuple[float, float, float, float]] = {
    2021: (19.0, 32.5, 18.8, 16.7), 2022: (54.0, 54.9, 50.0, 18.7), 2023: (62.4, 55.2, 17.7, 15.7),
    2024: (46.2, 33.9, 11.4, 14.5), 2025: (32.4, 18.3, 10.8, 13.6),
}  # fmt: skip
_POSTS = 104.0
_OTHERS = (("council", "Early help workers", 42.0), ("wye-valley", "Health visitors", 31.0),
           ("wye-valley", "School nurses", 11.0), ("police", "Police officers", 18.0))

_GROUPS = ("Safeguarding Partnership Board", "Quality and Effectiveness Group", "Child Exploitation Group",
           "Case Review Group", "Training and Development Group")
_SEATS = ("council", "police", "health-board", "wye-valley", "health-and-care", "education", "probation",
          "youth-justice", "voluntary-sector")
_COMES = {"council": 0.99, "police": 0.94, "health-board": 0.92, "wye-valley": 0.88, "health-and-care": 0.8,
          "education": 0.72, "probation": 0.66, "youth-justice": 0.74, "voluntary-sector": 0.78}
_THREE = frozenset({"council", "police", "health-board"})

_PRIORITIES = ("Neglect", "Right help right time", "Child exploitation", "Domestic abuse")
_STEPS = ("Agree the strategy", "Train the first teams", "Publish the pathway", "Audit what changed",
          "Hear from families", "Report to the board")
_PLAN_YEARS = 2

# Source: Herefordshire SCP annual report 2019-20 (data/reference/printed_figures.csv): 378,099 pounds came in and
# 433,615 went out.
_CONTRIBUTIONS = (
    ("Children's Wellbeing", "council", 133_569), ("Adults Wellbeing", "council", 103_000),
    ("Clinical Commissioning Group", "health-board", 80_190), ("West Mercia Police", "police", 53_510),
    ("Probation", "probation", 6_136), ("CAFCASS", "cafcass", 550), ("Youth Justice Service", "youth-justice", 1_144),
)
_COSTS = (
    ("Salary costs", 278_814), ("Transport costs", 1_300), ("Independent chair costs", 38_520),
    ("Consultancy costs", 34_200), ("Training expenses", 28_000), ("Office expenses", 65_781),
    ("Training income", -13_000),
)
_AS_PRINTED = 2024

_AREAS = ("Front door", "Child protection", "Exploitation", "Neglect", "Voice of the child", "Early help")
_STRENGTHS = ("Partners speak openly in case discussions", "Managers know their teams' work well",
              "Children are seen quickly")
_TO_DEVELOP = (
    ("Referrers are not told what came of their referral", "Tell every referrer the outcome"),
    ("Plans say little of what the child wants", "Write each plan so that the child could read it"),
    ("Agencies' chronologies are not put together", "Use one chronology for each child"),
    ("Supervision is not recorded", "Record supervision on each child's file"),
)
_RESPONSES = ("Agreed; the quality group will check in six months", "Agreed in part", "Agreed; done")


def workforce(seed: int, period: Period) -> Listing:
    """The staff of the quarter: social workers as the census found them, the others about as they are."""
    return listing("workforce", _staff(Random(f"{seed}/workforce/{period}"), period))


def _staff(rng: Random, period: Period) -> Iterator[dict[str, Cell]]:
    titles = {one.name: one.title for one in agencies()}
    vacancy, agency, turnover, caseload = _census_of(period)
    vacant = _POSTS * vacancy / 100
    in_post = _POSTS - vacant
    from_agency = in_post * agency / (100 - agency)
    holders = round((in_post + from_agency) * 0.82, 1)
    yield {
        "covers": str(period), "organisation": titles["council"], "staff": Code("staff_group", "Social workers"),
        "in_post_fte": round(in_post, 1), "vacancies_fte": round(vacant, 1), "agency_fte": round(from_agency, 1),
        "leavers_fte": round(in_post * turnover / 400 * rng.uniform(0.8, 1.2), 1),
        "cases": round(holders * caseload * rng.uniform(0.98, 1.02)), "case_holders": holders,
    }  # fmt: skip
    for name, staff, posts in _OTHERS:
        empty = posts * rng.uniform(0.05, 0.14)
        yield {
            "covers": str(period), "organisation": titles[name], "staff": Code("staff_group", staff),
            "in_post_fte": round(posts - empty, 1), "vacancies_fte": round(empty, 1),
            "agency_fte": round(empty * rng.uniform(0.1, 0.5), 1),
            "leavers_fte": round(posts * rng.uniform(0, 0.05), 1),
        }  # fmt: skip


def _census_of(period: Period) -> tuple[float, ...]:
    """The four rates on the quarter's last day, in a straight line from one autumn to the next."""
    year = period.end.year - (period.end < date(period.end.year, 9, 30))
    first, second = _CENSUS[year], _CENSUS.get(year + 1, _CENSUS[year])
    gone = (period.end - date(year, 9, 30)).days / 365
    return tuple(a + (b - a) * gone for a, b in zip(first, second, strict=True))


def group_attendance(seed: int, period: Period) -> Listing:
    """The quarter's meetings: each group once, with a row for every agency that has a seat."""
    return listing("group_attendance", _seats(Random(f"{seed}/groups/{period}"), period))


def _seats(rng: Random, period: Period) -> Iterator[dict[str, Cell]]:
    titles = {one.name: one.title for one in agencies()}
    for group in _GROUPS:
        held = office_day(rng, period.start + timedelta(days=10), period.end - timedelta(days=10))
        silent = POLICE_SEAT_EMPTY.shows_on(held)
        came = {name: rng.random() < (0.15 if silent and name == "police" else _COMES[name]) for name in _SEATS}
        quorate = all(came[name] for name in _THREE)
        for name in _SEATS:
            yield {
                "meeting": group, "held": held, "organisation": titles[name],
                "represented": "Yes" if came[name] else "No", "apologies": "No" if came[name] else yes(rng, 0.7),
                "deputy": yes(rng, 0.2) if came[name] else "No", "quorate": "Yes" if quorate else "No",
            }  # fmt: skip


def plan_milestones(seed: int, period: Period, extracted: date) -> Listing:
    """The plan of the two years that the quarter is in, as it stood: a milestone a quarter or so for each priority."""
    return listing("plan_milestones", _milestones(seed, period, extracted))


def _milestones(seed: int, period: Period, extracted: date) -> Iterator[dict[str, Cell]]:
    year, _ = number_of(period)
    first = year - (year - 2021) % _PLAN_YEARS
    for place, priority in enumerate(_PRIORITIES):
        for number, step in enumerate(_STEPS):
            rng = Random(f"{seed}/plan/{first}/{priority}/{step}")
            due = quarter(first, 1).earlier(-(number + place % 2) - 1).end
            done = due + timedelta(days=rng.choice((-40, -25, -10, -5, 30, 95, 200)))
            begun = due - timedelta(days=200)
            yield {
                "priority": priority, "action_area": step.split()[-1].capitalize(), "milestone": f"{step}: {priority}",
                "lead_role": rng.choice(_GROUPS[1:]), "monitored_by": _GROUPS[0], "due": due,
                "status": Code("milestone_status", _status(begun, due, done, extracted)),
            }  # fmt: skip


def _status(begun: date, due: date, done: date, day: date) -> str:
    if done <= day:
        return "Complete"
    if due < day:
        return "Late"
    if begun > day:
        return "Not started"
    return "At risk" if done > due + timedelta(days=60) else "On track"


def budget(seed: int, period: Period) -> Listing:
    """The year that ends with the quarter, line by line: agreed as it always was, and what it came to."""
    year, _ = number_of(period)
    rng = Random(f"{seed}/budget/{year}")
    titles = {one.name: one.title for one in agencies()}
    covers = f"{year}-{(year + 1) % 100:02d}"

    def came_to(pounds: int) -> int:
        return pounds if year == _AS_PRINTED else round(pounds * rng.uniform(0.95, 1.04))

    paid: list[dict[str, Cell]] = [
        {"covers": covers, "line": line, "kind": Code("budget_kind", "Contribution"), "organisation": titles[name],
         "agreed": pounds, "actual": pounds}
        for line, name, pounds in _CONTRIBUTIONS
    ]  # fmt: skip
    spent: list[dict[str, Cell]] = [
        {"covers": covers, "line": line, "kind": Code("budget_kind", "Cost"), "agreed": round(pounds, -3),
         "actual": came_to(pounds)}
        for line, pounds in _COSTS
    ]  # fmt: skip
    return listing("budget", iter([*paid, *spent]))


def scrutiny_findings(seed: int, period: Period) -> Listing:
    """The findings of the last four quarters; most are answered by the quarter after."""
    return listing("scrutiny_findings", (
        row for steps in (3, 2, 1, 0) for row in _found(seed, period.earlier(steps), steps)
    ))  # fmt: skip


def _found(seed: int, of: Period, age: int) -> Iterator[dict[str, Cell]]:
    rng = Random(f"{seed}/scrutiny/{of}")
    for area in rng.sample(_AREAS, 3):
        is_strength = rng.random() < 0.3
        finding, recommendation = rng.choice(_TO_DEVELOP)
        answered = rng.random() < (0.1, 0.7, 0.85, 0.95)[age]
        if is_strength:
            yield {"covers": str(of), "area": area, "kind": Code("finding_kind", "Strength"),
                   "finding": rng.choice(_STRENGTHS)}
        else:
            yield {
                "covers": str(of), "area": area, "kind": Code("finding_kind", "Development"), "finding": finding,
                "recommendation": recommendation, "response": rng.choice(_RESPONSES) if answered else None,
            }  # fmt: skip
