"""The partners' workbooks, written as their senders write them: each agency's own file, under its own identifiers.

Each quarter the council sends its front-door log, a file of its safeguarding unit and one of the partnership's business
unit, which is part of it, and three times a year the totals of a school term; the police send their missing episodes
and the health trust its Graded Care Profiles. The schools' audit comes each summer, and that of the agencies every
second spring, an agency a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pipelines.demo import audits, leadership, learning, schooling
from pipelines.demo.action_log import action_log
from pipelines.demo.calendar import extract_date, number_of
from pipelines.demo.county import County
from pipelines.demo.factors import assessment_factors
from pipelines.demo.lado import lado_contacts
from pipelines.demo.listing import Cell, Listing, Moment, Row
from pipelines.demo.mash import front_door_log
from pipelines.demo.meetings import conferences, graded_care_profiles, strategy_discussions
from pipelines.demo.missing import Teenagers, exploitation_assessments, missing_episodes
from pipelines.demo.partner_dirt import PartnerDirt
from pipelines.demo.partner_records import Stream
from pipelines.demo.stories_of_partners import AUDIT_LATE, LATE_BY, NEED_NOT_SENT, POLICE_FILE_LATE
from pipelines.demo.totals_sent import partners_totals
from pipelines.demo.workbooks import LABEL, NOTICE, Extract
from returns.catalogue import the_return
from returns.codes import CodeLists
from returns.declaration import Field
from returns.partnership import partnership
from returns.periods import Period, add_months

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MASH, SAFEGUARDING, POLICE, HEALTH, SECTION_11 = "mash", "safeguarding", "police", "health", "section_11"
BUSINESS, EDUCATION = "business", "education"
_AFTER_THE_COUNCIL = timedelta(days=4)
_POPULATION_QUARTER = _BUDGET_QUARTER = 4
_EPOCH = datetime(1899, 12, 30)
_DAY_SECONDS = 86_400



@dataclass(frozen=True)
class PartnerFile:
    """One file that a quarter brings: which kind it is and whose."""

    kind: str
    agency: str


def files_of(period: Period) -> list[PartnerFile]:
    """The files that the partners send for the quarter, in the order in which they arrive."""
    council = partnership().council_agency
    usual = [PartnerFile(MASH, council), PartnerFile(SAFEGUARDING, council), PartnerFile(POLICE, "police"),
             PartnerFile(HEALTH, "wye-valley"), PartnerFile(BUSINESS, council)]  # fmt: skip
    if number_of(period)[1] in schooling.TERMS:
        usual.append(PartnerFile(EDUCATION, council))
    return usual + [PartnerFile(SECTION_11, agency) for agency in audits.section_11_respondents(period)]


class Partners:
    """What the partners' systems hold of one county, and the files they send of it."""

    def __init__(self, county: County, lists: CodeLists, people: Mapping[int, int]) -> None:
        """`people` is the council's estimate of children, by year."""
        self._seed = county.seed
        self._lists = lists
        self._people = people
        teenagers = Teenagers(county)
        held, there = conferences(county)
        of_council, of_health = graded_care_profiles(county)
        of_safeguarding = (
            strategy_discussions(county), held, there, of_council, exploitation_assessments(county, teenagers),
            lado_contacts(county), assessment_factors(county),
        )  # fmt: skip
        self.streams: dict[str, tuple[Stream, ...]] = {
            MASH: (front_door_log(county),), SAFEGUARDING: of_safeguarding,
            POLICE: (missing_episodes(county, teenagers),), HEALTH: (of_health,),
        }  # fmt: skip

    def listings(self, file: PartnerFile, period: Period) -> list[Listing]:
        """What the file carries, before it is spelt and spoilt."""
        if file.kind == SECTION_11:
            return [audits.section_11(self._seed, file.agency, period, extracted_on(file, period))]
        if file.kind == EDUCATION:
            return [schooling.education(self._seed, period)]
        if file.kind == BUSINESS:
            return self._of_the_partnership(period, extracted_on(file, period))
        day, before = extracted_on(file, period), extracted_on(file, period.earlier())
        moment = Moment(str(period), day, before, period.start)
        found = [
            stream.listing(replace(moment, window=add_months(period.start, -stream.reach)))
            for stream in self.streams[file.kind]
        ]
        if file.kind == MASH and period == NEED_NOT_SENT.first:
            found = [_emptied(listing, NEED_NOT_SENT.what) for listing in found]
        return found + self._of_the_year(period, day) if file.kind == SAFEGUARDING else found

    def _of_the_partnership(self, period: Period, day: date) -> list[Listing]:
        """What the partnership's own business unit keeps."""
        seed = self._seed
        found = [
            learning.training(seed, period), learning.audit_plan(seed, period, day),
            learning.case_reviews(seed, day), learning.dispute_resolutions(seed, day),
            leadership.workforce(seed, period), leadership.group_attendance(seed, period),
            leadership.plan_milestones(seed, period, day), leadership.scrutiny_findings(seed, period),
        ]  # fmt: skip
        found += [leadership.budget(seed, period)] if number_of(period)[1] == _BUDGET_QUARTER else []
        return [*found, action_log(seed, period, day), partners_totals(seed, period)]

    def _of_the_year(self, period: Period, day: date) -> list[Listing]:
        found = [audits.family_feedback(self._seed, period)]
        if audits.is_asked_of_schools(period):
            found += [audits.schools_listing(self._seed), audits.section_175(self._seed, period, day)]
        if number_of(period)[1] == _POPULATION_QUARTER:
            area = partnership().area_code
            # The estimate of one summer comes out in the autumn of the next.
            years = (year for year in sorted(self._people) if year <= day.year - 2)
            rows: Iterable[dict[str, Cell]] = (
                {"area": area, "year": year, "age_band": "0 to 17", "people": self._people[year]} for year in years
            )
            found.append(audits.listing("population", iter(rows)))
        return found

    def write(self, file: PartnerFile, period: Period, folder: Path) -> Extract:
        """The file of the quarter, written into the folder."""
        from xlsxwriter import Workbook

        day = extracted_on(file, period)
        path = folder / f"demonstration_{file.kind}_{file.agency}_{period}.xlsx"
        dirt = PartnerDirt(Random(f"{self._seed}/{file.kind}/{file.agency}/{period}"), self._lists)
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(path, options) as book:
            book.set_properties({
                "title": f"{file.kind}, {period}", "subject": LABEL, "category": LABEL, "keywords": LABEL,
                "comments": " ".join(NOTICE), "created": datetime(day.year, day.month, day.day, 9),
            })  # fmt: skip
            formats = _Formats(
                book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"}),
                book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            )  # fmt: skip
            notice = book.add_worksheet("Front_Sheet")
            for place, line in enumerate((*NOTICE, f"For {period.label} ({period}), extracted on {day:%d/%m/%Y}.")):
                notice.write_string(place, 0, line)
            for listing in self.listings(file, period):
                declared = the_return(listing.return_name)
                fields = [item for item in declared.edition.fields if item.keep != "dropped"]
                rows = dirt.spoil(listing, fields, declared.event_date)
                _write_rows(book.add_worksheet(declared.sheet), fields, rows, formats)
        return Extract(path, period, day, file.agency)


