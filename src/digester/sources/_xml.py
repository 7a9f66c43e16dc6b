"""Shared by kinds that read XML themselves: bytes to a tree that reaches for nothing.

No network, no external file, no huge tree. A document that declares entities is refused: text nodes would
keep them unexpanded, but attributes are expanded when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digester.domain.errors import ParseError


def load(body: bytes) -> Any:
    """The root element, of broken XML what can be read. Raises ParseError for no XML and for declared entities."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body.lstrip(b" \t\r\n"), parser)
    except (etree.LxmlError, ValueError) as err:
        raise ParseError(f"not XML: {str(err)[:120]}") from None
    if root is None:
        raise ParseError("not XML")
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ParseError("XML that declares entities is not read")
    return root


def local(element: Any) -> str:
    """The name without its namespace or its undeclared prefix; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def named(parent: Any, *names: str) -> Iterator[Any]:
    """Children by local name, in document order."""
    return (e for e in parent if local(e) in names)
