"""Every file in which a template can be had, made once for the same words and the same code."""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from macros import contribution
from macros.collection import Collection
from macros.downloads import FONTS
from macros.downloads.docx import docx
from macros.downloads.markdown import markdown
from macros.downloads.odt import odt
from macros.downloads.pdf import pdf
from macros.kept import kept
from macros.render import PARTIALS
from macros.views import gripp2, protocol
from macros.views.documents import Document, document

FOLDER = "downloads"
"""Where the files are, below the top of the site."""

BLANK = f"{FOLDER}/my-pack/my-pack.docx"
"""A Word file with the hub's styles, which a page fills with what somebody keeps."""
_MY_PACK = Document("my-pack", "My pack", "What we keep.", (), (), (), "2026-11-23", 1)


@dataclass(frozen=True)
class Format:
    """A way to take a template away."""

    label: str
    use: str
    """What it is good for, in a few words."""
    ending: str
    passes: str
    """The rules that the tests hold every file of it to; empty if the format has none."""
    make: Callable[[Document], bytes]


WORD, OPEN, TAGGED = "Open XML", "OpenDocument", "PDF/UA-1"
DOCX, ODT = ".docx", ".odt"

# The first stands in the list of templates.
FORMATS = (
    Format("Word", "to fill in on a computer", DOCX, WORD, docx),
    Format("PDF to print", "to fill in by hand", ".pdf", TAGGED, pdf),
    Format("PDF to fill in", "on a computer, short answers", "-form.pdf", TAGGED, functools.partial(pdf, form=True)),
    Format("Word, large print", "18 point", "-large-print.docx", WORD, functools.partial(docx, large=True)),
    Format("PDF, large print", "18 point, to print", "-large-print.pdf", TAGGED, functools.partial(pdf, large=True)),
    Format("OpenDocument", "for LibreOffice and others", ODT, OPEN, odt),
    Format("Markdown", "plain text", ".md.txt", "", markdown),
)


@dataclass(frozen=True)
class Download:
    """A file of a template."""

    label: str
    use: str
    path: str
    """Below the top of the site."""
    passes: str
    data: bytes

    @property
    def kilobytes(self) -> int:
        """How large it is, rounded up."""
        return -(-len(self.data) // 1000)


def offered(made_of: Document) -> tuple[tuple[str, str], ...]:
    """The files of a document without making them: what each is called, and its path below the top of the site."""
    return tuple((format_.label, file_path(made_of, format_.ending)) for format_ in FORMATS)


def file_path(made_of: Document, ending: str) -> str:
    """Where a file of a document is, below the top of the site."""
    return f"{FOLDER}/{made_of.slug}/{made_of.slug}{ending}"


@functools.lru_cache(maxsize=128)
def downloads(made_of: Document) -> tuple[Download, ...]:
    """The files of a template, in the order in which they are offered."""
    words = repr(made_of)
    return tuple(
        Download(
            format_.label,
            format_.use,
            path,
            format_.passes,
            _kept(f"{words} {format_.label}", functools.partial(format_.make, made_of)),
        )
        for format_, (_, path) in zip(FORMATS, offered(made_of), strict=True)
    )


def paths(collection: Collection) -> frozenset[str]:
    """Where the files that people take away are, without making them."""
    reports = {gripp2.path(slug, ending) for slug in collection.cases for _, ending in gripp2.FILES}
    return frozenset({path for made_of in documents(collection) for _, path in offered(made_of)} | reports)


def files(collection: Collection, *, reported: Container[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file of every template, and the report of every case study: path below the top of the site, bytes.

    Args: `reported`, case studies whose reports are not wanted.
    """
    yield BLANK, docx(_MY_PACK)
    for slug in (slug for slug in collection.cases if slug not in reported):
        report = gripp2.document(collection, slug)
        yield gripp2.path(slug, "docx"), _kept(f"{report!r} report", functools.partial(docx, report))
        yield gripp2.path(slug, "md.txt"), markdown(report)
    for made_of in documents(collection):
        for download in downloads(made_of):
            yield download.path, download.data


def documents(collection: Collection) -> Iterator[Document]:
    """Every template that has a text, the form to share a story, the questions of a protocol, and a blank report."""
    yield from (document(collection, slug) for slug in collection.templates if collection.written(slug))
    yield contribution.document(collection)
    yield protocol.document(collection)
    yield gripp2.blank()


def _kept(words: str, make: Callable[[], bytes]) -> bytes:
    """What was made before of the same words by the same code, or else what is made now."""
    return kept(f"{_code()} {words}", make)


@functools.cache
def _code() -> str:
    """A mark of all code, partials, fonts and libraries that make the files."""
    here = Path(__file__).parent
    words = (here.parent / name for name in ("form_text.py", "render.py", "views/documents.py"))
    paths = [*sorted(here.glob("*.py")), *words, *sorted((PARTIALS / "documents").iterdir()), *sorted(FONTS.iterdir())]
    libraries = (importlib.metadata.version(name) for name in ("typst", "pikepdf", "fonttools", "jinja2", "lxml"))
    mark = sha256(" ".join(libraries).encode())
    for path in paths:
        mark.update(path.read_bytes())
    return mark.hexdigest()
