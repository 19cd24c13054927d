"""Upload: did it load?"""

import streamlit as st

from dashboard import address, frame, table, upload_choices, upload_desk, upload_file, upload_nil, upload_tables

desk = upload_desk.begin("upload")
tray = desk.tray

frame.titled(upload_tables.title(tray))
frame.sentence(upload_tables.answer(tray), demonstration=desk.demonstration)
upload_desk.say_what_happened(desk)
upload_desk.check(desk)

if tray.files:
    upload_choices.decide(desk)
    st.html(table.markup(upload_tables.files(tray)))

    left, right = st.columns([2, 3], vertical_alignment="bottom")
    names = {str(file.number): f"{file.number}. {file.name}" for file in tray.files}
    with left:
        number, _ = address.choice(
            "file", list(names), default=upload_desk.first_to_look_at(desk),
            widget=lambda key: st.selectbox("Look at", list(names), key=key, format_func=names.__getitem__),
        )  # fmt: skip
    file = tray.file(int(number)) or tray.files[0]
    views = upload_file.views(file)
    with right:
        view, _ = address.choice(
            "show", list(views), default=upload_file.FOUND,
            widget=lambda key: st.segmented_control("Show", list(views), key=key, format_func=views.__getitem__),
        )  # fmt: skip
    upload_file.show(desk, file, view)
    changes = st.container()
    upload_desk.take_dropped(desk)
else:
    changes = st.container()
    upload_desk.take_dropped(desk)
    upload_nil.nil_return(desk)

frame.small(
    upload_desk.version_in_words(desk),
    f"Files up to {upload_desk.MEGABYTES} MB each; they are kept only until they are accepted or taken away",
)
# Last, because it takes longest: everything above can be read, and acted on, in the meantime.
with changes:
    upload_desk.changes(desk)
