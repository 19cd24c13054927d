"""An indicator's page as tables: its facts, its groups, the definition, the data and where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard import figures, icons
from dashboard.address import link
from dashboard.charts_over_time import tick
from dashboard.indicator_words import BASES, grouping
from dashboard.pictures import Picture, interval, mark, severity, trend
from dashboard.table import Cell, Column, Section, Table
from metrics.cases import Rows
from metrics.causes import causes
from metrics.explain import Explanation
from metrics.inquiry import Behind, Group, Inquiry
from metrics.lines import Line
from metrics.result import STATUS_WORDS, Result, shown
from returns.catalogue import TITLES
from returns.partnership import agencies
from returns.periods import day_words

_FACTS = (Column("What", "name"), Column("Says", "words"))


def facts(line: Line, of: Inquiry) -> Table:
    """The figure with its counts and interval, its changes, its verdicts, its target and how others stand."""
    return Table(f"{line.indicator.title}, {of.head.period.label}", _FACTS,
                 [Section("", [[Cell(name), cell] for name, cell in _facts(line, of)])], set_as="facts")  # fmt: skip


def _facts(line: Line, of: Inquiry) -> Iterator[tuple[str, Cell]]:
    head, charted = of.head, line.process
    yield "Figure", Cell(figures.value(head), small=_uncertain(head), strong=True)
    if raised := line.result.exception:
        seen = ". ".join(f"{cause.says[0].upper()}{cause.says[1:]}" for cause in causes(line))
        mark_of = severity("alert" if raised == "alert" else "watch")
        yield "Exception", Cell(f" {raised.capitalize()}", picture=mark_of, tone="bad", small=f"{seen}.")
    if head.basis == line.result.basis:
        yield "On last quarter", Cell(figures.change(head, line.previous))
        yield "On last year", Cell(figures.change(head, line.year_ago))
    if charted is not None and charted.variation is not None and charted.last is not None:
        icon = charted.variation
        yield "Variation", Cell(f" {charted.icon_words}", picture=icons.variation(icon), tone=icons.tone(icon),
                                small=f"at {tick(charted.last)}")  # fmt: skip
    if line.target is not None:
        aim = figures.plain(line.target.value, unit=head.unit, decimals=head.decimals)
        small = f"since {day_words(line.target.since)}: {line.target.agreed}"
        if charted is not None and charted.assurance is not None:
            word = icons.assurance_words(charted.assurance)
            yield "Target", Cell(f" {word} {aim}", picture=icons.assurance(charted.assurance), small=small)
        else:
            yield "Target", Cell(aim, small=small)
    yield from _others(line, of)
    for basis, result in (("reported", of.reported), ("known", of.known)):
        yield BASES[basis], Cell(figures.value(result), small=_uncertain(result))


def _uncertain(result: Result) -> str:
    """`240 of 361, 95% interval 61.5 to 71.2, 3 too recent`."""
    parts = [figures.counts(result), interval_words(result)]
    asides = ((result.too_recent, "too recent to judge"), (result.left_out, "left out as unknown"))
    parts += [f"{shown(number)} {what}" for number, what in asides if number]
    if result.status not in ("ok", "x", "z"):
        parts.append(STATUS_WORDS[result.status])
    return ", ".join(filter(None, [*parts, result.period.label]))


def interval_words(result: Result) -> str:
    """`95% interval 61.5 to 71.2`; nothing where there is none."""
    if result.lower is None or result.upper is None:
        return ""
    return f"95% interval {result.lower:,.{result.decimals}f} to {result.upper:,.{result.decimals}f}"


def _others(line: Line, of: Inquiry) -> Iterator[tuple[str, Cell]]:
    """The benchmark, each average with its year and how many it is of, and a link to the whole comparison."""
    published, ours = line.benchmark, line.comparable
    if published is None:
        yield "Neighbours", Cell("not published", tone="faint")
        return
    there = link("benchmarks", id=line.indicator.id, period=str(of.quarter))
    year = f"{published.year - 1}-{published.year % 100:02d}"

    def said(value: float | None) -> str:
        unit, decimals = line.indicator.unit, line.indicator.decimals
        return "no figure" if value is None else figures.plain(value, unit=unit, decimals=decimals)

    over = f"; ours over the twelve months {figures.value(ours)}" if ours and ours.period != of.head.period else ""
    present = f"{published.average} of {published.neighbours_present} of {published.neighbours_of}, {year}{over}"
    yield "Neighbours", Cell(said(published.neighbours), small=present, link=there)
    yield "England", Cell(said(published.england), small=f"{year}; our region {said(published.region)}")


GROUPS = (
    Column("Group", "name"),
    Column("Figure", "figure"),
    Column("Count", "quiet"),
    Column("95% interval", "quiet"),
    Column("", "picture", key=((mark("us"), "group, with its interval"), (mark("county"), "whole county"))),
    Column("Over time, as now known", "picture"),
)


def groups(of: Inquiry) -> Table:
    """The groups of the breakdown, each with its interval beside the whole county's figure and its own past."""
    numbers = [number for one in (of.head, *(group.result for group in of.groups))
               for number in (one.value, one.lower, one.upper) if number is not None]  # fmt: skip
    low, high = min([0.0, *numbers]), max(numbers, default=1.0)
    rows = [_group(one, of, low, high) for one in of.groups]
    return Table(f"{of.indicator.title} by {grouping(of.by or '').lower()}", GROUPS, [Section("", rows)])


