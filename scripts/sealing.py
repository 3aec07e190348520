"""What is added to a site once it is built: its texts compressed, for hosts that send them as they are, and a list.

The list, `manifest.json`, has for each file its size and its SHA-256, and a mark of all that the site was made of.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import brotli

from macros.kept import kept

Listed = dict[str, int | str]
"""What the list says of a file: `bytes` and `sha256`."""

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


def seal(site: Path, before: Path, made_of: str) -> None:
    """Compress a site's texts beside themselves, unless that is no smaller, and write the list of its files.

    What is the same as in the site before keeps its date, so that a browser that has it need not load it again, and its
    compressed forms, which take longest to make.
    Args: `before`, the site that was published last, if there is one; `made_of`, the mark of what this one is made of.
    """
    files = {path.relative_to(site).as_posix(): path for path in _files(site)}
    texts = {name for name, path in files.items() if path.suffix in _TEXTS and path.stat().st_size >= _LEAST}
    quality = _BEST if sum(files[name].stat().st_size for name in texts) <= _BEST_UP_TO else _QUICK
    was = {name: file["sha256"] for name, file in _manifest(before).get("files", {}).items()}

    def sealed(name: str) -> dict[str, Listed]:
        data = files[name].read_bytes()
        told = {name: _listed(data)}
        same = was.get(name) == told[name]["sha256"] and (before / name).is_file()
        if same:
            os.utime(files[name], ns=(0, (before / name).stat().st_mtime_ns))
        for ending in PACKED if name in texts else ():
            packed = (same and _as_before(before, f"{name}{ending}", was)) or _packed(data, ending, quality)
            if len(packed) < len(data):
                told[f"{name}{ending}"] = _listed(packed)
                form = files[name].with_name(files[name].name + ending)
                form.write_bytes(packed)
                shutil.copystat(files[name], form)
        return told

    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the libraries let other threads work meanwhile
        listed = {name: file for told in threads.map(sealed, files) for name, file in told.items()}
    text = json.dumps({"made_of": made_of, "files": listed}, indent=0, sort_keys=True)
    (site / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _listed(data: bytes) -> Listed:
    return {"bytes": len(data), "sha256": sha256(data).hexdigest()}


def _as_before(before: Path, name: str, was: Mapping[str, str]) -> bytes:
    """A compressed form of the site before, if it is what that site's list says; or nothing."""
    try:
        data = (before / name).read_bytes()
    except OSError:
        return b""
    return data if sha256(data).hexdigest() == was.get(name) else b""


def _packed(data: bytes, ending: str, quality: int) -> bytes:
    if ending == ".gz":
        return gzip.compress(data, mtime=0)

    def in_brotli() -> bytes:
        packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
        return packed

    # The quick form is made sooner than it is looked up.
    return in_brotli() if quality == _QUICK else kept(f"brotli {sha256(data).hexdigest()}", in_brotli)


def _manifest(site: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((site / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("files"), dict) else {}


def is_whole(site: Path, made_of: str) -> bool:
    """Whether a site is there that was made of just that, and every file of its list is there in its size."""
    listed = _manifest(site)
    try:
        return (
            bool(listed)
            and listed["made_of"] == made_of
            and all((site / path).stat().st_size == file["bytes"] for path, file in listed["files"].items())
        )
    except (OSError, LookupError, TypeError):
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
