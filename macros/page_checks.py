"""The rules for Markdown pages: plain Markdown, and calls of macros that are there. Each docstring is its rule."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from html.parser import HTMLParser

from markdown import Markdown

from macros import hints
from macros.collection import Collection
from macros.folders import CASES, DOCS, GUIDES, RECORD_FOLDERS
from macros.kept import code, kept_of_each
from macros.problems import Breach, Loc
from macros.records import Page
from macros.text import HIDDEN, SAFE_SCHEMES, nearest, refusals

PAGE_KEYS = ("title", "summary")
"""What the front matter of a page without a record holds. It may hold `typed` too: words that people look for it by."""

PAGE_KINDS = (".md",)
ASSET_KINDS = (".css", ".js", ".svg", ".png", ".jpg", ".webp", ".woff2")
"""The kinds of files that docs and docs/assets hold."""

MARKDOWN_EXTENSIONS = ("attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc")
"""Those in mkdocs.yml but our own, and those that MkDocs adds by itself. A test holds them together."""


def files_known(collection: Collection) -> Iterator[Breach]:
    """Among the files of the site there is no symbolic link, and no file of a kind that it does not need."""
    for folder in (CASES, DOCS):
        for path in sorted((collection.root / folder).rglob("*")):
            name = path.relative_to(collection.root).as_posix()
            if path.is_symlink():
                yield Breach(name, (), "is a symbolic link", "Put the file itself here.", line=1)
            elif folder == DOCS and path.is_file() and not path.name.startswith("."):
                kinds = ASSET_KINDS if name.startswith(f"{DOCS}/assets/") else PAGE_KINDS
                if path.suffix not in kinds:
                    yield Breach(name, (), "is of a kind that has no place here", f"Kinds: {', '.join(kinds)}.", line=1)
    for page in collection.pages:
        if (
            page.startswith(tuple(f"{folder}/" for folder in RECORD_FOLDERS.values()))
            and page.count("/") > GUIDES.count("/") + 1
        ):
            yield Breach(
                page, (), "is in a folder of a folder", "Move it up; a record's address has one level.", line=1
            )


def front_matter_plain(collection: Collection) -> Iterator[Breach]:
    """Front matter holds no template marks. That of a page without a record is a title and a summary."""
    for path, page in collection.pages.items():
        for loc, value in _texts(page.front, ()):
            if _TEMPLATE_MARK.search(value):
                yield Breach(path, loc, "holds template marks", "Write plain words, without two braces in a row.")
        if collection.has_record(path):
            continue
        yield from _front_fields(page)


def pages_are_plain(collection: Collection) -> Iterator[Breach]:
    """A page is Markdown: no HTML, no strange links, no pictures from elsewhere, no template marks but calls."""
    marks = {path: sha256(page.body.encode()).hexdigest() for path, page in collection.pages.items()}
    broken: list[Breach] = []

    def look(path: str) -> bytes:
        found = list(_what_is_not_plain(collection.pages[path]))
        broken.extend(found)
        return b"" if found else b"plain"

    for _ in kept_of_each(f"plain pages {collection.root}", code(), marks, look):
        pass
    yield from broken


def _what_is_not_plain(page: Page) -> Iterator[Breach]:
    for line, text in _lines(page):
        if _TEMPLATE_MARK.search(_CALL.sub("", text)):
            advice = 'A call looks like {{ quotation("power", "an-id") }}; leave out any other braces in pairs.'
            yield Breach(page.path, (), "holds template marks that are no call", advice, line)
        if hidden := HIDDEN.search(text):
            yield Breach(page.path, (), f"holds a hidden character (U+{ord(hidden[0]):04X})", "Delete it.", line)
    for wrong, found in _not_plain(page.body):
        advice = "Write Markdown; link with https:// or to a page here."
        yield Breach(page.path, (), wrong, advice, _line_with(page, found))


def guides_are_whole(collection: Collection) -> Iterator[Breach]:
    """A guide page opens with its title, shows each of its quotations, and ends with its lessons, each once."""
    for slug, guide in collection.guides.items():
        page = collection.pages[f"{GUIDES}/{slug}.md"]
        wanted = [("guide_opening", slug), *(("quotation", slug, quotation.id) for quotation in guide.quotations)]
        wanted.append(("guide_lessons", slug))
        yield from not_called_once(page, *wanted)
        for call in ((call.name, *call.arguments) for call in _calls(page)):
            if call[:2] == ("quotation", slug) and call not in wanted:
                advice = nearest(call[-1], (quotation.id for quotation in guide.quotations))
                yield Breach(
                    page.path, (), f'shows "{call[-1]}", which is not in its front matter', advice, page.body_line
                )


def guide_parts_at_home(collection: Collection) -> Iterator[Breach]:
    """No page shows the opening, a quotation or the lessons of a guide page but that page itself."""
    for path, page in collection.pages.items():
        for call in _calls(page):
            home = f"{GUIDES}/{next(iter(call.arguments), '')}.md"
            if call.name in _PARTS_OF_GUIDES and path != home and home in collection.pages:
                yield Breach(path, (), f"calls {call.name} of another page", f"Only {home} may call it.", call.line)


def calls_resolve(collection: Collection, macros: Mapping[str, Callable[..., str]]) -> Iterator[Breach]:
    """A page calls what can be called, with the names of things that are there."""
    ids = collection.ids
    for path, page in collection.pages.items():
        for call in _calls(page):
            if call.name not in macros:
                yield Breach(
                    path,
                    (),
                    f'calls "{call.name}", which is no macro that a page can call',
                    nearest(call.name, macros),
                    call.line,
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


def not_called_once(page: Page, *wanted: tuple[str, ...]) -> Iterator[Breach]:
    """Of the calls that a page is to make once, those it makes never or more often.

    Args: `wanted`, calls: the macro's name and what it is given.
    """
    made = [(call.name, *call.arguments) for call in _calls(page)]
    for call in wanted:
        if (times := made.count(call)) != 1:
            written = f"{{{{ {call[0]}({', '.join(map(json.dumps, call[1:]))}) }}}}"
            wrong = f"has {written} {times} times" if times else f"lacks {written}"
            yield Breach(page.path, (), wrong, "Write it once, on a line of its own.", page.body_line)


def paragraphs(page: Page) -> Iterator[tuple[int, str]]:
    """The paragraphs, headings and list items of a page on one line each, without calls, with the lines they start on.

    The lines are counted in the file, from 1.
    """
    start = 0
    gathered: list[str] = []
    for line, text in [*_lines(page), (0, "")]:
        said = _CALL.sub("", text).strip()
        begun = _BEGIN.match(said)
        if gathered and (begun or not said):
            yield start, " ".join(gathered)
            gathered = []
        if said:
            start = start if gathered else line
            gathered.append(said[begun.end() :] if begun else said)


# --- Reading pages ----------------------------------------------------------------------------------------------------


def _front_fields(page: Page) -> Iterator[Breach]:
    """What is wrong with the fields of a page without a record."""
    for key in page.front:
        if key not in (*PAGE_KEYS, "typed"):
            yield Breach(page.path, (key,), "is not a field here", nearest(key, (*PAGE_KEYS, "typed")))
    for key in PAGE_KEYS:
        given = page.front.get(key)
        if not isinstance(given, str) or not given.strip():
            yield Breach(page.path, (key,), "is not there, or is no text", f"Write {key}: and plain words, at the top.")
        elif refusal := next(refusals(given), None):
            yield Breach(page.path, (key,), *refusal)
    typed = page.front.get("typed", [])
    if not isinstance(typed, list) or not all(isinstance(words, str) for words in typed):
        yield Breach(page.path, ("typed",), "is no list of words", "Write typed: [some words, other words].")


_TEMPLATE_MARK = re.compile(r"\{[{%#]")
_CALL = re.compile(r'(?<!\{)\{\{ *(\w+)\(((?:"[a-z0-9-]*"(?:, *"[a-z0-9-]*")*)?)\) *\}\}(?!\})')

# What the site's Markdown makes of plain pages. Anything else was written as HTML or as an attribute list.
_TEXT_TAGS = "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd strong em code pre a img blockquote hr br div"
_TAGS = frozenset(f"{_TEXT_TAGS} table thead tbody tr th td".split())
_ATTRIBUTES = frozenset(("href", "src", "alt", "title", "id", "class", "start"))


_PARTS_OF_GUIDES = ("guide_opening", "quotation", "guide_lessons")
"""Macros that take the name of the guide page that they are on first."""

_BEGIN = re.compile(r"([-*+#>]+|\d+\.)\s+")
"""What a heading, a list item or a quoted block starts with."""


class _Call(typing.NamedTuple):
    name: str
    arguments: tuple[str, ...]
    line: int


def _calls(page: Page) -> list[_Call]:
    return [
        _Call(name, tuple(re.findall(r'"([^"]*)"', arguments)), line)
        for line, text in _lines(page)
        for name, arguments in _CALL.findall(text)
    ]


def _lines(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of a page's body, with their numbers in the file."""
    return enumerate(page.body.split("\n"), page.body_line)


