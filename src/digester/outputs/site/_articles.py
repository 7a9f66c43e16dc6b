"""The page of an issue: the text of `html` in the site's frame, with what a page beside others can add.

Claims and quotations open the words they rest on, organisations and themes lead to their pages, the record is at hand
as JSON and Markdown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from digester.domain.filenames import file_name
from digester.domain.fragments import fragment
from digester.domain.ids import digest, theme_id
from digester.domain.issue import Issue
from digester.domain.site import Card, Site, in_language
from digester.domain.text import fold
from digester.domain.urls import host_of, http_url
from digester.outputs._illustrations import FOLDER, is_file
from digester.outputs._view import Page
from digester.outputs._view import page as view_of
from digester.outputs._words import html_lang
from digester.outputs.bibtex import Bibtex
from digester.outputs.csv import Csv
from digester.outputs.html import rated, yielded
from digester.outputs.json import dump
from digester.outputs.markdown import Markdown
from digester.outputs.site._catalogue import Catalogue, subject_key, subjects_of
from digester.outputs.site._frame import Here, Press, public, relative
from digester.ports import Leaf, Output, Shelf

DOWNLOADS = (("json", "JSON"), ("md", "Markdown"), ("csv", "CSV"), ("bib", "BibTeX"))
Read = Callable[[str], Issue]


@dataclass(frozen=True)
class Words:
    """Words of a source that something printed rests on."""

    number: int
    text: str
    url: str
    host: str

    @property
    def anchor(self) -> str:
        return f"words-{self.number}"


def leaves(press: Press, catalogue: Catalogue, card: Card, shelf: Shelf, key: str) -> Iterable[Leaf]:
    """The pages of an issue and what can be downloaded of it. `key` stands for everything that all pages share."""
    read, others = shelf.issue, shelf.others
    languages, mark = catalogue.languages(card), digest(key, card.stamp)
    record = _sibling(catalogue.paths[card.id, languages[0]], "json")
    yield Leaf(record, mark, lambda: dump(read(card.id)))
    for language in languages:
        files = {record}
        for made in _forms(press, card):
            path = _sibling(catalogue.paths[card.id, language], made.extension)
            files.add(path)
            yield Leaf(path, mark, _rendered(made, card, language, read))
        yield _page(press, catalogue, card, language, others | files, key, read)


def pictures(catalogue: Catalogue, shelf: Shelf) -> Iterable[Leaf]:
    """The files that pages of issues show, beside these pages; one that several issues show stands there once."""
    shown = {
        f"{posixpath.dirname(catalogue.paths[card.id, language])}/{FOLDER}{name}": name
        for card in catalogue.cards
        for language in catalogue.languages(card)
        for name in card.pictures
        if is_file(name)
    }
    return [Leaf(path, name, partial(_picture, shelf, name)) for path, name in shown.items()]


def _picture(shelf: Shelf, name: str) -> bytes:
    """Its bytes; a page with a picture that is not stored any more says what it shows all the same."""
    return shelf.picture(name) or b""


def _forms(press: Press, card: Card) -> tuple[Output, ...]:
    """What can be downloaded beside the record: the text, and of papers the table and the references."""
    return (Markdown(press.overlay), *((Csv(), Bibtex()) if card.papers else ()))


def _rendered(made: Output, card: Card, language: str, read: Read) -> Callable[[], bytes]:
    return lambda: made.render(read(card.id), language)


def _page(
    press: Press, catalogue: Catalogue, card: Card, language: str, files: frozenset[str], key: str, read: Read
) -> Leaf:
    path = catalogue.paths[card.id, language]
    beside = [_step(catalogue, c, language) for c in catalogue.neighbours(card, language)]
    record = _sibling(catalogue.paths[card.id, catalogue.languages(card)[0]], "json")
    names = {"json": record, **{end: _sibling(path, end) for end, _ in DOWNLOADS if end != "json"}}
    downloads = [(name, names[end]) for end, name in DOWNLOADS if names[end] in files]
    weeks = {s.id: press.site.path(language, f"theme/{catalogue.themes[s.id].file}.html") for s in card.strands}
    parts = [str(x) for x in (beside, downloads, sorted(weeks.items()))]

    def body() -> bytes:
        issue = read(card.id)
        twins = {x: catalogue.paths[card.id, x] for x in catalogue.languages(card) if x != language}
        about = _about(press.site, card, issue, language) | _address(press.site, path)
        page = view_of(issue, language)
        here = Here(path, language, page.title.strip() or issue.id, page.summary, twins, "", about)
        return press.page("issue", here, page=page, beside=beside, downloads=downloads, subjects=_subjects(press, card, language),
                          chart=rated(issue, language, press.overlay), yields=yielded(issue, language, press.overlay),
                          pictures=FOLDER,
                          **_links(press, issue, page, here, weeks))  # fmt: skip

    return Leaf(path, digest(key, card.stamp, path, *parts), body)


def _sibling(path: str, ending: str) -> str:
    return f"{path.removesuffix('html')}{ending}"


def _step(catalogue: Catalogue, card: Card | None, language: str) -> tuple[str, str] | None:
    return (in_language(card.title, language), catalogue.paths[card.id, language]) if card else None


def _subjects(press: Press, card: Card, language: str) -> list[tuple[str, str, str]]:
    """(group, name, path) of an issue's series, category and tags."""
    return [
        (group, in_language(name, language),
         press.site.path(language, f"{group}/{file_name(subject_key(group, name, card))}.html"))
        for group, name in subjects_of(card)
    ]  # fmt: skip


