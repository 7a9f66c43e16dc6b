"""The organisations that one affiliation line names, with the words that say so.

A line is cut at commas, semicolons, slashes and brackets. In each part stand houses of the table, universities,
both (a joint laboratory), or a name that nobody here knows, which is kept as printed. Departments, places, addresses
and what people are (a student, an independent researcher) are no organisations. A footnote about a stay ("work done
during an internship at X") names X, because the work was done there; all other remarks name nothing. A company's
name that is also a word counts where the part holds it and nothing but what companies add to theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from digester.analysis import houses
from digester.analysis._places import is_place

Kind = Literal["industry", "academia", "unknown"]
OF_HOUSE: dict[str, Kind] = {"company": "industry", "lab": "academia", "nonprofit": "unknown"}
MAX_LINE = 600

_UNIVERSITY = re.compile(
    r"univers(?:it|id)|université|大学|大學|polytech|politecn|hochschule|école|\becole\b|"
    r"(?<!^)(?<!university )\bcollege\b|\binst(?:itut[eo]?|\.)\b(?: [a-z]+){0,2} (?:of )?(?:science and )?tech|"
    r"\b(?-i:MIT|CMU|KAIST|POSTECH|UNIST|DGIST|ETH|EPFL|UCLA|UCSD|UCSB|UIUC|NYU|HKUST|CUHK|HKU|HKBU|NUS|NTU|USTC|SJTU|UCAS|MBZUAI|KAUST|"
    r"BUPT|UESTC|TU [A-Z]\w+|UC [A-Z]\w+|KU Leuven|UCL|IIT [A-Z]\w+|IIIT|IISc|BITS Pilani|Georgia Tech|Virginia Tech|Caltech|Technion|"
    r"EURECOM|KTH|RMIT|QUT|UTS|UNSW|SUTD|NJU|RUC|PKU|THU|HIT|HUST)\b",
    re.IGNORECASE,
)
_INSTITUTE = re.compile(
    r"institut|college|academ|\bschool\b|faculty|laborator|national lab|研究所|研究院|学院|科学院|实验室", re.IGNORECASE
)
_DEPARTMENT = re.compile(
    r"^(?:the )?(?:(?:graduate |international )?school|dep(?:artmen)?t\.?|dipartimento|département|departamento|faculty|college|division|"
    r"(?:state |national )?key lab\w*\.?|(?:research )?cent(?:er|re)|lab\w*|chair|group|program|office|engineering research cent(?:er|re)|research (?:unit|group)|(?:ai|ml|nlp|data science|machine learning|research|ads?|search|recommendation) team)\b"
    r"|^(?:ai|ml|nlp|research|data(?: science)?|machine learning)(?: research)? (?:lab|labs|cent(?:er|re)|group|department|unit)$"
    r"|^(?:computer science|data science|electrical engineering|machine learning|artificial intelligence|information systems)(?: (?:department|dept\.?))?$"
    r"|(?:department|\bdept\.?|系)$",
    re.IGNORECASE,
)
# `School of Computer Science Fudan University`, printed without a comma: subjects are no part of the name behind.
_SUBJECT = re.compile(
    r"^(?:school|dep(?:artmen)?t\.?|faculty|college|institute|cent(?:er|re)|(?:state )?key lab\w*) (?:of|for)(?: (?:computer|computing|sciences?|and|&|"
    r"engineering|technology|artificial|intelligence|information|informatics|software|data|big|electronics?|electrical|mathematics|statistics|"
    r"management|business|economics|cyber|cyberspace|security|networks?|communications?|automation|systems?|machine|learning|ai|the|of)\b){1,9},? (?=\S)",
    re.IGNORECASE,
)
_HAN_UNIVERSITY = re.compile("^[\u4e00-\u9fff]{2,14}?大[学學]")
_REMARK = re.compile(
    r"equal(?:ly)? contribut|contribut\w{0,4} equally|correspond|\bintern(?:s|ship|ed|ing)?\b|project lead|these authors|\bwork (?:was |is )?(?:done|performed|"
    r"conducted|completed|carried)|\bvisit(?:ed|ing|s)?\b|\b(?:is|are|was|were) (?:also )?(?:done|with|at)\b|\bwhile\b|\bduring\b|^(?:e-?mail|orcid|https?:)|joint first|first authors?|co-first|supported by|通讯作者|共同一作|实习",
    re.IGNORECASE,
)
_STAY = re.compile(
    r"(?:\b(?:intern(?:s|ship|ed|ing)?|done|performed|conducted|completed|carried out|while|during|visit\w{0,4}|worked)\b[^.;@]{0,60}?\bat "
    r"|\bintern(?:s|ship|ed|ing)?\b[^.;@]{0,30}?\b(?:with|in) |\b(?:is|are|was|were) (?:also )?(?:with|at) )"
    r"(?:the )?(?P<place>[A-Z\u4e00-\u9fff][^.;()\n]{1,90}(?:\.(?:com|ai)\b)?)|在(?P<zh>[A-Za-z\u4e00-\u9fff]{2,20})实习"
)
_ROLE = re.compile(
    r"\b(?:independent|unaffiliated|freelance|researcher|student|professor|member|fellow|intern|author|corresponding|engineer|scientist|ph\.?d\.?)\b|^(?:and|the|of|team|inc|ltd|co|llc)\.?$|\b(?:building|block|floor|room|street|road|avenue|rue|campus|district|park|p\.?o\.? box)\b",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|corp(?:oration)?|co|gmbh|limited|company|technolog(?:y|ies)|labs?|group|holdings?|software|systems|solutions|research|ai|"
    r"studios?|games|media|bank|ventures|plc|pvt|s\.?a|b\.?v)\b|\.(?:com|ai|io|tech)\b|公司|集团|科技|银行",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?<![\s,])[\s,]++(?:Inc|Ltd|LLC|Corp|Corporation|Co|GmbH|Limited|Pvt|PLC|plc|AG|SE|Group Holding|B\.V|S\.A|N\.V)\.?$"
)
_ADDED = re.compile(  # what may stand beside a name that is a word too
    r"(?:\s|[.,&'\u2019-]|\b(?:inc|ltd|llc|corp|corporation|co|company|limited|group|holdings?|technolog(?:y|ies)|platforms?|research|labs?|ai|ml|"
    r"machine|learning|data|sciences?|team|tech|engineering|search|ads|the|at|of|ab|us|usa|china|singapore|india|america|europe|公司|有限|集团|科技|股份)(?![a-z])){0,40}",
    re.IGNORECASE,
)
_NO_HOUSE_BEHIND = re.compile(r" (?:Medical|Hospital|Universit|Foundation|School|College|Street|Road|Avenue|Park)")
_JOINT = re.compile(
    r"\s(?:Joint|Collaborat\w{0,5}|Cooperat\w{0,5}) (?:[A-Z]\w+ )?(?:Lab|Institute|Cent|Program)|\s(?:Research|Lab)\b"
)
_BETWEEN = re.compile(r"(?:(?!(?<!Science)(?<!Sciences)(?<!Arts) (?:and|with|x|×|&|[-–—]) |(?<=ity)[-–—]).){1,300}")
_WITH = re.compile(r"[\s.,&–—-]{0,3}(?:(?:and|with|x|×)\s)?")
_CUT = re.compile(
    r"\s{0,9}[,;|/·•、，；()\[\]\n]\s{0,9}|\s{1,9}(?:-|–|—|@)\s{1,9}|(?<=[a-z])(?<!Science)(?<!Sciences)(?<!Arts) and (?=[A-Z])(?=[^,;]{0,60}(?:Universit|Institut))"
)


@dataclass(frozen=True)
class Named:
    """An organisation as it is printed, its kind, and the words line[start:end] that name it."""

    name: str
    kind: Kind
    start: int
    end: int


def organisations(line: str) -> list[Named]:
    """The organisations of an affiliation line, in its order; empty when it names none."""
    line = line[:MAX_LINE]
    if _REMARK.search(line):
        stay = _STAY.search(line)
        if stay is None:
            return []
        start, end = stay.span("place") if stay["place"] else stay.span("zh")
        return _stay(line, start, end)
    found = list(_known(line))
    taken = [(m.start, m.end) for m in found]
    schools = list(_schools(line, taken))
    rest = [] if found or schools else list(_others(line))
    return sorted((*found, *schools, *rest), key=lambda n: n.start)


def tells_of_stay(note: str) -> bool:
    """True for a remark that says at which place a work was done or an author is."""
    return _STAY.search(note[:MAX_LINE]) is not None


def _stay(line: str, start: int, end: int) -> list[Named]:
    """The first organisation of `X, under the guidance of` and of `X when the author was there`."""
    end = start + len(
        re.split(
            r"(?<!\s)\s++(?:(?:as|when|where|while|during|under)\s|(?:and|in|for|by|before|with)\s++(?=[a-z]))",
            line[start:end],
        )[0]
    )
    inner = organisations(line[start:end])[:1]
    return [Named(n.name, n.kind, n.start + start, n.end + start) for n in inner]


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a line stand, without white space at their ends."""
    start = 0
    for cut in [*_CUT.finditer(line), None]:
        end = cut.start() if cut else len(line)
        piece = line[start:end]
        lead = len(piece) - len(piece.lstrip(" .*:&"))
        if piece.strip(" .*:&"):
            yield start + lead, start + lead + len(piece[lead:].rstrip(" *:&"))
        start = cut.end() if cut else len(line)


