"""Chinese without a translator: patterns, a glossary and the fields of records. Titles and quotations stay as they
were written; a company has its Chinese name, a system its own (EDITORIAL, 中文)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, get_args

from digester.analysis import houses, metrics, outcomes
from digester.analysis.glossary import Glossary
from digester.domain.daywords import day
from digester.domain.model import SCOPE_JOINT, Claim, EvidenceLevel
from digester.domain.words import SAID
from digester.editors import chinese_keywords, mechanism, naming, reasons
from digester.editors.chinese_reasons import NEWS_REASONS
from digester.editors.patterns import Patterns
from digester.editors.voice import Share
from digester.ports import Brief

LEVELS = {"switchback": "线上 switchback 实验", **{level: SAID[f"ev_{level}"][1] for level in get_args(EvidenceLevel)}}
_TRIED = {"online_test": "做过线上测试", "deployed": "已部署"}
_SHARES: dict[Share, str] = {"live": "有线上证据", "tested": "含线上 A/B", "costed": "谈到服务成本"}
_LACKING: dict[Share, str] = {"live": "无线上证据", "tested": "不含线上 A/B", "costed": "未谈服务成本"}
_REASONS = {
    "scale": "大规模用户",
    "data_set": "发布可用于评测的数据集",
    "industrial_data": "用工业数据",
    "live_line": "属热点方向",
    "code": "代码公开",
    "cost": "给出服务成本",
}
_UNITS = {"pp": " 个百分点", "percentage points": " 个百分点", "x": " 倍"}  # ms 与 s 同表格一致，不译

LOWERED = "；按证据为 5 分"  # 为何评 4 分，概览里说一次
KEYWORDS = 5
FEW = 12  # 可在句中引用的原文词数
_HAN = r"[\u3400-\u9fff]"
_WIDE = r"[\u3000-\u3029\uff00-\uffef]"  # full-width marks bring their own space
_JOINT = re.compile(rf"(?<={_HAN}) ?(?=[A-Za-z0-9]|[+-]\d)|(?<=[A-Za-z0-9%]) ?(?={_HAN})")
_LOOSE = re.compile(rf" (?={_WIDE})|(?<={_WIDE}) |(?<={_HAN}) (?={_HAN})")


def spaced(text: str) -> str:
    """One space between Chinese and Latin words or figures, none beside full-width marks; brackets that meet are one; quotations
    stay."""
    parts = re.split(r" ?(「[^「」]*+」) ?", text)
    return "".join(p if p[:1] == "「" else _LOOSE.sub("", _JOINT.sub(" ", p)).replace("）（", "；") for p in parts)


_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_WORDS = re.compile(r"(?<![A-Za-z])[a-z]{3}|[a-z] [A-Z]")  # words, where `GoodRate` or `NER` is a name


_REACH = re.compile(
    r"(?P<n>\d[\d.,]{0,12}%) of (?:the |all |our ){0,2}(?P<kind>search |ad |live )?(?P<who>users|traffic|spend|members|sessions|requests|queries)"
)
_KIND = {"search ": "搜索", "ad ": "广告", "live ": "线上"}
_SPAN = re.compile(
    r" ?(?:for|over|during|in|and) (?:the )?(?P<n>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>day|week|month)s?"
)
_TURN = re.compile(r"(?P<unit>week|month|day) (?P<n>\d{1,3})")  # `week 1`, as tables say it
_WHO = {
    "users": "用户",
    "traffic": "流量",
    "spend": "消耗",
    "members": "会员",
    "sessions": "会话",
    "requests": "请求",
    "queries": "查询",
}
_UNIT = {"day": "天", "week": "周", "month": "个月"}


def scope(text: str) -> str:
    """`6% of users for 18 days` as `6% 用户，18 天`; what is said otherwise stays as the source writes it."""
    if turn := _TURN.fullmatch(text):
        return f"第 {turn['n']} {_UNIT[turn['unit']]}"
    found = _SPAN.sub(lambda m: f"，{outcomes.DIGITS.get(m['n'], m['n'])} {_UNIT[m['unit']]}", text)
    found = _REACH.sub(lambda m: f"{m['n']} {_KIND.get(m['kind'] or '', '')}{_WHO[m['who']]}", found).strip("，")
    return text if re.search("[A-Za-z]", found) else found


class Chinese:
    language: ClassVar[str] = "zh"

    def __init__(self, patterns: Patterns, glossary: Glossary) -> None:
        self._patterns, self.glossary = patterns, glossary

    def fill(self, name: str, place: str, turn: int, /, **slots: object) -> str:
        return spaced(self._patterns.fill(name, place, turn, **slots))

    def listed(self, names: Sequence[str]) -> str:
        return "、".join(names)

    def clauses(self, said: Sequence[str]) -> str:
        return "，".join(said)

    def name(self, brief: Brief) -> str:
        return brief.reading.system or f"《{naming.short(brief)}》"

    def whose(self, brief: Brief) -> str:
        org = self._organisation(brief)
        return f"{org}的{self.name(brief)}" if org else self.name(brief)

    def subject(self, brief: Brief) -> str:
        org = self._organisation(brief)
        return f"{org} {self.name(brief)}" if org else self.name(brief)

    def at(self, brief: Brief) -> str:
        org = self._organisation(brief)
        return f"（{org}）" if org else ""

    def level(self, evidence: str) -> str:
        return LEVELS[evidence]

    def figures(self, claims: Sequence[Claim]) -> str:
        """Two at most; a place that both have stands once, behind them."""
        shown = claims[:2]
        if len(shown) < 2 or not (place := shown[0].place) or shown[1].place != place:
            return "、".join(map(self._figure, shown))
        return f"{'、'.join(self._figure(c, placed=False) for c in shown)}（{self.term(place)}）"

    def where(self, claims: Sequence[Claim]) -> str:
        return f"（{self._own(found, scope(found))}）" if (found := naming.span(claims)) else ""

    def status(self, brief: Brief) -> str:
        return "并".join(_TRIED[t] for t in naming.tried(brief))

    def missing(self, brief: Brief) -> str:
        return "数字见原文" if "unbound_figure" in brief.rating.features else "所读文本未给出线上数字"

    def evidence(self, brief: Brief) -> str:
        if status := self.status(brief):
            return f"作者称{status}，{self.missing(brief)}"
        return "工业规模数据集" if naming.is_data(brief) else "离线证据"

    def ratings(self, counts: Mapping[int, int], news: bool = False) -> str:
        if len(counts) == 1 and max(counts.values()) > 1:
            return f"均为 {next(iter(counts))} 分"
        return "，".join(f"{r} 分 {n} {'条' if news else '篇'}" for r, n in counts.items())

    def share(self, what: Share, n: int, of: int) -> str:
        words = _SHARES[what]
        if n in (0, of):
            return ("" if of == 1 else "均") + (words if n else _LACKING[what])
        return f"其中 {n} 篇{words}"

    def days(self, n: int) -> str:
        return f"{n} 天"

    def what(self, brief: Brief, theme: str = "") -> str:
        """The known terms of the sentence on its mechanism, two at most, without what the theme says already; else the
        paper's own words where they are few; else the terms of its title, else what it is about."""
        said = self.theme(theme) if theme else ""
        told = chinese_keywords.headed(chinese_keywords.proposal(brief))
        terms = [n for n in chinese_keywords.known(told, self.glossary) if n not in said]
        words = mechanism.of(brief).removeprefix("which ")
        if not terms and len(words.split()) <= FEW and words in brief.evidence.passages[0].text:
            return f"（原文：「{words}」）" if words else ""
        terms = terms or [n for n in self._terms(brief) if n not in said]
        return f"（关键词：{self.listed(terms[:2]) or self.about(brief)}）"

    def terms(self, brief: Brief) -> str:
        """The known terms of its title and of the sentence that proposes it beside its subjects, else these."""
        about = self.about(brief)
        return self.listed([n for n in self._terms(brief) if n not in about][:3]) or about

    def _terms(self, brief: Brief) -> list[str]:
        return [spaced(n) for n in chinese_keywords.terms(brief, self.glossary)]

    def about(self, brief: Brief) -> str:
        return self.listed([self.theme(s) for s in chinese_keywords.subjects(brief)[:2]]) or "推荐系统"

    def theme(self, name: str) -> str:
        return self.glossary.theme(name)

    def quoted(self, text: str) -> str:
        return f"「{text}」"

    def called(self, brief: Brief) -> str:
        return self.quoted((naming.told_title(brief, "zh") or brief.item.entry.title).rstrip(".\u3002"))

    def within(self, source: str, title: str) -> str:
        return f"{source}{title}"

    def joined(self, said: str, quoted: str) -> str:
        return f"{said}，{quoted}"

    def dates(self, first: date, last: date) -> str:
        begin = day(first, "zh")
        return begin if first == last else f"{begin}至 {day(last, 'zh').removeprefix(f'{first.year} 年 ')}"

    def headline(self, brief: Brief) -> str:
        """Who, what, on which evidence; a news headline stays as it was written."""
        entry = brief.item.entry
        if entry.kind != "paper":
            return naming.told_title(brief, "zh") or entry.title
        claims = naming.live_claims(brief)
        about = self.about(brief) if chinese_keywords.subjects(brief) else self.listed(self._terms(brief)[:2])
        told = next((c for c in claims if self._says(c)), claims[0] if claims and not about else None)
        if told:
            return spaced(f"{self.subject(brief)}：{self._live(brief, told)}")
        status = self.status(brief) or (self.level(naming.level(brief, claims[0])) if claims else "")
        said = [about, status or ("数据集" if naming.is_data(brief) and "数据集" not in about else "")]
        return spaced(f"{self.subject(brief)}：{self.clauses([s for s in said if s])}") if any(said) else entry.title

    def keywords(self, brief: Brief) -> str:
        entry = brief.item.entry
        if entry.kind == "paper" or naming.told_title(brief, "zh"):
            return ""
        told = " ".join((entry.title, *(q.text for q in brief.reading.quotations)))
        return self.listed(self.glossary.named(told, KEYWORDS))

    def reason(self, brief: Brief) -> str:
        if brief.item.entry.kind != "paper":
            return NEWS_REASONS.get(brief.rating.reason, "") + (LOWERED if brief.lowered else "")
        if said := reasons.chinese(brief, self.glossary, lambda c: self._live(brief, c)):
            return spaced(said) + (LOWERED if brief.lowered else "")
        claims = naming.live_claims(brief)
        figure = self._live(brief, claims[0]) if claims else ""
        words = [
            w for f, w in _REASONS.items() if f in brief.rating.features and (f != "data_set" or naming.is_data(brief))
        ]
        told = [figure or self.status(brief), *words]
        text = "，".join(t for t in told if t) or ("离线证据" if brief.rating.rating > 1 else "无可用证据")
        return spaced(text) + (LOWERED if brief.lowered else "")

    def term(self, text: str) -> str:
        """A heading, a reach, a company, a measure with its place, or a theme: the same word may be several. Of a scope
        each part by itself; words that no table knows stand as a quotation."""
        if SCOPE_JOINT in text:
            return "；".join(map(self.term, text.split(SCOPE_JOINT)))
        found = self._found(text)
        _, space, last = text.rpartition(" ")
        return self._own(text, found) if space and last[:1].islower() else found

    def _found(self, text: str) -> str:
        """The Chinese of the first table that knows it; as it is where none does."""
        measured = any(m.end == len(t) for t in (text, text.removesuffix("s")) for m in metrics.find(t))
        named = (self.glossary.metric, self.glossary.heading) if measured else (self.glossary.heading, self._measure)
        told = (f(text) for f in (*named, scope, houses.chinese_name, self._measure))
        return next((found for found in told if found != text), text)

    def _measure(self, text: str) -> str:
        """A measure or the place where it holds, without its article; a company in front has its Chinese name."""
        bare = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
        if (found := self.glossary.metric(bare)) != bare:
            return found
        house = next(houses.find(bare, lenient=True), None)
        if house is None or house.start or not (rest := bare[house.end :].strip(" -")):
            return text
        told = self.glossary.metric(rest)
        return text if told == rest else spaced(f"{houses.chinese_name(house.name)} {told}")

    def _own(self, text: str, found: str) -> str:
        """What was found, else the source's own words, marked as a quotation where they are words and no name."""
        return self.quoted(text) if found == text and _WORDS.search(text) else found

    def _says(self, claim: Claim) -> bool:
        """Whether its measure and its place are told in Chinese, or by a name."""
        told = [self._own(claim.metric, self._measure(claim.metric)), self.term(claim.place)]
        return not any("「" in t for t in told)

    def _organisation(self, brief: Brief) -> str:
        org = naming.organisation(brief)
        if not org or org.lower() in naming.short(brief).lower():
            return ""
        return houses.chinese_name(org)

    def _live(self, brief: Brief, claim: Claim) -> str:
        """A figure with its evidence behind it."""
        return f"{self._figure(claim)}（{self.level(naming.level(brief, claim))}）"

    def _figure(self, claim: Claim, placed: bool = True) -> str:
        """`收入 最高 +3.05%（不显著）`: metric, hedge, sign, value, unit."""
        unit = claim.unit if claim.unit == "%" else _UNITS.get(claim.unit, f" {claim.unit}" if claim.unit else "")
        weak = claim.hedge == "not significant"
        hedge = (self.glossary.term(claim.hedge) or claim.hedge) if claim.hedge and not weak else ""
        place = f"（{self.term(at)}）" if (at := claim.place) and placed else ""
        metric = self._own(claim.metric, self._measure(claim.metric))
        return f"{metric}{place} {hedge}{claim.sign}{claim.value}{unit}{'（不显著）' if weak else ''}"
