"""Hangs the hub on MkDocs. All that the hub needs of the site generator is here, and nothing of it is in macros/.

It refuses to build a collection with problems, adds the pages that exist because a record does, joins the stylesheets
into one, and leaves out the theme's own files, since no page uses them. MkDocs and its plugins see only the text of a
page, never its front matter: they would read it by other rules than ours, and fill in template marks in a title.
"""

from __future__ import annotations

import os
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros import checks, pages
from macros.collection import DOCS
from macros.problems import as_text

STYLESHEET = "assets/hub.css"

LIVE_VARIABLE = "HUB_LIVE"
"""Set while somebody works on the hub: MkDocs then puts a script into each page, which our policy would stop."""


def on_config(config: MkDocsConfig) -> None:
    """Stop before anything is written if the collection has a problem."""
    _, problems = checks.check(pages.root(), pages.MACROS)
    if problems:
        raise Abort(as_text(problems))
    if os.environ.get(LIVE_VARIABLE):
        config.extra["policy"] = ""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages and the one stylesheet; leave out unwritten templates and the theme's bundles."""
    collection = pages.sound_collection()
    styles = [files.src_uris[str(path)] for path in config.extra_css]
    files.append(File.generated(config, STYLESHEET, content="".join(style.content_string for style in styles)))
    for style in styles:
        files.remove(style)
    config.extra_css = [STYLESHEET]
    for path in pages.unwritten(collection):
        if (file := files.get_file_from_path(path)) is not None:
            files.remove(file)
    for path, text in pages.generated(collection).items():
        files.append(File.generated(config, path, content=text))
    ours = (config.docs_dir, *(config.theme.dirs[:1] if config.theme.custom_dir else ()))
    for file in list(files):
        if file.generated_by is None and not str(file.abs_src_path).startswith(ours):
            files.remove(file)
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """The text of a page below its front matter. The empty line keeps MkDocs from taking its first line for such."""
    written = pages.sound_collection().pages.get(f"{DOCS}/{page.file.src_uri}")
    return f"\n{written.body}" if written else None


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Give the page's template its title and summary, in plain words."""
    collection = pages.sound_collection()
    page.meta = {
        "title": pages.titles(collection)[page.file.src_uri],
        "summary": pages.summaries(collection).get(page.file.src_uri),
    }
    return context
