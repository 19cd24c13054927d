"""Whatever order lines come in, the submissions folded from them hang together."""

from hypothesis import given
from hypothesis import strategies as st

from warehouse.ledger import KINDS, Event, fold

NAMES = ["S000001", "S000002", "S000003"]

lines = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.sampled_from([*NAMES, None]),
        st.fixed_dictionaries({}, optional={
            "supersedes": st.sampled_from([*NAMES, None]), "rows_read": st.integers(0, 9), "id": st.just("x"),
            "status": st.just("x"), "_standing": st.just("x"), "unheard_of": st.text(),
        }),
    ),
    max_size=25,
)


def events(drawn):
    return [Event(number, "2025-10-01", *line) for number, line in enumerate(drawn, start=1)]


@given(lines)
def test_every_submission_named_is_there_once_in_the_order_of_its_first_line(drawn):
    named = [submission for _, submission, _ in drawn if submission]
    assert [record.id for record in fold(events(drawn))] == list(dict.fromkeys(named))


@given(lines)
def test_a_line_about_one_submission_moves_no_other_but_the_one_it_supersedes(drawn):
    before = {record.id: record for record in fold(events(drawn))}
    for kind in KINDS:
        after = {record.id: record for record in fold(events([*drawn, (kind, NAMES[0], {"supersedes": NAMES[1]})]))}
        assert after.get(NAMES[2]) == before.get(NAMES[2])
        if kind not in ("accepted", "nil"):
            assert after.get(NAMES[1]) == before.get(NAMES[1])


@given(lines)
def test_what_is_superseded_says_by_what_unless_a_line_said_so_alone(drawn):
    for record in fold(events(drawn)):
        assert record.status in {"received", "accepted", "nil", "superseded", "retracted", "refused", "unchanged"}
        if record.superseded_by:
            assert record.superseded_by in NAMES
