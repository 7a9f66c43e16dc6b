"""What a paper calls the thing it presents, by form alone: the head of its title, else a name that its text proposes.

A word is a candidate by its shape (`SIDLoom`, `S²Rank`, `orLoom-2`), or, with one capital only (`Brackwater`), by the
words on both sides of it. It is the paper's where the sentence proposes it: "we propose NAME", "a framework named NAME",
"a framework, NAME,", "Full Name (NAME)". A measure, a term that everybody has and a part out of a list are no systems; a
part of the work or its data give the name only where nothing else does. What is named in no such form has no name: nothing
is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digester.analysis import houses, metrics

_COMMON = frozenset([  # terms of the field, which papers spell out beside what they propose
    "CTR", "CVR", "GMV", "LLM", "MLLM", "VLM", "LVLM", "SLM", "LM", "PLM", "LRM", "DLRM", "RAG", "RL", "GNN", "GCN", "DPO", "GRPO",
    "PPO", "SFT", "RLHF", "RLVR", "SID", "QAC", "IR", "NDCG", "AUC", "ID", "QA", "VQA", "KGQA", "KG", "MoE", "LoRA", "PEFT", "RecSys",
    "DNN", "MLP", "CNN", "RNN", "LSTM", "ViT", "VAE", "GAN", "API", "UI", "AI", "ML", "NLP", "NLU", "RS", "CDR", "CF", "GR", "SR", "MF",
    "OOV", "ANN", "ANNS", "KNN", "LTR", "CoT", "BM25", "LLM-RS", "LLMRec", "BERT", "SASRec", "MLLM-RS", "GenAI", "GenIR", "CRS", "POI",
    "PRF", "RRF", "MCP", "ASR", "OCR", "MTL", "KD", "LLM-as-a-Judge", "GPT", "DSI", "NER", "SEO", "GEO", "RTB", "MARL", "EBR", "FPGA", "A/B",
    "Transformer", "Conformer", "Autoencoder", "Mamba", "ChatGPT",
])  # fmt: skip
_TOKEN = re.compile(r"(?<![\w@./+^-])[^\W_][\w+^-]{1,30}")
_SMALL = re.compile(r"\A[a-z]{1,6}[A-Z]")  # orLoom
_PLAIN = re.compile(r"[A-Z][a-z]{2,20}")
_WORDS = re.compile(r"\A[A-Za-z][a-z]{1,30}(?:-[A-Za-z]?[a-z]{1,30}){1,8}\Z")  # Multi-Aspect: words, no name
_ADJECTIVE = re.compile(r"-(?:[a-z]{3,20}|as-a-\w+|of-\w+)$")  # LLM-based
_KIND = (
    r"(?:frameworks?|models?|methods?|methodology|systems?|approach|algorithms?|architectures?|paradigms?|pipelines?|networks?|solutions?|techniques?|"
    r"strategy|plugins?|plug-in|agents?|platforms?|engines?|tools?|toolkits?|library|recommenders?|rankers?|retrievers?|tokenizers?|transformers?|"
    r"suite|simulators?|assistants?|benchmarks?|data ?sets?|corpus|collection)"
)
_PROPOSE = r"(?:propos|present|introduc|develop|design|devis|describ|releas|build|unveil|contribut)(?:e|es|ed|ing|s)?"
_VERB = re.compile(rf"\b{_PROPOSE}\b", re.IGNORECASE)
_OWN = re.compile(
    rf"\b(?:we|paper|work|study|article|report|research|thesis|authors?|demo|here)\b.{{0,120}}\b{_PROPOSE}\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    rf"\b{_PROPOSE},? (?:(?:the|an?|our|and|evaluate|implement|novel|new|unified|simple|open-source|open) ){{0,4}}[\"']?$",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|novel|new|proposed) [^,;:]{0,60}[,:]? ?$", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:named|called|dubbed|termed|(?<!s )(?<!s, )namely|coined|titled|entitled|nicknamed|denoted|denoted by|abbreviated|referred to)[,:]? (?:as |the |an? ){0,2}[\"']?$"
)
_APPOSED = re.compile(rf"\b{_KIND}(?P<mark>[,:]| --?| \u2014|) [\"']?$")
_INSIDE = re.compile(r"\w(?:[,:]| --?| \u2014) [\"']?$")  # `we propose a ranker of whole lists, NAME,`
_ENDS = re.compile(
    rf"^[\"']?(?: ?[,;:]|\.(?!\w)|$| \(| --? | \u2014|(?: [a-z-]{{2,20}}){{1,2}}[,;:]|,? (?:an?|the|our|which|that|is|are|to|as|for|by|in|consists|leverages|uses|improves|achieves|outperforms|{_KIND})\b)"
)
_CLOSES = re.compile(r"^[\"']?(?:[,;:(]|\.(?!\w)|$| \(| --? | \u2014 )")
_GOES_ON = re.compile(r",? (?:an?|which|that)\b| \(")
_STANDS = re.compile(r"[\"']?(?: \(|, (?:an?|which|that|to)\b|\.(?!\w))")
_OTHERS = re.compile(r"\brecently \w{4,12} $", re.IGNORECASE)  # `the recently proposed NAME` is somebody else's
_LEADS = re.compile(rf"(?:(?:[,:]| --?|\b{_KIND}(?: of)?) (?:the |an? )?|\b(?:[Oo]ur|an? (?:novel|new)) )[\"']?$")
_ELSEWHERE = re.compile(
    r"\b(?:of|for|with|by|via|using|on|in|to|from|that|which|based|through|between|into|as|where|when|under|over|than|outperforms?)\b|[,;:(]"
)
_STUDIED = re.compile(
    r"\b(?:audit|stud(?:y|ies)|analys[ei]s|(?:to|that) evaluates?|assess\w*|survey|compar\w+|built (?:on|upon)|based on|on top of|fine-tun\w+|attacks? on|extension of|"
    r"popular|existing|widely[- ]used|state-of-the-art)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\([a-e1-5]\)|\([iv]{1,3}\)|(?<!\w)[1-5]\) ")
_PART = re.compile(
    r"^\W{0,3}(?:Specifically|Concretely|In particular|First|Second|Third|Then|Next|Finally|Lastly|Additionally|Moreover|Furthermore|In addition|Besides|Also|To further|On top of)\b|"
    r"\b(?:second|third|finally|additionally|further|also)\b",
)
_DATA = re.compile(
    r"^(?: \([^()]{1,80}\))?,? (?:(?:an?|the|our|is|of|for|and|new|first|[a-z-]{1,20}),? ){0,6}(?:data ?sets?|benchmarks?|corpus|corpora|test collection)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?:[Ss]core|[Rr]ate|[Rr]atio|[Mm]etric|[Gg]ain|[Ee]rror|[Ll]oss|[Vv]alue)s? \($")
_OTHER = re.compile(
    r"^ ?\) (?:tasks?|problems?|settings?|challenges?|metrics?|scores?|competition|track|analysis|functions?|principle)\b"
)
_IS_PROPOSED = re.compile(
    r"^ ?\) (?:[a-z]{2,20} ){0,2}(?:is|are) (?:then |here )?(?:proposed|introduced|presented|developed|designed|new)\b"
)
_STOP = re.compile(r"[.!?] |\bthis https? URL ")  # the last stands for a link and its full stop
_HEAD = 300  # characters of a sentence in front of a name
_LONGEST = 8_000  # characters of an abstract


@dataclass(frozen=True)
class _Named:
    """A name that a text proposes: where, and whether as a part or as data beside something else."""

    name: str
    start: int
    beside: bool


def system_of(title: str, text: str) -> str:
    """The name of what a paper presents, or "". `text` is the title and the abstract behind it."""
    body = text[len(title) :][:_LONGEST]
    head = _head(title, body)
    if any(map(_is_shaped, head.split())) or (head and " " not in head):
        return head
    best = max(_proposed(title, body), key=lambda n: _fitness(n, title, body), default=None)
    return best.name if best and not (head and best.beside) else head


def _fitness(n: _Named, title: str, body: str) -> tuple[bool, bool, bool, int]:
    """The title's own name first, the whole before its parts, what the text goes on to speak of, then the first."""
    return _count(title, n.name) > 0, not n.beside, _count(body, n.name) >= 3, -n.start


