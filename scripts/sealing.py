"""What is added to a site once it is built: its texts compressed, for hosts that send them as they are, and a list.

The list, `manifest.json`, has for each file its size and its SHA-256, and a mark of all that the site was made of.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import brotli

from macros.kept import kept

MANIFEST = "manifest.json"
PACKED = {".br": "brotli", ".gz": "gzip"}
"""Endings of compressed files, beside the file itself, and how a host names the encoding."""

_TEXTS = frozenset({".html", ".js", ".json", ".svg", ".xml", ".txt", ".md", ".csv", ".bib", ".ris"})
_LEAST = 1000
"""Bytes from which a text is compressed. Below, it fits in one packet anyway."""

_BEST_UP_TO = 30_000_000
"""Bytes of text up to which a site is compressed as well as can be, which takes 50 times as long."""
_BEST, _QUICK = 11, 5

_INPUTS = ("case_studies", "docs", "macros", "overrides", "scripts", "mkdocs.yml")
_CODE = ("macros", "scripts")
"""What a site is made of, below the project's folder; and what of that may be run from another folder."""
_NOT_READ = frozenset({"__pycache__", ".venv"})


def compress(site: Path) -> None:
    """Put a Brotli and a gzip form beside each text of a site, unless it is no smaller."""
    texts = [path for path in _files(site) if path.suffix in _TEXTS and path.stat().st_size >= _LEAST]
    quality = _BEST if sum(path.stat().st_size for path in texts) <= _BEST_UP_TO else _QUICK
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries let other threads work meanwhile
        list(threads.map(lambda path: _compress(path, quality), texts))


def _compress(path: Path, quality: int) -> None:
    data = path.read_bytes()

    def in_brotli() -> bytes:
        packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
        return packed

    if quality == _QUICK:  # that is made sooner than it is looked up
        forms = {".br": in_brotli(), ".gz": gzip.compress(data, mtime=0)}
    else:
        forms = {".br": kept(f"brotli {sha256(data).hexdigest()}", in_brotli), ".gz": gzip.compress(data, mtime=0)}
    for ending, packed in forms.items():
        if len(packed) < len(data):
            path.with_name(path.name + ending).write_bytes(packed)


def seal(site: Path, made_of: str) -> None:
    """Write the list of a site's files.

    Args: `made_of`, the mark of what the site was made of (`mark`).
    """
    files = {
        path.relative_to(site).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": sha256(path.read_bytes()).hexdigest(),
        }
        for path in _files(site)
    }
    text = json.dumps({"made_of": made_of, "files": files}, indent=0, sort_keys=True)
    (site / MANIFEST).write_text(text + "\n", encoding="utf-8")


def is_whole(site: Path, made_of: str) -> bool:
    """Whether a site is there that was made of just that, and every file of its list is there in its size."""
    try:
        listed: dict[str, Any] = json.loads((site / MANIFEST).read_bytes())
        return listed["made_of"] == made_of and all(
            (site / path).stat().st_size == file["bytes"] for path, file in listed["files"].items()
        )
    except (OSError, ValueError, LookupError, TypeError):
        return False


def mark(root: Path, *others: str) -> str:
    """A mark that is another one whenever the site may be another one.

    Args: `root`, the project's folder; `others`, what else it depends on, such as the address on the web.
    """
    made_of = sha256(" ".join([sys.version, *others, *(version(name) for name in _LIBRARIES)]).encode())
    here = Path(__file__).parent.parent
    tops = [root / name for name in _INPUTS] + [here / name for name in _CODE if here != root]
    for top in tops:
        for path in _files(top) if top.is_dir() else [top]:
            data = path.read_bytes()
            made_of.update(f"\n{path.relative_to(top.parent).as_posix()} {len(data)}\n".encode())
            made_of.update(data)
    return made_of.hexdigest()


_LIBRARIES = (
    *("mkdocs", "markdown", "markdown-it-py", "jinja2", "lunr", "html-to-markdown", "citeproc-py", "typst", "brotli"),
)
"""Whose version shows in what is made."""


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _NOT_READ.isdisjoint(path.parts):
            yield path
