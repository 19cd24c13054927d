"""Published figures of every authority, region and England, from the Department for Education's files.

Values come from the Local Authority Interactive Tool (LAIT), which writes `-` for whatever is
missing. Why it is missing comes from the Department's own file of the same figure, where there is
one: `u` not reliable, `c` hidden, `z` not applicable, `x` not available; `x` where there is none.
Areas are joined by number and code, never by name.
"""

from __future__ import annotations

import csv
import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.reference_measures import BASES, CHILDREN_LOOKED_AFTER, MEASURES, PUBLICATIONS, STATUS_COLUMNS

SYMBOLS = frozenset(("c", "k", "low", "u", "x", "z"))
ENGLAND, ENGLAND_NUMBER = "E92000001", "970"
# LAIT's numbers for the regions, by the Office for National Statistics' codes.
REGION_NUMBERS = {
    "E12000001": "980", "E12000002": "981", "E12000003": "982", "E12000004": "983", "E12000005": "984",
    "E12000006": "985", "E12000007": "986", "E13000001": "987", "E13000002": "988", "E12000008": "989",
    "E12000009": "990",
}
YEARS = range(2016, 2026)
SETS = {2025: "statistical_neighbours_2025.csv", 2021: "statistical_neighbours_2021.csv"}

AREAS_HEADER = ("number", "code", "name", "kind", "region_code")
BENCHMARKS_HEADER = ("measure", "area_code", *map(str, YEARS), "letters_from")
POPULATION_HEADER = ("area_code", "area_name", "year", "age_band", "population", "status")
NEIGHBOURS_HEADER = (
    "area_code", "set_year", "rank", "neighbour_code", "neighbour_number", "neighbour_name", "closeness",
)
MEASURES_HEADER = (
    "measure", "title", "unit", "better", "decimals", "year_type", "owner", "publication", "link", "last_update",
    "next_update",
)
BANK_HOLIDAYS_HEADER = ("day", "name")


@dataclass(frozen=True)
class Area:
    """An authority, a region or England. `number` is the Department's old number, or LAIT's for a region."""

    number: str
    code: str
    name: str
    kind: str
    region_code: str


def area_rows(published: Path) -> list[tuple[str, ...]]:
    """Every area of the Department's files, abolished authorities included, by number."""
    return [(a.number, a.code, a.name, a.kind, a.region_code) for a in areas(published).values()]


@lru_cache(maxsize=1)
def areas(published: Path) -> dict[str, Area]:
    """The areas by number, each with the code and name it has had last (codes change when districts merge)."""
    seen: dict[str, Counter[tuple[str, str, str, str]]] = {}
    for path in sorted((published / "dfe").glob("*.csv")):
        for row in _rows(path):
            number = _number_of(row)
            if number.isdigit():
                code = row["new_la_code"] or row["region_code"] or row["country_code"]
                name = row["la_name"] or row["region_name"] or row["country_name"]
                # The latest year counts first; in it, what most files say.
                seen.setdefault(number, Counter())[row["time_period"], code, name, row["region_code"]] += 1
    found = {}
    for number, counted in sorted(seen.items()):
        latest = max(period for period, *_ in counted)
        (_, code, name, region), _ = max(
            ((key, times) for key, times in counted.items() if key[0] == latest), key=lambda item: (item[1], item[0])
        )
        kind = "england" if code == ENGLAND else "region" if code in REGION_NUMBERS else "authority"
        found[number] = Area(number, code, name, kind, region)
    return found


def _number_of(row: dict[str, str]) -> str:
    if row["geographic_level"] == "National":
        return ENGLAND_NUMBER
    if row["geographic_level"] == "Regional":
        return REGION_NUMBERS.get(row["region_code"], "")
    return row["old_la_code"]


def neighbour_rows(published: Path) -> Iterator[tuple[str, ...]]:
    """Every authority's ten statistical neighbours in each set, closest first."""
    every = areas(published)
    for set_year in SETS:
        for number, neighbours in sorted(_neighbours(published, set_year).items()):
            for rank, (neighbour, closeness) in enumerate(neighbours, start=1):
                area = every[neighbour]
                yield every[number].code, str(set_year), str(rank), area.code, neighbour, area.name, closeness


def _neighbours(published: Path, set_year: int) -> dict[str, list[tuple[str, str]]]:
    """{authority's number: [(neighbour's number, closeness in words)], closest first}."""
    with (published / SETS[set_year]).open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    first = next(i for i, title in enumerate(header) if title.replace("_", "").upper() == "SN1")
    found = {}
    for row in rows:
        if row and row[0].strip().isdigit():
            pairs = zip(row[first:first + 20:2], row[first + 1:first + 20:2], strict=True)
            found[row[0].strip()] = [(number.strip(), close.strip().capitalize()) for number, close in pairs]
    return found


