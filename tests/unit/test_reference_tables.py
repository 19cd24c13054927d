"""The reference tables that are in git: that they follow from their sources, and hold what they must."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns.codes import read_table
from returns.places import PROJECT

REFERENCE = PROJECT / "data/reference"
HEREFORDSHIRE, WEST_MIDLANDS, ENGLAND = "E06000019", "E12000005", "E92000001"


def rows(name: str) -> list[dict[str, str]]:
    return list(read_table(REFERENCE / name))


def row_of(measure: str, area: str = HEREFORDSHIRE) -> dict[str, str]:
    found = [r for r in rows("benchmarks.csv") if (r["measure"], r["area_code"]) == (measure, area)]
    assert len(found) == 1
    return found[0]


def benchmark(measure: str, year: str, area: str = HEREFORDSHIRE) -> str:
    return row_of(measure, area)[year]


@pytest.mark.needs_shared
@pytest.mark.timeout(600)
def test_the_tables_in_git_are_what_their_sources_give_today(shared: Path, tmp_path: Path) -> None:
    from pipelines.reference_tables import write_tables

    written = write_tables(shared, tmp_path)
    assert {path.name for path in written} == {path.name for path in REFERENCE.glob("*.csv")}
    for path in written:
        assert path.read_bytes() == (REFERENCE / path.name).read_bytes(), f"{path.name}: run pipelines.reference_tables"


def test_every_table_names_its_source_and_licence_and_is_text_of_one_kind() -> None:
    for path in REFERENCE.glob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        comments = "\n".join(line for line in text.split("\n") if line.startswith("# "))
        assert "Source: " in comments, path.name
        assert "Open Government Licence v3.0" in comments or "MIT Licence" in comments, path.name
        assert "\r" not in text and "\ufeff" not in text


def test_herefordshires_referrals_of_2024_are_not_reliable_and_have_no_number() -> None:
    assert benchmark("CPP_Total_Rateper10,000", "2024") == "u"
    assert row_of("CPP_Total_Rateper10,000")["letters_from"].startswith("DfE c1_")


def test_herefordshires_published_figures_are_those_the_department_printed() -> None:
    assert benchmark("CPP_Total_Rateper10,000", "2025") == "524.4"
    assert benchmark("Continue_Assess_Comp", "2024") == "95.6"
    assert benchmark("CP_conf_15days", "2024") == "93.5"
    assert benchmark("CPP_Num", "2025") == "139"
    assert benchmark("LACnum", "2025") == "344"


def test_a_missing_benchmark_says_why_and_never_has_a_number() -> None:
    cells = {cell for row in rows("benchmarks.csv") for year, cell in row.items() if year.isdigit()}
    assert {cell for cell in cells if not cell.replace(".", "").isdigit()} == {"", "-", "c", "u", "x", "z"}
    # Cumbria was abolished in April 2023; Dorset as it now is began in April 2019.
    assert benchmark("LACnum", "2025", "E10000006") in {"-", "x", "z"}


def test_a_letter_names_the_file_that_says_so() -> None:
    for row in rows("benchmarks.csv"):
        letters = {cell for year, cell in row.items() if year.isdigit()} & {"c", "u", "x", "z"}
        assert bool(letters) == row["letters_from"].startswith("DfE "), (row["measure"], row["area_code"])


def test_every_measure_the_catalogue_compares_with_is_there_for_every_authority_and_year() -> None:
    from pipelines.reference_measures import BASES, MEASURES

    measures = {r["measure"] for r in rows("measures.csv")}
    assert measures == {*MEASURES, *BASES} and len(MEASURES) == 37
    kinds = {r["code"]: r["kind"] for r in rows("areas.csv")}
    table = {(r["measure"], r["area_code"]): r for r in rows("benchmarks.csv")}
    neighbours = {r["neighbour_code"] for r in rows("neighbours.csv") if r["area_code"] == HEREFORDSHIRE}
    late = {"LACHealth%": 2018, "LACDental%": 2018, "LAC_ceased_SGO%": 2020, "DeRegCPR": 2019}
    for measure in MEASURES:
        held = {area for one, area in table if one == measure}
        assert held <= kinds.keys() and {HEREFORDSHIRE, WEST_MIDLANDS, ENGLAND} | neighbours <= held
        assert sum(kinds[area] == "authority" for area in held) >= 150, measure
        for area in {HEREFORDSHIRE, WEST_MIDLANDS, ENGLAND} | neighbours:
            filled = {year for year, cell in table[measure, area].items() if year.isdigit() and cell}
            assert filled == {str(y) for y in range(late.get(measure, 2016), 2026)}, (measure, area)


@pytest.mark.needs_shared
def test_every_lait_measure_named_in_the_catalogue_is_a_benchmark(shared: Path) -> None:
    import re

    measures = {r["measure"] for r in rows("measures.csv")}
    cells = re.findall(r"\| L ([^|]+)\|", (shared / "indicators.md").read_text("utf-8"))
    named = [name for cell in cells for name in re.split(r", (?![0-9])", re.sub(r"\s*\([^)]*\)", "", cell).strip())]
    assert "CPP_Total_Rateper10,000" in named and len(named) > 30
    for name in named:
        # The catalogue shortens a row of three: "RefBySource_Police_%, _Schl_%, _HealthServ_%".
        assert name in measures or f"RefBySource{name}" in measures, name


def test_herefordshire_has_ten_neighbours_in_each_set_closest_first() -> None:
    own = [r for r in rows("neighbours.csv") if r["area_code"] == HEREFORDSHIRE]
    assert [r["neighbour_number"] for r in own if r["set_year"] == "2025"] == [
        "943", "860", "925", "893", "933", "888", "935", "811", "815", "830"]
    assert [r["neighbour_number"] for r in own if r["set_year"] == "2021"] == [
        "893", "878", "908", "933", "838", "865", "935", "926", "916", "909"]
    assert {r["closeness"] for r in own} == {"Extremely close", "Very close"}
    assert [r["rank"] for r in own] == [str(n) for n in range(1, 11)] * 2


def test_herefordshires_children_of_mid_2024_are_those_the_rate_of_2025_divides_by() -> None:
    row = next(r for r in rows("population.csv") if (r["area_code"], r["year"]) == (HEREFORDSHIRE, "2024"))
    assert (row["population"], row["age_band"], row["status"]) == ("34439", "0 to 17", "ok")
    assert round(1806 / 34439 * 10_000, 1) == 524.4
    years = {r["year"] for r in rows("population.csv") if r["area_code"] == HEREFORDSHIRE}
    assert len({r["area_code"] for r in rows("population.csv") if r["year"] == "2024"}) > 150
    assert years == {str(y) for y in range(2012, 2025)}


def test_bank_holidays_are_englands_weekdays_with_the_coronation_and_the_funeral() -> None:
    from datetime import date

    days = {date.fromisoformat(r["day"]): r["name"] for r in rows("bank_holidays.csv")}
    assert all(day.weekday() < 5 for day in days)
    assert {date(2023, 5, 8), date(2022, 9, 19), date(2022, 6, 3), date(2025, 4, 21)} <= days.keys()
    assert date(2022, 1, 3) in days and date(2022, 1, 1) not in days  # New Year's Day 2022 was a Saturday
    assert date(2025, 1, 2) not in days  # Scotland's
    assert {day.year for day in days} == set(range(2010, 2031))
    assert sum(day.year == 2025 for day in days) == 8


def test_one_authority_has_one_code_the_latest_its_number_has_had() -> None:
    areas = {r["number"]: r for r in rows("areas.csv")}
    assert areas["884"]["code"] == HEREFORDSHIRE
    assert areas["815"]["code"] == "E06000065"  # North Yorkshire, since April 2023
    assert (areas["970"]["kind"], areas["984"]["kind"]) == ("england", "region")
    assert areas["909"]["name"] == "Cumbria"
    assert len({r["code"] for r in areas.values()}) == len(areas)
