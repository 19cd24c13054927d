"""What every reader of a cell shares: its answer, and what counts as an empty cell."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from returns.codes import EMPTY_WORDS, is_blank, key


class Reading(NamedTuple):  # a frozen dataclass takes four times as long to make, and a file has 300,000 of them
    """What a cell says: its value (None when empty or unreadable), and the code of the finding when it is bad.

    `group` goes with a code or an organisation; `candidates` are what an unclear cell could mean; `at` is the
    moment where a day was given with its time.
    """

    value: object
    code: str | None
    group: str | None = None
    candidates: tuple[str, ...] = ()
    at: datetime | None = None

    @property
    def beside(self) -> object:
        """What goes into the column beside the field's own: a group, or a moment."""
        return self.group if self.at is None else self.at


BLANK = Reading(None, None)

# What statistics put in place of a number that is not to be shown: [c], c, *, <5, x, [low].
_SUPPRESSED = re.compile(r"\[?[cxzukw]\]?|\[low\]|\*+|[<≤]\s*\d+|\d+\s*or (less|fewer)", re.IGNORECASE)
_EXCEL_ERROR = re.compile(r"#(n/a|ref!|value!|name\?|div/0!|null!|num!|getting_data|spill!|calc!)", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}


def one_line(cell: object) -> str:
    """The cell as one line of text: no-break and repeated spaces made one, invisible characters removed."""
    text = str(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    spaced = "".join(" " if c.isspace() else "" if unicodedata.category(c) in _INVISIBLE else c for c in text)
    return " ".join(spaced.split())


def is_placeholder(text: str) -> bool:
    """Whether the text is what systems write into an empty cell: nothing, `-`, `N/A`, `NaN`, `..`, `not recorded`."""
    return is_blank(text) or key(text) in EMPTY_WORDS


def is_excel_error(text: str) -> bool:
    """Whether the text is an error that Excel showed, such as #REF!; `#N/A` is how many systems write *empty*."""
    return _EXCEL_ERROR.fullmatch(text) is not None and text.casefold() != "#n/a"


def is_suppressed(text: str) -> bool:
    """Whether the text stands for a number that the sender would not show: `[c]`, `*`, `<5`."""
    return _SUPPRESSED.fullmatch(text) is not None
