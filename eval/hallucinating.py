"""A model that lies as models do, scripted: every sentence, headline, figure and organisation of a draft made false.

Each lie is one that readers would believe: a changed digit, sign, unit or measure, another company, a version, a
year, words in quotation marks that nobody wrote, a link, a test on users where there was none. A lie is only told
where it is false: the new number, name or words stand in none of the cited texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from digester.analysis.grounding import Ground
from digester.domain.ids import digest
from digester.domain.issue import Pick, Sentence
from digester.domain.model import Claim, Organisation
from digester.editors.extractive import ExtractiveEditor
from digester.pipeline.draft import Draft
from digester.ports import Brief

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?=%|\s?ms\b|\s|[,.;)]|$)")
NAMES = ("Gorvane", "Mistralune", "Pelverra", "Oxbarrow", "Tindrel", "Zephyrine Labs")


@dataclass
class Liar:
    """Makes lies with a seed; `told` maps the id of every false sentence to its text."""

    rng: random.Random
    told: dict[str, str]

    def draft(self, given: Draft, grounds: dict[str, Ground]) -> Draft:
        def all_of(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
            return tuple(self.sentence(s, grounds) for s in sentences)

        return replace(
            given, overview=all_of(given.overview), takeaways=all_of(given.takeaways), watch=all_of(given.watch),
            threads=tuple(replace(t, sentences=all_of(t.sentences)) for t in given.threads),
            sections=tuple(
                replace(s, opener=all_of(s.opener), picks=tuple(self.pick(p, all_of, grounds) for p in s.picks)) for s in given.sections
            ),
        )  # fmt: skip

    def pick(self, p: Pick, all_of: Callable[..., tuple[Sentence, ...]], grounds: dict[str, Ground]) -> Pick:
        text = " ".join(x.text for x in grounds[p.lead_item_id].passages) if p.lead_item_id in grounds else ""
        headline = {
            lang: self.rng.choice([f"{self.rng.choice(NAMES)}: {h}", f"{h} (+{self.number(text)}%)"])
            for lang, h in p.headline.items()
        }
        claims = tuple(self.claim(c, text) for c in p.claims)
        orgs = tuple(Organisation(self.rng.choice(NAMES), o.kind, o.support) for o in p.organisations)
        return replace(p, sentences=all_of(p.sentences), headline=headline, claims=claims, organisations=orgs)

    def claim(self, c: Claim, text: str) -> Claim:
        return self.rng.choice([
            replace(c, value=self.number(text)), replace(c, sign="-" if c.sign == "+" else "+"), replace(c, unit="pp" if c.unit == "%" else "%"),
        ])  # fmt: skip

    def sentence(self, s: Sentence, grounds: dict[str, Ground]) -> Sentence:
        known = " ".join(p.text for c in s.cites if c in grounds for p in grounds[c].passages)
        text = self.rng.choice(list(self.lies(s.text["en"], known)))
        made = replace(s, id=digest("lie", text, *s.cites, size=6), text=dict.fromkeys(s.text, text))
        self.told[made.id] = text
        return made

    def lies(self, text: str, known: str) -> Iterator[str]:
        """The text made false in every way that applies; at least one does."""
        name, number = self.rng.choice(NAMES), self.number(known)
        yield f"{name}: {text}"
        yield f"{text.rstrip('.')}, a gain of {number}%."
        yield f"{text.rstrip('.')} (https://{name.lower().replace(' ', '')}.example/post)."
        yield f"{text.rstrip('.')}; its authors write \u201cthis settles the matter for {name}\u201d."
        if m := self.pick_number(text):
            yield text[: m.start()] + number + text[m.end() :]
        if "%" in text:
            yield text.replace("%", " pp", 1)
        if re.search(r"[+]\d", text):
            yield re.sub(r"[+](?=\d)", "-", text, count=1)
        if "offline evidence" in text and not re.search(r"A/B|online|live|deploy", known):
            yield text.replace("offline evidence", "online A/B evidence")

    def pick_number(self, text: str) -> re.Match[str] | None:
        found = list(NUMBER.finditer(text))
        return self.rng.choice(found) if found else None

    def number(self, known: str) -> str:
        while True:
            made = f"{self.rng.uniform(1, 90):.2f}"
            if made not in known:
                return made


class Hallucinating(ExtractiveEditor):
    """The embedded editor whose second try at a refused sentence is another lie."""

    def __init__(self, inner: ExtractiveEditor, liar: Liar) -> None:
        super().__init__(inner._voices, inner._weights, inner._model)
        self._liar = liar

    def rewrite(self, sentence: Sentence, refusals: tuple[str, ...], brief: Brief) -> Sentence | None:
        return self._liar.sentence(sentence, {})
