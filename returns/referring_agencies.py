"""Which source of referral each agency of the front-door log is, so that the log and List 1 can be counted as one.

Keys are groups of the code list `referring_agency`; values groups of `source`, the Department's sources of
referral (children in need census, guide: source of referral codes 1A to 10).
"""

from __future__ import annotations

SOURCE_OF_AGENCY: dict[str, str] = {
    "Police": "Police",
    "Schools": "Schools",
    "Early years": "Education services",
    "Education services": "Education services",
    "GP": "Health services",
    "Health visiting": "Health services",
    "School nursing": "Health services",
    "Midwifery": "Health services",
    "Hospital": "Health services",
    "Mental health": "Health services",
    "Substance misuse": "Health services",
    "Ambulance service": "Health services",
    "Other health services": "Health services",
    "Social care": "LA services",
    "Early help": "LA services",
    "Other council services": "LA services",
    "Another authority": "LA services",
    "Housing": "Housing",
    "Probation": "Other legal agency",
    "Youth justice": "Other legal agency",
    "Courts and Cafcass": "Other legal agency",
    "Domestic abuse service": "Other",
    "Voluntary sector": "Other",
    "Family or friend": "Individual",
    "Member of the public": "Individual",
    "Anonymous": "Anonymous",
    "Other": "Other",
}
