"""The AI news rubric: what engineers can build, buy or may do with it, from whom, with which specifics.

A release from its maker with weights, price or general availability is a 5, as is a rule in force; rumours,
funding, commentary, bare benchmarks and guesses are capped; promotion, lists and event adverts are never published.
What a text asks of whoever rates it is not read. That a story was told already is for selection, which knows the issues.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from digester.analysis import news_kinds, promotion
from digester.analysis.news_figures import DATE, NUMBERED
from digester.analysis.news_figures import specifics as specifics_of
from digester.analysis.rating import Judgement
from digester.domain.model import Passage, Support

_RELEASE = re.compile(
    r"\b(?:releas\w+|(?<!(?:19|20)\d\d )launch\w*(?! (?:\w+ ){0,4}(?:probe|investigation|inquiry|review|lawsuit|campaign|attacks?|consultation)\b)|ships?|shipped|open[- ]?sourc\w+(?! (?:tools?|software|projects?|communit\w+|packages?|librar\w+|code)\b)|open[- ]weights?|publish\w+ (?!(?:[\w-]+ ){0,4}(?:drafts?|essays?|posts?|papers?|articles?|interviews?|statements?|letters?|columns?|books?|answers?)\b)|introduc(?:e|es|ed|ing)|unveil\w*|announc\w+|now available|available (?:today|now)|general(?:ly)? availab\w+|\bGA\b|rolls? out|now supports|is (?:now )?live|(?:you|users|customers|developers|teams|everyone|everybody|subscribers|members) can now|(?:public|open) (?:preview|beta))\b|发布|开源(?!的|项目|社区|软件|中文|课)|上线|推出|开放下载|正式版|面世",
    re.IGNORECASE,
)
_USABLE = re.compile(
    r"\b(?:open[- ]weights?|weights|Apache[- ]2\.0|MIT[- ]licen[cs]e\w*|licen[cs]ed?|per million tokens|price[ds]?|pricing|\$\d|US dollars|general(?:ly)? availab\w+|in force|takes effect|into force|available (?:today|now)|download\w*)\b|许可|价格|定价|售价|每百万|开源权重|开放权重|权重|正式可用|全面开放|下载|生效|施行",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\b(?:Apache|MIT|BSD|GPL|CC[- ]BY)\b.{0,20}\blicen[cs]e|\blicen[cs]ed? under\b|许可证|许可协议", re.IGNORECASE
)
_OPEN_TO_ALL = re.compile(
    r"\bopen[- ]weights?\b|\bweights (?:are|can be|is)\b|\bweights, the\b|\bgeneral(?:ly)? availab\w+|\bper million (?:input |output )?tokens\b|\bavailable to (?:all|everyone)\b|开源权重|开放权重|正式可用|全面开放|每百万",
    re.IGNORECASE,
)
_LAW = re.compile(  # a price takes effect, too: only what is named as law does so here
    r"\b(?:rule|law|(?-i:Act)|(?:the|this|an) act|regulat\w+|directive|ban|(?<!in )order(?! to\b)|export)\b[^.]{0,60}\b(?:in force|takes effect|took effect|applies|binding|adopted|signed)\b|"
    r"(?:条例|法案|办法|规定|禁令|法律|法规|法令|规则)[^。]{0,30}(?:施行|实施|通过|签署|生效)",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"\b(?:courts?|tribunal|judges? (?:rule|order|find|block|dismiss)\w*|injunction)\b|法院|法庭|判决|裁定",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:retir(?:es?|ed|ing|ement)|deprecat\w+|discontinu\w+|sunset\w*|end of (?:life|support)|shuts? down|shutting down|switch(?:es|ed)? off)\b|"
    r"\b(?:endpoints?|service|API|access|support|models?)\b[^.:]{0,40}\b(?:closes?|ends?|stops?|goes away)\b|停服|停用|弃用|关停|终止(?:服务|支持)|下线",
    re.IGNORECASE,
)
OPENING = 160  # characters that say what a text is about
SPECIFICS = 6  # figures beyond which more say no more
_TECHNIQUE = re.compile(
    r"\b(?:latency|throughput|benchmark\w*|accuracy|speed\w*|energy|memory|cache|quanti[sz]\w+|A/B|online test|architecture|train\w+|infer\w+|rank\w+|retriev\w+|recommend\w+|evaluat\w+|embedding\w*|fine-?tun\w+|multi-vector|routing|watermark\w*|cluster|vulnerab\w+|zero[- ]?days?|0-days?|CVE-\d+|flaws?|exploit\w*|incident|breach|hijack\w*|attack\w*)\b|推理|训练|延迟|吞吐|评测|漏洞|显存|量化|缓存|架构|微调|检索|推荐|排序|向量|准确率|能耗|攻击|事故|泄露",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"\b(?:reportedly|rumou?r\w*|sources (?:say|said|familiar)|people familiar|is said to|in (?:advanced |early |exclusive )?talks|people with knowledge|close to (?:buying|acquiring|a deal)|may acquire|could acquire)\b|据报道|据悉|据传|传闻|消息称|知情人士|爆料|洽谈|接近达成",
    re.IGNORECASE,
)
_LISTICLE = re.compile(
    r"^(?:the )?(?:top |best )?\d+ (?:best|top|ways|tips|tools|things|reasons|prompts|books|must|ai tools|hacks|lessons)\b|\b(?:you need to know|you should (?:know|try)|ultimate guide|cheat ?sheet)\b|必看|必备|盘点|合集|[十\d]大(?:工具|技巧|神器|模型)|(?<!\d)\d{1,4} ?个(?:技巧|工具|方法|提示词|神器)|一文读懂|保姆级",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:webinar|register (?:now|today|here|early)|early[- ]bird|tickets?|join us|save your seat|call for (?:\w+ )?(?:papers|speakers|proposals|projects|participants|applications|entries|nominations)|e-?books?|conference pass|sponsored|discount code|sign up (?:now|today))\b|报名|限时优惠|早鸟|门票|直播预告|预约直播|扫码|征稿|招募|优惠码|赞助",
    re.IGNORECASE,
)
_FOLLOW_ME = re.compile(
    r"\b(?:sign up|subscribe|join \d[\d,]* (?:subscribers|readers|others)|(?:my|our) (?:newsletter|channel|course|waitlist)|give-?away|link in bio|use code|dm me|we(?:'|\u2019)re hiring|join our team)\b|关注我|转发抽奖|私信|加群",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\b(?:raises?|raised|series [a-e]\b|funding round|seed round|valuation|valued at)\b|融资|估值|领投|[ABCD] ?轮",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"\b(?:invest(?:s|ing|ed)|acquir\w+|buys|bought|merg\w+|shuts? down|shutting down|joins?|partners?|sues?|sued|bans?|blocks?|allows?|will (?:now )?(?:allow|let)|lets|adds?|"
    r"cuts?|raises prices|surges?|doubles?|switch\w+ off|retir\w+|delays?|opens|closes|hires?|leaves|settles|raids?|raided|investigates?|probes?|accuses?|accused|fines|fined|withholds?|signs?)\b|收购|入股|合并|投资|裁员|关停|下线|涨价|降价|起诉|封禁|加入|离职|推迟|合作",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"^(?:[\w./-]{1,30} ){0,4}v?\d+\.\d+(?:\.\d+)?(?:[-.]?(?:rc|beta|alpha)\d*)?$|\b(?:version|release) \d+\.\d+|"
    r"^(?:\w{1,20} ){0,3}[A-Za-z]{2,20}-\d+(?:\.\d+)+(?:-\w{1,20}){0,2}$",
    re.IGNORECASE,
)
_INCIDENT = re.compile(  # a page of the state of a service
    r"\b(?:degraded performance|elevated (?:\w+ ){0,3}(?:errors?|error rates?|latency)|(?:service |partial |major )(?:disruption|outage)|"
    r"(?:investigating|identified|monitoring|resolved|in progress|scheduled) - (?:we|the|this|all|a)\b|status: (?:resolved|investigating|monitoring|identified))|\bis down\b|服务中断|故障通报|宕机",
    re.IGNORECASE,
)
_SPECULATION = re.compile(
    r"[?？]$|\b(?:[Mm]ight|may(?! not)|[Cc]ould|[Ww]ould|[Mm]aybe|[Pp]erhaps)\b|或将|可能|也许|是否|吗$|会不会"
)
_COMMENTARY = re.compile(
    r"\b(?:opinion|essay|my take|thoughts on|why (?:i|we|the)|i think|should we|the case for|the case against|in defen[cs]e of|musings|reflections?|panel discussion|shared (?:their|his|her) (?:perspectives|views|thoughts)|in conversation with|fireside chat|what .{3,40} means)\b|观点|随想|随笔|杂谈|浅谈|感想|我(?:认为|觉得|的看法)|为什么(?:我|说)|评论[:：]",
    re.IGNORECASE,
)


def judge_news(
    title: str, passage: Passage, *, primary: bool, newsletter: bool = False, post: bool = False, paper: bool = False
) -> Judgement:
    """The AI news rubric over headline and text; `primary` when the source tells of itself, `newsletter`
    when it tells what others published: useful, and never more. A `post` of a person asks readers to follow in few words;
    of a `paper` its authors tell, whoever lists it."""
    text = promotion.without(passage.text, 0, promotion.addresses)
    lead = text[:1500]
    points: dict[str, float] = {}
    supports: list[Support] = []

    def note(name: str, rx: re.Pattern[str], where: str = lead) -> bool:
        if m := rx.search(where):
            points[name] = 1.0
            start = m.start() if where is lead else text.find(m[0])  # a headline need not stand in the passage
            if start >= 0:
                supports.append(Support(passage.id, start, start + len(m[0]), f"feature:{name}"))
        return name in points

    law = note("law", _LAW, f"{title}. {text[:600]}")
    adverts = len({m[0].lower() for m in _EVENT.finditer(lead)})
    if not law and (
        (post and note("promotes", _FOLLOW_ME))
        or note("listicle", _LISTICLE, title)
        or (note("event", _EVENT, title) or (adverts > 1 and note("event", _EVENT)))
    ):
        return Judgement(1, "promotion or list, nothing to act on", True, points, tuple(supports))
    known = specifics_of(title, NUMBERED)
    specifics = [span for figure, span in specifics_of(text[:900]).items() if figure not in known][:SPECIFICS]
    points["specifics"] = float(len(specifics))
    supports += [Support(passage.id, a, b, "feature:specifics") for a, b in specifics]
    note("dated", DATE)
    for name, rx in _NEWS_FEATURES.items():
        note(name, rx)
    opening = text if text.startswith(f"{title}. ") else f"{title}. {text}"
    opening = opening[: len(title) + 2 + OPENING]
    note("announced", _RELEASE, opening)  # a release is what it tells, and not what it mentions
    note("announced", news_kinds.OFFERED, title)
    if primary:
        note("deal", _DEAL, opening)
    note("incident", _INCIDENT, f"{title}. {text[:300]}")
    note("commentary", _COMMENTARY, f"{title}. {text[:300]}")
    for name, rx in _TITLE_FEATURES.items():
        note(name, rx, title)
    note("shipped", news_kinds.SHIPPED, opening)
    points |= news_kinds.features(title, title if "usable" in points else opening, primary, newsletter, paper)
    points |= dict.fromkeys(news_kinds.NO_MERIT & points.keys(), 0.0)
    rating, why = _news_verdict(points)
    why = news_kinds.called(points, why)
    if newsletter and rating >= 3:
        alone = rating == 3 and not news_kinds.many(title)
        rating, why = 3, "a newsletter's account" if alone else "a round-up of what others published"
    return Judgement(rating, why, True, points, tuple(supports))


def subject(title: str, text: str) -> str:
    """The subject that the kind of event decides: a rule, a draft of one or a ruling is law, whatever it rules on; what
    has to be patched is security; "" for all other news. It looks where the rubric looks."""
    lead = text[:1500]
    if (
        _LAW.search(f"{title}. {text[:600]}")
        or _COURT.search(title)
        or (_DRAFT.search(lead) and not _RELEASE.search(lead))
    ):
        return "Rules and Law"
    if _ACT_NOW.search(lead):
        return "Security"
    return "Evaluation" if _TESTS.search(f"{title}. {text[:300]}") else ""


_ACT_NOW = re.compile(
    r"\b(?:hijack\w*|vulnerab\w+|exploit\w*|malicious|breach\w*|attackers?)\b[\s\S]{0,1500}\b(?:rotate|patch(?:ed)?|revoke[ds]?|upgrade now|update now|mitigat\w+)\b|(?:漏洞|后门|投毒|劫持)[\s\S]{0,600}(?:升级|修复|补丁|轮换|吊销|更新)",
    re.IGNORECASE,
)
_DRAFT = re.compile(  # a rule that is not one yet
    r"\b(?:draft|proposed|proposal for|consultation on|public comment on|would (?:require|oblige|ban|force)|bill)\b[^.]{0,80}\b(?:rules?|laws?|act|regulat\w+|guidelines?|polic(?:y|ies)|directive|require\w*|labs?|providers?)\b|\bpolicy draft\b|征求意见稿|草案|公开征求意见",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:acquir\w+|buys|bought|merg(?:es?|ed|er|ing)|invest(?:s|ed)|shuts? down|shutting down|settles?|sues|sued|partners with|takes over)\b|收购|入股|合并|关停|和解|起诉",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(
    r"\b(?:confirm(?:s|ed)|announc(?:es|ed)|agreed to|(?:has|have) (?:signed|agreed|completed|closed)|said in (?:a|its|an?) (?:joint )?(?:statement|filing|blog post|letter)|(?:joint|regulatory) (?:statement|filing))\b|证实|确认|官宣|公告|宣布",
    re.IGNORECASE,
)
_BENCHMARK = re.compile(
    r"\b(?:tops?|topped|beats?|leads?|led|ranks? (?:first|second|1st)|number one|new record|state of the art|SOTA)\b[^.]{0,80}\b(?:leader ?boards?|benchmarks?|arena|rankings?|exams?)\b|\bbenchmark (?:scores?|results?)\b|刷榜|榜首|登顶|跑分|霸榜",
    re.IGNORECASE,
)
_TESTS = re.compile(  # a means of testing is what comes out
    r"\b(?:publish|releas|introduc|present|launch|announc|open[- ]?sourc)\w{0,4}\b[^.:]{0,60}\b(?:benchmark|leader ?board|evaluation (?:suite|set|harness))s?\b|"
    r"(?:发布|推出|开源|公布)[^。：]{0,20}(?:评测基准|基准测试|评测集|榜单)",
    re.IGNORECASE,
)
_METHOD = re.compile(  # how a result was got
    r"\b(?:we (?:ran|run|measured?|tested?|evaluated?|compared?|trained)|test (?:sets?|beds?)|harness|prompts?|seeds?|methodology|source code|reproduc\w+|averaged|samples|held-out|ablation|on \d+ (?:tasks|questions|GPUs|runs)|over \d+ runs)\b|方法|测试集|评测代码|复现|样本|消融",
    re.IGNORECASE,
)
_OUTLET = re.compile(  # who says so
    r"\b(?i:according to|reported by|first reported (?:by|in)|told|citing) (?:[Tt]he )?[A-Z][\w&.]{1,30}|\b[A-Z][\w&]{1,30}(?: [A-Z][\w&]{1,30})? (?:reports|reported|writes|says) |据(?!报道|悉|传|称|了解|消息)[^，。\s]{2,12}?(?:报道|消息|称)"
)
_NEWS_FEATURES = {
    "release": _RELEASE,
    "usable": _USABLE,
    "open_to_all": _OPEN_TO_ALL,
    "licence": _LICENCE,
    "technique": _TECHNIQUE,
    "act_now": _ACT_NOW,
    "reported": _RUMOUR,
    "funding": _FUNDING,
    "draft": _DRAFT,
    "confirmed": _CONFIRMED,
    "benchmark": _BENCHMARK,
    "method": _METHOD,
    "named": _OUTLET,
}

_TITLE_FEATURES = {  # what a headline says that it is about
    "move": _MOVE,
    "deal": _DEAL,
    "version": _VERSION,
    "speculation": _SPECULATION,
    "court": _COURT,
    "ends": _ENDS,
}


def _news_verdict(points: Mapping[str, float]) -> tuple[int, str]:
    """The rubric for AI news over the features found, read from the top."""
    has, specifics = points.__contains__, points["specifics"]
    if has("incident") and not has("act_now"):
        return 2, "an incident of a service"
    if has("customer") or has("attends"):
        return 2, "a customer's story, told by who sells to it" if has("customer") else "who shows what at a conference"
    if has("recap"):
        return 2, "a recap of what was told before"
    if has("asks") and not has("primary"):
        return 2, "a question or a guess, not news"
    if has("reported"):
        if not specifics and not has("named"):
            return 1, "a rumour without a named source"
        return 3, "a move reported by a named outlet"
    if has("draft") and not has("release"):
        return 3, "a policy draft"
    if has("law") and (specifics or has("dated")):
        return 5, "a rule in force, with dates or amounts"
    if (
        has("release")
        and has("open_to_all")
        and has("primary")
        and specifics + has("licence") >= 3
        and not has("funding")
    ):
        return 5, "a release from its maker with weights, price or general availability to check"
    if has("initiative"):
        return 2, "an initiative, nothing to build with"
    if has("appoints"):
        return 2, "an appointment or an office, nothing to build with"
    if has("results"):
        return 2, "business results, nothing to use"
    if has("funding") and not has("usable"):
        return 2, "funding without a product"
    if specifics < 3 and (has("commentary") or (has("explains") and not (has("technique") and specifics))):
        return 2, "commentary without new facts"
    if has("benchmark") and not has("method") and not has("usable"):
        return 2, "a benchmark without its method"
    if has("deal") and has("confirmed") and (specifics or has("primary")):
        return 4, "a move confirmed by the parties"
    if has("act_now") and specifics + has("dated") >= 3:
        return 4, "a security matter with figures and something to do about it"
    if has("technique") and has("primary") and specifics >= 3:
        return 4, "a technique or measurement with figures, from its makers"
    if has("ends") and has("primary"):
        return 4 if specifics > 1 or has("dated") else 3, "an end of service, announced"
    if has("court") and (specifics or has("dated")):
        return 4, "a court ruling"
    told = has("announced") or (has("release") and has("primary"))
    if told and has("usable") and (specifics > 1 or (specifics and has("primary"))):
        return 4, "a release with specifics"
    if (told or has("technique")) and specifics:
        useful = told or has("primary")
        return 3, "useful: one thing to use, with a figure" if useful else "facts and figures, told by an outlet"
    if has("speculation"):
        return 2, "a question or a guess, not news"
    if specifics >= 3 and not has("funding"):
        return 3, "a write-up from its makers" if has("primary") else "facts and figures, told by an outlet"
    if told or (has("usable") and has("primary")) or has("version"):
        return 3, "a release to know of"
    if has("move"):
        return 3, "a move told by a named outlet"
    if has("finding"):
        return 3, "a finding of a study, told by an outlet"
    if has("primary") and has("technique"):
        return 3, "a write-up from its makers"
    return 2, "no new facts"
