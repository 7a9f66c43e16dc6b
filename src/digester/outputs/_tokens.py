"""Design tokens: the colours and types that page and mail share, from `templates/tokens.css`.

Mail programs know no custom properties, so a style sheet for mail has its `var(--name)` replaced here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"(?<![\w-])--([\w-]{1,60}):\s{0,9}([^;{}]{1,2000});")
_VAR = re.compile(r"var\(--([\w-]{1,60})\)")


def tokens(css: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The values by name, for the light and for the dark scheme; dark ones default to light."""
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    first = {name: value.strip() for name, value in _TOKEN.findall(light)}
    return first, first | {name: value.strip() for name, value in _TOKEN.findall(dark.partition("@media")[0])}


def resolve(css: str, values: Mapping[str, str]) -> str:
    """The style sheet with every `var(--name)` replaced. Raises TemplateRuntimeError for a name without a value."""
    return _VAR.sub(lambda m: _value(m[1], values), css)


def _value(name: str, values: Mapping[str, str]) -> str:
    from jinja2 import TemplateRuntimeError

    if name not in values:
        raise TemplateRuntimeError(f"tokens.css has no --{name}: add it there or change the style sheet of the mail")
    return values[name]
