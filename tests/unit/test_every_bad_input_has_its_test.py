"""Every bad input of files and configuration has a test named by its id, and every such name is one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from returns.places import PROJECT

# The ids of ../shared/bad_inputs.md: containers, shapes, values, SQL and configuration.
IDS = frozenset(
    f"{kind}{number:02d}"
    for kind, count in (("a", 14), ("b", 12), ("c", 13), ("d", 4)) for number in range(1, count + 1)
)
_NAMED = re.compile(r"^\s*(?:async )?def test_([a-d]\d\d)_", re.MULTILINE)


def ids_with_a_test() -> set[str]:
    """The ids that a test of tests/attack is named by."""
    folder = PROJECT / "tests" / "attack"
    return {found for file in folder.rglob("test_*.py") for found in _NAMED.findall(file.read_text("utf-8"))}


def test_every_bad_input_of_files_and_configuration_has_a_test_named_by_its_id() -> None:
    assert ids_with_a_test() == IDS, "left: tests named by an id that is none; right: ids without a test"


@pytest.mark.needs_shared
def test_the_ids_are_those_of_the_list_of_bad_inputs(shared: Path) -> None:
    listed = re.findall(r"\b([A-D]\d\d) ", (shared / "bad_inputs.md").read_text("utf-8"))
    assert {found.lower() for found in listed} == IDS
