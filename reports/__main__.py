"""`python -m reports`: minutes. Run with --help for the options.

Exit codes: 0 done; 1 the meeting is not closed, or something cannot be read or written; 2 wrong usage.
A user's mistake is a sentence, never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns.periods import Period, PeriodError
from returns.places import Places

if TYPE_CHECKING:
    from warehouse.entries import Journal
    from warehouse.meetings import Meeting

app = typer.Typer(
    name="reports",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="What leaves the building.",
)
Data = Annotated[Path | None, typer.Option("--data", help="The data folder; else SCORECARD_DATA, else data/.")]
Out = Annotated[Path, typer.Option("--out", help="The folder to write into; it is made where there is none.")]


@app.callback()
def reports() -> None:
    """What leaves the building: documents made from the figures and the journal."""


@app.command("minutes")
def minutes_(
    out: Out,
    meeting: Annotated[str | None, typer.Option("--meeting", help="The meeting's number, as M1.")] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="A quarter (2025-26-Q2): its latest meeting that was closed.")
    ] = None,
    data: Data = None,
) -> None:
    """The minutes of a meeting, as a Word document."""
    with _sentences():
        from reports.minutes import file_name, minutes
        from warehouse.entries import Journal
        from warehouse.meetings import taken_down

        journal = Journal(Places.of(data))
        found = _asked_for(journal, meeting, period)
        made = minutes(found, taken_down(journal, found))
        out.mkdir(parents=True, exist_ok=True)
        target = out / file_name(found)
        target.write_bytes(made)
        typer.echo(str(target))


def _asked_for(journal: Journal, number: str | None, period: str | None) -> Meeting:
    from warehouse.meetings import NoSuchMeeting, of_quarter, read

    if number is None and period is None:
        raise _Usage("Say which meeting: --meeting M1, or --period 2025-26-Q2 for the latest of a quarter.")
    quarter = Period.parse(period) if period else None
    if quarter is not None and quarter.window != "quarter":
        raise _Usage(f"A meeting is about a quarter, as 2025-26-Q2, not {quarter}.")
    if number is None:
        held = of_quarter(journal, str(quarter))
        done = [one for one in held if one.is_closed]
        if held and not done:
            raise _NotClosed(_open(held[-1].number))
        if not done:
            raise NoSuchMeeting(f"No meeting about {quarter} has been held.")
        return done[-1]
    found = read(journal, number.upper())
    if quarter is not None and found.period != str(quarter):
        raise _Usage(f"The meeting {found.number} is about {found.period}, not {quarter}.")
    if not found.is_closed:
        raise _NotClosed(_open(found.number))
    return found


def _open(number: str) -> str:
    return f"The meeting {number} is not closed yet, so it has no minutes. Close it on the Exceptions page."


class _Usage(ValueError):
    """What was asked for cannot be; the message says what can."""


class _NotClosed(Exception):
    """The meeting is still being held."""


@contextmanager
def _sentences() -> Iterator[None]:
    """A user's mistake is one sentence on standard error and an exit code."""
    from metrics.catalogue import CatalogueError
    from returns.partnership import SettingsError
    from warehouse.problems import WarehouseError

    try:
        yield
    except (_Usage, PeriodError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except WarehouseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except (CatalogueError, SettingsError, _NotClosed) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(f"{error.filename} cannot be written: {error.strerror}. Close it if it is open, or name another "
                   "folder with --out.", err=True)  # fmt: skip
        raise typer.Exit(1) from None


if __name__ == "__main__":
    app(prog_name="python -m reports")
