"""Measures search and filter in Chromium, at several sizes, beside plain lunr and Pagefind. Called by bench.py.

A phone on a slow line is pretended: 150 ms to the server and back, 1.6 Mbit/s, a processor slowed down 4 times. Each
figure is the median of the runs unless it says p95. Bytes are those sent beyond the page itself, as Brotli.
"""

from __future__ import annotations

import functools
import html
import http.server
import json
import os
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import brotli
import lunr
import mkdocs
from playwright.sync_api import Browser, Page, sync_playwright

from macros import search
from macros.collection import Collection, read

QUESTIONS = ("how do I pay people", "safegaurding", "young people leading research", "jargon", "kids")
FILTERS = ("?theme=power", "?origin=went-wrong", "?stage=before&theme=access", "?q=waited&people=service-users", "")
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
RUNS = 3
OPENED = 2000
"""Milliseconds from opening a window to opening a page in it. Chromium's own parts of a new window are pages too: they
load in the first of these, on the same cores. A reader's browser is open already."""
WATCH = """
new PerformanceObserver((list) => { // it is told of tasks over 50 ms only
  for (const { duration } of list.getEntries()) (globalThis.tasks ??= []).push(duration);
}).observe({ type: "longtask", buffered: true });
const results = document.getElementsByClassName("search__result"), others = document.getElementsByClassName("found");
const watch = new MutationObserver(() => {
  if (!results.length && !others.length) return;
  watch.disconnect();
  requestAnimationFrame(() => console.debug("shown", performance.now()));
});
watch.observe(document, { subtree: true, childList: true });
"""
"""Says when the first result is about to be painted. Nothing asks the page meanwhile: to answer would cost it time."""
BESIDE = Path(__file__).parent / "beside"
"""The pages of plain lunr and of Pagefind."""
MOST_BESIDE = 12_000
"""Lessons up to which they are measured too: with 100,000, building the hub alone takes a quarter of an hour."""


