"""Answers about an agency's headers and spellings: given once, remembered in the ledger, shown, and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.code_lists import every_list
from pipelines.questions import NONE_OF_THESE, Question
from returns.codes import key
from returns.declaration import plain_words
from returns.places import Places
from warehouse import store
from warehouse.ledger import Event, Ledger, answer_lines, asked_about
from warehouse.problems import WarehouseError

Given = Sequence[tuple[Question, str]]


class Unanswerable(WarehouseError):
    """The answer is not one that the question has, or it is not known whose answer it is."""

    exit_code = 2


@dataclass(frozen=True)
class Answers:
    """Answers as a load takes them: {(code list, spelling): group} and {(return, header in plain words): field}."""

    codes: Mapping[tuple[str, str], str]
    headers: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Remembered:
    """An answer in force. `about` is a return or a code list, `asked` the header or spelling as it is compared.

    `means` is the field or group, empty for a column that is none of the return's; `since` is when it was given.
    """

    kind: Literal["header", "code"]
    agency: str
    about: str
    asked: str
    means: str
    since: str
    event_id: int

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line's JSON has it."""
        return {
            "kind": self.kind, "agency": self.agency, "about": self.about, "asked": self.asked,
            "means": self.means or None, "since": self.since,
        }


def as_answers(given: Given) -> Answers:
    """The answers to some questions, to check a file with before they are remembered. Raises Unanswerable."""
    codes: dict[tuple[str, str], str] = {}
    headers: dict[tuple[str, str], str] = {}
    for question, value in given:
        if value not in {choice.value for choice in question.choices}:
            raise Unanswerable(f"One answer about a {question.kind} of {question.about} is not among those offered.")
        (codes if question.kind == "code" else headers)[(question.about, question.key)] = value
    return Answers(codes, headers)


def answer(places: Places, given: Given, *, agency: str | None = None) -> int:
    """How many lines the ledger gained: one for each answer that was not known.

    `agency` is whose answers they are, where a question does not say. Raises Unanswerable, LoadRunning.
    """
    as_answers(given)
    by_agency: dict[str, list[tuple[Question, str]]] = {}
    for question, value in given:
        whose = question.agency or agency
        if whose is None:
            raise Unanswerable("Say which agency sent the file: answers are remembered for an agency.")
        by_agency.setdefault(whose, []).append((question, value))
    return sum(remember(places, whose, as_answers(some)) for whose, some in sorted(by_agency.items()))


def remember(places: Places, agency: str, answers: Answers) -> int:
    """How many lines the ledger gained: one for each answer that differs from what was known of the agency."""
    from returns.partnership import agency as known_agency

    whose = known_agency(agency).name
    _check(places, answers)
    with store.exclusive(places, doing="remembering an answer"):
        ledger = Ledger(places)
        known = {asked_about(event.payload): dict(event.payload) for event in ledger.answers_in_force(whose)}
        returns = {return_name for return_name, _header in answers.headers}
        made = answer_lines(answers.codes, answers.headers, returns)
        lines = [(kind, {"agency": whose, **payload}) for kind, payload in made]
        new = [(kind, None, payload) for kind, payload in lines if known.get(asked_about(payload)) != payload]
        return len(ledger.append_all(new)) if new else 0


def _check(places: Places, answers: Answers) -> None:
    """Raises Unanswerable for a field that the return has not, or a group that the list has not."""
    from returns.catalogue import the_return

    for (return_name, _header), field in answers.headers.items():
        fields = {item.name for item in the_return(return_name).fields}
        if field != NONE_OF_THESE and field not in fields:
            raise Unanswerable(f"{return_name} has no field {field}. It has: {', '.join(sorted(fields))}.")
    lists = every_list(places.reference)
    for (code_list, _spelling), group in answers.codes.items():
        if code_list not in lists or group not in lists[code_list].groups:
            raise Unanswerable(f"{group} is no group of a list {code_list}.")


def remembered(places: Places, agency: str | None = None) -> tuple[Remembered, ...]:
    """The answers in force, of one agency or of all, in the order in which they were given."""
    if not places.journal.exists():  # looking makes no file
        return ()
    return tuple(_remembered(event) for event in Ledger(places).answers_in_force(agency))


def _remembered(event: Event) -> Remembered:
    said = {name: str(value) for name, value in event.payload.items()}
    if event.kind == "header_answer":
        about, asked, means = said["return_name"], said["header"], said["field"]
        return Remembered("header", said["agency"], about, asked, means, event.at, event.event_id)
    about, asked, means = said["code_list"], said["spelling"], said["answer"]
    return Remembered("code", said["agency"], about, asked, means, event.at, event.event_id)


def withdraw(places: Places, item: Remembered, *, why: str) -> int:
    """The number of the ledger's line. What was loaded stays as it is; later files are asked about again.

    Raises Unanswerable when the answer is no longer in force.
    """
    names = ("return_name", "header") if item.kind == "header" else ("code_list", "spelling")
    with store.exclusive(places, doing="withdrawing an answer"):
        ledger = Ledger(places)
        if item.event_id not in {event.event_id for event in ledger.answers_in_force(item.agency)}:
            raise Unanswerable(f"Nothing is remembered of {item.agency} about “{item.asked}”.")
        about = dict(zip(names, (item.about, item.asked), strict=True))
        return ledger.append("answer_withdrawn", agency=item.agency, reason=why, **about)


def find(
    places: Places, agency: str, *, kind: Literal["header", "code"], about: str, asked: str
) -> Remembered:
    """The answer in force about a header or spelling, written as the sender writes it. Raises Unanswerable."""
    compared = plain_words(asked) if kind == "header" else key(asked)
    for item in remembered(places, agency):
        if (item.kind, item.about, item.asked) == (kind, about, compared):
            return item
    raise Unanswerable(f"Nothing is remembered of {agency} about “{asked}” in {about}.")
