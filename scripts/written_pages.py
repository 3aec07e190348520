"""The pages that somebody wrote in Markdown. Their text is made into HTML anew only when it is another one.

That takes most of the time of a small build, and more in a large hub, where templates list the lessons that call for
them. So what it gave is kept beside the site, until something else than a case study changes, or which files there are.
The rest of MkDocs' work is done each time: macros, the frame, a look at every link to a place in another page. So the
plain text of a finished page is kept as well, by that page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from macros.exports import plain


@dataclass(frozen=True)
class Converted:
    """What pages became, in the build before and in this one: by page, and by a mark of all that it was made of."""

    others: str
    """A mark of all files but the case studies."""
    before: Mapping[str, Any]
    now: dict[str, Any] = field(default_factory=dict)


def kept_beside(site: Path) -> Path:
    """The file in which that is kept."""
    return site.with_name(f".{site.name}.pages.json")


def read(site: Path) -> dict[str, Any]:
    """What pages became in the build before; nothing if it cannot be read."""
    try:
        told = json.loads(kept_beside(site).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write(site: Path, converted: Converted) -> None:
    """Keep what pages became in a build that succeeded: MkDocs had nothing to say against any."""
    path = kept_beside(site)
    with suppress(OSError):  # a full disk makes the next build slower, and this one no worse
        part = path.with_suffix(".part")
        part.write_text(json.dumps(converted.now), encoding="utf-8")
        part.replace(path)


class WrittenPage(Page):
    """A page that takes over what its text became in the build before, if that was made of the same."""

    def __init__(self, file: File, config: MkDocsConfig, converted: Converted, files: str) -> None:
        """Know it by its file. `files` is a mark of all files that it may link to."""
        super().__init__(None, file, config)
        self.converted, self.made_of = converted, f"{converted.others} {files}"

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the Markdown into HTML, or take that over."""
        name = self.file.src_uri
        mark = sha256(f"{self.made_of} {self.markdown}".encode()).hexdigest()
        known = self.converted.before.get(name, {})
        if known.get("mark") != mark:
            super().render(config, files)
            known = {
                "mark": mark,
                "content": self.content,
                "toc": list(map(_token, self.toc)),
                "title": self._title_from_render,
                "anchors": sorted(self.present_anchor_ids or ()),
                "links": {to.src_uri: links for to, links in (self.links_to_anchors or {}).items()},
            }
        self.converted.now[name] = known
        self.content, self._title_from_render = known["content"], known["title"]
        self.toc = get_toc(known["toc"])
        self.present_anchor_ids = set(known["anchors"])
        self.links_to_anchors = {files.src_uris[to]: links for to, links in known["links"].items()}

    def plain(self, finished: str) -> str:
        """The plain text of the page as it is finished, made or taken over."""
        known = self.converted.now[self.file.src_uri]
        mark = sha256(finished.encode()).hexdigest()
        if known.get("finished") != mark:
            known |= {"finished": mark, "plain": plain.text(finished)}
        return str(known["plain"])


def take_over(files: Files, config: MkDocsConfig, converted: Converted) -> None:
    """Let MkDocs make such pages of all files that are pages, once it is known which files there are."""
    there = sha256("\n".join(sorted(f"{file.src_uri} {file.dest_uri}" for file in files)).encode()).hexdigest()
    for file in files.documentation_pages():
        WrittenPage(file, config, converted, there)


def _token(link: AnchorLink) -> Any:
    """An entry of a table of contents, as MkDocs reads it."""
    return {"name": link.title, "id": link.id, "level": link.level, "children": list(map(_token, link.children))}
