"""What a sentence of a news text is worth by itself: who did what with which result, in words that need none before.

The lead of a text says what happened. Beside it, and alone in a list, a sentence is wanted that has the figure of the
outcome; how a test was set up, what may still come and who is exempt are no news by themselves.
"""

from __future__ import annotations

import re

from digester.analysis import standing
from digester.analysis.tokens import terms

TOLD = 2.5  # what it costs to say the headline again, word for word

_RESULT = re.compile(
    r"[+-]\d[\d.,]{0,14}\s?(?:%|pp|points?|个百分点)|\bfrom \$?\d[\d.,]{0,14}\S{0,8}(?: \w{1,20})? to \$?\d|(?<![\d.,])\d[\d.,]{0,14}\s?(?:%|x\b|×|-fold|times\b|points?\b|倍|个百分点)|"
    r"[$€£]\d|\d\s?(?:ms|GB|TB|tokens?|joules?|seconds?|minutes?|million|billion|亿|万|元|美元|毫秒|分钟)(?![a-z])|从 ?[\d.]+.{0,12}(?:降|升|提高|缩短)"
)
_MONEY = re.compile(r"[$€£]\s?\d[\d.,]{0,14}(?: ?(?:million|billion|[MBK]\b))?|\d[\d.,]{0,14} ?[万亿]?(?:美元|元)")
_SIGNED = re.compile(r"(?<![\d\w])[+-]\d[\d.,]*\s?(?:%|个百分点)")
_FIGURE = re.compile(r"\d")
_OUTCOME = re.compile(
    r"\b(?:r[io]ses?|rose|risen|raised?|falls?|fell|fallen|drops?|dropped|cuts?|grew|grows?|lie|lies|shr[aiu]nk\w*|gains?|gained|lost|saves?|saved|wins?|won|gave|"
    r"brings?|brought|shows?|showed|finds?|found|reach\w*|complet\w+|costs?|needs?|lowers?|lowered|reduc\w+|improv\w+|increas\w+|doubl\w+|halv\w+|"
    r"shorten\w*|chang\w+|beats?|removes?|falls? to|goes? from|went from|becomes?|fits?|reads|holds|must|bans?|rul(?:es|ed)|overlap\w*)\b|"
    r"提升|提高|降低|降到|下降|上涨|涨|减少|缩短|增加|节省|达到|显示|完成",
    re.IGNORECASE,
)
_SET_UP = re.compile(
    r"\b(?:ran|run|runs|lasted|lasts) (?:for|over)\b|\b(?:we|they|the group) (?:then |also )?(?:looked|took|used|asked|picked|chose|repeated|collected)\b|"
    r"\b(?:test|experiment|trial|study) (?:covered|included|used)\b|(?:持续|使用) ?\d+(?: ?天|%)(?![^。]*[+-]\d)",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"\b(?:could|may(?! not)|might|would|should|perhaps|possibly)\b|可能|或将|也许")
_ASIDE = re.compile(
    r"\b(?:exempt|excluded|thank(?:s|ed)?|outstanding|proud|celebrat\w+|subscribe|newsletter)\b|豁免|感谢",
    re.IGNORECASE,
)
_TESTED = re.compile(r"\bA/B\b|\bonline (?:A/B )?tests?\b|\bin (?:our|all|the) tests?\b|线上", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"^(?:In (?:19|20)\d\d|Before|Previously|Earlier|Last (?:year|month)|Until now|So far|Since (?:19|20)\d\d|Founded|The (?:company|start-up|firm))\b|"
    r"\banother \d|\b(?:was|is|were|are) said to\b|此前|^(?:早期|过去|去年)"
)
_NAME = re.compile(
    r"(?:(?<=[a-z,\d%] )|^(?=\S{1,40} [A-Z\d])|^(?=\S{0,40}[A-Z\d-]\S{0,40}[A-Z\d]))[A-Z][\w-]+|[\u3400-\u9fff]"
)


def worth(sentence: str) -> float:
    """Greater is better; see the cues. A sentence that points back is worth little wherever it stands alone."""
    outcome = bool(_OUTCOME.search(sentence) or _SIGNED.search(sentence))
    return (
        1.5 * bool(_RESULT.search(sentence))
        + 0.5 * bool(_FIGURE.search(sentence))
        + 1.0 * outcome
        + 0.4 * bool(_NAME.search(sentence))
        - 2.5 * standing.points_back(sentence)
        - 2.0 * bool(_SET_UP.search(sentence))
        + 0.8 * (outcome and bool(_TESTED.search(sentence)))
        - 1.0 * bool(_BACKGROUND.search(sentence))
        - 1.5 * bool(_MAYBE.search(sentence))
        - 1.5 * bool(_ASIDE.search(sentence))
        - 1.0 * sentence.startswith(('"', "\u201c", "\u2018", "「"))
        - 2.0 * sentence.endswith(("?", "？"))
    )


def result(sentence: str) -> bool:
    """Whether it has a figure with a unit, of money too."""
    return bool(_RESULT.search(sentence))


def measured(sentence: str) -> bool:
    """Whether it gives the outcome of a measurement: a figure with a unit that is no money, and what became of it."""
    bare = _MONEY.sub(" ", sentence)
    outcome = _OUTCOME.search(bare) or _SIGNED.search(bare)
    return bool(_RESULT.search(bare) and outcome) and not _SET_UP.search(bare)


def told_by(title: str, text: str) -> float:
    """How much of a sentence its headline says already: the share of its words."""
    words = set(terms(text))
    return len(words & set(terms(title))) / max(1, len(words))