# ------------------------------------------------------------------- title
def _head(title: str, body: str) -> str:
    """`SIDLoom: ...`, `SIDLoom -- ...` or `... (SIDLoom)`; words of the language only where the text uses them as a name."""
    mark = re.search(r":| --? | \u2014 ", title)
    head = title[: mark.start()].strip(" \"'") if mark else title
    if report := re.match(r"\A(\S{2,40}(?: \S{1,20})?) Technical Report\Z", head):
        return report[1]
    words = len(head.split())
    if mark and (_is_common(head) or houses.is_name(head)) and not _is_proposed(head, body):
        mark, words = None, 0
    if mark and words == 1 and _is_shaped(head):
        return head
    if mark and words <= 2 and (written := _written(head, body)):
        return written
    if mark and words == 3 and _is_proposed(head, body):
        return head
    behind = re.search(r"\(([^\s()]{2,24})\)$", title)
    return behind[1] if behind and _is_shaped(behind[1]) and not _is_common(behind[1]) else ""


def _written(head: str, body: str) -> str:
    """A head of plain words as the text writes it with capitals inside of its sentences: Sidloom as SIDLoom; else ""."""
    found = (m[0] for m in re.finditer(rf"(?<![.!?] )(?<![\w-]){re.escape(head)}(?![\w-])", body, re.IGNORECASE))
    return next((w for w in found if w == head or not any(part[0].islower() for part in w.split())), "")


