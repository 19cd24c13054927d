"""Workbooks protected with a password: known as such, and opened with the password that was given, never a guess."""

from __future__ import annotations

import io
import os
import re

from pipelines.findings import finding
from pipelines.old_excel import streams
from pipelines.workbook import UnsafeFile

PASSWORD_SETTING = "SCORECARD_FILE_PASSWORD"
# Excel itself uses 100,000. A file may ask for any number, and each takes time.
_MOST_ROUNDS = 2_000_000


def is_protected(content: bytes, *, file: str) -> bool:
    """Whether the OLE file is a protected xlsx."""
    return "EncryptedPackage" in streams(content, file=file)


def without_password(content: bytes, *, file: str, password: str | None) -> bytes:
    """The workbook inside; raises UnsafeFile when the password is missing or wrong, or the file damaged."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    given = password or os.environ.get(PASSWORD_SETTING)
    if not given:
        raise UnsafeFile(finding("file-password-needed", file=file))
    rounds = re.search(rb'spinCount="(\d{1,12})"', content)
    if b"<!DOCTYPE" in content[:200_000] or (rounds and int(rounds[1]) > _MOST_ROUNDS):
        raise UnsafeFile(finding("file-damaged", file=file, why="its encryption is not what Excel writes"))
    opened = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=given)
        locked.decrypt(opened)
    except (InvalidKeyError, DecryptionError):
        raise UnsafeFile(finding("file-password-wrong", file=file)) from None
    except (FileFormatError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError):
        raise UnsafeFile(finding("file-damaged", file=file, why="its encryption cannot be read")) from None
    return opened.getvalue()
