"""What one indicator asks of each row, and what is counted of the answers: the pieces that a branch puts together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from metrics.clocks import Clocks
from metrics.declared import Declared, parts
from metrics.model import JudgeAfter, Part
from metrics.where import Parameters, between_sql, column_sql, unread_sql, working_day_sql

Role = Literal["both", "numerator", "denominator"]

# What every indicator's list of counts starts with; a mean's sum of squares and `says_when` counts follow.
NUMERATOR, DENOMINATOR, LEFT_OUT, TOO_RECENT, SQUARES, SAYS_WHEN = range(6)


@dataclass(frozen=True)
class Tally:
    """One indicator's part in a branch.

    `role` is `both` where numerator and denominator are counted of the same rows. `values` are SQL over a row `r`
    and a moment `m`, by name; `state` is over those values, `aggregates` over both; `{n}` is the tally's place.
    An `additive` tally's aggregates are sums of rows that do not depend on the period, so that months add up.
    """

    indicator: str
    role: Role
    membership: str
    state: str = field(repr=False)
    values: dict[str, str] = field(repr=False, hash=False)
    aggregates: tuple[str, ...] = field(repr=False)
    columns: frozenset[str] = field(repr=False)
    working_days: frozenset[str] = field(repr=False)
    clocks: frozenset[str] = field(repr=False)
    additive: bool


def tallies_of(declared: Declared, *, parameters: Parameters, clocks: Clocks) -> list[Tally]:
    """The indicator's tallies: one where its parts are measured on the same rows, else one for each part."""
    measured = dict(parts(declared.indicator))
    numerator, denominator = measured["numerator"], measured.get("denominator")
    judged = _judged(declared.indicator.judge_after, _judged_on(declared), clocks)
    if denominator is None:
        return [_tally(declared, "numerator", numerator, None, judged, parameters)]
    if numerator.membership == denominator.membership:
        return [_tally(declared, "both", numerator, denominator, judged, parameters)]
    return [
        _tally(declared, "numerator", numerator, None, judged, parameters),
        _tally(declared, "denominator", None, denominator, judged, parameters),
    ]


def _tally(
    declared: Declared,
    role: Role,
    numerator: Part | None,
    denominator: Part | None,
    judged: str | None,
    parameters: Parameters,
) -> Tally:
    member = numerator or denominator
    assert member is not None, "a tally is of a numerator, a denominator or both"
    above, below = declared.part_condition("numerator"), declared.part_condition("denominator")
    # Which rows are of the indicator at all, and which of those are in the numerator.
    scope, met = {"both": (below, above), "numerator": (above, None), "denominator": (below, None)}[role]
    asked = {"scope": scope, "needs": declared.conditions.get("needs"), "met": met}
    answers = {name: condition.sql(parameters) for name, condition in asked.items() if condition is not None}
    if judged is not None:
        answers["judged"] = judged
    columns, working_days, clocks = _names(declared)
    if member.open is not None:
        # Whether the row is open is unknown where its end was sent and could not be read.
        answers["unread"] = unread_sql(str(declared.indicator.event_table.ended), parameters)
        columns.add("unread")
    measured = _measured_values(declared, numerator, denominator, parameters)
    says = {
        f"says_{number}": declared.conditions[f"says_when.{number}"].sql(parameters)
        for number in range(len(declared.indicator.says_when))
    }
    return Tally(
        indicator=declared.id,
        role=role,
        membership=member.membership,
        state=_state(answers, measured),
        values={f"{name}_{{n}}": sql for name, sql in {**answers, **measured, **says}.items()},
        aggregates=_aggregates(numerator, denominator, len(says)),
        columns=frozenset(columns),
        working_days=frozenset(working_days),
        clocks=frozenset(clocks),
        additive=not clocks
        and not any(condition.of_period for condition in declared.conditions.values())
        and all(part is None or part.measure in ("count", "sum", "mean") for part in (numerator, denominator))
        and (judged is None or _judged_on(declared) != "period_end"),
    )


def _judged_on(declared: Declared) -> str:
    """The day on which a row is old enough or not: the extract's, or the last of the period for what is open then."""
    after = declared.indicator.judge_after
    if after is not None and after.seen_to is not None:
        return after.seen_to
    return "extract_date" if declared.indicator.nature in ("flow", "snapshot") else "period_end"


