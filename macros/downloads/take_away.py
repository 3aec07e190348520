"""What is made of the whole site once it is built, to take away: the booklet and the pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.downloads import booklet, pack

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
    Offer(
        "The pack",
        "a zip file of all pages and templates, which works without the internet",
        pack.PATH,
    ),
    Offer("The booklet as PDF", "the guide and the case studies to print; passes PDF/UA-1", booklet.PDF_PATH),
    Offer("The booklet as EPUB", "for e-readers and phones; passes EPUB 3.3", booklet.EPUB_PATH),
)

_SIZE = re.compile(r'(?<=data-size-of=")([^"]+)(">)(?=<)')


def write(site: Path, seconds: int) -> None:
    """Put the booklet and the pack into a built site, and their sizes into the page that offers them.

    Args: `seconds` since 1970, at the last change of the collection.
    Raises: `pdf.CannotMake` with what is wrong in the booklet.
    """
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    made = booklet.booklet(files, seconds)
    files |= _put(site, {booklet.PDF_PATH: booklet.pdf(made), booklet.EPUB_PATH: booklet.epub(made)})
    files |= _sized(site, files)
    files |= _put(site, {pack.PATH: pack.pack(files)})
    _sized(site, files)


def _sized(site: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    def told(found: re.Match[str]) -> str:
        if found[1] not in files:
            return found[0]
        return f"{found[1]}{found[2]}; {len(files[found[1]]) / 1e6:.1f} MB"

    return _put(site, {PAGE: _SIZE.sub(told, files[PAGE].decode()).encode()} if PAGE in files else {})


def _put(site: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    for path, data in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    return dict(files)
