"""What is kept between builds: taken over while it is made of the same, and never a reason to fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from macros import collection as files
from macros.kept import CACHE_VARIABLE, kept_of_each

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
    assert len(list(cache.iterdir())) == 1, "nothing that is half"


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: data[:-30], lambda data: data[5:], lambda _: b"9" * 99])
def test_a_spoilt_file_is_nothing(spoil: object, cache: Path) -> None:
    asked(Maker(), MARKS)
    (kept,) = cache.iterdir()
    kept.write_bytes(spoil(kept.read_bytes()))  # type: ignore[operator]
    maker = Maker()
    assert asked(maker, MARKS)["two"] == b"two\n"
    assert maker.made == list(MARKS)


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
