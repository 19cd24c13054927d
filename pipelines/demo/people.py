"""Making children and families: identifiers, dates of birth, sex, ethnicity, disability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.demo.draw import weighted, whole
from pipelines.demo.records import Child, Family

_ETHNICITY = (
    ("WBRI", 868), ("WOTH", 46), ("WROM", 14), ("WIRT", 5), ("WIRI", 3), ("MWBC", 11), ("MWAS", 8), ("MWBA", 4),
    ("MOTH", 9), ("AIND", 5), ("APKN", 2), ("ABAN", 3), ("AOTH", 6), ("BAFR", 6), ("BCRB", 2), ("BOTH", 2),
    ("CHNE", 1), ("OOTH", 4), ("REFU", 3), ("NOBT", 18),
)
_ASYLUM_ETHNICITY = (("OOTH", 45), ("BAFR", 30), ("AOTH", 20), ("WOTH", 5))
_LOCALITY = ((0, 42), (1, 33), (2, 25))
# Share of children with a disability among those referred; three times as many where an episode is long.
_DISABLED = 0.07


class Register:
    """Gives each child and family a number of its own, in the order in which they are first met."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._number = 1_204_000
        self.families: list[Family] = []

    def family(self, size: int, *, met: date, oldest: float = 16.3, unborn: float = 0.012) -> Family:
        """A new family of `size` children, the oldest under `oldest` years, as first met on `met`."""
        rng = self._rng
        if size == 1 and rng.random() < unborn:
            births = [met + timedelta(days=rng.randint(20, 130))]
        else:
            births = _births(rng, size, met, oldest)
        return self.of_births(births)

    def of_births(self, births: Sequence[date], *, asylum: bool = False, disabled: float = _DISABLED) -> Family:
        """A new family whose children were born on the given days."""
        rng = self._rng
        ethnicity = weighted(rng, _ASYLUM_ETHNICITY if asylum else _ETHNICITY)
        children = []
        for birth in births:
            sex = "a" if rng.random() < (0.92 if asylum else 0.515) else "b"
            if rng.random() < 0.004:
                sex = "c"
            children.append(Child(self._next(), birth, sex, ethnicity, rng.random() < disabled))
        family = Family(len(self.families), children, weighted(rng, _LOCALITY))
        self.families.append(family)
        return family

    def _next(self) -> int:
        self._number += whole(self._rng, 3, 41)
        return self._number


def _births(rng: Random, size: int, met: date, oldest: float) -> list[date]:
    """Dates of birth, oldest first: brothers and sisters ten months to five years apart."""
    gaps = [whole(rng, 310, 1500) for _ in range(size - 1)]
    span = sum(gaps)
    room = int(oldest * 365) - 30
    if span > room:
        gaps = [max(300, gap * room // (span + 1)) for gap in gaps]
        span = sum(gaps)
    youngest = min(int(room * rng.random() ** 1.15), max(0, room - span))
    born = met - timedelta(days=youngest + 3)
    births = [born]
    for gap in gaps:
        born -= timedelta(days=gap)
        births.append(born)
    return births[::-1]
