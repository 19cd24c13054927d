"""A hundred schools, what they and the agencies say of themselves, and what families say of early help.

Nobody's school is in it: the names are made of common words, and the numbers are of no school.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo.calendar import number_of
from pipelines.demo.draw import office_day, poisson, weighted
from pipelines.demo.listing import Cell, Code, Listing, Row
from pipelines.demo.partner_records import yes
from pipelines.demo.stories_of_partners import AUDIT_NEVER_RETURNED, SPECIAL_SCHOOLS_SILENT
from returns.catalogue import the_return
from returns.partnership import agencies
from returns.periods import Period

# The quarters in which the schools' audit of the academic year that is ending, and every two years the agencies', are
# sent.
_SUMMER, _SPRING = 2, 4
SECTION_11_YEARS = (2022, 2024)
_NOT_ASKED = ("education",)

PHASES: dict[str, int] = {"Primary": 76, "Secondary": 16, "Special": 4, "Pupil referral unit": 1, "College": 3}
_PLACES = ("Wyeside", "Lugg Valley", "Golden Cross", "Orchard", "Hillside", "Meadow", "Bridge", "Priory", "Castle",
           "Oak Lane", "Millbrook", "Greenway", "Riverside", "Hopfield", "Westfield", "Eastnor Road", "St Mary's",
           "St Peter's", "Holy Trinity", "All Saints")
_KINDS = {"Primary": "Primary School", "Secondary": "High School", "Special": "School", "College": "College",
          "Pupil referral unit": "Centre"}
_RETURNED = {"Primary": 0.93, "Secondary": 0.94, "Special": 1.0, "Pupil referral unit": 1.0, "College": 0.67}
# How likely each section is to be graded met; each has two questions.
_SECTIONS = {"Leadership": 0.93, "Policy": 0.95, "Training": 0.84, "Recruitment": 0.92,
             "Filtering and monitoring": 0.68, "Curriculum": 0.82, "Early help": 0.76, "Records": 0.88,
             "Allegations": 0.9}
_STANDARDS = {"Senior leadership": 0.88, "Responsibilities stated": 0.86, "Accountability": 0.84,
              "Service development informed by children": 0.55, "Training and supervision": 0.66,
              "Safer recruitment and allegations": 0.82, "Working together": 0.8, "Information sharing": 0.74}
_ACTIONS = ("Refresh the training plan", "Ask children what they think", "Review the policy", "Check the records",
            "Agree who leads", "Share the learning at the team's meeting")
_OWNERS = ("Safeguarding lead", "Head of service", "Business manager")
_SURVEYS = {
    ("Early help closing survey", "Early help", 0.86): (
        ("Child under 5", 3, 8.8), ("Child 5 to 10", 8, 8.7), ("Child 10 to 16", 9, 8.2), ("Parent or carer", 19, 7.9),
        ("Practitioner", 6, 7.6),
    ),
    ("After the conference", "Child protection", 0.66): (
        ("Child 10 to 16", 4, 6.1), ("Parent or carer", 12, 6.4), ("Practitioner", 9, 7.2),
    ),
}
_THEMES = ("Being listened to", "Waiting less", "One person to talk to", "Help at home")


@dataclass(frozen=True)
class School:
    """One school of the list."""

    urn: str
    name: str
    phase: str


def schools(seed: int) -> list[School]:
    """The hundred schools, by phase."""
    rng = Random(f"{seed}/schools")
    made: list[School] = []
    for phase, count in PHASES.items():
        for place in range(count):
            name = f"{_PLACES[place % len(_PLACES)]} {('', 'Church ', 'Community ', 'New ')[place // len(_PLACES)]}"
            made.append(School(str(990_000 + len(made) * 7 + rng.randint(0, 6)), f"{name}{_KINDS[phase]}", phase))
    return made


def is_asked_of_schools(period: Period) -> bool:
    """Whether the quarter's file has the schools, and their audit."""
    return number_of(period)[1] == _SUMMER


def section_11_respondents(period: Period) -> list[str]:
    """The agencies that return a section 11 audit for the quarter, in the settings' order."""
    year, number = number_of(period)
    if number != _SPRING or year not in SECTION_11_YEARS:
        return []
    return [one.name for one in agencies() if one.name not in (*_NOT_ASKED, AUDIT_NEVER_RETURNED.agency)]


def listing(return_name: str, rows: Iterator[dict[str, Cell]]) -> Listing:
    """Rows of a return by field, as a listing in its columns."""
    declared = the_return(return_name)
    names = [item.name for item in declared.edition.fields if item.keep != "dropped"]
    return Listing(return_name, declared.edition.name, [Row(True, [row.get(name) for name in names]) for row in rows])


def schools_listing(seed: int) -> Listing:
    """The list of schools."""
    return listing("schools", (
        {"urn": school.urn, "school": school.name, "phase": Code("phase", school.phase)} for school in schools(seed)
    ))  # fmt: skip


