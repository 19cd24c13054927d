"""The child's journey is whole: each indicator that was agreed is declared, judged as agreed, and explained."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache

import pytest
import yaml

from metrics.catalogue import load_catalogue
from metrics.model import Indicator
from metrics.targets import targets
from returns.codes import code_lists
from returns.places import PROJECT, Places

# What was agreed of each indicator: its theme, which direction is better, and the published measure beside it.
AGREED: dict[str, dict[str, tuple[str, str | None]]] = {
    "early_help": {
        "eh_started": ("neither", None),
        "eh_rate": ("neither", None),
        "eh_by_partners": ("higher", None),
        "eh_neglect": ("neither", None),
        "eh_stepped_up": ("lower", None),
        "eh_families_better": ("higher", None),
        "eh_scale_children": ("higher", None),
        "eh_scale_parents": ("higher", None),
    },
    "front_door": {
        "fd_contacts": ("neither", None),
        "fd_contact_rate": ("neither", None),
        "fd_by_agency": ("neither", None),
        "fd_to_referral": ("neither", None),
        "fd_decided_1wd": ("higher", None),
        "fd_decided_in_clock": ("higher", None),
        "fd_nfa": ("neither", None),
        "fd_early_help": ("neither", None),
        "fd_repeat_12m": ("lower", None),
        "fd_under_1": ("neither", None),
        "fd_domestic_abuse": ("neither", None),
        "fd_feedback": ("higher", None),
        "fd_marf_quality": ("higher", None),
        "fd_consent": ("higher", None),
        "ref_rate": ("neither", "CPP_Total_Rateper10,000"),
        "ref_repeat_12m": ("lower", "ReReferral"),
        "ref_nfa": ("neither", "CIN_Refferals_NFA"),
        "ref_source_police": ("neither", "RefBySource_Police_%"),
        "ref_source_schools": ("neither", "RefBySource_Schl_%"),
        "ref_source_health": ("neither", "RefBySource_HealthServ_%"),
    },
    "assessment": {
        "as_45wd": ("higher", "Continue_Assess_Comp"),
        "as_not_in_need": ("neither", "Referrals_AssessedNotNeed"),
        "as_child_seen": ("higher", None),
        "as_open_over_45wd": ("lower", None),
        "as_factor_neglect": ("neither", None),
        "as_factor_domestic_abuse": ("neither", None),
        "as_factor_exploitation": ("neither", None),
        "as_factor_mental_health": ("neither", None),
        "as_factor_disability": ("neither", None),
    },
    "protection": {
        "s47_rate": ("neither", "Section_47"),
        "s47_to_conference": ("neither", None),
        "sd_three_agencies": ("higher", None),
        "sd_schools": ("higher", None),
        "ic_15wd": ("higher", "CP_conf_15days"),
        "ic_to_plan": ("neither", None),
        "ic_rate": ("neither", "ISCP_Conf"),
        "cp_attendance": ("higher", None),
        "cp_reports_in_time": ("higher", None),
        "cp_quorate": ("higher", None),
        "cp_child_took_part": ("higher", None),
        "cp_rate": ("neither", "CPP_rate"),
        "cp_open": ("neither", "CPP_Num"),
        "cp_started": ("neither", "CPP_Abuse"),
        "cp_ended": ("neither", None),
        "cp_neglect": ("neither", None),
        "cp_repeat_plan": ("lower", "PrevRegCPR"),
        "cp_2yrs_open": ("lower", "CPPlans2yrsActive"),
        "cp_2yrs_ended": ("lower", "CPPlans2yrs"),
        "cp_under_3m": ("neither", None),
        "cp_reviewed_in_time": ("higher", "RevCP"),
        "cp_visited_in_time": ("higher", None),
        "cp_seen_alone": ("higher", None),
        "cp_gcp": ("higher", None),
    },
    "in_need": {
        "cin_rate": ("neither", "CIN"),
        "cin_open": ("neither", None),
        "cin_on_plan": ("neither", None),
        "cin_over_1yr": ("neither", None),
        "cin_over_2yrs": ("neither", "CINTime2more"),
        "cin_seen_in_time": ("higher", None),
        "cin_need_abuse": ("neither", None),
    },
    "care": {
        "cla_rate": ("neither", "LAC"),
        "cla_open": ("neither", "LACnum"),
        "cla_started": ("neither", "LACnum_Start"),
        "cla_ceased": ("neither", "LACceased"),
        "cla_out_of_area": ("lower", None),
        "cla_over_20_miles": ("lower", "LACDistance"),
        "cla_3_placements": ("lower", "LACStable_2016on"),
        "cla_review_in_time": ("higher", None),
        "cla_visited_in_time": ("higher", None),
        "cla_health": ("higher", "LACHealth%"),
        "cla_dental": ("higher", "LACDental%"),
        "cla_adopted": ("neither", None),
        "cla_sgo": ("neither", "LAC_ceased_SGO%"),
        "cla_home": ("neither", None),
        "cla_uasc": ("neither", "Unacc_Asylmn_Seek_Childn"),
        "cl_in_touch": ("higher", None),
        "cl_suitable": ("higher", "CareLeaverAcc"),
        "cl_eet": ("higher", "CareLeaverEET"),
        "cl_in_touch_17_18": ("higher", None),
        "cl_suitable_17_18": ("higher", None),
        "cl_eet_17_18": ("higher", None),
        "ad_entry_to_placed": ("lower", None),
        "ad_order_to_match": ("lower", None),
    },
    "exploitation": {
        "ex_assessed": ("neither", None),
        "ex_4p_plan": ("higher", None),
        "ex_risk_reduced": ("higher", None),
        "ex_transition": ("higher", None),
        "ms_episodes": ("neither", None),
        "ms_children": ("neither", "Children_missing"),
        "ms_repeat": ("lower", None),
        "ms_interview_offered": ("higher", None),
        "ms_interview_72h": ("higher", None),
    },
    "allegations": {
        "la_contacts": ("neither", None),
        "la_met_threshold": ("neither", None),
        "la_reported_1wd": ("higher", None),
        "la_closed_1m": ("higher", None),
        "la_closed_3m": ("higher", None),
        "la_closed_12m": ("higher", None),
        "la_substantiated": ("neither", None),
        "la_outcomes": ("neither", None),
        "la_by_sector": ("neither", None),
    },
    "assurance": {
        "s11_returned": ("higher", None),
        "s11_met": ("higher", None),
        "s11_moderation_gap": ("lower", None),
        "s11_actions_overdue": ("lower", None),
        "s175_returned": ("higher", None),
        "s175_met": ("higher", None),
        "s175_dsl_trained": ("higher", None),
        "s175_early_help": ("higher", None),
        "s175_early_help_web": ("higher", None),
    },
    "learning": {
        "tr_places": ("higher", None),
        "tr_attended": ("higher", None),
        "tr_confidence_gain": ("higher", None),
        "tr_impact": ("higher", None),
        "au_completed": ("higher", None),
        "au_good_or_better": ("higher", None),
        "au_voice": ("higher", None),
        "ac_overdue": ("lower", None),
        "ac_done_with_impact": ("higher", None),
        "cr_rapid_in_time": ("higher", None),
        "cr_recommendations": ("higher", None),
        "fb_returned": ("higher", None),
        "fb_positive": ("higher", None),
        "dr_raised": ("neither", None),
        "dr_stage_1": ("higher", None),
        "ga_represented": ("higher", None),
        "sf_open": ("lower", None),
        "wf_vacancy": ("lower", "Work_Force_Vac_Rate"),
        "wf_agency": ("lower", "Work_Force_Agecy_Rate"),
        "wf_turnover": ("lower", "Work_Force_TO_Rate"),
        "wf_caseload": ("lower", "Work_Force_AvgNumCase_SW"),
        "pl_on_track": ("higher", None),
        "bu_contribution": ("neither", None),
        "bu_contribution_agreed": ("neither", None),
        "bu_cost": ("neither", None),
        "bu_cost_agreed": ("neither", None),
    },
    "education": {
        "ed_missing": ("neither", None),
        "ed_home_educated": ("neither", None),
        "ed_suspensions": ("neither", None),
        "ed_exclusions": ("neither", None),
        "ed_attendance_cin": ("higher", None),
        "ed_attendance_cpp": ("higher", None),
        "ed_attendance_cla": ("higher", None),
        "da_marac_cases": ("neither", None),
        "da_marac_repeat": ("lower", None),
        "mh_waiting_18w": ("lower", None),
        "cd_notified": ("neither", None),
    },
    "quality": {
        "dq_returns_in": ("higher", None),
        "dq_rows_held": ("lower", None),
        "dq_complete": ("higher", None),
        "dq_recorded_late": ("lower", None),
        "dq_reconciled": ("higher", None),
        "dq_joined": ("higher", None),
    },
}

JOURNEY = [(theme, name, *agreed) for theme, listed in AGREED.items() for name, agreed in listed.items()]

# Annex A gives only the latest of these, so what is judged from it cannot be the whole story.
LATEST_ONLY = ("cp_reviewed_in_time", "cp_visited_in_time", "cla_review_in_time", "cla_visited_in_time")


@cache
def declared() -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in load_catalogue().indicators}


@cache
def published_measures() -> frozenset[str]:
    with (PROJECT / "data" / "reference" / "benchmarks.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["measure"] for row in csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.mark.parametrize(("theme", "name", "better", "measure"), JOURNEY, ids=[row[1] for row in JOURNEY])
def test_indicator_is_declared_as_it_was_agreed(theme: str, name: str, better: str, measure: str | None) -> None:
    indicator = declared()[name]
    compared = indicator.benchmark.removeprefix("lait:") if indicator.benchmark else None
    assert (indicator.theme, indicator.better, compared) == (theme, better, measure)


@pytest.mark.parametrize("name", [row[1] for row in JOURNEY])
def test_indicator_says_what_it_asks_and_how_to_read_it(name: str) -> None:
    indicator = declared()[name]
    questions = (indicator.question, *indicator.ask)
    assert 1 <= len(indicator.ask) <= 2
    assert [question for question in questions if not question.endswith("?")] == []
    assert indicator.caution, "every figure can mislead; the caution says how this one does"
    assert indicator.owner and indicator.priorities and indicator.framework


def test_every_published_measure_named_is_one_that_the_project_ships() -> None:
    named = {indicator.benchmark.removeprefix("lait:") for indicator in declared().values() if indicator.benchmark}
    assert named - published_measures() == set()


def test_indicators_stand_in_the_order_of_the_childs_journey() -> None:
    in_catalogue = [name for name in declared() if any(name in listed for listed in AGREED.values())]
    assert in_catalogue == [name for _theme, name, *_rest in JOURNEY]


@pytest.mark.parametrize("name", LATEST_ONLY)
def test_a_figure_from_the_latest_event_only_says_so(name: str) -> None:
    assert "latest" in str(declared()[name].caution).lower()


def test_care_leavers_of_17_and_18_are_never_mixed_with_those_of_19_to_21() -> None:
    for name in ("cl_in_touch", "cl_suitable", "cl_eet"):
        older, younger = declared()[name], declared()[f"{name}_17_18"]
        assert "age between 19 and 21" in str(older.denominator)
        assert "age between 17 and 18" in str(younger.denominator)
        assert younger.benchmark is None, "nothing is published for 17 and 18 in the measure of 19 to 21"


def test_a_board_sees_something_of_every_theme_and_not_everything() -> None:
    shown = Counter(declared()[name].theme for _theme, name, *_rest in JOURNEY if declared()[name].board)
    assert set(shown) >= set(AGREED) - {"in_need", "quality"}
    assert sum(shown.values()) <= 45


def test_examples_reach_the_edges_of_what_they_define() -> None:
    """Somewhere among them: both ends of a quarter, the year's end, a bank holiday, unknowns, too recent, unborn."""
    rows = "\n".join(example.rows for one in declared().values() for example in one.examples)
    expected = [example.expect for one in declared().values() for example in one.examples]
    for day in ("2025-06-30", "2025-07-01", "2025-09-30", "2025-10-01", "2025-03-31", "2025-04-01", "2025-08-25"):
        assert day in rows
    assert "| -1" in rows
    assert sum(bool(one.left_out) for one in expected) >= 20
    assert sum(bool(one.too_recent) for one in expected) >= 6


