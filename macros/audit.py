"""Every rule for a whole hub: those of its records, and those that need its pages."""

from __future__ import annotations

from pathlib import Path

from macros import checks, lasting, pages
from macros.collection import Collection
from macros.problems import Problem


def check(root: Path) -> tuple[Collection | None, list[Problem]]:
    """Read everything below `root` and check it: the collection, and every problem, sorted.

    Where anything is wrong with the records, the rules that need their pages wait.
    """
    collection, problems = checks.check(root, pages.CALLABLE)
    if collection and not problems:
        problems = checks.broken(collection, lasting.RULES)
    return collection, problems
