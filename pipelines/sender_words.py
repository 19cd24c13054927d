"""What the sender of a file is told of each kind of finding, and asked to do, in plain words without a cell's value.

The catalogue's own message and remedy speak to the analyst; these speak to the person at the agency. `[one/more]`
takes the form for the number of cells, rows or columns; {count}, {sheet}, {column} and {columns} are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SenderWords:
    """`says` what is wrong with some cells or rows; None where the finding's own message says it (there is but one).

    `please` is what to do about it.
    """

    says: str | None
    please: str

    def said(self, count: int, *, sheet: str, columns: Sequence[str]) -> str:
        """What is wrong, for `count` cells, rows or columns; empty when the finding's own message says it."""
        return _filled(self.says or "", count, sheet, columns)

    def asked(self, count: int) -> str:
        """What to do, for `count` cells, rows or columns."""
        return in_number(self.please, count)

    @property
    def of_columns(self) -> bool:
        """Whether it is said once of several columns."""
        return "{columns}" in (self.says or "")


def _filled(text: str, count: int, sheet: str, columns: Sequence[str]) -> str:
    named = listed([f"“{column}”" for column in columns])
    return in_number(text, count).format(count=f"{count:,}", sheet=sheet, column="".join(columns), columns=named)


def listed(texts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; empty for none."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def in_number(text: str, count: int) -> str:
    """The text with `[one/more]` in the form for the number."""
    return re.sub(r"\[([^/\]]*)/([^\]]*)\]", lambda found: found[1 if count == 1 else 2], text)


def _cells(fault: str, please: str) -> SenderWords:
    return SenderWords("{count} [cell/cells] in the column “{column}” " + fault, please)


def _rows(fault: str, please: str) -> SenderWords:
    return SenderWords("{count} [row/rows] " + fault, please)


def _told(please: str) -> SenderWords:
    return SenderWords(None, please)


_SAVE = "Please open it in Excel, save it as an Excel Workbook (.xlsx) and send it again."
_AS_DAY = "Please write [it/each] as day/month/year, as in 31/12/2025."

OF_FILES: dict[str, SenderWords] = {
    "file-empty": SenderWords("The file has nothing in it.",
                              "Please send it again; if there is nothing to report, please say so."),
    "file-too-large": _told("Please send only the sheets of the return, without pictures or pivot tables."),
    "file-type-unknown": SenderWords("The file is not a spreadsheet.",
                                     "Please send an Excel Workbook (.xlsx), or an .xls, .ods or .csv file."),
    "file-type-disagrees": SenderWords("The file is not what its name says it is, so we have not opened it.",
                                       "Please tell us what it is, and send the workbook itself."),
    "file-with-macros": SenderWords("The workbook holds macros, and we cannot take workbooks that do.",
                                    "Please save it as an Excel Workbook (.xlsx), which leaves them out."),
    "file-binary-workbook": SenderWords("The workbook is in Excel's binary form (.xlsb), which we cannot take.", _SAVE),
    "file-embedded-object": SenderWords("The workbook has another document inside it, so we have not opened it.",
                                        "Please delete the document inside it and send the workbook again."),
    "file-password-needed": SenderWords("The workbook is protected with a password that we do not have.",
                                        "Please tell us the password by another route, or send it without one."),
    "file-password-wrong": SenderWords("The password that we were given does not open the workbook.",
                                       "Please tell us the password again by another route."),
    "file-damaged": SenderWords("The file is damaged or cut short.", _SAVE),
    "file-expands": SenderWords("The workbook is far larger inside than any return, so we have not opened it.", _SAVE),
    "file-holds-archive": SenderWords("The workbook has other files packed inside it, so we left it closed.", _SAVE),
    "file-directory-lies": SenderWords("The workbook is not put together as Excel would, so we left it closed.", _SAVE),
    "file-has-dtd": SenderWords("The workbook is not put together as Excel would, so we left it closed.",
                                "Please tell us which program made it."),
    "text-control-characters": SenderWords("The file holds characters that cannot be shown. We have left them out.",
                                           "Please ask whoever looks after your system why its export holds them."),
    "file-comments": SenderWords("The workbook has comments in it. We have not read them.",
                                 "Please remove comments before sending: they often name people."),
}

OF_SHEETS: dict[str, SenderWords] = {
    "no-return": _told("Please send the return with the headers of its template."),
    "no-rows": _told("Please send the rows; if there was nothing to report, please say so."),
    "return-twice": _told("Please tell us which one is meant, and send that one alone."),
    "column-missing": SenderWords("The sheet {sheet} has no [column/columns] {columns}, and cannot be read without "
                                  "[it/them].", "Please add [it/them], with the [header/headers] of the template."),
    "list-not-recognised": _told("Please give the sheet the headers of the template."),
    "column-absent": SenderWords("The sheet {sheet} has no [column/columns] {columns}.",
                                 "Please add [it/them] if your system holds [it/them]."),
    "column-personal": SenderWords("The sheet {sheet} has [a column/columns] that could name somebody: {columns}. We "
                                   "have not read [it/them].", "Please leave [it/them] out: we need nobody's details."),
    "column-twice": _told("Please tell us which one is meant, and remove or rename the other."),
    "column-unclear": _told("Please use the headers of the template."),
    "sheet-hidden": _told("Please tell us if it was not meant to be sent."),
    "rows-hidden": _told("Please tell us if they were not meant to be sent."),
    "columns-hidden": _told("Please tell us if they were not meant to be sent."),
    "cells-merged": _told("Please unmerge the cells and fill in every row."),
    "second-table": _told("Please put each table on a sheet of its own."),
    "sheet-too-large": _told("Please delete the empty rows and columns round the table, or send it in parts."),
    "period-outside": _told("Please check that this is the right file, and send the one for the quarter."),
    "year-outside": _told("Please tell us whether an earlier year's audit was sent by mistake."),
    "list-without-event": _told("Please tell us whether there was none, or whether the list stops short."),
    "events-before-window": _told("Please tell us whether the old events were meant to be sent, or are typed wrongly."),
    "edition-earlier": _told("Please send the return in the edition that is asked for; the template has its headers."),
    "count-far-from-last": SenderWords(
        "The sheet {sheet} has [a count/{count} counts] ten times as large as for the quarter before, or a tenth.",
        "Please check that [it is/they are] right."),
    "extract-date-needed": _told("Please tell us the day on which the data was extracted."),
    "personal-data-in-totals": SenderWords(
        "This return is of totals, and the file holds what looks like personal data. We have kept none of it.",
        "Please delete your copy of the message it was sent with, and send the totals alone."),
}

OF_ROWS: dict[str, SenderWords] = {
    "total-row": _rows("[is a total/are totals] and [was/were] left out", "Please leave totals out."),
    "example-row": _rows("[is the template's example/are the template's examples] and [was/were] left out",
                         "Please delete [it/them]."),
    "cell-error": _cells("[shows an error/show errors]",
                         "Please correct the [formula/formulas], or type the [value/values]."),
    "cell-not-calculated": _cells("[holds a formula that was/hold formulas that were] never calculated",
                                  "Please open the file in Excel, let it calculate, save it and send it again."),
    "key-missing": _cells("[is/are] empty, and [the row cannot/the rows cannot] be counted without [it/them]",
                          "Please fill [it/them] in."),
    "identifier-unreadable": _cells("[is no identifier/are no identifiers]",
                                    "Please put the identifier alone in this column, or delete the [row/rows] if "
                                    "[it is a note/they are notes]."),
    "identifier-cut-short": _cells("[has/have] lost [its/their] last digits, because Excel keeps only fifteen",
                                   "Please format the column as text before exporting."),
    "identifier-is-date": _cells("[was/were] turned into [a date/dates] by Excel",
                                 "Please format the column as text before exporting."),
    "date-unreadable": _cells("cannot be read as [a date/dates]", _AS_DAY),
    "date-impossible": _cells("[says a day that does/say days that do] not exist (the day comes first)", _AS_DAY),
    "date-zero": _cells("[says/say] January 1900, which is what Excel shows for no date",
                        "Please leave [it/them] empty where there is no date."),
    "date-future": _cells("[says a day/say days] after the data was extracted",
                          "Please give the right [date/dates], or tell us the day of the extract."),
    "birth-out-of-range": _cells("cannot be the [date/dates] of birth of [a child or young person/children or young "
                                 "people]", "Please check [it/them]."),
    "age-out-of-range": _cells("cannot be the [age/ages] of [a child or young person/children or young people]",
                               "Please check [it/them]. Write -1 for a child not yet born."),
    "number-unreadable": _cells("cannot be read as [a number/numbers]", "Please write [a plain number/plain numbers]."),
    "number-hidden": _cells("[stands for a number that is/stand for numbers that are] not shown",
                            "Please give the [number itself/numbers themselves]: this return is not published."),
    "number-out-of-range": _cells("[is a number/are numbers] outside what the column can hold",
                                  "Please check [it/them]."),
    "count-not-whole": _cells("[is/are] not [a whole number/whole numbers]", "Please give the [count/counts]."),
    "below-lowest": _cells("[is a number/are numbers] lower than the column can hold", "Please check [it/them]."),
    "value-not-allowed": _cells("[is/are] not among what the column can hold", "Please correct [it/them]."),
    "code-unknown": _cells("[has a word or code that is/have words or codes that are] not in the published list",
                           "Please use the published [code/codes], or tell us what [it means/they mean]."),
    "code-unclear": _cells("could mean more than one thing", "Please tell us once which is meant."),
    "indicator-unknown": _cells("[is a name/are names] that none of our indicators has",
                                "Please tell us once which indicator [it is/each is]."),
    "postcode-unreadable": _cells("[is not a postcode/are not postcodes]", "Please check [it/them]."),
    "period-unreadable": _cells("[is/are] not one month, quarter or year",
                                "Please write a quarter as 2025-26-Q2, a month as 2025-08 or a year as 2025-26."),
    "end-before-start": _cells("[is an end/are ends] before [its/their] start",
                               "Please check which of the two dates is right in [this row/each row]."),
    "numerator-over-denominator": _cells("[is/are] more than the whole of which [it is/they are] a share",
                                         "Please check which of the two numbers is right in [this row/each row]."),
    "event-before-birth": _cells("[is a date/are dates] of birth more than nine months after the event",
                                 "Please check which of the two dates is right in [this row/each row]."),
    "date-out-of-order": _cells("[is/are] before the step [it follows/they follow]",
                                "Please check which of the two dates is right in [this row/each row]."),
    "report-in-time-not-sent": _cells("[says/say] that a report was in time where another column says it was not sent",
                                      "Please check which of the two is right in [this row/each row]."),
    "positive-over-returned": _cells("[is/are] more than the number returned",
                                     "Please check which of the two numbers is right in [this row/each row]."),
    "part-over-whole": _cells("[is/are] more than the number of which [it is/they are] part",
                              "Please check which of the two numbers is right in [this row/each row]."),
    "deputy-not-represented": _cells("[says/say] that a deputy came where another column says the seat was empty",
                                     "Please check which of the two is right in [this row/each row]."),
    "attended-uninvited": _cells("[says/say] that an agency came to what it was not invited to",
                                 "Please tell us whether it was invited."),
    "conference-not-listed": _cells("[names a conference that is/name conferences that are] not in the conferences "
                                    "return", "Please check the [reference/references], or add what is missing there."),
    "school-not-listed": _cells("[is the number of a school that is/are numbers of schools that are] not in the list "
                                "of schools", "Please check [it/them]."),
    "row-repeated": _rows("[is/are] there twice and counted once", "Please remove the repeated [row/rows]."),
    "key-repeated": _rows("[is/are] about the same event as an earlier row, which is the one that counts",
                          "Please tell us which [of the two is/ones are] right, and remove the [other/others]."),
    "episodes-overlap": _rows("[starts/start] before the same child's earlier one has ended",
                              "Please give the [end/ends] of the earlier [one/ones]."),
}

WORDS: dict[str, SenderWords] = {**OF_FILES, **OF_SHEETS, **OF_ROWS}

# What the sender can do nothing about, or did nothing wrong in: for the analyst alone.
FOR_US: frozenset[str] = frozenset({
    "agency-needed", "all-rows-held", "column-answered", "column-extra", "extract-too-late", "file-external-links",
    "file-not-found", "file-not-readable", "held-rows-resolved", "nil-recorded", "nil-with-rows",
    "program-fault", "same-file", "supersedes",
})
