"""Changes one small thing of a module at a time and counts how many of the changes its tests notice.

`python tests/mutants.py metrics.spc tests/unit/test_process_charts.py ...` prints one JSON value: how many mutants
there were, how many were killed, and the line and change of each that lived. Written here because what there is on
PyPI rewrites files in place or runs a Python start for each mutant: a fork of a process that has all but the module
loaded takes a tenth of the time. Needs os.fork, so not Windows.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[1]
# The rooms whose modules may have taken something from the mutated one, and are loaded anew for each mutant.
ROOMS = ("metrics", "pipelines", "reports", "dashboard", "pages")
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "--import-mode=importlib"]

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the place of the node among the tree's, what it becomes, and both in words."""

    place: int
    becomes: ast.AST
    line: int
    says: str


def mutants(tree: ast.Module) -> Iterator[Mutant]:
    """Every mutant of a module. Left alone: annotations, docstrings, decorators, what an error says, and imports."""
    alone = _left_alone(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in alone:
            continue
        for becomes in _changes(node):
            line = getattr(node, "lineno", 0)
            yield Mutant(place, becomes, line, f"{ast.unparse(node)[:70]} -> {ast.unparse(becomes)[:70]}")


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The source's tree with the one change made."""
    made = ast.parse(source)
    target = list(ast.walk(made))[mutant.place]

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return ast.copy_location(mutant.becomes, node) if node is target else self.generic_visit(node)

    return ast.fix_missing_locations(Change().visit(made))


def _left_alone(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        inside: list[ast.AST] = []
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Raise)):
            inside.append(node)
        if isinstance(node, ast.AnnAssign):
            inside.append(node.annotation)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inside += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            inside += [one for one in (node.returns, *(arg.annotation for arg in _arguments(node))) if one]
            if any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list):
                inside.append(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.append(node)  # a docstring, or the body of an overload
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
            inside.append(node)  # a name for a type
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            inside += node.args[1:]
        found |= {id(part) for one in inside for part in ast.walk(one)}
        if isinstance(node, ast.JoinedStr):
            found |= {id(part) for part in ast.walk(node)} - {id(node)}
    return found


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    given = node.args
    return [one for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg) if one]


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            other = _COMPARED[type(operator)][0]
            yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        yield ast.BinOp(node.left, _COUNTED[type(node.op)](), node.right)
    elif isinstance(node, ast.AugAssign) and type(node.op) in _COUNTED:
        yield ast.AugAssign(node.target, _COUNTED[type(node.op)](), node.value)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    elif isinstance(node, (ast.If, ast.While)) and not isinstance(node.test, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
        made = copy.copy(node)
        made.test = ast.UnaryOp(ast.Not(), node.test)
        yield made
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(value + "?")


# ---- running them ---------------------------------------------------------------------------------------------------


def run(module: str, tests: list[str], *, one_in: int = 1) -> dict[str, object]:
    """How many mutants of the module (or one in so many of them) its tests kill, and which lived."""
    path = PROJECT / Path(*module.split(".")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    begun = time.monotonic()
    if _tested(tests):
        raise SystemExit(f"{module}: its tests fail before anything of it is changed")
    seconds = 15 + 10 * (time.monotonic() - begun)
    every = list(mutants(ast.parse(source)))[::one_in]
    lived: list[Mutant] = []
    running: dict[int, Mutant] = {}
    for mutant in every:
        running[_fork(module, path, mutated(source, mutant), tests, int(seconds))] = mutant
        if len(running) >= (os.cpu_count() or 1):
            _reap(running, lived)
    while running:
        _reap(running, lived)
    told = [f"{path.name}:{one.line}  {one.says}" for one in sorted(lived, key=lambda one: one.line)]
    return {"module": module, "mutants": len(every), "killed": len(every) - len(lived), "lived": told}


def _reap(running: dict[int, Mutant], lived: list[Mutant]) -> None:
    child, status = os.wait()
    mutant = running.pop(child)
    # A mutant that hangs is ended by its alarm: that is noticed too.
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        lived.append(mutant)


def _fork(module: str, path: Path, tree: ast.Module, tests: list[str], seconds: int) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    code = 1
    try:
        made = ModuleType(module)
        made.__file__ = str(path)
        package, _, name = module.rpartition(".")
        made.__package__ = package
        parent = importlib.import_module(package)
        sys.modules[module] = made
        exec(compile(tree, str(path), "exec"), made.__dict__)
        setattr(parent, name, made)
        code = _tested(tests)
    finally:
        # One that does not even load is killed too.
        os._exit(1 if code else 0)


def _tested(tests: list[str]) -> int:
    """pytest's exit code over the tests, saying nothing; then what it loaded of the rooms is forgotten."""
    import pytest

    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        code = int(pytest.main([*OPTIONS, "--hypothesis-seed=0", *tests]))
    for name in list(sys.modules):
        if name.split(".")[0] in ROOMS or name.startswith(("tests.", "test_")):
            del sys.modules[name]
    return code


if __name__ == "__main__":
    os.chdir(PROJECT)
    sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("module")
    asked.add_argument("tests", nargs="+")
    asked.add_argument("--one-in", type=int, default=1, help="only every so-manyth mutant")
    given = asked.parse_args()
    print(json.dumps(run(given.module, given.tests, one_in=given.one_in), indent=1))
