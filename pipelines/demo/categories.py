"""Categories of abuse of child protection plans, so that the published number are open for neglect at 31 March."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from pipelines.demo.draw import fitting, weighted
from pipelines.demo.records import Episode
from returns.periods import financial_year

# Open at 31 March by latest category: neglect, as published for 2022 to 2024 and then chosen.
_NEGLECT_AT_31_MARCH = {2021: 96, 2022: 89, 2023: 80, 2024: 54}
_NEGLECT = 0.385
_OTHERS = (("d", 84), ("b", 6), ("c", 9), ("e", 1))


def categorise(rng: Random, episodes: Sequence[Episode]) -> None:
    """Give every plan its first and latest category; `a` is neglect."""
    for year, wanted in _NEGLECT_AT_31_MARCH.items():
        day = financial_year(year).end
        open_then = [
            episode for episode in episodes
            if episode.plan and episode.plan.started <= day and (episode.plan.ended is None or episode.plan.ended > day)
        ]
        undecided = [episode for episode in open_then if episode.plan and not episode.plan.latest_category]
        decided = sum(e.size for e in open_then if e.plan and e.plan.latest_category == "a")
        neglected = fitting(rng, undecided, max(0, wanted - decided), lambda episode: episode.size)
        taken = {id(episode) for episode in neglected}
        for episode in undecided:
            assert episode.plan
            episode.plan.latest_category = "a" if id(episode) in taken else weighted(rng, _OTHERS)
    for episode in episodes:
        plan = episode.plan
        if plan is None:
            continue
        if not plan.latest_category:
            plan.latest_category = "a" if rng.random() < _NEGLECT else weighted(rng, _OTHERS)
        changed = rng.random() < 0.1
        plan.initial_category = weighted(rng, (("a", 45), ("d", 45), ("b", 10))) if changed else plan.latest_category
        plan.emergency = rng.random() < 0.05
