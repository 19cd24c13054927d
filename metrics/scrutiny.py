"""What independent scrutiny found, quarter by quarter, and what the partnership answered: the return's own words."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.coverage import Source


@dataclass(frozen=True)
class Finding:
    """One finding of a quarter. `response` is empty until the partnership has answered; a strength needs none."""

    covers: str
    area: str
    is_strength: bool
    finding: str
    recommendation: str
    response: str

    @property
    def waits(self) -> bool:
        """Whether it is a development that nobody has answered."""
        return not self.is_strength and not self.response


def findings(source: Source) -> tuple[Finding, ...]:
    """Every finding as now known: those that wait for an answer first, the oldest of them first; then the latest."""
    rows = source.query(
        "SELECT covers, coalesce(area, ''), kind = 'strength', coalesce(finding, ''), coalesce(recommendation, ''), "
        "coalesce(response, '') FROM known.scrutiny_findings ORDER BY covers_to DESC, area, finding"
    )
    found = [Finding(str(row[0]), row[1], bool(row[2]), row[3], row[4], row[5]) for row in rows]
    waiting = [one for one in reversed(found) if one.waits]
    return (*waiting, *(one for one in found if not one.waits))
