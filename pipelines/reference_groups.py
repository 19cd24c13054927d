"""One plain label for each group of the code lists, and what has changed since Ofsted's 2019 template.

Ofsted's template, the LIIA pipeline's table of spellings, the children in need census and
the 903 return each word and letter their groupings differently. Keys of GROUP_OF_SPELLING
are words as returns.codes.key gives them, of LIIA's groupings.
"""

from __future__ import annotations

# The titles of Ofsted's tab Codes_used, as keys, and the list each is here. Yes-or-no titles are not listed.
LIST_OF_TITLE = {
    "gender": "sex",
    "ethnicity": "ethnicity",
    "contact referral source": "source",
    "primary need code": "need",
    "reason for closure": "closure_reason",
    "case status": "case_status",
    "initial latest category of abuse": "category",
    "childs legal status": "legal_status",
    "what is the permanence plan for this child": "permanence_plan",
    "reason ceased to be looked after": "ceased_reason",
    "placement type": "placement_type",
    "placement provider": "placement_provider",
    "placement location": "placement_location",
    "eligibility category": "eligibility",
    "la in touch": "in_touch",
    "type of accommodation": "accommodation",
    "suitability of accommodation": "suitability",
    "activity status": "activity",
    "reason why child no longer placed for adoption": "adoption_stopped_reason",
    "reason for leaving adoption process": "adopter_left_reason",
}

# LIIA's column names and the list each is here. Authorities of placement are not a list: they are kept as sent.
LIST_OF_COLUMN = {
    "Gender": "sex",
    "Ethnicity": "ethnicity",
    "Contact Source": "source",
    "Referral Source": "source",
    "Primary Need Code": "need",
    "Child's Category of Need": "need",
    "Reason for Closure": "closure_reason",
    "Case Status": "case_status",
    "Initial Category of Abuse": "category",
    "Latest Category of Abuse": "category",
    "Child's Legal Status": "legal_status",
    "What is the permanence plan for this child?": "permanence_plan",
    "Reason Ceased to be Looked After": "ceased_reason",
    "Placement Type": "placement_type",
    "Placement Provider": "placement_provider",
    "Placement Location": "placement_location",
    "Eligibility Category": "eligibility",
    "LA in Touch": "in_touch",
    "Type of Accommodation": "accommodation",
    "Suitability of Accommodation": "suitability",
    "Activity Status": "activity",
    "Reason Why Child No Longer Placed for Adoption": "adoption_stopped_reason",
    "Reason for leaving adoption process": "adopter_left_reason",
    "Referral NFA?": "no_further_action",
    "Does the Child have a Disability": "disability",
    "Disability": "disability",
    "Child Seen During Continuous Assessment": "child_seen",
    "Was the Child Seen Alone?": "seen_alone",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": "uasc",
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)": "uasc",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?": "interview_offered",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?": "interview_accepted",
    "Was an Initial Child Protection Conference deemed unnecessary?": "yes_no",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan": "yes_no",
    "Was the child assessed as requiring LA children's social care support?": "yes_no",
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)": "yes_no",
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)": "yes_no",
    "Is the (prospective) adopter fostering for adoption?": "yes_no",
}

# The yes-or-no lists, and the spellings that all of them share.
YES_NO_LISTS = (
    "yes_no", "no_further_action", "disability", "child_seen", "seen_alone", "uasc",
    "interview_offered", "interview_accepted",
)
YES_NO_SPELLINGS = {
    "Yes": ("y", "yes", "1", "1 yes", "true", "t"),
    "No": ("n", "no", "0", "0 no", "false", "f", "2", "2 no"),
    "Unknown": ("unknown", "not known", "u", "not recorded", "nobt", "refused", "don't know", "dk"),
}

# LIIA's bucket for what it could not place: no group, so such a spelling stays unknown and is asked about.
ERROR_BUCKET = "zzCodeError"

_WHITE, _MIXED, _ASIAN, _BLACK = "White", "Mixed", "Asian or Asian British", "Black or Black British"
_OTHER_ETHNIC, _NOT_STATED = "Other ethnic group", "Not stated"
_PERMANENCE = "Special guardianship or child arrangements order"
_NO_RESPONSIBILITY = "Left care to live with parents, relatives or others without parental responsibility"
_ARRANGEMENTS, _GUARDIANSHIP = "Residence or child arrangements order", "Special guardianship order"
_STAYED = "Aged 18 and stayed with carers"
_INDEPENDENT = "Moved into independent living"
_NOT_IN_NEED = "Not in need after assessment"
_CEASED = "Services ceased for any other reason"
_DETAINED = "Detained on child protection grounds"
_BREAKS = "Short-term breaks"
_FOSTER, _ADOPTIVE, _TEMPORARY = "Foster placement", "Placed for adoption", "Temporary placement"
_OTHER_PLACEMENT = "Other placement"
_OWN, _PRIVATE = "Own authority", "Private"
_IN_EET = "Education, employment or training"
_NOT_EET = "Not in education, employment or training"


