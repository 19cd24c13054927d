"""The server's log: what went wrong and where, never what an exception says, which may quote a spreadsheet's cell."""

from __future__ import annotations

import logging
from typing import Any

from pipelines.faults import step_by_step, without_words


class _Quiet(logging.LogRecord):
    """A line of the log in which an exception is told by its kind and places alone."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if isinstance(self.args, tuple):
            self.args = tuple(without_words(one) if isinstance(one, BaseException) else one for one in self.args)
        error = self.exc_info[1] if isinstance(self.exc_info, tuple) else None
        if error is not None:
            # asyncio puts the exception into its message too, on the lines after the first.
            self.msg = f"{str(self.msg).partition(chr(10))[0]}: {step_by_step(error)}"
            self.args = self.exc_info = self.exc_text = None


def keep_cells_out_of_the_log() -> None:
    """From here on no line that this process logs holds what an exception says."""
    logging.setLogRecordFactory(_Quiet)
