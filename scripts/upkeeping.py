"""Reports for whoever looks after the hub: weaknesses and licences of what it uses, its list of parts, and dead links.

They tell; they stop nothing. A link that is dead today may live tomorrow, and a weakness may be in what we never call.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from macros.collection import Collection
from macros.render import render
from macros.text import links
from scripts.sound import readable

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-test.txt")
_PATIENCE = 15
"""Seconds to wait for a page of others."""
_AT_ONCE = 8


@dataclass(frozen=True)
class Licensed:
    """A library, and the licence that it names."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Link:
    """An address of others that the hub names."""

    address: str
    said: str
    """What came back: a status, or why nothing did. Empty if the page is there."""


def main(arguments: list[str] | None = None) -> int:
    """Write every report into a folder. Returns 0, whatever they say."""
    parser = argparse.ArgumentParser(prog="./scripts/upkeep", description="Write reports that stop nothing.")
    parser.add_argument("to", type=Path, help="the folder to write to")
    parser.add_argument("--without-network", action="store_true", help="leave out what asks others")
    options = parser.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    reports: dict[str, Callable[[], str]] = {"licences.txt": lambda: render("licences.txt.jinja", licences())}
    reports |= {f"parts-{Path(lock).stem}.cdx.json": partial(parts, lock) for lock in LOCKS}
    if not options.without_network:
        reports["weaknesses.txt"] = weaknesses
        reports["links.txt"] = lambda: render("dead_links.txt.jinja", asked(readable(ROOT)))
    for name, report in reports.items():
        (options.to / name).write_text(report(), encoding="utf-8")
        print(f"Wrote {options.to / name}", flush=True)
    return 0


def licences() -> list[Licensed]:
    """Every library that is installed for the hub and its tests, by name."""
    found = {}
    for library in importlib.metadata.distributions():
        about = library.metadata
        lines = about.get_all("Classifier", [])
        classified = [line.rpartition(" :: ")[2] for line in lines if line.startswith("License")]
        named = (*about.get_all("License-Expression", []), "; ".join(classified), *about.get_all("License", []))
        found[library.name.lower()] = Licensed(
            library.name, library.version, next(filter(None, named), "not told").partition("\n")[0]
        )
    return [found[name] for name in sorted(found)]


def parts(lock: str) -> str:
    """The list of parts (SBOM) of a lock file in CycloneDX's JSON, with the hashes of the files."""
    return _said("cyclonedx-py", "requirements", "--output-reproducible", "--of", "JSON", str(ROOT / "scripts" / lock))


def weaknesses() -> str:
    """What is known of published weaknesses in the versions that are locked, as pip-audit tells it."""
    return "\n".join(
        f"{lock}\n{_said('pip-audit', '--disable-pip', '--require-hashes', '-r', str(ROOT / 'scripts' / lock))}"
        for lock in LOCKS
    )


def _said(program: str, *arguments: str) -> str:
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr


def asked(collection: Collection) -> list[Link]:
    """Every address of others that the hub names, each asked for once."""
    addresses = sorted(set(_addresses(collection)))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return [Link(address, said) for address, said in zip(addresses, threads.map(ask, addresses), strict=True)]


def _addresses(collection: Collection) -> Iterator[str]:
    for source in collection.sources:
        yield from ([source.url] if source.url else [])
        yield from ([f"https://doi.org/{source.doi}"] if source.doi else [])
    for case in collection.cases.values():
        for text in (*(section.text for section in case.story), *(lesson.detail or "" for lesson in case.lessons)):
            yield from links(text)
    for page in collection.pages.values():
        yield from (link for link in links(page.body) if link.startswith("http"))


def ask(address: str) -> str:
    """Why a page is not there; empty if it is. Some hosts answer no program, so what they say proves little."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (compatible; link report)"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310  (http or https, as looked at above)
            return ""
    except urllib.error.HTTPError as error:
        return str(error.code)
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))


if __name__ == "__main__":
    sys.exit(main())
