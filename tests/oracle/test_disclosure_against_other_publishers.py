"""Counts as other publishers protect them: the same schemes, set in ours, show and hide the same.

The figures are from `../shared/oracles/sdc_examples.csv`, whose sources are: opensafely-core/ehrql,
ehrql/measures/disclosure_control.py and its tests; Hansard, 8 January 2008, note to
the tables of children looked after (numbers 1 to 5 suppressed, over 1,000 to the nearest 100, else to the nearest 10);
Department for Education, "CLA: a focus on placement location" (2025), methodology: national figures to the nearest 10.
ehrql writes 0 for what it hides; here that is never a number.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from metrics.disclosure import protect
from metrics.schemes import Rounding, Scheme

SCHEMES = {
    "opensafely_ehrql_threshold7_round5": Scheme(name="ehrql", hides=7, rounds=(Rounding(above=0, nearest=5),)),
    "dfe_cla_2007_1to5_round10_100": Scheme(
        name="dfe_2007", hides=5, rounds=(Rounding(above=0, nearest=10), Rounding(above=1000, nearest=100))
    ),
    "dfe_cla_2025_national_round10": Scheme(name="dfe_2025", hides=0, rounds=(Rounding(above=0, nearest=10),)),
}
EXAMPLES = [
    ("opensafely_ehrql_threshold7_round5", 0, "0"),
    ("opensafely_ehrql_threshold7_round5", 6, "0"),
    ("opensafely_ehrql_threshold7_round5", 7, "0"),
    ("opensafely_ehrql_threshold7_round5", 8, "10"),
    ("dfe_cla_2007_1to5_round10_100", 0, "0"),
    ("dfe_cla_2007_1to5_round10_100", 1, "-"),
    ("dfe_cla_2007_1to5_round10_100", 5, "-"),
    ("dfe_cla_2007_1to5_round10_100", 6, "10"),
    ("dfe_cla_2007_1to5_round10_100", 1234, "1200"),
    ("dfe_cla_2025_national_round10", 1234, "1230"),
]


def published(scheme: str, count: int) -> str:
    """The cell as the publisher of the scheme writes it."""
    (cell,) = protect([count], scheme=SCHEMES[scheme])
    if cell.status == "c":
        assert cell.shown is None
        return "0" if scheme.startswith("opensafely") else "-"
    assert cell.status == "ok"
    return str(cell.shown)


@pytest.mark.parametrize(("scheme", "count", "says"), EXAMPLES)
def test_a_count_is_shown_as_the_publisher_shows_it(scheme: str, count: int, says: str) -> None:
    assert published(scheme, count) == says


@pytest.mark.needs_shared
def test_the_examples_here_are_all_of_the_shared_ones(shared: Path) -> None:
    with (shared / "oracles" / "sdc_examples.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["scheme"], int(row["count"]), row["published"]) for row in csv.DictReader(file)]
    assert rows == EXAMPLES
