"""The tables of the Upload page, and its sentences: what was dropped, what was found, what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard import figures
from dashboard.table import Cell, Column, Section, Table, Tone
from dashboard.upload_tray import File, Tray
from metrics.catalogue import THEMES
from metrics.changes import Change
from metrics.result import Result
from pipelines.difference import ChangedRow, Difference, runs
from pipelines.finding_kind import SEVERITIES
from pipelines.found_cells import Found
from pipelines.submissions import SubmissionReport
from returns.catalogue import the_return
from returns.events import FILLED_BY
from returns.partnership import agency
from returns.periods import Period

# What the analyst does about a finding here; elsewhere the same is done with an option of the command.
_HERE = {
    "agency-needed": "Choose the agency above; it is remembered for a file laid out like this.",
    "extract-date-needed": "Give the day of the extract above.",
    "period-outside": "Choose the quarter above; or ask the sender whether this is the right file.",
    "year-outside": "Choose the audit’s own quarter above; or ask the sender whether an earlier year’s audit was sent.",
    "nil-with-rows": "Take back that there was nothing to report; or ask the sender which is right.",
    "no-rows": "Say above that there was nothing to report; or ask the sender for the rows.",
    "file-password-needed": "Ask the sender for the password by another route, and type it above.",
    "file-password-wrong": "Check the password with the sender, and type it above.",
    "code-unclear": "Answer the question above; the answer is remembered for the agency.",
    "code-unknown": "Answer the question above, or ask the sender for the published code.",
    "date-future": "Ask the sender for the right date; or give the extract’s true date above.",
    "column-unclear": "Answer the question above, or ask the sender to use the headers of the template.",
}

# Cells named one by one before the rest are counted; the findings workbook has them all.
CELLS_NAMED, VALUES_SHOWN, ROWS_LISTED = 6, 4, 60


def title(tray: Tray) -> str:
    """The page's question with what it is asked of."""
    if not tray.files:
        return "Did it load?"
    quarters = {each.period for file in tray.files for each in file.submissions if each.period}
    count = f"{len(tray.files)} file{_s(len(tray.files))}"
    return f"Did it load? {count}" + (f" for {Period.parse(quarters.pop()).label}" if len(quarters) == 1 else "")


def answer(tray: Tray) -> str:
    """The sentence that says what the analyst must do first."""
    if not tray.files:
        return "Nothing is in the warehouse until you accept it."
    if tray.to_check:
        waiting = len(tray.to_check)
        they = "1 file is" if waiting == 1 else f"{waiting} files are"
        return f"{they} being checked. Nothing is in the warehouse until you accept."
    kinds = Counter(verdict(file)[2] for file in tray.files)
    said = []
    if kinds["accept"]:
        said.append(f"{kinds['accept']} can be accepted now")
    if kinds["ask"]:
        said.append(f"{kinds['ask']} need{_does(kinds['ask'])} an answer from you")
    if kinds["back"]:
        said.append(f"{kinds['back']} must go back to {'its sender' if kinds['back'] == 1 else 'their senders'}")
    if kinds["same"]:
        said.append(f"{kinds['same']} {'was' if kinds['same'] == 1 else 'were'} loaded before")
    left_out = sum(file.acceptable and not file.chosen for file in tray.files if verdict(file)[2] == "none")
    if left_out:
        said.append(f"{left_out} you left out")
    twice = sum(file.replaces_file is not None for file in tray.files)
    if twice:
        said.append(f"{twice} would take the place of another file here")
    return (", ".join(said) or "Nothing can be accepted") + ". Nothing is in the warehouse until you accept."


