"""The well-known ways in which a page says that its article is not there, looked for on short pages only.

One table, in the order of belief: a bot check and a missing page say little else; a paywall often comes
with a cookie banner; the request for JavaScript stands in the noscript element of very many pages.
"""

from __future__ import annotations

import re

from digester.domain.model import Outcome

_BOT_CHECK = (
    r"just a moment\.\.\.",
    r"checking (?:if the site connection is secure|your browser)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"cf-challenge|cf_chl_|unusual traffic|are you a robot|环境异常",
)
_GONE = (
    r"<title>[^<]{0,80}(?:\b404\b|\b410\b|not found|page (?:is )?(?:gone|missing)|页面不存在|找不到)",
    r"(?:page|article|post|story)(?: you (?:are|were) looking for)? (?:could not be found|was not found|"
    r"(?:does not|doesn.t|no longer) exists?|is no longer available|has been (?:removed|deleted))",
    r"该内容已被发布者删除|此内容因违规无法查看|页面不存在",
)
_PAYWALL = (
    r"(?:subscribe|sign up|upgrade|log in|sign in|register|become a (?:paid )?(?:member|subscriber))"
    r"(?: now)? to (?:continue |keep )?(?:reading|read|unlock|access)",
    r"(?:article|post|story|content) is (?:only )?(?:for|available to|reserved for) (?:paid |paying )?"
    r"(?:subscribers|members)",
    r"already a (?:paid )?subscriber|member-only story|付费阅读|订阅后阅读",
    r"<input\b[^>]{0,300}\btype\s{0,9}=\s{0,9}[\"']?password",  # a login: who has no account reads nothing
)
_CONSENT = (
    r"before you continue to|we (?:value|care about) your privacy",
    r"(?:accept|agree to|reject|allow) all(?: cookies)?\b",
    r"consent\.(?:yahoo|google|youtube)\.|cookie[- ]?(?:wall|consent)",
    r"manage (?:your )?(?:cookie|privacy|consent)",
)
_SCRIPT = (
    r"(?:enable|turn on|requires?|needs?|activate) java ?script|javascript to run this app",
    r"javascript (?:is (?:required|disabled|not (?:enabled|available))|must be enabled)",
    r"<div id=[\"'](?:root|app|__next|__nuxt)[\"'][^>]{0,200}>\s{0,99}</div>|请(?:开启|启用) ?javascript",
)


def _mark(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_TABLE: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    ("needs_javascript", _mark(*_BOT_CHECK)),
    ("gone", _mark(*_GONE)),
    ("paywalled", _mark(*_PAYWALL)),
    ("consent_wall", _mark(*_CONSENT)),
    ("needs_javascript", _mark(*_SCRIPT)),
)
_TITLED = _mark(
    r"<title>\s{0,99}(?:just a moment|verifying (?:your browser|you are human)|attention required|checking your browser|"
    r"security (?:check|verification)|are you a robot|access denied|one more step|环境异常)",
)
_DECLARED = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.IGNORECASE)


def reason(markup: str) -> Outcome:
    """Why a page with hardly any text has none; `too_short` when it does not say."""
    return next((outcome for outcome, mark in _TABLE if mark.search(markup)), "too_short")


def titled_as_check(markup: str) -> bool:
    """A bot check by its title: some explain themselves at length."""
    return _TITLED.search(markup) is not None


def declares_paywall(markup: str) -> bool:
    """schema.org's isAccessibleForFree: false."""
    return _DECLARED.search(markup) is not None
