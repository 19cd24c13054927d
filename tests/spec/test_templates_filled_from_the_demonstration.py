"""Each return's template, filled in with the demonstration's rows as they truly were, loads with no finding at all.

The rows are those of one child in eight, in every return: whole enough for returns to agree, few enough to be quick.
The demonstration's planted spelling mistakes and blanks are put in when its files are written, so they are not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import imagined
import openpyxl
import pytest

from pipelines.code_lists import every_list
from pipelines.demo.calendar import extract_date
from pipelines.demo.command import people_by_year
from pipelines.demo.listing import Code, Listing
from pipelines.demo.partner_files import (
    BUSINESS,
    EDUCATION,
    HEALTH,
    MASH,
    POLICE,
    SAFEGUARDING,
    SECTION_11,
    PartnerFile,
    Partners,
)  # fmt: skip
from pipelines.demo.partner_files import extracted_on as sent_on
from pipelines.demo.workbooks import Sender
from pipelines.load import Sending, load_files
from pipelines.submissions import SubmissionReport
from pipelines.template import choices, template_command
from returns.catalogue import NAMES, the_return
from returns.codes import CodeLists
from returns.declaration import Field
from returns.partnership import partnership
from returns.periods import Period, quarter
from returns.places import Places

SPRING, SUMMER = quarter(2024, 4), quarter(2024, 2)
ONE_IN = 8
# Returns sent whole: of these, one in eight might have nothing in the quarter, and that is warned of.
WHOLE = (
    "children_looked_after", "exploitation_assessments", "missing_episodes", "graded_care_profiles", "schools",
    "education", "adoption", "adopters",
)  # fmt: skip
COUNCIL = partnership().council_agency
# The files of one spring, and the schools' of a summer: every return that is ever sent is in one of them.
FILES = (
    (PartnerFile(MASH, COUNCIL), SPRING, ()), (PartnerFile(SAFEGUARDING, COUNCIL), SPRING, ()),
    (PartnerFile(POLICE, "police"), SPRING, ()), (PartnerFile(HEALTH, "wye-valley"), SPRING, ()),
    (PartnerFile(SECTION_11, "police"), SPRING, ()), (PartnerFile(BUSINESS, COUNCIL), SPRING, ()),
    (PartnerFile(EDUCATION, COUNCIL), SPRING, ()),
    (PartnerFile(SAFEGUARDING, COUNCIL), SUMMER, ("schools", "section_175")),
)  # fmt: skip


class Filled:
    """A template with rows in it, and how many."""

    def __init__(self, path: Path, sending: Sending, rows: int) -> None:
        self.path, self.sending, self.rows = path, sending, rows


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Filled, SubmissionReport]]:
    """Every template filled in, and what became of it."""
    folder = tmp_path_factory.mktemp("filled")
    places = Places.of(tmp_path_factory.mktemp("data"))
    lists = every_list(places.reference)
    templates = {path.stem: path for path in template_command((), out=folder / "empty")}
    filled = []
    for place, (listing, agency, period, extracted) in enumerate(listings(places, lists)):
        path = folder / f"{place:02d}_{listing.return_name}.xlsx"
        rows = fill(templates[listing.return_name], path, listing, lists)
        filled.append(Filled(path, Sending(path, agency=agency, period=period, extracted=extracted), rows))
    report = load_files(places, [one.sending for one in filled])
    by_file = {submission.file: submission for submission in report.submissions}
    assert len(report.submissions) == len(filled)
    return [(one, by_file[one.path.name]) for one in filled]


def listings(places: Places, lists: CodeLists) -> Iterator[tuple[Listing, str, Period, date]]:
    """The rows of each return, the agency that sends them, the quarter and the day of the extract."""
    county = imagined.county()
    for listing in Sender(county, lists).listings(SPRING):
        yield listing, COUNCIL, SPRING, extract_date(SPRING)
    partners = Partners(county, lists, people_by_year(places.reference))
    for file, period, wanted in FILES:
        for listing in partners.listings(file, period):
            if (listing.return_name in wanted) if wanted else listing.return_name not in ("schools", "section_175"):
                yield listing, file.agency, period, sent_on(file, period)


def fill(template: Path, path: Path, listing: Listing, lists: CodeLists) -> int:
    """The template with the rows of one child in eight written below its headers; returns how many rows."""
    declared = the_return(listing.return_name)
    sent = places_of(listing)
    asked = [item for item in declared.edition.fields if item.keep != "dropped"]
    book = openpyxl.load_workbook(template)
    sheet = book[declared.sheet]
    sheet.delete_rows(2)
    chosen = [row.cells for row in listing.rows if is_chosen(listing.return_name, row.cells, sent)]
    for place, cells in enumerate(chosen, start=2):
        for column, item in enumerate(asked, start=1):
            value = written(cells[sent[item.name]], item, lists) if item.name in sent else None
            if value is not None:
                sheet.cell(row=place, column=column, value=value)
    book.save(path)
    return len(chosen)


def places_of(listing: Listing) -> dict[str, int]:
    """Where each field's cell is in the listing's rows: the council's lists have the columns that are dropped too."""
    fields = the_return(listing.return_name).edition_called(listing.edition).fields
    if len(listing.rows[0].cells) != len(fields):
        fields = tuple(item for item in fields if item.keep != "dropped")
    return {item.name: place for place, item in enumerate(fields)}


def is_chosen(return_name: str, cells: Sequence[Any], places: dict[str, int]) -> bool:
    """Whether the row is about a child, a meeting or a school of the chosen ones; all rows of a short return are."""
    for name in ("conference_id", "child_id", "urn", "contact_id"):
        if name in places and return_name not in WHOLE:
            return int("".join(filter(str.isdigit, str(cells[places[name]])))) % ONE_IN == 0
    return True


def written(cell: Any, item: Field, lists: CodeLists) -> Any:
    """The cell as somebody filling in the template gives it: the drop-down's words, whole years, the rest as it is."""
    if cell is None:
        return None
    if item.codes:
        own = lists[item.codes]
        code = cell.code if isinstance(cell, Code) else own.match(str(cell)).code
        in_force = [known.code for known in own.codes if not known.until]
        # A placement made under a code that has since ended keeps it; the drop-down no longer offers that one.
        return choices(item, lists)[in_force.index(code)] if code in in_force else code
    if item.kind == "age":
        return int(cell // 1)
    return str(cell) if item.kind == "identifier" else cell


@pytest.mark.parametrize("name", NAMES)
def test_a_template_filled_in_with_the_demonstrations_rows_loads_with_no_finding(
    loaded: list[tuple[Filled, SubmissionReport]], name: str
) -> None:
    found = [(filled, submission) for filled, submission in loaded if submission.return_name == name]
    assert found
    for filled, submission in found:
        assert [(item.code, item.row, item.column) for item in submission.findings] == []
        assert submission.status == "accepted"
        assert (submission.rows_read, submission.rows_held) == (filled.rows, 0)
        assert filled.rows >= 3
