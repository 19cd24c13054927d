"""Each indicator is broken down by every group that its table carries, or says why not."""

from __future__ import annotations

import pytest

from metrics.catalogue import load_catalogue
from metrics.model import Indicator

# What a partnership asks of any figure: from which agency, about which children, of what kind, whose, where.
ASKED_FOR = (
    "source", "referring_agency", "participant", "respondent", "organisation_group",
    "age_band", "sex", "ethnicity", "disability",
    "category", "abuse_category", "team", "area", "locality", "phase",
)  # fmt: skip


def carried(indicator: Indicator) -> dict[str, str]:
    """The groups asked for that the indicator's table carries, and the column of each."""
    found = {}
    for name in ASKED_FOR:
        try:
            found[name] = indicator.group_column(name)
        except KeyError:
            continue
    return found


@pytest.mark.parametrize("indicator", load_catalogue().indicators, ids=lambda one: one.id)
def test_every_group_of_the_table_is_offered_or_the_declaration_says_why_not(indicator: Indicator) -> None:
    said = {indicator.group_column(name) for name in (*indicator.by, *indicator.watch_by, *indicator.not_by)}
    assert {name for name, column in carried(indicator).items() if column not in said} == set()


def test_whatever_is_watched_can_be_asked_for_too() -> None:
    for indicator in load_catalogue().indicators:
        assert set(indicator.watch_by) <= set(indicator.by), indicator.id
