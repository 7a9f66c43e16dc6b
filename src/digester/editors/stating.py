"""Sentences over several stories: counts with everything they were computed from, conclusions over two picks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digester.domain.issue import Sentence
from digester.domain.model import Support
from digester.editors.composing import Voices, sentence
from digester.editors.voice import Slots, Voice, say
from digester.ports import Brief


def derived(
    voices: Voices, name: str, place: str, turn: int, briefs: Sequence[Brief], rule: str, slots: Slots,
    given: Mapping[str, object] | None = None,
) -> Sentence:  # fmt: skip
    """A computed sentence with everything it was filled with; what a language says otherwise stands beside it."""
    text = say(voices, name, place, turn, slots)
    inputs: dict[str, object] = dict(given or {})
    for v in voices:
        inputs |= {k if inputs.get(k, w) == w else f"{k}.{v.language}": w for k, w in slots(v).items()}
    return sentence("derived", text, [b.item.id for b in briefs], rule=f"computed:{rule}", inputs=inputs)


def synthesis(
    voices: Voices, name: str, place: str, turn: int, pair: Sequence[Brief], theme: str, phrase: str = "",
    more: Slots = lambda v: {}, given: Mapping[str, object] | None = None, supports: Sequence[Support] = (),
) -> Sentence:  # fmt: skip
    """The editor's reading over two picks; the theme's name is an input, for what it holds of capitals, and so is the
    phrase that both share. `more` are slots of its own, `given` what these are held against."""

    def slots(v: Voice) -> Mapping[str, object]:
        own = theme if v.language == "en" else v.theme(theme)
        return {"a": v.name(pair[0]), "b": v.name(pair[1]), "theme": own, "theme_l": v.theme(theme) if theme else "",
                "phrase": phrase if v.language == "en" or not phrase else v.theme(phrase), **more(v)}  # fmt: skip

    inputs: dict[str, object] = dict(given or {})
    for key in (k for k, told in (("theme", theme), ("phrase", phrase)) if told):
        inputs |= {key if v.language == "en" else f"{key}.{v.language}": slots(v)[key] for v in voices}
    text = say(voices, name, place, turn, slots)
    return sentence("synthesis", text, [b.item.id for b in pair], supports, f"pattern:{name}", inputs)
