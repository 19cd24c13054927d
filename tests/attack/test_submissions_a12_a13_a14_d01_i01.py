"""A12, A13, A14: the same file, a second version, twenty at once. D01: hostile names. I01: two loads at once."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from loading import annex_a, load, rows

from returns.places import Places
from warehouse import store

PROJECT = Path(__file__).resolve().parents[2]
EXTRACT = date(2025, 9, 30)


def _referral(child: str, **more: object) -> dict[str, object]:
    return {"child_id": child, "referred": date(2025, 8, 5), "source": "6"} | more


def _load(data, *files):
    return load(data, *files, period="2025-26-Q2", extracted=EXTRACT)


def test_a12_the_same_file_twice_under_two_names_is_known_again(data, tmp_path):
    first = annex_a(tmp_path / "a.xlsx", referrals=[_referral("1")])
    second = tmp_path / "b.xlsx"
    second.write_bytes(first.read_bytes())
    assert [s.status for s in _load(data, first, second).submissions] == ["accepted", "unchanged"]
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(1,)]


def test_a13_a_second_version_in_the_same_load_takes_the_place_of_the_first(data, tmp_path):
    first = annex_a(tmp_path / "a.xlsx", referrals=[_referral("1")])
    second = annex_a(tmp_path / "b.xlsx", referrals=[_referral("1"), _referral("2")])
    report = _load(data, first, second)
    assert [s.status for s in report.submissions] == ["accepted", "accepted"]
    assert rows(data, "SELECT status FROM main.submissions ORDER BY id") == [("superseded",), ("accepted",)]
    assert rows(data, "SELECT count(*) FROM reported.referrals") == [(2,)]


def test_a14_of_twenty_files_at_once_nineteen_load(data, tmp_path):
    files = []
    for number in range(20):
        quarter = f"{2005 + number}-{(6 + number) % 100:02d}-Q2"
        files.append(
            (
                quarter,
                annex_a(
                    tmp_path / f"{number}.xlsx", referrals=[_referral(str(number), referred=date(2005 + number, 8, 5))]
                ),
            )
        )
    files[7][1].write_bytes(files[7][1].read_bytes()[:2000])
    from pipelines.load import Sending, load_files
    from returns.periods import Period

    report = load_files(
        Places.of(data),
        [Sending(path, None, Period.parse(quarter), Period.parse(quarter).end) for quarter, path in files],
    )
    assert [s.status for s in report.submissions].count("accepted") == 19
    assert report.submissions[7].status == "refused"
    assert (report.exit_code, report.version) == (4, 1)
    assert rows(data, "SELECT count(*) FROM known.referrals") == [(19,)]


HOSTILE = ["x'); drop table t;--", "]", '"', "%", "x" * 10_000, "$submission_id", "{value}", "=cmd|' /C calc'!A0"]


@pytest.mark.timeout(300)
def test_d01_a_hostile_agency_is_a_sentence_and_nothing_else(data, tmp_path):
    file = annex_a(tmp_path / "q.xlsx", referrals=[_referral("1")])
    for agency in HOSTILE[:2] + HOSTILE[4:5]:
        done = subprocess.run(
            [sys.executable, "-m", "pipelines", "load", str(file), "--agency", agency, "--data", str(data)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "No agency is called" in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr) < 1000
    assert list(data.iterdir()) == []


def test_d01_hostile_text_in_cells_is_data(data, tmp_path):
    file = annex_a(tmp_path / "q.xlsx", referrals=[_referral(str(n), team=text) for n, text in enumerate(HOSTILE)])
    report = _load(data, file)
    assert (report.submissions[0].status, report.submissions[0].rows_accepted) == ("accepted", len(HOSTILE))
    teams = {team for (team,) in rows(data, "SELECT team FROM known.referrals")}
    assert teams >= {text for text in HOSTILE if 1 < len(text) < 300}


def test_d01_hostile_sheet_and_file_names_are_shown_as_text(data, tmp_path):
    name = "x'); drop table known.referrals;--.xlsx"
    report = _load(data, annex_a(tmp_path / name, referrals=[_referral("1")]))
    assert report.submissions[0].file == name
    assert rows(data, "SELECT file FROM main.submissions") == [(name,)]
    assert [path.name[:8] for path in (data / "raw").rglob("F*")] == ["F000001-"]


@pytest.mark.timeout(300)
def test_i01_a_second_load_is_told_that_another_runs(data, tmp_path):
    file = annex_a(tmp_path / "q.xlsx", referrals=[_referral("1")])
    with store.exclusive(Places.of(data)):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pipelines",
                "load",
                str(file),
                "--period",
                "2025-26-Q2",
                "--data",
                str(data),
                "--json",
            ],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (3, "")
    assert "Only one can run at a time" in done.stderr
    assert store.current_version(Places.of(data)) is None
