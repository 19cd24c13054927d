"""What the code lists and spellings need beyond their two sources: later codes, corrections, and meanings in doubt.

Sources: the Department for Education's children in need census and 903 guides, by year;
each correction names the mistake it puts right. Spellings are keys, as returns.codes.key gives them.
"""

from __future__ import annotations

# (list, code, label, detail, first year of its return). Codes added after Ofsted's August 2019 template, and two that
# the newer edition of List 9 adds. The 903 return writes the year in which it is collected, as the census does.
LATER_CODES: tuple[tuple[str, str, str, str, str], ...] = (
    ("source", "5D", "LA services", "'LA SERVICES' - early help", "2023"),
    ("closure_reason", "RC9", "Case closed after assessment, referred to early help", "", "2023"),
    ("ceased_reason", "E43", "Special Guardianship Order made to former foster carers", "", ""),
    ("ceased_reason", "E44", "Special Guardianship Order made to carers other than former foster carers", "", ""),
    ("ceased_reason", "E17", "Aged 18 (or over) and remained with current carers",
     "Aged 18 (or over) and remained with current carers (inc under staying put arrangements)", ""),
    ("placement_type", "K3", "Supported accommodation", "", "2025"),
    ("placement_type", "Z11", "Other placements (Z11)", "", "2026"),
    ("placement_type", "Z12", "Other placements (Z12)", "", "2026"),
    ("placement_type", "Z13", "Other placements (Z13)", "", "2026"),
    ("placement_type", "Z14", "Other placements (Z14)", "", "2026"),
    ("eligibility", "d", "Eligible child", "", ""),
    ("eligibility", "e", "Other", "", ""),
    ("activity", "F4", "Full time in an apprenticeship", "Young person engaged full time in an apprenticeship", "2022"),
    ("activity", "P4", "Part time in an apprenticeship", "Young person engaged part time in an apprenticeship", "2022"),
    ("activity", "F5", "Full time in training or employment (not apprenticeship)",
     "Young person engaged full time in training or employment (not apprenticeship)", "2022"),
    ("activity", "P5", "Part time in training or employment (not apprenticeship)",
     "Young person engaged part time in training or employment (not apprenticeship)", "2022"),
)

# (list, code): first and last year of its return, where it began or ended since 2017.
SPANS: dict[tuple[str, str], tuple[str, str]] = {
    **{("ceased_reason", code): ("2019", "") for code in ("E45", "E46", "E47", "E48")},
    ("ceased_reason", "E43"): ("", "2018"),
    ("ceased_reason", "E44"): ("", "2018"),
    ("activity", "F3"): ("", "2021"),
    ("activity", "P3"): ("", "2021"),
    ("placement_type", "H5"): ("", "2024"),
    ("placement_type", "P2"): ("", "2024"),
}

# Details that the template leaves to the 903 guide, and labels that say nothing of their own.
DETAILS: dict[tuple[str, str], str] = {
    ("in_touch", "d"): "Young person refuses contact",
    ("in_touch", "e"): "Young person no longer requires services",
    ("in_touch", "f"): "Returned home to parents or a person with parental responsibility for six months or more",
}
LABELS: dict[tuple[str, str], str] = {("ceased_reason", "X1"): "New episode on the same day"}

# Published wordings that the two sources lack: the census's codes and labels, the 903's, Ofsted's second wording.
# LIIA's table puts three of these spellings into a neighbouring group; the published code in them says otherwise.
SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("need", "abuse neglect and exploitation", "Abuse or neglect"),
    ("need", "parental illness or disability", "Parental disability or illness"),
    ("category", "neg", "Neglect"), ("category", "phy", "Physical abuse"), ("category", "sab", "Sexual abuse"),
    ("category", "emo", "Emotional abuse"), ("category", "mul", "Multiple"),
    ("ethnicity", "asian", "Asian or Asian British"), ("ethnicity", "black", "Black or Black British"),
    ("in_touch", "in touch", "In touch"), ("in_touch", "not in touch", "Not in touch"),
    ("suitability", "1", "Suitable"), ("suitability", "2", "Not suitable"),
    ("activity", "eet", "Education, employment or training"),
    ("activity", "neet", "Not in education, employment or training"),
    ("placement_provider", "pr0 provision by own parents or other person with parental responsibility", "Other"),
    ("closure_reason", "rc6 transferred to adult social services", "Transferred to adult services"),
    ("interview_accepted", "offered and declined by yp", "No"),
)

# What says that a person is Chinese: the word, and the Department's extended codes. LIIA groups them under other ethnic
# groups, as the 2001 census did.
CHINESE = frozenset(("chinese", "chkc", "cmal", "csng", "ctwn", "coch", "chne", "chin", "che"))

# E17, which LIIA's grouping puts under leaving care to live with others.
STAYED_WITH_CARERS = ("aged 18 or over who stayed", "remained with current carers")

# Spellings that LIIA reads one way and that can mean another; a person is asked.
IN_DOUBT: dict[tuple[str, str], tuple[str, str]] = {
    # A child who was not seen alone may have been seen, and one who was seen may not have been alone.
    ("child_seen", "child not seen alone"): ("No", "Yes"),
    ("child_seen", "not seen alone"): ("No", "Yes"),
    ("seen_alone", "child seen"): ("No", "Yes"),
    ("seen_alone", "seen"): ("No", "Yes"),
    ("sex", "transgender male"): ("Male", "Neither"),
    # E is List 9's letter for Other, and some systems' abbreviation of Eligible.
    ("eligibility", "e"): ("Eligible", "Other"),
}

# What a case worker wrote about one child, not a spelling.
LEFT_OUT = ("care order made change of plan returned to dad", "placement order not granted child made subject")