def _each(group: str, codes: str) -> dict[str, str]:
    return dict.fromkeys(codes.split(), group)


# The group of every published code. Chinese stands under Asian, as in the 2021 census and the Department's figures.
GROUP_OF_CODE: dict[str, dict[str, str]] = {
    "sex": {"a": "Male", "b": "Female", "c": _NOT_STATED, "d": "Neither"},
    "ethnicity": {
        **_each(_WHITE, "WBRI WIRI WIRT WOTH WROM"), **_each(_MIXED, "MWBC MWBA MWAS MOTH"),
        **_each(_ASIAN, "AIND APKN ABAN AOTH CHNE"), **_each(_BLACK, "BCRB BAFR BOTH"),
        "OOTH": _OTHER_ETHNIC, **_each(_NOT_STATED, "REFU NOBT"),
    },
    "source": {
        **_each("Individual", "1A 1B 1C 1D"), "2A": "Schools", "2B": "Education services",
        **_each("Health services", "3A 3B 3C 3D 3E 3F"), "4": "Housing", **_each("LA services", "5A 5B 5C 5D"),
        "6": "Police", "7": "Other legal agency", "8": "Other", "9": "Anonymous", "10": "Unknown",
    },
    "need": {
        "N1": "Abuse or neglect", "N2": "Child's disability", "N3": "Parental disability or illness",
        "N4": "Family in acute stress", "N5": "Family dysfunction", "N6": "Socially unacceptable behaviour",
        "N7": "Low income", "N8": "Absent parenting", "N9": "Cases other than children in need", "N0": _NOT_STATED,
    },
    "closure_reason": {
        "RC1": "Adopted", "RC2": "Died", "RC3": "Child arrangements order", "RC4": "Special guardianship order",
        "RC5": "Transferred to another authority", "RC6": "Transferred to adult services", "RC7": _CEASED,
        "RC8": _NOT_IN_NEED, "RC9": _NOT_IN_NEED,
    },
    "case_status": {
        "a": "Looked after child", "b": "Child protection plan", "c": "Child in need plan", "d": "Open assessment",
        "e": "Closed episode",
    },
    "category": {"a": "Neglect", "b": "Physical abuse", "c": "Sexual abuse", "d": "Emotional abuse", "e": "Multiple"},
    "legal_status": {
        "C1": "Interim care order", "C2": "Full care order", "D1": "Freed for adoption", "E1": "Placement order",
        "V2": "Accommodated under section 20", **_each(_DETAINED, "L1 L2 L3"), **_each("Youth justice", "J1 J2 J3"),
        **_each(_BREAKS, "V3 V4"),
    },
    "permanence_plan": {
        "a": "Return to family", "b": "Adoption", "c": _PERMANENCE, "d": "Supported living in the community",
        "e": "Long-term residential placement", "f": "Long-term fostering", "g": "Other",
    },
    "ceased_reason": {
        **_each("Adopted", "E11 E12"), "E2": "Died", "E3": "Care taken by another authority",
        **_each("Returned home", "E4A E4B"), "E13": _NO_RESPONSIBILITY, "E41": _ARRANGEMENTS,
        **_each(_GUARDIANSHIP, "E43 E44 E45 E46 E47 E48"), **_each(_INDEPENDENT, "E5 E6"),
        "E7": "Transferred to adult social services", "E9": "Sentenced to custody",
        "E14": "Accommodation on remand ended", "E15": "Assessed to be 18 or over", "E16": "Moved abroad",
        "E17": _STAYED, "E8": "Other reason", "X1": "New episode the same day",
    },
    "placement_type": {
        **_each(_FOSTER, "U1 U2 U3 U4 U5 U6"), **_each(_ADOPTIVE, "A3 A4 A5 A6"), "P1": "Placed with parents",
        "P2": "Independent living", "P3": "Residential employment", "H5": "Residential accommodation",
        "K1": "Secure children's home", "K2": "Children's home", "K3": "Supported accommodation",
        "R1": "Residential care home", "R2": "NHS or health trust", "R3": "Family centre or mother and baby unit",
        "R5": "Young offender institution", "S1": "Residential school",
        **_each(_OTHER_PLACEMENT, "Z1 Z11 Z12 Z13 Z14"), **_each(_TEMPORARY, "T0 T1 T2 T3 T4"),
    },
    "placement_provider": {"PR1": _OWN, "PR4": _PRIVATE, **_each("Other", "PR0 PR2 PR3 PR5")},
    "placement_location": {"a": "In", "b": "Out"},
    "eligibility": {"a": "Relevant", "b": "Former relevant", "c": "Qualifying", "d": "Eligible", "e": "Other"},
    "in_touch": {"a": "In touch", **_each("Not in touch", "b d e"), **_each("Excluded", "c f")},
    "accommodation": {
        "B": "With parents or relatives", "C": "Community home", "D": "Semi-independent transitional accommodation",
        "E": "Supported lodgings", "G": "Gone abroad", "H": "Deported", "K": "Ordinary lodgings",
        "R": "Residence not known", "S": "No fixed abode or homeless", "T": "Foyers", "U": "Independent living",
        "V": "Emergency accommodation", "W": "Bed and breakfast", "X": "In custody", "Y": "Other accommodation",
        "Z": "With former foster carers",
    },
    "suitability": {"a": "Suitable", "b": "Not suitable"},
    "activity": {**_each(_IN_EET, "F1 P1 F2 P2 F3 P3 F4 P4 F5 P5"), **_each(_NOT_EET, "G4 G5 G6")},
    "adoption_stopped_reason": {
        "RD1": "Child's needs changed", "RD2": "Court did not make a placement order", "RD3": "Adopters not found",
        "RD4": "Any other reason",
    },
    "adopter_left_reason": {"1": "Withdrew", "2": "Put on hold", "3": "Application refused"},
}

