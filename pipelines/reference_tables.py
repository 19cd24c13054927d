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
    """Every reference table that is written from the published sources."""
    return (*_code_tables(),)


def _code_tables() -> tuple[ReferenceTable, ...]:
    from pipelines import reference_codes as codes
    from returns.codes import Code

    def published(shared: Path) -> list[Code]:
        return codes.published_codes(shared / "samples/annex_a/ofsted_template_2019.xlsx")

    def code_rows(shared: Path) -> list[tuple[str, ...]]:
        return [tuple(getattr(code, name) for name in codes.CODES_HEADER) for code in published(shared)]

    def alias_rows(shared: Path) -> list[tuple[str, str, str, str]]:
        return codes.spellings(shared / "standards/annex_a_value_aliases_dedup.csv", published(shared))

    return (
        ReferenceTable("code_lists.csv", (
            "Codes of Ofsted's Annex A (ILACS child-level data), August 2019, tab Codes_used, with the codes that",
            "the Department for Education's census and 903 return have added since. Groups are worded here.",
            f"Source: Ofsted; Department for Education. Crown copyright. {OGL}",
        ), codes.CODES_HEADER, code_rows),
        ReferenceTable("aliases.csv", (
            "Spellings found in authorities' extracts, reduced to their words, and the group each means; a spelling",
            "with two groups is ambiguous and never guessed. Authorities of placement, kept as sent, are left out.",
            "Source: the LIIA pipeline (liia-tools-pipeline, Annex_A_schema.yml). MIT Licence.",
        ), codes.ALIASES_HEADER, alias_rows),
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
