"""Text of a page that no reader sees, dropped before anything else reads the page: instructions to programs are put
there (display:none, white on white, far off the screen), and so is what a page keeps for later.

Only what the page says plainly counts: attributes, style attributes, and rules of its <style> elements whose selector
is one class or one id. Pages also hide their article until a script shows it. So an element stays that holds most of
the text or the article itself, and a class stays that another rule of the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST = 0.5  # of a page's text: what holds more is the page
MAX_CSS = 500_000
TINY, FAR = 2.0, -999.0  # pixels
_ARTICLE = ("article", "main", "body")
_NO_TEXT = ("script", "style", "noscript", "template")
_NUMBER = re.compile(r"([+-]?\d{0,9}\.?\d{1,9})(px|pt|r?em|%|vw|vh|ch|)")
_PIXELS: Mapping[str, float] = {
    "px": 1,
    "pt": 4 / 3,
    "": 1,
    "em": 16,
    "rem": 16,
    "%": 0.16,
    "vw": 10,
    "vh": 10,
    "ch": 8,
}
_NAME = re.compile(r"[.#][\w-]{1,100}")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"})
_NO_COLOUR = frozenset({"none", "transparent", "inherit", "initial", "unset"})
Style = Mapping[str, str]


def prune(tree: Any) -> None:
    """Drops hidden elements from an lxml tree. Changes the tree."""
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    unseen, page = _by_rules(elements), _the_page(elements)
    background: dict[Any, str] = {}
    dropped = set[Any]()
    for element in elements:
        parent = element.getparent()
        if parent in dropped:
            dropped.add(element)
            continue
        style = declarations(element.get("style") or "")
        background[element] = _background(style, element) or background.get(parent, "white")
        if element not in page and _is_hidden(element, style, background[element], unseen):
            dropped.add(element)
            element.drop_tree()


def _is_hidden(element: Any, style: Style, background: str, unseen: frozenset[str]) -> bool:
    hidden = element.get("hidden")
    names = {f".{c}" for c in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    colour = style.get("color") or (element.get("color") or "").strip().lower()
    return (
        element.tag == "template"
        or (hidden is not None and hidden.strip().lower() != "until-found")
        or (element.get("aria-hidden") or "").strip().lower() == "true"
        or hides(style)
        or _as_white(colour) == background
        or not unseen.isdisjoint(names)
    )


def _the_page(elements: Sequence[Any]) -> set[Any]:
    """Those that hold the article, or most of all text."""
    size: dict[Any, int] = {}
    page = set[Any]()
    for element in reversed(elements):  # children first
        own = 0 if element.tag in _NO_TEXT else size.get(element, 0) + len(element.text or "")
        size[element] = own
        parent = element.getparent()
        size[parent] = size.get(parent, 0) + own + len(element.tail or "")
        if element.tag in _ARTICLE or element in page:
            page.update((element, parent))
    whole = size[elements[0]] if elements else 0
    return page | {e for e in elements if size[e] > MOST * whole} | set(elements[:1])


# ------------------------------------------------------------------- styles
def declarations(css: str) -> Style:
    """Properties and values in small letters without spaces, the last of each."""
    pairs = (part.partition(":") for part in css[:10_000].lower().split(";"))
    return {name.strip(): "".join(value.replace("!important", "").split()) for name, _, value in pairs if value}


def hides(style: Style) -> bool:
    """Whether what has this style is not seen: not drawn, without size or colour, or off the screen."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("color") == "transparent"
        or ("color" in style and _as_white(style["color"]) == _background(style))
        or _pixels(style.get("opacity", "1"), 1) == 0
        or _pixels(style.get("font-size", ""), TINY) < TINY
        or any(_pixels(style.get(edge, ""), 0) <= FAR for edge in ("text-indent", "left", "top", "margin-left"))
        or _no_room(style)
    )


def _no_room(style: Style) -> bool:
    """A box without a side, or cut to nothing, as texts for screen readers are."""
    cut = style.get("overflow", style.get("overflow-x", "")) in ("hidden", "clip")
    flat = any(_pixels(style.get(side, ""), TINY) < TINY for side in ("height", "width", "max-height", "max-width"))
    return (cut and flat) or style.get("clip", "").startswith("rect(0") or style.get("clip-path") == "inset(50%)"


def _pixels(value: str, otherwise: float) -> float:
    m = _NUMBER.fullmatch(value)
    return float(m[1]) * _PIXELS[m[2]] if m else otherwise


def _background(style: Style, element: Any = None) -> str:
    """The colour behind an element as far as it says it itself; "" where it does not."""
    said = style.get("background-color") or style.get("background", "")
    if not said and element is not None:
        said = (element.get("bgcolor") or "").strip().lower()
    return "" if said in _NO_COLOUR else _as_white(said)


def _as_white(colour: str) -> str:
    return "white" if colour in _WHITE else colour


# -------------------------------------------------------------------- rules
def _by_rules(elements: Sequence[Any]) -> frozenset[str]:
    """`.class` and `#id` that the page's own rules hide and none shows."""
    hidden, shown = set[str](), set[str]()
    for css in (e.text or "" for e in elements if e.tag == "style"):
        for selector, inner, nested in rules(css[:MAX_CSS]):
            style = declarations(inner)
            if not hides(style):
                shown.update(_NAME.findall(selector) if _shows(style) else ())
            elif not nested:
                hidden.update(s for part in selector.split(",") if _NAME.fullmatch(s := part.strip()))
    return frozenset(hidden - shown)


def _shows(style: Style) -> bool:
    return not {"display", "visibility", "opacity", "height", "max-height", "left", "clip"}.isdisjoint(style)


def rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """(selector, declarations, whether inside an at-rule) of the rules of a style sheet, by its braces alone."""
    first, *others = css.split("/*")
    css = first + " ".join(part.partition("*/")[2] for part in others)  # without comments
    depth, start, selector = 0, 0, ""
    for m in re.finditer(r"[{};]", css):
        text = css[start : m.start()].strip()
        if m[0] == "{":
            selector, start, depth = text, m.end(), depth + 1
        elif m[0] == "}":
            if selector:
                yield selector, text, depth > 1
            selector, start, depth = "", m.end(), max(depth - 1, 0)
        elif not selector:
            start = m.end()
