"""Numbers that are part of a name: versions, models, labels, identifiers; one figure each, of kind "version".

A version is a number with two points or more, or with a v; a model's name a capitalised word joined to digits
(GPT-4o, H100, Qwen3-32B), or a known family in front of a number (Llama 3.1, claude 4). A label is a word that
numbers its things (Section 3.2, RFC 9110, Table 2); an identifier mixes digits and letters (3d7f, 3D) or is
arXiv's. What a name joins to a percentage or a multiple is a quantity all the same (`CTR-1.2%`, `top-10%`).
"""

from __future__ import annotations

import re
from decimal import Decimal

from digester.analysis.figures._model import Numeral
from digester.analysis.figures._units import CURRENCY_CODES, SCALE_SIGNS, unit_of

_D = Decimal
_FAMILIES = frozenset(
    ["llama", "gpt", "chatgpt", "claude", "gemini", "gemma", "qwen", "deepseek", "mistral", "mixtral", "phi", "grok", "sonnet", "opus", "haiku", "flash", "kimi", "glm", "yi", "ernie", "hunyuan", "doubao", "seed", "falcon", "olmo", "bert", "whisper", "sora", "veo", "imagen", "flux", "dall", "nova", "command", "granite", "nemotron", "minimax", "step", "internlm", "baichuan", "palm", "bard", "copilot", "codex", "cursor", "windows", "android", "ios", "macos", "ubuntu", "python", "java", "cuda", "rocm", "pytorch", "tensorflow", "jax", "triton", "vllm", "sglang", "torch", "transformers", "numpy", "node", "react", "rust", "go", "postgres", "postgresql", "sqlite", "http", "usb", "bluetooth", "wifi", "onerec", "blackwell", "hopper"]
)  # fmt: skip
_LABELS = frozenset(
    ["section", "sections", "sec", "figure", "figures", "fig", "figs", "table", "tables", "tab", "equation", "eq", "eqs", "eqn", "theorem", "lemma", "corollary", "definition", "appendix", "chapter", "chapters", "page", "pages", "phase", "algorithm", "alg", "listing", "example", "rfc", "rfcs", "pep", "iso", "ieee", "version", "versions", "ver", "issue", "no", "pr", "cve", "question", "footnote", "arxiv", "doi", "isbn", "release", "v"]
)  # fmt: skip
_COUNTING = frozenset(
    ["top", "sub", "mid", "pre", "post", "non", "under", "over", "near", "multi", "best", "pass", "bottom", "first", "last", "about", "all", "every", "per", "max", "min"]
)  # fmt: skip
_POINTED = re.compile(r"\d{1,30}+(?:\.\d{1,30}+){2,8}+(?:[-+]?(?:rc|alpha|beta|dev|post|[ab])\.?\d{0,4})?(?![A-Za-z])")
_ARXIV = re.compile(r"\d{2}(?:0[1-9]|1[0-2])\.\d{5}(?:v\d{1,2})?(?!\d|\.\d|[A-Za-z%])")
_MIXED = re.compile(r"\d{1,6}(?:[A-Za-z]{1,6}\d++[A-Za-z\d]{0,40}+|[DG](?![A-Za-z0-9]))")
_NO_NAME = re.compile(r"\d{1,6}(?:[xX][\dA-Z]|[eE]\d{1,3}(?![\w]))")
_CODE = re.compile(r"\d{1,6}+(?P<letters>[A-Za-z]{1,6}+)(?![A-Za-z0-9])")
_NAME_AFTER = re.compile(r"-\d{1,3}+(?:\.\d{1,3}+)?-[a-z]{3}")  # text-embedding-3-small
_TAIL = re.compile(r"\d++[A-Za-z\d]{0,30}+(?:[.\-_/][A-Za-z\d]{1,30}+){0,8}")
_NUMBER = re.compile(r"\d{1,30}+(?:\.\d{1,30}+)?")
_LABELLED = re.compile(
    r"(?:\.? {1,2}|\.|:|: ?|~)(?:v|V|#)?(?P<number>[A-Z]?\.?\d{1,9}+(?:[.]\d{1,9}+){0,5}(?:v\d{1,2}+)?[a-z]?)(?![A-Za-z\d%‰]|,\d{3}| ?[%×]| ?percent)"
)
_FAMILY = re.compile(
    r"(?: (?:Pro|Flash|Opus|Sonnet|Haiku|Coder|Max|Mini|Ultra|Turbo|VL|v))?[ -]v?(?P<number>\d{1,3}+(?:\.\d{1,3}+){1,3}+[a-z]?|\d{1,3}+[a-z]?(?!\.\d| (?:percent|times|to|million|billion|hours?|days?|[a-z]{1,30}+(?<=s))\b))(?![A-Za-z\d%‰]|,\d| ?[%×xX](?![A-Za-z])| percent\b)"
)
_QUANTITY = re.compile(r"\d{1,9}+(?:\.\d{1,9}+)?(?: ?(?:\\?%|‰|percent|pp\b|×)|[xX](?![\w]))")


def read(text: str, pos: int) -> Numeral | None:
    """The version or identifier whose digits begin at `pos`."""
    m = _POINTED.match(text, pos) or _ARXIV.match(text, pos) or _mixed(text, pos)
    return _version(text, pos, m.end()) if m else None


def _mixed(text: str, pos: int) -> re.Match[str] | None:
    if (code := _CODE.match(text, pos)) and _is_code(code["letters"]):
        return code
    m = _MIXED.match(text, pos)
    if m is None or _NO_NAME.match(m[0]):
        return None
    one_digit = text[pos + 1 : pos + 2].isalpha()
    return m if one_digit or text[m.end() - 1] not in "DG" or m[0][-2:-1].isalpha() else None


def _is_code(letters: str) -> bool:
    """Letters with a capital behind digits that are neither scale nor unit (3GPP, 13C)."""
    return not letters.islower() and letters not in SCALE_SIGNS and not unit_of(letters)


def named(text: str, start: int, end: int) -> Numeral | None:
    """The name that the letters at [start, end) begin, when digits belong to it."""
    word, following = text[start:end], text[end : end + 1]
    lower = word.lower()
    if lower in CURRENCY_CODES:
        return None
    if following.isdigit():
        return _joined(text, start, end) if lower not in _COUNTING and lower != "x" else None
    if following in ("-", "@") and text[end + 1 : end + 2].isdigit() and lower not in _COUNTING:
        if following == "@" or lower in _FAMILIES or any(c.isupper() for c in word) or _NAME_AFTER.match(text, end):
            return None if _QUANTITY.match(text, end + 1) and following == "-" else _joined(text, start, end + 1)
        return None
    if (lower in _LABELS and (lower != "no" or following == ".")) and (m := _LABELLED.match(text, end)):
        return _version(text, start, m.end())
    if lower in _FAMILIES and word != "go" and (m := _FAMILY.match(text, end)):
        return _version(text, start, m.end())
    return None


def _joined(text: str, start: int, digits: int) -> Numeral | None:
    m = _TAIL.match(text, digits)
    return _version(text, start, m.end()) if m else None


def _version(text: str, start: int, end: int) -> Numeral | None:
    m = _NUMBER.search(text, start, end)
    if m is None:
        return None
    value = _D(m[0])
    return Numeral(value, _D(1).scaleb(value.as_tuple().exponent), start, end, unit="", kind="version")  # type: ignore[arg-type]