def _line_with(page: Page, found: str) -> int:
    """The first line of a page that holds a text, or that on which its body starts."""
    return next((line for line, text in _lines(page) if found.casefold() in text.casefold()), page.body_line)


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text in plain data, with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*loc, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*loc, position))


def _not_plain(body: str) -> list[tuple[str, str]]:
    """What a page holds that is not plain Markdown: what is wrong, and a text to find its line by.

    The page is made into HTML just as the site makes it, and only what plain Markdown can become is let through. So
    it does not matter how something was written, or hidden.
    """
    parser = _Plain()
    parser.feed(Markdown(extensions=list(MARKDOWN_EXTENSIONS)).convert(_CALL.sub("", body)))
    parser.close()
    return parser.found


class _Plain(HTMLParser):
    """Gathers what plain Markdown cannot become."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append((f'holds HTML ("<{tag[:20]}")', f"<{tag}"))
        for name, value in attrs:
            if name not in _ATTRIBUTES:
                self.found.append((f'gives an element the attribute "{name[:20]}"', name))
            elif name in ("href", "src"):
                self._address(name, value or "")

    def _address(self, name: str, address: str) -> None:
        # As a browser reads it: without blanks and controls, and with \ as /.
        read = re.sub(r"[\x00-\x20]+", "", address).replace("\\", "/").lower()
        elsewhere = re.match(r"[a-z][\w+.-]*:|//", read)
        if elsewhere and (name == "src" or not read.startswith(SAFE_SCHEMES)):
            what = "shows a picture from" if name == "src" else "links to"
            self.found.append((f'{what} "{address[:40]}"', address))

    def handle_comment(self, _: str) -> None:
        self.found.append(("holds an HTML comment", "<!--"))

    def handle_decl(self, _: str) -> None:
        self.found.append(("holds HTML", "<!"))

    def handle_pi(self, _: str) -> None:
        self.found.append(("holds HTML", "<?"))
