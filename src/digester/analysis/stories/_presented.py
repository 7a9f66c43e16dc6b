"""Which edition of a product a text presents: "Introducing Tarn 4", "Velora releases Tarn 4", "Tarn 4 发布", or "Tarn 4".

Two texts that present one edition tell of its release, in however different words. Only what presents it counts: the
name must end where its clause ends, so that "Tarn 4 in the Lakeview suite", "the price of Tarn 4", "Tarn 4 is down",
"we let Tarn 4 write a poem" present nothing. The whole name counts: "Tarn 4 Mini" is not "Tarn 4".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

Name = tuple[str, ...]  # pieces of a name in small letters: ("tarn", "4"), ("gpt", "5.3", "codex")

_SMALLER = "mini|nano|lite|flash|turbo|fast|small|tiny|air"  # editions of their own, beside the one without the word
_OTHERS = "pro|max|plus|ultra|large|medium|preview|beta|alpha|thinking|instruct|base"  # often the edition itself
_NO_PIECE = (
    "a|an|the|and|or|as|at|by|for|from|in|into|is|its|of|on|our|to|via|with|than|vs|your|after|before|amid|now|out|here|models?|series|"
    r"how|why|what|releas\w{1,3}|launch\w{0,3}|introduc\w{1,3}|announc\w{1,3}|present\w{0,3}|unveil\w{0,3}|meet|reaches|turns|today|system|"
    "technical|report|card"
)
_WORD = rf"(?!(?i:{_NO_PIECE})(?![A-Za-z0-9]))[a-z]{{0,2}}[A-Z][A-Za-z0-9]{{0,30}}(?:\.\d{{1,3}}){{0,3}}"
_NUMBER = r"(?!\d[DGK]\b)[A-Za-z]{0,20}\d{1,4}(?:\.\d{1,3}){0,3}[A-Za-z]{0,3}"
_NAME = rf"(?<![A-Za-z0-9.-])(?P<name>(?:{_WORD}[ -]){{0,3}}{_NUMBER}(?:[ -](?:{_WORD}|{_NUMBER}|{_SMALLER}|{_OTHERS})){{0,3}})(?![A-Za-z0-9%])"
_FILE = r"[\w.-]{1,40}/(?P<name>[A-Za-z][\w.]{0,30}(?:-[\w.]{1,30}){0,7})$"
_MAKER = r"(?:(?:\S{1,30} ){0,3}\S{1,30}['’]s )?"
_SORT = (
    r"(?:the|its|an?|our|new|newest|latest|next|next-gen(?:eration)?|flagship|first|own|open|open-(?:source|weights?)|free|small(?:er)?|tiny|"
    r"large|bigger?|faster|cheaper|powerful|upgraded|updated|long-awaited|frontier|proprietary|multimodal|multilingual|AI|language|"
    r"reasoning|coding|code|video|image|speech|voice|audio|music|robot(?:ics)?|vision|embedding|world|foundation|weather|"
    r"model|chip|agent|assistant|chatbot|series|family|version|engine|framework|library)"
)
_END = (
    r"(?=$|\s?[,:;.!(|\u2013\u2014](?!\d)| - |(?i: with | as | its | an? | models?\b| is (?:here|out)\b| today\b| this week\b"
    r"|(?: (?:minutes|hours|days|weeks))? (?:after|before|amid|ahead of)\b| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b))"
)
_VERB = (
    r"(?i:releas(?:es?|ed|ing)|launch(?:es|ed|ing)?|unveil(?:s|ed|ing)|introduc(?:es?|ed|ing)|announc(?:es?|ed|ing)|debut(?:s|ed)|ship(?:s|ped)|"
    r"roll(?:s|ed) out|open-?sourc(?:es|ed|ing)|presents|publish(?:es|ed))"
)
_IS_OUT = (
    r"(?i:(?:is|are) (?:here|live)|(?:(?:is|are) )?(?:out|(?:now )?available)|has arrived|goes live|releas(?:ed|es)|launch(?:ed|es)|arrives|debuts|"
    r"announced|release notes)(?: by [A-Z]\w{1,30})?"
)
_HAN_VERB = "(?:正式版?|重磅|今日|全新|宣布)?(?:发布|开源|上线|推出|来了|登场|亮相|面世|问世)(?:并(?:开源|上线))?"
_HAN_BEFORE = "[A-Za-z0-9\u3400-\u9fff ，！!：:]{0,24}?(?<!接入)(?<!搭载)(?<!基于)(?<!支持)(?<![用对和与比])"
_HAN_END = r"(?=$|[，,。！!；;：:]|\s?(?:系列|大?模型|正式版))"
_OPENING = rf"(?:\S{{1,30}} ){{1,8}}?{_VERB} (?:(?:the )?(?:release|launch|debut) of )?(?:{_SORT} ){{0,6}}"
_FORMS = [
    re.compile(rf"\A(?:{form})")  # of a whole headline: at other places nothing is looked for
    for form in (
        # the name alone, and as a file
        rf"{_NAME}$",
        _FILE,
        # Introducing Tarn 4
        rf"(?i:introducing|announcing|presenting|launching|releasing|meet|say hello to|official release of|(?:the )?launch of):? (?:{_SORT} ){{0,5}}{_NAME}{_END}",
        # Velora's Tarn 4 is out
        rf"{_MAKER}(?:{_SORT} ){{0,5}}{_NAME} {_IS_OUT}\s?{_END}",
        # Tarn 4 System Card, Tarn 4 from Velora is here
        rf"{_NAME}(?: (?i:system card|model card|technical report)| (?:from|by) [A-Z]\w{{1,30}} (?i:is (?:here|out)))\s?{_END}",
        # Velora quietly releases its new open model Tarn 4
        rf"{_OPENING}{_NAME}{_END}",
        # Sound and vision: the official release of Tarn 4
        rf".{{0,60}}(?i:release of|system card:|system card for) {_NAME}$",
        # Tarn 4: Velora's latest image model
        rf"{_NAME}\s?[:\u2013\u2014] ?(?:[A-Z]\w{{1,30}}['’]s |(?i:an?|the|our|open[- ]source) )(?:{_SORT} ){{0,5}}(?i:model|chip|agent|assistant|engine)\b",
        # 最强模型Tarn 4来了
        rf"{_HAN_BEFORE}{_NAME}\s?{_HAN_VERB}(?=$|[^A-Za-z0-9\u3400-\u9fff])",
        # 维洛拉发布新一代模型Tarn 4
        rf"{_HAN_BEFORE}{_HAN_VERB}[\u3400-\u9fff]{{0,10}}\s?(?<!支持)(?<!基于)(?<!搭载){_NAME}{_HAN_END}",
    )
]
# Velora releases v2.8
_VERSION = re.compile(
    rf"\A(?:\S{{1,30}} ){{0,4}}?(?P<maker>[A-Z]\w{{1,30}}) {_VERB} (?:version )?(?P<name>[vV]\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}){_END}"
)
# "Velora on Tuesday released Tarn 4" below a headline that names it; "a day after Velora released Tarn 4" is no news of it
_LEDE = re.compile(rf"\A{_OPENING}{_NAME}{_END}")
_BEFORE = re.compile(r"\b(?:after|since|when|while|before|once|ago|last|earlier|if|had)\b", re.IGNORECASE)
# "Tarn 4: Seeing Agents" above "we present Tarn 4"
_TITLED = re.compile(rf"\A{_NAME}:\s")
_PRESENTS = re.compile(
    rf"\b(?i:introduce|present|release|announce|launch|unveil)(?:s|d|ed)? (?:{_SORT} ){{0,6}}{_NAME}"
)
_PACKED = re.compile(r"[ -](?:GGUF|MLX|AWQ|GPTQ|ONNX|FP8|NVFP4|BF16|INT[48])$", re.IGNORECASE)  # the same weights
_DIGIT = re.compile(r"\d")
_SPLIT = re.compile(r"[ -]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GENERIC = frozenset(f"{_SMALLER}|{_OTHERS}|v|version".split("|"))
_APART = frozenset(_SMALLER.split("|"))
_FIRST = 300  # characters of the text that are its opening


def presented(headline: str, text: str) -> Name:
    """The name, () for none. `text` is what stands below the headline."""
    if "?" in headline or not _DIGIT.search(headline):
        return ()
    for form in _FORMS:
        if (m := form.match(headline)) and (name := _pieces(m["name"])):
            return name
    if m := _VERSION.match(headline):
        return _pieces(f"{m['maker']} {m['name']}")
    if (m := _TITLED.match(headline)) and any(m["name"] == p["name"] for p in _PRESENTS.finditer(text)):
        return _pieces(m["name"])
    if (m := _LEDE.match(text[:_FIRST])) and not _BEFORE.search(text, 0, m.start("name")):
        return _pieces(m["name"]) if re.search(rf"{re.escape(m['name'])}(?![A-Za-z0-9.-])", headline) else ()
    return ()


def _pieces(name: str) -> Name:
    """() for what names no edition: without a word, without a number, with a year, or with the number in front."""
    found = tuple(_plain(p) for p in _SPLIT.split(_PACKED.sub("", name)) if p)
    lettered = any(len(p) > 1 and p[0].isalpha() for p in found)
    if not lettered or found[0][0].isdigit() or _YEAR.search(name):
        return ()
    return found if _DIGIT.search(name) else ()


def _plain(piece: str) -> str:
    """`4.0` and `V4` are `4`."""
    small = piece.lower().removesuffix(".0")
    return small[1:] if small[0] == "v" and small[1:2].isdigit() else small


def same_name(a: Name, b: Name) -> bool:
    """One name, of which one may lack what stands in front: "Tarn 4" and "Velora Tarn 4"."""
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short and (len(short) == len(long) or short[0] not in _GENERIC)


def other_edition(a: Name, b: Name) -> bool:
    """Two names of two things: "Tarn 4" and "Tarn 5" or "Tarn 4 Mini". A name that only goes on is in doubt: "Tarn 4 Pro" may
    be what is called "Tarn 4" elsewhere."""
    if not a or not b or same_name(a, b):
        return False
    short, long = sorted((a, b), key=len)
    return long[: len(short)] != short or not _APART.isdisjoint(long[len(short) :])


def presenting(names: Sequence[Name], most: int) -> set[tuple[int, int]]:
    """Pairs (i < j) of texts that present one edition; what more than `most` names end in is no way to find them."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        if name:
            holders[name[-1]].append(n)
    near = (pair for of in holders.values() if len(of) <= most for pair in combinations(of, 2))
    return {(i, j) for i, j in near if same_name(names[i], names[j])}
