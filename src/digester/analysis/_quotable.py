"""What a sentence of a paper is worth as its quotation: whether it stands alone, and whether it speaks of the paper's
own work, of others, or of nothing.

`rank` orders sentences before all that `roles` and `salience` say of them; equal ranks leave the choice to those.
"""

from __future__ import annotations

import re

from digester.analysis import evidence

OTHERS, NOBODY, HOLLOW, BESIDE, RESULT, CENTRAL = range(6)
OWN = HOLLOW  # from here on a sentence speaks of the work

_WORK = r"(?:paper|work|study|article|report|survey|thesis|tutorial|demo|research)\b"
_POINTER = rf"(?:[Ii]t|[Tt]hey|[Tt]hose|[Ss]uch(?! as\b)|[Ee]ach|[Tt]h(?:is|ese)(?! {_WORK}))\b"
# who? what? In front of its first comma a sentence has no room to say what it points at
_UNRESOLVED = re.compile(
    rf"^{_POINTER}|^[^,:]{{1,120}}, {_POINTER}|^.{{0,60}}\b(?:them|these|those)\b|"
    rf"^[^,:]{{0,60}}\b(?:(?:this|such) (?!{_WORK}|as\b|an?\b)[a-z]|"
    r"(?:first|second|third|latter|former) (?:challenge|issue|limitation|problem|question)\b)|"
    r"^(?:By|For|In|On|To|With) (?:\w+ ){0,2}(?:their|its) |^(?:Its|Their|The (?:former|latter|resulting|same)|Our (?:second|third|other|next))\b|"
    rf"^The (?:two|three|four)(?=\s)|^Both (?:\w+ )?(?:modules|methods|components|parts|stages|models|approaches|tasks|towers|losses|are|of)\b|"
    r"^(?:By|Through|With|In|For) (?:it|them|this),|^Another (?:\w+ )?(?:contribution|challenge|issue|finding|part|module)\b"
)
_MATTER = (
    r"(?:approach(?:es)?|behaviou?rs?|bottlenecks?|challenges?|directions?|gaps?|issues?|limitations?|obstacles?|"
    r"phenomen(?:on|a)|problems?|questions?)\b"
)
_BACK = re.compile(
    rf"\b(?:th(?:is|ese|ose)|both|the (?:above|aforementioned|(?:\w+ )?(?:two|three|four))) (?:\w+ )?{_MATTER}|"
    r"\baddress(?:es|ing)? (?:them|both|this)\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?<!\w)(?:\(?(?:1|i|a)\)|[Oo]ne is|[Tt]he first is|: [Ff]irst,) (?!.{0,400}(?:(?<!\w)\(?(?:2|ii|b)\)|\b(?:other|second)\b))"
)
_MARKUP = re.compile(r"\bthis https? URL|\\[A-Za-z]|[{}]")
_LOST = "this http URL "  # in front: an address that has taken the first word

