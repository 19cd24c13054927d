"""Benchmarks: how do we compare?"""

import streamlit as st

from dashboard import asking, benchmarks_desk, benchmarks_tables, benchmarks_words, charts, frame, table
from dashboard.charts_compared import years
from dashboard.charts_places import every_authority

QUESTION = "How do we compare?"

visit = frame.begin("benchmarks", question=QUESTION)
latest = frame.card(visit, question=QUESTION)
top = st.container()
chosen = benchmarks_desk.choices(latest)
desk = benchmarks_desk.read(visit, chosen, question=QUESTION)

with top:
    frame.titled(desk.title(QUESTION))
    frame.pieces(desk.answer())
    if desk.ours():
        # What is published is true; only what was loaded is made up.
        frame.pieces(desk.ours(), small=True, demonstration=visit.demonstration)
    for complaint in chosen.complaints:
        frame.note(complaint)

if desk.compared is not None:
    drawn = {"years": years(desk.compared), "places": every_authority(desk.compared)}
    for column, (key, chart) in zip(st.columns(2, gap="large"), drawn.items(), strict=True):
        if chart is not None:
            with column:
                charts.show(chart, key=f"{key}_{chosen.indicator}")
    st.html(table.markup(benchmarks_tables.places(desk.compared)))
    for said in desk.notes():
        frame.note(said)
    asking.door(visit, period=str(latest.period), indicator=chosen.indicator or "")
elif desk.indicator is None:
    st.html(table.markup(benchmarks_tables.overview(desk.rows, keep=chosen.keep)))
    rest = benchmarks_tables.unpublished(desk.rows)
    if rest is not None:
        with st.expander("Measures that nobody publishes for other places, and why"):
            st.html(table.markup(rest))
frame.foot(visit, *benchmarks_words.sources(desk.compared))
