"""The tables of the Upload page, and its sentences: what was dropped, what would change, what was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard import figures
from dashboard.table import Cell, Column, Section, Table, Tone
from dashboard.upload_tray import File, Tray
from metrics.catalogue import THEMES
from metrics.changes import Change
from metrics.result import Result
from pipelines.submissions import SubmissionReport
from returns.catalogue import the_return
from returns.events import FILLED_BY
from returns.partnership import agency
from returns.periods import Period, day_words


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
        parts += [f"quarter {dated.period}", f"extract of {day_words(dated.extracted)}"]
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
    mine = [each for each in tray.preview.changes if each.of_the_figure and _comes_from(each, file)]
    if not mine:
        shown = tray.preview.quarter
        return Cell(f"No figure of {shown.label}" if shown else "No figure", tone="faint")
    first = mine[0]
    others = f", and {len(mine) - 1} other{_s(len(mine) - 1)}" if len(mine) > 1 else ""
    return Cell(f"{first.indicator.title} {_figure(first.was)} → {_figure(first.would_be)}{others}")


def _comes_from(change: Change, file: File) -> bool:
    """Whether the file's rows are among those that the figure is counted of: by return, and by the time it covers."""
    window = change.would_be.period
    return any(
        each.return_name in FILLED_BY.get(change.indicator.table, ())
        and each.period is not None and Period.parse(each.period).end >= window.start
        for each in file.chosen
    )


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
    said = f"Accepted: {len(taken)} return{_s(len(taken))} of {of_files} file{_s(of_files)}, {rows:,} row{_s(rows)}"
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
