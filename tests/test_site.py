"""The site out of a store: which records a build reads, what it writes, and the commands over it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html
from tests.outputs.issue_samples import daily, weekly
from tests.outputs.site.crawl import dead_links
from tests.outputs.site.site_samples import dailies
from tests.servers.newsroom import Desk, digester

from digester import site
from digester.domain.errors import DigesterError, NotFound
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs.site import SitePages
from digester.preview import Preview
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore
from digester.tree import Tree, Written

SOURCES = "version: 1\nsources: [{id: a, kind: rss, url: 'https://a.example/feed.xml'}]\n"


class Shop:
    """Issues in memory, and which records a build asked for."""

    def __init__(self, folder: Path, issues: list[Issue]) -> None:
        self.tree, self.issues, self.read = Tree(folder / "site"), {i.id: i for i in issues}, list[str]()

    def build(self, made_with: str = "templates=1;code=1") -> Written:
        self.read.clear()
        newest = sorted(self.issues.values(), key=lambda i: i.window.end, reverse=True)
        rows = [site.Listed(i.id, f"{i.id}@{i.revision} {i.state} {i.frozen_at.isoformat()}") for i in newest]
        return site.write(self.tree, Site(), rows, self._load, (SitePages(None, made_with),), made_with)

    def _load(self, id_: str) -> Issue:
        self.read.append(id_)
        return self.issues[id_]

    def files(self) -> dict[str, bytes]:
        root = self.tree.public
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_build_without_changes_reads_no_record_and_writes_nothing(tmp_path: Path) -> None:
    shop = Shop(tmp_path, dailies(5))
    assert len(shop.build().written) == len(shop.files())
    before = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert shop.build().written == () and shop.read == []
    assert {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_a_changed_issue_reads_one_record_and_the_site_is_that_of_a_full_build(tmp_path: Path) -> None:
    shop = Shop(tmp_path, dailies(30))
    shop.build()
    middle = dailies(30)[20]
    shop.issues[middle.id] = replace(middle, revision=2, summary={"en": "Corrected.", "zh": "已更正。"})
    done = shop.build()
    assert shop.read == [middle.id] and len([p for p in done.written if "article/" in p]) == 5
    whole = Shop(tmp_path / "whole", list(shop.issues.values()))
    whole.build()
    assert shop.files() == whole.files() and dead_links(shop.files()) == []


def test_a_new_issue_reads_itself_and_its_neighbour(tmp_path: Path) -> None:
    shop = Shop(tmp_path, dailies(30)[1:])
    shop.build()
    newest, before = dailies(30)[:2]
    shop.issues[newest.id] = newest
    shop.build()
    assert sorted(shop.read) == sorted([newest.id, before.id])


def test_an_issue_that_is_gone_leaves_no_page(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [daily(), weekly()])
    shop.build()
    del shop.issues[weekly().id]
    assert "article/rec-weekly-en-2026-W25.html" in shop.build().removed and dead_links(shop.files()) == []


def test_other_templates_write_every_page_from_the_same_cards(tmp_path: Path) -> None:
    shop = Shop(tmp_path, dailies(3))
    files = len(shop.build().written)
    assert len(shop.build("templates=2;code=1").written) > files * 0.9


@pytest.mark.parametrize("body", [b"", b"null\n[]", b"{", b"\xff\n[1]", b'"x"\n[{"id": 1}]'])
def test_a_broken_cache_of_cards_costs_time_only(tmp_path: Path, body: bytes) -> None:
    shop = Shop(tmp_path, dailies(3))
    shop.build()
    (shop.tree.private / site.CARDS).write_bytes(body)
    assert shop.build().written == () and len(shop.read) == 3


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"\xff"])
def test_mentions_that_cannot_be_read_are_made_again_from_the_record(tmp_path: Path, broken: bytes) -> None:
    shop = Shop(tmp_path, [daily(), weekly()])
    shop.build()
    before, cards = shop.files(), shop.tree.private / site.CARDS
    lines = cards.read_bytes().split(b"\n")
    assert len(lines) == 5 and all(line.startswith(b'[{"number":') for line in lines[2::2])
    lines[2::2] = [broken, broken]
    cards.write_bytes(b"\n".join(lines))
    assert any(path.startswith("organisation/") for path in shop.build("templates=2;code=1").written)
    assert shop.files() == before


# ---------------------------------------------------------------- the commands
@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with two frozen issues, one of them in two revisions, and a refused one."""
    desk = Desk(tmp_path)
    desk.write(f"{SOURCES}site: {{url: 'https://digest.example', contact: 'https://digest.example/contact'}}\n")
    engine = make_engine(f"sqlite:///{tmp_path / 'digester.db'}")
    migrate(engine)
    store = SqlStore(engine)
    store.freeze(daily())
    store.freeze(weekly())
    store.freeze(
        replace(
            weekly(),
            frozen_at=weekly().frozen_at + timedelta(hours=3),
            summary={"en": "Second thoughts.", "zh": "再想一遍。"},
        )
    )
    store.save_draft(replace(daily(), id="ai-daily/2026-06-19", period="2026-06-19"), "refused")
    engine.dispose()
    return desk