def _names(declared: Declared) -> tuple[set[str], set[str], set[str]]:
    """The columns, the columns whose working-day numbers, and the clocks that the indicator uses."""
    columns: set[str] = set()
    working_days: set[str] = set()
    clocks: set[str] = set()
    for condition in declared.conditions.values():
        columns |= condition.columns
        working_days |= condition.working_day_columns
        clocks |= condition.clocks
    for _, part in parts(declared.indicator):
        columns |= {part.weight} if part.weight is not None else set()
        if part.measure == "distinct":
            columns.add(str(part.of))
    if (after := declared.indicator.judge_after) is not None:
        days = {after.start, _judged_on(declared)} - {"period_end"}
        columns |= days
        if after.clock is not None:
            clocks.add(after.clock)
        if after.clock is not None or after.working_days is not None:
            working_days |= days
    return columns, working_days, clocks


def _judged(after: JudgeAfter | None, on: str, clocks: Clocks) -> str | None:
    """Whether a row is old enough to judge: more than so many days, or at least so many whole months, have passed."""
    if after is None:
        return None
    start, end = column_sql(after.start), column_sql(on)
    if after.months is not None:
        return f"({between_sql('months_between', start, end)} >= {after.months})"
    if after.days is not None:
        return f"({between_sql('days_between', start, end)} > {after.days})"
    limit = f"m.clock_{after.clock}" if after.clock is not None else str(after.working_days)
    if after.clock is not None and clocks[after.clock].unit == "days":
        return f"({between_sql('days_between', start, end)} > {limit})"
    return f"({working_day_sql(on)} - {working_day_sql(after.start)} > {limit})"


def _state(answers: Collection[str], measured: Collection[str]) -> str:
    """The row's state, 0 to 4 (metrics/compile.py), as SQL over its answers. Unknown is not false: it is 3."""
    cases = []
    if "scope" in answers:
        cases += ["WHEN NOT scope_{n} THEN 0", "WHEN scope_{n} IS NULL THEN 3"]
    if "judged" in answers:
        cases.append("WHEN NOT judged_{n} THEN 4")
    unknown = [
        *(["judged_{n} IS NULL"] if "judged" in answers else []),
        *(["needs_{n} IS NOT TRUE"] if "needs" in answers else []),
        *(["unread_{n}"] if "unread" in answers else []),
        *(f"{name}_{{n}} IS NULL" for name in measured),
        *(["met_{n} IS NULL"] if "met" in answers else []),
    ]
    if unknown:
        cases.append(f"WHEN {' OR '.join(unknown)} THEN 3")
    if "met" in answers:
        cases.append("WHEN NOT met_{n} THEN 1")
    return f"CASE {' '.join(cases)} ELSE 2 END" if cases else "2"


def _measured_values(
    declared: Declared, numerator: Part | None, denominator: Part | None, parameters: Parameters
) -> dict[str, str]:
    """The measured columns and expressions, by the name of the branch's column that holds each."""
    found: dict[str, str] = {}
    for role, part in (("numerator", numerator), ("denominator", denominator)):
        if part is None:
            continue
        if part.measure == "distinct":
            found[f"{role}_of"] = column_sql(str(part.of))
        elif part.measure in ("sum", "mean", "median"):
            found[f"{role}_of"] = declared.conditions[f"{role}.of"].sql(parameters)
        if part.weight is not None:
            found[f"{role}_weight"] = column_sql(part.weight)
    return found


def _aggregates(numerator: Part | None, denominator: Part | None, says: int) -> tuple[str, ...]:
    above, below, squares = "NULL", "NULL", "NULL"
    if numerator is not None:
        above, below, squares = _measured(numerator, "numerator", "state_{n} = 2")
    if denominator is not None:
        below = _measured(denominator, "denominator", "state_{n} IN (1, 2)")[0]
    said = [f"count(*) FILTER (state_{{n}} IN (1, 2) AND says_{number}_{{n}})" for number in range(says)]
    return (above, below, "count(*) FILTER (state_{n} = 3)", "count(*) FILTER (state_{n} = 4)", squares, *said)


def _measured(part: Part, role: str, counted: str) -> tuple[str, str, str]:
    """The measure's SQL, what it is of where it is its own denominator, and a plain mean's sum of squares."""
    of, weight = f"{role}_of_{{n}}", f"{role}_weight_{{n}}"
    if part.measure == "count":
        return f"count(*) FILTER ({counted})", "NULL", "NULL"
    if part.measure == "distinct":
        return f"count(DISTINCT {of}) FILTER ({counted})", "NULL", "NULL"
    if part.measure == "sum":
        return f"coalesce(sum({of}) FILTER ({counted}), 0)", "NULL", "NULL"
    if part.measure == "median":
        return f"median({of}) FILTER ({counted})", f"count(*) FILTER ({counted})", "NULL"
    if part.weight is not None:
        return f"sum({of} * {weight}) FILTER ({counted})", f"sum({weight}) FILTER ({counted})", "NULL"
    return f"sum({of}) FILTER ({counted})", f"count(*) FILTER ({counted})", f"sum({of} * {of}) FILTER ({counted})"