_OWN = re.compile(
    r"\b(?:we|our|(?:this|present) (?:paper|work|study|article|report|survey|research)|the (?:paper|proposed))\b|本文|我们",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\bour (?:earlier|previous|prior)\b", re.IGNORECASE)
_PRESENTS = re.compile(
    r"\b(?:propos\w+|introduc\w+|present(?:s|ed)?|construct(?:s|ed)?|develop(?:s|ed)?|devis(?:es?|ed)|design(?:s|ed)?|buil(?:ds?|t)|reformulat\w+)\b|提出",
    re.IGNORECASE,
)
_LOOKS_AT = re.compile(
    r"\b(?:conduct|present|provide|report)s? (?:[\w-]+ ){0,6}?(?:analys[ei]s|comparisons?|evaluations?|evidence|experiments?|investigations?|study)\b",
    re.IGNORECASE,
)
_FINDS = re.compile(
    r"\b(?:we|analys[ei]s|evaluations?|experiments?|findings?|results?|study)\b.{0,40}\b(?:confirm|demonstrate|find|found|indicate|observe|reveal|show|suggest)s?\b",
    re.IGNORECASE,
)
_TESTED = re.compile(
    r"\b(?:A/B|benchmarks?|deploy\w*|evaluat\w+|experiment\w*|gains?|improve(?:s|d|ments?)|online|outperform\w*|results?|tests?|testing)\b|实验|部署|线上",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_TRIED = re.compile(r"\bA/B\b|\b(?:evaluations?|experiment\w*|results?)\b|实验|线上", re.IGNORECASE)
_WON = re.compile(
    r"\b(?:achiev|boost|cut|deliver|gain|improv|increas|lift|lower|outperform|rais|reduc|reach|sav|surpass|yield|attain|obtain)\w*",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\bin production\b|\b(?:currently|now) (?:serves|handles|runs|powers|answers|ranks)\b", re.IGNORECASE
)
_IN_GENERAL = re.compile(  # what is known, of others or of everybody
    r"\b(?:existing|prior|previous|conventional|traditional|often|typically|commonly|usually|increasingly|can|may|however|such as|e\.g\.)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:in recent years|recently|with the (?:rapid )?(?:advent|development|growth|rise)|rel(?:y|ies) heavily|"
    r"ha(?:s|ve) (?:gradually |recently )?(?:achieved|attracted|become|emerged|gained|received|revolutioni[sz]ed)|"
    r"(?:growing|increasing) (?:attention|body|interest|number)|popular (?:approach|choice|solution))\b",
    re.IGNORECASE,
)
_PARTS = r"(?:approaches|components|contributions|designs|innovations|methods|modules|perspectives|stages|strategies|techniques|ways)"
# that there is something, and that it is good, but not what
_SAYS_NOTHING = re.compile(
    rf"\b(?:by|from|of|propose|through|via|with) (?:two|three|four|five|six|several) (?:\w+ ){{0,2}}{_PARTS}\.?$|"
    r"\b(?:confirm|demonstrate|highlight|prove|show|validate|verif(?:y|ie))s? (?:[\w'-]+,? ){0,6}?"
    r"(?:applicability|effectiveness|efficacy|feasibility|superiority)\b[^,\d]{0,120}$|^the (?:effectiveness|superiority) of|"
    r"\bmarks a step\b|\bpav(?:es?|ing) the way\b|\bwe hope\b|\bavailable (?:at|from|on|under|via)\b|\bcode (?:is|will)\b|"
    r"\bdetails (?:\w+ ){0,2}(?:methodologies|methods)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:Additionally|Also|Besides|Concurrently|Finally|Furthermore|In addition|Lastly|Moreover|Second(?:ly)?|Subsequently|Then|Third(?:ly)?),? "
)
_BESIDE = re.compile(
    r"^to further |^[A-Z][a-z]{2,20} [a-z]{2,20}: |^(?:for|in|on) (?:the )?[\w() -]{1,60}, we |^to (?:our|the best of our) knowledge\b|"
    r"\bwe (?:additionally|also|finally|further|next|then)\b",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"\b(?:ambigu|bias|bottleneck|burden|challeng|collaps|conflict|confin|constrain|cost|decoupl|degrad|difficult|disregard|drawback|expensive|expos|"
    r"fail|fixed|hamper|hard|hinder|ignor|impair|inabilit|inaccura|incomplet|inconsisten|inefficien|insufficien|instabilit|intractab|isolat|"
    r"lack|laten|limit|low|manual|misalign|mismatch|neglect|nois|obstacle|obstruct|overhead|overlook|penalt|poor|prohibit|redundan|restrict|"
    r"rigid|seesaw|sparse|static|struggl|suboptimal|sub-optimal|suffer|trap|treat|unable|underexplor|undermin|unstable|unresolved|weak|without)|"
    r"现有|传统|受限|瓶颈",
    re.IGNORECASE,
)
_NO_FAULT = re.compile(
    r"\b(?:have|has|present|face|faces|poses?) (?:[\w-]+ ){0,3}(?:challenges|limitations|issues|problems)(?: for [\w ]{1,60})?\.?$",
    re.IGNORECASE,
)
BARE = 75  # characters: "We propose X." says that there is something, not what


def whole(text: str, start: int, end: int) -> bool:
    """False for a sentence with markup or an address in it, one whose list goes on in the next, and one whose first
    word an address has taken."""
    sentence = text[start:end]
    lost = text.endswith(_LOST, 0, start) and sentence[:1].islower()
    return not (lost or _MARKUP.search(sentence) or _UNFINISHED.search(sentence))


def dangles(said: str) -> bool:
    """True for what points at a sentence that is not there; `said` is without its opener."""
    return bool(_UNRESOLVED.search(said))


def faults(said: str) -> bool:
    """True where a sentence says what is wrong, not only that something is."""
    return bool(_FAULT.search(said)) and not _NO_FAULT.search(said)


def own(sentence: str, system: str = "") -> bool:
    """True for what speaks of the paper's work: by its name, or in its authors' voice."""
    voice = _OWN.search(sentence) and not _EARLIER.search(sentence)
    return bool(voice) or bool(system and system in sentence)


def presents(sentence: str, said: str, system: str = "") -> bool:
    """True where a paper says what it brings, not what it looks at or adds to that."""
    brings = own(sentence, system) and _PRESENTS.search(sentence)
    return bool(brings) and not (_LOOKS_AT.search(sentence) or _beside(sentence, said))


def _beside(sentence: str, said: str) -> bool:
    return bool(_MORE.match(sentence) or _BESIDE.search(said))


def results(sentence: str, system: str = "") -> bool:
    """True for what can be a result of the work: by its own words, with a test on users, or as a gain with a figure that is
    said of nobody else."""
    told = own(sentence, system) or _FINDS.search(sentence) or evidence.level_of(sentence) in ("online_ab", "deployed")
    won = _WON.search(sentence) and (_DIGIT.search(sentence) or _TRIED.search(sentence))
    runs = _RUNS.search(sentence) and _DIGIT.search(sentence)
    return bool(told or ((won or runs) and not _IN_GENERAL.search(sentence))) and not hollow(sentence)


def hollow(sentence: str) -> bool:
    return bool(_SAYS_NOTHING.search(sentence))


def rank(sentence: str, said: str, system: str = "") -> int:
    """From OTHERS to CENTRAL; `said` is the sentence without its opener."""
    if not own(sentence, system) and not _FINDS.search(sentence):
        return OTHERS if _BACKGROUND.search(sentence) else NOBODY
    new = presents(sentence, said, system)
    if hollow(sentence):
        return HOLLOW if new else NOBODY
    if new and len(said) < BARE and not (system and system in said):
        return HOLLOW
    if _beside(sentence, said) or _BACK.search(said):
        return BESIDE
    return CENTRAL if new or not _TESTED.search(sentence) else RESULT
