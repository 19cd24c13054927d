"""The small language of `where`: parsed, checked, and written again as SQL of our own. Never passed on.

sqlglot only reads it. Every node is one of a short list, every name a column of the table or one of the
period's own, every literal a bound parameter; anything else is refused in a sentence. The checked tree stays
on the Condition, so that a second reading of the same declaration can walk it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from returns.events import EventTable

if TYPE_CHECKING:
    from sqlglot import exp

Kind = Literal["text", "date", "number", "boolean", "null"]

# The period's own names, and the column of the moments that holds each (metrics/compile.py).
MOMENT_NAMES = {"period_start": "starts", "period_end": "ends"}
FUNCTIONS = ("months_between", "months_after", "days_between", "working_days_between", "age_at", "clock", "unread")

_KINDS: dict[str, Kind] = {
    "text": "text",
    "date": "date",
    "timestamp": "date",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
}


class WhereError(ValueError):
    """The expression says something the language has no word for; the message says what."""


@dataclass
class Parameters:
    """The values bound to one statement, each once; `add` returns its place."""

    values: list[object] = field(default_factory=list)

    def add(self, value: str | float) -> str:
        """The placeholder, `$1` and on, under which `value` is bound."""
        for place, bound in enumerate(self.values, start=1):
            if type(bound) is type(value) and bound == value:
                return f"${place}"
        self.values.append(value)
        return f"${len(self.values)}"


@dataclass(frozen=True)
class Condition:
    """A checked expression over one event table: its text, its kind and the names it uses.

    `of_period` is whether its answer for a row depends on the period, by one of the period's days or a clock.
    """

    text: str
    kind: Kind
    tree: exp.Expression = field(repr=False, compare=False)
    columns: frozenset[str]
    clocks: frozenset[str]
    working_day_columns: frozenset[str]
    of_period: bool

    def sql(self, parameters: Parameters) -> str:
        """The expression as SQL over a row `r` and a moment `m`; literals are added to `parameters`."""
        return _Writer(parameters=parameters).write(self.tree)


def parse(text: str, *, table: EventTable, clocks: frozenset[str], want: Kind | None = "boolean") -> Condition:
    """The checked Condition that `text` writes over `table`; raises WhereError with the reason when it writes none."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        statements = sqlglot.parse(text, dialect="duckdb")
    except SqlglotError:
        raise WhereError(f"{text!r} cannot be read") from None
    if len(statements) != 1 or statements[0] is None:
        raise WhereError(f"{text!r} is not one expression")
    tree = statements[0]
    checker = _Checker(table=table, clocks=clocks)
    kind = checker.kind(tree)  # type: ignore[arg-type]
    if want is not None and kind not in (want, "null"):
        raise WhereError(f"{text!r} is a {kind}, where a {want} is wanted")
    return Condition(
        text=text,
        kind=kind,
        tree=tree,  # type: ignore[arg-type]
        columns=frozenset(checker.columns),
        clocks=frozenset(checker.used_clocks),
        working_day_columns=frozenset(checker.working_day_columns),
        of_period=checker.of_period,
    )


def call(node: exp.Expression) -> tuple[str, list[exp.Expression]] | None:
    """The name and arguments of a function of the language, or None when `node` is no call."""
    from sqlglot import exp

    if isinstance(node, exp.Anonymous):
        return str(node.this).lower(), list(node.expressions)
    if isinstance(node, exp.MonthsBetween) and not node.args.get("roundoff"):
        return "months_between", [node.this, node.expression]
    return None


def name_of(node: exp.Expression) -> str | None:
    """The bare name that `node` is, or None: a qualified or quoted name is none."""
    from sqlglot import exp

    if not isinstance(node, exp.Column) or node.table or node.this.args.get("quoted"):
        return None
    return str(node.name)


def literal_date(node: exp.Expression) -> date | None:
    """The day of a `date '2025-04-01'`, or None when `node` is not one; raises WhereError when it is no day."""
    from sqlglot import exp

    if not (isinstance(node, exp.Cast) and node.to.is_type("date")):
        return None
    if not (isinstance(node.this, exp.Literal) and node.this.is_string):
        return None
    try:
        return date.fromisoformat(node.this.this)
    except ValueError:
        raise WhereError(f"{node.this.this!r} is not a day written as 2025-04-01") from None


def literal_months(node: exp.Expression) -> int | None:
    """The whole number of months, 1 or more, that `node` writes, or None when it writes something else."""
    from sqlglot import exp

    if not isinstance(node, exp.Literal) or node.is_string or not str(node.this).isdigit():
        return None
    return int(node.this) or None


