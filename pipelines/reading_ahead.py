"""Reading ahead: the first workbook of a command is read by a thread while this one imports what its rows need.

Unpacking and parsing a large workbook do without Python's lock and take as long as the imports, which are Python alone.
A small one is read before a thread is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.opening import open_workbook
from pipelines.workbook import Workbook

Opening = Callable[..., Workbook]
"""What opens a file, as open_workbook does: with the same arguments, answer and refusals."""


@contextmanager
def reading_ahead(paths: Sequence[Path], *, password: str | None) -> Iterator[Opening]:
    """What opens files; the first of the paths, where it is large, is being read from here on."""
    from pipelines.reading_sheets import LARGE

    if not paths or _size(paths[0]) <= LARGE:
        yield open_workbook
        return
    # Imported here, so that the thread imports next to nothing: two threads that import wait for each other.
    import python_calamine  # noqa: F401

    import pipelines.xlsx_package  # noqa: F401

    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(open_workbook, paths[0], password=password, importing=False)
        yield _Ahead(paths[0], password, [coming])


def _size(path: Path) -> int:
    """The size of an ordinary file in bytes; 0 for anything else, and for one that cannot be asked."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0


@dataclass(frozen=True)
class _Ahead:
    """Opens files. What was read ahead is handed out once, so that it is not kept in memory."""

    path: Path
    password: str | None
    coming: list[Future[Workbook]]

    def __call__(self, path: Path, *, password: str | None = None, name: str | None = None) -> Workbook:
        if not self.coming or name or (path, password) != (self.path, self.password):
            return open_workbook(path, password=password, name=name)
        from pipelines.reading_sheets import import_libraries

        import_libraries()
        return self.coming.pop().result()
