"""Where things are kept: the folder that `--data` or `SCORECARD_DATA` names, and what lies in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Places:
    """Every path under one data folder. Nothing is made or opened by naming it here."""

    data: Path

    @classmethod
    def of(cls, data: str | Path | None = None) -> Places:
        """The places under `data`, else under SCORECARD_DATA, else under the project's own data folder."""
        chosen = data or os.environ.get("SCORECARD_DATA") or PROJECT / "data"
        return cls(Path(chosen).expanduser().resolve())

    @property
    def raw(self) -> Path:
        """Every file received, as it was received."""
        return self.data / "raw"

    @property
    def versions(self) -> Path:
        """The versions of the warehouse."""
        return self.data / "versions"

    @property
    def current(self) -> Path:
        """The pointer file: the number of the version that readers open."""
        return self.versions / "CURRENT"

    @property
    def warehouse(self) -> Path:
        """The current version under one well-known name, for people's own tools; never opened by us."""
        return self.data / "warehouse.duckdb"

    @property
    def journal(self) -> Path:
        """The ledger and the journal: what cannot be rebuilt."""
        return self.data / "journal.db"

    @property
    def key(self) -> Path:
        """The key that turns identifiers into pseudonyms."""
        return self.data / "pseudonym.key"

    @property
    def lock(self) -> Path:
        """Held by the one load that is running."""
        return self.data / "load.lock"

    @property
    def reference(self) -> Path:
        """Code lists, populations and benchmarks: the data folder's own where it has them, else the project's."""
        own = self.data / "reference"
        return own if own.is_dir() else PROJECT / "data" / "reference"
