"""A second reading of the catalogue's language: its own reader of `where`, calendar and three-valued logic.

Written from the words of metrics/model.py, not from the SQL. It shares with the program only what a period is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from metrics.clocks import Clocks
from returns.periods import Period

Row = Mapping[str, Any]
Value = Any  # None is unknown


@dataclass(frozen=True)
class Day:
    """The period a row is judged in, with what holds then."""

    period: Period
    clocks: Clocks
    working: tuple[date, ...]


# ---- the calendar ---------------------------------------------------------------------------------------------------


def working_days(holidays: Iterable[date]) -> tuple[date, ...]:
    """Every working day of England from 2000 to 2045, in order."""
    closed, found, day = set(holidays), [], date(2000, 1, 1)
    while day.year < 2046:
        if day.weekday() < 5 and day not in closed:
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def months_later(day: date, months: int) -> date:
    """The day so many months after, or the month's last where it has no such day."""
    year, month = day.year, day.month + months
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    for number in (day.day, 30, 29, 28):
        if number <= day.day:
            try:
                return date(year, month, number)
            except ValueError:
                continue
    raise AssertionError("every month has a 28th")


@cache
def whole_months(start: date, end: date) -> int:
    """The most whole months that can be added to `start` without passing `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month + 2
    while months_later(start, months) > end:
        months -= 1
    return months


def the_day(moment: Value) -> date:
    """The calendar day of a date or a time."""
    return moment.date() if isinstance(moment, datetime) else moment


# ---- the language of `where` ----------------------------------------------------------------------------------------

Reads = Callable[[Row, Day], Value]

_WORD = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign><>|<=|>=|[=<>(),+/-]))"
)


def reading(text: str) -> Reads:
    """What a row answers to an expression: True, False, a value, or None where that is unknown."""
    words, place = [], 0
    while place < len(text.rstrip()):
        found = _WORD.match(text, place)
        assert found is not None, f"cannot read {text[place:]!r}"
        kind = str(found.lastgroup)
        words.append((kind, found[kind]))
        place = found.end()
    reader = _Reader([*words, ("end", "")])
    read = reader.either()
    assert reader.words[reader.at][0] == "end", f"{text!r} goes on after its end"
    return read


def _not(answer: Value) -> Value:
    return None if answer is None else not answer


def _all(answers: Sequence[Value]) -> Value:
    """Not when any says not; unknown when any is unknown; else so."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _any(answers: Sequence[Value]) -> Value:
    return _not(_all([_not(answer) for answer in answers]))


def _compared(left: Value, sign: str, right: Value) -> Value:
    if left is None or right is None:
        return None
    if isinstance(left, datetime) != isinstance(right, datetime) and isinstance(left, date) and isinstance(right, date):
        left, right = (v if isinstance(v, datetime) else datetime(v.year, v.month, v.day) for v in (left, right))
    return {
        "=": left == right, "<>": left != right, "<": left < right,
        "<=": left <= right, ">": left > right, ">=": left >= right,
    }[sign]  # fmt: skip


def _added(left: Reads, right: Reads, sign: int) -> Reads:
    def read(row: Row, day: Day) -> Value:
        one, other = left(row, day), right(row, day)
        return None if one is None or other is None else Fraction(one) + sign * Fraction(other)

    return read


def _shared(of: Reads, whole: Fraction) -> Reads:
    return lambda row, day: None if (found := of(row, day)) is None else Fraction(found) / whole


