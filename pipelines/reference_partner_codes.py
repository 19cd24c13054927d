"""The code lists of the partnership's own returns, and the spellings that senders use.

No national standard words these returns: labels are those of the project's templates. A code
is its label in lower case with underscores, so that a drop-down offers plain words; the
standards of the section 11 audit are known by their numbers as well. A label is its own group,
except that agencies are grouped as they are talked of (a GP and a hospital stay apart; whose
source of referral each is, is said in returns/referring_agencies.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reference_learning_codes import LISTS as OF_LEARNING
from pipelines.reference_learning_codes import factor_codes
from returns.codes import Code, CodeList, key

# The labels of each list in the order of its drop-down, and after each the other spellings it is known by.
_Labels = dict[str, tuple[str, ...]]

_YES = ("y", "true", "1")
_NO = ("n", "false", "0")
_OTHER = ("any other", "else")

_AGENCIES: _Labels = {
    "Police": ("west mercia police", "wmp", "police officer", "constabulary", "british transport police"),
    "Schools": ("school", "primary school", "secondary school", "academy", "special school", "education school"),
    "Early years": ("nursery", "pre school", "preschool", "childminder", "early years setting"),
    "Education services": ("college", "education", "education welfare", "education welfare service", "virtual school"),
    "GP": ("gp surgery", "gp practice", "general practice", "general practitioner", "surgery"),
    "Health visiting": ("health visitor", "hv"),
    "School nursing": ("school nurse",),
    "Midwifery": ("midwife", "maternity"),
    "Hospital": ("accident and emergency", "a e", "ed", "acute trust", "wye valley nhs trust", "wvt", "paediatrics"),
    "Mental health": ("camhs", "adult mental health", "mental health service", "mental health services"),
    "Substance misuse": ("drug and alcohol service", "substance misuse service", "turning point"),
    "Ambulance service": ("ambulance", "west midlands ambulance service", "wmas", "paramedic"),
    "Other health services": ("health", "nhs", "nhs 111", "dentist", "therapies"),
    "Social care": ("childrens social care", "adult social care", "csc", "social worker", "social services",
                    "emergency duty team", "edt"),
    "Early help": ("early help service", "family support", "early help hub", "family support team", "talk community"),
    "Other council services": ("council", "local authority", "la services", "licensing"),
    "Another authority": ("another local authority", "another la", "out of area local authority"),
    "Housing": ("housing association", "housing provider", "registered social landlord"),
    "Probation": ("probation service", "national probation service"),
    "Youth justice": ("youth justice service", "yjs", "yot", "youth offending service", "youth offending team"),
    "Courts and Cafcass": ("cafcass", "court", "family court", "courts"),
    "Domestic abuse service": ("womens aid", "domestic abuse services", "idva", "west mercia womens aid"),
    "Voluntary sector": ("voluntary", "charity", "voluntary organisation", "voluntary and community sector", "vcs",
                         "nspcc", "barnardos", "third sector"),
    "Family or friend": ("family", "parent", "family member", "relative", "self", "self referral", "friend"),
    "Member of the public": ("public", "neighbour", "individual"),
    "Anonymous": ("anon", "anonymous caller"),
    "Other": _OTHER,
}

_LISTS: dict[str, _Labels] = {
    "referring_agency": _AGENCIES,
    "rating": {"Red": ("r",), "Amber": ("a",), "Green": ("g",), "Blue": ("b",)},
    "consent": {
        "Yes": (*_YES, "obtained", "consent obtained", "consent given", "given"),
        "No": (*_NO, "not obtained", "refused", "consent refused", "declined"),
        "Not needed": ("not required", "consent not needed", "overridden", "dispensed with", "consent overridden",
                       "not sought child at risk"),
    },
    "concern": {
        "Neglect": ("neg",),
        "Emotional abuse": ("emotional",),
        "Physical abuse": ("physical",),
        "Sexual abuse": ("sexual",),
        "Domestic abuse": ("da", "dv", "domestic violence"),
        "Parental mental health": ("parental mental ill health", "parent mental health", "pmh"),
        "Parental substance misuse": ("parental drug and alcohol misuse", "parent substance misuse", "psm",
                                      "parental alcohol misuse", "parental drug misuse"),
        "Child criminal exploitation": ("cce", "criminal exploitation", "county lines"),
        "Child sexual exploitation": ("cse", "sexual exploitation"),
        "Missing": ("missing episode", "missing from home", "missing from care", "mfh"),
        "Self-harm": ("self harming", "suicidal ideation"),
        "Disability": ("child disability", "disabled child"),
        "Other": _OTHER,
    },
    "contact_outcome": {
        "Referral to social care": ("referral", "referred to social care", "progress to referral", "mash referral",
                                    "referral to csc", "progressed to referral", "referral to childrens social care"),
        "Early help": ("eh", "referral to early help", "early help referral"),
        "Existing case": ("open case", "already open", "passed to allocated worker", "pass to allocated worker"),
        "Advice and information": ("information and advice", "advice", "a i", "advice and guidance", "signposted",
                                   "information advice and guidance", "iag"),
        "No further action": ("nfa",),
        "Strategy discussion": ("strategy meeting", "s47", "section 47", "strategy discussion s47"),
    },
    "contact_type": {
        "MARF": ("multi agency referral form", "marf form", "referral form", "written referral"),
        "Police notification": ("pn", "police notifications", "vulnerability notification", "ppn", "police incident"),
        "Telephone": ("phone", "telephone call", "phone call", "call", "tel"),
        "Online": ("web", "portal", "online form", "online portal", "email", "e mail"),
        "Other": _OTHER,
    },
    "marf_quality": {
        "Good": (), "Adequate": ("satisfactory", "acceptable"), "Poor": ("inadequate", "incomplete"),
        "Not assessed": ("not graded", "not checked"),
    },
    "respondent": {
        "Child under 5": ("under 5", "0 to 4", "0 4", "under 5s", "child 0 4"),
        "Child 5 to 10": ("5 to 10", "5 10", "child 5 10", "child aged 5 to 10"),
        "Child 10 to 16": ("10 to 16", "10 16", "child 10 16", "child aged 10 to 16", "young person", "11 to 16"),
        "Parent or carer": ("parent", "carer", "parent carer", "parents", "parents and carers"),
        "Practitioner": ("professional", "worker", "practitioners", "professionals"),
    },
    "attendance": {
        "Yes": (*_YES, "attended", "present"),
        "No": (*_NO, "did not attend", "dna", "apologies", "absent", "not attended", "invited did not attend"),
        "Not invited": ("n i", "ni", "not asked"),
    },
    "discussion_outcome": {
        "Single section 47": ("single agency section 47", "single s47", "single agency", "single"),
        "Joint section 47": ("joint s47", "joint agency section 47", "joint", "joint investigation"),
        "No further action": ("nfa", "no s47", "no section 47"),
        "Other": _OTHER,
    },
    "conference_type": {
        "Initial": ("icpc", "initial conference", "initial child protection conference", "initial cpc"),
        "Review": ("rcpc", "review conference", "review child protection conference", "review cpc"),
        "Transfer in": ("transfer", "transfer in conference", "transferred in"),
    },
    "conference_outcome": {
        "Child protection plan": ("cpp", "cp plan", "made subject to a plan", "plan made", "plan"),
        "Plan continues": ("continue", "remains on plan", "plan to continue", "cpp continues", "continues"),
        "Plan ends": ("plan ended", "ceased", "end plan", "removed from plan", "cpp ended", "de plan"),
        "Child in need plan": ("cin plan", "cin", "child in need", "step down to cin"),
        "Early help": ("eh", "early help plan"),
        "No plan": ("nfa", "no further action", "no cpp", "not made subject to a plan"),
        "Adjourned": ("adjourn", "reconvene", "not quorate adjourned"),
    },
    "participant": {
        "Social care": ("childrens social care", "social worker", "csc", "local authority"),
        "Police": ("west mercia police", "police officer"),
        "GP": ("general practitioner", "gp practice", "gp surgery"),
        "Health visiting": ("health visitor", "hv"),
        "School nursing": ("school nurse",),
        "Midwifery": ("midwife", "maternity"),
        "Hospital": ("acute trust", "paediatrician", "paediatrics"),
        "Mental health": ("camhs", "adult mental health", "mental health services"),
        "Education": ("school", "nursery", "college", "schools", "early years"),
        "Probation": ("probation service",),
        "Housing": ("housing association",),
        "Substance misuse": ("drug and alcohol service", "substance misuse service", "turning point"),
        "Domestic abuse service": ("womens aid", "domestic abuse services", "idva"),
        "Other": _OTHER,
    },
    "plan_type": {
        "Early help": ("eh", "early help plan"),
        "Child in need": ("cin", "cin plan", "child in need plan"),
        "Child protection": ("cp", "cpp", "cp plan", "child protection plan"),
        "Looked after": ("lac", "cla", "child looked after", "looked after child", "children looked after"),
    },
    "risk_level": {"Low": ("l", "low risk"), "Medium": ("m", "med", "medium risk"), "High": ("h", "high risk")},
    "lado_contact_type": {
        "Referral meeting the threshold": ("meets threshold", "threshold met", "allegation", "referral threshold met"),
        "Referral not meeting the threshold": ("threshold not met", "does not meet threshold",
                                               "referral not meeting it", "below threshold"),
        "Advice or consultation": ("advice", "consultation", "advice and consultation", "advice only"),
        "Referred to another LADO": ("other lado", "another lado", "referred to other lado", "out of area lado"),
        "Passed to adult safeguarding": ("adult safeguarding", "pipot", "position of trust", "adults safeguarding"),
    },
    "employer_sector": {
        "Education": ("school", "schools", "college"),
        "Early years": ("nursery", "childminder", "pre school", "preschool"),
        "Foster care": ("fostering", "foster carer", "foster carers", "independent fostering agency"),
        "Residential": ("childrens home", "residential care", "residential childrens home"),
        "Social care": ("childrens social care", "adult social care", "local authority"),
        "Health": ("nhs", "hospital", "gp"),
        "Police": (),
        "Transport": ("taxi", "school transport", "taxi driver", "home to school transport"),
        "Sport and leisure": ("sport", "sports club", "leisure", "sports", "sport leisure"),
        "Faith": ("church", "faith group", "faith organisation", "religious organisation"),
        "Voluntary": ("charity", "voluntary sector", "voluntary organisation", "third sector", "scouts"),
        "Other": _OTHER,
    },
    "threshold_limb": {
        "Harmed": ("a", "behaved in a way that has harmed a child", "harmed a child", "harm", "limb 1"),
        "Offence": ("b", "possibly committed a criminal offence", "criminal offence", "limb 2"),
        "Risk of harm": ("c", "may pose a risk of harm", "risk", "poses a risk of harm", "limb 3"),
        "Unsuitable": ("d", "may not be suitable to work with children", "suitability", "limb 4"),
    },
    "allegation_outcome": {
        "Substantiated": ("subst",), "Unsubstantiated": ("unsubst", "not substantiated"),
        "Unfounded": (), "False": (), "Malicious": ("deliberately false",),
        "Ongoing": ("open", "in progress", "not concluded", "investigation ongoing"),
    },
    "section_11_grade": {
        "Met": ("fully met", "compliant", "green", "yes"),
        "Partly met": ("partially met", "partial", "amber", "partly", "in part"),
        "Not met": ("unmet", "red", "non compliant", "no"),
        "Not applicable": ("n a", "na"),
    },
    "phase": {
        "Early years": ("nursery", "nursery school"),
        "First": ("first school",),
        "Primary": ("infant", "junior", "primary school", "all through primary"),
        "Middle": ("middle school", "middle deemed secondary", "middle deemed primary"),
        "Secondary": ("secondary school", "high school", "high", "all through"),
        "Special": ("special school",),
        "Pupil referral unit": ("pru", "alternative provision", "ap"),
        "Independent": ("independent school", "other independent school", "private"),
        "College": ("fe college", "further education", "sixth form college", "16 plus", "sixth form"),
    },
    "section_175_section": {
        "Leadership": ("leadership and management", "governance", "leadership and governance"),
        "Policy": ("policies", "policy and procedure", "policies and procedures"),
        "Training": ("staff training", "training and induction"),
        "Recruitment": ("safer recruitment", "safe recruitment"),
        "Filtering and monitoring": ("online safety", "filtering", "filtering monitoring"),
        "Curriculum": ("teaching and learning", "curriculum and teaching"),
        "Early help": ("early help and support",),
        "Records": ("record keeping", "recording", "records and information sharing"),
        "Allegations": ("managing allegations", "allegations against staff"),
    },
    "section_175_grade": {
        "Met": ("fully met", "compliant", "green", "yes"),
        "Partly met": ("partially met", "partial", "amber", "partly", "in part"),
        "Not met": ("unmet", "red", "non compliant", "no"),
    },
    **OF_LEARNING,
}

# Source: Children Act 2004, section 11, as Working Together 2023, chapter 4, sets the standards out.
_STANDARDS: _Labels = {
    "Senior leadership": ("leadership", "senior management commitment"),
    "Responsibilities stated": ("statement of responsibilities", "responsibilities"),
    "Accountability": ("clear lines of accountability", "lines of accountability"),
    "Service development informed by children": ("service development", "voice of the child", "childs voice",
                                                 "service development informed by the views of children"),
    "Training and supervision": ("training", "staff training", "supervision and training"),
    "Safer recruitment and allegations": ("safer recruitment", "recruitment", "recruitment and allegations"),
    "Working together": ("inter agency working", "interagency working", "multi agency working"),
    "Information sharing": ("sharing information", "info sharing"),
}


def partner_codes() -> list[Code]:
    """Every code of the partners' returns, list by list."""
    codes = [
        Code(name, _code(label), "", label, label, "", "", "") for name, labels in _LISTS.items() for label in labels
    ]
    return codes + factor_codes() + [
        Code("section_11_standard", str(number), "", label, label, "", "", "")
        for number, label in enumerate(_STANDARDS, start=1)
    ]


def partner_spellings() -> list[tuple[str, str, str, str]]:
    """Every other spelling as its key, with its group: (list, spelling, group, ""); none means two things."""
    found: dict[tuple[str, str], str] = {}
    for name, spelling, group in _spelt():
        if found.setdefault((name, spelling), group) != group:
            raise ValueError(f"{name}: {spelling!r} is a spelling of both {found[name, spelling]} and {group}")
    return [(name, spelling, group, "") for (name, spelling), group in sorted(found.items())]


def _spelt() -> Iterator[tuple[str, str, str]]:
    codes = partner_codes()
    for name, labels in {**_LISTS, "section_11_standard": _STANDARDS}.items():
        published = set(CodeList(name, tuple(code for code in codes if code.list == name), {}).published_forms())
        for label, spellings in labels.items():
            yield from ((name, key(text), label) for text in spellings if key(text) not in published)
    for number, (label, spellings) in enumerate(_STANDARDS.items(), start=1):
        for text in (f"standard {number}", f"std {number}", f"s{number}"):
            yield "section_11_standard", text, label
        yield from (("section_11_standard", key(f"{number} {text}"), label) for text in spellings)


def _code(label: str) -> str:
    return key(label).replace(" ", "_")
