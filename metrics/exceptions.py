"""What needs talking about: the exceptions of a quarter, ranked, with their state against the quarter before.

One exception an indicator or watched group, its causes together (metrics/causes.py). *Alert* needs a strong cause or
two of them; else *watch*. How many would be raised where nothing happened is in docs/false-alarms.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from metrics.agreement import Reconciled, side
from metrics.benchmarks import Benchmarks
from metrics.causes import Cause, Rule, Severity, causes, severity
from metrics.compute import Held
from metrics.lines import Line, Lines, lines_of
from metrics.memory import Identity, remembered
from metrics.reconcile import Reconciliation, reconcile
from metrics.schemes import Scheme, chosen
from metrics.scorecard import NoPeriod, read_ground, read_settings
from returns.catalogue import TITLES
from returns.partnership import agencies, expected
from returns.periods import Period

if TYPE_CHECKING:
    from warehouse.reading import Reader

State = Literal["new", "continuing", "resolved"]

# So many are on the agenda; the rest are listed.
AGENDA = 10
# How far back the start of an exception is looked for.
QUARTERS = 8
# The indicators under which the data's own exceptions are listed: their groups are returns, and pairs of numbers.
RETURNS_IN, RECONCILED = "dq_returns_in", "dq_reconciled"
# Pairs that are of the quarter or of a year that it is in; what a report once printed stays as it was.
_OF_NOW = ("returns", "totals", "published", "change")
PEOPLE = ("children", "adults")


@dataclass(frozen=True)
class Exceptional:
    """One exception. `since` is the first quarter of the run that it is in; `rank` its place on the agenda, from 1.

    `line` is the line of the scorecard that it is of; None for the data's own. `since` reaches eight quarters back.
    """

    indicator: str
    group: str | None
    title: str
    period: Period
    causes: tuple[Cause, ...]
    severity: Severity
    state: State
    since: str
    sentence: str
    rank: int | None = None
    # The rules that did not fire in the quarter before.
    new_rules: frozenset[Rule] = frozenset()
    line: Line | None = field(default=None, repr=False, compare=False)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that fired, without repeats."""
        return tuple(dict.fromkeys(cause.rule for cause in self.causes))

    def as_json(self) -> dict[str, Any]:
        """The exception as `python -m metrics exceptions --format json` gives it."""
        return {
            "indicator": self.indicator,
            "group": self.group,
            "period": str(self.period),
            "rules": list(self.rules),
            "severity": self.severity,
            "state": self.state,
            "since": self.since,
            "sentence": self.sentence,
            "title": self.title,
            "rank": self.rank,
        }


def exceptions(
    source: Reader,
    *,
    period: Period | None = None,
    remember: Identity | None = None,
    scheme: str | Scheme | None = None,
) -> tuple[Exceptional, ...]:
    """The exceptions of a quarter (the latest with a submission, unless given): the agenda first, resolved ones last.

    They are as `scheme` shows them: the default one of config/disclosure.yaml, unless the viewer's is given. One that
    protects leaves out groups of children and adults, whose sentences would tell small counts; under one that protects
    the whole county too, figures are judged by what is shown of them, and sentences of people give none. Raises
    NoPeriod, WarehouseError, CatalogueError or SettingsError.
    """
    shown_as = chosen(scheme)
    judged_by = shown_as if shown_as.whole_county == "protected" else chosen("none")
    settings = read_settings()
    key = (remember, "exceptions", settings.key, expected(), period, judged_by) if remember else None
    found = remembered(key, lambda: _made(source, period, remember, judged_by))
    return numbered(_protected(found, shown_as)) if shown_as.protects else found


def _made(source: Reader, period: Period | None, remember: Identity | None, scheme: Scheme) -> tuple[Exceptional, ...]:
    settings = read_settings()
    ground: tuple[Held, Benchmarks, bool] = remembered(
        (remember, settings.whose.area_code, settings.whose.region_code) if remember else None,
        lambda: read_ground(source, settings.whose),
    )
    held, published, _ = ground
    quarter = period or held.coverage.latest_quarter()
    if quarter is None:
        raise NoPeriod("No return has been accepted yet, so there is no quarter to show.")
    quarters = [quarter.quarter().earlier(step) for step in range(QUARTERS + 1)]
    first = min(held.coverage.quarters(), default=quarters[0])
    quarters = [one for one in quarters if one >= first or one == quarters[0]]
    lines = lines_of(
        source, quarters, settings=settings, held=held, published=published, remember=remember, scheme=scheme
    )
    reconciled = reconcile(source, period=quarters[0], remember=remember)
    found = [
        *of_lines(lines, quarters),
        *_missing(held, quarters),
        *_not_reconciled(reconciled, quarters[0]),
    ]
    return ranked(found, board=frozenset(settings.board.indicators))


