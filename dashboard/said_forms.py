"""Writing down what is said: an agency's commentary on a figure, the group's decisions and actions.

Nothing typed is lost: where somebody else wrote first, their text is shown, what was typed stays in its place, and
nothing is written until it is sent again. Words that hold a child's number, postcode or date of birth are not taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import frame
from dashboard.exceptions_table import subject, who
from dashboard.frame import Visit
from dashboard.pinning import AUTHOR
from dashboard.plain import label_whole
from metrics.exceptions import Exceptional
from metrics.spoken import figure_of
from pipelines.personal import kinds_in_text
from returns.partnership import agencies
from warehouse.entries import Journal, Overtaken
from warehouse.problems import WarehouseError
from warehouse.words import (
    LONGEST,
    Action,
    Commentary,
    Decision,
    Promise,
    Way,
    comment,
    commentary_of,
    commentary_thread,
    record,
)

_SAVED = "said_saved"
_TAKEN = "said_taken_down"
QUARTERS_AHEAD = 8
WAYS: tuple[Way, ...] = ("at least", "at most")
NO_CHILD = "Name no child, and nothing by which one could be known: everybody in the meeting reads this."


def commentary_form(visit: Visit, one: Exceptional, journal: Journal, found: Sequence[Commentary]) -> None:
    """The four questions for the agency that is chosen, filled with what it last said."""
    with st.expander("Write an agency’s commentary", key=f"commentary_{subject(one)}_{one.period}"):
        _told()
        titles = {agency.name: agency.title for agency in agencies()}
        agency = st.selectbox(
            "Agency", list(titles), index=_owner(one, titles), format_func=titles.__getitem__,
            key=f"said_agency_{subject(one)}_{one.period}",
        )  # fmt: skip
        if agency is None:
            return
        last = next((each for each in found if each.entry is not None and each.entry.agency == agency), Commentary())
        name = commentary_thread(subject(one), str(one.period), agency)
        # The version that the form was filled from, which was when its fields were first drawn: where a later one
        # comes meanwhile, it is not this one.
        if f"said_behind_{name}" not in st.session_state:
            st.session_state[f"said_after_{name}"] = last.entry.version if last.entry else 0
        read = st.session_state[f"said_after_{name}"]
        with st.form(f"form_{name}", border=False):
            written = _commentary_fields(one, last, name)
            author = st.text_input("Your name and role", key=f"{AUTHOR}_{name}", max_chars=120,
                                   value=st.session_state.get(AUTHOR, ""))  # fmt: skip
            frame.note(NO_CHILD)
            if not st.form_submit_button("Save the commentary"):
                return
        if refused(author, written.behind, written.means, written.doing, written.owner, written.know):
            return
        if not written.behind:
            st.warning("Nothing was saved: say at least what lies behind it.")
            return
        st.session_state[AUTHOR] = author.strip()
        try:
            saved = comment(journal, written, subject=subject(one), period=str(one.period), agency=agency,
                            author=author.strip(), after=read)  # fmt: skip
        except Overtaken as met:
            _overtaken(met, f"said_after_{name}")
            return
        except WarehouseError as error:
            st.warning(label_whole(str(error)))
            return
        assert saved.entry is not None, "what was written has an entry"
        st.session_state[f"said_after_{name}"] = saved.entry.version
        _done("The commentary is saved.")


def _commentary_fields(one: Exceptional, last: Commentary, name: str) -> Commentary:
    def words(heading: str, value: str, key: str) -> str:
        return st.text_area(heading, value=value, max_chars=LONGEST, key=f"said_{key}_{name}").strip()

    behind = words("What lies behind it", last.behind, "behind")
    means = words("What it means for children", last.means, "means")
    doing = words("What is being done", last.doing, "doing")
    left, right = st.columns(2)
    owner = left.text_input("Who does it", value=last.owner, max_chars=200, key=f"said_owner_{name}").strip()
    due = right.date_input("By when", value=last.due, format="DD/MM/YYYY", key=f"said_due_{name}")
    know = words("How we will know", last.know, "know")
    promise = _promise_fields(one, last.promise, name)
    figure = figure_of(one.line.result) if one.line is not None else None
    return Commentary(behind, means, doing, owner, due if isinstance(due, date) else None, know, promise, figure)


def _promise_fields(one: Exceptional, last: Promise | None, name: str) -> Promise | None:
    """A promise is a figure that can be held against the next quarters'; left empty there is none."""
    if one.line is None:
        return None
    frame.note("A promise: this figure will be (leave the number empty for none)")
    way_, value_, by_ = st.columns(3)
    usual: Way = last.way if last else "at most" if one.line.indicator.better == "lower" else "at least"
    way = way_.selectbox("It will be", WAYS, index=WAYS.index(usual), key=f"said_way_{name}")
    value = value_.number_input("The figure", value=last.value if last else None, key=f"said_value_{name}",
                                step=None, format=f"%.{one.line.result.decimals}f")  # fmt: skip
    quarters = [str(one.period.earlier(-step)) for step in range(1, QUARTERS_AHEAD + 1)]
    place = quarters.index(last.by) if last and last.by in quarters else 1
    by = by_.selectbox("By the end of", quarters, index=place, key=f"said_by_{name}")
    if value is None or way is None or by is None:
        return None
    return Promise(one.indicator, one.group, way, float(value), by)


