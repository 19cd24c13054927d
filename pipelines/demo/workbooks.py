"""Writing an extract: one Annex A workbook in Ofsted's layout, labelled as demonstration data.

The same rows give the same bytes: the document's dates are the extract's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pipelines.demo import adopting
from pipelines.demo import lists_of_enquiry as enquiry
from pipelines.demo import lists_of_help as help_given
from pipelines.demo.calendar import extract_date, window_start
from pipelines.demo.county import County
from pipelines.demo.dirt import Dirt
from pipelines.demo.listing import Cell, Listing, Moment
from pipelines.demo.spelling import Spellings
from returns.catalogue import the_return
from returns.codes import CodeLists
from returns.declaration import Field
from returns.partnership import partnership
from returns.periods import Period

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LABEL = "Demonstration data"
NOTICE = (
    "DEMONSTRATION DATA",
    "Nobody in this workbook exists. The children, families, workers and events were made up by a computer.",
    "Yearly totals follow the figures that the Department for Education published for Herefordshire, so that the",
    "scorecard looks as it would. Contains public sector information licensed under the Open Government Licence v3.0.",
)
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
# Rows of contacts sent twice in each extract, and how often ages are whole years: every third extract.
_REPEATED = 2


@dataclass(frozen=True)
class Extract:
    """One workbook: the file, the quarter it is for, the day it was run and the agency that sends it."""

    path: Path
    period: Period
    extracted: date
    agency: str


class Sender:
    """Extracts one county's workbooks, quarter by quarter."""

    def __init__(self, county: County, lists: CodeLists) -> None:
        self._county = county
        self._history = enquiry.History(county.episodes)
        self._spellings = Spellings(lists)

    def write(self, period: Period, folder: Path) -> Extract:
        """The quarter's workbook, written into the folder."""
        extracted = extract_date(period)
        path = folder / f"demonstration_annex_a_{period}.xlsx"
        rng = Random(f"{self._county.seed}/{period}")
        dirt = Dirt(rng, self._spellings, whole_ages=period.start.month == 7)
        with _workbook(path, period, extracted) as book:
            day_format, heading = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
            _front_sheet(book, period, extracted)
            for listing in self.listings(period):
                declared = the_return(listing.return_name)
                fields = [*declared.edition_called(listing.edition).fields]
                rows = dirt.spoil(listing, fields, declared.event_date)
                if listing.return_name == "contacts":
                    dirt.repeat_some(rows, _REPEATED)
                sheet = book.add_worksheet(declared.sheet)
                sheet.write_string(0, 0, declared.title, heading)
                _write_rows(sheet, fields, rows, heading, day_format)
        return Extract(path, period, extracted, partnership().council_agency)

    def listings(self, period: Period) -> tuple[Listing, ...]:
        """Lists 1 to 11 of the quarter's extract, before they are spelt and spoilt."""
        day = extract_date(period)
        moment = Moment(str(period), day, extract_date(period.earlier()), window_start(day))
        county, history = self._county, self._history
        return (
            enquiry.contacts(county, moment), enquiry.early_help(county, moment),
            enquiry.referrals(county, moment, history), enquiry.assessments(county, moment),
            enquiry.enquiries(county, moment, history, period),
            help_given.children_in_need(county, moment, period), help_given.plans(county, moment, period),
            help_given.looked_after(county, moment), help_given.care_leavers(county, moment),
            adopting.adoption(county, moment), adopting.adopters(county, moment),
        )


def _workbook(path: Path, period: Period, extracted: date) -> Workbook:
    from xlsxwriter import Workbook

    book = Workbook(path, {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({
        "title": f"Annex A, {period}", "subject": LABEL, "category": LABEL, "keywords": LABEL,
        "comments": " ".join(NOTICE), "created": datetime(extracted.year, extracted.month, extracted.day, 9),
    })
    return book


def _front_sheet(book: Workbook, period: Period, extracted: date) -> None:
    sheet = book.add_worksheet("Front_Sheet")
    lines = (*NOTICE, f"Annex A, Lists 1 to 11, for {period.label} ({period}).", f"Extracted on {extracted:%d/%m/%Y}.")
    for place, line in enumerate(lines):
        sheet.write_string(place, 0, line)


def _write_rows(
    sheet: Worksheet, fields: Sequence[Field], rows: Sequence[Sequence[Cell]], heading: Format, day_format: Format
) -> None:
    """Headers in row 2 and the rows from row 3, as in Ofsted's template."""
    for column, item in enumerate(fields):
        sheet.write_string(1, column, item.header, heading)
    text, number = sheet.write_string, sheet.write_number
    for place, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                text(place, column, cell)
            elif isinstance(cell, date):
                number(place, column, cell.toordinal() - _EXCEL_EPOCH, day_format)
            else:
                number(place, column, cell)
