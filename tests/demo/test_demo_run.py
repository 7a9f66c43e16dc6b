"""The demo as a reader meets it: what the pages say is counted and looked up again here, from the JSON record and
the database alone; nothing of the product's own judgement is used to judge it."""

from __future__ import annotations

import html
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from digester.demo.run import MARK, run
from digester.domain.errors import DigesterError, UsageError

DAILY, WEEKLY = "ai-daily/2026-06-20", "rec-weekly/2026-W25"
FILES = [f"{issue}{end}" for issue in (DAILY, WEEKLY) for end in (".en.eml", ".en.html", ".en.md", ".json")]
OSTRELITH = {"ostrelith-3-open-weights", "ostrelith-3-kaiyuan", "ostrelith-3-hands-on", "ostrelith-price-pressure", "ostrelith-3-downloads"}  # fmt: skip
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
pytestmark = pytest.mark.slow


@dataclass
class Demo:
    folder: Path
    out: str = ""
    records: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def read(self) -> Demo:
        self.pages = {f: text_of(self.folder / f) for f in FILES}
        self.records = {issue: json.loads(self.pages[f"{issue}.json"]) for issue in (DAILY, WEEKLY)}
        return self

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{self.folder / 'demo.db'}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def bytes(self) -> dict[str, bytes]:
        return {f: (self.folder / f).read_bytes() for f in FILES}


def text_of(path: Path) -> str:
    """The file's text; of a mail both parts, the plain one as one line."""
    if path.suffix != ".eml":
        return path.read_text("utf-8")
    plain, page = BytesParser(policy=policy.default).parsebytes(path.read_bytes()).iter_parts()
    return f"{' '.join(plain.get_content().split())}\n{page.get_content()}"


