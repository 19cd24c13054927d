"""The council's teams and their workers. Workers' names are made up, and the loader drops them."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from returns.periods import Period, quarter

HUB = "Multi Agency Safeguarding Hub"
DISABILITY = "Children with Disabilities Team"
LEAVING_CARE = "Leaving Care Team"
_ASSESSMENT = ("Assessment Team North", "Assessment Team Central", "Assessment Team South")
_IN_NEED = ("Family Support Team North", "Family Support Team Central", "Family Support Team South")
_CARE = ("Children Looked After Team 1", "Children Looked After Team 2", "Children Looked After Team 3")
EAST_BEFORE, EAST_SINCE, WEST = "Safeguarding Team East", "Family Safeguarding East", "Safeguarding Team West"
RENAMED_FROM = quarter(2024, 1)

_FIRST = ("Alex", "Bryony", "Carys", "Dami", "Elin", "Farida", "Gwen", "Hugo", "Imogen", "Jordan", "Kofi", "Lena",
          "Morgan", "Nia", "Owen", "Priya", "Rhys", "Sasha", "Tomos", "Zara")
_LAST = ("Ashdown", "Bellweather", "Corbishley", "Dunmore", "Eaves", "Fenwright", "Greenhalgh", "Hollis", "Ikande",
         "Jessop", "Kettlewell", "Lindqvist", "Marchbanks", "Nettleship", "Oyelaran", "Pemberly", "Quince", "Rowntree")


def assessment_team(locality: int) -> str:
    """The team that assesses families of the locality."""
    return _ASSESSMENT[locality]


def need_team(locality: int) -> str:
    """The team that works with children in need of the locality."""
    return _IN_NEED[locality]


def care_team(number: int) -> str:
    """The team that looks after the child with the identifier."""
    return _CARE[number % 3]


def safeguarding_team(locality: int, period: Period) -> str:
    """The team that holds child protection plans, under the name it has in the quarter's extract."""
    if locality:
        return WEST
    return EAST_SINCE if period.start >= RENAMED_FROM.start else EAST_BEFORE


@lru_cache(maxsize=20_000)
def _name(case_load: int, team: str) -> str:
    draw = Random(f"{case_load}/{team}")
    # Case systems often put a no-break space between the names.
    between = "\u00a0" if draw.random() < 0.5 else " "
    return f"{draw.choice(_FIRST)}{between}{draw.choice(_LAST)}"


def worker(number: int, team: str) -> str:
    """The made-up name of the worker of a family's child: the same for the same child and team."""
    return _name(number // 50, team)
