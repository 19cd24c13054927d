"""Indicator: why is the figure what it is?"""

import streamlit as st

from dashboard import address, asking, frame, indicator_desk, indicator_history, indicator_words, scorecard_table

QUESTION = "Why?"

visit = frame.begin("indicator", question=QUESTION)
catalogue = indicator_desk.catalogue(QUESTION)
titles = indicator_desk.titles(catalogue)
asked = st.query_params.get("id")
if asked and asked not in titles:
    indicator_desk.unknown(visit, asked, titles, "indicator")

latest = frame.card(visit, question=QUESTION)
quarters = [str(quarter) for quarter in reversed(latest.quarters)]

top = st.container()
first, second, third, fourth = st.columns([4, 2, 3, 2], vertical_alignment="bottom")
with first:
    name, _ = address.choice(
        "id", list(titles), default=next(iter(titles)),
        widget=lambda key: st.selectbox("Figure", list(titles), key=key, format_func=titles.__getitem__),
    )  # fmt: skip
indicator = catalogue[name].indicator
with second:
    quarter, wrong_quarter = address.choice(
        "period", quarters, default=str(latest.period),
        widget=lambda key: st.selectbox("Quarter", quarters, key=key),
    )  # fmt: skip
card = frame.card(visit, question=QUESTION, period=quarter)
on = list(indicator_desk.bases(indicator, card.period))
with third:
    basis, wrong_basis = address.choice(
        "basis", on, default=on[0],
        widget=lambda key: st.segmented_control("Basis", on, key=key, format_func=indicator_words.BASES.__getitem__),
    )  # fmt: skip
by_choices = [*indicator_desk.groupings(indicator), indicator_words.NOT_BROKEN_DOWN]
with fourth:
    by, wrong_by = address.choice(
        "by", by_choices, default=by_choices[0],
        widget=lambda key: st.selectbox("Broken down by", by_choices, key=key, format_func=indicator_words.grouping),
    )  # fmt: skip

desk = indicator_desk.desk(
    visit, card, name, basis="known" if basis == "known" else "reported",
    by=None if by == indicator_words.NOT_BROKEN_DOWN else by, question=QUESTION,
)  # fmt: skip
with top:
    frame.titled(indicator_words.title(desk.line, desk.of))
    frame.pieces(indicator_words.answer(desk.line, desk.of), demonstration=visit.demonstration)
    for complaint in filter(None, (wrong_quarter, wrong_basis, wrong_by)):
        frame.note(complaint)

left, right = st.columns([7, 3], gap="large")
with left:
    indicator_desk.chart(desk)
with right:
    indicator_desk.facts(desk)
indicator_desk.cases(desk)
indicator_desk.breakdown(desk)

left, right = st.columns([1, 1], gap="large")
with left:
    indicator_desk.definition(desk)
with right:
    indicator_desk.questions(desk)
    asking.door(visit, indicator=name, period=quarter)
    quality = st.container()
indicator_history.history(visit, name)
indicator_desk.origin(desk)
frame.foot(visit, *scorecard_table.sources(card))
with quality:
    indicator_desk.quality(desk, question=QUESTION)
