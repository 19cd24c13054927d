"""An indicator's page in words: its title, the sentence that answers it, and the names of its choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard import figures, icons
from dashboard.charts_over_time import tick
from dashboard.charts_runs import runs
from dashboard.frame import Said
from metrics.causes import Rule, causes
from metrics.exceptions import RULE_WORDS
from metrics.inquiry import Inquiry
from metrics.lines import Line
from metrics.result import Basis, Result
from metrics.rounding import rounded

BASES: dict[str, str] = {"reported": "As first reported", "known": "As now known"}
NOT_BROKEN_DOWN = "none"
# Groupings whose column name is not yet what a partnership says.
_GROUPINGS = {
    NOT_BROKEN_DOWN: "Nothing", "age_band": "Age", "source": "Who made it", "disability": "Disability",
    "uasc": "Unaccompanied asylum-seeking", "team": "Team", "ceased_reason": "Why care ended",
    "organisation_group": "Kind of agency", "breakdown": "Breakdown sent", "received_rating": "Rating on receipt",
    "main_concern": "Main concern", "fgm": "Female genital mutilation",
}  # fmt: skip
NAMED_GROUPS = 4


def grouping(name: str) -> str:
    """A grouping as a choice names it: `Age`, `Placement type`."""
    return _GROUPINGS.get(name) or f"{name[0].upper()}{name[1:].replace('_', ' ')}"


def title(line: Line, of: Inquiry) -> str:
    """The page's title: the indicator's question, and its period."""
    period = of.head.period.label
    return f"{line.indicator.question} {period[0].upper()}{period[1:]}"


def answer(line: Line, of: Inquiry) -> list[Said]:
    """One sentence that answers: the figure, its change on the year, what is unusual, how the target stands."""
    head, indicator = of.head, line.indicator
    if indicator.share:
        return [Said(f"{indicator.title}: {shares([one.result for one in of.groups])}.")]
    if head.value is None:
        return [Said(f"{indicator.title}: {_none(line, head)}")]
    counts = figures.counts(head)
    said = [Said(f"{indicator.title}: {figures.value(head)}" + (f" ({counts})" if counts else ""))]
    if change := _on_year(line, head):
        said.append(Said(f", {change}"))
    said.extend(_judged(line))
    return [*said, Said(".")]


def shares(groups: Sequence[Result]) -> str:
    """The largest groups with their shares; those that are hidden are not named."""
    seen = sorted((one for one in groups if one.value is not None), key=lambda one: -(one.value or 0))
    return ", ".join(f"{one.group} {figures.value(one)}" for one in seen[:NAMED_GROUPS]) or "no figure"


def _none(line: Line, head: Result) -> str:
    if head.status == "z":
        return "there were none to count."
    why = head.reason or f"{figures.value(head)}."
    last = next((one for one in reversed(line.series) if one.value is not None), None)
    return f"{why} The last figure is {figures.value(last)}, {tick(last)}." if last else why


def _on_year(line: Line, head: Result) -> str:
    before = line.year_ago
    if before is None or before.value is None or head.value is None or head.basis != line.result.basis:
        return ""
    change = rounded(head.value - before.value, head.decimals)
    if change == 0:
        return "as a year ago"
    way = "more" if change > 0 else "less"
    if head.unit == "count":
        way = "more" if change > 0 else "fewer"
        return f"{abs(change):,.{head.decimals}f} {way} than a year ago"
    unit = " points" if head.unit == "percent" else ""
    return f"{abs(change):,.{head.decimals}f}{unit} {way} than a year ago"


def _judged(line: Line) -> Iterator[Said]:
    """Why it is an exception, or else what the process chart says; each verdict in its colour and its word."""
    charted, raised = line.process, line.result.exception
    if charted is None or charted.variation is None or charted.last is None:
        run = None
    else:
        run = next((one for one in runs(charted) if charted.points[one.places[-1]] is charted.last), None)
    if raised is not None:
        reasons = [RULE_WORDS[rule] for rule in _rules(line, charted=run is not None)]
        yield Said("; ")
        yield Said(raised, tone="bad")
        if reasons:
            yield Said(f": {', '.join(reasons)}")
    if charted is None or charted.variation is None or charted.last is None:
        return
    if run is not None:
        yield Said("; ")
        yield Said(charted.icon_words, tone=icons.tone(charted.variation))
        yield Said(f": {run.said}, to {tick(charted.last)}")
    elif raised is None and charted.spc is not None and charted.spc.state in ("ok", "trial"):
        yield Said("; within the range expected of it")


def _rules(line: Line, *, charted: bool) -> list[Rule]:
    """The rules that fired; without the chart's own where its last run is said in full."""
    fired = dict.fromkeys(cause.rule for cause in causes(line))
    return [rule for rule in fired if not (charted and rule in ("special_cause", "unusual"))]


def basis_words(basis: Basis) -> str:
    """`as first reported` or `as now known`."""
    return BASES[basis][0].lower() + BASES[basis][1:]
