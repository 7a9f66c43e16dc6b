"""Turns of a story: words that tell of what became of a thing, so that a headline with one is news of its own.

"X to buy Y" and "X cancels the purchase of Y" share every name and number; the word that turns it decides. Words of
one turn are told by several outlets in several ways ("calls off", "scraps", "walks away from"), so that a turn is a
class of words. Only what a headline says counts as told; a turn that stands in the other text is no difference.
"""

from __future__ import annotations

from digester.analysis.stories._classes import finder

_TURNS = {
    "stop": (
        r"cancel\w{0,6}|scrap(?:s|ped|ping)?|abandon\w{0,4}|ditch\w{0,3}|axe[sd]?|terminat\w{1,4}|call(?:s|ed)? off|giv(?:es?|ing) up|gave up|"
        r"walk(?:s|ed)? away|back(?:s|ed)? out|withdr[ae]w\w{0,3}|pull(?:s|ed)?|retract\w{0,3}|recall(?:s|ed)?|remov(?:es?|ed|ing)|revok\w{1,3}|"
        r"revers(?:es?|ed)|(?<!be )switch(?:es|ed)? off|stands? still|halt(?:s|ed)?|suspend\w{0,3}|paus(?:es?|ed)|dismiss\w{0,3}|"
        r"thr[oe]wn? out|reject(?:s|ed)?|block(?:s|ed)?|quit(?:s|ting)?|shut(?:s|ting)? down|discontinu\w{1,3}|ends?|ended|drop(?:s|ped)",
        "取消|终止|放弃|叫停|撤回|下架|召回|撤销|吊销|暂停|驳回|拒绝|停止|停产|关停|移除|中止",
    ),
    "delay": (r"delay(?:s|ed|ing)?|postpon\w{1,3}|push(?:es|ed)? back|put(?:s|ting)? off|defer(?:s|red)?", "推迟|延期|延后|押后|跳票"),
    "go": (
        r"approv(?:es?|ed|al)|clear(?:s|ed)|(?:regulators?|court|judges?) clear|lift(?:s|ed)? (?:limits|ban|curbs)|resum(?:es?|ed)|reinstat\w{1,3}|relax(?:es|ed)?|reopen\w{0,3}|go(?:es)? back|"
        r"chang(?:es?|ed) \w{1,15} back|again",
        "批准|获批|解除|放宽|重启|再次|重新上架",
    ),
    "done": (r"complet(?:es|ed) (?:the |its )?(?:purchase|acquisition|takeover|deal|merger|sale)|clos(?:es|ed) (?:the |its )?\S{0,20} ?(?:purchase|acquisition|deal)|finali[sz]\w{1,3}", "完成收购|完成并购|交割|完成合并|收官"),
    "deny": (r"den(?:y|ies|ied)|disput(?:es?|ed)|refut\w{1,3}|correct(?:s|ed)|restat\w{1,3}|admit(?:s|ted)?", "否认|辟谣|更正|澄清"),
    "settle": (r"settl(?:es?|ed|ement)|acquit\w{0,4}|arrest\w{0,3}|convict\w{0,4}|sentenc\w{1,3}|pleads?|pleaded|verdict|guilty", "和解|判决|逮捕|起诉|宣判|获刑"),
    "mend": (r"patch(?:es|ed)?|fix(?:es|ed)|repair(?:s|ed)?|restor(?:es?|ed)", "修复|修补|补丁"),
    "cause": (r"blames?|blamed|root cause|post-?mortem|(?:what|why) \w{1,15} (?:went|broke)|cause of", "原因|复盘|调查结果"),
    "price": (r"(?:cuts?|halves|slashes|lowers|raises|doubles) (?:the )?prices?|price (?:cut|rise|hike)|cheaper", "降价|涨价|下调价格|上调价格"),
    "market": (r"goes public|went public|first day|debuts?|shares (?:rise|rose|fall|fell|jump|jumped)", "上市首日|股价"),
}  # fmt: skip
turns = finder(_TURNS)  # turns that a text tells of, with the place of each
