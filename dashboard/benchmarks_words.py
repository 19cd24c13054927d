"""The words of a comparison: the sentence that answers, what may be said of our own figure, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard import figures
from dashboard.charts import joined
from dashboard.charts_compared import plain
from dashboard.frame import Said
from metrics.benchmarks import FEWEST_NEIGHBOURS
from metrics.catalogue import Catalogue
from metrics.comparisons import Against, Compared, Rank
from metrics.model import Indicator
from metrics.result import STATUS_WORDS
from returns.partnership import partnership

BANDS = {"A": "the top quarter", "B": "the second quarter", "C": "the third quarter", "D": "the bottom quarter"}
TONES = {"better": "good", "worse": "bad", None: "plain"}
# What a letter in a figure's place means, in the publications' own sense.
LETTERS = {
    "c": "c: hidden, because the number is small",
    "u": "u: not reliable",
    "x": "x: not available",
    "z": "z: not applicable, as where the authority did not exist",
    "low": "low: more than none, and rounds to zero",
}


def answer(compared: Compared) -> list[Said]:
    """The published figure, what it is beside neighbours, region and England, and its rank, as one or two sentences."""
    own = compared.own
    if own.value is None:
        why = STATUS_WORDS.get(own.status, own.status)
        said = f"{_whose()} has no published figure {compared.when}: {why}. {_averages(compared)}"
        return [Said(said)]
    start = f"{_whose()}: {plain(compared, own.value)} {compared.when}"
    if compared.is_count:
        return [Said(f"{start}. Counts are not compared, because larger places have more.")]
    if own.of is not None and own.lower is not None and own.upper is not None and compared.base is not None:
        between = f"{plain(compared, own.lower)} to {plain(compared, own.upper)}"
        start += f" (of {own.of:,} {compared.base.words}; 95% interval {between})"
    return [Said(f"{start}, "), *_verdict(compared, compared.against), Said(_ranked(compared.rank))]


def ours(compared: Compared) -> list[Said]:
    """Our own figure to the period's end, dated, and what it is beside the same averages; nothing where not given."""
    result = compared.ours
    if result is None or compared.is_count:
        return []
    if result.value is None:
        none = f"Our own figure for {result.period.label}: {figures.value(result)}. {result.reason or ''}"
        return [Said(none.strip())]
    counts = figures.counts(result)
    parts = [counts] if counts else []
    if result.lower is not None and result.upper is not None:
        parts.append(f"95% interval {plain(compared, result.lower)} to {plain(compared, result.upper)}")
    detail = f" ({'; '.join(parts)})" if parts else ""
    start = Said(f"Our own figure for {result.period.label}: {plain(compared, result.value)}{detail}, ")
    return [start, *_verdict(compared, compared.ours_against, named=False), Said(".")]


def _verdict(compared: Compared, against: Sequence[Against], *, named: bool = True) -> Iterator[Said]:
    """`higher than our neighbours (mean 23.2%, 10 of 10) and England (24.5%), similar to West Midlands (26.7%)`."""
    if not against:
        yield Said("with nothing published to set it beside")
        return
    groups: dict[str | None, list[Against]] = {}
    for one in against:
        groups.setdefault(one.words, []).append(one)
    for place, (words, others) in enumerate(groups.items()):
        names = joined([_named(compared, one) if named else one.name for one in others])
        if words is None:
            yield Said(f"beside {names}; it is not published of how many, so it cannot be said how sure that is")
            continue
        if place:
            yield Said(", ")
        yield Said(f"{words} {joined([one.name for one in others])}" if not named else words, TONES[others[0].judged])
        if named:
            yield Said(f" {names}")
    if named and compared.neighbours_average is None:
        yield Said(f"; {_too_few(compared)}")


def _named(compared: Compared, one: Against) -> str:
    if one.value == compared.neighbours_average and one.name == "our neighbours":
        present = f"{compared.present} of {len(compared.neighbours)}"
        return f"our neighbours ({compared.average} {plain(compared, one.value)}, {present})"
    return f"{one.name} ({plain(compared, one.value)})"


def _too_few(compared: Compared) -> str:
    return (
        f"only {compared.present} of our {len(compared.neighbours)} neighbours have a figure, and fewer than "
        f"{FEWEST_NEIGHBOURS} are not averaged"
    )


def _averages(compared: Compared) -> str:
    """The averages alone, where we have no figure to set beside them."""
    said = []
    if compared.neighbours_average is not None:
        present = f"{compared.present} of {len(compared.neighbours)}"
        average = f"{compared.average} is {plain(compared, compared.neighbours_average)}"
        said.append(f"our neighbours' {average} ({present})")
    said += [
        f"{place.name} {plain(compared, place.value)}"
        for place in (compared.region, compared.england)
        if place is not None and place.value is not None
    ]
    if not said:
        return "Nothing is published to compare with."
    sentence = joined(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _ranked(rank: Rank | None) -> str:
    if rank is None:
        return "."
    between = ""
    if rank.best is not None and rank.best != rank.worst:
        between = f" (its interval reaches from {_th(rank.best)} to {_th(rank.worst)})"
    band = f", in {BANDS[rank.band]}" if rank.band else ""
    return f". {_th(rank.place)} of {rank.of} authorities{between}{band}."


def _th(number: int | None) -> str:
    """`1st`, `22nd`, `113th`."""
    number = number or 0
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def ranked(rank: Rank | None) -> str:
    """`148th of 152`; nothing where there is no rank."""
    return "" if rank is None else f"{_th(rank.place)} of {rank.of}"


def why_not(indicator: Indicator) -> str:
    """Why an indicator has no published figures to stand beside."""
    if indicator.about == "organisations":
        return "It is about our own organisations, which no other place counts in the same way."
    if indicator.about == "records":
        return "It is about our own records."
    if indicator.table == "aggregates":
        return "It comes from totals that our agencies send; nobody publishes the same totals of other places."
    return "The Department for Education publishes no figure of other authorities that counts this."


def rate_of(indicator: Indicator, catalogue: Catalogue) -> Indicator | None:
    """The rate per 10,000 of what a count counts, where the catalogue has it: that can be compared."""
    same = (
        one.indicator
        for one in catalogue
        if one.indicator.unit == "p10k" and one.indicator.benchmark and one.indicator.table == indicator.table
    )
    return next((one for one in same if one.numerator == indicator.numerator), None)


def sources(compared: Compared | None) -> list[str]:
    """Whose statistics they are and of which set of neighbours: the licence asks that they be named."""
    publication = f"{compared.publication}, {compared.year}, by way of the" if compared else "the"
    return [
        f"Source: Department for Education, {publication} Local Authority Interactive Tool; population: Office for "
        "National Statistics. Contains public sector information licensed under the Open Government Licence v3.0"
    ]


def letters(compared: Compared) -> str:
    """What each letter that stands in a figure's place means; nothing where none does."""
    return "; ".join(LETTERS.get(letter, letter) for letter in compared.statuses)


def only_neighbours(compared: Compared) -> str:
    """What to do where every authority's figure is not held; nothing where it is."""
    if compared.every_authority or compared.is_count:
        return ""
    return (
        "Only our own, our neighbours', the region's and England's figures are held in this version, so there is no "
        "rank and no chart of every authority. Load any return again, or the extract of the Local Authority "
        "Interactive Tool (python -m pipelines published FILE)."
    )


def _whose() -> str:
    return partnership().short_name
