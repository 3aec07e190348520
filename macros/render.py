"""From a view to the text of a page: the Jinja environment, the one escape, `render(partial, view)`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from macros import text
from macros.views.lessons import LessonCard
from macros.views.links import relative

PARTIALS = Path(__file__).parent / "partials"

# What Markdown or HTML would take for markup anywhere in a line, and what only at its start.
_ANYWHERE = re.compile(r'[&<>"*_{}\[\]\\`|#]')
_BLANKS = re.compile(r"\s+")
_AT_START = re.compile(r"^\s*(?:[-+=:~!^]|\d+(?=[.)]))")


def render(partial: str, view: object, here: str = "") -> str:
    """A page's text, or part of it, in Markdown or HTML; or another kind of text, which is filled in as it is.

    Args: `partial`, a file's name in macros/partials; `view`, what that file says it is given; `here`, the page that
    the text is for, below docs/, so that links can start from it.
    Raises: `jinja2.UndefinedError` if the partial reads what the view has not.
    """
    return (
        _environment(is_page=partial.endswith((".md.jinja", ".html.jinja")))
        .get_template(partial)
        .render(view=view, here=here)
    )


def fill(partial: str, view: object) -> str:
    """A file in XML, filled in by a partial whose name says so; everything that is printed is escaped for XML."""
    return _xml().get_template(partial).render(view=view)


def fill_typst(partial: str, view: object, literal: Callable[[object], object]) -> str:
    """A file in Typst's language, filled in by a partial; everything that is printed goes through `literal`."""
    environment = Environment(
        loader=FileSystemLoader(PARTIALS),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=literal,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(partial).render(view=view)


@cache
def _xml() -> Environment:
    return Environment(
        loader=FileSystemLoader(PARTIALS),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def escape(value: object) -> Markup:
    """Plain text as Markdown that shows just that text, on one line. What is markup already stays.

    This is applied to everything that a partial prints, so that no partial can forget it.
    """
    if isinstance(value, Markup):
        return value
    line = _ANYWHERE.sub(_entity, _BLANKS.sub(" ", str(value)))
    return Markup(_AT_START.sub(lambda match: "".join(f"&#{ord(mark)};" for mark in match[0]), line))  # noqa: S704  (that is the escape)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _prose(prose: str) -> Markup:
    """A prose text as HTML from the allow-list of `macros.text`."""
    return Markup(text.to_html(prose).strip())  # noqa: S704  (to_html lets only its own tags through)


@pass_context
def _link(context: Context, page: str) -> Markup:
    """A page below docs/ (or a web address) as the target of a Markdown link from `here`."""
    if re.match(r"https?://", page):
        target = page.replace("(", "%28").replace(")", "%29")
    else:
        path, mark, anchor = page.partition("#")
        target = _from_folder(posixpath.dirname(context["here"]), path) + mark + anchor
    escaped = str(escape(target)).replace("&#35;", "#")  # the one sign that a target needs as it is
    return Markup(escaped)  # noqa: S704  (escaped)


def _from_folder(folder: str, path: str) -> str:
    """A path from a folder, both below docs/. They hold no dots, so this is sooner made than by `posixpath.relpath`."""
    here, there = folder.split("/") if folder else [], path.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        del here[0], there[0]
    return "/".join([*[".."] * len(here), *there])


@pass_context
def _href(context: Context, page: str) -> Markup:
    """A page below docs/ (or a file of the site, or a web address) as the target of a link in HTML from `here`."""
    here = context["here"]
    if re.match(r"https?://", page):
        target = page
    elif here == _ANYWHERE_ON_SITE:
        target = _ANYWHERE_ON_SITE + relative(page, "index.md")
    else:
        target = relative(page, here)
    return Markup(html.escape(target))  # noqa: S704  (escaped)


_ANYWHERE_ON_SITE = "\0"
"""As the page that a text is for: links then start with it, and get their beginning once the page is known."""


@pass_context
def _card(context: Context, card: LessonCard) -> Markup:
    """A lesson in a list. It stands in some ten lists, and is made once for all but its own case study's page."""
    here = context["here"]
    if card.home.page == here:
        return _made_card(context.environment, card, here)
    made = _card_anywhere(context.environment, card)
    return Markup(made.replace(_ANYWHERE_ON_SITE, relative("", here).removeprefix("./")))  # noqa: S704  (a partial's own output)


@lru_cache(maxsize=500_000)
def _card_anywhere(environment: Environment, card: LessonCard) -> Markup:
    return _made_card(environment, card, _ANYWHERE_ON_SITE)


def _made_card(environment: Environment, card: LessonCard, here: str) -> Markup:
    return Markup(environment.get_template("lesson_card.html.jinja").render(card=card, here=here))  # noqa: S704  (a partial's own output)


@pass_context
def _cite(context: Context, source: object) -> Markup:
    """Where a statement comes from (`links.Cited`), in a line."""
    return Markup(context.environment.get_template("cite.html.jinja").render(source=source, here=context["here"]))  # noqa: S704  (a partial's own output)


@pass_context
def _links(context: Context, links: object) -> Markup:
    """Links (`links.Link`) in a row."""
    return Markup(context.environment.get_template("links.html.jinja").render(links=links, here=context["here"]))  # noqa: S704  (a partial's own output)


@cache
def _environment(*, is_page: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PARTIALS),
        undefined=StrictUndefined,
        autoescape=is_page,  # noqa: S701  (the blank YAML file is no HTML)
        finalize=escape if is_page else None,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": _prose,
        "link": _link,
        "href": _href,
        "card": _card,
        "cite": _cite,
        "links": _links,
    }
    return environment
