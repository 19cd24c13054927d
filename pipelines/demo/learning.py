"""What the partnership teaches and learns: its training, its audits, its case reviews and the disputes about plans.

Courses and their places are those of the partnership's annual report for 2019-20, which printed 1,268 places filled;
what became of each day, audit and review is imagined.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random

from pipelines.demo.audits import listing
from pipelines.demo.calendar import number_of
from pipelines.demo.draw import add_weekdays, office_day, poisson, spread, weighted
from pipelines.demo.listing import Cell, Code, Listing
from pipelines.demo.partner_records import numbered
from pipelines.demo.stories_of_partners import DISPUTES_RISE, NO_SHOWS
from returns.partnership import agencies
from returns.periods import Period, add_months, financial_year, financial_year_of, quarter

# Source: Herefordshire SCP annual report 2019-20, places filled by course (data/reference/printed_figures.csv).
PLACES_PRINTED: dict[str, int] = {
    "Working Together": 253, "Child Protection Conference": 50, "CSE": 7, "Contextual safeguarding": 76, "GCP2": 75,
    "Domestic Abuse": 109, "Practitioners Forums": 359, "GCP2 Workshop": 20, "Making Safeguarding Personal": 43,
    "Taxi Driver Training": 138, "SCR Briefings": 138,
}  # fmt: skip
_A_DAY = 28  # places on a course's day, about
_AT_A_DAY = (("council", 32), ("education", 24), ("wye-valley", 12), ("health-and-care", 8), ("police", 8),
             ("voluntary-sector", 8), ("housing", 4), ("probation", 3), ("youth-justice", 3))
_DELIVERED = (("Face to face", 45), ("Online", 40), ("E-learning", 5), ("Blended", 10))
_AUDITS = (
    ("Neglect: thresholds and drift", "Neglect"), ("Children at risk of exploitation", "Exploitation"),
    ("Strategy discussions", "Multi-agency working"), ("Domestic abuse and the child's voice", "Domestic abuse"),
    ("Children under one", "Under ones"), ("Children on a second plan", "Child protection"),
    ("Early help closures", "Early help"), ("Children placed at a distance", "Care"),
)
_JUDGED = (("outstanding", 4), ("good", 44), ("requires_improvement", 40), ("inadequate", 12))
_THEMES_OF_REVIEWS = ("Neglect", "Injury to a baby", "Self-harm", "Exploitation", "Sexual abuse in the family")
_REASONS = (("Drift or delay", 40), ("Care plan", 20), ("Placement", 14), ("Visits or reviews", 14),
            ("Child's voice", 8), ("Other", 4))
_FIRST = 2021


def training(seed: int, period: Period) -> Listing:
    """The quarter's courses, and once more those of the quarter before, whose follow-up has come in since."""
    rows = [*_courses(seed, period.earlier(), followed_up=True), *_courses(seed, period, followed_up=False)]
    return listing("training_attendance", iter(rows))


def _courses(seed: int, period: Period, *, followed_up: bool) -> Iterator[dict[str, Cell]]:
    year = financial_year_of(period.end)
    for course, places in PLACES_PRINTED.items():
        rng = Random(f"{seed}/training/{course}/{year}")
        filled = round(places * rng.uniform(0.93, 1.07))
        days = max(1, round(filled / _A_DAY))
        span = financial_year(year)
        apart = (span.end - span.start).days // days
        for place, size in enumerate(spread(filled, [1.0] * days)):
            begins = span.start + timedelta(days=place * apart)
            held = office_day(rng, begins + timedelta(days=4), begins + timedelta(days=apart - 4))
            delivery = weighted(rng, _DELIVERED)
            rows = list(_day_of_course(Random(f"{seed}/{course}/{year}/{held}"), size, held, followed_up))
            if period.contains(held):
                of_day: dict[str, Cell] = {"course": course, "held": held, "delivery": Code("delivery", delivery)}
                yield from (of_day | row for row in rows)


def _day_of_course(rng: Random, places: int, held: date, followed_up: bool) -> Iterator[dict[str, Cell]]:
    titles = {one.name: one.title for one in agencies()}
    misses = 0.34 if NO_SHOWS.shows_on(held) else 0.09
    for (agency, _), came in zip(_AT_A_DAY, spread(places, [w * rng.uniform(0.5, 1.5) for _, w in _AT_A_DAY]),
                                 strict=True):
        missed = sum(rng.random() < misses / (1 - misses) for _ in range(came + 1))
        if came + missed == 0:
            continue
        evaluated = sum(rng.random() < 0.72 for _ in range(came))
        before = min(7.0, max(2.5, rng.gauss(5.6, 0.8)))
        row: dict[str, Cell] = {
            "organisation": titles[agency], "places_booked": came + missed, "attended": came, "did_not_attend": missed,
            "evaluated": evaluated,
        }
        if evaluated:
            row |= {"confidence_before": round(before, 1), "confidence_after": round(before + rng.uniform(1.2, 2.9), 1)}
        asked = sum(rng.random() < 0.45 for _ in range(evaluated))
        shown = sum(rng.random() < 0.58 for _ in range(asked))
        yield row | ({"impact_followed_up": asked, "impact_evidenced": shown} if followed_up else {})


def audit_plan(seed: int, period: Period, extracted: date) -> Listing:
    """The audit plan of the last four quarters: two audits a quarter, some of them late."""
    return listing("audits", (
        row for steps in (3, 2, 1, 0) for row in _audits(seed, period.earlier(steps), extracted)
    ))  # fmt: skip


