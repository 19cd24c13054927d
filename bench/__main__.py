"""`python -m bench`: how fast and how large, against named peers, as ratios in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="bench", no_args_is_help=True, add_completion=False, help="Measurements against named peers.")


@app.callback()
def main() -> None:
    """Measurements against named peers, as ratios in one run."""


@app.command()
def ingest(
    rows: Annotated[int, typer.Option("--rows", min=100, help="How many rows the Annex A set has.")] = 100_000,
    repeat: Annotated[int, typer.Option("--repeat", min=1, help="How often each is run; the quickest counts.")] = 3,
) -> None:
    """Loading an Annex A set, against only reading its cells and against an analyst's script."""
    from bench.ingest import measure_ingest

    for line in measure_ingest(rows=rows, repeat=repeat):
        typer.echo(line)


@app.command()
def scorecard(
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
    repeat: Annotated[int, typer.Option("--repeat", min=1, help="How often each is run; the quickest counts.")] = 3,
) -> None:
    """All indicators over sixteen quarters, cold and warm, against the same figures by pandas."""
    from bench.scorecard import run

    for line in run(data=data, repeat=repeat):
        typer.echo(line)


@app.command("false-alarms")
def false_alarms(
    counties: Annotated[int, typer.Option("--counties", min=1, help="How many quiet counties are simulated.")] = 400,
) -> None:
    """How many exceptions chance raises where nothing happens: writes docs/false-alarms.md."""
    from bench.false_alarms import write

    for line in write(counties=counties):
        typer.echo(line)


if __name__ == "__main__":
    app()
