"""F05: whoever may not know a count is sent nothing that depends on it: no sentence, table, chart, file or command.

Two counties differ in small counts alone, so that every figure that a role may see is the same in both. Then every
byte that a page sends, and every line that a command prints, must be the same in both too. Nothing is parsed and no
list of places is kept where a number could be, so none is forgotten; the analyst's pages, which do differ, show that
the differences are there to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import streamlit as st
from pages_run import PROJECT, opened, sent
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.memory import identity
from metrics.protected_figures import protected_figures
from metrics.result import Result
from metrics.schemes import scheme_of
from returns.periods import financial_year
from returns.places import Places
from tests.small_county import QUARTERS, Event, load
from warehouse import store

pytestmark = pytest.mark.timeout(1800)

# Which roles may not tell which counties apart. Members of the group see the whole county's small counts.
ROLES = {"sex and source": ("group", "observer", "public"), "what the county has few of": ("observer", "public")}
PAGES: list[tuple[str, dict[str, str]]] = [
    ("scorecard", {"lines": "groups"}),
    ("indicator", {"id": "cp_neglect", "by": "sex"}),
    ("indicator", {"id": "fd_by_agency", "by": "source"}),
    ("indicator", {"id": "ms_episodes", "period": "2024-25-Q2"}),
    ("benchmarks", {"id": "cp_neglect"}),
    ("contradictions", {}),
]
MORE_PAGES: list[tuple[str, dict[str, str]]] = [
    ("scorecard", {"period": "2024-25-Q2", "lines": "groups"}),
    ("indicator", {"id": "cp_open", "by": "sex"}),
    ("indicator", {"id": "cp_started", "by": "category", "basis": "known"}),
    ("indicator", {"id": "cla_ceased", "by": "sex"}),
    ("indicator", {"id": "cin_on_plan", "by": "sex"}),
    ("definitions", {"id": "cp_neglect"}),
    # Every page that there is, as it opens without an address.
    *((one.stem, {}) for one in sorted((PROJECT / "pages").glob("*.py"))),
]
COMMANDS: list[list[str]] = [
    ["scorecard", "--by", "sex"],
    ["series", "cp_open", "--by", "sex"],
    ["series", "fd_contacts", "--by", "source", "--window", "year"],
    ["series", "fd_contacts", "--by", "source", "--window", "month"],
    ["series", "cp_neglect", "--window", "quarter", "--basis", "reported"],
    ["exceptions"],
    ["explain", "cp_neglect"],
    ["explain", "ms_episodes", "--period", "2024-25-Q2"],
    ["explain", "cla_ceased", "--period", "2024-25-Q3"],
    ["reconcile"],
]
BY = ("sex", "source", "category")


def events() -> Iterator[Event]:
    """A county with some girls, a few boys and one or two others in every list, and contacts from four agencies."""
    emotional, neglect = {"latest_category_group": "Emotional abuse"}, {"latest_category_group": "Neglect"}
    in_need = {"primary_need_group": "Abuse or neglect", "case_status_group": "Open assessment"}
    on_plan = {"primary_need_group": "Family dysfunction", "case_status_group": "Child in need plan"}
    care = {"uasc": False, "placed_out_of_area": False, "placement_miles": 25, "legal_status_group": "Full care order",
            "placements_12m": 1, "ceased_reason_group": "Returned home"}  # fmt: skip
    kinds = {
        "plans": [(emotional, 14), (neglect, 2)],
        "children_in_need": [(in_need, 15), (on_plan, 2)],
        "periods_of_care": [(care, 14), (care | {"placed_out_of_area": True}, 2)],
    }
    for table, of in kinds.items():
        for place, (cells, number) in enumerate(of):
            for child in range(number):
                # Girls come and go: half of the first quarter's leave in the third, and more come each quarter.
                leaves = 2 if child % 2 and not place else None
                yield Event(table, f"F{place}{child}", 0, leaves, {"sex_group": "Female", "previous_plans": 0} | cells
                            if table == "plans" else {"sex_group": "Female"} | cells)  # fmt: skip
        for quarter in (1, 2, 3):
            for child in range(6):
                yield Event(table, f"F{quarter}-{child}", quarter, None, {"sex_group": "Female"} | of[0][0])
        for child, sex in enumerate(("Male", "Male", "Neither")):
            yield Event(table, f"M{child}", 0, None, {"sex_group": sex} | of[0][0])
    for quarter, number in enumerate((9, 3, 2, 8)):
        for child in range(number):
            yield Event("missing_episodes", f"{quarter}missing{child}", quarter, quarter)
    for quarter, _ in enumerate(QUARTERS):
        for source, number in {"Police": 12, "Schools": 9, "Health services": 3, "Housing": 2}.items():
            for child in range(number):
                yield Event("contacts_received", f"{quarter}{source}{child}", quarter, None,
                            {"source_group": source, "age_band": "5-9"})  # fmt: skip


def other(one: Event) -> Event:
    """The same county but for small counts of groups: one of the boys is not a boy, a contact came from elsewhere."""
    if one.child == "M1":
        return replace(one, cells={**one.cells, "sex_group": "Neither"})
    # One fewer in the third quarter and one more in the fourth: the year is the same.
    if one.child == "3Health services0":
        return replace(one, cells={**one.cells, "source_group": "Housing"})
    if one.child == "2Housing0":
        return replace(one, cells={**one.cells, "source_group": "Health services"})
    return one


def more_of_few(one: Event) -> Event:
    """The same county but for small counts of its own: one girl more is neglected, on a plan, or lives elsewhere.

    And a child was missing in the third quarter, not the second.
    """
    if one.child == "1missing0":
        return replace(one, started=2, ended=2)
    changes: dict[str, dict[str, Any]] = {
        "plans": {"latest_category_group": "Neglect"},
        "children_in_need": {"primary_need_group": "Family dysfunction", "case_status_group": "Child in need plan"},
        "periods_of_care": {"placed_out_of_area": True},
    }
    return replace(one, cells={**one.cells, **changes[one.table]}) if one.child == "F00" else one


class Pair(NamedTuple):
    """What two counties differ in, and where they are."""

    differ: str
    counties: tuple[Path, Path]


@pytest.fixture(scope="module", params=ROLES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    change: Callable[[Event], Event] = other if request.param == "sex and source" else more_of_few
    first, second = (tmp_path_factory.mktemp("county") for _ in range(2))
    published = {"CPP_Abuse": 12.0, "PrevRegCPR": 20.0, "CPP_Num": 40.0, "LACDistance": 30.0, "CINTime2more": 30.0}
    load(first, list(events()), published=published)
    load(second, [change(one) for one in events()], published=published)
    return Pair(request.param, (first, second))


def figures(folder: Path, role: str) -> list[Result]:
    """Every figure that the role may see of the tables in which the two counties differ."""
    catalogue = load_catalogue()
    tables = {one.table for one in events()}
    of = [one for one in catalogue if one.indicator.table in tables]
    months = [month for quarter in QUARTERS for month in quarter.months()]
    periods = [*months, *QUARTERS, financial_year(2024)]
    moments = [Moment(period, "known") for period in periods] + [Moment(period, "reported") for period in QUARTERS]
    places = Places.of(folder)
    with store.reader(places) as reader:
        return protected_figures(
            reader, dict.fromkeys(of, moments), scheme=scheme_of(role), catalogue=catalogue,
            groups={one.id: tuple(by for by in BY if by in one.indicator.by) for one in of}, area_code="E06000019",
            remember=identity(places, reader.version),
        ).all()  # fmt: skip


def page(folder: Path, role: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, dict[str, str]], list[bytes]]:
    """Opens a page over a county: every element that it sends to the browser, and every file that it offers."""
    monkeypatch.setenv("SCORECARD_DATA", str(folder))
    files: list[bytes] = []
    button = st.download_button

    def noted(label: str, data: bytes, **options: Any) -> bool:
        files.append(data)
        return button(label, data, **options)

    monkeypatch.setattr(st, "download_button", noted)

    def run(name: str, address: dict[str, str]) -> list[bytes]:
        files.clear()
        return [*sent(opened(name, role=role, **address)), *files]

    return run


def printed(folder: Path, role: str, command: list[str], form: str) -> str:
    """What a command prints for a role."""
    ran = CliRunner().invoke(app, [*command, "--role", role, "--format", form, "--data", str(folder)])
    if form == "csv" and command[0] == "explain":
        assert ran.exit_code == 2
    else:
        assert ran.exit_code == 0, ran.output
    return ran.output


def test_f05_the_figures_that_a_role_may_see_are_the_same_in_both_counties(pair: Pair) -> None:
    for role in ROLES[pair.differ]:
        first, second = (figures(folder, role) for folder in pair.counties)
        assert set(first) - set(second) == set(), role
        assert first == second
        assert sum(one.status == "c" for one in first) > 100
        assert sum(one.value is not None for one in first) > 100
    first, second = (figures(folder, "analyst") for folder in pair.counties)
    assert len(set(first) - set(second)) > 20, "the two counties hardly differ, so little is tested"


@pytest.mark.parametrize(
    ("name", "address"), [*PAGES, *(pytest.param(*one, marks=pytest.mark.long) for one in MORE_PAGES)], ids=str
)
def test_f05_a_page_sends_a_role_nothing_that_it_may_not_know(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, name: str, address: dict[str, str]
) -> None:
    for role in ROLES[pair.differ]:
        if role == "public":  # no page opens for it
            continue
        first, second = (page(folder, role, monkeypatch)(name, address) for folder in pair.counties)
        assert first
        assert [one for one in first if one not in second] == [], role
        assert first == second


@pytest.mark.parametrize("form", ["json", *(pytest.param(one, marks=pytest.mark.long) for one in ("table", "csv"))])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_f05_a_command_prints_a_role_nothing_that_it_may_not_know(pair: Pair, command: list[str], form: str) -> None:
    for role in ROLES[pair.differ]:
        first, second = (printed(folder, role, command, form) for folder in pair.counties)
        assert first == second, role


def test_f05_the_analyst_sees_the_difference_on_pages_and_in_commands(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, address in (("scorecard", {}), ("indicator", {"id": "cp_neglect", "by": "sex"})):
        first, second = (page(folder, "analyst", monkeypatch)(name, address) for folder in pair.counties)
        assert pair.differ == "sex and source" and name == "scorecard" or first != second, (name, address)
    first, second = (printed(folder, "analyst", ["scorecard", "--by", "sex"], "json") for folder in pair.counties)
    assert first != second
