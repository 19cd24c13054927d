"""The kinds of finding about the shape of a workbook: its sheets, headers and tables."""

from __future__ import annotations

from pipelines.finding_kind import FindingKind

_USE_TEMPLATE = "Ask the sender to use the headers of the template."

KINDS = (
    FindingKind("no-return", "No return was recognised", "block",
                "No sheet of {file} has the columns of a return.",
                "Ask the sender for the return itself, with the headers of the template."),
    FindingKind("no-rows", "The list has headers and no rows", "block",
                "The sheet {sheet} has the headers of {return_title} and no rows under them.",
                "If there was nothing to report, record a nil return (--nil); else ask the sender for the rows."),
    FindingKind("return-twice", "Two sheets hold the same return", "block",
                "The sheets {sheets} both have the columns of {return_title}.",
                "Ask the sender which one is meant, and to send that one alone."),
    FindingKind("column-missing", "A column is missing", "block",
                "The sheet {sheet} has no column {column}, which {return_title} needs.",
                "Ask the sender to add the column “{column}”."),
    FindingKind("column-absent", "An optional column is missing", "note",
                "The sheet {sheet} has no column {column}; it is taken as unknown in every row.",
                "Ask the sender to add the column “{column}” if their system holds it."),
    FindingKind("column-twice", "Two columns claim to be the same", "block",
                "In the sheet {sheet}, the columns {columns} could each be “{field}”.",
                "Ask the sender which one is meant, and to remove or rename the other."),
    FindingKind("column-unclear", "A column could be two things", "block",
                "In the sheet {sheet}, the column {column} could be any of: {fields}.",
                _USE_TEMPLATE),
    FindingKind("column-extra", "A column that the return does not have", "note",
                "The sheet {sheet} has a column {column} that {return_title} does not have. It was not read.",
                "Nothing to do, unless the column was meant to be one of the return's under another name."),
    FindingKind("not-used-yet", "A return that is recognised and not used yet", "note",
                "The sheet {sheet} is {return_title}, which is recognised and not used yet.",
                "Nothing to do: the sheet is kept with the file."),
    FindingKind("sheet-hidden", "A hidden sheet was read", "note",
                "The sheet {sheet} is hidden. It was read.",
                "Ask the sender whether the hidden sheet was meant to be sent."),
    FindingKind("rows-hidden", "Hidden rows were read", "note",
                "The sheet {sheet} has {count} hidden or filtered rows ({rows}). They were read and count.",
                "Ask the sender whether the hidden rows were meant to be sent."),
    FindingKind("columns-hidden", "Hidden columns were read", "note",
                "The sheet {sheet} has hidden columns ({columns}). They were read.",
                "Ask the sender whether the hidden columns were meant to be sent."),
    FindingKind("cells-merged", "Cells are merged", "warn",
                "In the sheet {sheet}, cells are merged ({cells}). Only the first cell of each has a value; "
                "the others are taken as unknown.",
                "Ask the sender to unmerge the cells and fill every row."),
    FindingKind("total-row", "A total row was left out", "note",
                "Row {row} of the sheet {sheet} is a total. It was not read as a child.",
                "Ask the sender to leave totals out."),
    FindingKind("second-table", "Something else is on the sheet", "warn",
                "The sheet {sheet} has other cells beside or below its table ({cells}). They were not read.",
                "Ask the sender to put each table on a sheet of its own."),
    FindingKind("sheet-too-large", "A sheet is larger than any return", "block",
                "The sheet {sheet} has {cells}; a return has at most {limit}.",
                "Ask the sender to delete the empty rows and columns round the table, or to send it in parts."),
)
