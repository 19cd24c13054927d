"""D03: a catalogue that says something twice, in two ways or dangerously is refused, with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalogue import CatalogueError, load_catalogue
from returns.strict_yaml import StrictYamlError, read

GOOD = """\
- id: cp_repeat_plan
  title: Second or subsequent plans
  question: Are plans ending too early?
  theme: protection
  from: plans
  nature: flow
  about: children
  numerator: {count: rows, where: "previous_plans > 0", dated: started}
  denominator: {count: rows, dated: started}
  unit: percent
  decimals: 1
  better: lower
  by: [sex, category]
  windows: [month, quarter, rolling_year]
  owner: Herefordshire Council
  ask: ["Which families?"]
  examples:
    - rows: |
        child | started    | previous_plans
        1     | 2025-07-04 | 1
      period: 2025-26-Q2
      expect: {numerator: 1, denominator: 1, value: 100.0}
"""


def refused(tmp_path: Path, text: str, name: str = "protection.yaml") -> CatalogueError:
    (tmp_path / name).write_bytes(text.encode())
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path, clocks={})
    assert name in str(caught.value)
    assert f"line {caught.value.line}" in str(caught.value)
    return caught.value


def test_the_declaration_that_the_others_are_made_from_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "protection.yaml").write_text(GOOD, encoding="utf-8")
    assert [one.id for one in load_catalogue(tmp_path, clocks={})] == ["cp_repeat_plan"]


@pytest.mark.parametrize(
    ("change", "to", "line", "says"),
    [
        ("  decimals: 1\n", "  decimals: 1\n  decimals: 2\n", 12, "'decimals' a second time (first on line 11)"),
        ("  unit: percent", "  unit:\tpercent", 10, "has a tab"),
        ("  better: lower", "  better: no", 12, "says no without quotes"),
        ("  better: lower", "  board: yes", 12, "says yes without quotes"),
        ("  decimals: 1", "  decimals: 1e3", 11, "says 1e3"),
        ("  decimals: 1", "  decimals: 012", 11, "says 012"),
        ("  decimals: 1", "  decimals: 0x1", 11, "says 0x1"),
        ("  decimals: 1", "  decimals: 1:30", 11, "says 1:30"),
        ("  decimals: 1", "  decimals: true", 11, "decimals"),
        ("  decimals: 1", "  decimals: '1'", 11, "decimals"),
        ("  decimals: 1", "  decimals: 1.0", 11, "decimals"),
        ("  title: Second", "  title: !!python/object/apply:os.system [id] #", 2, "python/object"),
        ("  title: Second or subsequent plans", "  title: !!python/name:os.system ''", 2, "python/name"),
        ("  decimals: 1\n", "  decimals: 1\n  colour: red\n", 12, "has the key colour"),
        ("count: rows, where:", "counts: rows, where:", 8, "numerator.counts"),
        ("  theme: protection\n", "", 1, "has no theme"),
        ("  theme: protection", "  theme: weather", 4, "has the theme 'weather'"),
        ("  from: plans", "  from: sqlite_master", 1, "no event table"),
        ("  ask: [\"Which families?\"]", "  ask: []", 16, "no question to ask"),
        ("previous_plans > 0", "x > 0", 8, "names x"),
        ("previous_plans > 0", "previous_plans > 0; drop table plans", 8, "not one expression"),
        ("previous_plans > 0", "(delete from known.plans) is null", 8, ""),
        ("previous_plans > 0", "previous_plans > (select 1)", 8, "not of the language"),
        ("previous_plans > 0", "previous_plans > 0) or (1=1", 8, ""),
        ("previous_plans > 0", "read_csv('/etc/passwd') is null", 8, "not of the language"),
        ("previous_plans > 0", "getenv('HOME') = 'x'", 8, "getenv"),
        ("previous_plans > 0", "copy_database() = 1", 8, "copy_database"),
        ("previous_plans > 0", "team = previous_plans", 8, "compares a"),
        ("previous_plans > 0", "clock('cp_visit') > 1", 8, "config/clocks.yaml"),
        ("dated: started}\n  unit", "dated: ends}\n  unit", 1, "names ends"),
        ("dated: started}\n  unit", "dated: team}\n  unit", 1, "is no date"),
        ("dated: started}\n  unit", "open: at end}\n  unit", 1, "is a flow"),
        ("by: [sex, category]", "by: [sex, phase]", 1, "grouped by phase"),
        ("  denominator: {count: rows, dated: started}\n", "", 1, "needs a denominator"),
        ("      period: 2025-26-Q2", "      period: Q2 2025", 21, "is not a period"),
    ],
)  # fmt: skip
def test_d03_what_a_declaration_may_not_say(tmp_path: Path, change: str, to: str, line: int, says: str) -> None:
    assert change in GOOD
    error = refused(tmp_path, GOOD.replace(change, to))
    assert error.line == line, str(error)
    assert says in str(error)


def test_d03_an_indicator_without_an_example_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD[: GOOD.index("  examples:")])
    assert "cp_repeat_plan has no examples" in str(error)
    assert "has no example" in str(refused(tmp_path, GOOD[: GOOD.index("  examples:")] + "  examples: []\n"))


def test_d03_two_of_one_id_are_refused_in_a_file_and_across_files(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + GOOD)
    assert (error.line, "first in protection.yaml, line 1" in str(error)) == (23, True)
    (tmp_path / "protection.yaml").write_text(GOOD, encoding="utf-8")
    assert "declares cp_repeat_plan again" in str(refused(tmp_path, GOOD, "quality.yaml"))


def test_d03_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for number in range(20):
        bomb += f"b{number}: &b{number} [{', '.join(['*a'] * 9)}]\n"
    assert "anchor" in str(refused(tmp_path, bomb))
    assert refused(tmp_path, bomb).line == 1


def test_d03_a_bomb_of_brackets_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    assert "nested more than" in str(refused(tmp_path, "[" * 100_000))
    assert "larger than" in str(refused(tmp_path, "# " + "x" * 1_000_001))


@pytest.mark.parametrize("text", ["", "id: x", "just words", "- just words", "- [1]", "- ~"])
def test_d03_what_is_no_list_of_indicators_is_refused(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text)


@pytest.mark.parametrize("content", [b"- id: \xff", b"- id: \x00", b"- id: 'x", b"--- 1\n--- 2"])
def test_d03_what_is_no_yaml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "quality.yaml"
    path.write_bytes(content)
    with pytest.raises(StrictYamlError, match=r"quality\.yaml, line \d"):
        read(path)


def test_d03_a_merge_key_is_only_an_unknown_key(tmp_path: Path) -> None:
    assert "<<" in str(refused(tmp_path, GOOD + "  <<: {decimals: 3}\n"))
