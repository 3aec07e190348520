"""What is added to a site once it is built: its texts compressed, for hosts that send them as they are, and a list."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import accumulate, chain, islice
from pathlib import Path

import brotli

from macros.folders import files_below
from macros.kept import kept
from scripts import listing, manifest, pieces
from scripts.listing import PACKED, Listed, Listing
from scripts.manifest import MadeOf, Manifest

_TEXTS = (".html", ".js", ".json", ".svg", ".xml", ".txt", ".md", ".csv", ".bib", ".ris")
_LEAST = 1000
"""Bytes from which a text is compressed. Below, it fits in one packet anyway."""

_BEST_UP_TO = 30_000_000
"""Bytes of text up to which a site is compressed as well as can be, which takes 50 times as long."""
_BEST, _QUICK = 11, 5
_LARGE = 1_000_000
"""Bytes from which a text has only a gzip form, made of pieces: after a small change most of it is taken over. These
are open data, feeds and lists for programs. No page is as large, nor anything that a page loads."""
_AS_GZIP = 31
"""What zlib calls a gzip file with the largest window. It writes no date."""
_AT_ONCE = 50
"""Files that a thread is given at a time: what is waiting to be done takes memory too."""


@dataclass(frozen=True)
class Changes:
    """In what a site is another one than the site before. All paths are below its top."""

    put: frozenset[str]
    """The files that are new or other ones."""
    gone: tuple[str, ...]
    """Those that are no longer there."""
    pages: int
    """How many pages the whole site has."""


def seal(site: Path, before: Manifest, kept: set[str], made_of: MadeOf, lists: Mapping[str, str]) -> Changes:
    """Compress a site's texts beside themselves, unless that is no smaller, and write the list of its files.

    What is the same as in the site before stays there, with its date, so that a browser that has it need not load it
    again, and with its compressed forms, which take longest to make.
    Args: `site`, what was made; `before`, the site that was published last, if anything may be taken from it; `kept`,
    its folders whose files are part of the new site, but for those that were made; `made_of`, what this one is made
    of; `lists`, a mark of what each page of a list shows.
    """
    here = _by_folder(files_below(site))
    quality = _BEST if _weigh_at_most(_BEST_UP_TO, site, before, kept, here) else _QUICK
    packed_by = f"brotli {version('brotli')} quality {quality}, zlib {zlib.ZLIB_RUNTIME_VERSION}, {_code()}"
    packed_alike = before.packed_by == packed_by
    as_before = kept.difference(here) if packed_alike else set()
    made: set[str] = set()
    put: set[str] = set()

    def sealed(names: list[tuple[str, bool]]) -> list[list[tuple[str, Listed]]]:
        return [list(sealed_one(*name)) for name in names]

    def sealed_one(name: str, is_kept: bool) -> Iterator[tuple[str, Listed]]:  # noqa: FBT001  (a pair, as `names` has it)
        path = (before.site if is_kept else site) / name
        is_now = before.files[name] if is_kept else manifest.listed_file(path)
        same = is_kept or (before.still_has(name) and before.files[name] == is_now)
        made.add(name)
        if not same:
            put.add(name)
        yield name, is_now
        for ending in _endings(name, is_now.bytes):
            form = f"{name}{ending}"
            if same and packed_alike and before.still_has(form):
                made.add(form)
                yield form, before.files[form]
                continue
            if is_now.bytes >= _LARGE:
                packed = pieces.packed(path, before.read(form))
            else:
                packed = _packed(path.read_bytes(), is_now, ending, quality)
            if len(packed) < is_now.bytes:
                made.add(form)
                put.add(form)
                yield form, manifest.listed(packed)
                (site / form).parent.mkdir(parents=True, exist_ok=True)
                (site / form).write_bytes(packed)
                shutil.copystat(before.site / name if same else path, site / form)

    folders = sorted(kept.union(here))
    names = {folder: _names(folder, before, kept, here) for folder in folders if folder not in as_before}
    todo = list(chain.from_iterable(names.values()))
    parts = [todo[start : start + _AT_ONCE] for start in range(0, len(todo), _AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the libraries let other threads work meanwhile
        told = (of_one for part in threads.map(sealed, parts) for of_one in part)
        lines = (
            before.files.lines[folder]
            if folder in as_before
            else listing.line(chain.from_iterable(islice(told, len(names[folder]))))
            for folder in folders
        )
        manifest.write(Manifest(site, made_of, packed_by, lists, Listing()), lines)
    old = (folder for folder in before.files.lines if folder not in as_before)
    gone = (path for folder in old for path in before.files.of(folder) if path not in made)
    pages = count_pages(path for path, _ in todo) + listing.pages(before.files.lines[folder] for folder in as_before)
    return Changes(frozenset(put), tuple(gone), pages)


def _code() -> str:
    """A mark of the code that compresses."""
    return sha256(b"".join(Path(str(module)).read_bytes() for module in (__file__, pieces.__file__))).hexdigest()


def unsealed(site: Path) -> Changes:
    """The same of a site that is not for publishing: all of it is new, and it gets no list."""
    names = files_below(site)
    return Changes(frozenset(names), (), count_pages(names))


def count_pages(names: Iterable[str]) -> int:
    """How many of these files are pages."""
    return sum(name.endswith(".html") for name in names)


def _by_folder(paths: Iterable[str]) -> dict[str, list[str]]:
    """Paths by the folder that they are in, in the order that they come."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(path.rpartition("/")[0], []).append(path)
    return found


def _names(folder: str, before: Manifest, kept: set[str], here: Mapping[str, list[str]]) -> list[tuple[str, bool]]:
    """The files that a folder will have, but for compressed forms; and of each, whether it is kept."""
    of_before = before.files.without_forms(folder) if folder in kept else ()
    return sorted((dict.fromkeys(of_before, True) | dict.fromkeys(here.get(folder, ()), False)).items())


def _weigh_at_most(most: int, site: Path, before: Manifest, kept: set[str], here: Mapping[str, list[str]]) -> bool:
    """Whether all texts that are compressed have at most so many bytes. No more files are looked at than tell it."""

    def sizes() -> Iterator[tuple[str, int]]:
        for folder in here.keys() | kept:
            for path, is_kept in _names(folder, before, kept, here):
                yield path, before.files[path].bytes if is_kept else os.path.getsize(f"{site}/{path}")  # noqa: PTH202

    weights = accumulate(size for path, size in sizes() if _endings(path, size))
    return all(weight <= most for weight in weights)


def _endings(path: str, size: int) -> tuple[str, ...]:
    """Those of the compressed forms that a file has, if they are smaller."""
    if size < _LEAST or not path.endswith(_TEXTS):
        return ()
    return (".gz",) if size >= _LARGE else tuple(PACKED)


def _packed(data: bytes, is_now: Listed, ending: str, quality: int) -> bytes:
    """A text, compressed as a whole."""
    if ending == ".gz":
        packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=_AS_GZIP)
        return packer.compress(data) + packer.flush()

    def in_brotli() -> bytes:
        packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
        return packed

    # The quick form is made sooner than it is looked up.
    made_with = f"brotli {version('brotli')} {is_now.sha256}"
    return in_brotli() if quality == _QUICK else kept(made_with, in_brotli)
