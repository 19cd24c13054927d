"""What stands in the way of starting: each is a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

import run

PROJECT = Path(__file__).resolve().parents[2]
# A library that no index has under this hash.
PIN = "six==1.17.0 --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project with nothing but run.py and one pin, as after a clone."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(PROJECT / "run.py", folder)
    (folder / "requirements.txt").write_text(PIN)
    return folder


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs run.py as a user would, with the environment changed."""
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


def assert_sentence(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The exit code is right, and what was said holds the words and no traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.strip().endswith((".", "ADDRESS")), done.stderr
    for word in words:
        assert word in done.stderr


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = "import sys; sys.version_info = (3, 8, 0, 'final', 0); exec(open('run.py').read())"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert_sentence(done, 2, "needs Python 3.11 or newer", "started with Python 3.8")


NOWHERE = "http://127.0.0.1:9/simple"
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": NOWHERE,
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0",
    "UV_NO_CONFIG": "1",
    "UV_INDEX_URL": NOWHERE,
    "UV_DEFAULT_INDEX": NOWHERE,
    "UV_FIND_LINKS": "",
    "UV_NO_CACHE": "1",
    "UV_HTTP_RETRIES": "0",
}
TOLD = ("no package index could be reached", "pip config set global.index-url")


def test_no_network_is_a_sentence_that_names_the_mirror_setting(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With uv, which the tests always have; where pip would then be tried too, see the next test."""
    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    monkeypatch.setattr(run, "PROJECT", str(bare))
    monkeypatch.setattr(run, "ENVIRONMENT", str(bare / ".venv"))
    monkeypatch.setattr(run, "find_uv", lambda: uv)
    monkeypatch.setattr(run, "has_pip", lambda python: False)
    assert run.main(["--no-browser"]) == 1
    said = capsys.readouterr().err
    assert all(words in said for words in TOLD), said


@pytest.mark.long
@pytest.mark.timeout(600)
def test_no_network_is_the_same_sentence_with_pip(bare: Path) -> None:
    """From nothing, as a user starts it: making an environment with pip in it takes half a minute."""
    assert_sentence(start(bare, "--no-browser", PATH=os.devnull, **OFFLINE), 1, *TOLD)


def test_a_port_that_is_taken_is_a_sentence_before_anything_is_installed(bare: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start(bare, "--port", str(port))
    assert_sentence(done, 1, f"Port {port} is in use", "give another port")
    assert not (bare / ".venv").exists()


def test_a_full_disk_is_a_sentence_with_both_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(run, "PROJECT", str(tmp_path))
    monkeypatch.setattr(run, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(run.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 50 * 2**20))
    assert run.main(["--no-browser"]) == 1
    said = capsys.readouterr().err
    assert f"take {run.ROOM_TO_RUN} MB" in said
    assert "50 MB free" in said


def test_a_disk_that_fills_up_on_the_way_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(for_tests: bool = False) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "set_up", full)
    assert run.main(["--no-browser", "--data", str(data)]) == 1
    assert "the disk is full" in capsys.readouterr().err


def test_a_read_only_folder_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "PROJECT", str(tmp_path))
    monkeypatch.setattr(run, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(run.os, "access", lambda path, mode: False)
    assert run.main(["--no-browser"]) == 1
    assert "read-only" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("not a folder")
    monkeypatch.setattr(run, "set_up", lambda for_tests=False: sys.executable)
    assert run.main(["--no-browser", "--data", str(tmp_path / "data")]) == 1
    assert str(tmp_path / "data") in capsys.readouterr().err


def test_a_server_that_ends_before_it_answers_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(run.CannotGoOn, match="stopped before it answered"):
        run.open_dashboard("false" if shutil.which("false") else sys.executable, str(tmp_path), 1, False)


def test_data_of_an_earlier_edition_are_made_again_once_and_the_server_is_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends, made, started = [1, run.EARLIER_EDITION], [], subprocess.Popen
    monkeypatch.setattr(run.subprocess, "call", lambda command, cwd: made.append(command[1:]) or 0)
    monkeypatch.setattr(
        run.subprocess, "Popen", lambda *_, **__: started([sys.executable, "-c", f"exit({ends.pop()})"])
    )
    with pytest.raises(run.CannotGoOn, match="stopped before it answered"):
        run.open_dashboard(sys.executable, str(tmp_path), 1, False)
    assert made == [["-m", "pipelines", "rebuild", "--data", str(tmp_path)]] and not ends


def test_data_that_cannot_be_made_again_leave_the_reason_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = subprocess.Popen
    monkeypatch.setattr(run.subprocess, "call", lambda command, cwd: 1)
    monkeypatch.setattr(
        run.subprocess, "Popen", lambda *_, **__: started([sys.executable, "-c", f"exit({run.EARLIER_EDITION})"])
    )
    with pytest.raises(run.CannotGoOn, match="stopped before it answered, for the reason above"):
        run.open_dashboard(sys.executable, str(tmp_path), 1, False)


@pytest.fixture
def launched(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A dashboard that run.py has started over an empty data folder, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begin = (
        "import signal, sys, run; signal.signal(signal.SIGTERM, lambda *_: sys.exit(1)); "
        f"sys.exit(run.open_dashboard(sys.executable, {str(tmp_path)!r}, {port}, False))"
    )
    command = [sys.executable, "-c", begin]
    started = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert started.stdout is not None
    lines = []
    for line in started.stdout:
        lines.append(line)
        if "The scorecard is at" in line:
            break
    else:
        pytest.fail("the dashboard did not start: " + "".join(lines))
    yield started, f"http://127.0.0.1:{port}"
    if started.poll() is None:
        started.kill()


@pytest.mark.skipif(os.name == "nt", reason="only on systems with signals")
def test_stopping_the_launcher_stops_the_server(launched: tuple[subprocess.Popen[str], str]) -> None:
    started, url = launched
    assert run.answers(url)
    started.send_signal(signal.SIGTERM)
    started.wait(timeout=20)
    until = time.monotonic() + 5
    while run.answers(url) and time.monotonic() < until:
        time.sleep(0.1)
    assert not run.answers(url)


def test_a_request_under_another_name_is_refused(launched: tuple[subprocess.Popen[str], str]) -> None:
    """A page elsewhere that points its own name at 127.0.0.1 gets no session (DNS rebinding)."""
    _, url = launched
    port = int(url.rpartition(":")[2])

    def status(host: str) -> str:
        asked = (
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(asked.encode())
            return line.recv(100).split()[1].decode()

    assert status("127.0.0.1") == "101"
    assert status("evil.example") == "403"
