"""Writes the project's own reference tables, data/reference/*.csv, from published sources.

Run as `python -m pipelines.reference_tables --shared ../shared`. The tables are in git, so
that a clone needs no download; a test writes them again and compares them byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from returns.places import PROJECT

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."


@dataclass(frozen=True)
class ReferenceTable:
    """One table: its file, what its comment lines say of source and licence, its columns and its rows."""

    file: str
    about: tuple[str, ...]
    header: tuple[str, ...]
    rows: Callable[[Path], Iterable[Sequence[str]]]

    def text(self, shared: Path) -> str:
        """The whole file, as it is written."""
        out = io.StringIO(newline="")
        for line in self.about:
            out.write(f"# {line}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows(shared))
        return out.getvalue()


def tables() -> tuple[ReferenceTable, ...]:
    """Every reference table."""
    return (*_code_tables(), *_area_tables(), *_figure_tables(), *_printed_tables())


def _code_tables() -> tuple[ReferenceTable, ...]:
    from pipelines import reference_codes as codes
    from pipelines.reference_partner_codes import partner_codes, partner_spellings
    from returns.codes import Code

    def published(shared: Path) -> list[Code]:
        return codes.published_codes(shared / "samples/annex_a/ofsted_template_2019.xlsx")

    def code_rows(shared: Path) -> list[tuple[str, ...]]:
        return [tuple(getattr(code, name) for name in codes.CODES_HEADER)
                for code in (*published(shared), *partner_codes())]

    def alias_rows(shared: Path) -> list[tuple[str, str, str, str]]:
        annex_a = codes.spellings(shared / "standards/annex_a_value_aliases_dedup.csv", published(shared))
        return sorted(annex_a + partner_spellings())

    return (
        ReferenceTable("code_lists.csv", (
            "Codes of Ofsted's Annex A (ILACS child-level data), August 2019, tab Codes_used, with the codes that",
            "the Department for Education's census and 903 return have added since; and the lists of the",
            "partnership's own returns, for which there is no national standard. Groups are worded here.",
            f"Source: Ofsted; Department for Education. Crown copyright. {OGL}",
        ), codes.CODES_HEADER, code_rows),
        ReferenceTable("aliases.csv", (
            "Spellings found in authorities' extracts, reduced to their words, and the group each means; a spelling",
            "with two groups is ambiguous and never guessed. Authorities of placement, kept as sent, are left out.",
            "Those of the lists of the partnership's own returns are the project's.",
            "Source: the LIIA pipeline (liia-tools-pipeline, Annex_A_schema.yml). MIT Licence.",
        ), codes.ALIASES_HEADER, alias_rows),
    )


def _area_tables() -> tuple[ReferenceTable, ...]:
    from pipelines import reference_figures as figures

    return (
        ReferenceTable("areas.csv", (
            "Authorities, regions and England: the Department's number (LAIT's for a region) and latest code.",
            f"Source: Department for Education, Explore education statistics, 2013 to 2025. {OGL}",
        ), figures.AREAS_HEADER, lambda shared: figures.area_rows(shared / "published")),
        ReferenceTable("neighbours.csv", (
            "Ten statistical neighbours of each authority, closest first, in the sets of 2025 and 2021.",
            f"Source: Department for Education, Local Authority Interactive Tool, statistical neighbours. {OGL}",
        ), figures.NEIGHBOURS_HEADER, lambda shared: figures.neighbour_rows(shared / "published")),
        ReferenceTable("bank_holidays.csv", (
            "Bank holidays in England, 2010 to 2030, substitute days where one falls at a weekend.",
            "Source: the holidays library, https://github.com/vacanza/holidays. MIT Licence.",
        ), figures.BANK_HOLIDAYS_HEADER, lambda shared: figures.bank_holiday_rows()),
    )


def _figure_tables() -> tuple[ReferenceTable, ...]:
    from pipelines import reference_figures as figures

    return (
        ReferenceTable("population.csv", (
            "Children aged 0 to 17 at each mid-year, in every authority and region and in England.",
            f"Source: Office for National Statistics, mid-year estimates, as the Department for Education uses. {OGL}",
        ), figures.POPULATION_HEADER, lambda shared: figures.population_rows(shared / "published")),
        ReferenceTable("benchmarks.csv", (
            "Published figures of every authority, region and England (areas.csv names them), a column a year: the one",
            "in which the financial year ends. A letter in a figure's place says why there is none: u not reliable, c",
            "hidden, z not applicable, x not available; - is missing without a reason; empty is a year not published.",
            "letters_from names the file the letters are from; all else is from the Local Authority Interactive Tool.",
            "Source: Department for Education, Local Authority Interactive Tool and Explore education statistics.",
            OGL,
        ), figures.BENCHMARKS_HEADER, lambda shared: figures.benchmark_rows(shared / "published")),
        ReferenceTable("measures.csv", (
            "What each measure of benchmarks.csv is, and the publication to name as its source.",
            f"Source: Department for Education, Local Authority Interactive Tool, data dictionary. {OGL}",
        ), figures.MEASURES_HEADER, lambda shared: figures.measure_rows(shared / "published")),
    )


def _printed_tables() -> tuple[ReferenceTable, ...]:
    from pipelines import reference_printed as printed

    return (
        ReferenceTable("printed_figures.csv", (
            "Figures that partnerships printed in their own reports, and what the reports say follows from them: a",
            "total of the parts beside it, a rate of a population or of another figure, a change on the one before.",
            "Facts and figures only. Source: the report named in each row. The Department for Education's figures",
            "they are set beside are public sector information under the Open Government Licence v3.0.",
        ), printed.PRINTED_HEADER, lambda shared: printed.printed_rows(shared / "published")),
    )


def write_tables(shared: Path, out: Path) -> tuple[Path, ...]:
    """The files written into `out`, in order."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables():
        path = out / table.file
        path.write_bytes(table.text(shared).encode("utf-8"))
        written.append(path)
    return tuple(written)


def main(
    shared: Path = typer.Option(..., help="The folder of published sources."),
    out: Path = typer.Option(PROJECT / "data/reference", help="Where the tables go."),
) -> None:
    """Write the reference tables."""
    for path in write_tables(shared, out):
        typer.echo(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    typer.run(main)
