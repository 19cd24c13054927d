"""Two numbers that should agree, as they are written for whoever may see them and for whoever may not."""

from __future__ import annotations

from dataclasses import replace

from metrics.agreement import EXACT, Meaning, Pair, apart, as_shown, judged, side
from metrics.schemes import chosen

OF_A_SENDER = Pair(
    "x", "returns", "Children in two lists", Meaning("One", "In one"), Meaning("Other", "In the other"), EXACT, "Ask.",
    breakdown=True,
)  # fmt: skip


def test_records_that_are_not_matched_are_said_beside_a_difference_that_nets_them_off() -> None:
    assert apart(judged(OF_A_SENDER, 40, 40, when="", only=(3, 3))) == "0 net; 6 not matched"
    assert apart(judged(OF_A_SENDER, 43, 40, when="", only=(3, 0))) == "3"


def test_a_pair_with_a_small_count_of_a_part_of_the_county_shows_none_of_its_numbers() -> None:
    small = as_shown(judged(OF_A_SENDER, 43, 40, when="", only=(3, 0), notes=["Not known: 3."]), chosen("restricted"))
    assert (small.state, small.left, small.right, small.difference, small.only) == ("differs", None, None, None, None)
    assert (apart(small), side(small.left, small.pair), small.notes) == ("hidden", "", ())


def test_a_pair_of_large_numbers_is_shown_and_the_analyst_sees_every_one() -> None:
    large, small = judged(OF_A_SENDER, 60, 40, when=""), judged(OF_A_SENDER, 43, 40, when="")
    assert as_shown(large, chosen("closed")) == large
    assert as_shown(small, chosen("none")) == small


def test_where_the_whole_county_is_protected_no_number_of_ours_is_given_but_what_is_in_print_is() -> None:
    # 12.5 per cent is not small, but may be one child of eight.
    share = judged(replace(OF_A_SENDER, breakdown=False, unit="percent"), 12.5, 30.0, when="")
    for name in ("restricted", "public"):
        hidden = as_shown(share, chosen(name))
        assert (hidden.state, hidden.left, hidden.right, apart(hidden)) == ("differs", None, None, "hidden")
        printed = judged(replace(OF_A_SENDER, breakdown=False, kind="printed"), 3, 12, when="")
        assert as_shown(printed, chosen(name)) == printed
    assert as_shown(share, chosen("closed")) == share, "members of the group see the whole county"
