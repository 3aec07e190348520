"""Every file that a page's script loads."""

from __future__ import annotations

from macros import contribution, lesson_sets, search_index
from macros.collection import Collection


def files(collection: Collection) -> dict[str, str]:
    """The files, by their names below the top of the site."""
    return search_index.files(collection) | lesson_sets.files(collection) | contribution.files(collection)
