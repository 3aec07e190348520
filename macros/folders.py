"""Where the hub's files are, below the project's folder."""

from __future__ import annotations

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
