"""What bad input gets: one file in tests/broken for each mistake, with what `hub check` says of it, to the letter."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import audit, checks, lasting, problems
from macros.collection import read
from macros.page_checks import calls_resolve
from macros.problems import as_text
from macros.reader import Reader
from tests.conftest import MINIATURE, ROOT, hub

BROKEN = sorted((ROOT / "tests" / "broken").glob("*.yml"))


def complaint(root: Path) -> str:
    """What `hub check` says of a collection."""
    _, problems = audit.check(root)
    return as_text(problems) + "\n"


def spoil(root: Path, mistake: dict[str, Any]) -> None:
    """Make one mistake in a copy of the miniature collection.

    A mistake names a `file`, and gives either its new `content`, or what to `replace` in it and `by` what.
    """
    path = root / mistake["file"]
    if "content" in mistake:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mistake["content"], encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    assert text.count(mistake["replace"]) == 1, "the text to replace must stand in the file once"
    path.write_text(text.replace(mistake["replace"], mistake["by"]), encoding="utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_told_to_the_letter(path: Path, miniature: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    mistake = yaml.safe_load(text)
    spoil(miniature, mistake)
    said = complaint(miniature)
    assert "0 problems" not in said
    if request.config.getoption("--accept"):
        before = text.partition("says: |\n")[0]
        told = "".join(f"  {line}\n" for line in said.splitlines())
        path.write_text(f"{before}says: |\n{told}", encoding="utf-8")
        return
    assert said == mistake["says"]
    assert "should" not in said, "a message of the library, not in our words"


def test_what_was_read_before_is_told_as_it_was(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case study is kept, what is wrong with one is told each time, and a changed file is read."""
    monkeypatch.setenv("HUB_CACHE", str(tmp_path / "cache"))
    first, _ = read(miniature)
    with monkeypatch.context() as patched:
        patched.setattr(Reader, "case", None)  # so that whatever is read anew fails
        again, _ = read(miniature)
    assert first
    assert again
    assert again.cases == first.cases
    for name in ("alias", "misspelt-not-reported", "tab"):
        mistake = yaml.safe_load((ROOT / "tests" / "broken" / f"{name}.yml").read_text(encoding="utf-8"))
        broken = Path(shutil.copytree(miniature, tmp_path / name))
        spoil(broken, mistake)
        assert complaint(broken) == complaint(broken) == mistake["says"]


def test_every_pattern_of_a_field_has_its_words() -> None:
    schema = (ROOT / "case_studies" / "schema.json").read_text(encoding="utf-8")
    found: list[object] = []
    json.loads(schema, object_hook=lambda part: found.append(part.get("pattern")))
    assert {pattern for pattern in found if isinstance(pattern, str)} == problems.PATTERNS.keys()


def test_every_rule_has_a_mistake_that_breaks_it() -> None:
    covered = " ".join(yaml.safe_load(path.read_text(encoding="utf-8")).get("rule", "") for path in BROKEN)
    rules = {rule.__name__ for rule in (*checks.CHECKS, calls_resolve, *lasting.RULES)}
    assert rules - set(covered.split()) == set()


def test_every_rule_named_is_the_rule_that_spoke(tmp_path: Path) -> None:
    """A fixture's `rule` is not only a label."""
    for path in BROKEN:
        mistake = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "rule" in mistake:
            root = tmp_path / path.stem
            shutil.copytree(MINIATURE, root)
            spoil(root, mistake)
            _, problems = audit.check(root)
            assert mistake["rule"] in {problem.rule for problem in problems}, path.stem


# --- Files that no text file can stand for ----------------------------------------------------------------------------


def test_a_file_that_is_not_utf_8(miniature: Path) -> None:
    (miniature / "case_studies" / "garden.yml").write_bytes(b"title: The\nshort_title: caf\xe9\n")
    assert complaint(miniature).startswith(
        "case_studies/garden.yml:2: is not UTF-8 text. Save the file again with the encoding UTF-8.\n"
    )


def test_an_empty_file(miniature: Path) -> None:
    (miniature / "case_studies" / "garden.yml").write_text(" \n\n")
    assert complaint(miniature).startswith(
        'case_studies/garden.yml:1: is empty. Delete it, or start afresh with: ./scripts/hub new "Title"\n'
    )


def test_a_folder_in_place_of_a_file(miniature: Path) -> None:
    (miniature / "case_studies" / "shed.yml").mkdir()
    assert complaint(miniature) == (
        "case_studies/shed.yml:1: is not a file. Give the folder another name, or move it away.\n1 problem in 1 file.\n"
    )


def test_a_pipe_in_place_of_a_file(miniature: Path) -> None:
    os.mkfifo(miniature / "case_studies" / "shed.yml")
    assert "case_studies/shed.yml:1: is not a file." in complaint(miniature)


def test_names_that_differ_only_in_capitals(miniature: Path) -> None:
    text = (miniature / "case_studies" / "garden.yml").read_text()
    (miniature / "case_studies" / "Garden.yml").write_text(text)
    said = complaint(miniature)
    assert "case_studies/garden.yml:1: has the same name as Garden.yml but for capitals. Rename one.\n" in said


def test_a_symbolic_link_out_of_the_folder(miniature: Path) -> None:
    (miniature / "case_studies" / "shed.yml").symlink_to("/etc/passwd")
    (miniature / "docs" / "stolen.txt").symlink_to("/proc/self/environ")
    assert complaint(miniature) == (
        "case_studies/shed.yml:1: is a symbolic link. Put the file itself here.\n"
        "docs/stolen.txt:1: is a symbolic link. Put the file itself here.\n"
        "2 problems in 2 files.\n"
    )


def test_a_file_of_50_mb_is_refused_unread(miniature: Path) -> None:
    with (miniature / "case_studies" / "garden.yml").open("wb") as file:
        file.truncate(50_000_000)
    assert complaint(miniature).startswith(
        "case_studies/garden.yml:1: has 50.0 MB; the most is 1 MB. Split it, or take out what is not text.\n"
    )


def test_an_alias_bomb_is_refused_unexploded(miniature: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    (miniature / "case_studies" / "garden.yml").write_text(bomb)
    said = complaint(miniature)
    assert "case_studies/garden.yml:1: a0: sets the anchor &a0. Delete it.\n" in said
    assert "case_studies/garden.yml:60: a59[0]: uses the alias *a58. Write the text again in full.\n" in said


def test_thirty_thousand_brackets_do_not_crash(miniature: Path) -> None:
    (miniature / "docs" / "lessons.md").write_text("---\ntitle: " + "[" * 30_000 + "\n---\n")
    assert "docs/lessons.md:2: nests deeper than 10 levels. Check the indentation.\n" in complaint(miniature)


def test_yaml_keeps_what_was_typed(miniature: Path) -> None:
    path = miniature / "case_studies" / "garden.yml"
    path.write_text(path.read_text().replace("short_title: Garden", "short_title: no"))
    collection, _ = read(miniature)
    assert collection
    assert collection.cases["garden"].short_title == "no"


def test_problems_come_all_at_once_with_exit_code_1(miniature: Path) -> None:
    (miniature / "case_studies" / "a.yml").write_text("title: [\n")
    (miniature / "case_studies" / "b.yml").write_text("titel: B\n")
    done = hub("check", root=miniature)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "case_studies/a.yml:2: cannot be read as YAML" in done.stdout
    assert 'case_studies/b.yml:1: titel: is not a field here. Did you mean "title"?' in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].endswith("problems in 2 files.")
