"""The pack: the whole site and all its files in one zip, to open by double-click where there is no network.

A page that is opened from a folder finds no page of a folder, may load no file, and runs no module from a file. So in
the pack each link names its file, and what a page's script would load stands in the page.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from lxml import html
from markupsafe import Markup

from macros.downloads.packed import packed
from macros.render import fill

NAME = "co-production-knowledge-hub"
"""Of the pack, and of the folder in it."""
PATH = f"downloads/{NAME}.zip"
"""Where the pack is, below the top of the site."""

_INDEX = "index.html"
_LEFT_OUT = frozenset({"robots.txt", "sitemap.xml", "404.html", "offline.json"})
"""What only a server, a search engine or a browser with a network reads."""

_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|action)="([^"]*)"')
_MODULE = re.compile(r'<link\s+rel="modulepreload" href="([^"]+)">')
_ASKS = re.compile(r'<meta\s+name="asks-for"[^>]*>\s*')
_NEEDS = re.compile(r' data-(?:needs|word|open)="([^"]+)"')
_LIST_END = re.compile(r"<[/]ul>(?!.*<[/]ul>)", re.DOTALL)
_SCHEME = re.compile(r"[a-z]+:|//|#")
_SCRIPTS = "script-src 'self'"
_NEEDED = (".json", ".docx", ".odt")
"""What scripts load, of a folder that a page names; its pages they only load if a list has parts."""


@dataclass(frozen=True)
class Kept:
    """What stands in a page in place of what its script would load."""

    module: Markup
    files: tuple[tuple[str, str], ...]
    """Path below the top of the site, and what is in it as base64."""


def pack(site: Mapping[str, bytes]) -> bytes:
    """The pack of a built site. `site`: path below its top → what is in the file."""
    loaded = {name for path, data in site.items() if path.endswith(".html") for name in _loaded(data.decode(), site)}
    in_pages = {path for path in site if path.endswith(".js")} | {name for name in loaded if name.endswith(".json")}
    kept = [path for path in site if path not in _LEFT_OUT | in_pages and path != PATH]
    # What people are to open comes first, and stands apart from the folders.
    ordered = sorted(kept, key=lambda path: (path != _INDEX, path))
    return packed((f"{NAME}/{path}", _file(path, site)) for path in ordered)


def _file(path: str, site: Mapping[str, bytes]) -> bytes:
    return _page(path, site[path].decode(), site).encode() if path.endswith(".html") else site[path]


def _page(path: str, text: str, site: Mapping[str, bytes]) -> str:
    folder = posixpath.dirname(path)
    text = _whole_lists(folder, text, site)
    text = _ASKS.sub("", text)
    if module := _MODULE.search(text):
        script = site[_target(folder, module[1])].decode()
        files = tuple((name, b64encode(site[name]).decode()) for name in _loaded(text, site))
        kept = fill("documents/pack_scripts.html.jinja", Kept(Markup(script), files))  # noqa: S704  (our own script)
        text = text.replace(module[0], kept, 1).replace(_SCRIPTS, f"{_SCRIPTS} '{_hash(script)}'", 1)
    text = text.replace(f'href="{posixpath.relpath(PATH, folder or ".")}"', "")  # the pack does not hold itself
    return _ATTRIBUTE.sub(lambda found: f'{found[1]}="{_named(found[2])}"', text)


def _loaded(text: str, site: Mapping[str, bytes]) -> Iterator[str]:
    """The files that the script of a page loads."""
    for needed in _NEEDS.findall(text):
        folder = needed.rpartition("/")[0]
        yield from (
            name
            for name in sorted(site)
            if name.startswith(needed) and name.endswith(_NEEDED) and posixpath.dirname(name) == folder
        )


def _whole_lists(folder: str, text: str, site: Mapping[str, bytes]) -> str:
    """A page whose list has parts, with the list as a whole: its parts cannot be loaded here."""
    if f' data-needs="{folder}/"' not in text or f"{folder}/sets.json" not in site:
        return text
    parts = [f"{folder}/all/part-{number}" for number in range(2, len(site))]
    there = [part for part in parts if f"{part}/{_INDEX}" in site]
    items = "".join(item for part in there for item in _items(folder, part, site[f"{part}/{_INDEX}"].decode()))
    list_, after = text.split('class="parts', 1)
    whole = _LIST_END.sub(lambda end: items + end[0], list_)
    return _NEEDS.sub("", f'{whole}class="parts{after}')


def _items(folder: str, part: str, text: str) -> Iterator[str]:
    for item in html.document_fromstring(text).xpath("//ul[@class='results']/li"):
        for link in item.iter("a"):
            target = link.get("href", "")
            if not _SCHEME.match(target):
                link.set("href", posixpath.relpath(_target(part, target), folder) + "/")
        yield html.tostring(item, encoding="unicode")


def _target(folder: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(folder, link))


def _named(link: str) -> str:
    """A link with the name of its file."""
    if not link or _SCHEME.match(link):
        return link
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", link, re.DOTALL).groups()  # type: ignore[union-attr]
    if path and (path.endswith("/") or posixpath.basename(path) in {".", ".."}):
        path = posixpath.join(path, _INDEX)
    return f"{path}{mark}{rest}"


def _hash(script: str) -> str:
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
