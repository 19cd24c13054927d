"""run.py: setting up, the demonstration on first run, the port, and the sentences for what stands in the way."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import run

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own, with two small requirements files, that run.py takes for its own."""
    (tmp_path / "requirements.txt").write_text("one==1 --hash=sha256:aa\n")
    (tmp_path / "requirements-dev.txt").write_text("two==2 --hash=sha256:bb\n")
    monkeypatch.setattr(run, "PROJECT", str(tmp_path))
    monkeypatch.setattr(run, "ENVIRONMENT", str(tmp_path / ".venv"))
    return tmp_path


def make_venv(folder: Path, *, version: str = "version = 3.11.7", home: Path | None = None) -> Path:
    """A folder that looks like a virtual environment."""
    python = Path(run.python_of(str(folder)))
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text(f"home = {home or Path(sys.executable).parent}\n{version}\n")
    return folder


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that run.py would have started; each is taken to work and none is started."""
    started: list[list[str]] = []

    def watched(command: list[str], count: int) -> tuple[int, str]:
        started.append(command)
        return 0, ""

    monkeypatch.setattr(run, "watched", watched)
    monkeypatch.setattr(run, "find_uv", lambda: "uv")
    return started


# ---- which Python ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "told"), [((2, 7), True), ((3, 10), True), ((3, 11), False), ((3, 14), False)])
def test_a_python_before_3_11_is_told_which_one_is_needed(version: tuple[int, int], told: bool) -> None:
    sentence = run.too_old(version)
    assert bool(sentence) is told
    assert not told or ("3.11 or newer" in sentence and "python.org" in sentence)


def test_an_old_python_can_read_the_launcher_far_enough_to_say_so() -> None:
    """No syntax that came after Python 3.0 (nor, but for print, after 2.7), and only ASCII."""
    text = (PROJECT / "run.py").read_bytes()
    assert text.isascii()
    tree = ast.parse(text)
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Await, ast.Match, ast.Nonlocal)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None, node.name
            assert not node.args.kwonlyargs, node.name
            assert not node.args.posonlyargs, node.name
            assert all(argument.annotation is None for argument in node.args.args), node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None, node.lineno
    before_the_check = [node for node in tree.body if isinstance(node, ast.Import)][0]
    assert [alias.name for alias in before_the_check.names] == ["sys"]


# ---- the libraries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["version = 3.11.7", "version_info = 3.11.7", "version_info = 3.11.7.final.0"])
def test_an_environment_made_by_venv_or_by_uv_is_recognised(tmp_path: Path, version: str) -> None:
    assert run.version_of(str(make_venv(tmp_path / "v", version=version))) == (3, 11)


def test_an_environment_whose_python_has_gone_cannot_be_used(tmp_path: Path) -> None:
    assert run.version_of(str(make_venv(tmp_path / "a", home=tmp_path / "gone"))) is None
    assert run.version_of(str(make_venv(tmp_path / "b", version="nonsense"))) is None
    assert run.version_of(str(tmp_path / "none")) is None


def test_windows_keeps_python_in_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.os, "name", "nt")
    assert run.python_of("v").replace("\\", "/") == "v/Scripts/python.exe"


def test_a_hand_made_environment_is_kept_and_a_second_start_installs_nothing(
    project: Path, commands: list[list[str]]
) -> None:
    make_venv(project / ".venv")
    (project / ".venv" / "mine").touch()
    assert run.set_up() == run.python_of(str(project / ".venv"))
    assert len(commands) == 1
    begun = time.monotonic()
    run.set_up()
    assert len(commands) == 1, "the second start installed again"
    assert time.monotonic() - begun < 0.5
    assert (project / ".venv" / "mine").exists()


def test_changed_pins_and_another_python_are_installed_anew(project: Path, commands: list[list[str]]) -> None:
    make_venv(project / ".venv")
    run.set_up()
    (project / "requirements.txt").write_text("one==2 --hash=sha256:cc\n")
    run.set_up()
    assert len(commands) == 2
    (project / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\nversion = 3.13.0\n")
    run.set_up()
    assert len(commands) == 3


def test_the_tests_install_what_only_they_need(project: Path, commands: list[list[str]]) -> None:
    make_venv(project / ".venv")
    run.set_up()
    run.set_up(for_tests=True)
    assert [Path(command[-1]).name for command in commands] == ["requirements.txt", "requirements-dev.txt"]
    assert all("--require-hashes" in command for command in commands)


def test_windows_line_ends_in_the_pins_change_nothing(project: Path, commands: list[list[str]]) -> None:
    make_venv(project / ".venv")
    run.set_up()
    (project / "requirements.txt").write_bytes(b"one==1 --hash=sha256:aa\r\n")
    run.set_up()
    assert len(commands) == 1


def test_pip_is_tried_where_uv_cannot_install(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_venv(project / ".venv")
    tried: list[str] = []

    def watched(command: list[str], count: int) -> tuple[int, str]:
        tried.append("uv" if command[0] == "uv" else "pip")
        return (1, "dns error") if command[0] == "uv" else (0, "")

    monkeypatch.setattr(run, "find_uv", lambda: "uv")
    monkeypatch.setattr(run, "has_pip", lambda python: True)
    monkeypatch.setattr(run, "watched", watched)
    run.set_up()
    assert tried == ["uv", "pip"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: failed to create directory: Permission denied (os error 13)", "may not be written"),
        ("The virtual environment was not created because ensurepip is not available", "python3-venv"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one pinned"),
        ("NewConnectionError: Failed to establish a new connection", "no package index could be reached"),
        ("ERROR: No matching distribution found for duckdb==1.5.5", "no package index could be reached"),
        ("first\n\nlast words\n", "first / last words"),
        ("", "none"),
    ],
)
def test_what_an_installer_says_comes_to_a_sentence(said: str, told: str) -> None:
    sentence = run.why_not(said, "It could not be done")
    assert sentence.startswith("It could not be done")
    assert told in sentence


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_library_is_pinned_and_hashed(name: str) -> None:
    text = (PROJECT / name).read_text()
    pins = re.findall(r"^([A-Za-z0-9._-]+)==\S+", text, re.MULTILINE)
    assert len(pins) > 10
    for block in re.split(r"\n(?=\S)", text):
        if not block.startswith("#"):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_library_named_by_hand_is_among_the_pins() -> None:
    for name in ("requirements", "requirements-dev"):
        pins = set(re.findall(r"^([a-z0-9._-]+)==", (PROJECT / f"{name}.txt").read_text().lower(), re.MULTILINE))
        for line in (PROJECT / f"{name}.in").read_text().lower().splitlines():
            wanted = re.match(r"[a-z0-9._-]+", line)
            if wanted and not line.startswith("-"):
                assert wanted.group().replace("_", "-") in pins, line


# ---- the demonstration years ----------------------------------------------------------------------------------------


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for `python -m pipelines demo`: writes what it would. The data folders that it was asked for."""
    asked: list[str] = []

    def pretend(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        assert command[1:4] == ["-m", "pipelines", "demo"]
        folder = Path(command[command.index("--data") + 1])
        asked.append(str(folder))
        (folder / "versions").mkdir()
        (folder / "versions" / "CURRENT").write_text("16")
        (folder / "journal.db").write_text("demo")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(run.subprocess, "run", pretend)
    return asked


def test_the_first_run_loads_the_demonstration_and_the_second_does_not(data: Path, demo: list[str]) -> None:
    run.load_demonstration("python", str(data))
    run.load_demonstration("python", str(data))
    assert len(demo) == 1
    assert sorted(path.name for path in data.iterdir()) == ["journal.db", "versions"]
    assert (data / "versions" / "CURRENT").read_text() == "16"


@pytest.mark.parametrize("own", ["journal.db", "versions/CURRENT", "raw/2025-26-Q2"])
def test_somebodys_own_returns_are_never_joined_by_the_demonstration(data: Path, demo: list[str], own: str) -> None:
    (data / own).parent.mkdir(exist_ok=True)
    (data / own).touch()
    run.load_demonstration("python", str(data))
    assert demo == []


def test_the_reference_tables_alone_are_not_somebodys_returns(data: Path, demo: list[str]) -> None:
    (data / "reference").mkdir()
    (data / "reference" / "population.csv").touch()
    run.load_demonstration("python", str(data))
    assert len(demo) == 1


def test_a_first_run_stopped_half_way_leaves_nothing_and_starts_again(data: Path, demo: list[str]) -> None:
    left = data / "building-demonstration" / "versions"
    left.mkdir(parents=True)
    (left / "CURRENT").write_text("5")
    run.load_demonstration("python", str(data))
    assert (data / "versions" / "CURRENT").read_text() == "16"
    assert not (data / "building-demonstration").exists()


def test_a_demonstration_stopped_half_way_is_dropped_where_own_returns_came_since(data: Path, demo: list[str]) -> None:
    (data / "building-demonstration" / "raw").mkdir(parents=True)
    (data / "journal.db").write_text("own")
    run.load_demonstration("python", str(data))
    assert demo == []
    assert [path.name for path in data.iterdir()] == ["journal.db"]


def test_a_demonstration_stopped_while_moving_in_is_finished(data: Path, demo: list[str]) -> None:
    building = data / "building-demonstration"
    building.mkdir()
    (building / "whole").touch()
    (building / "journal.db").write_text("demo")
    (data / "versions").mkdir()
    (data / "versions" / "CURRENT").write_text("16")
    run.load_demonstration("python", str(data))
    assert demo == []
    assert sorted(path.name for path in data.iterdir()) == ["journal.db", "versions"]


def test_a_demonstration_that_fails_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(run.CannotGoOn, match="Nothing was kept"):
        run.load_demonstration("python", str(data))
    assert list(data.iterdir()) == []


# ---- the port and the arguments -------------------------------------------------------------------------------------


@pytest.fixture
def listen() -> Any:
    """`listen(port)` takes a port of 127.0.0.1 (0: any free one) until the test ends, and returns its number."""
    sockets = []

    def take(port: int = 0) -> int:
        taken = socket.socket()
        taken.bind(("127.0.0.1", port))
        taken.listen()
        sockets.append(taken)
        return int(taken.getsockname()[1])

    yield take
    for taken in sockets:
        taken.close()


def test_a_port_asked_for_and_taken_is_a_sentence(listen: Callable[..., int]) -> None:
    port = listen()
    with pytest.raises(run.CannotGoOn, match=f"Port {port} is in use"):
        run.choose_port(port)


def test_without_a_port_the_next_free_one_is_taken_and_said(
    listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "FIRST_PORT", listen())
    monkeypatch.setattr(run, "LAST_PORT", run.FIRST_PORT + 50)
    chosen = run.choose_port(None)
    assert run.FIRST_PORT < chosen <= run.LAST_PORT
    assert f"opens on {chosen}" in capsys.readouterr().out


def test_no_free_port_at_all_is_a_sentence(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    port = listen()
    monkeypatch.setattr(run, "FIRST_PORT", port)
    monkeypatch.setattr(run, "LAST_PORT", port)
    with pytest.raises(run.CannotGoOn, match="all in use"):
        run.choose_port(None)


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_port_that_cannot_be_is_wrong_usage(port: str) -> None:
    with pytest.raises(run.CannotGoOn) as refused:
        run.choose_port(int(port))
    assert refused.value.code == 2


def test_the_arguments_may_come_in_any_order() -> None:
    options = run.read_arguments(["test", "--long", "tests/unit"])
    assert (options.what, options.long, options.only) == ("test", True, ["tests/unit"])
    options = run.read_arguments(["--no-browser", "--port", "9000", "--data", "x"])
    assert (options.what, options.no_browser, options.port, options.data) == ("open", True, 9000, "x")


@pytest.mark.parametrize("arguments", [["tset"], ["--port", "many"], ["--long"], ["open", "tests/unit"], ["--nothing"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.read_arguments(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_data_folder_is_the_one_named_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "set"))
    assert run.data_folder(str(tmp_path / "given")) == str(tmp_path / "given")
    assert run.data_folder(None) == str(tmp_path / "set")
    monkeypatch.delenv("SCORECARD_DATA")
    assert run.data_folder(None) == os.path.join(run.PROJECT, "data")


# ---- how it is served -----------------------------------------------------------------------------------------------


def test_the_dashboard_is_served_to_this_computer_only_and_tells_nobody() -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["headless"] is True
    assert settings["server"]["allowedHosts"] == ["127.0.0.1", "localhost"]
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert not any(settings["server"].get(name) is False for name in ("enableCORS", "enableXsrfProtection"))


def test_the_route_around_the_app_is_closed_before_anyone_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime.pages_manager import PagesManager

    from dashboard.serve import close_old_route

    (tmp_path / "pages").mkdir()
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    close_old_route()
    PagesManager(str(tmp_path / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_a_streamlit_that_hides_the_switch_is_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime.pages_manager import PagesManager

    from dashboard.serve import OldRouteOpen, close_old_route

    monkeypatch.delattr(PagesManager, "uses_pages_directory")
    with pytest.raises(OldRouteOpen):
        close_old_route()
