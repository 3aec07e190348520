"""The booklet: the guide and the case studies to read away from a screen, as EPUB and as a tagged PDF (PDF/UA-1).

Both are made of the built pages, so that they say what the pages say. A chapter is the main part of a page, without
what only works on the web. Typst reads the same chapters, and `booklet.typ.jinja` says how each element is set.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urldefrag

import typst
from lxml import etree, html
from markupsafe import Markup

from macros.downloads.packed import packed
from macros.downloads.pdf import CannotMake, fonts, literal
from macros.render import fill, fill_typst

NAME = "co-production-booklet"
PDF_PATH, EPUB_PATH = f"downloads/{NAME}.pdf", f"downloads/{NAME}.epub"
"""Where they are, below the top of the site."""

FIRST, LISTS, LAST = ("what-is-co-production",), ("guide", "case-studies"), ("support", "dictionary", "about")
"""The chapters: pages, all pages that these list, and pages that the others point to."""

_LEFT_OUT = "|".join(
    f".//{element}"
    for element in (
        *("svg", "script", "template", "form", "nav"),
        "details[contains(@class, 'words')]",
        "*[contains(@class, 'without-script') or contains(@class, 'easy-read') or @class='on-screen']",
        "article//*[contains(@class, 'links')]",
    )
)
_KEPT = frozenset({"id", "href", "class", "scope", "colspan", "rowspan", "lang"})
_PLAIN = {"main": "section", "details": "section", "summary": "p", "aside": "section", "figcaption": "div"}
_EMPTY = frozenset({"p", "span", "figure", "li", "ul", "div"})
_MIMETYPE = "mimetype"


@dataclass(frozen=True)
class Chapter:
    """A page of the hub as a part of the booklet."""

    id: str
    title: str
    body: Markup
    """XHTML, with links only to what is in the booklet or on the web."""


@dataclass(frozen=True)
class Booklet:
    """What the partials are given."""

    title: str
    summary: str
    chapters: tuple[Chapter, ...]
    made: datetime
    """When the newest record in it was changed."""
    contents: str = "Contents"
    page_word: str = "page"
    identifier: str = f"urn:co-production-knowledge-hub:{NAME}"

    @property
    def modified(self) -> str:
        """That moment, as EPUB writes it."""
        return self.made.strftime("%Y-%m-%dT%H:%M:%SZ")


def booklet(site: Mapping[str, bytes], seconds: int) -> Booklet:
    """The booklet of a built site. `site`: path below its top → file; `seconds`: since 1970, at its last change."""
    mains = {page: _main(site, page) for page in _pages(site)}
    ids = {page: _id(page) for page in mains}
    anchors = {page: {str(found) for found in main.xpath(".//@id")} for page, main in mains.items()}
    chapters = []
    for page, main in mains.items():
        for link in main.iter("a"):
            _point(link, page, ids, anchors)
        title = " ".join(main.xpath("string(.//h1[1])").split())
        chapters.append(Chapter(ids[page], title, Markup(_xhtml(main))))  # noqa: S704  (our own pages)
    home = html.document_fromstring(site["index.html"].decode())
    name, summary = home.xpath("string(//title)"), home.xpath("string(//meta[@name='description']/@content)")
    return Booklet(name, summary, tuple(chapters), datetime.fromtimestamp(seconds, UTC))


def epub(view: Booklet) -> bytes:
    """The booklet as EPUB 3."""
    files = {
        _MIMETYPE: b"application/epub+zip",
        "META-INF/container.xml": _filled("epub_container.xml.jinja", view),
        "EPUB/package.opf": _filled("epub_package.xml.jinja", view),
        "EPUB/nav.xhtml": _filled("epub_nav.xhtml.jinja", view),
        "EPUB/style.css": _filled("epub_style.css.jinja", view),
    }
    files |= {f"EPUB/{chapter.id}.xhtml": _filled("epub_chapter.xhtml.jinja", chapter) for chapter in view.chapters}
    return packed(files.items(), stored=frozenset({_MIMETYPE}))


def pdf(view: Booklet) -> bytes:
    """The booklet as a tagged PDF.

    Raises: `CannotMake` with what Typst said.
    """
    files = {
        "main.typ": fill_typst("documents/booklet.typ.jinja", view, literal).encode(),
        "chapters.xml": _filled("booklet_chapters.xml.jinja", view),
    }
    try:
        return bytes(
            typst.compile(  # type: ignore[call-overload]  # its types do not know yet that it takes several files
                files,
                format="pdf",
                font_paths=fonts(),
                pdf_standards=["ua-1"],
                timestamp=int(view.made.timestamp()),
            )
        )
    except typst.TypstError as error:
        raise CannotMake(f"The booklet: {error}") from None


def _filled(partial: str, view: object) -> bytes:
    return fill(f"documents/{partial}", view).encode()


def _pages(site: Mapping[str, bytes]) -> Iterable[str]:
    """The folders of the pages, in the order in which the lists name them."""
    listed = [page for name in LISTS if _there(site, name) for page in _listed(site, name)]
    return dict.fromkeys(page for page in (*FIRST, *listed, *LAST) if _there(site, page))


def _there(site: Mapping[str, bytes], page: str) -> bool:
    return f"{page}/index.html" in site


def _listed(site: Mapping[str, bytes], name: str) -> Iterable[str]:
    for target in _main(site, name).xpath(".//*[contains(@class, 'topics') or contains(@class, 'results')]//a/@href"):
        page = posixpath.normpath(posixpath.join(name, urldefrag(target)[0]))
        if posixpath.dirname(page) == name:
            yield page


def _main(site: Mapping[str, bytes], page: str) -> html.HtmlElement:
    main = html.document_fromstring(site[f"{page}/index.html"].decode()).xpath("//main")[0]
    for element in main.xpath(_LEFT_OUT):
        element.drop_tree()
    return main


def _id(page: str) -> str:
    return page.replace("/", "-")


def _point(link: html.HtmlElement, page: str, ids: Mapping[str, str], anchors: Mapping[str, set[str]]) -> None:
    """Let a link lead to the booklet's own chapter or the web; what is not in the booklet is only named."""
    target, anchor = urldefrag(link.get("href", ""))
    if re.match(r"https?:", target):
        return
    to = posixpath.normpath(posixpath.join(page, target)) if target else page
    if to in ids and (not anchor or unquote(anchor) in anchors[to]):
        link.set("href", f"{ids[to]}.xhtml" + (f"#{unquote(anchor)}" if anchor else ""))
    else:
        link.drop_tag()


def _xhtml(main: html.HtmlElement) -> str:
    for element in list(main.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()
            continue
        for name in set(element.attrib) - _KEPT:
            del element.attrib[name]
        element.tag = _PLAIN.get(element.tag, element.tag)
    for element in reversed(list(main.iter(*_EMPTY))):
        if not len(element) and not (element.text or "").strip() and not element.get("id"):
            element.drop_tree()
    del main.attrib["id"]
    return str(etree.tostring(main, encoding="unicode", with_tail=False))
