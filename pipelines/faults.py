"""A fault of the program in words that quote no cell: its kind and the places it passed through.

What an exception says of itself may hold the value that it stumbled over, so that is neither logged nor printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def without_words(error: BaseException) -> str:
    """The kind of the exception and where it was raised: `ValueError at clean.py:120`."""
    places = list(_places(error))
    return f"{type(error).__name__} at {places[-1] if places else 'an unknown place'}"


def step_by_step(error: BaseException) -> str:
    """The kind of the exception and every place it passed through, one a line, for whoever mends it."""
    return "\n".join([type(error).__name__, *(f"  at {place}" for place in reversed(list(_places(error))))])


def _places(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        yield f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
