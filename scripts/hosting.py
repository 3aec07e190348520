"""What a host needs to serve the hub: headers, types, redirects, compression. All from one list, hosting/hosts.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from macros.collection import Collection
from macros.downloads import take_away
from macros.folders import files_below
from macros.views.links import address
from scripts.listing import PACKED

HERE = Path(__file__).parent / "hosting"
IN_SITE = ("_headers", "_redirects")
"""Read by Netlify and Cloudflare Pages from the site itself."""
APART = ("nginx.conf", "main.conf", "Containerfile", "cloudfront.json", "objects.tsv")
"""For hosts that are set up elsewhere."""

_ROOT, _PORT = "/srv/hub", 8080
_NOT_SENT = (*IN_SITE, *PACKED)


@dataclass(frozen=True)
class Move:
    """An address that leads to another. Both are below the top of the site, without the slash before."""

    address: str
    to: str


@dataclass(frozen=True)
class Stored:
    """A file as a store of objects is told of it."""

    path: str
    type: str
    kept: str


def moves(collection: Collection) -> tuple[Move, ...]:
    """Every address that leads to another; one that was taken down has a page that says so, and leads nowhere."""
    moved = [Move(move.address, address(move.to)) for move in collection.moved if not move.retired]
    if not take_away.offers(collection):
        moved += [Move(offer.path, address("take-away.md")) for offer in take_away.OFFERS]
    return tuple(moved)


def write_in_site(site: Path, collection: Collection) -> None:
    """Put into a built site what its host reads from there."""
    for name in IN_SITE:
        (site / name).write_text(_filled(name, site, collection), encoding="utf-8")


def write_apart(folder: Path, site: Path, collection: Collection, *, root: str = _ROOT, port: int = _PORT) -> list[str]:
    """Write what other hosts are set up with.

    Args: `folder` to write to; `site`, which is built; `root`, where the site will stand on the host; `port` to
    listen on there.
    Returns: the names of the files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in APART:
        text = _filled(name, site, collection, root=root, listen=port, objects=_objects(site))
        (folder / name).write_text(text, encoding="utf-8")
    return list(APART)


def _filled(name: str, site: Path, collection: Collection, **more: Any) -> str:
    listed = _listed()
    listed["every"] = {header: value.replace("{policy}", _policy(site)) for header, value in listed["every"].items()}
    listed["told"] = {ending: _type(ending, listed) for ending in listed["told"]}
    # Not HTML, and every word in it is our own or an address.
    environment = Environment(
        loader=FileSystemLoader(HERE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    return environment.get_template(f"{name}.jinja").render(listed, moves=moves(collection), **more)


def _listed() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load((HERE / "hosts.yml").read_text(encoding="utf-8"))
    return listed


def _policy(site: Path) -> str:
    """The policy that stands in each page: it has the hashes of the style and the script there."""
    page = html.document_fromstring((site / "index.html").read_bytes())
    return str(page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)"))


def _objects(site: Path) -> list[Stored]:
    listed = _listed()
    return [
        Stored(path, _type(path, listed), listed["kept"]["assets" if path.startswith("assets/") else "else"])
        for path in files_below(site)
        if not path.endswith(_NOT_SENT)
    ]


def _type(path: str, listed: Mapping[str, Any]) -> str:
    """What a file is, such as `text/html; charset=utf-8`. Raises: `KeyError` if hosts.yml does not know its ending."""
    ending = re.sub(r".*\.", "", path)
    return str(listed["types"][ending]) + ("; charset=utf-8" if ending in listed["utf8"] else "")
