"""The tables of the Returns page: who has sent what, how well it is filled in, what is kept aside, what came late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from dashboard.table import Cell, Column, Section, Table, Tone
from metrics.quality import ColumnOverTime, HeldRow, RecordedLate
from pipelines.chase import overdue
from pipelines.difference import runs
from pipelines.expectations import Register, Standing
from pipelines.findings import CATALOGUE, shown
from pipelines.story import Story
from returns.catalogue import the_return
from returns.partnership import agency
from returns.periods import Period
from warehouse.ledger import SubmissionRecord

# What stands in the matrix: the word, and its colour. Every word says it without the colour.
_STATES: dict[str, tuple[str, Tone]] = {
    "in": ("In", ""), "nil": ("Nil", ""), "late": ("Late", "bad"), "missing": ("Missing", "bad"),
    "not yet due": ("Not due yet", "faint"), "not expected": ("not asked", "faint"),
}


def answer(found: Register, quarter: Period) -> str:
    """The counts of one quarter, in a sentence."""
    of_it = found.of(quarter)
    if not of_it:
        return f"Nothing is expected for {quarter.label}, and nothing was sent."
    counts = Counter(each.state for each in of_it)
    expected = [each for each in of_it if each.expected]
    came = counts["in"] + counts["late"] + counts["nil"]
    said = [f"{came} of {len(expected) or len(of_it)} returns are in"]
    if counts["late"]:
        said.append(f"{counts['late']} of them late")
    if counts["missing"]:
        said.append(f"{counts['missing']} missing")
    if counts["not yet due"]:
        said.append(f"{counts['not yet due']} not due yet")
    if counts["nil"]:
        said.append(f"{counts['nil']} nil")
    held = sum(each.rows_held for each in of_it)
    if held:
        said.append(f"{held:,} row{'' if held == 1 else 's'} kept aside")
    return f"For {quarter.label}: {', '.join(said)}.{_still_missing(found)}"


def _still_missing(found: Register) -> str:
    """What never came of an earlier quarter, where the return was not asked for since."""
    late = overdue(found)
    if not late:
        return ""
    first = f"{the_return(late[0].return_name).title}, {agency(late[0].agency).title} ({late[0].quarter.label})"
    return f" Still missing from earlier: {first}{f' and {len(late) - 1} more' if len(late) > 1 else ''}."


def matrix(found: Register) -> Table:
    """A line a return, a column a quarter, the latest last; a section an agency."""
    columns = [Column("Return", "name"), *(Column(str(quarter), "words") for quarter in found.quarters)]
    sections = [
        Section(agency(name).title, [_line(return_name, standings) for _agency, return_name, standings in lines])
        for name, lines in groupby(found.lines(), key=lambda line: line[0])
    ]
    return Table("Who has sent what", columns, sections, "grid")


def _line(return_name: str, standings: Sequence[Standing]) -> list[Cell]:
    return [Cell(the_return(return_name).title), *map(_state, standings)]


def _state(each: Standing) -> Cell:
    word, tone = _STATES[each.state]
    notes = []
    if each.state in ("late", "missing") and each.days_late:
        notes.append(f"{each.days_late:,} working day{'' if each.days_late == 1 else 's'}")
    if each.rows_held:
        notes.append(f"{each.rows_held:,} held")
    if each.refused and each.state in ("missing", "not yet due"):
        notes.append(f"{each.refused} refused")
    if each.retracted and each.state in ("missing", "not yet due"):
        notes.append("taken out again")
    if each.state == "not yet due" and each.due:
        notes.append(f"by {each.due.day} {each.due:%b}")
    return Cell(word, small=", ".join(notes), tone=tone)


def completeness(columns: Sequence[ColumnOverTime], quarters: Sequence[Period], *, caption: str) -> Table:
    """The percentage of accepted rows in which each column is filled, quarter by quarter."""
    heads = [Column("Column", "name"), *(Column(str(quarter), "number") for quarter in quarters)]
    rows = [
        [Cell(shown(each.header), small="must be there" if each.required else ""),
         *(_filled(each, quarter) for quarter in quarters)]
        for each in columns
    ]
    return Table(caption, heads, [Section("", rows)])


def _filled(each: ColumnOverTime, quarter: Period) -> Cell:
    cell = each.quarters.get(quarter)
    if cell is None or cell.share is None:
        return Cell("not sent", absent=True)
    unread = f"{cell.blanked:,} unreadable" if cell.blanked else ""
    return Cell(f"{cell.share:.0f}%" if cell.share in (0, 100) or cell.share < 99.5 else "over 99%", small=unread)


def held(rows: Sequence[HeldRow], *, caption: str) -> Table:
    """The rows kept aside, where they stand and why."""
    columns = [Column("Where", "name"), Column("Quarter", "words"), Column("Why it is kept aside", "words"),
               Column("Submission", "quiet")]
    groups: dict[tuple[object, ...], list[HeldRow]] = {}
    for each in rows:
        groups.setdefault((each.submission, each.sheet, each.codes), []).append(each)
    lines = [
        [Cell(_where(alike), small=shown(alike[0].file or "")), Cell(str(alike[0].quarter)),
         Cell("; ".join(_title(code) for code in alike[0].codes)), Cell(alike[0].submission)]
        for alike in groups.values()
    ]
    return Table(caption, columns, [Section("", lines)], "roomy")


def _where(alike: Sequence[HeldRow]) -> str:
    """The rows of one sheet that are kept aside for the same reason, together."""
    rows = f"row{'' if len(alike) == 1 else 's'} {runs(each.row for each in alike)}"
    return f"{shown(alike[0].sheet)}, {rows}" if alike[0].sheet else rows


def _title(code: str) -> str:
    return CATALOGUE[code].title if code in CATALOGUE else code


def held_cells(headers: Sequence[str], row: int, cells: Sequence[str]) -> Table:
    """One held row as its file has it, read again for the analyst."""
    rows = [[Cell(shown(header)), Cell(sent=(shown(cell) if cell else "(empty)",))]
            for header, cell in zip(headers, cells, strict=True)]
    return Table(f"Row {row} as it was sent", [Column("Column", "name"), Column("What was sent", "words")],
                 [Section("", rows)], "roomy")


def recorded_late(found: Sequence[RecordedLate], *, caption: str) -> Table:
    """Of the events of each quarter, how many were not in that quarter's own file."""
    columns = [Column("Events of", "name"), Column("Known now", "number"), Column("Recorded late", "number"),
               Column("Share", "number")]
    sections = []
    for title, of_it in groupby(found, key=lambda each: each.title):
        rows = [
            [Cell(each.quarter.label), Cell(f"{each.events:,}"), Cell(f"{each.late:,}"),
             Cell("none to count" if each.share is None else f"{each.share:.1f}%")]
            for each in of_it
        ]
        sections.append(Section(title, rows))
    return Table(caption, columns, sections)


def lives(records: Sequence[SubmissionRecord], told: dict[str, Story]) -> Table:
    """What happened to each submission, in order, with the reasons given."""
    columns = [Column("When", "name"), Column("What happened", "words"), Column("Why", "words")]
    sections = []
    for record in records:
        story = told.get(record.id)
        rows = [[Cell(_moment(step.at)), Cell(step.sentence), Cell(shown(step.reason) if step.reason else "")]
                for step in (story.steps if story else ())]
        difference = story.difference if story else None
        if difference:
            rows += [[Cell("Rows"), Cell(f"{words}: {difference[name]}", span=2)]
                     for name, words in _ROWS.items() if difference.get(name)]
        sections.append(Section(f"{record.id}, {record.period}: {_status(record)}", rows))
    return Table("The life of each submission", columns, sections, "roomy")


_ROWS = {"added": "Added", "gone": "Gone (of the earlier file)", "changed": "Changed", "resolved": "Readable now"}


def _status(record: SubmissionRecord) -> str:
    return {"nil": "nil, counts", "accepted": "counts", "superseded": "replaced"}.get(record.status, record.status)


def _moment(at: str) -> str:
    return f"{at[8:10]}/{at[5:7]}/{at[:4]} {at[11:16]}"