def _group(one: Group, of: Inquiry, low: float, high: float) -> list[Cell]:
    result = one.result
    if result.value is None:
        why = "" if result.status == "z" else result.reason or ""
        return [Cell(_called(one, of)), Cell(figures.value(result), absent=True), Cell(why, span=3), _past(one)]
    picture = None
    if of.head.unit != "count" and not of.indicator.share:
        alt = f"{figures.value(result)}; the whole county is at {figures.value(of.head)}"
        picture = interval(result.value, result.lower, result.upper, county=of.head.value, low=low, high=high, alt=alt)
    elif of.head.value is not None:
        alt = f"{figures.value(result)} of {figures.value(of.head)}"
        picture = interval(result.value, result.lower, result.upper, county=None, low=low, high=high, alt=alt)
    between = interval_words(result).removeprefix("95% interval ")
    return [Cell(_called(one, of)), Cell(figures.value(result)), Cell(figures.counts(result)), Cell(between),
            Cell(picture=picture), _past(one)]  # fmt: skip


def _called(one: Group, of: Inquiry) -> str:
    """The group's name; that of an agency by its title."""
    name = str(one.result.group)
    return _agency(name) if of.by == "agency" else name


def _past(one: Group) -> Cell:
    if any(each.status == "c" for each in one.series):
        return Cell("hidden in part", absent=True)
    known = [each for each in one.series if each.value is not None]
    if len(known) < 2:
        return Cell()
    words = f"{tick(known[0])} {figures.value(known[0])} to {tick(known[-1])} {figures.value(known[-1])}"
    return Cell(picture=_trend(one.series, words), small=words)


def _trend(series: Sequence[Result], words: str) -> Picture | None:
    return trend([one.value for one in series], alt=words)


def groups_csv(of: Inquiry) -> list[list[object]]:
    """The breakdown as rows of a file, headings first."""
    rows: list[list[object]] = [["Group", "Figure", "Count", "Of", "95% from", "95% to", "Status"]]
    named = (("Whole county", of.head), *((_called(group, of), group.result) for group in of.groups))
    for name, one in named:
        status = "" if one.status == "ok" else STATUS_WORDS[one.status]
        rows.append([name, one.value, one.numerator, one.denominator, one.lower, one.upper, status])
    return rows


# So many rows are named; a sender whose file has more is asked for all.
ROWS_NAMED = 40


def cases(found: Sequence[Rows], of: Inquiry) -> Table:
    """The rows that missed a target of all, and those that could not be judged, a line a file."""
    columns = [Column("Submission", "name"), Column("File", "words"), Column("Missed", "words"),
               Column("Could not be judged", "words")]  # fmt: skip
    rows = []
    for one in found:
        sent = one.submission
        sheet = f"“{sent.sheet}”" if sent.sheet else ""
        where = ", ".join(filter(None, [sheet, _agency(sent.agency), str(sent.period)]))
        why = "a cell that is needed is unknown" if one.left_out else ""
        rows.append([Cell(sent.id), Cell(sent.file or "no file", small=where), Cell(_rows(one.missed)),
                     Cell(_rows(one.left_out), small=why)])  # fmt: skip
    title = f"{of.indicator.title}: rows that missed, {of.head.period.label}"
    return Table(title, columns, [Section("", rows)], set_as="roomy")


