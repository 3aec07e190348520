"""The process behind `hub serve`: builds the site, and stays to write the pages of a case study anew when told to.

A new process is started for each build, so that a changed Python file is read anew. While nothing but case studies
changes, this one has everything in its memory that their pages need, and writes them in a moment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from macros.problems import as_text
from scripts import building, record_pages

BUILT = "built"
"""The line that says that the site is there. From then on each line that comes in is the name of a case study."""


def main(root: Path, to: Path) -> int:
    """Build the site below `root` into `to`, then do as told. For each line, print what is wrong, as JSON.

    Returns: 1 if the site was not built; what is wrong is on the standard error.
    """
    try:
        building.build(root, to)
    except building.BuildFailed as error:
        print(error, file=sys.stderr)
        return 1
    print(BUILT, flush=True)
    for line in sys.stdin:
        problems = record_pages.write_again(line.strip(), to)
        print(json.dumps(as_text(problems) if problems else ""), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
