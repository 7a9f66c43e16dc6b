"""Houses: companies and labs of the field, under all the names by which papers and posts call them.

The table only recognises a name that a source holds; it never supplies one that no source states. A *house*
is who signs a work (Alibaba); a *brand* is one of its products, apps or teams with a name of its own (Taobao),
printed as itself but never beside its house. A house that signs under its own name though another owns it
(LinkedIn) is a house with an `owner`. One line a house in `_houses_*`:

    name | Chinese name | kind | other names | brands | mail hosts

with `name=Chinese name=more names` for a brand. `~` before a name says that it is a word of the language too
(Target, 联想): it counts only where a rule says so. Kinds: a company; a lab that belongs to no company and is
no university; a nonprofit. Hosts of mail that anybody may have (qq.com, naver.com) are left out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from digester.analysis import _houses_america, _houses_asia, _houses_china, _houses_europe, _houses_technology

Kind = Literal["company", "lab", "nonprofit"]
_TABLES = (_houses_china, _houses_asia, _houses_america, _houses_europe, _houses_technology)
_SUFFIX = re.compile(
    r"(?<![\s,])[\s,]++(?:inc|ltd|llc|corp|corporation|co|company|limited|gmbh|ag|se|plc|b\.?v|s\.?a|n\.?v|pvt|private|group|holdings?|"
    r"technology|technologies|research|labs?|ai)\.?$|(?:科技|技术|网络|信息|集团|股份|控股|有限|责任|公司)$"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]|[^\\W_\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_SEAT = re.compile(
    r"^(?:北京|上海|天津|重庆|杭州|深圳|广州|成都|南京|武汉|西安|苏州|厦门)市?(?=..)"
)  # of a registered company
# What may stand before a Chinese name inside a run of Han: 南京东路 holds no 京东.
_BEFORE_HAN = re.compile(
    r"(?:在|于|与|和|及|由|对|为|从|是|自|的|向|、|中国|北京|上海|天津|重庆|杭州|深圳|广州|成都|南京|武汉|西安|苏州|厦门)$"
)


@dataclass(frozen=True)
class House:
    """A company or lab; `names` are all of its own, `brands` map each name of a brand to the one printed."""

    name: str
    chinese: str
    kind: Kind
    names: tuple[str, ...]
    brands: tuple[Known, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What one name of the table stands for: what is printed, in both languages, and whether it is a word too."""

    name: str
    chinese: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A name of the table in a text: text[start:end], what is printed for it, its house, and whether it is a word."""

    start: int
    end: int
    name: str
    house: House
    word: bool


# ------------------------------------------------------------------ table
def _plain(name: str) -> str:
    return name.removeprefix("~")


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(x for part in re.split(r", (?!Inc\b|Ltd\b)", cell) if (x := part.strip()))


def _brand(cell: str) -> Known:
    name, *more = (x.strip() for x in cell.split("="))
    return Known(_plain(name), _plain(more[0]) if more else "", (name, *(m for m in more if m)))


def _house(line: str) -> House:
    """A line of the table; names keep their `~`."""
    name, chinese, kind, other, brands, hosts = (cell.strip() for cell in line.split("|"))
    names = (name, *([chinese] if chinese else []), *_cells(other))
    made = tuple(_brand(b) for b in _cells(brands))
    return House(_plain(name), _plain(chinese), cast(Kind, kind), names, made, _cells(hosts))


@cache
def table() -> tuple[House, ...]:
    """All houses, in the order of the files."""
    return tuple(_house(line) for t in _TABLES for line in t.TABLE.strip().splitlines())


@dataclass(frozen=True)
class _Entry:
    written: str
    house: House
    brand: Known | None
    word: bool

    @property
    def printed(self) -> str:
        return self.brand.name if self.brand else self.house.name


def entries(house: House) -> Iterator[tuple[str, Known | None]]:
    """Every name of a house with the brand it belongs to, or None for the house itself; `~` kept."""
    yield from ((name, None) for name in house.names)
    for brand in house.brands:
        yield from ((name, brand) for name in brand.also)


@cache
def _index() -> Mapping[str, _Entry]:
    found: dict[str, _Entry] = {}
    for house in table():
        for name, brand in entries(house):
            found.setdefault(_key(name), _Entry(_plain(name), house, brand, name.startswith("~")))
    return found


@cache
def _by_first() -> Mapping[str, tuple[_Entry, ...]]:
    """Names by their first word, longest first."""
    found: dict[str, list[_Entry]] = {}
    for entry in _index().values():
        found.setdefault(_WORD.findall(entry.written)[0].lower(), []).append(entry)
    return {k: tuple(sorted(v, key=lambda e: -len(e.written))) for k, v in found.items()}


def _key(name: str) -> str:
    return " ".join(_plain(name).replace("\u2019", "'").casefold().split()).strip(" .,;:")


# ---------------------------------------------------------------- looking up
@cache
def _hosts() -> Mapping[str, House]:
    return {host: house for house in table() for host in house.domains}


def _entry(name: str) -> _Entry | None:
    """The entry of a name as it stands or without what companies add to theirs (Inc, Technology, 北京…有限公司)."""
    key = _key(name[:120])
    return _shortened(key) or _shortened(_SEAT.sub("", key))


def _shortened(key: str) -> _Entry | None:
    for _ in range(6):
        if key in _index():
            return _index()[key]
        shorter = _SUFFIX.sub("", key)
        if shorter == key:
            return None
        key = shorter.rstrip(" .,")
    return None


def house_of(name: str) -> House | None:
    """The house that an organisation's whole name means: `抖音` and `ByteDance Ltd.` are ByteDance's."""
    entry = _entry(name)
    return entry.house if entry else None


def printed(name: str) -> str:
    """The form in which a house or brand is generally called; other names as they are."""
    entry = _entry(name)
    return entry.printed if entry else name


def is_brand(name: str) -> bool:
    entry = _entry(name)
    return entry is not None and entry.brand is not None


def is_name(word: str) -> bool:
    """True for a name of the table that is no word of the language as well."""
    entry = _entry(word)
    return entry is not None and not entry.word


def same_house(a: str, b: str) -> bool:
    """True for two names of one house; names that the table does not know are the same when they are equal."""
    x, y = house_of(a), house_of(b)
    return x is y if x or y else _key(a) == _key(b)


def chinese_name(name: str) -> str:
    """The name in general use in Chinese, of the brand for a brand; a name without one stays as it is."""
    entry = _entry(name)
    found = (entry.brand.chinese if entry.brand else entry.house.chinese) if entry else ""
    return found or printed(name)


def of_domain(email: str) -> House | None:
    """The house whose mail host an address or a host is at: `a@ads.kuaishou.com` is Kuaishou's."""
    labels = email.rpartition("@")[2].strip().strip(".").casefold()[:255].split(".")
    hosts = (".".join(labels[n:]) for n in range(len(labels) - 1))
    return next((_hosts()[h] for h in hosts if h in _hosts()), None)


