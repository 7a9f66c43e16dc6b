"""Sentences as the page shows them: text in the page's language, its citations, grouped into blocks.

A quotation, a report and the editor's reading must never look alike, so the kind travels to the
template; neighbours of one kind are one block. Citations are numbers: the item's place in this issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from digester.domain import fragments
from digester.domain.issue import Issue, Pick, Sentence, Text, quoted_elsewhere
from digester.domain.urls import http_url


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its language; `lang` is empty when it is the page's own."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """An item by its number in this issue."""

    number: int
    anchor: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation: one item, or the neighbours from `ref` to `last`, so that thirty do not fill three lines."""

    ref: Ref
    last: Ref | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as shown; `kind` is text, quote or reading, `at` the time stamp in an episode, `source`
    the address of the words it rests on."""

    text: str
    lang: str
    kind: str = "text"
    cites: tuple[Cite, ...] = ()
    refs: frozenset[Ref] = frozenset()
    at: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring sentences of one kind: text, quote or reading. A foreign quotation is `folded`."""

    kind: str
    lines: tuple[Line, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences. `reading` when all are the editor's: then the list is labelled, not each line."""

    lines: tuple[Line, ...]
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Refs:
    """What a sentence may point to: picks by every name, the addresses of passages by their supports, and the words of
    the page's language for fields of the record."""

    by_name: Mapping[str, Ref]
    places: fragments.Places
    terms: Mapping[str, Text] = field(default_factory=dict)

    def term(self, word: str, language: str) -> str:
        """A field that stands in the record once, in the page's language."""
        return self.terms.get(word, {}).get(language) or word


def said(text: Text, language: str) -> Said:
    """The text in `language`, else English, else what there is; the language is named when it differs."""
    if own := text.get(language):
        return Said(own)
    key = next((k for k in ("en", *sorted(text)) if text.get(k)), "")
    return Said(text.get(key, ""), key)


@lru_cache(maxsize=1 << 12)  # each language prints the same
def safe(url: str) -> str:
    """The address if it is http(s), else nothing: a title without a link is printed as text."""
    return http_url(url) or ""


def references(issue: Issue, language: str) -> tuple[Refs, tuple[Ref, ...]]:
    """Every name by which a sentence may cite a pick, and the numbered list itself."""
    found: dict[str, Ref] = {}
    numbered = []
    for number, pick in enumerate(issue.picks(), 1):
        ref = Ref(number, f"item-{number}", said(pick.headline, language).text or pick.title, safe(pick.url))
        numbered.append(ref)
        for name in (pick.lead_item_id, pick.story_id, pick.work):
            found.setdefault(name, ref)
    return Refs(found, fragments.places(issue.excerpts), issue.terms), tuple(numbered)


def resolve(names: Iterable[str], refs: Refs) -> tuple[Ref, ...]:
    """The cited items that stand in this issue, each once, in the order of the page."""
    found = {ref.number: ref for name in names if (ref := refs.by_name.get(name))}
    return tuple(found[number] for number in sorted(found))


def cites(cited: tuple[Ref, ...]) -> tuple[Cite, ...]:
    """Three or more neighbours as a range."""
    made: list[Cite] = []
    for _, group in groupby(enumerate(cited), lambda pair: pair[1].number - pair[0]):
        run = [ref for _, ref in group]
        made += [Cite(run[0], run[-1])] if len(run) > 2 else [Cite(ref) for ref in run]
    return tuple(made)


def line(sentence: Sentence, language: str, refs: Refs, within: Pick | None = None) -> Line:
    """One sentence; inside a pick it does not cite the pick itself."""
    shown = said(sentence.text, language)
    own = {within.lead_item_id, within.story_id, within.work} if within else set()
    cited = resolve((c for c in sentence.cites if c not in own), refs)
    lang = shown.lang
    if within and sentence.kind == "quote" and len(set(sentence.text.values())) == 1:
        lang = "" if within.language == language else within.language  # verbatim: the source's language
    at = sentence.inputs.get("at", "")
    words = sentence.inputs.get(f"passage.{language}", "")  # each language may quote an article of its own
    supports = [s for s in sentence.supports if words in ("", s.passage_id)]
    source = fragments.of(supports, refs.places) if sentence.kind in ("quote", "report") else ""
    return Line(shown.text, lang, _kind(sentence), cites(cited), frozenset(cited), at, source)


def bullets(sentences: Iterable[Sentence], language: str, refs: Refs) -> Bullets:
    lines = tuple(shown for s in sentences if (shown := line(s, language, refs)).text)
    if not lines or any(one.kind != "reading" for one in lines):
        return Bullets(lines)
    return Bullets(tuple(replace(one, kind="text") for one in lines), reading=True)


def _kind(sentence: Sentence) -> str:
    return {"quote": "quote", "synthesis": "reading"}.get(sentence.kind, "text")


def blocks(sentences: Iterable[Sentence], language: str, refs: Refs, within: Pick | None = None) -> tuple[Block, ...]:
    """Sentences grouped by how they are shown; a foreign quotation on a page is folded away."""
    made = []
    for kind, neighbours in groupby(sentences, _kind):
        group = tuple(neighbours)
        lines = tuple(shown for s in group if (shown := line(s, language, refs, within)).text)
        if lines:
            foreign = language.split("-")[0] != "en" and all(one.lang for one in lines)
            made.append(Block(kind, lines, folded=kind == "quote" and foreign))
            made += _untold(group, language, refs)
    return tuple(made)


def _untold(sentences: Sequence[Sentence], language: str, refs: Refs) -> Iterator[Block]:
    """What these sentences quote in another language only, folded away."""
    told = [(quoted_elsewhere(s, language), s) for s in sentences]
    lines = tuple(
        Line(words, lang, "quote", (), frozenset(), "", fragments.of(s.supports, refs.places))
        for (words, lang), s in told if words
    )  # fmt: skip
    if lines:
        yield Block("quote", lines, folded=True)
