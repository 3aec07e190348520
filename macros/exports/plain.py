"""The pages as plain text in Markdown, for people who read with other programs.

They are made of the finished pages, so that they say what the pages say.
"""

from __future__ import annotations

import re

from html_to_markdown import ConversionOptions, convert

TWIN, LIST = "index.md", "llms.txt"
"""Beside each page; and the list of them (`page_list`), at the top of the site."""

_LEFT_OUT = ["svg", "script", "template", "form", ".keep", ".without-script", "dialog"]


def text(page: str) -> str:
    """The main part of a page, in Markdown."""
    main = re.search(r"(?s)<main\b.*</main\s*>", page)
    options = ConversionOptions(exclude_selectors=_LEFT_OUT)
    return str(convert(main[0] if main else "", options).content).strip() + "\n"
