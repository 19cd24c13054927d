"""What was found in one file on the Upload page, and how a resend differs from what it takes the place of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dashboard.table import Cell, Column, Section, Table, Tone
from dashboard.upload_tray import File
from pipelines.difference import CellChange, ChangedRow, Difference, runs
from pipelines.finding_kind import SEVERITIES
from pipelines.found_cells import EMPTY, Found
from pipelines.submissions import SubmissionReport

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
    "indicator-unknown": "Answer the question above; the answer is remembered for the agency.",
    "code-unknown": "Answer the question above, or ask the sender for the published code.",
    "date-future": "Ask the sender for the right date; or give the extract’s true date above.",
    "column-unclear": "Answer the question above, or ask the sender to use the headers of the template.",
}

# Cells named one by one before the rest are counted; the findings workbook has them all.
CELLS_NAMED, VALUES_SHOWN, FIGURES_NAMED, ROWS_LISTED = 6, 4, 3, 60


def found(file: File, *, every_cell: bool = False) -> Table:
    """What was found, a section a severity, the heaviest first."""
    costly = any(each.cost and each.cost.sentences() for each in file.found)
    columns = [
        Column("Where", "name"), Column("What was sent", "words"), Column("What is wrong", "words"),
        *([Column("What it costs the figures", "words")] if costly else []), Column("What to do", "words"),
    ]
    sections = []
    for severity, means in SEVERITIES.items():
        of_it = [each for each in file.found if each.severity == severity]
        if of_it:
            count = sum(each.count for each in of_it)
            rows = [_found_row(alike, every_cell=every_cell, costly=costly) for alike in _alike(of_it)]
            sections.append(Section(f"{means}: {count:,}", rows))
    return Table(f"What was found in {file.name}", columns, sections, "roomy")


def _alike(found: Iterable[Found]) -> Iterator[list[Found]]:
    """The findings, those together that say the same of one whole sheet after another."""
    gathered: dict[tuple[object, ...], list[Found]] = {}
    for place, each in enumerate(found):
        whole = not each.cells and each.sheet is not None and each.column is None and not _costs(each, None)
        gathered.setdefault((each.code, each.please) if whole else (place,), []).append(each)
    yield from gathered.values()


def _found_row(alike: Sequence[Found], *, every_cell: bool, costly: bool) -> list[Cell]:
    each = alike[0]
    values = list(dict.fromkeys(cell.value for cell in each.cells if cell.value))
    more = f" and {len(values) - VALUES_SHOWN:,} more" if len(values) > VALUES_SHOWN and not every_cell else ""
    shown_values = values if every_cell else values[:VALUES_SHOWN]
    tone: Tone = "bad" if each.severity in ("block", "hold") else ""
    alone = len(alike) == 1 and len(each.cells) <= 1
    return [
        Cell(_where(alike, len(each.cells) if every_cell else CELLS_NAMED), small=each.column or ""),
        Cell(sent=tuple(shown_values), small=more),
        Cell(each.title, small=each.message if alone else "", tone=tone),
        *([_cost_cell(each, None if every_cell else FIGURES_NAMED)] if costly else []),
        Cell(_to_do(each)),
    ]


def _cost_cell(each: Found, most: int | None) -> Cell:
    said = _costs(each, most)
    return Cell(said) if said or each.cost is None else Cell("no figure", tone="faint")


def _costs(each: Found, most: int | None) -> str:
    return " ".join(each.cost.sentences(most)) if each.cost else ""


def _to_do(each: Found) -> str:
    """What the analyst does: here, or by asking the sender, whose own words are for a message."""
    said = _HERE.get(each.code, each.please)
    return f"Ask the sender: {said[0].lower()}{said[1:]}" if said.startswith("Please") else said


def _where(alike: Sequence[Found], named: int) -> str:
    each = alike[0]
    if len(alike) > 1:
        return ", ".join(str(one.sheet) for one in alike)
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
    groups: dict[tuple[object, ...], list[ChangedRow]] = {}
    for row in found.changed:
        groups.setdefault(_what_changed(row), []).append(row)
    alike = list(groups.values())
    for rows in alike[:ROWS_LISTED]:
        yield from _changed_rows(rows)
    rest = [row.row for rows in alike[ROWS_LISTED:] for row in rows]
    if rest:
        yield [Cell(runs(rest)), Cell("Changed too", span=3)]


def _what_changed(row: ChangedRow) -> tuple[object, ...]:
    """What rows have in common in which the same cells changed in the same way; every identifier is another."""
    return tuple((cell.column, cell.identifier or (cell.was, cell.now)) for cell in row.cells)


def _changed_rows(rows: Sequence[ChangedRow]) -> Iterator[list[Cell]]:
    """Rows in which the same cells changed in the same way, a line a cell."""
    then = runs(row.was_row for row in rows)
    moved = f"row{'' if len(rows) == 1 else 's'} {then} then" if any(row.was_row != row.row for row in rows) else ""
    for place, cell in enumerate(rows[0].cells):
        name = Cell("", small="") if place else Cell(runs(row.row for row in rows), small=moved)
        yield [name, Cell(f"Changed: {cell.column}"), *_was_and_is(cell)]


def _was_and_is(cell: CellChange) -> list[Cell]:
    if cell.identifier and cell.was is not None and cell.now is not None:
        # Identifiers are kept as hashes, which tell nobody anything.
        return [Cell("One identifier", tone="faint"), Cell("Another identifier", tone="faint")]
    said = ("an identifier" if cell.identifier and value is not None else _value(value)
            for value in (cell.was, cell.now))
    return [Cell(sent=(text,)) for text in said]


def _value(value: object) -> str:
    if value is None:
        return EMPTY
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
