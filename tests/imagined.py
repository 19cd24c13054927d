"""The demonstration's county for tests that look at it before it is written down: simulated once a process."""

from __future__ import annotations

from functools import cache

from pipelines.demo.county import County, simulate


@cache
def county() -> County:
    """The county of seed 1, which is the one that people see. Read it, never change it."""
    return simulate(1)
