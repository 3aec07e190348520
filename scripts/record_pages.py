"""Writes the pages that are there because a record is. MkDocs knows their addresses, and does not read their texts.

Such a page is HTML already, so it needs no Markdown, no macro of a page, and no look at each of its links. It is put
into the same frame as every other page (overrides/main.html), on all cores. In a large hub nearly every page is such,
so those of a case study that has not changed, and the lists that would show the same, are taken over from the site
before.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from macros import checks, made_pages, pages
from macros.collection import Collection, read_case
from macros.downloads import preview
from macros.exports import citing, linked, plain, works
from macros.problems import Problem
from macros.views import gripp2, moves
from macros.views.links import address, case_page, full_address
from scripts.manifest import Manifest
from scripts.written_pages import Converted

_PAGES_FOR_A_PROCESS = 250
"""Fewer than this are written sooner than another process starts."""


class WrittenFile(File):
    """A page or another file as pages link to it. The hub writes it into the site by itself."""

    generated_by = "hub"
    inclusion = InclusionLevel.INCLUDED
    src_dir = None

    def __init__(self, path: str, to: str, config: MkDocsConfig) -> None:
        """Know it by its path below docs/, and where it goes below the top of the site.

        What MkDocs does here besides is to look which of its parts a path has, for a system that writes paths with
        another slash. For 90,000 pages that takes longer than all that is done with them later.
        """
        self.src_uri, self.dest_uri = path, to
        self.dest_dir, self.use_directory_urls = config.site_dir, config.use_directory_urls

    def is_documentation_page(self) -> bool:
        """Not one that MkDocs is to read and to write."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002  (MkDocs' own)
        """Nothing: the hub does it."""


@dataclass(frozen=True)
class Framed:
    """What the frame is told of a page: the part of MkDocs' own pages that it reads."""

    url: str
    meta: Mapping[str, Any]
    content: str


@dataclass(frozen=True)
class Before:
    """What of the site before still holds."""

    manifest: Manifest
    unchanged: frozenset[str]
    """Slugs of case studies."""
    lists: Mapping[str, str]
    """The mark of each page of a list of lessons or of case studies."""
    only_cases_changed: bool
    """Whether all else is the same, so that pages that show nothing of case studies hold too."""
    kept: set[str]
    """Filled with the folders, below the top of the site, whose files are taken over: they stay where they are."""
    converted: Converted
    """What written pages became."""

    def keep(self, page: str) -> bool:
        """Take over the folder of a page, which has all that is made of the same record, and nothing else.

        Returns: whether it is; no file of it is if one is not what the list says.
        """
        folder = address(page).rstrip("/")
        if folder not in self.kept and self.manifest.still_has_folder(folder):
            self.kept.add(folder)
        return folder in self.kept


@dataclass(frozen=True)
class _Work:
    """What every process needs."""

    collection: Collection
    config: MkDocsConfig
    frame: Environment
    to: Path
    builder: int
    """The process that started the others."""


def meta(collection: Collection, page: str) -> dict[str, Any]:
    """What stands in the head of a page: title and summary in plain words, and what only programs read."""
    moved = moves.pages(collection).get(page)
    return {
        "title": made_pages.titles(collection)[page],
        "summary": made_pages.summaries(collection).get(page),
        "linked_data": linked.of_page(collection, page),
        "address": full_address(page),
        "preview": full_address(preview.of_page(collection, page)),
        "moved_to": get_relative_url(address(moved.to), address(page)) if moved and not moved.retired else None,
    }


def hold(known: Before) -> None:
    """Keep what is known of the site before for the build that follows.

    It does not stand in MkDocs' settings, since a plugin writes all of those out as text, a million files too.
    """
    _before[:] = [known]


def held() -> Before:
    """What is known of the site before."""
    return _before[0]


_before: list[Before] = []


