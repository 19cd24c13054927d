"""Figures that the partnerships printed in their own reports, with what each report says follows from them.

A report's own arithmetic is kept beside its figures, a line a claim, so that it can be worked out again: a *total* of
the parts listed with it, a *rate* of a population or of another figure, a *change* on the figure printed before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

PRINTED_HEADER = (
    "source", "area_code", "measure", "period", "breakdown", "role", "value", "unit", "rate_of", "count", "base",
)

_NUMBER = r"(\d*\.?\d+)"
_TOTAL = re.compile(r"stated total|sum of the \w+ below")
_OF_CHILDREN = re.compile(rf"{_NUMBER} per cent of children")
_OF_POPULATION = re.compile(rf"population ([\d,]+): about {_NUMBER} per cent")
_PER_10000 = re.compile(rf"{_NUMBER} per 10,000")
_AS_STATED = re.compile(rf"{_NUMBER} per cent as stated")
_CHANGE = re.compile(rf"(down|up) {_NUMBER} per cent(?! on)")
_OUT_OF = re.compile(r"(\d+) of (\d+)")

# A share is printed of the figure that this one is part of.
_PART_OF = {"looked_after_placed_out_of_county": "children_looked_after_at_end"}


def printed_rows(published: Path) -> Iterator[tuple[str, ...]]:
    """Each printed figure, and after it each claim that its report makes from it, in the report's order."""
    with (published / "local_published_figures.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            about = (row["source"], row["area_code"], row["measure"], row["period"], row["group"])
            role = "total" if _TOTAL.search(row["note"]) else "figure"
            yield (*about, role, row["value"], row["unit"], "", "", "")
            for claim in _claims(row["measure"], row["value"], row["note"]):
                yield (*about, *claim)


def _claims(measure: str, value: str, note: str) -> Iterator[tuple[str, ...]]:
    """What the note says follows from the figure: (role, value, unit, what it is a rate of, count, base)."""
    if found := _CHANGE.search(note):
        yield "change", f"{'-' if found[1] == 'down' else ''}{found[2]}", "per cent", "", "", ""
    if found := _OF_CHILDREN.search(note):
        yield "rate", found[1], "per cent", "population", "", ""
    if found := _OF_POPULATION.search(note):
        population = found[1].replace(",", "")
        yield "rate", f"{'0' if found[2].startswith('.') else ''}{found[2]}", "per cent", "population", "", population
    if found := _PER_10000.search(note):
        yield "rate", found[1], "per 10,000", "population", "", ""
    if found := _AS_STATED.search(note):
        yield "rate", found[1], "per cent", _PART_OF.get(measure, ""), "", ""
    if found := _OUT_OF.fullmatch(note):
        yield "rate", value, "per cent", "the report's own count", found[1], found[2]
