"""The pages as plain text in Markdown, and a list of them (llms.txt), for people who read with other programs.

They are made of the finished pages, so that they say what the pages say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from html_to_markdown import ConversionOptions, convert
from lxml import html

from macros.render import render

TWIN, LIST = "index.md", "llms.txt"
"""Beside each page, and at the top of the site."""

_LEFT_OUT = ["svg", "script", "template", "form", ".keep", ".without-script", "dialog"]


@dataclass(frozen=True)
class Listed:
    """A page in the list."""

    title: str
    address: str
    summary: str


@dataclass(frozen=True)
class PageList:
    """What the list is given."""

    title: str
    summary: str
    pages: tuple[Listed, ...]


def files(site: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The plain text of each page of a built site that has none yet, and the list: paths below its top, and texts."""
    listed: list[Listed] = []
    for path in site:
        folder, _, name = path.rpartition("/")
        if name != "index.html":
            continue
        page = site[path].decode()
        twin = f"{folder}/{TWIN}".lstrip("/")
        if twin not in site:
            yield twin, text(page)
        if not folder.startswith("lessons/"):
            listed.append(_listed(page, twin))
    home, *others = sorted(listed, key=lambda page: (page.address != TWIN, page.address))
    yield LIST, render("llms.txt.jinja", PageList(home.title, home.summary, tuple(others)))


def text(page: str) -> str:
    """The main part of a page, in Markdown."""
    main = re.search(r"(?s)<main\b.*</main\s*>", page)
    options = ConversionOptions(exclude_selectors=_LEFT_OUT)
    return str(convert(main[0] if main else "", options).content).strip() + "\n"


def _listed(page: str, twin: str) -> Listed:
    read = html.document_fromstring(page)
    title = " ".join(read.xpath("string(//h1[1])").split())
    return Listed(title, twin, read.xpath("string(//meta[@name='description']/@content)"))
