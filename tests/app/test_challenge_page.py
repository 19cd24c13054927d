"""The Challenge page: asked, answered, accepted; found again; pinned; and read only by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from loading import annex_a, load
from pages_run import _RUN, PROJECT, Seen, disagreements, opened
from streamlit.testing.v1 import AppTest

from returns.places import Places
from warehouse.challenges import Asked, Challenge, Response, answer, ask, every, revise
from warehouse.entries import Journal
from warehouse.pack import pin, pinned

TODAY = date.today()
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sent = [{"child_id": "1", "referred": date(2025, 8, 1), "source": "6", "no_further_action": "No"}]
    load(tmp_path / "data", annex_a(tmp_path / "one.xlsx", referrals=sent), period="2025-26-Q2",
         extracted=date(2025, 10, 6))  # fmt: skip
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def put(data: Path, question: str = "Why <b>so</b> few?", *, to: str | None = "police", session: str = "2025-26-Q2",
        due: date | None = None, subject: str | None = "ref_rate") -> Asked:  # fmt: skip
    journal = Journal(Places(data))
    ask(journal, Challenge(question, "It fell.", "indicator", session=session, due=due, view="indicator?id=ref_rate"),
        to=to, subject=subject, period="2025-26-Q2", author="Scrutineer")  # fmt: skip
    return every(journal)[-1]


def rows(seen: Seen) -> list[list[str]]:
    return [row for one in seen.tables if "asked" in one.kind for row in one.rows[1:]]


def fill(seen: Seen, key: str, value: object) -> None:
    run = seen.run
    (one,) = [each for each in (*run.text_area, *run.text_input, *run.selectbox, *run.radio) if each.key == key]
    one.set_value(value)


def press(seen: Seen, label: str) -> Seen:
    (button,) = [one for one in seen.run.button if one.label == label]
    button.click()
    seen.run.run()
    assert not seen.run.exception, [one.value for one in seen.run.exception]
    return Seen(seen.run)


def test_what_is_overdue_comes_first_and_every_word_can_be_searched_for(data: Path) -> None:
    assert "Nothing has been asked yet" in opened("challenge").text
    put(data, "Later?", due=TODAY + timedelta(days=9))
    late = put(data, due=TODAY - timedelta(days=3), session="Session of 4 November")
    one = put(data, "Accepted?", to=None, due=TODAY - timedelta(days=90))
    journal = Journal(Places(data))
    answer(journal, Response("Q3", "Toothache clinic.", "A rota"), of=one, agency=None, author="Nurse")
    revise(journal, replace(one.challenge, verdict="accepted", heard=1, changed="Teeth are seen."), author="Scrutineer")
    seen = opened("challenge", role="scrutineer")
    assert [row[0] for row in rows(seen)] == ["Q2", "Q1", "Q3"] and late.number == "Q2"
    assert "3 asked: 2 waiting for an answer, 1 overdue" in seen.text and "Longest overdue: Q2" in seen.text
    assert rows(seen)[0][1].startswith("Why <b>so</b> few?")  # text, not markup
    assert rows(seen)[0][5].startswith("Unanswered") and "overdue" in rows(seen)[0][5]
    assert "Teeth are seen." in rows(seen)[2][4] and rows(seen)[2][2].startswith("The partnership")
    for address, found in (
        ({"find": "TOOTHACHE rota"}, ["Q3"]), ({"show": "accepted"}, ["Q3"]), ({"show": "unanswered"}, ["Q2", "Q1"]),
        ({"agency": "police"}, ["Q2", "Q1"]), ({"session": "Session of 4 November"}, ["Q2"]), ({"find": "nowhere"}, []),
    ):  # fmt: skip
        assert [row[0] for row in rows(opened("challenge", **address))] == found, address
    assert disagreements(seen) == []


def test_a_question_is_asked_with_its_view_answered_and_accepted(data: Path) -> None:
    asked = {"part": "ask", "about": "ref_rate", "group": "<i>", "period": "2025-26-Q2"}
    seen = opened("challenge", role="scrutineer", view="indicator?id=ref_rate&by=source", **asked)
    assert "The view that it is asked from" in seen.text
    name = "ref_rate_None_"
    fill(seen, f"said_author_{name}", "Scrutineer")
    seen = press(seen, "Ask")
    assert "write the question" in seen.run.warning[0].value
    fill(seen, f"ask_question_{name}", "Why so few at HR1 2AB?")
    seen = press(seen, "Ask")
    assert "postcodes" in seen.run.warning[0].value and not every(Journal(Places(data)))
    fill(seen, f"ask_question_{name}", "Why :red[so] few?")
    fill(seen, f"ask_to_{name}", "police")
    seen = press(seen, "Ask")
    (one,) = every(Journal(Places(data)))
    assert one.challenge.view == "indicator?id=ref_rate&by=source" and one.challenge.written.subject == "ref_rate"
    assert seen.title == r"Why \:red\[so\] few\?" and "Q1 is asked" in seen.run.success[0].value
    assert not [each for each in seen.run.button if each.label == "Save the answer"]  # a scrutineer does not answer

    seen = opened("challenge", id="Q1")
    fill(seen, "answer_text_Q1", "Fewer were sent.")
    fill(seen, "answer_evidence_Q1", "The log.")
    fill(seen, "said_author_answer_Q1", "DCI")
    seen = press(seen, "Save the answer")
    assert "Fewer were sent." in seen.text and every(Journal(Places(data)))[0].status == "answered"
    seen = opened("challenge", role="scrutineer", id="Q1")
    fill(seen, "verdict_is_Q1", "accepted")
    fill(seen, "verdict_changed_Q1", "More are sent.")
    fill(seen, "said_author_verdict_Q1", "Scrutineer")
    seen = press(seen, "Save what was made of it")
    assert every(Journal(Places(data)))[0].status == "accepted" and "More are sent." in seen.text
    group = opened("challenge", role="group", id="Q1")
    assert not [each for each in group.run.button if each.label == "Save what was made of it"]


def test_of_two_who_answer_at_once_the_second_is_shown_the_firsts_answer(data: Path) -> None:
    one = put(data)
    seen = opened("challenge", id="Q1")
    answer(Journal(Places(data)), Response("Q1", "The first's."), of=one, agency="police", author="Ann")
    fill(seen, "answer_text_Q1", "The second's.")
    fill(seen, "said_author_answer_Q1", "Bob")
    seen = press(seen, "Save the answer")
    assert "Ann answered it while you were writing" in seen.run.warning[0].value
    assert "The first's." in seen.text and any(each.value == "The second's." for each in seen.run.text_area)
    press(seen, "Save the answer")
    history = Journal(Places(data)).history("response Q1 1")
    assert [each.payload["text"] for each in history] == ["The first's.", "The second's."]


def test_a_view_is_pinned_from_its_own_page_and_taken_out_of_the_pack(data: Path) -> None:
    seen = opened("actions", role="scrutineer", show="overdue")
    (author,) = [one for one in seen.run.text_input if (one.key or "").startswith("pin_author_")]
    author.set_value("Scrutineer")
    seen = press(seen, "Pin it")
    (one,) = pinned(Journal(Places(data)))
    assert (one.view, one.title) == ("actions?show=overdue", "Who is doing what by when, and did it work?")
    pin(Journal(Places(data)), view="scorecard?theme=care", title="Care", author="Chair")
    seen = opened("challenge", part="pack")
    (table,) = [one for one in seen.tables if one.caption == "What is in the next pack"]
    assert table.links == ["actions?show=overdue", "scorecard?theme=care"]
    (which,) = [one for one in seen.run.selectbox if one.key == "pack_which"]
    which.set_value("P2")
    press(seen, "Move up")
    assert [one.title for one in pinned(Journal(Places(data)))][0] == "Care"
    press(seen, "Take out")
    assert [one.written.thread for one in pinned(Journal(Places(data)))] == ["P1"]


def test_a_figures_page_tells_what_was_said_of_it_and_leads_to_asking(data: Path) -> None:
    answer(Journal(Places(data)), Response("Q1", "Fewer were sent."), of=put(data), agency="police", author="DCI")
    put(data, "Of another figure?", subject="cp_open")
    seen = opened("indicator", role="group", id="ref_rate", by="source")
    (said,) = [one for one in seen.tables if one.caption == "What was said and asked about it"]
    assert [row[2] for row in said.rows[1:]] == ["Answer to Q1", "Question Q1"]
    assert set(said.links) == {"challenge?id=Q1"} and "West Mercia Police, DCI" in said.rows[1][3]
    asking = [one.proto.body for one in seen.run.get("html") if "Ask about this" in one.proto.body]
    filled = "part=ask&amp;about=ref_rate&amp;period=2025-26-Q2&amp;view=indicator%3Fid%3Dref_rate"
    assert len(asking) == 1 and filled in asking[0]
    assert "by%3Dsource" in asking[0]
    nobody = opened("indicator", role="observer", id="ref_rate")
    assert "Ask about this" not in nobody.text and "asked about it" not in nobody.text


def test_an_observer_reads_nothing_of_what_was_asked_and_pins_nothing(data: Path) -> None:
    put(data)
    run = AppTest.from_string(_RUN.format(role="observer", page=str(PROJECT / "pages" / "challenge.py")),
                              default_timeout=600)  # fmt: skip
    run.run()
    assert "This page is not open to you" in run.error[0].value and not run.title
    seen = opened("indicator", role="observer", id="ref_rate")
    assert "so</b> few" not in seen.text and not [one for one in seen.run.button if one.label == "Pin it"]
