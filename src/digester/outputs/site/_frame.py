"""What every page of the site has: head, navigation, the switch between languages, the style, the policy for content.

Pages are whole without a script and ask for nothing: style and icon stand in the page, the Content-Security-Policy names
the style by its hash and forbids everything else. Links are relative, so that the site opens from a disk and below any
address; absolute ones (canonical, hreflang, og:url) are printed only where `site.url` is set.
"""

from __future__ import annotations

import json
import posixpath
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from digester.domain.cut import octets
from digester.domain.site import Site, in_language
from digester.outputs._templates import environment
from digester.outputs._tokens import tokens
from digester.outputs._words import html_lang, words

_BLANKS = re.compile(r"\n\s+")
_COMMENT = re.compile(r"/\*[^*]{0,2000}\*/")
_POLICY = "default-src 'none'; style-src 'sha256-{0}'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
_SEARCHING = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
FEEDS = (("feed.xml", "application/rss+xml", "RSS"), ("atom.xml", "application/atom+xml", "Atom"),
         ("feed.json", "application/feed+json", "JSON Feed"))  # fmt: skip


@dataclass(frozen=True)
class Here:
    """One page: where it stands, and the same page in other languages (`twins`: language to path)."""

    path: str
    language: str
    title: str
    description: str = ""
    twins: Mapping[str, str] = field(default_factory=dict)
    nav: str = ""  # the section of the site that it belongs to
    article: Mapping[str, Any] | None = None  # JSON-LD
    scripts: bool = False  # the search page, when there is an index
    indexed: bool = True
    absolute: bool = False  # may be shown at any address


@dataclass(frozen=True)
class Press:
    """Prints pages. `nav` are (name, path below the language) of the site's sections; `others` what other collections
    write: what is neither ours nor there is not linked."""

    site: Site
    overlay: Path | None
    nav: tuple[tuple[str, str], ...] = ()
    others: frozenset[str] = frozenset()

    @cached_property
    def style(self) -> str:
        text = environment(self.overlay).get_template("site/style.css.j2").render()
        return _BLANKS.sub("\n", _COMMENT.sub("", text)).strip().replace("</", "<\\/")

    @cached_property
    def tint(self) -> Mapping[str, str]:
        """Colours of the light scheme, for the icon: it stands outside the style."""
        return tokens(environment(self.overlay).get_template("tokens.css").render())[0]

    @cached_property
    def policy(self) -> str:
        return _POLICY.format(b64encode(sha256(f"\n{self.style}\n".encode()).digest()).decode())

    def page(self, template: str, here: Here, **values: Any) -> bytes:
        """The page's bytes: `template` below templates/site, in the frame of `here`."""

        def to(path: str) -> str:
            whole = self.site.address(quote(path)) if here.absolute else ""
            return whole or relative(here.path, path)

        found = environment(self.overlay).get_template(f"site/{template}.html.j2")
        w = words(here.language)
        made = found.render(
            w=w,
            frame=self._frame(here, w),
            to=to,
            here=here,
            site=self.site,
            style=self.style,
            tint=self.tint,
            **values,
        )
        return octets(f"{_BLANKS.sub(chr(10), made).strip()}\n")

    def _frame(self, here: Here, w: Mapping[str, str]) -> dict[str, Any]:
        lang, home = here.language, self.site.path(here.language, "index.html")
        feeds = [(title, kind, p) for name, kind, title in FEEDS if (p := self.site.path(lang, name)) in self.others]
        others = [(x, w[f"s_name_{x}"], here.twins[x]) for x in self.site.languages if x != lang and x in here.twins]
        return {
            "lang": html_lang(lang), "title": in_language(self.site.title, lang), "home": home, "feeds": feeds,
            "nav": self._sections(lang, w), "others": others,
            "policy": _SEARCHING if here.scripts else self.policy, "canonical": public(self.site, here.path),
            "alternates": self._alternates(here), "jsonld": script_json(here.article) if here.article else "",
        }  # fmt: skip

    def _sections(self, language: str, w: Mapping[str, str]) -> list[tuple[str, str, str]]:
        return [(name, w[f"s_{name}"], self.site.path(language, path)) for name, path in self.nav]

    def _alternates(self, here: Here) -> list[tuple[str, str]]:
        """hreflang and address of each language of the page, itself included; none without a public address."""
        if not self.site.url or not here.twins:
            return []
        pages = {**here.twins, here.language: here.path}
        rows = [(html_lang(x), public(self.site, pages[x])) for x in self.site.languages if x in pages]
        return [*rows, ("x-default", rows[0][1])]


def public(site: Site, path: str) -> str:
    """The public address of a page, as it is cited: a folder's index without its name; "" without one."""
    return site.address(quote(path.removesuffix("index.html")))


def relative(here: str, there: str) -> str:
    """The relative reference from one path of the site to another, with its fragment kept; percent-encoded."""
    path, mark, fragment = there.partition("#")
    return _near(posixpath.dirname(here) or ".", path) + mark + quote(fragment)


@lru_cache(maxsize=1 << 12)  # a page has the same few hundred links again and again
def _near(folder: str, path: str) -> str:
    return quote(posixpath.relpath(path, folder))


def script_json(value: Mapping[str, Any]) -> Any:
    """JSON that may stand in a <script>: no character of it can end the element or open a comment (R11)."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped above
