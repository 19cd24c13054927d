"""I03: a real load killed at any moment leaves the old version or the new one, whole; the next load catches up."""

from datetime import date

import pytest
from loading import annex_a, load

from returns.periods import add_months, quarter_of
from returns.places import Places
from warehouse import store
from warehouse.ledger import Ledger

COUNTS = """SELECT (SELECT count(*) FROM known.contacts), (SELECT count(*) FROM known.plans),
                   (SELECT count(*) FROM main.submissions)"""
IMPORTS = (
    "pipelines.__main__",
    "pipelines.load",
    "pipelines.derive",
    "pandas",
    "pandera.pandas",
    "duckdb",
    "returns.contacts",
)


@pytest.mark.timeout(600)
def test_i03_a_load_killed_at_twenty_moments_leaves_a_whole_version(data, tmp_path, kill_at_random_moments):
    places = Places.of(data)
    file = tmp_path / "next.xlsx"
    _quarter(file, number=0)
    load(data, file)
    wholes = {_whole(places)}

    def next_file(number):
        _quarter(file, number=number + 1)

    def whole(_number):
        now = _whole(places)
        contacts, plans, submissions = now
        # Each quarter has 40 contacts and 30 plans in two submissions; nothing in between is ever to be seen.
        assert (contacts, plans) == (40 * submissions // 2, 30 * submissions // 2)
        assert submissions % 2 == 0
        wholes.add(now)
        assert not any(record.status == "received" for record in Ledger(places).submissions())

    kills = kill_at_random_moments(
        ("-m", "pipelines", "load", str(file), "--data", str(data)),
        prepare=next_file,
        check=whole,
        moments=20,
        imports=IMPORTS,
    )
    assert kills.killed == 20
    assert len(wholes) > 1
    _quarter(file, number=62)
    load(data, file)
    accepted = [record for record in Ledger(places).submissions() if record.status == "accepted"]
    assert _whole(places) == (20 * len(accepted), 15 * len(accepted), len(accepted))
    assert not store.behind(places, Ledger(places))


def _quarter(file, *, number):
    """A quarter's workbook of its own children, so that every quarter adds the same to what is known.

    The quarters are of past years, because a date in the future would be a bad cell.
    """
    ends = quarter_of(add_months(date(2008, 5, 1), 3 * number)).end
    annex_a(
        file,
        contacts=[{"child_id": f"{number}-{child}", "received": ends, "source": "6"} for child in range(40)],
        child_protection_plans=[
            {"child_id": f"{number}-{child}", "started": ends, "previous_plans": 0} for child in range(30)
        ],
    )


def _whole(places):
    with store.reader(places) as current:
        return current.query(COUNTS)[0]
