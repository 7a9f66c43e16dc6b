"""`sources export` and `sources import`: the way to another reader and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.servers.newsroom import Desk, Web

from digester import app

OPML = '<opml version="2.0"><head/><body>{}</body></opml>'


def feeds(desk: Desk) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(s.params.url, s.name, s.tags) for s in desk.workspace().settings.sources if s.kind in ("rss", "podcast")}


def given(tmp_path: Path, body: str) -> str:
    path = tmp_path / "list.opml"
    path.write_text(OPML.format(body), "utf-8")
    return str(path)


def test_export_and_import_give_the_same_feeds(empty: Desk, web: Web, tmp_path: Path) -> None:
    exported = empty("sources", "export")
    assert exported.code == 0
    assert "2 sources that are no feeds" in exported.err
    assert {f["url"] for f in empty.json("sources", "export")} == {url for url, _, _ in feeds(empty)}
    (tmp_path / "all.opml").write_text(exported.out, "utf-8")
    other = Desk(tmp_path)
    other.write('version: 1\nsources:\n  - {id: one, kind: manual, items: [{title: A, url: "https://a.example/"}]}\n')
    asked = len(web.log)
    done = other("sources", "import", str(tmp_path / "all.opml"))
    assert done.code == 0, done.said
    assert feeds(other) == feeds(empty)
    assert len(feeds(empty)) > 10
    assert len(web.log) == asked
    added = other.workspace().settings.sources[1:]
    assert {(s.enabled, s.evidence, s.kind) for s in added} == {(False, "unverified", "rss")}


def test_the_shipped_feeds_come_through_another_reader_unchanged(tmp_path: Path) -> None:
    shipped, other = Desk(tmp_path / "a"), Desk(tmp_path / "b")
    for desk in (shipped, other):
        desk.home.mkdir()
    shipped.write(app.data_file(app.CONFIG).read_text("utf-8"))
    other.write("sources:\n- {id: one, kind: hacker_news, queries: [LLM]}\n")
    (tmp_path / "list.opml").write_text(shipped("sources", "export").out, "utf-8")
    assert other("sources", "import", str(tmp_path / "list.opml")).code == 0
    bridged = {f for f in feeds(shipped) if f[0].startswith(("rsshub://", "wewe://"))}  # no reader could ask for them
    assert feeds(other) == feeds(shipped) - bridged
    before = shipped.config.read_bytes()
    assert shipped("sources", "import", str(tmp_path / "list.opml")).out.startswith("0 added")
    assert shipped.config.read_bytes() == before


def test_import_skips_doubles_names_what_is_bad_and_keeps_the_rest(empty: Desk, tmp_path: Path) -> None:
    one, bad = (
        '<outline text="New one" xmlUrl="https://n.example/f"/>',
        '<outline text="B" xmlUrl="file:///etc/passwd"/>',
    )
    double = '<outline text="D" xmlUrl="http://www.dead.example/feed.xml"/>'
    path, before = (
        given(tmp_path, f'<outline text="My tag">{one}{bad}{double}{one}</outline>'),
        empty.config.read_bytes(),
    )
    dry = empty("--dry-run", "sources", "import", path)
    assert "1 would be added, 2 there already, 1 left out" in dry.out
    assert empty.config.read_bytes() == before
    data = empty.json("sources", "import", path, "--enable")
    line = '{id: new-one, kind: rss, name: New one, url: "https://n.example/f", tags: [My tag], evidence: unverified}'
    assert data == {"added": 1, "doubles": 2, "bad": ["B: its xmlUrl is no http(s) address that can be used"], "lines": [line]}  # fmt: skip
    assert empty.config.read_bytes() == before + f"  - {line}\n".encode()
    again = empty("sources", "import", path)
    assert (again.code, again.out.splitlines()[-1]) == (0, "0 added, 3 there already, 1 left out")


def test_two_feeds_of_one_name_get_two_ids(empty: Desk, tmp_path: Path) -> None:
    names = "".join(
        f'<outline text="{n}" xmlUrl="https://{h}.example/f"/>'
        for n, h in (("Same", "a"), ("Same", "b"), ("研究", "c"))
    )
    assert empty("sources", "import", given(tmp_path, names)).code == 0
    assert [s.id for s in empty.workspace().settings.sources][-3:] == ["same", "same-2", "c-example"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("<html/>", 2), ("", 2), (OPML.format(""), 4), (OPML.format('<outline text="B" xmlUrl="x:y"/>'), 4), (None, 4),
     ('<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + OPML.format('<outline text="&x;" xmlUrl="https://a.example"/>'), 2)],
)  # fmt: skip
def test_a_file_without_feeds_changes_nothing(empty: Desk, tmp_path: Path, text: str | None, code: int) -> None:
    path, before = tmp_path / "list.opml", empty.config.read_bytes()
    if text is not None:
        path.write_text(text, "utf-8")
    done = empty("sources", "import", str(path))
    assert done.code == code, done.said
    assert "error: " in done.err
    assert empty.config.read_bytes() == before
