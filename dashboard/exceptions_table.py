"""The exceptions of a quarter as a list: a sentence, the agenda, and what each one's agency has said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.address import link
from dashboard.pictures import severity
from dashboard.table import Cell, Column, Section, Table, Tone
from metrics.causes import Cause, Rule
from metrics.exceptions import RULE_WORDS, Exceptional
from metrics.spoken import stale
from returns.partnership import agencies
from returns.periods import Period, day_words
from warehouse.words import Commentary, subject_of

AGENDA, EVERY, NEW, CONTINUING, RESOLVED = "agenda", "all", "new", "continuing", "resolved"
SHOWN = {AGENDA: "The ten", EVERY: "All", NEW: "New", CONTINUING: "Continuing", RESOLVED: "Resolved"}
EVERY_THEME = "all"
OF_DATA = "data"

_COLUMNS = (
    Column("No.", "number"),
    Column("Severity", "verdict"),
    Column("What was seen", "name"),
    Column("State", "verdict"),
)


# The rules whose causes set two figures side by side, and leave it to the reader to see which is worse.
_TWO_FIGURES: frozenset[Rule] = frozenset({"changed", "outlier"})


@dataclass(frozen=True)
class Asked:
    """Which of the exceptions are looked at: the page's two filters."""

    show: str = AGENDA
    theme: str = EVERY_THEME

    def of(self, found: Sequence[Exceptional]) -> list[Exceptional]:
        """Those asked for, in the order of the agenda."""
        states = {AGENDA: lambda one: one.rank is not None, EVERY: lambda one: True}
        wanted = states.get(self.show, lambda one: one.state == self.show)
        return [one for one in found if wanted(one) and self.theme in (EVERY_THEME, theme_of(one))]


def theme_of(one: Exceptional) -> str:
    """The theme of an exception's indicator; the data's own have theirs."""
    return one.line.indicator.theme if one.line is not None else OF_DATA


def subject(one: Exceptional) -> str:
    """What the journal's entries about an exception have as their subject."""
    return subject_of(one.indicator, one.group)


def reason(one: Exceptional) -> str:
    """Why it is here, in a few words: `worse than the same quarter a year before`."""
    return "; ".join(dict.fromkeys(RULE_WORDS[rule] for rule in one.rules))


def answer(found: Sequence[Exceptional], period: Period) -> str:
    """The sentence under the title: how many alerts, how many of them new, what no longer is."""
    live = [one for one in found if one.state != "resolved"]
    if not live:
        return f"Nothing is out of the ordinary in {period.label}."
    alerts = [one for one in live if one.severity == "alert"]
    new = [one for one in live if one.state == "new"]
    gone = len(found) - len(live)
    parts = [
        f"{len(alerts)} alert{'' if len(alerts) == 1 else 's'} and {len(live) - len(alerts)} to watch",
        f"{len(new)} of them new" if new else "none of them new",
    ]
    if gone:
        parts.append(f"{gone} no longer {'is' if gone == 1 else 'are'}")
    return f"{', '.join(parts)}. First: {_lower(live[0].title)}, {reason(live[0])}."


def listed(
    shown: Sequence[Exceptional], said: Mapping[str, Sequence[Commentary]] | None, *, period: Period, asked: Asked
) -> Table:
    """The exceptions, each with why it is here, its state, and who has said what of it; without that for None."""
    rows = [_row(one, period, asked) for one in shown]
    columns = _COLUMNS
    if said is not None:
        columns = (*_COLUMNS, Column("What the agency says", "words"))
        rows = [[*row, _commentary(one, said.get(subject(one), ()))] for row, one in zip(rows, shown, strict=True)]
    return Table(f"What needs talking about, {period.label}", columns, [Section("", rows)], "agenda")


def _row(one: Exceptional, period: Period, asked: Asked) -> list[Cell]:
    there = link(
        "exceptions", period=str(period), show=asked.show, theme=asked.theme, id=one.indicator, group=one.group or ""
    )
    tone: Tone = "bad" if one.state != "resolved" else "faint"
    return [
        Cell(str(one.rank) if one.rank else ""),
        Cell("No longer" if one.state == "resolved" else one.severity.capitalize(), tone=tone,
             picture=severity(one.severity) if one.state != "resolved" else None),
        Cell(one.title, small=_causes(one), link=there),
        Cell(state(one)),
    ]  # fmt: skip


def _causes(one: Exceptional) -> str:
    """Each cause: the rule in words, then what was seen."""
    return " ".join(cause_words(cause) for cause in one.causes)


def cause_words(cause: Cause) -> str:
    """`Worse than the same quarter a year before: 45.6 per cent (26 of 57), July to September 2025; …`.

    Most causes say by themselves which rule fired.
    """
    told = f"{RULE_WORDS[cause.rule]}: {cause.says}" if cause.rule in _TWO_FIGURES else cause.says
    return f"{told[0].upper()}{told[1:]}."


def state(one: Exceptional) -> str:
    """`new`, `since 2024-25-Q4`, or `was from 2024-25-Q4` where it no longer is."""
    if one.state == "new":
        return "new this quarter"
    return f"since {one.since}" if one.state == "continuing" else f"was from {one.since}"


def _commentary(one: Exceptional, said: Sequence[Commentary]) -> Cell:
    if not said:
        return Cell("" if one.state == "resolved" else "nothing yet", tone="faint")
    last = said[-1]
    return Cell(_shortened(last.behind), small=f"{who(last)}{', of an earlier figure' if _stale(last, one) else ''}")


def who(said: Commentary) -> str:
    """`West Mercia Police, 3 October 2025`."""
    assert said.entry is not None, "commentary that is shown was written"
    titles = {agency.name: agency.title for agency in agencies()}
    agency = said.entry.agency or ""
    return f"{titles.get(agency, agency)}, {day_words(said.entry.at)}"


def _stale(said: Commentary, one: Exceptional) -> bool:
    return one.line is not None and stale(said, one.line.result)


def _shortened(text: str, longest: int = 160) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[:longest].rsplit(" ", 1)[0] + " …"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() else text
