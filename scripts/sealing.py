"""What is added to a site once it is built: its texts compressed, for hosts that send them as they are, and a list."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import brotli

from macros.folders import files_below
from macros.kept import kept
from scripts import manifest
from scripts.manifest import Listed, MadeOf, Manifest

PACKED = {".br": "brotli", ".gz": "gzip"}
"""Endings of compressed files, beside the file itself, and how a host names the encoding."""

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


def seal(site: Path, before: Manifest, made_of: MadeOf, lists: Mapping[str, str]) -> None:
    """Compress a site's texts beside themselves, unless that is no smaller, and write the list of its files.

    What is the same as in the site before keeps its date, so that a browser that has it need not load it again, and its
    compressed forms, which take longest to make.
    Args: `before`, the site that was published last, if anything may be taken from it; `made_of`, what this one is
    made of; `lists`, a mark of what each list of lessons shows.
    """
    files = files_below(site)
    texts: set[str] = set()
    weight = 0
    for name in files:
        if name.endswith(_TEXTS) and (size := os.path.getsize(f"{site}/{name}")) >= _LEAST:  # noqa: PTH202  (a million)
            texts.add(name)
            weight += size
    quality = _BEST if weight <= _BEST_UP_TO else _QUICK
    packed_by = f"brotli {version('brotli')} quality {quality}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    packed_alike = before.packed_by == packed_by

    def sealed(names: list[str]) -> list[tuple[str, Listed]]:
        return [told for name in names for told in sealed_one(name)]

    def sealed_one(name: str) -> Iterator[tuple[str, Listed]]:
        taken_over = before.shares(site, name)
        path = site / name
        is_now = before.files[name] if taken_over else manifest.listed_file(path)
        yield name, is_now
        same = taken_over or (before.still_has(name) and before.files[name] == is_now)
        if same and not taken_over:
            os.utime(path, ns=(0, (before.site / name).stat().st_mtime_ns))
        for ending in PACKED if name in texts else ():
            form = f"{name}{ending}"
            if same and packed_alike and before.take_over(site, form):
                yield form, before.files[form]
                continue
            packed = _packed(path, is_now, ending, quality)
            if len(packed) < is_now.bytes:
                yield form, manifest.listed(packed)
                (site / form).write_bytes(packed)
                shutil.copystat(path, site / form)

    parts = [files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the libraries let other threads work meanwhile
        listed = (told for part in threads.map(sealed, parts) for told in part)
        manifest.write(Manifest(site, made_of, packed_by, lists, {}), listed)


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