# Watched by who did it: an agency, or a phase of schools, gets figures and exceptions of its own.
WATCHED = {
    "fd_by_agency": "source", "fd_to_referral": "source", "fd_nfa": "referring_agency",
    "cp_attendance": "participant", "cp_reports_in_time": "participant", "s175_returned": "phase",
}  # fmt: skip
HUNDRED = (
    "fd_decided_1wd", "fd_feedback", "as_child_seen", "sd_three_agencies", "cp_quorate", "ex_4p_plan",
    "ms_interview_offered", "ms_interview_72h", "s11_returned", "s175_returned", "s175_dsl_trained",
    "cr_rapid_in_time", "ga_represented", "dq_returns_in", "dq_reconciled",
)  # fmt: skip


def test_what_an_agency_does_is_watched_by_agency() -> None:
    assert {name: one.watch_by[0] for name, one in declared().items() if one.watch_by} == WATCHED


def test_figures_about_adults_and_organisations_say_so() -> None:
    about = {name: one.about for name, one in declared().items()}
    assert {about[name] for name in about if name.startswith("la_")} == {"adults"}
    assert {about[name] for name in about if name.startswith(("s11_", "s175_"))} == {"organisations"}
    assert about["cp_attendance"] == about["cp_reports_in_time"] == "organisations"


