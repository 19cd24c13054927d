"""The LADO's contacts: allegations against people who work with children, one row a contact. Never an adult's name."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Flag, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


class LadoContacts(Typed):
    """The LADO's log after cleaning."""

    lado_ref: Text = reference(
        "LADO ref", "The LADO's own reference.", "LADO reference", "LADO ID", "LADO number", "Allegation ID",
        "Allegation reference", example="L-2025-031",
    )
    received: Day = column(
        "date", "Received at", "The day it reached the LADO.", title="Received", required=True, nullable=False,
        example=date(2025, 7, 15),
        spellings=("Date received", "Date received by LADO", "Received", "Date of referral to LADO", "Referral date",
                   "Date of contact with LADO", "Date of LADO contact"),
    )
    alleged: Day = column(
        "date", "Allegation date", "The day the allegation was made.", title="Allegation made",
        example=date(2025, 7, 14),
        spellings=("Date of allegation", "Date allegation made", "Allegation made", "Date employer aware"),
    )
    contact_type: Text = column(
        "code", "Contact type", "What kind of contact it was.", title="Type", required=True,
        codes="lado_contact_type", example="Referral meeting the threshold",
        spellings=("Type of contact", "LADO contact type", "Threshold decision", "Type of referral"),
    )
    referring_agency: Text = column(
        "code", "Referring agency", "The agency that told the LADO.", codes="referring_agency", example="Schools",
        spellings=("Referred by", "Agency", "Source of referral", "Referrer agency", "Referring organisation"),
    )
    employer_sector: Text = column(
        "code", "Employer sector", "The sector of the person's employer.", required=True, codes="employer_sector",
        example="Education", spellings=("Sector", "Employment sector", "Employer type", "Sector of employer"),
    )
    role_group: Text = column(
        "text", "Role group", "The group of roles, such as teaching staff; never a name or a post that names one.",
        example="Teaching staff", spellings=("Role", "Occupation group", "Occupation", "Staff group"),
    )
    threshold_limb: Text = column(
        "code", "Threshold limb", "Which part of the threshold was met.", codes="threshold_limb", example="Harmed",
        spellings=("Limb", "Harm threshold", "Threshold criteria", "Threshold met", "Criteria met"),
    )
    abuse_category: Text = column(
        "code", "Abuse category", "The category of abuse.", codes="category", example="b) Physical abuse",
        spellings=("Category of abuse", "Type of abuse", "Abuse type", "Nature of allegation"),
    )
    in_work: Flag = answer("In work", "Whether it arose in the person's work.", "In work setting", "Arose in work",
                           "In the workplace", "Work related")
    managed_meeting: Day = column(
        "date", "Managed meeting at", "The day of the first meeting to manage the allegation.",
        title="Meeting", example=date(2025, 7, 18),
        spellings=("Managed meeting", "Allegations meeting date", "Date of managed meeting", "Strategy meeting date",
                   "Date of first meeting", "Position of trust meeting", "Allegation management meeting"),
    )
    police_investigation: Flag = answer("Police investigation", "Whether the police investigated.",
                                        "Police investigated", "Criminal investigation", example="No")
    suspended: Flag = answer("Suspended", "Whether the person was suspended.", "Suspension", "Was suspended",
                             example="No")
    outcome: Text = column(
        "code", "Outcome", "The outcome; ongoing while there is none.", required=True, codes="allegation_outcome",
        example="Ongoing", spellings=("Allegation outcome", "LADO outcome", "Outcome of allegation", "Final outcome"),
    )
    concluded: Day = column(
        "date", "Concluded at", "The day it was concluded; empty while it is ongoing.", title="Concluded",
        spellings=("Date concluded", "Conclusion date", "Closed date", "Date closed", "Concluded"),
    )
    dbs_referral: Flag = answer(
        "DBS referral", "Whether the person was referred to the Disclosure and Barring Service.", "DBS referral made",
        "Referred to DBS", "DBS", example="No",
    )
    regulator_referral: Flag = answer(
        "Regulator referral", "Whether the person was referred to a regulator.", "Referred to regulator",
        "Regulatory body referral", "Regulator", example="No",
    )


_COLUMNS = (
    "lado_ref", "received", "alleged", "contact_type", "referring_agency", "employer_sector", "role_group",
    "threshold_limb", "abuse_category", "in_work", "managed_meeting", "police_investigation", "suspended", "outcome",
    "concluded", "dbs_referral", "regulator_referral",
)

RETURN = Return(
    name="lado_contacts",
    rows_are="a contact with the LADO",
    key=("lado_ref",),
    event_date="received",
    fills=(fills("allegations", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), LadoContacts, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),),
    level="record",
    sheet="LADO_contacts",
    sheet_pattern=r".*(lado|allegation).*",
    follows=(("alleged", "received"), ("received", "managed_meeting")),
    notes=(
        "Every contact of the twelve months before, every earlier one that is ongoing, and any concluded since.",
        "No name of an adult or a child, and nothing that is as good as a name: the school or club is its sector.",
    ),
)
