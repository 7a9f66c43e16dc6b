"""Every file that can be made of two issues, two notes and an essay: all outputs, feeds and pages, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from tests.outputs.issue_samples import daily, weekly
from tests.outputs.note_samples import loom, written
from tests.outputs.planting import Say, planted
from tests.outputs.site.site_samples import shelf

from digester.domain.issue import Issue
from digester.domain.notes import NoteRecord
from digester.domain.posts import Post
from digester.domain.site import Site
from digester.outputs import note, note_collection, outputs
from digester.outputs._front_matter import PROFILES
from digester.outputs.feed import Feed
from digester.outputs.site import SitePages
from digester.ports import Shelf

SITE = Site("https://digest.example/news", contact="mail@digest.example")
# what the workspace's own configuration says and `config` checks, and by what records are told apart; of a picture what must
# be one of a few words for it to be shown at all
OURS = frozenset(["Issue.kind", "Issue.languages", "Note.language", "Post.language", "Site.url", "Site.languages",
                  "Site.authority", "Site.front_matter", "Picture.name", "Picture.licence"])  # fmt: skip
ESSAY = Post(
    "essay", "An essay", "essay", "en", "# Head\n\nText [a](https://a.example).\n", summary="In short", pinned=1
)


def issues(say: Say) -> tuple[Issue, Issue]:
    """The weekly and the daily, planted; told apart by their ids alone."""
    week, day = planted(weekly(), say, OURS), planted(daily(), say, OURS)
    return replace(week, layout="signed"), replace(day, id=f"{day.id}/2")


def notes(say: Say) -> tuple[NoteRecord, NoteRecord]:
    return planted(loom(), say, OURS), planted(written(), say, OURS)


def shelf_of(say: Say) -> Shelf:
    posts = [planted(ESSAY, say, OURS), planted(replace(ESSAY, language="zh"), say, OURS)]
    site = planted(SITE, say, OURS)
    return shelf(issues(say), site, ["feed.xml"], posts, notes(say))


def single(issue: Issue) -> Iterator[tuple[str, bytes]]:
    """Every output in both languages, Markdown with every front matter."""
    for language in ("en", "zh"):
        for name, output in outputs(site=SITE).items():
            yield f"{name}/{language}.{output.extension}", output.render(issue, language)
        for profile in PROFILES:
            made = outputs(site=replace(SITE, front_matter=profile))["markdown"]
            yield f"{profile}/{language}.md", made.render(issue, language)


def of_note(record: NoteRecord) -> Iterator[tuple[str, bytes]]:
    yield f"note/{record.note.language}.html", note.html(record)
    yield f"note/{record.note.language}.md", note.markdown(record)
    entry = note.entry(record)
    page = note_collection.placed("# Notes\n", record.note.topic, record.note.work, entry)
    yield f"note/{record.note.language}.collection.md", page.encode("utf-8", "replace")


def collected(given: Shelf) -> Iterator[tuple[str, bytes]]:
    """The feeds and the whole site."""
    for leaf in chain(Feed().leaves(given), SitePages().leaves(given)):
        yield f"site/{leaf.path}", leaf.body()


def everything(say: Say) -> Mapping[str, bytes]:
    given = shelf_of(say)
    found = [(f"{n}/{path}", body) for n, i in enumerate(issues(say)) for path, body in single(i)]
    found += [(f"{n}/{path}", body) for n, r in enumerate(notes(say)) for path, body in of_note(r)]
    return dict([*found, *collected(given)])
