"""`python -m metrics`: list, series, scorecard, exceptions, explain and reconcile. Run with --help for the options.

Exit codes: 0 done; 1 nothing is loaded, or the warehouse or a definition cannot be used; 2 wrong usage.
A user's mistake is a sentence, never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns.periods import Period, PeriodError
from returns.places import Places

if TYPE_CHECKING:
    from metrics.result import Basis
    from metrics.schemes import Scheme
    from returns.periods import Window

# Whoever loads the files, and runs these commands where they are, sees every figure (config/disclosure.yaml).
UNPROTECTED_ROLE = "analyst"

app = typer.Typer(
    name="metrics",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Figures: what the catalogue declares, computed from what agencies sent.",
)


class Format(StrEnum):
    """How figures are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class BasisName(StrEnum):
    """As first reported for the quarter, or as now known."""

    reported = "reported"
    known = "known"


class WindowName(StrEnum):
    """How long each period of a series is."""

    month = "month"
    quarter = "quarter"
    year = "year"
    rolling_year = "rolling_year"


PeriodText = Annotated[
    str | None, typer.Option("--period", help="The quarter (2025-26-Q2), month or year; else the latest.")
]
By = Annotated[str | None, typer.Option("--by", help="Also by a group, such as age_band or sex.")]
BasisOption = Annotated[BasisName | None, typer.Option("--basis", help="As first reported, or as now known.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How it is printed.")]
Role = Annotated[str, typer.Option("--role", help="Whose eyes the figures are for: small counts are hidden.")]
Data = Annotated[Path | None, typer.Option("--data", help="The data folder; else SCORECARD_DATA, else data/.")]
Identifier = Annotated[str, typer.Argument(metavar="ID", help="An indicator's id, as `list` shows them.")]


@app.command("list")
def list_indicators(theme: Annotated[str | None, typer.Option("--theme", help="One theme only.")] = None,
                    output: FormatOption = Format.table) -> None:  # fmt: skip
    """Every indicator that is declared."""
    with _sentences():
        from metrics.catalogue import THEMES, load_catalogue
        from metrics.output import listed, printed

        if theme is not None and theme not in THEMES:
            raise _Usage(f"There is no theme {theme!r}. There are: {', '.join(THEMES)}.")
        chosen = [one for one in load_catalogue().indicators if theme in (None, one.theme)]
        typer.echo(printed(listed(chosen), output.value))


@app.command()
def series(
    indicator: Identifier,
    period: PeriodText = None,
    window: Annotated[
        WindowName | None, typer.Option("--window", help="Months, quarters, years or rolling years.")
    ] = None,
    by: By = None,
    basis: BasisOption = None,
    output: FormatOption = Format.table,
    role: Role = UNPROTECTED_ROLE,
    data: Data = None,
) -> None:
    """One indicator over time, up to a period: as now known unless told otherwise."""
    with _sentences():
        from metrics.output import of_series, printed
        from metrics.series import series as results_of
        from warehouse.store import reader

        places, scheme = Places.of(data), _scheme(role, data)
        with reader(places) as opened:
            found = results_of(
                opened,
                indicator,
                upto=_period(period),
                window=_window(window),
                basis=_basis(basis) or "known",
                by=by,
                scheme=scheme,
            )
        typer.echo(printed(of_series(found), output.value))


@app.command()
def scorecard(
    period: PeriodText = None,
    by: By = None,
    basis: BasisOption = None,
    output: FormatOption = Format.table,
    role: Role = UNPROTECTED_ROLE,
    data: Data = None,
) -> None:
    """Every indicator for a quarter, in the order of the child's journey."""
    with _sentences():
        from metrics.catalogue import load_catalogue
        from metrics.memory import identity
        from metrics.output import of_scorecard, printed
        from metrics.scorecard import scorecard_of
        from warehouse.store import reader

        wanted = _period(period)
        if wanted is not None and wanted.window != "quarter":
            raise _Usage(f"A scorecard is of a quarter, as 2025-26-Q2, not {wanted}. For a year use `series`.")
        groups = {name for one in load_catalogue().indicators for name in (*one.by, *one.watch_by)}
        if by is not None and by not in groups:
            raise _Usage(f"No indicator is grouped by {by!r}. Groups: {', '.join(sorted(groups))}.")
        places, scheme = Places.of(data), _scheme(role, data)
        with reader(places) as opened:
            found = scorecard_of(
                opened, period=wanted, basis=_basis(basis), by=by, remember=identity(places, opened.version),
                scheme=scheme,
            )  # fmt: skip
        typer.echo(printed(of_scorecard(found), output.value))


