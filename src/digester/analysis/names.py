"""Organisations where the text or the author block states them. Unknown stays unknown; nothing is guessed.

The table of houses recognises a name that stands in a source and gives the form in which it is printed
(Kuaishou Technology is Kuaishou); names that it does not know are printed as their source writes them. The support
always covers the source's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from digester.analysis import _stated, affiliations, houses
from digester.analysis._places import is_place
from digester.analysis.affiliations import OF_HOUSE, Kind, Named
from digester.domain.model import Affiliation, Organisation, Passage, Support

_NAME = r"[A-Z][\w&]{0,40}(?:[.-][A-Z]?\w{1,40}){0,4}(?: [A-Z][\w&-]{1,40}){0,2}"
_PREP = r" (?:at|in|on|of|across|by|within) (?:the )?"
_STATED = re.compile(
    rf"\b(?:(?:[Dd]eployed|[Ll]aunched|[Rr]olled out|[Ii]n production|[Pp]roduction systems?|[Oo]nline (?:A/B )?(?:tests?|testing|experiments?)|A/B (?:tests?|testing|experiments?)|[Ll]ive traffic){_PREP}"
    rf"|(?:[Tt]est(?:s|ed|ing)?|[Ee]xperiments?|[Pp]latform|[Uu]sers|[Ss]erving|[Tt]raffic|team|runs?|[Aa]ds|[Ff]eed|[Ss]earch|[Oo]nline) at (?:the )?)"
    rf"(?P<name>{_NAME})(?:'s|,| \(| an? | for|[.;]| and|\b)"
)
_APPOSED = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME}), (?:an?|one of|the) (?:(?!open-|development|agent|simulation|evaluation|annotation|software)[a-z0-9-]{{1,30}} ){{0,5}}(?:platform|company|marketplace|social network|ad network|provider|retailer|operator)s?\b"
)
_AT_SERVICE = re.compile(  # `for hotels at Wayforra, a travel booking service`: a place where the work is, and what it is
    rf"\b[Aa]t (?P<name>{_NAME}), an? (?:(?!cloud|crowd\w*|annotation|hosting|open|evaluation|development|api)[a-z-]{{1,30}} ){{1,4}}"
    r"(?:service|app|aggregator|store|shop|bank|site|website)\b"
)
_POSSESSIVE = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})'s (?:(?!(?:in|for|of|on|to|both|with|performance|potential) )[a-z0-9-]{{1,30}} ){{0,4}}(?:platform|app|application|production|marketplace|feed|search|recommendation|recommender|advertising|ads?|users|service|homepage|mobile|e-commerce)\b"
)
_RULES = (  # with what every match holds
    ("org:stated", _STATED, " "),
    ("org:apposed", _APPOSED, ", "),
    ("org:apposed", _AT_SERVICE, ", a"),
    ("org:possessive", _POSSESSIVE, "'s "),
)
_NEVER = re.compile(
    r"^(?:The|This|These|Our|We|In|On|At|An?|Each|Both|Such|Online|Offline|E-Commerce|E-commerce|Large|Yet|However|Thus|Hence|Moreover|Finally|Here|Then|Also|Today|Recently|Still|Semantic|Deep|Top|Click|LLMs?|Language|Transformer|AIGC|MLLMs?|VLMs?|URL|.*GPT.*|Claude.*|Gemini.*|Large Language Model.*|AI|IR|RAG|CTR|CVR|GMV|GPUs?|TPUs?|"
    r"MovieLens.*|Yambda.*|KuaiRec.*|KuaiRand.*|TAOBAO.*|Taobao-MM|IJCAI.*|Beibei|Book.*|Steam|Gowalla|LastFM|Wikipedia|Web of Science|Amazon(?:-| )?(?:Reviews?|Beauty|Books|Toys|Sports)?.*|Section|Table|Figure|Appendix|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|English|French|German|Greek|Thai|Hindi|Arabic|[A-Z]\w{2,12}(?:ish|ese|ian|ean)(?: .*)?|Latin America|Southeast Asia|North America)$"
)
_TOOL = re.compile(  # what a system is built with, and a name that only describes
    r"^(?:Kubernetes|Docker|Redis|Spark|Flink|Hadoop|Hive|Kafka|TensorFlow|PyTorch|JAX|Triton|TensorRT|Ray|Elasticsearch|OpenSearch|Lucene|Solr|FAISS|Faiss|Milvus|Postgres\w*|"
    r"Cassandra|Airflow|Linux|Android|iOS|Python|Java|CUDA|AWS|GCP|Azure|EC2|S3|Search|Feed|Home|vLLM)\b|-(?:like|style|based|scale|class|level)$"
)
_MADE = re.compile(  # the system of the paper, not where it runs
    r"\b(?:propos|present|introduc|develop|design|call|nam|dubb|releas|implement|describ)\w{0,4}(?: \w+)? (?:the |a |an )?$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:At|In|On|For|From|With|By|Since|Every|When|While|After|Before|Existing|Current|The|Our|Its)\b ?){1,9}"
)
_ACADEMIC = re.compile(
    r"universit|universid|institut|college|école|ecole|school|academy|faculty|laborator|polytechn|politecn|hochschule|大学|学院|研究所|研究院|\.edu\b|\.ac\.",
    re.IGNORECASE,
)
_Found = tuple[int, int, str, Kind, str]  # start, end, printed name, kind, rule


def organisation_kind(name: str) -> Kind:
    """What the table says of a house; else academia when the name says so, and industry for one that something
    is deployed or tested at. An author block tells more: see `affiliations`."""
    house = houses.house_of(name)
    if house:
        return OF_HOUSE[house.kind]
    return "academia" if _ACADEMIC.search(name) else "industry"


# ------------------------------------------------------------ running text
def in_text(passages: Iterable[Passage]) -> Iterator[Organisation]:
    """Organisations that running text states as its own, in reading order, each once."""
    seen: set[str] = set()
    for passage in passages:
        known = list(houses.find(passage.text))
        found = [*_known(passage.text, known), *_unknown(passage.text, [(m.start, m.end) for m in known])]
        for start, end, name, kind, rule in sorted(found):
            if name not in seen:
                seen.add(name)
                yield Organisation(name, kind, Support(passage.id, start, end, rule))


def _known(text: str, mentions: Iterable[houses.Mention]) -> Iterator[_Found]:
    for m in mentions:
        if m.word and _stated.is_word(text, m.start, m.end):
            continue
        if _stated.used(text, m.start, m.end):
            continue
        place = (text, m.start, m.end)
        if _stated.own(*place) or _stated.titled(*place) or _stated.introduced(*place):
            yield m.start, m.end, m.name, OF_HOUSE[m.house.kind], "org:known"


def _unknown(text: str, known: list[tuple[int, int]]) -> Iterator[_Found]:
    """Names that the table does not know, where something is said to run there. `known` are places of those it does."""
    taken = set(known)
    for rule, rx, part in _RULES:
        for m in rx.finditer(text) if part in text else ():
            name, start = _without_lead(m["name"], m.start("name"))
            end = start + len(name)
            if not name or _NEVER.match(name) or _TOOL.search(name) or is_place(name) or _stated.used(text, start, end):
                continue
            if rx is _APPOSED and not _stated.runs(text, start, end):
                continue
            if any(start < b and a < end for a, b in taken) or _MADE.search(text[max(0, start - 40) : start]):
                continue
            yield start, end, name, organisation_kind(name), rule


def _without_lead(name: str, start: int) -> tuple[str, int]:
    """`At Ondaryl` -> `Ondaryl`: a sentence's first word is no part of a name."""
    m = _LEADING.match(name)
    return (name[m.end() :], start + m.end()) if m else (name, start)


