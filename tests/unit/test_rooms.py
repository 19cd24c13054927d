"""The rooms of the house: what each may import, and how large a module and a function may grow."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# Each room and the rooms it may import, from the ground up. `pages` may also use what dashboard hands on,
# which is dashboard's own names; `app` reaches pages by their paths, so imports none.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "returns": frozenset(),
    "warehouse": frozenset({"returns"}),
    "metrics": frozenset({"returns", "warehouse"}),
    "pipelines": frozenset({"returns", "warehouse", "metrics"}),
    "reports": frozenset({"returns", "warehouse", "metrics"}),
    "dashboard": frozenset({"returns", "warehouse", "metrics", "pipelines", "reports"}),
    "pages": frozenset({"dashboard"}),
    "app": frozenset({"dashboard"}),
    "bench": frozenset({"returns", "warehouse", "metrics", "pipelines", "reports", "dashboard"}),
    "run": frozenset(),
}
MAY_IMPORT_STREAMLIT = {"dashboard", "pages", "app"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"}
# Words that leave work undone in silence.
UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|raise NotImplementedError)\b")


@dataclass(frozen=True)
class Module:
    """One Python file outside tests/, read and parsed."""

    path: Path
    room: str
    lines: int
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(PROJECT).as_posix()


@cache
def modules() -> tuple[Module, ...]:
    """Every module of every room."""
    files = [path for room in MAY_IMPORT for path in sorted((PROJECT / room).rglob("*.py"))]
    files += [PROJECT / f"{room}.py" for room in MAY_IMPORT if (PROJECT / f"{room}.py").is_file()]
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        room = path.relative_to(PROJECT).parts[0].removesuffix(".py")
        found.append(Module(path, room, len(text.splitlines()), text, ast.parse(text)))
    return tuple(found)


def imported(tree: ast.AST) -> list[tuple[str, int]]:
    """The top names of everything imported in a module, wherever in it, with their lines; relative imports too."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [(alias.name.split(".")[0], node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.append((node.module.split(".")[0], node.lineno))
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"import_module", "importlib.import_module", "__import__"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            names.append((str(node.args[0].value).split(".")[0], node.lineno))
    return names


def forbidden_imports(room: str, tree: ast.AST) -> list[str]:
    """What a module of a room imports and may not, as `line: name`."""
    allowed = MAY_IMPORT[room] | {room}
    return [
        f"{line}: {name}"
        for name, line in imported(tree)
        if (name in MAY_IMPORT and name not in allowed)
        or (name == "streamlit" and room not in MAY_IMPORT_STREAMLIT)
        or name in {"tests", "conftest"}
    ]


def swallowed(text: str) -> list[int]:
    """The lines of exception handlers that catch everything, or do nothing without a word why on the line."""
    lines = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        nothing = all(
            isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
            for step in node.body
        )
        why = re.sub(r"noqa: \S+", "", text.splitlines()[node.body[0].lineno - 1].partition("#")[2]).strip(" -")
        everything = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
        if (nothing and (everything or len(why.split()) < 3)) or node.type is None:
            lines.append(node.lineno)
    return lines


def functions(tree: ast.AST) -> list[tuple[str, int]]:
    """Every function of a module with its length in lines, its decorators not counted."""
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


# ---- the project ----------------------------------------------------------------------------------------------------


def test_there_are_rooms_to_judge() -> None:
    assert {"returns", "warehouse", "dashboard", "run"} <= {module.room for module in modules()}


def test_every_folder_with_python_in_it_is_a_room() -> None:
    folders = [folder for folder in PROJECT.iterdir() if folder.is_dir() and not folder.name.startswith(".")]
    ours = {folder.name for folder in folders if any(folder.rglob("*.py"))}
    assert ours - set(MAY_IMPORT) - {"tests"} == set()
    assert {path.stem for path in PROJECT.glob("*.py")} <= set(MAY_IMPORT)


def test_each_room_imports_only_the_rooms_below_it_and_only_pages_know_streamlit() -> None:
    found = {module.name: forbidden_imports(module.room, module.tree) for module in modules()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_launcher_needs_nothing_but_python() -> None:
    run = next(module for module in modules() if module.room == "run")
    assert {name for name, _ in imported(run.tree)} <= set(sys.stdlib_module_names)


def test_no_module_is_longer_than_400_lines() -> None:
    assert {module.name: module.lines for module in modules() if module.lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = {
        f"{module.name}: {name}": length
        for module in modules()
        for name, length in functions(module.tree)
        if length > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_room_or_module_is_named_for_odds_and_ends() -> None:
    named = {part for module in modules() for part in module.path.relative_to(PROJECT).with_suffix("").parts}
    assert {name for name in named if FORBIDDEN_NAMES & set(name.lower().split("_"))} == set()


def test_no_exception_is_swallowed() -> None:
    found = {module.name: swallowed(module.text) for module in modules()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nothing_is_left_undone() -> None:
    found = {module.name: sorted(set(UNDONE.findall(module.text))) for module in modules()}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_test_is_left_out_without_a_reason() -> None:
    """`pytest.skip()`, `skipif` and `xfail` say why, so that the run can print it."""
    bare = []
    for path in sorted((PROJECT / "tests").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Attribute) and ast.unparse(node) in SKIPS):
                continue
            call = called.get(id(node))
            why = [] if call is None else [word for word in call.keywords if word.arg == "reason"]
            if not why and not (ast.unparse(node) == "pytest.skip" and call is not None and call.args):
                bare.append(f"{path.relative_to(PROJECT)}:{node.lineno}")
    assert bare == []


SKIPS = {"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.xfail"}


# ---- the judge itself: each fault planted is found ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("room", "source", "found"),
    [
        ("returns", "import warehouse", ["1: warehouse"]),
        ("returns", "def late():\n    from metrics.result import Result", ["2: metrics"]),
        ("warehouse", "import importlib\nimportlib.import_module('pipelines.load')", ["2: pipelines"]),
        ("metrics", "import streamlit as st", ["1: streamlit"]),
        ("reports", "from pipelines.load import load_files", ["1: pipelines"]),
        ("pages", "from warehouse import store", ["1: warehouse"]),
        ("pages", "import streamlit\nfrom dashboard.table import table", []),
        ("pipelines", "from metrics.catalogue import load_catalogue\nfrom . import load", []),
        ("dashboard", "from tests import conftest", ["1: tests"]),
    ],
)
def test_an_import_from_a_room_above_is_found(room: str, source: str, found: list[str]) -> None:
    assert forbidden_imports(room, ast.parse(source)) == found


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("except ValueError:\n    pass", True),
        ("except ValueError:\n    ...", True),
        ("except ValueError:\n    pass  # noqa: S110", True),
        ("except Exception:\n    pass  # a word on why this is right", True),
        ("except:\n    raise", True),
        ("except FileExistsError:\n    pass  # another process made it first", False),
        ("except OSError:\n    say(1)", False),
    ],
)
def test_a_swallowed_exception_is_found(handler: str, found: bool) -> None:
    assert bool(swallowed(f"try:\n    1\n{handler}\n")) is found
