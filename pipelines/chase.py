"""The chase list: what each agency still owes for a quarter, and the message to it, written and ready to copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.difference import runs
from pipelines.expectations import Register, Standing, register, working_days
from pipelines.findings import CATALOGUE, shown
from returns.catalogue import the_return
from returns.partnership import agency, partnership
from returns.periods import Period, day_words
from returns.places import Places
from warehouse import store

# How long a reply is given from the day the message is written.
REPLY_WORKING_DAYS = 5
# The longest that a return can be owed for, two years: how far back one that never came is looked for.
QUARTERS_BACK = 8


@dataclass(frozen=True)
class HeldRows:
    """Rows of one sheet that were kept aside for one reason: what it is, in which column, and the Excel rows."""

    sheet: str | None
    code: str
    column: str | None
    rows: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Where and what, without what any cell says: `List_7, row 14: A date cannot be read (Plan start)`."""
        where = f"sheet {shown(self.sheet)}, " if self.sheet else ""
        column = f" ({shown(self.column)})" if self.column else ""
        title = CATALOGUE[self.code].title if self.code in CATALOGUE else self.code
        return f"{where}row{'s' if len(self.rows) > 1 else ''} {runs(self.rows)}: {title[0].lower()}{title[1:]}{column}"


@dataclass(frozen=True)
class Chase:
    """What one agency is asked for. `waiting` is not due yet and is not asked for.

    `overdue` are returns that the quarter does not ask for and whose last one, of an earlier quarter, never came.
    """

    agency: str
    title: str
    missing: tuple[Standing, ...]
    overdue: tuple[Standing, ...]
    held: tuple[tuple[Standing, tuple[HeldRows, ...]], ...]
    waiting: tuple[Standing, ...]
    message: str

    @property
    def anything(self) -> bool:
        """Whether the agency is asked for anything."""
        return bool(self.missing or self.overdue or self.held)

    def as_json(self) -> dict[str, Any]:
        """The agency's part as `python -m pipelines chase --json` gives it."""
        return {
            "agency": self.agency, "title": self.title,
            "missing": [_owed(each) for each in self.missing],
            "overdue": [{"period": str(each.quarter)} | _owed(each) for each in self.overdue],
            "held": [
                {"return": each.return_name, "title": the_return(each.return_name).title, "rows_held": each.rows_held,
                 "submissions": list(each.submissions),
                 "why": [{"code": one.code, "sheet": one.sheet, "column": one.column, "rows": list(one.rows)}
                         for one in rows]}
                for each, rows in self.held
            ],
            "not_yet_due": [{"return": each.return_name, "due": _iso(each.due)} for each in self.waiting],
            "message": self.message if self.anything else None,
        }


def chase(places: Places, *, period: Period, on: date | None = None) -> tuple[Chase, ...]:
    """What to ask of each agency for the quarter, in the order of agencies.yaml.

    Agencies that owe nothing for it are left out. Raises SettingsError or a WarehouseError.
    """
    return chase_of(places, register(places, upto=period.quarter(), quarters=QUARTERS_BACK, on=on))


def chase_of(places: Places, found: Register) -> tuple[Chase, ...]:
    """As `chase`, for the last quarter of a register that is at hand."""
    quarter = found.quarters[-1]
    by_agency: dict[str, list[Standing]] = {}
    for each in found.of(quarter):
        by_agency.setdefault(each.agency, []).append(each)
    late = overdue(found)
    for each in late:
        by_agency.setdefault(each.agency, [])
    by = working_days(places.reference).add(found.today, REPLY_WORKING_DAYS)
    return tuple(
        _of_agency(places, name, standings, [each for each in late if each.agency == name], quarter, by)
        for name, standings in by_agency.items()
    )


def overdue(found: Register) -> tuple[Standing, ...]:
    """The last of each return that its last quarter does not ask for, where it was owed earlier and never came."""
    late = []
    for _agency, _name, standings in found.lines():
        owed = [each for each in standings if each.state != "not expected"]
        if owed and owed[-1].quarter != found.quarters[-1] and owed[-1].state == "missing":
            late.append(owed[-1])
    return tuple(late)


