"""An issue for a WeChat public account: a fragment to open in a browser, to select whole, to copy, and to paste.

WeChat's editor keeps elements and the styles that are written into them; it drops style sheets, scripts, classes and ids.
An address outside of mp.weixin.qq.com leads nowhere in an article, so it becomes a number whose address stands at the
end as text; the numbers of the items' own addresses are the items' numbers, so that "[3]" means one thing. No table, no
picture, no size in the page that a phone is too narrow for; formulas are Unicode.
(developers.weixin.qq.com, "draft/add": what its interface takes for content, title and digest.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from digester.domain.cut import squeezed, whole
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs._mail_view import Mail
from digester.outputs._templates import environment
from digester.outputs._tokens import resolve, tokens
from digester.outputs.export._article import article, titled
from digester.outputs.export._words import words
from digester.outputs.export.substack import anchor

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from markupsafe import Markup

_TITLE, _DIGEST = 32, 120  # code points; the interface takes 32 and 128
_STAYS = "mp.weixin.qq.com"
_CLASS = re.compile(r'(<[a-z][a-z0-9]*) class="[a-z ]*"')  # what is outside of tags has no bare "<"


class WechatMp:
    name: ClassVar[str] = "wechat-mp"
    media_type: ClassVar[str] = "text/html"
    extension: ClassVar[str] = "html"
    doc: ClassVar[str] = "a fragment to copy into the editor of a WeChat public account"

    def __init__(self, overlay: Path | None = None, site: Site | None = None) -> None:
        self._overlay = overlay
        self._site = site or Site()

    def fields(self, issue: Issue, language: str) -> Mapping[str, str]:
        return titled(issue, language, _TITLE, _DIGEST)

    def render(self, issue: Issue, language: str) -> bytes:
        style = _style(self._overlay)
        most = len(issue.picks())
        return article(issue, language, self._site, lambda mail: self._fragment(mail, style, most))

    def _fragment(self, mail: Mail, style: str, most: int) -> str:
        notes = Addresses(mail, most)
        template = environment(self._overlay).get_template("export/wechat_mp.html.j2")
        text = template.render(mail=mail, w=words(mail.language), styled=True, link=notes.link, listed=notes.listed)
        made = _inliner().inline_fragment(whole(squeezed(text)), style)
        return _CLASS.sub(r"\1", made) + "\n"


class Addresses:
    """Numbers for addresses: an item's own has the item's number, others go on from the highest item."""

    def __init__(self, mail: Mail, most: int) -> None:
        items = (one for part in mail.parts for _, group in part.groups for one in group)
        pairs = [*((one.number, one.url) for one in items), *((ref.number, ref.url) for ref in mail.elsewhere)]
        self._own = {number: url for number, url in pairs if url and not _stays(url)}
        self._numbers: dict[str, int] = {}
        for number, url in self._own.items():
            self._numbers.setdefault(url, number)
        self._texts: dict[int, str] = {}
        self._next = most + 1

    def link(self, text: str, url: str, number: int = 0) -> Markup:
        """The text with the number of its address; a link where the address is one of WeChat's articles."""
        from markupsafe import Markup

        if not url or _stays(url):
            return anchor(text, url)
        return Markup('{}<sup class="u">[{}]</sup>').format(text, number or self._number(text, url))

    def _number(self, text: str, url: str) -> int:
        if url not in self._numbers:
            self._numbers[url], self._next = self._next, self._next + 1
            self._texts[self._numbers[url]] = text
        return self._numbers[url]

    def listed(self) -> Iterator[tuple[int, str, str]]:
        """Number, what was linked (of an item the number says it), address; what has been used when it is asked for."""
        own = {number: ("", url) for number, url in self._own.items()}
        others = {number: (self._texts[number], url) for url, number in self._numbers.items() if number in self._texts}
        yield from ((number, *pair) for number, pair in sorted({**own, **others}.items()))


def _stays(url: str) -> bool:
    """Whether the address leads somewhere inside WeChat."""
    return urlsplit(url).netloc == _STAYS


def _style(overlay: Path | None) -> str:
    """The style sheet that is written into the tags; WeChat makes its own dark scheme."""
    engine = environment(overlay)
    light, _ = tokens(engine.get_template("tokens.css").render())
    return resolve(engine.get_template("export/wechat_mp.css").render(), light)


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, minify_css=True)