@dataclass
class _Reader:
    """Reads by rank: or, and, not, a comparison, a value."""

    words: list[tuple[str, str]]
    at: int = 0

    def next(self) -> tuple[str, str]:
        self.at += 1
        return self.words[self.at - 1]

    def takes(self, *words: str) -> bool:
        """Whether the next words are these; if so they are read."""
        here = [word.lower() for kind, word in self.words[self.at : self.at + len(words)] if kind != "text"]
        if here != list(words):
            return False
        self.at += len(words)
        return True

    def must(self, word: str) -> None:
        assert self.takes(word), f"{word} is missing at word {self.at} of {self.words}"

    def either(self) -> Reads:
        sides = [self.both()]
        while self.takes("or"):
            sides.append(self.both())
        return sides[0] if len(sides) == 1 else lambda row, day: _any([side(row, day) for side in sides])

    def both(self) -> Reads:
        sides = [self.negated()]
        while self.takes("and"):
            sides.append(self.negated())
        return sides[0] if len(sides) == 1 else lambda row, day: _all([side(row, day) for side in sides])

    def negated(self) -> Reads:
        if self.takes("not"):
            of = self.negated()
            return lambda row, day: _not(of(row, day))
        return self.comparison()

    def comparison(self) -> Reads:
        left = self.amount()
        if self.takes("is", "not", "null"):
            return lambda row, day: left(row, day) is not None
        if self.takes("is", "null"):
            return lambda row, day: left(row, day) is None
        negative = self.takes("not")
        read = self.rest_of_comparison(left)
        return (lambda row, day: _not(read(row, day))) if negative else read

    def rest_of_comparison(self, left: Reads) -> Reads:
        if self.takes("in", "("):
            items = [self.value()]
            while self.takes(","):
                items.append(self.value())
            self.must(")")
            return lambda row, day: _any([_compared(left(row, day), "=", item(row, day)) for item in items])
        if self.takes("between"):
            low = self.value()
            self.must("and")
            high = self.value()
            return lambda row, day: _all(
                [_compared(left(row, day), ">=", low(row, day)), _compared(left(row, day), "<=", high(row, day))]
            )
        kind, sign = self.words[self.at]
        if kind == "sign" and sign in ("=", "<>", "<", "<=", ">", ">="):
            self.at += 1
            right = self.amount()
            return lambda row, day: _compared(left(row, day), sign, right(row, day))
        return left

    def amount(self) -> Reads:
        """Values added up and taken away, each a share of itself first."""
        read = self.share()
        while (sign := self.words[self.at]) in (("sign", "+"), ("sign", "-")):
            self.at += 1
            read = _added(read, self.share(), -1 if sign[1] == "-" else 1)
        return read

    def share(self) -> Reads:
        read = self.value()
        while self.takes("/"):
            read = _shared(read, Fraction(self.next()[1]))
        return read

    def value(self) -> Reads:
        kind, word = self.next()
        if kind == "text":
            return lambda row, day: word[1:-1]
        if kind == "number":
            number = Fraction(word)
            return lambda row, day: number
        if word == "(":
            inner = self.either()
            self.must(")")
            return inner
        if word == "-":
            of = self.value()
            return lambda row, day: None if (found := of(row, day)) is None else -found
        assert kind == "name", f"{word!r} is no value"
        lower = word.lower()
        if lower in ("true", "false", "null"):
            known = {"true": True, "false": False, "null": None}[lower]
            return lambda row, day: known
        if lower == "date":
            written = date.fromisoformat(self.next()[1][1:-1])
            return lambda row, day: written
        if self.takes("("):
            return self.function(lower)
        if lower in ("period_start", "period_end"):
            return lambda row, day: day.period.start if lower == "period_start" else day.period.end
        return lambda row, day: row.get(word)

    def function(self, name: str) -> Reads:
        if name in ("unread", "clock"):
            of = self.next()[1].strip("'")
            self.must(")")
            if name == "unread":
                return lambda row, day: of in (row.get("unread") or "").split()
            return lambda row, day: limit_of(of, day)
        first = self.value()
        self.must(",")
        second = self.value()
        self.must(")")
        work = FUNCTIONS[name]

        def called(row: Row, day: Day) -> Value:
            start, end = first(row, day), second(row, day)
            return None if start is None or end is None else work(start, end, day)

        return called


def limit_of(clock: str, day: Day) -> int:
    """The limit in force on the period's last day: of the latest step since then or before, else of the first."""
    steps = sorted(day.clocks[clock].steps)
    held = [limit for since, limit in steps if since <= day.period.end]
    return held[-1] if held else steps[0][1]


FUNCTIONS: dict[str, Callable[[Any, Any, Day], Value]] = {
    "months_between": lambda start, end, day: whole_months(the_day(start), the_day(end)),
    "months_after": lambda start, months, day: months_later(the_day(start), int(months)),
    "days_between": lambda start, end, day: (the_day(end) - the_day(start)).days,
    "working_days_between": lambda start, end, day: (
        bisect_right(day.working, the_day(end)) - bisect_right(day.working, the_day(start))
    ),
    "age_at": lambda born, on, day: whole_months(the_day(born), the_day(on)) // 12,
}
