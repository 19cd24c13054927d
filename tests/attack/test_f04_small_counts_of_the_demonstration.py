"""F04: of the demonstration's plans, no small count of a group is worked out by a role's reader.

Everything that each figure shows over all quarters and years is an equation: groups add up to the county, those who
met a condition are among all, years are their quarters, and open now is open before with started and without ended.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue
from metrics.compile import Moment
from metrics.compute import read_held
from metrics.counted import counts
from metrics.protected_figures import protected_figures
from metrics.result import Result
from metrics.schemes import chosen
from returns.partnership import partnership
from returns.periods import Period, financial_year, financial_year_of
from returns.places import Places
from tests.attacker import Reader
from warehouse import store

SMALL = 4
# Of a table: what is open, what started and what ended in a quarter; and what else is of the same rows as one of them.
TABLES = {
    "plans": (("cp_open", "cp_started", "cp_ended"), {
        "cp_rate": "cp_open", "cp_neglect": "cp_open", "cp_2yrs_open": "cp_open", "cp_repeat_plan": "cp_started",
        "cp_under_3m": "cp_ended", "cp_2yrs_ended": "cp_ended",
    }),
}  # fmt: skip
# A child's sex and ethnicity stay what they are, so that a group's episodes balance too.
GROUPINGS = ("sex", "ethnicity")


class Read:
    """A role's figures of one table by one grouping, beside what they would be without protection."""

    def __init__(self, places: Places, table: str, by: str, scheme: str) -> None:
        catalogue = load_catalogue()
        self.balance, self.among = TABLES[table]
        self.names = (*self.balance, *self.among)
        with store.reader(places) as opened:
            held = read_held(opened, area_code=partnership().area_code)
            self.quarters = sorted(held.coverage.quarters(), key=lambda one: one.start)
            self.years = {financial_year(financial_year_of(one.end)) for one in self.quarters[3:] if one.end.month == 3}
            moments = [Moment(period, "known") for period in (*self.quarters, *sorted(self.years, key=str))]
            self.all, self.seen = (
                {
                    (one.indicator, one.period, one.group): one
                    for one in protected_figures(
                        opened, {catalogue[name]: moments for name in self.names}, scheme=chosen(kind),
                        catalogue=catalogue, groups=dict.fromkeys(self.names, (by,)),
                        area_code=partnership().area_code, held=held,
                    ).all()
                }
                for kind in ("none", scheme)
            )  # fmt: skip
        self.groups = sorted({str(group) for _, _, group in self.all if group})

    def numbers(self, one: Result) -> Iterator[tuple[str, float]]:
        """Each count behind a figure, by the name under which other figures have it too."""
        of = counts(one, load_catalogue()[one.indicator].indicator)
        base = self.among.get(one.indicator, one.indicator)
        yield (base if one.indicator in self.balance or one.indicator.endswith("_rate") else one.indicator), of["met"]
        if "all" in of:
            county = [self.all[name, one.period, None] for name in (one.indicator, base)]
            same = county[0].denominator == county[1].numerator
            yield (base if same else f"all of {one.indicator}"), of["all"]

    def reader(self) -> Reader:
        """What is shown as equations over the counts of each quarter, and what must not come out of them."""
        found = Reader()
        for (_, period, group), one in self.all.items():
            if period.window == "quarter" and group:
                for name, number in self.numbers(one):
                    found.cell((name, period, group), number, shown=False)
        for (indicator, period, group), one in self.all.items():
            for name, number in self.numbers(one):
                of = self.cells(found, name, period, group)
                if self.seen[indicator, period, group].status == "c":
                    if group and 0 < number <= SMALL and sum(found.counts[cell] for cell in of) == number:
                        found.hides((name, str(period), group), of, number)
                elif sum(found.counts[cell] for cell in of) == number:
                    found.combination(of, number, number)
        self.balances(found)
        return found

    def cells(self, found: Reader, name: str, period: Period, group: str | None) -> dict[Hashable, int]:
        quarters = [one for one in self.quarters if period.start <= one.start and one.end <= period.end]
        cells = [(name, quarter, one) for quarter in quarters for one in ([group] if group else self.groups)]
        return {cell: 1 for cell in cells if cell in found.counts}

    def balances(self, found: Reader) -> None:
        for before, now in zip(self.quarters, self.quarters[1:], strict=False):
            signs = [(self.balance[0], before, 1), (self.balance[1], now, 1), (self.balance[2], now, -1)]
            for group in self.groups:
                of = {(name, when, group): sign for name, when, sign in [*signs, (self.balance[0], now, -1)]}
                known = {cell: sign for cell, sign in of.items() if cell in found.counts}
                if sum(sign * found.counts[cell] for cell, sign in known.items()) == 0:
                    found.combination(known, 0, 0)
        for name, base in self.among.items():
            for quarter in self.quarters:
                for group in self.groups:
                    pair = ((base, quarter, group), (name, quarter, group))
                    if all(cell in found.counts for cell in pair) and found.counts[pair[0]] >= found.counts[pair[1]]:
                        found.combination({pair[0]: 1, pair[1]: -1}, 0, 1_000_000)


@pytest.mark.long
@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scheme", ["closed"])
def test_f04_no_small_count_of_the_demonstration_is_worked_out(
    demo_data: Path, table: str, by: str, scheme: str
) -> None:
    read = Read(Places.of(demo_data), table, by, scheme)
    found = read.reader()
    assert len(found.watched) > 20, "little is hidden, so little is tested"
    assert sum(one.status == "ok" for one in read.seen.values() if one.group) > 100
    assert found.worked_out() == []
