"""What was computed once is remembered in the process, by the warehouse's version and what was asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import TypeVar, cast

from returns.places import Places
from warehouse.versions import version_file

# The version's file, its number and when it was finished: so one of another folder, or put in its place, differs.
Identity = tuple[str, int, int]

KEPT = 64

_Made = TypeVar("_Made")


@dataclass
class _Memory:
    lock: Lock = field(default_factory=Lock)
    kept: OrderedDict[object, object] = field(default_factory=OrderedDict)


@lru_cache(maxsize=1)
def _memory() -> _Memory:
    return _Memory()


def identity(places: Places, version: int) -> Identity:
    """What tells a version of the warehouse from every other."""
    path = version_file(places, version)
    return str(path), version, path.stat().st_mtime_ns


def remembered(key: object, make: Callable[[], _Made]) -> _Made:
    """What `make` gives, made once for a key in a process and kept while among the latest used; anew for None."""
    if key is None:
        return make()
    memory = _memory()
    with memory.lock:
        if key in memory.kept:
            memory.kept.move_to_end(key)
            return cast(_Made, memory.kept[key])
    made = make()
    with memory.lock:
        memory.kept[key] = made
        while len(memory.kept) > KEPT:
            memory.kept.popitem(last=False)
    return made


def forget() -> None:
    """Nothing computed is remembered."""
    with _memory().lock:
        _memory().kept.clear()
