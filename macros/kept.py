"""Keeps what takes long to make in the user's cache, by what it was made of. The folder can be deleted at any time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

CACHE_VARIABLE = "HUB_CACHE"
"""Names another folder for what is kept."""


def kept(made_of: str, make: Callable[[], bytes]) -> bytes:
    """What was made before of the same, or else what is made now.

    Args: `made_of`, everything that the result depends on; `make`, makes it.
    """
    path = _cache() / sha256(made_of.encode()).hexdigest()
    try:
        return path.read_bytes()
    except OSError:
        data = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError:
        pass  # a full or locked disk makes the next build slower, and this one no worse
    return data


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(CACHE_VARIABLE) or Path(home) / "co-production-knowledge-hub")
