"""Serving the site while somebody works on it.

A change to a case study shows at once on its own pages, and soon after everywhere. Any other change shows once the site
is built again. What does not build is told, and the pages stay as they were.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import IO, cast

from mkdocs.livereload import LiveReloadServer

from macros.folders import CASES
from scripts.building import BuildFailed
from scripts.live import BUILT
from scripts.mkdocs_adapter import LIVE_VARIABLE

WATCHED = ("case_studies", "docs", "macros", "overrides", "scripts", "mkdocs.yml")
_LOOK_EVERY = 0.2
"""Seconds between two looks at the files."""
_UNCHANGED = "Not built; the pages stay as they were."
_OTHERS_SHOWN = "Not built. The other changed case studies show on their own pages."

Stamps = dict[str, tuple[int, int]]
"""For each file below the project's folder: when it was changed, and its size."""


class Maker:
    """A process that builds the site, and then writes single case studies anew."""

    def __init__(self, root: Path, to: Path) -> None:
        """Start it."""
        # Its compiled files stay out of the folders that are watched, or each build would call for another.
        cache = str(Path(tempfile.gettempdir()) / "hub-pycache")
        self.said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (it lives as long as the process)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.live", str(root), str(to)],
            cwd=root,
            env=os.environ | {"PYTHONPYCACHEPREFIX": cache, "PYTHONUTF8": "1", LIVE_VARIABLE: "yes"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
            encoding="utf-8",
        )
        self.orders, self.answers = cast("IO[str]", self.process.stdin), cast("IO[str]", self.process.stdout)

    def wait(self) -> None:
        """Wait until the site is there. Raises: `BuildFailed` with what the process said before it ended."""
        for line in self.answers:
            if line.strip() == BUILT:
                return
        raise self._ended()

    def write_again(self, slug: str) -> str:
        """Write the pages of a case study anew. Returns what is wrong with it; empty if nothing is.

        Raises: `BuildFailed` with what the process said, if it has ended.
        """
        try:
            self.orders.write(f"{slug}\n")
            self.orders.flush()
        except BrokenPipeError:
            raise self._ended() from None
        if not (answer := self.answers.readline()):
            raise self._ended()
        wrong: str = json.loads(answer)
        return wrong

    def _ended(self) -> BuildFailed:
        self.process.wait()
        self.said.seek(0)
        return BuildFailed(self.said.read().strip())

    def stop(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        self.process.wait()


class Workshop:
    """A site that is kept up with its files."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Build it for the first time, in a folder of its own. Raises: `BuildFailed`."""
        self.root, self.site = root, folder / "site"
        self.poke = folder / "built-again"
        """Is written when the site was built without anybody waiting for it."""
        self.poke.touch()
        self.stamps = self._stamps()
        self.maker = Maker(root, self.site)
        self.next: Maker | None = None
        self.turn = threading.Lock()
        """Held by whoever changes which process is the maker, and which is the next."""
        self.maker.wait()

    def keep_up(self) -> None:
        """Show what has changed since the last time."""
        stamps = self._stamps()
        changed = {path for path, _ in stamps.items() ^ self.stamps.items()}
        same_files = stamps.keys() == self.stamps.keys()
        if not changed:
            return
        self.stamps = stamps
        self._drop_next()
        if same_files and all(re.fullmatch(rf"{CASES}/[^/]+\.yml", path) for path in changed):
            try:
                wrong = [self.maker.write_again(Path(path).stem) for path in sorted(changed)]
            except BuildFailed as error:  # the build that follows tells more, if the change is the reason
                print(error, file=sys.stderr, flush=True)
            else:
                if any(wrong):
                    _tell("\n".join(filter(None, wrong)), _UNCHANGED if all(wrong) else _OTHERS_SHOWN)
                    return
                print("Shown on its own pages. The others follow.", flush=True)
            threading.Thread(target=self._build, args=(self._start_next(),), daemon=True).start()
        else:
            self._build(self._start_next())

    def _start_next(self) -> Maker:
        """The process of the next build. Known before a thread waits for it, so that it can always be stopped."""
        self.next = Maker(self.root, self.site)
        return self.next

    def _build(self, maker: Maker) -> None:
        try:
            maker.wait()
        except BuildFailed as error:
            with self.turn:
                if self.next is not maker:  # it was stopped, since there was something newer
                    return
                self.next = None
            _tell(str(error))
            return
        with self.turn:
            if self.next is not maker:
                return
            self.next = None
            self.maker.stop()
            self.maker = maker
        print("Built again.", flush=True)
        self.poke.write_bytes(os.urandom(8))

    def _drop_next(self) -> None:
        with self.turn:
            if maker := self.next:
                self.next = None
                maker.stop()

    def close(self) -> None:
        """Stop every process."""
        self._drop_next()
        self.maker.stop()

    def _stamps(self) -> Stamps:
        found: Stamps = {}
        for name in WATCHED:
            top = self.root / name
            for path in top.rglob("*") if top.is_dir() else [top]:
                if "__pycache__" in path.parts:
                    continue
                with suppress(OSError):  # an editor may take a file away while it saves
                    stat = path.stat()
                    if not S_ISREG(stat.st_mode):
                        continue
                    found[path.relative_to(self.root).as_posix()] = (stat.st_mtime_ns, stat.st_size)
        return found


def serve(root: Path, port: int) -> None:
    """Build, serve on 127.0.0.1, and keep up with each change until stopped.

    Raises: `BuildFailed` if the first build fails; `PortInUse`.
    """
    if not _is_free(port):
        raise PortInUse(port)
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        workshop = Workshop(root, Path(folder))
        server = LiveReloadServer(
            builder=workshop.keep_up,
            host="127.0.0.1",
            port=port,
            root=str(workshop.site),
            polling_interval=_LOOK_EVERY,
        )
        for name in WATCHED:
            server.watch(str(root / name))
        server.watch(str(workshop.poke))
        server.error_handler = lambda _: (workshop.site / "404.html").read_bytes()
        _when_serving(lambda: print(f"The hub is at http://127.0.0.1:{port}/  Stop it with Ctrl+C.", flush=True))
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the built site is removed then as well
        try:
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs brings no types for it
        except KeyboardInterrupt:
            server.shutdown()
        finally:
            workshop.close()


def _tell(wrong: str, result: str = _UNCHANGED) -> None:
    print(f"{wrong}\n{result}", file=sys.stderr, flush=True)


def _when_serving(tell: Callable[[], None]) -> None:
    """Tell once the server watches the files: a change made from then on is not missed."""
    listener = logging.Handler(logging.INFO)
    listener.addFilter(lambda record: "Serving on" in record.getMessage())
    listener.emit = lambda record: tell()  # type: ignore[method-assign]  # noqa: ARG005  (the name is logging's)
    logger = logging.getLogger("mkdocs.livereload")
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)


class PortInUse(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        """Say what to do."""
        super().__init__(f"Port {port} is in use. Stop the other program, or: ./scripts/serve --port {port + 1}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
