"""What an indicator's page works on, and its parts in the order in which they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from dashboard import charts, definitions_desk, frame, indicator_tables, indicator_words, table
from dashboard.charts_over_time import over_time
from dashboard.frame import Visit
from metrics.annotations import read_annotations
from metrics.cases import missed
from metrics.catalogue import Catalogue, CatalogueError, load_catalogue
from metrics.definitions import examples
from metrics.explain import explain
from metrics.inquiry import Inquiry, bases, behind, groupings, inquire
from metrics.lines import Line
from metrics.memory import identity
from metrics.protected import is_protected
from metrics.result import Basis
from metrics.schemes import Scheme
from metrics.scorecard import Scorecard
from metrics.targets import targets
from returns.partnership import SettingsError
from warehouse.problems import WarehouseError

# What the page asks of the inquiry itself.
__all__ = ["bases", "groupings"]

MOST_NEAR = 6
ROWS_HIDDEN = "Rows are counts of people, and are not told where small counts of the whole county are hidden."


@dataclass(frozen=True)
class Desk:
    """One indicator for one quarter, as its viewer may see it."""

    visit: Visit
    line: Line
    of: Inquiry
    scheme: Scheme


def catalogue(question: str) -> Catalogue:
    """The catalogue; where it cannot be read the page ends, saying why."""
    try:
        return load_catalogue()
    except (CatalogueError, SettingsError) as error:
        frame.cannot_show(question, str(error))


def titles(of: Catalogue) -> dict[str, str]:
    """Every indicator's title by its id, in the order of the child's journey."""
    return {one.id: one.title for one in of.indicators}


def near(asked: str, known: dict[str, str]) -> list[str]:
    """The ids that come nearest to what was asked for, by id or by title."""
    by_words = {title.casefold(): name for name, title in known.items()} | {name: name for name in known}
    words = asked[:60].casefold()
    close = get_close_matches(words.replace(" ", "_"), list(known), n=MOST_NEAR, cutoff=0.5)
    close += [
        by_words[one] for one in get_close_matches(words.replace("_", " "), list(by_words), n=MOST_NEAR, cutoff=0.4)
    ]
    starts = [name for name in known if name.split("_")[0] == words.split("_")[0]]
    return list(dict.fromkeys([*close, *starts]))[:MOST_NEAR]


def unknown(visit: Visit, asked: str, known: dict[str, str], page: str) -> NoReturn:
    """Says that there is no such indicator, and names those that come near; the page ends."""
    shown = asked if len(asked) <= 40 else f"{asked[:40]}…"
    found = near(asked, known)
    frame.heading(
        visit, "Which figure?", f"There is no indicator “{shown}”." + (" Was one of these meant?" if found else "")
    )
    frame.onward([
        *((known[name], f"{page}?{urlencode({'id': name})}") for name in found),
        ("All of them, on the scorecard", "scorecard"),
    ])
    frame.foot(visit)
    st.stop()


def desk(visit: Visit, card: Scorecard, indicator: str, *, basis: Basis, by: str | None, question: str) -> Desk:
    """The indicator for the card's quarter; where it cannot be computed the page ends, saying why."""
    line = next(one for one in card.lines if one.indicator.id == indicator and one.result.group is None)
    scheme = visit.viewer.scheme
    try:
        of = inquire(
            visit.reader, indicator, period=card.period, scheme=scheme, basis=basis, by=by,
            remember=identity(visit.places, visit.reader.version),
        )  # fmt: skip
    except (WarehouseError, CatalogueError, SettingsError) as error:
        frame.cannot_show(question, str(error))
    return Desk(visit, line, of, scheme)


def chart(on: Desk) -> None:
    """The figure over time; in words where there is no chart to draw."""
    process = on.line.process
    if on.line.indicator.share:
        frame.note("A share is of the whole, so the county has no line of its own: see the groups below.")
        return
    notes = read_annotations(demonstration=on.visit.demonstration)
    made = over_time(process, targets=targets(), annotations=notes.of(on.line.indicator.id)) if process else None
    if made is None:
        frame.note("There is no figure to draw yet.")
    else:
        charts.show(made, key=f"{on.line.indicator.id}_{on.of.quarter}")


def facts(on: Desk) -> None:
    """The figure and what it is read beside."""
    st.html(table.markup(indicator_tables.facts(on.line, on.of)))


def breakdown(on: Desk) -> None:
    """The groups of the breakdown chosen, with their intervals and their file."""
    of = on.of
    if not of.by:
        return
    if not of.groups:
        frame.note(
            f"Nothing is known by {indicator_words.grouping(of.by).lower()}: {of.head.reason or 'no group was sent.'}"
        )
        return
    frame.part(f"By {indicator_words.grouping(of.by).lower()}")
    st.html(table.markup(indicator_tables.groups(of)))
    name = f"{of.indicator.id}_{of.quarter}_by_{of.by}"
    st.download_button(
        "Download as CSV", _csv(indicator_tables.groups_csv(of)), file_name=f"{name}.csv", mime="text/csv",
        key=f"csv_{name}", on_click="ignore",
    )  # fmt: skip


def cases(on: Desk) -> None:
    """Where everybody should be, those who were not: which rows of which file."""
    found = missed(on.visit.reader, on.of.head, target=on.line.target, scheme=on.scheme)
    if found is None:
        return
    frame.part("Which rows missed")
    if found:
        st.html(table.markup(indicator_tables.cases(found, on.of)))
    else:
        frame.note("None did, and none was left out.")


def definition(on: Desk) -> None:
    """What it counts, with a worked example, in the words of the Definitions page."""
    frame.part("What it counts")
    indicator = on.line.indicator
    st.html(table.markup(definitions_desk.meaning(indicator)))
    example = examples(indicator)[0]
    st.html('<h3 class="chart">A worked example</h3>')
    st.html(f'<div class="twin">{table.markup(definitions_desk.worked(example))}</div>')
    frame.note(definitions_desk.comes_to(example))


def questions(on: Desk) -> None:
    """What to ask of it."""
    frame.part("Questions to ask")
    st.html('<ul class="ask">' + "".join(f"<li>{escape(one)}</li>" for one in on.line.indicator.ask) + "</ul>")


def quality(on: Desk, *, question: str) -> None:
    """How good the data behind it are."""
    frame.part("How good the data are")
    place = st.empty()
    reconciliation = frame.reconciled(on.visit, question=question, period=str(on.of.quarter))
    found = behind(on.visit.reader, on.of, reconciliation=reconciliation, scheme=on.scheme)
    if found is None:
        place.html(f'<p class="quiet">{escape(ROWS_HIDDEN)}</p>')
    else:
        place.html(table.markup(indicator_tables.data_quality(found, on.of)))


def origin(on: Desk) -> None:
    """Where the figure comes from, down to files and rows."""
    frame.part("Where the figure comes from")
    open_to_all = not is_protected(on.line.indicator, on.scheme)
    found = explain(
        on.visit.reader, on.line.indicator.id, period=on.of.head.period, basis=on.of.head.basis,
        remember=identity(on.visit.places, on.visit.reader.version), scheme=on.scheme,
    )  # fmt: skip
    if not found.used:
        frame.note(on.of.head.reason or "No submission is behind it.")
        return
    st.html(table.markup(indicator_tables.sources(found, counts=open_to_all)))
    frame.note(f"Declared in {found.declared_in}. {indicator_words.BASES[on.of.head.basis]}.")


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([charts.as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
