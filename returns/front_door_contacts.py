"""The front-door log (MARFs, police notifications, the MASH log), one row a contact about a child."""

from __future__ import annotations

from datetime import date, datetime

from returns.child_columns import ChildAlone, Day, Flag, Text, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


class FrontDoorContacts(ChildAlone):
    """The log after cleaning."""

    contact_id: Text = reference(
        "Contact ID", "The log's own reference of the contact.", "Contact reference", "MARF ID", "MARF reference",
        "MASH ID", "MASH reference", "Contact number", "Contact ref", "Log number", example="C-000123",
    )
    received: Day = column(
        "moment", "Received at", "When the contact was received: date and time in one cell.",
        title="Received", required=True, nullable=False, example=datetime(2025, 8, 14, 10, 30),
        spellings=("Date and time received", "Date received", "Received date", "Received", "Date/time received",
                   "Contact received", "MARF received", "Date MARF received", "Contact date and time", "Contact date"),
    )
    decided: Day = column(
        "moment", "Decision at", "When the decision was made: date and time in one cell.",
        title="Decision", required=True, example=datetime(2025, 8, 14, 16, 5),
        spellings=("Date and time of decision", "Decision date", "Decision", "Date of decision", "Decision made",
                   "Date/time of decision", "Decision date and time", "Decision made at"),
    )
    referring_agency: Text = column(
        "code", "Referring agency", "The agency that made the contact.", required=True, codes="referring_agency",
        example="Police",
        spellings=("Agency", "Referrer agency", "Source", "Source agency", "Referred by", "Agency referring",
                   "Contact made by", "Referring organisation"),
    )
    referrer_role: Text = column(
        "text", "Referrer role", "The role of the person who made it; never a name.", example="Response officer",
        spellings=("Role of referrer", "Role", "Referrer job title", "Job title of referrer"),
    )
    contact_type: Text = column(
        "code", "Contact type", "How the contact came in.", required=True, codes="contact_type",
        example="Police notification", spellings=("Type of contact", "Type", "Method", "Contact method", "Route in"),
    )
    received_rating: Text = column(
        "code", "Received rating", "The rating on receipt.", codes="rating", example="Amber",
        spellings=("Rating on receipt", "Initial rating", "Initial RAG", "RAG on receipt", "Initial BRAG rating",
                   "Received RAG"),
    )
    final_rating: Text = column(
        "code", "Final rating", "The rating at the decision.", codes="rating", example="Green",
        spellings=("Rating at decision", "Final RAG", "RAG at decision", "Final BRAG rating", "Decision RAG"),
    )
    age: Whole = column(
        "age", "Age", "The child's age in whole years on the day of the contact; -1 for an unborn child.",
        shared=True, example=11, spellings=("Age of child", "Child age", "Child's age", "Age (years)"),
    )
    unborn: Flag = answer("Unborn", "Whether the contact is about a child not yet born.", "Unborn child", "Pre-birth",
                          "Unborn baby", example="No")
    consent: Text = column(
        "code", "Consent obtained", "Whether consent was obtained.", title="Consent", codes="consent", example="Yes",
        spellings=("Consent", "Parental consent", "Consent given", "Consent status"),
    )
    main_concern: Text = column(
        "code", "Main concern", "The main concern.", codes="concern", example="Domestic abuse",
        spellings=("Primary concern", "Concern", "Presenting need", "Presenting issue", "Main presenting issue"),
    )
    domestic_abuse: Flag = answer("Domestic abuse", "Whether domestic abuse is recorded, main concern or not.",
                                  "Domestic abuse recorded", "DA", "DA recorded", "Domestic abuse flag")
    level_of_need: Whole = column(
        "count", "Level of need", "The level of need, 1 to 4, at the decision.", lowest=1, highest=4, example=3,
        spellings=("Level", "Need level", "Threshold level", "LoN", "Level of need (1 to 4)"),
    )
    outcome: Text = column(
        "code", "Outcome", "What was decided.", required=True, codes="contact_outcome", example="Early help",
        spellings=("Contact outcome", "Decision outcome", "MASH outcome", "Outcome of contact", "MASH decision"),
    )
    marf_quality: Text = column(
        "code", "MARF quality", "The quality of the referral form; empty where there was none.", codes="marf_quality",
        example="Not assessed", spellings=("Quality of MARF", "Quality of referral", "Referral quality"),
    )
    feedback_sent: Day = column(
        "date", "Feedback sent at", "The day the sender was told the outcome.", title="Feedback sent",
        example=date(2025, 8, 15),
        spellings=("Feedback sent", "Date feedback sent", "Feedback to referrer", "Feedback date",
                   "Date of feedback to referrer"),
    )


_COLUMNS = (
    "contact_id", "child_id", "received", "decided", "referring_agency", "referrer_role", "contact_type",
    "received_rating", "final_rating", "age", "unborn", "consent", "main_concern", "domestic_abuse", "level_of_need",
    "outcome", "marf_quality", "feedback_sent",
)

RETURN = Return(
    name="front_door_contacts",
    rows_are="a contact about a child",
    key=("contact_id",),
    event_date="received",
    fills=(fills("front_door_contacts", _COLUMNS),),
    editions=(
        Edition("2025", date(2025, 4, 1), FrontDoorContacts, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),
    ),
    sheet="Front_door_contacts",
    sheet_pattern=r".*(mash|marf|front.?door).*",
    follows=(("received", "decided"), ("received", "feedback_sent")),
    notes=(
        "All contacts received in the six months before the extract, those without a decision yet included.",
        "One row a child a contact: a contact about three children is three rows, each with a reference of its own.",
        "Used instead of Annex A List 1 for the dates that it covers.",
    ),
)
