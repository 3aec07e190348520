"""Measures builds: ours cold, unchanged and with one file changed, beside other generators with the same pages.

Others get the least that they can do with the same text: Hugo and Eleventy the plain text of our pages and a frame of
five lines; the theme as it comes our own Markdown, once with all pages in its menu and once with only the written ones.
They take no part in what we make besides pages: documents, data, citations, search and compressed files.
"""

from __future__ import annotations

import math
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader

from macros.folders import CASES
from scripts.bench import ROOT, generate

BESIDE = Path(__file__).parent / "beside"
PICTURE = ROOT / "docs" / "assets" / "growth.svg"
_LEAST_HUGO = "Hugo, a frame of five lines"
STOCK_UP_TO, ZENSICAL_UP_TO, LEAST_UP_TO = 1000, 100, 3000
"""Case studies up to which others are tried: beyond, their time or their memory is more than there is."""
GIVEN_UP_AT = 4.5
"""Times the CPU of our cold build after which another one is stopped: a larger factor tells nothing new."""


@dataclass(frozen=True)
class Taken:
    """What a command took."""

    cpu: float
    """Seconds, user and system, of all its processes."""
    wall: float
    """Seconds."""
    memory: float
    """Megabytes, of its largest process."""
    is_whole: bool = True
    """Whether the command came to its end; if not, it was stopped when it had taken so much."""


def taken(*command: str, where: Path, at_most: float = math.inf, **variables: str) -> Taken:
    """Run a command and measure it. With `at_most`, a process of it is stopped after so many seconds of CPU.

    Raises: `RuntimeError` with what it said if it fails.
    """
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=where, env=os.environ | variables, stdout=said, stderr=said)
        if at_most < math.inf:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (round(at_most), resource.RLIM_INFINITY))
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        is_stopped = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        if status and not is_stopped:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}\n{said.read().decode()[-2000:]}")
    return Taken(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, not is_stopped)


@dataclass(frozen=True)
class Mark:
    """A place on a scale."""

    at: float
    text: str


@dataclass(frozen=True)
class Line:
    """How one way to build grows."""

    name: str
    points: str
    end_x: float
    end_y: float
    colour: str
    dashes: str


@dataclass(frozen=True)
class Plot:
    """What the picture is given."""

    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    lines: tuple[Line, ...]