def _is_proposed(head: str, body: str) -> bool:
    return any(_DIRECT.search(_sentence_head(body, m.start())) for m in re.finditer(re.escape(head), body))


# -------------------------------------------------------------------- text
def _proposed(title: str, body: str) -> Iterator[_Named]:
    for m in _TOKEN.finditer(body):
        name, left, right = m[0].rstrip("-^"), _sentence_head(body, m.start()), body[m.end() : m.end() + 120]
        if _is_shaped(name):
            said = _says(left, right, name)
        elif left.endswith("("):
            said = (
                _is_word(name) and right[:1] == ")" and _count(body, name) > 1 and _abbreviates(left.rstrip("( "), name)
            )
        else:
            said = (
                _is_word(name) and _says_word(left, right) and (_count(body, name) > 1 or bool(_GOES_ON.match(right)))
            )
        if not said or _is_common(name) or _is_expanded(name, right) or _SCORE.search(left):
            continue
        if _LIST.search(left) and not _count(title, name):
            continue
        ours = _OWN.search(left) or _OURS.search(left) or _DIRECT.search(left)  # else a problem, say, is called so
        part = _PART.search(left) or _DATA.match(right) or name.endswith("Bench")
        yield _Named(name, m.start(), not ours or bool(part))


def _says(left: str, right: str, name: str) -> bool:
    """True where the words around a name of a system's shape propose it."""
    if left.endswith("(") and right.lstrip().startswith(")"):
        words = left[:-1].rstrip()
        new = _IS_PROPOSED.match(right) and any(True for _ in _expansions(words, name))
        return not _OTHER.match(right) and (bool(new) or _abbreviates(words, name))
    if _DIRECT.search(left):
        ends = _CLOSES if left.endswith((" a ", " an ")) else _ENDS  # `a PubMed framework` is a framework
        return bool(ends.match(right)) and not _OTHERS.search(left)
    if _CALLED.search(left):
        return True
    own = bool(_OWN.search(left))
    if m := _APPOSED.search(left):
        own = own and (_is_ours(left) if m["mark"] else _is_object(left[: m.start()]))
        return (own or bool(_OURS.search(left))) and bool(_ENDS.match(right))
    return own and bool(_INSIDE.search(left) and _STANDS.match(right))


