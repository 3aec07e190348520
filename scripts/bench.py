#!/usr/bin/env python3
"""Measures speed. Never a test: it prints figures, as ratios against a baseline of the same run.

    .venv/bin/python scripts/bench.py check            CPU of `hub check` on 100, 1,000 and 10,000 case studies
    .venv/bin/python scripts/bench.py build            builds, beside the theme as it comes, Zensical, Hugo and Eleventy
    .venv/bin/python scripts/bench.py serve            nginx with our configuration, beside a bare file on it
    .venv/bin/python scripts/bench.py search           search and filter in Chromium, with 250 to 100,000 lessons

The collections are generated from the hub's own vocabulary and sources, with a fixed seed: every run measures the same.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from macros.collection import Collection, read
from macros.folders import CASES
from macros.kept import CACHE_VARIABLE

ROOT = Path(__file__).parent.parent
WORDS = tuple(
    "people met asked listened planned wrote read agreed changed stopped started waited paid shared told showed heard "  # noqa: SIM905  (a list of words reads best as words)
    "group team ward room plan time word letter survey meeting choice answer question reason story result list draft "
    "early late together often again slowly plainly first last before after while because with without under".split()
)


def sentence(chance: random.Random, longest: int = 18) -> str:
    """A line of words, of the length of a plain sentence."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(6, longest))]
    return " ".join(words).capitalize() + "."


