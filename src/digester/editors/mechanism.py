"""How a work works, in few words of its own: `a ranker that reads a user's whole history`.

Found by form alone: what is proposed ("we present SIDLoom, a ..."), or what the system does ("SIDLoom predicts ...").
The words are a slice of the abstract without praise, so that a sentence may carry them behind the name. A text that
says it in no such form gives "": nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digester.editors.naming import organisation
from digester.ports import Brief

FEW, MANY = 4, 18  # words that say something, and that still stand inside a sentence
_OWN = re.compile(
    r"\b(?:propose|present|introduce|describe|develop|design)(?:s|d|ed)? (?:the |our )?"
    r"(?:[\w$^+-]{2,30}(?: \([^()]{1,80}\))?, )?(?P<what>an? [^.;:()\u201c\u201d]{12,200})"
)
_DOES = r"\b{}(?: \([^()]{{1,80}}\))?,? (?P<which>which |that )?(?:instead |jointly |directly )?(?P<what>[a-z]{{2,20}}(?<![su])s [^.;:()\u201c\u201d]{{12,200}})"
_VERBS = r"(?:improve|achieve|outperform|show|report|demonstrate|reduce|increase|raise|lift|gain|yield|obtain|run|consist|i|wa|ha|doe|cut|reache|surpasse|remain|mean|deliver|bring|lead)s\b"
_RESULT = re.compile(_VERBS)
_RESULT_INSIDE = re.compile(rf", (?:and |it )?{_VERBS}")
_PRAISE = re.compile(
    r"\b(?:novel|new|simple|effective|efficient|powerful|innovative|comprehensive|robust|principled)\b,? ?(?:(?:and|yet|but) )?",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r", | (?=(?:which|that|where|while|by|with|for|deployed|used|designed|built|trained|tailored|aimed|and|at|in|on) )"
)
_LOOSE = re.compile(r" (?:in|of|for|with|to|by|at|on|and|or|the|an?|that|which|as|from|into|is|are|deployed|used)\Z")
_DEICTIC = re.compile(r"\b(?:this|these|those|we|our|its|their|such|it|they|them)\b", re.IGNORECASE)


def of(brief: Brief) -> str:
    """`a ranking model that reads up to 100,000 events per user`, `which predicts the win curve with a monotone
    network`, or ""."""
    text = brief.evidence.passages[0].text[len(brief.item.entry.title) :]
    return next((w for w in (_short(found, brief) for found in _stated(text, brief.reading.system)) if w), "")


def _stated(text: str, system: str) -> Iterator[str]:
    for m in _OWN.finditer(text):
        yield re.sub(
            r"^an (?=[^aeiouAEIOUFHLMNRSX])",
            "a ",
            re.sub(r"^a (?=[aeio]|[AEFHILMNORSX][A-Z0-9]|[AEIO][a-z])", "an ", _PRAISE.sub("", m["what"])),
        )
    if system:
        for m in re.finditer(_DOES.format(re.escape(system)), text):
            if not _RESULT.match(m["what"]):
                yield f"which {m['what']}"


def _short(found: str, brief: Brief) -> str:
    """The longest part that ends at a boundary, fits, and holds neither the organisation nor a word that points away."""
    ends = [len(found), *(m.start() for m in _BOUNDARY.finditer(found))]
    for end in sorted(ends, reverse=True):
        part = _closed(found[:end].strip(" ,"))
        if ", " in part and found[end:].startswith(" and "):
            continue  # a list without its last member
        if FEW <= len(part.split()) <= MANY and not _away(part) and not _named(part, brief):
            return part
    return ""


def _closed(part: str) -> str:
    """Without words at the end that wait for another."""
    while m := _LOOSE.search(part):
        part = part[: m.start()]
    return part


def _away(part: str) -> bool:
    """True when it points to what stands elsewhere, or runs on into a result."""
    return bool(_DEICTIC.search(part) or _RESULT_INSIDE.search(part))


def _named(part: str, brief: Brief) -> bool:
    org = organisation(brief)
    return bool(org) and org in part
