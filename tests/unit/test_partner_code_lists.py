"""The code lists of the partners' returns: each label read back as itself, and what senders really write."""

from __future__ import annotations

import pytest

from pipelines.reference_partner_codes import partner_codes, partner_spellings
from returns.codes import code_lists
from returns.places import PROJECT
from returns.referring_agencies import SOURCE_OF_AGENCY

LISTS = code_lists(PROJECT / "data" / "reference")


def test_every_label_and_code_of_a_partners_list_is_read_as_itself() -> None:
    for code in partner_codes():
        for written in (code.label, code.code, f" {code.label.upper()} ", f"{code.code}: {code.label}"):
            found = LISTS[code.list].match(written)
            assert (found.code, found.group) == (code.code, code.group), (code.list, written)


def test_every_other_spelling_is_read_as_its_group() -> None:
    for name, spelling, group, _ambiguous in partner_spellings():
        assert LISTS[name].match(spelling).group == group, (name, spelling)


@pytest.mark.parametrize(("name", "written", "group"), [
    ("referring_agency", "West Mercia Police", "Police"),
    ("referring_agency", "Women's Aid", "Domestic abuse service"),
    ("contact_outcome", "NFA", "No further action"),
    ("contact_outcome", "Referral", "Referral to social care"),
    ("contact_type", "Multi-Agency Referral Form", "MARF"),
    ("concern", "Self harm", "Self-harm"),
    ("section_11_standard", 5.0, "Training and supervision"),
    ("section_11_standard", "Standard 6", "Safer recruitment and allegations"),
    ("section_11_grade", "N/A", "Not applicable"),
    ("attendance", "Apologies", "No"),
    ("allegation_outcome", "FALSE", "False"),
    ("threshold_limb", "May not be suitable to work with children", "Unsuitable"),
    ("phase", "PRU", "Pupil referral unit"),
])
def test_what_senders_write_is_read_as_what_they_mean(name: str, written: object, group: str) -> None:
    assert LISTS[name].match(written).group == group


def test_each_agency_of_the_front_door_is_one_of_the_departments_sources() -> None:
    assert set(SOURCE_OF_AGENCY) == {code.group for code in partner_codes() if code.list == "referring_agency"}
    assert set(SOURCE_OF_AGENCY.values()) <= set(LISTS["source"].groups)
