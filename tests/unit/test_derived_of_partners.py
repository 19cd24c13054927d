"""What is worked out from the partners' rows, as first reported and as now known."""

from datetime import date, datetime

import pytest
from loading import annex_a, load, rows


def _contact(number: int, child: str, received: object, **more: object) -> dict[str, object]:
    return {
        "contact_id": f"C{number}", "child_id": child, "received": received, "decided": "", "contact_type": "MARF",
        "referring_agency": "Police", "outcome": "Early help",
    } | more


def _episode(number: int, child: str, started: object, **more: object) -> dict[str, object]:
    return {"episode_id": f"M{number}", "child_id": child, "started": started} | more


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """List 1 alone in the first quarter; in the second the log as well, which covers July to December."""
    folder = tmp_path_factory.mktemp("quarters")
    first = annex_a(
        folder / "one.xlsx",
        contacts=[
            {"child_id": "1", "received": date(2025, 4, 7), "source": "6"},
            {"child_id": "1", "received": date(2025, 7, 21), "source": "6"},
            {"child_id": "2", "received": date(2025, 8, 4), "source": "2A"},
        ],
        referrals=[{"child_id": "1", "referred": date(2025, 8, 1), "source": "6"}],
        missing_episodes=[_episode(1, "1", datetime(2025, 7, 5, 21, 15), ended=datetime(2025, 7, 6, 2, 15),
                                   interview_held=datetime(2025, 7, 8, 2, 15))],
        conferences=[
            {"conference_id": "K1", "child_id": "1", "held": date(2025, 9, 4), "type": "ICPC",
             "outcome": "Child protection plan"},
            {"conference_id": "K1", "child_id": "2", "held": date(2025, 9, 4), "type": "ICPC",
             "outcome": "Child protection plan"},
        ],
        conference_participation=[
            {"conference_id": "K1", "participant": "Police", "invited": "Yes", "attended": "Yes"},
            {"conference_id": "K2", "participant": "Police", "invited": "Yes", "attended": "No"},
        ],
    )
    second = annex_a(
        folder / "two.xlsx",
        contacts=[
            {"child_id": "1", "received": date(2025, 7, 21), "source": "6"},
            {"child_id": "9", "received": date(2025, 11, 3), "source": "6"},
        ],
        referrals=[{"child_id": "1", "referred": date(2025, 8, 1), "source": "6"}],
        front_door_contacts=[
            _contact(1, "1", datetime(2025, 7, 21, 10, 0), decided=datetime(2025, 7, 22, 8, 30), age=0),
            _contact(2, "1", datetime(2025, 7, 21, 11, 0), decided=date(2025, 7, 22), age=0),
            _contact(3, "3", date(2025, 10, 6), referring_agency="GP", unborn="Yes"),
            _contact(4, "1", datetime(2025, 11, 5, 9, 0), referring_agency="Women's Aid", age=1),
        ],
        missing_episodes=[
            _episode(1, "1", datetime(2025, 7, 5, 21, 15), ended=datetime(2025, 7, 6, 2, 15),
                     interview_held=datetime(2025, 7, 8, 2, 15)),
            _episode(2, "1", datetime(2025, 10, 3, 23, 0), ended=date(2025, 10, 4), interview_held=date(2025, 10, 6)),
            _episode(3, "1", date(2025, 10, 4)),
        ],
        conferences=[
            {"conference_id": "K2", "child_id": "3", "held": date(2025, 12, 2), "type": "RCPC",
             "outcome": "Plan continues"},
        ],
        exploitation_assessments=[
            {"assessment_id": "G1", "child_id": "1", "assessed": date(2025, 10, 7), "risk_level": "High",
             "closed": date(2025, 12, 15)},
            {"assessment_id": "G2", "child_id": "2", "assessed": date(2025, 11, 7), "risk_level": "Low"},
        ],
    )
    data = folder / "data"
    load(data, first, period="2025-26-Q2", extracted=date(2025, 9, 30))
    load(data, second, period="2025-26-Q3", extracted=date(2025, 12, 31))
    return data


def test_a_moment_gives_a_day_and_a_time_and_a_day_alone_no_time(data):
    read = "SELECT received, received_at, decided, decided_at FROM known.front_door_contacts ORDER BY ALL"
    assert rows(data, read) == [
        (date(2025, 7, 21), datetime(2025, 7, 21, 10), date(2025, 7, 22), datetime(2025, 7, 22, 8, 30)),
        (date(2025, 7, 21), datetime(2025, 7, 21, 11), date(2025, 7, 22), None),
        (date(2025, 10, 6), None, None, None),
        (date(2025, 11, 5), datetime(2025, 11, 5, 9), None, None),
    ]


