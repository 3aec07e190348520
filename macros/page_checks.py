"""The rules for Markdown pages: plain Markdown, and calls of macros that are there. Each docstring is its rule."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

from markdown import Markdown

from macros import collection as files
from macros import hints
from macros.collection import CASES, DOCS, GUIDES, TEMPLATES, Collection
from macros.problems import Breach
from macros.text import SAFE_SCHEMES, nearest

PAGE_KEYS = ("title", "summary")
"""What the front matter of a page without a record may hold."""


def plain_files(collection: Collection) -> Iterator[Breach]:
    """No symbolic link among the files that the site is made of."""
    for folder in (CASES, DOCS):
        for path in sorted((collection.root / folder).rglob("*")):
            if path.is_symlink():
                name = path.relative_to(collection.root).as_posix()
                yield Breach(name, (), "is a symbolic link", "Put the file itself here.", line=1)


def front_matter_known(collection: Collection) -> Iterator[Breach]:
    """The front matter of a page without a record holds a title and a summary, and nothing else."""
    with_record = (f"{GUIDES}/", f"{TEMPLATES}/")
    for path, page in collection.pages.items():
        if path.startswith(with_record) and not path.endswith("/index.md"):
            continue
        for key, value in page.front.items():
            if key not in PAGE_KEYS:
                yield Breach(path, (key,), "is not a field here", nearest(key, PAGE_KEYS))
            elif _TEMPLATE_MARK.search(str(value)) or _HTML.search(str(value)):
                yield Breach(path, (key,), "holds template marks or HTML", "Write plain words.")


def pages_are_plain(collection: Collection) -> Iterator[Breach]:
    """A page is Markdown: no HTML, no strange links, no pictures from elsewhere, and no braces but calls."""
    for path, page in collection.pages.items():
        for line, text, prose in _lines(page):
            if _TEMPLATE_MARK.search(_CALL.sub("", text)) or "{" in _CALL.sub("", prose):
                advice = 'A call looks like {{ quotation("power", "an-id") }}; leave out any other brace.'
                yield Breach(path, (), "holds braces that are no call", advice, line)
            if html := _HTML.search(prose):
                found = prose[html.start() :][:12]
                yield Breach(path, (), f'holds HTML ("{found}")', "Write Markdown; put code between backticks.", line)
        for tag, address in _addresses(page.body):
            scheme = re.match(r"\s*[a-zA-Z][\w+.-]*:|\s*//", address)
            if scheme and (tag == "img" or not address.lower().startswith(SAFE_SCHEMES)):
                wrong = f'{"shows a picture from" if tag == "img" else "links to"} "{address[:40]}"'
                line = next((line for line, text, _ in _lines(page) if address in text), page.body_line)
                yield Breach(path, (), wrong, "Use https:// for a link, and a file of this site for a picture.", line)


def guides_are_whole(collection: Collection) -> Iterator[Breach]:
    """A guide page opens with its title, shows each of its quotations, and ends with its lessons, each once."""
    for slug, guide in collection.guides.items():
        page = collection.pages[f"{GUIDES}/{slug}.md"]
        wanted = [("guide_opening", slug), *(("quotation", slug, quotation.id) for quotation in guide.quotations)]
        wanted.append(("guide_lessons", slug))
        made = [(call.name, *call.arguments) for call in _calls(page)]
        for call in wanted:
            if (times := made.count(call)) != 1:
                written = f"{{{{ {call[0]}({', '.join(map(json.dumps, call[1:]))}) }}}}"
                wrong = f"has {written} {times} times" if times else f"lacks {written}"
                yield Breach(page.path, (), wrong, "Write it once, on a line of its own.", page.body_line)
        for call in made:
            if call[0] == "quotation" and call not in wanted:
                advice = nearest(call[-1], (quotation.id for quotation in guide.quotations))
                yield Breach(
                    page.path, (), f'shows "{call[-1]}", which is not in its front matter', advice, page.body_line
                )


def calls_resolve(collection: Collection, macros: Mapping[str, Callable[..., str]]) -> Iterator[Breach]:
    """A page calls what can be called, with the names of things that are there."""
    ids = collection.ids
    for path, page in collection.pages.items():
        for call in _calls(page):
            if call.name not in macros:
                yield Breach(
                    path, (), f'calls "{call.name}", which is not there', nearest(call.name, macros), call.line
                )
                continue
            types = typing.get_type_hints(macros[call.name], include_extras=True)
            targets = [
                hints.points_at(hint) for name, hint in types.items() if name not in ("collection", "_", "return")
            ]
            if len(targets) != len(call.arguments):
                wrong = f"gives {call.name} {len(call.arguments)} names; it takes {len(targets)}"
                yield Breach(path, (), wrong, "See the list of macros in docs/maintain/macros.md.", call.line)
                continue
            for target, given in zip(targets, call.arguments, strict=True):
                if target and given not in ids[target]:
                    yield Breach(
                        path, (), f'"{given}" is not one of the {target}', nearest(given, ids[target]), call.line
                    )


# --- Reading pages ----------------------------------------------------------------------------------------------------

_HTML = re.compile(r"<\s*[a-zA-Z/!?]")
_TEMPLATE_MARK = re.compile(r"\{[{%#]")
_CALL = re.compile(r'\{\{ *(\w+)\(((?:"[a-z0-9-]*"(?:, *)?)*)\) *\}\}')
_FENCE = re.compile(r"\s*(```|~~~)")
_INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


class _Call(typing.NamedTuple):
    name: str
    arguments: tuple[str, ...]
    line: int


def _calls(page: files.Page) -> list[_Call]:
    return [
        _Call(name, tuple(re.findall(r'"([^"]*)"', arguments)), line)
        for line, text, _ in _lines(page)
        for name, arguments in _CALL.findall(text)
    ]


def _lines(page: files.Page) -> Iterator[tuple[int, str, str]]:
    """The lines of a page's body: number in the file, text, and the text without code."""
    in_code = False
    for line, text in enumerate(page.body.splitlines(), page.body_line):
        fence = bool(_FENCE.match(text))
        in_code ^= fence
        yield line, text, "" if fence or in_code else _INLINE_CODE.sub("", text)


class _Addresses(HTMLParser):
    """Gathers the addresses in a page as Markdown makes it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value) for name, value in attrs if name in ("href", "src") and value]


def _addresses(body: str) -> list[tuple[str, str]]:
    """The tag and address of every link and picture in a Markdown text."""
    parser = _Addresses()
    parser.feed(Markdown().convert(body))
    return parser.found