def _says_word(left: str, right: str) -> bool:
    """The same of a word with one capital, which begins many a phrase: it must stand by itself."""
    if not _CLOSES.match(right) and not _GOES_ON.match(right):
        return False
    by_verb = _OWN.search(left) and (_DIRECT.search(left) or _APPOSED.search(left))
    return bool(by_verb or _CALLED.search(left))


def _abbreviates(left: str, name: str) -> bool:
    """True for `we propose a Gated Loom (GaLo)`: the words in front hold its letters, and the sentence proposes them."""
    if re.search(rf"\b{_KIND}$", left) and _is_object(left):
        return True
    return any(_is_called(left[:start]) or _is_object(left[:start]) for start in _expansions(left, name))


def _is_called(left: str) -> bool:
    return bool(_CALLED.search(left) or (_LEADS.search(left) and (_OWN.search(left) or _OURS.search(left))))


def _is_object(left: str) -> bool:
    """True where what follows is what the sentence proposes: between the verb and it nothing leads elsewhere."""
    said = _since_verb(left)
    return said != left and not _ELSEWHERE.search(said)


def _is_ours(left: str) -> bool:
    """False for `we present an audit of the ranking system, NAME`: what is studied, or built upon, is somebody's else."""
    return not _STUDIED.search(_since_verb(left))


def _since_verb(left: str) -> str:
    """What stands behind the last verb that proposes; all where there is none."""
    return left[max((m.end() for m in _VERB.finditer(left)), default=0) :]


def _expansions(left: str, name: str) -> Iterator[int]:
    """Where words begin whose letters, in order, hold the capitals of a name."""
    capitals = [c.lower() for c in name if c.isupper()]
    for word in list(re.finditer(r"[^\W_]+", left))[-12:]:
        rest = iter(left[word.start() :].lower())
        if word[0][0].lower() == name[0].lower() and all(c in rest for c in capitals):
            yield word.start()


def _is_expanded(name: str, right: str) -> bool:
    """True for the first word of `Gated Loom (GaLo)`, whose name is the one in brackets."""
    m = re.match(r"(?: (?!(?:that|which|to|is|uses|using)\b)[\w+-]{1,30}){0,10} ?\(([\w+-]{2,30})\)", right)
    return bool(m and _is_shaped(m[1]) and m[1][0].lower() == name[0].lower())


# ------------------------------------------------------------------- words
def _is_word(word: str) -> bool:
    """`Brackwater`, `Multi-Aspect`."""
    return bool(_PLAIN.fullmatch(word) or (_WORDS.fullmatch(word) and word[0].isupper()))


def _is_shaped(word: str) -> bool:
    """Two capitals, or one and a digit: no hyphenated words, no adjective made of a name."""
    if len(word) < 3 or _WORDS.fullmatch(word) or _ADJECTIVE.search(word):
        return False
    first, rest = word[0], word[1:]
    if first.isupper():
        return any(c.isupper() or c.isdigit() for c in rest)
    return any(c.isupper() for c in rest) if first.isdigit() else bool(_SMALL.match(word))


def _is_common(name: str) -> bool:
    """True for what everybody has: a term of the field, several things of a kind (GRMs), a measure."""
    measure = next(iter(metrics.find(name)), None)
    many = name[-1] == "s" and name[:-1].isupper()
    return many or name in _COMMON or (measure is not None and measure.name == name)


def _count(text: str, name: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?!-?\w)", text))


def _sentence_head(text: str, at: int) -> str:
    """What stands in front of a place in its sentence."""
    return _STOP.split(text[max(0, at - _HEAD) : at])[-1]
