"""What a reader's device keeps when they ask for it: the templates, and the pages that lead to them."""

from __future__ import annotations

import json

from macros.collection import Collection
from macros.downloads.files import offered
from macros.folders import DOCS
from macros.views.documents import document
from macros.views.links import NOT_KEPT, address

PATH = "offline.json"
PAGES = ("index.md", NOT_KEPT, "support.md", "take-away.md", "templates/index.md", "search.md", "guide/index.md")
SEARCH = "search/index.json"


def files(collection: Collection) -> dict[str, str]:
    """The list, by its path below the top of the site: addresses there."""
    wanted = [address(page) for page in PAGES if f"{DOCS}/{page}" in collection.pages] + [SEARCH]
    for slug in collection.templates:
        if collection.written(slug):
            wanted.append(address(f"templates/{slug}.md"))
            wanted.append(next(path for _, path in offered(document(collection, slug)) if path.endswith(".docx")))
    return {PATH: json.dumps(wanted, indent=0) + "\n"}
