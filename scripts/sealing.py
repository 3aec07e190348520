"""What is added to a site once it is built: its texts compressed, for hosts that send them as they are, and a list."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import brotli

from macros.folders import files_below
from macros.kept import kept
from scripts import manifest
from scripts.manifest import PACKED, Listed, MadeOf, Manifest

_TEXTS = (".html", ".js", ".json", ".svg", ".xml", ".txt", ".md", ".csv", ".bib", ".ris")
_LEAST = 1000
"""Bytes from which a text is compressed. Below, it fits in one packet anyway."""

_BEST_UP_TO = 30_000_000
"""Bytes of text up to which a site is compressed as well as can be, which takes 50 times as long."""
_BEST, _QUICK = 11, 5
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
    its files that are part of the new site and were not made; `made_of`, what this one is made of; `lists`, a mark of
    what each list of lessons shows.
    """
    here = files_below(site)
    names = sorted(kept.union(here))
    texts: set[str] = set()
    weight = 0
    for name in names:
        if name.endswith(_TEXTS):
            size = before.files[name].bytes if name in kept else os.path.getsize(f"{site}/{name}")  # noqa: PTH202
            if size >= _LEAST:
                texts.add(name)
                weight += size
    quality = _BEST if weight <= _BEST_UP_TO else _QUICK
    packed_by = f"brotli {version('brotli')} quality {quality}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    packed_alike = before.packed_by == packed_by
    as_before = kept if packed_alike else set()
    made: set[str] = set()
    put: set[str] = set()

    def sealed(names: list[str]) -> list[list[tuple[str, Listed]]]:
        return [list(sealed_one(name)) for name in names]

    def sealed_one(name: str) -> Iterator[tuple[str, Listed]]:
        path = (before.site if name in kept else site) / name
        is_now = before.files[name] if name in kept else manifest.listed_file(path)
        same = name in kept or (before.still_has(name) and before.files[name] == is_now)
        made.add(name)
        if not same:
            put.add(name)
        yield name, is_now
        for ending in PACKED if name in texts else ():
            form = f"{name}{ending}"
            if same and packed_alike and before.still_has(form):
                made.add(form)
                yield form, before.files[form]
                continue
            packed = _packed(path, is_now, ending, quality)
            if len(packed) < is_now.bytes:
                made.add(form)
                put.add(form)
                yield form, manifest.listed(packed)
                (site / form).parent.mkdir(parents=True, exist_ok=True)
                (site / form).write_bytes(packed)
                shutil.copystat(before.site / name if same else path, site / form)

    todo = [name for name in names if name not in as_before]
    parts = [todo[start : start + _AT_ONCE] for start in range(0, len(todo), _AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the libraries let other threads work meanwhile
        told = (of_one for part in threads.map(sealed, parts) for of_one in part)
        listed = (
            [(form, before.files[form]) for form in before.with_forms(name)] if name in as_before else next(told)
            for name in names
        )
        manifest.write(Manifest(site, made_of, packed_by, lists, {}), chain.from_iterable(listed))
    gone = (path for path in before.files if path not in made and _without_ending(path) not in as_before)
    return Changes(frozenset(put), tuple(gone), count_pages(names))


def unsealed(site: Path) -> Changes:
    """The same of a site that is not for publishing: all of it is new, and it gets no list."""
    names = files_below(site)
    return Changes(frozenset(names), (), count_pages(names))


def count_pages(names: Iterable[str]) -> int:
    """How many of a site's files are pages."""
    return sum(name.endswith(".html") for name in names)


def _without_ending(path: str) -> str:
    """Of a compressed file the one that was compressed, and any other as it is."""
    return path[:-3] if path.endswith(tuple(PACKED)) else path


def _packed(path: Path, is_now: Listed, ending: str, quality: int) -> bytes:
    """A file, compressed. A large one is read piece by piece: open data can have hundreds of megabytes."""
    if ending == ".gz":
        packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=_AS_GZIP)
        return b"".join([*map(packer.compress, manifest.pieces(path)), packer.flush()])

    def in_brotli() -> bytes:
        if is_now.bytes <= manifest.PIECE:
            packed: bytes = brotli.compress(path.read_bytes(), mode=brotli.MODE_TEXT, quality=quality)
            return packed
        packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=quality)
        return b"".join([*map(packer.process, manifest.pieces(path)), packer.finish()])

    # The quick form is made sooner than it is looked up.
    made_with = f"brotli {version('brotli')} {is_now.sha256}"
    return in_brotli() if quality == _QUICK else kept(made_with, in_brotli)
