"""The text of a template: a small part of Markdown, with places for fields and tables, as blocks for every format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("zero").enable(["heading", "blockquote", "list", "emphasis", "escape", "link", "newline"])
_PLACE = re.compile(r"^\[(field|table): ([^\]]*)\]$")


@dataclass(frozen=True)
class Run:
    """A piece of a line that looks one way."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """A part of the text. What it holds depends on its kind."""

    kind: Literal["heading", "paragraph", "items", "steps", "guidance", "field", "table"]
    line: int
    """Its line in the text, from 0."""
    lines: tuple[Runs, ...] = ()
    """The heading, the paragraph, the items, or the paragraphs of guidance."""
    level: int = 0
    """Of a heading: 2 to 4."""
    id: str = ""
    """Of a field or table."""

    @property
    def runs(self) -> Runs:
        """All it says."""
        return tuple(run for line in self.lines for run in line)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a template's text, in order. What Markdown has beyond the part above stays as it was typed."""
    return tuple(_blocks(_MARKDOWN.parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = next(place for place in range(at, len(tokens)) if _closes(tokens[place], token))
        inner = [inline for inline in tokens[at:end] if inline.type == "inline"]
        lines = tuple(tuple(_runs(inline.children or [])) for inline in inner)
        line = token.map[0] if token.map else 0
        match token.type:
            case "heading_open":
                yield Block("heading", line, lines, level=int(token.tag[1:]))
            case "paragraph_open" if place := _PLACE.match(inner[0].content.strip()):
                yield Block("field" if place[1] == "field" else "table", line, id=place[2])
            case "paragraph_open":
                yield Block("paragraph", line, lines)
            case "blockquote_open":
                yield Block("guidance", line, lines)
            case "bullet_list_open":
                yield Block("items", line, lines)
            case "ordered_list_open":
                yield Block("steps", line, lines)
        at = end + 1


def _closes(token: Token, opening: Token) -> bool:
    return token.type == opening.type.replace("_open", "_close") and token.level == opening.level


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    strong = emphasis = False
    href = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong = token.nesting > 0
            case "em_open" | "em_close":
                emphasis = token.nesting > 0
            case "link_open":
                href = str(token.attrGet("href"))
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                yield Run(" ", strong, emphasis, href)
            case _ if token.content:
                yield Run(token.content, strong, emphasis, href)
