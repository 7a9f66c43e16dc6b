"""An issue as an e-mail: plain text and HTML of the same words, less than 100,000 octets.

Mail programs are not browsers: tables for the frame, styles in the tags (css-inline), no picture, no script, no request, no
custom property. What an `@media` rule says of dark schemes and small screens stays in a style element; who does not know it
sees the light mail. Addresses passed `http_url` in the view, text is escaped by the engine, and both parts are made from one
value (`_mail_view`). From, To, Message-ID and how to unsubscribe are added by the channel that sends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from digester.domain.cut import line, whole
from digester.domain.ids import digest
from digester.domain.issue import Issue
from digester.domain.mail import message, subject
from digester.domain.site import Site
from digester.outputs._formulas import unicode
from digester.outputs._lines import said
from digester.outputs._mail_fit import fitted
from digester.outputs._mail_text import rule, wrapped
from digester.outputs._mail_view import Item, Mail
from digester.outputs._templates import environment, markup
from digester.outputs._tokens import resolve, tokens
from digester.outputs._words import Words, words

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from markupsafe import Markup

_BETWEEN = re.compile(r"\n\s*")


class Email:
    name: ClassVar[str] = "email"
    media_type: ClassVar[str] = "message/rfc822"
    extension: ClassVar[str] = "eml"

    def __init__(self, overlay: Path | None = None, site: Site | None = None) -> None:
        self._overlay = overlay
        self._site = site or Site()

    def render(self, issue: Issue, language: str) -> bytes:
        fields = (
            ("Date", format_datetime(issue.frozen_at.astimezone(UTC))),
            ("Subject", subject_of(issue, language)),
            ("Content-Language", re.sub(r"[^A-Za-z0-9-]", "", language)[:20] or "und"),
        )
        mark = digest(issue.id, str(issue.revision), language, size=12)
        text, html = self._text(words(language)), self._html(words(language))
        return fitted(issue, language, self._site, lambda mail: message(fields, mark, text(mail), html(mail)))

    def _text(self, w: Mapping[str, str]) -> Callable[[Mail], str]:
        from markupsafe import Markup

        engine = environment(self._overlay, plain)
        template = engine.get_template("email/issue.txt.j2")
        values = {"w": Words({key: Markup(word) for key, word in w.items()}), "rule": rule}  # noqa: S704 -- our own words
        item = _once(engine.get_template("email/_parts.txt.j2").make_module(values).item)  # type: ignore[attr-defined]
        return lambda mail: wrapped(template.render(values, mail=mail, item=item))

    def _html(self, w: Mapping[str, str]) -> Callable[[Mail], str]:
        engine = environment(self._overlay)
        template = engine.get_template("email/issue.html.j2")
        item = _once(engine.get_template("email/_parts.html.j2").make_module({"w": w}).item)  # type: ignore[attr-defined]
        style = _style(self._overlay)

        def made(mail: Mail) -> str:
            text = template.render(mail=mail, w=w, style=style, item=item)
            return f"{_inliner().inline(whole(_BETWEEN.sub(chr(10), text).strip()))}\n"

        return made


def _once(item: Callable[[Item], Markup]) -> Callable[[Item], Markup]:
    """Renders each item a single time: a mail that is too long is put together several times (`_mail_fit`)."""
    known: dict[int, Markup] = {}

    def found(one: Item) -> Markup:
        if one.number not in known:
            known[one.number] = item(one)
        return known[one.number]

    return found


def subject_of(issue: Issue, language: str) -> str:
    """The threads by name, else the first headlines."""
    names = [said(t.name, language).text for t in issue.threads[:2]]
    if not names:
        names = [said(p.headline, language).text or p.title for p in issue.picks()[:2]]
    title = said(issue.title, language).text
    return subject(unicode(line(title[:1000])), (unicode(line(n[:1000])) for n in names), words(language)["colon"])


def plain(value: object) -> Markup:
    """A value in the text part: one line, nothing that acts."""
    Markup = markup()
    return value if isinstance(value, Markup) else Markup(line(str(value)))  # not HTML


def _style(overlay: Path | None) -> Markup:
    """The style sheets with light values in what is inlined and dark ones in what stays."""
    from markupsafe import Markup

    engine = environment(overlay)
    light, dark = tokens(engine.get_template("tokens.css").render())
    sheets = (("email/mail.css", light), ("email/kept.css", dark))
    return Markup("\n".join(resolve(engine.get_template(name).render(), values) for name, values in sheets))  # noqa: S704


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