@dataclass
class _Checker:
    """Walks a tree once, refusing what the language lacks and gathering the names used."""

    table: EventTable
    clocks: frozenset[str]
    columns: set[str] = field(default_factory=set)
    used_clocks: set[str] = field(default_factory=set)
    working_day_columns: set[str] = field(default_factory=set)
    of_period: bool = False

    def kind(self, node: exp.Expression) -> Kind:
        """What the expression is; raises WhereError where it is not of the language."""
        from sqlglot import exp

        checks: list[tuple[tuple[type, ...], Callable[[exp.Expression], Kind]]] = [
            ((exp.Paren,), lambda n: self.kind(n.this)),
            ((exp.And, exp.Or), self._logic),
            ((exp.Not,), self._not),
            ((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), self._comparison),
            ((exp.In,), self._in),
            ((exp.Between,), self._between),
            ((exp.Is,), self._is),
            ((exp.Column,), self._name),
            ((exp.Literal,), lambda n: "text" if n.is_string else "number"),
            ((exp.Neg,), self._negative),
            ((exp.Add, exp.Sub), self._arithmetic),
            ((exp.Div,), self._share),
            ((exp.Boolean,), lambda n: "boolean"),
            ((exp.Null,), lambda n: "null"),
        ]
        for types, check in checks:
            if type(node) in types:
                return check(node)
        if literal_date(node) is not None:
            return "date"
        if (called := call(node)) is not None:
            return self._function(*called)
        raise WhereError(f"{node.sql()!r} is not of the language of `where` (see metrics/model.py)")

    def _want(self, node: exp.Expression, wanted: Kind) -> None:
        kind = self.kind(node)
        if kind not in (wanted, "null"):
            raise WhereError(f"{node.sql()!r} is a {kind}, where a {wanted} is wanted")

    def _logic(self, node: exp.Expression) -> Kind:
        self._want(node.this, "boolean")
        self._want(node.expression, "boolean")
        return "boolean"

    def _not(self, node: exp.Expression) -> Kind:
        self._want(node.this, "boolean")
        return "boolean"

    def _comparison(self, node: exp.Expression) -> Kind:
        self._same(node.this, node.expression)
        return "boolean"

    def _same(self, *nodes: exp.Expression) -> None:
        kinds = {self.kind(node) for node in nodes}
        if "null" in kinds:
            raise WhereError("nothing equals null; write `is null` or `is not null`")
        if len(kinds) > 1:
            raise WhereError(f"compares a {' with a '.join(sorted(kinds))}: {', '.join(n.sql() for n in nodes)}")

    def _in(self, node: exp.Expression) -> Kind:
        if node.args.get("query") or node.args.get("unnest") or not node.expressions:
            raise WhereError("`in` takes a list of literals in brackets")
        self._same(node.this, *node.expressions)
        if any(name_of(item) for item in node.expressions):
            raise WhereError("`in` takes a list of literals in brackets")
        return "boolean"

    def _between(self, node: exp.Expression) -> Kind:
        self._same(node.this, node.args["low"], node.args["high"])
        return "boolean"

    def _is(self, node: exp.Expression) -> Kind:
        from sqlglot import exp

        self.kind(node.this)
        if not isinstance(node.expression, exp.Null):
            raise WhereError("only `is null` and `is not null` are of the language")
        return "boolean"

    def _negative(self, node: exp.Expression) -> Kind:
        self._want(node.this, "number")
        return "number"

    def _arithmetic(self, node: exp.Expression) -> Kind:
        self._want(node.this, "number")
        self._want(node.expression, "number")
        return "number"

    def _share(self, node: exp.Expression) -> Kind:
        if literal_months(node.expression) is None:
            raise WhereError(f"{node.sql()!r} divides by something other than a whole number, 1 or more")
        return self._arithmetic(node)

    def _name(self, node: exp.Expression) -> Kind:
        name = name_of(node)
        if name in MOMENT_NAMES:
            self.of_period = True
            return "date"
        column = self.table.column(name) if name else None
        if name is None or column is None:
            raise WhereError(f"names {node.sql()}, which {self.table.name} does not carry")
        self.columns.add(name)
        return _KINDS[column.type]

    def _function(self, name: str, arguments: list[exp.Expression]) -> Kind:
        from sqlglot import exp

        if name not in FUNCTIONS:
            raise WhereError(f"calls {name}, which is not one of {', '.join(FUNCTIONS)}")
        if name == "clock":
            if len(arguments) != 1 or not (isinstance(arguments[0], exp.Literal) and arguments[0].is_string):
                raise WhereError("clock takes the name of a clock, as clock('cp_visit')")
            clock = str(arguments[0].this)
            if clock not in self.clocks:
                raise WhereError(f"names the clock {clock!r}, which config/clocks.yaml does not set")
            self.used_clocks.add(clock)
            self.of_period = True
            return "number"
        if name == "unread":
            self._unread(arguments)
            return "boolean"
        if name == "months_after":
            if len(arguments) != 2 or not literal_months(arguments[1]):
                raise WhereError("months_after takes a date and a whole number of months, as months_after(started, 3)")
            self._want(arguments[0], "date")
            return "date"
        if len(arguments) != 2:
            raise WhereError(f"{name} takes two dates")
        for argument in arguments:
            self._want(argument, "date")
            if name == "working_days_between":
                self._working_day(argument)
        return "number"

    def _unread(self, arguments: list[exp.Expression]) -> None:
        name = name_of(arguments[0]) if len(arguments) == 1 else None
        if name is None or self.table.column(name) is None:
            raise WhereError("unread takes the name of one column, as unread(last_visit)")
        self.columns.add("unread")

    def _working_day(self, node: exp.Expression) -> None:
        name = name_of(node)
        if name is None:
            raise WhereError("working_days_between takes two columns, or the period's first or last day")
        if name not in MOMENT_NAMES:
            self.working_day_columns.add(name)


