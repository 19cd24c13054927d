"""The kinds of finding about a file as a whole: what it is, and whether it is safe to read."""

from __future__ import annotations

from pipelines.finding_kind import FindingKind


def _unsafe(code: str, title: str, message: str, remedy: str) -> FindingKind:
    return FindingKind(code, title, "block", message, remedy, unsafe=True)


_SAVE_AGAIN = "Ask the sender to open the file in Excel, save it as an Excel Workbook (.xlsx) and send it again."

KINDS = (
    FindingKind("file-not-found", "The file is not there", "block",
                "There is no file to read at {file}.",
                "Check the name and the folder."),
    FindingKind("file-not-readable", "The file cannot be read from the disk", "block",
                "{file} cannot be read: {why}.",
                "Check that the file is not open elsewhere and that you may read it."),
    FindingKind("file-empty", "The file is empty", "block",
                "{file} has nothing in it.",
                "Ask the sender to send the file again; if there is nothing to report, record a nil return."),
    _unsafe("file-too-large", "The file is too large",
            "{file} is {megabytes} MB; the limit is {limit} MB.",
            "Ask the sender to send only the return's own sheets, without pictures or pivot tables."),
    _unsafe("file-type-unknown", "The file is not a spreadsheet",
            "{file} is {found}, not a spreadsheet or a table of text.",
            "Ask the sender for an Excel Workbook (.xlsx), an .xls or .ods workbook, or a .csv file."),
    _unsafe("file-type-disagrees", "The file is not what its name says",
            "{file} is named as {named} and its content is {found}.",
            "Do not open it. Ask the sender what it is, and for the workbook itself."),
    _unsafe("file-with-macros", "The workbook can run programs",
            "{file} holds macros or controls ({found}). Workbooks that can run programs are not accepted.",
            "Ask the sender to save it as an Excel Workbook (.xlsx), which keeps the data and leaves the macros out."),
    _unsafe("file-binary-workbook", "The workbook is in Excel's binary form",
            "{file} is an Excel binary workbook (.xlsb), which cannot be checked before it is read.",
            "Ask the sender to save it as an Excel Workbook (.xlsx)."),
    _unsafe("file-embedded-object", "The workbook holds another file",
            "{file} has another document embedded in it ({found}).",
            "Ask the sender to delete the embedded document and send the workbook again."),
    FindingKind("file-password-needed", "The workbook is protected with a password", "block",
                "{file} is protected with a password, and none was given.",
                "Ask the sender for the password by another route; give it when asked, or in SCORECARD_FILE_PASSWORD. "
                "Or ask for the workbook without one."),
    FindingKind("file-password-wrong", "The password does not open the workbook", "block",
                "The password given does not open {file}.",
                "Check the password with the sender; capitals and spaces matter."),
    _unsafe("file-damaged", "The file is damaged or cut short",
            "{file} cannot be read to its end: {why}.",
            _SAVE_AGAIN),
    _unsafe("file-expands", "The workbook would grow beyond any real return",
            "{file} would unpack to {why}.",
            _SAVE_AGAIN),
    _unsafe("file-holds-archive", "The workbook has an archive inside it",
            "{file} has an archive inside it ({found}).",
            _SAVE_AGAIN),
    _unsafe("file-directory-lies", "The workbook's own list of its parts is wrong",
            "{file} does not hold what its own list of parts says: {why}.",
            _SAVE_AGAIN),
    _unsafe("file-has-dtd", "The workbook declares its own document type",
            "{file} has a document type or entity declaration ({found}). No spreadsheet program writes one.",
            "Do not open it. Ask the sender where the file came from."),
    FindingKind("file-external-links", "The workbook points to other files", "note",
                "{file} points to other files or sources ({found}). They were not followed; "
                "cells show what was last saved.",
                "Nothing to do. If figures look old, ask the sender to paste values before sending."),
    FindingKind("text-control-characters", "Characters that no keyboard types were taken out", "warn",
                "{file} has {count} characters that cannot be shown. They were taken out.",
                "Ask the sender how the file was made; a system's export may be faulty."),
    FindingKind("file-comments", "The workbook has comments in it", "note",
                "{file} has comments on its cells. They were not read and are not kept in the warehouse.",
                "Ask the sender to remove comments before sending: they often name people."),
)