# ------------------------------------------------------------ author block
def in_author_block(block: Iterable[Affiliation], passage: Passage | None) -> Iterator[Organisation]:
    """Organisations of an author block: companies, then those of unknown kind, then academia, each by number of
    authors; a company that only mail addresses name comes last. Supported by the block's text."""
    if passage is None:
        return
    rows = list(block)
    count: dict[str, int] = {}
    first: dict[str, Named] = {}
    for place, row in _placed(rows, passage.text):
        for named in affiliations.organisations(row.organisation):
            key = next((n for n in first if houses.same_house(n, named.name)), named.name)
            count[key] = count.get(key, 0) + 1
            moved = replace(named, start=named.start + place, end=named.end + place)
            if key not in first or _told_better(moved.name, first[key].name):
                first[key] = moved
    ranks = {"industry": 0, "unknown": 1, "academia": 2}
    ordered = [n for _, n in sorted(first.items(), key=lambda kn: (ranks[kn[1].kind], -count[kn[0]]))]
    for n in (*ordered, *_of_mails(rows, passage.text, first)):
        yield Organisation(n.name, n.kind, Support(passage.id, n.start, n.end, "org:author_block"))


def confirmed(organisations: Iterable[Organisation], passages: Iterable[Passage]) -> tuple[Organisation, ...]:
    """The same, an organisation of unknown kind as a company where the paper says that its work runs there, or
    where it reports a live test or a deployment and nobody else of its block but academia could run it."""
    texts, block = [p.text for p in passages], list(organisations)
    could_run = [o for o in block if o.kind != "academia"]
    alone = len(could_run) == 1 and any(_stated.LIVE.search(text) for text in texts)
    return tuple(
        replace(o, kind="industry") if o.kind == "unknown" and (alone or _is_run_at(o.name, texts)) else o
        for o in block
    )


