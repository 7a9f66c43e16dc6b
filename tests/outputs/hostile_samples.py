"""Titles, posts and addresses that try to become markup, and an issue that holds them everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.outputs.issue_samples import EXCERPT, SUPPORT, WHALE, claim, organisation, weekly

from digester.domain.issue import BatchCoverage, Coverage, Issue, Row, Section, Sentence, Thread
from digester.domain.model import Link

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1)) ![x](https://evil.example/p.png)",
    "](https://evil.example) [a][3] [3]: https://evil.example",
    "# Not a heading\n\n## Nor this\n\n- no list\n> no quote",
    "| a | b |\n|---|---|\n`code` **bold** _em_ ~~gone~~ <!-- c --> &lt;b&gt; &#x3c;i&#x3e;",
    "https://evil.example/auto www.evil.example <https://evil.example/angle>",
    "{{ 7*7 }} {% raw %} \\[x\\](y) \\<b\\> $\\href{javascript:alert(1)}{x}$",
    "</style></title></h1><svg/onload=alert(1)>",
    "1. no list\n---\ntitle: forged\n---",
    "\u202eevil\u202c مرحبا بالعالم שלום",
    "长标题" * 120,
    "Pneumono" * 60,
)
BAD_URLS = (
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "//evil.example/x",
    "ftp://a.example/",
)


def hostile(payload: str, url: str = 'https://arxiv.example/a(b)?q="x"&y=[1]|<z>') -> Issue:
    """The weekly with the payload wherever text from outside stands."""
    base = weekly()
    sentence = Sentence("h", "report", {"en": payload}, ("item-2606.90011",), SUPPORT)
    quote = Sentence("hq", "quote", {"en": payload}, (), SUPPORT)
    bad = replace(
        WHALE, title=payload, headline={"en": payload}, url=url, source=payload, authors=(payload, payload), reason={"en": payload},
        organisations=(organisation(payload),), links=(Link(url, payload), Link("javascript:alert(2)", payload)),
        sentences=(sentence, quote), facts={"topic": payload, "person": payload, "role": payload, "guest": payload,
                                            "repository": payload, "language": payload, "duration": payload},
        claims=(claim(payload, "1", payload, "+", "online_ab", payload, payload),), language="\"><x",
    )  # fmt: skip
    slugs = ("featured", "more", "posts", "trending", "podcasts")
    sections = tuple(Section(slug, {"en": payload}, (sentence,), (bad,)) for slug in slugs)
    thread = Thread("t", {"en": payload}, (WHALE.work,), (sentence,), payload, payload)
    coverage = Coverage(2, 1, 0.5, ((payload, payload),), (payload,),
                        (BatchCoverage(payload, date(2026, 6, 15), 1, 0, payload, (payload,)),))  # fmt: skip
    return replace(
        base, title={"en": payload}, summary={"en": payload}, slug={"en": payload}, category={"en": payload},
        tags={"en": (payload,)}, notices=({"en": payload},), takeaways=(sentence,), overview=(sentence, quote),
        threads=(thread,), sections=sections, watch=(sentence,), method={"en": payload}, coverage=coverage,
        rows=(Row(payload, payload, url, 5, (payload,), payload, payload, None),),
        excerpts=(replace(EXCERPT, text=payload, url=url),),
    )  # fmt: skip
