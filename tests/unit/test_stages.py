"""`python run.py test`: its last lines say what ran and what did not, and its exit code never hides either."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import stages


def a_run(*, passed: int = 3, failed: int = 0, left_out: dict[str, int] | None = None) -> stages.Run:
    left_out = left_out or {}
    counts = Counter({"passed": passed, "failed": failed, "skipped": sum(left_out.values())})
    return stages.Run(counts={"unit": counts}, left_out=Counter(left_out), seconds={"attack": 12})


def last_lines(run: stages.Run, capsys: pytest.CaptureFixture[str], *, whole: bool = False) -> tuple[int, list[str]]:
    code = stages.say_what_ran(run, whole=whole)
    return code, capsys.readouterr().out.strip().splitlines()


def test_the_last_line_counts_what_passed_failed_and_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = last_lines(a_run(), capsys)
    assert (code, lines[-1]) == (0, "3 passed, 0 failed, 0 skipped")
    assert "Left out: nothing" in lines


def test_one_failure_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert last_lines(a_run(failed=1), capsys)[0] == 1


def test_a_stage_that_broke_down_fails_the_run_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    run = a_run()
    run.failed.append("mypy")
    code, lines = last_lines(run, capsys)
    assert code == 1
    assert "FAILED: mypy" in lines


def test_a_run_without_a_single_test_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert last_lines(a_run(passed=0), capsys)[0] == 1


def test_what_was_left_out_is_said_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = last_lines(a_run(left_out={stages.WITHOUT_BROWSER: 2, stages.WITHOUT_LONG: 5}), capsys)
    assert code == 0
    assert f"Left out: 2 ({stages.WITHOUT_BROWSER})" in lines
    assert f"Left out: 5 ({stages.WITHOUT_LONG})" in lines


@pytest.mark.parametrize(
    ("reason", "code"),
    [(stages.WITHOUT_LONG, 0), (stages.WITHOUT_BROWSER, 1), (stages.WITHOUT_SHARED, 1), ("another", 1)],
)
def test_where_nothing_may_be_left_out_only_the_long_tests_may(
    reason: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert last_lines(a_run(left_out={reason: 1}), capsys, whole=True)[0] == code


def test_a_stage_over_its_budget_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    run = a_run()
    run.seconds["attack"] = stages.BUDGET["attack"] * 60 + 1
    assert any("OVER ITS BUDGET" in line for line in last_lines(run, capsys)[1])


def test_a_folder_of_tests_that_no_stage_names_is_run_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("unit/test_a.py", "newkind/test_b.py", "attack/test_c.py", "test_d.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(stages, "TESTS", tmp_path)
    assert stages.folders_of("unit, spec, property, oracle") == ["tests/unit", "tests/newkind", "tests/test_d.py"]
    assert stages.folders_of("attack") == ["tests/attack"]
    assert stages.folders_of("exports") == []


def test_a_command_that_only_says_how_to_install_a_browser_is_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = tmp_path / "chromium"
    hint.write_text("#!/bin/sh\necho 'snap install chromium'\nexit 1\n")
    hint.chmod(0o755)
    monkeypatch.setattr(stages.sys, "platform", "linux")
    assert stages.starts(str(hint)) is False
    assert stages.starts(str(tmp_path / "none")) is False


def test_a_browser_that_playwright_fetched_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = tmp_path / "chromium_headless_shell-1200" / "chrome-linux" / "headless_shell"
    fetched.parent.mkdir(parents=True)
    fetched.touch()
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert stages.fetched_browsers() == [str(fetched)]
