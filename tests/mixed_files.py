"""Thirty files of a quarter as they lie in an analyst's folder: good ones, sent again, bad, unsafe, and no returns."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sent_files import example_rows, fields_of, headers_of, ods, ods_row, with_parts, xls, xlsx

from pipelines.raw_files import raw_path
from returns.catalogue import the_return
from returns.periods import Period
from returns.places import Places
from warehouse.ledger import Ledger

QUARTER = Period.parse("2025-26-Q2")
# The demonstration's files that are among the thirty, by the words in their names.
OF_THE_DEMONSTRATION = ("annex_a", "mash", "safeguarding", "police", "health")
# What is wrong with each file that cannot be used, by the finding that refuses it.
REFUSED = {
    "annual_report.xlsx": "file-type-disagrees", "brochure.csv": "file-type-disagrees",
    "cut_short.xlsx": "file-damaged",
    "empty.xlsx": "file-empty", "locked.xlsx": "file-password-needed", "with_macros.xlsx": "file-with-macros",
    "bomb.xlsx": "file-expands",
}
SENT_BEFORE = ("contacts_sent_before.xlsx", "plans_sent_before.xlsx")


def sheet(name: str, rows: Sequence[Sequence[Any]] | None = None, *, count: int = 6) -> list[list[Any]]:
    """A return's headers and rows, its examples unless rows are given, every event in the quarter."""
    declared = the_return(name)
    found = []
    for row in rows or example_rows(name, count=count):
        cells = list(row)
        for place, item in enumerate(fields_of(name)):
            if item.name == declared.event_date and isinstance(cells[place], date):
                cells[place] = date(2025, 8, 4)
        found.append(cells)
    return [headers_of(name), *found]


def sent_before(folder: Path) -> list[Path]:
    """Two files that came earlier, to be loaded before the thirty are checked."""
    return [
        xlsx(folder / SENT_BEFORE[0], {"List_1": sheet("contacts")}),
        xlsx(folder / SENT_BEFORE[1], {"List_7": sheet("child_protection_plans", count=4)}),
    ]


def thirty_files(folder: Path, earlier: Sequence[Path], demonstration: Path) -> list[Path]:
    """The folder's thirty files: `earlier` are those sent before, `demonstration` the demonstration's data folder."""
    _demonstration(folder, demonstration)
    _good(folder)
    shutil.copy(earlier[0], folder / "contacts_the_same_again.xlsx")
    again = sheet("child_protection_plans", count=5)
    xlsx(folder / "plans_sent_again.xlsx", {"List_7": again})
    _bad(folder)
    _unsafe(folder)
    _no_returns(folder)
    return sorted(folder.iterdir())


def _demonstration(folder: Path, data: Path) -> None:
    places = Places.of(data)
    records = [one for one in Ledger(places).submissions() if one.period == str(QUARTER) and one.stored_as]
    for stored, name, sha256 in sorted({(one.stored_as, one.file, one.sha256) for one in records}):
        if any(word in name for word in OF_THE_DEMONSTRATION):
            shutil.copy(raw_path(places, stored, sha256), folder / name)


def _good(folder: Path) -> None:
    """Seven files with nothing wrong, in every kind of file that is read."""
    xlsx(folder / "early help assessments Q2 (final) v3 - copy for the safeguarding partnership.xlsx",
         {"List_2": sheet("early_help")})  # fmt: skip
    xls(folder / "referrals.xls", {"List_3": sheet("referrals")})
    _text(folder / "assessments.csv", sheet("assessments"), ",")
    _text(folder / "enquiries.csv", sheet("section_47"), ";")
    ods(folder / "children_in_need.ods", "".join(map(ods_row, sheet("children_in_need"))), sheet="List_6")
    xlsx(folder / "looked_after.xlsx", {"List_8": sheet("children_looked_after")})
    xlsx(folder / "leavers.xlsx", {"List_9": sheet("care_leavers")})


def _bad(folder: Path) -> None:
    """Five files with something wrong in them."""
    headers = headers_of("referrals")
    rows = sheet("referrals", count=3)
    xlsx(folder / "no_identifier_column.xlsx", {"List_3": [row[1:] for row in rows]})
    xlsx(folder / "two_columns_of_one_name.xlsx", {"List_3": [[*row, row[0]] for row in rows]})
    old = [list(row) for row in rows]
    when = [item.name for item in fields_of("referrals")].index("referred")
    for row in old[1:]:
        row[when] = date(2019, 5, 14)
    xlsx(folder / "referrals_of_2019.xlsx", {"List_3": old})
    spoilt = [list(row) for row in sheet("referrals", count=12)]
    for row in spoilt[1:5]:
        row[when] = "31/06/2025"
    spoilt[6][headers.index(headers[1])] = "not known to us"
    xlsx(folder / "dates_that_never_were.xlsx", {"List_3": spoilt})
    xlsx(folder / "headers_only.xlsx", {"List_4": [headers_of("assessments")]})


def _unsafe(folder: Path) -> None:
    """Seven files that are not what their names say, or that nobody should open."""
    (folder / "annual_report.xlsx").write_bytes(b"%PDF-1.7 an annual report")
    (folder / "brochure.csv").write_bytes(b"<!DOCTYPE html><html><body>Child Unique ID</body></html>")
    (folder / "empty.xlsx").write_bytes(b"")
    whole = xlsx(folder / "cut_short.xlsx", {"List_1": sheet("contacts")})
    whole.write_bytes(whole.read_bytes()[:2000])
    _lock(xlsx(folder / "locked.xlsx", {"List_1": sheet("contacts")}))
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with_parts(
        xlsx(folder / "with_macros.xlsx", {"List_1": sheet("contacts")}),
        {"[Content_Types].xml": lambda content: content.replace(plain, macros)},
    )
    bomb = xlsx(folder / "bomb.xlsx", {"List_1": sheet("contacts")})
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/picture.bin", b"\0" * 400_000_000)


def _lock(path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO(path.read_bytes())
    with path.open("wb") as made:
        OOXMLFile(plain).encrypt("Owl and hedgehog 7", made)


def _no_returns(folder: Path) -> None:
    """Four files that are nobody's return."""
    xlsx(folder / "canteen.xlsx", {"Menu": [["Day", "Soup"], ["Monday", "Leek"], ["Tuesday", "Pea"]]})
    xlsx(folder / "minutes.xlsx", {"Sheet1": [["Minutes of the meeting"], ["Present: all"]]})
    _text(folder / "phone_list.csv", [["Name of team", "Extension"], ["Front door", "1234"]], ",")
    (folder / "read me first.txt").write_text("Please load these by Friday.\n", encoding="utf-8")


def _text(path: Path, rows: Sequence[Sequence[Any]], separator: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(
            [cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell for cell in row] for row in rows
        )