def test_site_build_makes_the_site_of_the_frozen_issues(desk: Desk) -> None:
    done = desk("site", "build")
    folder = desk.home / "out" / "site"
    home = (folder / "index.html").read_text("utf-8")
    assert done.code == 0 and f"open {folder / 'index.html'}" in done.out
    assert "Second thoughts." in home and "2026-06-19" not in home and 'href="https://digest.example/"' in home
    again = desk.json("site", "build")
    assert again["written"] == [] and again["files"] == len([p for p in folder.rglob("*") if p.is_file()])


def test_a_corrected_issue_keeps_the_time_of_its_first_revision(desk: Desk) -> None:
    desk("site", "build")
    page = desk.home / "out" / "site" / "article" / "rec-weekly-en-2026-W25.html"
    told = json.loads(html.document_fromstring(page.read_bytes()).xpath("//script")[0].text)
    first = weekly().frozen_at
    assert (told["datePublished"], told["dateModified"]) == (
        first.isoformat(),
        (first + timedelta(hours=3)).isoformat(),
    )


def test_an_essay_that_cannot_be_read_is_named_and_the_others_are_built(desk: Desk) -> None:
    posts = desk.home / "posts"
    posts.mkdir()
    (posts / "good.md").write_text("# A good one\n\nWords.\n", "utf-8")
    (posts / "bad.md").write_text("---\nsummary: a: b: c\n---\nText\n", "utf-8")
    done = desk("site", "build")
    assert done.code == 0 and "line 2: bad.md" in done.err
    folder = desk.home / "out" / "site"
    assert (folder / "essay" / "good.html").is_file() and not (folder / "essay" / "bad.html").exists()


def test_site_build_into_another_folder(desk: Desk) -> None:
    assert desk("site", "build", "--out", str(desk.home / "www")).code == 0
    assert (desk.home / "www" / "zh" / "index.html").is_file() and not (desk.home / "out").exists()