def _is_run_at(name: str, texts: Iterable[str]) -> bool:
    return any(_runs_at(name, text) for text in texts)


def _runs_at(name: str, text: str) -> bool:
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    places = [m.span() for m, _ in zip(found, range(20), strict=False)]
    return any(_stated.own(text, a, b) and not _stated.used(text, a, b) for a, b in places)


def _placed(rows: Iterable[Affiliation], text: str) -> Iterator[tuple[int, Affiliation]]:
    """Each row that names an organisation with the place where `text` has it."""
    cursor = 0
    for row in rows:
        name = text.find(row.author, cursor) + len(row.author)
        place = text.find(row.organisation, name) if row.organisation else -1
        if place >= 0:
            cursor = place + len(row.organisation)
            yield place, row


def _of_mails(rows: Iterable[Affiliation], text: str, named: Iterable[str]) -> Iterator[Named]:
    """Houses that only mail addresses name."""
    seen = set(named)
    for host in dict.fromkeys(row.email.rpartition("@")[2] for row in rows if row.email):
        house, start = houses.of_domain(host), text.find(f"@{host}") + 1
        if house and start and not any(houses.same_house(house.name, n) for n in seen):
            seen.add(house.name)
            yield Named(house.name, OF_HOUSE[house.kind], start, start + len(host))


def author_block_text(block: Iterable[Affiliation]) -> str:
    """The author block as one text that passages and supports can point into."""
    return "; ".join(" - ".join(p for p in (a.author, a.organisation, a.email) if p) for a in block)


# ------------------------------------------------------------------ merging
def merged(text: Iterable[Organisation], block: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """Companies stated in the text first, then the author block's; one house once, by its own name where a
    source states that, else by the brand that it states; at most four."""
    kept: list[Organisation] = []
    for org in (*[o for o in text if o.kind == "industry"], *block):
        place = next((n for n, k in enumerate(kept) if _same(org.name, k.name)), None)
        if place is None:
            kept.append(org)
        elif _told_better(org.name, kept[place].name):
            kept[place] = org
    return tuple(kept[:4])


def _told_better(name: str, than: str) -> bool:
    """True for a house's own name in place of one of its brands."""
    return houses.is_brand(than) and not houses.is_brand(name)


def _same(a: str, b: str) -> bool:
    x, y = a.casefold(), b.casefold()
    return houses.same_house(a, b) or (
        houses.house_of(a) is houses.house_of(b) is None and (x.startswith(y + " ") or y.startswith(x + " "))
    )
