"""Ofsted Annex A List 1: contacts received in the six months before the extract, one row a child a contact."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD, Child, Day, Text
from returns.declaration import Edition, Return, column, fills


class Contacts(Child):
    """List 1 after cleaning."""

    received: Day = column(
        "date", "Date of Contact", "The date the contact was received.",
        title="Contact", required=True, nullable=False, example=date(2025, 8, 14),
        spellings=("Contact Date", "Date Contact Received", "Date of the Contact"),
        pattern=r"date( of)?( the)? contact( received)?",
    )
    source: Text = column(
        "code", "Contact Source", "Who made the contact, by the Department's source codes.",
        required=True, codes="source", example="q) 6: Police", spellings=("Source of Contact", "Contact Source Code"),
        pattern=r".*\bcontact\b.*\bsource\b.*",
    )


RETURN = Return(
    name="contacts",
    rows_are="a contact about a child",
    key=("child_id", "received", "source_group"),
    event_date="received",
    fills=(fills("contacts", (*CHILD, "received", "source")),),
    editions=(Edition("2019", date(2019, 8, 1), Contacts, (*CHILD, "received", "source")),),
    sheet="List_1",
    sheet_pattern=r"list\W*_?1\b.*|.*contacts.*",
    notes=("All contacts received in the six months before the extract. A child may be on several rows.",),
)
