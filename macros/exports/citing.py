"""Citations: a line that people read, and files for reference managers (BibTeX, RIS, CSL-JSON).

The line is made by citeproc, by the rules of a style. BibTeX and RIS are a few lines of text each: the library that was
tried for BibTeX lost braces and spoilt addresses. The tests read both back with parsers that others wrote.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from markupsafe import Markup

from macros.collection import Collection, of_each_case
from macros.exports import works
from macros.exports.works import Author, Work
from macros.render import render
from macros.views.links import Link, full_address

STYLE, STYLE_NAME = "harvard-cite-them-right", "The line above is in the Harvard style."
ALL = "data/citations"
"""All the hub's pages in one file, below the top of the site, without ending."""

_BIBTEX = {"article": "article", "book": "book"}
_RIS = {"article": "JOUR", "book": "BOOK", "web page": "ELEC", "picture": "ART"}
_CSL = {"article": "article-journal", "book": "book", "web page": "webpage", "picture": "graphic", "talk": "speech"}
_TEX = {
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TITLE, _URL = "TITLEOFTHEPAGE", "https://address.of.the.page/"
"""Stand for a page's own in a line that is made once for all pages of the same authors and day."""


@dataclass(frozen=True)
class Entry:
    """A work as a format has it: its kind, and its fields in order."""

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Format:
    """A format of files for reference managers."""

    label: str
    ending: str
    entry: Callable[[Work], str]
    """Writes one work."""
    before: str = ""
    between: str = "\n"
    after: str = ""
    """What stands in a file before, between and after the works."""

    def entries(self, cited: Iterable[Work]) -> str:
        """Some works, as they stand in a file."""
        return self.between.join(map(self.entry, cited))

    def whole(self, cited: Iterable[Work]) -> str:
        """A file of some works."""
        return f"{self.before}{self.entries(cited)}{self.after}"


@dataclass(frozen=True)
class Citing:
    """What a page says of how to cite it."""

    reference: Markup
    files: tuple[Link, ...]
    has_address: bool
    style: str = STYLE_NAME


def of_page(collection: Collection, page: str) -> Citing:
    """How to cite a page. Raises: `LookupError` if it cannot be cited."""
    if not (work := works.of_page(collection, page)):
        raise LookupError(f"{page} is no page that can be cited.")
    return Citing(reference(work), _links(works.page_file(page)), has_address=bool(work.url))


def paths_of_page(page: str) -> tuple[str, ...]:
    """The files of a page that can be cited, below the top of the site."""
    return tuple(link.page for link in _links(works.page_file(page)))


def files_of_page(collection: Collection, page: str) -> Iterator[tuple[str, str]]:
    """The same, each with its text; none if the page cannot be cited."""
    if work := works.of_page(collection, page):
        yield from _files(works.page_file(page), [work])


def files_of_source(source: str) -> tuple[Link, ...]:
    """The files of a work that the hub cites."""
    return _links(works.source_file(source))


def _links(path: str) -> tuple[Link, ...]:
    return tuple(Link(format_.label, f"{path}.{format_.ending}") for format_ in FORMATS)


def files(collection: Collection) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The citations of all works and that of all pages together: paths below the top of the site, and texts in pieces.

    A piece is made of one case study: few of them change.
    """
    for id_, work in works.sources(collection).items():
        for path, text in _files(works.source_file(id_), [work]):
            yield path, (text.encode(),)
    for format_ in FORMATS:
        yield f"{ALL}.{format_.ending}", _of_all_pages(collection, format_)


def _of_all_pages(collection: Collection, format_: Format) -> Iterator[bytes]:
    def of_case(slug: str) -> bytes:
        return format_.entries(work for _, work in works.of_case(collection, slug)).encode()

    rest = format_.entries(work for _, work in works.others(collection)).encode()
    kept = of_each_case(collection, f"{ALL}.{format_.ending}", of_case, setting=full_address("index.md") or "")
    between = format_.before.encode()
    for piece in chain((of_one for _, of_one in kept), (rest,)):
        if piece:
            yield between + piece
            between = format_.between.encode()
    yield format_.after.encode()


def _files(path: str, cited: list[Work]) -> Iterator[tuple[str, str]]:
    for format_ in FORMATS:
        yield f"{path}.{format_.ending}", format_.whole(cited)


def reference(work: Work) -> Markup:
    """A page of the hub in a line, as HTML."""
    line = _styled(replace(work, key="page", title=_TITLE, url=work.url and _URL))
    return Markup(line.replace(_TITLE, _in_html(work.title)).replace(_URL, _in_html(work.url)))  # noqa: S704  (escaped)


def bibtex(work: Work) -> str:
    """A work in BibTeX."""
    return render("citation.bib.jinja", _bibtex_entry(work))


def ris(work: Work) -> str:
    """A work in RIS. Its lines end as its rules say."""
    return render("citation.ris.jinja", _ris_entry(work)).replace("\n", "\r\n")


def csl_json(work: Work) -> str:
    """A work in CSL-JSON, as it stands in a list."""
    return " " + json.dumps(csl(work), ensure_ascii=False, indent=1).replace("\n", "\n ")


def csl(work: Work) -> dict[str, Any]:
    """A work as CSL-JSON has it. See https://docs.citationstyles.org/."""
    date = [int(part) for part in (work.year, work.month, work.day) if part]
    made = {
        "id": work.key,
        "type": _CSL.get(work.kind, "document"),
        "title": work.title,
        "author": [_csl_name(author) for author in work.authors],
        "issued": {"date-parts": [date]} if date else None,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "publisher": work.publisher,
        "DOI": work.doi,
        "URL": work.url,
    }
    return {name: value for name, value in made.items() if value}


def _csl_name(author: Author) -> dict[str, str]:
    return {"family": author.family, "given": author.given} if author.given else {"literal": author.family}


def _bibtex_entry(work: Work) -> Entry:
    part_of = "journal" if work.kind == "article" else "howpublished"
    made = (
        ("author", " and ".join(map(_bibtex_name, work.authors))),
        ("title", f"{{{_tex(work.title)}}}" if work.title else ""),
        ("year", work.year),
        ("month", work.month and str(int(work.month))),
        (part_of, _tex(work.container)),
        ("volume", _tex(work.volume)),
        ("number", _tex(work.issue)),
        ("pages", _tex(work.pages)),
        ("publisher", _tex(work.publisher)),
        ("doi", work.doi),
        ("url", work.url),
    )
    return Entry(_BIBTEX.get(work.kind, "misc"), work.key, tuple(field for field in made if field[1]))


def _bibtex_name(author: Author) -> str:
    return _tex(f"{author.family}, {author.given}") if author.given else f"{{{_tex(author.family)}}}"


def _ris_entry(work: Work) -> Entry:
    made = (
        *(("AU", f"{name.family}, {name.given}" if name.given else name.family) for name in work.authors),
        ("TI", work.title),
        ("PY", work.year),
        ("DA", f"{work.year}/{work.month}/{work.day}" if work.day else ""),
        ("JO" if work.kind == "article" else "T2", work.container),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", work.pages),
        ("PB", work.publisher),
        ("DO", work.doi),
        ("UR", work.url),
    )
    return Entry(_RIS.get(work.kind, "GEN"), work.key, tuple(field for field in made if field[1]))


def _tex(text: str) -> str:
    return re.sub(r"[&%$#_{}\\~^]", lambda mark: _TEX[mark[0]], text)


def _in_html(text: str) -> str:
    return _no_braces(html.escape(text))


def _no_braces(text: str) -> str:
    """HTML in which no template engine that sees the page afterwards finds its own marks."""
    return text.replace("{", "&#123;").replace("}", "&#125;")


BIBTEX = Format("BibTeX", "bib", bibtex)
RIS = Format("RIS", "ris", ris, between="\r\n")
CSL_JSON = Format("CSL JSON", "csl.json", csl_json, "[\n", ",\n", "\n]\n")
FORMATS = (BIBTEX, RIS, CSL_JSON)


@cache
def _style() -> Any:
    return CitationStylesStyle(STYLE, locale="en-GB", validate=False)


@lru_cache(maxsize=4096)
def _styled(work: Work) -> str:
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([csl(work)]), formatter.html)
    bibliography.register(Citation([CitationItem(work.key)]))
    return _no_braces(str(bibliography.bibliography()[0]))