@pytest.mark.parametrize("basis", ["reported", "known"])
def test_the_log_knows_how_long_a_decision_took_and_the_childs_contact_before(data, basis):
    found = rows(
        data,
        "SELECT received, hours_to_decision, previous_contact, age_band, history_from "
        f"FROM {basis}.front_door_contacts ORDER BY received, received_at",
    )
    since = date(2025, 7, 21)
    assert found == [
        (date(2025, 7, 21), 22.5, None, "under 1", since),
        (date(2025, 7, 21), None, None, "under 1", since),
        (date(2025, 10, 6), None, None, "under 1", since),
        (date(2025, 11, 5), None, date(2025, 7, 21), "1 to 4", since),
    ]


def test_the_log_is_counted_instead_of_list_1_for_the_days_it_covers(data):
    read = "SELECT received, source_group, from_log, first_period FROM known.contacts_received ORDER BY ALL"
    assert rows(data, read) == [
        (date(2025, 4, 7), "Police", False, "2025-26-Q2"),
        (date(2025, 7, 21), "Police", True, "2025-26-Q3"),  # two forms about one child on one day, as List 1 counts
        (date(2025, 10, 6), "Health services", True, "2025-26-Q3"),
        (date(2025, 11, 5), "Other", True, "2025-26-Q3"),
    ]


def test_a_quarter_that_had_no_log_keeps_what_list_1_reported(data):
    read = "SELECT received, from_log FROM reported.contacts_received WHERE period = '{}' ORDER BY ALL"
    assert rows(data, read.format("2025-26-Q2")) == [
        (date(2025, 4, 7), False), (date(2025, 7, 21), False), (date(2025, 8, 4), False),
    ]
    assert rows(data, read.format("2025-26-Q3")) == [
        (date(2025, 7, 21), True), (date(2025, 10, 6), True), (date(2025, 11, 5), True),
    ]


def test_contacts_taken_together_reach_back_over_list_1_and_the_log(data):
    read = (
        "SELECT received, previous_contact, days_to_referral, history_from FROM {}.contacts_received "
        "WHERE received >= DATE '2025-07-21' AND from_log AND source_group <> 'Health services' ORDER BY ALL"
    )
    for basis in ("reported", "known"):
        assert rows(data, read.format(basis)) == [
            (date(2025, 7, 21), date(2025, 4, 7), 11, date(2025, 4, 7)),
            (date(2025, 11, 5), date(2025, 7, 21), None, date(2025, 4, 7)),
        ]
    first = "SELECT received, days_to_referral FROM reported.contacts_received WHERE period = '2025-26-Q2' ORDER BY ALL"
    assert rows(data, first)[0] == (date(2025, 4, 7), 116)


def test_missing_again_within_ninety_days_is_counted_whatever_the_sender_marks(data):
    read = "SELECT started, episodes_90_days, hours_to_interview FROM {}.missing_episodes {} ORDER BY started"
    expected = [(date(2025, 7, 5), 1, 48.0), (date(2025, 10, 3), 2, None), (date(2025, 10, 4), 2, None)]
    assert rows(data, read.format("known", "")) == expected
    assert rows(data, read.format("reported", "WHERE period = '2025-26-Q3'")) == expected
    assert rows(data, "SELECT DISTINCT history_from FROM known.missing_episodes") == [(date(2025, 7, 5),)]


def test_an_agency_at_a_conference_takes_its_day_and_kind_from_the_conferences_return(data):
    """The second conference was sent a quarter after the agency's attendance at it."""
    read = "SELECT held, type_group, attended FROM {}.conference_participation ORDER BY attended DESC"
    assert rows(data, read.format("reported")) == [(date(2025, 9, 4), "Initial", True), (None, None, False)]
    assert rows(data, read.format("known")) == [
        (date(2025, 9, 4), "Initial", True), (date(2025, 12, 2), "Review", False),
    ]


def test_an_exploitation_assessment_is_open_until_the_day_before_it_closes(data):
    for basis in ("reported", "known"):
        assert rows(data, f"SELECT open_until FROM {basis}.exploitation_assessments ORDER BY assessed") == [
            (date(2025, 12, 14),), (None,),
        ]


def test_without_any_log_contacts_received_are_list_1s(tmp_path):
    only = annex_a(tmp_path / "one.xlsx", contacts=[{"child_id": "1", "received": date(2025, 8, 4), "source": "6"}])
    load(tmp_path / "data", only, period="2025-26-Q2", extracted=date(2025, 9, 30))
    for basis in ("reported", "known"):
        assert rows(tmp_path / "data", f"SELECT received, source_group, from_log FROM {basis}.contacts_received") == [
            (date(2025, 8, 4), "Police", False),
        ]
