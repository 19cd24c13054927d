"""The measures of the Local Authority Interactive Tool that the catalogue compares with, and where their status is."""

from __future__ import annotations

MEASURES: tuple[str, ...] = (
    "CPP_Total_Rateper10,000", "ReReferral", "CIN_Refferals_NFA", "RefBySource_Police_%", "RefBySource_Schl_%",
    "RefBySource_HealthServ_%", "Continue_Assess_Comp", "Referrals_AssessedNotNeed", "Section_47", "CP_conf_15days",
    "ISCP_Conf", "CPP_rate", "CPP_Num", "CPP_Abuse", "PrevRegCPR", "CPPlans2yrsActive", "CPPlans2yrs", "RevCP", "CIN",
    "CINTime2more", "LAC", "LACnum", "LACnum_Start", "LACceased", "LACDistance", "LACStable_2016on", "LACHealth%",
    "LACDental%", "LAC_ceased_SGO%", "Unacc_Asylmn_Seek_Childn", "CareLeaverAcc", "CareLeaverEET", "Children_missing",
    "Work_Force_Vac_Rate", "Work_Force_Agecy_Rate", "Work_Force_TO_Rate", "Work_Force_AvgNumCase_SW",
)

# What those are a share of, where it is published: how sure a share is depends on it.
BASES: tuple[str, ...] = ("CPP_Total_NumRef", "CPP_31March_3MnthorMore", "DeRegCPR", "NoCareLeavers")

_C1_NEW = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025"
_C1_OLD = "c1_children_in_need_referrals_and_rereferrals_2013_to_2024"
_C2, _C4, _C5 = "c2_children_in_need_assessments", "c4_children_in_need_section_47s", "c5_children_in_need_referrals_by"
_B1_NEW, _B1_OLD = "b1_children_in_need_2013_to_2025", "b1_children_in_need_2013_to_2024"
_D1, _D3 = "d1_child_protection_plans", "d3_cpps_subsequent_plan_2013_to_2025"
_D5, _D6 = "d5_cpps_at31march_by_duration_2013_to_2025", "d6_cpps_reviewed"
_CLA, _CSWW = "cla_number_and_rate", "csww_indicators"

# The Department's own files of the same figure, the newest first: (start of the file's name, column). Where a later
# edition has the count only, the count's symbol stands for the rate's.
STATUS_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "CPP_Total_Rateper10,000": ((_C1_NEW, "referral_count"), (_C1_OLD, "Referrals_rate")),
    "CPP_Total_NumRef": ((_C1_NEW, "referral_count"),),
    "ReReferral": ((_C1_NEW, "rereferral_percent"),),
    "CIN_Refferals_NFA": ((_C1_NEW, "no_further_action_percent"),),
    "Referrals_AssessedNotNeed": ((_C1_NEW, "not_in_need_percent"),),
    "RefBySource_Police_%": ((_C5, "Police"),),
    "RefBySource_Schl_%": ((_C5, "Schools"),),
    "RefBySource_HealthServ_%": ((_C5, "Health_Services"),),
    "Continue_Assess_Comp": ((_C2, "Assessments_completed"),),
    "Section_47": ((_C4, "Section47_rate"),),
    "ISCP_Conf": ((_C4, "ICPC_rate"),),
    "CP_conf_15days": ((_C4, "ICPC"),),
    "CPP_rate": ((_D5, "CPP_At31"), (_D1, "CPP_At31_rate")),
    "CPP_Num": ((_D5, "CPP_At31"),),
    "CPP_Abuse": ((_D3, "CPP_start"),),
    "PrevRegCPR": ((_D3, "CPP_subsequent_percent"),),
    "CPPlans2yrsActive": ((_D5, "2_years_or_more_percent"),),
    "RevCP": ((_D6, "Reviewed_within_timescales_percent"),),
    "CIN": ((_B1_NEW, "At31_episodes"), (_B1_OLD, "At31_episodes_rate")),
    "LAC": ((_CLA, "rate_per_10000"),),
    "LACnum": ((_CLA, "children_count"),),
    "LACnum_Start": ((_CLA, "children_count"),),
    "LACceased": ((_CLA, "children_count"),),
    "Work_Force_Vac_Rate": ((_CSWW, "vacancy_rate_fte"),),
    "Work_Force_Agecy_Rate": ((_CSWW, "agency_rate_fte"),),
    "Work_Force_TO_Rate": ((_CSWW, "turnover_rate_fte"),),
    "Work_Force_AvgNumCase_SW": ((_CSWW, "caseload_fte"),),
}

# The rows of the looked-after file that each of its measures is about.
CHILDREN_LOOKED_AFTER = {
    "LAC": "Children looked after on 31 March each year",
    "LACnum": "Children looked after on 31 March each year",
    "LACnum_Start": "Children starting to be looked after each year",
    "LACceased": "Children ceasing to be looked after each year",
}

# The publications that LAIT's dictionary links to, by the last part of the address.
PUBLICATIONS = {
    "characteristics-of-children-in-need": "Children in need",
    "children-looked-after-in-england-including-adoptions": "Children looked after in England including adoptions",
    "statistics-childrens-social-care-workforce": "Children's social work workforce",
}
