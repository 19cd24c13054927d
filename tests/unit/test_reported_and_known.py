"""As first reported and as now known: what each quarter said, and what later extracts taught."""

from datetime import date

import pytest
from loading import annex_a, load, rows

from pipelines.derived_columns import derived
from returns.events import tables


def _referral(child: str, day: date, **more: object) -> dict[str, object]:
    return {"child_id": child, "referred": day, "source": "6"} | more


def _plan(child: str, started: date, **more: object) -> dict[str, object]:
    return {"child_id": child, "started": started, "initial_category": "a) Neglect", "previous_plans": 0} | more


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two quarters. The second drops a referral, finds one recorded late, closes a plan and no longer has another."""
    folder = tmp_path_factory.mktemp("quarters")
    first = annex_a(
        folder / "one.xlsx",
        contacts=[
            {"child_id": "1", "received": date(2025, 7, 1), "source": "6"},
            {"child_id": "2", "received": date(2025, 9, 29), "source": "6"},
        ],
        referrals=[
            _referral("1", date(2025, 4, 2)),
            _referral("1", date(2025, 7, 3)),
            _referral("9", date(2025, 8, 9)),
        ],
        child_protection_plans=[
            _plan("1", date(2025, 8, 20), last_visit=date(2025, 9, 1), seen_alone="b) No"),
            _plan("2", date(2025, 8, 21)),
            _plan("3", date(2025, 5, 1), ended=date(2025, 9, 10)),
        ],
    )
    second = annex_a(
        folder / "two.xlsx",
        contacts=[
            {"child_id": "1", "received": date(2025, 7, 1), "source": "6"},
            {"child_id": "2", "received": date(2025, 9, 29), "source": "6"},
        ],
        referrals=[
            _referral("1", date(2025, 7, 3)),
            _referral("2", date(2025, 9, 30)),
            _referral("1", date(2025, 11, 4)),
        ],
        child_protection_plans=[
            _plan("1", date(2025, 8, 20), last_visit=date(2025, 12, 1), seen_alone="a) Yes", ended=date(2025, 12, 20)),
        ],
    )
    data = folder / "data"
    load(data, first, period="2025-26-Q2", extracted=date(2025, 9, 30))
    load(data, second, period="2025-26-Q3", extracted=date(2025, 12, 31))
    return data


def test_each_quarter_keeps_what_it_first_reported(data):
    assert rows(data, "SELECT period, count(*) FROM reported.referrals GROUP BY ALL ORDER BY ALL") == [
        ("2025-26-Q2", 3),
        ("2025-26-Q3", 3),
    ]


def test_what_a_later_extract_should_carry_and_does_not_was_withdrawn(data):
    found = rows(data, "SELECT referred, period, first_period FROM known.referrals ORDER BY referred")
    assert found == [
        (date(2025, 4, 2), "2025-26-Q2", "2025-26-Q2"),
        (date(2025, 7, 3), "2025-26-Q3", "2025-26-Q2"),
        (date(2025, 9, 30), "2025-26-Q3", "2025-26-Q3"),
        (date(2025, 11, 4), "2025-26-Q3", "2025-26-Q3"),
    ]


def test_a_referral_knows_the_childs_last_one_across_extracts(data):
    found = rows(
        data,
        "SELECT period, referred, previous_referral FROM reported.referrals "
        "WHERE previous_referral IS NOT NULL ORDER BY ALL",
    )
    assert found == [
        ("2025-26-Q2", date(2025, 7, 3), date(2025, 4, 2)),
        ("2025-26-Q3", date(2025, 7, 3), date(2025, 4, 2)),
        ("2025-26-Q3", date(2025, 11, 4), date(2025, 7, 3)),
    ]
    assert rows(data, "SELECT DISTINCT history_from FROM known.referrals") == [(date(2025, 4, 2),)]
    assert rows(data, "SELECT referred FROM known.referrals WHERE last_of_child ORDER BY ALL") == [
        (date(2025, 9, 30),),
        (date(2025, 11, 4),),
    ]


def test_a_contact_that_became_a_referral_late_is_known_now_and_was_not_then(data):
    days = "SELECT days_to_referral FROM {}.contacts WHERE received = DATE '2025-09-29' {} ORDER BY ALL"
    assert rows(data, days.format("reported", "AND period = '2025-26-Q2'")) == [(None,)]
    assert rows(data, days.format("reported", "AND period = '2025-26-Q3'")) == [(1,)]
    assert rows(data, days.format("known", "")) == [(1,)]


def test_a_plan_is_open_until_it_ends_or_the_extracts_stop_carrying_it(data):
    assert rows(data, "SELECT started, open_until FROM known.plans ORDER BY started") == [
        (date(2025, 5, 1), date(2025, 9, 9)),  # ended on the 10th
        (date(2025, 8, 20), date(2025, 12, 19)),  # ended by the second extract
        (date(2025, 8, 21), date(2025, 9, 30)),  # in the first extract, not in the second
    ]
    assert rows(
        data, "SELECT started, open_until FROM reported.plans WHERE period = '2025-26-Q2' ORDER BY started"
    ) == [
        (date(2025, 5, 1), date(2025, 9, 9)),
        (date(2025, 8, 20), None),
        (date(2025, 8, 21), None),
    ]


def test_a_plans_latest_visit_is_the_one_its_own_extract_gave(data):
    visits = "SELECT last_visit, seen_alone FROM {}.plans WHERE started = DATE '2025-08-20' ORDER BY ALL"
    assert rows(data, visits.format("reported")) == [(date(2025, 9, 1), False), (date(2025, 12, 1), True)]
    assert rows(data, visits.format("known")) == [(date(2025, 12, 1), True)]
    assert rows(data, "SELECT visited FROM known.plan_visits ORDER BY ALL") == [
        (date(2025, 9, 1),),
        (date(2025, 12, 1),),
    ]


def test_every_derived_column_of_every_table_has_a_way_to_be_computed():
    for table in tables():
        declared = {column.name for column in table.columns if column.derived}
        for basis in ("reported", "known"):
            found = derived(table, basis)
            assert (set(found.columns) if found else set()) == declared
