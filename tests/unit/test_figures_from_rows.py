"""Figures from rows: what counts, what is left out, what is not judged yet, and what cannot be said at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from metrics.catalogue import Catalogue, load_catalogue
from metrics.clocks import Clock
from metrics.compile import Moment
from metrics.compute import figures, results
from metrics.examples import InMemory, empty_warehouse, insert
from metrics.result import Basis, Result
from returns.events import FILLED_BY, TABLES
from returns.periods import Period

AREA = "E06000019"
Q1, Q2 = Period.parse("2025-26-Q1"), Period.parse("2025-26-Q2")
CLOCKS = {
    "cp_visit": Clock("cp_visit", "Visit", "working_days", ((date(2018, 4, 1), 15), (date(2025, 9, 1), 10))),
    "first_visit": Clock("first_visit", "First visit", "days", ((date(2018, 4, 1), 10),)),
}

WINDOWS = "  windows: [month, quarter, rolling_year, year]\n"
HEAD = (
    """
  title: An indicator of the test
  question: What of it?
  theme: protection
  about: children
  better: neither
  owner: The council
  ask: [Why?]
  examples: [{rows: "child", period: 2025-26-Q2, expect: {status: z}}]
"""
    + WINDOWS
)


@pytest.fixture(scope="module")
def warehouse() -> InMemory:
    return empty_warehouse()


@pytest.fixture
def made(warehouse: InMemory) -> Any:
    with warehouse.set_aside():
        yield warehouse


def catalogue(folder: Path, *declarations: str) -> Catalogue:
    """A catalogue of one indicator for each text, called i0, i1 and so on."""
    text = ""
    for number, declaration in enumerate(declarations):
        head = HEAD.replace(WINDOWS, "") if "windows:" in declaration else HEAD
        text += f"- id: i{number}{head}"
        text += "".join(f"  {line.strip()}\n" for line in declaration.strip().splitlines())
    (folder / "protection.yaml").write_text(text, encoding="utf-8")
    return load_catalogue(folder, clocks=CLOCKS)


def sent(
    made: InMemory, return_name: str, period: Period, *, extracted: date | None = None, id: str | None = None
) -> str:
    """A submission accepted for the period."""
    name = id or f"S-{return_name}-{period}"
    made.connection.execute(
        "INSERT INTO main.submissions (id, return_name, agency, period, extracted, status, rows_read, rows_accepted, "
        "rows_held) VALUES (?, ?, 'council', ?, ?, 'accepted', 0, 0, 0)",
        [name, return_name, str(period), extracted or date(period.end.year, period.end.month + 1, 5)],
    )
    return name


def put(
    made: InMemory,
    table: str,
    *rows: dict[str, Any],
    period: Period = Q2,
    schemas: tuple[str, ...] = ("known", "reported"),
) -> None:
    full = [
        {"period": str(period), "extract_date": date(2025, 10, 5), "child_id": str(n), **row}
        for n, row in enumerate(rows)
    ]
    insert(made, TABLES[table], full, schemas)


def one(
    made: InMemory,
    chosen: Catalogue,
    *,
    period: Period = Q2,
    basis: Basis = "known",
    number: int = 0,
    by: str | None = None,
) -> Result:
    return all_of(made, chosen, period=period, basis=basis, number=number, by=by)[0]


def all_of(
    made: InMemory,
    chosen: Catalogue,
    *,
    period: Period = Q2,
    basis: Basis = "known",
    number: int = 0,
    by: str | None = None,
) -> list[Result]:
    return results(
        made, catalogue=chosen, periods=[period], basis=basis, area_code=AREA, indicators=[f"i{number}"], by=by
    )


SHARE = """
from: plans
nature: flow
numerator: {count: rows, where: "previous_plans > 0", dated: started}
denominator: {count: rows, dated: started}
unit: percent
decimals: 1
by: [sex, disability]
"""
OPEN = "from: plans\nnature: stock\nnumerator: {count: rows, open: at end}\nunit: count\ndecimals: 0"


def test_a_row_whose_needed_cell_is_unknown_is_left_out_of_both_parts_and_said(made: InMemory, tmp_path: Path) -> None:
    sent(made, "child_protection_plans", Q2)
    day = date(2025, 8, 1)
    put(made, "plans", {"started": day, "previous_plans": 1}, {"started": day, "previous_plans": 0}, {"started": day})
    found = one(made, catalogue(tmp_path, SHARE))
    assert (found.numerator, found.denominator, found.value, found.left_out) == (1, 2, 50.0, 1)
    assert found.sentence == (
        "An indicator of the test: 50.0 per cent (1 of 2), July to September 2025. "
        "1 child protection plans left out because a cell that is needed is unknown."
    )


def test_a_share_has_wilsons_interval_and_a_count_has_none(made: InMemory, tmp_path: Path) -> None:
    sent(made, "child_protection_plans", Q2)
    put(made, "plans", *({"started": date(2025, 8, 1), "previous_plans": n} for n in (0, 0, 0, 2)))
    share, count = (one(made, catalogue(tmp_path, SHARE, OPEN), number=n) for n in (0, 1))
    assert (share.lower, share.upper) == (4.6, 69.9)
    assert (count.value, count.lower, count.upper) == (4, None, None)


def test_none_of_none_is_not_applicable_and_no_return_is_not_available(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, SHARE)
    absent = one(made, chosen)
    assert (absent.status, absent.value, absent.numerator) == ("x", None, None)
    assert absent.sentence.endswith(
        "not available for July to September 2025. No return of child protection plans has been accepted for "
        "July to September 2025."
    )
    sent(made, "child_protection_plans", Q2)
    none = one(made, chosen)
    assert (none.status, none.value, none.numerator, none.denominator) == ("z", None, 0, 0)
    assert "there were none to count" in none.sentence


def test_a_nil_return_gives_nought_not_nothing(made: InMemory, tmp_path: Path) -> None:
    sent(made, "child_protection_plans", Q2)
    found = one(made, catalogue(tmp_path, OPEN))
    assert (found.status, found.value) == ("ok", 0)


def test_a_quarter_as_reported_is_its_own_submissions_and_as_now_known_is_the_latest(
    made: InMemory, tmp_path: Path
) -> None:
    chosen = catalogue(tmp_path, SHARE)
    first = sent(made, "child_protection_plans", Q1, extracted=date(2025, 7, 5))
    second = sent(made, "child_protection_plans", Q2)
    june = {"started": date(2025, 6, 20), "previous_plans": 1}
    late = {"started": date(2025, 6, 25), "previous_plans": 0}
    put(made, "plans", june, period=Q1, schemas=("reported",))
    put(made, "plans", june, late, period=Q2)
    reported, known = one(made, chosen, period=Q1, basis="reported"), one(made, chosen, period=Q1)
    assert (reported.numerator, reported.denominator, reported.sources) == (1, 1, (first,))
    assert (known.numerator, known.denominator, known.sources) == (1, 2, (first, second))
    # What the second extract says of June is not of the second quarter.
    assert one(made, chosen, period=Q2, basis="reported").denominator == 0


def test_months_make_the_quarter_and_quarters_the_year(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, SHARE)
    quarters = [Period.parse(f"2024-25-Q{n}") for n in (3, 4)] + [Q1, Q2]
    for quarter in quarters:
        sent(made, "child_protection_plans", quarter, extracted=quarter.end)
    days = [
        date(2024, 10, 1),
        date(2024, 12, 31),
        date(2025, 2, 28),
        date(2025, 6, 30),
        date(2025, 7, 1),
        date(2025, 9, 30),
    ]
    put(made, "plans", *({"started": day, "previous_plans": n % 2} for n, day in enumerate(days)))
    year = one(made, chosen, period=Q2.rolling_year())
    parts = [one(made, chosen, period=quarter) for quarter in quarters]
    months = [one(made, chosen, period=month) for month in Q2.months()]
    assert (year.numerator, year.denominator) == (3, 6)
    assert year.denominator == sum(part.denominator or 0 for part in parts)
    assert [month.denominator for month in months] == [1, 0, 1]
    assert [month.status for month in months] == ["ok", "z", "ok"]


def test_a_later_extract_covers_the_six_months_before_it(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, SHARE)
    sent(made, "child_protection_plans", Q2, extracted=date(2025, 9, 30))
    assert one(made, chosen, period=Q1).status == "z"
    assert one(made, chosen, period=Q1, basis="reported").status == "x"
    rolling = one(made, chosen, period=Q2.rolling_year())
    assert rolling.status == "x"
    assert rolling.reason == (
        "No return of child protection plans has been accepted for 2 quarters, "
        "October to December 2024 the first of them."
    )


def test_what_is_open_at_the_end_started_by_it_and_had_not_ended(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, OPEN)
    sent(made, "child_protection_plans", Q2)
    end = Q2.end
    put(
        made, "plans",
        {"started": end, "open_until": None},
        {"started": date(2025, 1, 1), "ended": date(2025, 9, 30), "open_until": date(2025, 9, 29)},
        {"started": date(2025, 1, 1), "ended": date(2025, 10, 1), "open_until": end},
        {"started": date(2025, 10, 1), "open_until": None},
        # No longer carried: open until the last extract that did carry it.
        {"started": date(2025, 1, 1), "open_until": date(2025, 7, 5)},
    )  # fmt: skip
    assert one(made, chosen).value == 2
    # As sent, a row without an end is open.
    assert one(made, chosen, basis="reported").value == 3


def test_too_recent_to_judge_is_left_out_of_both_parts_and_counted(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(
        tmp_path,
        """
        from: section_47_enquiries
        nature: flow
        numerator: {count: rows, where: "conference is not null", dated: started}
        denominator: {count: rows, dated: started}
        judge_after: {days: 60, from: started}
        unit: percent
        decimals: 1
        """,
    )
    sent(made, "section_47", Q2)
    put(
        made, "section_47_enquiries",
        {"started": date(2025, 7, 1), "conference": date(2025, 7, 10)}, {"started": date(2025, 7, 2)},
        {"started": date(2025, 8, 6)},  # sixty days before the extract: not yet judged
        {"started": date(2025, 8, 5)},  # sixty-one
        {"started": date(2025, 9, 9), "conference": date(2025, 9, 12)},
    )  # fmt: skip
    found = one(made, chosen)
    assert (found.numerator, found.denominator, found.too_recent) == (1, 3, 2)
    assert "2 too recent to judge left out of both parts." in found.sentence


VISITED = """
from: plans
nature: snapshot
numerator: {count: rows, open: on extract, where: "working_days_between(last_visit, extract_date) <= clock('cp_visit')"}
denominator: {count: rows, open: on extract}
judge_after: {clock: cp_visit, from: started}
unit: percent
decimals: 0
windows: [quarter]
"""


@pytest.mark.parametrize(("quarter", "in_time"), [("2025-26-Q1", 1), ("2025-26-Q2", 0)])
def test_a_clock_is_that_of_the_day_judged(made: InMemory, tmp_path: Path, quarter: str, in_time: int) -> None:
    period = Period.parse(quarter)
    extracted = date(period.end.year, period.end.month + 1, 10)
    sent(made, "child_protection_plans", period, extracted=extracted)
    # Twelve working days before the extract: within fifteen, the clock until September, and not within ten.
    visit = {date(2025, 7, 10): date(2025, 6, 24), date(2025, 10, 10): date(2025, 9, 24)}[extracted]
    row = {"started": date(2025, 1, 1), "last_visit": visit, "extract_date": extracted}
    young = {"started": extracted, "last_visit": None, "extract_date": extracted}
    put(made, "plans", row, young, period=period)
    found = one(made, catalogue(tmp_path, VISITED), period=period)
    assert (found.numerator, found.denominator, found.too_recent) == (in_time, 1, 1)


@pytest.mark.parametrize(("days", "too_recent"), [(10, 1), (11, 0)])
def test_a_clock_in_days_is_run_out_when_more_days_have_passed(
    made: InMemory, tmp_path: Path, days: int, too_recent: int
) -> None:
    extracted = date(2025, 10, 10)
    sent(made, "child_protection_plans", Q2, extracted=extracted)
    row = {"started": extracted - timedelta(days=days), "last_visit": extracted, "extract_date": extracted}
    put(made, "plans", row)
    found = one(made, catalogue(tmp_path, VISITED.replace("clock: cp_visit", "clock: first_visit")))
    assert found.too_recent == too_recent


def test_what_is_true_only_on_an_extracts_date_is_of_its_own_quarter_on_either_basis(
    made: InMemory, tmp_path: Path
) -> None:
    chosen = catalogue(tmp_path, VISITED.replace("  judge_after: {clock: cp_visit, from: started}", ""))
    sent(made, "child_protection_plans", Q1, extracted=date(2025, 7, 5))
    sent(made, "child_protection_plans", Q2)
    day = {"started": date(2025, 1, 1), "ended": None, "extract_date": date(2025, 7, 5)}
    put(made, "plans", day | {"last_visit": date(2025, 7, 1)}, period=Q1, schemas=("reported",))
    put(
        made,
        "plans",
        day | {"last_visit": date(2025, 9, 30), "ended": date(2025, 10, 1), "extract_date": date(2025, 10, 5)},
    )
    for basis in ("reported", "known"):
        assert one(made, chosen, period=Q1, basis=basis).value == 100
        assert one(made, chosen, period=Q2, basis=basis).status == "z"


RATE = """
from: referrals
nature: flow
numerator: {count: rows, dated: referred}
denominator: {population: 0 to 17}
unit: p10k
decimals: 1
"""


def populations(made: InMemory, **by_year: int) -> None:
    for year, count in by_year.items():
        made.connection.execute(
            "INSERT INTO main.population VALUES (?, 'County', ?, '0 to 17', ?, 'ok')", [AREA, int(year[1:]), count]
        )


def test_a_rate_is_per_the_mid_year_estimate_of_the_year_it_starts_in(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, RATE)
    sent(made, "referrals", Q2)
    put(made, "referrals", *({"referred": date(2025, 8, 1)} for _ in range(12)))
    assert one(made, chosen).status == "x"
    populations(made, y2023=20_000, y2024=30_000)
    latest = one(made, chosen)
    assert (latest.denominator, latest.value) == (30_000, 4.0)
    assert "Population: mid-2024 estimate." in latest.sentence
    assert "4.0 per 10,000 children (12 among 30,000)" in latest.sentence
    populations(made, y2025=40_000, y2026=1)
    assert one(made, chosen).denominator == 40_000
    assert (latest.lower, latest.upper) == (2.1, 7.0)


@pytest.mark.parametrize(
    ("measure", "unit", "expected"),
    [
        ("{count: distinct child_id, dated: referred}", "count", (2, None, 2)),
        ("{sum: referrals_12m, dated: referred}", "count", (7, None, 7)),
        ("{mean: referrals_12m, dated: referred}", "score", (7, 3, 2.3)),
        ("{mean: referrals_12m, weight: age, dated: referred}", "score", (25, 8, 3.1)),
        ("{median: 'days_between(previous_referral, referred)', dated: referred}", "days", (None, 3, 2)),
    ],
)
def test_measures_are_what_their_names_say(
    made: InMemory, tmp_path: Path, measure: str, unit: str, expected: tuple[float | None, ...]
) -> None:
    text = f"from: referrals\nnature: flow\nnumerator: {measure}\nunit: {unit}\ndecimals: {int(unit == 'score')}"
    sent(made, "referrals", Q2)
    rows = [("a", 1, 1, 31), ("a", 2, 2, 23), ("b", 4, 5, 30)]
    put(
        made, "referrals",
        *(
            {"child_id": child, "referrals_12m": number, "age": age, "referred": date(2025, 8, 1),
             "previous_referral": date(2025, 7, day)}
            for child, number, age, day in rows
        ),
    )  # fmt: skip
    found = one(made, catalogue(tmp_path, text))
    assert (found.numerator, found.denominator, found.value) == expected
    assert f": {expected[2]}" in found.sentence


def test_a_median_of_no_rows_is_no_figure_and_says_that_there_were_none(made: InMemory, tmp_path: Path) -> None:
    median = "{median: 'days_between(previous_referral, referred)', dated: referred}"
    text = f"from: referrals\nnature: flow\nnumerator: {median}\nunit: days\ndecimals: 0"
    sent(made, "referrals", Q2)
    found = one(made, catalogue(tmp_path, text))
    assert (found.status, found.value, found.denominator) == ("z", None, 0)
    assert "there were none to count" in found.sentence


def test_parts_dated_differently_are_counted_apart(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(
        tmp_path,
        SHARE.replace('{count: rows, where: "previous_plans > 0", dated: started}', "{count: rows, dated: ended}"),
    )
    sent(made, "child_protection_plans", Q2)
    day = date(2025, 8, 1)
    put(made, "plans", {"started": day}, {"started": day, "ended": day}, {"started": date(2024, 1, 1), "ended": day})
    found = one(made, chosen)
    assert (found.numerator, found.denominator) == (2, 2)


def test_rows_that_a_figure_needs_more_of_are_left_out_and_what_it_rests_on_is_said(
    made: InMemory, tmp_path: Path
) -> None:
    chosen = catalogue(
        tmp_path,
        SHARE
        + """needs: "emergency or team is not null"
        says_when: [{where: "emergency", says: "{count} after an emergency."}]
        """,
    )
    sent(made, "child_protection_plans", Q2)
    day = {"started": date(2025, 8, 1), "previous_plans": 1}
    put(made, "plans", day | {"emergency": True}, day | {"team": "A"}, day, day | {"emergency": False})
    found = one(made, chosen)
    assert (found.numerator, found.denominator, found.left_out) == (2, 2, 2)
    assert found.sentence.endswith("1 after an emergency.")


def test_groups_follow_the_county_and_what_is_not_recorded_is_one(made: InMemory, tmp_path: Path) -> None:
    sent(made, "child_protection_plans", Q2)
    day = {"started": date(2025, 8, 1), "previous_plans": 1}
    put(made, "plans", day | {"sex_group": "Male"}, day, day | {"sex_group": "Female", "disability": True})
    chosen = catalogue(tmp_path, SHARE)
    by_sex = all_of(made, chosen, by="sex")
    assert [(part.by, part.group, part.denominator) for part in by_sex] == [
        (None, None, 3), ("sex", "Female", 1), ("sex", "Male", 1), ("sex", "Not recorded", 1),
    ]  # fmt: skip
    assert [part.group for part in all_of(made, chosen, by="disability")] == [None, "Yes", "Not recorded"]
    assert "Female: 100.0 per cent" in by_sex[1].sentence


def total(
    made: InMemory, indicator: str, covers: str, numerator: float | None, denominator: float | None = None, **more: Any
) -> None:
    row = {"indicator": indicator, "covers": covers, "numerator": numerator, "denominator": denominator}
    row |= {"submission_id": f"S-{covers}", "period": "2025-26-Q2"} | more
    insert(made, TABLES["aggregates"], [row], ("known", "reported"))


TOTALS = """
from: aggregates
nature: flow
numerator: {sum: numerator}
denominator: {sum: denominator}
unit: percent
decimals: 1
by: [area]
missing_because: Nobody sends it yet.
"""


def test_a_total_stands_in_where_no_rows_were_sent_and_says_so(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, SHARE)
    total(made, "i0", "2025-26-Q2", 3, 12)
    found = one(made, chosen)
    assert (found.value, found.sources, found.from_totals) == (25.0, ("S-2025-26-Q2",), True)
    assert found.sentence.endswith("From totals that an agency sent.")
    sent(made, "child_protection_plans", Q2)
    assert (one(made, chosen).status, one(made, chosen).from_totals) == ("z", False)
    put(made, "plans", {"started": date(2025, 8, 1)})
    assert (one(made, chosen).value, one(made, chosen).from_totals) == (25.0, True)


def test_totals_of_months_make_a_quarter_and_agencies_a_county(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, TOTALS)
    assert one(made, chosen).sentence.endswith("Nobody sends it yet.")
    total(made, "i0", "2025-07", 1, 4)
    total(made, "i0", "2025-08", 2, 4)
    assert one(made, chosen).status == "x"
    total(made, "i0", "2025-09", 3, 4, agency="one")
    total(made, "i0", "2025-09", 3, 6, agency="two")
    found = one(made, chosen)
    assert (found.numerator, found.denominator, found.value) == (9, 18, 50.0)
    assert one(made, chosen, period=Q2.rolling_year()).status == "x"
    total(made, "i0", "2025-26-Q2", 1, 2, area="North")
    assert [(part.group, part.value) for part in all_of(made, chosen, by="area")] == [(None, 50.0), ("North", 50.0)]
    total(made, "i0", "2025-26-Q1", 1, 2, area="South")
    assert [part.group for part in all_of(made, chosen, by="area")] == [None, "North"], "the South sent none for it"


@pytest.mark.parametrize("covers", ["summer", None])
def test_a_total_of_no_period_that_can_be_read_is_of_none(made: InMemory, tmp_path: Path, covers: str | None) -> None:
    chosen = catalogue(tmp_path, TOTALS)
    total(made, "i0", covers, 1, 2)  # type: ignore[arg-type]
    assert one(made, chosen).status == "x"
    total(made, "i0", "2025-26-Q2", 3, 4)
    assert one(made, chosen).value == 75.0


def test_a_year_that_was_sent_whole_is_the_rolling_year_to_march(made: InMemory, tmp_path: Path) -> None:
    chosen = catalogue(tmp_path, TOTALS)
    total(made, "i0", "2024-25", 30, 40)
    assert one(made, chosen, period=Period.parse("12m-2024-25-Q4")).value == 75.0
    assert one(made, chosen, period=Period.parse("2024-25")).value == 75.0
    assert one(made, chosen, period=Period.parse("2024-25-Q4")).status == "x"


@pytest.mark.parametrize(
    ("numerator", "denominator", "says"), [(None, 4, "lack the count"), (4, None, "lack what the count")]
)
def test_a_total_without_a_part_gives_no_figure(
    made: InMemory, tmp_path: Path, numerator: float | None, denominator: float | None, says: str
) -> None:
    total(made, "i0", "2025-26-Q2", numerator, denominator)
    found = one(made, catalogue(tmp_path, TOTALS))
    assert found.status == "x" and says in found.sentence


class Counting:
    """A reader that counts its statements by the event table that they read."""

    version = None

    def __init__(self, made: InMemory) -> None:
        self.made = made
        self.statements: list[str] = []

    def query(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        self.statements.append(sql)
        return self.made.query(sql, params)


def test_one_statement_an_event_table_answers_every_indicator_period_and_group(made: InMemory) -> None:
    chosen = load_catalogue()
    quarters = [Q2.earlier(step) for step in range(16)]
    names = {name for names in FILLED_BY.values() for name in names} - {"aggregate"}
    for quarter in quarters:
        for name in names:
            sent(made, name, quarter, extracted=quarter.end)
    counting = Counting(made)
    asked = {
        one: [Moment(quarter, basis) for quarter in quarters for basis in ("reported", "known")]
        + [Moment(quarter.rolling_year(), "known") for quarter in quarters[:12]]
        for one in chosen
    }
    groups = {one.id: (*one.indicator.by, *one.indicator.watch_by) for one in chosen}
    figures(counting, asked, catalogue=chosen, area_code=AREA, groups=groups)  # type: ignore[arg-type]
    read = {one.indicator.table for one in chosen} - {"aggregates"}
    asked_of_events = [sql for sql in counting.statements if "tallies" in sql]
    assert len(asked_of_events) == len(read)
    for table in read:
        of_table = [sql for sql in asked_of_events if f'."{table}"' in sql]
        assert len(of_table) == 1
        assert of_table[0].count(f'reported."{table}"') == 1
        assert of_table[0].count(f'known."{table}"') <= 1


def test_no_text_of_a_declaration_is_written_into_the_sql(made: InMemory, tmp_path: Path) -> None:
    hostile = "Neglect'' or 1=1; drop table x --"
    chosen = catalogue(tmp_path, SHARE.replace("previous_plans > 0", f"latest_category_group = '{hostile}'"))
    counting = Counting(made)
    sent(made, "child_protection_plans", Q2)
    put(made, "plans", {"started": date(2025, 8, 1), "latest_category_group": "Neglect' or 1=1; drop table x --"})
    found = results(counting, catalogue=chosen, periods=[Q2], basis="known", area_code=AREA)[0]  # type: ignore[arg-type]
    assert found.numerator == 1
    assert not any("drop table" in sql for sql in counting.statements)
