"""What the code host is told: workflows without holes, and forms that ask what the hub asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from macros import contribution
from macros.collection import Collection
from macros.render import render
from scripts.hub import ISSUE_FORM
from tests.conftest import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


def audit(path: Path) -> tuple[int, str]:
    """What zizmor says of workflows: its exit code and its words."""
    program = Path(sys.executable).parent / "zizmor"
    done = subprocess.run([program, "--offline", str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_no_hole_is_known_in_the_workflows(tmp_path: Path) -> None:
    code, said = audit(GITHUB)
    assert code == 0, said
    bad = tmp_path / ".github" / "workflows" / "comment.yml"
    bad.parent.mkdir(parents=True)
    text = (GITHUB / "workflows" / "comment.yml").read_text(encoding="utf-8")
    bad.write_text(
        text.replace("HEAD: ", "OTHER: ").replace('"$HEAD"', '"${{ github.event.workflow_run.head_branch }}"')
    )
    code, said = audit(tmp_path)
    assert code
    assert "template-injection" in said


def test_every_finding_that_is_let_pass_says_why() -> None:
    for path in WORKFLOWS:
        for ignored in re.findall(r"# zizmor: ignore\[[\w-]+\](.*)", path.read_text(encoding="utf-8")):
            assert len(ignored.split()) > 5


def test_actions_are_pinned_and_tokens_can_do_little() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert yaml.safe_load(text)["permissions"] == {}
        assert re.findall(r"uses: (\S+)", text) == re.findall(r"uses: ([\w/-]+@[0-9a-f]{40}) # v[\d.]+", text)


def test_what_a_fork_offers_is_taken_as_files_after_the_setup() -> None:
    jobs = yaml.safe_load((GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8"))["jobs"]
    runs = [step.get("run", "") for step in jobs["check"]["steps"]]
    took = next(place for place, run in enumerate(runs) if "FETCH_HEAD" in run)
    assert "./scripts/hub" in "".join(runs[:took])
    assert runs[took].strip().endswith("git checkout FETCH_HEAD -- case_studies 'docs/*.md'")
    assert "secrets." not in str(jobs)


def test_the_form_of_an_issue_asks_what_the_hub_asks(real: Collection) -> None:
    asked = [group for group in contribution.form(real) if not group.folded]
    assert (ROOT / ISSUE_FORM).read_text(encoding="utf-8") == render("issue_story.yml.jinja", asked), (
        "Run ./scripts/hub schema"
    )
    form = yaml.safe_load((ROOT / ISSUE_FORM).read_text(encoding="utf-8"))
    fields = [one["id"] for one in form["body"] if "id" in one]
    assert fields == [field.id for group in asked for field in group.fields]
