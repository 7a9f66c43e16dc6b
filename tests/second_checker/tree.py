"""A page of HTML as a plain tree, by the parser of the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def nodes(self) -> Iterator[Node]:
        """This node and all below, in reading order."""
        yield self
        for child in self.inside:
            if isinstance(child, Node):
                yield from child.nodes()

    def all(self, tag: str = "", kind: str = "") -> list[Node]:
        return [n for n in self.nodes() if (not tag or n.tag == tag) and (not kind or kind in n.classes)]

    def first(self, tag: str = "", kind: str = "") -> Node | None:
        return next(iter(self.all(tag, kind)), None)

    def text(self, but: str = "") -> str:
        """All text below, white space folded, without the parts of one class and without the arrows to passages."""
        return re.sub(r"\s+", " ", self._raw({but, "passage"})).strip()

    def _raw(self, but: set[str]) -> str:
        if but & set(self.classes):
            return ""
        return "".join(c if isinstance(c, str) else c._raw(but) for c in self.inside)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {k: v or "" for k, v in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def tree(text: str) -> Node:
    made = _Tree()
    made.feed(text)
    return made.root
