"""Our ranks and quartile bands are those of the Local Authority Interactive Tool."""

from __future__ import annotations

import pytest
from oracle_values import values

from metrics.compare import quartile_band, rank
from metrics.spc import Better

BETTER: dict[str, Better] = {"High": "higher", "Low": "lower"}


@pytest.mark.parametrize("case", ["normal", "ties", "missing"])
def test_ranks_are_theirs(case: str) -> None:
    rows = [row for row in values("lait_rank") if row["case"] == case]
    found = rank([float(row["value"]) if row["value"] else None for row in rows], better=BETTER[rows[0]["polarity"]])
    assert found == [int(row["expected_rank"]) if row["expected_rank"] else None for row in rows]


@pytest.mark.parametrize("row", values("lait_quartile_band"))
def test_quartile_bands_are_theirs(row: dict[str, str]) -> None:
    quartiles = [float(row[name]) for name in ("q0", "q25", "q50", "q75", "q100")]
    value = float(row["value"]) if row["value"] else None
    if row["expected_band"] == "Error":
        with pytest.raises(ValueError, match="a quartile only among values"):
            quartile_band(value, quartiles, better=BETTER[row["polarity"]])
    else:
        # Five values are their own quartiles.
        assert (quartile_band(value, quartiles, better=BETTER[row["polarity"]]) or "") == row["expected_band"]
