"""One exception on the screen: why it is here, its chart, what its agency says, what was promised and decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from dashboard import charts, exceptions_table, frame
from dashboard.address import link
from dashboard.charts_over_time import over_time
from dashboard.exceptions_table import subject, who
from dashboard.frame import Said, Visit
from dashboard.said_forms import commentary_form, decision_form
from metrics.annotations import read_annotations
from metrics.catalogue import CatalogueError
from metrics.exceptions import Exceptional, exceptions
from metrics.memory import identity
from metrics.result import Result
from metrics.scorecard import scorecard_of
from metrics.spoken import Judged, judged, other_way, promise_words, stale
from metrics.targets import targets
from returns.partnership import SettingsError
from returns.periods import Period, day_words
from warehouse.entries import Entry, Journal
from warehouse.problems import WarehouseError
from warehouse.words import Action, Commentary, action_of, commentary_of, decision_of

LATEST_DECISIONS = 3
Widget = Callable[[str], str | None]


@dataclass(frozen=True)
class Words:
    """What the journal holds, read once for a run of the page: commentary by subject, decisions and actions."""

    journal: Journal
    commentary: tuple[Entry, ...]
    decisions: tuple[Entry, ...]
    actions: tuple[Entry, ...]

    def of_quarter(self, period: Period) -> dict[str, list[Commentary]]:
        """The commentary on a quarter's figures, by subject, the latest last."""
        found: dict[str, list[Commentary]] = {}
        for entry in sorted(self.commentary, key=lambda one: one.entry_id):
            if entry.period == str(period) and entry.subject is not None:
                found.setdefault(entry.subject, []).append(commentary_of(entry))
        return found


def words(visit: Visit, *, question: str) -> Words:
    """The journal as it is now; where it cannot be read the page ends, saying why."""
    journal = Journal(visit.places)
    try:
        return Words(journal, journal.latest("commentary"), journal.latest("decision"), journal.latest("action"))
    except WarehouseError as error:
        frame.cannot_show(question, str(error))


def raised(visit: Visit, period: str, *, question: str) -> tuple[Exceptional, ...]:
    """The exceptions of a quarter as the viewer may see them; where they cannot be found the page ends, saying why."""
    try:
        return exceptions(
            visit.reader, period=Period.parse(period), remember=identity(visit.places, visit.reader.version),
            scheme=visit.viewer.scheme,
        )  # fmt: skip
    except (WarehouseError, CatalogueError, SettingsError) as error:
        frame.cannot_show(question, str(error))


def heading(visit: Visit, one: Exceptional, place: int, of: int) -> None:
    """The exception itself as the title; where in the list, how it stands against last quarter, what was seen."""
    frame.titled(f"{one.title}: {exceptions_table.reason(one)}")
    tone = "bad" if one.state == "new" else ""
    seen = f"{one.causes[0].says[0].upper()}{one.causes[0].says[1:]}."
    frame.pieces(
        [Said(f"{place} of {of} · {one.severity} · "), Said(exceptions_table.state(one), tone), Said(f" · {seen}")],
        demonstration=visit.demonstration,
    )


def drawn(visit: Visit, one: Exceptional) -> charts.Chart | None:
    """The figure over time; None where there is no figure, or the viewer may not see it."""
    process = one.line.process if one.line is not None else None
    notes = read_annotations(demonstration=visit.demonstration)
    return over_time(process, targets=targets(), annotations=notes.of(one.indicator)) if process else None


def chart(visit: Visit, one: Exceptional) -> None:
    """The figure over time and every cause in full; in words alone where the viewer may not see the figure."""
    made = drawn(visit, one)
    if made is not None:
        charts.show(made, key=f"exception_{one.indicator}")
    if len(one.causes) > 1:
        frame.part("Why it is here")
        frame.bullets([exceptions_table.cause_words(cause) for cause in one.causes])
    if one.line is not None:
        frame.onward([
            ("The indicator, its breakdowns and its rows", link("indicator", id=one.indicator, period=str(one.period))),
            ("How others compare", link("benchmarks", id=one.indicator, period=str(one.period))),
        ])  # fmt: skip
        frame.part("Questions to ask")
        frame.bullets(list(one.line.indicator.ask))


def said(visit: Visit, one: Exceptional, spoken: Words) -> None:
    """What is said of it, and for those who may write the forms to say more."""
    heard(visit, one, spoken)
    if visit.viewer.writes:
        found = spoken.of_quarter(one.period).get(subject(one), [])
        commentary_form(visit, one, spoken.journal, found)
        decision_form(visit, one, spoken.journal)


def heard(visit: Visit, one: Exceptional, spoken: Words, *, but_of: str | None = None) -> None:
    """The agency's answers to the four questions, promises that fell due, and what the group decided before.

    What was taken down in the meeting `but_of` is left out: it is shown where it was taken down.
    """
    if not visit.viewer.hears:
        frame.note("What agencies say of it, and what was decided, is for the partnership’s group.")
        return
    found = spoken.of_quarter(one.period).get(subject(one), [])
    for each in found:
        _answers(each, one)
    if not found:
        frame.note("No agency has said yet what lies behind it.")
    for held, author in promises(visit, one, spoken):
        tone = "good" if held.state == "kept" else "bad"
        frame.pieces([Said(f"Promise {held.state}", tone), Said(f": {promised(one, held)}. {author}.")], small=True)
    _decided(one, spoken, but_of)


