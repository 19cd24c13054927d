"""What an event table is: the words in which the tables of the warehouse are declared.

A code field `x` is two columns: `x` is the published code, empty when only a spelling's group
is known, and `x_group` is the group's plain label, always filled when the cell could be read.

A *derived* column needs other rows or other tables (the days since the child's
last referral); it is computed when a version of the warehouse is built, never
read from a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "date", "timestamp", "integer", "number", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column of an event table. `codes` names a list of data/reference/code_lists.csv."""

    name: str
    type: ColumnType
    description: str
    codes: str | None = None
    derived: bool = False


@dataclass(frozen=True)
class EventTable:
    """One kind of event.

    `key` identifies an event across submissions; `dated` is the date that defines it
    (None where rows are true only on the extract's date); `ended` closes an episode.
    `covered` is True where an extract carries every event of its window, so that one
    that a later extract leaves out has been withdrawn by its sender; `covered_by` is the date
    that puts an event in an extract's window, where that is not `dated` (a conference is on
    the list because of its enquiry's date).
    """

    name: str
    title: str
    key: tuple[str, ...]
    dated: str | None
    columns: tuple[Column, ...] = field(repr=False)
    ended: str | None = None
    covered: bool = False
    covered_by: str | None = None

    def all_columns(self) -> tuple[Column, ...]:
        """Every column of the stored table, where the row came from included."""
        return SOURCE + self.columns

    def column(self, name: str) -> Column | None:
        """The column called `name`, or None."""
        return next((c for c in self.all_columns() if c.name == name), None)


# Where a row came from. Present in every event table.
SOURCE = (
    Column("submission_id", "text", "The submission that carried the row"),
    Column("sheet", "text", "The sheet of the file"),
    Column("source_row", "integer", "The row number that Excel shows"),
    Column("agency", "text", "The agency that sent it"),
    Column("period", "text", "The quarter it was sent for, as 2025-26-Q2"),
    Column("extract_date", "date", "The date of the sender's extract"),
    Column("latest_only", "boolean", "The sender gives only the child's latest event of this kind"),
    Column("unread", "text", "Fields of the row whose cell was filled but could not be read, separated by spaces"),
)


def text(name: str, description: str) -> Column:
    return Column(name, "text", description)


def date(name: str, description: str) -> Column:
    return Column(name, "date", description)


def integer(name: str, description: str) -> Column:
    return Column(name, "integer", description)


def flag(name: str, description: str) -> Column:
    return Column(name, "boolean", description + " (empty when not known)")


def code(name: str, codes: str, description: str) -> tuple[Column, Column]:
    return (
        Column(name, "text", f"{description}: published code", codes),
        Column(f"{name}_group", "text", f"{description}: group", codes),
    )


def derived(name: str, kind: ColumnType, description: str) -> Column:
    return Column(name, kind, description, derived=True)


# The child, as every child-level return gives them.
CHILD = (
    text("child_id", "Keyed hash of identifier scheme and identifier"),
    *code("sex", "sex", "Sex"),
    *code("ethnicity", "ethnicity", "Ethnicity"),
    date("birth_month", "First day of the month of birth, or of the expected month"),
    integer("age", "Age in whole years as sent, on the extract's date; -1 is unborn"),
    derived(
        "age_at_event", "integer", "Age in whole years on the event's date, from the month of birth, else as sent"
    ),
    derived(
        "age_band", "text", "Age band on the event's date: under 1, 1 to 4, 5 to 9, 10 to 15, 16 to 17, 18 and over"
    ),
)
DISABILITY = flag("disability", "Has a disability")
TEAM = text("team", "Allocated team")