def test_site_build_of_an_empty_workspace_says_that_there_is_nothing_yet(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(SOURCES)
    assert desk("site", "build").code == 0
    assert "Nothing has been published yet." in (tmp_path / "out" / "site" / "index.html").read_text("utf-8")


def test_a_template_of_the_workspace_replaces_one_page(desk: Desk) -> None:
    desk("site", "build")
    own = desk.home / "templates" / "site"
    own.mkdir(parents=True)
    (own / "_about.en.html.j2").write_text("<p>Ours.</p>", "utf-8")
    assert "about.html" in desk.json("site", "build")["written"]
    assert "<p>Ours.</p>" in (desk.home / "out" / "site" / "about.html").read_text("utf-8")


def test_a_template_that_fails_is_named_and_the_old_site_stays(desk: Desk) -> None:
    desk("site", "build")
    before = (desk.home / "out" / "site" / "about.html").read_bytes()
    own = desk.home / "templates" / "site"
    own.mkdir(parents=True)
    (own / "_about.en.html.j2").write_text("{{ nothing.there }}", "utf-8")
    done = desk("site", "build")
    assert done.code == 5 and "site" in done.err and "nothing" in done.err
    assert (desk.home / "out" / "site" / "about.html").read_bytes() == before


def test_site_serve_without_a_site_says_what_makes_one(desk: Desk) -> None:
    done = desk("site", "serve", "--port", "0")
    assert done.code == 4 and "digester site build" in done.err


def test_site_build_has_no_dry_run(desk: Desk) -> None:
    assert digester("--dry-run", *desk.words, "site", "build").code == 2


@pytest.mark.slow
def test_site_build_with_an_index_allows_scripts_on_the_search_page_alone(desk: Desk) -> None:
    pytest.importorskip("pagefind", reason="needs the extra `search`: `make e2e-tools` installs it")
    assert desk("site", "build", "--search").code == 0
    files = {p.relative_to(desk.home / "out" / "site").as_posix(): p for p in (desk.home / "out" / "site").rglob("*")}
    scripts = {name for name, p in files.items() if name.endswith(".html") and "<script src=" in p.read_text("utf-8")}
    assert scripts == {"search.html", "zh/search.html"}
    assert {"pagefind/pagefind.js", "pagefind/pagefind-ui.js", "pagefind/start.js"} <= files.keys()
    assert dead_links({n: p.read_bytes() for n, p in files.items() if p.is_file()}) == []
    assert desk.json("site", "build", "--search")["written"] == []
    others = {"about.html", "search.html", "zh/about.html", "zh/search.html"}
    without = desk.json("site", "build")
    assert set(without["written"]) == others and "pagefind/pagefind.js" in without["removed"]


# ------------------------------------------------------------------ the preview
@contextmanager
def served(folder: Path) -> Iterator[http.client.HTTPConnection]:
    with Preview(folder) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
        yield connection
        connection.close()
        server.shutdown()


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str, bytes]:
    connection.request("GET", path)
    reply = connection.getresponse()
    return reply.status, reply.headers["Content-Type"], reply.read()


def test_files_are_served_with_their_types_and_what_is_missing_is_the_page_404(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [daily(), weekly()])
    shop.build()
    with served(shop.tree.public) as connection:
        assert get(connection, "/")[:2] == (200, "text/html; charset=utf-8")
        assert get(connection, "/zh/index.html?x=1")[0] == 200
        status, kind, body = get(connection, "/article/rec-weekly-en-2026-W25.json")
        assert (status, kind) == (200, "application/json") and json.loads(body)["id"] == weekly().id
        assert get(connection, "/article/rec-weekly-en-2026-W25.md")[1] == "text/markdown; charset=utf-8"
        status, kind, body = get(connection, "/tag/nothing.html")
        assert (status, kind) == (404, "text/html; charset=utf-8") and b"There is no such page" in body
        assert get(connection, "/article/")[0] == 404


@pytest.mark.parametrize(
    "path", ["/../secret", "/%2e%2e/secret", "/out", "/out/key", "//etc/passwd", "/%00", "/.site/lock"]
)
def test_nothing_outside_the_folder_is_served(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "key").write_text("s")
    shop = Shop(tmp_path, [daily()])
    shop.build()
    (shop.tree.public / "out").symlink_to(tmp_path / "elsewhere")
    with served(shop.tree.public) as connection:
        assert get(connection, path)[0] == 404


def test_a_new_build_is_served_without_a_new_start(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [daily()])
    shop.build()
    with served(shop.tree.public) as connection:
        assert b"RecSys Weekly" not in get(connection, "/")[2]
        shop.issues[weekly().id] = weekly()
        shop.build()
        assert b"RecSys Weekly" in get(connection, "/")[2]


def test_a_folder_without_a_site_and_a_port_in_use_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no site"):
        Preview(tmp_path)
    (tmp_path / "index.html").write_text("x")
    with Preview(tmp_path) as server, pytest.raises(DigesterError, match="cannot listen"):
        Preview(tmp_path, port=server.server_address[1])
