"""What a command needs of the collection before it can begin."""

from __future__ import annotations

from pathlib import Path

from macros import audit, problems
from macros import collection as files
from macros.collection import Collection


class Stopped(Exception):
    """A command cannot go on. Its text says why, and what to do."""


def readable(root: Path) -> Collection:
    """The collection, whatever its rules say of it. Raises: `Stopped` if its shared lists cannot be read."""
    collection, _ = files.current(root)
    if collection is None:
        raise Stopped("The shared lists have problems. Run ./scripts/check first.")
    return collection


def sound(root: Path) -> Collection:
    """The collection. Raises: `Stopped` with its problems, if it has any."""
    collection, found = audit.check(root)
    if collection is None or found:
        raise Stopped(problems.as_text(found))
    return collection
