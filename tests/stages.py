"""Runs every check of the project in stages, and says what ran, how long it took and what was left out.

`python run.py test` starts this with the project's own Python. With names of tests it runs
those alone. Exit code 0 when all that ran passed, else 1. Where SCORECARD_TEST_WHOLE is set,
as .ci/run sets it, leaving anything out but the long tests is a failure too.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TESTS = PROJECT / "tests"

# Shared with conftest.py: where the demonstration is, where to write the counts, whether nothing may be left out.
DEMONSTRATION = "SCORECARD_TEST_DEMONSTRATION"
REPORT = "SCORECARD_TEST_REPORT"
WHOLE = "SCORECARD_TEST_WHOLE"

WITHOUT_SHARED = "needs ../shared, which a plain clone has not"
WITHOUT_BROWSER = "needs Chromium, Chrome or Edge; none was found and none could be fetched"
WITHOUT_LONG = "long; run with --long"

# Minutes on two cores, to keep for good. What takes longer goes under --long.
BUDGET = {
    "install": 4.0,
    "demonstration": 2.0,
    "linters": 1.0,
    "unit, spec, property, oracle": 4.0,
    "attack": 3.0,
    "app, browser": 4.0,
    "exports": 2.0,
}
# Which folders of tests/ each stage runs. A folder named nowhere runs in the first, so that none is forgotten.
FOLDERS = {
    "unit, spec, property, oracle": ["unit", "spec", "property", "oracle"],
    "attack": ["attack"],
    "app, browser": ["app", "browser"],
    "exports": ["exports"],
}


@dataclass
class Run:
    """What happened so far."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def total(self, *outcomes: str) -> int:
        """How many tests had one of these outcomes."""
        return sum(kind[outcome] for kind in self.counts.values() for outcome in outcomes)


# ---- the browser ----------------------------------------------------------------------------------------------------


def find_browser() -> str | None:
    """The path of an installed Chromium, Chrome or Edge, else of Playwright's own; None where there is none."""
    names = ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chromium-browser"]
    candidates = [path for path in (shutil.which(name) for name in names) if path]
    if sys.platform == "darwin":
        for name in ("Google Chrome", "Chromium", "Microsoft Edge"):
            candidates.append(f"/Applications/{name}.app/Contents/MacOS/{name}")
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"):
            if os.environ.get(variable):
                candidates.append(str(Path(os.environ[variable]) / program))
    candidates += fetched_browsers()
    return next((path for path in candidates if starts(path)), None)


def fetched_browsers() -> list[str]:
    """The browsers that Playwright has fetched, newest first."""
    home = Path.home()
    folders = {
        "darwin": home / "Library/Caches/ms-playwright",
        "win32": Path(os.environ.get("LOCALAPPDATA", home)) / "ms-playwright",
    }
    top = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(folders.get(sys.platform, home / ".cache/ms-playwright"))
    patterns = [
        "chromium-*/chrome-*/chrome",
        "chromium-*/chrome-*/chrome.exe",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
        "chromium_headless_shell-*/chrome-*/*headless*shell",
        "chromium_headless_shell-*/chrome-*/*headless*shell.exe",
    ]
    return [path for pattern in patterns for path in sorted(glob.glob(f"{glob.escape(top)}/{pattern}"), reverse=True)]


