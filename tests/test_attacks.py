"""What somebody may offer to do harm. Each is refused in words, with exit code 1, soon, and in little memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

SECONDS, BYTES = 5, 500_000_000
GARDEN = "case_studies/garden.yml"


def text(path: str, content: str) -> Callable[[Path], None]:
    """An attack that is a file."""

    def put(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")

    return put


def instead(path: str, before: str, after: str) -> Callable[[Path], None]:
    """An attack in a file that is there."""

    def change(root: Path) -> None:
        words = (root / path).read_text(encoding="utf-8")
        assert before in words
        (root / path).write_text(words.replace(before, after, 1), encoding="utf-8")

    return change


BOMB = "a: &a [x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
PAGE = "---\ntitle: A page\nsummary: A page.\n---\n\n# A page\n\n"
ATTACKS: dict[str, Callable[[Path], None]] = {
    "a bomb of aliases": text("case_studies/bomb.yml", BOMB),
    "30,000 brackets": text("case_studies/deep.yml", "[" * 30_000),
    "50 MB": text("case_studies/big.yml", "a: " + "x" * 50_000_000),
    "a million keys": text("case_studies/keys.yml", "".join(f"k{n}: 1\n" for n in range(90_000))),
    "a command in a tag": text("case_studies/tag.yml", "title: !!python/object/apply:os.system ['touch PWNED']\n"),
    "a script in a title": instead(GARDEN, "title: The garden group", "title: <script>alert(1)</script>"),
    "a template in a page": text("docs/x.md", PAGE + "{{ ''.__class__.__mro__ }}\n"),
    "a statement in a page": text("docs/x.md", PAGE + "{% set x = 1 %}\n"),
    "a template in front matter": text("docs/x.md", PAGE.replace("title: A page", 'title: "{{ 7*7 }}"')),
    "another template for a page": text("docs/x.md", PAGE.replace("summary", "template: evil.html\nsummary")),
    "rights for a page": text("docs/x.md", PAGE.replace("summary", "render_macros: true\nsummary")),
    "HTML in a page": text("docs/x.md", PAGE + "<img src=x onerror=alert(1)>\n"),
    "an attribute in a page": text("docs/x.md", PAGE + "Words.\n{: onclick=alert(1) }\n"),
    "a script as a link": text("docs/x.md", PAGE + "[here](javascript:alert(1))\n"),
    "a picture from elsewhere": text("docs/x.md", PAGE + "![x](https://example.org/x.png)\n"),
    "a file into a page": text("docs/x.md", PAGE + '--8<-- "mkdocs.yml"\n\n<!-- -->\n'),
    "a script as a link in a story": instead(GARDEN, "https://example.org/", "javascript:alert(1)"),
    "a picture that runs": text("docs/evil.svg", "<svg onload='alert(1)'/>"),
    "a page that runs": text("docs/evil.html", "<script>alert(1)</script>"),
    "a script": text("docs/evil.js", "alert(1)"),
    "a link to the password file": lambda root: (root / "docs" / "x.md").symlink_to("/etc/passwd"),
    "a link as a story": lambda root: (root / "case_studies" / "x.yml").symlink_to("/etc/passwd"),
    "a link to a folder": lambda root: (root / "docs" / "etc").symlink_to("/etc"),
    "a pipe as a story": lambda root: os.mkfifo(root / "case_studies" / "pipe.yml"),
    "a name that leads elsewhere": text("case_studies/x%2f..%2fy.yml", "title: x\n"),
    "an id that leads elsewhere": instead(GARDEN, "id: meet-early", "id: ../../../x"),
    "a moved address that leads elsewhere": instead(
        "case_studies/_shared/moved.yml", "address: ", "address: a/../../../"
    ),
    "text that reads otherwise": instead(GARDEN, "A group planned", "A \u202egroup planned"),
}


def limited() -> None:
    """Let the process have no more than what is promised."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def check(root: Path) -> subprocess.CompletedProcess[str]:
    """`hub check` within its limits."""
    command = [sys.executable, "-m", "scripts.hub", "--root", str(root), "check", "--format", "json"]
    return subprocess.run(
        command, cwd=ROOT, preexec_fn=limited, capture_output=True, text=True, check=False, timeout=60
    )


def test_nothing_is_refused_where_nothing_is_wrong(miniature: Path) -> None:
    assert check(miniature).returncode == 0


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_words(name: str, miniature: Path) -> None:
    ATTACKS[name](miniature)
    done = check(miniature)
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    assert json.loads(done.stdout)
    assert not list(ROOT.glob("PWNED*"))
    assert "root:" not in done.stdout, "the password file is told"
