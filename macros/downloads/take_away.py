"""What is made of the whole site once it is built, and offered in one file: the booklet and the pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.collection import Collection
from macros.downloads import booklet, pack
from macros.folders import files_below

PAGE = "take-away/index.html"
"""The page that offers the files, below the top of the site."""


@dataclass(frozen=True)
class Offer:
    """A file that is made of the whole hub."""

    label: str
    use: str
    path: str
    """Below the top of the site."""


OFFERS = (
    Offer("The pack", "a zip file of all pages and templates, which works without the internet", pack.PATH),
    Offer("The booklet as PDF", "the guide and the case studies to print; passes PDF/UA-1", booklet.PDF_PATH),
    Offer("The booklet as EPUB", "for e-readers and phones; passes EPUB 3.3", booklet.EPUB_PATH),
)


MOST_LESSONS = 1_000
"""Up to here the whole hub is offered in one file. The pack of a hub with ten times as many would be a gigabyte."""


def offers(collection: Collection) -> tuple[Offer, ...]:
    """What is offered: nothing once the hub is too large for one file. The old addresses then lead to the page."""
    return OFFERS if collection.lessons <= MOST_LESSONS else ()


def paths(collection: Collection) -> tuple[str, ...]:
    """The files that are made of the finished site and that a page links to."""
    return tuple(offer.path for offer in offers(collection))


_SIZE = re.compile(r'(?<=data-size-of=")([^"]+)(">)(?=<)')


class Site(Mapping[str, bytes]):
    """The files of a built site by their paths below its top, each read when it is asked for: a site can be large."""

    def __init__(self, folder: Path, before: Path, kept: Iterable[str]) -> None:
        """Know the files that are there now, and those that are kept of the site before, which are in `before`."""
        self.folder = folder
        places = dict.fromkeys(kept, before) | dict.fromkeys(files_below(folder), folder)
        self.paths = dict(sorted(places.items()))

    def __getitem__(self, path: str) -> bytes:
        """What is in a file."""
        return (self.paths[path] / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        """The paths, sorted."""
        return iter(self.paths)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.paths)


def write(folder: Path, before: Path, kept: Iterable[str], seconds: int) -> None:
    """Put the booklet and the pack into a built site, and their sizes into the page that offers them.

    Args: `before`, the site before, and `kept`, its files that are in this one and not in `folder`; `seconds` since
    1970, at the last change of the collection.
    Raises: `pdf.CannotMake` with what is wrong in the booklet.
    """
    site = Site(folder, before, kept)
    if PAGE not in site:  # a hub whose pages do not offer them
        return
    made = booklet.booklet(site, seconds)
    (folder / booklet.PDF_PATH).write_bytes(booklet.pdf(made))
    (folder / booklet.EPUB_PATH).write_bytes(booklet.epub(made))
    _tell_sizes(site, booklet.PDF_PATH, booklet.EPUB_PATH)
    (folder / pack.PATH).write_bytes(pack.pack(site))
    _tell_sizes(site, pack.PATH)


def _tell_sizes(site: Site, *paths: str) -> None:
    def told(found: re.Match[str]) -> str:
        if found[1] not in paths:
            return found[0]
        return f"{found[1]}{found[2]}; {(site.folder / found[1]).stat().st_size / 1e6:.1f} MB"

    (site.folder / PAGE).write_text(_SIZE.sub(told, site[PAGE].decode()), encoding="utf-8")