def verdict(file: File) -> tuple[str, Tone, str]:
    """What can be done with the file: in words, their colour, and in one word for counting."""
    if not file.checked:
        return "Not checked yet", "faint", "none"
    if file.waits_for_analyst:
        return _waits_for(file), "ask", "ask"
    if file.goes_back:
        return "Goes back", "bad", "back"
    if file.unchanged:
        return "Same file as before", "good", "same"
    if not file.acceptable:
        return "Nothing to load", "faint", "none"
    if not file.chosen:
        return "Left out", "faint", "none"
    some = "" if len(file.chosen) == len(file.submissions) else f"{len(file.chosen)} of {len(file.submissions)} "
    return f"{some}Can be accepted".replace(" Can", " can"), "good", "accept"


def _waits_for(file: File) -> str:
    """What the analyst is asked for."""
    codes = {item.code for each in file.refused for item in each.findings if item.severity == "block"}
    if file.needs_password:
        return "Needs its password"
    if "agency-needed" in codes:
        return "Whose is it?"
    return "Which quarter?" if "period-outside" in codes else "Needs an answer"


# ---- the files -------------------------------------------------------------------------------------------------------


def files(tray: Tray) -> Table:
    """A line a file: what it is, whose, how many rows, what can be done, what it would change."""
    columns = [
        Column("File", "name"), Column("What it is", "words"), Column("From", "words"), Column("Rows", "number"),
        Column("Held", "number"), Column("Unknown cells", "number"), Column("Verdict", "words"),
        Column("What would change", "words"),
    ]
    return Table("Files dropped", columns, [Section("", [_file(file, tray) for file in tray.files])], "roomy")


def _file(file: File, tray: Tray) -> list[Cell]:
    words, tone, _kind = verdict(file)
    read = sum(each.rows_read for each in file.submissions)
    figures_known = bool(file.acceptable or file.unchanged)
    none = Cell("–", absent=True)
    return [
        Cell(f"{file.number}. {file.name}", small=_when(file)),
        Cell(_what(file.submissions)),
        Cell(_whose(file.submissions)),
        Cell(f"{read:,}") if figures_known else none,
        Cell(f"{sum(each.rows_held for each in file.submissions):,}") if figures_known else none,
        Cell(f"{_blank_cells(file):,}") if figures_known else none,
        Cell(words, tone="ask" if file.replaces_file is not None else tone, small=_replaces(file)),
        _outcome(file, tray),
    ]


def _when(file: File) -> str:
    dated = next((each for each in file.submissions if each.extracted), None)
    lists = len([each for each in file.submissions if each.return_name])
    parts = [f"{lists} lists"] if lists > 1 else []
    if dated is not None and dated.extracted is not None:
        parts += [f"quarter {dated.period}", f"extract of {dated.extracted.day} {dated.extracted:%B %Y}"]
    if file.ignored:
        parts.append(f"{len(file.ignored)} sheet{_s(len(file.ignored))} not read")
    return " · ".join(parts)


def _what(found: Sequence[SubmissionReport]) -> str:
    titles = list(dict.fromkeys(the_return(each.return_name).title for each in found if each.return_name))
    if not titles:
        return "Not recognised"
    return ", ".join(titles) if len(titles) < 4 else f"{titles[0]}, {titles[1]} and {len(titles) - 2} more"


def _whose(found: Sequence[SubmissionReport]) -> str:
    return ", ".join(dict.fromkeys(agency(each.agency).title for each in found if each.agency)) or "not known"


def _blank_cells(file: File) -> int:
    return sum(each.count for each in file.found if each.severity == "blank")


def _replaces(file: File) -> str:
    if file.replaces_file is not None:
        return f"takes the place of file {file.replaces_file} here: the same return, agency and quarter"
    replaced = [each.replaces for each in file.acceptable if each.replaces]
    if not replaced:
        return ""
    return f"takes the place of {replaced[0]}" + (f" and {len(replaced) - 1} more" if len(replaced) > 1 else "")


