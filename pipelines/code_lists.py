"""Every code list that a cell can be read against: the published ones, and the indicators by id and title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from returns.codes import Code, CodeList, CodeLists, Match, code_lists, key

INDICATOR = "indicator"
# How many are offered for a name that nobody knows.
_NEAREST = 5


class Indicators(CodeList):
    """The catalogue's indicators: each is its own code and group, and its title is the label."""

    def match(self, text: object) -> Match:
        """What the cell says; where it names no indicator the candidates share its words, the rarest telling most."""
        found = super().match(text)
        if found.how != "unknown":
            return found
        words = set(key(text).split())
        alike = {code: sum(1 / self._frequent[word] for word in words & own) for code, own in self._words.items()}
        near = sorted((code for code in alike if alike[code]), key=lambda code: -alike[code])
        return Match(None, None, tuple(near[:_NEAREST]), "unknown")

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        return {one.code: set(key(f"{one.code} {one.label}").split()) for one in self.codes}

    @cached_property
    def _frequent(self) -> Counter[str]:
        return Counter(word for words in self._words.values() for word in words)


class EveryList(CodeLists):
    """The lists of a reference directory, and the catalogue's indicators as one more, read when it is asked for."""

    def __init__(self, published: CodeLists) -> None:
        super().__init__(published)

    def __getitem__(self, name: str) -> CodeList:
        return self._indicators if name == INDICATOR else super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield INDICATOR

    def __len__(self) -> int:
        return super().__len__() + 1

    @cached_property
    def _indicators(self) -> CodeList:
        from metrics.catalogue import load_catalogue

        return Indicators(INDICATOR, tuple(
            Code(INDICATOR, one.id, "", one.title, one.id, "", "", "") for one in load_catalogue().indicators
        ), {})


def every_list(reference: Path) -> EveryList:
    """The code lists of a reference directory with the indicators. Raises CatalogueError when a cell asks for them."""
    return EveryList(code_lists(reference))
