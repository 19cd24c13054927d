"""Pseudonyms: what is kept in place of an identifier.

A keyed hash (HMAC-SHA-256) of the sender's identifier scheme and the identifier. The key is a file
outside the warehouse that only its owner can read, so a warehouse without it names nobody, and two
schemes never meet: the police's 10023 is not the council's 10023.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from returns.places import Places
from warehouse.problems import WarehouseError

KEY_BYTES = 32
# 32 hexadecimal digits are 128 bits of the hash: chance meetings stay out of reach, and a row stays short.
KEPT_DIGITS = 32
# Between scheme and identifier: no cell that was read can hold it, so no two pairs look alike.
_BETWEEN = b"\x1f"
_BLOCK = 64  # bytes that SHA-256 takes at a time, to which HMAC fills a shorter key up


class KeyUnusable(WarehouseError):
    """The key file is there and cannot be used, or is missing where pseudonyms were already made."""


@dataclass(frozen=True)
class Pseudonyms:
    """Makes pseudonyms with one key. The key is never shown."""

    _key: bytes

    def __repr__(self) -> str:
        return "Pseudonyms(key hidden)"

    @classmethod
    def of(cls, places: Places, *, expected: bool = False) -> Pseudonyms:
        """The pseudonyms of a data folder, its key made on first use.

        `expected` is true where identifiers were hashed before: a new key would part every child from
        its own history, so a missing key raises KeyUnusable.
        """
        if not places.key.exists():
            if expected:
                raise KeyUnusable(
                    f"The key {places.key} is missing. Without it, children could no longer be matched with their "
                    "own earlier records: restore it from a backup. Nothing was loaded."
                )
            _write_key(places.key)
        return cls(_read_key(places.key))

    @classmethod
    def for_checking(cls, places: Places) -> Pseudonyms:
        """The data folder's pseudonyms where it has a key; else ones that last as long as the check."""
        return cls(_read_key(places.key) if places.key.exists() else secrets.token_bytes(KEY_BYTES))

    def of_identifiers(self, scheme: str, identifiers: Iterable[str]) -> list[str]:
        """The pseudonym of each identifier of the scheme, in order: 32 hexadecimal digits."""
        # HMAC as RFC 2104 writes it, its two hashes begun once: a list has a hundred thousand identifiers, and to begin
        # takes longer than to go on.
        key = self._key.ljust(_BLOCK, b"\0")
        inside = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + scheme.encode() + _BETWEEN)
        around = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))
        found = []
        for identifier in identifiers:
            inner, outer = inside.copy(), around.copy()
            inner.update(identifier.encode("utf-8", "surrogatepass"))
            outer.update(inner.digest())
            found.append(outer.hexdigest()[:KEPT_DIGITS])
        return found

    def of_bytes(self, content: bytes) -> str:
        """The keyed hash of any content, which nobody without the key can try guesses against."""
        return hmac.digest(self._key, content, "sha256").hex()[:KEPT_DIGITS]


def _write_key(path: Path) -> None:
    """A new key in a file of its owner alone: whole or not there, and never in place of another's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: two sessions of one dashboard are two threads of one process.
    handle, aside = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    try:
        _fill(handle)
        # It exists when another came first, whose key then counts.
        with contextlib.suppress(FileExistsError):
            try:
                os.link(aside, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                _fill(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    finally:
        Path(aside).unlink(missing_ok=True)


def _fill(handle: int) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnusable(f"The key {path} cannot be read. Restore it from a backup. Nothing was loaded.")
    return key
