"""Another site generator builds the same pages from the same tree: leaving MkDocs stays cheap."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from macros.views.links import FROM_FILES_VARIABLE
from scripts.mkdocs_adapter import HASH
from tests.conftest import ROOT, hub


def content(site: Path, page: PurePosixPath) -> str:
    """The content of a page, with every address as it is from the top of the site, white space folded or left out."""
    text = (site / page).read_text(encoding="utf-8")
    found = re.search(r"<main.*</main>", text, re.DOTALL)
    assert found, page
    text = re.sub(r"; [0-9.]+ MB(?=</span>)", "", found[0])  # sizes of files that only `hub build` makes
    text = re.sub(rf'(src="[^"]*)\.[0-9a-f]{{{HASH}}}(\.\w+")', r"\1\2", text)  # only `hub build` gives pictures a hash
    here = f"/{page}".removesuffix("index.html")

    def whole(match: re.Match[str]) -> str:
        return f'href="{urljoin(here, match[1]).removesuffix(".")}"'

    return " ".join(re.sub(r"(?<=>)\s+(?=<)", "", re.sub(r'href="([^"]*)"', whole, text)).split())


def test_zensical_builds_the_same_pages(site: Path, tmp_path: Path) -> None:
    assert hub("pages", str(tmp_path / "docs")).returncode == 0
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in ("macros", "overrides", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict"]
    environment = os.environ | {"HUB_ROOT": str(ROOT), FROM_FILES_VARIABLE: "yes"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    other = tmp_path / "site"
    pages = {PurePosixPath(path.relative_to(site)) for path in site.rglob("*.html")}
    assert pages == {PurePosixPath(path.relative_to(other)) for path in other.rglob("*.html")}
    for page in sorted(pages):
        assert content(other, page) == content(site, page), page
