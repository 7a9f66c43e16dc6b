"""What of a made file could act, by two parsers that know nothing of each other (and a browser in test_hostile_browser).

A calm build of the same records gives the vocabulary: elements with their attributes, styles, policies. A hostile build
may use no word beside it, so this list of what is allowed needs no keeping. Addresses are judged by themselves.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import yaml
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from tests.outputs.mail_reading import defects, parsed, part

Element = tuple[str, tuple[tuple[str, str], ...], str]  # tag, attributes, what a script or style holds
MATH = frozenset(["math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded",
                  "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"])  # fmt: skip
PROSE = frozenset(["p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a",
                   "hr", "table", "thead", "tbody", "tr", "th", "td", "div"])  # fmt: skip
LINKS = frozenset(["href", "src", "srcset", "action", "formaction", "poster", "ping", "background", "data", "srcdoc", "cite",
                   "manifest", "xlink:href", "longdesc", "usemap", "codebase", "archive", "profile"])  # fmt: skip
FREE = frozenset(
    ["title", "lang", "id", "class", "datetime", "content", "aria-label", "aria-labelledby", "popovertarget", "href"]
)
_MARK = re.compile(r"<!-- (?:note [A-Za-z0-9.:/_-]+|/note) -->\n?")  # what a collection of notes finds its entries by
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign] -- other parsers take any address


class Second(HTMLParser):
    """The standard library's parser: elements, and whatever else it finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.held: dict[int, str] = {}
        self.other: list[str] = []
        self._open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag in ("script", "style")
        self.found.append((tag, tuple((k, v or "") for k, v in attrs)))

    def handle_data(self, data: str) -> None:
        if self._open:
            at = len(self.found) - 1
            self.held[at] = self.held.get(at, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_comment(self, data: str) -> None:
        self.other.append(f"comment {data[:80]!r}")

    def handle_pi(self, data: str) -> None:
        self.other.append(f"instruction {data[:80]!r}")

    def unknown_decl(self, data: str) -> None:
        self.other.append(f"declaration {data[:80]!r}")

    def elements(self) -> list[Element]:
        return [(tag, attrs, self.held.get(n, "")) for n, (tag, attrs) in enumerate(self.found)]


def by_lxml(text: str) -> tuple[list[Element], list[str]]:
    if not text:
        return [], []
    root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    nodes = list(root.iter())
    held = [(str(e.tag), tuple(map(_pair, e.attrib.items())), (e.text or "") if e.tag in ("script", "style") else "")
            for e in nodes if isinstance(e.tag, str)]  # fmt: skip
    return held, [f"{type(e).__name__} {(e.text or '')[:80]!r}" for e in nodes if not isinstance(e.tag, str)]


def _pair(item: tuple[object, object]) -> tuple[str, str]:
    return str(item[0]), str(item[1])


def by_html_parser(text: str) -> tuple[list[Element], list[str]]:
    second = Second(text)
    return second.elements(), second.other


PARSERS = (by_lxml, by_html_parser)


@dataclass(frozen=True)
class Words:
    """What calm pages are made of: elements with an attribute, the values of those attributes that are ours alone, and
    what we hold in styles and comments."""

    names: frozenset[tuple[str, str]]
    values: frozenset[tuple[str, str, str]]
    held: frozenset[str]


def words_of(texts: Iterable[str]) -> Words:
    names, values, held = set(), set(), set()
    for elements, other in (parser(text) for text in texts for parser in PARSERS):
        held |= {*other, *(inside for tag, _, inside in elements if tag == "style")}
        for tag, attrs, _ in elements:
            names |= {(tag, ""), *((tag, name) for name, _ in attrs)}
            values |= {(tag, name, value) for name, value in attrs if _ours(tag, name, attrs)}
    return Words(frozenset(names), frozenset(values), frozenset(held))


def _ours(tag: str, name: str, attrs: tuple[tuple[str, str], ...]) -> bool:
    """Whether no text of a record belongs there: all but what is free, and the content of policies and refreshes."""
    return name not in FREE or (tag == "meta" and any(k == "http-equiv" for k, _ in attrs))


def faults(text: str, words: Words, prose: bool = False) -> Iterator[str]:
    """Everything in a page or a piece of one that calm pages do not have; with `prose`, what people may write is none."""
    for parser in PARSERS:
        elements, other = parser(text)
        yield from (one for one in other if one not in words.held)
        for tag, attrs, inside in elements:
            if tag in MATH or (prose and tag in PROSE):
                yield from (
                    f"<{tag} {k}={v[:60]}>" for k, v in attrs if k.startswith("on") or not _leads_well(tag, k, v)
                )
                continue
            yield from _strange(tag, attrs, inside, words)


def _strange(tag: str, attrs: tuple[tuple[str, str], ...], inside: str, words: Words) -> Iterator[str]:
    if (tag, "") not in words.names:
        yield f"<{tag}>"
    for name, value in attrs:
        if (tag, name) not in words.names or name.startswith("on"):
            yield f"<{tag} {name}>"
        elif not _leads_well(tag, name, value):
            yield f"<{tag} {name}={value[:80]!r}>"
        elif _ours(tag, name, attrs) and not _known(tag, name, value, words):
            yield f"<{tag} {name}={value[:80]!r}> is new"
    if tag == "script" and (dict(attrs).get("type") != "application/ld+json" or json.loads(inside) is None):
        yield f"a script: {inside[:80]}"
    if tag == "style" and inside not in words.held:
        yield f"a style: {inside[:80]}"


def _known(tag: str, name: str, value: str, words: Words) -> bool:
    return (tag, name, value) in words.values or re.fullmatch(r"[0-9.]*|[a-z0-9-]*-?[0-9]+", value) is not None


def _leads_well(tag: str, name: str, value: str) -> bool:
    """Whether an address is http(s), of this site or a mail's; our own icon is the only data."""
    if name not in LINKS:
        return True
    if name == "href" and tag == "link" and value.startswith("data:image/svg+xml,%3Csvg xmlns"):
        return True
    if tag == "img" and name == "src":
        return _is_own_picture(value)
    return name in ("href", "cite") and leads_well(value)


def _is_own_picture(value: str) -> bool:
    """A file beside the page, of a name that only we give."""
    return re.fullmatch(r"pictures/[0-9a-f]{32}\.(?:png|jpg)", value) is not None


def leads_well(value: str) -> bool:
    read = re.sub(r"[\x00-\x20\x7f]", "", html.unescape(value)).replace("\\", "/")  # as the most forgiving browser does
    return not read.startswith("//") and urlsplit(read.split("?")[0].split("#")[0]).scheme in (
        "",
        "http",
        "https",
        "mailto",
    )


def markdown_faults(text: str) -> Iterator[str]:
    """Markup in Markdown that no output writes, and links that lead elsewhere; the front matter is YAML of plain values."""
    head, body = text.split("\n---\n", 1) if text.startswith("---\n") else ("---", text)
    values = yaml.safe_load(head.removeprefix("---\n")) if head != "---" else {}
    if not all(re.fullmatch("[A-Za-z]+", str(key)) for key in values):
        yield f"keys of the front matter: {sorted(values)}"
    for token in (t for block in MARKDOWN.parse(body) for t in (block, *(block.children or ()))):
        if token.type == "html_block" and _MARK.fullmatch(token.content):
            continue
        if token.type == "image" and _is_own_picture(str(token.attrs["src"])):
            continue
        if token.type in ("html_block", "html_inline", "image", "fence", "code_block", "s_open"):
            yield f"{token.type} {token.content[:80]!r}"
        if token.type == "link_open" and not leads_well(str(token.attrs["href"])):
            yield f"link {str(token.attrs['href'])[:80]!r}"


def pieces(path: str, body: bytes) -> Iterator[str]:
    """The HTML of a file: a page, a mail's part, the content of each entry of a feed as readers unescape it."""
    if path.endswith(".html"):
        yield body.decode()
    elif path.endswith(".eml"):
        yield part(parsed(body), "html")
    elif path.endswith("feed.json"):
        yield from (item["content_html"] for item in json.loads(body)["items"])
    elif path.endswith(".xml") and "sitemap" not in path:
        root = etree.fromstring(body, etree.XMLParser(huge_tree=True))
        held = (*root.iter("{*}encoded", "{*}content"), *root.iterfind(".//item/description"))
        yield from (e.text or "" for e in held)


def broken(path: str, body: bytes) -> Iterator[str]:
    """What a reader of the format would stumble over; a picture has nothing of a record in it."""
    if path.endswith(".png"):
        return
    text = body.decode("utf-8-sig" if path.endswith(".csv") else "utf-8")
    if path.endswith(".eml"):
        read = parsed(body)
        yield from map(str, defects(read))
        if found := re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", part(read, "plain")
        ):
            yield f"the text part holds {found[0]!r}"
        if len(read.keys()) != len(set(read.keys())) or {"bcc", "to", "from"} & {k.lower() for k in read}:
            yield f"headers {read.keys()}"
    elif path.endswith(".json"):
        json.loads(text)
    elif path.endswith(".xml"):
        yield from _xml(text, body)


def _xml(text: str, body: bytes) -> Iterator[str]:
    one = [e.tag for e in etree.fromstring(body, etree.XMLParser(huge_tree=True)).iter()]
    two = [e.tag for e in ElementTree.fromstring(text).iter()]
    if one != two:
        yield "two parsers of XML read two documents"


def all_faults(made: Mapping[str, bytes], words: Words) -> list[str]:
    """Everything wrong with a build, each with its file."""
    found = []
    for path, body in made.items():
        prose = "/essay" in path
        told = [*broken(path, body), *(f for text in pieces(path, body) for f in faults(text, words, prose))]
        if path.endswith(".md"):
            told += markdown_faults(body.decode())
        found += [f"{path}: {one}" for one in told]
    return found
