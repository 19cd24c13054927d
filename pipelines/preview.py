"""What accepting files would come to, tried out on a copy that is thrown away.

The very loading that `load` does runs here, on a data folder made for it: the current version (a link to its file,
which never changes), the ledger as it stands, the same key and reference tables. Nothing is written to the real
folder, no lock of it is held, and its readers notice nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from metrics.changes import Change, changes
from pipelines.file_report import Each
from pipelines.load import Options, Progress, Sending, load_files
from pipelines.submissions import LoadReport
from returns.periods import Period
from returns.places import Places
from warehouse import journal, store
from warehouse.ledger import Ledger
from warehouse.versions import version_file, write_whole

_PREFIX = "scorecard-preview-"
# How often, and how long apart, a folder that another load is just changing is looked at again.
_TRIES, _PAUSE = 20, 0.25


@dataclass(frozen=True)
class Aside(Places):
    """A data folder to try a load out in: its own versions, ledger and files; the real one's key and reference."""

    real: Places

    @property
    def key(self) -> Path:
        """The real key where there is one; else one that is thrown away with the rest."""
        return self.real.key if self.real.key.exists() else self.data / "pseudonym.key"

    @property
    def reference(self) -> Path:
        """The real folder's reference tables."""
        return self.real.reference


@dataclass(frozen=True)
class Preview:
    """What would become of each file, and of the scorecard of `quarter`, if the files were loaded on to `version`.

    `version` is the current one the trial began from, None where nothing was loaded yet; the report's own version
    means nothing. `quarter` is None, and `changes` empty, where no file could be accepted.
    """

    version: int | None
    report: LoadReport
    quarter: Period | None
    changes: tuple[Change, ...] = field(repr=False)


def preview(
    places: Places, sendings: Sequence[Sending], *, quarter: Period | None = None, options: Options | None = None,
    progress: Progress | None = None, each: Each | None = None,
) -> Preview:
    """What loading the files would come to, worked out by loading them into a copy that is then thrown away.

    The scorecard compared is of `quarter`, else of the quarter that most of what can be accepted is for.
    Raises a WarehouseError, as load_files does.
    """
    with _aside(places) as (trial, version):
        wanted = replace(options or Options(), checked=None)
        report = load_files(trial, sendings, options=wanted, progress=progress, each=each)
        chosen = quarter or main_quarter(report)
        if chosen is None or report.version == version:
            return Preview(version, report, chosen, ())
        with store.reader(trial) as after:
            if version is None:
                return Preview(version, report, chosen, changes(None, after, quarter=chosen))
            with store.reader(places, version) as before:
                return Preview(version, report, chosen, changes(before, after, quarter=chosen))


def main_quarter(report: LoadReport) -> Period | None:
    """The quarter that most of the accepted rows are for, the latest where two have as many; None where none are."""
    rows: dict[Period, int] = {}
    for item in report.submissions:
        if item.status == "accepted" and item.period is not None:
            quarter = Period.parse(item.period).quarter()
            rows[quarter] = rows.get(quarter, 0) + item.rows_accepted
    return max(rows, key=lambda quarter: (rows[quarter], quarter), default=None)


@contextmanager
def _aside(places: Places) -> Iterator[tuple[Aside, int | None]]:
    """A folder to try a load out in, as the real one stands now, and its version; all of it gone afterwards."""
    sweep(_PREFIX)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        trial = Aside(Path(folder).resolve(), places)
        try:
            yield trial, _as_it_stands(places, trial)
        finally:
            store.let_go(trial)
            journal.close(trial)


def _as_it_stands(places: Places, trial: Aside) -> int | None:
    """The version that the trial begins from. Its ledger is no newer, unless a load was killed half-way."""
    version = None
    for _ in range(_TRIES):
        version = store.current_version(places)
        shutil.rmtree(trial.versions, ignore_errors=True)
        try:
            _link_version(places, trial, version)
        except FileNotFoundError:  # pruned between the two lines above
            continue
        journal.close(trial)
        trial.journal.unlink(missing_ok=True)
        journal.copy_as_it_stands(places, trial.journal)
        if store.current_version(places) == version and not store.behind(trial, Ledger(trial)):
            return version
        time.sleep(_PAUSE)
    if store.current_version(places) != version:
        raise store.LoadRunning("Other loads keep changing the warehouse. Try again when they have finished.")
    _link_received(places, trial)  # a load was killed before its last step: the trial catches up as the next load will
    return version


def _link_version(places: Places, trial: Aside, version: int | None) -> None:
    if version is None:
        return
    trial.versions.mkdir(parents=True)
    _link(version_file(places, version), version_file(trial, version))
    write_whole(trial.current, f"{version}\n")


def _link(source: Path, target: Path) -> None:
    """`target` is the same file as `source` where the system has links across the two folders, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _link_received(places: Places, trial: Aside) -> None:
    for path in places.raw.rglob("F*"):
        if path.is_file():
            _link(path, trial.raw / path.relative_to(places.raw))


def sweep(prefix: str) -> None:
    """What processes that have died left in the system's temporary folder under `prefix` is gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        process = folder.name.removeprefix(prefix).partition("-")[0]
        if process.isdigit() and not store.alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
