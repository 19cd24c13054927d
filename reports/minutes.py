"""The minutes of a meeting as a Word document: who was there, what was seen, decided and promised.

All of it is read from the journal as it stood when the meeting closed, its figures as they were protected when they
were seen: the same meeting gives the same minutes whenever they are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from metrics.catalogue import NoSuchIndicator, load_catalogue
from metrics.spoken import promise_words
from reports.word import Word
from returns.partnership import agencies, partnership
from returns.periods import Period, day_words
from warehouse.meetings import Meeting, Person, Seen, TakenDown
from warehouse.words import Action, Commentary, Decision, Promise

SHORT = 320
NOBODY = "Nobody."


def file_name(meeting: Meeting) -> str:
    """`minutes-2025-26-Q2-M1.docx`."""
    return f"minutes-{meeting.period}-{meeting.number}.docx"


def minutes(meeting: Meeting, kept: TakenDown) -> bytes:
    """The minutes as a Word file. Raises CatalogueError or SettingsError where the settings cannot be read."""
    period, whose = Period.parse(meeting.period), partnership().name
    title = f"Minutes: {period.label}"
    document = Word(title=title, subject=f"{whose}, meeting {meeting.number}", made=_closed(meeting))
    document.say(f"{whose}. Quality and Effectiveness group, {day_words(meeting.held)}.")
    if meeting.demonstration:
        document.label("Demonstration data: no real child, family or worker. These are not minutes of a real meeting.")
    _facts(document, meeting, period)
    document.heading("Present")
    _people(document, meeting.attended, says="Who was present, and for which agency")
    document.heading("Apologies")
    _people(document, meeting.apologies, says="Who sent apologies, and for which agency")
    _decided(document, meeting, kept)
    document.heading("What was seen")
    if not meeting.seen:
        document.say("No exception was seen.")
    for place, one in enumerate(_in_order(meeting), 1):
        _seen(document, place, one, kept)
    _not_reached(document, meeting)
    mark = "Demonstration data · " if meeting.demonstration else ""
    document.foot(f"{mark}{title}, meeting {meeting.number} · data version {_versions(meeting)}")
    return document.bytes()


def _closed(meeting: Meeting) -> datetime:
    assert meeting.entry is not None, "minutes are of a meeting that was written"
    return meeting.entry.at


def _versions(meeting: Meeting) -> str:
    found = sorted({one.version for one in meeting.seen if one.version is not None})
    return ", ".join(map(str, found)) or "none: nothing was seen"


def _facts(document: Word, meeting: Meeting, period: Period) -> None:
    rows = [
        ("Held on", day_words(meeting.held)),
        ("Meeting", meeting.number),
        ("Chair", meeting.chair or "Not named."),
        ("Quarter", f"{period.label} ({meeting.period})"),
        ("Data version", _versions(meeting)),
        ("Who may see what", f"Figures are as the scheme “{meeting.scheme}” shows them. {meeting.rule}"),
    ]
    document.table(("What", "It is"), rows, says="The day, the chair, the quarter and how figures are protected",
                   widths=(4.0, 12.6))  # fmt: skip


def _people(document: Word, people: Sequence[Person], *, says: str) -> None:
    if not people:
        document.say(NOBODY)
        return
    rows = [(one.name, one.agency) for one in people]
    document.table(("Name", "Agency"), rows, says=says, widths=(8.0, 8.6))


def _in_order(meeting: Meeting) -> list[Seen]:
    """What was seen in the order of the agenda; what was taken off it afterwards last."""
    place = {subject: number for number, subject in enumerate(meeting.agenda)}
    return sorted(meeting.seen, key=lambda one: place.get(one.subject, len(place)))


# ---- what was decided -----------------------------------------------------------------------------------------------


def _decided(document: Word, meeting: Meeting, kept: TakenDown) -> None:
    titles = {one.subject: one.title for one in meeting.seen}
    document.heading("Decisions")
    if kept.decisions:
        rows = [(_number(one), one.text, _about(one, titles)) for one in kept.decisions]
        document.table(("No.", "Decided", "About"), rows, says="The decisions that were taken, and about what",
                       widths=(1.6, 9.6, 5.4))  # fmt: skip
    else:
        document.say("None was taken down.")
    document.heading("Actions")
    if kept.actions:
        rows_ = [(_number(one), one.action, one.owner or "Nobody was named", _due(one), _about(one, titles))
                 for one in kept.actions]  # fmt: skip
        document.table(("No.", "Action", "Owner", "Due", "About"), rows_,
                       says="The actions that were agreed, who does each and by when",
                       widths=(1.4, 6.0, 3.0, 2.6, 3.6))  # fmt: skip
    else:
        document.say("None was taken down.")


def _number(one: Decision | Action) -> str:
    assert one.entry is not None, "what was taken down was written"
    return one.entry.thread


def _about(one: Decision | Action, titles: dict[str, str]) -> str:
    return titles.get(_subject(one), "")


def _subject(one: Commentary | Decision | Action) -> str:
    assert one.entry is not None, "what was said was written"
    return one.entry.subject or ""


def _due(one: Action) -> str:
    return day_words(one.due) if one.due else "No day was named"


# ---- what was seen --------------------------------------------------------------------------------------------------


def _seen(document: Word, place: int, one: Seen, kept: TakenDown) -> None:
    document.heading(f"{place}. {one.title}", 2)
    document.say(f"{one.standing}.")
    if one.figure:
        document.say(one.figure, lead="Figure:")
    document.say(" ".join(one.why), lead="Why it was here:")
    said = [each for each in kept.commentary if _subject(each) == one.subject]
    for each in said:
        document.say(_in_short(each), lead=f"{_who(each)}:")
        if each.promise is not None:
            document.say(f"{_capital(_promised(each.promise))}.", lead=f"Promised by {_who(each)}:")
    if not said:
        document.say("No agency had said what lies behind it.")
    for promise in one.promises:
        document.say(promise, lead="Earlier promise:")
    for decision in kept.decisions:
        if _subject(decision) == one.subject:
            document.say(decision.text, lead=f"Decided ({_number(decision)}):")
    for action in kept.actions:
        if _subject(action) == one.subject:
            owner = f" Owner: {action.owner}." if action.owner else ""
            document.say(f"{action.action}{owner} Due: {_due(action).lower() if not action.due else _due(action)}.",
                         lead=f"Action ({_number(action)}):")  # fmt: skip


def _in_short(said: Commentary) -> str:
    doing = f"Being done: {_shortened(said.doing)}" if said.doing else ""
    return " ".join(filter(None, [_shortened(said.behind), doing]))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + " …"


def _who(said: Commentary) -> str:
    name = said.entry.agency or "" if said.entry else ""
    return next((one.title for one in agencies() if one.name == name), name)


def _promised(promise: Promise) -> str:
    try:
        indicator = load_catalogue()[promise.indicator].indicator
    except NoSuchIndicator:
        return f"{promise.way} {promise.value:g} by {Period.parse(promise.by).label}"
    return promise_words(promise, unit=indicator.unit, decimals=indicator.decimals)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _not_reached(document: Word, meeting: Meeting) -> None:
    left = len(set(meeting.agenda) - {one.subject for one in meeting.seen})
    if left:
        document.say(f"{left} of the {len(meeting.agenda)} on the agenda {'was' if left == 1 else 'were'} not reached.")