# LIIA's groupings (without their letter, as keys) that are worded otherwise than ours.
GROUP_OF_SPELLING: dict[str, dict[str, str]] = {
    "sex": {"not stated recorded": _NOT_STATED},
    "ethnicity": {"unknown": _NOT_STATED},
    "need": {
        "parents illness or disability": "Parental disability or illness",
        "not cin": "Cases other than children in need",
    },
    "closure_reason": {
        "residence order": "Child arrangements order", "transfer to another la": "Transferred to another authority",
        "transfer to adult social services": "Transferred to adult services",
        "other incl child no longer in need": _CEASED,
        "child not in need after assessment": _NOT_IN_NEED, "not stated": _NOT_STATED,
    },
    "legal_status": {
        "interim care orders": "Interim care order", "full care orders": "Full care order",
        "placement order granted": "Placement order", "accommodated under s20": "Accommodated under section 20",
        "detained on child protection grounds in la accommodation": _DETAINED,
        "detained on child protection grounds in la accomodation": _DETAINED,
        "youth justice legal statuses": "Youth justice", "j1 remanded to la or youth detention": "Youth justice",
        "j2 la accommodation under pace": "Youth justice",
    },
    "permanence_plan": {"sgo cao": _PERMANENCE},
    "ceased_reason": {
        "care taken by another la": "Care taken by another authority",
        "returned home to live with parents or relatives": "Returned home",
        "left care to live with parents relatives or other person with no parental responsibility": _NO_RESPONSIBILITY,
        "residence order granted": _ARRANGEMENTS, "special guardianship orders": _GUARDIANSHIP,
        "transferred to residential care funded by adult social services": "Transferred to adult social services",
        "age assessment determined child was 18 or over": "Assessed to be 18 or over",
        "child moved abroad": "Moved abroad",
        "care ceased for any other reason": "Other reason",
    },
    "placement_type": {
        "secure childrens homes": "Secure children's home", "childrens homes": "Children's home",
        "nhs health trust": "NHS or health trust", "other placements": _OTHER_PLACEMENT,
    },
    "placement_provider": {"own la": _OWN},
    "in_touch": {"not recorded": "Not recorded", "exclude": "Excluded"},
    "accommodation": {
        "no fixed abode homeless": "No fixed abode or homeless",
        "with former foster carer": "With former foster carers",
    },
    "suitability": {"not in touch or not recorded": "Not in touch or not recorded", "exclude": "Excluded"},
    "adoption_stopped_reason": {
        "court did not make a po": "Court did not make a placement order",
        "prospective adopters cannot be found": "Adopters not found",
    },
    "adopter_left_reason": {"process on hold": "Put on hold"},
}
