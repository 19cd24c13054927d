"""Checking a folder of thirty mixed files: one command, one clear table, nothing written, the right exit code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from loading import load
from mixed_files import QUARTER, REFUSED, sent_before, thirty_files

from pipelines.load import Sending, check_files
from pipelines.report_table import report_text
from pipelines.submissions import LoadReport
from returns.places import PROJECT, Places


@dataclass(frozen=True)
class Checked:
    """The folder and what one command said of it."""

    files: tuple[Path, ...]
    data: Path
    before: tuple[tuple[str, int], ...]
    exit_code: int
    lines: tuple[str, ...]
    errors: str

    @property
    def table(self) -> list[str]:
        """The lines of the table, headings and rule left out."""
        rule = next(place for place, line in enumerate(self.lines) if set(line) == {"-"})
        end = self.lines.index("", rule)
        return list(self.lines[rule + 1 : end])

    @property
    def names(self) -> str:
        """The first column of the table, its breaks taken out: every file's name, one after another."""
        width = self.lines[0].index("Sheet")
        return words("".join(line[:width] for line in self.table))

    @property
    def last_words(self) -> str:
        """The paragraph of totals, on one line."""
        ending = "\n".join(self.lines).strip().rsplit("\n\n", 1)[-1]
        return " ".join(ending.split())


@pytest.fixture(scope="module")
def checked(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("received") / "Q2"
    folder.mkdir()
    earlier = sent_before(tmp_path_factory.mktemp("earlier"))
    load(data, *earlier, period=str(QUARTER))
    files = thirty_files(folder, earlier, demo_data)
    before = contents(data)
    command = [sys.executable, "-m", "pipelines", "check", str(folder), "--period", str(QUARTER)]
    ran = subprocess.run(
        [*command, "--agency", "council", "--data", str(data)], cwd=PROJECT, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
        env={**{k: v for k, v in os.environ.items() if k != "SCORECARD_FILE_PASSWORD"}, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return Checked(tuple(files), data, before, ran.returncode, tuple(ran.stdout.split("\n")), ran.stderr)


@pytest.fixture(scope="module")
def report(checked: Checked) -> LoadReport:
    """The same check as the command made, as a report."""
    about = ("council", QUARTER)
    return check_files(Places.of(checked.data), [Sending(path, *about) for path in checked.files])


def contents(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((str(path), path.stat().st_size) for path in folder.rglob("*") if path.is_file()))


def words(text: str) -> str:
    """The text without white space, as a name that is broken over lines is compared."""
    return re.sub(r"\s", "", text)


def test_there_are_thirty_files_and_one_command_says_something_of_each(checked: Checked) -> None:
    assert len(checked.files) == 30
    below = words("".join(checked.lines))
    # A very long name is cut, with a mark, after its first lines.
    unsaid = [path.name for path in checked.files if words(path.name)[:30] not in checked.names + below]
    assert unsaid == []
    assert checked.errors == ""


def test_a_file_that_is_unsafe_decides_the_exit_code_and_nothing_is_written(checked: Checked) -> None:
    assert checked.exit_code == 4
    assert contents(checked.data) == checked.before
    assert checked.last_words.endswith("Checked only: nothing was written.")


def test_it_is_one_table_with_each_file_once_and_a_line_for_each_return(checked: Checked, report: LoadReport) -> None:
    assert sum(set(line) == {"-"} for line in checked.lines) == 1
    assert checked.lines[0].split() == [
        "File", "Sheet", "Return", "Agency", "Period", "Read", "Accepted", "Held", "Outcome", "Findings",
    ]
    outcomes = [line for line in checked.table if re.search(r"\b(accepted|refused|unchanged|nil)\b", line)]
    assert len(outcomes) == len(report.submissions)


@pytest.mark.parametrize("width", [100, 120])
def test_the_table_fits_the_terminal(report: LoadReport, width: int) -> None:
    assert max(map(len, report_text(report, width=width, checked=True).split("\n"))) <= width


def test_the_command_says_what_the_report_holds(checked: Checked, report: LoadReport) -> None:
    assert report_text(report, checked=True).split("\n") == list(checked.lines[: -1])


def test_each_file_that_cannot_be_used_is_refused_for_what_is_wrong_with_it(report: LoadReport) -> None:
    refused = {one.file: one.findings[0].code for one in report.submissions if one.file in REFUSED}
    assert refused == REFUSED


def test_good_files_of_every_kind_are_accepted_whole(report: LoadReport) -> None:
    good = {one.file: (one.rows_read, one.rows_accepted) for one in report.submissions if one.rows_read == 6}
    assert len([name for name, (read, taken) in good.items() if read == taken]) >= 7


def test_what_was_sent_before_is_told_from_what_is_new(report: LoadReport) -> None:
    by_file = {one.file: one.status for one in report.submissions}
    assert by_file["contacts_the_same_again.xlsx"] == "unchanged"
    assert by_file["plans_sent_again.xlsx"] == "accepted"


def test_what_takes_the_place_of_what_is_said_under_the_table(checked: Checked) -> None:
    said = " ".join(" ".join(checked.lines).split())
    assert "plans_sent_again.xlsx · List_7 takes the place of S000002." in said
    assert "early_help of council for 2025-26-Q2 is here twice: " in said
    assert "so only the last counts." in said
    assert "contacts_the_same_again.xlsx · List_1 takes the place" not in said


def test_the_words_in_the_column_of_findings_are_explained_once(checked: Checked) -> None:
    said = " ".join(" ".join(checked.lines).split())
    assert said.count("hold: the row is kept aside") == 1
    assert "block: the return is refused" in said


def test_every_row_is_accounted_for_and_the_last_line_adds_up(checked: Checked, report: LoadReport) -> None:
    usable = [one for one in report.submissions if one.status == "accepted"]
    assert all(one.rows_read == one.rows_accepted + one.rows_held for one in usable)
    assert re.search(rf"^30 files, {len(report.submissions)} returns: ", checked.last_words)
