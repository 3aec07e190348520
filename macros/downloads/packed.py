"""Zip files that are the same every time they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_DATE = (2022, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16  # the marks of a plain file, wherever it is made


def packed(files: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip of some files, in this order. Those named in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zip_:
        for name, data in files:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = _UNIX, _READABLE
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            zip_.writestr(info, data)
    return out.getvalue()
