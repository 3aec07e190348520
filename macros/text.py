"""What a person's text may hold, and how it becomes HTML.

Two kinds of text: a *line* (plain words, nothing is markup) and *prose* (paragraphs, lists, *emphasis* and links).
Everything a contributor writes is one of the two. Prose goes through markdown-it with an allow-list of rules and raw
HTML off, so what is not on the list is shown as the characters that were typed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt

SAFE_SCHEMES = ("https://", "http://", "mailto:")

# Controls, and marks that nobody sees or that reorder text, so that text reads otherwise than it is stored.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    r"\U000e0000-\U000e007f]"
)
_HTML = re.compile(r"<\s*[a-zA-Z/!?]")
_IMAGE = re.compile(r"!\[")
_PATTERNS = (
    (HIDDEN, "holds a hidden character", "Delete it, or type the words again."),
    (_HTML, "holds HTML", "Write plain words; for less-than, leave a space after <."),
    (_IMAGE, "holds a picture", "Describe the picture in words."),
)
"""What no text may hold: what it looks like, what it is, and what to do instead."""


class _Markdown(MarkdownIt):
    """markdown-it would drop a link it finds unsafe without a word; we want to see it, and refuse it by name."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (its name there)
        return bool(url)


_PROSE = _Markdown("zero").enable(["emphasis", "escape", "link", "list", "newline"])


class Refusal(NamedTuple):
    """Why a text is not taken, and what to write instead."""

    wrong: str
    advice: str


def refusals(text: str) -> Iterator[Refusal]:
    """Everything in a text that the hub does not take.

    Args: `text`, a line or prose, as typed.
    Yields: one `Refusal` for each kind of thing found.
    Rule: `Bad input` in docs/maintain/records.md.
    """
    for pattern, wrong, advice in _PATTERNS:
        if found := pattern.search(text):
            yield Refusal(f"{wrong}{_shown(pattern, text, found.start())}", advice)
    for address in links(text):
        if not address.lower().startswith(SAFE_SCHEMES):
            yield Refusal(
                f'links to "{address[:40]}"',
                "Start a link with https://; to point at another page here, use `guides` or `templates`.",
            )


def _shown(pattern: re.Pattern[str], text: str, start: int) -> str:
    """What was found, as somebody can look for it."""
    if pattern is HIDDEN:
        return f" (U+{ord(text[start]):04X})"
    return "" if pattern is _IMAGE else ' ("{}")'.format(text[start : start + 12].partition("\n")[0])


def patterns() -> list[dict[str, str]]:
    """What no text may hold, for a page's script: the patterns as JavaScript writes them."""
    return [
        {"pattern": re.sub(r"\\U0*([0-9a-f]+)", r"\\u{\1}", pattern.pattern), "wrong": wrong, "advice": advice}
        for pattern, wrong, advice in _PATTERNS
    ]


def links(text: str) -> list[str]:
    """The addresses of the links in a prose text, in order."""
    if "](" not in text:
        return []
    tokens = (child for block in _PROSE.parse(text) for child in block.children or ())
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


def to_html(prose: str) -> str:
    """HTML of a prose text: p, ul, ol, li, strong, em, br, a and nothing else.

    Braces become entities, so that no template engine that sees the page afterwards takes them for its own.
    """
    html: str = _PROSE.render(prose)
    return html.replace("{", "&#123;").replace("}", "&#125;")


def nearest(given: str, choices: Iterable[str]) -> str:
    """Advice for a value that is none of the choices: the one that was probably meant, or all of them if few."""
    choices = sorted(choices)
    if match := difflib.get_close_matches(given.casefold(), choices, n=1, cutoff=0.55):
        return f'Did you mean "{match[0]}"?'
    if not choices:
        return "There is none yet."
    few = 14
    return f"Use one of: {', '.join(choices[:few])}{' …' if len(choices) > few else '.'}"


_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "'": "", "\u2019": ""}
)


def slug_of(title: str, longest: int = 60) -> str:
    """A title as a short name: letters without accents, digits and hyphens. Empty if a letter would be lost."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    if any(mark.isalnum() and not mark.isascii() for mark in plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].rstrip("-")


def plain(markdown: str) -> str:
    """A Markdown text of the hub as it is read out: no marks, no addresses."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]|^\s*(?:[-*]|\d+\.)\s+|\\(?=[^\w\s])", re.MULTILINE)
