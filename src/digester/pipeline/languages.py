"""The other languages of an issue: what no pattern said is translated, held against its sources, and counted.

A language of which more than 5 % of the sentences of ours are missing is refused; the others go out (EDITORIAL).
Quotations stand in the language of their source and are not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digester.analysis import gate
from digester.domain.issue import Sentence, Text
from digester.pipeline.draft import replaced
from digester.pipeline.excerpts import sentences_of
from digester.pipeline.gate import Gated
from digester.ports import Editor

SHARE = 0.05
REFUSED = {
    "en": "The edition in language {0!r} is missing: {1} of {2} sentences could not be translated.",
    "zh": "缺语言版本 {0}：{2} 句中有 {1} 句未能翻译。",
}


def run(gated: Gated, languages: Sequence[str], editor: Editor) -> tuple[Gated, tuple[str, ...], list[Text]]:
    """The draft with translations, the languages that may go out, and notices of those that may not."""
    kept = [languages[0]]
    notices: list[Text] = []
    for language in languages[1:]:
        gated = _translated(gated, language, editor)
        own = [s for s in sentences_of(gated.draft) if s.kind != "quote"]
        lacking = sum(language not in s.text for s in own)
        if lacking > SHARE * len(own):
            notices.append({k: v.format(language, lacking, len(own)) for k, v in REFUSED.items()})
        else:
            kept.append(language)
    return gated, tuple(kept), notices


def _translated(gated: Gated, language: str, editor: Editor) -> Gated:
    lacking = [s for s in sentences_of(gated.draft) if s.kind != "quote" and language not in s.text]
    if not lacking:
        return gated
    texts = editor.translate(lacking, language, gated.everything)
    made: dict[str, Sentence | None] = {}
    for s in lacking:
        if s.id in texts and gate.judge(replace(s, text={language: texts[s.id]}), gated.grounds).holds:
            made[s.id] = replace(s, text={**s.text, language: texts[s.id]})
    return replace(gated, draft=replaced(gated.draft, made))
