"""The command line of the hub: `hub check`, `hub build` and so on. Each function here is a command."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from pathlib import Path
from typing import NoReturn

import yaml
from pydantic import TypeAdapter, ValidationError

from macros import (
    audit,
    checks,
    contribution,
    current,
    intake,
    lasting,
    pages,
    problems,
    schema,
    text,
)
from macros.collection import Collection
from macros.downloads import files as downloads
from macros.downloads.pdf import CannotMake
from macros.fields import Title
from macros.folders import CASES
from macros.reading import Unreadable, is_slug
from macros.records import CaseStudy
from macros.render import render
from macros.views import blank
from scripts import site_commands
from scripts.sound import Stopped, readable, sound

ISSUE_FORM = ".github/ISSUE_TEMPLATE/story.yml"
_FORMATS = {"text": problems.as_text, "json": problems.as_json, "github": problems.as_github}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 something to mend, 2 a command that does not exist."""
    options = _parser().parse_args(arguments)
    options.root = options.root.resolve()
    if not (options.root / CASES).is_dir():
        return _fail(f"{options.root} has no folder {CASES}. Name the project's folder with --root.")
    os.environ[current.ROOT_VARIABLE] = str(options.root)
    try:
        code: int = options.run(options)
    except (Stopped, CannotMake) as stopped:
        return _fail(str(stopped))
    except OSError as error:
        return _fail(f"{error.filename or 'A file'} cannot be read or written: {error.strerror or error}.")
    return code


def check(options: argparse.Namespace) -> int:
    """Find every problem in the collection."""
    collection, found = audit.check(options.root)
    if found or options.format == "json":
        print(_FORMATS[options.format](found))
    elif collection and options.format == "text":
        print(f"{_contents(collection)}: no problems.")
    return 1 if found else 0


def new(options: argparse.Namespace) -> int:
    """Write a blank case study to fill in."""
    collection = readable(options.root)
    try:
        title = TypeAdapter(Title).validate_python(options.title)
    except ValidationError as error:
        found = problems.findings(error, CaseStudy)[0]
        return _fail(f"The title {found.wrong}. {found.advice}")
    slug = options.name or text.slug_of(title)
    if not slug:
        return _fail(f'"{title}" has letters that an address cannot have. Name the file: --name short-name')
    if not is_slug(slug) or slug in (*checks.TAKEN, *collection.guides):
        return _fail(f'"{slug}" cannot be the name of a case study here. Name the file: --name short-name')
    path: Path = options.root / CASES / f"{slug}.yml"
    if path.exists():
        return _fail(f"{CASES}/{slug}.yml is there already. Choose another title, or open that file.")
    written = render("blank_case_study.yml.jinja", blank.case_study(collection, title)).encode()
    path.write_bytes(written)
    print(
        f"Wrote {CASES}/{slug}.yml\n"
        "Next: open it and fill in what is blank; the comments say what each field is for.\n"
        "Then run ./scripts/check to see what is left, and ./scripts/serve to see the page."
    )
    return 0


def write_schema(options: argparse.Namespace) -> int:
    """Write the schema that editors read, the names of the answers of all forms, and the code host's form."""
    collection = readable(options.root)
    (options.root / schema.PATH).write_bytes(schema.as_json(collection).encode())
    print(f"Wrote {schema.PATH}")
    if checks.run(collection, pages.CALLABLE):
        return _fail("The names of answers are not written while there are problems. Run ./scripts/check to see them.")
    if any(lasting.answers_kept(collection)):
        return _fail("A form has lost answers that people have in their files. Run ./scripts/check to see which.")
    names = [
        {"template": form.slug, "version": form.version, "names": list(form.names)}
        for form in downloads.documents(collection)
    ]
    text = render("answers.yml.jinja", yaml.safe_dump(names, sort_keys=False, width=110))
    (options.root / lasting.ANSWERS).write_text(text, encoding="utf-8")
    print(f"Wrote {lasting.ANSWERS}")
    if (options.root / ISSUE_FORM).parent.is_dir():
        asked = [group for group in contribution.form(collection) if not group.folded]
        (options.root / ISSUE_FORM).write_text(render("issue_story.yml.jinja", asked), encoding="utf-8")
        print(f"Wrote {ISSUE_FORM}")
    return 0


def release(options: argparse.Namespace) -> int:
    """Write down every address that is published now, so that none of them is ever lost."""
    collection = sound(options.root)
    found = sorted(lasting.addresses(collection) | set(collection.released))
    text = render("released.yml.jinja", yaml.safe_dump(found, width=200))
    (options.root / lasting.RELEASED).write_text(text, encoding="utf-8")
    print(f"Wrote {lasting.RELEASED}: {len(found)} addresses, {len(found) - len(collection.released)} of them new")
    return 0


