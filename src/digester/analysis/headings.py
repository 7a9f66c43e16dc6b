"""A headline that makes a claim: it has a verb, and no colon of its own, so that it can stand behind a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from digester.analysis import houses, standing
from digester.domain.text import language_of, opened

LEAST, LONGEST = 3, 130  # words of a claim; characters of one that is cut out of a text
LEAST_HAN = 6
_COLON = re.compile(r"(?<!\s)\s{0,3}[:：]\s{1,3}|：")
_NAME = r"(?:[A-Z][\w.\u2019'-]*|\d[\w.-]*) "
_DOES = r"(?:[a-z]{3,}(?:s|ed)|cut|set|put|hit|won|sold|bought) "
# a name and what it does; after one word only without a preposition, for "Six hours with" is none
_OPENS = re.compile(
    rf"^(?![A-Z][a-z]+ing )(?:(?:{_NAME}){{2,5}}(?:now )?{_DOES}|{_NAME}(?:now )?{_DOES}(?!with |of |in |for |on |at |from |about |after |and |to |that ))"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|cannot|may|must|does|did|releases|launches|publishes|announces|opens|cuts?|closes?|replaced|moves?|gets|gives|"
    r"lowers|raises|fixes|adds|needs|fell|rose|falls|rises|holds?|held|lets|wants?|shows|finds|found|makes?|keeps?|reaches|beats|learns|pays?|vary|varies|fails?|costs|took|takes)\b"
)
_CAPITALS = re.compile(  # the verb of a headline that writes most of its words large
    r"^(?!How |Why |What |When |Where |Who ).{0,60}\b[A-Z][\w.'\u2019]* (?:Is|Are|Was|Were|Has|Have|Will|Can|Finds?|Found|Announces?|Launch(?:es)?|Releases?|Publishes|Introduces|Unveils?|Acquires|Buys|Sues|Bans|"
    r"Withholds?|Responds?|Says?|Said|Warns?|Wins?|Joins?|Makes?|Takes?|Gets?|Gives?|Adds?|Lets|Wants?|Raises?|Signs?|Calls?|Cracks?|Faces?|Underscores?|Seeks?|Urges?|Accuses|Blocks?|Rules|Orders?)\b.{0,30}\b[A-Z]"
)
_VERB_ZH = re.compile(
    r"发布|开源|开放|推出|上线|下线|下调|上调|降低|降到|降至|下降|上涨|涨|提升|提高|缩短|减少|增加|节省|宣布|公布|收购|入股|合并|起诉|裁定|判决|生效|施行|关停|停用|采用|支持|要求|"
    r"禁止|允许|达到|超过|替换|更新|改用|测得|发现|否认|证实|招募|裁员|融资|给出"
)
_NOW = re.compile(
    r",? ?\b(?:from |since |as of )?(?:today|yesterday|tonight|(?:earlier )?this (?:morning|afternoon|evening|week)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NOBODY = re.compile(r"(?:We|Our|I|My|You|Your)\b|我们?|你")  # who that is, only the source's name says
_NO_ACTOR = re.compile(
    r"(?:In|On|At|With|Without|For|Since|When|While|After|Before|By|From|As|Over|Under|If|Although|Though|To|There|Today|Now|How|What|Why)\b"
)
_IS_A = re.compile(
    r"^(?:[^.]|\.(?=\d)){0,80}?\b(?:is|are|was|were|has been|have been|remains?|became) (?:an?|the|one|about|among|not|capable|able)\b|"
    r"^(?:LLMs?|(?:[Ll]arge )?[Ll]anguage models|AI(?: models| systems)?|Models|Agents|Chatbots) (?:are|is|can|have|has|do)\b"
)  # says what it is, not what happened
_OPEN_END = re.compile(  # a comma that parts two words of one thing
    r"\b(?:a|an|the|of|to|for|with|in|on|by|and|or|is|are|its|their|our|his|her|new|open|fast|large|small|simple|powerful|free|more|most|first|very|from|as|at|that|which)$|(?<![\w-])[a-z]++(?:-[a-z]++)++$|"
    r"[\u2014\u2013][^\u2014\u2013]*$"  # what opens behind a dash is no whole thought before the comma
)
_ASKED = re.compile(r"(?:^|,? and )(?:what|how|why|when|where|who|whether)\b.{0,200}$", re.IGNORECASE)
_LIMITED = re.compile(  # what takes back what stands before it
    r"\W{0,3}(?:but|except|only|unless|if|although|though|however|while|pending|subject|not|yet|provided|until)\b|\W{0,3}(?:但|不过|只有|除非|如果|尽管)",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(  # who says so; without these words hearsay reads as a fact
    r"\b(?:according to|sa(?:ys?|id)|reported(?:ly)?|reports? (?:says?|said|suggests?|claims?|indicates?)|reports?(?=\W*$)|claim(?:s|ed)|alleg(?:es|ed|edly)|citing|"
    r"sources? (?:says?|said|tells?|told|close|familiar|briefed)|sources?(?=\W*$)|rumou?r(?:s|ed)?|insiders?|people familiar|told|"
    r"(?:e-?mails?|documents?|filings?|leaks?|memos?|data|records|files|study|research) (?:shows?|reveals?|suggests?|finds?|say))\b|(?<![数证占收票])据|消息|知情人|(?<![名对简职])称(?![为号呼])|传闻|爆料|报道",
    re.IGNORECASE,
)
_HEARSAY = re.compile(  # what stands before or behind the colon of a headline that passes on what others say
    r"(?:the |a |new )?(?:sources?|rumou?rs?|reports?|leaks?|opinion|commentary|claims?|op-ed|传闻|消息|爆料|报道|据报道|消息称|观点)",
    re.IGNORECASE,
)
_NAMES = r"[A-Z\d][\w.&'\u2019+-]{0,30}+(?: [A-Z\d&][\w.&'\u2019+-]{0,30}+){0,6}"
_INTRODUCING = re.compile(rf"^(?:Introducing|Announcing|Launching):? (?P<what>{_NAMES})$")
# three in a row are prose to `lint`
_WORDS = re.compile(r"(?<![A-Za-z'\u2019-])[A-Za-z'\u2019-]++(?: [A-Za-z'\u2019-]++){2}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_OURS = re.compile(r"\b(?:our|we|us|my)\b", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_OF_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(f"^{rx}$"), said) for rx, said in (
    (rf"(?:The )?(?P<a>{_NAMES}) (?:has |have )?(?:releas|publish|launch|announc|introduc|unveil|ship)(?:es|s|ed) (?P<b>{_NAMES})", "{a} 发布 {b}"),
    (rf"(?:The )?(?P<a>{_NAMES}) (?:has |have )?open[- ]sourc(?:es|ed) (?P<b>{_NAMES})", "{a} 开源 {b}"),
    (rf"(?:The )?(?P<a>{_NAMES}) (?:has |have )?(?:acquir(?:es|ed)|buys|bought) (?P<b>{_NAMES})", "{a} 收购 {b}"),
    (rf"(?:The )?(?P<a>{_NAMES}) (?:is|are) (?:now )?generally available", "{a} 正式可用"),
    (rf"(?:{_NAMES}) (?:has )?ma(?:kes|de) (?P<a>{_NAMES}) generally available", "{a} 正式可用"),
    (rf"(?:The )?(?P<a>{_NAMES}) (?:is|are) (?:now )?open source", "{a} 开源"),
    (rf"(?:The )?(?P<a>{_NAMES}) (?:(?:is|are) (?:now )?in force|takes effect|(?:has )?enter(?:s|ed) into force)", "「{a}」生效"),
))  # fmt: skip


def claim(stories: Iterable[tuple[str, Sequence[str]]], language: str) -> str:
    """What the first of these stories (headline, sentences quoted of it) says that happened, in the language; of those
    of another language, and of those that make no claim, nothing is taken; "" where none does."""
    return next((found for title, texts in stories if (found := event(title, texts, language))), "")


def event(title: str, texts: Sequence[str], language: str) -> str:
    """Who did what: the headline, where it claims and has no colon, else the part of it that does, else actor and verb of
    the first sentence; "" where none does. In Chinese also of an English story, where it is made of names alone."""
    own = _event(title, texts, language)
    if own or language != "zh":
        return own
    return _of_names(_event(title, texts, "en")) or _of_names(_said(texts, "en"))


def introduced(title: str, source: str) -> str:
    """`Introducing Ostrelith 3` in a maker's own source, with the maker as who does it: `Orrelune introduces Ostrelith 3`. ""
    where the headline names more than a product or the maker, or in words (which a Chinese page would have to translate), or the name of the source begins with no house that is known."""
    m = _INTRODUCING.match(title.strip().rstrip("."))
    maker = next((f for f in houses.find(source) if f.start == 0), None)
    if m is None or maker is None or maker.name in m["what"] or _WORDS.search(m["what"]):
        return ""
    return f"{maker.name} introduces {m['what']}"


def brief(text: str) -> str:
    """What happened without what describes it: up to the first comma, where that still claims."""
    first, comma, rest = _parted(text)
    return first if comma and claims(first) and not _takes_back(rest) else text


def _takes_back(rest: str) -> bool:
    """Whether what stands behind a comma limits what stands before it, or says whose word it is."""
    return bool(_LIMITED.match(rest) or _ATTRIBUTED.search(rest))


def _event(title: str, texts: Sequence[str], language: str) -> str:
    title = title.strip().rstrip(".。")
    parts = _COLON.split(title)
    if any(_HEARSAY.fullmatch(p.strip()) for p in parts):
        return ""
    foreign = language_of(title) != language or (language == "en" and _HAN.search(title))
    parts = [] if foreign else [p for p in parts if claims(p)]
    part = next((p for p in parts if re.search(r"\d", p)), parts[0] if parts else "")  # the one with a figure says more
    own = opened(_timeless(part))
    if not own and language_of(title) == language and _CAPITALS.search(title) and not _ASKED.search(title):
        return ""  # a headline in capitals that claims says more than the sentence behind it
    return (_said(texts, language) or own) if _NOBODY.match(own) else own or _said(texts, language)


def _said(texts: Sequence[str], language: str) -> str:
    return next((opened(c) for t in texts[:1] if language_of(t) == language and (c := _clause(t))), "")


def _of_names(text: str) -> str:
    for rx, said in _OF_NAMES:
        if m := rx.match(text):
            return _JOINED.sub("", said.format(**{k: houses.chinese_name(name) for k, name in m.groupdict().items()}))
    return ""


def claims(text: str) -> bool:
    """Whether a headline says that somebody does something; a question that it will answer says nothing yet."""
    text = _ASKED.sub("", text)
    if language_of(text) == "zh" or _VERB_ZH.search(text):
        return len(re.findall(r"[\u3400-\u9fff]|[A-Za-z][A-Za-z.-]*|\d[\d.]*", text)) >= LEAST_HAN - 2 and bool(
            _VERB_ZH.search(text)
        )
    return len(text.split()) >= LEAST and bool(_VERB.search(text) or _OPENS.match(text))


def _clause(text: str) -> str:
    """Actor and verb of a sentence: what stands before its first comma; a time of day says nothing in a week. Nothing of a
    sentence that counts on another one, says what a thing is, or takes back behind the comma what it said before."""
    text = _timeless(text.rstrip(".。"))
    first, _, rest = _parted(text)
    if not first[:1].isalnum() or _COLON.search(first) or len(first) > LONGEST or standing.points_back(text):
        return ""
    if (
        any(rx.match(first) for rx in (_NOBODY, _NO_ACTOR, _IS_A))
        or _OPEN_END.search(first)
        or _OURS.search(first)
        or _takes_back(rest)
    ):
        return ""
    return first if claims(first) else ""


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the first comma, the comma, what stands behind it; a figure like 1,000 has none."""
    m = re.search(r"[,;](?!\d)|[，；！]|!(?= ?[\u3400-\u9fff])", text)
    return (text[: m.start()], m[0], text[m.end() :]) if m else (text, "", "")


def _timeless(text: str) -> str:
    return _NOW.sub("", text).strip()
