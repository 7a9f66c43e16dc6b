"""How the Markdown of people is read: CommonMark with tables and dollar math, and four rules of its own.

`<br>` is a line end wherever it stands (cells have no other); a dollar sign next to a digit is money; emphasis next to
Chinese signs opens and closes, which CommonMark's rules of word boundaries, made for spaces, refuse
(`**GPU（显存）**后`, github.com/commonmark/commonmark-spec/issues/650); a Chinese line below a list is no part of its last
entry unless it is indented, since nobody wraps Chinese lines.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
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
    made.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    made.inline.ruler.at("math_inline", _money)
    made.inline.ruler.before("autolink", "line_break", _line_break)
    made.block.ruler.before("paragraph", "below_list", _below_list, {"alt": ["paragraph"]})
    return made


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
