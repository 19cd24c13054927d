"""Loading published statistics: what is recognised, what is refused, and that the printed figures come out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.published import PublishedReport, published_command, reload_published
from pipelines.reference import ReferenceUnreadable, load_reference, refresh_reference
from returns.places import PROJECT, Places
from warehouse.ledger import Ledger
from warehouse.store import Reader, build, current_version, reader, use_version

HEREFORDSHIRE = "E06000019"
PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name"
)
ENGLAND = "2024,Reporting year,National,E92000001,England,,,,,"
COUNTY = (
    "2024,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,"
    '884,E06000019,"Herefordshire, County of"'
)


@pytest.fixture
def places(data: Path) -> Places:
    return Places.of(data)


def written(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def held(places: Places, columns: str = "measure, area_code, year, breakdown, value, status") -> list[tuple[Any, ...]]:
    with reader(places) as current:
        return current.query(f"SELECT {columns} FROM main.published ORDER BY ALL")


def test_every_indicator_and_filter_of_a_file_is_kept_with_symbols_as_status(tmp_path: Path, places: Places) -> None:
    file = written(
        tmp_path, "d9_plans.csv",
        f"{PLACE},category,age,plans,rate", f"{ENGLAND},Plans,All,49420,40.1", f"{COUNTY},Plans,All,c,u",
        f"{COUNTY.replace('2024', '2025', 1)},Plans,All,low,0", f"{COUNTY.replace('2024', '2023', 1)},Plans,All,z,x",
        encoding="utf-8-sig",
    )
    report = published_command([file], places)
    assert [(f.outcome, f.source, f.figures, f.areas, f.years) for f in report.files] == [
        ("loaded", "d9_plans", 8, 2, ("2023", "2025"))]
    said = "category: Plans; age: All"
    assert held(places) == [
        ("plans", HEREFORDSHIRE, "2023", said, None, "z"), ("plans", HEREFORDSHIRE, "2024", said, None, "c"),
        ("plans", HEREFORDSHIRE, "2025", said, None, "low"), ("plans", "E92000001", "2024", said, 49420.0, "ok"),
        ("rate", HEREFORDSHIRE, "2023", said, None, "x"), ("rate", HEREFORDSHIRE, "2024", said, None, "u"),
        ("rate", HEREFORDSHIRE, "2025", said, 0.0, "ok"), ("rate", "E92000001", "2024", said, 40.1, "ok"),
    ]


def test_columns_in_another_order_are_read_by_their_names(tmp_path: Path, places: Places) -> None:
    swapped = PLACE.replace("new_la_code,la_name", "la_name,new_la_code")
    county = COUNTY.replace(',E06000019,"Herefordshire, County of"', ',"Herefordshire, County of",E06000019')
    published_command([written(tmp_path, "cla.csv", f"{swapped},children", f"{county},344")], places)
    assert held(places, "area_code, area_name, area_level, value") == [
        (HEREFORDSHIRE, "Herefordshire, County of", "Local authority", 344.0)]


def test_an_authority_has_the_same_code_before_and_after_its_districts_merged(tmp_path: Path, places: Places) -> None:
    before = COUNTY.replace("884,E06000019", "815,E10000023").replace("2024", "2021", 1)
    after = COUNTY.replace("884,E06000019", "815,E06000065")
    published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{before},1", f"{after},2")], places)
    assert held(places, "area_code, year, value") == [("E06000065", "2021", 1.0), ("E06000065", "2024", 2.0)]


def test_the_lait_extract_is_read_by_number_and_unknown_numbers_are_kept(tmp_path: Path, places: Places) -> None:
    lines = [
        "measure_short,period,la_name,value,la_number,region",
        '"CPP_Total_Rateper10,000",2024,Herefordshire,-,884,West Midlands',
        '"CPP_Total_Rateper10,000",2025,Herefordshire,524.39999999999998,884,West Midlands',
        "LACnum,2016,Old Shire,12,777,South East",
        "LACnum,2025,England,83630,970,NA", "LACnum,2025,Statistical Neighbours (Herefordshire),612,,NA",
    ]
    path = tmp_path / "lait.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert published_command([path], places).files[0].source == "LAIT"
    assert held(places, "area_code, area_level, measure, year, value, status") == [
        ("", "Statistical neighbours", "LACnum", "2025", 612.0, "ok"),
        ("777", "Local authority", "LACnum", "2016", 12.0, "ok"),
        (HEREFORDSHIRE, "Local authority", "CPP_Total_Rateper10,000", "2024", None, "x"),
        (HEREFORDSHIRE, "Local authority", "CPP_Total_Rateper10,000", "2025", 524.4, "ok"),
        ("E92000001", "National", "LACnum", "2025", 83630.0, "ok"),
    ]


def test_the_same_file_again_is_unchanged_and_makes_no_version(tmp_path: Path, places: Places) -> None:
    file = written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")
    published_command([file], places)
    again = published_command([file], places)
    assert [f.outcome for f in again.files] == ["unchanged"]
    assert (again.version, again.exit_code) == (1, 0)
    assert [event.payload["file"] for event in Ledger(places).events("published")] == ["b1.csv"]


def test_a_later_edition_of_a_file_takes_the_place_of_the_one_before(tmp_path: Path, places: Places) -> None:
    published_command([written(tmp_path, "b1.csv", f"{PLACE},n,old", f"{COUNTY},1,5")], places)
    report = published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},2")], places)
    assert report.files[0].outcome == "replaced"
    assert held(places, "measure, value") == [("n", 2.0)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "no header row"),
        ("header_only.csv", f"{PLACE},n\n".encode(), "a header and no rows"),
        ("other.csv", b"child,date\n1,2024-01-01\n", "not a file of published statistics that this program knows"),
        ("twice.csv", f"{PLACE},n,n\n{COUNTY},1,2\n".encode(), "names a column twice"),
        ("ragged.csv", f"{PLACE},n\n{COUNTY},1,2\n".encode(), "more or fewer cells than its header"),
        ("words.csv", f"{PLACE},category\n{COUNTY},Plans\n".encode(), "no column of figures"),
        ("odd.csv", f"{PLACE},n\n{ENGLAND},1\n{COUNTY},2\n{COUNTY[1:]},about 3\n".encode(),
         "neither a number nor one of the published symbols"),
        ("doubled.csv", f"{PLACE},n\n{COUNTY},1\n{COUNTY},2\n".encode(), "two rows for the same area"),
        ("schools.csv", f"{PLACE},n\n{COUNTY.replace('Local authority', 'School')},1\n".encode(), "no rows for"),
        ("broken.csv.gz", gzip.compress(b"measure_short,period\n" * 99, mtime=0)[:40], "broken off or damaged"),
        ("workbook.csv", b"PK\x03\x04rest of a workbook", "a workbook or an archive"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence_and_changes_nothing(
    tmp_path: Path, places: Places, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    report = published_command([file], places)
    assert report.exit_code == 1
    assert said in report.files[0].sentence and name in report.files[0].sentence
    assert "about 3" not in report.files[0].sentence
    assert current_version(places) is None and not list(Ledger(places).events())


@pytest.mark.parametrize("content", [b"MZ\x90\x00 a program", b"%PDF-1.7", b"<!doctype html><p>Not found"])
def test_a_program_or_page_named_csv_is_refused_as_unsafe(tmp_path: Path, places: Places, content: bytes) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes(content)
    assert published_command([file], places).exit_code == 4


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_fills_the_memory(
    tmp_path: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.published_files.MOST_BYTES", 1_000_000)
    file = tmp_path / "bomb.csv.gz"
    file.write_bytes(gzip.compress(b"0" * 5_000_000))
    report = published_command([file], places)
    assert report.exit_code == 4 and "unpacks to more than" in report.files[0].sentence


def test_one_wrong_file_among_good_ones_is_named_and_the_others_are_loaded(tmp_path: Path, places: Places) -> None:
    good = written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")
    wrong = written(tmp_path, "wrong.csv", "a,b", "1,2")
    doubled = written(tmp_path, "doubled.csv", f"{PLACE},n", f"{COUNTY},1", f"{COUNTY},2")
    report = published_command([wrong, good, doubled, tmp_path / "gone.csv"], places)
    assert [f.outcome for f in report.files] == ["refused", "loaded", "refused", "refused"]
    assert report.exit_code == 1
    assert held(places, "source, value") == [("b1", 1.0)]


def test_a_column_named_as_a_statement_is_only_ever_text(tmp_path: Path, places: Places) -> None:
    evil = 'n\'); DROP TABLE main.published; --'
    file = written(tmp_path, "x'; DROP TABLE y; --.csv", f'{PLACE},"{evil}","f""; --"', f"{COUNTY},1,word")
    published_command([file], places)
    assert held(places, "measure, breakdown, value") == [(evil, 'f"; --: word', 1.0)]


def test_the_report_is_one_json_value(tmp_path: Path, places: Places) -> None:
    report = published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")], places)
    assert json.loads(json.dumps(report.as_json())) == {
        "published": [{"file": "b1.csv", "status": "loaded", "source": "b1", "figures": 1, "areas": 1,
                       "years": ["2024", "2024"], "message": ""}],
        "version": 1,
    }


def test_a_file_is_kept_as_received_and_gives_the_same_figures_when_replayed(tmp_path: Path, places: Places) -> None:
    file = written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")
    published_command([file], places)
    before = held(places)
    line = next(Ledger(places).events("published")).payload
    assert (places.raw / line["stored_as"]).read_bytes() == file.read_bytes()
    with build(places, from_scratch=True) as builder:
        assert reload_published(builder, places, file=line["file"], stored_as=line["stored_as"]) == 1
    assert held(places) == before


def test_a_load_makes_good_what_the_version_lacks_of_earlier_loads(tmp_path: Path, places: Places) -> None:
    published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")], places)
    published_command([written(tmp_path, "c1.csv", f"{PLACE},n", f"{COUNTY},2")], places)
    use_version(places, 1)
    report = published_command([written(tmp_path, "d1.csv", f"{PLACE},n", f"{COUNTY},3"), tmp_path / "c1.csv"], places)
    assert [f.outcome for f in report.files] == ["loaded", "unchanged"]
    assert held(places, "source, value") == [("b1", 1.0), ("c1", 2.0), ("d1", 3.0)]


def test_a_rebuild_gives_the_same_published_figures(tmp_path: Path, places: Places) -> None:
    from pipelines.replay import rebuild

    published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")], places)
    published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},2")], places)
    rebuild(places)
    assert held(places, "source, value") == [("b1", 2.0)]


def test_the_warehouse_has_the_projects_reference_tables_after_any_load(tmp_path: Path, places: Places) -> None:
    published_command([written(tmp_path, "b1.csv", f"{PLACE},n", f"{COUNTY},1")], places)
    with reader(places) as current:
        assert current.query(
            "SELECT value, status FROM main.benchmarks "
            "WHERE measure = ? AND area_code = ? AND year IN (2024, 2025) ORDER BY year",
            ["CPP_Total_Rateper10,000", HEREFORDSHIRE],
        ) == [(None, "u"), (524.4, "ok")]
        assert current.query("SELECT count(*) FROM main.neighbours WHERE area_code = ?", [HEREFORDSHIRE]) == [(20,)]
        assert current.query("SELECT publication, better FROM main.measures WHERE measure = 'ReReferral'") == [
            ("Children in need", "lower")]
        assert current.query("SELECT count(*) FROM main.bank_holidays WHERE year(day) = 2025") == [(8,)]
        children = "SELECT population FROM main.population WHERE area_code = ? AND year = 2024"
        assert current.query(children, [HEREFORDSHIRE]) == [(34439,)]


def test_reference_tables_are_read_again_only_when_they_changed(tmp_path: Path, places: Places) -> None:
    import shutil

    reference = tmp_path / "reference"
    shutil.copytree(PROJECT / "data/reference", reference)
    with build(places) as builder:
        read = [refresh_reference(builder.connection, reference) for _ in range(2)]
        days = (reference / "bank_holidays.csv").read_text("utf-8")
        (reference / "bank_holidays.csv").write_text(f"{days}2031-01-01,New Year's Day\n", "utf-8")
        read.append(refresh_reference(builder.connection, reference))
        held = builder.connection.execute("SELECT count(*) FROM main.bank_holidays WHERE year(day) = 2031").fetchall()
    assert (read, held) == ([True, False, True], [(1,)])


def test_a_missing_reference_table_is_named(tmp_path: Path, places: Places) -> None:
    with pytest.raises(ReferenceUnreadable, match=r"population\.csv is missing"), build(places) as builder:
        load_reference(builder.connection, tmp_path)
    with build(places) as builder:
        assert set(load_reference(builder.connection, PROJECT / "data/reference")) == {
            "population", "benchmarks", "neighbours", "bank_holidays", "measures", "printed_figures"}


# ---- the real files --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PublishedReport, Reader]]:
    published = PROJECT.parent / "shared" / "published"
    places = Places.of(tmp_path_factory.mktemp("published"))
    lait = published / "lait_children_social_care_2016_2025.csv.gz"
    report = published_command([lait, *sorted((published / "dfe").glob("*.csv"))], places)
    with reader(places) as current:
        yield report, current


def county(current: Reader, source: str, year: str) -> dict[str, float | str]:
    """Each measure of Herefordshire in one file and year: its value, or its symbol."""
    rows = current.query(
        "SELECT measure, value, status FROM main.published WHERE starts_with(source, ?) AND area_code = ? AND year = ?",
        [source, HEREFORDSHIRE, year],
    )
    return {measure: status if value is None else value for measure, value, status in rows}


@pytest.mark.needs_shared
@pytest.mark.timeout(600)
def test_every_published_file_loads_with_every_authority(everything: tuple[PublishedReport, Reader]) -> None:
    report, current = everything
    assert {f.outcome for f in report.files} == {"loaded"} and len(report.files) == 19
    assert report.exit_code == 0
    assert {f.areas for f in report.files} <= set(range(165, 175))
    statuses = {status for (status,) in current.query("SELECT DISTINCT status FROM main.published")}
    assert statuses == {"ok", "c", "low", "u", "x", "z"}
    assert current.query("SELECT count(*) FROM main.published WHERE (value IS NULL) = (status = 'ok')") == [(0,)]
    assert current.query("SELECT DISTINCT area_level FROM main.published ORDER BY 1") == [
        ("Local authority",), ("National",), ("Regional",)]


@pytest.mark.needs_shared
@pytest.mark.timeout(600)
def test_assessments_in_45_working_days_in_2024_were_1040_of_1088(everything: tuple[PublishedReport, Reader]) -> None:
    found = county(everything[1], "c2_", "2024")
    bands = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")
    within = sum(float(found[band]) for band in bands)
    assert (within, found["Assessments_completed"], round(100 * within / 1088, 1)) == (1040, 1088, 95.6)


@pytest.mark.needs_shared
@pytest.mark.timeout(600)
def test_conferences_within_15_working_days_in_2024_were_346_of_370(everything: tuple[PublishedReport, Reader]) -> None:
    found = county(everything[1], "c4_", "2024")
    within = float(found["Duration_0-10_days"]) + float(found["Duration_11-15_days"])
    assert (within, found["ICPC"], round(100 * within / 370, 1)) == (346, 370, 93.5)


@pytest.mark.needs_shared
@pytest.mark.timeout(600)
def test_referrals_were_1806_in_2025_and_not_reliable_in_2024(everything: tuple[PublishedReport, Reader]) -> None:
    _, current = everything
    newer = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025"
    assert county(current, newer, "2025")["referral_count"] == 1806
    assert county(current, newer, "2024")["referral_count"] == "u"
    children = county(current, "ons_", "2024")["population_estimate"]
    assert (children, round(1806 / float(children) * 10_000, 1)) == (34439, 524.4)
    assert county(current, "LAIT", "2025")["CPP_Total_Rateper10,000"] == 524.4
