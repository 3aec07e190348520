"""Every file beside the pages that is made of the records: what a page's script loads, open data, citations, feeds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import partial
from itertools import chain

from macros import contribution, list_sets, made_pages, offline_list, search_files
from macros.collection import Collection
from macros.exports import citing, data, feeds, page_list, reports, sitemap


def files(
    collection: Collection, *, without: Container[str] = (), reported: Container[str] = ()
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files: their names below the top of the site, and their texts in pieces: nobody need keep one whole.

    Args: `without`, pages below docs/ whose citations are not wanted: they change with their page alone; `reported`,
    case studies whose reports are not wanted.
    """
    parts = (part.files for part in (search_files, list_sets, contribution, offline_list, feeds, page_list, sitemap))
    for made in (*parts, partial(reports.files, without=reported)):
        for path, text in made(collection).items():
            yield path, (text.encode(),)
    of_pages = (
        citing.files_of_page(collection, page) for page in made_pages.own_titles(collection) if page not in without
    )
    for path, text in chain.from_iterable(of_pages):
        yield path, (text.encode(),)
    yield from citing.files(collection)
    yield from data.files(collection)
