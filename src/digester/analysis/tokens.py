"""Sentences and words of English and Chinese text, with positions: every quotation is a slice of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digester.domain.text import BREAK

STOP = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "also",
        "although",
        "am",
        "among",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "either",
        "et",
        "al",
        "etc",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "less",
        "let",
        "made",
        "make",
        "makes",
        "many",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "new",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "often",
        "on",
        "once",
        "one",
        "only",
        "onto",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "per",
        "rather",
        "s",
        "same",
        "she",
        "should",
        "since",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "thus",
        "to",
        "too",
        "toward",
        "towards",
        "two",
        "three",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "use",
        "used",
        "uses",
        "using",
        "very",
        "via",
        "was",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "you",
        "your",
        "yet",
        "e",
        "g",
        "ie",
        "eg",
        "vs",
        "can't",
        "don't",
        "it's",
        "we're",
    ]
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|vs|Fig|Figs|Eq|Sec|No|Dr|Mr|Ms|Mrs|Prof|Inc|Ltd|Co|Corp|St|approx|cf|resp|U\.S|U\.K|a\.m|p\.m)|\b[A-Z])$"
)
# Possessive and not inside a run, so that 100 KB of full stops cost one pass; begins with a class of characters, which
# `re` looks for faster than for anything else
_END = re.compile(
    rf"[.!?。！？{BREAK}](?:(?<={BREAK})|(?<=[.!?])(?<![.!?][.!?])[.!?]*+[\"'\u201d\u2019)\]]*+(?=\s)|(?<=[。！？])[。！？]*[」』”’）]*)"
)
REMEMBERED = 20_000  # code points of a text whose sentences are kept; what is longer may have tens of thousands
_MONTH = re.compile(r"(?<!\w)(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. \d")
# arXiv takes `shelves.Every` for an address: a sentence ends there, unless the word in front says that a place follows
_SWALLOWED = re.compile(
    r"\b(?!(?:as|at|by|from|in|of|on|propose|that|the|to|via|with) )[\w'-]{1,60} this http URL(?= [A-Za-z])"
)
_SMALL_NAME = re.compile(r"p\d\d|[a-z]{1,3}[A-Z]|[a-z]{1,30}\d")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/&.][A-Za-z0-9]+)*|[\u3400-\u9fff]+|\d+(?:[.,]\d+)*%?")
_HAN = re.compile(r"[\u3400-\u9fff]")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of normalised text, without surrounding space. Linear in the text."""
    return _known(text) if len(text) <= REMEMBERED else _sentences(text)


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    spans, start = [], 0
    ends = [*_END.finditer(text)]
    if " this http URL " in text:
        ends = sorted([*ends, *_SWALLOWED.finditer(text)], key=re.Match.end)
    for m in ends:
        if m[0][0] == "." and (
            _ABBREVIATION.search(text, max(start, m.start() - 12), m.start()) or not _opens(text, m.end())
        ):
            continue
        spans.append((start, m.start() if m[0] == BREAK else m.end()))
        start = m.end()
    spans.append((start, len(text)))
    return tuple(s for s in (_trimmed(text, a, b) for a, b in spans) if s[1] > s[0])


_known = lru_cache(maxsize=64)(_sentences)  # many rules read the passages of one work, one after another


def _opens(text: str, end: int) -> bool:
    """True when what follows can begin a sentence: no lower-case letter, unless it is a name such as `p99`, and no day
    behind a month."""
    rest = text[end : end + 3].lstrip()
    if _MONTH.search(text, max(0, end - 5), end + 2):
        return False
    return not rest or not rest[0].islower() or bool(_SMALL_NAME.match(text, end + 1))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """(word in lower case, start, end); a run of Han characters is one word."""
    for m in _WORD.finditer(text):
        yield m[0].lower(), m.start(), m.end()


def terms(text: str) -> list[str]:
    """Words for vectors: English without stop words, plurals folded; Han as character bigrams."""
    found: list[str] = []
    for word, _, _ in words(text):
        if _HAN.match(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        elif word not in STOP and len(word) > 1:
            found.append(stem(word))
    return found


def stem(word: str) -> str:
    """Folds English plurals and nothing else: `studies` study, `models` model, `loss` and `bias` stay."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word
