"""A declaration that does not hang together is refused in a sentence that says what is wrong with it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from metrics.declared import ExpressionError, declared
from metrics.model import Indicator

EXAMPLE = {"rows": "child | started\n1 | 2025-07-04\n", "period": "2025-26-Q2", "expect": {"numerator": 1}}

REPEAT: dict[str, Any] = {
    "id": "cp_repeat_plan",
    "title": "Second or subsequent plans",
    "question": "Are plans ending too early?",
    "theme": "protection",
    "from": "plans",
    "nature": "flow",
    "about": "children",
    "numerator": {"count": "rows", "where": "previous_plans > 0", "dated": "started"},
    "denominator": {"count": "rows", "dated": "started"},
    "unit": "percent",
    "decimals": 1,
    "better": "lower",
    "windows": ["month", "quarter"],
    "owner": "Herefordshire Council",
    "ask": ["Which families?"],
    "examples": [EXAMPLE],
}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The sound declaration with some keys said otherwise; None takes a key out."""
    return {key: value for key, value in (deepcopy(REPEAT) | changes).items() if value is not None}


def test_the_declaration_that_the_others_are_made_from_is_accepted() -> None:
    one = Indicator.model_validate(REPEAT)
    assert [part.membership for part in one.parts] == ["dated started", "dated started"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"numerator": {"dated": "started"}}, "says one of count, sum, mean, median, population or asked"),
        ({"numerator": {"count": "rows", "sum": "previous_plans"}}, "says one of count, sum, mean"),
        ({"numerator": {"count": "rows", "weight": "previous_plans"}}, "has a weight, which only a mean can have"),
        ({"numerator": {"count": "rows", "dated": "started", "open": "at end"}}, "says one of dated, open or listed"),
        ({"denominator": {"population": "0 to 17", "where": "ended is null"}}, "has no where and no date"),
        ({"judge_after": {"from": "started"}}, "says one of working_days, days, months or clock"),
        ({"judge_after": {"from": "started", "days": 5, "months": 1}}, "says one of working_days, days, months"),
        ({"examples": [EXAMPLE | {"expect": {}}]}, "expects nothing"),
        ({"examples": [EXAMPLE | {"period": "summer"}]}, "is not a period"),
        ({"from": "sqlite_master"}, "reads from sqlite_master, which is no event table"),
        ({"denominator": None}, "is in percent and needs a denominator"),
        ({"unit": "count"}, "is in count, which has no denominator"),
        (
            {"numerator": {"median": "days_between(started, ended)", "dated": "ended"}},
            "has a denominator beside a median, which is its own",
        ),
        ({"unit": "p10k"}, "is per 10,000 exactly when its denominator is a population"),
        ({"denominator": {"population": "0 to 17"}}, "is per 10,000 exactly when its denominator is a population"),
        ({"numerator": {"asked": "agencies"}}, "has a population, or who was asked, as its numerator"),
        ({"by": ["phase"]}, "is grouped by phase, which plans does not carry"),
        ({"not_by": {"phase": "A plan has no phase."}}, "is grouped by phase, which plans does not carry"),
        ({"by": ["sex"], "not_by": {"sex": "Not recorded."}}, "is grouped by sex, and says why it is not"),
        (
            {"nature": "snapshot", "unit": "count", "denominator": None,
             "numerator": {"count": "rows", "listed": "on extract"}},
            "is a snapshot, which has no months",
        ),
        ({"from": "aggregates"}, "reads totals, so each part is {sum: numerator} or {sum: denominator} with no date"),
        ({"nature": "stock"}, "is a stock, so each part says open at end, not dated started"),
        ({"denominator": {"count": "rows", "dated": "begun"}}, "names begun, which plans does not carry"),
        ({"denominator": {"count": "distinct family", "dated": "started"}}, "names family, which plans does not carry"),
        ({"denominator": {"count": "rows", "dated": "team"}}, "is dated team, which is no date"),
        (
            {"from": "referrals", "nature": "stock", "unit": "count", "denominator": None,
             "numerator": {"count": "rows", "open": "at end"}},
            "are not episodes with a start and an end",
        ),
    ],
)  # fmt: skip
def test_a_declaration_that_does_not_hang_together_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Indicator.model_validate(changed(changes))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ({"judge_after": {"from": "team", "days": 5}}, ("judge_after", "from"), "judges by team, which is no date"),
        ({"judge_after": {"from": "begun", "days": 5}}, ("judge_after", "from"), "judges by begun, which is no date"),
        (
            {"judge_after": {"from": "started", "days": 5, "seen_to": "team"}},
            ("judge_after", "seen_to"),
            "judges by team, which is no date of plans",
        ),
        (
            {"judge_after": {"from": "started", "clock": "tea"}},
            ("judge_after", "clock"),
            "names the clock 'tea', which config/clocks.yaml does not set",
        ),
        ({"needs": "previous_plans"}, ("needs",), "where a boolean is wanted"),
        (
            {"says_when": [{"where": "team > 1", "says": "{count} of a team."}]},
            ("says_when", 0, "where"),
            "compares a number with a text",
        ),
        (
            {"unit": "days", "denominator": None, "numerator": {"mean": "team", "dated": "started"}},
            ("numerator", "mean"),
            "is a text, where a number is wanted",
        ),
    ],
)  # fmt: skip
def test_an_expression_that_is_not_of_the_language_is_refused_where_it_stands(
    changes: dict[str, Any], place: tuple[str | int, ...], says: str
) -> None:
    with pytest.raises(ExpressionError) as refused:
        declared(Indicator.model_validate(changed(changes)), clocks=frozenset({"cp_visit"}))
    assert refused.value.place == place
    assert says in str(refused.value)