@dataclass(frozen=True)
class _Formats:
    heading: Format
    day: Format
    moment: Format


def extracted_on(file: PartnerFile, period: Period) -> date:
    """The day the sender made the file: the partners some days after the council, and the police once very late."""
    day = extract_date(period)
    if file.kind == EDUCATION:
        return schooling.extracted_on(period, day)
    if file.kind in (MASH, SAFEGUARDING, BUSINESS):
        return day
    whose = {POLICE: POLICE_FILE_LATE, SECTION_11: AUDIT_LATE}.get(file.kind)
    late = whose is not None and (file.agency, period) == (whose.agency, whose.first)
    return day + (LATE_BY if late else _AFTER_THE_COUNCIL)


def _emptied(listing: Listing, field: str) -> Listing:
    """The listing with nothing in one of its columns."""
    names = [item.name for item in the_return(listing.return_name).edition.fields if item.keep != "dropped"]
    place = names.index(field)
    rows = [Row(row.new, [*row.cells[:place], None, *row.cells[place + 1 :]]) for row in listing.rows]
    return replace(listing, rows=rows)


def _write_rows(
    sheet: Worksheet, fields: Sequence[Field], rows: Sequence[Sequence[Cell]], formats: _Formats
) -> None:
    """Headers in row 1 and the rows below them."""
    for column, item in enumerate(fields):
        sheet.write_string(0, column, item.header, formats.heading)
    text, number = sheet.write_string, sheet.write_number
    for place, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                text(place, column, cell)
            elif isinstance(cell, datetime):
                gone = cell - _EPOCH
                number(place, column, gone.days + gone.seconds / _DAY_SECONDS, formats.moment)
            elif isinstance(cell, date):
                number(place, column, cell.toordinal() - _EPOCH.toordinal(), formats.day)
            else:
                number(place, column, cell)
