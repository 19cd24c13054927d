"""Who was asked for a return: the schools that were open, by what the list of schools carries of them."""

from __future__ import annotations

from datetime import date

from metrics.asked import Owed, School
from metrics.catalogue import load_catalogue
from returns.periods import Period

QUARTER = Period.parse("2025-26-Q2")
RETURNED = load_catalogue()["s175_returned"].indicator
PHASE = RETURNED.group_column("phase")


def test_schools_are_asked_by_phase_and_those_that_closed_are_not() -> None:
    listed = [("Primary", None), ("Primary", None), (None, None), ("Secondary", date(2025, 1, 1))]
    owed = Owed((), tuple(School({PHASE: phase}, None, closed) for phase, closed in listed))
    assert owed.of(RETURNED, QUARTER) == {None: 3}
    assert owed.of(RETURNED, QUARTER, by="phase") == {"Primary": 2, "Not recorded": 1}


def test_how_many_of_a_group_were_asked_cannot_be_said_where_the_list_does_not_carry_it() -> None:
    owed = Owed((), (School({"locality": "North"}, None, None),))
    assert owed.of(RETURNED, QUARTER) == {None: 1}
    assert owed.of(RETURNED, QUARTER, by="phase") is None


def test_without_a_list_of_schools_it_cannot_be_said_how_many_were_asked() -> None:
    assert Owed((), ()).of(RETURNED, QUARTER) is None