def run(counts: tuple[int, ...]) -> None:
    """Print a line for each number of case studies and each way to build; with three numbers or more, draw them."""
    print(f"{'case studies':>12} {'pages':>8}  {'':32}{'CPU s':>9}{'wall s':>9}{'MB':>7}{'of cold':>9}")
    found: dict[str, dict[int, float]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            _measure(count, Path(folder), found)
    if len(counts) > 2:
        draw(found)


def draw(found: dict[str, dict[int, float]]) -> None:
    """Write the picture in the maintainers' pages. `found`: CPU seconds by case studies, by the way to build."""
    looks = {
        "ours, cold": ("#0b4a57", ""),
        "ours, nothing changed": ("#7a3208", "8 5"),
        _LEAST_HUGO: ("#43494d", "2 5"),
    }

    def x(count: float) -> float:
        return round(70 + 130 * math.log10(count), 1)

    def y(seconds: float) -> float:
        return round(350 - 75 * math.log10(max(seconds, 0.1) / 0.1), 1)

    lines = tuple(
        Line(
            name,
            " ".join(f"{x(count)},{y(seconds)}" for count, seconds in of.items()),
            x(max(of)),
            y(of[max(of)]),
            *looks[name],
        )
        for name, of in found.items()
        if name in looks
    )
    across = tuple(Mark(x(10**power), f"{10**power:,}") for power in range(5))
    up = tuple(Mark(y(10.0**power), f"{10.0**power:,g}") for power in range(-1, 4))
    environment = Environment(loader=FileSystemLoader(BESIDE), autoescape=True, trim_blocks=True)
    PICTURE.write_text(
        environment.get_template("growth.svg.jinja").render(view=Plot(across, up, lines)), encoding="utf-8"
    )


def _measure(count: int, folder: Path, found: dict[str, dict[int, float]]) -> None:
    root, site = folder / "hub", folder / "site"
    generate(root, count - len(list((ROOT / CASES).glob("*.yml"))))
    for name in ("macros", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    build = (sys.executable, "-m", "scripts.hub", "--root", str(root), "build", "--to", str(site))
    cache = str(folder / "cache")
    cold = taken(*build, where=root, HUB_CACHE=cache)
    pages = sum(1 for _ in site.rglob("*.html"))

    def tell(what: str, took: Taken) -> None:
        share = took.cpu / cold.cpu
        if took.is_whole:
            found.setdefault(what, {})[count] = took.cpu
        else:
            what += ", stopped"
        print(
            f"{count:>12,} {pages:>8,}  {what:32}{took.cpu:>9.1f}{took.wall:>9.1f}{took.memory:>7.0f}{share:>9.1%}",
            flush=True,
        )

    tell("ours, cold", cold)
    tell("ours, nothing changed", taken(*build, where=root, HUB_CACHE=cache))
    case = max((root / CASES).glob("case-*.yml"), default=root / CASES / "minds.yml")
    told = yaml.safe_load(case.read_text(encoding="utf-8"))
    told["summary"] = "Somebody found another word for it."
    case.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    tell("ours, one file changed", taken(*build, where=root, HUB_CACHE=cache))
    for name, other in _OTHERS.items():
        if count <= other.up_to and other.is_here():
            tell(name, other.build(folder, GIVEN_UP_AT * cold.cpu))


@dataclass(frozen=True)
class Other:
    """Another way to build the same pages."""

    up_to: int
    is_here: Callable[[], bool]
    build: Callable[[Path, float], Taken]
    """Given the folder of this measurement, and after how many seconds of CPU to stop."""


def _stock(folder: Path, at_most: float, *, flat: bool) -> Taken:
    """The theme as it comes. With `flat`, its menu has only the pages that people wrote."""
    there = _as_markdown(folder)
    config = yaml.safe_load((BESIDE / "stock.yml").read_text(encoding="utf-8"))
    if flat:
        ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        config["nav"] = yaml.safe_load(ours[ours.index("\nnav:") : ours.index("\nnot_in_nav:")])["nav"]
    (there / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = (str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet", "--site-dir", str(folder / "stock"))
    return taken(*command, where=there, at_most=at_most, HUB_ROOT=str(folder / "hub"), NO_MKDOCS_2_WARNING="1")


def _zensical(folder: Path, at_most: float) -> Taken:
    there = _as_markdown(folder)
    shutil.copytree(ROOT / "overrides", there / "overrides", dirs_exist_ok=True)
    shutil.copytree(ROOT / "scripts", there / "scripts", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", there)
    command = (str(Path(sys.executable).parent / "zensical"), "build", "--clean")
    return taken(*command, where=there, at_most=at_most, HUB_ROOT=str(folder / "hub"), HUB_LINKS_FROM_FILES="yes")


def _as_markdown(folder: Path) -> Path:
    """Every page as Markdown that calls our macros."""
    there = folder / "markdown"
    if not there.exists():
        there.mkdir()
        hub = (sys.executable, "-m", "scripts.hub", "--root", str(folder / "hub"))
        taken(*hub, "pages", str(there / "docs"), where=folder / "hub")
        shutil.copytree(ROOT / "macros", there / "macros")
    return there


def _hugo(folder: Path, at_most: float) -> Taken:
    there = _as_text(folder, "content", "_index.md")
    (there / "hugo.toml").write_text('title = "The same pages"\ndisableKinds = ["taxonomy", "term", "RSS"]\n')
    for name in ("single", "list", "index"):
        layout = there / "layouts" / ("index.html" if name == "index" else f"_default/{name}.html")
        layout.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BESIDE / "hugo.html", layout)
    return taken("hugo", "--quiet", "--config", "hugo.toml", where=there, at_most=at_most)


def _eleventy(folder: Path, at_most: float) -> Taken:
    there = _as_text(folder, "pages", "index.md")
    shutil.copytree(BESIDE / "eleventy", there / "pages" / "_includes", dirs_exist_ok=True)
    return taken("eleventy", "--quiet", "--input=pages", "--output=out", where=there, at_most=at_most)


def _as_text(folder: Path, name: str, index: str) -> Path:
    """The plain text of our pages, each with its title and the frame that it goes into."""
    there = folder / f"text-{name}"
    for path in (folder / "site").rglob("index.md"):
        text = path.read_text(encoding="utf-8").replace("{", "&#123;")
        heading = re.search(r"(?m)^# (.*)$", text)
        front = yaml.safe_dump({"title": heading[1] if heading else "Untitled", "layout": "frame.html"})
        if name == "content":
            front = yaml.safe_dump({"title": heading[1] if heading else "Untitled"})
        below = path.relative_to(folder / "site").parent
        to = there / name / (below / index if below == Path() else below.with_suffix(".md"))
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(f"---\n{front}---\n{text}", encoding="utf-8")
    return there


_OTHERS = {
    "the theme as it comes": Other(STOCK_UP_TO, lambda: True, partial(_stock, flat=False)),
    "the theme, records not in menu": Other(STOCK_UP_TO, lambda: True, partial(_stock, flat=True)),
    "Zensical, our frame": Other(ZENSICAL_UP_TO, lambda: True, _zensical),
    _LEAST_HUGO: Other(LEAST_UP_TO, lambda: bool(shutil.which("hugo")), _hugo),
    "Eleventy, a frame of five lines": Other(LEAST_UP_TO, lambda: bool(shutil.which("eleventy")), _eleventy),
}