def words(options: argparse.Namespace) -> int:
    """Say which words and sentences may be hard to read. It is advice; nothing has to be done."""
    from macros import plain_words  # its word lists take half a second to load; the other commands do without

    collection = readable(options.root)
    given = [os.path.relpath(path.absolute(), options.root) for path in options.files]
    unreadable = 0
    for path in given or plain_words.own_files(collection):
        try:
            print(render("plain_words.txt.jinja", plain_words.report(collection, path)))
        except Unreadable as error:
            unreadable |= _fail(f"{path}:{error.line}: {error.finding.wrong}. {error.finding.advice}")
    print("This is advice. The hardest words are sometimes the right ones; the dictionary can explain them.")
    return unreadable


def make_downloads(options: argparse.Namespace) -> int:
    """Make the files of all templates in a folder; what was made before is kept and used again."""
    collection = sound(options.root)
    count = size = 0
    for path, data in downloads.files(collection):
        to = options.to / path.removeprefix(f"{downloads.FOLDER}/")
        _write(to, data)
        count, size = count + 1, size + len(data)
        if count % len(downloads.FORMATS) == 0:
            print(to.parent.name, flush=True)
    print(f"Made {count} files ({size / 1e6:.1f} MB) in {options.to}")
    return 0


def read_filled(options: argparse.Namespace) -> int:
    """Read a filled-in Word, OpenDocument or PDF form; what is not certain is named for a person to check."""
    collection = readable(options.root)
    try:
        form = intake.read_form(options.file.read_bytes(), downloads.documents(collection))
    except OSError as error:
        return _fail(f"{options.file} cannot be read: {error.strerror}.")
    except intake.Refused as error:
        return _fail(f"{options.file} {error}.")
    if form.template == contribution.SLUG:
        record = contribution.case_study(collection, form.words, datetime.date.today())  # noqa: DTZ011  (the editor's own day)
        text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=110)
        told = blank.Told(text, tuple(contribution.notes(collection, form.words)), tuple(intake.doubts(form)))
        print(render("told_case_study.yml.jinja", told), end="")
        return 0
    data = intake.as_data(form)
    if options.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110), end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hub", description="Look after the Co-production Knowledge Hub.")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="the project's folder")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: object) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        return command

    add("check", check).add_argument("--format", choices=_FORMATS, default="text", help="how to tell the problems")
    command = add("new", new)
    command.add_argument("title", help="the title of the case study")
    command.add_argument("--name", help="the name of its file, if the title does not give a good one")
    add("schema", write_schema)
    add("release", release)
    command = add("words", words)
    command.add_argument("files", nargs="*", type=Path, help="case studies or pages; all of them, if left out")
    command = add("build", site_commands.build)
    command.add_argument("--to", type=Path, help="the folder to build into; site, if left out")
    command.add_argument("--fresh", action="store_true", help="build even if nothing has changed")
    add("pages", site_commands.pages).add_argument("to", type=Path, help="the folder to write to; it must not exist")
    add("downloads", make_downloads).add_argument("to", type=Path, help="the folder to write to")
    command = add("read", read_filled)
    command.add_argument("file", type=Path, help="a .docx, .odt or .pdf file that somebody filled in")
    command.add_argument("--format", choices=("yaml", "json"), default="yaml", help="how to write the answers")
    add("stats", site_commands.stats)
    command = add("hosting", site_commands.hosting)
    command.add_argument("to", type=Path, help="the folder to write to")
    command.add_argument("--site", type=Path, help="the built site; site, if left out")
    command.add_argument("--at", default="/srv/hub", help="the folder that the site will be in, there")
    command.add_argument("--port", type=_port, default=8080, help="the port to listen on, there")
    add("serve", site_commands.serve).add_argument("--port", type=_port, default=8000, help="the port on 127.0.0.1")
    return parser


def _contents(collection: Collection) -> str:
    counts = (
        (len(collection.cases), "case study", "case studies"),
        (collection.lessons, "lesson", "lessons"),
        (len(collection.guides), "guide page", "guide pages"),
        (len(collection.templates), "template", "templates"),
        (len(collection.dictionary), "word", "words"),
        (len(collection.sources), "source", "sources"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port. Give a number from 1 to 65535")
    return int(text)


def _write(to: Path, data: bytes) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _end(code: int) -> NoReturn:
    """End this process at once, as mypy does too.

    Python would first take every record and page apart, one by one: a quarter of a build after a change in a large hub.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or _NOT_SAID
    os._exit(code)


_NOT_SAID = 120
"""How Python ends if it cannot write what it has to say."""


if __name__ == "__main__":
    _end(main())
