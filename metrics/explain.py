"""How a figure came about: the definition, the SQL, the submissions, files and row counts used, and the figure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from metrics import schemes
from metrics.catalogue import Catalogue, load_catalogue
from metrics.compile import Moment, statement
from metrics.compute import figures, read_held
from metrics.coverage import Submission
from metrics.declared import Declared
from metrics.line_moments import headline
from metrics.memory import Identity
from metrics.model import Indicator, Part
from metrics.protected import is_protected
from metrics.protected_figures import protected_figures
from metrics.result import Basis, Result, shown
from metrics.schemes import Scheme
from metrics.scorecard import NoPeriod
from returns.partnership import partnership
from returns.periods import Period

if TYPE_CHECKING:
    from warehouse.reading import Reader


@dataclass(frozen=True)
class Used:
    """One submission behind the figure, and how many of its rows were in each part, left out and too recent.

    A count is None where it is hidden, and the denominator too where there is none.
    """

    submission: Submission
    numerator: float | None
    denominator: float | None
    left_out: int | None
    too_recent: int | None

    @property
    def in_words(self) -> str:
        """How many rows were in each part."""
        if self.numerator is None:
            return "how many of its rows were counted is hidden"
        parts = f"{shown(self.numerator)} in the numerator"
        if self.denominator is not None:
            parts += f", {shown(self.denominator)} in the denominator"
        return f"{parts}, {self.left_out or 0:,} left out, {self.too_recent or 0:,} too recent"


@dataclass(frozen=True)
class Explanation:
    """Everything that one figure rests on. `sql` is empty where the figure is of totals, or there is none."""

    indicator: Indicator
    declared_in: str
    result: Result
    sql: str = field(repr=False)
    parameters: tuple[object, ...]
    used: tuple[Used, ...]

    def as_json(self) -> dict[str, Any]:
        """The explanation as one JSON value."""
        return {
            "indicator": self.indicator.id,
            "definition": self.indicator.model_dump(mode="json", by_alias=True, exclude_none=True),
            "declared_in": self.declared_in,
            "sql": self.sql,
            "parameters": list(self.parameters),
            "submissions": [
                {
                    "id": one.submission.id,
                    "return": one.submission.return_name,
                    "agency": one.submission.agency,
                    "period": str(one.submission.period),
                    "extracted": one.submission.extracted.isoformat() if one.submission.extracted else None,
                    "file": one.submission.file,
                    "sheet": one.submission.sheet,
                    "rows_accepted": one.submission.rows_accepted,
                    "numerator": one.numerator,
                    "denominator": one.denominator,
                    "left_out": one.left_out,
                    "too_recent": one.too_recent,
                }
                for one in self.used
            ],
            "figure": self.result.as_series_json()
            | {
                "too_recent": self.result.too_recent,
                "left_out": self.result.left_out,
                "sentence": self.result.sentence,
                "version": self.result.version,
            },
        }

    def as_text(self) -> str:
        """The explanation as a person reads it."""
        return "\n".join([*_definition(self.indicator, self.declared_in), *self._workings(), "", self.result.sentence])

    def _workings(self) -> list[str]:
        lines = [""]
        if self.sql:
            lines += ["SQL", *(f"  {line}" for line in self.sql.splitlines())]
            lines += [f"  ${place} is {value!r}" for place, value in enumerate(self.parameters, start=1)]
            lines.append("")
        lines.append(f"Submissions behind it (version {self.result.version or 'none'})")
        for one in self.used:
            submission = one.submission
            extracted = f"extract of {submission.extracted}" if submission.extracted else "no extract date"
            lines.append(
                f"  {submission.id}  {submission.return_name}, {submission.agency}, {submission.period}, {extracted}: "
                f"{submission.file or 'no file'}{_rows(submission)}"
            )
            lines.append(f"    {one.in_words}")
        if not self.used:
            lines.append("  none")
        return lines


def explain(
    source: Reader,
    indicator: str,
    *,
    period: Period | None = None,
    basis: Basis | None = None,
    catalogue: Catalogue | None = None,
    remember: Identity | None = None,
    scheme: str | Scheme | None = None,
) -> Explanation:
    """The explanation of one figure: as the scorecard shows it for a quarter, or of any period on the basis given.

    It is as `scheme` shows it: the default one, unless the viewer's is given. Raises NoSuchIndicator or NoPeriod.
    """
    chosen = catalogue or load_catalogue()
    one = chosen[indicator]
    whose = partnership()
    held = read_held(source, area_code=whose.area_code)
    wanted = period or held.coverage.latest_quarter()
    if wanted is None:
        raise NoPeriod("No return has been accepted yet, so there is no figure to explain.")
    moment = headline(one.indicator, wanted) if wanted.window == "quarter" else Moment(wanted, "known")
    if basis is not None:
        moment = Moment(moment.period, basis)
    by_submission = {indicator: ("submission_id",)} if one.indicator.table != "aggregates" else {}
    shown_as = schemes.chosen(scheme)
    found = figures(
        source, {one: [moment]}, catalogue=chosen, groups=by_submission, area_code=whose.area_code, held=held,
        remember=remember,
    )  # fmt: skip
    result = protected_figures(
        source, {one: [moment]}, catalogue=chosen, scheme=shown_as, area_code=whose.area_code, held=held,
        remember=remember,
    ).county(indicator, moment)  # fmt: skip
    submissions = {submission.id: submission for submission in held.coverage.submissions}
    counted = {part.group: part for part in found.groups(indicator, moment, by="submission_id")}
    used = [
        _used(submissions[name], counted.get(name), one)
        for name in dict.fromkeys([*result.sources, *(str(group) for group in counted)])
        if name in submissions
    ]
    if is_protected(one.indicator, shown_as) and (len(used) > 1 or shown_as.whole_county == "protected"):
        # Each is a part of the county, and the same rows are in the figures of several periods.
        used = [Used(_as_shown(part.submission, shown_as), None, None, None, None) for part in used]
    sql, parameters = "", tuple[object, ...]()
    if result.sources and not result.from_totals:
        made = statement(one.indicator.table, {one: [moment]}, groups=(), clocks=chosen.clocks)
        sql, parameters = made.sql, made.parameters
    return Explanation(one.indicator, f"{one.file}, line {one.line}", result, sql, parameters, tuple(used))


def _as_shown(submission: Submission, scheme: Scheme) -> Submission:
    """The submission without the number of its rows, where the scheme hides small counts of the whole county too."""
    return replace(submission, rows_accepted=None) if scheme.whole_county == "protected" else submission


def _rows(submission: Submission) -> str:
    return "" if submission.rows_accepted is None else f", {submission.rows_accepted:,} rows accepted"


def _used(submission: Submission, part: Result | None, one: Declared) -> Used:
    if part is None:
        return Used(submission, 0, 0 if len(one.indicator.parts) == 2 else None, 0, 0)
    of_rows = not (one.indicator.per_population or one.indicator.asked)
    denominator = part.denominator if of_rows else None
    return Used(submission, part.numerator or 0, denominator, part.left_out or 0, part.too_recent or 0)


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """The declaration as (what it says, in which words), without what it does not say."""
    facts = [
        ("Question", indicator.question),
        ("Counts", _part(indicator.numerator)),
        ("Over", _part(indicator.denominator) if indicator.denominator else None),
        ("Needs", indicator.needs),
        ("From", f"{indicator.event_table.title} ({indicator.table}), a {indicator.nature}"),
        ("Better", indicator.better),
        ("Benchmark", indicator.benchmark),
        ("Owner", indicator.owner),
        ("Caution", indicator.caution),
    ]
    return [(name, text) for name, text in facts if text]


def _definition(indicator: Indicator, declared_in: str) -> list[str]:
    """The declaration as lines of text."""
    facts = [*definition(indicator), ("Declared in", declared_in)]
    width = max(len(name) for name, _ in facts)
    return [
        f"{indicator.title} ({indicator.id})",
        "",
        *(f"{name:{width}}  {text}" for name, text in facts),
    ]


def _part(part: Part) -> str:
    """A numerator or denominator in words."""
    if part.measure == "population":
        return f"children aged {part.population}"
    if part.measure == "asked":
        return f"{part.asked} asked for the return"
    what = {
        "count": "rows",
        "distinct": f"different {part.of}",
        "sum": f"the sum of {part.of}",
        "mean": f"the mean of {part.of}",
        "median": f"the median of {part.of}",
    }[part.measure]
    if part.weight:
        what += f", weighted by {part.weight}"
    if part.membership != "totals":
        what += f", {part.membership}"
    return f"{what}, where {part.where}" if part.where else what
