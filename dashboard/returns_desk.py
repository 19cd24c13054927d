"""What the Returns page shows beyond the matrix: one return in full, and the messages to the agencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from dashboard import access, frame, returns_life, returns_tables
from dashboard.plain import label
from dashboard.table import markup
from metrics.quality import HeldRow, completeness, held_rows, recorded_late
from pipelines.asks import AsSent
from pipelines.chase import chase_of
from pipelines.expectations import Register, register
from pipelines.reference import ReferenceUnreadable
from returns.catalogue import the_return
from returns.partnership import SettingsError, agency
from returns.periods import Period, day_words, quarter_ended_by
from returns.places import Places
from warehouse.problems import NothingLoaded, WarehouseError
from warehouse.store import Reader, reader

QUARTERS = 8
# Held rows read again from the file at once: each is a table of its own.
ROWS_OPENED = 20

COMPLETENESS, HELD, LATE, LIFE = "completeness", "held", "late", "life"
VIEWS = {
    COMPLETENESS: "How well it is filled in", HELD: "Rows kept aside", LATE: "Recorded late",
    LIFE: "The life of each submission",
}


@dataclass(frozen=True)
class ReturnsDesk:
    """One run of the page: where the data is, and how every return stands."""

    places: Places
    found: Register

    @property
    def quarter(self) -> Period:
        """The last quarter shown, which the counts and the messages are about."""
        return self.found.quarters[-1]

    def returns(self) -> dict[str, str]:
        """Each return of each agency, as the address has it, and in words."""
        return {
            f"{name}:{return_name}": f"{the_return(return_name).title}, {agency(name).title}"
            for name, return_name, _standings in self.found.lines()
        }


def begin(page: str, *, question: str) -> Places:
    """The data folder, when the page may be drawn; otherwise the run ends here."""
    access.ask(page)
    st.session_state.setdefault("returns_question", question)
    return Places.of()


def quarters_offered(places: Places) -> tuple[list[str], str]:
    """The quarters that can be the last one shown, latest first, and the one to begin with."""
    found = _register(places, None)
    latest = max([quarter_ended_by(found.today), *found.quarters])
    return [str(latest.earlier(step)) for step in range(2 * QUARTERS)], str(found.quarters[-1])


def stand(places: Places, upto: str) -> ReturnsDesk:
    """How every return stands up to a quarter."""
    return ReturnsDesk(places, _register(places, Period.parse(upto)))


def _register(places: Places, upto: Period | None) -> Register:
    try:
        found = register(places, upto=upto, quarters=QUARTERS)
        # Before the first quarter of which anything came, nobody had been asked: of that nothing is missing.
        since = next((place for place, quarter in enumerate(found.quarters) if _came(found, quarter)), QUARTERS - 1)
        return register(places, upto=upto, quarters=len(found.quarters) - since) if since else found
    except (WarehouseError, SettingsError, ReferenceUnreadable) as error:
        _cannot(str(error))


def _came(found: Register, quarter: Period) -> bool:
    """Whether anything was sent for the quarter, if only to be refused or taken out again."""
    return any(each.state in ("in", "late", "nil") or each.refused or each.retracted for each in found.of(quarter))


def _cannot(why: str) -> NoReturn:
    frame.titled(st.session_state.get("returns_question", ""))
    frame.sentence(why)
    st.stop()


def one_return(desk: ReturnsDesk, chosen: str, view: str) -> None:
    """One return of one agency: what was asked for of it."""
    agency_name, _, return_name = chosen.partition(":")
    words = desk.returns()[chosen]
    if view == LIFE:
        returns_life.lives(desk.places, return_name, agency_name)
        return
    try:
        with reader(desk.places) as source:
            if view == HELD:
                _held(desk, source, return_name, agency_name, words)
            elif view == LATE:
                late = recorded_late(source, return_name=return_name, agency=agency_name)
                _table_or(returns_tables.recorded_late(late, caption=f"Recorded late: {words}") if late else None,
                          "Nothing that is dated was sent yet, or it is true on the extract’s date alone.")
            else:
                columns = completeness(source, return_name=return_name, agency=agency_name)
                table = returns_tables.completeness(columns, desk.found.quarters, caption=f"Completeness: {words}")
                _table_or(table if columns else None, "Nothing of it counts yet.")
    except NothingLoaded:
        frame.note("Nothing is loaded yet.")
    except WarehouseError as error:
        frame.note(str(error))


def _table_or(table: returns_tables.Table | None, otherwise: str) -> None:
    if table is None:
        frame.note(otherwise)
    else:
        st.html(markup(table))


def _held(desk: ReturnsDesk, source: Reader, return_name: str, agency_name: str, words: str) -> None:
    rows = held_rows(source, return_name=return_name, agency=agency_name)
    if not rows:
        frame.note("No row is kept aside.")
        return
    st.html(markup(returns_tables.held(rows, caption=f"Rows kept aside: {words}")))
    submissions = list(dict.fromkeys(row.submission for row in rows))
    left, right = st.columns([2, 4], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Read the cells again from the file of", submissions, key=f"held_{return_name}")
    with right:
        wanted = st.button("Show what was sent in these rows")
    if wanted and chosen:
        _show_cells(desk, [row for row in rows if row.submission == chosen])


def _show_cells(desk: ReturnsDesk, rows: list[HeldRow]) -> None:
    """The rows as the kept file has them. They are drawn, and not remembered anywhere."""
    from pipelines.replay import file_report_of

    with st.spinner("Reading the file again"):
        report = file_report_of(desk.places, rows[0].submission)
    sheets = {item.sheet: AsSent(item.recognised) for item in report.received.returns if item.recognised}
    for row in rows[:ROWS_OPENED]:
        as_sent = sheets.get(row.sheet)
        if as_sent is None:
            continue
        headers = list(as_sent.recognised.headers.values())
        cells = [str(as_sent.cell(row.row, header) or "") for header in headers]
        st.html(markup(returns_tables.held_cells(headers, row.row, cells)))
    if len(rows) > ROWS_OPENED:
        frame.note(f"The first {ROWS_OPENED} of {len(rows):,} rows; the findings workbook has them all.")


def chase_list(desk: ReturnsDesk) -> None:
    """What is asked of each agency for the quarter, each message ready to copy."""
    try:
        asked = [each for each in chase_of(desk.places, desk.found) if each.anything]
    except WarehouseError as error:
        frame.note(str(error))
        return
    st.subheader(f"What to ask for: {label(desk.quarter.label)}", anchor=False)
    if not asked:
        frame.note("Nothing to chase.")
    for each in asked:
        parts = []
        if each.missing:
            parts.append(f"{len(each.missing)} missing")
        if each.overdue:
            parts.append(f"{len(each.overdue)} still missing from earlier")
        if each.held:
            parts.append(f"rows kept aside in {len(each.held)}")
        with st.expander(f"{label(each.title)}: {', '.join(parts)}"):
            st.code(each.message, language=None, wrap_lines=True)


def foot(desk: ReturnsDesk) -> tuple[str, ...]:
    """The small words under the page."""
    said = [f"As it stands on {day_words(desk.found.today)}; who owes what: config/expected.yaml"]
    if desk.found.demonstration:
        said.append("in demonstration data the extract’s day stands for the day of receipt")
    return tuple(said)