def _rows(numbers: Sequence[int]) -> str:
    """`3 rows: 4, 17 and 60`."""
    if not numbers:
        return "none"
    named = [str(number) for number in numbers[:ROWS_NAMED]]
    rest = len(numbers) - len(named)
    last = f"{shown(rest)} more" if rest else named.pop()
    listed = f"{', '.join(named)} and {last}" if named else last
    return f"{shown(len(numbers))} row{'' if len(numbers) == 1 else 's'}: {listed}"


def data_quality(found: Behind, of: Inquiry) -> Table:
    """Held, blank, late and reconciled: how good the data behind the figure are."""
    rows = [[Cell(name), cell] for name, cell in _quality(found, of)]
    return Table(f"The data behind it, {of.quarter.label}", _FACTS, [Section("", rows)], set_as="facts")


def _quality(found: Behind, of: Inquiry) -> Iterator[tuple[str, Cell]]:
    if not found.read:
        yield "Rows", Cell("No rows were sent for this quarter.")
        return
    held = "none held back" if not found.held else f"{shown(found.held)} held back: they could not be counted"
    yield "Rows", Cell(f"{shown(found.read)} in the files, {held}", tone="" if not found.held else "bad")
    for one in found.columns:
        blank = one.filled.cells - one.filled.filled
        unread = f", {shown(one.filled.blanked)} that could not be read" if one.filled.blanked else ""
        yield f"Column “{one.header}”", Cell(f"{shown(blank)} of {shown(one.filled.cells)} blank{unread}")
    if found.late:
        late, events = sum(one.late for one in found.late), sum(one.events for one in found.late)
        first, last = found.late[-1].quarter, found.late[0].quarter
        when = f"{first.start:%B %Y} to {last.end:%B %Y}"
        yield (
            "Recorded late",
            Cell(f"{shown(late)} of {shown(events)} came only with a later quarter's file", small=when),
        )
    yield "Agreement", _agreement(found, of)


def _agreement(found: Behind, of: Inquiry) -> Cell:
    there = link("contradictions", period=str(of.quarter))
    number = len(found.agreeing) + len(found.differing)
    if not number:
        return Cell("No other number to set it beside", link=there)
    if not found.differing:
        said = "1 number that should agree with it does" if number == 1 else f"{number} numbers that should agree do"
        return Cell(said, small="; ".join(one.pair.title for one in found.agreeing), link=there)
    return Cell(f"{len(found.differing)} of {number} numbers that should agree do not", tone="bad",
                small="; ".join(one.pair.title for one in found.differing), link=there)  # fmt: skip


def sources(found: Explanation, *, counts: bool) -> Table:
    """Every submission behind the figure: file, whose, of when, how many rows; and what of them counts, if `counts`."""
    columns = [Column("Submission", "name"), Column("File", "words"), Column("Return and sheet", "quiet"),
               Column("Agency", "quiet"), Column("For", "quiet"), Column("Extract of", "quiet"),
               Column("Rows accepted", "number")]  # fmt: skip
    if counts:
        columns += [Column("In the count", "number"), Column("In what it is of", "number")]
    rows = []
    for one in found.used:
        sent = one.submission
        what = ", ".join(filter(None, [TITLES.get(sent.return_name, sent.return_name), sent.sheet]))
        cells = [Cell(sent.id), Cell(sent.file or "no file", small=""), Cell(what), Cell(_agency(sent.agency)),
                 Cell(str(sent.period)), Cell(day_words(sent.extracted) if sent.extracted else "not said"),
                 Cell("hidden" if sent.rows_accepted is None else shown(sent.rows_accepted))]  # fmt: skip
        if counts:
            cells += [Cell(shown(one.numerator)), Cell("" if one.denominator is None else shown(one.denominator))]
        rows.append(cells)
    return Table("The files behind the figure", columns, [Section("", rows)], set_as="roomy")


def _agency(name: str) -> str:
    """The agency's title; its name where the settings no longer have it."""
    return next((one.title for one in agencies() if one.name == name), name)
