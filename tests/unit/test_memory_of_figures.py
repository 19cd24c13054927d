"""What was computed is remembered for the latest questions, and no more of them than is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from metrics.memory import KEPT, forget, remembered


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    forget()
    yield
    forget()


def test_the_longest_unasked_figure_is_computed_again_and_the_others_are_not() -> None:
    computed: list[int] = []

    def ask(number: int) -> int:
        def compute() -> int:
            computed.append(number)
            return number * 10

        return remembered(("figure", number), compute)

    for number in range(KEPT):
        ask(number)
    ask(0)
    ask(KEPT)
    assert computed == list(range(KEPT + 1))
    assert (ask(0), ask(1)) == (0, 10)
    assert computed[KEPT + 1 :] == [1], "asked for lately, the first was kept; the second made way"


def test_what_has_no_version_is_never_remembered() -> None:
    assert [remembered(None, made) for made in (str, list)] == ["", []]