def test_where_guidance_says_always_the_target_is_a_hundred() -> None:
    agreed = targets()
    day = date(2025, 9, 30)
    of_hundred = {name for name in declared() if (step := agreed.on(name, day)) is not None and step.value == 100}
    assert of_hundred == {*HUNDRED, "la_closed_12m"}
    older = [agreed.on(f"la_closed_{months}m", day) for months in (1, 3, 12)]
    assert [step.value for step in older if step is not None] == [80, 90, 100]


def test_a_group_named_in_a_declaration_is_a_group_of_its_code_list() -> None:
    """A label that no code list has would count nothing, in silence."""
    groups = {
        name: {code.group for code in lists.codes} for name, lists in code_lists(Places.of(None).reference).items()
    }
    for name, one in declared().items():
        for part in one.parts:
            for column, label in labels_compared(part.where or ""):
                codes = next(item for item in one.event_table.columns if item.name == f"{column}_group").codes
                assert codes is None or label in groups[codes], f"{name}: {label!r} is no group of {codes}"


def labels_compared(where: str) -> list[tuple[str, str]]:
    """Every (code, label) that the condition compares: `x_group = 'A'` and `x_group in ('A', 'B')`."""
    found = re.findall(r"(\w+)_group (?:=|<>) '([^']+)'", where)
    for column, listed in re.findall(r"(\w+)_group in \(([^)]+)\)", where):
        found += [(column, label) for label in re.findall(r"'([^']+)'", listed)]
    return found


def test_every_target_is_of_an_indicator_that_has_a_better_direction() -> None:
    with (PROJECT / "config" / "targets.yaml").open(encoding="utf-8") as file:
        targets = yaml.safe_load(file)["targets"]
    for target in targets:
        assert declared()[target["indicator"]].better != "neither"
        assert all({"since", "value", "agreed"} == set(step) for step in target["steps"])
