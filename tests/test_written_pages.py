"""Pages that are written in Markdown: taken over while nothing in them changes, and told of each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from scripts import written_pages
from scripts.written_pages import Converted, WrittenPage
from tests.conftest import copy_of_project, hub
from tests.test_publishing import change

ONE = "# One *word*\n\n## A part {: #part }\n\n### Within\n\n[Two](two.md#there), [this](#part), [none](two.md#lost)\n"
TWO = "# Two\n\n## There\n"
MARK = "taken over from the build before"


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A site of two pages."""
    (tmp_path / "docs").mkdir()
    for name, text in (("one.md", ONE), ("two.md", TWO)):
        (tmp_path / "docs" / name).write_text(text)
    (tmp_path / "mkdocs.yml").write_text("site_name: Two\nmarkdown_extensions: [attr_list, toc]\n")
    return load_config(str(tmp_path / "mkdocs.yml"))


def rendered(config: MkDocsConfig, converted: Converted) -> WrittenPage:
    """The first page, as MkDocs makes it."""
    files = get_files(config)
    written_pages.take_over(files, config, converted)
    page = files.src_uris["one.md"].page
    assert isinstance(page, WrittenPage)
    page.read_source(config)
    page.render(config, files)
    return page


def told(page: Page) -> tuple[object, ...]:
    links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
    return page.content, page.title, str(page.toc), page.present_anchor_ids, links


def test_a_page_that_is_taken_over_is_to_mkdocs_as_one_that_is_made(
    config: MkDocsConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = get_files(config)
    plain = Page(None, files.src_uris["one.md"], config)
    plain.read_source(config)
    plain.render(config, files)
    first = Converted("mark", written_pages.read(tmp_path / "site"))
    made = rendered(config, first)
    written_pages.write(tmp_path / "site", first)
    monkeypatch.setattr(Page, "render", None)  # so that whatever is made anew fails
    taken = rendered(config, Converted("mark", written_pages.read(tmp_path / "site")))
    assert told(taken) == told(made) == told(plain)
    assert next(iter(taken.toc)).children[0].children[0].title == "Within"


@pytest.mark.parametrize("what", ["its text", "another file", "something else"])
def test_a_page_is_made_anew_when_what_it_shows_may_be_another(config: MkDocsConfig, what: str) -> None:
    first = Converted("mark", {})
    rendered(config, first)
    spoilt = {name: known | {"content": MARK} for name, known in first.now.items()}
    assert rendered(config, Converted("mark", spoilt)).content == MARK
    docs = Path(config.docs_dir)
    if what == "its text":
        (docs / "one.md").write_text(ONE + "More.\n")
    elif what == "another file":
        (docs / "two.md").rename(docs / "three.md")
    others = "another mark" if what == "something else" else "mark"
    assert rendered(config, Converted(others, spoilt)).content != MARK


def test_the_plain_text_is_that_of_the_finished_page(config: MkDocsConfig) -> None:
    first = Converted("mark", {})
    assert rendered(config, first).plain("<main><p>As it was</p></main>") == "As it was\n"
    spoilt = {name: known | {"plain": MARK} for name, known in first.now.items()}
    page = rendered(config, Converted("mark", spoilt))
    assert page.plain("<main><p>As it was</p></main>") == MARK
    assert page.plain("<main><p>As it is</p></main>") == "As it is\n"


@pytest.mark.parametrize("text", [None, "", "[", "[]"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        written_pages.kept_beside(tmp_path / "site").write_text(text)
    assert written_pages.read(tmp_path / "site") == {}


def test_a_build_takes_pages_over_and_is_told_of_a_broken_link_each_time(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    assert hub("build", root=root).returncode == 0
    kept = written_pages.kept_beside(root / "site")
    known = json.loads(kept.read_text())
    known["privacy.md"]["content"] = MARK
    kept.write_text(json.dumps(known))
    change(root, "Newly ")
    assert hub("build", root=root).returncode == 0
    assert MARK in (root / "site/privacy/index.html").read_text()
    page = root / "docs/privacy.md"
    page.write_text(page.read_text() + "\n[nowhere](no-such-page.md)\n")
    for _ in range(2):
        assert "no-such-page.md" in hub("build", root=root).stderr