def decision_form(visit: Visit, one: Exceptional, journal: Journal) -> None:
    """A decision, or an action with its owner and day, taken down as people speak."""
    # Each that is taken down makes way for an empty form; one that could not be stays as it was typed.
    taken = st.session_state.setdefault(_TAKEN, 0)
    name = f"{subject(one)}_{one.period}_{taken}"
    with st.form(f"decide_{name}", border=False):
        text = st.text_area("Decision or action", max_chars=LONGEST, height=80, key=f"decide_text_{name}").strip()
        left, right = st.columns(2)
        owner = left.text_input("Owner, for an action", max_chars=200, key=f"decide_owner_{name}").strip()
        due = right.date_input("Due", value=None, format="DD/MM/YYYY", key=f"decide_due_{name}")
        if not st.form_submit_button("Take it down"):
            return
    if not text:
        st.warning("Nothing was taken down: say what was decided.")
        return
    author = st.session_state.get(AUTHOR) or visit.viewer.role
    if refused(author, text, owner):
        return
    day = due if isinstance(due, date) else None
    said: Decision | Action = Action(text, owner, day) if owner or day else Decision(text)
    try:
        record(journal, said, subject=subject(one), period=str(one.period), author=author)
    except WarehouseError as error:
        st.warning(label_whole(str(error)))
        return
    st.session_state[_TAKEN] = taken + 1
    st.rerun()


def _owner(one: Exceptional, titles: dict[str, str]) -> int:
    """The place of the agency that the indicator, or the group of it, belongs to."""
    owner = one.line.indicator.owner if one.line is not None else ""
    for place, title in enumerate(titles.values()):
        if title == owner:
            return place
    return 0


def refused(author: str, *texts: str) -> bool:
    """Says why nothing is written, where something is missing or may not be there."""
    if not author.strip():
        st.warning("Nothing was saved: say who you are.")
        return True
    kinds = [kind for text in texts for kind in kinds_in_text(text)]
    if kinds:
        st.warning(f"Nothing was saved: the words hold {' and '.join(dict.fromkeys(kinds))}. Take them out. {NO_CHILD}")
        return True
    return False


def _overtaken(met: Overtaken, held: str) -> None:
    """The other's text beside what was typed, which stays in the form and can be sent as the version after theirs."""
    first = commentary_of(met.latest)
    st.session_state[held] = met.latest.version
    st.warning(
        label_whole(f"{met.latest.author} saved this commentary while you were writing ({who(first)}). Nothing of "
                    "yours was saved and nothing of theirs is lost. Theirs is below; yours is still in the form. Put "
                    "together what should stand, and save again.")
    )  # fmt: skip
    for heading, text in (("What lies behind it", first.behind), ("What it means for children", first.means),
                          ("What is being done", first.doing), ("How we will know", first.know)):  # fmt: skip
        if text:
            frame.note(f"{heading}: {text}")


def _done(said: str) -> None:
    st.session_state[_SAVED] = said
    st.rerun()


def _told() -> None:
    said: Any = st.session_state.pop(_SAVED, None)
    if said:
        st.success(label_whole(said))
