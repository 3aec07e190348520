"""Hangs the hub on MkDocs. All that the hub needs of the site generator is here, and nothing of it is in macros/.

It refuses to build a collection with problems, adds the pages that exist because a record does, puts the style and the
script that every page needs into the page, makes one file of each page's modules, adds the files that these load, and
leaves out the theme's own files, since no page uses them. MkDocs and its plugins see only the text of a page, never its
front matter: they would read it by other rules than ours, and fill in template marks in a title.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros import audit, current, data_files, made_pages, search_files
from macros.collection import Collection
from macros.downloads import files as downloads
from macros.downloads import preview, take_away
from macros.exports import plain
from macros.folders import DOCS
from macros.problems import as_text
from macros.views.links import ADDRESS_VARIABLE, address
from scripts import front_end, record_pages, written_pages
from scripts.record_pages import WrittenFile
from scripts.written_pages import WrittenPage

LIVE_VARIABLE = "HUB_LIVE"
"""Set while somebody works on the hub: MkDocs then puts a script into each page, which our policy would stop."""

WORKER = "worker.js"
"""Where the script that keeps pages on a device is: at the top, since it may only see what is below it."""

HASH = 8
"""Letters of the hash in the name of a file that a browser may keep."""


def on_config(config: MkDocsConfig) -> None:
    """Stop before anything is written if the collection has a problem. Tell the macros where the hub stands."""
    os.environ[ADDRESS_VARIABLE] = config.site_url or ""
    config.theme.static_templates -= {"sitemap.xml"}  # ours has the days on which records changed
    _, problems = audit.check(current.root())
    if problems:
        raise Abort(as_text(problems))
    current.hold()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; leave out unwritten templates, the theme's bundles, and what stands in each page."""
    collection = current.sound_collection()
    _put_in_page(files, config)
    for path in made_pages.unwritten(collection):
        if (file := files.get_file_from_path(path)) is not None:
            files.remove(file)
    for path, text in made_pages.templates(collection).items():
        files.remove(files.src_uris[path])
        files.append(File.generated(config, path, content=text))
    _add_made(files, collection, config)
    ours = (config.docs_dir, *(config.theme.dirs[:1] if config.theme.custom_dir else ()))
    for file in list(files):
        if file.generated_by is None and not str(file.abs_src_path).startswith(ours):
            files.remove(file)
    _join_modules(files, config)
    _name_pictures(files, config)
    _name_pieces(config)
    written_pages.take_over(files, config, record_pages.held().converted)
    return files


def _add_made(files: Files, collection: Collection, config: MkDocsConfig) -> None:
    """Add what is made of the records: pages, data, and files to take away. Some of it is written at once."""
    calls = made_pages.calls(collection)
    for page in calls:
        files.append(WrittenFile(page, f"{address(page)}index.html", config))
    reported = record_pages.reports_kept(collection)
    files_of_data = data_files.files(collection, without=calls, reported=reported)
    for path, pieces in files_of_data:  # at once, or MkDocs would keep all in memory
        written = Path(config.site_dir, path)
        written.parent.mkdir(parents=True, exist_ok=True)
        with written.open("wb") as opened:
            opened.writelines(pieces)
        files.append(WrittenFile(path, path, config))
    for path, data in (*downloads.files(collection, reported=reported), *preview.files(collection)):
        files.append(File.generated(config, path, content=data))
    for path in chain.from_iterable(reported.values()):
        files.append(WrittenFile(path, path, config))
    for path in take_away.paths(collection):  # made of the finished pages; empty until then, so that links to them hold
        files.append(File.generated(config, path, content=b""))


def _join_modules(files: Files, config: MkDocsConfig) -> None:
    """Send one script for each page that has modules, named after the module that imports the others and a hash."""
    texts = {file.src_uri: file.content_string for file in files if file.src_uri.endswith(".js")}
    for path in texts:
        files.remove(files.src_uris[path])
    files.append(File.generated(config, WORKER, content=rjsmin.jsmin(texts[config.extra["worker"]])))
    components = config.extra["components"].values()
    for path in {component["script"]: None for component in components}:
        try:
            script = rjsmin.jsmin(front_end.joined(path, texts.__getitem__))
        except front_end.CannotJoin as error:
            raise Abort(str(error)) from None
        named = _named(path, script.encode())
        files.append(File.generated(config, named, content=script))
        for component in components:
            if component["script"] == path:
                component["script"] = named


def _name_pictures(files: Files, config: MkDocsConfig) -> None:
    """Name the icon and the pictures of pages after what is in them: hosts are told that assets/ never changes."""
    for file in files:
        if file.src_uri.startswith("assets/") and file.generated_by is None:
            file.dest_uri = _named(file.src_uri, file.content_bytes)
    config.extra["icon"] = files.src_uris[config.extra["icon"]].dest_uri


def _name_pieces(config: MkDocsConfig) -> None:
    """Tell the page that asks for the index, which is written by now, of what pieces that is."""
    for component in config.extra["components"].values():
        if first := component.get("asks_for"):
            component["pieces"] = search_files.starts(Path(config.site_dir, first).read_text(encoding="utf-8"))


def _named(path: str, data: bytes) -> str:
    """The name of a file with a hash of what is in it, so that a browser may keep it for ever."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{sha256(data).hexdigest()[:HASH]}{dot}{ending}"


def _put_in_page(files: Files, config: MkDocsConfig) -> None:
    """Take the stylesheets and the scripts out of the site and into every page, and let the policy pass just them."""

    def take(paths: Iterable[object]) -> str:
        taken = [files.src_uris[str(path)] for path in paths]
        for file in taken:
            files.remove(file)
        return "".join(file.content_string for file in taken)

    style, script = rcssmin.cssmin(take(config.extra_css)), rjsmin.jsmin(take(config.extra_javascript))
    styles = " ".join(f"'{hash_}'" for hash_ in (_hash(style), *config.extra["instruments"]))
    policy = f"{config.extra['policy']}; style-src 'self' {styles}; script-src 'self' '{_hash(script)}'"
    config.extra |= {"style": style, "script": script, "policy": "" if os.environ.get(LIVE_VARIABLE) else policy}


def _hash(text: str) -> str:
    """A text as a policy names it. See https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """The text of a page below its front matter. The empty line keeps MkDocs from taking its first line for such."""
    if page.file.generated_by is not None:
        return None
    written = current.sound_collection().pages.get(f"{DOCS}/{page.file.src_uri}")
    return f"\n{written.body}" if written else None


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Give the page's template its title and summary in plain words, its linked data, and where it has moved."""
    page.meta = record_pages.meta(current.sound_collection(), page.file.src_uri)
    return context


def on_post_page(output: str, page: WrittenPage, config: MkDocsConfig) -> None:
    """Write the plain text of a page beside it."""
    twin = Path(page.file.abs_dest_path).with_name(plain.TWIN)
    twin.parent.mkdir(parents=True, exist_ok=True)
    twin.write_text(page.plain(output), encoding="utf-8", newline="")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep what fills in the frame of a page, for the pages of records."""
    config.extra["frame"] = env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages of records into the site."""
    record_pages.write(current.sound_collection(), config, config.extra["frame"])
