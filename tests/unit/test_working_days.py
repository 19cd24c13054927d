"""England's working days, counted from the day after: a bank holiday and a weekend are none."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.workingdays import WorkingDays

EASTER = WorkingDays([date(2025, 4, 18), date(2025, 4, 21)])


def test_one_working_day_after_the_thursday_before_easter_is_the_tuesday() -> None:
    assert EASTER.add(date(2025, 4, 17), 1) == date(2025, 4, 22)
    assert EASTER.between(date(2025, 4, 17), date(2025, 4, 22)) == 1


@pytest.mark.parametrize("days", [0, -1])
def test_no_working_days_after_a_day_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="one working day or more"):
        EASTER.add(date(2025, 4, 17), days)
