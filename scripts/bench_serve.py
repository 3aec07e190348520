"""Measures nginx with the configuration that we ship: a page that is compressed already, beside a bare file.

Both are on the same machine as what asks (wrk), so the rates are a bound and no promise; the ratio is what counts.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.bench import ROOT

PAGE = "case-studies/minds/"
OURS, BARE = 8765, 8766
"""Ports."""


def run(seconds: int) -> None:
    """Print both rates and the ratio. Stops with what to do if a program is missing or no site is built."""
    nginx, wrk = (shutil.which(name) or shutil.which(name, path="/usr/sbin") for name in ("nginx", "wrk"))
    if not nginx or not wrk:
        sys.exit("This needs nginx and wrk. On Debian or Ubuntu: apt-get install nginx wrk")
    site = ROOT / "site"
    if not (site / PAGE / "index.html.br").is_file():
        sys.exit("There is no built site. Run ./scripts/build first.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        bare = folder / "bare"
        bare.mkdir()
        shutil.copytree(site, folder / "site")
        shutil.copy(site / PAGE / "index.html.br", bare / "file.bin")
        hub = [sys.executable, "-m", "scripts.hub", "hosting", str(folder / "ours"), "--site", str(site)]
        subprocess.run([*hub, "--at", str(folder / "site"), "--port", str(OURS)], cwd=ROOT, check=True)
        shutil.copytree(folder / "ours", folder / "theirs")
        (folder / "theirs" / "nginx.conf").write_text(
            f"server {{ listen {BARE}; root {bare}; sendfile on; tcp_nopush on; }}\n"
        )
        servers = [_started(nginx, folder / part) for part in ("ours", "theirs")]
        time.sleep(1)
        try:
            print(f"{'':32}{'requests/s':>12}{'p99, ms':>10}{'errors':>8}")
            ours = _told("a page, compressed beforehand", wrk, seconds, f"http://127.0.0.1:{OURS}/{PAGE}")
            theirs = _told("a bare file of the same size", wrk, seconds, f"http://127.0.0.1:{BARE}/file.bin")
            print(f"{'ratio':32}{ours / theirs:>12.2f}")
        finally:
            for server in servers:
                server.terminate()


def _started(nginx: str, folder: Path) -> subprocess.Popen[bytes]:
    own = folder / "own"
    own.mkdir()
    main = folder / "main.conf"
    main.write_text(main.read_text().replace("/tmp/", f"{own}/"))  # noqa: S108  (it is for a container, which is alone)
    return subprocess.Popen([nginx, "-c", str(main), "-e", "stderr"])


def _told(what: str, wrk: str, seconds: int, address: str) -> float:
    command = [wrk, "-t1", "-c32", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: br", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = float(re.findall(r"Requests/sec: *([\d.]+)", said)[0])
    slow, unit = re.findall(r"99% *([\d.]+)(us|ms|s)", said)[0]
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout|Non-2xx or 3xx responses:?) (\d+)", said)))
    print(
        f"{what:32}{rate:>12,.0f}{float(slow) * {'us': 0.001, 'ms': 1, 's': 1000}[unit]:>10.2f}{errors:>8}", flush=True
    )
    return rate