def _outcome(file: File, tray: Tray) -> Cell:
    """What it would change, or why it cannot be used."""
    if file.questions and any(question.needed for question in file.questions):
        return Cell(f"{len(file.questions)} question{_s(len(file.questions))} below")
    if file.refused and not file.acceptable:
        blocks = [item.message for each in file.refused for item in each.findings if item.severity == "block"]
        return Cell(blocks[0] if blocks else "It cannot be used.")
    if file.unchanged:
        return Cell("Nothing: already loaded", tone="faint")
    if not file.chosen:
        return Cell("")
    if tray.preview is None:
        return Cell("being worked out", tone="faint")
    returns = {each.return_name for each in file.chosen}
    mine = [each for each in tray.preview.changes if each.of_the_figure and _comes_from(each, returns)]
    if not mine:
        return Cell("No figure of the quarter", tone="faint")
    first = mine[0]
    others = f", and {len(mine) - 1} other{_s(len(mine) - 1)}" if len(mine) > 1 else ""
    return Cell(f"{first.indicator.title} {_figure(first.was)} → {_figure(first.would_be)}{others}")


def _comes_from(change: Change, returns: set[str | None]) -> bool:
    return any(name in returns for name in FILLED_BY.get(change.indicator.table, ()))


# ---- what was found in one file --------------------------------------------------------------------------------------


def found(file: File, *, every_cell: bool = False) -> Table:
    """What was found, a section a severity, the heaviest first."""
    columns = [
        Column("Where", "name"), Column("What was sent", "words"), Column("What is wrong", "words"),
        Column("What to do", "words"),
    ]
    sections = []
    for severity, means in SEVERITIES.items():
        of_it = [each for each in file.found if each.severity == severity]
        if of_it:
            count = sum(each.count for each in of_it)
            sections.append(Section(f"{means}: {count:,}", list(_found_rows(of_it, every_cell))))
    return Table(f"What was found in {file.name}", columns, sections, "roomy")


def _found_rows(of_it: Sequence[Found], every_cell: bool) -> Iterator[list[Cell]]:
    for each in of_it:
        named = len(each.cells) if every_cell else CELLS_NAMED
        values = list(dict.fromkeys(cell.value for cell in each.cells if cell.value))
        more = f" and {len(values) - VALUES_SHOWN:,} more" if len(values) > VALUES_SHOWN and not every_cell else ""
        shown_values = values if every_cell else values[:VALUES_SHOWN]
        tone: Tone = "bad" if each.severity in ("block", "hold") else ""
        yield [
            Cell(_where(each, named), small=each.column or ""),
            Cell(more, sent=tuple(shown_values)),
            Cell(each.title, small="" if len(each.cells) > 1 else each.message, tone=tone),
            Cell(_HERE.get(each.code, each.please)),
        ]


def _where(each: Found, named: int) -> str:
    addresses = [cell.address for cell in each.cells]
    more = f" and {len(addresses) - named:,} more" if len(addresses) > named else ""
    listed = ", ".join(addresses[:named]) + more
    sheet = each.sheet or "the whole file"
    return f"{sheet}, {listed}" if listed else sheet


# ---- against the earlier submission ----------------------------------------------------------------------------------


def differences(file: File) -> Table:
    """Row by row, how each resend in the file differs from what it takes the place of."""
    columns = [
        Column("Row", "name"), Column("What became of it", "words"), Column("It was", "words"), Column("It is", "words")
    ]
    sections = [
        Section(_difference_title(each, each.difference), list(_difference_rows(each.difference)))
        for each in file.submissions if each.difference is not None
    ]
    return Table(f"{file.name} against what was sent before", columns, sections, "roomy")


def _difference_title(each: SubmissionReport, found: Difference) -> str:
    said = (
        f"{each.sheet or each.return_name}: takes the place of {each.replaces}. Rows added: {len(found.added):,}, "
        f"gone: {len(found.gone):,}, changed: {len(found.changed):,}"
    )
    if found.held_before:
        said += f"; of {found.held_before:,} kept aside before, {len(found.resolved):,} can be read now"
    return said