def _answers(each: Commentary, one: Exceptional) -> None:
    doing = each.doing
    if each.owner or each.due:
        doing = " ".join(filter(None, [doing, f"Owner: {each.owner}." if each.owner else "", _by(each.due)]))
    know = each.know
    if each.promise is not None and one.line is not None:
        promised = promise_words(each.promise, unit=one.line.result.unit, decimals=one.line.result.decimals)
        know = " ".join(filter(None, [know, f"Promised: {promised}."]))
    parts = [
        f'<p class="asked"><b>{escape(heading)}</b>{aside}<br>{escape(text)}</p>'
        for heading, text, aside in (
            ("What lies behind it", each.behind, f" · {escape(who(each))}"),
            ("What it means for children", each.means, ""), ("What is being done", doing, ""),
            ("How we will know", know, ""),
        ) if text
    ]  # fmt: skip
    st.html("".join(parts))
    if one.line is not None:
        if stale(each, one.line.result):
            st.html('<p class="answer second"><b class="bad">Of an earlier figure</b>: it has changed since.</p>')
        if question := other_way(each, one.line):
            frame.pieces([Said("Is this right? ", "bad"), Said(question)], small=True)


def _by(due: date | None) -> str:
    return f"By {day_words(due)}." if due else ""


def promises(visit: Visit, one: Exceptional, spoken: Words) -> list[tuple[Judged, str]]:
    """Promises about this figure whose quarter has come, with who made them."""
    found = []
    for entry in spoken.commentary:
        promise = commentary_of(entry).promise
        if promise is None or one.line is None or (promise.indicator, promise.group) != (one.indicator, one.group):
            continue
        held = judged(promise, at=one.period, then=_figure(visit, one, promise.by))
        if held.state in ("kept", "broken"):
            found.append((held, who(commentary_of(entry))))
    return found


def _figure(visit: Visit, one: Exceptional, quarter: str) -> Result | None:
    """The figure of a quarter, up to the one looked at, as the viewer may see it."""
    due = Period.parse(quarter)
    if due.end > one.period.end:
        return None
    if due == one.period:
        return one.line.result if one.line is not None else None
    card = scorecard_of(
        visit.reader, period=due, remember=identity(visit.places, visit.reader.version), scheme=visit.viewer.scheme
    )
    return next((line.result for line in card.lines
                 if (line.indicator.id, line.result.group) == (one.indicator, one.group)), None)  # fmt: skip


def promised(one: Exceptional, held: Judged) -> str:
    """`at least 80 per cent by July to September 2025; it was 45.6 per cent`."""
    if one.line is None:
        return ""
    promise = promise_words(held.promise, unit=one.line.result.unit, decimals=one.line.result.decimals)
    return f"{promise}; it was {held.says}"


def _decided(one: Exceptional, spoken: Words, but_of: str | None) -> None:
    """The group's latest decisions about the figure, this quarter's and before, and its actions with how they stand."""
    decisions, actions = (_latest_about(one, entries, but_of) for entries in (spoken.decisions, spoken.actions))
    lines = []
    for entry in decisions:
        decision = decision_of(entry)
        came = f" <em>{escape(decision.outcome)}</em>" if decision.outcome else ""
        when = "The group decided" if entry.period == str(one.period) else f"In {escape(entry.period or '')} it decided"
        lines.append(f"<b>{when}:</b> {escape(decision.text)}{came}")
    lines += [_action(action_of(entry)) for entry in actions]
    if lines:
        st.html('<div class="decided">' + "".join(f"<p>{line}</p>" for line in lines) + "</div>")


def _latest_about(one: Exceptional, entries: Sequence[Entry], but_of: str | None) -> list[Entry]:
    about = [entry for entry in entries if entry.subject == subject(one)]
    return [entry for entry in about if but_of is None or entry.payload.get("meeting") != but_of][-LATEST_DECISIONS:]


def _action(action: Action) -> str:
    late = action.overdue(date.today())
    stands = "complete" if action.status == "complete" else "overdue" if late else "open"
    marked = f'<b class="bad">{stands}</b>' if late else stands
    evidence = f" <em>{escape(action.evidence)}</em>" if action.evidence else ""
    due = _by(action.due)
    return f"<b>Action:</b> {escape(action.action)} {escape(action.owner)}. {due} {marked}.{evidence}"


def step(shown: Sequence[Exceptional], place: int | None) -> None:
    """Previous and next, by click or arrow key, and the way back to the list."""
    left, middle, right, _ = st.columns([1, 1, 2, 8])
    if place is not None:
        _go(left, "Previous", shown[place - 1] if place > 0 else None, shortcut="Left")
        _go(middle, "Next", shown[place + 1] if place + 1 < len(shown) else None, shortcut="Right")
    right.button("Back to the list", on_click=_open, args=(None,), key="exceptions_list")


def _go(where: object, label: str, to: Exceptional | None, *, shortcut: str) -> None:
    where.button(  # type: ignore[attr-defined]
        label, on_click=_open, args=(to,), disabled=to is None, shortcut=shortcut, key=f"exceptions_{label}",
        type="primary" if label == "Next" else "secondary",
    )  # fmt: skip


def _open(one: Exceptional | None) -> None:
    for name, value in (("id", one.indicator if one else None), ("group", one.group if one else None)):
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def asked_for(shown: Sequence[Exceptional], every: Sequence[Exceptional]) -> tuple[int | None, list[Exceptional]]:
    """The place of the exception that the address names, and the list that it is stepped through in.

    None where it names none. One that is not among those filtered for is shown all the same, among all.
    """
    name, group = st.query_params.get("id"), st.query_params.get("group") or None
    for among in (list(shown), list(every)):
        for place, one in enumerate(among):
            if (one.indicator, one.group) == (name, group):
                return place, among
    return None, list(shown)


def names_one(asked: str | None) -> Callable[[Widget], Widget]:
    """How a filter is drawn: not at all where the address names one exception, and then it keeps what it was."""
    return (lambda _: st.session_state.get) if asked else (lambda widget: widget)
