"""The words by which a sentence tells a figure: direction, achievement, degree, joints.

One letter a kind, so that a sentence becomes a short string that rules can be written over:

    F figure                m measure of the table        w any other word
    V verb of direction     N noun of direction           R comparative (more, lower)
    X verb that reports or achieves                       U verb that beats a rival
    A adjective of degree   D determiner                  E auxiliary verb
    O of   Y by   I in, on, for   P other prepositions    C comma, and   S slash
    B break (; while which)   : colon   ( )   L respectively
"""

from __future__ import annotations

import re
from functools import lru_cache

from digester.analysis.figures import Sign

_UP = (
    r"increas(?:e|es|ed|ing)|increments?|improv(?:e|es|ed|ing|ements?)|gain(?:s|ed|ing)?|(?:up)?lift(?:s|ed|ing)?|ris(?:e|es|ing|en)|rose|"
    r"boost(?:s|ed|ing)?|grow(?:s|ing|n|th)?|grew|rais(?:e|es|ed|ing)|enhanc(?:e|es|ed|ing|ements?)|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|"
    r"climb(?:s|ed|ing)?|elevat(?:e|es|ed|ing|ions?)|accelerat(?:e|es|ed|ing)|提升|增长|提高|上升|增加|上涨"
)
_DOWN = (
    r"reduc(?:e|es|ed|ing|tions?)|decreas(?:e|es|ed|ing)|drop(?:s|ped|ping)?|cut(?:s|ting)?|lower(?:s|ed|ing)|declin(?:e|es|ed|ing)|"
    r"sav(?:e|es|ed|ing|ings)|fall(?:s|ing|en)?|fell|shrink(?:s|ing)?|shr[au]nk|shorten(?:s|ed|ing)?|diminish(?:es|ed|ing)?|slash(?:es|ed|ing)|"
    r"loss(?:es)?|degradations?|dips?|cost reductions?|降低|减少|下降|下跌|缩短|节省"
)
_NOUN = (  # forms that are nouns only
    r".*(?:ements?|ments|tions?|growth|savings|loss|losses|elevations?|degradations?|dips?)|uplifts?"
)
_EITHER = r"saving|increases?|gains?|lifts?|rises?|boosts?|jumps?|surges?|decreases?|drops?|cuts?|declines?|falls?|increments?|(?:提升|增长|提高|上升|增加|上涨|降低|减少|下降|下跌)"
_MORE = r"more|higher|better|longer|greater|larger|deeper"
_LESS = r"less|fewer|lower|shorter|smaller"
_KINDS: tuple[tuple[str, str], ...] = (
    ("V", r"up|down"),
    ("R", rf"{_MORE}|{_LESS}"),
    ("D", r"an?|the|our|its|their|this|these|those|all|some|each|both|another|his|her|any"),
    ("A", r"relative|absolute|average|overall|significant|statistically|further|extra|substantial|notable|remarkable|considerable|cumulative|consistent|"
          r"clear|strong|stable|steady|large|small|modest|slight|major|impressive|marked|net|up to|mean|only|just|incremental|additional|meaningful|measurable|respective|estimated"),
    ("X", r"(?:achiev|yield|deliver|bring|obtain|show|demonstrat|observ|record|driv|contribut|generat|provid|attain|produc|reali[sz]|register|reach|"
          r"report|reveal|indicat|confirm|validat|verif|suggest|prov|exhibit|witness|secur|offer|result|lead|translat|enabl|find|caus|giv|see|establish|deploy|led|add|mak|tak|get|attribut|evidenc|highlight|measur|display|saw|go|went|mov|correspond)"
          r"(?:e|es|s|ed|d|ing|n|en|ies|ied|y|t)?|brought|drove|shown|found|gave|led|saw|seen|made|took|got|has|have|had|having|带来|实现|取得|获得|显示|表明|使|达到|获"),
    ("U", r"(?:outperform|surpass|exceed|beat|outweigh|outrank)(?:s|es|ed|ing)?"),
    ("E", r"is|are|was|were|be|been|being|can|could|may|might|will|would|should|must|do|does|did|not|we|it|they|i|you|there|sometimes|often|even|still|already|now|here|always|never|about|us"),
    ("O", r"of"),
    ("Y", r"by"),
    ("I", r"in|on|for|to|across|regarding|in terms of|with respect to|with regard to|在|于"),
    ("P", r"with|via|through|from|under|below|above|beyond|among|between|during|after|before|at|over|within|against|than|compared|without|toward|towards|using|into|as|upon|since|including|versus|vs|when|relative to|thanks|due|based|like|such|namely|e\.g\.?|i\.e\.?|while maintaining"),
    ("C", r"and|or|plus|,|&|、|，|和|与|及|以及|as well as|alongside|together with|along with|coupled with|accompanied by"),
    ("S", r"/"),
    ("B", r"[;.!?。；]|while|whereas|but|which|that|where|although|though|because|whose|who|if|[\u2014]|--|even|despite|so|thus|thereby"),
    (":", r"[:：]"),
    ("(", r"[(\[（]"),
    (")", r"[)\]）]"),
    ("L", r"respectively|分别"),
)  # fmt: skip
_DROPPED = re.compile(
    r"(?!daily|weekly|monthly|hourly|yearly|quarterly|family|reply)[a-z]{2,40}ly|also|then|thus|了|~|≈", re.IGNORECASE
)
_RX = tuple((kind, re.compile(rf"\A(?:{rx})\Z", re.IGNORECASE)) for kind, rx in _KINDS)
_UP_RX, _DOWN_RX, _NOUN_RX, _EITHER_RX = (
    re.compile(rf"\A(?:{rx})\Z", re.IGNORECASE) for rx in (_UP, _DOWN, _NOUN, _EITHER)
)
_PLUS = re.compile(rf"\A(?:{_UP}|{_MORE}|up)\Z", re.IGNORECASE)
_MINUS = re.compile(rf"\A(?:{_DOWN}|{_LESS}|down)\Z", re.IGNORECASE)
_GIVES = re.compile(r"\A(?:(?:bring|deliver|yield|contribut|driv|add)\w*|brought|drove|带来)\Z", re.IGNORECASE)
BETTER = re.compile(r"improv|gain|enhanc|better", re.IGNORECASE)  # says good or bad, not up or down


@lru_cache(maxsize=8192)
def kind(word: str) -> str:
    """The letter of a word; "" for one that no rule needs, `?` for a verb or a noun of direction."""
    if _UP_RX.match(word) or _DOWN_RX.match(word):
        return "?" if _EITHER_RX.match(word) else "N" if _NOUN_RX.match(word) else "V"
    found = next((letter for letter, rx in _RX if rx.match(word)), "w")
    return "" if found == "w" and _DROPPED.fullmatch(word) else found


def sign(word: str) -> Sign:
    return "+" if _PLUS.match(word) else "-" if _MINUS.match(word) else ""


def gives(word: str) -> bool:
    """True for verbs whose object is something won: `brings 2% GMV` is a gain without another word."""
    return bool(_GIVES.match(word))
