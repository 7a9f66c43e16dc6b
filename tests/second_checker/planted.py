"""Errors planted into rendered pages, each of a kind that a reader could not see.

`plant` yields (kind, page) pairs, drawn with a fixed seed from all places of a page where the kind can stand. Only what
a reader sees is changed, or where a link leads: no style, no tag.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from digester.domain.issue import Issue, Pick

# what a reader sees, as spans of the file: text between tags; Markdown lines without addresses
_HTML = re.compile(r">([^<>]+)<")
_ADDRESS = re.compile(r"\]\([^)\s]*\)|^\[\d+\]: .*$|^\|[-:|]+\|$|^---$", re.MULTILINE)
_FOREIGN = ("https://elsewhere.example/abs/1", "javascript:alert(1)", "data:text/html,hello")


def visible(output: str, text: str) -> list[tuple[int, int]]:
    if output == "html":
        body = text.index("<body")
        return [m.span(1) for m in _HTML.finditer(text, body) if m[1].strip()]
    spans, at = [], 0
    for m in _ADDRESS.finditer(text):
        spans.append((at, m.start()))
        at = m.end()
    return [*spans, (at, len(text))]


def _within(output: str, text: str, expression: str) -> list[re.Match[str]]:
    rx = re.compile(expression)
    return [m for a, b in visible(output, text) for m in rx.finditer(text, a, b)]


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


Plant = Callable[[str, str, Issue, random.Random], Iterator[str]]


def digit(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    for m in _shuffled(_within(output, text, r"&#\d+;|\d"), rng):
        if m[0].isdigit():
            yield _put(text, m.span(), str((int(m[0]) + rng.randint(1, 9)) % 10))


def sign(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    for m in _shuffled(_within(output, text, r"(?<![\w])[+-](?=\d)"), rng):
        yield _put(text, m.span(), "-" if m[0] == "+" else "+")


def unit(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    for m in _shuffled(_within(output, text, r"(?<=\d)(?: ?%| ms\b|[BM]\b| days\b)"), rng):
        yield _put(text, m.span(), {"%": " pp", "ms": " s", "B": "M", "M": "B", "days": " hours"}[m[0].strip()])


def organisation(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    names = sorted({o.name for p in issue.picks() for o in p.organisations})
    for name in names:
        for m in _within(output, text, rf"(?<![\w]){re.escape(name)}(?![\w])"):
            if rng.random() < 0.3 and len(names) > 1:
                yield _put(
                    text, m.span(), rng.choice([n for n in names if n != name and name not in n and n not in name])
                )


def system(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    names = sorted({p.facts["system"] for p in issue.picks() if p.facts.get("system")})
    for name in names:
        for m in _within(output, text, rf"(?<![\w]){re.escape(name)}(?![\w])"):
            if rng.random() < 0.3 and len(names) > 1:
                yield _put(text, m.span(), rng.choice([n for n in names if n != name]))


def link(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    rx = r'(?<=href=")https?://[^"]+' if output == "html" else r"(?<=\]\()[^)\s]+|(?<=\]: )https?://\S+"
    others = sorted({p.url for p in issue.picks()})
    for m in _shuffled(list(re.finditer(rx, text)), rng):
        choice = [u for u in others if not m[0].startswith(u)]
        yield _put(text, m.span(), rng.choice([rng.choice(choice), rng.choice(choice), *_FOREIGN]))


def quotation(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    """A word of a quotation is replaced, left out, or another put in."""
    quotes = [s.text["en"] for s in issue.sentences() if s.kind == "quote"]
    for told in _shuffled(quotes, rng):
        words = list(re.finditer(r"[a-z]{3,}", told))
        at = text.find(told)
        if at < 0 or len(words) < 3:
            continue
        m = rng.choice(words[1:])
        new = rng.choice(("", "not " + m[0], "hardly " + m[0], m[0][::-1] + "x"))
        yield _put(text, (at + m.start(), at + m.end()), new)


def evidence(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    """Evidence is raised: offline or deployed become an online test."""
    raised = {"offline evidence": "tested online", "offline": "online A/B", "deployed": "online A/B"}
    quoted = "\n".join(s.text["en"] for s in issue.sentences() if s.kind == "quote" or "“" in s.text["en"])
    for m in _shuffled(
        _within(output, text, r"offline evidence|\boffline\b(?! gains| evidence)|(?<!online and )\bdeployed\b"), rng
    ):
        if text[m.start() - 12 : m.end() + 12] not in quoted and "/" not in text[m.start() - 1 : m.end() + 1]:
            yield _put(text, m.span(), raised[m[0]])


def count(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    """One of the issue's own counts: in the census, an overview, an opener, a tally, a caption."""
    own = r"(?<![#\d])\d+(?= announced| in scope| published|x[345]|; | with online| industrial| rated | out of scope| papers| of the| of \d+ s"
    own += r"|, rated|\)| with evidence| have evidence| posts| articles| episodes?| stories| items| beyond| sources| at [345])"
    for m in _shuffled(_within(output, text, own), rng):
        yield _put(text, m.span(), str(int(m[0]) + rng.choice([1, 2, 10])))


