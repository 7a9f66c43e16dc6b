"""What exports share: the mail as a value within the mail's length, and title and summary for boxes of the service.

The length is that of the mail (`_mail_fit`) for all of them: Substack sends what is pasted as a mail, and an article of
100,000 octets is as long as any reader of WeChat or Zhihu will scroll. Where no mail is cut off, another reason is given for
what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from digester.domain.cut import cut, line, octets
from digester.domain.issue import Issue, Text
from digester.domain.site import Site
from digester.outputs import _format as fmt
from digester.outputs._formulas import unicode
from digester.outputs._lines import said
from digester.outputs._mail_fit import fitted
from digester.outputs._mail_view import Mail
from digester.outputs.export._words import words


def article(issue: Issue, language: str, site: Site, render: Callable[[Mail], str]) -> bytes:
    """The octets of what `render` makes of as many items as fit, which says that it is an article that is short."""
    total = len(issue.picks())
    return fitted(issue, language, site, lambda mail: octets(render(_for_length(mail, total))))


def mailed(issue: Issue, language: str, site: Site, render: Callable[[Mail], str]) -> bytes:
    """The same of what is sent as a mail afterwards."""
    return fitted(issue, language, site, lambda mail: octets(render(mail)))


def _for_length(mail: Mail, total: int) -> Mail:
    if not mail.left_out:
        return mail
    w = words(mail.language)
    kept = sum(len(items) for part in mail.parts for _, items in part.groups)
    told = w["ex_left_out"].format(fmt.count(total - kept), fmt.count(total))
    return replace(mail, left_out=told + w["space"] + w["mail_more" if mail.web else "mail_no_web"])


def titled(issue: Issue, language: str, title: int, summary: int) -> Mapping[str, str]:
    """Title and summary on one line each, of at most so many code points: services ask for both beside the text."""
    return {"title": one_line(issue.title, language, title), "summary": one_line(issue.summary, language, summary)}


def one_line(text: Text, language: str, limit: int) -> str:
    """The text in a language as one line of at most so many code points, formulas as Unicode."""
    return cut(unicode(line(cut(said(text, language).text, 4 * limit))), limit)
