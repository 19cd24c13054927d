"""What was asked and answered, kept: statuses, two people at once, and views pinned for the next pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from returns.places import Places
from warehouse.challenges import (
    Asked,
    Challenge,
    Response,
    answer,
    ask,
    correct,
    every,
    in_order,
    of_subject,
    response_of,
    revise,
)
from warehouse.entries import Journal, Overtaken
from warehouse.pack import earlier, is_view, pin, pinned, remove

TODAY = date(2025, 11, 22)
WHY = Challenge(
    "Why do police miss conferences?", "A child is decided about without them.", "indicator", session="2025-26-Q2",
    view="indicator?id=cp_attendance&period=2025-26-Q2", due=date(2025, 11, 1),
)  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Places(tmp_path))


def put(journal: Journal, said: Challenge = WHY, subject: str | None = "cp_attendance|Police") -> Asked:
    ask(journal, said, to="police", subject=subject, period="2025-26-Q2", author="Scrutineer")
    return every(journal)[-1]


def test_a_question_comes_back_as_it_was_asked_and_waits_for_its_answer(journal: Journal) -> None:
    assert every(journal) == () and not journal.places.journal.exists()
    one = put(journal)
    assert (one.number, one.challenge, one.status, one.first.author) == ("Q1", WHY, "asked", "Scrutineer")
    assert one.overdue(TODAY) and not one.overdue(date(2025, 11, 1))
    assert of_subject([one], "cp_attendance") == [one] and of_subject([one], "cp_open") == []


def test_a_verdict_stands_until_a_further_answer_comes(journal: Journal) -> None:
    one = put(journal)
    answer(journal, Response("Q1", "The mailbox moved.", "Rota", TODAY), of=one, agency="police", author="DI")
    (one,) = every(journal)
    assert one.status == "answered" and not one.overdue(TODAY)
    assert one.responses[0].written.agency == "police" and one.responses[0].answered == TODAY
    revise(journal, replace(one.challenge, verdict="not accepted", verdict_why="Nothing changed.", heard=1),
           author="Scrutineer")  # fmt: skip
    (one,) = every(journal)
    assert one.status == "not accepted" and one.overdue(TODAY)
    answer(journal, Response("Q1", "Six in ten now.", "", TODAY), of=one, agency="police", author="DI")
    (one,) = every(journal)
    assert one.status == "answered"
    assert [each.text for each in one.responses] == ["The mailbox moved.", "Six in ten now."]
    revise(journal, replace(one.challenge, verdict="accepted", heard=2), author="Scrutineer")
    (one,) = every(journal)
    assert one.status == "accepted" and one.first.version == 1 and one.challenge.written.version == 3


def test_of_two_who_answer_or_judge_at_once_the_second_is_shown_the_firsts_text(journal: Journal) -> None:
    one = put(journal)
    first = answer(journal, Response("Q1", "The first's."), of=one, agency="police", author="Ann")
    with pytest.raises(Overtaken) as met:
        answer(journal, Response("Q1", "The second's."), of=one, agency="police", author="Bob")
    assert response_of(met.value.latest).text == "The first's."
    answer(journal, Response("Q1", "Both."), of=one, agency="police", author="Bob", after=met.value.latest.version)
    with pytest.raises(Overtaken):
        correct(journal, replace(first, text="Late."), author="Ann")
    assert [response_of(one).text for one in journal.history("response Q1 1")] == ["The first's.", "Both."]
    revise(journal, replace(one.challenge, verdict="accepted", heard=1), author="Scrutineer")
    with pytest.raises(Overtaken):
        revise(journal, replace(one.challenge, verdict="not accepted", heard=1), author="Chair")
    assert every(journal)[0].status == "accepted"


def test_what_waits_longest_comes_first_and_what_is_settled_last(journal: Journal) -> None:
    for question, due in (("later", date(2025, 12, 1)), ("late", date(2025, 11, 2)), ("no day", None),
                          ("longest", date(2025, 10, 1)), ("settled", date(2025, 1, 1))):  # fmt: skip
        one = put(journal, replace(WHY, question=question, due=due))
    revise(journal, replace(one.challenge, verdict="accepted"), author="Chair")
    ordered = [one.challenge.question for one in in_order(every(journal), TODAY)]
    assert ordered == ["longest", "late", "later", "no day", "settled"]


def test_a_view_is_pinned_once_put_in_order_and_taken_out_with_its_history(journal: Journal) -> None:
    for page in ("scorecard?theme=care", "indicator?id=cp_open", "actions"):
        pin(journal, view=page, title=page.upper(), author="Chair")
    again, is_new = pin(journal, view="actions", title="Twice", author="Chair")
    assert not is_new and again.title == "ACTIONS" and len(pinned(journal)) == 3
    earlier(journal, "P3", author="Chair")
    earlier(journal, "P3", author="Chair")
    earlier(journal, "P3", author="Chair")  # the first stays where it is
    assert [one.written.thread for one in pinned(journal)] == ["P3", "P1", "P2"]
    gone = pinned(journal)[1]
    remove(journal, gone, author="Analyst")
    assert [one.written.thread for one in pinned(journal)] == ["P3", "P2"]
    with pytest.raises(Overtaken):
        remove(journal, gone, author="Late")
    assert [one.author for one in journal.history("P1")] == ["Chair", "Analyst"]
    assert pin(journal, view="scorecard?theme=care", title="Back", author="Chair")[1]


@pytest.mark.parametrize(
    "address", ["https://x.org", "//x.org/a", "javascript:alert(1)", "a?b=<script>", "", "a b", "x/../y"]
)
def test_only_an_address_of_the_dashboards_own_is_pinned(journal: Journal, address: str) -> None:
    assert not is_view(address)
    with pytest.raises(ValueError, match="view of the dashboard"):
        pin(journal, view=address, title="x", author="Chair")
    assert is_view("indicator?id=cp_open&by=age+band&group=a%20b")
