"""What is kept between builds: taken over while it is made of the same, and never a reason to fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from macros import collection as files
from macros.kept import CACHE_VARIABLE, forget, kept_of_each
from macros.reader import Reader
from macros.records import CaseStudy
from tests.conftest import ROOT

MARKS = {"one": "1", "two": "2", "three": "3"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


class Maker:
    """Makes something of a thing, and notes of which."""

    def __init__(self, says: str = "") -> None:
        """Say what it is to write besides the name."""
        self.says, self.made = says, list[str]()

    def __call__(self, id_: str) -> bytes:
        self.made.append(id_)
        return b"" if id_ == "nothing" else f"{id_}\n{self.says}".encode()


def asked(maker: Maker, marks: dict[str, str], made_of: str = "code") -> dict[str, bytes]:
    return dict(kept_of_each("things", made_of, marks, maker))


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("then", "anew"),
    [
        (MARKS, []),
        (MARKS | {"two": "other"}, ["two"]),
        (MARKS | {"four": "4"}, ["four"]),
        ({"zero": "0"} | MARKS, ["zero"]),
        ({"three": "3", "one": "1"}, []),
        ({}, []),
    ],
)
def test_only_what_is_made_of_something_else_is_made_anew(then: dict[str, str], anew: list[str]) -> None:
    asked(Maker(), MARKS)
    maker = Maker()
    assert asked(maker, then) == {id_: f"{id_}\n".encode() for id_ in then}
    assert maker.made == anew
    again = Maker()
    assert list(asked(again, then)) == list(then), "in the order in which it was asked for"
    assert again.made == []


def test_what_is_not_asked_for_is_forgotten() -> None:
    asked(Maker(), MARKS)
    asked(Maker(), {"one": "1"})
    maker = Maker()
    asked(maker, MARKS)
    assert maker.made == ["two", "three"]


def test_other_code_makes_all_of_it_anew() -> None:
    asked(Maker(), MARKS)
    maker = Maker("by other code")
    assert asked(maker, MARKS, "other code")["one"] == b"one\nby other code"
    assert maker.made == list(MARKS)


def test_a_build_of_everything_anew_forgets_it() -> None:
    asked(Maker(), MARKS)
    forget()
    maker = Maker()
    asked(maker, MARKS)
    assert maker.made == list(MARKS)


def test_what_is_empty_is_made_anew_each_time() -> None:
    for _ in range(2):
        maker = Maker()
        assert asked(maker, MARKS | {"nothing": ""})["nothing"] == b""
        assert "nothing" in maker.made


def test_a_build_that_stops_leaves_what_was_kept(cache: Path) -> None:
    asked(Maker(), MARKS)
    next(kept_of_each("things", "code", MARKS | {"one": "other"}, Maker()))
    maker = Maker()
    asked(maker, MARKS)
    assert maker.made == []
    assert len(list(files_in(cache))) == 1, "nothing that is half"


@pytest.mark.parametrize(
    "spoil",
    [lambda _: b"", lambda data: data[:-30], lambda data: data[5:], lambda _: b"9" * 99],
)
def test_a_spoilt_file_is_nothing(spoil: object, cache: Path) -> None:
    asked(Maker(), MARKS)
    (kept,) = files_in(cache)
    kept.write_bytes(spoil(kept.read_bytes()))  # type: ignore[operator]
    maker = Maker()
    assert asked(maker, MARKS)["two"] == b"two\n"
    assert maker.made == list(MARKS)


def test_a_spoilt_piece_is_made_anew(cache: Path) -> None:
    asked(Maker(), MARKS)
    (kept,) = files_in(cache)
    kept.write_bytes(b"X" + kept.read_bytes()[1:])
    maker = Maker()
    assert asked(maker, MARKS) == {id_: f"{id_}\n".encode() for id_ in MARKS}
    assert maker.made == ["one"]


def test_what_a_killed_process_left_is_removed(cache: Path) -> None:
    asked(Maker(), MARKS)
    old, new = (files_in(cache)[0].with_name(f"part-{name}") for name in ("old", "new"))
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    asked(Maker(), MARKS)
    assert (old.exists(), new.exists()) == (False, True)


def test_code_that_changed_since_it_was_read_keeps_nothing(tmp_path: Path) -> None:
    """What the old code made must not stand for what the new one makes."""
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import os, pathlib, sys, time\n"
        "from macros import kept\n"
        "first = pathlib.Path(kept.__file__)\n"
        "if 'change' in sys.argv: os.utime(first, (time.time() + 9,) * 2)\n"
        "print(kept.code())"
    )

    def code(*arguments: str) -> str:
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    assert code() == code()
    assert code("change") != code("change")


def test_a_cache_that_cannot_be_written_does_no_harm(cache: Path) -> None:
    cache.write_text("a file where the folder would be", encoding="utf-8")
    assert asked(Maker(), MARKS)["one"] == b"one\n"


def test_a_collection_that_was_changed_by_hand_keeps_nothing(miniature: Path) -> None:
    collection, _ = files.read(miniature)
    assert collection
    slug = next(iter(collection.cases))
    dict(files.of_each_case(collection, "titles", lambda slug: collection.cases[slug].title.encode()))
    changed = collection.cases[slug].model_copy(update={"title": "Another"})
    then = replace(collection, cases={**collection.cases, slug: changed})
    told = dict(files.of_each_case(then, "titles", lambda slug: then.cases[slug].title.encode()))
    assert told[slug] == b"Another"


def test_a_changed_file_changes_the_mark_that_stands_for_it(miniature: Path) -> None:
    def marks() -> files.Marks:
        collection, _ = files.read(miniature)
        assert collection
        assert collection.marks
        return collection.marks

    before = marks()
    slug = next(iter(before.cases))
    case, word = miniature / "case_studies" / f"{slug}.yml", miniature / "case_studies" / "_shared" / "dictionary.yml"
    case.write_text(case.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    then = marks()
    assert {name for name, mark in then.cases.items() if mark != before.cases[name]} == {slug}
    assert then.others == before.others
    word.write_text(word.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    assert marks().cases == then.cases
    assert marks().others != then.others


CASE, SHARED, GUIDE = "case_studies/garden.yml", "case_studies/_shared", "docs/guide/meet.md"


def _other_words(path: str, *words: tuple[str, str]) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        for before, then in words:
            assert before in text
            text = text.replace(before, then)
        (root / path).write_text(text, encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param(
            _other_words(f"{SHARED}/vocabulary.yml", ("id: power", "id: might")), "references_resolve", id="vocabulary"
        ),
        pytest.param(
            _other_words(f"{SHARED}/sources.yml", ("id: report", "id: paper")), "references_resolve", id="source"
        ),
        pytest.param(_other_words(f"{SHARED}/sources.yml", ("- id: report", "- report")), "yaml", id="broken list"),
        pytest.param(lambda root: (root / GUIDE).unlink(), "references_resolve", id="guide"),
        pytest.param(lambda root: (root / "docs/templates/agenda.md").unlink(), "references_resolve", id="template"),
        pytest.param(_other_words(CASE, ("licence: CC BY 4.0", "licence: mine")), "literal_error", id="value"),
        pytest.param(_other_words(CASE, ("title:", "titel:")), "missing", id="field"),
        pytest.param(lambda root: (root / CASE).write_bytes(b"\xff"), "utf8", id="no text"),
        pytest.param(lambda root: (root / CASE).unlink(), "", id="removed"),
        pytest.param(lambda root: (root / CASE).rename(root / "case_studies/yard.yml"), "", id="renamed"),
        pytest.param(lambda root: shutil.copy(root / CASE, root / "case_studies/yard.yml"), "", id="added"),
    ],
)
def test_a_case_study_that_was_read_before_is_told_as_any(
    change: Callable[[Path], None], rule: str, miniature: Path, cache: Path
) -> None:
    files.read(miniature)
    change(miniature)
    with_kept = [files.read(miniature) for _ in range(2)]
    shutil.rmtree(cache)
    anew, problems = files.read(miniature)
    assert rule in ([problem.rule for problem in problems] or [""])
    for then, told in with_kept:
        assert told == problems
        assert (then and dict(then.cases)) == (anew and dict(anew.cases))
        assert (then and list(then.cases)) == (anew and list(anew.cases))


def test_another_case_study_leaves_those_that_are_kept(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.read(miniature)
    shutil.copy(miniature / CASE, miniature / "case_studies" / "yard.yml")
    read: list[str] = []
    monkeypatch.setattr(Reader, "case", lambda _, slug: read.append(slug))
    files.read(miniature)
    assert read == ["yard"]


def test_no_case_study_names_another() -> None:
    """Or else those that are kept would have to be read anew whenever one is added."""
    schema = json.dumps(CaseStudy.model_json_schema())
    assert '"refers_to": "sources"' in schema
    assert '"refers_to": "cases"' not in schema


def test_a_record_that_was_kept_is_the_same(miniature: Path) -> None:
    first, again = (collection for collection, _ in (files.read(miniature), files.read(miniature)) if collection)
    for slug, case in first.cases.items():
        kept = again.cases[slug]
        assert kept is not case
        assert kept.model_dump(exclude_unset=True) == case.model_dump(exclude_unset=True)
        assert kept.model_fields_set is case.model_fields_set, "one set for all that have the same fields"


def test_a_case_study_that_changes_while_it_is_read_is_not_kept(
    miniature: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (miniature / CASE).read_text(encoding="utf-8")
    of_one = Reader.case

    def written_just_now(reader: Reader, slug: str) -> object:
        (miniature / CASE).write_text(before.replace("title: ", "title: New ", 1), encoding="utf-8")
        return of_one(reader, slug)

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "case", written_just_now)
        then, _ = files.read(miniature)
    assert then
    assert then.cases["garden"].title.startswith("New ")
    (miniature / CASE).write_text(before, encoding="utf-8")
    again, _ = files.read(miniature)
    assert again
    assert not again.cases["garden"].title.startswith("New ")


def test_what_is_made_of_a_group_follows_its_case_studies_and_what_is_beside_them(miniature: Path) -> None:
    def made(*groups: list[str], beside: str = "") -> list[str]:
        collection, _ = files.read(miniature)
        assert collection
        maker = Maker()
        named = {f"{number}": slugs for number, slugs in enumerate(groups)}
        dict(files.of_groups(collection, "groups", named, {"1": beside}, maker))
        return maker.made

    first, *others = (path.stem for path in sorted((miniature / "case_studies").glob("*.yml")))
    assert made([first], others) == ["0", "1"]
    assert made([first], others) == []
    assert made([first], others, beside="something else") == ["1"]
    assert made([], [first, *others], beside="something else") == ["0", "1"]
    path = miniature / "case_studies" / f"{first}.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    assert made([], [first, *others], beside="something else") == ["1"]
