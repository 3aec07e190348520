"""`hub check`, `hub new`, `hub schema`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from macros import schema
from macros.collection import Collection
from macros.reading import parse, split_page
from tests.conftest import ROOT, hub


def test_the_hubs_own_collection_has_no_problem() -> None:
    done = hub("check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(": no problems.\n")


def test_check_counts_what_there_is(miniature: Path) -> None:
    done = hub("check", root=miniature)
    assert done.stdout == "1 case study, 2 lessons, 1 guide page, 2 templates, 2 words, 3 sources: no problems.\n"


def test_check_for_machines(miniature: Path) -> None:
    case = miniature / "case_studies" / "garden.yml"
    case.write_text(case.read_text().replace("origin: went-wrong", "origin: went-wron"))
    told = json.loads(hub("check", "--format", "json", root=miniature).stdout)
    assert told == [
        {
            "path": "case_studies/garden.yml",
            "line": 45,
            "field": "lessons[0].origin",
            "wrong": '"went-wron" is not one of the origins',
            "advice": 'Did you mean "went-wrong"?',
            "rule": "references_resolve",
        }
    ]
    done = hub("check", "--format", "github", root=miniature)
    assert done.returncode == 1
    assert done.stdout == (
        "::error file=case_studies/garden.yml,line=45,title=lessons[0].origin"
        '::"went-wron" is not one of the origins. Did you mean "went-wrong"?\n'
    )


def test_check_for_machines_with_nothing_to_say(miniature: Path) -> None:
    assert hub("check", "--format", "json", root=miniature).stdout == "[]\n"
    assert hub("check", "--format", "github", root=miniature).stdout == ""


def test_new_writes_a_file_that_lacks_only_what_must_be_filled_in(miniature: Path) -> None:
    done = hub("new", "Café: a {{ plan }}", root=miniature)
    assert done.returncode == 0
    assert done.stdout.startswith("Wrote case_studies/cafe-a-plan.yml\nNext: ")
    text = (miniature / "case_studies" / "cafe-a-plan.yml").read_text(encoding="utf-8")
    assert 'title: "Café: a {{ plan }}"' in text
    told = json.loads(hub("check", "--format", "json", root=miniature).stdout)
    assert {problem["path"] for problem in told} == {"case_studies/cafe-a-plan.yml"}
    assert {problem["wrong"] for problem in told} == {"is empty"}


def test_new_keeps_what_is_there(miniature: Path) -> None:
    before = (miniature / "case_studies" / "garden.yml").read_text()
    done = hub("new", "Garden", root=miniature)
    assert done.returncode == 1
    assert done.stderr == ("case_studies/garden.yml is there already. Choose another title, or open that file.\n")
    assert (miniature / "case_studies" / "garden.yml").read_text() == before


def test_new_needs_letters(miniature: Path) -> None:
    done = hub("new", "???", root=miniature)
    assert done.returncode == 1
    assert done.stderr == '"???" has letters that an address cannot have. Name the file: --name short-name\n'


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Index", '"index" cannot be the name of a case study here. Name the file: --name short-name'),
        ("All", '"all" cannot be the name of a case study here. Name the file: --name short-name'),
        ("Meet", '"meet" cannot be the name of a case study here. Name the file: --name short-name'),
        ("Origin", '"origin" cannot be the name of a case study here. Name the file: --name short-name'),
        ("Ελληνικά & co", '"Ελληνικά & co" has letters that an address cannot have. Name the file: --name short-name'),
        ("<script>", 'The title holds HTML ("<script>"). Write plain words; for less-than, leave a space after <.'),
        ("x" * 121, "The title has 121 characters; the most is 120. Shorten it, or say part of it elsewhere."),
        (" ", "The title is empty. Fill it in."),
    ],
)
def test_new_refuses_what_check_would_refuse(title: str, said: str, miniature: Path) -> None:
    before = sorted((miniature / "case_studies").iterdir())
    done = hub("new", title, root=miniature)
    assert (done.returncode, done.stderr) == (1, said + "\n")
    assert sorted((miniature / "case_studies").iterdir()) == before


def test_new_spells_what_it_can_and_takes_another_name(miniature: Path) -> None:
    assert "strasse-ore-lodz.yml" in hub("new", "Straße Øre Łódź", root=miniature).stdout
    assert "greek.yml" in hub("new", "Ελληνικά", "--name", "greek", root=miniature).stdout


def test_a_folder_that_is_no_project_is_told(tmp_path: Path) -> None:
    done = hub("check", root=tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path} has no folder case_studies. Name the project's folder with --root.\n"


def test_schema_is_written(miniature: Path) -> None:
    (miniature / "case_studies" / "schema.json").unlink()
    assert "Run ./scripts/hub schema" in hub("check", root=miniature).stdout
    assert hub("schema", root=miniature).returncode == 0
    assert hub("check", root=miniature).returncode == 0


# --- The schema that editors read -------------------------------------------------------------------------------------


def files_with_schema() -> list[Path]:
    """Every file of records."""
    cases = (ROOT / "case_studies").rglob("*.yml")
    pages = [path for folder in ("guide", "templates") for path in (ROOT / "docs" / folder).glob("*.md")]
    return sorted([*cases, *(path for path in pages if path.name != "index.md")])


@pytest.mark.parametrize("path", files_with_schema(), ids=lambda path: path.stem)
def test_each_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = split_page(text)[0] if path.suffix == ".md" else text
    first = head.strip().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema="), f"{path.name} does not name its schema"
    where, _, part = first.partition("$schema=")[2].partition("#")
    assert (path.parent / where).resolve() == ROOT / schema.PATH
    whole = json.loads((ROOT / schema.PATH).read_text(encoding="utf-8"))
    wanted = {**whole, "$ref": f"#{part}"} if part else whole
    data = _typed(parse(head)[0])
    errors = [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(wanted).iter_errors(data)]
    assert errors == []


def _typed(data: object) -> object:
    """Plain text as an editor reads it, where YAML would make a number or a truth value of it."""
    if isinstance(data, dict):
        return {
            key: int(value) if key in ("order", "version", "width", "blank_rows") else _typed(value)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_typed(item) for item in data]
    return {"true": True, "false": False}.get(data, data) if isinstance(data, str) else data


def test_an_editor_is_offered_values_and_explanations(real: Collection) -> None:
    written = json.loads(schema.as_json(real))
    origin = written["$defs"]["Lesson"]["properties"]["origin"]
    assert "went-wrong" in origin["enum"]
    assert origin["description"]
    assert written["$defs"]["CaseStudy"]["properties"]["stages"]["propertyNames"]["enum"] == (
        real.vocabulary.project_stages
    )


def test_the_names_of_answers_are_not_written_over_when_one_is_lost(miniature: Path) -> None:
    kept = miniature / "case_studies" / "_shared" / "answers.yml"
    before = kept.read_text(encoding="utf-8")
    template = miniature / "docs" / "templates" / "agenda.md"
    text = template.read_text(encoding="utf-8").replace("id: needs", "id: wishes")
    template.write_text(text, encoding="utf-8")
    done = hub("schema", root=miniature)
    assert done.returncode == 1
    assert "A form has lost answers" in done.stderr
    assert kept.read_text(encoding="utf-8") == before
    template.write_text(text.replace("version: 2", "version: 3"), encoding="utf-8")
    assert hub("schema", root=miniature).returncode == 0
    assert "guests.row-1.wishes" in kept.read_text(encoding="utf-8")
    assert hub("check", root=miniature).returncode == 0
