"""What the tests share: the folder of samples, data folders, the demonstration county and a browser.

Three kinds of test can be left out of a run, always with a reason that the run prints:
`needs_shared` where ../shared does not exist (a plain clone), `browser` where no
Chromium can be found, and `long` unless --long is given.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from stages import DEMONSTRATION, REPORT, WITHOUT_BROWSER, WITHOUT_LONG, WITHOUT_SHARED, find_browser

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"

# How long one generated case takes says how busy the machine is, and nothing of what the test is of.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# ---- which tests run ------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = {}
    if not SHARED.is_dir():
        reasons["needs_shared"] = WITHOUT_SHARED
    if not config.getoption("--long"):
        reasons["long"] = WITHOUT_LONG
    if any(item.get_closest_marker("browser") for item in items) and find_browser() is None:
        reasons["browser"] = WITHOUT_BROWSER
    for item in items:
        for marker, reason in reasons.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Hands the counts of this run, by kind of test, to `python run.py test`, which adds up its stages."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "said":  # record_property("said", ...): what a test counted, worth a line of every run
                terminalreporter.write_line(str(value))
    path = os.environ.get(REPORT)
    if not path:
        return
    counts: dict[str, Counter[str]] = {}
    left_out: Counter[str] = Counter()
    for outcome in ("passed", "failed", "error", "skipped", "xfailed"):
        for report in terminalreporter.stats.get(outcome, []):
            parts = Path(getattr(report, "nodeid", "").split("::")[0]).parts
            kind = parts[1] if len(parts) > 2 else "tests"
            counts.setdefault(kind, Counter())[outcome] += 1
            if outcome == "skipped":
                reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
                left_out[reason.removeprefix("Skipped: ")] += 1
    Path(path).write_text(json.dumps({"counts": counts, "left_out": left_out}), encoding="utf-8")


# ---- folders --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder ../shared. A test that asks for it is marked `needs_shared`."""
    if not SHARED.is_dir():
        pytest.fail(f"{SHARED} is missing: mark the test needs_shared, so that a plain clone leaves it out")
    return SHARED


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own; commands that the test starts use it too (SCORECARD_DATA)."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("SCORECARD_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration county's data folder, built once a run and shared by all: read it, never load into it."""
    ready = os.environ.get(DEMONSTRATION)
    if ready:
        if not Path(ready).is_dir():
            pytest.fail("the demonstration could not be built: see its own stage, further up")
        return Path(ready)
    # Workers of pytest-xdist have basetemp/popen-gwN each; the folder above is the run's own.
    top = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        top = top.parent
    folder, done = top / "demonstration", top / "demonstration.done"
    from filelock import FileLock

    with FileLock(top / "demonstration.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            command = [sys.executable, "-m", "pipelines", "demo", "--data", str(folder)]
            made = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
            if made.returncode:
                pytest.fail(f"the demonstration could not be built:\n{made.stdout[-2000:]}\n{made.stderr[-4000:]}")
            done.touch()
    return folder


@pytest.fixture
def demo_copy(demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demonstration county's data folder that the test may load into and break."""
    folder = tmp_path / "demonstration"
    shutil.copytree(demo_data, folder)
    monkeypatch.setenv("SCORECARD_DATA", str(folder))
    return folder


# ---- the dashboard, served ------------------------------------------------------------------------------------------


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(url: str, server: subprocess.Popen[bytes], seconds: float = 240) -> None:
    """Returns when the server answers; fails the test when it ends or stays silent."""
    # No proxy is asked: a council's would look for 127.0.0.1 on itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the dashboard ended with exit code {server.returncode} before it answered")
        try:
            with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the dashboard did not answer within {seconds:g} seconds")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """`serve(data)` starts the dashboard over a data folder and returns its address; ended after the run.

    `serve(data, app=FILE)` serves another main file in the same way, which tests of the launcher use.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, *, app: Path | None = None) -> str:
        port = free_port()
        log = tmp_path_factory.mktemp("served") / "log.txt"
        command = [sys.executable, "-m", "dashboard.serve", "--port", str(port)]
        if app is not None:
            command += ["--app", str(app)]
        with log.open("wb") as out:
            server = subprocess.Popen(
                command,
                cwd=PROJECT,
                env={**os.environ, "SCORECARD_DATA": str(folder)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        started.append(server)
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server)
        return url

    yield start
    for server in started:
        server.terminate()
    for server in started:
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


@pytest.fixture(scope="session")
def demo_dashboard(serve: Callable[..., str], demo_data: Path) -> str:
    """The address of the dashboard, served over the demonstration county."""
    return serve(demo_data)


# ---- the browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, started once per worker."""
    from playwright.sync_api import sync_playwright

    program = find_browser()
    if program is None:
        pytest.fail("no Chromium: mark the test browser, so that a machine without one leaves it out")
    arguments = ["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments, timeout=100_000)
        yield chromium
        chromium.close()


class Requests:
    """What a page asked for beyond 127.0.0.1. Such requests are stopped, and fail the test that made them."""

    def __init__(self) -> None:
        self.elsewhere: list[str] = []

    def is_elsewhere(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https", "ws", "wss", "ftp"} and parts.hostname != "127.0.0.1"

    def note(self, url: str) -> None:
        if self.is_elsewhere(url):
            self.elsewhere.append(url)


@pytest.fixture
def new_context(browser: Any) -> Iterator[Callable[..., Any]]:
    """`new_context(**options)` opens a separate viewer (1920 by 1080 unless told); nothing may leave 127.0.0.1."""
    requests, contexts = Requests(), []

    def open_context(**options: Any) -> Any:
        options = {"viewport": {"width": 1920, "height": 1080}, "service_workers": "block", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(180_000)  # ms; a slow machine is no fault of the page
        context.on("request", lambda request: requests.note(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: requests.note(socket.url)))
        context.route(requests.is_elsewhere, lambda route: route.abort())
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    if requests.elsewhere:
        pytest.fail("the page asked another host for: " + ", ".join(sorted(set(requests.elsewhere))))


@pytest.fixture
def page(new_context: Callable[..., Any]) -> Any:
    """A page of a fresh viewer, 1920 by 1080. The test fails when any request leaves 127.0.0.1."""
    return new_context().new_page()
