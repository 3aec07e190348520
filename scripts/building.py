"""Building the site, and serving it while somebody works on it."""

from __future__ import annotations

import datetime
import gc
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from macros import collection as files
from macros import current, kept, made_pages
from macros.downloads import take_away
from scripts import hosting, listing, manifest, publishing, record_pages, sealing, twin, written_pages
from scripts.manifest import MadeOf, Manifest
from scripts.mkdocs_adapter import LIVE_VARIABLE
from scripts.record_pages import Before
from scripts.sealing import Changes
from scripts.written_pages import Converted

_SHOW = ("HUB_ADDRESS", LIVE_VARIABLE)
"""Variables that show in a page."""
_DATE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, from which programs take the date. See https://reproducible-builds.org/specs/source-date-epoch/."""

_MOST_TRIES = 3
_LOOK_FOR_GARBAGE = (100_000, 50, 100)
"""How seldom, as `gc.set_threshold` takes it: Python's own figures cost a tenth of a build after a change."""


@dataclass(frozen=True)
class Built:
    """What a build came to."""

    pages: int
    is_new: bool
    """Whether the site was built; if not, the one that is there was made of the same files."""


class BuildFailed(Exception):
    """The site was not built. Its text says why; the site that was there stays as it was."""


def build(root: Path, to: Path, *, fresh: bool = False) -> Built:
    """Build the site below `root` into the folder `to`, which is replaced as a whole or not at all.

    Args: `fresh`, whether to make everything anew, even if the site that is there was made of the same files.
    Raises: `BuildFailed` with the problems, or with what MkDocs said. A warning counts as a failure.
    """
    os.environ[current.ROOT_VARIABLE] = str(root)
    # The theme and its plugins print advice about their own future, which is no news to whoever builds the hub.
    os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    _refuse_to_overwrite(to)
    # To look for what nobody refers to any more takes long where so much is kept, and finds little in a single build.
    gc.set_threshold(*_LOOK_FOR_GARBAGE)
    try:
        with publishing.beside(to) as folder:
            if fresh:
                kept.forget()
            is_anew = fresh or LIVE_VARIABLE in os.environ
            before = manifest.nothing(to) if is_anew else manifest.read(to)
            for _ in range(_MOST_TRIES):
                made_of = _made_of(root)
                if before.is_whole(made_of):
                    return Built(listing.pages(before.files.lines.values()), is_new=False)
                before = twin.ready(before)
                converted = Converted(made_of.others, {} if fresh else written_pages.read(to))
                made = folder / "site"
                with _dated(root):
                    changes = _make(root, made, before, made_of, converted)
                if _made_of(root) == made_of:
                    _publish(made, to, folder, before, changes)
                    written_pages.write(to, converted)
                    return Built(changes.pages, is_new=True)
                shutil.rmtree(made)
    except publishing.Busy as busy:
        raise BuildFailed(str(busy)) from None
    raise BuildFailed("Files changed while the site was built, each time. Build again when nobody writes them.")


def _make(root: Path, site: Path, before: Manifest, made_of: MadeOf, converted: Converted) -> Changes:
    """Everything that is in a site, but for what is kept of the one before, in a folder that nobody reads yet."""
    only_cases = before.made_of.others == made_of.others
    folders: set[str] = set()
    known = Before(before, before.unchanged(made_of), before.lists, only_cases, folders, converted)
    _run_mkdocs(root / "mkdocs.yml", site, known)
    if os.environ.get(LIVE_VARIABLE):  # whoever works on a page need not wait for what is made of all pages
        return sealing.unsealed(site)
    collection = current.sound_collection()
    if take_away.offers(collection):
        still = (path for folder in folders for path in before.files.without_forms(folder))
        take_away.write(site, before.site, still, int(os.environ[_DATE]))
    hosting.write_in_site(site, collection)
    return sealing.seal(site, before, folders, made_of, made_pages.marks_of_lists(collection))


def _publish(made: Path, to: Path, folder: Path, before: Manifest, changes: Changes) -> None:
    if before.files:
        publishing.put_in_place(twin.change(to, made, changes), to, folder)
        twin.keep_up(to, before, changes)
    else:
        publishing.put_in_place(made, to, folder)
        twin.make(to)


def _made_of(root: Path) -> MadeOf:
    return manifest.made_of(root, *(os.environ.get(name, "") for name in _SHOW))


def _run_mkdocs(config: Path, to: Path, before: Before) -> None:
    said: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(listener)
    try:
        settings = load_config(str(config), site_dir=str(to), strict=True)
        record_pages.hold(before)
        mkdocs_build(settings)
    except MkDocsException as error:
        raise BuildFailed("\n".join([*said, str(error)])) from None
    except SystemExit as ended:  # how the macros plugin ends a build in which a macro failed
        raise BuildFailed("\n".join([*said, f"A macro failed ({ended})."])) from None
    finally:
        current.release()
        logging.getLogger("mkdocs").removeHandler(listener)


def _refuse_to_overwrite(to: Path) -> None:
    """A folder that holds anything but a site that was built before stays as it is."""
    if to.is_dir() and any(to.iterdir()) and not _is_site(to):
        raise BuildFailed(f"{to} holds other things than a built site. Name another folder, or empty it.")
    if to.exists() and not to.is_dir():
        raise BuildFailed(f"{to} is a file. Name a folder.")


def _is_site(folder: Path) -> bool:
    found = [name for name in ("404.html", "robots.txt", "sitemap.xml") if (folder / name).is_file()]
    return len(found) > 1


@contextmanager
def _dated(root: Path) -> Iterator[None]:
    """Let programs that ask for the date get that of the last change: the same input must give the same bytes."""
    said = os.environ.get(_DATE)
    os.environ[_DATE] = said or str(_last_change(root))
    try:
        yield
    finally:
        if said is None:
            del os.environ[_DATE]


def _last_change(root: Path) -> int:
    """Seconds since 1970 at the newest `updated` of the collection; 0 if it has none."""
    collection, _ = files.current(root)
    if collection is None or collection.updated is None:
        return 0
    return (collection.updated - datetime.date(1970, 1, 1)).days * 86400