def started(folder: Path, **env: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DIGESTER_", "PYTHON"))}
    words = [sys.executable, "-m", "digester", "demo", "--out", str(folder)]
    return subprocess.Popen(words, env={**kept, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def leftovers(folder: Path) -> None:
    """A folder in which an older demo was made and a note was left."""
    (folder / "ai-daily").mkdir(parents=True)
    (folder / "sources.yaml").write_text(f"version: 1\n{MARK}\n")
    (folder / "demo.db").write_text("of another version")
    (folder / "ai-daily/2020-01-01.en.md").write_text("old")
    (folder / "notes.txt").write_text("mine")


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Demo, Demo]:
    """Two demos built side by side in different surroundings, one over the leftovers of a former one."""
    base = tmp_path_factory.mktemp("demo")
    leftovers(base / "two")
    running = [
        started(base / "one", PYTHONHASHSEED="1", TZ="Pacific/Auckland"),
        started(base / "two", PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C"),
    ]
    made = []
    for name, process in zip(("one", "two"), running, strict=True):
        out, err = process.communicate(timeout=120)
        assert (process.returncode, "Traceback" in err) == (0, False), err
        made.append(Demo(base / name, out).read())
    return made[0], made[1]


@pytest.fixture(scope="module")
def demo(demos: tuple[Demo, Demo]) -> Demo:
    return demos[0]


def picks(record: Any, *slugs: str) -> list[Any]:
    return [p for s in record["sections"] if not slugs or s["slug"] in slugs for p in s["picks"]]


def sentences(record: Any) -> list[Any]:
    found = [*record["overview"], *record["takeaways"], *record["watch"]]
    found += [s for t in record["threads"] for s in t["sentences"]]
    for section in record["sections"]:
        found += [*section["opener"], *(s for p in section["picks"] for s in p["sentences"])]
    return found


# ----------------------------------------------------------------- the files
def test_both_issues_are_made_and_named(demo: Demo) -> None:
    for name in FILES:
        assert str(demo.folder / name) in demo.out
        assert len(demo.pages[name]) > 5_000


def test_two_runs_are_byte_identical_whatever_the_hash_seed_zone_locale_and_folder(demos: tuple[Demo, Demo]) -> None:
    assert demos[0].bytes() == demos[1].bytes()


def test_the_site_of_both_issues_is_built_and_named(demos: tuple[Demo, Demo]) -> None:
    sites = [
        {p.relative_to(d.folder).as_posix(): p.read_bytes() for p in (d.folder / "site").rglob("*.*")} for d in demos
    ]
    assert sites[0] == sites[1] and len(sites[0]) > 80
    assert f"open {demos[0].folder / 'site' / 'index.html'}" in demos[0].out
    home = sites[0]["site/index.html"].decode()
    assert all(word in home for word in ("AI Tech Daily", "2026-06-20", "RecSys Weekly", "2026-W25"))


def test_a_former_demo_is_cleared_and_nothing_else(demos: tuple[Demo, Demo]) -> None:
    assert not (demos[1].folder / "ai-daily/2020-01-01.en.md").exists()
    assert (demos[1].folder / "notes.txt").read_text() == "mine"


def test_a_workspace_of_someones_own_is_refused_and_untouched(tmp_path: Path) -> None:
    config, issue = tmp_path / "sources.yaml", tmp_path / "ai-daily/2026-06-20.en.md"
    config.write_text("version: 1\n")
    issue.parent.mkdir()
    issue.write_text("mine")
    with pytest.raises(UsageError, match="workspace of its own"):
        run(tmp_path, lambda event: None, lambda line: None)
    assert (config.read_text(), issue.read_text()) == ("version: 1\n", "mine")


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DigesterError, match="cannot use"):
        run(tmp_path / "file", lambda event: None, lambda line: None)


def test_two_figures_stand_beside_the_weekly_and_no_other_issue_has_any(demo: Demo) -> None:
    for language in ("en", "zh"):
        page = (demo.folder / f"rec-weekly/2026-W25.{language}.html").read_text("utf-8")
        shown = re.findall(r'<img src="(pictures/[^"]+)"', page)
        assert len(shown) == 2 and all((demo.folder / "rec-weekly" / file).is_file() for file in shown)
    assert [name for name, text in demo.pages.items() if "<img" in text and not name.startswith("rec-weekly/")] == []


# ----------------------------------------------------------------- the hosts
def test_every_link_of_every_page_ends_in_example(demo: Demo) -> None:
    for name, text in demo.pages.items():
        hosts = re.findall(r"(?:https?:)?//([^/\s\"'<>()\[\]?#:]+\.[a-z]+)", html.unescape(text))
        links = [h for h in re.findall(r"""(?:href|src|action)=["']?([^"'\s>]+)""", text) if not h.startswith("#")]
        assert len(hosts) > 20, name
        names = {"www.w3.org", "creativecommons.org"}  # a namespace, which nobody asks, and the terms of a picture
        assert {h for h in hosts if not h.endswith(".example")} <= names, name
        assert all(link.startswith(("https://", "pictures/")) for link in links), name


def test_no_stored_item_and_no_request_has_a_real_host(demo: Demo) -> None:
    urls = [json.loads(body)["entry"]["url"] for (body,) in demo.rows("SELECT body FROM items")]
    urls += [u for (u,) in demo.rows("SELECT url FROM validators")]
    assert len(urls) > 250
    assert [u for u in urls if not re.match(r"https://[a-z0-9.-]+\.example(/|$)", u)] == []


# ---------------------------------------------------------------- the notice
@pytest.mark.parametrize("name", FILES)
def test_every_page_says_that_its_world_is_invented(demo: Demo, name: str) -> None:
    assert "every person, company, paper, repository and figure on this page is invented" in demo.pages[name]


@pytest.mark.parametrize("name", [f"{DAILY}.en.md", f"{DAILY}.en.html"])
def test_failed_sources_are_named_in_the_footer_and_in_the_report(demo: Demo, name: str) -> None:
    footer = demo.pages[name][demo.pages[name].rindex("Coverage") :]
    for source, reason in (("Dead Letter Office", "503"), ("Garbled Gazette", "no feed at its address")):
        assert source in footer
        assert reason in footer
        assert source in demo.out
        assert source in {n for n, _ in demo.records[DAILY]["coverage"]["failed"]}


# ---------------------------------------------------------------- the counts
def test_the_daily_keeps_its_form(demo: Demo) -> None:
    record = demo.records[DAILY]
    assert len(picks(record, "trending")) == 5
    assert 3 <= len(picks(record, "featured")) <= 5
    assert 0 < len(picks(record, "more")) <= 16
    posts = picks(record, "posts")
    assert 0 < len(posts) <= 30
    assert max(Counter(p["facts"]["person"] for p in posts).values()) <= 3
    assert 3 <= len({p["facts"]["topic"] for p in posts}) <= 6
    assert len(picks(record, "podcasts")) <= 2


def test_trending_is_the_five_with_most_stars_of_the_day(demo: Demo) -> None:
    shown = [(p["title"], p["signals"]["stars_daily"]) for p in picks(demo.records[DAILY], "trending")]
    seen = [json.loads(body) for (body,) in demo.rows("SELECT body FROM items WHERE kind = 'repository'")]
    best = sorted(((e["entry"]["signals"]["stars_daily"], e["entry"]["title"]) for e in seen), reverse=True)[:5]
    assert shown == [(title, stars) for stars, title in best]


def test_nothing_is_printed_twice(demo: Demo) -> None:
    for issue, record in demo.records.items():
        urls = [p["url"] for p in picks(record)]
        assert [u for u, n in Counter(urls).items() if n > 1] == [], issue
        stories = [p["story_id"] for p in picks(record) if p["kind"] in ("article", "paper")]
        assert len(set(stories)) == len(stories), issue


def test_the_weekly_line_of_counts_equals_what_is_rendered(demo: Demo) -> None:
    page, record = demo.pages[f"{WEEKLY}.en.md"], demo.records[WEEKLY]
    line = next(x for x in page.splitlines() if x.startswith("**") and "announced" in x)
    ratings = Counter(int(n) for n in re.findall(r"^★.* (\d)/5", page, re.MULTILINE))
    announced, scope, published = (
        int(re.search(rf"(\d+) {w}", line)[1]) for w in ("announced", "in scope", "published")
    )  # type: ignore[index]
    assert sum(ratings.values()) == published == len(picks(record))
    assert {int(r): int(n) for n, r in re.findall(r"(\d+)x(\d)", line)} == ratings
    listed = demo.rows("SELECT body FROM batches WHERE day BETWEEN '2026-06-15' AND '2026-06-19'")
    ids = {i for (body,) in listed for i in json.loads(body)["announced_ids"]}
    assert len(ids) == announced == record["census"]["announced"]
    newest: dict[str, Any] = {}
    for _, work, body in demo.rows(
        "SELECT made_at, work, body FROM ratings WHERE rubric = 'recsys-1' ORDER BY made_at"
    ):
        found = json.loads(body)
        if work not in newest or found["level"] == "full_text":
            newest[work] = found
    assert sum(r["in_scope"] for w, r in newest.items() if w.removeprefix("arxiv:") in ids) == scope
    assert sum(p["level"] == "abstract" for p in picks(record)) == int(
        re.search(r"(\d+) rated from the abstract", line)[1]
    )  # type: ignore[index]
    industrial = sum(any(o["kind"] == "industry" for o in p["organisations"]) for p in picks(record))
    assert industrial == int(re.search(r"(\d+) industrial", line)[1])  # type: ignore[index]
    numbered = [int(n) for n in re.findall(r"^### (\d+)\. ", page, re.MULTILINE)]
    assert numbered == list(range(1, published + 1))
    assert page.count("from the abstract:") == record["census"]["from_abstract"]


def test_every_announced_paper_is_accounted_for(demo: Demo) -> None:
    census = demo.records[WEEKLY]["census"]
    assert census["published"] + sum(census["left_out"].values()) >= census["announced"] - 2
    assert census["in_scope"] + census["left_out"]["out of scope"] == census["announced"]
    batches = demo.records[WEEKLY]["coverage"]["batches"]
    assert len(batches) == 20
    assert all(b["missing"] == [] and b["seen"] == b["announced"] for b in batches)


def test_the_daily_line_of_counts_equals_what_is_rendered(demo: Demo) -> None:
    page, record = demo.pages[f"{DAILY}.en.md"], demo.records[DAILY]
    line = next(x for x in page.splitlines() if x.startswith("**") and "published" in x)
    told = picks(record, "featured", "more")
    assert int(re.search(r"(\d+) published", line)[1]) == len(told) == record["census"]["published"]  # type: ignore[index]
    assert {int(r): int(n) for n, r in re.findall(r"(\d+)x(\d)", line)} == Counter(p["rating"] for p in told)
    window = "moment >= '2026-06-19T07:00' AND moment < '2026-06-20T07:00'"
    kinds = dict(demo.rows(f"SELECT kind, count(*) FROM items WHERE {window} AND kind != 'paper' GROUP BY kind"))
    seen = next(x for x in page.splitlines() if x.startswith("Seen: "))
    for kind, name in (("article", "articles?"), ("post", "posts?"), ("episode", "episodes?")):
        assert int(re.search(rf"(\d+) {name}", seen)[1]) == kinds[kind]  # type: ignore[index]
    assert f"{len(picks(record))} stories" in demo.out


def test_nothing_is_published_that_was_rated_1_or_2(demo: Demo) -> None:
    assert min(p["rating"] for p in picks(demo.records[WEEKLY])) >= 3
    assert min(p["rating"] for p in picks(demo.records[DAILY], "featured", "more")) >= 3
    assert min(r["rating"] for r in demo.records[WEEKLY]["rows"]) >= 3


# ----------------------------------------------------------------- the traps
def rating_of(demo: Demo, number: str) -> int:
    """Of a published paper; 0 when it was not published."""
    return next((p["rating"] for p in picks(demo.records[WEEKLY]) if p["work"] == f"arxiv:{number}"), 0)


@pytest.mark.parametrize(
    ("number", "trap"),
    [("2606.90061", "withdrawn"), ("2606.90038", "promotional"), ("2606.90037", "simulation"), ("2606.90080", "must be validated online"),
     ("2606.90100", "offline A/B testing")],
)  # fmt: skip
def test_a_paper_that_only_sounds_strong_is_not_published_as_strong(demo: Demo, number: str, trap: str) -> None:
    assert f"arxiv:{number}" in {w for (w,) in demo.rows("SELECT work FROM ratings")}
    assert rating_of(demo, number) <= 3, trap
    claims = [c for p in picks(demo.records[WEEKLY]) if p["work"] == f"arxiv:{number}" for c in p["claims"]]
    assert not [c for c in claims if c["evidence"] in ("online_ab", "deployed")]


@pytest.mark.parametrize("slug", ["eleven-tools", "assembly-2026-tickets"])
def test_lists_and_advertisements_are_not_told(demo: Demo, slug: str) -> None:
    urls = [json.loads(body)["entry"]["url"] for (body,) in demo.rows("SELECT body FROM items")]
    assert any(u.endswith(f"/{slug}") for u in urls)
    assert not [p for p in picks(demo.records[DAILY]) if p["url"].endswith(f"/{slug}")]


def test_the_five_articles_on_one_release_are_one_story(demo: Demo) -> None:
    found = []
    for pick in picks(demo.records[DAILY]):
        urls = {pick["url"], *(link["url"] for link in pick["links"])}
        mine = {u.rsplit("/", 1)[-1] for u in urls} & OSTRELITH
        found += [mine] if mine else []
    assert found == [OSTRELITH]


# ----------------------------------------------------------------- the words
def texts_by_item(demo: Demo) -> dict[str, str]:
    """What may be cited of an item: title, text and every stored passage of it."""
    passages: dict[str, list[str]] = {}
    for work, body in demo.rows("SELECT work, body FROM passages"):
        passages.setdefault(work, []).append(json.loads(body)["text"])
    found = {}
    for identity, work, body in demo.rows("SELECT id, work, body FROM items"):
        entry = json.loads(body)["entry"]
        parts = [entry["title"], entry["text"], *passages.get(work, ()), *passages.get(f"item:{identity}", ())]
        parts += [json.dumps(entry["signals"]), json.dumps(entry["enclosures"])]
        found[identity] = "\n".join(parts)
    return found


def numbers(text: str) -> set[str]:
    """Numbers as they stand, without the commas of thousands and without final zeros of a float."""
    return {re.sub(r"\.0$", "", n.replace(",", "")) for n in NUMBER.findall(text)}


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_quotation_is_verbatim_in_its_stored_passage(demo: Demo, issue: str) -> None:
    passages = {json.loads(b)["id"]: json.loads(b)["text"] for (b,) in demo.rows("SELECT body FROM passages")}
    quotes = [s for s in sentences(demo.records[issue]) if s["kind"] == "quote"]
    assert len(quotes) > 20
    for s in quotes:
        assert s["supports"], s
        stored = [passages[x["passage_id"]][x["start"] : x["end"]].strip() for x in s["supports"]]
        # where an opener was cut, the first letter may have become a capital
        assert s["text"]["en"] in stored + [t[:1].upper() + t[1:] for t in stored], s


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_support_points_into_a_stored_passage(demo: Demo, issue: str) -> None:
    passages = {json.loads(b)["id"]: json.loads(b)["text"] for (b,) in demo.rows("SELECT body FROM passages")}
    supports = [x for s in sentences(demo.records[issue]) for x in s["supports"]]
    for pick in picks(demo.records[issue]):
        supports += [x for c in pick["claims"] for x in c["supports"]]
        supports += [o["support"] for o in pick["organisations"]]
    assert len(supports) > 40
    for x in supports:
        assert 0 <= x["start"] < x["end"] <= len(passages[x["passage_id"]]), x


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_quotation_inside_a_sentence_is_verbatim_in_what_it_cites(demo: Demo, issue: str) -> None:
    texts = texts_by_item(demo)
    for s in sentences(demo.records[issue]):
        for quoted in re.findall(r"“([^”]+)”", s["text"]["en"]):
            assert any(quoted.rstrip("…").strip() in texts[c] for c in s["cites"]), s


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_number_of_a_reporting_sentence_stands_in_a_cited_text(demo: Demo, issue: str) -> None:
    texts = texts_by_item(demo)
    checked = 0
    for s in (s for s in sentences(demo.records[issue]) if s["kind"] in ("report", "quote")):
        known = set().union(*(numbers(texts[c]) for c in s["cites"]))
        assert numbers(s["text"]["en"]) <= known, (s["text"]["en"], numbers(s["text"]["en"]) - known)
        checked += len(numbers(s["text"]["en"]))
    assert checked > 40


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_sentence_cites_items_of_this_issue_that_are_stored(demo: Demo, issue: str) -> None:
    stored = {i for (i,) in demo.rows("SELECT id FROM items")}
    for s in sentences(demo.records[issue]):
        assert s["cites"] or s["kind"] == "derived", s
        assert set(s["cites"]) <= stored, s


def test_every_figure_of_an_evidence_table_stands_in_its_paper(demo: Demo) -> None:
    by_work = {work: identity for identity, work in demo.rows("SELECT id, work FROM items WHERE kind = 'paper'")}
    texts = texts_by_item(demo)
    figures = [(p["work"], c) for p in picks(demo.records[WEEKLY]) for c in p["claims"]]
    assert len(figures) > 20
    for work, claim in figures:
        assert claim["supports"], claim
        assert re.sub(r"\.0$", "", str(claim["value"])).lstrip("+-") in numbers(texts[by_work[work]]), (work, claim)


def test_what_is_printed_is_what_the_record_holds(demo: Demo) -> None:
    """Titles of all stories and headlines stand on both pages."""
    for issue, record in demo.records.items():
        page = re.sub(r"<[^>]+>", "", html.unescape(demo.pages[f"{issue}.en.html"]))
        assert [
            p["title"] for p in picks(record) if p["kind"] == "paper" and p["title"].split(":")[0] not in page
        ] == []
        for p in picks(record):
            assert p["url"] in html.unescape(demo.pages[f"{issue}.en.html"]), p["url"]
            assert p["url"] in demo.pages[f"{issue}.en.md"], p["url"]