# ----------------------------------------------------------------- finding
def find(text: str, lenient: bool = False) -> Iterator[Mention]:
    """Names of the table in a text, longest first, none inside another. `lenient` is for lines of an author
    block: there a name may be in other case and a hyphen or a slash may touch it."""
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for entry in _by_first().get(word.group().lower(), ()):
            stop = word.start() + len(entry.written)
            if _stands(text, word.start(), stop, entry.written, lenient):
                end = stop
                yield Mention(word.start(), stop, entry.printed, entry.house, entry.word)
                break


def _stands(text: str, start: int, stop: int, name: str, lenient: bool) -> bool:
    cut = text[start:stop].replace("\u2019", "'")
    if cut.lower() != name.lower() or not _cased(cut, name, lenient):
        return False
    before, after = text[max(0, start - 3) : start], text[stop : stop + 2]
    if _HAN.match(name):
        return not (_HAN.match(before[-1:]) and not _BEFORE_HAN.search(before))
    if _joins(before[-1:]) or _joins(after[:1]):
        return False
    return lenient or not ((before[-1:] and before[-1] in "@./-") or after[:1] == "-" or re.match(r"\.\w", after))


def _cased(cut: str, name: str, lenient: bool) -> bool:
    return cut == name or (len(name) > 3 and cut.isupper()) or (lenient and len(name) > 3 and cut[:1].isupper())


def _joins(character: str) -> bool:
    """True for what makes a longer word of a name in an alphabetic script; Han may touch it."""
    return (character.isalnum() or character == "_") and not _HAN.match(character)