def starts(path: str) -> bool:
    """Whether a browser is there and, on Linux, runs: Ubuntu's chromium-browser can be only a hint to install it."""
    if not os.path.isfile(path):
        return False
    if not sys.platform.startswith("linux"):
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fetch_browser() -> None:
    """Has Playwright fetch its own Chromium where none is installed; else those tests are left out."""
    if find_browser() is not None:
        return
    print("No Chromium, Chrome or Edge is installed; asking Playwright for its own ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    try:
        subprocess.run(command, cwd=PROJECT, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        print("It did not come within four minutes.", flush=True)


# ---- the stages -----------------------------------------------------------------------------------------------------


def run_stage(run: Run, stage: str, command: list[str], *, budget: str | None = None) -> int:
    """The exit code of one command, its time noted under its budget; a failure is noted by name."""
    print(f"\n---- {stage} ----", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=PROJECT, check=False).returncode
    spent_on = budget or stage
    run.seconds[spent_on] = run.seconds.get(spent_on, 0) + time.monotonic() - begun
    if code and not (code == 5 and "pytest" in command):  # pytest's 5: no test in these folders
        run.failed.append(stage)
    return code


def run_tests(run: Run, stage: str, paths: list[str], options: list[str], scratch: Path) -> None:
    """Runs pytest over some folders and adds its counts to the run's."""
    report = scratch / "counts.json"
    report.unlink(missing_ok=True)
    os.environ[REPORT] = str(report)
    workers = str(max(1, min(4, os.cpu_count() or 1)))
    # One worker keeps a file's tests, so that what a file's fixtures build is built once.
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadfile", *options, *paths]
    code = run_stage(run, stage, command)
    if report.exists():
        told = json.loads(report.read_text(encoding="utf-8"))
        for kind, outcomes in told["counts"].items():
            run.counts.setdefault(kind, Counter()).update(outcomes)
        run.left_out.update(told["left_out"])
    elif code == 0 and stage not in run.failed:
        run.failed.append(f"{stage} (no counts came back)")


def folders_of(stage: str) -> list[str]:
    """The folders of tests/ that a stage runs and that hold a test; the first stage takes those named nowhere."""
    names = list(FOLDERS[stage])
    if stage == next(iter(FOLDERS)):
        named = {name for folders in FOLDERS.values() for name in folders}
        names += sorted({path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")} - named)
    return [f"tests/{name}" for name in names if (TESTS / name).is_file() or any((TESTS / name).rglob("test_*.py"))]


def build_demonstration(run: Run, scratch: Path) -> None:
    """Builds the demonstration county once; the tests are told where. They fail at once where it could not be built."""
    folder = scratch / "demonstration"
    os.environ[DEMONSTRATION] = str(folder)
    command = [sys.executable, "-m", "pipelines", "demo", "--data", str(folder)]
    if run_stage(run, "demonstration", command) or not folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)


def measure_coverage(run: Run, scratch: Path) -> None:
    """Every line and branch of metrics/ is reached by its tests, but for the exclusions that pyproject.toml names."""
    (scratch / "coverage").mkdir()
    os.environ["COVERAGE_FILE"] = str(scratch / "coverage" / "data")
    coverage = [sys.executable, "-m", "coverage"]
    first = next(iter(FOLDERS))
    # What a declaration may not say is tested by attack alone.
    tests = [*folders_of(first), "tests/app", "tests/attack/test_d03_catalogue_refused.py"]
    command = [*coverage, "run", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    if not run_stage(run, "coverage of metrics", command):
        run_stage(run, "coverage of metrics", [*coverage, "combine", "-q"])
        run_stage(run, "coverage of metrics", [*coverage, "report"])
    os.environ.pop("COVERAGE_FILE", None)


def run_all(run: Run, options: list[str], scratch: Path) -> None:
    """Every stage, each whatever became of the one before."""
    run_stage(run, "ruff", [sys.executable, "-m", "ruff", "check", "."], budget="linters")
    run_stage(run, "mypy", [sys.executable, "-m", "mypy"], budget="linters")
    build_demonstration(run, scratch)
    for stage in FOLDERS:
        paths = folders_of(stage)
        if paths:
            run_tests(run, stage, paths, options, scratch)
    if "--long" in options:
        measure_coverage(run, scratch)


# ---- the last lines -------------------------------------------------------------------------------------------------


def say_what_ran(run: Run, *, whole: bool) -> int:
    """Prints the last lines and returns the exit code."""
    print("\n---- what ran ----")
    for kind, outcomes in sorted(run.counts.items()):
        print(f"{kind:>14}  " + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items() if number))
    for stage, seconds in run.seconds.items():
        budget = BUDGET.get(stage)
        allowed = f" of {budget * 60:.0f}" if budget else ""
        over = "   OVER ITS BUDGET" if budget and seconds > budget * 60 else ""
        print(f"{stage:>30}  {seconds:5.0f} s{allowed}{over}")
    for reason, number in run.left_out.most_common():
        print(f"Left out: {number} ({reason})")
    if not run.left_out:
        print("Left out: nothing")
    missed = sum(number for reason, number in run.left_out.items() if reason != WITHOUT_LONG)
    if whole and missed:
        run.failed.append(f"{missed} tests were left out that must run here")
    if not run.total("passed"):
        run.failed.append("no test ran")
    for name in run.failed:
        print(f"FAILED: {name}")
    failed = run.total("failed", "error")
    print(f"{run.total('passed')} passed, {failed} failed, {run.total('skipped')} skipped", flush=True)
    return 1 if run.failed or failed else 0


def main() -> int:
    """The exit code: 0 when all that ran passed, else 1."""
    parser = argparse.ArgumentParser(prog="python run.py test", description="Runs every test.")
    parser.add_argument("--long", action="store_true", help="the tests that take minutes too")
    parser.add_argument("--installed-in", type=float, metavar="SECONDS", help="what setting up took")
    parser.add_argument("only", nargs="*", metavar="TEST", help="only these files or folders")
    options = parser.parse_intermixed_args()
    # Where no compiled files are kept, every worker compiles every library again: seconds for each stage.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    run = Run()
    if options.installed_in is not None:
        run.seconds["install"] = options.installed_in
    long = ["--long"] if options.long else []
    fetch_browser()
    with tempfile.TemporaryDirectory(prefix="scorecard-tests-", ignore_cleanup_errors=True) as scratch:
        if options.only:
            run_tests(run, "asked for", options.only, long, Path(scratch))
        else:
            run_all(run, long, Path(scratch))
    return say_what_ran(run, whole=bool(os.environ.get(WHOLE)))


if __name__ == "__main__":
    sys.exit(main())
