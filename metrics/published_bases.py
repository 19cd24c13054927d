"""What each published share or rate is of: how sure it is, and how far chance moves it, depend on how many that is.

The Local Authority Interactive Tool prints shares without the counts behind them. Where it has the count elsewhere
(plans started, referrals), or a rate that gives it, the count is worked out from that; the measures that have none
here are shown without an interval, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

POPULATION = "population"


@dataclass(frozen=True)
class Base:
    """What a measure is a share of: `words` name it; `measure` is the count (or the rate per 10,000) that tells it."""

    words: str
    kind: Literal["population", "count", "rate"]
    measure: str = POPULATION

    def size(self, *, told: float | None, population: float | None) -> int | None:
        """How many, from what `measure` says and the children aged 0 to 17; None where it is not known, or none."""
        number = population if self.kind == "population" else told
        if self.kind == "rate" and number is not None:
            number = None if population is None else number * population / 10_000
        return round(number) if number is not None and round(number) > 0 else None


_CHILDREN = Base("children aged 0 to 17", "population")
_REFERRALS = Base("referrals in the year", "count", "CPP_Total_NumRef")
_LOOKED_AFTER = Base("children looked after", "count", "LACnum")
_LEAVERS = Base("care leavers aged 19 to 21", "count", "NoCareLeavers")

BASES: Mapping[str, Base] = {
    "CPP_Total_Rateper10,000": _CHILDREN,
    "Section_47": _CHILDREN,
    "ISCP_Conf": _CHILDREN,
    "CPP_rate": _CHILDREN,
    "CIN": _CHILDREN,
    "LAC": _CHILDREN,
    "ReReferral": _REFERRALS,
    "CIN_Refferals_NFA": _REFERRALS,
    "RefBySource_Police_%": _REFERRALS,
    "RefBySource_Schl_%": _REFERRALS,
    "RefBySource_HealthServ_%": _REFERRALS,
    "Referrals_AssessedNotNeed": _REFERRALS,
    "CP_conf_15days": Base("initial conferences in the year", "rate", "ISCP_Conf"),
    "PrevRegCPR": Base("plans started in the year", "count", "CPP_Abuse"),
    "CPPlans2yrsActive": Base("plans open", "count", "CPP_Num"),
    "CPPlans2yrs": Base("plans ended in the year", "rate", "DeRegCPR"),
    "RevCP": Base("plans open three months or more", "count", "CPP_31March_3MnthorMore"),
    "CINTime2more": Base("children in need", "rate", "CIN"),
    "LACDistance": _LOOKED_AFTER,
    "LACStable_2016on": _LOOKED_AFTER,
    "LAC_ceased_SGO%": Base("children who ceased to be looked after in the year", "count", "LACceased"),
    "CareLeaverAcc": _LEAVERS,
    "CareLeaverEET": _LEAVERS,
}
