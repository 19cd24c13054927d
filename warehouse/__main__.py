"""The warehouse on the command line: `python -m warehouse info`, `versions`, `use N`, `backup DIR`, `restore DIR`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns.places import Places
from warehouse.problems import WarehouseError

if TYPE_CHECKING:
    from warehouse.description import Description

app = typer.Typer(
    help="Where what agencies sent is kept: which versions there are, and which one is read.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None, typer.Option("--data", help="The data folder; else SCORECARD_DATA, else the project's own.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


@app.command()
def info(data: Data = None, as_json: Json = False) -> None:
    """What the current version holds, when it was made, and how far into the ledger it goes."""
    from warehouse.description import describe

    with _sentences(as_json):
        found = describe(Places.of(data))
        if as_json:
            _print_json(found.as_json())
        else:
            _print_description(found)


@app.command()
def versions(data: Data = None, as_json: Json = False) -> None:
    """The versions kept, which one is current, and what keeps it."""
    from warehouse import store

    with _sentences(as_json):
        places = Places.of(data)
        kept = store.versions(places)
        try:
            current, problem = store.current_version(places), None
        except store.CurrentUnreadable as error:
            current, problem = None, str(error)
        if as_json:
            _print_json([
                {
                    "number": each.number, "made_at": each.made_at.isoformat(timespec="seconds"), "bytes": each.bytes,
                    "current": each.number == current, "named_by": list(each.named_by),
                }
                for each in kept
            ])
        else:
            for each in kept:
                mark = "  current" if each.number == current else ""
                names = f"  kept for {', '.join(each.named_by)}" if each.named_by else ""
                typer.echo(f"{each.number:>6}  {each.made_at:%Y-%m-%d %H:%M} UTC  {_size(each.bytes):>9}{mark}{names}")
            if not kept:
                typer.echo("Nothing has been loaded yet.")
        if problem:
            typer.echo(problem, err=True)
            raise typer.Exit(1)


@app.command()
def use(
    number: Annotated[int, typer.Argument(min=1, help="The number of a version kept.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make version NUMBER the current one. Nothing is lost: any version kept can be chosen again."""
    from warehouse import store

    with _sentences(as_json):
        places = Places.of(data)
        store.use_version(places, number)
        if as_json:
            _print_json({"version": number})
        else:
            typer.echo(
                f"Version {number} is now the current one. The next load starts from it, and first brings in again "
                "what the ledger says was accepted since: to leave a submission out for good, "
                "use `python -m pipelines retract`."
            )


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the backup is written, in a folder of its own.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy what cannot be rebuilt: the ledger and journal, the files received, and the key of the pseudonyms."""
    from warehouse.backup import backup as made

    with _sentences(as_json):
        done = made(Places.of(data), folder)
        if as_json:
            _print_json({"folder": str(done.folder), "files": len(done.files)})
        else:
            typer.echo(f"{len(done.files):,} files are backed up in {done.folder}.")
            typer.echo("It holds children's data and the key that joins them: keep it as you keep the data folder.")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of one backup, backup-…")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Put a backup back into an empty data folder; then `python -m pipelines rebuild` makes the warehouse again."""
    from warehouse.backup import restore as put_back

    with _sentences(as_json):
        places = Places.of(data)
        done = put_back(places, folder)
        if as_json:
            _print_json({"data": str(places.data), "files": len(done.files), "made_at": done.made_at.isoformat()})
        else:
            typer.echo(f"{len(done.files):,} files of {done.made_at:%d %B %Y, %H:%M} UTC are back in {places.data}.")
            typer.echo("Now make the warehouse again: python -m pipelines rebuild")


@contextmanager
def _sentences(as_json: bool) -> Iterator[None]:
    """What goes wrong is one sentence and an exit code."""
    try:
        yield
    except WarehouseError as error:
        if as_json:
            _print_json({"error": str(error)})
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_description(found: Description) -> None:
    typer.echo(f"Data folder      {found.data}")
    if found.version is None:
        typer.echo("Nothing has been loaded yet.")
    else:
        typer.echo(f"Version          {found.version}, made {found.made_at} by edition {found.program}")
        typer.echo(f"Size             {_size(found.bytes)}; schema change {found.schema_version}")
        if found.demonstration:
            typer.echo("Demonstration data: no real child is in it.")
        states = ", ".join(f"{count} {status}" for status, count in found.submissions.items()) or "none"
        typer.echo(f"Submissions      {states}")
    if found.ledger_position is not None:
        held = "" if found.version is None else f"; this version goes up to {found.version_ledger_position or 0}"
        typer.echo(f"Ledger           {found.ledger_position} lines{held}")
    if found.tables:
        typer.echo(f"\n{'':38}{'as reported':>13}{'as now known':>14}")
    for table in found.tables:
        typer.echo(f"{table.title:38}{table.reported:>13,}{table.known:>14,}")
    if found.note:
        typer.echo(f"\n{found.note}")


def _size(count: int) -> str:
    """A file's size in words: bytes as kB or MB."""
    return f"{count / 1_000_000:,.1f} MB" if count >= 1_000_000 else f"{count / 1_000:,.0f} kB"


if __name__ == "__main__":
    app(prog_name="python -m warehouse")
