"""Checks spoilt files one after another in a process of its own, for the fuzzer; answers each with what came of it.

Started as `python spoilt_worker.py DATA`; each line it reads is a JSON object {"file"}, each line it
writes one too: what is wrong with the outcome ("" when nothing is), how many rows were read, accepted and
held, the codes of the findings, processor seconds, and the most memory the process ever held, in MB.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from pipelines import load  # noqa: E402
from pipelines.receiving import ReceivedFile, ReceivedReturn, receive  # noqa: E402
from pipelines.recognise import Recognised, recognise  # noqa: E402
from returns.periods import Period  # noqa: E402
from returns.places import Places  # noqa: E402

_seen: list[ReceivedFile] = []


def _remembering(*told: Any, **more: Any) -> ReceivedFile:
    _seen.append(receive(*told, **more))
    return _seen[-1]


def outcome(places: Places, path: Path) -> dict[str, Any]:
    """What came of checking the file, and what is wrong with that."""
    _seen.clear()
    sending = load.Sending(path, "council", Period.parse("2025-26-Q2"), date(2025, 9, 30))
    began = time.process_time()
    report = load.check_files(places, [sending])
    seconds = time.process_time() - began
    codes = [item.code for each in report.submissions for item in each.findings]
    wrong = [text for text in (_of_reports(report), *map(_of_file, _seen)) if text]
    json.dumps(report.as_json())
    return {
        "wrong": "; ".join(wrong), "codes": sorted(set(codes)), "seconds": seconds,
        "rows": [sum(getattr(each, f"rows_{what}") for each in report.submissions)
                 for what in ("read", "accepted", "held")],
        "memory": most_memory(),
    }


def most_memory() -> float:
    """The most memory, in MB, that this process ever held; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there may be the memory of the process that started this one
        line = next((line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")), "VmHWM: 0")
        return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _of_reports(report: Any) -> str:
    if not report.submissions:
        return "nothing was said of the file"
    for each in report.submissions:
        faults = [item.message for item in each.findings if item.code == "program-fault"]
        if faults:
            return faults[0]
        blocked = any(item.severity == "block" for item in each.findings)
        if blocked != (each.status == "refused"):
            return f"{each.status} with findings {[item.code for item in each.findings]}"
        if each.rows_read != each.rows_accepted + each.rows_held:
            return f"{each.rows_read} rows read, {each.rows_accepted} accepted, {each.rows_held} held"
        held = {item.row for item in each.findings if item.severity == "hold"}
        if len(held) != each.rows_held:
            return f"{each.rows_held} rows held and findings hold rows {sorted(held)}"
        for item in each.findings:
            if not item.message or not item.remedy or not item.message.isprintable() or not item.remedy.isprintable():
                return f"the finding {item.code} cannot be shown"
    return ""


def _of_file(received: ReceivedFile) -> str:
    """Every row of every return that is not blank is accepted or held, or said to be none of its rows."""
    if received.workbook is None:
        return ""
    found = {item.sheet.name: item for item in recognise(received.workbook).sheets}
    named = {item.sheet for item in received.returns} | {item.sheet for item in received.ignored}
    missed = {sheet.name for sheet in received.workbook.sheets} - named
    if missed:
        return f"nothing was said of the sheets {sorted(missed)}"
    return "; ".join(
        text for item in received.returns if item.checked is not None and item.sheet is not None
        for text in [_of_return(item, found[item.sheet])] if text
    )


def _of_return(item: ReceivedReturn, recognised: Recognised) -> str:
    assert item.checked is not None
    accepted, held = set(item.checked.frame.index.tolist()), set(item.checked.clean.held)
    codes = [found.code for found in item.findings]
    expected, told_of = set(), {found.row for found in item.findings if found.code == "example-row"}
    for position, row in enumerate(recognised.sheet.rows):
        number = recognised.sheet.first_row + position
        cells = [row[place] for place in recognised.columns.values() if place < len(row)]
        blank = all(isinstance(cell, str) and not _visible(cell) for cell in cells)
        if position <= recognised.header_position or blank or number in told_of:
            continue
        if position > recognised.last_position:
            if "second-table" not in codes:
                return f"row {number} is below the table, and nothing is said of it"
            continue
        if position in recognised.left_out:  # the headers again
            continue
        expected.add(number)
    if accepted & held:
        return f"rows {sorted(accepted & held)} are both accepted and held"
    if accepted | held != expected:
        return f"rows {sorted((accepted | held) ^ expected)} are not accounted for"
    return ""


def _visible(text: str) -> str:
    import unicodedata

    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})


def main() -> None:
    """Answers line by line until there are no more."""
    logging.disable(logging.CRITICAL)
    load.receive = _remembering
    places = Places.of(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(outcome(places, Path(json.loads(line)["file"]))), flush=True)


if __name__ == "__main__":
    main()