def _audits(seed: int, planned: Period, extracted: date) -> Iterator[dict[str, Cell]]:
    year, number = number_of(planned)
    for place in (0, 1):
        rng = Random(f"{seed}/audit/{planned}/{place}")
        title, theme = _AUDITS[(year + number * 2 + place) % len(_AUDITS)]
        late = rng.random() < 0.2
        done = office_day(rng, planned.start + timedelta(days=20), planned.end - timedelta(days=2))
        done = done + timedelta(days=91) if late else done
        kind = "Re-audit" if rng.random() < 0.15 else "Multi-agency" if place == 0 else "Single-agency"
        row: dict[str, Cell] = {
            "audit_id": f"AUD-{year}-{number}{place}", "title": title, "theme": theme, "kind": Code("audit_kind", kind),
            "planned": str(planned),
            "organisation": rng.choice(["Herefordshire Council", "West Mercia Police", "Wye Valley NHS Trust"])
            if kind == "Single-agency" else None,
        }  # fmt: skip
        cases = rng.randint(8, 16)
        judged = [weighted(rng, _JUDGED) for _ in range(cases)]
        heard = sum(rng.random() < 0.68 for _ in range(cases))
        if done <= extracted:
            row |= {"completed": done, "cases": cases, "voice_evident": heard}
            row |= {grade: judged.count(grade) for grade, _ in _JUDGED}
        yield row


@cache
def _reviews(seed: int) -> tuple[dict[str, Cell], ...]:
    """Every review that is ever notified, oldest first, with all its dates."""
    made: list[dict[str, Cell]] = []
    for year in range(_FIRST - 1, 2026):
        rng = Random(f"{seed}/case reviews/{year}")
        span = financial_year(year)
        for place in range(max(3, min(6, poisson(rng, 5)))):
            notified = office_day(rng, span.start + timedelta(days=3), span.end - timedelta(days=3))
            late = rng.random() < 0.15
            took = rng.randint(18, 30) if late else rng.randint(9, 14)
            made.append(_review(rng, f"RR-{year}-{place + 1}", "Rapid review", notified, add_weekdays(notified, took)))
            if place == 0:
                done = add_months(notified, rng.randint(7, 13))
                kind = "Local child safeguarding practice review" if year % 2 else "Learning review"
                made.append(_review(rng, f"PR-{year}-1", kind, notified, done))
    return tuple(made)


def _review(rng: Random, reference: str, kind: str, notified: date, completed: date) -> dict[str, Cell]:
    rapid = kind == "Rapid review"
    return {
        "review_id": reference, "kind": Code("case_review_kind", kind), "notified": notified,
        "rapid_review_due": add_weekdays(notified, 14) if rapid else None, "completed": completed,
        "published": None if rapid or rng.random() < 0.3 else completed + timedelta(days=rng.randint(30, 120)),
        "themes": rng.choice(_THEMES_OF_REVIEWS), "recommendations": rng.randint(2, 4) if rapid else rng.randint(4, 9),
    }  # fmt: skip


def case_reviews(seed: int, extracted: date) -> Listing:
    """The register: reviews notified in the two years before the extract, as they stood on its day."""
    return listing("case_reviews", (
        _as_it_stood(review, extracted) for review in _reviews(seed)
        if add_months(extracted, -24) <= _day(review["notified"]) <= extracted
    ))  # fmt: skip


def _as_it_stood(review: dict[str, Cell], extracted: date) -> dict[str, Cell]:
    stood = dict(review)
    for name in ("completed", "published"):
        if stood[name] is not None and _day(stood[name]) > extracted:
            stood[name] = None
    if stood["completed"] is None:
        return stood | {"recommendations": None}
    months = (extracted - _day(stood["completed"])).days / 30
    whole = int(str(stood["recommendations"]))
    return stood | {"recommendations_complete": min(whole, int(whole * months / 14))}


@cache
def _disputes(seed: int) -> tuple[dict[str, Cell], ...]:
    """Every dispute that is ever raised: eighteen a year or so, as in 2021-22."""
    made: list[dict[str, Cell]] = []
    for year in range(_FIRST - 1, 2026):
        for number in (1, 2, 3, 4):
            span = quarter(year, number)
            rng = Random(f"{seed}/disputes/{span}")
            for _ in range(max(2, poisson(rng, 14.0 if DISPUTES_RISE.shows_on(span.start) else 4.5))):
                raised = office_day(rng, span.start, span.end)
                stage = weighted(rng, (("Stage 1", 74), ("Stage 2", 18), ("Stage 3", 7), ("Stage 4", 1)))
                took = {"Stage 1": 12, "Stage 2": 26, "Stage 3": 45, "Stage 4": 70}[stage] + rng.randint(-6, 9)
                made.append({
                    "dispute_id": numbered("DRP", len(made) + 1), "raised": raised,
                    "stage": Code("dispute_stage", stage),
                    "reason": Code("dispute_reason", weighted(rng, _REASONS)), "resolved": add_weekdays(raised, took),
                })  # fmt: skip
    return tuple(made)


def dispute_resolutions(seed: int, extracted: date) -> Listing:
    """The disputes raised in the year before the extract, as they stood on its day."""
    def stood() -> Iterator[dict[str, Cell]]:
        for dispute in _disputes(seed):
            if add_months(extracted, -12) <= _day(dispute["raised"]) <= extracted:
                is_open = _day(dispute["resolved"]) > extracted
                yield dispute | ({"stage": Code("dispute_stage", "Open"), "resolved": None} if is_open else {})
    return listing("dispute_resolutions", stood())


def _day(cell: Cell) -> date:
    assert isinstance(cell, date)
    return cell