def _known(line: str) -> Iterator[Named]:
    """Houses and brands of the table."""
    parts = list(_parts(line))
    seen: set[str] = set()
    for m in houses.find(line, lenient=True):
        start, end = next(((a, b) for a, b in parts if a <= m.start < b), (m.start, m.end))
        beside = line[start : m.start] + " " + line[m.end : max(end, m.end)]
        if (m.word and not _ADDED.fullmatch(beside[:60])) or _NO_HOUSE_BEHIND.match(line, m.end) or m.name in seen:
            continue
        if not m.word and re.search(
            r"(?i)universit\w{0,4} of $|\b(?:near|university|college) $", line[: m.start][-14:]
        ):
            continue
        seen.add(m.name)
        yield Named(m.name, OF_HOUSE[m.house.kind], m.start, m.end)


# ------------------------------------------------------------- universities
def _schools(line: str, taken: list[tuple[int, int]]) -> Iterator[Named]:
    """Universities, each once; where there is none and no house, the last institute that is no department."""
    seen: set[str] = set()
    institutes: list[tuple[int, int]] = []
    for a, b in _parts(line):
        for start, end in _pieces(line, a, b, taken):
            start += m.end() if (m := _SUBJECT.match(line[start:end])) else 0
            text = line[start:end]
            if (m := _HAN_UNIVERSITY.match(text)) is not None:
                end = start + m.end()
            elif not _UNIVERSITY.search(text) or _DEPARTMENT.search(text):
                if _INSTITUTE.search(text) and not _DEPARTMENT.search(text):
                    institutes.append((start, end))
                continue
            if line[start:end] not in seen:
                seen.add(line[start:end])
                yield _school(line, start, end)
    if not seen and not taken and institutes:
        yield _school(line, *institutes[-1])