def exchange(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    """Two figures of one sentence change places: both stand in the source, each with the other's measure."""
    rx = r"([+-]\d[\d.]*)((?: ?[%a-z]+)?[^+\d\n|]{3,60})(?!\1)([+-]\d[\d.]*)"
    for m in _shuffled(_within(output, text, rx), rng):
        yield _put(text, m.span(), m[3] + m[2] + m[1])


def stars(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    for m in _shuffled(_within(output, text, r"★☆|★(?!★)"), rng):
        yield _put(text, m.span(), "★★" if len(m[0]) == 2 and rng.random() < 0.5 else "☆" * len(m[0]))


def author(output: str, text: str, issue: Issue, rng: random.Random) -> Iterator[str]:
    """A person of another item stands under this one."""
    names = sorted({a for p in issue.picks() for a in p.authors[:3]})
    for name in _shuffled(names, rng):
        for m in _within(output, text, rf"(?<![\w]){re.escape(name)}(?![\w])"):
            other = [p for p in issue.picks() if name not in p.authors]
            others = sorted({a for p in other for a in p.authors[:1]} - {name})
            if others:
                yield _put(text, m.span(), rng.choice(others))


KINDS: dict[str, Plant] = {
    "digit": digit, "sign": sign, "unit": unit, "organisation": organisation, "system": system, "link": link,
    "quotation": quotation, "evidence": evidence, "count": count, "exchange": exchange, "stars": stars, "author": author,
}  # fmt: skip


def _shuffled(found: list[Any], rng: random.Random) -> list[Any]:
    rng.shuffle(found)
    return found


def plant(output: str, text: str, issue: Issue, most: int) -> Iterator[tuple[str, str]]:
    """At most `most` pages of each kind; a page that came out unchanged is none."""
    for kind, planted in KINDS.items():
        rng = random.Random(f"{kind} {output} {issue.id}")
        made = [page for page in planted(output, text, issue, rng) if page != text]
        rng.shuffle(made)
        yield from ((kind, page) for page in made[:most])


def plant_record(issue: Issue) -> Iterator[tuple[str, Issue]]:
    """The same kinds in the JSON record: each figure, organisation and quotation of the first picks changed."""
    names = sorted({o.name for p in issue.picks() for o in p.organisations})
    for i, section in enumerate(issue.sections):
        for j, pick in enumerate(section.picks[:4]):
            for kind, changed in _picks(pick, names):
                picks = (*section.picks[:j], changed, *section.picks[j + 1 :])
                made = (*issue.sections[:i], replace(section, picks=picks), *issue.sections[i + 1 :])
                yield kind, replace(issue, sections=made)


def _picks(pick: Pick, names: list[str]) -> Iterator[tuple[str, Pick]]:
    for c in pick.claims[:2]:
        value = f"{(int(c.value[0]) + 3) % 10}{c.value[1:]}"
        others = tuple(x for x in pick.claims if x is not c)
        yield "digit", replace(pick, claims=(*others, replace(c, value=value)))
        yield "sign", replace(pick, claims=(*others, replace(c, sign="-" if c.sign == "+" else "+")))
    for o in pick.organisations[:1]:
        other = next(n for n in names if n != o.name)
        yield "organisation", replace(pick, organisations=(replace(o, name=other),))
    for s in pick.sentences:
        if s.kind == "quote" and len(s.text["en"].split()) > 4:
            words = s.text["en"].split(" ")
            told = " ".join([*words[:2], "hardly", *words[2:]])
            yield "quotation", replace(pick, sentences=(replace(s, text={"en": told}),))
