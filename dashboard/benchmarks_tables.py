"""The comparisons as tables: the neighbours of one indicator in a row, and every indicator of a theme in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard import figures
from dashboard.benchmarks_words import TONES, ranked, why_not
from dashboard.charts_compared import plain
from dashboard.frame import Said
from dashboard.pictures import Picture, trend
from dashboard.table import Cell, Column, Section, Table
from metrics.catalogue import THEMES
from metrics.comparisons import Compared, Place
from metrics.model import Indicator
from metrics.result import STATUS_WORDS


@dataclass(frozen=True)
class Row:
    """An indicator and its comparison; None where it has none."""

    indicator: Indicator
    compared: Compared | None


def places(compared: Compared) -> Table:
    """Ours, each neighbour's, the region's and England's figure in one row, with its interval and what it is of."""
    shown = [compared.own, *compared.neighbours, *(one for one in (compared.region, compared.england) if one)]
    names = ["Us", *(one.name for one in shown[1:])]
    when = f"{compared.when[0].upper()}{compared.when[1:]}"
    columns = [Column(when, "name"), *(Column(one, "words") for one in names)]
    what = {"percent": "Share", "p10k": "Per 10,000 children"}.get(compared.indicator.unit, "Figure")
    rows = [[Cell(what), *(_figure(compared, one) for one in shown)]]
    if any(one.lower is not None for one in shown):
        rows.append([Cell("95% interval"), *(Cell(_interval(compared, one)) for one in shown)])
    if compared.base is not None and any(one.of is not None for one in shown):
        sizes = ("" if one.of is None else f"{one.of:,}" for one in shown)
        rows.append([Cell(f"Of: {compared.base.words}"), *map(Cell, sizes)])
    caption = f"{compared.indicator.title}, {compared.when}: us and our neighbours, closest first"
    return Table(caption, columns, [Section("", rows)], set_as="abreast")


def _figure(compared: Compared, place: Place) -> Cell:
    if place.value is None:
        return Cell(STATUS_WORDS.get(place.status, place.status), absent=True)
    return Cell(plain(compared, place.value), strong=place.kind == "us")


def _interval(compared: Compared, place: Place) -> str:
    if place.lower is None or place.upper is None:
        return ""
    decimals = compared.indicator.decimals
    low, high = (figures.plain(end, unit="count", decimals=decimals) for end in (place.lower, place.upper))
    return f"{low} to {high}"


def overview(rows: Sequence[Row], *, keep: Mapping[str, str]) -> Table:
    """A line for every indicator that is published for other places, by theme; `keep` are the address's choices."""
    published = [one for one in rows if one.compared is not None]
    year = max((one.compared.year for one in published if one.compared), default=0)
    first = next((one.compared for one in published if one.compared), None)
    region = first.region.name if first and first.region else "Region"
    columns = (
        Column("Indicator", "name"),
        Column("Us", "figure"),
        Column("95% interval", "quiet"),
        Column("Neighbours", "number", note=first.average if first else ""),
        Column(region, "number"),
        Column("England", "number"),
        Column("Beside our neighbours", "words"),
        Column("Rank", "number"),
        Column("Our trend", "picture"),
    )
    sections = []
    for theme, title in THEMES.items():
        of_theme = (one.compared for one in published if one.indicator.theme == theme)
        lines = [_line(one, year=year, keep=keep) for one in of_theme if one]
        if lines:
            sections.append(Section(title, lines))
    return Table("Published figures: us, our neighbours, the region and England", columns, sections)


def _line(compared: Compared, *, year: int, keep: Mapping[str, str]) -> list[Cell]:
    indicator, own = compared.indicator, compared.own
    dated = compared.when if compared.year != year else ""
    name = Cell(indicator.title, small=dated, link=address(indicator.id, keep))
    figure = _figure(compared, own)
    if compared.is_count:
        return [name, figure, Cell("a count: larger places have more, so it is not compared", span=6, tone="faint"),
                Cell(picture=_trend(compared))]  # fmt: skip
    present = f"{compared.present}/{len(compared.neighbours)}" if compared.present < len(compared.neighbours) else ""
    neighbours = compared.neighbours_average
    return [
        name,
        figure,
        Cell(_interval(compared, own)),
        Cell("too few" if neighbours is None else plain(compared, neighbours), small=present),
        *(Cell("none" if one is None or one.value is None else plain(compared, one.value))
          for one in (compared.region, compared.england)),
        _verdict(compared),
        Cell(ranked(compared.rank)),
        Cell(picture=_trend(compared)),
    ]  # fmt: skip


def _verdict(compared: Compared) -> Cell:
    beside = next((one for one in compared.against if one.name == "our neighbours"), None)
    if beside is None:
        return Cell("no figure of ours" if compared.own.value is None else "too few neighbours", tone="faint")
    if beside.words is None:
        return Cell("no interval", tone="faint")
    word = beside.words.removesuffix(" than").removesuffix(" to")
    if beside.judged is None:
        return Cell(word)
    return Cell(f"{word}: {beside.judged}", tone="good" if TONES[beside.judged] == "good" else "bad")


def _trend(compared: Compared) -> Picture | None:
    known = [(one.year, one.own) for one in compared.years if one.own is not None]
    if len(known) < 2:
        return None
    (first, was), (last, now) = known[0], known[-1]
    alt = f"From {plain(compared, was)} in {first} to {plain(compared, now)} in {last}"
    return trend([one.own for one in compared.years], alt=alt)


def address(indicator: str, keep: Mapping[str, str]) -> str:
    """The link to one indicator of this page, with the other choices kept."""
    return "benchmarks?" + urlencode(dict(keep) | {"id": indicator})


def answer(rows: Sequence[Row]) -> list[Said]:
    """How many measures are published for other places, and on how many we differ from our neighbours, which way."""
    held = [one.compared for one in rows if one.compared is not None]
    if not held:
        return [Said("None of these is published for other places, so there is nothing to compare with.")]
    verdicts = [one for compared in held for one in compared.against if one.name == "our neighbours"]
    worse, better = (sum(one.judged == name for one in verdicts) for name in ("worse", "better"))
    similar = sum(one.words == "similar to" for one in verdicts)
    unjudged = sum(one.words in ("higher than", "lower than") and one.judged is None for one in verdicts)
    rest = len(held) - worse - better - similar - unjudged
    said = [
        Said(f"{len(held)} of {len(rows)} measures are published for other places. Beside our neighbours we are "),
        Said(f"worse on {worse}", "bad" if worse else ""),
        Said(", "),
        Said(f"better on {better}", "good" if better else ""),
        Said(f" and similar on {similar}; {unjudged} differ where neither end is better"),
    ]
    return [*said, Said(f", and {rest} cannot be set beside them." if rest else ".")]


def unpublished(rows: Sequence[Row]) -> Table | None:
    """Every indicator that is not published for other places, with why; None where all are."""
    sections = []
    for theme, title in THEMES.items():
        lines = [
            [Cell(one.indicator.title), Cell(why_not(one.indicator) if one.indicator.benchmark is None else NOT_YET)]
            for one in rows
            if one.compared is None and one.indicator.theme == theme
        ]
        if lines:
            sections.append(Section(title, lines))
    columns = (Column("Indicator", "name"), Column("Why there is nothing to compare with", "words"))
    return Table("Not published for other places", columns, sections) if sections else None


NOT_YET = "No figure of a year that had ended by then is held."
