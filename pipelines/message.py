"""The message to the sender of a file: short plain text, ready to paste, grouped by what they must do.

It names rows and columns, never a child: of cells, only spellings of columns of codes are quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.asks import Ask, asks
from pipelines.file_report import FileReport
from pipelines.findings import shown
from pipelines.sender_words import in_number, listed
from pipelines.submissions import SubmissionReport
from returns.catalogue import the_return
from returns.partnership import agency, partnership
from returns.periods import Period, day_words
from returns.places import Places

WORKING_DAYS_TO_REPLY = 5

# Rows named before "and 2 more": few where the copy of the workbook shows them all, more where there is none.
_NAMED_BESIDE_A_COPY = 3
_NAMED_ALONE = 20

_TO_SEND_AGAIN = frozenset({"block", "hold", "blank"})


def reply_by(places: Places, today: date) -> date:
    """The day by which a reply is asked for: five working days after `today`."""
    from metrics.workingdays import WorkingDays
    from returns.codes import read_table

    holidays = (date.fromisoformat(row["day"]) for row in read_table(places.reference / "bank_holidays.csv"))
    return WorkingDays(holidays).add(today, WORKING_DAYS_TO_REPLY)


def message(report: FileReport, *, by: date, copied: bool = False) -> str:
    """The whole message. `copied` says that the sender's workbook goes with it, its cells marked."""
    every = [ask for ask in asks(report) if ask.of_sender]
    wanted = [ask for ask in every if ask.severity != "note"]
    later = [ask for ask in every if ask.severity == "note"]
    several = len({item.sheet for item in report.submissions}) > 1
    named = _NAMED_BESIDE_A_COPY if copied else _NAMED_ALONE
    parts = [_greeting(report), _thanks(report), _outcome(report)]
    if wanted:
        title = "What needs to be put right" + (":" if len(wanted) == 1 else ", the most important first:")
        parts.append("\n".join([title, *_numbered(_item(ask, several, named) for ask in wanted)]))
    if wanted and copied:
        parts.append("Each cell is marked, with a note, in the copy of your workbook that comes with this message.")
    parts.append(_what_next(wanted, by, taken=any(item.rows_accepted for item in report.submissions)))
    if later:
        parts.append("\n".join(["For next time:", *(f"- {_item(ask, several, named)}" for ask in later)]))
    parts.append(f"Thank you.\n\n{partnership().name}")
    if report.demonstration:
        parts.insert(0, "DEMONSTRATION DATA: made up, about nobody.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _greeting(report: FileReport) -> str:
    return f"Dear colleagues at {agency(report.agency).title}," if report.agency else "Dear colleagues,"


def _thanks(report: FileReport) -> str:
    """Which file, returns and period it is about."""
    titles = dict.fromkeys(the_return(item.return_name).title for item in report.submissions if item.return_name)
    periods = dict.fromkeys(Period.parse(item.period).label for item in report.submissions if item.period)
    about = [listed(list(titles))] if titles else []
    about += list(periods)[:1]
    if not report.name:
        return f"Thank you for telling us that you had nothing to report: {', '.join(about)}."
    return f"Thank you for the file “{shown(report.name)}”{': ' if about else ''}{', '.join(about)}."


def _outcome(report: FileReport) -> str:
    """What was accepted, what is kept aside and what could not be taken."""
    taken = [item for item in report.submissions if item.status != "refused"]
    refused = [item for item in report.submissions if item.status == "refused"]
    read, accepted = sum(item.rows_read for item in taken), sum(item.rows_accepted for item in taken)
    said = []
    if taken and all(item.status == "unchanged" for item in taken):
        said.append("It is the same file that we already have, so it changes nothing.")
    if read:
        held = read - accepted
        said.append(_rows_used(read, accepted))
        if held:
            said.append(in_number(f"{held:,} [row is/rows are] kept aside until [it is/they are] corrected.", held))
    if refused and not taken:
        said.append("We could not take it, for the reason below." if report.name else "")
    elif refused:
        said.append(f"We could not take {_named(refused)}, for the reason below.")
    return " ".join(said)


def _rows_used(read: int, accepted: int) -> str:
    if read == accepted:
        return "We can use its one row." if read == 1 else f"We can use all of its {read:,} rows."
    if not accepted:
        return "We cannot use its one row yet." if read == 1 else f"We cannot use any of its {read:,} rows yet."
    return f"We can use {accepted:,} of its {read:,} rows."


def _named(refused: Sequence[SubmissionReport]) -> str:
    names = (
        the_return(item.return_name).title if item.return_name else f"the sheet {shown(item.sheet or '')}"
        for item in refused
    )
    return listed(list(dict.fromkeys(names)))


def _numbered(items: Iterator[str]) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        yield f"{number}. {item}"


def _item(ask: Ask, several: bool, named: int) -> str:
    """One thing to do: what is wrong, where, what the cells say where that may be told, what to do."""
    says = ask.says
    if several and ask.sheet and shown(ask.sheet) not in says:
        says = f"On the sheet {shown(ask.sheet)}, {says}"
    where = ask.where(named)
    said = f"{says}: {where}." if where else says
    return " ".join(part for part in (said, _quoted(ask), ask.please) if part)


def _quoted(ask: Ask) -> str:
    if not ask.quoted:
        return ""
    alone = len(ask.quoted) == 1 and ask.quoted[0][1] == ask.count
    cells = [f"“{text}”" + (f" ({count:,} cells)" if count > 1 and not alone else "") for text, count in ask.quoted]
    every = sum(count for _text, count in ask.quoted) == ask.count
    who = "It says" if ask.count == 1 else "All say" if alone else "They say" if every else "Among them are"
    return f"{who} {listed(cells)}."


def _what_next(wanted: Sequence[Ask], by: date, *, taken: bool) -> str:
    day = f"{by:%A} {day_words(by)}"
    if any(ask.severity in _TO_SEND_AGAIN for ask in wanted):
        if not taken:
            return f"Please send the file again by {day}."
        these = "this" if len(wanted) == 1 else "these"
        return (
            f"Please put {these} right in your own records and send the whole file again by {day}. "
            "It takes the place of this one."
        )
    if wanted:
        return f"If this is a mistake, please send the whole file again by {day}; otherwise there is nothing to do."
    return "There is nothing you need to do."
