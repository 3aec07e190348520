"""The built site, as files: whole, sound, and sending nobody elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from mkdocs.config import load_config

from macros import made_pages
from macros.collection import FACETS, Collection
from tests.conftest import ROOT

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Read(HTMLParser):
    """What a page holds."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    text: str = ""
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            elif tag == "a" and name == "href":
                self.links.append(value or "")
            elif name in ("src", "srcset", "href", "data", "poster"):
                self.loads.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += data


@cache
def _read(path: Path) -> Read:
    page = Read()
    page.feed(path.read_text(encoding="utf-8"))
    return page


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, Read]:
    """Every page by its address from the top of the site."""
    return {
        "/" + path.relative_to(site).as_posix().removesuffix("index.html"): _read(path) for path in site.rglob("*.html")
    }


def test_every_link_and_anchor_leads_somewhere(html: dict[str, Read], site: Path) -> None:
    for address, page in html.items():
        for link in page.links:
            parts = urlsplit(urljoin(f"http://here{address}", link))
            if parts.netloc == "here":
                assert unquote(parts.path) in html or (site / parts.path[1:]).is_file(), f"{address} links to {link}"
                if parts.fragment:
                    assert parts.fragment in html[parts.path].ids, f"{address} links to {link}"


def test_links_out_are_safe_and_go_where_a_source_or_a_page_says(html: dict[str, Read], real: Collection) -> None:
    named = {source.url for source in real.sources} | {f"https://doi.org/{source.doi}" for source in real.sources}
    written = "".join(page.body for page in real.pages.values())
    for address, page in html.items():
        for link in page.links:
            assert urlsplit(link).scheme in ("", "https"), f"{address} links to {link}"
            if link.startswith("https"):
                assert unquote(link) in named or f"]({link})" in written, f"{address} links to {link}"


def test_nothing_is_loaded_from_elsewhere(html: dict[str, Read]) -> None:
    for address, page in html.items():
        for load in page.loads:
            assert urlsplit(load)[:2] == ("", ""), f"{address} loads {load}"


def test_nothing_of_the_theme_is_sent_and_a_page_holds_one_script_and_one_style(
    site: Path, html: dict[str, Read]
) -> None:
    sent = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in (".css", ".js")}
    components = load_config(str(ROOT / "mkdocs.yml")).extra["components"].values()
    assert {re.sub(r"\.[0-9a-f]{8}(?=\.js$)", "", path) for path in sent} == {
        *(component["script"] for component in components),
        "worker.js",
    }
    for address, page in html.items():
        data = page.attributes.count(("type", "application/ld+json"))
        assert page.tags.count("script") - data == page.tags.count("style") == 1, address
        assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("style", "markdown")], (
            address
        )


def test_pages_are_well_made(html: dict[str, Read]) -> None:
    for address, page in html.items():
        assert page.tags.count("h1") == 1, address
        assert page.tags.count("main") == 1, address
        assert len(page.ids) == len(set(page.ids)), f"{address}: an id stands twice"
        assert not page.unbalanced, f"{address}: {page.unbalanced}"
        assert not page.open, f"{address}: {page.open}"


def test_every_page_is_valid_html(site: Path) -> None:
    """By the steps of the HTML standard: https://html.spec.whatwg.org/multipage/parsing.html."""
    for path in site.rglob("*.html"):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(path.read_text(encoding="utf-8"))


def test_the_way_to_the_content_is_short(html: dict[str, Read]) -> None:
    """A skip link comes first, and at most 12 stops come before the content."""
    for address, page in html.items():
        before = page.tags[: page.tags.index("main")]
        assert page.links[0] == "#main", address
        assert sum(before.count(tag) for tag in ("a", "input", "button", "summary")) <= 12, address


def test_every_page_leads_to_help_accessibility_and_privacy(html: dict[str, Read]) -> None:
    for address, page in html.items():
        there = {urlsplit(urljoin(f"http://here{address}", link)).path for link in page.links}
        assert there >= {"/support/", "/accessibility/", "/privacy/", "/easy-read/"}, address


def test_titles_are_unique(html: dict[str, Read]) -> None:
    titles = [page.title for address, page in html.items() if address != "/404.html"]
    assert len(titles) == len(set(titles)), [title for title in titles if titles.count(title) > 1]


def test_no_template_mark_is_left_over(html: dict[str, Read]) -> None:
    for address, page in html.items():
        if not address.startswith("/maintain/"):
            for mark in ("{{", "{%", "{:", "]("):
                assert mark not in page.text, f"{address}: {mark}"


def test_a_page_is_there_for_every_record(real: Collection, html: dict[str, Read]) -> None:
    for path in made_pages.generated(real):
        assert f"/{path.removesuffix('.md')}/" in html
    for slug in real.guides:
        assert f"/guide/{slug}/" in html


def test_every_case_study_file_has_a_page_and_every_page_a_file(site: Path) -> None:
    files = {path.stem for path in (ROOT / "case_studies").glob("*.yml")}
    assert files == {path.parent.name for path in (site / "case-studies").glob("*/index.html")}


def test_the_list_of_lessons_holds_every_lesson_without_script(real: Collection, html: dict[str, Read]) -> None:
    text = " ".join(html["/lessons/"].text.split())
    for _, path, record in real.with_lessons:
        for lesson in record.lessons:
            assert lesson.lesson in text, f"{path}: {lesson.id}"


def test_counts_beside_values_are_true(html: dict[str, Read]) -> None:
    beside = dict(re.findall(r"([^\n]+) \((\d+) lessons?\)", html["/lessons/"].text))
    assert len(beside) > 30
    for address, page in html.items():
        parts = address.split("/")
        if address.startswith("/lessons/") and len(parts) == 5 and parts[2] in FACETS:
            shown = [
                value for name, value in page.attributes if name == "class" and value.startswith("lesson lesson--")
            ]
            label = page.title.rpartition(" \u2013 ")[0].partition(": ")[2]
            assert int(beside[label]) == len(shown), address
            heading = f"{len(shown)} lesson{'s' * (len(shown) != 1)}"
            assert heading in [line.strip() for line in page.text.splitlines()], address


def test_what_the_source_leaves_open_is_said_in_words(real: Collection, html: dict[str, Read]) -> None:
    for slug, case in real.cases.items():
        text = html[f"/case-studies/{slug}/"].text
        assert "What the source does not say" in text
        assert all(" ".join(unknown.split()) in " ".join(text.split()) for unknown in case.unknowns)
        if case.funder == "not reported":
            assert "Not reported" in text