# ---- figures --------------------------------------------------------------------------------------------------------


def of_lines(lines: Lines, quarters: Sequence[Period]) -> Iterator[Exceptional]:
    """The exceptions of the first of the quarters, which are latest first, and those of the second now resolved."""
    past = _Past(lines, quarters)
    for line in lines.of(quarters[0]):
        found = causes(line)
        if found:
            rules = {cause.rule for cause in found}
            since = past.since(line, rules)
            fresh = frozenset(rule for rule in rules if past.since(line, {rule}) == quarters[0])
            one = _exception(line, found, "new" if since == quarters[0] else "continuing", since)
            yield replace(one, new_rules=fresh)
    if len(quarters) > 1:
        raised = {_key(line) for line in lines.of(quarters[0]) if causes(line)}
        for line in lines.of(quarters[1]):
            before = causes(line)
            if before and _key(line) not in raised:
                earliest = past.since(line, {cause.rule for cause in before}, start=1)
                yield _resolved(line, before, quarters[0], earliest)


@dataclass
class _Past:
    """The causes of earlier quarters' lines, worked out when they are asked for."""

    lines: Lines
    quarters: Sequence[Period]
    found: dict[Period, dict[tuple[str, str | None], Line]] = field(default_factory=dict)

    def since(self, line: Line, rules: set[Rule], *, start: int = 0) -> Period:
        """The first quarter of the run, up to the one at `start`, in which one of the rules fired."""
        first = self.quarters[start]
        for quarter in self.quarters[start + 1 :]:
            if quarter not in self.found:
                self.found[quarter] = {_key(one): one for one in self.lines.of(quarter)}
            then = self.found[quarter].get(_key(line))
            if then is None or not rules & {cause.rule for cause in causes(then)}:
                break
            first = quarter
        return first


def _key(line: Line) -> tuple[str, str | None]:
    return line.indicator.id, line.result.group


def _exception(line: Line, found: tuple[Cause, ...], state: State, since: Period) -> Exceptional:
    name = _name(line)
    first, *others = found
    sentence = f"{name}: {first.says}." + "".join(f" Also {cause.says}." for cause in others)
    return Exceptional(
        indicator=line.indicator.id, group=line.result.group, title=name, period=line.quarter, causes=found,
        severity=severity(found) or "watch", state=state, since=str(since), sentence=sentence, line=line,
    )  # fmt: skip


def _resolved(line: Line, before: tuple[Cause, ...], quarter: Period, since: Period) -> Exceptional:
    past = _exception(line, before, "resolved", since)
    return replace(past, period=quarter, sentence=f"No longer: {past.sentence}")


def _name(line: Line) -> str:
    return line.indicator.title if line.result.group is None else f"{line.indicator.title}, {line.result.group}"


# ---- the data's own -------------------------------------------------------------------------------------------------


def _missing(held: Held, quarters: Sequence[Period]) -> Iterator[Exceptional]:
    """A return owed each month or quarter that nobody has sent for the quarter, though one was sent before it."""
    sent = {(one.return_name, one.agency, one.period.quarter()) for one in held.coverage.submissions}
    ever = {(name, agency) for name, agency, quarter in sent if quarter < quarters[0]}
    senders = {one.name: one.title for one in agencies()}
    for owed in expected():
        who = (owed.return_name, owed.agency)
        until = Period.parse(owed.until) if owed.until else None
        if owed.cadence not in ("month", "quarter") or who not in ever or (until and until.end < quarters[0].end):
            continue
        run = []
        for quarter in quarters:
            if (*who, quarter) in sent:
                break
            run.append(quarter)
        if run:
            sender = senders.get(owed.agency, owed.agency)
            title = f"{TITLES[owed.return_name]}, {sender}"
            cause = Cause("missing", f"no return has been accepted for {quarters[0].label}")
            yield _of_data(RETURNS_IN, f"{owed.return_name}, {owed.agency}", title, quarters[0], cause, run[-1])


