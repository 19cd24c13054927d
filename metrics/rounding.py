"""The one rounding: half away from zero, the same in SQL, in Python and in exports.

A figure such as 1.005 is stored in binary as a little less than it says; Excel, which looks at 15 digits,
rounds it to 1.01. So both versions here first write the figure to nine places, where such dust disappears,
and then round that half away from zero.
"""

from __future__ import annotations

import math

# Places kept before rounding; figures here stay under 10^9, so 18 digits in all, which a HUGEINT holds exactly.
PLACES = 9
_LARGEST = 10**9


def rounded(value: float, decimals: int) -> float:
    """`value` to `decimals` places (0 to 8), halves away from zero; ValueError unless finite and under 10^9."""
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        raise ValueError("only a finite number under a thousand million can be rounded")
    if not 0 <= decimals < PLACES:
        raise ValueError(f"decimals go from 0 to {PLACES - 1}")
    # The same steps as rounded_sql: the product in binary, then whole numbers only, then one division.
    step: int = 10 ** (PLACES - decimals)
    magnitude: float = (_half_away(abs(value) * 10**PLACES) + step // 2) // step / 10**decimals
    return -magnitude if value < 0 and magnitude else magnitude


def rounded_sql(expression: str, decimals: int) -> str:
    """SQL that rounds the DOUBLE `expression` (SQL of our own) as `rounded` does."""
    if not 0 <= decimals < PLACES:
        raise ValueError(f"decimals go from 0 to {PLACES - 1}")
    whole = f"CAST(round(abs({expression}) * 1e{PLACES}) AS HUGEINT)"
    step = 10 ** (PLACES - decimals)
    return f"(sign({expression}) * CAST(({whole} + {step // 2}) // {step} AS DOUBLE) / {10**decimals})"


def _half_away(value: float) -> int:
    below = math.floor(value)
    return below + 1 if value - below >= 0.5 else below