def write(collection: Collection, config: MkDocsConfig, frame: Environment) -> None:
    """Write every such page, and its plain text beside it, into the site that MkDocs has built.

    Args: `frame`, what fills in overrides/main.html.
    """
    work, of_before = _Work(collection, config, frame, Path(config.site_dir), os.getpid()), held()
    _last[:] = [work]
    same = set(filter(of_before.keep, _unchanged(collection, of_before)))
    todo = [page for page in made_pages.calls(collection) if page not in same]
    processes = min(os.cpu_count() or 1, len(todo) // _PAGES_FOR_A_PROCESS)
    if processes < 2 or sys.platform != "linux":  # elsewhere a new process would have to read everything again
        _write_some(work, todo)
        return
    # What all pages share is made once, before the processes part.
    _write_some(work, todo[:1])
    running = multiprocessing.get_context("fork")
    children = [running.Process(target=_write_some, args=(work, part)) for part in _parts(todo[1:], processes)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise BuildError("A process that wrote pages ended before its time. What it said last stands above.")


_last: list[_Work] = []
"""What the last build of this process needed."""


def write_again(slug: str, to: Path) -> list[Problem]:
    """Write the pages of one case study as its file is now, into the site that this process built last.

    They are made of a collection that has this case study alone, since they show nothing of the others.
    Returns: what is wrong with the file by itself; then nothing is written.
    """
    work = _last[0]
    case, problems = read_case(work.collection, slug)
    if case is None or problems:
        return problems
    alone = replace(work.collection, cases={slug: case})
    if broken := checks.broken(alone, checks.OF_A_CASE):
        return broken
    _write_some(replace(work, collection=alone, to=to), pages_of(alone, {slug}))
    return []


def pages_of(collection: Collection, slugs: Container[str]) -> list[str]:
    """The pages that show nothing of the collection's case studies and guide topics but one of these."""
    calls = made_pages.calls(collection).items()
    return [page for page, (macro, *names) in calls if macro in ("case_study", "lesson") and names[0] in slugs]


def _unchanged(collection: Collection, before: Before) -> Iterator[str]:
    """The pages that would be the same as in the site before."""
    yield from pages_of(collection, before.unchanged)
    if before.only_cases_changed:
        yield from pages_of(collection, collection.guides)
        for page, mark in made_pages.marks_of_lists(collection).items():
            if before.lists.get(page) == mark:
                yield page


def reports_kept(collection: Collection) -> dict[str, tuple[str, ...]]:
    """The files that say how a case study was reported, by its slug, where they are taken over."""
    same = (slug for slug in collection.cases if slug in held().unchanged and held().keep(case_page(slug)))
    return {slug: tuple(gripp2.path(slug, ending) for _, ending in gripp2.FILES) for slug in same}


def _paths(collection: Collection, page: str) -> tuple[str, ...]:
    """What is written for a page, below the top of the site: itself, its plain text, and any citations."""
    url = address(page)
    cited = citing.paths_of_page(page) if works.of_page(collection, page) else ()
    return (f"{url}index.html", f"{url}{plain.TWIN}", *cited)


def _parts(todo: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    return (todo[start::count] for start in range(count))


def _write_some(work: _Work, todo: Sequence[str]) -> None:
    calls = made_pages.calls(work.collection)
    template = work.frame.get_template("main.html")
    for page in todo:
        if work.builder not in (os.getpid(), os.getppid()):
            sys.exit("The build that this process wrote pages for was stopped.")
        macro, *names = calls[page]
        url = address(page)
        content = pages.MACROS[macro](work.collection, *names)
        framed = Framed(url, meta(work.collection, page), content)
        text = template.render(page=framed, config=work.config, base_url=get_relative_url(".", url))
        (work.to / url).mkdir(parents=True, exist_ok=True)
        cited = (citation for _, citation in citing.files_of_page(work.collection, page))
        for path, said in zip(_paths(work.collection, page), (text, plain.text(text), *cited), strict=True):
            (work.to / path).write_text(said, encoding="utf-8", newline="")