@dataclass
class _Writer:
    """Writes a checked tree as SQL over a row `r` and a moment `m`."""

    parameters: Parameters

    def write(self, node: exp.Expression) -> str:
        from sqlglot import exp

        operators: dict[type, str] = {
            exp.And: "AND", exp.Or: "OR", exp.EQ: "=", exp.NEQ: "<>",
            exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.Add: "+", exp.Sub: "-", exp.Div: "/",
        }  # fmt: skip
        if (operator := operators.get(type(node))) is not None:
            return f"({self.write(node.this)} {operator} {self.write(node.expression)})"
        if isinstance(node, exp.Paren):
            return self.write(node.this)
        if isinstance(node, exp.Not):
            return f"(NOT {self.write(node.this)})"
        if isinstance(node, exp.Is):
            return f"({self.write(node.this)} IS NULL)"
        if isinstance(node, exp.In):
            return f"({self.write(node.this)} IN ({', '.join(self._all(node.expressions))}))"
        if isinstance(node, exp.Between):
            low, high = self._all([node.args["low"], node.args["high"]])
            return f"({self.write(node.this)} BETWEEN {low} AND {high})"
        return self._value(node)

    def _all(self, nodes: list[exp.Expression]) -> Iterator[str]:
        return (self.write(node) for node in nodes)

    def _value(self, node: exp.Expression) -> str:
        from sqlglot import exp

        if (name := name_of(node)) is not None:
            return column_sql(name)
        if isinstance(node, exp.Literal):
            return self.parameters.add(str(node.this)) if node.is_string else _number(str(node.this))
        if isinstance(node, exp.Neg):
            return f"(-{self.write(node.this)})"
        if isinstance(node, exp.Boolean):
            return "TRUE" if node.this else "FALSE"
        if isinstance(node, exp.Null):
            return "CAST(NULL AS BOOLEAN)"
        if (day := literal_date(node)) is not None:
            return f"DATE '{day.isoformat()}'"
        called = call(node)
        assert called is not None, "the checker let through a node that the writer cannot write"
        name, arguments = called
        if name == "clock":
            return f"m.clock_{arguments[0].this}"
        if name == "unread":
            return unread_sql(str(name_of(arguments[0])), self.parameters)
        if name == "months_after":
            # DuckDB, like returns.periods.add_months, keeps the day within the month that it lands in.
            months = literal_months(arguments[1])
            return f"CAST({self.write(arguments[0])} + INTERVAL {months} MONTH AS DATE)"
        if name == "working_days_between":
            start, end = (working_day_sql(str(name_of(argument))) for argument in arguments)
            return f"({end} - {start})"
        start, end = self._all(arguments)
        return between_sql(name, start, end)


def column_sql(name: str) -> str:
    """A declared column, or the period's first or last day, as SQL."""
    return f"m.{MOMENT_NAMES[name]}" if name in MOMENT_NAMES else f'r."{name}"'


def unread_sql(name: str, parameters: Parameters) -> str:
    """Whether the row's cell for a declared column was filled but could not be read, as SQL."""
    named = f"list_contains(string_split(r.\"unread\", ' '), {parameters.add(name)})"
    return f'CASE WHEN r."unread" IS NULL THEN FALSE ELSE {named} END'


def working_day_sql(name: str) -> str:
    """The number of the working day that a column, or the period's first or last day, falls on."""
    return f"m.{MOMENT_NAMES[name]}_working_day" if name in MOMENT_NAMES else f'r."{name}_working_day"'


def between_sql(name: str, start: str, end: str) -> str:
    """Days, whole months or whole years from `start` to `end`, as SQL over two date expressions."""
    if name == "days_between":
        return f"date_diff('day', {start}, {end})"
    # A month is complete on its own day, or on the month's last day where it has no such day; so
    # that months_between(a, b) is the largest n with returns.periods.add_months(a, n) <= b.
    months = (
        f"(date_diff('month', {start}, {end}) - CASE WHEN day({end}) < day({start}) "
        f"AND {end} <> last_day({end}) THEN 1 ELSE 0 END)"
    )
    return f"CAST(floor({months} / 12.0) AS INTEGER)" if name == "age_at" else months


def _number(text: str) -> str:
    try:
        return str(int(text))
    except ValueError:
        return repr(float(text))
