"""Making the demonstration: the county simulated, its workbooks written, and all of them loaded as any others are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.command_words import Usage
from pipelines.demo.calendar import MOST_QUARTERS, extract_quarters
from pipelines.demo.county import simulate
from pipelines.demo.workbooks import Extract, Sender
from pipelines.load import Options, Sending, load_files
from pipelines.submissions import LoadReport
from returns.codes import code_lists
from returns.partnership import partnership
from returns.places import Places

Progress = Callable[[int, int, str], None]


def demo_command(
    places: Places, *, quarters: int = MOST_QUARTERS, seed: int = 1, out: Path | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """What became of each workbook. The workbooks stay in `out` when it is given.

    `progress` is told (done, whole, what). Raises Usage for more quarters than there are, and
    for a data folder that holds somebody's own returns: made-up children never join real ones.
    """
    if not 1 <= quarters <= MOST_QUARTERS:
        raise Usage(f"The demonstration has 1 to {MOST_QUARTERS} quarters, not {quarters}.")
    _refuse_own_returns(places)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        return _make(places, out, quarters, seed, progress or _silent)
    with tempfile.TemporaryDirectory(prefix="demonstration-") as folder:
        return _make(places, Path(folder), quarters, seed, progress or _silent)


def write_extracts(
    places: Places, folder: Path, *, quarters: int = MOST_QUARTERS, seed: int = 1, progress: Progress | None = None
) -> list[Extract]:
    """The county's workbooks, one a quarter, written into the folder and not loaded."""
    tell = progress or _silent
    tell(0, quarters + 1, "Imagining a county")
    sender = Sender(simulate(seed), code_lists(places.reference))
    written = []
    for done, period in enumerate(extract_quarters(quarters), start=1):
        tell(done, quarters + 1, f"Writing {period}")
        written.append(sender.write(period, folder))
    tell(quarters + 1, quarters + 1, "")
    return written


def _make(places: Places, folder: Path, quarters: int, seed: int, progress: Progress) -> LoadReport:
    # Writing and loading take about as long, and working out the figures of all quarters a little more.
    whole = 2 * quarters + 1
    written = write_extracts(
        places, folder, quarters=quarters, seed=seed,
        progress=lambda done, _, what: progress(min(done, quarters), whole, what) if what else None,
    )
    return load_files(
        places, _sendings(written), options=Options(demonstration=seed),
        progress=lambda done, all_, file: progress(quarters + (done if file else all_), whole, f"Loading {file}"),
    )


def _sendings(extracts: Sequence[Extract]) -> list[Sending]:
    council = partnership().council_agency
    return [Sending(extract.path, council, extract.period, extract.extracted) for extract in extracts]


def _refuse_own_returns(places: Places) -> None:
    from warehouse.ledger import Ledger

    if not places.journal.exists():
        return
    ledger = Ledger(places)
    if ledger.submissions() and not any(ledger.events("demo")):
        raise Usage(
            "This data folder holds returns of your own, and the demonstration's made-up children are never mixed "
            "with them. Give another folder with --data."
        )


def _silent(done: int, whole: int, what: str) -> None:
    return None
