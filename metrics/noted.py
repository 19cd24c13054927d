"""A change of how small counts are protected is noted in the ledger, when the program first meets it."""

from __future__ import annotations

from metrics.memory import remembered
from metrics.schemes import disclosure
from returns.places import Places


def note_schemes(places: Places) -> bool:
    """Whether the settings were new to this data folder, and a line was added to its ledger.

    The line says each scheme, each role's, and the digest of all. A folder without a journal has nothing to protect.
    Raises warehouse.problems.WarehouseError where the ledger cannot be read or written.
    """
    settings = disclosure()
    if not places.journal.exists():
        return False
    key = ("schemes noted", str(places.journal.resolve()), settings.digest)
    fresh = False

    def note() -> bool:
        nonlocal fresh
        from warehouse.ledger import Ledger

        ledger = Ledger(places)
        last = None
        for event in ledger.events("disclosure"):
            last = event.payload.get("digest")
        if last != settings.digest:
            ledger.append(
                "disclosure",
                digest=settings.digest,
                default=settings.default.name,
                schemes=[one.model_dump(mode="json") for one in settings.schemes.values()],
                roles={role: scheme.name for role, scheme in settings.roles.items()},
            )
            fresh = True
        return True

    remembered(key, note)
    return fresh