class _Server(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sent: list[tuple[str, int]] = []  # noqa: RUF012  (one list for the run is what is wanted)
    packed: dict[str, bytes] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        """Send a file as Brotli."""
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        if str(path) not in self.packed:
            self.packed[str(path)] = brotli.compress(path.read_bytes(), quality=11)
        body = self.packed[str(path)]
        self.sent.append((self.path, len(body)))
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(path))),
            ("Content-Encoding", "br"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "max-age=600"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Server, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def _phone(browser: Browser, watch: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", cast("dict[str, Any]", LINE))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(watch)
    page.wait_for_timeout(OPENED)
    yield page
    context.close()


def _shown(page: Page, address: str) -> float:
    """Open a page. Returns milliseconds from its start to its first result."""
    with page.expect_console_message(lambda message: message.text.startswith("shown "), timeout=60_000) as told:
        page.goto(address, wait_until="commit")
    return float(told.value.text.split()[1])


def _opened(browser: Browser, address: str) -> dict[str, float]:
    """What it takes from opening a page with a question to its first results: cold, and with what is kept."""
    cold, warm, sizes, tasks = [], [], [], []
    for question in QUESTIONS:
        for _ in range(RUNS):
            with _phone(browser, WATCH) as page:
                _Server.sent.clear()
                cold.append(_shown(page, f"{address}?q={quote(question)}"))
                page.wait_for_timeout(500)  # so that work after the first results is counted too
                asked = [size for path, size in _Server.sent if "?q=" not in path and "icon" not in path]
                sizes.append(sum(asked))
                tasks.append(max(page.evaluate("globalThis.tasks ?? [0]")))
                warm.append(_shown(page, f"{address}?q={quote(question)}"))
    return {
        "kB": statistics.median(sizes) / 1000,
        "cold, ms": statistics.median(cold),
        "warm, ms": statistics.median(warm),
        "longest task, ms": statistics.median(tasks),
        "runs with one over 50 ms, %": 100 * sum(task > 0 for task in tasks) / len(tasks),
    }


def _page_alone(browser: Browser, address: str) -> dict[str, float]:
    """The longest task of a page that has nothing to answer: what the browser itself takes to show it."""
    tasks = []
    for _ in range(len(QUESTIONS) * RUNS):
        with _phone(browser, WATCH) as page:
            page.goto(address, wait_until="load")
            page.wait_for_timeout(500)
            tasks.append(max(page.evaluate("globalThis.tasks ?? [0]")))
    return {"longest task, ms": statistics.median(tasks)}


PAINTED = """const painted = (within, start) => new Promise((done) => {
  new MutationObserver((_, watch) => {
    watch.disconnect();
    const script = performance.now() - start();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done([script, performance.now() - start()]);
      port2.postMessage(null);
    });
  }).observe(within, { childList: true });
});
const measured = async (within, act) => {
  await new Promise((done) => setTimeout(done, 500));
  let began = 0;
  const there = painted(within, () => began);
  began = performance.now();
  act();
  return await there;
};
"""
"""When a part of the page changes, and when that has been painted: the first thing that runs after that frame."""
ASK = f"""async (question) => {{
  {PAINTED}
  const form = document.querySelector(".site-search");
  form.elements.q.value = question;
  return await measured(document.getElementById("search-results"), () => form.requestSubmit());
}}"""
APPLY = f"""async (address) => {{
  {PAINTED}
  history.pushState(null, "", address || location.pathname); // as if somebody had gone back to it
  return await measured(document.getElementById("active"), () => dispatchEvent(new PopStateEvent("popstate")));
}}"""
ONE_WORD = f"""async (word) => {{
  {PAINTED}
  const heading = document.querySelector("h1");
  return await measured(heading, () => (heading.textContent = word));
}}"""
"""The least that a change can take in that page, on that machine: what the others are to be seen beside."""


def _again(browser: Browser, address: str, script: str, asked: tuple[str, ...]) -> dict[str, float]:
    """What it takes to ask again in an open page, each question once before it is measured, so that all is loaded."""
    with _phone(browser) as page:
        page.goto(address, wait_until="load")
        page.wait_for_timeout(1500)

        def taken(script: str) -> tuple[list[float], list[float]]:
            for question in asked:
                page.evaluate(script, question)
            both = [page.evaluate(script, question) for _ in range(6) for question in asked]
            return sorted(changed for changed, _ in both), sorted(painted for _, painted in both)

        changed, painted = taken(script)
        _, word = taken(ONE_WORD)
    return {
        "script, ms": statistics.median(changed),
        "script, p95": _p95(changed),
        "painted, ms": statistics.median(painted),
        "p95": _p95(painted),
        "one word, ms": statistics.median(word),
        "one word, p95": _p95(word),
    }


def _p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def _beside(site: Path, collection: Collection) -> dict[str, float]:
    """Put plain lunr and Pagefind over the same records. Returns what building them took, in seconds."""
    folder = site / "beside"
    (folder / "records").mkdir(parents=True)
    start = time.perf_counter()
    records = list(search.records(collection))
    documents = [{"id": str(n), "title": record.title, "text": record.text} for n, record in enumerate(records)]
    index = lunr.lunr("id", ["title", "text"], documents).serialize()
    data = {"index": index, "titles": [record.title for record in records]}
    (folder / "plain.json").write_text(json.dumps(data), encoding="utf-8")
    plain = time.perf_counter() - start
    shutil.copy(Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js", folder)
    for name in ("plain.html", "pagefind.html"):
        shutil.copy(BESIDE / name, folder)
    template = string.Template((BESIDE / "record.html").read_text(encoding="utf-8"))
    for number, record in enumerate(records):
        page = template.substitute(title=html.escape(record.title), text=html.escape(record.text))
        (folder / "records" / f"{number}.html").write_text(page, encoding="utf-8")
    start = time.perf_counter()
    made = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", folder / "records", "--output-path", folder / "pagefind"],
        check=False,
        capture_output=True,
    )
    return {"plain lunr": plain} | ({} if made.returncode else {"Pagefind": time.perf_counter() - start})


def _row(lessons: int, what: str, figures: dict[str, float]) -> None:
    told = "  ".join(f"{name} {figure:,.1f}" for name, figure in figures.items())
    print(f"{lessons:>9,} lessons  {what:<12} {told}", flush=True)


def measure(root: Path, site: Path) -> None:
    """Measure a project that was built: the search, plain lunr, Pagefind, the filter."""
    collection, _ = read(root)
    if collection is None:
        sys.exit("The collection cannot be read.")
    lessons = collection.lessons
    built = _beside(site, collection) if lessons <= MOST_BESIDE else {}
    with _serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROME_PATH"))
        ours = _opened(browser, f"{address}search/")
        _row(lessons, "search", ours | _again(browser, f"{address}search/?q=ladder", ASK, QUESTIONS))
        _row(lessons, "no question", _page_alone(browser, f"{address}not-kept/"))
        for name, page in (("plain lunr", "plain.html"), ("Pagefind", "pagefind.html")):
            if name in built:
                theirs = _opened(browser, f"{address}beside/{page}")
                ratio = {"ours to theirs": ours["cold, ms"] / theirs["cold, ms"]}
                _row(lessons, name, {"build, s": built[name]} | theirs | ratio)
        _row(lessons, "filter", _again(browser, f"{address}lessons/", APPLY, FILTERS))
        browser.close()


def run(counts: tuple[int, ...]) -> None:
    """Build a hub of each size, and measure it. `counts`: how many lessons, about."""
    from scripts.bench import ROOT, cases_for, generate

    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "hub"
            generate(root, cases_for(count))
            for name in ("overrides", "macros", "scripts"):
                shutil.copytree(ROOT / name, root / name)
            shutil.copy(ROOT / "mkdocs.yml", root)
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "scripts.hub", "build", "--to", root / "site"],
                cwd=root,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            _row(count, "build", {"s": time.perf_counter() - start})
            measure(root, root / "site")
