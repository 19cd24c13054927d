"""How codes are spelt: as Ofsted prints them, and in the other ways that authorities' extracts do.

Only spellings that the code lists read as the same group are used, so that a spelling is
never the reason for a finding: those are planted on purpose, in dirt.py.
"""

from __future__ import annotations

from pipelines.demo.listing import Code
from returns.codes import CodeList, CodeLists

# Lists whose codes Ofsted prints as "q) 6: Police", as "N1 - Abuse or neglect", as "C2: FCO", or as "a) WBRI".
_LETTER_CODE_LABEL = ("source", "placement_type", "ceased_reason", "placement_provider")
_CODE_DASH_LABEL = ("need", "closure_reason")
_CODE_COLON_LABEL = ("legal_status", "accommodation", "activity")
# Spellings taken from real extracts, beside the bare code and the bare label.
_ELSEWHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("source", "6"): ("Police", "6 - Police", "q)  6: POLICE"),
    ("source", "2A"): ("Schools", "2A - Schools", "School"),
    ("source", "3A"): ("3A: Health services", "GP"),
    ("source", "3B"): ("3B: Health services", "Health Visitor"),
    ("source", "3E"): ("3E: Health services", "A&E"),
    ("source", "1A"): ("1A: Individual", "Family member"),
    ("sex", "a"): ("Male", "M", "a. Male"), ("sex", "b"): ("Female", "F", "b. Female"),
    ("ethnicity", "WBRI"): ("White British", "WBRI", "a) WBRI - White British"),
    ("ethnicity", "WOTH"): ("WOTH", "Any other White background"),
    ("disability", "a"): ("Yes", "Y"), ("disability", "b"): ("No", "N"),
    ("yes_no", "a"): ("Yes", "Y"), ("yes_no", "b"): ("No", "N"),
    ("child_seen", "a"): ("Yes", "Y"), ("seen_alone", "a"): ("Yes", "Y"), ("no_further_action", "b"): ("No", "N"),
    ("category", "a"): ("Neglect", "NEG", "neglect"), ("category", "d"): ("Emotional abuse", "EMO", "Emotional Abuse"),
    ("case_status", "b"): ("Child protection plan",), ("case_status", "c"): ("Child in Need Plan",),
    ("need", "N1"): ("N1", "Abuse or neglect", "N1 - Abuse or Neglect"),
}


class Spellings:
    """The published spelling of every code, and the others that mean the same."""

    def __init__(self, lists: CodeLists) -> None:
        self._lists = lists
        self._published: dict[Code, str] = {}
        self._others: dict[Code, tuple[str, ...]] = {}

    def published(self, code: Code) -> str:
        """The code as Ofsted prints it, letter and all."""
        known = self._published.get(code)
        if known is None:
            known = self._published[code] = _as_printed(self._lists[code.list], code)
        return known

    def others(self, code: Code) -> tuple[str, ...]:
        """Other spellings of the code that are read as the same group; its published one when there are none."""
        known = self._others.get(code)
        if known is None:
            own = self._lists[code.list]
            entry = next(item for item in own.codes if item.code == code.code)
            bare = code.code if code.code != entry.letter else entry.label
            tried = (bare, *_ELSEWHERE.get((code.list, code.code), ()))
            same = tuple(text for text in tried if own.match(text).group == entry.group)
            known = self._others[code] = same or (self.published(code),)
        return known


def _as_printed(own: CodeList, code: Code) -> str:
    entry = next(item for item in own.codes if item.code == code.code)
    letter = f"{entry.letter}) " if entry.letter else ""
    if code.list == "ethnicity":
        return f"{letter}{entry.code}"
    if code.list in _LETTER_CODE_LABEL:
        return f"{letter}{entry.code}: {entry.label}"
    if code.list in _CODE_DASH_LABEL:
        return f"{entry.code} - {entry.label}"
    if code.list in _CODE_COLON_LABEL:
        return f"{entry.code}: {entry.label}"
    return f"{letter}{entry.label}"
