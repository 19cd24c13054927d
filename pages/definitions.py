"""Definitions: what does each figure mean, and how should I read it?"""

import streamlit as st

from dashboard import access, address, definitions_desk, frame, indicator_desk, table

QUESTION = "What does each figure mean?"

access.ask("definitions")
indicators = {one.id: one for one in indicator_desk.catalogue(QUESTION).indicators}
themes = definitions_desk.themes(indicators.values())
choices = {definitions_desk.EVERY: "All figures"} | {name: one.title for name, one in indicators.items()}

top = st.container()
left, middle, right = st.columns([3, 2, 3], vertical_alignment="bottom")
with left:
    chosen, wrong = address.choice(
        "id", list(choices), default=definitions_desk.EVERY,
        widget=lambda key: st.selectbox("Figure", list(choices), key=key, format_func=choices.__getitem__),
    )  # fmt: skip
with middle:
    theme, wrong_theme = address.choice(
        "theme", list(themes), default=definitions_desk.EVERY,
        widget=lambda key: st.selectbox("Theme", list(themes), key=key, format_func=themes.__getitem__),
    )  # fmt: skip
with right:
    search = address.words("find", widget=lambda key: st.text_input("Search", key=key, placeholder="visited neglect"))

one = indicators.get(chosen)
with top:
    if one is None:
        shown = definitions_desk.found(indicators.values(), theme=theme, search=search)
        frame.titled(QUESTION)
        frame.sentence(definitions_desk.answer(shown, len(indicators)))
    else:
        frame.titled(one.title)
        frame.sentence(f"{one.question} {definitions_desk.judged(one)}")
    for complaint in filter(None, (wrong, wrong_theme)):
        frame.note(complaint)

if one is None:
    keep = {"theme": theme, "find": search}
    if shown:
        st.html(table.markup(definitions_desk.listed(shown, keep=keep)))
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        frame.part("What it counts")
        st.html(table.markup(definitions_desk.meaning(one)))
        frame.onward(definitions_desk.links(one))
    with right:
        frame.part("Questions to ask")
        frame.bullets(one.ask)
        for example in definitions_desk.by_hand(one):
            frame.part("Worked by hand")
            st.html(table.markup(definitions_desk.worked(example)))
            frame.note(definitions_desk.comes_to(example))
frame.small("How to read a figure, with pictures: docs/reading-the-figures.md. Every definition: docs/indicators.md")