def _links(press: Press, issue: Issue, page: Page, here: Here, weeks: Mapping[str, str]) -> dict[str, Any]:
    """What the text of the page leads to: words of sources, organisations as printed, themes by their sections."""

    def own(folder: str, name: str) -> str:
        return relative(here.path, press.site.path(here.language, f"{folder}/{file_name(name)}.html"))

    organisations = {}
    for name in (o.name for p in issue.picks() for o in p.organisations):
        if fold(name):
            organisations[issue.terms.get(name, {}).get(here.language) or name] = own("organisation", fold(name))
    shown = [s for s in issue.sections if s.picks or s.opener]
    themes = {
        view.anchor: relative(here.path, weeks[id_])
        for view, section in zip(page.sections, shown, strict=True)
        if section.theme and (id_ := theme_id(issue.kind, issue.period, section.theme)) in weeks
    }
    return {"passages": passages(issue), "organisations": organisations, "themes": themes}


def passages(issue: Issue) -> dict[str, Words]:
    """Address of a passage, as the view has it, to its words."""
    found: dict[str, Words] = {}
    for e in issue.excerpts:
        if url := http_url(e.url):
            found.setdefault(fragment(url, e.text), Words(len(found) + 1, e.text, fragment(url, e.text), host_of(url)))
    return found


def _about(site: Site, card: Card, issue: Issue, language: str) -> dict[str, Any]:
    """schema.org NewsArticle (https://schema.org/NewsArticle)."""
    title, name = in_language(issue.title, language), in_language(site.title, language)
    return {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "inLanguage": html_lang(language),
        "datePublished": (card.published_at or issue.frozen_at).isoformat(), "dateModified": issue.frozen_at.isoformat(),
        "description": in_language(issue.summary, language),
        "keywords": list(issue.tags.get(language) or issue.tags.get("en", ())), "isAccessibleForFree": True,
        "articleSection": in_language(issue.category, language), "publisher": {"@type": "Organization", "name": name},
        "temporalCoverage": f"{issue.window.start.isoformat()}/{issue.window.end.isoformat()}",
    }  # fmt: skip


def _address(site: Site, path: str) -> dict[str, str]:
    return {"url": public(site, path), "mainEntityOfPage": public(site, path)} if site.url else {}