def case_study(chance: random.Random, number: int, collection: Collection) -> dict[str, Any]:
    """A case study with the fields, sizes and gaps that real ones have."""
    ids = collection.vocabulary.ids
    guides, templates = list(collection.guides), list(collection.templates)

    def citation() -> dict[str, str]:
        return {"ref": chance.choice(collection.sources).id, "at": f"Slide '{sentence(chance, 8)}'"}

    def fact() -> dict[str, Any] | str:
        return {"text": sentence(chance), "source": citation()} if chance.random() < 0.5 else "not reported"

    def words(id_: str = "") -> dict[str, Any]:
        told = {"words": sentence(chance), "speaker": "A member.", "source": citation()}
        return {"id": id_, **told} if id_ else told

    def some(of: list[str], most: int) -> list[str]:
        return chance.sample(of, chance.randint(1, min(most, len(of))))

    def prose() -> str:
        parts = [" ".join(sentence(chance) for _ in range(chance.randint(2, 5))) for _ in range(chance.randint(1, 4))]
        if chance.random() < 0.3:
            parts.append("\n".join(f"- {sentence(chance)}" for _ in range(3)))
        if chance.random() < 0.2:
            parts.append(f"See [{sentence(chance, 7)}](https://example.org/{number}).")
        return "\n\n".join(parts)

    lessons = [
        {
            "id": f"lesson-{place}",
            "lesson": f"{sentence(chance)[:-1]} in case {number}, part {place}.",
            "detail": prose(),
            "origin": chance.choice(ids["origins"]),
            "stages": some(ids["stages"], 3),
            "themes": some(ids["themes"], 3),
            "people": some(ids["people"], 2),
            "how_known": chance.choice(ids["how_known"]),
            "source": citation(),
            "templates": some(templates, 2),
            "guides": some(guides, 2),
        }
        for place in range(chance.randint(2, 12))
    ]
    lenses = [
        {
            "subject": sentence(chance, 7),
            "evidence_says": words(),
            "lived_experience_says": words(),
            "what_changed": fact(),
        }
        for _ in range(chance.randint(0, 3))
    ]
    return {
        "title": f"Case {number}: {sentence(chance, 8)}",
        "short_title": f"Case {number}",
        "summary": sentence(chance),
        "source": citation(),
        "kind": chance.choice(ids["kinds"]),
        **{name: fact() for name in ("status", "when", "where", "organisations", "funder")},
        "people": [
            {"group": group, "role": sentence(chance), "source": citation()} for group in some(ids["people"], 4)
        ],
        "stages": {
            stage: {"how": sentence(chance), "source": citation()} if chance.random() < 0.6 else "not reported"
            for stage in ids["project_stages"]
        },
        "story": [
            {"heading": sentence(chance, 7), "text": prose(), "source": citation()} for _ in range(chance.randint(2, 6))
        ],
        "two_lenses": lenses,
        "quotations": [words(f"words-{place}") for place in range(chance.randint(0, 3))],
        "lessons": lessons,
        "ladder": {"claimed": "not reported", "felt": "not reported"},
        "reporting": {
            name: fact()
            for name in ("aim", "methods", "positive_results", "negative_results", "influence", "reflections")
        },
        "unknowns": [sentence(chance) for _ in range(chance.randint(2, 8))],
        "consent": {"footing": "published material"},
        "easy_read": {"status": "none"},
        "contributors": ["The benchmark"],
        "licence": "CC BY 4.0",
        "updated": f"20{chance.randint(10, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    }


def generate(to: Path, count: int) -> int:
    """Write a project with so many more case studies than the hub's own. Returns the bytes of those."""
    collection, problems = read(ROOT)
    if collection is None or problems:
        sys.exit("The collection has problems. Run ./scripts/check first.")
    shutil.copytree(ROOT / "docs", to / "docs")
    shutil.copytree(ROOT / CASES, to / CASES)
    chance = random.Random(2022)  # noqa: S311  (the same every time is what is wanted)
    size = 0
    for number in range(count):
        text = yaml.dump(
            case_study(chance, number, collection),
            Dumper=yaml.CSafeDumper,
            sort_keys=False,
            allow_unicode=True,
            width=110,
        )
        (to / CASES / f"case-{number}.yml").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def cpu_of(*command: str, cache: Path) -> float:
    """Seconds of CPU that a command takes, user and system. What it keeps goes into the folder `cache`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    variables = os.environ | {CACHE_VARIABLE: str(cache)}
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=variables)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check(counts: tuple[int, ...]) -> None:
    """CPU of `hub check`, beside that of reading the same files with PyYAML alone.

    `ratio` is ours to PyYAML's; `growth` is our CPU for one file, as a multiple of that in the first row.
    """
    plain = (
        "import pathlib, sys, yaml\n"
        "for path in pathlib.Path(sys.argv[1]).glob('*.yml'): yaml.load(path.read_text(), yaml.CBaseLoader)"
    )
    print(
        f"{'case studies':>12}"
        + "".join(f"{name:>16}" for name in ("MB", "check, CPU s", "PyYAML alone", "ratio", "growth"))
    )
    first = 0.0
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "hub"
            size = generate(root, count)
            cache = Path(folder) / "cache"
            ours = cpu_of(sys.executable, "-m", "scripts.hub", "--root", str(root), "check", cache=cache)
            theirs = cpu_of(sys.executable, "-c", plain, str(root / CASES), cache=cache)
        first = first or ours / count
        figures = (size / 1e6, ours, theirs, ours / theirs, ours / count / first)
        print(f"{count:>12,}" + "".join(f"{figure:>16.2f}" for figure in figures), flush=True)


def cases_for(lessons: int) -> int:
    """How many case studies more the hub needs to have about so many lessons."""
    return max(0, round((lessons - 100) / 7))


def searching(counts: tuple[int, ...]) -> None:
    """Search and filter: what is built, sent and waited for, beside plain lunr and Pagefind."""
    from scripts import bench_search

    bench_search.run(counts)


def building(counts: tuple[int, ...]) -> None:
    """Builds: CPU, wall and memory; cold, unchanged and with one file changed, beside other generators."""
    from scripts import bench_build

    bench_build.run(counts)


def serving(seconds: tuple[int, ...]) -> None:
    """Requests a second on this machine, and the slowest of a hundred, beside a bare file on the same server."""
    from scripts import bench_serve

    bench_serve.run(seconds[0])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure speed.")
    commands = parser.add_subparsers(required=True)
    for name, run, sizes, what in (
        ("check", check, (100, 1000, 10_000), "how many case studies"),
        ("search", searching, (250, 1000, 10_000, 100_000), "how many lessons"),
        ("build", building, (5, 100, 1000, 3000, 10_000), "how many case studies"),
        ("serve", serving, (30,), "seconds"),
    ):
        command = commands.add_parser(name, help=run.__doc__)
        command.add_argument("counts", nargs="*", type=int, default=sizes, help=what)
        command.set_defaults(run=run)
    options = parser.parse_args()
    options.run(tuple(options.counts))
