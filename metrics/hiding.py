"""Which groups of a breakdown are hidden, quarter by quarter, and which years may still be shown.

Each count protects itself by its own numbers first; metrics/settling.py settles those that are read together. A quarter
is settled when it comes out, never by what comes after it, so that an earlier release gives nothing away; and what
adds quarters up is shown only where it adds up what is shown, or where all of it is hidden and no quarter can be worked
out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from metrics.recovery import Cell, fixed
from metrics.schemes import Scheme

# The counts of one kind (how many met the condition, how many did not, how many there were), by group.
Counts = Mapping[str, float]


def hidden_groups(
    counts: Counts, *, scheme: Scheme, known: Collection[str] = (), before: Collection[str] = ()
) -> frozenset[str] | None:
    """The groups that are hidden where the total of `counts` is known; None where every group must be.

    The small ones are, and the smallest others with them until no hidden count can be the total less the rest, even
    for a reader who knows that none of them is zero. The groups of `known` are whole-county figures of another
    indicator, which the scheme shows: they protect nobody. Groups hidden the quarter `before` are taken first: a group
    that is hidden now and shown then gives more away to whoever knows what changed.
    """
    hidden = {group for group, count in counts.items() if scheme.small(count)}
    while (secret := hidden - set(known)) and not _is_safe([counts[group] for group in secret]):
        others = [group for group, count in counts.items() if count and group not in hidden and group not in known]
        if not others:
            return None
        hidden.add(min(others, key=lambda group: (group not in before, counts[group], group)))
    return frozenset(hidden)


def _is_safe(counts: Sequence[float]) -> bool:
    """Whether counts of which only the sum is known could be others: more than one, and not all of them one."""
    return len(counts) > 1 and sum(counts) > len(counts)


def years_shown(
    kinds: Sequence[tuple[Counts, Sequence[Counts]]], hidden: Sequence[frozenset[str]], *, scheme: Scheme
) -> frozenset[str]:
    """The groups whose year may be shown, given the groups `hidden` in each of its four quarters.

    `kinds` are, for each kind of count, the year's counts and those of its quarters. A group whose quarters are all
    shown has its year shown; one whose quarters are all hidden has it shown where the year itself is not small and no
    quarter can be worked out from it; any other's is hidden, because the year less what is shown is the rest. Where a
    small year would be what the others leave of the whole county's, the smallest of the others is hidden with it.
    """
    groups = {group for year, _ in kinds for group in year}
    whole = {group for group in groups if not any(group in of for of in hidden)}
    within = {group for group in groups if all(group in of for of in hidden)}
    within -= {group for group in within if any(scheme.small(year.get(group, 0)) for year, _ in kinds)}
    order = sorted(within, key=lambda group: (-max(year.get(group, 0) for year, _ in kinds), group))
    while order and any(
        _leaves_a_small_year(year, whole.union(order), scheme) or _gives_away(quarters, hidden, order)
        for year, quarters in kinds
    ):
        order.pop()
    return frozenset(whole | set(order))


def _leaves_a_small_year(year: Counts, shown: Collection[str], scheme: Scheme) -> bool:
    """Whether a small count is among those of the year that are not shown, and too few others are to hide it."""
    rest = [count for group, count in year.items() if count and group not in shown]
    return any(map(scheme.small, rest)) and not _is_safe(rest)


def _gives_away(quarters: Sequence[Counts], hidden: Sequence[frozenset[str]], years: Collection[str]) -> bool:
    """Whether a hidden quarter can be worked out where the year is shown of the groups of `years`."""
    cells = [
        Cell((number, place), group if group in years else None, number, of.get(group, 0))
        for number, of in enumerate(quarters)
        for place, group in enumerate(sorted(hidden[number]))
    ]
    values = {cell.name: cell.value for cell in cells}
    return any(values[name] for name in fixed(cells))