def _of_agency(
    places: Places, name: str, standings: Iterable[Standing], late: Iterable[Standing], quarter: Period, by: date
) -> Chase:
    all_of, still = tuple(standings), tuple(late)
    missing = tuple(each for each in all_of if each.state == "missing")
    held = tuple((each, _held_rows(places, each.submissions)) for each in all_of if each.rows_held)
    waiting = tuple(each for each in all_of if each.state == "not yet due")
    title = agency(name).title
    return Chase(name, title, missing, still, held, waiting, _message(title, missing, still, held, quarter, by))


def _held_rows(places: Places, submissions: tuple[str, ...]) -> tuple[HeldRows, ...]:
    if store.current_version(places) is None:
        return ()
    rows: dict[tuple[str | None, str, str | None], list[int]] = {}
    with store.reader(places) as current:
        for submission in submissions:
            for sheet, code, column, row in current.query(
                "SELECT sheet, code, column_name, source_row FROM main.findings "
                "WHERE submission_id = ? AND severity = 'hold' AND source_row IS NOT NULL ORDER BY ALL", [submission],
            ):
                rows.setdefault((sheet, code, column), []).append(row)
    return tuple(HeldRows(sheet, code, column, tuple(found)) for (sheet, code, column), found in rows.items())


def _message(
    title: str, missing: tuple[Standing, ...], still: tuple[Standing, ...],
    held: tuple[tuple[Standing, tuple[HeldRows, ...]], ...], quarter: Period, by: date,
) -> str:
    """The message, as plain text. It names no child and shows no cell."""
    whose = partnership()
    lines = [
        f"Subject: {whose.short_name} safeguarding scorecard: returns for {quarter.label}", "",
        f"To {title}", "",
    ]
    if missing:
        lines += [f"We have not yet received for {quarter.label}:", ""]
        lines += [*(f"- {_missing_line(each)}" for each in missing), ""]
    if still:
        lines += ["Of earlier quarters we still have not received:", ""]
        lines += [*(f"- {_missing_line(each)}" for each in still), ""]
    if missing or still:
        them = "it" if len(missing) + len(still) == 1 else "them"
        lines += [f"Please send {them} by {_day(by)}. If there is nothing to report, tell us so and we will record a "
                  "nil return.", ""]
    if held:
        lines += ["Some rows of what you sent could not be used and are not counted:", ""]
        for each, rows in held:
            lines.append(f"- {the_return(each.return_name).title}: {_rows(each.rows_held)} kept aside")
            lines += [f"    {one.sentence}" for one in rows]
        lines += ["", f"Please correct these rows in your own system and send the whole return again by {_day(by)}; "
                      "it takes the place of the earlier one.", ""]
    lines += ["Thank you", whose.name]
    return "\n".join(lines)


def _missing_line(each: Standing) -> str:
    due = f" (due {_day(each.due)})" if each.due else ""
    why = ""
    if each.refused:
        why = ": a file was sent and could not be used; please send it again"
    elif each.retracted:
        why = ": what was sent has been taken out again; please send the right file"
    return f"{the_return(each.return_name).title}{due}{why}"


def chase_text(found: Iterable[Chase], *, period: Period) -> str:
    """The chase list as the command prints it for a person."""
    return "\n".join(_lines(tuple(found), period))


def _lines(found: tuple[Chase, ...], period: Period) -> Iterator[str]:
    asked = [each for each in found if each.anything]
    if not found:
        yield f"No return is expected for {period.label}, and none was sent."
    elif not asked:
        yield f"Nothing to chase for {period.label}."
    for each in found:
        if each.waiting:
            names = ", ".join(the_return(one.return_name).title for one in each.waiting)
            yield f"Not yet due from {each.title}: {names} (by {_day(each.waiting[0].due)})."
    for each in asked:
        yield ""
        yield f"=== {each.title} ==="
        yield each.message


def _owed(each: Standing) -> dict[str, Any]:
    return {
        "return": each.return_name, "title": the_return(each.return_name).title, "due": _iso(each.due),
        "working_days_late": each.days_late, "refused": each.refused, "retracted": each.retracted,
    }


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _day(day: date | None) -> str:
    return day_words(day) if day else "the day agreed"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
