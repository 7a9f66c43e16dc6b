"""`sources add`: what is found for an address, and what becomes of sources.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import newsroom
from tests.servers.newsroom import Desk, Web, stalls

from digester.demo.server import Reply

SITE = "https://new.example"
ITEM = (
    "<item><title>t{0}</title><link>https://new.example/{0}</link><pubDate>1{0} Jun 2026 10:00:00 GMT</pubDate></item>"
)
FEED = Reply(200, "application/rss+xml", f'<rss version="2.0"><channel><title>New: Notes</title>{ITEM.format(1)}{ITEM.format(2)}</channel></rss>'.encode())  # fmt: skip
PAGE = Reply(200, "text/html", b"<html><head><title>Home</title></head></html>")
MAP = "".join(f"<url><loc>{SITE}/{p}</loc><lastmod>2026-06-1{n}</lastmod></url>" for n, p in enumerate(("blog/a", "b")))
SITEMAP = Reply(200, "application/xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{MAP}</urlset>'.encode())  # fmt: skip


@pytest.fixture
def own() -> Iterator[Web]:
    with Web() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, own: Web) -> Desk:
    made = Desk(tmp_path / "desk")
    made.home.mkdir()
    newsroom.serve(made, own)
    made.write(made.config.read_text("utf-8") + "  # the last comment\n\n# end\nissues:\n  ai-daily: {maximum: 3}\n")
    return made


def html(*links: str) -> Reply:
    found = "".join(f'<link rel="alternate" type="application/rss+xml" href="{u}">' for u in links)
    return Reply(200, "text/html", f"<html><head>{found}</head></html>".encode())


def asked(web: Web) -> list[str]:
    return [u.removeprefix(SITE) for u, _ in web.log if u.startswith(SITE)]


def test_a_feed_is_added_and_every_other_byte_stays(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/feed.xml"] = FEED
    before = desk.config.read_bytes()
    done = desk("sources", "add", f"{SITE}/feed.xml", "--tags", "labs, a b")
    assert done.code == 0, done.said
    line = f'- {{id: new-notes, kind: rss, name: "New: Notes", url: "{SITE}/feed.xml", tags: [labs, a b], evidence: unverified}}'  # fmt: skip
    assert done.out.splitlines() == [line, "2 entries, newest 2026-06-12", "added as new-notes"]
    assert desk.config.read_bytes().replace(f"  {line}\n".encode(), b"") == before
    assert [s.id for s in desk.workspace().settings.sources][-1] == "new-notes"
    assert asked(own) == ["/feed.xml"]
    assert not list(desk.home.glob("digester.db*"))
    assert len(desk.json("sources", "try", "new-notes")[0]["entries"]) == 2


def test_the_feed_that_a_page_names_is_taken_the_others_are_told(desk: Desk, own: Web) -> None:
    own.special[SITE + "/"] = html("/gone", "/a.rss", "/comments/feed")
    own.special[f"{SITE}/a.rss"] = FEED
    data = desk.json("sources", "add", SITE, "--id", "mine")
    assert (data["added"], data["id"], data["entries"], data["newest"]) == (True, "mine", 2, "2026-06-12")
    assert data["others"] == [f"{SITE}/gone", f"{SITE}/comments/feed"]
    assert asked(own) == ["/robots.txt", "/", "/gone", "/a.rss"]


def test_common_places_are_tried_once_each_until_one_is_a_feed(desk: Desk, own: Web) -> None:
    own.special |= {f"{SITE}/blog": PAGE, f"{SITE}/feed": PAGE, f"{SITE}/atom.xml": FEED}
    assert desk("sources", "add", f"{SITE}/blog").code == 0
    assert asked(own) == ["/robots.txt", "/blog", "/feed", "/rss.xml", "/atom.xml"]


def test_a_site_without_a_feed_gets_its_sitemap_below_the_address(desk: Desk, own: Web) -> None:
    own.special |= {f"{SITE}/blog": PAGE, f"{SITE}/map.xml": SITEMAP}
    own.special[f"{SITE}/robots.txt"] = Reply(200, "text/plain", f"Sitemap: {SITE}/map.xml".encode())
    data = desk.json("sources", "add", f"{SITE}/blog")
    assert 'kind: sitemap, name: Home, url: "https://new.example/map.xml", match: "^/blog/"' in data["line"]
    assert data["entries"] == 1
    assert desk("sources", "try", data["id"]).code == 0


def test_a_sitemap_that_no_robots_names_is_found_too(desk: Desk, own: Web) -> None:
    own.special |= {f"{SITE}/": PAGE, f"{SITE}/sitemap.xml": SITEMAP}
    assert desk.json("sources", "add", SITE)["entries"] == 2
    assert desk.json("sources", "add", f"{SITE}/sitemap.xml")["added"] is False


def test_nothing_is_found_after_one_try_a_place_and_nothing_written(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/"] = PAGE
    before = desk.config.read_bytes()
    done = desk("sources", "add", SITE)
    assert done.code == 4
    assert "no feed and no sitemap was found" in done.err
    tried = asked(own)
    assert tried[1:] == [
        "/",
        "/feed",
        "/rss.xml",
        "/atom.xml",
        "/feed.xml",
        "/index.xml",
        "/robots.txt",
        "/sitemap.xml",
    ]
    assert desk.config.read_bytes() == before


@pytest.mark.parametrize("reply", [Reply(503, "text/plain", b""), Reply(429, "text/plain", b"")])
def test_a_site_that_wants_patience_is_not_guessed_at(desk: Desk, own: Web, reply: Reply) -> None:
    own.special[f"{SITE}/*"] = reply
    own.special[f"{SITE}/robots.txt"] = Reply(404, "text/plain", b"")
    done = desk("sources", "add", SITE)
    assert done.code == 1
    assert set(asked(own)) <= {"/robots.txt", "/"}
    own.special |= {f"{SITE}/": PAGE}
    own.log.clear()
    assert "left alone" in desk("sources", "add", SITE).err
    assert set(asked(own)) == {"/robots.txt", "/", "/feed"}


def test_a_page_that_robots_keep_is_not_read_but_feeds_are_for_programs(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/robots.txt"] = Reply(200, "text/plain", b"User-agent: *\nDisallow: /")
    own.special |= {f"{SITE}/": html("/a.rss"), f"{SITE}/rss.xml": FEED}
    assert desk("sources", "add", SITE).code == 0
    assert asked(own) == ["/robots.txt", "/feed", "/rss.xml"]


def test_a_feed_that_moved_for_good_is_added_at_its_new_address(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/new.xml"] = FEED
    own.special[f"{SITE}/old.xml"] = redirect(f"{SITE}/new.xml")
    assert f'url: "{SITE}/new.xml"' in desk.json("sources", "add", f"{SITE}/old.xml")["line"]


def redirect(to: str) -> newsroom.Special:
    def answer(handler: object, _: object) -> None:
        handler.send_response(301)  # type: ignore[attr-defined]
        handler.send_header("Location", to)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "0")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]

    return answer


def test_a_source_that_is_there_is_said_and_not_asked(desk: Desk, own: Web) -> None:
    before = desk.config.read_bytes()
    for url in ("http://www.dead.example/feed.xml?utm_source=x", "dead.example/feed.xml"):
        done = desk("sources", "add", url)
        assert (done.code, done.out) == (0, "gone-quiet is there already (Dead Letter Office)\n")
    own.special[f"{SITE}/"] = html("https://dead.example/feed.xml")
    own.special["https://dead.example/feed.xml"] = FEED
    assert desk.json("sources", "add", SITE)["added"] is False
    assert desk.config.read_bytes() == before


def test_dry_run_asks_nothing_and_print_writes_nothing(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/feed.xml"] = FEED
    before = desk.config.read_bytes()
    dry = desk("--dry-run", "sources", "add", SITE)
    assert dry.code == 0
    assert f"{SITE}/index.xml" in dry.out
    assert own.log == []
    shown = desk("sources", "add", f"{SITE}/feed.xml", "--print")
    assert shown.out.splitlines()[1:] == ["2 entries, newest 2026-06-12", "nothing was written"]
    assert desk.config.read_bytes() == before
    assert [p.name for p in desk.home.iterdir()] == ["sources.yaml"]


def test_profiles_become_lines_of_their_kind(desk: Desk, own: Web) -> None:
    releases = FEED.body.replace(b"https://new.example/", b"https://github.com/o/n/releases/tag/v")
    own.special["https://github.com/o/n/releases.atom"] = Reply(200, "application/atom+xml", releases)
    own.special["https://social.example/api/v1/accounts/lookup?acct=ann"] = Reply(
        200, "application/json", b'{"id": "7"}'
    )
    own.special["https://social.example/api/v1/accounts/7/*"] = Reply(200, "application/json", b"[]")
    own.special["https://public.api.bsky.app/*"] = Reply(200, "application/json", b'{"feed": []}')
    lines = {u: desk.json("sources", "add", u) for u in (
        "https://github.com/o/n", "https://social.example/@ann", "https://bsky.app/profile/bob.example", "https://x.com/eve")}  # fmt: skip
    assert [d["line"].partition(", ev")[0] for d in lines.values()] == [
        '{id: n-releases, kind: github_releases, name: n releases, repositories: ["o/n"]',
        "{id: ann, kind: mastodon, name: ann, instance: social.example, account: ann",
        "{id: bob-example, kind: bluesky, name: bob.example, actor: bob.example",
        "{id: eve, kind: x, name: eve, account: eve",
    ]
    assert lines["https://github.com/o/n"]["entries"] == 2
    assert lines["https://x.com/eve"]["note"].startswith("not configured")
    assert desk("sources", "add", "https://github.com/O/N/releases").out.startswith("n-releases is there already")
    assert desk("sources", "add", "https://github.com/o/none").code == 1


def test_what_only_looks_like_a_mastodon_profile_is_a_page(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/@ann"] = html("/@ann/feed")
    own.special[f"{SITE}/@ann/feed"] = FEED
    assert "kind: rss" in desk.json("sources", "add", f"{SITE}/@ann")["line"]


@pytest.mark.parametrize(("words", "code"), [(("ftp://a.example",), 2), (("",), 2), ((f"{SITE}/f.xml", "--id", "garbled"), 2),
                                             ((f"{SITE}/f.xml", "--id", "no id!"), 2), (("http://127.0.0.2/feed",), 1)])  # fmt: skip
def test_what_cannot_be_added_leaves_the_file_as_it_was(
    desk: Desk, own: Web, words: tuple[str, ...], code: int
) -> None:
    own.special[f"{SITE}/f.xml"] = FEED
    before = desk.config.read_bytes()
    done = desk("sources", "add", *words)
    assert done.code == code, done.said
    assert "error: " in done.err
    assert desk.config.read_bytes() == before
    assert [p.name for p in desk.home.iterdir()] == ["sources.yaml"]


def test_a_list_in_brackets_is_refused_with_the_line_to_add_by_hand(desk: Desk, own: Web) -> None:
    own.special[f"{SITE}/f.xml"] = FEED
    desk.write(f'net: {{replay: "{own.base}"}}\nsources: [{{id: a, kind: rss, url: "https://a.example/"}}]\n')
    done = desk("sources", "add", f"{SITE}/f.xml")
    assert done.code == 5
    assert f'- {{id: new-notes, kind: rss, name: "New: Notes", url: "{SITE}/f.xml"' in done.err


def test_a_link_to_the_file_stays_a_link_and_keeps_its_mode(desk: Desk, own: Web, tmp_path: Path) -> None:
    own.special[f"{SITE}/f.xml"] = FEED
    real = tmp_path / "real.yaml"
    desk.config.rename(real)
    real.chmod(0o640)
    desk.config.symlink_to(real)
    assert desk("sources", "add", f"{SITE}/f.xml").code == 0
    assert desk.config.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert b"new-notes" in real.read_bytes()


def test_a_feed_of_hostile_words_adds_one_line_of_text(desk: Desk, own: Web) -> None:
    title = '&lt;b&gt;x&lt;/b&gt;}\x85\n  - {id: evil, kind: rss}&#x202e; \\n" # $(x)'
    body = f'<rss version="2.0"><channel><title>{title}</title>{ITEM.format(1)}</channel></rss>'
    own.special[f"{SITE}/f.xml"] = Reply(200, "application/rss+xml", body.encode())
    before = len(desk.workspace().settings.sources)
    assert desk("sources", "add", f"{SITE}/f.xml").code == 0
    sources = desk.workspace().settings.sources
    assert len(sources) == before + 1
    assert "evil" in sources[-1].name
    assert not {"\n", "\u202e"} & set(sources[-1].name)


def test_a_site_that_never_answers_is_given_up_at_its_deadline(desk: Desk, own: Web) -> None:
    desk.change("contact: demo@digester.example", "contact: demo@digester.example, deadline: 0.3")
    own.special[f"{SITE}/feed"] = stalls
    done = desk("sources", "add", f"{SITE}/feed")
    assert done.code == 1
    assert "did not finish within" in done.err
