"""Where the hub's files are, below the project's folder; and which files a folder has."""

from __future__ import annotations

import os
from pathlib import Path

CASES = "case_studies"
SHARED = "case_studies/_shared"
DOCS = "docs"
GUIDES = "docs/guide"
TEMPLATES = "docs/templates"
EASY_READ = "docs/easy-read"
PICTURES = Path(__file__).parent / "partials" / "pictures"

RECORD_FOLDERS = {"guides": GUIDES, "templates": TEMPLATES, "easy_read": EASY_READ}
"""The folders of pages whose front matter is a record, by the kind of its ids."""


def files_below(folder: Path) -> list[str]:
    """Every file below a folder, as sorted paths from there, with `/`. As text: a large site has a million files."""
    found: list[str] = []
    for top, _, names in os.walk(folder):
        below = Path(top).relative_to(folder).as_posix()
        found += names if below == "." else (f"{below}/{name}" for name in names)
    return sorted(found)
