"""A visitor that follows everything: which links of built pages lead nowhere, and what in them is active."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

_OWN_PICTURE = re.compile(r"pictures/[0-9a-f]{32}\.(?:png|jpg)")

ASKING = ("src", "srcset", "action", "formaction", "style", "ping", "background", "poster", "data", "manifest")


@cache
def tree(body: bytes) -> HtmlElement:
    return html.document_fromstring(body)


def pages(built: Mapping[str, bytes]) -> dict[str, HtmlElement]:
    return {path: tree(body) for path, body in built.items() if path.endswith(".html")}


def dead_links(built: Mapping[str, bytes], known: frozenset[str] = frozenset()) -> list[str]:
    """Relative references without a file, and fragments without an element."""
    roots = pages(built)
    ids = {path: {e.get("id") for e in root.iter() if isinstance(e.tag, str)} for path, root in roots.items()}
    found = []
    for path, root in roots.items():
        for href in (*root.xpath("//a/@href"), *root.xpath("//link[@rel!='icon']/@href")):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if (target not in built and target not in known) or (
                parts.fragment and unquote(parts.fragment) not in ids[target]
            ):
                found.append(f"{path}: {href}")
        found += [f"{path}: popover {t}" for t in root.xpath("//@popovertarget") if t not in ids[path]]
    return found


def _drawn(picture: HtmlElement) -> bool:
    """A chart: bars and texts alone, with nothing that acts or refers to anything."""
    still = {"svg", "title", "desc", "g", "rect", "text", "line"}
    refers = any("href" in name or name == "style" for e in picture.iter() for name in e.attrib)
    return all(e.tag in still for e in picture.iter()) and not refers


def active(path: str, body: bytes) -> Iterator[str]:
    """What would run or ask for something, or would if the policy let it."""
    root = tree(body)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = root.findall(".//style")
    if len(policy) != 1 or len(style) != 1:
        yield f"{path}: {len(policy)} policies, {len(style)} styles"
        return
    digest = b64encode(sha256((style[0].text or "").encode()).digest()).decode()
    if (
        f"style-src 'sha256-{digest}'" not in policy[0]
        or "default-src 'none'" not in policy[0]
        or "script" in policy[0]
    ):
        yield f"{path}: {policy[0]}"
    if re.search(r"url\s*\(|@import|expression", style[0].text or ""):
        yield f"{path}: the style asks for something"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "img" and not _OWN_PICTURE.fullmatch(element.get("src") or ""):
            yield f"{path}: a picture from elsewhere"
        if element.tag in ("iframe", "object", "embed", "video", "audio", "form", "base", "math"):
            yield f"{path}: <{element.tag}>"
        if element.tag == "svg" and not _drawn(element):
            yield f"{path}: <svg> that is no chart of ours"
        if element.tag == "script" and element.get("type") != "application/ld+json":
            yield f"{path}: a script"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ASKING and not (element.tag == "img" and name == "src")):
                yield f"{path}: {name}={value}"
            if name == "href" and not re.match(
                r"(?i)(?:https?:|mailto:|data:image/svg\+xml,%3Csvg xmlns|[^:]*\Z)", value
            ):
                yield f"{path}: {value}"