def section_175(seed: int, period: Period, extracted: date) -> Listing:
    """The schools' answers of the academic year, of those that returned."""
    return listing("section_175", _answers_of_schools(seed, period, extracted))


def _answers_of_schools(seed: int, period: Period, extracted: date) -> Iterator[dict[str, Cell]]:
    year = number_of(period)[0] - 1
    rng = Random(f"{seed}/section 175/{year}")
    for school in schools(seed):
        silent = school.phase == SPECIAL_SCHOOLS_SILENT.group and SPECIAL_SCHOOLS_SILENT.shows_on(period.start)
        if rng.random() >= _RETURNED[school.phase] or silent:
            continue
        returned = office_day(rng, period.start, period.end - timedelta(days=4))
        trained = returned - timedelta(days=int(rng.triangular(20, 1000, 200)))
        promotes = yes(rng, 0.9)
        of_school: dict[str, Cell] = {
            "urn": school.urn, "school": school.name, "phase": Code("phase", school.phase),
            "academic_year": f"{year}-{(year + 1) % 100:02d}", "returned": returned, "dsl_trained": trained,
            "promotes_early_help": promotes,
            "early_help_on_website": yes(rng, 0.68) if promotes == "Yes" else "No",
        }
        for section, share in _SECTIONS.items():
            for number in (1, 2):
                grade = _graded(rng, share)
                yield {
                    **of_school, "section": Code("section_175_section", section), "question": f"{section} {number}",
                    "grade": Code("section_175_grade", grade), **_action(rng, grade, returned, extracted),
                }  # fmt: skip


def section_11(seed: int, agency: str, period: Period, extracted: date) -> Listing:
    """One agency's answers on the eight standards, three questions each; a third of them moderated."""
    return listing("section_11", _answers_of_agency(seed, agency, period, extracted))


def _answers_of_agency(seed: int, agency: str, period: Period, extracted: date) -> Iterator[dict[str, Cell]]:
    year, _ = number_of(period)
    rng = Random(f"{seed}/section 11/{agency}/{year}")
    title = next(one.title for one in agencies() if one.name == agency)
    returned = office_day(rng, period.start, period.end - timedelta(days=4))
    leaning = rng.uniform(-0.12, 0.12)
    for place, (standard, share) in enumerate(_STANDARDS.items(), start=1):
        for number in (1, 2, 3):
            grade = "Not applicable" if rng.random() < 0.03 else _graded(rng, share + leaning)
            cells: dict[str, Cell] = {
                "respondent": title, "audit_year": f"{year}-{(year + 1) % 100:02d}", "returned": returned,
                "standard": Code("section_11_standard", standard), "question": f"{place}.{number}",
                "self_grade": Code("section_11_grade", grade), "evidence_seen": yes(rng, 0.7),
                **_action(rng, grade, returned, extracted),
            }
            if grade != "Not applicable" and rng.random() < 0.34:
                cells["moderated_grade"] = Code("section_11_grade", _moderated(rng, grade))
            if cells.get("action"):
                cells["action_owner"] = rng.choice(_OWNERS)
            yield cells


def _graded(rng: Random, share: float) -> str:
    return "Met" if rng.random() < share else weighted(rng, (("Partly met", 80), ("Not met", 20)))


def _moderated(rng: Random, grade: str) -> str:
    lower = {"Met": "Partly met", "Partly met": "Not met", "Not met": "Not met"}[grade]
    return lower if rng.random() < 0.22 else grade


def _action(rng: Random, grade: str, returned: date, extracted: date) -> dict[str, Cell]:
    """What is to be done where a question is not met: some of it already, some of it already too late."""
    if grade not in ("Partly met", "Not met"):
        return {}
    due = returned + timedelta(days=int(rng.triangular(-20, 240, 90)))
    done = due - timedelta(days=rng.randint(1, 30)) if rng.random() < 0.3 else None
    completed = done if done is not None and returned < done <= extracted else None
    return {"action": rng.choice(_ACTIONS), "action_due": due, "action_completed": completed}


def family_feedback(seed: int, period: Period) -> Listing:
    """The quarter's answers to the survey at the end of early help and after conferences, by who answered."""
    return listing("family_feedback", _feedback(Random(f"{seed}/feedback/{period}"), period))


def _feedback(rng: Random, period: Period) -> Iterator[dict[str, Cell]]:
    for (survey, service, pleased), answers in _SURVEYS.items():
        for respondent, usual, score in answers:
            returned = max(2, poisson(rng, usual))
            yield {
                "survey": survey, "covers": str(period), "service": Code("feedback_service", service),
                "respondent": Code("respondent", respondent), "returned": returned,
                "positive": sum(rng.random() < pleased for _ in range(returned)),
                "scale_mean": round(min(10.0, rng.gauss(score, 0.25)), 1), "theme": rng.choice(_THEMES),
            }