def _not_reconciled(found: Reconciliation, quarter: Period) -> Iterator[Exceptional]:
    """Two numbers that should agree and do not."""
    for one in found.of("differs"):
        if one.pair.kind in _OF_NOW:
            cause = Cause("not_reconciled", _differs(one))
            yield _of_data(RECONCILED, one.pair.id, one.pair.title, quarter, cause, one.since or quarter)


def _differs(one: Reconciled) -> str:
    pair = one.pair
    left, right = f"{pair.left.name} {side(one.left, pair)}", f"{pair.right.name} {side(one.right, pair)}"
    return "; ".join([f"{left}, {right}, {one.when}", *(note.rstrip(".") for note in one.notes[:1])])


def _of_data(indicator: str, group: str, title: str, quarter: Period, cause: Cause, since: Period | str) -> Exceptional:
    is_new = str(since) == str(quarter)
    return Exceptional(
        indicator=indicator, group=group, title=title, period=quarter, causes=(cause,), severity="watch",
        state="new" if is_new else "continuing", since=str(since), sentence=f"{title}: {cause.says}.",
    )  # fmt: skip


# ---- order ----------------------------------------------------------------------------------------------------------


def ranked(found: Iterable[Exceptional], *, board: frozenset[str] = frozenset()) -> tuple[Exceptional, ...]:
    """In the order of the agenda, its first ten numbered.

    Alerts before watches, those with a new cause before those that only go on, then the board's indicators, those
    with more causes, the whole county before groups, figures before the data's own; else the order of the scorecard.
    Resolved ones come last.
    """
    every = list(found)
    live = sorted((one for one in every if one.state != "resolved"), key=lambda one: _weight(one, board))
    return numbered([*live, *(one for one in every if one.state == "resolved")])


def numbered(found: Iterable[Exceptional]) -> tuple[Exceptional, ...]:
    """In their order, the first ten that are not resolved numbered: a number that is left out would tell of one."""
    made, place = [], 0
    for one in found:
        place += one.state != "resolved"
        made.append(replace(one, rank=place if one.state != "resolved" and place <= AGENDA else None))
    return tuple(made)


def _weight(one: Exceptional, board: frozenset[str]) -> tuple[object, ...]:
    return (
        one.severity != "alert",
        one.state != "new" and not one.new_rules,
        one.line is None or one.indicator not in board,
        -len(one.causes),
        one.group is not None,
        one.line is None,
    )


# ---- what a role may read -------------------------------------------------------------------------------------------


def _protected(found: Iterable[Exceptional], scheme: Scheme) -> Iterator[Exceptional]:
    for one in found:
        of_people = one.line is None or one.line.indicator.about in PEOPLE
        if one.line is None and one.indicator == RETURNS_IN:
            of_people = False
        if not of_people:
            yield one
        elif one.line is not None and one.group is not None:
            continue
        elif one.line is not None and scheme.whole_county == "shown":
            yield one
        else:
            yield _without_figures(one)


# What is said of a rule where no figure may be.
RULE_WORDS: dict[Rule, str] = {
    "special_cause": "outside what is expected of it, for the worse",
    "unusual": "outside what is expected of it",
    "target_missed": "short of its target",
    "target_never_met": "its target is beyond the range in which it varies",
    "outlier": "worse than its statistical neighbours",
    "changed": "worse than the same quarter a year before",
    "missing": "a return is missing",
    "poor_data": "many of its rows could not be judged, or came late",
    "not_reconciled": "two numbers that should agree do not",
}


def _without_figures(one: Exceptional) -> Exceptional:
    plain = tuple(replace(cause, says=RULE_WORDS[cause.rule]) for cause in one.causes)
    gone = "No longer: " if one.state == "resolved" else ""
    said = "; ".join(dict.fromkeys(cause.says for cause in plain))
    return replace(one, causes=plain, sentence=f"{gone}{one.title}: {said}.", line=None)
