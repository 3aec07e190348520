"""What tells maintainers how things stand: the reports, and the counts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from macros.collection import Collection
from scripts import upkeeping
from tests.conftest import ROOT, hub, serving

LOCKED = re.compile(r"(?m)^([\w.-]+)==([^\s;]+)")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("reports")
    command = [sys.executable, "-m", "scripts.upkeeping", str(to), "--without-network"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return to


def test_every_library_that_is_locked_is_in_the_list_of_parts(reports: Path) -> None:
    for lock in upkeeping.LOCKS:
        wanted = set(LOCKED.findall((ROOT / "scripts" / lock).read_text()))
        told = json.loads((reports / f"parts-{Path(lock).stem}.cdx.json").read_text())
        assert told["bomFormat"] == "CycloneDX"
        assert {(part["name"], part["version"]) for part in told["components"]} == wanted
        assert all(part["externalReferences"][0]["hashes"] for part in told["components"])


def test_every_library_names_its_licence(reports: Path) -> None:
    told = (reports / "licences.txt").read_text()
    for name in ("mkdocs", "pydantic", "typst", "Jinja2", "playwright"):
        assert re.search(rf"(?m)^{name} [\d.]+: \w", told), name
    # one that only tests use has its licence in a file alone
    assert re.findall(r"(?m)^(\S+) .*: not told$", told) == ["axe-playwright-python"]


def test_a_link_is_dead_only_if_it_does_not_answer(site: Path) -> None:
    with serving(site) as address:
        assert upkeeping.ask(address) == ""
        assert upkeeping.ask(f"{address}no-such-page/") == "404"
    assert upkeeping.ask(address)  # nobody listens there any more


def test_links_to_others_are_found_in_records_and_pages(real: Collection) -> None:
    found = set(upkeeping._addresses(real))
    assert "https://doi.org/10.1186/s40900-017-0062-2" in found
    assert "https://creativecommons.org/licenses/by/4.0/" in found


def test_counts_are_those_of_the_collection(real: Collection) -> None:
    done = hub("stats")
    assert done.returncode == 0
    told = {label.strip(): int(count) for count, label in re.findall(r"(?m)^ *(\d+) (.*)$", done.stdout)}
    assert told["case studies"] == len(real.cases)
    assert told["lessons"] == real.lessons
    lessons = [lesson for _, _, record in real.with_lessons for lesson in record.lessons]
    origins = Counter(lesson.origin for lesson in lessons)
    for value in real.vocabulary.origins:
        assert told[value.label] == origins[value.id]
