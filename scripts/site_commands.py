"""The commands of the hub that make its site and look after it. Each function is a command; see hub.py."""

from __future__ import annotations

import argparse
import shutil

from macros import data_files, made_pages
from macros.downloads import files as downloads
from macros.folders import DOCS
from macros.render import render
from macros.views import counts
from scripts.sound import Stopped, readable, sound


def build(options: argparse.Namespace) -> int:
    """Build the site."""
    from scripts import building  # the site generator takes a second to load; the other commands do without

    try:
        to = options.to.absolute() if options.to else options.root / "site"
        built = building.build(options.root, to, fresh=options.fresh)
    except building.BuildFailed as error:
        raise Stopped(str(error)) from None
    print(f"Built {built.pages} pages in {to}" if built.is_new else f"Nothing has changed since {to} was built.")
    return 0


def pages(options: argparse.Namespace) -> int:
    """Write every page to a new folder, those of records too, for a site generator that cannot be given pages."""
    collection = sound(options.root)
    if options.to.exists():
        raise Stopped(f"{options.to} is there already. Name a folder that is not.")
    shutil.copytree(options.root / DOCS, options.to)
    for path in made_pages.unwritten(collection):
        (options.to / path).unlink()
    made = {path: words.encode() for path, words in made_pages.generated(collection).items()}
    made |= {path: b"".join(pieces) for path, pieces in data_files.files(collection)}
    for path, data in (*made.items(), *downloads.files(collection)):
        (options.to / path).parent.mkdir(parents=True, exist_ok=True)
        (options.to / path).write_bytes(data)
    print(f"Wrote every page to {options.to}")
    return 0


def hosting(options: argparse.Namespace) -> int:
    """Write what a host is set up with, for the site that is built."""
    from scripts import hosting as hosts

    site = options.site.absolute() if options.site else options.root / "site"
    if not (site / "index.html").is_file():
        raise Stopped(f"There is no built site in {site}. Run ./scripts/build first.")
    names = hosts.write_apart(options.to, site, sound(options.root), root=options.at, port=options.port)
    print(f"Wrote {', '.join(names)} to {options.to}")
    return 0


def stats(options: argparse.Namespace) -> int:
    """Count what is in the hub, and say what is left open."""
    print(render("stats.txt.jinja", counts.everything(readable(options.root))).rstrip())
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve the site and build it again at each change."""
    from scripts import building, serving

    try:
        serving.serve(options.root, options.port)
    except (building.BuildFailed, serving.PortInUse) as error:
        raise Stopped(str(error)) from None
    return 0
