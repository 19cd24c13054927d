"""Loading an Annex A set, against (a) python-calamine only reading the same cells and (b) an analyst's script.

The three are run in turn, as commands of their own, so that each pays for its own imports; of several runs the
quickest counts. Aims: under 3 times (a), over 5 times faster than (b).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.annex_a_set import EXTRACTED, PERIOD, write_annex_a
from bench.measuring import Measured, run_measured

UNDER, OVER = 3.0, 5.0
_AS_INSTALLED = ("bench/as_installed.py",)


def measure_ingest(*, rows: int, repeat: int) -> Iterator[str]:
    """The lines to print: what was measured, then the ratios."""
    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as folder:
        scratch = Path(folder)
        workbook = scratch / "annex_a.xlsx"
        cells = write_annex_a(workbook, rows=rows)
        yield f"An Annex A set of {rows:,} rows and {cells:,} cells, {workbook.stat().st_size / 1e6:.1f} MB."
        prepared = scratch / "prepared"
        _run_ours(None, prepared)
        runs: dict[str, list[Measured]] = {"ours": [], "read": [], "script": []}
        for number in range(repeat):
            runs["read"].append(run_measured(["bench/only_read.py", str(workbook)]))
            data = scratch / f"data-{number}"
            shutil.copytree(prepared, data)
            runs["ours"].append(_run_ours(workbook, data))
            # Ten times as long as the others: it is run once, unless few rows were asked for.
            if number == 0 or rows <= 10_000:
                database = str(scratch / f"script-{number}.duckdb")
                runs["script"].append(run_measured([*_AS_INSTALLED, "bench.analysts_script", str(workbook), database]))
        best = {name: min(each, key=lambda one: one.seconds) for name, each in runs.items()}
        yield from _lines(best)


def _run_ours(workbook: Path | None, data: Path) -> Measured:
    """Our load; without a workbook, the first load of a data folder, which makes its ledger and key."""
    about = [str(workbook), "--period", PERIOD] if workbook else ["--nil", "contacts", "--period", "2024-25-Q1"]
    when = ["--extracted", EXTRACTED.isoformat()] if workbook else []
    # A few rows of the set may be held: exit code 1 says so.
    command = [*_AS_INSTALLED, "pipelines", "load", *about, *when, "--data", str(data), "--json"]
    return run_measured(command, allowed=(0, 1))


def _lines(best: dict[str, Measured]) -> Iterator[str]:
    titles = {"read": "(a) python-calamine, reading only", "ours": "our load", "script": "(b) an analyst's script"}
    yield f"{'':34} {'seconds':>9} {'processor':>10} {'peak MB':>9}"
    for name, title in titles.items():
        one = best[name]
        yield f"{title:34} {one.seconds:9.2f} {_or_dash(one.processor, '10.2f')} {_or_dash(one.megabytes, '9.0f')}"
    slower = best["ours"].seconds / best["read"].seconds
    faster = best["script"].seconds / best["ours"].seconds
    yield f"Our load takes {slower:.2f} times as long as (a); the aim is under {UNDER:g}: {_met(slower < UNDER)}."
    yield f"Our load is {faster:.2f} times faster than (b); the aim is over {OVER:g}: {_met(faster > OVER)}."
    if best["ours"].megabytes and best["read"].megabytes and best["script"].megabytes:
        yield (
            f"Peak memory: {best['ours'].megabytes / best['read'].megabytes:.2f} times (a), "
            f"{best['ours'].megabytes / best['script'].megabytes:.2f} times (b)."
        )


def _or_dash(value: float | None, form: str) -> str:
    return format(value, form) if value is not None else "-".rjust(int(form.split(".")[0]))


def _met(met: bool) -> str:
    return "met" if met else "not met"