def _difference_rows(found: Difference) -> Iterator[list[Cell]]:
    if found.nothing:
        yield [Cell("All rows"), Cell("The same as before", span=3)]
    if found.resolved:
        rows = ", ".join(f"{now} (row {then} then)" for then, now in found.resolved[:ROWS_LISTED])
        yield [Cell(rows), Cell("Kept aside before, readable now", span=3, tone="good")]
    if found.added:
        yield [Cell(runs(found.added)), Cell("Added", span=3)]
    if found.gone:
        yield [Cell(runs(found.gone), small="rows of the earlier file"), Cell("Gone", span=3)]
    for row in found.changed[:ROWS_LISTED]:
        yield from _changed_row(row)
    if len(found.changed) > ROWS_LISTED:
        rest = runs(each.row for each in found.changed[ROWS_LISTED:])
        yield [Cell(rest), Cell("Changed too", span=3)]


def _changed_row(row: ChangedRow) -> Iterator[list[Cell]]:
    for place, cell in enumerate(row.cells):
        moved = f"row {row.was_row} then" if row.was_row != row.row else ""
        yield [
            Cell(str(row.row) if not place else "", small=moved if not place else ""), Cell(f"Changed: {cell.column}"),
            Cell(sent=(_value(cell.was),)), Cell(sent=(_value(cell.now),)),
        ]


def _value(value: object) -> str:
    if value is None:
        return "(empty)"
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


# ---- the scorecard -------------------------------------------------------------------------------------------------


def changes(found: Sequence[Change], *, quarter: Period) -> Table:
    """Every indicator whose figure would be another, theme by theme, as it is and as it would be."""
    columns = [
        Column("Indicator", "name"), Column("Was", "figure"), Column("", "quiet"), Column("Would be", "figure"),
        Column("", "quiet"), Column("Change", "number"),
    ]
    sections = []
    for name, theme in THEMES.items():
        rows = [_change(each) for each in found if each.indicator.theme == name]
        if rows:
            sections.append(Section(theme, rows))
    return Table(f"What would change on the scorecard, {quarter.label}", columns, sections)


def _change(each: Change) -> list[Cell]:
    was, now = each.was, each.would_be
    over = "over the year" if now.period.window == "rolling_year" else ""
    return [
        Cell(each.indicator.title, small=over),
        Cell(_figure(was), absent=was is None or was.value is None),
        Cell(figures.counts(was) if was else ""),
        Cell(_figure(now), absent=now.value is None),
        Cell(figures.counts(now)),
        Cell(figures.change(now, was) if each.of_the_figure else "counts only"),
    ]


def _figure(result: Result | None) -> str:
    return "no figure" if result is None or (result.value is None and result.status == "x") else figures.value(result)


def accepted(tray: Tray) -> str:
    """One sentence on what was taken."""
    report = tray.accepted
    if report is None:
        return ""
    taken = [each for each in report.submissions if each.status == "accepted"]
    back = [each for each in report.submissions if each.status == "refused"]
    same = [each for each in report.submissions if each.status == "unchanged"]
    rows = sum(each.rows_accepted for each in taken)
    held = sum(each.rows_held for each in taken)
    if taken and not rows and not held and all(not each.rows_read for each in taken):
        nil = f"{len(taken)} nil return{_s(len(taken))}"
        return f"Recorded: {nil}. Its figures are none, not missing, as data version {report.version}."
    of_files = len({each.file for each in taken})
    said = f"Accepted: {len(taken)} return{_s(len(taken))} of {of_files} file{_s(of_files)}, {rows:,} rows"
    if held:
        said += f", {held:,} more kept aside"
    if same:
        said += f"; {len(same)} already there"
    if back:
        said += f"; {len({each.file for each in back})} refused, which the ledger notes"
    return f"{said}. The scorecard shows it now, as data version {report.version}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _does(count: int) -> str:
    return "s" if count == 1 else ""
