"""The catalogue of findings: each has a sentence and a remedy, and shows a value without letting it do anything."""

from __future__ import annotations

import re
import string

import pytest

from pipelines.findings import CATALOGUE, SEVERITIES, finding, heaviest, shown


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_kind_of_finding_is_told_in_whole_sentences_with_a_remedy(code: str) -> None:
    kind = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code) and kind.code == code
    assert kind.severity in SEVERITIES
    assert not kind.title.endswith(".") and kind.remedy.rstrip().endswith((".", "?"))
    names = {name for text in (kind.message, kind.remedy) for _, name, _, _ in string.Formatter().parse(text) if name}
    given = dict.fromkeys(names - {"sheet", "row", "column"}, "x")
    told = finding(code, sheet="List 1", row=4, column="Age", **given)
    assert "{" not in told.message + told.remedy
    assert told.as_json()["row"] == 4
    assert kind.severity == "block" or not kind.unsafe


def test_a_cells_value_in_a_finding_is_one_short_line_of_visible_characters() -> None:
    told = finding("cell-error", sheet="L", row=2, column="A\u202eB", value="x\ny\x00\u200b{0}" + "z" * 500)
    assert told.message.isprintable() and len(told.message) < 300
    assert "\\u202e" in told.message and "{0}" in told.message


def test_the_heaviest_of_some_findings_is_the_one_that_stops_most() -> None:
    some = [finding("cell-error"), finding("no-rows", return_title="x"), finding("sheet-hidden", sheet="x")]
    assert heaviest(some) == "block"
    assert heaviest([]) is None
    assert shown("a\tb") == "a b"
