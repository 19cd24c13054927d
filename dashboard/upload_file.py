"""One file on the Upload page: whose and when, questions about it, what was found, what goes back to its sender."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard import frame, upload_findings
from dashboard.plain import label, label_whole
from dashboard.table import markup
from dashboard.upload_desk import QUARTERS_OFFERED, UploadDesk, say, told
from dashboard.upload_tray import File, Settings
from pipelines.batch import today
from pipelines.questions import Question
from returns.catalogue import the_return
from returns.partnership import agencies
from returns.periods import Period, quarter_of
from warehouse.problems import WarehouseError

FOUND, DIFFERENCE, REPLY = "found", "difference", "reply"
VIEWS = {FOUND: "What was found", DIFFERENCE: "Against the earlier file", REPLY: "For the sender"}


def views(file: File) -> dict[str, str]:
    """What can be shown of the file."""
    resent = any(each.difference is not None for each in file.submissions)
    return {name: words for name, words in VIEWS.items() if name != DIFFERENCE or resent}


def show(desk: UploadDesk, file: File, view: str) -> None:
    """The file's questions and settings, then what was asked for."""
    if file.questions:
        _questions(desk, file)
    _settings(desk, file)
    if view == DIFFERENCE:
        st.html(markup(upload_findings.differences(file)))
    elif view == REPLY:
        _reply(desk, file)
    else:
        _found(file)


def _found(file: File) -> None:
    if not file.found:
        st.html('<p class="quiet">Nothing was found: every row and cell could be read.</p>')
    else:
        many = any(len(each.cells) > upload_findings.CELLS_NAMED for each in file.found)
        every_cell = many and st.checkbox("Name every cell", key=f"every_cell_{file.number}")
        st.html(markup(upload_findings.found(file, every_cell=every_cell)))
    if file.ignored:
        names = "; ".join(f"{each.sheet}: {each.why}" for each in file.ignored)
        frame.note(f"Sheets that were not read: {names}")


def _settings(desk: UploadDesk, file: File) -> None:
    """Agency, quarter and extract date, each to be changed, and the password where one is needed."""
    with (
        st.expander("Whose it is and when it is of", expanded=file.waits_for_analyst and not file.questions),
        st.form(f"settings_{file.number}", border=False),
    ):
        password = None
        if file.needs_password or file.settings.password:
            password = st.text_input(
                "Password of the workbook", type="password", key=f"password_{file.number}", autocomplete="off"
            ) or file.settings.password
        first, second, third = st.columns(3)
        with first:
            whose = _agency(file)
        with second:
            period = _quarter(file)
        with third:
            extracted = _extracted(file)
        nil = _nil(file)
        if st.form_submit_button("Check again with these"):
            desk.tray.change(file, Settings(whose, period, extracted, nil, password))
            st.rerun()


def _first_known(file: File, name: str) -> Any:
    return next((getattr(each, name) for each in file.submissions if getattr(each, name)), None)


def _agency(file: File) -> str | None:
    known = {each.name: each.title for each in agencies()}
    found = file.settings.agency or _first_known(file, "agency")
    choices: list[str | None] = [None, *known]
    several = len({each.agency for each in file.submissions if each.agency}) > 1
    place = choices.index(found) if found in known and (file.settings.agency or not several) else 0
    return st.selectbox(
        "Agency", choices, index=place, key=f"agency_{file.number}_{found}",
        format_func=lambda name: known[name] if name else ("As each list says" if several else "Not known"),
    )


def _quarter(file: File) -> Period | None:
    found = _first_known(file, "period")
    known = Period.parse(found) if found else None
    last = quarter_of(today())
    offered = [last.earlier(step) for step in range(QUARTERS_OFFERED)]
    choices: list[Period | None] = [*([known] if known and known not in offered else []), *offered]
    if known is None:
        choices.insert(0, None)
    return st.selectbox(
        "Quarter", choices, index=choices.index(known), key=f"quarter_{file.number}_{found}",
        format_func=lambda period: f"{period} ({period.label})" if period else "As the file says",
    )


def _extracted(file: File) -> date | None:
    found = file.settings.extracted or _first_known(file, "extracted")
    chosen = st.date_input(
        "Extracted on", value=found, max_value=today(), min_value=date(2000, 1, 1), format="DD/MM/YYYY",
        key=f"extracted_{file.number}_{found}",
    )
    return chosen if isinstance(chosen, date) else None


def _nil(file: File) -> frozenset[str]:
    """The returns without a row that the analyst says are nil."""
    empty = [
        each.return_name for each in file.refused
        if each.return_name and any(item.code == "no-rows" for item in each.findings)
    ]
    said = set(file.settings.nil)
    for name in dict.fromkeys([*sorted(said), *empty]):
        title = the_return(name).title
        if st.checkbox(
            f"{label(title)}: there was nothing to report", value=name in said, key=f"nil_{file.number}_{name}"
        ):
            said.add(name)
        else:
            said.discard(name)
    return frozenset(said)


def _questions(desk: UploadDesk, file: File) -> None:
    """Each question in a line of its own; an answer is remembered for the agency."""
    count = len(file.questions)
    st.subheader("1 question" if count == 1 else f"{count} questions", anchor=False)
    with st.form(f"questions_{file.number}", border=False):
        given = [(question, _ask(file, place, question)) for place, question in enumerate(file.questions)]
        if st.form_submit_button("Remember these answers and check again"):
            _answer(desk, file, [(question, value) for question, value in given if value is not None])


def _ask(file: File, place: int, question: Question) -> str | None:
    words = {choice.value: choice.label for choice in question.choices}
    cells = f" ({question.cells:,} cell{'' if question.cells == 1 else 's'} wait for it)" if question.cells else ""
    return st.selectbox(
        label_whole(question.sentence + cells), list(words), index=None, placeholder="Not answered",
        format_func=words.__getitem__, key=f"question_{file.number}_{place}_{question.key}",
    )


def _answer(desk: UploadDesk, file: File, given: list[tuple[Question, str]]) -> None:
    from pipelines.remembering import answer

    if not given:
        return
    try:
        answer(desk.places, given, agency=file.settings.agency or _first_known(file, "agency"))
    except WarehouseError as error:
        say(str(error))
        return
    desk.tray.check_again()
    st.rerun()


def _reply(desk: UploadDesk, file: File) -> None:
    """The findings workbook, the sender's own workbook annotated, and the message, made when they are asked for."""
    from pipelines.reply import safe_stem

    asked = st.empty()
    if file.reply is None:
        with asked.container():
            st.html(
                '<p class="quiet">A workbook of the rows that need attention, the sender’s own workbook with its '
                "cells marked, and a message to go with them.</p>"
            )
            if not st.button("Write the reply to the sender", key=f"reply_{file.number}", type="primary"):
                return
    with told(), asked, st.spinner("Writing the reply"):
        found = desk.tray.reply_to(desk.places, file)
    asked.empty()
    # The message first: it says what the workbooks are for.
    st.html('<p class="quiet">The message, ready to copy (the button is at its top right):</p>')
    st.code(found.message, language=None, wrap_lines=True)
    papers = [(name, content) for name, content in found.files(safe_stem(file.name)).items() if name.endswith(".xlsx")]
    columns = st.columns([1, 1, 2])
    for column, (name, content) in zip(columns, papers, strict=False):
        paper = "the findings workbook" if name.endswith("findings.xlsx") else "the marked copy"
        column.download_button(
            f"Download {paper}", content, file_name=name, key=f"download_{file.number}_{name}", width="stretch"
        )
    if found.copy_sentence:
        frame.note(found.copy_sentence)
