"""The contradictions as a page shows them: a sentence, those that differ with all that is needed to ask, the rest."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.table import Cell, Column, Section, Table
from metrics.agreement import KINDS, Kind, Reconciled, apart, side
from metrics.reconcile import Reconciliation
from returns.periods import day_words

EVERY_KIND = "all"
# Counts of children under this, of a part of the county, are for nobody's screen: as on the scorecard.
SMALL = 5
NAMED_SOURCES = 2

_DIFFER = (
    Column("What should agree", "name"),
    Column("One says", "side"),
    Column("The other says", "side"),
    Column("Apart by", "figure"),
    Column("Since", "quiet"),
    Column("What to ask", "words"),
)
_REST = (
    Column("What should agree", "name"),
    Column("One says", "number"),
    Column("The other says", "number"),
    Column("Of", "quiet"),
    Column("How near is near enough", "words"),
)


def kinds() -> dict[str, str]:
    """The choices of kind, as the address and the page have them."""
    return {EVERY_KIND: "All"} | {str(name): title for name, title in KINDS.items()}


def answer(found: Reconciliation, *, kind: str = EVERY_KIND) -> str:
    """The sentence under the title: how many differ, agree and cannot be compared, and the largest difference."""
    differ, agree, cannot = (found.of(state, kind=_kind(kind)) for state in ("differs", "agrees", "cannot"))
    if not (differ or agree or cannot):
        return "Nothing of this kind has been sent, so there is nothing to compare."
    counts = f"{_pairs(len(differ))} of numbers {'differs' if len(differ) == 1 else 'differ'}, {len(agree)} "
    counts += f"{'agrees' if len(agree) == 1 else 'agree'} and {len(cannot)} cannot be compared."
    if not differ:
        return counts if agree else f"{_pairs(len(cannot))} of numbers cannot be compared yet; none differs."
    first = differ[0]
    left, right, _ = _numbers(first)
    return (
        f"{counts} The largest: {_lower(first.pair.title)}, {left} ({_lower(first.pair.left.name)}) against {right} "
        f"({_lower(first.pair.right.name)})."
    )


def differing(found: Reconciliation, *, kind: str = EVERY_KIND) -> Table | None:
    """Those that differ, the largest first; None where none does."""
    pairs = found.of("differs", kind=_kind(kind))
    if not pairs:
        return None
    # Where a row stands would say how large a hidden difference is.
    pairs = tuple(sorted(pairs, key=_hides))
    return Table("Numbers that differ, the largest difference first", _DIFFER,
                 [Section("", [_differs(one) for one in pairs])], set_as="roomy")  # fmt: skip


def rest(found: Reconciliation, *, kind: str = EVERY_KIND) -> Table | None:
    """Those that agree, then those that cannot be compared with why; None where there is neither."""
    agree, cannot = (found.of(state, kind=_kind(kind)) for state in ("agrees", "cannot"))
    sections = []
    if agree:
        sections.append(Section(f"Agree: {len(agree)}", [_agrees(one) for one in agree]))
    if cannot:
        sections.append(Section(f"Cannot be compared: {len(cannot)}", [_cannot(one) for one in cannot]))
    return Table("Numbers that agree, and those that cannot be compared", _REST, sections) if sections else None


def sources(found: Reconciliation) -> list[str]:
    """Whose statistics are set beside ours: the licence asks that they be named."""
    if not any(one.pair.kind in ("published", "printed") for one in found.pairs):
        return []
    return [
        "Published figures: Department for Education, Local Authority Interactive Tool; population: Office for "
        "National Statistics. Contains public sector information licensed under the Open Government Licence v3.0. "
        "Printed figures: the report named with each"
    ]


def _differs(one: Reconciled) -> list[Cell]:
    left, right, difference = _numbers(one)
    pair = one.pair
    # How many records were not matched is a small count too.
    notes = () if _hides(one) else one.notes
    when = f"{one.when[0].upper()}{one.when[1:]}." if pair.kind == "published" else ""
    return [
        Cell(pair.title, small=" ".join(filter(None, (when, *notes)))),
        Cell(left, small=_meaning(pair.left.words, one.left_sources, pair.kind)),
        Cell(right, small=_meaning(pair.right.words, one.right_sources, pair.kind)),
        Cell(difference),
        Cell(one.since or "", small=f"as at {day_words(one.as_at)}" if one.as_at and pair.kind == "returns" else ""),
        Cell(pair.ask),
    ]


def _agrees(one: Reconciled) -> list[Cell]:
    left, right, _ = _numbers(one)
    pair = one.pair
    return [
        Cell(pair.title),
        Cell(left, small=pair.left.name),
        Cell(right, small=pair.right.name),
        Cell(one.when if one.pair.kind != "printed" else ""),
        Cell(pair.tolerance.why),
    ]


def _cannot(one: Reconciled) -> list[Cell]:
    return [Cell(one.pair.title), Cell(one.reason or "", span=4, tone="faint")]


def _numbers(one: Reconciled) -> tuple[str, str, str]:
    """Both sides and the difference in words; of a part of the county, no count under five is shown or implied."""
    pair = one.pair
    if one.hidden:
        return "hidden", "hidden", "hidden"
    left, right, difference = side(one.left, pair), side(one.right, pair), apart(one)
    if not _hides(one):
        return left, right, difference
    if (one.left or 0) < SMALL:
        return f"under {SMALL}", f"under {SMALL}", f"under {SMALL}"
    return left, f"within {SMALL} of it" if abs(one.difference or 0) < SMALL else f"under {SMALL}", _hidden(one)


def _hidden(one: Reconciled) -> str:
    return f"under {SMALL}" if abs(one.difference or 0) < SMALL else "nearly all"


def _hides(one: Reconciled) -> bool:
    counts = (one.left, one.right, one.difference)
    return one.pair.breakdown and any(count is not None and 0 < abs(count) < SMALL for count in counts)


def _meaning(words: str, sources: Sequence[str], kind: Kind) -> str:
    named = ", ".join(sources) if len(sources) <= NAMED_SOURCES else f"{len(sources)} submissions"
    return f"{words} · {named}" if named and kind in ("returns", "totals") else words


def _kind(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == name), None)


def _pairs(number: int) -> str:
    return f"{number} pair{'' if number == 1 else 's'}" if number else "No pair"


def _lower(title: str) -> str:
    """The title within a sentence; a list by its number, and letters that stand for words, keep their capitals."""
    return title if title[:2].isupper() or title.startswith("List") else f"{title[0].lower()}{title[1:]}"