def population_rows(published: Path) -> Iterator[tuple[str, ...]]:
    """Children aged 0 to 17 in every area at each mid-year."""
    every = areas(published)
    rows = [row for row in _rows(_file(published, "ons_mid-year")) if _number_of(row) in every]
    for row in sorted(rows, key=lambda row: (_number_of(row), row["time_period"])):
        area, value = every[_number_of(row)], row["population_estimate"]
        if value in SYMBOLS:
            continue  # an authority that did not exist: absent, not zero
        yield area.code, area.name, row["time_period"], "0 to 17", value, "ok"


def benchmark_rows(published: Path) -> Iterator[tuple[str, ...]]:
    """Each measure and area that LAIT has: a cell a year, its value or the letter that says why there is none.

    `-` is LAIT's own word for missing, where the Department's file gives no letter; an empty cell is a year that LAIT
    does not have. The last cell names the file that the letters are from.
    """
    every = areas(published)
    values = _lait_values(published / "lait_children_social_care_2016_2025.csv.gz", set(every))
    for measure in (*MEASURES, *BASES):
        statuses = _statuses(published, measure, set(every))
        for number, area in every.items():
            written = [values.get((measure, number, str(year))) for year in YEARS]
            if not any(written):
                continue
            letters = [statuses.get((number, str(year)), ("", "")) for year in YEARS]
            cells = [_cell(value, letter) for value, (letter, _) in zip(written, letters, strict=True)]
            named = {source for cell, (letter, source) in zip(cells, letters, strict=True) if letter and cell == letter}
            yield measure, area.code, *cells, " and ".join(sorted(named))


def _cell(written: str | None, letter: str) -> str:
    if written is None:
        return ""
    value = _number(written)
    if letter in {"c", "k", "u", "x", "z"}:
        return letter
    return "-" if value is None else value


def _lait_values(path: Path, numbers: set[str]) -> dict[tuple[str, str, str], str]:
    held = {*MEASURES, *BASES}
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        return {
            (row["measure_short"], row["la_number"], row["period"]): row["value"]
            for row in csv.DictReader(lines) if row["la_number"] in numbers and row["measure_short"] in held
        }


def _statuses(published: Path, measure: str, numbers: set[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """{(number, year): (symbol, source)} from the Department's own files; the newest file's word first."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for prefix, column in STATUS_COLUMNS.get(measure, ()):
        path = _file(published, prefix)
        population_type = CHILDREN_LOOKED_AFTER.get(measure)
        for row in _rows(path):
            symbol, about = row[column].strip(), row.get("population_type")
            if symbol in SYMBOLS and _number_of(row) in numbers and about in {None, population_type}:
                found.setdefault((_number_of(row), row["time_period"]), (symbol, f"DfE {path.stem}"))
    return found


def _number(written: str) -> str | None:
    """The number as LAIT shows it, without the tail that a spreadsheet's arithmetic leaves; None when it is none."""
    try:
        value = float(written)
    except ValueError:
        return None
    return f"{value:.12g}" if math.isfinite(value) else None


def measure_rows(published: Path) -> Iterator[tuple[str, ...]]:
    """What LAIT's dictionary says of each measure."""
    with (published / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as lines:
        entries = {row["Measure_short"]: row for row in csv.DictReader(lines)}
    for measure in (*MEASURES, *BASES):
        entry = entries[measure]
        link = entry["Hyperlink(s)"].strip()
        decimals = entry["dps"].strip()
        owner = entry["Data Owner (DO) /Supplier and Contact Details"].strip()
        yield (
            measure, entry["Measure"].strip(), entry["y_axis_name"].strip(),
            {"high": "higher", "low": "lower"}.get(entry["Polarity"].strip().casefold(), "neither"),
            str(int(float(decimals))) if decimals else "", entry["Year_Type"].strip(),
            {"DfE": "Department for Education"}.get(owner, owner), PUBLICATIONS[link.rsplit("/", 1)[-1]], link,
            entry["Last Update"].strip(), entry["Next Update"].strip(),
        )


def bank_holiday_rows() -> Iterable[tuple[str, str]]:
    """England's bank holidays, 2010 to 2030; where one falls at a weekend, its substitute day."""
    import holidays

    england = holidays.country_holidays("GB", subdiv="ENG", years=range(2010, 2031), language="en_GB")
    return [(day.isoformat(), name) for day, name in sorted(england.items()) if day.weekday() < 5]


def _file(published: Path, prefix: str) -> Path:
    return next((published / "dfe").glob(f"{prefix}*.csv"))


@lru_cache(maxsize=32)
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))
