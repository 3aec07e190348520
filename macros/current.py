"""The collection that pages are made of: the one in the project's folder, or in another that is named."""

from __future__ import annotations

import os
from pathlib import Path

from macros import collection as files
from macros.collection import Collection

ROOT_VARIABLE = "HUB_ROOT"
"""Names another folder to read the collection from; the tests use it."""


def root() -> Path:
    """The project's folder."""
    return Path(os.environ.get(ROOT_VARIABLE) or Path(__file__).parent.parent)


def hold() -> None:
    """Keep to what the files hold now: a site shows one state of them, whatever changes meanwhile.

    Raises: `RuntimeError` if they cannot be read.
    """
    _held.clear()
    _held.append(sound_collection())


def release() -> None:
    """The collection is again the one that its files hold when it is asked for."""
    _held.clear()


_held: list[Collection] = []


def sound_collection() -> Collection:
    """The collection, if its files can be read. `hub check` tells of everything else before a build."""
    if _held and _held[0].root == root():
        return _held[0]
    collection, problems = files.current(root())
    if collection is None or problems:
        raise RuntimeError(f"The collection has {len(problems)} problems. Run ./scripts/check to see them.")
    return collection
