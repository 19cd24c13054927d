"""What a meeting of the group keeps of what it saw: each exception's figure, as the minutes' readers may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import exceptions_desk, exceptions_table
from dashboard.access import Viewer
from dashboard.exceptions_desk import Words
from dashboard.exceptions_table import subject
from dashboard.frame import Visit
from metrics.exceptions import Exceptional
from metrics.schemes import Scheme
from warehouse.meetings import Meeting, Seen

# Whom the minutes are for, where whoever holds the meeting sees more than they may.
READERS = "group"
HIDDEN = "Its figures are of so few that the minutes do not give them."


def for_readers(visit: Visit) -> Visit:
    """The visit as the minutes' readers would make it: small counts that the analyst sees are not for the minutes."""
    return visit if visit.viewer.scheme.protects else replace(visit, viewer=Viewer(READERS))


def begun(visit: Visit, period: str, found: Sequence[Exceptional], *, today: date) -> Meeting:
    """A meeting about a quarter that has not been held yet, the ten on its agenda in the order of their rank."""
    scheme = for_readers(visit).viewer.scheme
    agenda = tuple(subject(one) for one in found if one.rank is not None)
    return Meeting(today, period, agenda, scheme.name, rule(scheme), demonstration=visit.demonstration)


def rule(scheme: Scheme) -> str:
    """What a scheme does, in a sentence or two: `For a closed professional group. Counts of 1 to 4 are hidden …`."""
    said = [f"{scheme.title}."]
    if scheme.hides:
        where = {
            "shown": " in every group; figures of the whole county are given as they are.",
            "protected": ", the whole county’s too.",
        }[scheme.whole_county]
        said.append(f"Counts of people from 1 to {scheme.hides} are hidden{where}")
    said += [f"Counts above {one.above} are rounded to the nearest {one.nearest}." for one in scheme.rounds]
    return " ".join(said)


def seen(visit: Visit, one: Exceptional, spoken: Words, *, question: str) -> Seen:
    """The exception for the minutes; without its figures where their readers may not have them."""
    theirs = for_readers(visit)
    found = exceptions_desk.raised(theirs, str(one.period), question=question)
    shown = next((each for each in found if subject(each) == subject(one)), None)
    standing = f"{one.severity.capitalize()}, {exceptions_table.state(one)}"
    if one.state == "resolved":
        standing = f"No longer out of the ordinary; it {exceptions_table.state(one)}"
    version = visit.reader.version
    if shown is None:
        why = f"{exceptions_table.reason(one).capitalize()}."
        return Seen(subject(one), one.title, standing, HIDDEN, (why,), version)
    figure = shown.line.result.sentence if shown.line is not None else ""
    causes = tuple(exceptions_table.cause_words(cause) for cause in shown.causes)
    promises = tuple(
        f"{held.state.capitalize()}: {exceptions_desk.promised(shown, held)}. {author}."
        for held, author in exceptions_desk.promises(theirs, shown, spoken)
    )
    return Seen(subject(one), one.title, standing, figure, causes, version, promises)
