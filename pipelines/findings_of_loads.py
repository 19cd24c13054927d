"""The kinds of finding about a submission as a whole: whose it is, when it is of, and what it replaces."""

from __future__ import annotations

from pipelines.finding_kind import FindingKind

KINDS = (
    FindingKind("agency-needed", "Whose return is it?", "block",
                "{return_title} does not say which agency sent it, and its layout does not tell: none has sent it so "
                "before, or several have.",
                "Say whose it is with --agency; it is remembered for this layout."),
    FindingKind("extract-date-needed", "Of which day is it?", "block",
                "The file has no date that is not in the future, so the day of the extract is not known.",
                "Give the day of the extract with --extracted."),
    FindingKind("period-outside", "Nothing in the file is of the period", "block",
                "No list has a date in {period} or the six months before it; the latest date in the file is {latest}.",
                "Check the quarter (--period); or ask the sender whether this is the right file."),
    FindingKind("extract-too-late", "The extract is of a later quarter", "warn",
                "The extract's date, {extracted}, is over three months after the end of {period}.",
                "Check that this is the file of {period} and not a later one."),
    FindingKind("list-without-event", "A list has no event in the quarter", "warn",
                "The sheet {sheet} has no event in {period}.",
                "Ask the sender whether there was none, or whether the list stops short."),
    FindingKind("year-outside", "The audit is of another year", "warn",
                "In the sheet {sheet}, {column} says {years}, which is not near {period}.",
                "Ask the sender whether an earlier year's audit was sent; or load it for its own period with --period.",
                ),
    FindingKind("events-before-window", "Events are older than the list goes back", "warn",
                "{count} rows of the sheet {sheet} are of before {first}, where a list sent for {period} begins; the "
                "earliest is of {earliest}. They are counted in their own quarters.",
                "Ask the sender whether the old events were meant to be sent, or are dates typed wrongly."),
    FindingKind("edition-earlier", "An earlier edition of the return was sent", "warn",
                "The sheet {sheet} is in the {edition} edition of {return_title}; extracts since {since} are asked for "
                "in the {asked} edition. Its new columns are unknown in every row: {columns}.",
                "Ask the sender for the {asked} edition; the template has its headers."),
    FindingKind("count-far-from-last", "A count is ten times the last one, or a tenth", "warn",
                "{counted}: {now} for {period}, and {last} for {before}.",
                "Ask the sender whether both are right. A digit too many, another area's list or half a list looks "
                "like this."),
    FindingKind("nil-with-rows", "A nil return has rows", "block",
                "{return_title} was said to be nil, and the sheet {sheet} has {count} rows.",
                "Load it without --nil, or ask the sender which is right."),
    FindingKind("nil-recorded", "A nil return", "note",
                "{return_title} is recorded as nil: the agency had nothing to report.",
                "Nothing to do."),
    FindingKind("same-file", "The same file again", "note",
                "This very file was already loaded for {period} as {submission}. Nothing was changed.",
                "Nothing to do."),
    FindingKind("supersedes", "An earlier submission is replaced", "note",
                "It takes the place of {submission}: {added} rows added, {gone} gone, {changed} changed.",
                "Look at the difference; if it is not what the sender meant, retract it and restore {submission}."),
    FindingKind("held-rows-resolved", "Rows that were kept aside can now be read", "note",
                "{count} of the {held} rows of {submission} that were kept aside are in it and can be read; "
                "{still} are kept aside again.",
                "Ask the sender for the rows that are still kept aside."),
    FindingKind("all-rows-held", "No row could be accepted", "warn",
                "All {count} rows of the sheet {sheet} are kept aside.",
                "Ask the sender to correct the rows and send the list again."),
    FindingKind("personal-data-in-totals", "Personal data in a return of totals", "block",
                "The sheet {sheet} holds what looks like personal data ({kinds}), which a return of totals must not. "
                "Nothing of it was kept.",
                "Delete the file. Ask the sender for totals alone, and tell them what was in it."),
    FindingKind("program-fault", "The program could not read the file", "block",
                "The program met a fault of its own in this file ({kind}). The file was not loaded.",
                "Report the fault with this sentence; the other files are not affected."),
)
