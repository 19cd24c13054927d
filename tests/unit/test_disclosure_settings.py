"""Which scheme each role has: closed unless told otherwise, unprotected for the analyst alone, refused with line."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.disclosure import protect
from metrics.recovery import Cell, fixed
from metrics.schemes import NoSuchScheme, chosen, disclosure, scheme_of
from returns.partnership import SettingsError
from returns.places import PROJECT

SETTINGS = (PROJECT / "config" / "disclosure.yaml").read_text(encoding="utf-8")


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "disclosure.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SCORECARD_CONFIG", str(folder))


def test_only_the_analyst_sees_what_is_not_protected() -> None:
    assert [role for role, scheme in disclosure().roles.items() if not scheme.protects] == ["analyst"]
    assert chosen(None).name == "closed"
    assert scheme_of("group").name == "closed"


@pytest.mark.parametrize(
    ("scheme", "small", "shown"),
    [("closed", [1, 4], [0, 5, 12]), ("restricted", [1, 4], [0, 5, 12]), ("public", [1, 5], [0, 10]), ("none", [], [])],
)
def test_zero_is_shown_small_counts_are_hidden_and_the_next_is_shown(
    scheme: str, small: list[int], shown: list[int]
) -> None:
    cells = protect([*small, *shown], scheme=scheme)
    assert [cell.status for cell in cells] == ["c"] * len(small) + ["ok"] * len(shown)
    assert [cell.shown for cell in cells] == [None] * len(small) + shown


def test_one_hidden_cell_takes_its_smallest_neighbour() -> None:
    assert [cell.status for cell in protect([3, 12, 20, 0], scheme="closed")] == ["c", "c", "ok", "ok"]
    table = {"Police": {"yes": 3, "no": 40}, "Schools": {"yes": 30, "no": 50}, "Health": {"yes": 20, "no": 60}}
    found = protect(table, scheme="closed")
    assert {name: "".join(cell.status for cell in row.values()) for name, row in found.items()} == {
        "Police": "cc", "Schools": "okok", "Health": "cc"
    }  # fmt: skip


def test_a_row_named_by_its_groups_keeps_its_names_and_none_stays_without_a_figure() -> None:
    found = protect({"Police": 3, "Schools": 12, "Health": None, "Housing": 30}, scheme="closed")
    assert found == {"Police": (None, "c"), "Schools": (None, "c"), "Health": (None, "x"), "Housing": (30, "ok")}
    assert protect([], scheme="closed") == []


def test_a_count_that_the_totals_fix_between_them_is_hidden_with_another() -> None:
    # No hidden cell is alone in its row or column, yet row 2 less the first column's two leaves the 2 by itself.
    table = [[3, 4, 50, 51], [4, 3, 2, 52], [53, 54, 3, 4], [55, 56, 4, 3]]
    first_pass = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if count < 5}
    hidden = {
        (i, j)
        for i, row in enumerate(protect(table, scheme="closed"))
        for j, cell in enumerate(row)
        if cell.status == "c"
    }
    assert fixed([Cell((i, j), i, j, table[i][j]) for i, j in sorted(first_pass)]) == [(1, 2)]
    assert hidden > first_pass
    assert fixed([Cell((i, j), i, j, table[i][j]) for i, j in sorted(hidden)]) == []


def test_where_all_is_hidden_already_nothing_more_can_be() -> None:
    assert [[cell.status for cell in row] for row in protect([[1, 0], [1, 0]], scheme="closed")] == [["c", "c"]] * 2


def test_the_public_reads_a_count_that_rounds_to_nothing_as_low() -> None:
    from metrics.schemes import Rounding, Scheme

    to_tens = Scheme(name="to_tens", hides=0, rounds=(Rounding(above=0, nearest=10),))
    assert protect([0, 4, 5, 15], scheme=to_tens) == [(0, "ok"), (None, "low"), (10, "ok"), (20, "ok")]


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[1, 2], 3], [-1], [2.5], [True], ["5"], [float("nan")]])
def test_what_is_no_table_of_counts_is_refused(table: list[object]) -> None:
    with pytest.raises(ValueError, match="table of counts"):
        protect(table, scheme="closed")  # type: ignore[call-overload]


def test_a_role_or_scheme_that_is_not_there_sees_nothing() -> None:
    with pytest.raises(NoSuchScheme, match="no role 'visitor'"):
        scheme_of("visitor")
    with pytest.raises(NoSuchScheme, match="no scheme 'secret'"):
        protect([3], scheme="secret")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{role: group, scheme: closed}", "{role: group, scheme: none}", "group has the scheme none"),
        ("default: closed", "default: none", "default scheme is none"),
        ("{role: group, scheme: closed}", "{role: group, scheme: open}", "scheme open is not declared"),
        ("{role: group, scheme: closed}", "{role: analyst, scheme: closed}", "more than once"),
        ("this_computer: analyst", "this_computer: visitor", "not among the roles"),
        ("hides: 5", "hides: five", "valid integer"),
        ("hides: 5", "hides: 5\n    colour: red", "colour"),
        ("hides: 5", "hides: 5\n    hides: 6", "a second time"),
        ("    hides: 0\n", "    hides: 3\n", "none hides nothing"),
        ("whole_county: protected", "whole_county: gone", "whole_county"),
    ],
)
def test_settings_that_protect_nobody_or_make_no_sense_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, says: str
) -> None:
    write(tmp_path, monkeypatch, SETTINGS.replace(old, new, 1))
    with pytest.raises(SettingsError, match=rf"disclosure\.yaml, line \d+: .*{says}"):
        disclosure()


def test_settings_without_the_file_protect_as_the_projects_own_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = disclosure().digest
    monkeypatch.setenv("SCORECARD_CONFIG", str(tmp_path))
    assert disclosure().digest == here


def test_without_any_settings_of_disclosure_nobody_sees_a_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCORECARD_CONFIG", raising=False)
    monkeypatch.setattr("metrics.schemes.PROJECT", tmp_path)
    with pytest.raises(SettingsError, match=r"disclosure\.yaml is missing, so nobody may be shown any figure"):
        protect([12], scheme="closed")


def test_a_changed_setting_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = disclosure().digest
    write(tmp_path, monkeypatch, SETTINGS.replace("hides: 5", "hides: 9"))
    assert disclosure().digest != here
    assert protect([9, 8, 50], scheme="public") == [(None, "c"), (None, "c"), (50, "ok")]
