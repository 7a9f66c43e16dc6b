"""How the Markdown of people is read: CommonMark with tables and dollar math, and four rules of its own.

`<br>` is a line end wherever it stands (cells have no other); a dollar sign next to a digit is money; emphasis next to
Chinese signs opens and closes, which CommonMark's rules of word boundaries, made for spaces, refuse
(`**GPU（显存）**后`, github.com/commonmark/commonmark-spec/issues/650); a Chinese line below a list is no part of its last
entry unless it is indented, since nobody wraps Chinese lines. What closes a bracket is looked for once: the parser's own
search begins anew at each, and fifty thousand of them took seconds.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

DEEPEST = 60  # blocks within blocks; a list takes two
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_CJK = re.compile("[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_dollars = math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)


def parser() -> MarkdownIt:
    made = _Markdown("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    made.inline = _Inline(made.inline)
    made.helpers = _Helpers  # type: ignore[assignment]  # a module there; rules ask it for these three names
    made.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    made.inline.ruler.at("math_inline", _money)
    made.inline.ruler.before("autolink", "line_break", _line_break)
    made.block.ruler.before("paragraph", "below_list", _below_list, {"alt": ["paragraph"]})
    return made


class _Helpers:
    parseLinkDestination = staticmethod(helpers.parseLinkDestination)
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)

    @staticmethod
    def parseLinkLabel(state: _State, start: int, disableNested: bool = False) -> int:
        """Where the bracket at `start` is closed, -1 where it is not; `disableNested`: or where a link stands before that."""
        closed = state.closed.setdefault((state.posMax, disableNested), {})
        if start not in closed:
            before, state.pos = state.pos, start + 1
            closed |= dict.fromkeys(_closing(state, start, disableNested, closed), -1)
            state.pos = before
        return closed[start]


def _closing(state: _State, start: int, disable_nested: bool, closed: dict[int, int]) -> list[int]:
    """Notes in `closed` where brackets from `start` on are closed, until that one is; those left open."""
    left_open = [start]
    while state.pos < state.posMax:
        here, sign = state.pos, state.src[state.pos]
        if sign == "]":
            closed[left_open.pop()] = here
            if not left_open:
                break
        state.md.inline.skipToken(state)
        if sign != "[":
            continue
        if state.pos != here + 1:  # a link
            if disable_nested:
                break
        elif here not in closed:
            left_open.append(here)
        elif closed[here] < 0:  # what is not closed leaves open what is around it
            break
        else:
            state.pos = closed[here] + 1
    return left_open


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Every link is read as one; what its address may be is decided when it is shown."""
        return True


class _Inline(ParserInline):
    """The same rules over a state that knows Chinese."""

    def __init__(self, given: ParserInline) -> None:
        self.__dict__.update(given.__dict__)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.closed: dict[tuple[int, bool], dict[int, int]] = {}  # by end of the text and kind of search

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        found = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start else " "
        after = self.src[start + found.length : start + found.length + 1] or " "
        if not canSplitWord or not (_CJK.match(before) or _CJK.match(after)):
            return found
        return Scanned(not after.isspace(), not before.isspace(), found.length)


def _money(state: StateInline, silent: bool) -> bool:
    """Dollar math, unless a digit stands before or behind it."""
    start = state.pos
    if (start and state.src[start - 1].isdigit()) or not _dollars(state, True):
        return False
    end, state.pos = state.pos, start
    if state.src[end : end + 1].isdigit():
        return False
    return _dollars(state, silent)


def _below_list(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """Ends a paragraph in a list before a Chinese line that is not indented; makes nothing itself."""
    text = state.src[state.bMarks[line] : state.eMarks[line]]
    return silent and 0 <= state.sCount[line] < state.blkIndent and _CJK.search(text) is not None


def _line_break(state: StateInline, silent: bool) -> bool:
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True
