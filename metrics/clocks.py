"""The partnership's own limits from config/clocks.yaml, such as how soon a child on a plan is visited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Clock:
    """A limit in days or working days. `steps` are (since, limit), earliest first; the first also holds before."""

    name: str
    title: str
    unit: Literal["working_days", "days", "hours"]
    steps: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The limit in force on `day`."""
        limit = self.steps[0][1]
        for since, value in self.steps:
            if since <= day:
                limit = value
        return limit


Clocks = Mapping[str, Clock]


def clocks() -> Clocks:
    """The clocks of config/clocks.yaml, by name; raises returns.partnership.SettingsError when it cannot be used."""
    from returns.partnership import clocks as declared

    return {
        clock.name: Clock(
            name=clock.name,
            title=clock.title,
            unit=clock.unit,
            steps=tuple(sorted((step.since, step.limit) for step in clock.steps)),
        )
        for clock in declared()
    }
