"""A load derives again only what rests on what it brought, and comes to the same as deriving everything."""

from datetime import date

from loading import annex_a, load, rows

from pipelines.derivation import rests_on
from pipelines.derive import derive
from returns.events import TABLES, tables
from returns.places import Places
from returns.tables_of_the_data import MADE_WITH_A_VERSION
from warehouse import store


def test_figures_that_look_at_a_return_are_worked_out_again_when_it_comes_and_others_are_not():
    again = {table.name for table in tables() if rests_on(table, {"referrals"})}
    assert again - MADE_WITH_A_VERSION == {"referrals", "contacts", "contacts_received", "early_help_episodes"}
    assert rests_on(TABLES["plans"], {"graded_care_profiles"})
    assert rests_on(TABLES["periods_of_care"], {"children_looked_after"})
    assert rests_on(TABLES["conference_participation"], {"conferences"})
    assert not rests_on(TABLES["plans"], {"referrals", "contacts"})
    assert all(rests_on(table, None) for table in tables())


def test_one_list_sent_later_gives_the_same_warehouse_as_deriving_everything_again(tmp_path):
    data = tmp_path / "data"
    first = annex_a(
        tmp_path / "one.xlsx",
        contacts=[{"child_id": "1", "received": date(2025, 9, 1), "source": "6"}],
        early_help=[{"child_id": "1", "started": date(2025, 4, 20), "completed": date(2025, 8, 1)}],
        child_protection_plans=[{"child_id": "2", "started": date(2025, 8, 21), "last_visit": date(2025, 9, 2)}],
    )
    second = annex_a(
        tmp_path / "two.xlsx",
        referrals=[{"child_id": "1", "referred": date(2025, 8, 11), "source": "6"},
                   {"child_id": "1", "referred": date(2025, 11, 4), "source": "6"}],
    )
    load(data, first, period="2025-26-Q2", extracted=date(2025, 9, 30))
    load(data, second, period="2025-26-Q3", extracted=date(2025, 12, 31))
    assert rows(data, "SELECT days_to_return FROM known.early_help_episodes") == [(10,)]
    assert rows(data, "SELECT days_to_referral FROM known.contacts") == [(64,)]
    held = _everything(data)
    with store.build(Places.of(data)) as builder:
        derive(builder.connection)
    assert _everything(data) == held


def _everything(data):
    return {
        (basis, table.name): rows(data, f"SELECT * FROM {basis}.{table.name} ORDER BY ALL")
        for basis in ("reported", "known") for table in tables()
    }
