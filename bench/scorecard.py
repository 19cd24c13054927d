"""Every indicator and each of its groups over sixteen quarters, cold and warm, against the same figures by pandas.

*Cold*: a new connection, the catalogue read and checked, every figure computed. *Warm*: the same question again in
the same process. *Anew*: the catalogue in memory, no figure remembered. pandas has its frames in memory
already, and its counts are compared with ours before any time is printed. Aims: warm under 100 milliseconds, cold
under a second, ten times faster than pandas.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment
from metrics.compute import Figures, figures, read_held
from metrics.declared import Declared
from metrics.line_moments import headline
from metrics.memory import forget, identity
from metrics.result import Result
from returns.partnership import partnership
from returns.periods import Period
from returns.places import PROJECT, Places
from warehouse.reading import LOCKED_DOWN
from warehouse.store import close_idle, current_version, reader
from warehouse.versions import version_file

if TYPE_CHECKING:
    from bench.pandas_figures import Counts

QUARTERS = 16
WARM, COLD, FASTER = 0.1, 1.0, 10.0

Asked = dict[Declared, list[Moment]]


def run(*, data: Path | None = None, repeat: int = 5) -> Iterator[str]:
    """The lines to print. Without `data` the demonstration county is made first, in a folder of its own."""
    if data is not None:
        yield from _measured(Places.of(data), repeat)
        return
    with tempfile.TemporaryDirectory(prefix="bench-scorecard-") as folder:
        subprocess.run([sys.executable, "-m", "pipelines", "demo", "--data", folder], cwd=PROJECT, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        yield from _measured(Places.of(folder), repeat)


def _measured(places: Places, repeat: int) -> Iterator[str]:
    catalogue = load_catalogue()
    with reader(places) as opened:
        last = read_held(opened, area_code=partnership().area_code).coverage.latest_quarter()
    assert last is not None, "the data folder holds no quarter"
    asked = _asked(catalogue, last)
    found = _figures(places, catalogue, asked, remember=False)
    yield f"{len(asked)} indicators and their groups over {QUARTERS} quarters to {last}: {len(found.all()):,} figures."
    cold = _quickest(repeat, lambda: _cold(places, last))
    anew = _quickest(repeat, lambda: _figures(places, catalogue, asked, remember=False))
    _figures(places, catalogue, asked, remember=True)
    warm = _quickest(repeat, lambda: _figures(places, catalogue, asked, remember=True))
    peer, compared, differing = _by_pandas(places, catalogue, asked, found)
    yield f"pandas agrees on {compared - len(differing):,} of {compared:,} figures that come from rows."
    yield from (f"  differs: {line}" for line in differing[:10])
    yield f"{'':22} {'milliseconds':>12}"
    for title, seconds in (("cold", cold), ("anew", anew), ("warm", warm), ("pandas, in memory", peer)):
        yield f"{title:22} {seconds * 1000:12.1f}"
    yield f"Cold: the aim is under {COLD * 1000:g} milliseconds: {_met(cold < COLD)}."
    yield f"Warm: the aim is under {WARM * 1000:g} milliseconds: {_met(warm < WARM)}."
    times = peer / anew
    yield f"Anew, {times:.1f} times faster than pandas; the aim is over {FASTER:g} times: {_met(times > FASTER)}."


def _asked(catalogue: Catalogue, last: Period) -> Asked:
    """What the scorecard shows of each indicator, for each of the quarters."""
    quarters = [last.earlier(step) for step in range(QUARTERS)]
    return {one: [headline(one.indicator, quarter) for quarter in quarters] for one in catalogue}


def _figures(places: Places, catalogue: Catalogue, asked: Asked, *, remember: bool) -> Figures:
    with reader(places) as opened:
        kept = identity(places, opened.version) if remember else None
        area = partnership().area_code
        return figures(opened, asked, catalogue=catalogue, area_code=area, groups=_groups(asked), remember=kept)


def _groups(asked: Asked) -> dict[str, tuple[str, ...]]:
    """Every grouping of each indicator."""
    return {one.id: tuple(dict.fromkeys((*one.indicator.by, *one.indicator.watch_by))) for one in asked}


def _cold(places: Places, last: Period) -> None:
    forget()
    close_idle()
    catalogue = load_catalogue()
    _figures(places, catalogue, _asked(catalogue, last), remember=True)


def _quickest(repeat: int, work: Callable[[], object]) -> float:
    """Seconds by the clock, of the quickest run."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _by_pandas(places: Places, catalogue: Catalogue, asked: Asked, found: Figures) -> tuple[float, int, list[str]]:
    """pandas' seconds for the figures that come from rows, how many were compared, and those that differ."""
    from bench.pandas_figures import Notebook

    chosen = {one: moments for one, moments in asked.items() if one.indicator.table != "aggregates"}
    notebook = Notebook(*_frames(places, chosen, catalogue))
    began = time.perf_counter()
    groups = _groups(chosen)
    counted = {
        (one.id, moment): notebook.counts(one, moment, groups[one.id])
        for one, moments in chosen.items()
        for moment in moments
    }
    seconds = time.perf_counter() - began
    compared, differing = 0, []
    for one, moments in chosen.items():
        for moment in moments:
            theirs = counted[one.id, moment]
            for ours in found.results[one.id, moment]:
                if ours.numerator is None or ours.from_totals:
                    continue
                compared += 1
                if not _same(ours, theirs, is_share=one.indicator.share):
                    differing.append(f"{one.id}, {moment.period}, {moment.basis}, {ours.group or 'the county'}")
    return seconds, compared, differing


def _same(ours: Result, theirs: Mapping[tuple[str | None, str | None], Counts], *, is_share: bool) -> bool:
    """Whether pandas counts the same; what a figure is per, where that is no count of rows, it has not."""
    # Who was asked and did not answer has a figure of ours, of none.
    above, below, left_out, too_recent = theirs.get((ours.by, ours.group), (0, None, 0, 0))
    below = theirs[None, None][1] if is_share else below
    below = ours.denominator if below is None else below
    return (above, below, left_out, too_recent) == (ours.numerator, ours.denominator, ours.left_out, ours.too_recent)


def _frames(places: Places, chosen: Sequence[Declared] | Asked, catalogue: Catalogue) -> tuple[Any, ...]:
    """The event tables as pandas frames, the clocks, and the bank holidays, read as an analyst would."""
    import duckdb
    import numpy as np

    version = current_version(places)
    assert version is not None, "the data folder holds no version"
    path = version_file(places, version)
    frames = {}
    with duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN) as connection:
        for table in {one.indicator.table: one.indicator.event_table for one in chosen}.values():
            flags = [column.name for column in table.all_columns() if column.type == "boolean"]
            for schema in ("known", "reported"):
                frame = connection.execute(f'SELECT * FROM {schema}."{table.name}"').df()
                frames[schema, table.name] = frame.astype(dict.fromkeys(flags, "boolean"))
        days: list[date] = [row[0] for row in connection.execute("SELECT day FROM main.bank_holidays").fetchall()]
    return frames, catalogue.clocks, np.array(days, dtype="datetime64[D]")


def _met(is_met: bool) -> str:
    return "met" if is_met else "not met"
