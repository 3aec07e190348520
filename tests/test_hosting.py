"""The hub on a real nginx with the configuration that we ship, and the same list in every other host's form."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
import yaml

from macros import page_checks
from macros.collection import Collection
from scripts import hosting, listing
from scripts.mkdocs_adapter import HASH
from tests.conftest import ROOT, copy_of_project, hub

LISTED = yaml.safe_load((hosting.HERE / "hosts.yml").read_text(encoding="utf-8"))
HEADERS = [*LISTED["every"], "Cache-Control"]


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, the headers, and the body as it was sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that listens on a port of this machine."""

    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, with the path just as it is. Header names have `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            said = connection.getresponse()
            return Answer(said.status, said.headers, said.read())
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(site: Path, folder: Path, root: Path = ROOT) -> Iterator[Server]:
    """A real nginx with what `hub hosting` writes for a site."""
    port = free_port()
    done = hub("hosting", str(folder), "--site", str(site), "--at", str(site), "--port", str(port), root=root)
    assert done.returncode == 0, done.stderr
    main = folder / "main.conf"
    for part in (site, *site.parents):  # its workers are another user, who must get there
        if part.stat().st_uid == os.getuid() and not part.stat().st_mode & 0o001:
            part.chmod(part.stat().st_mode | 0o011)
    own = folder / "own"
    own.mkdir()
    main.write_text(main.read_text().replace("/tmp/", f"{own}/"))  # noqa: S108  (it is for a container, which is alone)
    process = subprocess.Popen([os.environ["NGINX_PATH"], "-c", str(main), "-e", "stderr"], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            time.sleep(0.05)
        yield Server(port)
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(site, tmp_path_factory.mktemp("nginx")) as found:
        yield found


@pytest.mark.parametrize(
    "asked",
    [
        ("/", "GET", {}, 200),
        ("/", "HEAD", {}, 200),
        ("/lessons", "GET", {}, 301),
        ("/no-such-page/", "GET", {}, 404),
        ("/assets/", "GET", {}, 404),
        ("/", "POST", {}, 405),
        ("/%zz", "GET", {}, 400),
        ("/feed.xml", "GET", {"Range": "bytes=0-9"}, 206),
        ("/feed.xml", "GET", {"Range": "bytes=99999999-"}, 416),
    ],
)
def test_every_kind_of_answer_has_the_headers(
    server: Server, site: Path, asked: tuple[str, str, dict[str, str], int]
) -> None:
    path, method, headers, status = asked
    answer = server.ask(path, method, **headers)
    assert answer.status == status
    has_the_headers(answer, site)


def has_the_headers(answer: Answer, site: Path) -> None:
    """Each header with its one value. With 416, nginx sends all of them twice, which means the same."""
    for name, value in told_by(site).items():
        assert set(answer.headers.get_all(name, [])) == {value}, name
    assert set(answer.headers.get_all("Cache-Control", [])) == {"no-cache"}
    assert answer.headers["Server"] == "nginx"


def told_by(site: Path) -> dict[str, str]:
    """What every answer is to have, with the policy of a site."""
    return {name: value.replace("{policy}", hosting._policy(site)) for name, value in LISTED["every"].items()}


@pytest.mark.parametrize(("asked", "ending"), [("br", ".br"), ("gzip", ".gz"), ("gzip, deflate, br", ".br")])
def test_what_is_compressed_already_is_sent(server: Server, site: Path, asked: str, ending: str) -> None:
    for path in ("index.html", "search/index.json", "feed.xml", "404.html"):
        address = {"index.html": "", "404.html": "no-such-page"}.get(path, path)
        answer = server.ask(f"/{address}", Accept_Encoding=asked)
        assert answer.headers["Content-Encoding"] == listing.PACKED[ending].replace("brotli", "br")
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.body == (site / f"{path}{ending}").read_bytes()
        unpack = brotli.decompress if ending == ".br" else gzip.decompress
        assert unpack(answer.body) == server.ask(f"/{address}").body == (site / path).read_bytes()


def test_what_has_a_gzip_form_alone_is_sent_so(site: Path, tmp_path: Path) -> None:
    """As open data that is large."""
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site/search/index.json.br").unlink()
    with running(tmp_path / "site", tmp_path / "nginx") as server:
        answer = server.ask("/search/index.json", Accept_Encoding="gzip, deflate, br")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.body) == (site / "search/index.json").read_bytes()
        assert server.ask("/search/index.json", Accept_Encoding="br").body == gzip.decompress(answer.body)


def test_a_browser_that_has_the_page_is_not_sent_it_again(server: Server, site: Path) -> None:
    for encoding in ("br", "gzip", "identity"):
        first = server.ask("/guide/", Accept_Encoding=encoding)
        again = server.ask("/guide/", Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        has_the_headers(again, site)
        other = server.ask("/guide/", Accept_Encoding=encoding, If_None_Match='"another"')
        assert (other.status, other.body) == (200, first.body)
        since = server.ask("/guide/", Accept_Encoding=encoding, If_Modified_Since=first.headers["Last-Modified"])
        assert since.status == 304


def test_what_has_its_hash_in_its_name_is_kept(server: Server, site: Path) -> None:
    kept = [path for path in (site / "assets").rglob("*") if path.is_file() and path.suffix not in listing.PACKED]
    assert {path.suffix for path in kept} == {".js", ".svg"}
    for path in kept:
        answer = server.ask(f"/{path.relative_to(site).as_posix()}")
        assert answer.headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
        assert path.suffixes[-2] == f".{sha256(path.read_bytes()).hexdigest()[:HASH]}", path


def test_where_there_is_no_page_the_page_for_that_is_sent(server: Server, site: Path) -> None:
    for path in ("/no-such-page", "/no/such/page/", "/404.html", "/_headers", "/_redirects", "/.git/config", "/x.php"):
        answer = server.ask(path)
        assert answer.status == 404, path
        assert answer.body == (site / "404.html").read_bytes(), path


def test_no_folder_is_listed(server: Server, site: Path) -> None:
    folders = [path for path in site.rglob("*") if path.is_dir() and not (path / "index.html").exists()]
    assert len(folders) > 5
    for folder in folders:
        answer = server.ask(f"/{folder.relative_to(site).as_posix()}/")
        assert answer.status == 404, folder


def ways_out() -> list[str]:
    """A hundred ways and more to ask for a file outside of the site, and one that is surely there."""
    up = ("..", "%2e%2e", ".%2e", "%2e.", "..;", "..%00", "%252e%252e", "..%c0%af", "%c0%ae%c0%ae", "....", "..%5c")
    tops = ("/", "/assets/", "/lessons/../", "//", "/./")
    targets = ("etc/passwd", "etc%2fpasswd")
    return [f"{top}{'/'.join([step] * 12)}/{target}" for top in tops for step in up for target in targets]


def test_nobody_gets_out_of_the_site(server: Server) -> None:
    inside = Path("/etc/passwd").read_bytes()
    assert len(ways_out()) >= 100
    for path in ways_out():
        answer = server.ask(path)
        assert answer.status in (400, 404), path
        assert inside not in answer.body
        assert b"root:" not in answer.body


def test_every_published_address_answers(server: Server, real: Collection) -> None:
    for address in real.released:
        assert server.ask(f"/{address}").status == 200, address


def test_every_file_is_sent_as_what_it_is(server: Server, site: Path) -> None:
    seen: set[str] = set()
    for path in sorted(site.rglob("*")):
        ending = path.suffix.removeprefix(".")
        if path.is_file() and ending not in seen and ending not in ("br", "gz") and path.name not in hosting.IN_SITE:
            seen.add(ending)
            name = path.relative_to(site).as_posix().removesuffix("index.html").replace("404.html", "")
            said = server.ask(f"/{name}").headers["Content-Type"]
            assert said == LISTED["types"][ending] + ("; charset=utf-8" if ending in LISTED["utf8"] else ""), path
    assert {"html", "md", "json", "js", "svg", "pdf", "docx", "odt", "epub", "zip", "csv", "bib", "ris"} <= seen


def test_a_moved_address_leads_on_at_every_host(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    (root / "case_studies" / "_shared" / "moved.yml").write_text(
        "- {address: lessons/minds/old/, to: guide/ladder.md, on: 2027-01-31}\n"
        "- {address: case-studies/gone/, to: case-studies.md, on: 2027-01-31, retired: The people in it asked us to.}\n"
    )
    assert hub("build", root=root).returncode == 0
    assert "/lessons/minds/old/ /guide/ladder/ 301\n" in (root / "site" / "_redirects").read_text()
    with running(root / "site", tmp_path / "nginx", root) as server:
        answer = server.ask("/lessons/minds/old/")
        assert (answer.status, answer.headers["Location"]) == (301, "/guide/ladder/")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert server.ask("/case-studies/gone/").status == 200


def test_every_host_is_told_the_same(site: Path, tmp_path: Path) -> None:
    assert hub("hosting", str(tmp_path / "hosting"), "--site", str(site)).returncode == 0
    apart = {path.name: path.read_text() for path in (tmp_path / "hosting").iterdir()}
    assert apart.keys() == set(hosting.APART)
    cloud = json.loads(apart["cloudfront.json"])
    told = {item["Header"]: item["Value"] for item in cloud["CustomHeadersConfig"]["Items"]}
    told["Content-Security-Policy"] = cloud["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert cloud["CustomHeadersConfig"]["Quantity"] == len(told) - 1
    for name, value in told_by(site).items():
        assert told[name] == value
        assert f"\n  {name}: {value}\n" in (site / "_headers").read_text()
        assert f'\n    add_header {name} "{value}" always;\n' in apart["nginx.conf"]
    assert "\n/*.bib\n  Content-Type: application/x-bibtex; charset=utf-8\n" in (site / "_headers").read_text()
    objects = [line.split("\t") for line in apart["objects.tsv"].splitlines()]
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {path for path, _, _ in objects} == {
        path for path in there if not path.endswith((*listing.PACKED, "_headers", "_redirects"))
    }
    assert dict.fromkeys(kept for _, _, kept in objects).keys() == set(LISTED["kept"].values())
    assert "libnginx-mod-http-brotli-static" in apart["Containerfile"]


def test_hosting_needs_a_site(tmp_path: Path) -> None:
    done = hub("hosting", str(tmp_path / "hosting"), "--site", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"There is no built site in {tmp_path}. Run ./scripts/build first.\n"


def test_every_kind_of_file_that_a_page_may_use_has_a_type() -> None:
    assert {kind.removeprefix(".") for kind in page_checks.ASSET_KINDS} <= LISTED["types"].keys()