@app.command()
def exceptions(
    period: PeriodText = None,
    output: FormatOption = Format.table,
    role: Role = UNPROTECTED_ROLE,
    data: Data = None,
) -> None:
    """What needs talking about: the ten of the agenda, the rest, and what was resolved since the quarter before."""
    with _sentences():
        from metrics.exceptions import exceptions as found_in
        from metrics.memory import identity
        from metrics.output import of_exceptions, printed
        from warehouse.store import reader

        wanted = _period(period)
        if wanted is not None and wanted.window != "quarter":
            raise _Usage(f"Exceptions are of a quarter, as 2025-26-Q2, not {wanted}.")
        places, scheme = Places.of(data), _scheme(role, data)
        with reader(places) as opened:
            found = found_in(opened, period=wanted, remember=identity(places, opened.version), scheme=scheme)
        typer.echo(printed(of_exceptions(found), output.value))


@app.command()
def explain(
    indicator: Identifier,
    period: PeriodText = None,
    basis: BasisOption = None,
    output: FormatOption = Format.table,
    role: Role = UNPROTECTED_ROLE,
    data: Data = None,
) -> None:
    """How one figure came about: definition, SQL, submissions, files, row counts, and the figure."""
    with _sentences():
        import json

        from metrics.explain import explain as explained
        from warehouse.store import reader

        if output is Format.csv:
            raise _Usage("An explanation is printed as text or as json.")
        places, scheme = Places.of(data), _scheme(role, data)
        with reader(places) as opened:
            found = explained(opened, indicator, period=_period(period), basis=_basis(basis), scheme=scheme)
        as_json = output is Format.json
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1) if as_json else found.as_text())


@app.command()
def reconcile(
    period: PeriodText = None,
    output: FormatOption = Format.table,
    role: Role = UNPROTECTED_ROLE,
    data: Data = None,
) -> None:
    """Which two numbers should agree and do not: returns, totals, published and printed figures, last quarter."""
    with _sentences():
        from metrics.memory import identity
        from metrics.output import of_reconciliation, printed
        from metrics.reconcile import reconcile as reconciled
        from warehouse.store import reader

        wanted = _period(period)
        if wanted is not None and wanted.window != "quarter":
            raise _Usage(f"Numbers are set beside each other for a quarter, as 2025-26-Q2, not {wanted}.")
        places, scheme = Places.of(data), _scheme(role, data)
        with reader(places) as opened:
            found = reconciled(opened, period=wanted, remember=identity(places, opened.version)).as_shown(scheme)
        typer.echo(printed(of_reconciliation(found), output.value))


class _Usage(ValueError):
    """What was asked for cannot be; the message says what can."""


def _scheme(role: str, data: Path | None) -> Scheme:
    """The scheme of the role; a change of the settings that say so is noted in the ledger."""
    from metrics.noted import note_schemes
    from metrics.schemes import scheme_of

    scheme = scheme_of(role)
    if scheme.protects:
        note_schemes(Places.of(data))
    return scheme


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def _basis(chosen: BasisName | None) -> Basis | None:
    return None if chosen is None else ("reported" if chosen is BasisName.reported else "known")


def _window(chosen: WindowName | None) -> Window | None:
    names: dict[WindowName, Window] = {
        WindowName.month: "month",
        WindowName.quarter: "quarter",
        WindowName.year: "year",
        WindowName.rolling_year: "rolling_year",
    }
    return None if chosen is None else names[chosen]


@contextmanager
def _sentences() -> Iterator[None]:
    """A user's mistake is one sentence on standard error and an exit code."""
    from metrics.catalogue import CatalogueError, NoSuchIndicator
    from metrics.schemes import NoSuchScheme
    from metrics.scorecard import NoPeriod
    from metrics.series import CannotShow
    from returns.partnership import SettingsError
    from warehouse.problems import WarehouseError

    try:
        yield
    except (_Usage, PeriodError, NoSuchIndicator, NoSuchScheme, CannotShow) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except WarehouseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except (CatalogueError, SettingsError, NoPeriod) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    app(prog_name="python -m metrics")
