"""Making the demonstration: the county simulated, its workbooks written, and all of them loaded as any others are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import overload

from pipelines.command_words import Usage
from pipelines.demo.asked import ask_all
from pipelines.demo.calendar import MOST_QUARTERS, extract_quarters
from pipelines.demo.county import County, simulate
from pipelines.demo.partner_files import PartnerFile, Partners, files_of
from pipelines.demo.said import say
from pipelines.demo.workbooks import Extract, Sender
from pipelines.load import Options, Sending, load_files
from pipelines.reading_sheets import import_meanwhile
from pipelines.submissions import LoadReport
from returns.codes import code_lists
from returns.partnership import partnership
from returns.periods import Period
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
    places: Places, folder: Path, *, quarters: int = MOST_QUARTERS, seed: int = 1
) -> list[Extract]:
    """The council's Annex A workbooks, one a quarter, oldest first, written into the folder and not loaded."""
    return [_write(str(places.reference), str(folder), seed, str(period)) for period in extract_quarters(quarters)]


def write_partner_files(
    places: Places, folder: Path, *, quarters: int = MOST_QUARTERS, seed: int = 1
) -> list[Extract]:
    """The partners' workbooks, quarter by quarter, written into the folder and not loaded."""
    return [
        _write(str(places.reference), str(folder), seed, str(period), file)
        for period in extract_quarters(quarters) for file in files_of(period)
    ]  # fmt: skip


def _make(places: Places, folder: Path, quarters: int, seed: int, progress: Progress) -> LoadReport:
    """Write the workbooks in another process and load each as it arrives: the two take about as long."""
    wanted: list[tuple[str, PartnerFile | None]] = [
        (str(period), file) for period in extract_quarters(quarters) for file in (None, *files_of(period))
    ]
    whole = len(wanted) + 1
    progress(0, whole, "Imagining a county")
    import_meanwhile()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as writer:
        written = [
            writer.submit(_write, str(places.reference), str(folder), seed, period, file) for period, file in wanted
        ]
        try:
            report = load_files(
                places, Arriving(written), options=Options(demonstration=seed),
                progress=lambda done, _, file: progress(done + (not file), whole, f"Loading {file}" if file else ""),
            )
            say(places, extract_quarters(quarters))
            ask_all(places, extract_quarters(quarters))
            return report
        finally:
            writer.shutdown(cancel_futures=True)


class Arriving(Sequence[Sending]):
    """The workbooks to load, in order; asking for one waits until it has been written."""

    def __init__(self, written: Sequence[Future[Extract]]) -> None:
        self._written = written

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, place: int) -> Sending: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Sending]: ...

    def __getitem__(self, place: int | slice) -> Sending | Sequence[Sending]:
        if isinstance(place, slice):
            return Arriving(self._written[place])
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        try:
            extract = self._written[place].result()
        except IndexError as error:  # which would be taken for the end of the workbooks
            raise RuntimeError("a workbook of the demonstration could not be written") from error
        return Sending(extract.path, extract.agency, extract.period, extract.extracted)


@cache
def _county(seed: int) -> County:
    """The seed's county, imagined once in a process."""
    return simulate(seed)


@cache
def _sender(reference: str, seed: int) -> Sender:
    return Sender(_county(seed), code_lists(Path(reference)))


@cache
def _partners(reference: str, seed: int) -> Partners:
    return Partners(_county(seed), code_lists(Path(reference)), people_by_year(Path(reference)))


def people_by_year(reference: Path) -> dict[int, int]:
    """The county's children by year, as the Office for National Statistics estimates them."""
    import csv

    area = partnership().area_code
    with (reference / "population.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {int(row["year"]): int(row["population"]) for row in rows if row["area_code"] == area}


def _write(reference: str, folder: str, seed: int, period: str, file: PartnerFile | None = None) -> Extract:
    """One workbook of a quarter: Annex A, or a partner's file. Takes what another process is handed most simply."""
    if file is None:
        return _sender(reference, seed).write(Period.parse(period), Path(folder))
    return _partners(reference, seed).write(file, Period.parse(period), Path(folder))


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
