"""Words for Streamlit's own controls, whose labels are read as Markdown: shown as they were typed."""

from __future__ import annotations

import re

from pipelines.findings import shown

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """The text with nothing in it that Markdown, a formula or a colour directive could take for its own."""
    return _PUNCTUATION.sub(r"\\\1", shown(text))


def label_whole(text: str) -> str:
    """The text as `label` gives it, whole however long: only a word without a space in it is cut."""
    return " ".join(label(word) for word in text.split(" "))
