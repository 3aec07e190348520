"""A Markdown extension: every table gets a caption, scopes for its header cells, and a region that scrolls by keyboard.

The caption is the paragraph just above the table if it starts with `Table: `, or else the nearest heading. The first
cell of each row names the row. See WCAG 1.3.1 (header cells) and 2.1.1 (a region that scrolls takes the focus).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

_ATTRIBUTES = re.compile(r"\s*\{:.*\}\s*$")  # what attr_list takes away after us
_MARK = "Table: "
_AFTER_INLINE = 15  # once the text in the cells is made, which is at 20


class TableExtension(Extension):
    """Registers the treatment of tables."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        """Called by Python-Markdown."""
        md.treeprocessors.register(_Tables(md), "hub_tables", _AFTER_INLINE)


def makeExtension(**options: object) -> TableExtension:  # noqa: N802  (the library's name)
    """Called by Python-Markdown, which finds the extension by this module's name."""
    return TableExtension(**options)


class _Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        heading = ""
        for parent in list(root.iter()):
            for position, child in enumerate(list(parent)):
                if re.fullmatch(r"h[1-6]", child.tag):
                    heading = _ATTRIBUTES.sub("", "".join(child.itertext()))
                elif child.tag == "table":
                    above = parent[position - 1] if position else None
                    _frame(parent, child, above, heading)


def _frame(parent: Element, table: Element, above: Element | None, heading: str) -> None:
    """Put a table into a region of its own, with caption and scopes."""
    caption = Element("caption")
    if above is not None and above.tag == "p" and (above.text or "").startswith(_MARK):
        caption.text = (above.text or "")[len(_MARK) :]
        caption.extend(above)
        parent.remove(above)
    else:
        caption.text = heading
    caption.set("id", "table-" + slugify("".join(caption.itertext()), "-"))
    for cell in table.iterfind("./thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("./tbody/tr"):
        row[0].tag = "th"
        row[0].set("scope", "row")
    region = Element(
        "div", {"class": "scroll", "role": "region", "aria-labelledby": caption.get("id", ""), "tabindex": "0"}
    )
    parent[list(parent).index(table)] = region
    table.insert(0, caption)
    region.append(table)
