"""F06: what a cell says is in the event tables and the file kept in raw/, and in nothing else that is written."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from loading import annex_a, load
from sent_files import fields_of, headers_of, xlsx

from returns.places import PROJECT, Places
from warehouse import store

# Neither is a word of any return, code list or message. The second stands only in cells whose text is kept as sent.
LOST, KEPT = "Zqlostmarkx", "Zqkeptmarkx"
PERIOD, EXTRACT = "2025-26-Q2", date(2025, 9, 30)


def _marked_row(name: str, number: int) -> list[object]:
    """A row whose every cell that is not needed for the row to count has the marker in it."""
    needed = {"referred": date(2025, 8, 5), "received": date(2025, 8, 5), "source": "6"}
    row: list[object] = []
    for item in fields_of(name):
        kept = item.kind in ("text", "organisation") and item.keep != "dropped"
        row.append(needed.get(item.name, f"{KEPT if kept else LOST} {item.name} {number}"))
    return row


def _marked_files(folder: Path) -> list[Path]:
    """A list of marked rows, one held and one repeated; totals that name somebody; a table of nothing; one of text."""
    folder.mkdir(exist_ok=True)
    body = [_marked_row("referrals", number) for number in (1, 2, 3, 3)]
    held = [f"{LOST} held" for _ in body[0]]
    referrals = xlsx(folder / "referrals.xlsx", {
        "List_3": [headers_of("referrals"), *body, held], "Notes": [[f"{LOST} rang about this"]],
    })
    figures = annex_a(folder / "totals.xlsx", aggregate=[
        {"indicator": "cp_started", "covers": PERIOD, "numerator": 1, "area": f"{LOST}, NHS number 943 476 5919"}
    ])
    noise = folder / "noise.csv"
    noise.write_text(f"{LOST},b\n{LOST},1\n")
    contacts = folder / "contacts.csv"
    rows = [headers_of("contacts"), *(map(str, _marked_row("contacts", number)) for number in (1, 2))]
    contacts.write_text("\n".join(",".join(row) for row in rows))
    return [referrals, figures, noise, contacts]


def _holding(marker: str, data: Path) -> list[str]:
    """The files of the data folder, those kept as received apart, that have the marker in their bytes."""
    forms = [marker.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
    forms += [form.lower() for form in forms]
    files = (path for path in data.rglob("*") if path.is_file() and "raw" not in path.relative_to(data).parts)
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def _tables_with(marker: str, data: Path) -> set[str]:
    """The tables of the current version, of every schema, with the marker in any column."""
    found = set()
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as version:
        asked = "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
        for schema, table in version.execute(asked).fetchall():
            rows = version.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
            if any(marker.casefold() in str(cell).casefold() for row in rows for cell in row):
                found.add(f"{schema}.{table}")
    return found


def test_f06_marked_cells_are_in_no_log_and_no_table_but_those_of_events(
    data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    files = _marked_files(tmp_path / "sent")
    for _time in range(2):  # the second sending, with a row fewer, takes the place of the first
        report = load(data, *files, period=PERIOD, extracted=EXTRACT, agency="council")
        assert [item.status for item in report.submissions][:3] == ["accepted", "refused", "refused"]
        assert report.submissions[0].rows_held == 1
        body = [_marked_row("referrals", number) for number in (1, 2)]
        xlsx(files[0], {"List_3": [headers_of("referrals"), *body, [f"{LOST} held" for _ in body[0]]]})
    told = " ".join(found.message for item in report.submissions for found in item.findings)
    assert LOST in told, "the analyst is shown the cells, so the marker was met"
    assert store.current_version(Places.of(data)) == 2
    assert _holding(LOST, data) == []
    assert _tables_with(LOST, data) == set()
    assert _tables_with(KEPT, data) == {"reported.referrals", "known.referrals"}
    assert {name for name in _holding(KEPT, data) if not name.endswith(".duckdb")} == set()
    written = capfd.readouterr()
    assert not [marker for marker in (LOST, KEPT) if marker in caplog.text + written.out + written.err]


def test_f06_a_fault_while_a_file_is_read_is_told_without_the_cell_it_stumbled_over(
    data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_given: object, **_more: object) -> None:
        raise ValueError(f"cannot convert {LOST!r}")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("pipelines.receiving.read_sheet", stumble)
    report = load(data, _marked_files(tmp_path / "sent")[0], period=PERIOD, extracted=EXTRACT)
    ((code, message),) = [(found.code, found.message) for item in report.submissions for found in item.findings]
    assert code == "program-fault"
    assert "ValueError" in message and "ValueError" in caplog.text
    assert LOST not in message + caplog.text
    assert _holding(LOST, data) == []


FAULT = """
import sys
from pipelines import accepting, load
from pipelines.__main__ import app
def stumble(*given, **more):
    raise ValueError("cannot convert 'MARK'")
load.write_rows = stumble
sys.argv[0] = "pipelines"
app()
"""


def test_f06_a_fault_while_rows_are_written_is_printed_without_the_cell_it_stumbled_over(
    data: Path, tmp_path: Path
) -> None:
    file = annex_a(tmp_path / "q.xlsx", referrals=[{"child_id": "1", "referred": date(2025, 8, 5), "source": "6"}])
    done = subprocess.run(
        [sys.executable, "-c", FAULT.replace("MARK", LOST), "load", str(file), "--period", PERIOD, "--json"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "A fault in the program" in done.stderr and "ValueError" in done.stderr and "load.py" in done.stderr
    assert LOST not in done.stderr
    assert store.current_version(Places.of(data)) is None


LOGGED = """
import asyncio, logging
from dashboard.quiet_log import keep_cells_out_of_the_log
keep_cells_out_of_the_log()
from streamlit import config
from streamlit.error_util import _log_uncaught_app_exception
config.get_config_options()
def stumble():
    raise KeyError("MARK")
try:
    stumble()
except KeyError as error:
    _log_uncaught_app_exception(error)
    logging.getLogger("of a library").error("100%% wrong: %s", error)
    logging.getLogger("of a library").exception("could not")
async def forgotten():
    asyncio.create_task(asyncio.to_thread(stumble))
    await asyncio.sleep(0.2)
asyncio.run(forgotten())
logging.getLogger("of a library").warning("an ordinary line of %d words", 5)
"""


def test_f06_what_an_error_of_the_dashboard_says_is_not_logged() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOGGED.replace("MARK", LOST)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert said.count("KeyError") == 4 and "<string>" in said
    assert "an ordinary line of 5 words" in said
    assert LOST not in said
