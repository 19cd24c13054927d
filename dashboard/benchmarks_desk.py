"""What the Benchmarks page shows: the choices of its address, and the comparison or comparisons that they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, benchmarks_tables, benchmarks_words, frame
from dashboard.benchmarks_tables import Row
from dashboard.frame import Said
from metrics.benchmarks import AVERAGES, Average
from metrics.catalogue import THEMES, Catalogue, load_catalogue
from metrics.comparisons import SETS, Compared, Comparisons, read_comparisons
from metrics.memory import identity, remembered
from metrics.model import Indicator
from metrics.scorecard import Scorecard
from returns.partnership import partnership
from returns.periods import Period

EVERY = "all"
SET_WORDS = {"2025": "Set of 2025", "2021": "Set of 2021"}
AVERAGE_WORDS = {"mean": "Mean of those with a figure", "median": "Median of those with a figure"}


@dataclass(frozen=True)
class Chosen:
    """What the address asks for. `indicator` and `theme` are `all` where none is chosen."""

    period: str
    theme: str
    indicator: str
    set_year: int
    average: Average
    complaints: tuple[str, ...]

    @property
    def keep(self) -> dict[str, str]:
        """The choices that a link from here keeps."""
        return {"period": self.period, "theme": self.theme, "set": str(self.set_year), "average": self.average}


@dataclass(frozen=True)
class Desk:
    """What is shown: one indicator's comparison, or every indicator of a theme."""

    chosen: Chosen
    catalogue: Catalogue
    indicator: Indicator | None
    compared: Compared | None
    rows: tuple[Row, ...]

    def title(self, question: str) -> str:
        """The page's question, and what it is asked of."""
        if self.indicator is not None:
            return f"{question} {self.indicator.title}"
        return f"{question} {THEMES.get(self.chosen.theme, '')}".strip()

    def answer(self) -> list[Said]:
        """The sentence under the title."""
        if self.indicator is None:
            return benchmarks_tables.answer(self.rows)
        if self.compared is None:
            why = benchmarks_words.why_not(self.indicator)
            return [Said(why if self.indicator.benchmark is None else benchmarks_tables.NOT_YET)]
        return benchmarks_words.answer(self.compared)

    def ours(self) -> list[Said]:
        """Our own figure beside the same averages; for a count, the rate to compare instead."""
        if self.indicator is not None and self.indicator.unit == "count":
            rate = benchmarks_words.rate_of(self.indicator, self.catalogue)
            return [Said(f"Choose instead: {rate.title}.")] if rate else []
        return benchmarks_words.ours(self.compared) if self.compared else []

    def notes(self) -> list[str]:
        """What the reader must know: the indicator's caution, letters in a figure's place, what is not held."""
        if self.compared is None:
            return []
        caution = self.compared.indicator.caution
        said = [benchmarks_words.letters(self.compared), benchmarks_words.only_neighbours(self.compared)]
        return [one for one in (f"Caution: {caution}" if caution else "", *said) if one]


def choices(card: Scorecard) -> Chosen:
    """The controls, drawn in a row, and what they and the address ask for."""
    catalogue = load_catalogue()
    quarters = [str(quarter) for quarter in reversed(card.quarters)]
    themes = {EVERY: "All themes"} | dict(card.themes)
    columns = st.columns([3, 5, 2, 3, 2], vertical_alignment="bottom")
    of_themes = _ask(columns[0], "theme", themes, label="Theme")
    theme = of_themes[0]
    offered = {EVERY: "All of the theme" if theme != EVERY else "All indicators"} | {
        one.id: one.title for one in catalogue.indicators if theme in (EVERY, one.theme)
    }
    asked = [
        of_themes,
        _ask(columns[1], "id", offered, label="Indicator"),
        _ask(columns[2], "set", {str(one): SET_WORDS[str(one)] for one in SETS}, label="Neighbours"),
        _ask(columns[3], "average", {one: AVERAGE_WORDS[one] for one in AVERAGES}, label="Their average"),
        _ask(columns[4], "period", {one: one for one in quarters}, label="Quarter", default=str(card.period)),
    ]
    (theme, _), (indicator, _), (set_year, _), (average, _), (period, _) = asked
    return Chosen(
        period=period,
        theme=theme,
        indicator=indicator,
        set_year=int(set_year),
        average="median" if average == "median" else "mean",
        complaints=tuple(complaint for _, complaint in asked if complaint),
    )


def _ask(
    column: DeltaGenerator, name: str, options: dict[str, str], *, label: str, default: str = ""
) -> tuple[str, str | None]:
    names = list(options)
    draw = partial(st.selectbox, label, names, format_func=options.__getitem__)
    with column:
        return address.choice(name, names, default=default or names[0], widget=lambda key: draw(key=key))


def read(visit: frame.Visit, chosen: Chosen, *, question: str) -> Desk:
    """What the choices ask for, from one version of the data."""
    catalogue = load_catalogue()
    card = frame.card(visit, question=question, period=chosen.period)
    held = _held(visit, chosen)
    own = {line.indicator.id: line.comparable for line in card.lines if line.result.group is None}
    if chosen.indicator != EVERY:
        indicator = catalogue[chosen.indicator].indicator
        return Desk(chosen, catalogue, indicator, held.of(indicator, ours=own.get(indicator.id)), ())
    asked: Sequence[Indicator] = [one for one in catalogue.indicators if chosen.theme in (EVERY, one.theme)]
    return Desk(chosen, catalogue, None, None, tuple(Row(one, held.of(one)) for one in asked))


def _held(visit: frame.Visit, chosen: Chosen) -> Comparisons:
    period = Period.parse(chosen.period)
    known = (identity(visit.places, visit.reader.version), "comparisons", period, chosen.set_year, chosen.average)
    return remembered(
        (*known, partnership()),
        lambda: read_comparisons(visit.reader, period=period, set_year=chosen.set_year, average=chosen.average),
    )
