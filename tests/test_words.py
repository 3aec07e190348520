"""`hub words`: what it finds hard, what it leaves alone, and that it never gets in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import plain_words
from macros.collection import Collection
from tests.conftest import hub


def write(root: Path, body: str) -> str:
    """A page with a body that starts on line 6. Returns its path."""
    (root / "docs" / "new.md").write_text(f"---\ntitle: New\nsummary: A new page.\n---\n\n{body}\n")
    return "docs/new.md"


def hard(collection: Collection, root: Path, body: str) -> dict[str, tuple[int, ...]]:
    """The hard words of a text, with their lines."""
    return {found.word: found.lines for found in plain_words.report(collection, str(root / write(root, body))).hard}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is about epistemology.", ["epistemology"]),
        ("People need to understand everything happily, and remember yesterday.", []),
        ("The colour of the theatre, the neighbours, and recognised families.", []),
        ("We met Bartholomew Featherstonehaugh in Aberystwyth.", []),
        ('They said "epistemology is ontological" to us.', []),
        ("They said \u201cepistemology\u201d to us, in `epistemology.py`, at https://epistemology.example/.", []),
        ("See [the page](epistemology.md).", []),
        ("Somebody's not-understandable, isn't it?", ["understandable"]),
    ],
)
def test_what_is_hard(real: Collection, tmp_path: Path, text: str, words: list[str]) -> None:
    (tmp_path / "docs").mkdir()
    assert list(hard(real, tmp_path, text)) == words


def test_what_the_dictionary_explains_is_not_called_hard(real: Collection, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    names = [name for term in real.dictionary for name in (term.term, *term.also)]
    assert hard(real, tmp_path, "\n\n".join(f"Here it is {name} again." for name in names)) == {}


def test_each_word_and_sentence_has_its_lines(real: Collection, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    body = (
        f"Ontology.\n\n- an epistemology of\n  ontology\n- no epistemology\n\n{'word ' * 20}word. {'word ' * 19}word."
    )
    found = plain_words.report(real, str(tmp_path / write(tmp_path, body)))
    assert found.hard == (
        plain_words.HardWord("epistemology", (8, 10)),
        plain_words.HardWord("ontology", (6, 8)),
    )
    assert [(long.line, long.words) for long in found.long] == [(12, 21)]


def test_the_report_of_a_case_study_leaves_out_the_words_of_others(miniature: Path) -> None:
    case = miniature / "case_studies" / "garden.yml"
    text = case.read_text()
    assert "words: " in text
    before = hub("words", str(case), root=miniature).stdout
    case.write_text(text.replace("words: ", "words: Epistemology and ontology. "))
    after = hub("words", str(case), root=miniature)
    assert (after.returncode, after.stdout) == (0, before)
    case.write_text(text.replace("text: ", "text: The ontology. ", 1))
    assert "ontology (line " in hub("words", str(case), root=miniature).stdout


def test_the_report_reads_everything_and_refuses_nothing(miniature: Path) -> None:
    done = hub("words", root=miniature)
    assert done.returncode == 0
    for path in ("case_studies/garden.yml", "case_studies/_shared/dictionary.yml", "docs/index.md"):
        assert f"\n{path}\n" in f"\n{done.stdout}"
    assert done.stdout.endswith(
        "This is advice. The hardest words are sometimes the right ones; the dictionary can explain them.\n"
    )


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(miniature: Path) -> None:
    (miniature / "docs" / "bad.md").write_text("---\ntitle: x\n")
    done = hub("words", *(str(miniature / "docs" / name) for name in ("bad.md", "index.md")), root=miniature)
    assert done.returncode == 1
    assert "docs/bad.md:1: has front matter that does not end." in done.stderr
    assert "docs/index.md\n" in done.stdout
    missing = hub("words", str(miniature / "docs" / "none.md"), root=miniature)
    assert missing.returncode == 1
    assert "docs/none.md cannot be read or written: No such file" in missing.stderr
