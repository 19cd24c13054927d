"""Where nothing happens no more is raised than docs/false-alarms.md says, and no stock is called special."""

from __future__ import annotations

import math

import pytest

from bench.false_alarms import expected
from bench.quiet_counties import NATURES, Alarms, county, simulated, special_if_charted
from metrics.catalogue import load_catalogue

# Other counties than those that the document was written from.
SEED = 41


def no_more_than_printed(found: Alarms) -> None:
    """Fails where more was found than is printed, by more than chance allows (four standard deviations)."""
    printed = expected()
    assert printed.keys() == NATURES.keys()
    for nature, rates in printed.items():
        for rate, raised in zip(rates, (found.alerts[nature], found.watches[nature]), strict=True):
            mean = rate / 100 * found.lines[nature]
            assert raised <= mean + 4 * math.sqrt(mean) + 2, f"{nature}: {raised} raised, {mean:.1f} expected"


def test_no_more_is_raised_than_is_printed_where_nothing_happens() -> None:
    no_more_than_printed(simulated(6, seed=SEED))


@pytest.mark.long
def test_no_more_is_raised_than_is_printed_in_200_quiet_counties() -> None:
    no_more_than_printed(simulated(200, seed=SEED))


def test_alerts_are_few_where_nothing_happens() -> None:
    assert all(alerts < 10 for alerts, _ in expected().values())


def test_a_process_chart_of_a_stock_would_be_special_half_the_time_and_ours_never_is() -> None:
    import numpy

    assert special_if_charted(30, seed=SEED) > 50
    for nature, line in county(numpy.random.default_rng(SEED), load_catalogue()):
        assert line.process is not None
        if nature != "flow":
            assert line.process.spc is None and line.process.variation is None
        else:
            assert line.process.spc is not None
