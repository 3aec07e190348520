"""Every file beside the pages that is made of the records: what a page's script loads, open data, citations, feeds."""

from __future__ import annotations

from collections.abc import Iterator

from macros import contribution, list_sets, offline_list, search_files
from macros.collection import Collection
from macros.exports import citing, data, feeds, reports, sitemap


def files(collection: Collection) -> Iterator[tuple[str, str]]:
    """The files: their names below the top of the site, and their texts. One by one: nobody need keep all of them."""
    for part in (search_files, list_sets, contribution, offline_list, feeds, reports, sitemap):
        yield from part.files(collection).items()
    for large in (data, citing):
        yield from large.files(collection)
