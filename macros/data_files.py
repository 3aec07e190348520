"""Every file beside the pages that is made of the records: what a page's script loads, open data, citations, feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros import contribution, list_sets, offline_list, search_files
from macros.collection import Collection
from macros.exports import citing, data, feeds, reports, sitemap


def files(collection: Collection) -> Iterator[tuple[str, Iterable[str]]]:
    """The files: their names below the top of the site, and their texts in pieces: nobody need keep one whole."""
    for part in (search_files, list_sets, contribution, offline_list, feeds, reports, sitemap):
        for path, text in part.files(collection).items():
            yield path, (text,)
    for path, text in citing.files(collection):
        yield path, (text,)
    yield from data.files(collection)