def _school(line: str, start: int, end: int) -> Named:
    """The name from its first letter on: `1 University of X` and `the University of X` are `University of X`."""
    lead = re.match(r"(?:\d{1,2}\s?|[Tt]he (?=[Uu]niversit))?", line[start:end])
    start += lead.end() if lead else 0
    end = start + len(line[start:end][:120].rstrip(" .-–"))
    return Named(line[start:end], "academia", start, end)


def _pieces(line: str, a: int, b: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The part, or what is left of it beside the houses that stand in it, cut at its hyphens and `and`s."""
    inside = [(s, e) for s, e in taken if a <= s < b]
    if not inside and not re.search(r" Joint ", line[a:b]):
        yield a, b
        return
    start = a
    for s, e in [*inside, (b, b)]:
        for m in _BETWEEN.finditer(line[start:s]):
            joined = _WITH.match(m[0])
            lead = joined.end() if joined else 0
            tail = _JOINT.search(m[0])  # of the laboratory, not of its owners
            words = m[0][lead : tail.start() if tail else len(m[0])].rstrip(" .,&–—-").removesuffix(" and")
            if words:
                yield start + m.start() + lead, start + m.start() + lead + len(words)
        start = e


# ------------------------------------------------------------------ others
def _others(line: str) -> Iterator[Named]:
    """The first part that is a name and no place, department, address or role; a company if it says so."""
    for start, end in _parts(line):
        text = line[start:end]
        end = start + len(_LEGAL.sub("", _LEGAL.sub("", text)))
        name = line[start:end]
        if (
            not re.search(r"[^\W\d_]{2}", name)
            or len(name) > 80
            or is_place(name)
            or _DEPARTMENT.search(name)
            or _ROLE.search(name)
            or re.match(r"\d|[a-z]{2,40} [a-z]", name)
            or "@" in name
        ):
            continue
        yield Named(name, "industry" if _FIRM.search(line[start:]) else "unknown", start, end)
        return
